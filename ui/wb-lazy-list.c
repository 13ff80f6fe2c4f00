/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include "ui/wb-lazy-list-private.h"

/* How many rows a list pretends to have before the first answer: as many as that has, so that the widgets
 * are there already when it comes. */
#define SKELETON_ROWS WB_LIST_STEP
/* Reads on when somebody asks for a row so close to the end of what is known. GTK asks for 205 at once. */
#define MARGIN 24
/* The map takes a core of the server for some hundred milliseconds: not while the first rows are drawn, and not
 * for each letter of a filter that is being typed. */
#define MAP_DELAY_MS 100

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbLazyList, wb_lazy_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

enum
{
  PROP_0,
  PROP_LOADING,
  PROP_COMPLETE,
  PROP_ERROR,
  N_PROPS
};

enum
{
  ROWS_GONE,
  ROWS_LOADED,
  RESET,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

WbLazyListCall *
_wb_lazy_list_call_new (WbLazyList *self, WbSegment *segment)
{
  WbLazyListCall *call = g_new0 (WbLazyListCall, 1);

  call->list = g_object_ref (self);
  call->cancellable = g_object_ref (self->cancellable);
  call->segment = segment != NULL ? wb_segment_ref (segment) : NULL;
  call->started_us = g_get_monotonic_time ();
  return call;
}

void
_wb_lazy_list_call_free (WbLazyListCall *call)
{
  g_clear_object (&call->list);
  g_clear_object (&call->cancellable);
  g_clear_pointer (&call->segment, wb_segment_unref);
  g_clear_pointer (&call->wanted, g_ptr_array_unref);
  g_free (call);
}

void
_wb_lazy_list_emit (WbLazyList *self, guint position, guint removed, guint added)
{
  if (removed > 0 || added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

void
_wb_lazy_list_index_item (WbLazyList *self, WbRowItem *item)
{
  gint64 id = wb_row_item_get_id (item);

  if (id != 0)
    g_hash_table_replace (self->by_id, g_memdup2 (&id, sizeof id), item);
}

void
_wb_lazy_list_unindex_item (WbLazyList *self, WbRowItem *item)
{
  gint64 id = wb_row_item_get_id (item);

  if (id != 0 && g_hash_table_lookup (self->by_id, &id) == item)
    g_hash_table_remove (self->by_id, &id);
}

/* Notes a segment that has items now, and those of its rows that are there. */
void
_wb_lazy_list_adopt (WbLazyList *self, WbSegment *segment)
{
  if (!g_ptr_array_find (self->resident, segment, NULL))
    g_ptr_array_add (self->resident, wb_segment_ref (segment));
  segment->used = ++self->clock;
  for (guint i = 0; segment->loaded && i < segment->items->len; i++)
    {
      WbRowItem *item = g_ptr_array_index (segment->items, i);

      wb_row_item_set_owner (item, segment);
      _wb_lazy_list_index_item (self, item);
    }
}

/* The opposite: the segment is about to lose its items. */
void
_wb_lazy_list_forget (WbLazyList *self, WbSegment *segment)
{
  guint index = 0;

  if (segment->items != NULL)
    for (guint i = 0; i < segment->items->len; i++)
      {
        WbRowItem *item = g_ptr_array_index (segment->items, i);

        if (item != NULL)
          _wb_lazy_list_unindex_item (self, item);
      }
  if (g_ptr_array_find (self->resident, segment, &index))
    g_ptr_array_remove_index_fast (self->resident, index);
}

void
_wb_lazy_list_set_error (WbLazyList *self, const GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  if (error != NULL)
    self->error = g_error_copy (error);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

void
_wb_lazy_list_emit_loaded (WbLazyList *self, guint position, guint n)
{
  if (n > 0)
    g_signal_emit (self, signals[ROWS_LOADED], 0, position, n);
}

static void
set_loading (WbLazyList *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

void
_wb_lazy_list_set_complete (WbLazyList *self, gboolean complete)
{
  if (self->complete == complete)
    return;
  self->complete = complete;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPLETE]);
}

/* Tells which rows left for good; those that only moved are in the list again. */
void
_wb_lazy_list_batch_end (WbLazyList *self)
{
  g_autoptr (GArray) gone = NULL;

  if (self->gone->len == 0)
    return;
  gone = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < self->gone->len; i++)
    {
      gint64 id = g_array_index (self->gone, gint64, i);

      if (!g_hash_table_contains (self->by_id, &id))
        g_array_append_val (gone, id);
    }
  g_array_set_size (self->gone, 0);
  if (gone->len > 0)
    g_signal_emit (self, signals[ROWS_GONE], 0, gone->data, gone->len);
}

/* Exchanges everything. Two steps: GTK asks for every row of one that removes and adds (4.8 to 4.18). */
static void
replace_all (WbLazyList *self, WbSegment *segment)
{
  guint old = self->segments.total;
  g_autoptr (GPtrArray) added = g_ptr_array_new ();

  g_hash_table_remove_all (self->by_id);
  g_ptr_array_set_size (self->resident, 0);
  wb_segments_splice (&self->segments, 0, self->segments.list->len, NULL);
  _wb_lazy_list_emit (self, 0, old, 0);

  g_ptr_array_add (added, segment);
  wb_segments_splice (&self->segments, 0, 0, added);
  if (segment->items != NULL)
    _wb_lazy_list_adopt (self, segment);
  _wb_lazy_list_emit (self, 0, 0, segment->count);
}

static void
show_skeleton (WbLazyList *self)
{
  g_autoptr (WbSegment) segment = wb_segment_new (NULL, SKELETON_ROWS);

  self->skeleton = TRUE;
  replace_all (self, segment);
}

/* Keeps the first places for other rows: GTK would make every widget anew for new items, which takes ten
 * times as long as filling the ones that are there. */
static void
reuse_places (WbLazyList *self)
{
  WbSegment *first = wb_segments_get (&self->segments, 0);
  guint n_rest = self->segments.total - first->count;

  g_signal_emit (self, signals[RESET], 0);
  g_hash_table_remove_all (self->by_id);
  g_ptr_array_set_size (self->resident, 0);
  if (first->items != NULL)
    g_ptr_array_add (self->resident, wb_segment_ref (first));
  g_cancellable_cancel (first->loading);
  g_clear_object (&first->loading);
  first->loaded = FALSE;
  first->stale = FALSE;
  first->failed = FALSE;
  first->queued = FALSE;
  if (self->segments.list->len > 1)
    wb_segments_splice (&self->segments, 1, self->segments.list->len - 1, NULL);
  _wb_lazy_list_emit (self, first->count, n_rest, 0);
}

static void
show_first (WbLazyList *self, GPtrArray *rows)
{
  gboolean reuse = !self->skeleton;

  self->skeleton = FALSE;
  self->outdated = FALSE;
  _wb_lazy_list_set_complete (self, rows->len < WB_LIST_STEP);
  if (reuse)
    reuse_places (self);
  _wb_lazy_list_fill (self, wb_segments_get (&self->segments, 0), rows, 0);
}

static gboolean
map_cb (gpointer user_data)
{
  WbLazyList *self = user_data;

  self->map_source = 0;
  _wb_lazy_list_map (self);
  return G_SOURCE_REMOVE;
}

static void
first_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbLazyListCall) call = user_data;
  WbLazyList *self = call->list;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  if (call->cancellable != self->cancellable || self->source == NULL)
    return;
  rows = wb_list_source_rows_finish (self->source, result, &error);
  if (rows == NULL)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      /* Of what was asked for nothing is known: rows of an earlier question would be a lie. */
      if (self->outdated)
        show_skeleton (self);
      set_loading (self, FALSE);
      _wb_lazy_list_set_error (self, error);
      return;
    }
  show_first (self, rows);
  _wb_lazy_list_set_error (self, NULL);
  set_loading (self, FALSE);
  if (!self->complete && self->map_source == 0)
    self->map_source = g_timeout_add (MAP_DELAY_MS, map_cb, self);
  _wb_lazy_list_follow_news (self);
}

