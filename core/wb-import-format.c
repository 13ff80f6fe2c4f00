/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-import-format"

#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-import-format-private.h"
#include "core/wb-import-format.h"
#include "core/wb-import-table.h"
#include "core/wb-json-stream.h"

/* A new format: one line here. */
static const WbImportFormat *const formats[] = {
  &_wb_import_shopify_csv,
  &_wb_import_shopify_json,
  &_wb_import_woocommerce_csv,
  &_wb_import_woocommerce_json,
  &_wb_import_csv,
  NULL,
};

struct _WbImportSource
{
  const WbImportFormat *format;
  WbImportOptions options;
  char *currency;        /* owned: behind options */
  WbImportTable *table;  /* owned: for tables */
  WbJsonStream *records; /* owned: for JSON */
  gpointer state;        /* owned: by way of format->end */
  GHashTable *seen;      /* owned: 64-bit hashes of keys, and the line of the first of each */
  gboolean failed;
};

/**
 * wb_import_formats:
 *
 * Returns: (transfer none): all formats, NULL-terminated
 */
const WbImportFormat *const *
wb_import_formats (void)
{
  return formats;
}

/**
 * wb_import_format_find:
 *
 * Fails with %WB_ERROR_UNKNOWN, naming those that there are.
 *
 * Returns: (transfer none) (nullable): the format
 */
const WbImportFormat *
wb_import_format_find (const char *name,
                       GError    **error)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; formats[i] != NULL; i++)
    {
      if (strcmp (formats[i]->name, name) == 0)
        return formats[i];
      g_string_append_printf (names, "%s%s", i == 0 ? "" : formats[i + 1] == NULL ? " and " : ", ", formats[i]->name);
    }
  g_set_error (error, WB_ERROR, WB_ERROR_UNKNOWN, "there is no import format ‘%s’; there are %s", name, names->str);
  return NULL;
}

static gboolean
check_options (const WbImportFormat  *format,
               const WbImportOptions *options,
               GError               **error)
{
  if (format->needs_map && options->map == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "the format ‘%s’ needs a mapping file (--map FILE)", format->name);
      return FALSE;
    }
  if (options->currency != NULL && !wb_currency_is_known (options->currency))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_UNKNOWN, "‘%s’ is not a currency of ISO 4217", options->currency);
      return FALSE;
    }
  return TRUE;
}

/**
 * wb_import_source_open:
 * @format: a format
 * @stream: the file; kept until the source is freed
 * @options: how to read it; zone and map are kept
 *
 * Opens a file and, for tables, reads the headings. Fails when the file is not of that format.
 *
 * Returns: (transfer full) (nullable): a source before its first record
 */
WbImportSource *
wb_import_source_open (const WbImportFormat  *format,
                       GInputStream          *stream,
                       const WbImportOptions *options,
                       GCancellable          *cancellable,
                       GError               **error)
{
  g_autoptr(WbImportSource) self = g_new0 (WbImportSource, 1);
  WbTextEncoding encoding = options->encoding;
  char separator = 0;

  self->format = format;
  self->options = *options;
  self->options.currency = self->currency = g_strdup (options->currency);
  self->options.zone = options->zone != NULL ? g_time_zone_ref (options->zone) : NULL;
  self->options.map = options->map != NULL ? wb_import_map_ref (options->map) : NULL;
  self->seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  if (!check_options (format, options, error))
    return NULL;
  if (!format->is_table)
    {
      self->records = wb_json_stream_new (stream, format->roots);
      return g_steal_pointer (&self);
    }
  if (format->needs_map)
    {
      separator = wb_import_map_get_separator (options->map);
      if (encoding == WB_TEXT_ENCODING_DETECT)
        encoding = wb_import_map_get_encoding (options->map);
    }
  self->table = wb_import_table_new (self, format, stream, encoding, separator);
  if (!wb_import_table_read_headings (self->table, cancellable, error))
    return NULL;
  if (format->begin != NULL)
    {
      self->state = format->begin (self, error);
      if (self->state == NULL)
        return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * wb_import_source_free:
 * @self: (nullable) (transfer full): a source
 */
void
wb_import_source_free (WbImportSource *self)
{
  if (self == NULL)
    return;
  if (self->state != NULL && self->format->end != NULL)
    self->format->end (self->state);
  g_free (self->currency);
  g_clear_pointer (&self->options.zone, g_time_zone_unref);
  g_clear_pointer (&self->options.map, wb_import_map_unref);
  g_clear_pointer (&self->table, wb_import_table_free);
  g_clear_pointer (&self->records, wb_json_stream_free);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_free (self);
}

/* 64 bits of a text are enough to tell millions of keys apart, and small enough to keep them all. */
static gint64
hash_key (WbImportKind kind,
          const char  *key)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037) ^ (guint64) kind;

  for (const char *p = key; *p != '\0'; p++)
    hash = (hash ^ (guchar) *p) * G_GUINT64_CONSTANT (1099511628211);
  return (gint64) (hash ^ (hash >> 29));
}

