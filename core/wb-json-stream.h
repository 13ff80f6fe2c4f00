/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hands out the records of a JSON file of any size one by one, in bounded memory: the elements of a
 * list, of an envelope such as {"orders":[…]}, or values one after the other (JSON lines). A record
 * that is broken or too long is reported and reading goes on behind it. Blocks on the stream: for
 * worker threads and command-line programs, one thread at a time.
 */
#pragma once

#include <gio/gio.h>

#include "core/wb-json.h"
#include "core/wb-text-source.h"

G_BEGIN_DECLS

#define WB_JSON_MAX_RECORD (16 * 1024 * 1024)

/**
 * WbJsonStatus:
 * @WB_JSON_RECORD: a record was read
 * @WB_JSON_BAD_RECORD: a record could not be taken; the error says why
 * @WB_JSON_END: there is no more
 * @WB_JSON_FAILED: the stream failed, was cancelled, or is no JSON at all
 */
typedef enum
{
  WB_JSON_RECORD,
  WB_JSON_BAD_RECORD,
  WB_JSON_END,
  WB_JSON_FAILED,
} WbJsonStatus;

typedef struct _WbJsonStream WbJsonStream;

WbJsonStream *wb_json_stream_new        (GInputStream        *stream,
                                         const char *const   *roots);
void          wb_json_stream_free       (WbJsonStream        *self);
WbJsonStatus  wb_json_stream_next       (WbJsonStream        *self,
                                         WbJson             **record,
                                         GCancellable        *cancellable,
                                         GError             **error);
const char   *wb_json_stream_get_root   (WbJsonStream        *self);
guint64       wb_json_stream_get_line   (WbJsonStream        *self);
const char   *wb_json_stream_get_raw    (WbJsonStream        *self);
WbTextSource *wb_json_stream_get_source (WbJsonStream        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbJsonStream, wb_json_stream_free)

G_END_DECLS
