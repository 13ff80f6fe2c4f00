/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known about products: one row a SKU. A new field is a line here and one in db/wb-filter-map-products.c. */
#include "config.h"

#include "core/wb-field-private.h"

#include <glib/gi18n-lib.h>

#define SORT WB_FIELD_SORTABLE
#define COLUMN WB_FIELD_COLUMN
#define SHOWN (WB_FIELD_SORTABLE | WB_FIELD_COLUMN | WB_FIELD_SHOWN)
#define EMPTY WB_FIELD_NULLABLE
#define MANY WB_FIELD_MANY
#define LATEST WB_FIELD_DESCENDING
#define PRICED (WB_FIELD_PRICED | WB_FIELD_DESCENDING)

static const WbField fields[] = {
  { "sku", N_ ("SKU"), N_ ("The stock keeping unit"), WB_FIELD_CODE, WB_FIELD_INDEX_BTREE, SHOWN, 120, "code number id", NULL,
    NULL },
  { "name", N_ ("Name"), NULL, WB_FIELD_TEXT, WB_FIELD_INDEX_TRIGRAM, SHOWN, 260, "title product", NULL, NULL },
  { "category", N_ ("Category"), N_ ("The whole way: Kitchen > Mugs"), WB_FIELD_TEXT, WB_FIELD_INDEX_BTREE, SHOWN | EMPTY, 160,
    "group", NULL, NULL },
  { "brand", N_ ("Brand"), NULL, WB_FIELD_TEXT, WB_FIELD_INDEX_NONE, COLUMN | EMPTY, 120, "maker", NULL, NULL },
  { "price", N_ ("Price"), N_ ("List price of one piece"), WB_FIELD_PRICE, WB_FIELD_INDEX_BTREE, SHOWN | PRICED, 100, "unit-price",
    NULL, NULL },
  { "available", N_ ("Available"), N_ ("On hand and not promised"), WB_FIELD_INTEGER, WB_FIELD_INDEX_BTREE, SHOWN | LATEST, 90,
    "stock free", NULL, NULL },
  { "on-hand", N_ ("On hand"), N_ ("Pieces in the warehouses"), WB_FIELD_INTEGER, WB_FIELD_INDEX_BTREE, SHOWN | LATEST, 90,
    "onhand", NULL, NULL },
  { "reserved", N_ ("Reserved"), N_ ("Pieces promised to orders"), WB_FIELD_INTEGER, WB_FIELD_INDEX_NONE, COLUMN | LATEST, 90,
    "promised", NULL, NULL },
  { "weight", N_ ("Weight"), NULL, WB_FIELD_WEIGHT, WB_FIELD_INDEX_NONE, COLUMN | LATEST, 80, NULL, NULL, NULL },
  { "length", N_ ("Length"), N_ ("In millimetres"), WB_FIELD_INTEGER, WB_FIELD_INDEX_NONE, COLUMN | LATEST, 70, NULL, NULL, NULL },
  { "width", N_ ("Width"), N_ ("In millimetres"), WB_FIELD_INTEGER, WB_FIELD_INDEX_NONE, COLUMN | LATEST, 70, NULL, NULL, NULL },
  { "height", N_ ("Height"), N_ ("In millimetres"), WB_FIELD_INTEGER, WB_FIELD_INDEX_NONE, COLUMN | LATEST, 70, NULL, NULL, NULL },
  { "barcode", N_ ("Barcode"), N_ ("A code on the product or its case"), WB_FIELD_CODE, WB_FIELD_INDEX_BTREE, EMPTY | MANY, 0,
    "ean gtin upc", NULL, NULL },
  { "active", N_ ("Active"), N_ ("Whether it is still sold"), WB_FIELD_BOOL, WB_FIELD_INDEX_NONE, COLUMN, 70, NULL, NULL, NULL },
  { "stocked", N_ ("Stocked"), N_ ("Whether its stock is counted"), WB_FIELD_BOOL, WB_FIELD_INDEX_NONE, COLUMN, 80, NULL, NULL,
    NULL },
  { "updated", N_ ("Changed"), NULL, WB_FIELD_TIME, WB_FIELD_INDEX_NONE, COLUMN | LATEST, 140, "changed modified", NULL, NULL },
  { "anything", N_ ("Anything"), N_ ("SKU and name"), WB_FIELD_TEXT, WB_FIELD_INDEX_TRIGRAM, 0, 0, "search text", NULL, NULL },
};

static const WbCondition conditions[] = {
  { "is", "out", N_ ("is sold out"), "available:<=0 stocked:yes active:yes" },
  { "is", "in-stock", N_ ("is in stock"), "available:>0" },
  { "is", "oversold", N_ ("is promised more than there is"), "available:<0" },
  { "has", "stock", N_ ("has stock"), "on-hand:>0" },
  { NULL, NULL, NULL, NULL },
};

static const WbWordRoute words[] = {
  { WB_WORD_NUMBER | WB_WORD_CODE, "sku", WB_WORD_EXACT },
  { WB_WORD_GTIN, "barcode", WB_WORD_EXACT },
  { WB_WORD_TEXT, "anything", WB_WORD_CONTAINS },
  { 0, NULL, 0 },
};

const WbCatalogue _wb_catalogue_products = {
  .name = "products",
  .label = N_ ("Products"),
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .conditions = conditions,
  .words = words,
  .sort = "name",
};
