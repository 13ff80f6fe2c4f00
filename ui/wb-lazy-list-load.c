/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lazy list: reading segments, and fitting what was read to what is there. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include "ui/wb-lazy-list-private.h"

static void dispatch_soon (WbLazyList *self);

/* Rows nobody looks at are forgotten, longest unseen first. */
static void
trim (WbLazyList *self)
{
  while (self->resident->len > WB_LAZY_LIST_KEEP)
    {
      WbSegment *oldest = NULL;

      for (guint i = 0; i < self->resident->len; i++)
        {
          WbSegment *segment = g_ptr_array_index (self->resident, i);

          if ((oldest == NULL || segment->used < oldest->used) && segment->loading == NULL
              && !(segment->start == 0 && !self->complete) && !wb_segment_is_held (segment))
            oldest = segment;
        }
      if (oldest == NULL)
        return;
      wb_segment_ref (oldest);
      _wb_lazy_list_forget (self, oldest);
      wb_segment_unload (oldest);
      wb_segment_unref (oldest);
    }
}

/* An empty list has no item that anybody could hold. */
static gboolean
is_wanted (WbSegment *segment)
{
  return segment->count == 0 || wb_segment_is_held (segment);
}

static void
segment_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbLazyListCall) call = user_data;
  WbLazyList *self = call->list;
  WbSegment *segment = call->segment;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  self->n_reads--;
  if (call->cancellable != self->cancellable || self->source == NULL || segment->gone)
    {
      g_clear_object (&segment->loading);
      dispatch_soon (self);
      return;
    }
  rows = wb_list_source_rows_finish (self->source, result, &error);
  g_clear_object (&segment->loading);
  if (rows != NULL)
    {
      _wb_lazy_list_fill (self, segment, rows, call->limit);
      _wb_lazy_list_set_error (self, NULL);
      trim (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      segment->failed = TRUE;
      _wb_lazy_list_set_error (self, error);
    }
  /* Cancelled or overtaken by news, but looked at (again): once more. */
  if (!segment->gone && !segment->failed && (!segment->loaded || segment->stale)
      && is_wanted (segment))
    _wb_lazy_list_request (self, segment);
  dispatch_soon (self);
}

static void
read_segment (WbLazyList *self, WbSegment *segment)
{
  WbLazyListCall *call = _wb_lazy_list_call_new (self, segment);
  guint index = wb_segments_index (&self->segments, segment);
  GBytes *end = wb_segments_get_end (&self->segments, index);

  /* While the end of the list is unknown, the last segment is read as far as it reached. */
  call->limit = end == NULL && !self->complete ? MAX (segment->count, 1) : WB_LAZY_LIST_LIMIT;
  segment->stale = FALSE;
  segment->loading = g_cancellable_new ();
  self->n_reads++;
  wb_list_source_segment_async (self->source, segment->key, end, call->limit, segment->loading,
                                segment_cb, call);
}

static void
cancel_unseen (WbLazyList *self)
{
  for (guint i = 0; i < self->resident->len; i++)
    {
      WbSegment *segment = g_ptr_array_index (self->resident, i);

      if (segment->loading != NULL && !is_wanted (segment))
        g_cancellable_cancel (segment->loading);
    }
}

static gboolean
dispatch_cb (gpointer user_data)
{
  WbLazyList *self = user_data;

  self->dispatch_source = 0;
  cancel_unseen (self);
  while (self->n_reads < WB_LAZY_LIST_READS && !g_queue_is_empty (&self->queue))
    {
      g_autoptr (WbSegment) segment = g_queue_pop_head (&self->queue);

      if (!segment->queued)
        continue;
      segment->queued = FALSE;
      if (!segment->gone && segment->loading == NULL && is_wanted (segment))
        read_segment (self, segment);
    }
  trim (self);
  return G_SOURCE_REMOVE;
}

