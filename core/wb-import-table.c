/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-import-table"

#include "config.h"

#include <string.h>

#include "core/wb-csv-writer.h"
#include "core/wb-error.h"
#include "core/wb-import-table.h"

/* What the importer adds to a file of refused rows, and passes over when that file is fed again. */
#define ADDED_PREFIX "Refused: "

/* rows of one record: a million lines are one order only in a file that is not what it seems */
#define MAX_ROWS 100000

typedef struct
{
  char *key;
  GPtrArray *rows;   /* WbImportRow */
  guint64 last_row;  /* number of the last row that belongs to it */
  char *doubt;       /* why it may not be complete */
} Group;

struct _WbImportTable
{
  WbImportSource *source; /* borrowed */
  const WbImportFormat *format;
  WbCsvReader *reader;    /* owned */
  char **headings;        /* owned */
  guint n_headings;
  guint n_added;
  guint gap;
  GQueue open;            /* owned: Groups, by their first row */
  GHashTable *by_key;     /* owned: borrows keys and groups of open */
  GQueue ready;           /* owned: WbImportRecords that are handed out next */
  guint64 row_number;
  char *doubt;            /* owned: the row before could not be read, the next may miss it */
  gboolean at_end;
};

static void
free_group (Group *group)
{
  g_free (group->key);
  g_free (group->doubt);
  g_ptr_array_unref (group->rows);
  g_free (group);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Group, free_group)

/**
 * wb_import_table_new:
 * @source: the source it belongs to; borrowed
 *
 * Returns: (transfer full): a table; read its headings next
 */
WbImportTable *
wb_import_table_new (WbImportSource       *source,
                     const WbImportFormat *format,
                     GInputStream         *stream,
                     WbTextEncoding        encoding,
                     char                  separator)
{
  WbImportTable *self = g_new0 (WbImportTable, 1);
  WbImportMap *map = wb_import_source_get_options (source)->map;

  self->source = source;
  self->format = format;
  self->reader = wb_csv_reader_new (stream, encoding, separator);
  self->gap = format->needs_map ? wb_import_map_get_group_gap (map) : format->group_gap;
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->open);
  g_queue_init (&self->ready);
  return self;
}

/**
 * wb_import_table_free:
 * @self: (nullable) (transfer full): a table
 */
void
wb_import_table_free (WbImportTable *self)
{
  if (self == NULL)
    return;
  wb_csv_reader_free (self->reader);
  g_strfreev (self->headings);
  g_hash_table_unref (self->by_key);
  g_queue_clear_full (&self->open, (GDestroyNotify) free_group);
  g_queue_clear_full (&self->ready, (GDestroyNotify) wb_import_record_free);
  g_free (self->doubt);
  g_free (self);
}

static gboolean
check_headings (WbImportTable *self,
                GError       **error)
{
  for (guint i = 0; self->format->headings != NULL && self->format->headings[i] != NULL; i++)
    if (wb_import_source_find_column (self->source, self->format->headings[i]) < 0)
      {
        g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "this is not a file of the format ‘%s’: it has no column ‘%s’",
                     self->format->name, self->format->headings[i]);
        return FALSE;
      }
  return TRUE;
}

static gboolean
looks_like_json (const char *text)
{
  text += strspn (text, " \t\r\n");
  return (*text == '{' || *text == '[') && strchr ("\"{[ \t\r\n", text[1]) != NULL;
}

/**
 * wb_import_table_read_headings:
 *
 * Fails with %WB_ERROR_INVALID when there are none or one that the format needs is missing.
 */
