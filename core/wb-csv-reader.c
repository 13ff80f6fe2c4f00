/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-csv-reader"

#include "config.h"

#include <string.h>

#include "core/wb-csv-reader.h"
#include "core/wb-error.h"

/* How much may be read again, over a whole file, to save the rows behind a quote that is never closed.
   Beyond it they are given up with it, so that a hostile file cannot make reading quadratic. */
#define REREAD_BUDGET (64 * 1024 * 1024)

typedef enum
{
  STATE_FIELD_START,
  STATE_PLAIN,
  STATE_QUOTED,
  STATE_QUOTE_IN_QUOTED,
} State;

typedef enum
{
  STEP_MORE,
  STEP_RECORD,
  STEP_BAD,
} Step;

struct _WbCsvReader
{
  WbTextSource *source; /* owned */
  char separator;
  gboolean begun;
  gboolean at_end;

  /* input: first what is read again, then pieces of the source */
  GString *again;       /* owned */
  gsize again_pos;
  const char *piece;
  gsize piece_len;
  gsize piece_pos;
  gsize reread;
  gboolean after_cr;    /* the last character was a CR: an LF belongs to it */

  /* the record at hand */
  State state;
  GString *data;        /* owned: fields, each closed by NUL */
  GArray *fields;       /* owned: gsize offsets in data */
  GString *raw;         /* owned: the record as it stands in the file */
  gsize field_start;
  guint64 line;         /* of the input position */
  guint column;
  guint64 record_line;
  guint64 quote_line;
  guint problem_column;
  gboolean any_quote;
};

/**
 * wb_csv_reader_new:
 * @stream: what to read
 * @encoding: of the bytes, or %WB_TEXT_ENCODING_DETECT
 * @separator: between fields; 0 to find out from the first line: one of , ; tab |
 *
 * A first line "sep=;" as spreadsheets write it is obeyed and not handed out.
 *
 * Returns: (transfer full): a reader before the first row
 */
WbCsvReader *
wb_csv_reader_new (GInputStream  *stream,
                   WbTextEncoding encoding,
                   char           separator)
{
  WbCsvReader *self = g_new0 (WbCsvReader, 1);

  self->source = wb_text_source_new (stream, encoding);
  self->separator = separator;
  self->again = g_string_new (NULL);
  self->data = g_string_new (NULL);
  self->raw = g_string_new (NULL);
  self->fields = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->line = 1;
  self->column = 1;
  return self;
}

/**
 * wb_csv_reader_free:
 * @self: (nullable) (transfer full): a reader
 */
void
wb_csv_reader_free (WbCsvReader *self)
{
  if (self == NULL)
    return;
  wb_text_source_free (self->source);
  g_string_free (self->again, TRUE);
  g_string_free (self->data, TRUE);
  g_string_free (self->raw, TRUE);
  g_array_unref (self->fields);
  g_free (self);
}

/* The separator that the first line has most of, outside quotes. */
static char
guess_separator (const char *text,
                 gsize       length)
{
  static const char candidates[] = { ',', ';', '\t', '|' };
  guint counts[G_N_ELEMENTS (candidates)] = { 0 };
  gboolean quoted = FALSE;
  guint best = 0;

  for (gsize i = 0; i < length && (quoted || (text[i] != '\n' && text[i] != '\r')); i++)
    {
      if (text[i] == '"')
        quoted = !quoted;
      for (guint c = 0; c < G_N_ELEMENTS (candidates) && !quoted; c++)
        counts[c] += text[i] == candidates[c];
    }
  for (guint c = 1; c < G_N_ELEMENTS (candidates); c++)
    if (counts[c] > counts[best])
      best = c;
  return candidates[best];
}

static void
begin_file (WbCsvReader *self)
{
  const char *text = self->piece;
  gsize n = self->piece_len;

  self->begun = TRUE;
  if (n >= 6 && g_ascii_strncasecmp (text, "sep=", 4) == 0 && (text[5] == '\n' || text[5] == '\r'))
    {
      if (self->separator == 0)
        self->separator = text[4];
      self->piece_pos = n >= 7 && text[5] == '\r' && text[6] == '\n' ? 7 : 6;
      self->line = 2;
    }
  if (self->separator == 0)
    self->separator = guess_separator (text, n);
}

