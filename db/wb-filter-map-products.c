/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/wb-filter-map-private.h"

static const WbFilterMapField fields[] = {
  { .name = "sku", .value = "t.code" },
  { .name = "name", .value = "t.name", .folded = "t.name_sort", .within = "t.search", .sort = { "t.name_sort" } },
  { .name = "category", .value = "t.category" },
  { .name = "brand", .value = "t.brand" },
  { .name = "price", .value = "t.price", .currency = "t.price_currency" },
  { .name = "available", .value = "t.available" },
  { .name = "on-hand", .value = "t.on_hand" },
  { .name = "reserved", .value = "t.reserved" },
  { .name = "weight", .value = "t.weight_g" },
  { .name = "length", .value = "t.length_mm" },
  { .name = "width", .value = "t.width_mm" },
  { .name = "height", .value = "t.height_mm" },
  { .name = "barcode", .value = "x.code", .outer = "t.id", .key = "x.sku_id", .from = "api.sku_barcode x" },
  { .name = "active", .value = "t.active" },
  { .name = "stocked", .value = "t.stocked" },
  { .name = "updated", .value = "t.updated_at" },
  { .name = "anything", .value = "t.search", .folded = "t.search" },
};

const WbFilterMap _wb_filter_map_products = {
  .catalogue = "products",
  .from = "api.sku_row t",
  .id = "t.id",
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
};