/* The same order twice in a file: nobody can know which is right, so the second is refused, naming the first. */
static void
check_duplicate (WbImportSource *self,
                 WbImportRecord *record)
{
  const char *key = record->key;
  gint64 *hash = NULL;
  gpointer first = NULL;

  if (record->kind == WB_IMPORT_NOTHING || *key == '\0')
    return;
  hash = g_new (gint64, 1);
  *hash = hash_key (record->kind, key);
  if (!g_hash_table_lookup_extended (self->seen, hash, NULL, &first))
    {
      g_hash_table_insert (self->seen, hash, GSIZE_TO_POINTER ((gsize) record->line));
      return;
    }
  g_free (hash);
  record->is_part = self->format->rows_belong;
  wb_import_record_refuse (record, 0, NULL, key, "the %s %s is in the file twice: on line %" G_GSIZE_FORMAT " and on line %"
                           G_GUINT64_FORMAT "%s", wb_import_kind_to_name (record->kind), key, GPOINTER_TO_SIZE (first),
                           record->line, record->is_part ? "; its lines must stand together: sort the file, then import it again" : "");
}

/* A webhook's {"order":{…}} may stand where only a record was expected. */
static const WbJson *
unwrap (WbImportSource *self,
        const WbJson   *json,
        const char    **root)
{
  if (wb_json_get_type (json) != WB_JSON_OBJECT || wb_json_get_length (json) != 1)
    return json;
  for (guint i = 0; self->format->roots[i] != NULL; i++)
    if (strcmp (self->format->roots[i], wb_json_get_name (json, 0)) == 0)
      {
        *root = self->format->roots[i];
        return wb_json_get_element (json, 0);
      }
  return json;
}

static WbImportRecord *
next_json (WbImportSource *self,
           GCancellable   *cancellable,
           GError        **error)
{
  g_autoptr(WbImportRecord) record = NULL;
  g_autoptr(WbJson) json = NULL;
  g_autoptr(GError) problem = NULL;
  const char *root = NULL;
  const WbJson *inner = NULL;
  WbJsonStatus status = wb_json_stream_next (self->records, &json, cancellable, &problem);

  if (status == WB_JSON_END)
    return NULL;
  if (status == WB_JSON_FAILED)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      self->failed = TRUE;
      return NULL;
    }
  root = wb_json_stream_get_root (self->records);
  inner = unwrap (self, json, &root);
  if (status == WB_JSON_RECORD && wb_json_get_type (inner) == WB_JSON_OBJECT)
    record = self->format->read (self, root, inner);
  else
    {
      record = wb_import_record_new (WB_IMPORT_NOTHING, NULL, wb_json_stream_get_line (self->records));
      record->n_lines = 1;
      wb_import_record_refuse (record, 0, NULL, NULL, "%s", problem != NULL ? problem->message : "a record is expected here");
    }
  record->raw = g_strdup (wb_json_stream_get_raw (self->records));
  return g_steal_pointer (&record);
}

