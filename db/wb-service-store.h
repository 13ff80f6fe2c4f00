/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which carrier's service the parcels of a job would go by, and which others there are. No prices: a packer sees none. Main
 * thread.
 */
#pragma once

#include "core/wb-job-state.h"
#include "db/wb-db.h"

G_BEGIN_DECLS

/**
 * WbServiceOffer:
 * @key: what a job's events call it
 * @name: what people call it
 * @own: the customer's choice
 * @why_not: (nullable): "weight", "length" or "girth" when it does not take them
 * @most: the limit that is in the way: grams or millimetres
 * @arrives_by: (nullable): a day, as "2026-11-28"
 */
typedef struct
{
  char *key;
  char *name;
  gboolean own;
  char *why_not;
  guint most;
  char *arrives_by;
} WbServiceOffer;

/**
 * WbServiceChoice:
 * @key: (nullable): the service they would go by; %NULL when none takes them
 * @why: (nullable): "own", "cheapest", "late" (the customer's), "fastest" or "chosen"
 * @arrives_by: (nullable): a day
 * @promised_by: (nullable): the day that was promised; %NULL when none was
 * @offers: (element-type WbServiceOffer): those that go there, what fits first, soonest first
 */
typedef struct
{
  char *key;
  char *why;
  char *arrives_by;
  char *promised_by;
  GPtrArray *offers;
} WbServiceChoice;

void wb_service_choice_free (WbServiceChoice *self);

/**
 * wb_service_choice_find:
 *
 * Returns: (transfer none) (nullable): the offer with a key
 */
const WbServiceOffer *wb_service_choice_find (const WbServiceChoice *self, const char *key);

/**
 * wb_service_store_choose_async:
 * @parcels: as wb_job_weights_to_json() makes it
 * @wanted: (nullable): what was chosen by hand
 *
 * Finish with wb_service_store_choose_finish(): (transfer full).
 */
void wb_service_store_choose_async (WbDb *db, gint64 job_id, const char *station, const char *parcels, const char *wanted,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
WbServiceChoice *wb_service_store_choose_finish (WbDb *db, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbServiceChoice, wb_service_choice_free)

G_END_DECLS