static void
start (WbLazyList *self)
{
  set_loading (self, TRUE);
  wb_list_source_first_async (self->source, WB_LIST_STEP, self->cancellable, first_cb,
                              _wb_lazy_list_call_new (self, NULL));
}

static void
drop_segment (gpointer data)
{
  WbSegment *segment = data;

  segment->queued = FALSE;
  wb_segment_unref (segment);
}

static void
stop (WbLazyList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->dispatch_source, g_source_remove);
  g_clear_handle_id (&self->map_source, g_source_remove);
  g_queue_clear_full (&self->queue, drop_segment);
  g_hash_table_remove_all (self->news);
  self->news_of_all = FALSE;
  self->extending = FALSE;
  self->mapping = FALSE;
  self->locating = FALSE;
  self->uncertain = 0;
}

static GType
wb_lazy_list_get_item_type (GListModel *model)
{
  return WB_TYPE_ROW_ITEM;
}

static guint
wb_lazy_list_get_n_items (GListModel *model)
{
  return WB_LAZY_LIST (model)->segments.total;
}

static gpointer
wb_lazy_list_get_item (GListModel *model, guint position)
{
  WbLazyList *self = WB_LAZY_LIST (model);
  WbSegment *segment = NULL;
  WbRowItem *item = NULL;
  guint i = 0;

  if (position >= self->segments.total)
    return NULL;
  segment = wb_segments_get (&self->segments,
                             wb_segments_find_position (&self->segments, position));
  if (segment->items == NULL)
    {
      wb_segment_make_places (segment);
      _wb_lazy_list_adopt (self, segment);
    }
  segment->used = ++self->clock;
  i = position - segment->start;
  item = g_ptr_array_index (segment->items, i);
  if (item == NULL)
    {
      item = wb_row_item_new (NULL);
      wb_row_item_set_owner (item, segment);
      g_ptr_array_index (segment->items, i) = item;
    }
  if (!segment->loaded || segment->stale)
    _wb_lazy_list_request (self, segment);
  else if (!self->complete && position + MARGIN >= self->segments.total)
    _wb_lazy_list_extend (self);
  return g_object_ref (item);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = wb_lazy_list_get_item_type;
  iface->get_n_items = wb_lazy_list_get_n_items;
  iface->get_item = wb_lazy_list_get_item;
}

