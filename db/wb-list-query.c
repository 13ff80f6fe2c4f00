/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-list-query"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-error.h"
#include "db/wb-db-error.h"
#include "db/wb-list-query-private.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (WbListQuery, wb_list_query, G_TYPE_OBJECT)

/* ---- Making ------------------------------------------------------------------------------- */

static WbKeyType
get_key_type (const WbField *field)
{
  switch (field->type)
    {
    case WB_FIELD_MONEY:
    case WB_FIELD_INTEGER:
    case WB_FIELD_WEIGHT:
      return WB_KEY_INT;
    case WB_FIELD_PRICE:
      return WB_KEY_PRICE;
    case WB_FIELD_TIME:
      return WB_KEY_TIME;
    case WB_FIELD_DATE:
      return WB_KEY_DATE;
    case WB_FIELD_BOOL:
      return WB_KEY_BOOL;
    case WB_FIELD_TEXT:
    case WB_FIELD_CODE:
    case WB_FIELD_ENUM:
    case WB_FIELD_COUNTRY:
    case WB_FIELD_TAGS:
    default:
      return WB_KEY_TEXT;
    }
}

static void
add_part (WbListQuery *self,
          const char *expression,
          WbKeyType type,
          gboolean descending)
{
  for (guint i = 0; i < self->n_parts; i++)
    if (strcmp (self->parts[i].expression, expression) == 0)
      return; /* sorting by it again changes nothing */
  self->parts[self->n_parts++] = (WbKeyPart){ expression, type, descending };
}

static void
add_sorts (WbListQuery *self,
           const WbListSort *sorts,
           guint n_sorts)
{
  gboolean descending = FALSE;

  for (guint i = 0; i < n_sorts; i++)
    {
      const WbFilterMapField *place = _wb_filter_map_find (self->map, sorts[i].field);

      descending = sorts[i].descending;
      add_part (self, place->sort[0] != NULL ? place->sort[0] : place->value, get_key_type (sorts[i].field), descending);
      if (i + 1 == n_sorts && place->sort[1] != NULL)
        add_part (self, place->sort[1], WB_KEY_TIME, descending);
    }
  add_part (self, self->map->id, WB_KEY_INT, descending);
}

static gboolean
check_sorts (const WbCatalogue *catalogue,
             const WbListSort *sorts,
             guint n_sorts,
             GError **error)
{
  if (n_sorts > WB_LIST_MAX_SORTS)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_LIMIT, "a list sorts by at most %d fields", WB_LIST_MAX_SORTS);
      return FALSE;
    }
  for (guint i = 0; i < n_sorts; i++)
    if ((sorts[i].field->flags & WB_FIELD_SORTABLE) == 0 || wb_catalogue_find (catalogue, sorts[i].field->name) != sorts[i].field)
      {
        g_set_error (error, WB_ERROR, WB_ERROR_UNKNOWN, "%s cannot be sorted by “%s”", catalogue->name,
                     sorts[i].field->name);
        return FALSE;
      }

  return TRUE;
}

static gboolean
add_columns (WbListQuery *self,
             const char *const *columns,
             GError **error)
{
  self->n_columns = columns != NULL ? g_strv_length ((char **) columns) : 0;
  self->columns = g_new0 (const WbField *, self->n_columns + 1);
  self->places = g_new0 (const WbFilterMapField *, self->n_columns + 1);
  for (guint i = 0; i < self->n_columns; i++)
    {
      self->columns[i] = wb_catalogue_find (self->catalogue, columns[i]);
      if (self->columns[i] != NULL && (self->columns[i]->flags & WB_FIELD_COLUMN) != 0)
        {
          self->places[i] = _wb_filter_map_find (self->map, self->columns[i]);
          continue;
        }
      g_set_error (error, WB_ERROR, WB_ERROR_UNKNOWN, "%s have no column “%s”", self->catalogue->name, columns[i]);
      return FALSE;
    }

  return TRUE;
}

