/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What we write on NFC tags, and whether what stands on one is ours: a person's badge, a tote, a place. Everything else is
 * somebody's words and means nothing here; and none of it is ever a command. Pure functions; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbTagContent:
 * @WB_TAG_CONTENT_FOREIGN: nothing of ours
 * @WB_TAG_CONTENT_STAFF: a badge ("WB:STAFF:…", "waybill:staff/…")
 * @WB_TAG_CONTENT_TOTE: a tote ("WB:TOTE:…", "waybill:tote/…")
 * @WB_TAG_CONTENT_BIN: a place on a shelf ("WB:BIN:…", "waybill:bin/…")
 */
typedef enum
{
  WB_TAG_CONTENT_FOREIGN,
  WB_TAG_CONTENT_STAFF,
  WB_TAG_CONTENT_TOTE,
  WB_TAG_CONTENT_BIN,
} WbTagContent;

/**
 * wb_tag_content_read:
 * @text: (nullable): first text or address on a tag
 * @code: (out) (transfer full) (nullable): what the same thing's barcode says; NULL for a foreign one
 *
 * Returns: what it is
 */
WbTagContent wb_tag_content_read (const char *text, char **code);

/**
 * wb_tag_content_write:
 * @code: what the thing's barcode says; of a badge with or without "WB:STAFF:"
 *
 * Fails with %WB_ERROR_INVALID when wb_tag_content_read() would not take it for that.
 *
 * Returns: (transfer full): the text to write
 */
char *wb_tag_content_write (WbTagContent content, const char *code, GError **error);

G_END_DECLS
