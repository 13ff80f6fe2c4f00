/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A packing slip: what lies in the box, for whoever opens it. Who sends it to whom, the order's number (also as a barcode, which a
 * bench takes) and what was sent, without a price. Says what stands where; printing is elsewhere.
 *
 * Plain values and pure functions, any thread.
 */
#pragma once

#include "core/wb-address.h"
#include "core/wb-label.h"

G_BEGIN_DECLS

/**
 * WbPackingSlipLine:
 * @sku: stock keeping unit
 * @name: what people call it
 * @quantity: pieces
 * @note: (nullable): a gift's message
 */
typedef struct
{
  char *sku;
  char *name;
  guint quantity;
  char *note;
} WbPackingSlipLine;

/**
 * WbPackingSlip:
 * @number: of the order
 * @shop: who sends it, as the receiver knows them
 * @from: where it comes from
 * @to: where it goes
 * @placed_at: (nullable): when it was ordered
 * @purchase_order: (nullable): the receiver's own number
 * @service: (nullable): how it travels
 * @lines: (element-type WbPackingSlipLine): what is in it
 */
typedef struct
{
  char *number;
  char *shop;
  WbAddress from;
  WbAddress to;
  GDateTime *placed_at;
  char *purchase_order;
  char *service;
  GPtrArray *lines;
} WbPackingSlip;

/**
 * wb_packing_slip_new:
 *
 * Returns: (transfer full): a slip without lines
 */
WbPackingSlip *wb_packing_slip_new (const char *number);
void wb_packing_slip_free (WbPackingSlip *self);

/**
 * wb_packing_slip_add_line:
 * @note: (nullable): a gift's message
 */
void wb_packing_slip_add_line (WbPackingSlip *self, const char *sku, const char *name, guint quantity, const char *note);

/**
 * wb_packing_slip_layout:
 * @printed: (nullable): when and where it was printed, in words
 * @width_um: of the paper
 * @height_um: of the paper
 *
 * Returns: (transfer full) (element-type WbLabel): the pages, at least one
 */
GPtrArray *wb_packing_slip_layout (const WbPackingSlip *self, const char *printed, guint width_um, guint height_um, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbPackingSlip, wb_packing_slip_free)

G_END_DECLS