/* Keeps the world as it is now: the clock stands still for all reads of one list. */
static void
copy_context (WbListQuery *self,
              const WbFilterContext *context)
{
  static const WbFilterContext none = { 0 };

  self->context = context != NULL ? *context : none;
  self->zone = self->context.zone != NULL ? g_time_zone_ref (self->context.zone) : g_time_zone_new_local ();
  self->currencies = g_strdupv ((char **) self->context.currencies);
  self->me = g_strdup (self->context.me);
  self->context.zone = self->zone;
  self->closed = g_strdupv ((char **) self->context.closed);
  self->context.currencies = (const char *const *) self->currencies;
  self->context.closed = (const char *const *) self->closed;
  self->context.me = self->me;
  self->context.choices = NULL;
  self->context.user_data = NULL;
  if (self->context.now_us == 0)
    self->context.now_us = g_get_real_time ();
}

WbListQuery *
wb_list_query_new (WbDb *db,
                   const WbCatalogue *catalogue,
                   WbFilter *filter,
                   const WbFilterContext *context,
                   const WbListSort *sorts,
                   guint n_sorts,
                   const char *const *columns,
                   GError **error)
{
  g_autoptr(WbListQuery) self = NULL;
  WbListSort own[WB_LIST_MAX_SORTS];
  const WbField *closed = NULL;

  g_return_val_if_fail (WB_IS_DB (db), NULL);
  g_return_val_if_fail (catalogue != NULL, NULL);
  g_return_val_if_fail (filter == NULL || wb_filter_get_catalogue (filter) == catalogue, NULL);

  if (n_sorts == 0)
    {
      if (!wb_list_query_parse_sort (catalogue, catalogue->sort, own, &n_sorts, error))
        return NULL;
      sorts = own;
    }
  if (!check_sorts (catalogue, sorts, n_sorts, error))
    return NULL;

  self = g_object_new (WB_TYPE_LIST_QUERY, NULL);
  self->db = g_object_ref (db);
  self->catalogue = catalogue;
  self->map = _wb_filter_map_get (catalogue);
  self->filter = filter != NULL ? wb_filter_ref (filter) : NULL;
  copy_context (self, context);
  self->valid_until_us = wb_filter_get_valid_until (self->filter, &self->context);
  add_sorts (self, sorts, n_sorts);
  if (!add_columns (self, columns, error))
    return NULL;
  closed = wb_filter_find_closed (self->filter, &self->context);
  if (closed != NULL)
    {
      g_set_error (error, WB_DB_ERROR, WB_DB_ERROR_DENIED, _ ("what “%s” is, this seat may not see"), wb_field_get_label (closed));
      return NULL;
    }

  return g_steal_pointer (&self);
}

gboolean
wb_list_query_parse_sort (const WbCatalogue *catalogue,
                          const char *text,
                          WbListSort *sorts,
                          guint *n_sorts,
                          GError **error)
{
  g_auto(GStrv) words = NULL;

  if (text == NULL || text[strspn (text, " ,")] == '\0')
    text = catalogue->sort;
  words = g_strsplit_set (text, " ,", -1);
  *n_sorts = 0;
  for (guint i = 0; words[i] != NULL; i++)
    {
      gboolean descending = words[i][0] == '-';
      const WbField *field = wb_catalogue_find (catalogue, words[i] + descending);

      if (*words[i] == '\0')
        continue;
      if (field == NULL || (field->flags & WB_FIELD_SORTABLE) == 0)
        {
          g_set_error (error, WB_ERROR, WB_ERROR_UNKNOWN, "%s cannot be sorted by “%s”", catalogue->name,
                       words[i] + descending);
          return FALSE;
        }
      if (*n_sorts == WB_LIST_MAX_SORTS)
        {
          g_set_error (error, WB_ERROR, WB_ERROR_LIMIT, "a list sorts by at most %d fields", WB_LIST_MAX_SORTS);
          return FALSE;
        }
      sorts[(*n_sorts)++] = (WbListSort){ field, descending };
    }

  return TRUE;
}

guint
wb_list_query_get_n_columns (WbListQuery *self)
{
  g_return_val_if_fail (WB_IS_LIST_QUERY (self), 0);

  return self->n_columns;
}

const WbField *
wb_list_query_get_column (WbListQuery *self,
                          guint column)
{
  g_return_val_if_fail (WB_IS_LIST_QUERY (self), NULL);
  g_return_val_if_fail (column < self->n_columns, NULL);

  return self->columns[column];
}

