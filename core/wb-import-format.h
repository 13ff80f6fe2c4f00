/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The formats that an import file may have, and reading such a file record by record. A new format is
 * one file core/wb-import-<name>.c with a WbImportFormat in it and one line in the table of
 * wb-import-format.c; see core/README-import.md. Reading blocks on the stream: for worker threads and
 * command-line programs, one thread at a time. Nothing here knows the database.
 */
#pragma once

#include <gio/gio.h>

#include "core/wb-csv-reader.h"
#include "core/wb-import-cell.h"
#include "core/wb-import-map.h"
#include "core/wb-import-record.h"
#include "core/wb-json.h"

G_BEGIN_DECLS

typedef struct _WbImportFormat WbImportFormat;
typedef struct _WbImportSource WbImportSource;

/**
 * WbImportOptions:
 * @currency: (nullable): where the file names none
 * @zone: (nullable): where the clock hung when the file gives no offset; NULL for UTC
 * @encoding: of tables
 * @map: (nullable): for formats that want one
 */
typedef struct
{
  const char *currency;
  GTimeZone *zone;
  WbTextEncoding encoding;
  WbImportMap *map;
} WbImportOptions;

/**
 * WbImportFormat:
 * @name: as on the command line
 * @summary: what it reads, in a line, for people
 * @needs_map: whether it reads nothing without a mapping file
 * @is_table: whether it is a table (@headings, @get_key, @build) or JSON (@roots, @read)
 * @headings: headings without which a table is not of this format, NULL-terminated
 * @group_gap: how many foreign rows may stand between two rows of one record; tables of lines have 0
 * @rows_belong: whether a row that cannot be read may be a line of the record next to it, which is then
 *   refused with it; not for tables with one record a row
 * @begin: (nullable): looks at headings and options once; what it returns is wb_import_source_get_state()
 * @end: (nullable): frees that
 * @get_key: (transfer full): what the rows of one record have in common; "" stands alone
 * @build: makes a record of its rows
 * @roots: members of a JSON envelope that hold records, NULL-terminated
 * @read: makes a record of a JSON value
 *
 * A format never fails: what it cannot take it refuses on the record. The source checks the whole record
 * afterwards.
 */
struct _WbImportFormat
{
  const char *name;
  const char *summary;
  gboolean needs_map;
  gboolean is_table;
  const char *const *headings;
  guint group_gap;
  gboolean rows_belong;
  gpointer (*begin) (WbImportSource *source,
                     GError        **error);
  GDestroyNotify end;
  char *(*get_key) (WbImportSource    *source,
                    const WbImportRow *row);
  WbImportRecord *(*build) (WbImportSource *source,
                            const char     *key,
                            GPtrArray      *rows);
  const char *const *roots;
  WbImportRecord *(*read) (WbImportSource *source,
                           const char     *root,
                           const WbJson   *json);
};

const WbImportFormat *const *wb_import_formats (void);
const WbImportFormat *wb_import_format_find    (const char            *name,
                                                GError               **error);

WbImportSource  *wb_import_source_open         (const WbImportFormat  *format,
                                                GInputStream          *stream,
                                                const WbImportOptions *options,
                                                GCancellable          *cancellable,
                                                GError               **error);
void             wb_import_source_free         (WbImportSource        *self);
WbImportRecord  *wb_import_source_next         (WbImportSource        *self,
                                                GCancellable          *cancellable,
                                                GError               **error);

const WbImportOptions *wb_import_source_get_options (WbImportSource   *self);
const char *const *wb_import_source_get_headings    (WbImportSource   *self);
char             wb_import_source_get_separator (WbImportSource       *self);
int              wb_import_source_find_column  (WbImportSource        *self,
                                                const char            *heading);
WbImportCell     wb_import_source_get_cell     (WbImportSource        *self,
                                                const WbImportRow     *row,
                                                int                    column);
WbImportCell     wb_import_json_cell           (const WbJson          *object,
                                                const char            *member);
gpointer         wb_import_source_get_state    (WbImportSource        *self);
guint64          wb_import_source_get_bytes_read (WbImportSource      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbImportSource, wb_import_source_free)

G_END_DECLS
