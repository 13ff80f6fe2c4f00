/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-import-refused"

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "core/wb-csv-writer.h"
#include "db/wb-import-refused.h"

#define PROBLEM "the file of refused rows cannot be written, it needs another place: "

struct _WbImportRefused
{
  char *path;
  WbImportSource *source; /* borrowed */
  GFileOutputStream *file;
  WbCsvWriter *writer;    /* for tables */
  GString *json;          /* for JSON: what is written next */
  gboolean any;
};

/**
 * _wb_import_refused_new:
 * @path: where the file shall be
 * @source: what is being read; borrowed
 *
 * Returns: (transfer full): the file, not made yet
 */
WbImportRefused *
_wb_import_refused_new (const char     *path,
                        WbImportSource *source)
{
  WbImportRefused *self = g_new0 (WbImportRefused, 1);

  self->path = g_strdup (path);
  self->source = source;
  self->json = g_string_new (NULL);
  return self;
}

/**
 * _wb_import_refused_free:
 * @self: (nullable) (transfer full): the file; half a file that was not closed is taken away
 */
void
_wb_import_refused_free (WbImportRefused *self)
{
  if (self == NULL)
    return;
  if (self->file != NULL && !g_output_stream_is_closed (G_OUTPUT_STREAM (self->file)))
    {
      g_output_stream_close (G_OUTPUT_STREAM (self->file), NULL, NULL);
      g_unlink (self->path);
    }
  g_free (self->path);
  g_clear_pointer (&self->writer, wb_csv_writer_free);
  g_clear_object (&self->file);
  g_string_free (self->json, TRUE);
  g_free (self);
}

static gboolean
open_file (WbImportRefused *self,
           GError         **error)
{
  const char *const *headings = wb_import_source_get_headings (self->source);
  g_autoptr(GFile) file = NULL;

  if (self->file != NULL)
    return TRUE;
  file = g_file_new_for_path (self->path);
  /* may block: called from the importer's worker thread */
  self->file = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL, error);
  if (self->file == NULL)
    return FALSE;
  if (headings == NULL)
    return TRUE;
  self->writer = wb_csv_writer_new (G_OUTPUT_STREAM (self->file), wb_import_source_get_separator (self->source),
                                    WB_CSV_WRITER_NEUTRALISE);
  for (guint i = 0; headings[i] != NULL; i++)
    wb_csv_writer_add (self->writer, headings[i]);
  wb_csv_writer_add (self->writer, "Refused: line");
  wb_csv_writer_add (self->writer, "Refused: column");
  wb_csv_writer_add (self->writer, "Refused: reason");
  wb_csv_writer_add (self->writer, "Refused: text");
  return wb_csv_writer_end_row (self->writer, NULL, error);
}

/* The refusals of one row, or those of the record where the row itself is blameless. */
static void
add_reasons (WbImportRefused *self,
             WbImportRecord  *record,
             guint64          line)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, line);
  g_autoptr(GString) columns = g_string_new (NULL);
  g_autoptr(GString) reasons = g_string_new (NULL);

  for (guint i = 0; i < record->refusals->len; i++)
    {
      const WbImportRefusal *refusal = g_ptr_array_index (record->refusals, i);

      if (refusal->line != line)
        continue;
      g_string_append_printf (columns, "%s%s", columns->len > 0 ? "; " : "", refusal->column != NULL ? refusal->column : "");
      g_string_append_printf (reasons, "%s%s", reasons->len > 0 ? "; " : "", refusal->reason);
    }
  if (reasons->len == 0)
    {
      const WbImportRefusal *first = g_ptr_array_index (record->refusals, 0);

      g_string_append_printf (reasons, "belongs to %s, refused for line %" G_GUINT64_FORMAT, record->key, first->line);
    }
  wb_csv_writer_add (self->writer, number);
  wb_csv_writer_add (self->writer, columns->str);
  wb_csv_writer_add (self->writer, reasons->str);
}