/* Makes sure that there is a character at the input position, or sets at_end. */
static gboolean
fill (WbCsvReader  *self,
      GCancellable *cancellable,
      GError      **error)
{
  if (self->again_pos < self->again->len || self->piece_pos < self->piece_len || self->at_end)
    return TRUE;
  if (!wb_text_source_read (self->source, &self->piece, &self->piece_len, cancellable, error))
    return FALSE;
  self->piece_pos = 0;
  self->at_end = self->piece_len == 0;
  if (!self->begun)
    begin_file (self);
  if (self->piece_pos == self->piece_len && !self->at_end)
    return fill (self, cancellable, error);
  return TRUE;
}

static char
take (WbCsvReader *self)
{
  char c = 0;

  if (self->again_pos < self->again->len)
    {
      c = self->again->str[self->again_pos++];
      if (self->again_pos == self->again->len)
        {
          g_string_truncate (self->again, 0);
          self->again_pos = 0;
        }
    }
  else
    c = self->piece[self->piece_pos++];
  return c;
}

/* Takes from the current piece what needs no thought: much of any file. */
static void
take_run (WbCsvReader *self)
{
  const char *start = self->piece + self->piece_pos;
  const char *end = self->piece + self->piece_len;
  const char *p = start;
  guint n_chars = 0;

  if (self->again_pos < self->again->len)
    return;
  /* the limits are checked by the caller's next step; a piece is far smaller than they are */
  if (self->state == STATE_PLAIN)
    while (p < end && *p != self->separator && *p != '\n' && *p != '\r')
      n_chars += ((guchar) *p++ & 0xC0) != 0x80;
  else if (self->state == STATE_QUOTED)
    while (p < end && *p != '"' && *p != '\n' && *p != '\r')
      n_chars += ((guchar) *p++ & 0xC0) != 0x80;
  if (p == start)
    return;
  g_string_append_len (self->data, start, p - start);
  g_string_append_len (self->raw, start, p - start);
  self->piece_pos += (gsize) (p - start);
  self->column += n_chars;
  self->after_cr = FALSE;
}

static void
close_field (WbCsvReader *self)
{
  g_string_append_c (self->data, '\0');
  g_array_append_val (self->fields, self->field_start);
  self->field_start = self->data->len;
  self->state = STATE_FIELD_START;
}

static void
begin_record (WbCsvReader *self)
{
  g_string_truncate (self->data, 0);
  g_string_truncate (self->raw, 0);
  g_array_set_size (self->fields, 0);
  self->field_start = 0;
  self->state = STATE_FIELD_START;
  self->record_line = self->line;
  self->any_quote = FALSE;
}

static Step
fail_step (WbCsvReader *self,
           WbError      code,
           const char  *message,
           GError     **error)
{
  /* of a quote that is never closed the beginning is known, and more telling than where we gave up */
  if (self->state != STATE_QUOTED)
    self->problem_column = self->column;
  g_set_error_literal (error, WB_ERROR, (int) code, message);
  return STEP_BAD;
}

/* Counts lines for LF, CR LF and CR alike. Returns whether @c ends a line for the first time. */
static gboolean
count_position (WbCsvReader *self,
                char         c)
{
  gboolean new_line = c == '\r' || (c == '\n' && !self->after_cr);

  self->after_cr = c == '\r';
  if (new_line)
    {
      self->line++;
      self->column = 1;
    }
  else if (c != '\n')
    self->column += ((guchar) c & 0xC0) != 0x80;
  return new_line;
}

static Step
step_quote_in_quoted (WbCsvReader *self,
                      char         c,
                      GError     **error)
{
  if (c == '"')
    {
      g_string_append_c (self->data, '"');
      self->state = STATE_QUOTED;
      return STEP_MORE;
    }
  if (c == self->separator)
    {
      close_field (self);
      return STEP_MORE;
    }
  /* blanks between the closing quote and the separator are common in files made by hand */
  if (c == ' ' || c == '\t')
    return STEP_MORE;
  return fail_step (self, WB_ERROR_INVALID, "text follows a closing quote", error);
}

