/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-error.h"
#include "core/wb-ndef.h"

#define MAX_RECORDS 64
#define BLOCK_SIZE 4

enum
{
  HEADER_BEGIN = 0x80,
  HEADER_END = 0x40,
  HEADER_CHUNK = 0x20,
  HEADER_SHORT = 0x10,
  HEADER_ID = 0x08,
  HEADER_TNF = 0x07,
};

enum
{
  TNF_EMPTY,
  TNF_WELL_KNOWN,
  TNF_MEDIA,
  TNF_URI,
  TNF_EXTERNAL,
  TNF_UNKNOWN,
  TNF_UNCHANGED,
};

enum
{
  TEXT_UTF16 = 0x80,
  TEXT_LANGUAGE = 0x3f,
};

enum
{
  TLV_NULL = 0x00,
  TLV_MESSAGE = 0x03,
  TLV_END = 0xfe,
};

/* URI RTD, table 3; what is missing there is reserved. */
static const char *const uri_beginnings[] = {
  "", "http://www.", "https://www.", "http://", "https://", "tel:", "mailto:", "ftp://anonymous:anonymous@", "ftp://ftp.", "ftps://",
  "sftp://", "smb://", "nfs://", "ftp://", "dav://", "news:", "telnet://", "imap:", "rtsp://", "urn:", "pop:", "sip:", "sips:",
  "tftp:", "btspp://", "btl2cap://", "btgoep://", "tcpobex://", "irdaobex://", "file://", "urn:epc:id:", "urn:epc:tag:",
  "urn:epc:pat:", "urn:epc:raw:", "urn:epc:", "urn:nfc:",
};

/* Bytes that are read from the front. */
typedef struct
{
  const guint8 *at;
  gsize left;
} Reader;

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("what stands on the tag is damaged: %s"), what);
  return FALSE;
}

static gboolean
take (Reader *reader, gsize n, const guint8 **bytes)
{
  if (reader->left < n)
    return FALSE;
  *bytes = reader->at;
  reader->at += n;
  reader->left -= n;
  return TRUE;
}

static gboolean
take_number (Reader *reader, guint n_bytes, gsize *number)
{
  const guint8 *bytes = NULL;

  *number = 0;
  if (!take (reader, n_bytes, &bytes))
    return FALSE;
  for (guint i = 0; i < n_bytes; i++)
    *number = *number << 8 | bytes[i];
  return TRUE;
}

static void
free_record (WbNdefRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->type);
  g_free (self->language);
  g_free (self->text);
  g_clear_pointer (&self->payload, g_bytes_unref);
  g_free (self);
}

/* Words from outside: what is no UTF-8 is replaced, and control characters become blanks. */
static char *
clean (const char *bytes, gsize length)
{
  g_autofree char *valid = g_utf8_make_valid (bytes, (gssize) length);
  GString *text = g_string_new (NULL);

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      g_string_append_unichar (text, g_unichar_iscntrl (letter) && letter != '\n' ? ' ' : letter);
    }
  return g_string_free (text, FALSE);
}

static gboolean
read_text (WbNdefRecord *record, const guint8 *payload, gsize length, GError **error)
{
  gsize language = length > 0 ? payload[0] & TEXT_LANGUAGE : 0;
  gboolean is_utf16 = length > 0 && (payload[0] & TEXT_UTF16) != 0;
  g_autofree char *wide = NULL;
  gsize n = 0;

  if (length == 0 || length < 1 + language)
    return refuse (error, _ ("a text that is shorter than it says"));
  record->kind = WB_NDEF_TEXT;
  record->language = clean ((const char *) payload + 1, language);
  payload += 1 + language;
  length -= 1 + language;
  if (!is_utf16)
    {
      record->text = clean ((const char *) payload, length);
      return TRUE;
    }
  wide = g_convert ((const char *) payload, (gssize) length, "UTF-8",
                    length >= 2 && payload[0] == 0xff && payload[1] == 0xfe ? "UTF-16LE" : "UTF-16BE", NULL, &n, NULL);
  if (wide == NULL)
    return refuse (error, _ ("a text that is not UTF-16, as it says"));
  record->text = clean (wide, n);
  return TRUE;
}

