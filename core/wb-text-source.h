/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bytes of a file or stream in, valid UTF-8 out, in pieces: what every reader of text files stands
 * on. Takes off a byte order mark and finds out the encoding when nobody names it. What cannot be
 * decoded (and NUL, which no database text holds) comes out as WB_TEXT_DAMAGED, so that the reader
 * above can name the place. Reading blocks on the stream: for worker threads and command-line
 * programs, one thread at a time.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* U+FDD0, a code point that Unicode sets aside for such use and no text may hold. */
#define WB_TEXT_DAMAGED "\357\267\220"

/**
 * WbTextEncoding:
 * @WB_TEXT_ENCODING_DETECT: by byte order mark, by the pattern of zeros, else UTF-8; where bytes are
 *   no UTF-8, Windows-1252
 */
typedef enum
{
  WB_TEXT_ENCODING_DETECT,
  WB_TEXT_ENCODING_UTF8,
  WB_TEXT_ENCODING_UTF16LE,
  WB_TEXT_ENCODING_UTF16BE,
  WB_TEXT_ENCODING_WINDOWS_1252,
  WB_TEXT_ENCODING_ISO_8859_1,
} WbTextEncoding;

gboolean        wb_text_encoding_from_name (const char      *name,
                                            WbTextEncoding  *encoding,
                                            GError         **error);
const char     *wb_text_encoding_to_name   (WbTextEncoding   encoding);

typedef struct _WbTextSource WbTextSource;

WbTextSource   *wb_text_source_new          (GInputStream    *stream,
                                             WbTextEncoding   encoding);
void            wb_text_source_free         (WbTextSource    *self);
gboolean        wb_text_source_read         (WbTextSource    *self,
                                             const char     **text,
                                             gsize           *length,
                                             GCancellable    *cancellable,
                                             GError         **error);
WbTextEncoding  wb_text_source_get_encoding (WbTextSource    *self);
guint64         wb_text_source_get_bytes_read (WbTextSource  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTextSource, wb_text_source_free)

G_END_DECLS
