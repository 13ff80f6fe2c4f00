/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What labels there are to print, and what each can say: its fields, with a sample of each. A template
 * (core/wb-label-template.h) is for one of these and may use its fields; the program that prints fills them in
 * (WbLabelValues).
 *
 * A constant table and plain values, any thread.
 */
#pragma once

#include "core/wb-money.h"

G_BEGIN_DECLS

/**
 * WbLabelFieldType:
 * @WB_LABEL_FIELD_TEXT: one line; formats upper, lower, spaced (groups of four)
 * @WB_LABEL_FIELD_LINES: several lines
 * @WB_LABEL_FIELD_COUNT: a whole number; format 0N (N digits)
 * @WB_LABEL_FIELD_WEIGHT: grams; formats kg, g
 * @WB_LABEL_FIELD_DATE: ISO 8601; formats as strftime has them, with a %
 * @WB_LABEL_FIELD_ROWS: what a group repeats
 */
typedef enum
{
  WB_LABEL_FIELD_TEXT,
  WB_LABEL_FIELD_LINES,
  WB_LABEL_FIELD_COUNT,
  WB_LABEL_FIELD_WEIGHT,
  WB_LABEL_FIELD_DATE,
  WB_LABEL_FIELD_ROWS,
} WbLabelFieldType;

/**
 * WbLabelField:
 * @name: what stands between "${" and "}"; "items.sku" is the field sku of a row of items
 * @type: of its value
 * @sample: a value as wb_label_values_set() takes it
 */
typedef struct
{
  const char *name;
  WbLabelFieldType type;
  const char *sample;
} WbLabelField;

/**
 * WbLabelDocument:
 * @name: what template files call it
 * @title: what people call it; translated when shown
 * @fields: ended by one without a name
 */
typedef struct
{
  const char *name;
  const char *title;
  const WbLabelField *fields;
} WbLabelDocument;

typedef struct _WbLabelValues WbLabelValues;

/**
 * wb_label_documents:
 *
 * Returns: (transfer none): all, ended by one without a name
 */
const WbLabelDocument *wb_label_documents (void);

/**
 * wb_label_document_find:
 * @name: "shipping"
 *
 * Returns: (transfer none) (nullable): the document of that name
 */
const WbLabelDocument *wb_label_document_find (const char *name);

/**
 * wb_label_document_find_field:
 *
 * Returns: (transfer none) (nullable): its field of that name
 */
const WbLabelField *wb_label_document_find_field (const WbLabelDocument *self, const char *name);

/**
 * wb_label_document_sample:
 *
 * Returns: (transfer full): a value for every field, to look at a template with
 */
WbLabelValues *wb_label_document_sample (const WbLabelDocument *self);

/**
 * wb_label_values_new:
 *
 * Returns: (transfer full): no values
 */
WbLabelValues *wb_label_values_new (void);
void wb_label_values_free (WbLabelValues *self);

/**
 * wb_label_values_set:
 * @value: (nullable): counts and weights in digits, dates in ISO 8601; nothing or "" is no value
 */
void wb_label_values_set (WbLabelValues *self, const char *name, const char *value);

/**
 * wb_label_values_set_number:
 *
 * For counts, and weights in grams.
 */
void wb_label_values_set_number (WbLabelValues *self, const char *name, gint64 value);

/**
 * wb_label_values_set_money:
 *
 * Sets an amount with its currency.
 */
void wb_label_values_set_money (WbLabelValues *self, const char *name, const WbMoney *value);

/**
 * wb_label_values_get:
 *
 * Returns: (transfer none): the value, "" when there is none
 */
const char *wb_label_values_get (const WbLabelValues *self, const char *name);

/**
 * wb_label_values_add_row:
 * @name: a field of rows
 *
 * Returns: (transfer none): one more row, to be filled with "items.sku" and the like
 */
WbLabelValues *wb_label_values_add_row (WbLabelValues *self, const char *name);

/**
 * wb_label_values_get_rows:
 *
 * Returns: (transfer none) (nullable) (element-type WbLabelValues): the rows
 */
GPtrArray *wb_label_values_get_rows (const WbLabelValues *self, const char *name);

/**
 * wb_label_field_check_format:
 * @format: (nullable): what stands behind the colon
 *
 * Returns: whether a field of that type can be written so
 */
gboolean wb_label_field_check_format (WbLabelFieldType type, const char *format);

/**
 * wb_label_field_format:
 * @value: of the field
 * @format: (nullable): one that wb_label_field_check_format() takes
 *
 * Returns: (transfer full): the value as it is printed
 */
char *wb_label_field_format (WbLabelFieldType type, const char *value, const char *format);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbLabelValues, wb_label_values_free)

G_END_DECLS