static gboolean
read_uri (WbNdefRecord *record, const guint8 *payload, gsize length, GError **error)
{
  g_autofree char *rest = NULL;

  if (length == 0)
    return refuse (error, _ ("an address without a word"));
  record->kind = WB_NDEF_URI;
  rest = clean ((const char *) payload + 1, length - 1);
  record->text = g_strconcat (payload[0] < G_N_ELEMENTS (uri_beginnings) ? uri_beginnings[payload[0]] : "", rest, NULL);
  return TRUE;
}

static gboolean
add_record (GPtrArray *records, guint tnf, const char *type, GByteArray *payload, GError **error)
{
  WbNdefRecord *record = g_new0 (WbNdefRecord, 1);

  g_ptr_array_add (records, record);
  record->type = g_strdup (type);
  record->payload = g_bytes_new (payload->data, payload->len);
  record->kind = tnf == TNF_EMPTY ? WB_NDEF_EMPTY : WB_NDEF_OTHER;
  if (tnf == TNF_WELL_KNOWN && strcmp (type, "T") == 0)
    return read_text (record, payload->data, payload->len, error);
  if (tnf == TNF_WELL_KNOWN && strcmp (type, "U") == 0)
    return read_uri (record, payload->data, payload->len, error);
  return TRUE;
}

/* A record as it stands there: its flags, and where its parts lie. */
typedef struct
{
  guint8 flags;
  guint tnf;
  const guint8 *type;
  gsize type_length;
  const guint8 *payload;
  gsize payload_length;
} Piece;

static gboolean
read_piece (Reader *reader, Piece *piece, GError **error)
{
  const guint8 *flags = NULL;
  const guint8 *id = NULL;
  gsize id_length = 0;
  gboolean ok = take (reader, 1, &flags);

  piece->flags = ok ? *flags : 0;
  piece->tnf = piece->flags & HEADER_TNF;
  ok = ok && take_number (reader, 1, &piece->type_length)
       && take_number (reader, (piece->flags & HEADER_SHORT) != 0 ? 1 : 4, &piece->payload_length)
       && ((piece->flags & HEADER_ID) == 0 || take_number (reader, 1, &id_length))
       && take (reader, piece->type_length, &piece->type) && take (reader, id_length, &id)
       && take (reader, piece->payload_length, &piece->payload);
  return ok || refuse (error, _ ("it ends in the middle of a record"));
}

GPtrArray *
wb_ndef_parse (const guint8 *bytes, gsize length, GError **error)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) free_record);
  g_autoptr(GByteArray) payload = g_byte_array_new ();
  g_autofree char *type = NULL;
  Reader reader = { bytes, length };
  Piece piece = { 0 };
  guint tnf = TNF_EMPTY;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);

  while (reader.left > 0 && (piece.flags & HEADER_END) == 0)
    {
      gboolean goes_on = (piece.flags & HEADER_CHUNK) != 0;

      if (!read_piece (&reader, &piece, error))
        return NULL;
      if (goes_on != (piece.tnf == TNF_UNCHANGED) || (goes_on && piece.type_length > 0) || piece.tnf > TNF_UNCHANGED)
        {
          refuse (error, _ ("a piece of a record that belongs to none"));
          return NULL;
        }
      if (!goes_on)
        {
          g_free (type);
          type = clean ((const char *) piece.type, piece.type_length);
          tnf = piece.tnf;
          g_byte_array_set_size (payload, 0);
        }
      g_byte_array_append (payload, piece.payload, (guint) piece.payload_length);
      if ((piece.flags & HEADER_CHUNK) != 0)
        continue;
      if (records->len == MAX_RECORDS)
        {
          g_set_error (error, WB_ERROR, WB_ERROR_LIMIT, _ ("more than %d records stand on the tag"), MAX_RECORDS);
          return NULL;
        }
      if (!add_record (records, tnf, type, payload, error))
        return NULL;
    }
  if ((piece.flags & HEADER_CHUNK) != 0)
    {
      refuse (error, _ ("it ends in the middle of a record"));
      return NULL;
    }
  return g_steal_pointer (&records);
}

/* A message of one record. */
static GBytes *
build (const char *type, const guint8 *payload, gsize length)
{
  g_autoptr(GByteArray) message = g_byte_array_new ();
  gboolean is_short = length < 256;
  const guint8 header[] = { (guint8) (HEADER_BEGIN | HEADER_END | (is_short ? HEADER_SHORT : 0) | TNF_WELL_KNOWN), 1 };
  const guint8 size[] = { (guint8) (length >> 24), (guint8) (length >> 16), (guint8) (length >> 8), (guint8) length };

  g_byte_array_append (message, header, sizeof header);
  g_byte_array_append (message, is_short ? size + 3 : size, is_short ? 1 : 4);
  g_byte_array_append (message, (const guint8 *) type, 1);
  g_byte_array_append (message, payload, (guint) length);
  return g_byte_array_free_to_bytes (g_steal_pointer (&message));
}