static void
dispatch_soon (WbLazyList *self)
{
  if (self->dispatch_source == 0 && self->source != NULL
      && (!g_queue_is_empty (&self->queue) || self->resident->len > WB_LAZY_LIST_KEEP))
    self->dispatch_source = g_idle_add_full (G_PRIORITY_DEFAULT, dispatch_cb, self, NULL);
}

/* Wants the rows of a segment, before those that were wanted earlier. */
void
_wb_lazy_list_request (WbLazyList *self, WbSegment *segment)
{
  if (self->source == NULL || self->skeleton || self->outdated || segment->queued
      || segment->loading != NULL || segment->failed)
    return;
  segment->queued = TRUE;
  g_queue_push_head (&self->queue, wb_segment_ref (segment));
  dispatch_soon (self);
}

static void
append_rows (WbLazyList *self, GPtrArray *rows)
{
  guint at = self->segments.total;
  guint last = self->segments.list->len - 1;
  g_autoptr (GPtrArray) added = g_ptr_array_new ();
  g_autoptr (WbSegment) segment = NULL;

  if (rows->len == 0)
    return;
  segment = wb_segment_new_with_rows (wb_row_get_key (g_ptr_array_index (rows, 0)), rows);
  g_ptr_array_add (added, segment);
  wb_segments_splice (&self->segments, last + 1, 0, added);
  _wb_lazy_list_adopt (self, segment);
  _wb_lazy_list_emit (self, at, 0, rows->len);
}

static void
extend_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbLazyListCall) call = user_data;
  WbLazyList *self = call->list;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  gboolean end = FALSE;

  if (call->cancellable != self->cancellable || self->source == NULL)
    return;
  self->extending = FALSE;
  rows = wb_list_source_rows_finish (self->source, result, &error);
  if (rows == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        _wb_lazy_list_set_error (self, error);
      return;
    }
  /* The map may have come first, or the last segment changed: then this is no news. */
  if (self->complete || call->segment->gone
      || call->segment != wb_segments_get (&self->segments, self->segments.list->len - 1))
    return;
  end = rows->len < call->limit;
  while (rows->len > 0
         && g_hash_table_contains (self->by_id,
                                   &(gint64) { wb_row_get_id (g_ptr_array_index (rows, 0)) }))
    g_ptr_array_remove_index (rows, 0);
  append_rows (self, rows);
  if (end)
    _wb_lazy_list_set_complete (self, TRUE);
}

/* Reads on behind the last row while the length of the list is not known yet. */
void
_wb_lazy_list_extend (WbLazyList *self)
{
  WbSegment *last = wb_segments_get (&self->segments, self->segments.list->len - 1);
  WbLazyListCall *call = NULL;
  WbRow *row = NULL;

  if (self->extending || self->outdated || self->source == NULL || !last->loaded
      || last->count == 0 || self->error != NULL)
    return;
  row = wb_row_item_get_row (g_ptr_array_index (last->items, last->count - 1));
  call = _wb_lazy_list_call_new (self, last);
  call->limit = WB_LIST_STEP + 1;
  self->extending = TRUE;
  wb_list_source_segment_async (self->source, wb_row_get_key (row), NULL, call->limit,
                                self->cancellable, extend_cb, call);
}

/* Marks which of @target ascend in the longest way; those rows stay where they are. */
static void
keep_longest_ascent (const int *target, guint n, gboolean *keep)
{
  g_autofree int *tail = g_new (int, n + 1);
  g_autofree int *before = g_new (int, n);
  guint length = 0;

  for (guint i = 0; i < n; i++)
    {
      guint low = 0;
      guint high = length;

      keep[i] = FALSE;
      if (target[i] < 0)
        continue;
      while (low < high)
        {
          guint middle = (low + high) / 2;

          if (target[tail[middle]] < target[i])
            low = middle + 1;
          else
            high = middle;
        }
      before[i] = low > 0 ? tail[low - 1] : -1;
      tail[low] = (int) i;
      length = MAX (length, low + 1);
    }
  for (int i = length > 0 ? tail[length - 1] : -1; i >= 0; i = before[i])
    keep[i] = TRUE;
}

