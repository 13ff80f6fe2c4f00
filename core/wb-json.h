/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON from outside, strictly by RFC 8259: numbers stay the text they are (a price is never a double),
 * every value knows its line and column so that a refusal can name the place, and depth is bounded.
 * json-glib, which programs use for what they write to themselves, gives neither. For a file of many
 * records see WbJsonStream. Values are immutable once parsed; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WB_JSON_MAX_DEPTH 64

typedef enum
{
  WB_JSON_NULL,
  WB_JSON_BOOLEAN,
  WB_JSON_NUMBER,
  WB_JSON_STRING,
  WB_JSON_ARRAY,
  WB_JSON_OBJECT,
} WbJsonType;

typedef struct _WbJson WbJson;

WbJson       *wb_json_parse        (const char    *text,
                                    gssize         length,
                                    guint64        first_line,
                                    guint          first_column,
                                    GError       **error);
void          wb_json_free         (WbJson        *self);
WbJsonType    wb_json_get_type     (const WbJson  *self);
guint64       wb_json_get_line     (const WbJson  *self);
guint         wb_json_get_column   (const WbJson  *self);
const char   *wb_json_get_text     (const WbJson  *self);
gboolean      wb_json_is_true      (const WbJson  *self);
guint         wb_json_get_length   (const WbJson  *self);
const WbJson *wb_json_get_element  (const WbJson  *self,
                                    guint          i);
const char   *wb_json_get_name     (const WbJson  *self,
                                    guint          i);
const WbJson *wb_json_get_member   (const WbJson  *self,
                                    const char    *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbJson, wb_json_free)

void          wb_json_append_string (GString      *json,
                                     const char   *text);

G_END_DECLS
