/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lazy list: the map of the whole list (the key of every 256th row and their number), read in the
 * background at the start and again when too little is known of what changed out of sight. Rows that
 * somebody looks at are read along with the new map, so that they keep their exact place.
 */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include "ui/wb-lazy-list-private.h"

/* A run of segments of the new map whose rows are (being) read. */
typedef struct
{
  guint low;
  guint high;
  GPtrArray *rows;
} Cluster;

/* A new map on its way in. */
typedef struct
{
  WbLazyListCall *call;
  WbListAnchors *anchors;
  GArray *clusters;
  guint n_waiting;
  gboolean failed;
} Fitting;

static void
fitting_free (Fitting *fitting)
{
  for (guint i = 0; i < fitting->clusters->len; i++)
    g_clear_pointer (&g_array_index (fitting->clusters, Cluster, i).rows, g_ptr_array_unref);
  g_clear_pointer (&fitting->clusters, g_array_unref);
  g_clear_pointer (&fitting->anchors, wb_list_anchors_free);
  g_clear_pointer (&fitting->call, _wb_lazy_list_call_free);
  g_free (fitting);
}

static guint
count_of (const WbListAnchors *anchors, guint segment)
{
  guint64 start = (guint64) segment * WB_LIST_STEP;

  return (guint) MIN (WB_LIST_STEP, anchors->total - start);
}

static GBytes *
key_of (const WbListAnchors *anchors, guint segment)
{
  return segment == 0 || segment >= anchors->n_keys ? NULL : anchors->keys[segment];
}

/* New segments [from, to) without rows. */
static GPtrArray *
make_segments (const WbListAnchors *anchors, guint from, guint to)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_segment_unref);

  for (guint i = from; i < to; i++)
    g_ptr_array_add (list, wb_segment_new (key_of (anchors, i), count_of (anchors, i)));
  return list;
}

static guint
count_rows (GPtrArray *segments)
{
  guint n = 0;

  for (guint i = 0; i < segments->len; i++)
    n += ((WbSegment *) g_ptr_array_index (segments, i))->count;
  return n;
}

/* Exchanges old segments [from, to), of which nobody sees a row, for new ones. */
static void
replace_gap (WbLazyList *self, guint from, guint to, GPtrArray *fresh)
{
  guint start = 0;
  guint old = 0;
  guint now = count_rows (fresh);
  gboolean held = FALSE;

  for (guint i = from; i < to; i++)
    {
      WbSegment *segment = wb_segments_get (&self->segments, i);

      old += segment->count;
      held = held || wb_segment_is_held (segment);
      _wb_lazy_list_forget (self, segment);
    }
  if (from > 0)
    {
      WbSegment *before = wb_segments_get (&self->segments, from - 1);

      start = before->start + before->count;
    }
  if (held)
    {
      /* Somebody scrolled while the map was on its way. */
      wb_segments_splice (&self->segments, from, to - from, NULL);
      _wb_lazy_list_emit (self, start, old, 0);
      wb_segments_splice (&self->segments, from, 0, fresh);
      _wb_lazy_list_emit (self, start, 0, now);
      return;
    }
  wb_segments_splice (&self->segments, from, to - from, fresh);
  if (now > old)
    _wb_lazy_list_emit (self, start + old, 0, now - old);
  else
    _wb_lazy_list_emit (self, start + now, old - now, 0);
}

