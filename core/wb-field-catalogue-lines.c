/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known about order lines. A new field is a line here and one in db/wb-filter-map-lines.c. */
#include "config.h"

#include "core/wb-field-private.h"

#include <glib/gi18n-lib.h>

#define SORT WB_FIELD_SORTABLE
#define COLUMN WB_FIELD_COLUMN
#define SHOWN (WB_FIELD_SORTABLE | WB_FIELD_COLUMN | WB_FIELD_SHOWN)
#define EMPTY WB_FIELD_NULLABLE
#define LATEST WB_FIELD_DESCENDING
#define PRICED (WB_FIELD_PRICED | WB_FIELD_DESCENDING)

static const WbField fields[] = {
  { "order", N_ ("Order"), N_ ("The order number"), WB_FIELD_CODE, WB_FIELD_INDEX_BTREE, SHOWN | LATEST, 110, "number", NULL,
    NULL },
  { "ordered", N_ ("Ordered"), N_ ("When the order was placed"), WB_FIELD_TIME, WB_FIELD_INDEX_BTREE, COLUMN | SORT | LATEST, 140,
    "placed date", NULL, NULL },
  { "sku", N_ ("SKU"), NULL, WB_FIELD_CODE, WB_FIELD_INDEX_BTREE, SHOWN | EMPTY, 120, "code item", NULL, NULL },
  { "name", N_ ("Name"), NULL, WB_FIELD_TEXT, WB_FIELD_INDEX_BTREE, COLUMN | WB_FIELD_SHOWN, 260, "product title", NULL, NULL },
  { "quantity", N_ ("Quantity"), NULL, WB_FIELD_INTEGER, WB_FIELD_INDEX_BTREE, COLUMN | WB_FIELD_SHOWN | LATEST, 80, "qty pieces", NULL, NULL },
  { "price", N_ ("Price"), N_ ("Of one piece"), WB_FIELD_PRICE, WB_FIELD_INDEX_NONE, COLUMN | WB_FIELD_SHOWN | PRICED, 100,
    "unit-price", NULL, NULL },
  { "total", N_ ("Total"), N_ ("Quantity × price less discount"), WB_FIELD_MONEY, WB_FIELD_INDEX_NONE, COLUMN | WB_FIELD_SHOWN | PRICED, 100,
    "amount net", NULL, NULL },
  { "discount", N_ ("Discount"), NULL, WB_FIELD_MONEY, WB_FIELD_INDEX_NONE, COLUMN | PRICED, 90, NULL, NULL, NULL },
  { "tax", N_ ("Tax"), NULL, WB_FIELD_MONEY, WB_FIELD_INDEX_NONE, COLUMN | PRICED, 90, "vat", NULL, NULL },
  { "reserved", N_ ("Reserved"), N_ ("Pieces promised from stock"), WB_FIELD_INTEGER, WB_FIELD_INDEX_NONE, COLUMN | LATEST, 80,
    NULL, NULL, NULL },
  { "shipped", N_ ("Shipped"), N_ ("Pieces that have left"), WB_FIELD_INTEGER, WB_FIELD_INDEX_NONE, COLUMN | LATEST, 80, NULL,
    NULL, NULL },
  { "cancelled", N_ ("Cancelled"), N_ ("Pieces that will not leave"), WB_FIELD_INTEGER, WB_FIELD_INDEX_BTREE, COLUMN | LATEST, 80,
    "canceled", NULL, NULL },
  { "returned", N_ ("Returned"), N_ ("Pieces that came back"), WB_FIELD_INTEGER, WB_FIELD_INDEX_BTREE, COLUMN | LATEST, 80, NULL,
    NULL, NULL },
  { "weight", N_ ("Weight"), N_ ("Of one piece"), WB_FIELD_WEIGHT, WB_FIELD_INDEX_NONE, COLUMN | LATEST, 80, NULL, NULL, NULL },
  { "gift-wrap", N_ ("Gift wrap"), NULL, WB_FIELD_BOOL, WB_FIELD_INDEX_BTREE, COLUMN, 80, "wrap", NULL, NULL },
  { "position", N_ ("Position"), NULL, WB_FIELD_INTEGER, WB_FIELD_INDEX_NONE, COLUMN, 60, "pos", NULL, NULL },
};

static const WbRelation relations[] = {
  { "order", N_ ("Order"), "orders", FALSE },
  { "product", N_ ("Product"), "products", FALSE },
  { NULL, NULL, NULL, FALSE },
};

static const WbCondition conditions[] = {
  { "is", "returned", N_ ("came back"), "returned:>0" },
  { NULL, NULL, NULL, NULL },
};

static const WbWordRoute words[] = {
  { WB_WORD_NUMBER | WB_WORD_CODE, "order", WB_WORD_EXACT },
  { WB_WORD_TEXT, "sku", WB_WORD_PREFIX },
  { WB_WORD_TEXT, "name", WB_WORD_CONTAINS },
  { 0, NULL, 0 },
};

const WbCatalogue _wb_catalogue_lines = {
  .name = "lines",
  .label = N_ ("Order lines"),
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .relations = relations,
  .conditions = conditions,
  .words = words,
  .sort = "-order",
};
