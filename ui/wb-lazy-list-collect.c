/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lazy list: many rows at once, most of which nobody looked at: their ids, and what a column of them comes to. Which
 * rows those are is settled when the question is put, by keys, so that rows that come and go meanwhile move nothing:
 * an act on "rows 300 to 9,000" never hits others than were selected.
 */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include "db/wb-db-error.h"
#include "ui/wb-lazy-list-private.h"

/* A segment that is wanted and not loaded. Keys may be NULL: from the start, to the end. */
typedef struct
{
  GBytes *from;
  GBytes *to;
  GtkBitset *wanted; /* which of its rows, counted from its first */
  guint count;       /* how many rows it has */
} Part;

typedef struct
{
  WbListSource *source; /* the list may have another one meanwhile */
  GPtrArray *parts;
  guint n_read;
  GArray *ids;

  /* of a sum */
  GArray *sums;
  GArray *ranges; /* WbListRange, with keys of their own */
  guint n_asked;
  guint column;
} Collection;

static GBytes *
ref_key (GBytes *key)
{
  return key != NULL ? g_bytes_ref (key) : NULL;
}

static void
part_free (gpointer data)
{
  Part *part = data;

  g_clear_pointer (&part->from, g_bytes_unref);
  g_clear_pointer (&part->to, g_bytes_unref);
  gtk_bitset_unref (part->wanted);
  g_free (part);
}

static void
range_clear (gpointer data)
{
  WbListRange *range = data;

  g_clear_pointer (&range->from, g_bytes_unref);
  g_clear_pointer (&range->to, g_bytes_unref);
}

static void
collection_free (gpointer data)
{
  Collection *collection = data;

  g_clear_object (&collection->source);
  g_ptr_array_unref (collection->parts);
  g_clear_pointer (&collection->ids, g_array_unref);
  g_clear_pointer (&collection->sums, g_array_unref);
  g_clear_pointer (&collection->ranges, g_array_unref);
  g_free (collection);
}

static Collection *
collection_new (WbLazyList *self)
{
  Collection *collection = g_new0 (Collection, 1);

  g_set_object (&collection->source, self->source);
  collection->parts = g_ptr_array_new_with_free_func (part_free);
  return collection;
}

/* Rows at once, rather than where they are: of ids the id, of a sum the amount. */
static void
take_row (Collection *collection, WbRow *row)
{
  const char *currency = NULL;
  gint64 id = wb_row_get_id (row);
  gint64 minor = 0;

  if (collection->ids != NULL)
    g_array_append_val (collection->ids, id);
  if (collection->sums == NULL || wb_row_get_value_type (row, collection->column) != WB_ROW_MONEY)
    return;
  minor = wb_row_get_money (row, collection->column, &currency);
  wb_list_sums_add (collection->sums, currency, minor);
}

static void
add_part (Collection *collection, WbSegment *segment, GBytes *end, GtkBitset *wanted)
{
  Part *part = g_new0 (Part, 1);

  part->from = ref_key (segment->key);
  part->to = ref_key (end);
  part->wanted = gtk_bitset_copy (wanted);
  gtk_bitset_shift_left (part->wanted, segment->start);
  part->count = segment->count;
  g_ptr_array_add (collection->parts, part);
}

/* Segments that follow each other are one range. */
static void
add_range (Collection *collection, GBytes *from, GBytes *to)
{
  GArray *ranges = collection->ranges;
  WbListRange range = { NULL, NULL };
  WbListRange *last = ranges->len > 0 ? &g_array_index (ranges, WbListRange, ranges->len - 1) : NULL;

  if (last != NULL && last->to != NULL && from != NULL && g_bytes_equal (last->to, from))
    {
      g_bytes_unref (last->to);
      last->to = ref_key (to);
      return;
    }
  range.from = ref_key (from);
  range.to = ref_key (to);
  g_array_append_val (ranges, range);
}

static void
plan_segment (Collection *collection, WbSegment *segment, GBytes *end, GtkBitset *positions)
{
  g_autoptr (GtkBitset) wanted = gtk_bitset_new_range (segment->start, segment->count);
  guint64 n = 0;

  gtk_bitset_intersect (wanted, positions);
  n = gtk_bitset_get_size (wanted);
  if (n == 0)
    return;
  if (collection->ranges != NULL && n == segment->count)
    add_range (collection, segment->key, end);
  else if (!segment->loaded)
    add_part (collection, segment, end, wanted);
  else
    for (guint i = 0; i < segment->items->len; i++)
      if (gtk_bitset_contains (wanted, segment->start + i))
        take_row (collection, wb_row_item_get_row (g_ptr_array_index (segment->items, i)));
}