static void
remove_items (WbLazyList *self, WbSegment *segment, guint at, guint n)
{
  for (guint i = at; i < at + n; i++)
    {
      WbRowItem *item = g_ptr_array_index (segment->items, i);

      if (item != NULL && wb_row_item_get_id (item) != 0)
        {
          gint64 id = wb_row_item_get_id (item);

          _wb_lazy_list_unindex_item (self, item);
          g_array_append_val (self->gone, id);
        }
    }
  g_ptr_array_remove_range (segment->items, at, n);
}

/* Exchanges a run of the segment's items for new rows and says so. */
static void
exchange (WbLazyList *self, WbSegment *segment, guint at, guint n_removed, GPtrArray *rows,
          guint from, guint to, GHashTable *kept)
{
  guint index = wb_segments_index (&self->segments, segment);
  guint n_added = to - from;

  if (n_removed == 0 && n_added == 0)
    return;
  remove_items (self, segment, at, n_removed);
  for (guint j = from; j < to; j++)
    {
      WbRow *row = g_ptr_array_index (rows, j);
      WbRowItem *item = g_hash_table_lookup (kept, &(gint64) { wb_row_get_id (row) });

      if (item != NULL)
        {
          g_object_ref (item);
          wb_row_item_set_row (item, row);
        }
      else
        item = wb_row_item_new (row);
      wb_row_item_set_owner (item, segment);
      _wb_lazy_list_index_item (self, item);
      g_ptr_array_insert (segment->items, (int) (at + j - from), item);
    }
  wb_segments_set_count (&self->segments, index, segment->items->len);
  _wb_lazy_list_emit (self, segment->start + at, n_removed, n_added);
}

/* Makes a segment's rows those of @rows with as few changes as possible. */
void
_wb_lazy_list_diff (WbLazyList *self, WbSegment *segment, GPtrArray *rows)
{
  guint n_old = segment->items->len;
  g_autofree int *target = g_new (int, MAX (n_old, 1));
  g_autofree gboolean *keep = g_new (gboolean, MAX (n_old, 1));
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) moved = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                        g_object_unref);
  guint at = 0;
  guint from = 0;
  guint run = 0;

  for (guint j = 0; j < rows->len; j++)
    {
      gint64 id = wb_row_get_id (g_ptr_array_index (rows, j));

      g_hash_table_insert (places, g_memdup2 (&id, sizeof id), GUINT_TO_POINTER (j + 1));
    }
  for (guint i = 0; i < n_old; i++)
    {
      WbRowItem *item = g_ptr_array_index (segment->items, i);
      gint64 id = item != NULL ? wb_row_item_get_id (item) : 0;

      target[i] = GPOINTER_TO_INT (g_hash_table_lookup (places, &id)) - 1;
    }
  keep_longest_ascent (target, n_old, keep);
  for (guint i = 0; i < n_old; i++)
    if (target[i] >= 0 && !keep[i])
      {
        WbRowItem *item = g_ptr_array_index (segment->items, i);
        gint64 id = wb_row_item_get_id (item);

        g_hash_table_insert (moved, g_memdup2 (&id, sizeof id), g_object_ref (item));
      }

  for (guint i = 0; i < n_old; i++)
    {
      WbRowItem *item = NULL;

      if (!keep[i])
        {
          run++;
          continue;
        }
      exchange (self, segment, at, run, rows, from, (guint) target[i], moved);
      at += (guint) target[i] - from;
      item = g_ptr_array_index (segment->items, at);
      wb_row_item_set_row (item, g_ptr_array_index (rows, (guint) target[i]));
      at++;
      from = (guint) target[i] + 1;
      run = 0;
    }
  exchange (self, segment, at, run, rows, from, rows->len, moved);
  segment->loaded = TRUE;
}