/* Makes one segment of [from, to], loaded or not, for _wb_lazy_list_diff(). */
static WbSegment *
merge_run (WbLazyList *self, guint from, guint to)
{
  g_autoptr (GPtrArray) added = g_ptr_array_new ();
  g_autoptr (WbSegment) merged = wb_segment_new (wb_segments_get (&self->segments, from)->key, 0);
  guint at = 0;

  for (guint i = from; i <= to; i++)
    merged->count += wb_segments_get (&self->segments, i)->count;
  wb_segment_make_places (merged);
  for (guint i = from; i <= to; i++)
    {
      WbSegment *segment = wb_segments_get (&self->segments, i);

      for (guint k = 0; k < segment->count; k++, at++)
        {
          WbRowItem *item = segment->items != NULL ? g_ptr_array_index (segment->items, k) : NULL;

          if (item == NULL)
            continue;
          g_ptr_array_index (merged->items, at) = g_object_ref (item);
          wb_row_item_set_owner (item, merged);
        }
    }
  for (guint i = from; i <= to; i++)
    {
      guint index = 0;

      if (g_ptr_array_find (self->resident, wb_segments_get (&self->segments, i), &index))
        g_ptr_array_remove_index_fast (self->resident, index);
    }
  g_ptr_array_add (added, merged);
  wb_segments_splice (&self->segments, from, to - from + 1, added);
  g_ptr_array_add (self->resident, wb_segment_ref (merged));
  return merged;
}

/* Cuts a segment that has the rows of new segments [low, high] into them. */
static void
cut_run (WbLazyList *self, WbSegment *merged, const Cluster *cluster, const WbListAnchors *anchors)
{
  guint index = wb_segments_index (&self->segments, merged);
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_segment_unref);
  guint at = 0;

  for (guint i = cluster->low; i <= cluster->high; i++)
    {
      GBytes *end = key_of (anchors, i + 1);
      g_autoptr (WbSegment) segment = wb_segment_new (key_of (anchors, i), 0);
      guint to = i < cluster->high && end != NULL ? wb_segment_find_place (merged, end)
                                                  : merged->count;

      segment->count = to - at;
      wb_segment_make_places (segment);
      for (guint k = at; k < to; k++)
        {
          g_ptr_array_index (segment->items, k - at) =
            g_object_ref (g_ptr_array_index (merged->items, k));
          wb_row_item_set_owner (g_ptr_array_index (merged->items, k), segment);
        }
      segment->loaded = TRUE;
      at = to;
      g_ptr_array_add (fresh, g_steal_pointer (&segment));
    }
  wb_segment_ref (merged);
  g_ptr_array_remove (self->resident, merged);
  wb_segments_splice (&self->segments, index, 1, fresh);
  wb_segment_unref (merged);
  for (guint i = 0; i < fresh->len; i++)
    _wb_lazy_list_adopt (self, g_ptr_array_index (fresh, i));
}

/* The old segments that show rows of a cluster: [*from, *to]. */
static gboolean
find_run (WbLazyList *self, const Cluster *cluster, const WbListAnchors *anchors, guint below,
          guint *from, guint *to)
{
  GBytes *low = key_of (anchors, cluster->low);
  GBytes *end = key_of (anchors, cluster->high + 1);
  gboolean found = FALSE;

  for (guint i = low != NULL ? wb_segments_find_key (&self->segments, low) : 0; i < below; i++)
    {
      WbSegment *segment = wb_segments_get (&self->segments, i);

      if (end != NULL && segment->key != NULL && g_bytes_compare (segment->key, end) >= 0)
        break;
      if (!segment->loaded || !wb_segment_is_held (segment))
        continue;
      if (!found)
        *from = i;
      *to = i;
      found = TRUE;
    }
  return found;
}

/* From the end to the start, so that positions before what is being changed stay true. */
static void
swap_in (WbLazyList *self, Fitting *fitting)
{
  const WbListAnchors *anchors = fitting->anchors;
  guint old_end = self->segments.list->len;
  guint new_end = anchors->n_keys;
  g_autoptr (GPtrArray) head = NULL;

  for (guint c = fitting->clusters->len; c > 0; c--)
    {
      Cluster *cluster = &g_array_index (fitting->clusters, Cluster, c - 1);
      g_autoptr (GPtrArray) gap = NULL;
      WbSegment *merged = NULL;
      guint from = 0;
      guint to = 0;

      if (!find_run (self, cluster, anchors, old_end, &from, &to))
        continue;
      gap = make_segments (anchors, cluster->high + 1, new_end);
      replace_gap (self, to + 1, old_end, gap);
      merged = merge_run (self, from, to);
      _wb_lazy_list_diff (self, merged, cluster->rows);
      cut_run (self, merged, cluster, anchors);
      old_end = from;
      new_end = cluster->low;
    }
  head = make_segments (anchors, 0, new_end);
  replace_gap (self, 0, old_end, head);
  if (self->segments.list->len == 0)
    {
      g_autoptr (GPtrArray) none = g_ptr_array_new ();
      g_autoptr (GPtrArray) one = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_segment_unref);

      g_ptr_array_add (one, wb_segment_new_with_rows (NULL, none));
      wb_segments_splice (&self->segments, 0, 0, one);
    }
  _wb_lazy_list_set_complete (self, TRUE);
  _wb_lazy_list_batch_end (self);
}

