/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Guided work between the database and core/: what api.job_get() returns becomes a job and its
 * events, events and parcels become what api.job_append() and api.job_label() take. Unknown kinds
 * of event, from a newer program at another bench, are passed over. Pure functions; any thread.
 */
#pragma once

#include "core/wb-job-state.h"
#include "core/wb-shipping-label.h"

G_BEGIN_DECLS

/**
 * WbJobItem:
 * @line_id: of the order line
 * @quantity: pieces
 *
 * What lies in a parcel.
 */
typedef struct
{
  gint64 line_id;
  guint quantity;
} WbJobItem;

/**
 * WbJobLabel:
 * @label_id: in the database
 * @parcel: number of the parcel, from 1
 * @key: what makes it this label and no other, whichever database it comes from
 * @n_prints: how often it went to a printer
 * @service: key of the carrier's service, as job events call it
 * @box: (nullable): code of the box
 * @items: (element-type WbJobItem): what it was made for
 * @data: what stands on it
 */
typedef struct
{
  gint64 label_id;
  guint parcel;
  char *key;
  guint n_prints;
  char *service;
  char *box;
  GArray *items;
  WbShippingLabel data;
} WbJobLabel;

/**
 * WbJobWork:
 * @job_id: in the database
 * @job: what is to be done
 * @events: (element-type WbJobEvent): what happened, in order
 * @labels: (element-type WbJobLabel): the labels that count
 * @reasons: (array zero-terminated=1): why it is urgent, in words
 * @service: carrier and service that were promised, or ""
 * @ship_by: (nullable): when it has to leave
 * @station: (nullable): code of the bench that has it
 * @blocked: (nullable): why it must not go on (held, cancelled), a sentence
 * @is_gift: something is a gift
 *
 * All that a seat needs to go on.
 */
typedef struct
{
  gint64 job_id;
  WbJob *job;
  GPtrArray *events;
  GPtrArray *labels;
  char **reasons;
  char *service;
  GDateTime *ship_by;
  char *station;
  char *blocked;
  GArray *note_ids;
  gboolean is_gift;
} WbJobWork;

WbJobWork *wb_job_work_from_json (const char *text, GError **error);
void wb_job_work_free (WbJobWork *self);
GPtrArray *wb_job_labels_from_json (const char *text, GError **error);

/**
 * wb_job_label_fits:
 * @label: a label that was made
 * @state: the job
 *
 * Whether the parcel it was made for still has the same things, box and weight.
 */
gboolean wb_job_label_fits (const WbJobLabel *label, const WbJobState *state);
char *wb_job_events_to_json (GPtrArray *events);

/**
 * wb_job_events_from_json:
 *
 * Returns: (transfer full) (element-type WbJobEvent): what wb_job_events_to_json() wrote
 */
GPtrArray *wb_job_events_from_json (const char *text, GError **error);

/**
 * wb_job_parcels_to_json:
 *
 * The parcels that have something in them, with their boxes, weights and contents, as api.job_label() takes them.
 *
 * Returns: (transfer full): a JSON array
 */
char *wb_job_parcels_to_json (const WbJobState *state);

/**
 * wb_job_weights_to_json:
 *
 * What each parcel weighs, or should weigh, and its box, as api.job_services() takes them.
 *
 * Returns: (transfer full): a JSON array
 */
char *wb_job_weights_to_json (const WbJobState *state);

/**
 * wb_job_lines_to_json:
 * @damaged: damaged pieces rather than short ones
 *
 * Returns: (transfer full): [{"line_id": 1, "quantity": 2}]
 */
char *wb_job_lines_to_json (const WbJobState *state, gboolean damaged);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbJobWork, wb_job_work_free)

G_END_DECLS