/* What is no row, or only some of an order's, cannot stand in the columns: its text stands beside them. */
static gboolean
add_text (WbImportRefused *self,
          WbImportRecord  *record,
          guint64          line,
          const char      *text,
          GError         **error)
{
  const char *const *headings = wb_import_source_get_headings (self->source);

  for (guint k = 0; headings[k] != NULL; k++)
    wb_csv_writer_add (self->writer, NULL);
  add_reasons (self, record, line);
  wb_csv_writer_add (self->writer, text);
  return wb_csv_writer_end_row (self->writer, NULL, error);
}

static char *
join_fields (WbImportRefused   *self,
             const WbImportRow *row)
{
  const char separator[] = { wb_import_source_get_separator (self->source), '\0' };
  GString *text = g_string_new (NULL);

  for (guint k = 0; k < row->n_fields; k++)
    g_string_append_printf (text, "%s%s", k > 0 ? separator : "", row->fields[k]);
  return g_string_free (text, FALSE);
}

static gboolean
add_rows (WbImportRefused *self,
          WbImportRecord  *record,
          GError         **error)
{
  guint n_headings = g_strv_length ((char **) wb_import_source_get_headings (self->source));

  for (guint i = 0; i < record->rows->len; i++)
    {
      const WbImportRow *row = g_ptr_array_index (record->rows, i);

      if (record->is_part)
        {
          g_autofree char *text = join_fields (self, row);

          if (!add_text (self, record, row->line, text, error))
            return FALSE;
          continue;
        }
      for (guint k = 0; k < n_headings; k++)
        wb_csv_writer_add (self->writer, wb_import_row_get_field (row, (int) k));
      add_reasons (self, record, row->line);
      wb_csv_writer_add (self->writer, NULL);
      if (!wb_csv_writer_end_row (self->writer, NULL, error))
        return FALSE;
    }
  return record->rows->len > 0 || add_text (self, record, record->line, record->raw, error);
}

static gboolean
add_json (WbImportRefused *self,
          WbImportRecord  *record,
          GError         **error)
{
  const WbImportRefusal *first = g_ptr_array_index (record->refusals, 0);
  g_autofree char *reason = g_strdup_printf ("line %" G_GUINT64_FORMAT "%s%s: %s", first->line, first->column != NULL ? ", " : "",
                                             first->column != NULL ? first->column : "", first->reason);
  const char *raw = record->raw != NULL ? record->raw : "";
  g_autoptr(WbJson) whole = wb_json_parse (raw, -1, 1, 1, NULL);

  g_string_truncate (self->json, 0);
  g_string_append (self->json, self->any ? ",\n{\"refused\":" : "[\n{\"refused\":");
  wb_json_append_string (self->json, reason);
  if (wb_json_get_type (whole) == WB_JSON_OBJECT)
    {
      const char *inside = strchr (raw, '{') + 1;

      if (wb_json_get_length (whole) > 0)
        g_string_append_c (self->json, ',');
      g_string_append (self->json, inside);
    }
  else
    {
      g_string_append (self->json, ",\"text\":");
      wb_json_append_string (self->json, raw);
      g_string_append_c (self->json, '}');
    }
  self->any = TRUE;
  return g_output_stream_write_all (G_OUTPUT_STREAM (self->file), self->json->str, self->json->len, NULL, NULL, error);
}

/**
 * _wb_import_refused_add:
 *
 * Adds a record with refusals.
 */
gboolean
_wb_import_refused_add (WbImportRefused *self,
                        WbImportRecord  *record,
                        GError         **error)
{
  gboolean added = open_file (self, error)
                   && (self->writer != NULL ? add_rows (self, record, error) : add_json (self, record, error));

  if (!added)
    g_prefix_error (error, PROBLEM);
  return added;
}

/**
 * _wb_import_refused_close:
 *
 * Puts the file in its place, if there is anything in it.
 */
gboolean
_wb_import_refused_close (WbImportRefused *self,
                          GError         **error)
{
  gboolean closed = self->file == NULL
                    || ((self->writer == NULL || wb_csv_writer_flush (self->writer, NULL, error))
                        && (!self->any || g_output_stream_write_all (G_OUTPUT_STREAM (self->file), "\n]\n", 3, NULL, NULL, error))
                        && g_output_stream_close (G_OUTPUT_STREAM (self->file), NULL, error));

  if (!closed)
    g_prefix_error (error, PROBLEM);
  return closed;
}
