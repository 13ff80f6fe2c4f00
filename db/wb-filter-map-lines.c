/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/wb-filter-map-private.h"

static const WbFilterMapField fields[] = {
  { .name = "order", .value = "t.order_number" },
  { .name = "ordered", .value = "t.placed_at" },
  { .name = "sku", .value = "t.sku_code" },
  { .name = "name", .value = "t.name", .names = "api.line_name n" },
  { .name = "quantity", .value = "t.quantity" },
  { .name = "price", .value = "t.unit_price", .currency = "t.currency" },
  { .name = "total", .value = "t.net_minor", .currency = "t.currency" },
  { .name = "discount", .value = "t.discount_minor", .currency = "t.currency" },
  { .name = "tax", .value = "t.tax_minor", .currency = "t.currency" },
  { .name = "reserved", .value = "t.reserved_qty" },
  { .name = "shipped", .value = "t.shipped_qty" },
  { .name = "cancelled", .value = "t.cancelled_qty" },
  { .name = "returned", .value = "t.returned_qty" },
  { .name = "weight", .value = "t.weight_g" },
  { .name = "gift-wrap", .value = "t.gift_wrap" },
  { .name = "position", .value = "t.position" },
};

static const WbFilterMapRelation relations[] = {
  { "order", "t.order_id", "t.id", NULL },
  { "product", "t.sku_id", "t.id", NULL },
  { NULL, NULL, NULL, NULL },
};

const WbFilterMap _wb_filter_map_lines = {
  .catalogue = "lines",
  .from = "api.order_line_row t",
  .id = "t.id",
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .relations = relations,
};
