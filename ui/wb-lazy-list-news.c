/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lazy list: following changes of single rows, or of everything. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include "ui/wb-lazy-list-private.h"

/* Above this many ids, reading the screen again is less work than looking after each. */
#define MANY 500

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static GArray *
take_news (WbLazyList *self)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), g_hash_table_size (self->news));
  GHashTableIter iter;
  gpointer key = NULL;

  g_hash_table_iter_init (&iter, self->news);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_array_append_val (ids, *(gint64 *) key);
  g_hash_table_remove_all (self->news);
  g_array_sort (ids, compare_ids);
  return ids;
}

/* Everything may be different: what is seen is read again, the rest is forgotten. */
static void
refresh_all (WbLazyList *self)
{
  g_autoptr (GPtrArray) resident = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_segment_unref);

  for (guint i = 0; i < self->resident->len; i++)
    g_ptr_array_add (resident, wb_segment_ref (g_ptr_array_index (self->resident, i)));
  for (guint i = 0; i < resident->len; i++)
    {
      WbSegment *segment = g_ptr_array_index (resident, i);

      segment->failed = FALSE;
      segment->stale = segment->loaded;
      if (wb_segment_is_held (segment) || segment->count == 0 || !self->complete)
        _wb_lazy_list_request (self, segment);
      else if (segment->loading == NULL)
        {
          _wb_lazy_list_forget (self, segment);
          wb_segment_unload (segment);
        }
    }
  _wb_lazy_list_set_error (self, NULL);
  if (self->segments.list->len > 1 || !self->complete)
    {
      self->uncertain++;
      _wb_lazy_list_map_later (self, 100);
    }
}

/* Whether a row with a new key may stay where it is: both neighbours are sure and agree. */
static gboolean
fits_in_place (WbLazyList *self, WbSegment *segment, guint i, GBytes *key, GHashTable *rows)
{
  guint index = wb_segments_index (&self->segments, segment);
  GBytes *end = wb_segments_get_end (&self->segments, index);

  if (i > 0)
    {
      WbRow *before = wb_row_item_get_row (g_ptr_array_index (segment->items, i - 1));

      if (g_hash_table_contains (rows, &(gint64) { wb_row_get_id (before) })
          || g_bytes_compare (wb_row_get_key (before), key) >= 0)
        return FALSE;
    }
  else if (segment->key != NULL && g_bytes_compare (segment->key, key) > 0)
    return FALSE;
  if (i + 1 < segment->items->len)
    {
      WbRow *after = wb_row_item_get_row (g_ptr_array_index (segment->items, i + 1));

      return !g_hash_table_contains (rows, &(gint64) { wb_row_get_id (after) })
             && g_bytes_compare (key, wb_row_get_key (after)) < 0;
    }
  if (end != NULL)
    return g_bytes_compare (key, end) < 0;
  return self->complete;
}

/* Takes an item out of the list; the caller owns it. */
static WbRowItem *
take_out (WbLazyList *self, WbRowItem *item)
{
  WbSegment *segment = wb_row_item_get_owner (item);
  guint index = wb_segments_index (&self->segments, segment);
  guint i = 0;

  if (!g_ptr_array_find (segment->items, item, &i))
    g_assert_not_reached ();
  _wb_lazy_list_unindex_item (self, item);
  g_ptr_array_steal_index (segment->items, i);
  wb_row_item_set_owner (item, NULL);
  wb_segments_set_count (&self->segments, index, segment->items->len);
  _wb_lazy_list_emit (self, segment->start + i, 1, 0);
  return item;
}

/* A row that only went out of sight is not gone. */
static void
stays (WbLazyList *self, gint64 id)
{
  for (guint i = self->gone->len; i > 0; i--)
    if (g_array_index (self->gone, gint64, i - 1) == id)
      g_array_remove_index_fast (self->gone, i - 1);
}

/* Puts a row where its key belongs. @item: (transfer full) (nullable): its place so far */
static void
put_in (WbLazyList *self, WbRow *row, WbRowItem *item)
{
  g_autoptr (WbRowItem) owned = item;
  guint index = wb_segments_find_key (&self->segments, wb_row_get_key (row));
  WbSegment *segment = wb_segments_get (&self->segments, index);
  guint i = 0;

  if (!segment->loaded)
    {
      /* A row that was known came here: one more. One that was not may have been here all the time. */
      if (item == NULL)
        self->uncertain++;
      else
        {
          stays (self, wb_row_get_id (row));
          if (segment->items != NULL)
            g_ptr_array_add (segment->items, NULL);
          wb_segments_set_count (&self->segments, index, segment->count + 1);
          _wb_lazy_list_emit (self, segment->start + segment->count - 1, 0, 1);
        }
      return;
    }
  i = wb_segment_find_place (segment, wb_row_get_key (row));
  /* Behind the last row of a list whose end is not known: it will come with the rest. */
  if (!self->complete && i == segment->items->len && index + 1 == self->segments.list->len)
    return;
  if (item == NULL)
    self->uncertain += self->segments.list->len > self->resident->len;
  if (owned == NULL)
    owned = wb_row_item_new (row);
  else
    wb_row_item_set_row (owned, row);
  wb_row_item_set_owner (owned, segment);
  _wb_lazy_list_index_item (self, owned);
  g_ptr_array_insert (segment->items, (int) i, g_steal_pointer (&owned));
  wb_segments_set_count (&self->segments, index, segment->items->len);
  _wb_lazy_list_emit (self, segment->start + i, 0, 1);
  _wb_lazy_list_split (self, segment);
}