GBytes *
wb_ndef_build_text (const char *language, const char *text)
{
  g_autoptr(GByteArray) payload = g_byte_array_new ();
  guint8 status = 0;

  g_return_val_if_fail (language != NULL && strlen (language) <= TEXT_LANGUAGE && text != NULL, NULL);

  status = (guint8) strlen (language);
  g_byte_array_append (payload, &status, 1);
  g_byte_array_append (payload, (const guint8 *) language, status);
  g_byte_array_append (payload, (const guint8 *) text, (guint) strlen (text));
  return build ("T", payload->data, payload->len);
}

GBytes *
wb_ndef_build_uri (const char *uri)
{
  g_autoptr(GByteArray) payload = g_byte_array_new ();
  guint8 best = 0;

  g_return_val_if_fail (uri != NULL, NULL);

  for (guint8 i = 1; i < G_N_ELEMENTS (uri_beginnings); i++)
    if (g_str_has_prefix (uri, uri_beginnings[i]) && strlen (uri_beginnings[i]) > strlen (uri_beginnings[best]))
      best = i;
  g_byte_array_append (payload, &best, 1);
  uri += strlen (uri_beginnings[best]);
  g_byte_array_append (payload, (const guint8 *) uri, (guint) strlen (uri));
  return build ("U", payload->data, payload->len);
}

const char *
wb_ndef_get_text (GPtrArray *records)
{
  const char *uri = NULL;

  g_return_val_if_fail (records != NULL, NULL);

  for (guint i = 0; i < records->len; i++)
    {
      const WbNdefRecord *record = g_ptr_array_index (records, i);

      if (record->kind == WB_NDEF_TEXT)
        return record->text;
      if (record->kind == WB_NDEF_URI && uri == NULL)
        uri = record->text;
    }
  return uri;
}

gboolean
wb_ndef_find_in_type2 (const guint8 *memory, gsize length, gsize *offset, gsize *size, GError **error)
{
  gsize at = 0;

  g_return_val_if_fail ((memory != NULL || length == 0) && offset != NULL && size != NULL, FALSE);

  *offset = *size = 0;
  while (at < length && memory[at] != TLV_END)
    {
      guint8 tag = memory[at++];
      gsize n = 0;

      if (tag == TLV_NULL)
        continue;
      if (at < length && memory[at] == 0xff && at + 3 <= length)
        {
          n = (gsize) memory[at + 1] << 8 | memory[at + 2];
          at += 3;
        }
      else if (at < length && memory[at] != 0xff)
        n = memory[at++];
      else
        return refuse (error, _ ("it ends in the middle of a block"));
      if (tag == TLV_MESSAGE)
        {
          *offset = at;
          *size = n;
          if (n <= length - at)
            return TRUE;
          *size = at + n;
          g_set_error_literal (error, WB_ERROR, WB_ERROR_LIMIT, _ ("the message on the tag goes on beyond what was read"));
          return FALSE;
        }
      if (n > length - at)
        return refuse (error, _ ("a block is longer than the tag"));
      at += n;
    }
  return TRUE;
}

GBytes *
wb_ndef_wrap_for_type2 (GBytes *message)
{
  g_autoptr(GByteArray) memory = g_byte_array_new ();
  gsize length = g_bytes_get_size (message);
  const guint8 begin[] = { TLV_MESSAGE, 0xff, (guint8) (length >> 8), (guint8) length };
  const guint8 short_begin[] = { TLV_MESSAGE, (guint8) length };
  const guint8 end = TLV_END;
  const guint8 nothing = TLV_NULL;

  if (length < 0xff)
    g_byte_array_append (memory, short_begin, sizeof short_begin);
  else
    g_byte_array_append (memory, begin, sizeof begin);
  g_byte_array_append (memory, g_bytes_get_data (message, NULL), (guint) length);
  g_byte_array_append (memory, &end, 1);
  while (memory->len % BLOCK_SIZE != 0)
    g_byte_array_append (memory, &nothing, 1);
  return g_byte_array_free_to_bytes (g_steal_pointer (&memory));
}
