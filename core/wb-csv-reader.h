/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads comma separated values (RFC 4180 and what programs really write) from a stream in bounded
 * memory, whatever is in it: any separator, quotes, line breaks in fields, any line ending, encodings
 * of WbTextSource. A row that is broken, damaged or too long is reported with its place and reading
 * goes on at the next line. Knows nothing of headings or what columns mean. Blocks on the stream: for
 * worker threads and command-line programs, one thread at a time.
 */
#pragma once

#include <gio/gio.h>

#include "core/wb-text-source.h"

G_BEGIN_DECLS

#define WB_CSV_MAX_FIELD (1024 * 1024)
#define WB_CSV_MAX_RECORD (16 * 1024 * 1024)
#define WB_CSV_MAX_FIELDS 4096

/**
 * WbCsvStatus:
 * @WB_CSV_ROW: a row was read
 * @WB_CSV_BAD_ROW: a row could not be taken; the error says why, position and raw text tell where
 * @WB_CSV_END: there is no more
 * @WB_CSV_FAILED: the stream failed or reading was cancelled
 */
typedef enum
{
  WB_CSV_ROW,
  WB_CSV_BAD_ROW,
  WB_CSV_END,
  WB_CSV_FAILED,
} WbCsvStatus;

typedef struct _WbCsvReader WbCsvReader;

WbCsvReader *wb_csv_reader_new           (GInputStream    *stream,
                                          WbTextEncoding   encoding,
                                          char             separator);
void         wb_csv_reader_free          (WbCsvReader     *self);
WbCsvStatus  wb_csv_reader_next          (WbCsvReader     *self,
                                          GCancellable    *cancellable,
                                          GError         **error);

guint        wb_csv_reader_get_n_fields  (WbCsvReader     *self);
const char  *wb_csv_reader_get_field     (WbCsvReader     *self,
                                          guint            i);
guint64      wb_csv_reader_get_line      (WbCsvReader     *self);
guint64      wb_csv_reader_get_last_line (WbCsvReader     *self);
guint        wb_csv_reader_get_column    (WbCsvReader     *self);
const char  *wb_csv_reader_get_raw       (WbCsvReader     *self);
char         wb_csv_reader_get_separator (WbCsvReader     *self);
WbTextSource *wb_csv_reader_get_source   (WbCsvReader     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCsvReader, wb_csv_reader_free)

G_END_DECLS