/**
 * wb_import_source_next:
 *
 * Reads the next record, good or refused.
 *
 * Returns: (transfer full) (nullable): the record; NULL at the end, or with @error set when the stream failed or
 * was cancelled
 */
WbImportRecord *
wb_import_source_next (WbImportSource *self,
                       GCancellable   *cancellable,
                       GError        **error)
{
  g_autoptr(WbImportRecord) record = NULL;

  if (self->failed)
    return NULL;
  record = self->table != NULL ? wb_import_table_next (self->table, cancellable, error) : next_json (self, cancellable, error);
  if (record == NULL)
    return NULL;
  if (record->refusals->len == 0)
    check_duplicate (self, record);
  if (record->refusals->len == 0)
    wb_import_record_check (record);
  return g_steal_pointer (&record);
}

/**
 * wb_import_source_get_options:
 *
 * Returns: (transfer none): how it was opened
 */
const WbImportOptions *
wb_import_source_get_options (WbImportSource *self)
{
  return &self->options;
}

/**
 * wb_import_source_get_state:
 *
 * Returns: (transfer none): what the format's begin() made
 */
gpointer
wb_import_source_get_state (WbImportSource *self)
{
  return self->state;
}

/**
 * wb_import_source_get_headings:
 *
 * Returns: (transfer none) (nullable): the table's headings, NULL-terminated; NULL for JSON
 */
const char *const *
wb_import_source_get_headings (WbImportSource *self)
{
  return self->table != NULL ? wb_import_table_get_headings (self->table) : NULL;
}

/**
 * wb_import_source_get_separator:
 *
 * Returns: what stands between the table's columns
 */
char
wb_import_source_get_separator (WbImportSource *self)
{
  return self->table != NULL ? wb_import_table_get_separator (self->table) : ',';
}

/**
 * wb_import_source_find_column:
 * @heading: upper and lower case do not matter
 *
 * Returns: the number of that column from 0, -1 if the table has none
 */
int
wb_import_source_find_column (WbImportSource *self,
                              const char     *heading)
{
  const char *const *headings = wb_import_source_get_headings (self);

  for (int i = 0; headings != NULL && headings[i] != NULL; i++)
    if (g_ascii_strcasecmp (headings[i], heading) == 0)
      return i;
  return -1;
}

/**
 * wb_import_source_get_cell:
 * @column: number of a column, -1 for one the file does not have
 *
 * Returns: the field with its place
 */
WbImportCell
wb_import_source_get_cell (WbImportSource    *self,
                           const WbImportRow *row,
                           int                column)
{
  const char *const *headings = wb_import_source_get_headings (self);
  WbImportCell cell = { wb_import_row_get_field (row, column), row->line, NULL };

  if (headings != NULL && column >= 0)
    cell.column = headings[column];
  return cell;
}

/**
 * wb_import_json_cell:
 * @object: (nullable): an object
 *
 * Returns: its member with its place; lists and objects are nothing
 */
WbImportCell
wb_import_json_cell (const WbJson *object,
                     const char   *member)
{
  const WbJson *json = wb_json_get_member (object, member);
  WbImportCell cell = { wb_json_get_text (json), json != NULL ? wb_json_get_line (json) : wb_json_get_line (object), member };

  return cell;
}

/**
 * wb_import_source_get_bytes_read:
 *
 * Returns: how much of the file was read, for showing progress; from another thread only roughly
 */
guint64
wb_import_source_get_bytes_read (WbImportSource *self)
{
  return wb_text_source_get_bytes_read (self->table != NULL ? wb_import_table_get_source (self->table)
                                                            : wb_json_stream_get_source (self->records));
}
