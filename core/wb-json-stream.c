/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-json-stream"

#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-json-stream.h"

typedef enum
{
  PLACE_OUTSIDE, /* before, between and after values of the file */
  PLACE_LIST,    /* in a list whose elements are records */
  PLACE_ENVELOPE, /* in an object whose members hold the records */
} Place;

struct _WbJsonStream
{
  WbTextSource *source; /* owned */
  char **roots;         /* owned */
  const char *piece;
  gsize piece_len;
  gsize piece_pos;
  gboolean at_end;
  guint64 line;
  guint column;

  Place place;
  gboolean enveloped;   /* the list is a member of an envelope */
  char *root;           /* owned: name of the member the record is in, "" for none */
  GString *raw;         /* owned */
  guint64 record_line;
  guint record_column;
};

/**
 * wb_json_stream_new:
 * @stream: what to read, UTF-8 or UTF-16
 * @roots: names of members that hold records: {"orders":[…]} and {"order":{…}} are envelopes if "orders" and
 *   "order" are roots
 *
 * A file may also be a list of records, one record alone, or records one after the other (JSON lines).
 *
 * Returns: (transfer full): a stream before the first record
 */
WbJsonStream *
wb_json_stream_new (GInputStream      *stream,
                    const char *const *roots)
{
  WbJsonStream *self = g_new0 (WbJsonStream, 1);

  self->source = wb_text_source_new (stream, WB_TEXT_ENCODING_DETECT);
  self->roots = g_strdupv ((char **) roots);
  self->raw = g_string_new (NULL);
  self->root = g_strdup ("");
  self->line = 1;
  self->column = 1;
  return self;
}

/**
 * wb_json_stream_free:
 * @self: (nullable) (transfer full): a stream
 */
void
wb_json_stream_free (WbJsonStream *self)
{
  if (self == NULL)
    return;
  wb_text_source_free (self->source);
  g_strfreev (self->roots);
  g_string_free (self->raw, TRUE);
  g_free (self->root);
  g_free (self);
}

static gboolean
fill (WbJsonStream *self,
      GCancellable *cancellable,
      GError      **error)
{
  if (self->piece_pos < self->piece_len || self->at_end)
    return TRUE;
  if (!wb_text_source_read (self->source, &self->piece, &self->piece_len, cancellable, error))
    return FALSE;
  self->piece_pos = 0;
  self->at_end = self->piece_len == 0;
  return TRUE;
}

static char
take (WbJsonStream *self)
{
  char c = self->piece[self->piece_pos++];

  if (c == '\n')
    {
      self->line++;
      self->column = 1;
    }
  else
    self->column += ((guchar) c & 0xC0) != 0x80;
  return c;
}

/* The next character that is not space, without taking it; '\0' at the end. */
static gboolean
peek (WbJsonStream *self,
      char         *c,
      GCancellable *cancellable,
      GError      **error)
{
  for (;;)
    {
      if (!fill (self, cancellable, error))
        return FALSE;
      if (self->at_end)
        {
          *c = '\0';
          return TRUE;
        }
      *c = self->piece[self->piece_pos];
      if (!g_ascii_isspace (*c))
        return TRUE;
      take (self);
    }
}

static void
begin_raw (WbJsonStream *self)
{
  g_string_truncate (self->raw, 0);
  self->record_line = self->line;
  self->record_column = self->column;
}

/* Copies one value, whatever is in it, up to where its brackets close. What is longer than a record may be is
   passed over. Returns FALSE when the stream fails or the file ends first (then without error). */
