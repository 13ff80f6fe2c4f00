/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-text-source"

#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-text-source.h"

#define CHUNK_SIZE (64 * 1024)
/* the longest piece of a character that can be left over from one read to the next */
#define CARRY_SIZE 4

struct _WbTextSource
{
  GInputStream *stream; /* owned */
  GString *text;        /* owned: the piece handed out last */
  WbTextEncoding encoding;
  gboolean begun;
  gboolean certain;     /* the encoding was given or proven, no longer assumed */
  gboolean at_end;
  gsize n_carried;
  guint64 bytes_read;
  guchar bytes[CARRY_SIZE + CHUNK_SIZE];
};

static const struct
{
  WbTextEncoding encoding;
  const char *name;
} encoding_names[] = {
  { WB_TEXT_ENCODING_DETECT, "auto" },
  { WB_TEXT_ENCODING_UTF8, "utf-8" },
  { WB_TEXT_ENCODING_UTF8, "utf8" },
  { WB_TEXT_ENCODING_UTF8, "us-ascii" },
  { WB_TEXT_ENCODING_UTF16LE, "utf-16le" },
  { WB_TEXT_ENCODING_UTF16LE, "utf-16" },
  { WB_TEXT_ENCODING_UTF16BE, "utf-16be" },
  { WB_TEXT_ENCODING_WINDOWS_1252, "windows-1252" },
  { WB_TEXT_ENCODING_WINDOWS_1252, "cp1252" },
  { WB_TEXT_ENCODING_ISO_8859_1, "iso-8859-1" },
  { WB_TEXT_ENCODING_ISO_8859_1, "latin1" },
};

/* Windows-1252 from 0x80 to 0x9F; 0 where it holds nothing. */
static const gunichar windows_1252[32] = {
  0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
  0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
};

/**
 * wb_text_encoding_from_name:
 * @name: as in mapping files and on the command line, upper or lower case; "auto" to find out
 *
 * Fails with %WB_ERROR_UNKNOWN.
 */
gboolean
wb_text_encoding_from_name (const char     *name,
                            WbTextEncoding *encoding,
                            GError        **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (encoding_names); i++)
    if (g_ascii_strcasecmp (encoding_names[i].name, name) == 0)
      {
        *encoding = encoding_names[i].encoding;
        return TRUE;
      }
  g_set_error (error, WB_ERROR, WB_ERROR_UNKNOWN,
               "‘%s’ is not an encoding we read: auto, utf-8, utf-16le, utf-16be, windows-1252 or iso-8859-1", name);
  return FALSE;
}

/**
 * wb_text_encoding_to_name:
 *
 * Returns: (transfer none): its name as wb_text_encoding_from_name() takes it
 */
const char *
wb_text_encoding_to_name (WbTextEncoding encoding)
{
  for (guint i = 0; i < G_N_ELEMENTS (encoding_names); i++)
    if (encoding_names[i].encoding == encoding)
      return encoding_names[i].name;
  g_return_val_if_reached (NULL);
}

/* The first bytes tell: a mark, or zeros where UTF-16 has them in any Western text.
   Returns how many bytes the mark takes. */
static gsize
detect_by_start (WbTextSource *self,
                 gsize         n)
{
  const guchar *b = self->bytes;
  gboolean detect = self->encoding == WB_TEXT_ENCODING_DETECT;

  if (n >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF && (detect || self->encoding == WB_TEXT_ENCODING_UTF8))
    {
      self->encoding = WB_TEXT_ENCODING_UTF8;
      self->certain = TRUE;
      return 3;
    }
  if (n >= 2 && b[0] == 0xFF && b[1] == 0xFE && (detect || self->encoding == WB_TEXT_ENCODING_UTF16LE))
    {
      self->encoding = WB_TEXT_ENCODING_UTF16LE;
      self->certain = TRUE;
      return 2;
    }
  if (n >= 2 && b[0] == 0xFE && b[1] == 0xFF
      && (detect || self->encoding == WB_TEXT_ENCODING_UTF16BE || self->encoding == WB_TEXT_ENCODING_UTF16LE))
    {
      self->encoding = WB_TEXT_ENCODING_UTF16BE;
      self->certain = TRUE;
      return 2;
    }
  if (!detect)
    {
      self->certain = TRUE;
      return 0;
    }
  self->encoding = WB_TEXT_ENCODING_UTF8;
  if (n >= 4 && ((b[0] != 0 && b[1] == 0 && b[2] != 0 && b[3] == 0) || (b[0] == 0 && b[1] != 0 && b[2] == 0 && b[3] != 0)))
    {
      self->encoding = b[0] == 0 ? WB_TEXT_ENCODING_UTF16BE : WB_TEXT_ENCODING_UTF16LE;
      self->certain = TRUE;
    }
  return 0;
}

