/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-sku.h"

static const WbMember sku_variant_members_list[] = {
  WB_MEMBER (WbSkuVariant, id, INT64),
  WB_MEMBER (WbSkuVariant, code, TEXT),
  WB_MEMBER (WbSkuVariant, name, TEXT),
  WB_MEMBER (WbSkuVariant, on_hand, INT64),
  WB_MEMBER (WbSkuVariant, available, INT64),
  WB_MEMBER (WbSkuVariant, active, BOOL),
  { 0 },
};
static const WbMembers sku_variant_members = { sizeof (WbSkuVariant), sku_variant_members_list };

static const WbMember sku_barcode_members_list[] = {
  WB_MEMBER (WbSkuBarcode, code, TEXT),
  WB_MEMBER (WbSkuBarcode, quantity, INT64),
  WB_MEMBER (WbSkuBarcode, kind, TEXT),
  { 0 },
};
static const WbMembers sku_barcode_members = { sizeof (WbSkuBarcode), sku_barcode_members_list };

static const WbMember sku_price_members_list[] = {
  WB_MEMBER (WbSkuPrice, currency, TEXT),
  WB_MEMBER (WbSkuPrice, minor_digits, INT64),
  WB_MEMBER (WbSkuPrice, unit_price, DECIMAL),
  WB_MEMBER (WbSkuPrice, min_quantity, INT64),
  WB_MEMBER (WbSkuPrice, tax_included, BOOL),
  { 0 },
};
static const WbMembers sku_price_members = { sizeof (WbSkuPrice), sku_price_members_list };

static const WbMember sku_total_members_list[] = {
  WB_MEMBER (WbSkuTotal, warehouse, TEXT),
  WB_MEMBER (WbSkuTotal, on_hand, INT64),
  WB_MEMBER (WbSkuTotal, reserved, INT64),
  WB_MEMBER (WbSkuTotal, available, INT64),
  { 0 },
};
static const WbMembers sku_total_members = { sizeof (WbSkuTotal), sku_total_members_list };

static const WbMember sku_level_members_list[] = {
  WB_MEMBER (WbSkuLevel, bin_id, INT64),
  WB_MEMBER (WbSkuLevel, bin, TEXT),
  WB_MEMBER (WbSkuLevel, kind, TEXT),
  WB_MEMBER (WbSkuLevel, warehouse, TEXT),
  WB_MEMBER (WbSkuLevel, lot, TEXT),
  WB_MEMBER (WbSkuLevel, expires_on, TEXT),
  WB_MEMBER (WbSkuLevel, quantity, INT64),
  { 0 },
};
static const WbMembers sku_level_members = { sizeof (WbSkuLevel), sku_level_members_list };

static const WbMember sku_move_members_list[] = {
  WB_MEMBER (WbSkuMove, at, TIME),
  WB_MEMBER (WbSkuMove, kind, TEXT),
  WB_MEMBER (WbSkuMove, quantity, INT64),
  WB_MEMBER (WbSkuMove, from_bin, TEXT),
  WB_MEMBER (WbSkuMove, to_bin, TEXT),
  WB_MEMBER (WbSkuMove, actor, TEXT),
  WB_MEMBER (WbSkuMove, reason, TEXT),
  { 0 },
};
static const WbMembers sku_move_members = { sizeof (WbSkuMove), sku_move_members_list };

static const WbMember sku_waiting_members_list[] = {
  WB_MEMBER (WbSkuWaiting, id, INT64),
  WB_MEMBER (WbSkuWaiting, number, TEXT),
  WB_MEMBER (WbSkuWaiting, placed_at, TIME),
  WB_MEMBER (WbSkuWaiting, ship_by, TIME),
  WB_MEMBER (WbSkuWaiting, stage, TEXT),
  WB_MEMBER (WbSkuWaiting, wanted, INT64),
  WB_MEMBER (WbSkuWaiting, missing, INT64),
  { 0 },
};
static const WbMembers sku_waiting_members = { sizeof (WbSkuWaiting), sku_waiting_members_list };

static const WbMember sku_product_members_list[] = {
  WB_MEMBER (WbSkuProduct, id, INT64),
  WB_MEMBER (WbSkuProduct, code, TEXT),
  WB_MEMBER (WbSkuProduct, name, TEXT),
  WB_MEMBER (WbSkuProduct, description, TEXT),
  WB_MEMBER (WbSkuProduct, brand, TEXT),
  WB_MEMBER (WbSkuProduct, category, TEXT),
  WB_MEMBER (WbSkuProduct, tax_class, TEXT),
  WB_MEMBER (WbSkuProduct, hs_code, TEXT),
  WB_MEMBER (WbSkuProduct, origin_country, TEXT),
  { 0 },
};
static const WbMembers sku_product_members = { sizeof (WbSkuProduct), sku_product_members_list };

static const WbMember sku_head_members_list[] = {
  WB_MEMBER (WbSkuHead, id, INT64),
  WB_MEMBER (WbSkuHead, version, INT64),
  WB_MEMBER (WbSkuHead, code, TEXT),
  WB_MEMBER (WbSkuHead, name, TEXT),
  WB_MEMBER (WbSkuHead, weight_g, INT64),
  WB_MEMBER (WbSkuHead, length_mm, INT64),
  WB_MEMBER (WbSkuHead, width_mm, INT64),
  WB_MEMBER (WbSkuHead, height_mm, INT64),
  WB_MEMBER (WbSkuHead, stocked, BOOL),
  WB_MEMBER (WbSkuHead, track_lot, BOOL),
  WB_MEMBER (WbSkuHead, track_serial, BOOL),
  WB_MEMBER (WbSkuHead, handling, TEXTS),
  WB_MEMBER (WbSkuHead, active, BOOL),
  WB_MEMBER (WbSkuHead, price, DECIMAL),
  WB_MEMBER (WbSkuHead, price_currency, TEXT),
  WB_MEMBER (WbSkuHead, minor_digits, INT64),
  WB_MEMBER (WbSkuHead, on_hand, INT64),
  WB_MEMBER (WbSkuHead, reserved, INT64),
  WB_MEMBER (WbSkuHead, available, INT64),
  { 0 },
};
static const WbMembers sku_head_members = { sizeof (WbSkuHead), sku_head_members_list };

static const WbMember sku_members_list[] = {
  WB_MEMBER_OF (WbSku, sku, RECORD, &sku_head_members),
  WB_MEMBER_OF (WbSku, product, RECORD, &sku_product_members),
  WB_MEMBER_OF (WbSku, variants, LIST, &sku_variant_members),
  WB_MEMBER_OF (WbSku, barcodes, LIST, &sku_barcode_members),
  WB_MEMBER_OF (WbSku, prices, LIST, &sku_price_members),
  WB_MEMBER_OF (WbSku, totals, LIST, &sku_total_members),
  WB_MEMBER_OF (WbSku, levels, LIST, &sku_level_members),
  WB_MEMBER_OF (WbSku, moves, LIST, &sku_move_members),
  WB_MEMBER_OF (WbSku, waiting, LIST, &sku_waiting_members),
  { 0 },
};

const WbMembers wb_sku_members = { sizeof (WbSku), sku_members_list };

void
wb_sku_free (WbSku *self)
{
  wb_members_free (&wb_sku_members, self);
}
