/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands on an NFC tag: NDEF messages of records, as bytes and as texts; and where a message lies
 * in the memory of a Type 2 tag (NTAG, Ultralight). NFC Forum "NDEF" 1.0, "Text RTD" 1.0, "URI RTD" 1.0,
 * "Type 2 Tag" 1.1. Bytes from a tag are somebody's words: they are checked, and never a command.
 *
 * Pure functions; any thread. Errors are WB_ERROR: INVALID, LIMIT.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbNdefKind:
 * @WB_NDEF_EMPTY: a record that says nothing
 * @WB_NDEF_TEXT: words; @text has them
 * @WB_NDEF_URI: an address; @text has it with its scheme
 * @WB_NDEF_OTHER: anything else; @type says what, @payload has it
 */
typedef enum
{
  WB_NDEF_EMPTY,
  WB_NDEF_TEXT,
  WB_NDEF_URI,
  WB_NDEF_OTHER,
} WbNdefKind;

/**
 * WbNdefRecord:
 * @kind: what it is
 * @type: record type as it stands there, "T", "U", "text/plain"
 * @language: of a text: "en"
 * @text: of a text or an address: UTF-8
 * @payload: its bytes
 */
typedef struct
{
  WbNdefKind kind;
  char *type;
  char *language;
  char *text;
  GBytes *payload;
} WbNdefRecord;

/**
 * wb_ndef_parse:
 * @bytes: a message
 *
 * Returns: (transfer full) (element-type WbNdefRecord): its records in order; chunked ones put together
 */
GPtrArray *wb_ndef_parse (const guint8 *bytes, gsize length, GError **error);

/**
 * wb_ndef_build_text:
 * @language: "en", or "" for none; at most 63 characters
 * @text: UTF-8
 *
 * Returns: (transfer full): a message of one text
 */
GBytes *wb_ndef_build_text (const char *language, const char *text);

/**
 * wb_ndef_build_uri:
 *
 * Returns: (transfer full): a message of one address; a usual beginning is written short
 */
GBytes *wb_ndef_build_uri (const char *uri);

/**
 * wb_ndef_get_text:
 * @records: (element-type WbNdefRecord): a message
 *
 * Returns: (transfer none) (nullable): the first text in it, or else the first address
 */
const char *wb_ndef_get_text (GPtrArray *records);

/**
 * wb_ndef_find_in_type2:
 * @memory: of the tag, from block 4 on
 * @offset: (out): where the message begins
 * @size: (out): how long it is; 0 for a tag without one
 *
 * Looks for the message among the TLV blocks of a Type 2 tag. A message that goes beyond @length
 * fails with %WB_ERROR_LIMIT and @size says how much memory would have to be read.
 */
gboolean wb_ndef_find_in_type2 (const guint8 *memory, gsize length, gsize *offset, gsize *size, GError **error);

/**
 * wb_ndef_wrap_for_type2:
 *
 * Returns: (transfer full): @message as TLV blocks with their end, filled up to whole blocks of four bytes
 */
GBytes *wb_ndef_wrap_for_type2 (GBytes *message);

G_END_DECLS