/* How many bytes at the end of @b begin a character that is not complete yet. */
static gsize
measure_incomplete (const guchar *b,
                    gsize         n)
{
  for (gsize back = 1; back <= MIN (n, 3); back++)
    {
      guchar lead = b[n - back];

      if ((lead & 0xC0) == 0x80)
        continue;
      if ((lead >= 0xF0 && back < 4) || (lead >= 0xE0 && lead < 0xF0 && back < 3) || (lead >= 0xC0 && lead < 0xE0 && back < 2))
        return back;
      return 0;
    }
  return 0;
}

/* As long as only ASCII came by, UTF-8 is an assumption: the first other byte decides. */
static void
settle_encoding (WbTextSource *self,
                 const guchar *b,
                 gsize         n)
{
  gsize i = 0;
  gsize n_good = 0;
  gsize n_bad = 0;

  while (i < n && b[i] < 0x80)
    i++;
  if (i == n)
    return;
  self->certain = TRUE;
  n -= self->at_end ? 0 : measure_incomplete (b, n);
  while (i < n)
    {
      gunichar c = b[i] < 0x80 ? b[i] : g_utf8_get_char_validated ((const char *) b + i, (gssize) (n - i));
      gboolean bad = c == (gunichar) -1 || c == (gunichar) -2;

      n_bad += bad;
      n_good += !bad && b[i] >= 0x80;
      i += bad ? 1 : b[i] < 0x80 ? 1 : (gsize) g_unichar_to_utf8 (c, NULL);
    }
  /* a few bad bytes in UTF-8 are damage to be reported, not another encoding */
  if (n_bad > n_good && memchr (b, 0, n) == NULL)
    self->encoding = WB_TEXT_ENCODING_WINDOWS_1252;
}

/* Returns how many bytes are left for next time. */
static gsize
decode_utf8 (WbTextSource *self,
             const guchar *b,
             gsize         n)
{
  const char *p = (const char *) b;
  const char *end = p + n;
  gsize n_left = self->at_end ? 0 : measure_incomplete (b, n);

  end -= n_left;
  while (p < end)
    {
      const char *bad = NULL;

      g_utf8_validate_len (p, (gsize) (end - p), &bad);
      g_string_append_len (self->text, p, bad - p);
      p = bad;
      if (p < end)
        {
          g_string_append (self->text, WB_TEXT_DAMAGED);
          p++;
          while (p < end && ((guchar) *p & 0xC0) == 0x80)
            p++;
        }
    }
  return n_left;
}

static gsize
decode_utf16 (WbTextSource *self,
              const guchar *b,
              gsize         n)
{
  guint high = self->encoding == WB_TEXT_ENCODING_UTF16BE ? 0 : 1;
  gsize i = 0;

  for (; i + 1 < n; i += 2)
    {
      gunichar c = (gunichar) b[i + high] << 8 | b[i + 1 - high];

      if (c >= 0xD800 && c < 0xDC00)
        {
          gunichar low = 0;

          if (i + 3 >= n && !self->at_end)
            break;
          if (i + 3 < n)
            low = (gunichar) b[i + 2 + high] << 8 | b[i + 3 - high];
          if (low >= 0xDC00 && low < 0xE000)
            {
              g_string_append_unichar (self->text, 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00));
              i += 2;
              continue;
            }
          c = 0;
        }
      if (c == 0 || (c >= 0xD800 && c < 0xE000) || c == 0xFDD0)
        g_string_append (self->text, WB_TEXT_DAMAGED);
      else
        g_string_append_unichar (self->text, c);
    }
  if (self->at_end && i < n)
    {
      g_string_append (self->text, WB_TEXT_DAMAGED);
      return 0;
    }
  return n - i;
}