/* Gives places that were held open their rows. */
static void
fill_places (WbLazyList *self, WbSegment *segment, GPtrArray *rows)
{
  guint index = wb_segments_index (&self->segments, segment);
  guint old = segment->count;

  if (segment->items == NULL)
    {
      wb_segment_make_places (segment);
      _wb_lazy_list_adopt (self, segment);
    }
  if (rows->len < old)
    {
      g_ptr_array_remove_range (segment->items, rows->len, old - rows->len);
      wb_segments_set_count (&self->segments, index, rows->len);
      _wb_lazy_list_emit (self, segment->start + rows->len, old - rows->len, 0);
    }
  for (guint i = 0; i < MIN (old, rows->len); i++)
    {
      WbRowItem *item = g_ptr_array_index (segment->items, i);

      if (item != NULL)
        wb_row_item_set_row (item, g_ptr_array_index (rows, i));
      else
        g_ptr_array_index (segment->items, i) = wb_row_item_new (g_ptr_array_index (rows, i));
    }
  for (guint i = old; i < rows->len; i++)
    g_ptr_array_add (segment->items, wb_row_item_new (g_ptr_array_index (rows, i)));
  segment->loaded = TRUE;
  _wb_lazy_list_adopt (self, segment);
  _wb_lazy_list_emit_loaded (self, segment->start, MIN (old, rows->len));
  if (rows->len > old)
    {
      wb_segments_set_count (&self->segments, index, rows->len);
      _wb_lazy_list_emit (self, segment->start + old, 0, rows->len - old);
    }
}

/* More rows came than are taken in one answer: what lies behind them is a segment of its own. */
static void
cut_remainder (WbLazyList *self, WbSegment *segment, GPtrArray *rows)
{
  guint index = wb_segments_index (&self->segments, segment);
  g_autoptr (GPtrArray) added = g_ptr_array_new ();
  g_autoptr (WbSegment) rest = NULL;

  rest = wb_segment_new (wb_row_get_key (g_ptr_array_index (rows, rows->len - 1)), WB_LIST_STEP);
  g_ptr_array_remove_index (rows, rows->len - 1);
  g_ptr_array_add (added, rest);
  wb_segments_splice (&self->segments, index + 1, 0, added);
  _wb_lazy_list_emit (self, rest->start, 0, rest->count);
  self->uncertain++;
  _wb_lazy_list_map_later (self, 200);
}

/* A segment that has grown becomes several; nobody outside notices. */
void
_wb_lazy_list_split (WbLazyList *self, WbSegment *segment)
{
  while (segment->loaded && segment->count > 2 * WB_LIST_STEP)
    {
      guint index = wb_segments_index (&self->segments, segment);
      guint n = segment->count - WB_LIST_STEP;
      WbRow *first = wb_row_item_get_row (g_ptr_array_index (segment->items, n));
      g_autoptr (GPtrArray) added = g_ptr_array_new ();
      g_autoptr (WbSegment) rest = wb_segment_new (wb_row_get_key (first), WB_LIST_STEP);

      wb_segment_make_places (rest);
      for (guint i = 0; i < WB_LIST_STEP; i++)
        g_ptr_array_index (rest->items, i) = g_object_ref (g_ptr_array_index (segment->items, n + i));
      rest->loaded = TRUE;
      g_ptr_array_remove_range (segment->items, n, WB_LIST_STEP);
      segment->count = n;
      g_ptr_array_add (added, rest);
      wb_segments_splice (&self->segments, index, 0, NULL);
      wb_segments_splice (&self->segments, index + 1, 0, added);
      _wb_lazy_list_adopt (self, rest);
    }
}

/* Takes the answer to a read. @limit: what was asked for at most, 0 for everything. */
void
_wb_lazy_list_fill (WbLazyList *self, WbSegment *segment, GPtrArray *rows, guint limit)
{
  if (limit == WB_LAZY_LIST_LIMIT && rows->len >= limit)
    cut_remainder (self, segment, rows);
  if (segment->loaded)
    _wb_lazy_list_diff (self, segment, rows);
  else
    fill_places (self, segment, rows);
  segment->failed = FALSE;
  _wb_lazy_list_split (self, segment);
  _wb_lazy_list_batch_end (self);
}