static void
overtake_reads (WbLazyList *self)
{
  for (guint i = 0; i < self->resident->len; i++)
    {
      WbSegment *segment = g_ptr_array_index (self->resident, i);

      if (segment->loading != NULL)
        segment->stale = TRUE;
    }
}

/* @ids: all that were asked about; @found: those that are in the list, as they are now */
static void
apply (WbLazyList *self, GPtrArray *ids, GPtrArray *found)
{
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) out = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < found->len; i++)
    {
      gint64 id = wb_row_get_id (g_ptr_array_index (found, i));

      g_hash_table_insert (rows, g_memdup2 (&id, sizeof id), g_ptr_array_index (found, i));
    }

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 *id = g_ptr_array_index (ids, i);
      WbRow *row = g_hash_table_lookup (rows, id);
      WbRowItem *item = g_hash_table_lookup (self->by_id, id);
      WbSegment *segment = item != NULL ? wb_row_item_get_owner (item) : NULL;
      guint at = 0;

      if (segment == NULL)
        {
          if (row == NULL && self->segments.list->len > self->resident->len)
            self->uncertain++;
          continue;
        }
      if (row == NULL)
        {
          g_array_append_val (self->gone, *id);
          g_object_unref (take_out (self, item));
          continue;
        }
      g_ptr_array_find (segment->items, item, &at);
      if (g_bytes_equal (wb_row_get_key (row), wb_row_get_key (wb_row_item_get_row (item)))
          || fits_in_place (self, segment, at, wb_row_get_key (row), rows))
        {
          wb_row_item_set_row (item, row);
          g_hash_table_remove (rows, id);
        }
      else
        {
          g_array_append_val (self->gone, *id);
          g_hash_table_insert (out, g_memdup2 (id, sizeof *id), take_out (self, item));
        }
    }

  for (guint i = 0; i < found->len; i++)
    {
      WbRow *row = g_ptr_array_index (found, i);
      gint64 id = wb_row_get_id (row);

      if (g_hash_table_contains (rows, &id))
        put_in (self, row, g_hash_table_lookup (out, &id));
    }
  _wb_lazy_list_batch_end (self);
}

static void
locate_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbLazyListCall) call = user_data;
  WbLazyList *self = call->list;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  if (call->cancellable != self->cancellable || self->source == NULL)
    return;
  self->locating = FALSE;
  rows = wb_list_source_rows_finish (self->source, result, &error);
  if (rows == NULL)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      /* When the connection is back, the database asks to read everything again. */
      g_debug ("cannot follow the news: %s", error->message);
      return;
    }
  overtake_reads (self);
  apply (self, call->wanted, rows);
  if (self->mapping)
    self->uncertain++;
  if (self->uncertain > 0)
    _wb_lazy_list_map_later (self, 3000);
  _wb_lazy_list_follow_news (self);
}

/* Works off what wb_lazy_list_changed() noted, when the time has come. */
void
_wb_lazy_list_follow_news (WbLazyList *self)
{
  g_autoptr (GArray) ids = NULL;
  WbLazyListCall *call = NULL;

  if (self->loading || self->locating || self->skeleton || self->source == NULL)
    return;
  if (self->news_of_all || g_hash_table_size (self->news) > MANY)
    {
      self->news_of_all = FALSE;
      g_hash_table_remove_all (self->news);
      refresh_all (self);
      return;
    }
  if (g_hash_table_size (self->news) == 0)
    return;
  ids = take_news (self);
  call = _wb_lazy_list_call_new (self, NULL);
  call->wanted = g_ptr_array_new_full (ids->len, g_free);
  for (guint i = 0; i < ids->len; i++)
    g_ptr_array_add (call->wanted, g_memdup2 (&g_array_index (ids, gint64, i), sizeof (gint64)));
  self->locating = TRUE;
  wb_list_source_locate_async (self->source, (const gint64 *) (gconstpointer) ids->data, ids->len,
                               self->cancellable, locate_cb, call);
}
