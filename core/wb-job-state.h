/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a job stands: the fold of its events, in the order the database keeps them. An event that
 * comes twice counts once, one that says more than is possible counts as far as it can, and one
 * that was undone not at all, so that a killed program, a changed seat or an hour offline loses
 * and doubles nothing. Not for deciding what an input means (wb-job-answer.h).
 *
 * A plain value, one thread at a time.
 */
#pragma once

#include "core/wb-job.h"

G_BEGIN_DECLS

/**
 * WbJobLineState:
 * @to_send: pieces that are to go out: ordered less short
 * @picked: pieces fetched, at most @to_send
 * @verified: pieces scanned at the bench, at most @to_send
 * @missing: pieces declared short
 * @damaged: pieces set aside as damaged, in all
 * @rank: 0, or higher the later it was skipped
 */
typedef struct
{
  guint to_send;
  guint picked;
  guint verified;
  guint missing;
  guint damaged;
  guint rank;
} WbJobLineState;

/**
 * WbJobParcel:
 * @contents: (element-type guint): pieces of each of the job's lines that are in it
 * @box: code of the box, or %NULL until chosen
 * @weight_g: 0 until weighed, and again when something went in or out
 * @doubted_g: a weight that was refused once as unlikely; 0 for none
 * @tracking: tracking number, or %NULL
 * @sscc: serial shipping container code, or %NULL
 * @print_job: what the printer calls the label's job, or %NULL until printed
 * @is_final: its label was scanned
 */
typedef struct
{
  GArray *contents;
  char *box;
  gint64 weight_g;
  gint64 doubted_g;
  char *tracking;
  char *sscc;
  char *print_job;
  gboolean is_final;
} WbJobParcel;

/**
 * WbJobState:
 * @job: what is to be done
 * @step: the first step that is not done
 * @line: number of the line in hand (pick, verify) or of the instruction to read (review); 0 for none
 * @parcel: number of the parcel in hand (at verify: the one being filled); 0 for none
 * @lines: (element-type WbJobLineState): as the job's lines
 * @parcels: (element-type WbJobParcel): boxes in the order they were begun; one without contents is none
 * @acknowledged: for each instruction, whether it was
 * @mistake: (nullable): the mistake that must be acknowledged before anything else
 * @n_mistakes: how often something wrong was scanned
 * @is_dividing: everything is packed, and some of it moves into the last box
 * @is_aside: put aside and not taken up again
 * @service: (nullable): code of the carrier's service that was chosen by hand
 * @shipment: the shipment it became; 0 before
 * @started_us: when it was first claimed (Unix time); 0 when it was not
 *
 * Read freely; change only through wb_job_state_add().
 */
typedef struct
{
  WbJob *job;
  WbJobStep step;
  guint line;
  guint parcel;
  GArray *lines;
  GPtrArray *parcels;
  GArray *acknowledged;
  const WbJobEvent *mistake;
  guint n_mistakes;
  gboolean is_reviewed;
  gboolean is_dividing;
  gboolean is_aside;
  const char *service;
  gint64 shipment;
  gint64 started_us;
  /*< private >*/
  GPtrArray *events;
  GHashTable *ids;
} WbJobState;

/**
 * wb_job_state_new:
 *
 * Returns: (transfer full): a job in which nothing happened yet
 */
WbJobState *wb_job_state_new (WbJob *job);
void wb_job_state_free (WbJobState *self);

/**
 * wb_job_state_add:
 * @event: what happened next
 *
 * Returns: FALSE when an event with this id was known, and nothing changed
 */
gboolean wb_job_state_add (WbJobState *self, const WbJobEvent *event);

/**
 * wb_job_state_add_all:
 * @events: (element-type WbJobEvent): in order
 *
 * The same for many, folded once.
 */
void wb_job_state_add_all (WbJobState *self, GPtrArray *events);
gboolean wb_job_state_equal (const WbJobState *a, const WbJobState *b);

/**
 * wb_job_state_get_line:
 * @number: from 1
 *
 * Returns: (transfer none) (nullable): where that line stands; %NULL when there is none
 */
const WbJobLineState *wb_job_state_get_line (const WbJobState *self, guint number);
/**
 * wb_job_state_get_parcel:
 * @number: from 1
 *
 * Returns: (transfer none) (nullable): that parcel; %NULL when there is none
 */
const WbJobParcel *wb_job_state_get_parcel (const WbJobState *self, guint number);

/**
 * wb_job_state_get_walk:
 *
 * Returns: (transfer full) (element-type guint): line numbers in walking order, skipped ones last
 */
GArray *wb_job_state_get_walk (const WbJobState *self);
guint wb_job_state_get_to_send (const WbJobState *self);
guint wb_job_state_get_verified (const WbJobState *self);
guint wb_job_state_get_picked (const WbJobState *self);

/**
 * wb_job_state_get_undoable:
 *
 * Returns: (transfer container) (element-type WbJobEvent): what undoing the last input takes back,
 *   last first; empty when there is nothing to undo
 */
GPtrArray *wb_job_state_get_undoable (const WbJobState *self);

/**
 * wb_job_parcel_get_pieces:
 *
 * Returns: how many pieces are in it
 */
guint wb_job_parcel_get_pieces (const WbJobParcel *self);

/**
 * wb_job_state_get_n_parcels:
 *
 * Returns: how many boxes have something in them
 */
guint wb_job_state_get_n_parcels (const WbJobState *self);

/**
 * wb_job_state_get_parcel_rank:
 * @number: of a parcel
 *
 * Returns: its number in words to people, which counts only boxes with something in them
 */
guint wb_job_state_get_parcel_rank (const WbJobState *self, guint number);

/**
 * wb_job_state_get_in_parcel:
 * @number: of a parcel
 * @line: number of a line
 *
 * Returns: pieces of the line that are in the parcel
 */
guint wb_job_state_get_in_parcel (const WbJobState *self, guint number, guint line);

/**
 * wb_job_state_get_meant:
 * @number: of a parcel
 * @line: number of a line
 *
 * Returns: pieces of the line that will be in the parcel when no other box is begun
 */
guint wb_job_state_get_meant (const WbJobState *self, guint number, guint line);

/**
 * wb_job_state_get_box:
 * @number: of a parcel
 *
 * Returns: (transfer none) (nullable): the box it is in; %NULL until chosen
 */
const WbJobBox *wb_job_state_get_box (const WbJobState *self, guint number);

/**
 * wb_job_state_get_expected_weight:
 * @number: of a parcel
 * @low_g: (out): least a scale may say
 * @high_g: (out): most a scale may say
 *
 * Returns: FALSE when it cannot be known, because the weight of a piece is not
 */
gboolean wb_job_state_get_expected_weight (const WbJobState *self, guint number, gint64 *low_g, gint64 *high_g);

/**
 * wb_job_state_suggest_box:
 * @number: of a parcel
 *
 * Returns: (transfer none) (nullable): the smallest of the job's boxes that takes all that is meant for the parcel
 */
const WbJobBox *wb_job_state_suggest_box (const WbJobState *self, guint number);

/**
 * wb_job_state_has_room:
 * @number: of a parcel
 * @line: number of a line
 *
 * Whether one more piece of the line goes into the parcel's box (or, without one, the suggested or the largest).
 */
gboolean wb_job_state_has_room (const WbJobState *self, guint number, guint line);
gboolean wb_job_state_has_step (const WbJobState *self, WbJobStep step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbJobState, wb_job_state_free)

G_END_DECLS
