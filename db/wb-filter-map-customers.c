/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/wb-filter-map-private.h"

static const WbFilterMapField fields[] = {
  { .name = "number", .value = "t.number" },
  { .name = "name", .value = "t.name", .folded = "t.name_sort", .within = "t.search", .sort = { "t.name_sort" } },
  { .name = "company", .value = "t.company", .within = "t.search" },
  { .name = "email", .value = "t.email", .within = "t.search", .exact = "lower(t.email)" },
  { .name = "phone", .value = "t.phone_digits", .folded = "t.phone_digits", .within = "t.search",
    .show = "t.phone" },
  { .name = "kind", .value = "t.kind" },
  { .name = "segment", .value = "t.segment" },
  { .name = "status", .value = "t.status" },
  { .name = "country", .value = "t.country", .flags = WB_MAP_MAYBE, .type = "bpchar", .sort = { "coalesce(t.country::text, '') collate \"C\"" } },
  { .name = "language", .value = "t.language" },
  { .name = "currency", .value = "t.currency", .type = "bpchar" },
  { .name = "orders", .value = "t.orders_count" },
  { .name = "spent", .value = "t.spent_minor", .currency = "t.currency" },
  { .name = "last-order", .value = "t.last_order_at", .any = "t.last_order_at > '-infinity'" },
  { .name = "registered", .value = "t.registered_at" },
  { .name = "segment-since", .value = "t.segment_since" },
  { .name = "tag", .value = "t.tags", .flags = WB_MAP_ARRAY },
  { .name = "newsletter", .value = "t.email_allowed" },
  { .name = "updated", .value = "t.updated_at" },
  { .name = "anything", .value = "t.search", .folded = "t.search" },
};

static const WbFilterMapRelation relations[] = {
  { "order", "t.id", "t.customer_id", NULL },
  { NULL, NULL, NULL, NULL },
};

const WbFilterMap _wb_filter_map_customers = {
  .catalogue = "customers",
  .from = "api.customer_row t",
  .id = "t.id",
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .relations = relations,
};