static gboolean
copy_value (WbJsonStream *self,
            gboolean     *too_long,
            GCancellable *cancellable,
            GError      **error)
{
  guint depth = 0;
  gboolean quoted = FALSE;
  gboolean escaped = FALSE;

  for (;;)
    {
      char c = 0;

      if (!fill (self, cancellable, error) || self->at_end)
        return FALSE;
      c = self->piece[self->piece_pos];
      if (!quoted && depth == 0 && self->raw->len > 0 && strchr ("]},:", c) != NULL && c != '\0')
        return TRUE;
      take (self);
      if (self->raw->len < WB_JSON_MAX_RECORD)
        g_string_append_c (self->raw, c);
      else
        *too_long = TRUE;
      if (quoted)
        {
          quoted = escaped || c != '"';
          escaped = !escaped && c == '\\';
          if (!quoted && depth == 0)
            return TRUE;
        }
      else if (c == '"')
        quoted = TRUE;
      else if (c == '{' || c == '[')
        depth++;
      else if (c == '}' || c == ']')
        {
          depth -= depth > 0;
          if (depth == 0)
            return TRUE;
        }
      else if (depth == 0 && g_ascii_isspace (c))
        return TRUE;
    }
}

static WbJsonStatus
fail_structure (WbJsonStream *self,
                const char   *expected,
                GError      **error)
{
  begin_raw (self);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "line %" G_GUINT64_FORMAT ", column %u: %s", self->line, self->column,
               expected);
  return WB_JSON_FAILED;
}

static WbJsonStatus
fail_cut_off (WbJsonStream *self,
              GError      **error)
{
  self->place = PLACE_OUTSIDE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               "the file ends inside a record that began on line %" G_GUINT64_FORMAT ": it was cut off", self->record_line);
  return WB_JSON_BAD_RECORD;
}

static WbJsonStatus
take_record (WbJsonStream *self,
             WbJson      **record,
             GCancellable *cancellable,
             GError      **error)
{
  GError *stream_error = NULL;
  gboolean too_long = FALSE;

  begin_raw (self);
  if (!copy_value (self, &too_long, cancellable, &stream_error))
    {
      if (stream_error != NULL)
        {
          g_propagate_error (error, stream_error);
          return WB_JSON_FAILED;
        }
      return fail_cut_off (self, error);
    }
  if (too_long)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_LIMIT, "a record is longer than 16 MiB");
      return WB_JSON_BAD_RECORD;
    }
  *record = wb_json_parse (self->raw->str, (gssize) self->raw->len, self->record_line, self->record_column, error);
  return *record != NULL ? WB_JSON_RECORD : WB_JSON_BAD_RECORD;
}

/* Whether the object at hand is an envelope: its first name is a root. Names of records are put back by looking
   only into the piece; a piece begins far enough before its end. */
