/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All that can be printed for one order, as data: its labels, its pick list, its packing slip, and how often each was printed already. For
 * whoever prints from an office; a bench has its job (db/wb-job-json.h). Main thread.
 */
#pragma once

#include "core/wb-packing-slip.h"
#include "core/wb-print-route.h"
#include "db/wb-db.h"
#include "db/wb-job-json.h"

G_BEGIN_DECLS

/**
 * WbOrderPapers:
 * @order_id: in the database
 * @number: of the order
 * @work: (nullable): the work at a bench that a pick list is for; NULL of an order that nobody packs
 * @labels: (element-type WbJobLabel): of parcels that count
 * @slip: what stands on its packing slip
 * @n_pick_lists: how many were printed
 * @n_slips: how many were printed
 */
typedef struct
{
  gint64 order_id;
  char *number;
  WbJobWork *work;
  GPtrArray *labels;
  WbPackingSlip *slip;
  guint n_pick_lists;
  guint n_slips;
} WbOrderPapers;

void wb_order_papers_free (WbOrderPapers *self);

/**
 * wb_order_papers_read_async:
 * @order_id: of an order
 *
 * Finish with wb_order_papers_read_finish(): (transfer full).
 */
void wb_order_papers_read_async (WbDb *db, gint64 order_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
WbOrderPapers *wb_order_papers_read_finish (WbDb *db, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbOrderPapers, wb_order_papers_free)

G_END_DECLS