gint64
wb_list_query_get_valid_until (WbListQuery *self)
{
  g_return_val_if_fail (WB_IS_LIST_QUERY (self), G_MAXINT64);

  return self->valid_until_us;
}

/* ---- Anchors ------------------------------------------------------------------------------ */

/* Anchors while they come in. */
typedef struct
{
  WbListQuery *query; /* borrowed: the task holds it */
  GPtrArray *keys;
  guint64 total;
} AnchorReader;

static void
anchor_reader_free (AnchorReader *reader)
{
  g_ptr_array_unref (reader->keys);
  g_free (reader);
}

static gboolean
read_anchors (WbDbFlow *flow,
              WbDbResult *batch,
              gpointer user_data,
              GError **error)
{
  AnchorReader *reader = user_data;
  int number = (int) reader->query->n_parts;

  for (guint i = 0; i < _wb_db_result_get_n_rows (batch); i++)
    {
      gint64 rn = _wb_db_result_get_int64 (batch, i, number);

      if ((rn - 1) % WB_LIST_STEP == 0)
        g_ptr_array_add (reader->keys, _wb_list_query_read_key (reader->query, batch, i, 1));
      if (_wb_db_result_get_bool (batch, i, number + 1))
        reader->total = (guint64) rn;
    }

  return _wb_db_result_check (batch, error);
}

static void
anchors_read_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  AnchorReader *reader = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  WbListAnchors *anchors = NULL;
  gsize n = 0;

  if (_wb_db_stream_finish (WB_DB (source), result, &error) < 0)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  anchors = g_new0 (WbListAnchors, 1);
  anchors->total = reader->total;
  anchors->keys = (GBytes **) g_ptr_array_steal (reader->keys, &n);
  anchors->n_keys = (guint) n;
  g_task_return_pointer (task, anchors, (GDestroyNotify) wb_list_anchors_free);
}

void
wb_list_query_anchors_async (WbListQuery *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr(WbDbParams) params = _wb_db_params_new ();
  g_autoptr(GString) sql = g_string_new (NULL);
  AnchorReader *reader = NULL;
  GTask *task = NULL;

  g_return_if_fail (WB_IS_LIST_QUERY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_list_query_anchors_async);
  reader = g_new0 (AnchorReader, 1);
  reader->query = self;
  reader->keys = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_task_set_task_data (task, reader, (GDestroyNotify) anchor_reader_free);
  _wb_list_query_build_anchors (self, params, sql);
  _wb_db_stream_async (self->db, WB_DB_LANE_BULK, sql->str, params, 512, read_anchors, reader, cancellable, anchors_read_cb,
                       task);
}

WbListAnchors *
wb_list_query_anchors_finish (WbListQuery *self,
                              GAsyncResult *result,
                              GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

guint
wb_list_anchors_find (const WbListAnchors *self,
                      GBytes *key)
{
  guint from = 0, to = self->n_keys;

  /* The first anchor behind the key; the segment is the one before it. */
  while (from < to)
    {
      guint middle = from + (to - from) / 2;

      if (g_bytes_compare (self->keys[middle], key) <= 0)
        from = middle + 1;
      else
        to = middle;
    }

  return from > 0 ? from - 1 : 0;
}

void
wb_list_anchors_free (WbListAnchors *self)
{
  for (guint i = 0; i < self->n_keys; i++)
    g_bytes_unref (self->keys[i]);
  g_free (self->keys);
  g_free (self);
}

/* ---- GObject ------------------------------------------------------------------------------ */

static void
wb_list_query_finalize (GObject *object)
{
  WbListQuery *self = WB_LIST_QUERY (object);

  g_clear_object (&self->db);
  g_clear_pointer (&self->filter, wb_filter_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->currencies, g_strfreev);
  g_clear_pointer (&self->closed, g_strfreev);
  g_clear_pointer (&self->me, g_free);
  g_clear_pointer (&self->columns, g_free);
  g_clear_pointer (&self->places, g_free);

  G_OBJECT_CLASS (wb_list_query_parent_class)->finalize (object);
}

static void
wb_list_query_class_init (WbListQueryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_list_query_finalize;
}

static void
wb_list_query_init (WbListQuery *self)
{
}