static gboolean
begins_envelope (WbJsonStream *self)
{
  const char *p = self->piece + self->piece_pos + 1;
  const char *end = self->piece + self->piece_len;

  while (p < end && g_ascii_isspace (*p))
    p++;
  if (p == end || *p != '"')
    return FALSE;
  p++;
  for (guint i = 0; self->roots[i] != NULL; i++)
    {
      gsize n = strlen (self->roots[i]);

      if ((gsize) (end - p) > n && memcmp (p, self->roots[i], n) == 0 && p[n] == '"')
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_root (WbJsonStream *self,
         const char   *name)
{
  return g_strv_contains ((const char *const *) self->roots, name);
}

/* In an envelope: to the next member that holds records. Returns FALSE with *status set when there is none. */
static gboolean
enter_member (WbJsonStream *self,
              WbJsonStatus *status,
              GCancellable *cancellable,
              GError      **error)
{
  *status = WB_JSON_FAILED;
  for (;;)
    {
      g_autoptr(WbJson) name = NULL;
      gboolean too_long = FALSE;
      char c = 0;

      if (!peek (self, &c, cancellable, error))
        return FALSE;
      if (c == ',')
        {
          take (self);
          continue;
        }
      if (c == '}')
        {
          take (self);
          self->place = PLACE_OUTSIDE;
          return TRUE;
        }
      begin_raw (self);
      if (c != '"' || !copy_value (self, &too_long, cancellable, NULL)
          || (name = wb_json_parse (self->raw->str, (gssize) self->raw->len, self->line, 1, NULL)) == NULL)
        {
          *status = c == '\0' ? fail_cut_off (self, error) : fail_structure (self, "a name in quotes is expected here", error);
          self->at_end = TRUE;
          return FALSE;
        }
      g_free (self->root);
      self->root = g_strdup (wb_json_get_text (name));
      if (!peek (self, &c, cancellable, error))
        return FALSE;
      if (c != ':')
        {
          *status = fail_structure (self, "a colon is expected here", error);
          return FALSE;
        }
      take (self);
      if (!peek (self, &c, cancellable, error))
        return FALSE;
      if (is_root (self, self->root) && c == '[')
        {
          take (self);
          self->place = PLACE_LIST;
          self->enveloped = TRUE;
          return TRUE;
        }
      if (is_root (self, self->root) && c == '{')
        {
          *status = WB_JSON_RECORD;
          return TRUE;
        }
      /* anything else in the envelope is none of ours */
      begin_raw (self);
      if (!copy_value (self, &too_long, cancellable, error))
        {
          if (error == NULL || *error == NULL)
            *status = fail_cut_off (self, error);
          return FALSE;
        }
    }
}

/**
 * wb_json_stream_next:
 * @record: (out) (transfer full): the record, for %WB_JSON_RECORD
 * @error: set for %WB_JSON_BAD_RECORD and %WB_JSON_FAILED
 *
 * Reads the next record. After a bad one, call again.
 */
WbJsonStatus
wb_json_stream_next (WbJsonStream *self,
                     WbJson      **record,
                     GCancellable *cancellable,
                     GError      **error)
{
  *record = NULL;
  for (;;)
    {
      WbJsonStatus status = WB_JSON_FAILED;
      char c = 0;

      if (self->place == PLACE_ENVELOPE)
        {
          if (!enter_member (self, &status, cancellable, error))
            {
              self->place = PLACE_OUTSIDE;
              return status;
            }
          if (status == WB_JSON_RECORD)
            return take_record (self, record, cancellable, error);
          continue;
        }
      if (!peek (self, &c, cancellable, error))
        return WB_JSON_FAILED;
      if (c == '\0' && self->place == PLACE_OUTSIDE)
        return WB_JSON_END;
      if (c == '\0')
        {
          self->place = PLACE_OUTSIDE;
          begin_raw (self);
          g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID, "the file ends inside a list: it was cut off");
          return WB_JSON_BAD_RECORD;
        }
      if (self->place == PLACE_LIST && (c == ',' || c == ']'))
        {
          take (self);
          if (c == ']')
            self->place = self->enveloped ? PLACE_ENVELOPE : PLACE_OUTSIDE;
          continue;
        }
      if (self->place == PLACE_OUTSIDE && *self->root != '\0' && (c == '[' || c == '{'))
        {
          g_free (self->root);
          self->root = g_strdup ("");
        }
      if (self->place == PLACE_OUTSIDE && c == '[')
        {
          take (self);
          self->place = PLACE_LIST;
          self->enveloped = FALSE;
          continue;
        }
      if (self->place == PLACE_OUTSIDE && c == '{' && begins_envelope (self))
        {
          take (self);
          self->place = PLACE_ENVELOPE;
          continue;
        }
      if (c != '{')
        {
          self->piece_pos = self->piece_len;
          self->at_end = TRUE;
          self->place = PLACE_OUTSIDE;
          return fail_structure (self, "a list or record is expected here: this is not the JSON of a known export", error);
        }
      return take_record (self, record, cancellable, error);
    }
}

/**
 * wb_json_stream_get_root:
 *
 * Returns: (transfer none): the member of the envelope that the record is in; "" when there is no envelope
 */
const char *
wb_json_stream_get_root (WbJsonStream *self)
{
  return self->root;
}

/**
 * wb_json_stream_get_line:
 *
 * Returns: the line on which the record begins, from 1
 */
guint64
wb_json_stream_get_line (WbJsonStream *self)
{
  return self->record_line;
}

/**
 * wb_json_stream_get_raw:
 *
 * Returns: (transfer none): the record as it stands in the file, cut at 16 MiB
 */
const char *
wb_json_stream_get_raw (WbJsonStream *self)
{
  return self->raw->str;
}

/**
 * wb_json_stream_get_source:
 *
 * Returns: (transfer none): the source, to ask for encoding and progress
 */
WbTextSource *
wb_json_stream_get_source (WbJsonStream *self)
{
  return self->source;
}
