/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One thing that an import file tells: an order, a return, a product or a customer, with the rows it
 * was made from and what is wrong with it. Formats fill records (wb-import-format.h), the importer
 * writes the good ones to the database and the rows of the others to a file to be mended. Nothing
 * here knows a format or a database. A record belongs to one thread at a time.
 */
#pragma once

#include <glib.h>

#include "core/wb-decimal.h"
#include "core/wb-import-order.h"
#include "core/wb-import-product.h"

G_BEGIN_DECLS

/**
 * WbImportKind:
 * @WB_IMPORT_NOTHING: rows that say nothing usable; there is always a refusal
 */
typedef enum
{
  WB_IMPORT_NOTHING,
  WB_IMPORT_ORDER,
  WB_IMPORT_RETURN,
  WB_IMPORT_PRODUCT,
  WB_IMPORT_CUSTOMER,
} WbImportKind;

const char *wb_import_kind_to_name (WbImportKind kind);

/**
 * WbImportRow:
 * @line: of the file, from 1
 * @n_fields: how many fields
 * @fields: the fields as they were read, UTF-8
 *
 * A row of a table as it was read: what records are made from, and what is given back when they are refused.
 */
typedef struct
{
  guint64 line;
  guint n_fields;
  const char *fields[];
} WbImportRow;

/**
 * WbImportRefusal:
 * @line: of the file, from 1; 0 where no line is to blame
 * @column: (nullable): heading, or member of the JSON
 * @value: (nullable): what was found there
 * @reason: why it cannot be taken: lower case, no full stop
 */
typedef struct
{
  guint64 line;
  char *column;
  char *value;
  char *reason;
} WbImportRefusal;

/**
 * WbImportRecord:
 * @kind: which of @order, @product and @customer is filled (a return fills @order)
 * @key: how the file calls it: an order's number, a product's code
 * @line: first line of the file it comes from
 * @n_lines: how many rows of a table, or lines of the order in JSON, it stands for
 * @value: exact sum of quantity × price over these, as far as they could be read
 * @rows: (element-type WbImportRow): the rows of a table it was made from; empty for JSON
 * @raw: (nullable): the record as it stands in the file, for JSON and for rows that are no rows
 * @refusals: (element-type WbImportRefusal): what is wrong; a record with any is not imported
 * @is_part: the rest of it was handed out before: nobody may import this alone
 */
typedef struct
{
  WbImportKind kind;
  char *key;
  guint64 line;
  guint n_lines;
  WbDecimal value;
  GPtrArray *rows;
  char *raw;
  GPtrArray *refusals;
  gboolean is_part;
  WbImportOrder *order;
  WbImportProduct *product;
  WbImportCustomer *customer;
} WbImportRecord;

WbImportRecord *wb_import_record_new      (WbImportKind     kind,
                                           const char      *key,
                                           guint64          line);
void            wb_import_record_free     (WbImportRecord  *self);
void            wb_import_record_refuse   (WbImportRecord  *self,
                                           guint64          line,
                                           const char      *column,
                                           const char      *value,
                                           const char      *reason_format,
                                           ...) G_GNUC_PRINTF (5, 6);
void            wb_import_record_add_value (WbImportRecord *self,
                                           const WbDecimal *unit_price,
                                           gint64           quantity);
gboolean        wb_import_record_check    (WbImportRecord  *self);
void            wb_import_record_to_json  (WbImportRecord  *self,
                                           GString         *json);

WbImportRow    *wb_import_row_new         (guint64          line,
                                           const char *const *fields,
                                           guint            n_fields);
const char     *wb_import_row_get_field   (const WbImportRow *self,
                                           int              i);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbImportRecord, wb_import_record_free)

G_END_DECLS
