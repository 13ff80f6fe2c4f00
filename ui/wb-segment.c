/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <string.h>

#include "ui/wb-segment.h"

/**
 * wb_segment_new:
 * @key: (nullable): no row comes before it
 * @count: how many rows there are as far as is known
 *
 * Returns: (transfer full): a segment without rows
 */
WbSegment *
wb_segment_new (GBytes *key, guint count)
{
  WbSegment *self = g_rc_box_new0 (WbSegment);

  self->key = key != NULL ? g_bytes_ref (key) : NULL;
  self->count = count;
  return self;
}

static void
unref_item (gpointer item)
{
  if (item != NULL)
    g_object_unref (item);
}

/**
 * wb_segment_new_with_rows:
 * @key: (nullable): no row comes before it
 * @rows: (element-type WbRow): its rows
 *
 * Returns: (transfer full): a loaded segment
 */
WbSegment *
wb_segment_new_with_rows (GBytes *key, GPtrArray *rows)
{
  WbSegment *self = wb_segment_new (key, rows->len);

  self->items = g_ptr_array_new_full (rows->len, unref_item);
  for (guint i = 0; i < rows->len; i++)
    {
      WbRowItem *item = wb_row_item_new (g_ptr_array_index (rows, i));

      wb_row_item_set_owner (item, self);
      g_ptr_array_add (self->items, item);
    }
  self->loaded = TRUE;
  return self;
}

/**
 * wb_segment_make_places:
 *
 * Makes room for an item for each row; they come when somebody asks for them.
 */
void
wb_segment_make_places (WbSegment *self)
{
  g_assert (self->items == NULL);

  self->items = g_ptr_array_new_full (self->count, unref_item);
  g_ptr_array_set_size (self->items, (int) self->count);
}

WbSegment *
wb_segment_ref (WbSegment *self)
{
  return g_rc_box_acquire (self);
}

/* Items outlive their segment in widgets; they must not point back into nothing. */
static void
drop_items (WbSegment *self)
{
  if (self->items == NULL)
    return;
  for (guint i = 0; i < self->items->len; i++)
    {
      WbRowItem *item = g_ptr_array_index (self->items, i);

      if (item != NULL && wb_row_item_get_owner (item) == self)
        wb_row_item_set_owner (item, NULL);
    }
  g_clear_pointer (&self->items, g_ptr_array_unref);
}

static void
clear_segment (gpointer data)
{
  WbSegment *self = data;

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  drop_items (self);
  g_clear_pointer (&self->key, g_bytes_unref);
}

void
wb_segment_unref (WbSegment *self)
{
  g_rc_box_release_full (self, clear_segment);
}

/**
 * wb_segment_unload:
 *
 * Forgets the rows; the number stays.
 */
void
wb_segment_unload (WbSegment *self)
{
  drop_items (self);
  self->loaded = FALSE;
  self->stale = FALSE;
}

/**
 * wb_segment_is_held:
 *
 * Returns: whether anybody but the list holds one of its items: a widget that shows it, as a rule
 */
gboolean
wb_segment_is_held (WbSegment *self)
{
  if (self->items == NULL)
    return FALSE;
  for (guint i = 0; i < self->items->len; i++)
    {
      GObject *item = g_ptr_array_index (self->items, i);

      if (item != NULL && g_atomic_int_get (&item->ref_count) > 1)
        return TRUE;
    }
  return FALSE;
}

/**
 * wb_segment_find_place:
 * @key: a key
 *
 * Returns: the index of the first of the segment's rows that does not come before @key; the segment
 *   must be loaded
 */