static Step
step (WbCsvReader *self,
      char         c,
      GError     **error)
{
  if (self->state != STATE_QUOTED && (c == '\n' || c == '\r'))
    {
      close_field (self);
      return STEP_RECORD;
    }
  switch (self->state)
    {
    case STATE_QUOTE_IN_QUOTED:
      return step_quote_in_quoted (self, c, error);
    case STATE_QUOTED:
      if (c == '"')
        self->state = STATE_QUOTE_IN_QUOTED;
      else
        g_string_append_c (self->data, c);
      break;
    case STATE_FIELD_START:
      if (c == '"')
        {
          self->state = STATE_QUOTED;
          self->any_quote = TRUE;
          self->quote_line = self->line;
          self->problem_column = self->column;
          return STEP_MORE;
        }
      self->state = STATE_PLAIN;
      G_GNUC_FALLTHROUGH;
    case STATE_PLAIN:
    default:
      if (c == self->separator)
        close_field (self);
      else
        g_string_append_c (self->data, c);
      break;
    }
  return STEP_MORE;
}

static Step
check_limits (WbCsvReader *self,
              GError     **error)
{
  if (self->data->len - self->field_start > WB_CSV_MAX_FIELD)
    return fail_step (self, WB_ERROR_LIMIT,
                      self->state == STATE_QUOTED ? "a field is longer than 1 MiB: a quote was not closed"
                                                  : "a field is longer than 1 MiB", error);
  if (self->raw->len > WB_CSV_MAX_RECORD)
    return fail_step (self, WB_ERROR_LIMIT, "a row is longer than 16 MiB", error);
  if (self->fields->len >= WB_CSV_MAX_FIELDS)
    return fail_step (self, WB_ERROR_LIMIT, "a row has more than 4,096 columns", error);
  return STEP_MORE;
}

/* Gives up the record at hand so that reading goes on at a line's beginning: the line after the one
   where an unclosed quote stands, if that is affordable, else the next one in the file. A stream that
   fails here fails again at the next row. */
static void
resynchronise (WbCsvReader  *self,
               gboolean      unclosed,
               GCancellable *cancellable)
{
  const char *line_end = unclosed ? strpbrk (self->raw->str, "\r\n") : NULL;

  if (line_end != NULL && self->reread + self->raw->len <= REREAD_BUDGET)
    {
      gsize n_kept = (gsize) (line_end - self->raw->str) + 1;

      if (line_end[0] == '\r' && line_end[1] == '\n')
        n_kept++;
      self->reread += self->raw->len - n_kept;
      g_string_erase (self->again, 0, (gssize) self->again_pos);
      g_string_prepend_len (self->again, self->raw->str + n_kept, (gssize) (self->raw->len - n_kept));
      self->again_pos = 0;
      g_string_truncate (self->raw, n_kept);
      self->line = self->record_line + 1;
      self->column = 1;
      self->after_cr = self->raw->str[n_kept - 1] == '\r';
      return;
    }
  for (;;)
    {
      if (!fill (self, cancellable, NULL))
        return;
      if (self->again_pos == self->again->len && self->at_end)
        return;
      if (count_position (self, take (self)))
        return;
    }
}

/* Anything that could not be decoded makes the whole row worthless: names and amounts are in it. */
static gboolean
find_damage (WbCsvReader *self,
             GError     **error)
{
  const char *damage = strstr (self->raw->str, WB_TEXT_DAMAGED);
  const char *line_start = self->raw->str;

  if (damage == NULL)
    return FALSE;
  for (const char *p = self->raw->str; p < damage; p++)
    if (*p == '\n')
      line_start = p + 1;
  self->problem_column = (guint) g_utf8_strlen (line_start, damage - line_start) + 1;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "a character is not %s: save the file as UTF-8, or say which encoding it has",
               wb_text_encoding_to_name (wb_text_source_get_encoding (self->source)));
  return TRUE;
}

static gboolean
is_blank (WbCsvReader *self)
{
  return self->fields->len == 1 && !self->any_quote && *wb_csv_reader_get_field (self, 0) == '\0';
}

static WbCsvStatus
finish_at_end (WbCsvReader  *self,
               GCancellable *cancellable,
               GError      **error)
{
  if (self->raw->len == 0)
    return WB_CSV_END;
  if (self->state == STATE_QUOTED)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "the file ends inside a quoted field that began on line %" G_GUINT64_FORMAT
                   ": a quote was not closed, or the file was cut off", self->quote_line);
      resynchronise (self, TRUE, cancellable);
      return WB_CSV_BAD_ROW;
    }
  close_field (self);
  return WB_CSV_ROW;
}

