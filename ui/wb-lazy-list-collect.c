/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lazy list: the ids of many rows at once, most of which nobody looked at. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include "ui/wb-lazy-list-private.h"

typedef struct
{
  GtkBitset *wanted;
  GArray *ids;
  guint at; /* the next segment */
} Collection;

static void
collection_free (gpointer data)
{
  Collection *collection = data;

  gtk_bitset_unref (collection->wanted);
  g_array_unref (collection->ids);
  g_free (collection);
}

static void read_on (GTask *task);

static gboolean
is_wanted (Collection *collection, WbSegment *segment)
{
  g_autoptr (GtkBitset) range = gtk_bitset_new_range (segment->start, segment->count);

  gtk_bitset_intersect (range, collection->wanted);
  return !gtk_bitset_is_empty (range);
}

static void
take_rows (Collection *collection, WbSegment *segment, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      gint64 id = wb_row_get_id (g_ptr_array_index (rows, i));

      if (gtk_bitset_contains (collection->wanted, segment->start + MIN (i, segment->count - 1)))
        g_array_append_val (collection->ids, id);
    }
}

static void
take_items (Collection *collection, WbSegment *segment)
{
  for (guint i = 0; i < segment->items->len; i++)
    {
      gint64 id = wb_row_item_get_id (g_ptr_array_index (segment->items, i));

      if (gtk_bitset_contains (collection->wanted, segment->start + i))
        g_array_append_val (collection->ids, id);
    }
}

static void
rows_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbLazyList *self = g_task_get_source_object (task);
  Collection *collection = g_task_get_task_data (task);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  if (self->source == NULL || collection->at >= self->segments.list->len)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the list changed");
      return;
    }
  rows = wb_list_source_rows_finish (self->source, result, &error);
  if (rows == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  take_rows (collection, wb_segments_get (&self->segments, collection->at), rows);
  collection->at++;
  read_on (g_steal_pointer (&task));
}

/* @task: (transfer full) */
static void
read_on (GTask *task)
{
  WbLazyList *self = g_task_get_source_object (task);
  Collection *collection = g_task_get_task_data (task);

  for (; collection->at < self->segments.list->len; collection->at++)
    {
      WbSegment *segment = wb_segments_get (&self->segments, collection->at);

      if (!is_wanted (collection, segment))
        continue;
      if (segment->loaded)
        {
          take_items (collection, segment);
          continue;
        }
      wb_list_source_segment_async (self->source, segment->key,
                                    wb_segments_get_end (&self->segments, collection->at),
                                    WB_LAZY_LIST_LIMIT, g_task_get_cancellable (task), rows_cb,
                                    task);
      return;
    }
  g_task_return_pointer (task, g_array_ref (collection->ids), (GDestroyNotify) g_array_unref);
  g_object_unref (task);
}

/**
 * wb_lazy_list_collect_ids_async:
 * @positions: which rows
 *
 * Reads the ids of many rows, without keeping the rows. Finish with wb_lazy_list_collect_ids_finish():
 * (transfer full) (element-type gint64): the ids, in the order of the list.
 */
void
wb_lazy_list_collect_ids_async (WbLazyList *self, GtkBitset *positions, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = NULL;
  Collection *collection = NULL;

  g_return_if_fail (WB_IS_LAZY_LIST (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_lazy_list_collect_ids_async);
  collection = g_new0 (Collection, 1);
  collection->wanted = gtk_bitset_copy (positions);
  collection->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_task_set_task_data (task, collection, collection_free);
  if (self->source == NULL || self->skeleton || self->outdated)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the list changes");
      g_object_unref (task);
      return;
    }
  read_on (task);
}

GArray *
wb_lazy_list_collect_ids_finish (WbLazyList *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
