/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/wb-filter-map-private.h"

static const WbFilterMapField fields[] = {
  { .name = "printed", .value = "t.at" },
  { .name = "document", .value = "t.document" },
  { .name = "order", .value = "t.order_number", .flags = WB_MAP_MAYBE },
  { .name = "tracking", .value = "t.tracking" },
  { .name = "printer", .value = "t.printer" },
  { .name = "station", .value = "t.station" },
  { .name = "who", .value = "t.who" },
  { .name = "copy", .value = "t.copy" },
  { .name = "reason", .value = "t.reason" },
  { .name = "again", .value = "t.again" },
  { .name = "title", .value = "t.title" },
  { .name = "anything", .value = "t.haystack" },
};

const WbFilterMap _wb_filter_map_prints = {
  .catalogue = "prints",
  .from = "api.print_row t",
  .id = "t.id",
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
};
