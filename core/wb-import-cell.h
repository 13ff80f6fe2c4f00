/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One value of an import file with its place, and how it becomes a text, a number, a date or a country
 * of a record. What cannot be taken is refused on the record with place, value and reason, and reading
 * goes on, so that all that is wrong is told at once. Any thread.
 */
#pragma once

#include <glib.h>

#include "core/wb-address.h"
#include "core/wb-decimal.h"
#include "core/wb-import-record.h"

G_BEGIN_DECLS

/* longest texts, in characters: what is indexed, what is shown in a line, what is read */
#define WB_IMPORT_KEY_LENGTH 100
#define WB_IMPORT_NAME_LENGTH 500
#define WB_IMPORT_NOTE_LENGTH 100000

/**
 * WbImportCell:
 * @text: (nullable): what stands there; NULL and "" are nothing
 * @line: of the file
 * @column: heading, or member of the JSON
 *
 * Borrows its texts.
 */
typedef struct
{
  const char *text;
  guint64 line;
  const char *column;
} WbImportCell;

gboolean wb_import_cell_is_empty (WbImportCell           cell);
char    *wb_import_take_text     (WbImportRecord        *record,
                                  WbImportCell           cell,
                                  guint                  max_length);
char    *wb_import_take_note     (WbImportRecord        *record,
                                  WbImportCell           cell);
gboolean wb_import_take_decimal  (WbImportRecord        *record,
                                  WbImportCell           cell,
                                  const WbDecimalSyntax *syntax,
                                  WbDecimal             *value);
gboolean wb_import_take_integer  (WbImportRecord        *record,
                                  WbImportCell           cell,
                                  const WbDecimalSyntax *syntax,
                                  gint64                *value);
gboolean wb_import_take_minor    (WbImportRecord        *record,
                                  WbImportCell           cell,
                                  const WbDecimalSyntax *syntax,
                                  const char            *currency,
                                  gint64                *minor);
gboolean wb_import_take_scaled   (WbImportRecord        *record,
                                  WbImportCell           cell,
                                  const WbDecimalSyntax *syntax,
                                  gint64                 numerator,
                                  gint64                 denominator,
                                  gint64                *value);
gboolean wb_import_take_time     (WbImportRecord        *record,
                                  WbImportCell           cell,
                                  const char            *formats,
                                  GTimeZone             *zone,
                                  gint64                *moment_us);
gboolean wb_import_take_flag     (WbImportRecord        *record,
                                  WbImportCell           cell,
                                  gboolean              *flag);
char    *wb_import_take_country  (WbImportRecord        *record,
                                  WbImportCell           cell,
                                  GHashTable            *names);
gboolean wb_import_take_currency (WbImportRecord        *record,
                                  WbImportCell           cell,
                                  char                  *currency);
void     wb_import_take_tags     (WbImportRecord        *record,
                                  WbImportCell           cell,
                                  GPtrArray             *tags);

G_END_DECLS
