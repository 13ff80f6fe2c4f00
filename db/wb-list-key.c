/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys as bytes that memcmp orders as the database orders the rows: integers big-endian with the sign turned,
 * texts (of "C" collation) with a zero at the end, which stands in none; all of it inverted for a descending part.
 */
#include "config.h"

#include "db/wb-list-query-private.h"

#include <string.h>

#define SIGN (G_GUINT64_CONSTANT (1) << 63)

static void
append (GByteArray *out,
        const guint8 *bytes,
        gsize n,
        gboolean inverted)
{
  gsize start = out->len;

  g_byte_array_append (out, bytes, n);
  for (gsize i = start; inverted && i < out->len; i++)
    out->data[i] = (guint8) ~out->data[i];
}

/* The key of a row. */
GBytes *
_wb_key_encode (const WbKeyPart *parts,
                guint n_parts,
                const WbKeyValue *values)
{
  GByteArray *out = g_byte_array_sized_new (16 * n_parts);

  for (guint i = 0; i < n_parts; i++)
    if (parts[i].type == WB_KEY_TEXT)
      {
        const char *text = values[i].text != NULL ? values[i].text : "";

        append (out, (const guint8 *) text, strlen (text) + 1, parts[i].descending);
      }
    else
      {
        guint64 bits = GUINT64_TO_BE ((guint64) values[i].number ^ SIGN);

        append (out, (const guint8 *) &bits, sizeof bits, parts[i].descending);
      }

  return g_byte_array_free_to_bytes (out);
}

static gboolean
decode_text (const guint8 **at,
             const guint8 *end,
             gboolean inverted,
             WbKeyValue *value)
{
  guint8 zero = inverted ? 0xff : 0;
  const guint8 *stop = memchr (*at, zero, (gsize) (end - *at));

  if (stop == NULL)
    return FALSE;
  value->text = g_strndup ((const char *) *at, (gsize) (stop - *at));
  for (gsize i = 0; inverted && i < (gsize) (stop - *at); i++)
    value->text[i] = (char) ~value->text[i];
  *at = stop + 1;

  return TRUE;
}

/* The values in a key. FALSE when it is not one of these parts. */
gboolean
_wb_key_decode (const WbKeyPart *parts,
                guint n_parts,
                GBytes *key,
                WbKeyValue *values)
{
  gsize size = 0;
  const guint8 *at = g_bytes_get_data (key, &size);
  const guint8 *end = at + size;

  memset (values, 0, n_parts * sizeof *values);
  for (guint i = 0; i < n_parts; i++)
    {
      guint64 bits = 0;

      if (parts[i].type == WB_KEY_TEXT)
        {
          if (!decode_text (&at, end, parts[i].descending, &values[i]))
            return FALSE;
          continue;
        }
      if ((gsize) (end - at) < sizeof bits)
        return FALSE;
      memcpy (&bits, at, sizeof bits);
      at += sizeof bits;
      bits = GUINT64_FROM_BE (parts[i].descending ? ~bits : bits);
      values[i].number = (gint64) (bits ^ SIGN);
    }

  return at == end;
}

void
_wb_key_values_clear (WbKeyValue *values,
                      guint n_values)
{
  for (guint i = 0; i < n_values; i++)
    g_clear_pointer (&values[i].text, g_free);
}
