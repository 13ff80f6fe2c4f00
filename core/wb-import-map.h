/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A mapping file: tells in words how a table that nobody foresaw becomes orders, products or customers.
 * Which column is which field, what is always the same, how dates and numbers are written, how rows
 * group to orders, and which of them are returns or nothing to import. A key file; every key is
 * checked when it is read, with the line that is wrong in the message. data/import/ has examples.
 * Immutable once read; any thread.
 */
#pragma once

#include <glib.h>

#include "core/wb-csv-reader.h"
#include "core/wb-decimal.h"
#include "core/wb-import-rule.h"

G_BEGIN_DECLS

typedef enum
{
  WB_IMPORT_MAP_ORDERS,
  WB_IMPORT_MAP_PRODUCTS,
  WB_IMPORT_MAP_CUSTOMERS,
} WbImportMapContent;

typedef struct _WbImportMap WbImportMap;

WbImportMap  *wb_import_map_new              (const char        *text,
                                              gsize              length,
                                              GError           **error);
WbImportMap  *wb_import_map_ref              (WbImportMap       *self);
void          wb_import_map_unref            (WbImportMap       *self);

WbImportMapContent wb_import_map_get_content (WbImportMap       *self);
const char   *wb_import_map_get_channel      (WbImportMap       *self);
WbTextEncoding wb_import_map_get_encoding    (WbImportMap       *self);
char          wb_import_map_get_separator    (WbImportMap       *self);
const WbDecimalSyntax *wb_import_map_get_numbers (WbImportMap   *self);
const char   *wb_import_map_get_dates        (WbImportMap       *self);
GTimeZone    *wb_import_map_get_zone         (WbImportMap       *self);
const char   *wb_import_map_get_currency     (WbImportMap       *self);
guint         wb_import_map_get_group_gap    (WbImportMap       *self);
gboolean      wb_import_map_get_create_products (WbImportMap  *self);
GHashTable   *wb_import_map_get_countries    (WbImportMap       *self);
gboolean      wb_import_map_is_service       (WbImportMap       *self,
                                              const char        *sku);
gboolean      wb_import_map_may_differ       (WbImportMap       *self,
                                              WbImportField      field);
const char   *wb_import_map_get_column       (WbImportMap       *self,
                                              WbImportField      field);
const char   *wb_import_map_get_constant     (WbImportMap       *self,
                                              WbImportField      field);
char         *wb_import_map_trim             (WbImportMap       *self,
                                              WbImportField      field,
                                              const char        *text);
GPtrArray    *wb_import_map_get_rules        (WbImportMap       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbImportMap, wb_import_map_unref)

G_END_DECLS