gboolean
wb_import_table_read_headings (WbImportTable *self,
                               GCancellable  *cancellable,
                               GError       **error)
{
  g_autoptr(GError) problem = NULL;
  WbCsvStatus status = wb_csv_reader_next (self->reader, cancellable, &problem);
  g_autoptr(GStrvBuilder) headings = g_strv_builder_new ();

  if (status == WB_CSV_END)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID, "the file is empty");
      return FALSE;
    }
  if (looks_like_json (wb_csv_reader_get_raw (self->reader)))
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID, "the file is JSON, not a table: it needs a format for JSON");
      return FALSE;
    }
  if (status != WB_CSV_ROW)
    {
      g_propagate_prefixed_error (error, g_steal_pointer (&problem), "the headings cannot be read: ");
      return FALSE;
    }
  self->n_headings = wb_csv_reader_get_n_fields (self->reader);
  for (guint i = 0; i < self->n_headings; i++)
    {
      g_autofree char *heading = g_strstrip (g_strdup (wb_csv_reader_get_field (self->reader, i)));

      g_strv_builder_add (headings, heading);
    }
  self->headings = g_strv_builder_end (headings);
  /* a file of refused rows can be fed again with its added columns: they say that texts in it are neutralised */
  while (self->n_headings > 0 && g_str_has_prefix (self->headings[self->n_headings - 1], ADDED_PREFIX))
    {
      g_clear_pointer (&self->headings[--self->n_headings], g_free);
      self->n_added++;
    }
  return check_headings (self, error);
}

static void
hand_out (WbImportTable *self,
          Group         *group)
{
  WbImportRecord *record = self->format->build (self->source, group->key, group->rows);
  const WbImportRow *first = g_ptr_array_index (group->rows, 0);

  record->n_lines = group->rows->len;
  record->line = first->line;
  if (group->doubt != NULL)
    wb_import_record_refuse (record, 0, NULL, group->key, "%s", group->doubt);
  if (group->rows->len >= MAX_ROWS)
    wb_import_record_refuse (record, 0, NULL, group->key, "it has more than 100,000 rows");
  g_ptr_array_unref (record->rows);
  record->rows = g_ptr_array_ref (group->rows);
  g_queue_push_tail (&self->ready, record);
}

/* Hands out, in the order of the file, what no later row can belong to. */
static void
close_groups (WbImportTable *self,
              gboolean       all)
{
  for (;;)
    {
      g_autoptr(Group) group = NULL;
      Group *head = g_queue_peek_head (&self->open);

      if (head == NULL || (!all && head->rows->len < MAX_ROWS && self->row_number - head->last_row <= self->gap))
        return;
      group = g_queue_pop_head (&self->open);
      if (g_hash_table_lookup (self->by_key, group->key) == group)
        g_hash_table_remove (self->by_key, group->key);
      hand_out (self, group);
    }
}

static void
take_row (WbImportTable *self,
          WbImportRow   *row)
{
  g_autofree char *key = self->format->get_key (self->source, row);
  Group *group = *key != '\0' ? g_hash_table_lookup (self->by_key, key) : NULL;

  if (group == NULL)
    {
      group = g_new0 (Group, 1);
      group->key = g_steal_pointer (&key);
      group->rows = g_ptr_array_new_with_free_func (g_free);
      g_queue_push_tail (&self->open, group);
      if (*group->key != '\0')
        g_hash_table_insert (self->by_key, group->key, group);
    }
  g_ptr_array_add (group->rows, row);
  group->last_row = self->row_number;
  if (self->doubt != NULL && self->format->rows_belong && group->doubt == NULL)
    group->doubt = g_steal_pointer (&self->doubt);
  g_clear_pointer (&self->doubt, g_free);
}

/* In a file of refused rows: what was no row stands beside the columns, until somebody makes a row of it. */
static gboolean
is_unmended (WbImportTable *self)
{
  for (guint i = 0; i < self->n_headings; i++)
    if (*wb_csv_reader_get_field (self->reader, i) != '\0')
      return FALSE;
  return self->n_added > 0;
}

/* A row that cannot be read is a record of its own that is refused. Where rows are lines of orders it may be a line
   of the order before or behind it, which then would be imported with a line missing. */