static WbCsvStatus
read_record (WbCsvReader  *self,
             GCancellable *cancellable,
             GError      **error)
{
  Step result = STEP_MORE;

  begin_record (self);
  for (;;)
    {
      char c = 0;

      if (!fill (self, cancellable, error))
        return WB_CSV_FAILED;
      if (self->again_pos == self->again->len && self->at_end)
        return finish_at_end (self, cancellable, error);
      if (self->piece_pos < self->piece_len)
        take_run (self);
      if (self->piece_pos < self->piece_len || self->again_pos < self->again->len)
        {
          c = take (self);
          if (c == '\n' && self->after_cr && self->state != STATE_QUOTED)
            {
              /* the second half of the CR LF that closed the record before */
              self->after_cr = FALSE;
              if (self->raw->len == 0)
                continue;
            }
          if (self->raw->len == 0)
            self->record_line = self->line;
          g_string_append_c (self->raw, c);
          result = step (self, c, error);
          if (result != STEP_BAD)
            count_position (self, c);
        }
      if (result == STEP_MORE)
        result = check_limits (self, error);
      if (result == STEP_RECORD)
        return WB_CSV_ROW;
      if (result == STEP_BAD)
        {
          resynchronise (self, self->state == STATE_QUOTED, cancellable);
          return WB_CSV_BAD_ROW;
        }
    }
}

/**
 * wb_csv_reader_next:
 * @error: set for %WB_CSV_BAD_ROW (%WB_ERROR_INVALID, %WB_ERROR_LIMIT) and %WB_CSV_FAILED
 *
 * Reads the next row; empty lines are passed over. After a bad row, call again: reading goes on at
 * a following line.
 */
WbCsvStatus
wb_csv_reader_next (WbCsvReader  *self,
                    GCancellable *cancellable,
                    GError      **error)
{
  for (;;)
    {
      WbCsvStatus status = read_record (self, cancellable, error);

      if (status != WB_CSV_ROW)
        return status;
      if (find_damage (self, error))
        return WB_CSV_BAD_ROW;
      if (!is_blank (self))
        return WB_CSV_ROW;
    }
}

/**
 * wb_csv_reader_get_n_fields:
 *
 * Returns: how many fields the row has
 */
guint
wb_csv_reader_get_n_fields (WbCsvReader *self)
{
  return self->fields->len;
}

/**
 * wb_csv_reader_get_field:
 * @i: from 0
 *
 * Returns: (transfer none): the field without its quotes, UTF-8, good until the next row is read;
 * "" where the row is shorter
 */
const char *
wb_csv_reader_get_field (WbCsvReader *self,
                         guint        i)
{
  return i < self->fields->len ? self->data->str + g_array_index (self->fields, gsize, i) : "";
}

/**
 * wb_csv_reader_get_line:
 *
 * Returns: the line on which the row begins, from 1
 */
guint64
wb_csv_reader_get_line (WbCsvReader *self)
{
  return self->record_line;
}

/**
 * wb_csv_reader_get_last_line:
 *
 * Returns: the line on which the row ends
 */
guint64
wb_csv_reader_get_last_line (WbCsvReader *self)
{
  return MAX (self->record_line, self->line - (self->column == 1 && self->line > 1 ? 1 : 0));
}

/**
 * wb_csv_reader_get_column:
 *
 * Returns: for a bad row, the character in the line where the trouble begins, from 1
 */
guint
wb_csv_reader_get_column (WbCsvReader *self)
{
  return self->problem_column;
}

/**
 * wb_csv_reader_get_raw:
 *
 * Returns: (transfer none): the row as it stands in the file, with its line ending; what was not kept
 * because it is too long is missing
 */
const char *
wb_csv_reader_get_raw (WbCsvReader *self)
{
  return self->raw->str;
}

/**
 * wb_csv_reader_get_separator:
 *
 * Returns: what stands between fields; 0 before the first row when nobody said
 */
char
wb_csv_reader_get_separator (WbCsvReader *self)
{
  return self->separator;
}

/**
 * wb_csv_reader_get_source:
 *
 * Returns: (transfer none): the source, to ask for encoding and progress
 */
WbTextSource *
wb_csv_reader_get_source (WbCsvReader *self)
{
  return self->source;
}
