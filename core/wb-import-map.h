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

G_BEGIN_DECLS

/**
 * WbImportField:
 *
 * Everything a mapping file can fill. The order is that of the table in wb-import-map.c.
 */
typedef enum
{
  WB_IMPORT_FIELD_ORDER_ID,
  WB_IMPORT_FIELD_ORDER_NUMBER,
  WB_IMPORT_FIELD_ORDER_PLACED_AT,
  WB_IMPORT_FIELD_ORDER_CURRENCY,
  WB_IMPORT_FIELD_ORDER_TAX_INCLUDED,
  WB_IMPORT_FIELD_ORDER_TEST,
  WB_IMPORT_FIELD_ORDER_RUSH,
  WB_IMPORT_FIELD_ORDER_GIFT,
  WB_IMPORT_FIELD_ORDER_SHIPPING_METHOD,
  WB_IMPORT_FIELD_ORDER_PURCHASE_ORDER,
  WB_IMPORT_FIELD_ORDER_NOTE,
  WB_IMPORT_FIELD_ORDER_CUSTOMER_NOTE,
  WB_IMPORT_FIELD_ORDER_TAGS,
  WB_IMPORT_FIELD_ORDER_TOTAL,
  WB_IMPORT_FIELD_ORDER_SHIPPING,
  WB_IMPORT_FIELD_ORDER_FEE,
  WB_IMPORT_FIELD_ORDER_DISCOUNT,
  WB_IMPORT_FIELD_ORDER_DISCOUNT_CODE,
  WB_IMPORT_FIELD_ORDER_TAX,
  WB_IMPORT_FIELD_ORDER_TAX_NAME,
  WB_IMPORT_FIELD_ORDER_PAID,
  WB_IMPORT_FIELD_ORDER_PAID_AT,
  WB_IMPORT_FIELD_ORDER_PAYMENT_METHOD,
  WB_IMPORT_FIELD_ORDER_PAYMENT_REFERENCE,
  WB_IMPORT_FIELD_ORDER_SHIPPED,
  WB_IMPORT_FIELD_ORDER_SHIPPED_AT,
  WB_IMPORT_FIELD_ORDER_DELIVERED,
  WB_IMPORT_FIELD_ORDER_DELIVERED_AT,
  WB_IMPORT_FIELD_ORDER_TRACKING,
  WB_IMPORT_FIELD_ORDER_CARRIER,
  WB_IMPORT_FIELD_ORDER_CANCELLED_AT,
  WB_IMPORT_FIELD_ORDER_CANCEL_REASON,
  WB_IMPORT_FIELD_ORDER_RETURN_OF,
  WB_IMPORT_FIELD_ORDER_REASON,
  WB_IMPORT_FIELD_CUSTOMER_ID,
  WB_IMPORT_FIELD_CUSTOMER_NAME,
  WB_IMPORT_FIELD_CUSTOMER_COMPANY,
  WB_IMPORT_FIELD_CUSTOMER_EMAIL,
  WB_IMPORT_FIELD_CUSTOMER_PHONE,
  WB_IMPORT_FIELD_CUSTOMER_LANGUAGE,
  WB_IMPORT_FIELD_CUSTOMER_COUNTRY,
  WB_IMPORT_FIELD_CUSTOMER_NOTE,
  WB_IMPORT_FIELD_CUSTOMER_TAGS,
  WB_IMPORT_FIELD_CUSTOMER_TAX_NUMBER,
  WB_IMPORT_FIELD_CUSTOMER_EMAIL_ALLOWED,
  WB_IMPORT_FIELD_CUSTOMER_REGISTERED_AT,
  WB_IMPORT_FIELD_BILLING_NAME,
  WB_IMPORT_FIELD_BILLING_COMPANY,
  WB_IMPORT_FIELD_BILLING_LINE1,
  WB_IMPORT_FIELD_BILLING_LINE2,
  WB_IMPORT_FIELD_BILLING_CITY,
  WB_IMPORT_FIELD_BILLING_REGION,
  WB_IMPORT_FIELD_BILLING_POSTCODE,
  WB_IMPORT_FIELD_BILLING_COUNTRY,
  WB_IMPORT_FIELD_BILLING_PHONE,
  WB_IMPORT_FIELD_BILLING_EMAIL,
  WB_IMPORT_FIELD_SHIPPING_NAME,
  WB_IMPORT_FIELD_SHIPPING_COMPANY,
  WB_IMPORT_FIELD_SHIPPING_LINE1,
  WB_IMPORT_FIELD_SHIPPING_LINE2,
  WB_IMPORT_FIELD_SHIPPING_CITY,
  WB_IMPORT_FIELD_SHIPPING_REGION,
  WB_IMPORT_FIELD_SHIPPING_POSTCODE,
  WB_IMPORT_FIELD_SHIPPING_COUNTRY,
  WB_IMPORT_FIELD_SHIPPING_PHONE,
  WB_IMPORT_FIELD_SHIPPING_EMAIL,
  WB_IMPORT_FIELD_LINE_ID,
  WB_IMPORT_FIELD_LINE_SKU,
  WB_IMPORT_FIELD_LINE_NAME,
  WB_IMPORT_FIELD_LINE_QUANTITY,
  WB_IMPORT_FIELD_LINE_UNIT_PRICE,
  WB_IMPORT_FIELD_LINE_DISCOUNT,
  WB_IMPORT_FIELD_LINE_WEIGHT_G,
  WB_IMPORT_FIELD_LINE_GIFT_MESSAGE,
  WB_IMPORT_FIELD_PRODUCT_ID,
  WB_IMPORT_FIELD_PRODUCT_CODE,
  WB_IMPORT_FIELD_PRODUCT_NAME,
  WB_IMPORT_FIELD_PRODUCT_DESCRIPTION,
  WB_IMPORT_FIELD_PRODUCT_BRAND,
  WB_IMPORT_FIELD_PRODUCT_CATEGORY,
  WB_IMPORT_FIELD_PRODUCT_ACTIVE,
  WB_IMPORT_FIELD_SKU_CODE,
  WB_IMPORT_FIELD_SKU_NAME,
  WB_IMPORT_FIELD_SKU_PRICE,
  WB_IMPORT_FIELD_SKU_BARCODE,
  WB_IMPORT_FIELD_SKU_STOCK,
  WB_IMPORT_FIELD_SKU_WEIGHT_G,
  WB_IMPORT_FIELD_SKU_WEIGHT_KG,
  WB_IMPORT_FIELD_SKU_LENGTH_CM,
  WB_IMPORT_FIELD_SKU_WIDTH_CM,
  WB_IMPORT_FIELD_SKU_HEIGHT_CM,
  WB_IMPORT_FIELD_SKU_LENGTH_MM,
  WB_IMPORT_FIELD_SKU_WIDTH_MM,
  WB_IMPORT_FIELD_SKU_HEIGHT_MM,
  WB_IMPORT_N_FIELDS,
} WbImportField;