static void
wb_lazy_list_dispose (GObject *object)
{
  WbLazyList *self = WB_LAZY_LIST (object);

  stop (self);
  g_clear_object (&self->source);

  G_OBJECT_CLASS (wb_lazy_list_parent_class)->dispose (object);
}

static void
wb_lazy_list_finalize (GObject *object)
{
  WbLazyList *self = WB_LAZY_LIST (object);

  wb_segments_clear (&self->segments);
  g_clear_pointer (&self->resident, g_ptr_array_unref);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->news, g_hash_table_unref);
  g_clear_pointer (&self->gone, g_array_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (wb_lazy_list_parent_class)->finalize (object);
}

static void
wb_lazy_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WbLazyList *self = WB_LAZY_LIST (object);

  switch (prop_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_COMPLETE:
      g_value_set_boolean (value, self->complete);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wb_lazy_list_class_init (WbLazyListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = wb_lazy_list_dispose;
  object_class->finalize = wb_lazy_list_finalize;
  object_class->get_property = wb_lazy_list_get_property;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[ROWS_GONE] = g_signal_new ("rows-gone", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_UINT);
  signals[RESET] = g_signal_new ("reset", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[ROWS_LOADED] = g_signal_new ("rows-loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT,
                                       G_TYPE_UINT);
}

static void
wb_lazy_list_init (WbLazyList *self)
{
  self->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->news = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->resident = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_segment_unref);
  self->gone = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_queue_init (&self->queue);
  wb_segments_init (&self->segments);
  show_skeleton (self);
}

/**
 * wb_lazy_list_new:
 *
 * Returns: (transfer full): a list of skeleton rows, until it has a source
 */
WbLazyList *
wb_lazy_list_new (void)
{
  return g_object_new (WB_TYPE_LAZY_LIST, NULL);
}

/**
 * wb_lazy_list_get_source:
 *
 * Returns: (transfer none) (nullable): where the rows come from
 */
WbListSource *
wb_lazy_list_get_source (WbLazyList *self)
{
  g_return_val_if_fail (WB_IS_LAZY_LIST (self), NULL);

  return self->source;
}

/**
 * wb_lazy_list_set_source:
 * @source: (nullable): where the rows come from; NULL for skeleton rows
 *
 * Asks the source for its first rows. What was shown stays until they are there. Setting the same
 * source again starts anew.
 */
void
wb_lazy_list_set_source (WbLazyList *self, WbListSource *source)
{
  g_return_if_fail (WB_IS_LAZY_LIST (self));

  stop (self);
  g_set_object (&self->source, source);
  self->outdated = !self->skeleton;
  if (source == NULL)
    {
      if (!self->skeleton)
        show_skeleton (self);
      _wb_lazy_list_set_complete (self, FALSE);
      set_loading (self, FALSE);
      return;
    }
  _wb_lazy_list_set_complete (self, FALSE);
  self->cancellable = g_cancellable_new ();
  start (self);
}

/**
 * wb_lazy_list_changed:
 * @ids: (array length=n_ids) (nullable): which rows may have changed, appeared or gone; NULL for any
 * @n_ids: their number
 *
 * Reads those rows again and moves, adds and removes what has to be. Many ids, or all, read what is
 * on screen again as a whole.
 */
void
wb_lazy_list_changed (WbLazyList *self, const gint64 *ids, guint n_ids)
{
  g_return_if_fail (WB_IS_LAZY_LIST (self));

  if (self->source == NULL)
    return;
  if (ids == NULL)
    self->news_of_all = TRUE;
  for (guint i = 0; ids != NULL && i < n_ids; i++)
    g_hash_table_add (self->news, g_memdup2 (&ids[i], sizeof ids[i]));
  _wb_lazy_list_follow_news (self);
}

/**
 * wb_lazy_list_refresh:
 *
 * Reads everything again that somebody looks at, and tries again what had failed.
 */
void
wb_lazy_list_refresh (WbLazyList *self)
{
  g_return_if_fail (WB_IS_LAZY_LIST (self));

  if (self->source == NULL)
    return;
  if (self->skeleton && !self->loading)
    wb_lazy_list_set_source (self, self->source);
  else
    wb_lazy_list_changed (self, NULL, 0);
}

/**
 * wb_lazy_list_cancel:
 *
 * Waits no longer for the first rows: the server is told to stop, nothing is shown, and the error is
 * %G_IO_ERROR_CANCELLED. wb_lazy_list_refresh() asks again.
 */
void
wb_lazy_list_cancel (WbLazyList *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (WB_IS_LAZY_LIST (self));

  if (!self->loading)
    return;
  stop (self);
  self->cancellable = g_cancellable_new ();
  /* Rows of an earlier question are no answer to this one. */
  if (!self->skeleton)
    show_skeleton (self);
  self->outdated = FALSE;
  set_loading (self, FALSE);
  error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  _wb_lazy_list_set_error (self, error);
}

/**
 * wb_lazy_list_is_loading:
 *
 * Returns: whether the first rows of the source are still awaited
 */
gboolean
wb_lazy_list_is_loading (WbLazyList *self)
{
  g_return_val_if_fail (WB_IS_LAZY_LIST (self), FALSE);

  return self->loading;
}

/**
 * wb_lazy_list_is_complete:
 *
 * Returns: whether the number of items is that of all rows, not just of those known so far
 */
gboolean
wb_lazy_list_is_complete (WbLazyList *self)
{
  g_return_val_if_fail (WB_IS_LAZY_LIST (self), FALSE);

  return self->complete;
}

/**
 * wb_lazy_list_is_skeleton:
 *
 * Returns: whether there is nothing but skeleton rows so far
 */
gboolean
wb_lazy_list_is_skeleton (WbLazyList *self)
{
  g_return_val_if_fail (WB_IS_LAZY_LIST (self), TRUE);

  return self->skeleton;
}

/**
 * wb_lazy_list_get_error:
 *
 * Returns: (transfer none) (nullable): why the last read failed
 */
const GError *
wb_lazy_list_get_error (WbLazyList *self)
{
  g_return_val_if_fail (WB_IS_LAZY_LIST (self), NULL);

  return self->error;
}

/**
 * wb_lazy_list_peek:
 * @position: a position
 *
 * Returns: (transfer none) (nullable): the item at this position if its row is loaded; asking does
 *   not load it
 */
WbRowItem *
wb_lazy_list_peek (WbLazyList *self, guint position)
{
  WbSegment *segment = NULL;

  g_return_val_if_fail (WB_IS_LAZY_LIST (self), NULL);

  if (position >= self->segments.total)
    return NULL;
  segment = wb_segments_get (&self->segments,
                             wb_segments_find_position (&self->segments, position));
  return segment->loaded ? g_ptr_array_index (segment->items, position - segment->start) : NULL;
}

/**
 * wb_lazy_list_find:
 * @id: the id of a row
 * @position: (out) (optional): where it stands
 *
 * Returns: whether the row is loaded
 */
gboolean
wb_lazy_list_find (WbLazyList *self, gint64 id, guint *position)
{
  WbRowItem *item = NULL;
  WbSegment *segment = NULL;
  guint index = 0;

  g_return_val_if_fail (WB_IS_LAZY_LIST (self), FALSE);

  item = g_hash_table_lookup (self->by_id, &id);
  segment = item != NULL ? wb_row_item_get_owner (item) : NULL;
  if (segment == NULL || segment->items == NULL
      || !g_ptr_array_find (segment->items, item, &index))
    return FALSE;
  if (position != NULL)
    *position = segment->start + index;
  return TRUE;
}