static void
plan (Collection *collection, WbLazyList *self, GtkBitset *positions)
{
  for (guint i = 0; i < self->segments.list->len; i++)
    plan_segment (collection, wb_segments_get (&self->segments, i), wb_segments_get_end (&self->segments, i),
                  positions);
}

static void go_on (GTask *task);

static void
rows_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Collection *collection = g_task_get_task_data (task);
  const Part *part = g_ptr_array_index (collection->parts, collection->n_read);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = wb_list_source_rows_finish (collection->source, result, &error);

  if (rows == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  /* Rows are wanted by their place: when there are others, nobody knows which. */
  if (rows->len != part->count)
    {
      g_task_return_new_error (task, WB_DB_ERROR, WB_DB_ERROR_CONFLICT, "the list changed meanwhile");
      return;
    }
  for (guint i = 0; i < rows->len; i++)
    if (gtk_bitset_contains (part->wanted, i))
      take_row (collection, g_ptr_array_index (rows, i));
  collection->n_read++;
  go_on (g_steal_pointer (&task));
}

static void
sums_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Collection *collection = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) sums = wb_list_source_sums_finish (collection->source, result, &error);

  if (sums == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < sums->len; i++)
    {
      const WbListSum *sum = &g_array_index (sums, WbListSum, i);

      wb_list_sums_add (collection->sums, sum->currency, sum->minor);
    }
  go_on (g_steal_pointer (&task));
}

/* Reads the next part, or asks for the next ranges; in the end answers. @task: (transfer full) */
static void
go_on (GTask *task)
{
  Collection *collection = g_task_get_task_data (task);
  guint n = 0;

  if (collection->n_read < collection->parts->len)
    {
      const Part *part = g_ptr_array_index (collection->parts, collection->n_read);

      wb_list_source_segment_async (collection->source, part->from, part->to, WB_LAZY_LIST_LIMIT,
                                    g_task_get_cancellable (task), rows_cb, task);
      return;
    }
  if (collection->ranges != NULL)
    n = MIN (collection->ranges->len - collection->n_asked, WB_LIST_MAX_RANGES);
  if (n > 0)
    {
      const WbListRange *first = &g_array_index (collection->ranges, WbListRange, collection->n_asked);

      collection->n_asked += n;
      wb_list_source_sums_async (collection->source, collection->column, first, n, g_task_get_cancellable (task),
                                 sums_cb, task);
      return;
    }
  g_task_return_pointer (task, g_array_ref (collection->ids != NULL ? collection->ids : collection->sums),
                         (GDestroyNotify) g_array_unref);
  g_object_unref (task);
}

static void
start (WbLazyList *self, Collection *collection, GtkBitset *positions, gpointer tag, GCancellable *cancellable,
       GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, collection, collection_free);
  if (self->source == NULL || self->skeleton || self->outdated)
    {
      g_task_return_new_error (task, WB_DB_ERROR, WB_DB_ERROR_CONFLICT, "the list is changing");
      g_object_unref (task);
      return;
    }
  plan (collection, self, positions);
  go_on (task);
}

/**
 * wb_lazy_list_collect_ids_async:
 * @positions: which rows
 *
 * Reads the ids of many rows, without keeping the rows. Finish with wb_lazy_list_collect_ids_finish():
 * (transfer full) (element-type gint64): the ids. Fails with %WB_DB_ERROR_CONFLICT when the list changed so that nobody
 * can tell which rows were meant.
 */
void
wb_lazy_list_collect_ids_async (WbLazyList *self, GtkBitset *positions, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  Collection *collection = NULL;

  g_return_if_fail (WB_IS_LAZY_LIST (self));

  collection = collection_new (self);
  collection->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  start (self, collection, positions, wb_lazy_list_collect_ids_async, cancellable, callback, user_data);
}

GArray *
wb_lazy_list_collect_ids_finish (WbLazyList *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wb_lazy_list_sums_async:
 * @column: which value of the rows; money
 * @positions: which rows
 *
 * What a column comes to over many rows, by currency. Segments that are wanted whole are added up by the server, without
 * reading a row. Finish with wb_lazy_list_sums_finish(): (transfer full) (element-type WbListSum). Fails with
 * %WB_DB_ERROR_CONFLICT when the list changed meanwhile.
 */
void
wb_lazy_list_sums_async (WbLazyList *self, guint column, GtkBitset *positions,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Collection *collection = NULL;

  g_return_if_fail (WB_IS_LAZY_LIST (self));

  collection = collection_new (self);
  collection->sums = g_array_new (FALSE, FALSE, sizeof (WbListSum));
  collection->ranges = g_array_new (FALSE, FALSE, sizeof (WbListRange));
  g_array_set_clear_func (collection->ranges, range_clear);
  collection->column = column;
  start (self, collection, positions, wb_lazy_list_sums_async, cancellable, callback, user_data);
}

GArray *
wb_lazy_list_sums_finish (WbLazyList *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
