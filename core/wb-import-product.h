/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A product with its variants as any shop could tell it, neutral of the format it came in. Weights
 * are grams, sizes millimetres. Plain structs of one thread at a time; strings are UTF-8, owned, and
 * NULL or "" where nothing was said.
 */
#pragma once

#include <glib.h>

#include "core/wb-decimal.h"
#include "core/wb-money.h"

G_BEGIN_DECLS

typedef struct
{
  char *code;
  int quantity;
} WbImportBarcode;

/**
 * WbImportVariant:
 * @code: the SKU
 * @options: names and values in turn: "Colour", "Blue"
 * @currency: of the price; "" is the channel's
 * @stock: how many the shop says are there, -1 when it does not say
 * @stocked: whether it is a thing on a shelf; services and downloads are not
 */
typedef struct
{
  guint64 line;
  char *external_id;
  char *code;
  char *name;
  GPtrArray *options;
  gint64 weight_g;
  gint64 length_mm;
  gint64 width_mm;
  gint64 height_mm;
  gboolean has_price;
  WbDecimal price;
  char currency[WB_CURRENCY_SIZE];
  gint64 stock;
  gboolean stocked;
  gboolean active;
  GPtrArray *barcodes; /* WbImportBarcode */
} WbImportVariant;

/**
 * WbImportProduct:
 * @category: the whole way, parts joined by " > "
 */
typedef struct
{
  char *external_id;
  char *code;
  char *name;
  char *description;
  char *brand;
  char *category;
  gboolean active;
  GPtrArray *variants; /* WbImportVariant */
} WbImportProduct;

WbImportProduct *wb_import_product_new         (void);
void             wb_import_product_free        (WbImportProduct *self);
WbImportVariant *wb_import_product_add_variant (WbImportProduct *self);
void             wb_import_variant_add_option  (WbImportVariant *self,
                                                const char      *name,
                                                const char      *value);
void             wb_import_variant_add_barcode (WbImportVariant *self,
                                                const char      *code,
                                                int              quantity);

G_END_DECLS