static void
end_fitting (Fitting *fitting)
{
  WbLazyList *self = fitting->call->list;

  self->mapping = FALSE;
  if (!fitting->failed)
    {
      swap_in (self, fitting);
      self->map_cost_us = g_get_monotonic_time () - fitting->call->started_us;
    }
  if (self->uncertain > 0)
    _wb_lazy_list_map_later (self, 3000);
  fitting_free (fitting);
}

typedef struct
{
  Fitting *fitting;
  guint cluster;
  guint limit;
  GCancellable *cancellable;
} ClusterCall;

static void
cluster_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree ClusterCall *call = user_data;
  g_autoptr (GCancellable) cancellable = call->cancellable;
  Fitting *fitting = call->fitting;
  WbLazyList *self = fitting->call->list;
  g_autoptr (GError) error = NULL;

  fitting->n_waiting--;
  if (cancellable != self->cancellable || self->source == NULL)
    {
      if (fitting->n_waiting == 0)
        fitting_free (fitting);
      return;
    }
  g_array_index (fitting->clusters, Cluster, call->cluster).rows =
    wb_list_source_rows_finish (self->source, result, &error);
  if (error != NULL)
    {
      g_debug ("cannot fit the map: %s", error->message);
      fitting->failed = TRUE;
    }
  else if (g_array_index (fitting->clusters, Cluster, call->cluster).rows->len >= call->limit)
    {
      /* So much came meanwhile that the map is out of date already. */
      fitting->failed = TRUE;
      self->uncertain++;
    }
  if (fitting->n_waiting == 0)
    end_fitting (fitting);
}

static int
compare_clusters (gconstpointer a, gconstpointer b)
{
  const Cluster *x = a;
  const Cluster *y = b;

  return x->low < y->low ? -1 : x->low > y->low;
}

/* Which segments of the new map hold rows that somebody looks at. */
static GArray *
find_clusters (WbLazyList *self, const WbListAnchors *anchors)
{
  g_autoptr (GArray) all = g_array_new (FALSE, TRUE, sizeof (Cluster));
  GArray *joined = g_array_new (FALSE, TRUE, sizeof (Cluster));

  for (guint i = 0; anchors->n_keys > 0 && i < self->resident->len; i++)
    {
      WbSegment *segment = g_ptr_array_index (self->resident, i);
      Cluster cluster = { 0 };

      if (!segment->loaded || segment->count == 0 || !wb_segment_is_held (segment))
        continue;
      cluster.low = wb_list_anchors_find (
        anchors, wb_row_get_key (wb_row_item_get_row (g_ptr_array_index (segment->items, 0))));
      cluster.high = wb_list_anchors_find (
        anchors, wb_row_get_key (wb_row_item_get_row (
                   g_ptr_array_index (segment->items, segment->items->len - 1))));
      g_array_append_val (all, cluster);
    }
  g_array_sort (all, compare_clusters);
  for (guint i = 0; i < all->len; i++)
    {
      Cluster *cluster = &g_array_index (all, Cluster, i);
      Cluster *last = joined->len > 0 ? &g_array_index (joined, Cluster, joined->len - 1) : NULL;

      if (last != NULL && cluster->low <= last->high + 1)
        last->high = MAX (last->high, cluster->high);
      else
        g_array_append_val (joined, *cluster);
    }
  return joined;
}