guint
wb_segment_find_place (WbSegment *self, GBytes *key)
{
  guint low = 0;
  guint high = self->items->len;

  g_assert (self->loaded);

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      WbRow *row = wb_row_item_get_row (g_ptr_array_index (self->items, middle));

      if (g_bytes_compare (wb_row_get_key (row), key) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
release_segment (gpointer data)
{
  WbSegment *segment = data;

  segment->gone = TRUE;
  segment->queued = FALSE;
  g_cancellable_cancel (segment->loading);
  wb_segment_unref (segment);
}

/**
 * wb_segments_init:
 *
 * An empty list. End it with wb_segments_clear().
 */
void
wb_segments_init (WbSegments *self)
{
  self->list = g_ptr_array_new_with_free_func (release_segment);
  self->total = 0;
}

/**
 * wb_segments_clear:
 *
 * Gives up all segments; reads that are under way are cancelled.
 */
void
wb_segments_clear (WbSegments *self)
{
  g_clear_pointer (&self->list, g_ptr_array_unref);
  self->total = 0;
}

/**
 * wb_segments_get:
 * @index: which
 *
 * Returns: (transfer none): the segment
 */
WbSegment *
wb_segments_get (WbSegments *self, guint index)
{
  return g_ptr_array_index (self->list, index);
}

/**
 * wb_segments_find_position:
 * @position: less than the total
 *
 * Returns: the index of the segment in which the position lies
 */
guint
wb_segments_find_position (WbSegments *self, guint position)
{
  guint low = 0;
  guint high = self->list->len;

  g_assert (position < self->total);

  /* The last one that starts at or before the position; of empty ones at the same place the last. */
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (wb_segments_get (self, middle)->start <= position)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/**
 * wb_segments_find_key:
 * @key: a key
 *
 * Returns: the index of the segment in which a row with this key stands or would stand
 */
guint
wb_segments_find_key (WbSegments *self, GBytes *key)
{
  guint low = 0;
  guint high = self->list->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;
      WbSegment *segment = wb_segments_get (self, middle);

      if (segment->key == NULL || g_bytes_compare (segment->key, key) <= 0)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/**
 * wb_segments_index:
 * @segment: a segment of this list
 *
 * Returns: its index
 */
guint
wb_segments_index (WbSegments *self, WbSegment *segment)
{
  guint index = 0;

  g_assert (!segment->gone);

  if (segment->count > 0)
    return wb_segments_find_position (self, segment->start);
  if (g_ptr_array_find (self->list, segment, &index))
    return index;
  g_assert_not_reached ();
}

/**
 * wb_segments_get_end:
 * @index: a segment
 *
 * Returns: (transfer none) (nullable): the key at which the next one begins, NULL for the last
 */
GBytes *
wb_segments_get_end (WbSegments *self, guint index)
{
  return index + 1 < self->list->len ? wb_segments_get (self, index + 1)->key : NULL;
}

static void
renumber (WbSegments *self, guint index)
{
  guint start = 0;

  if (index > 0)
    {
      WbSegment *before = wb_segments_get (self, index - 1);

      start = before->start + before->count;
    }
  for (guint i = index; i < self->list->len; i++)
    {
      WbSegment *segment = wb_segments_get (self, i);

      segment->start = start;
      start += segment->count;
    }
  self->total = start;
}

/**
 * wb_segments_set_count:
 * @index: a segment
 * @count: how many rows it has now
 */
void
wb_segments_set_count (WbSegments *self, guint index, guint count)
{
  wb_segments_get (self, index)->count = count;
  renumber (self, index);
}

/**
 * wb_segments_splice:
 * @index: where
 * @n_removed: how many segments go
 * @added: (nullable) (element-type WbSegment) (transfer none): those that come, new references
 *
 * Exchanges a run of segments.
 */
void
wb_segments_splice (WbSegments *self, guint index, guint n_removed, GPtrArray *added)
{
  if (n_removed > 0)
    g_ptr_array_remove_range (self->list, index, n_removed);
  if (added != NULL && added->len > 0)
    {
      guint old = self->list->len;

      g_ptr_array_set_size (self->list, (int) (old + added->len));
      memmove (&g_ptr_array_index (self->list, index + added->len),
               &g_ptr_array_index (self->list, index), (old - index) * sizeof (gpointer));
      for (guint i = 0; i < added->len; i++)
        g_ptr_array_index (self->list, index + i) = wb_segment_ref (g_ptr_array_index (added, i));
    }
  renumber (self, index);
}
