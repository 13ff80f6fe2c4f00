/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writes comma separated values as RFC 4180 has them, UTF-8, CR LF. Where a file goes out to people
 * who open it in a spreadsheet, WB_CSV_WRITER_NEUTRALISE keeps customers' texts from becoming
 * formulas there. Blocks on the stream. One thread at a time.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WbCsvWriterFlags:
 * @WB_CSV_WRITER_NEUTRALISE: put an apostrophe before what a spreadsheet would calculate (= + - @ tab,
 *   but not before numbers); wb_csv_restore_text() takes it off again
 */
typedef enum
{
  WB_CSV_WRITER_NONE = 0,
  WB_CSV_WRITER_NEUTRALISE = 1 << 0,
} WbCsvWriterFlags;

typedef struct _WbCsvWriter WbCsvWriter;

WbCsvWriter *wb_csv_writer_new   (GOutputStream      *stream,
                                  char                separator,
                                  WbCsvWriterFlags    flags);
void         wb_csv_writer_free  (WbCsvWriter        *self);
void         wb_csv_writer_add   (WbCsvWriter        *self,
                                  const char         *field);
gboolean     wb_csv_writer_end_row (WbCsvWriter      *self,
                                  GCancellable       *cancellable,
                                  GError            **error);
gboolean     wb_csv_writer_flush (WbCsvWriter        *self,
                                  GCancellable       *cancellable,
                                  GError            **error);

const char  *wb_csv_restore_text (const char         *field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCsvWriter, wb_csv_writer_free)

G_END_DECLS
