/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-csv-writer"

#include "config.h"

#include <string.h>

#include "core/wb-csv-writer.h"

#define BUFFER_SIZE (64 * 1024)

struct _WbCsvWriter
{
  GOutputStream *stream; /* owned */
  GString *buffer;       /* owned */
  char separator;
  WbCsvWriterFlags flags;
  gboolean row_begun;
};

/**
 * wb_csv_writer_new:
 * @stream: where to; kept, and closed by nobody
 * @separator: between fields
 *
 * Returns: (transfer full): a writer. Call wb_csv_writer_flush() at the end.
 */
WbCsvWriter *
wb_csv_writer_new (GOutputStream   *stream,
                   char             separator,
                   WbCsvWriterFlags flags)
{
  WbCsvWriter *self = NULL;

  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), NULL);

  self = g_new0 (WbCsvWriter, 1);
  self->stream = g_object_ref (stream);
  self->buffer = g_string_sized_new (BUFFER_SIZE);
  self->separator = separator;
  self->flags = flags;
  return self;
}

/**
 * wb_csv_writer_free:
 * @self: (nullable) (transfer full): a writer; what was not flushed is lost
 */
void
wb_csv_writer_free (WbCsvWriter *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->stream);
  g_string_free (self->buffer, TRUE);
  g_free (self);
}

static gboolean
is_number (const char *field)
{
  if (*field == '+' || *field == '-')
    field++;
  return g_ascii_isdigit (*field) && field[strspn (field, "0123456789.,")] == '\0';
}

static gboolean
is_formula (const char *field)
{
  return *field != '\0' && strchr ("=+-@\t\r", *field) != NULL;
}

/* What has such an apostrophe already gets one more, so that one can be taken off again. */
static gboolean
needs_apostrophe (const char *field)
{
  return is_formula (field + strspn (field, "'")) && !is_number (field);
}

/**
 * wb_csv_writer_add:
 * @field: (nullable): one more field of the row, UTF-8; NULL is an empty one
 */
void
wb_csv_writer_add (WbCsvWriter *self,
                   const char  *field)
{
  const char special[] = { self->separator, '"', '\r', '\n', '\0' };
  gboolean quote = FALSE;

  if (self->row_begun)
    g_string_append_c (self->buffer, self->separator);
  self->row_begun = TRUE;
  if (field == NULL)
    return;
  quote = strpbrk (field, special) != NULL || *field == ' ' || *field == '\t'
          || (*field != '\0' && g_str_has_suffix (field, " "));
  if (quote)
    g_string_append_c (self->buffer, '"');
  if ((self->flags & WB_CSV_WRITER_NEUTRALISE) != 0 && needs_apostrophe (field))
    g_string_append_c (self->buffer, '\'');
  for (const char *p = field; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (self->buffer, '"');
      g_string_append_c (self->buffer, *p);
    }
  if (quote)
    g_string_append_c (self->buffer, '"');
}

/**
 * wb_csv_writer_end_row:
 *
 * Ends the row; writes to the stream now and then.
 */
gboolean
wb_csv_writer_end_row (WbCsvWriter  *self,
                       GCancellable *cancellable,
                       GError      **error)
{
  g_string_append (self->buffer, "\r\n");
  self->row_begun = FALSE;
  return self->buffer->len < BUFFER_SIZE || wb_csv_writer_flush (self, cancellable, error);
}

/**
 * wb_csv_writer_flush:
 *
 * Writes out what has been kept back.
 */
gboolean
wb_csv_writer_flush (WbCsvWriter  *self,
                     GCancellable *cancellable,
                     GError      **error)
{
  if (!g_output_stream_write_all (self->stream, self->buffer->str, self->buffer->len, NULL, cancellable, error))
    return FALSE;
  g_string_truncate (self->buffer, 0);
  return TRUE;
}

/**
 * wb_csv_restore_text:
 * @field: a field of a file that was written with %WB_CSV_WRITER_NEUTRALISE
 *
 * Returns: (transfer none): the text as it was before
 */
const char *
wb_csv_restore_text (const char *field)
{
  return *field == '\'' && is_formula (field + strspn (field, "'")) ? field + 1 : field;
}