/**
 * WbImportTest:
 *
 * What a condition asks of a field's text.
 */
typedef enum
{
  WB_IMPORT_TEST_IS,
  WB_IMPORT_TEST_PREFIX,
  WB_IMPORT_TEST_SUFFIX,
  WB_IMPORT_TEST_CONTAINS,
  WB_IMPORT_TEST_EMPTY,
  WB_IMPORT_TEST_PRESENT,
  WB_IMPORT_TEST_ZERO,
  WB_IMPORT_TEST_NEGATIVE,
  WB_IMPORT_TEST_POSITIVE,
} WbImportTest;

typedef struct
{
  WbImportField field;
  WbImportTest test;
  char *value;
} WbImportCondition;

typedef enum
{
  WB_IMPORT_RULE_ORDER,
  WB_IMPORT_RULE_RETURN,
  WB_IMPORT_RULE_REFUSE,
} WbImportRuleOutcome;

/**
 * WbImportRule:
 * @name: what the file calls it
 * @conditions: (element-type WbImportCondition): all have to hold, on every row of the record
 * @reason: why such records are refused
 * @negate: whether quantities stand with a minus in the file
 */
typedef struct
{
  char *name;
  GPtrArray *conditions;
  WbImportRuleOutcome outcome;
  char *reason;
  gboolean negate;
} WbImportRule;

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
const char   *wb_import_field_to_name        (WbImportField      field);
gboolean      wb_import_field_is_of_line     (WbImportField      field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbImportMap, wb_import_map_unref)

G_END_DECLS
