/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rows of a CSV file under their headings, gathered to the records they belong to: lines of one
 * order stand on rows with the same key. The table half of WbImportSource; formats see that.
 * Memory is bounded by the records that are open at a time. Blocks; one thread at a time.
 */
#pragma once

#include "core/wb-import-format.h"

G_BEGIN_DECLS

typedef struct _WbImportTable WbImportTable;

WbImportTable     *wb_import_table_new           (WbImportSource       *source,
                                                  const WbImportFormat *format,
                                                  GInputStream         *stream,
                                                  WbTextEncoding        encoding,
                                                  char                  separator);
void               wb_import_table_free          (WbImportTable        *self);
gboolean           wb_import_table_read_headings (WbImportTable        *self,
                                                  GCancellable         *cancellable,
                                                  GError              **error);
WbImportRecord    *wb_import_table_next          (WbImportTable        *self,
                                                  GCancellable         *cancellable,
                                                  GError              **error);
const char *const *wb_import_table_get_headings  (WbImportTable        *self);
char               wb_import_table_get_separator (WbImportTable        *self);
WbTextSource      *wb_import_table_get_source    (WbImportTable        *self);

G_END_DECLS