/* The first map over rows that nobody changed since: they lie exactly on it. */
static gboolean
lies_on_map (WbLazyList *self, const WbListAnchors *anchors)
{
  guint n = self->segments.list->len;

  if (self->complete || n > anchors->n_keys)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbSegment *segment = wb_segments_get (&self->segments, i);

      if (!segment->loaded || segment->stale || segment->count != count_of (anchors, i)
          || !g_bytes_equal (wb_row_get_key (wb_row_item_get_row (
                               g_ptr_array_index (segment->items, 0))),
                             anchors->keys[i]))
        return FALSE;
    }
  return TRUE;
}

static void
append_map (WbLazyList *self, const WbListAnchors *anchors)
{
  guint at = self->segments.total;
  guint n = self->segments.list->len;
  g_autoptr (GPtrArray) rest = make_segments (anchors, n, anchors->n_keys);

  wb_segments_splice (&self->segments, n, 0, rest);
  _wb_lazy_list_set_complete (self, TRUE);
  _wb_lazy_list_emit (self, at, 0, count_rows (rest));
}

static void
fit (WbLazyList *self, WbLazyListCall *owned_call, WbListAnchors *anchors)
{
  Fitting *fitting = g_new0 (Fitting, 1);

  fitting->call = owned_call;
  fitting->anchors = anchors;
  fitting->clusters = find_clusters (self, anchors);
  fitting->n_waiting = fitting->clusters->len;
  if (fitting->n_waiting == 0)
    {
      end_fitting (fitting);
      return;
    }
  for (guint i = 0; i < fitting->clusters->len; i++)
    {
      Cluster *cluster = &g_array_index (fitting->clusters, Cluster, i);
      ClusterCall *call = g_new0 (ClusterCall, 1);

      call->fitting = fitting;
      call->cluster = i;
      call->limit = (cluster->high - cluster->low + 5) * WB_LIST_STEP;
      call->cancellable = g_object_ref (self->cancellable);
      wb_list_source_segment_async (self->source, key_of (anchors, cluster->low),
                                    key_of (anchors, cluster->high + 1),
                                    call->limit, self->cancellable, cluster_cb, call);
    }
}

static void
anchors_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbLazyListCall) call = user_data;
  WbLazyList *self = call->list;
  g_autoptr (WbListAnchors) anchors = NULL;
  g_autoptr (GError) error = NULL;

  if (call->cancellable != self->cancellable || self->source == NULL)
    return;
  anchors = wb_list_source_anchors_finish (self->source, result, &error);
  if (anchors == NULL)
    {
      self->mapping = FALSE;
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      /* The list stays as long as it is known and grows when scrolled. */
      g_debug ("no map of the list: %s", error->message);
      return;
    }
  if (anchors->total > G_MAXUINT / 2)
    anchors->total = G_MAXUINT / 2;
  if (lies_on_map (self, anchors))
    {
      self->mapping = FALSE;
      self->map_cost_us = g_get_monotonic_time () - call->started_us;
      append_map (self, anchors);
      if (self->uncertain > 0)
        _wb_lazy_list_map_later (self, 3000);
      return;
    }
  fit (self, g_steal_pointer (&call), g_steal_pointer (&anchors));
}

/* Reads the map of the list now. */
void
_wb_lazy_list_map (WbLazyList *self)
{
  if (self->mapping || self->source == NULL)
    return;
  g_clear_handle_id (&self->map_source, g_source_remove);
  self->mapping = TRUE;
  self->uncertain = 0;
  wb_list_source_anchors_async (self->source, self->cancellable, anchors_cb,
                                _wb_lazy_list_call_new (self, NULL));
}

static gboolean
map_later_cb (gpointer user_data)
{
  WbLazyList *self = user_data;

  self->map_source = 0;
  if (self->uncertain > 0)
    _wb_lazy_list_map (self);
  return G_SOURCE_REMOVE;
}

/* Reads it in a while: the dearer the last time was, the later. */
void
_wb_lazy_list_map_later (WbLazyList *self, guint delay_ms)
{
  guint delay = MAX (delay_ms, (guint) (20 * self->map_cost_us / 1000));

  if (self->map_source == 0 && !self->mapping)
    self->map_source = g_timeout_add (delay, map_later_cb, self);
}