static void
refuse_row (WbImportTable *self,
            guint          character,
            const char    *reason)
{
  guint64 line = wb_csv_reader_get_line (self->reader);
  guint64 last = wb_csv_reader_get_last_line (self->reader);
  WbImportRecord *record = wb_import_record_new (WB_IMPORT_NOTHING, NULL, line);
  g_autofree char *column = character > 0 ? g_strdup_printf ("character %u", character) : NULL;
  Group *before = g_queue_peek_tail (&self->open);

  wb_import_record_refuse (record, line, column, NULL, "%s%s", reason,
                           last > line ? " (and the lines that belong to it)" : "");
  record->n_lines = 1;
  record->raw = g_strndup (wb_csv_reader_get_raw (self->reader), 1000);
  g_queue_push_tail (&self->ready, record);
  if (is_unmended (self))
    return;
  g_free (self->doubt);
  self->doubt = g_strdup_printf ("line %" G_GUINT64_FORMAT " beside it cannot be read and may belong to it", line);
  if (before != NULL && self->format->rows_belong && before->doubt == NULL)
    before->doubt = g_strdup (self->doubt);
}

/* Empty fields behind the last heading are none: spreadsheets leave them. */
static guint
count_fields (WbImportTable *self)
{
  guint n = wb_csv_reader_get_n_fields (self->reader);

  while (n > self->n_headings && *wb_csv_reader_get_field (self->reader, n - 1) == '\0')
    n--;
  return n;
}

static void
read_row (WbImportTable *self)
{
  guint n = count_fields (self);
  g_autofree const char **fields = g_new0 (const char *, self->n_headings + 1);
  gboolean any = FALSE;

  for (guint i = 0; i < self->n_headings; i++)
    {
      fields[i] = wb_csv_reader_get_field (self->reader, i);
      if (self->n_added > 0)
        fields[i] = wb_csv_restore_text (fields[i]);
      any = any || *fields[i] != '\0';
    }
  if (n < self->n_headings)
    {
      g_autofree char *reason = g_strdup_printf ("the row has %u columns, the headings %u: was the file cut off?", n,
                                                 self->n_headings);

      refuse_row (self, 0, reason);
    }
  /* everything behind a separator that should not be there has moved */
  else if (n > self->n_headings + self->n_added)
    refuse_row (self, 0, "the row has more columns than there are headings");
  else if (!any)
    refuse_row (self, 0, is_unmended (self) ? "the row was not mended: fill in its columns, or delete it" : "the row is empty");
  else
    take_row (self, wb_import_row_new (wb_csv_reader_get_line (self->reader), fields, self->n_headings));
}

/**
 * wb_import_table_next:
 *
 * Returns: (transfer full) (nullable): the next record; NULL at the end or with @error set
 */
WbImportRecord *
wb_import_table_next (WbImportTable *self,
                      GCancellable  *cancellable,
                      GError       **error)
{
  while (g_queue_is_empty (&self->ready) && !self->at_end)
    {
      g_autoptr(GError) problem = NULL;
      WbCsvStatus status = wb_csv_reader_next (self->reader, cancellable, &problem);

      if (status == WB_CSV_FAILED)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return NULL;
        }
      if (status == WB_CSV_END)
        {
          self->at_end = TRUE;
          close_groups (self, TRUE);
          break;
        }
      self->row_number++;
      if (status == WB_CSV_BAD_ROW)
        refuse_row (self, wb_csv_reader_get_column (self->reader), problem->message);
      else
        read_row (self);
      close_groups (self, FALSE);
    }
  return g_queue_pop_head (&self->ready);
}

/**
 * wb_import_table_get_headings:
 *
 * Returns: (transfer none): the headings, NULL-terminated
 */
const char *const *
wb_import_table_get_headings (WbImportTable *self)
{
  return (const char *const *) self->headings;
}

/**
 * wb_import_table_get_separator:
 *
 * Returns: what stands between columns
 */
char
wb_import_table_get_separator (WbImportTable *self)
{
  return wb_csv_reader_get_separator (self->reader);
}

/**
 * wb_import_table_get_source:
 *
 * Returns: (transfer none): for asking how far reading is
 */
WbTextSource *
wb_import_table_get_source (WbImportTable *self)
{
  return wb_csv_reader_get_source (self->reader);
}