static void
decode_single_byte (WbTextSource *self,
                    const guchar *b,
                    gsize         n)
{
  for (gsize i = 0; i < n; i++)
    {
      gunichar c = b[i];

      if (c >= 0x80 && c < 0xA0 && self->encoding == WB_TEXT_ENCODING_WINDOWS_1252)
        c = windows_1252[c - 0x80];
      if (c == 0)
        g_string_append (self->text, WB_TEXT_DAMAGED);
      else if (c < 0x80)
        g_string_append_c (self->text, (char) c);
      else
        g_string_append_unichar (self->text, c);
    }
}

/**
 * wb_text_source_new:
 * @stream: where the bytes come from; kept, and closed by nobody
 * @encoding: what they are, or %WB_TEXT_ENCODING_DETECT
 *
 * Returns: (transfer full): a source at its beginning
 */
WbTextSource *
wb_text_source_new (GInputStream  *stream,
                    WbTextEncoding encoding)
{
  WbTextSource *self = NULL;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  self = g_new0 (WbTextSource, 1);
  self->stream = g_object_ref (stream);
  self->text = g_string_sized_new (CHUNK_SIZE);
  self->encoding = encoding;
  return self;
}

/**
 * wb_text_source_free:
 * @self: (nullable) (transfer full): a source
 */
void
wb_text_source_free (WbTextSource *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->stream);
  g_string_free (self->text, TRUE);
  g_free (self);
}

/**
 * wb_text_source_read:
 * @text: (out) (transfer none): valid UTF-8, good until the next call
 * @length: (out): its length in bytes; 0 at the end of the stream
 *
 * Blocks until there is something. Characters are never cut in two.
 *
 * Returns: whether reading worked; what cannot be decoded is not an error here
 */
gboolean
wb_text_source_read (WbTextSource  *self,
                     const char   **text,
                     gsize         *length,
                     GCancellable  *cancellable,
                     GError       **error)
{
  /* memory streams do not look */
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  g_string_truncate (self->text, 0);
  while (self->text->len == 0 && !self->at_end)
    {
      const guchar *b = self->bytes;
      gsize n = self->n_carried;
      gsize n_read = 0;
      gsize n_left = 0;

      if (!g_input_stream_read_all (self->stream, self->bytes + n, CHUNK_SIZE, &n_read, cancellable, error))
        return FALSE;
      self->bytes_read += n_read;
      self->at_end = n_read < CHUNK_SIZE;
      n += n_read;
      if (!self->begun)
        {
          gsize n_mark = detect_by_start (self, n);

          self->begun = TRUE;
          b += n_mark;
          n -= n_mark;
        }
      if (!self->certain)
        settle_encoding (self, b, n);
      if (self->encoding == WB_TEXT_ENCODING_UTF8)
        n_left = decode_utf8 (self, b, n);
      else if (self->encoding == WB_TEXT_ENCODING_UTF16LE || self->encoding == WB_TEXT_ENCODING_UTF16BE)
        n_left = decode_utf16 (self, b, n);
      else
        decode_single_byte (self, b, n);
      memmove (self->bytes, b + n - n_left, n_left);
      self->n_carried = n_left;
    }
  *text = self->text->str;
  *length = self->text->len;
  return TRUE;
}

/**
 * wb_text_source_get_encoding:
 *
 * Returns: what the bytes turned out to be, as far as they were read
 */
WbTextEncoding
wb_text_source_get_encoding (WbTextSource *self)
{
  return self->encoding;
}

/**
 * wb_text_source_get_bytes_read:
 *
 * Returns: how many bytes came from the stream, for showing progress
 */
guint64
wb_text_source_get_bytes_read (WbTextSource *self)
{
  return self->bytes_read;
}
