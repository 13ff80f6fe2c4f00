/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include "ui/wb-bitset-selection.h"

/* Ids are noted for selections up to this size; larger ones live by position alone. */
#define MAX_IDS 20000

struct _WbBitsetSelection
{
  GObject parent_instance;

  /* Owned references */
  WbLazyList *list;
  GtkBitset *selected;
  GHashTable *rows; /* gint64 id -> WbRow, of selected rows that were seen */
};

static void list_model_iface_init (GListModelInterface *iface);
static void selection_model_iface_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbBitsetSelection, wb_bitset_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init)
                                 G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                        selection_model_iface_init))

static void
note_row (WbBitsetSelection *self, guint position)
{
  WbRowItem *item = wb_lazy_list_peek (self->list, position);
  gint64 id = item != NULL ? wb_row_item_get_id (item) : 0;

  if (id != 0)
    g_hash_table_replace (self->rows, g_memdup2 (&id, sizeof id),
                          wb_row_ref (wb_row_item_get_row (item)));
}

static void
forget_row (WbBitsetSelection *self, guint position)
{
  WbRowItem *item = wb_lazy_list_peek (self->list, position);
  gint64 id = item != NULL ? wb_row_item_get_id (item) : 0;

  if (id != 0)
    g_hash_table_remove (self->rows, &id);
}

/* Notes the ids of what became selected and forgets those of what did not stay so. */
static void
follow_change (WbBitsetSelection *self, GtkBitset *changed)
{
  GtkBitsetIter iter;
  guint position = 0;

  if (gtk_bitset_is_empty (self->selected) || gtk_bitset_get_size (self->selected) > MAX_IDS)
    {
      g_hash_table_remove_all (self->rows);
      return;
    }
  for (gboolean valid = gtk_bitset_iter_init_first (&iter, changed, &position); valid;
       valid = gtk_bitset_iter_next (&iter, &position))
    {
      if (gtk_bitset_contains (self->selected, position))
        note_row (self, position);
      else
        forget_row (self, position);
    }
}

/* Rows that are known to be selected and now appear somewhere. */
static gboolean
find_again (WbBitsetSelection *self, guint position, guint n)
{
  gboolean found = FALSE;

  if (g_hash_table_size (self->rows) == 0)
    return FALSE;
  for (guint i = position; i < position + n; i++)
    {
      WbRowItem *item = wb_lazy_list_peek (self->list, i);
      gint64 id = item != NULL ? wb_row_item_get_id (item) : 0;

      if (id != 0 && g_hash_table_contains (self->rows, &id))
        found = gtk_bitset_add (self->selected, i) || found;
    }
  return found;
}

static void
items_changed_cb (WbBitsetSelection *self, guint position, guint removed, guint added)
{
  gtk_bitset_splice (self->selected, position, removed, added);
  if (added > 0 && added <= 4 * WB_LIST_STEP)
    find_again (self, position, added);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
rows_loaded_cb (WbBitsetSelection *self, guint position, guint n)
{
  guint64 size = gtk_bitset_get_size (self->selected);

  if (find_again (self, position, n))
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position, n);
  if (size > 0 && size <= MAX_IDS)
    for (guint i = position; i < position + n; i++)
      if (gtk_bitset_contains (self->selected, i))
        note_row (self, i);
}

static void
rows_gone_cb (WbBitsetSelection *self, const gint64 *ids, guint n_ids)
{
  gboolean any = FALSE;

  for (guint i = 0; i < n_ids; i++)
    any = g_hash_table_remove (self->rows, &ids[i]) || any;
  /* The bits went with the rows; whoever shows the number of selected rows wants to know. */
  if (any && g_list_model_get_n_items (G_LIST_MODEL (self)) > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, 1);
}

static void
reset_cb (WbBitsetSelection *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self));

  if (gtk_bitset_is_empty (self->selected))
    return;
  gtk_bitset_unref (self->selected);
  self->selected = gtk_bitset_new_empty ();
  g_hash_table_remove_all (self->rows);
  gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, n);
}

static GType
wb_bitset_selection_get_item_type (GListModel *model)
{
  return WB_TYPE_ROW_ITEM;
}

static guint
wb_bitset_selection_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (WB_BITSET_SELECTION (model)->list));
}

static gpointer
wb_bitset_selection_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (WB_BITSET_SELECTION (model)->list), position);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = wb_bitset_selection_get_item_type;
  iface->get_n_items = wb_bitset_selection_get_n_items;
  iface->get_item = wb_bitset_selection_get_item;
}

static gboolean
wb_bitset_selection_is_selected (GtkSelectionModel *model, guint position)
{
  return gtk_bitset_contains (WB_BITSET_SELECTION (model)->selected, position);
}

static GtkBitset *
wb_bitset_selection_get_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  return gtk_bitset_ref (WB_BITSET_SELECTION (model)->selected);
}

static gboolean
wb_bitset_selection_set (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  WbBitsetSelection *self = WB_BITSET_SELECTION (model);
  g_autoptr (GtkBitset) changed = gtk_bitset_copy (self->selected);
  g_autoptr (GtkBitset) wanted = gtk_bitset_copy (selected);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (model));
  guint first = 0;
  guint last = 0;

  /* Others may hold what get_selection_in_range() gave them. */
  if (wb_lazy_list_is_skeleton (self->list))
    return FALSE;
  gtk_bitset_unref (g_steal_pointer (&self->selected));
  self->selected = gtk_bitset_copy (changed);
  gtk_bitset_subtract (self->selected, mask);
  gtk_bitset_intersect (wanted, mask);
  gtk_bitset_union (self->selected, wanted);
  if (n_items < G_MAXUINT)
    gtk_bitset_remove_range_closed (self->selected, n_items, G_MAXUINT);
  gtk_bitset_difference (changed, self->selected);
  if (gtk_bitset_is_empty (changed))
    return TRUE;
  follow_change (self, changed);
  first = gtk_bitset_get_minimum (changed);
  last = gtk_bitset_get_maximum (changed);
  gtk_selection_model_selection_changed (model, first, last - first + 1);
  return TRUE;
}

static void
selection_model_iface_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = wb_bitset_selection_is_selected;
  iface->get_selection_in_range = wb_bitset_selection_get_in_range;
  iface->set_selection = wb_bitset_selection_set;
}

static void
wb_bitset_selection_finalize (GObject *object)
{
  WbBitsetSelection *self = WB_BITSET_SELECTION (object);

  g_clear_object (&self->list);
  g_clear_pointer (&self->selected, gtk_bitset_unref);
  g_clear_pointer (&self->rows, g_hash_table_unref);

  G_OBJECT_CLASS (wb_bitset_selection_parent_class)->finalize (object);
}

static void
wb_bitset_selection_class_init (WbBitsetSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_bitset_selection_finalize;
}

static void
wb_bitset_selection_init (WbBitsetSelection *self)
{
  self->selected = gtk_bitset_new_empty ();
  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                      (GDestroyNotify) wb_row_unref);
}

/**
 * wb_bitset_selection_new:
 * @list: the list to select in
 *
 * Returns: (transfer full): a selection of nothing
 */
WbBitsetSelection *
wb_bitset_selection_new (WbLazyList *list)
{
  WbBitsetSelection *self = NULL;

  g_return_val_if_fail (WB_IS_LAZY_LIST (list), NULL);

  self = g_object_new (WB_TYPE_BITSET_SELECTION, NULL);
  self->list = g_object_ref (list);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "rows-loaded", G_CALLBACK (rows_loaded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "reset", G_CALLBACK (reset_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "rows-gone", G_CALLBACK (rows_gone_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * wb_bitset_selection_count:
 *
 * Returns: how many rows are selected
 */
guint
wb_bitset_selection_count (WbBitsetSelection *self)
{
  g_return_val_if_fail (WB_IS_BITSET_SELECTION (self), 0);

  return (guint) gtk_bitset_get_size (self->selected);
}

/**
 * wb_bitset_selection_get_single:
 * @position: (out): where it stands
 *
 * Returns: whether exactly one row is selected
 */
gboolean
wb_bitset_selection_get_single (WbBitsetSelection *self, guint *position)
{
  g_return_val_if_fail (WB_IS_BITSET_SELECTION (self), FALSE);

  if (gtk_bitset_get_size (self->selected) != 1)
    return FALSE;
  *position = gtk_bitset_get_minimum (self->selected);
  return TRUE;
}

/**
 * wb_bitset_selection_dup_ids:
 *
 * Returns: (transfer full) (nullable) (element-type gint64): the ids of all selected rows, or NULL when
 *   not all of them were seen yet (after selecting a long range or everything)
 */
GArray *
wb_bitset_selection_dup_ids (WbBitsetSelection *self)
{
  GArray *ids = NULL;
  GHashTableIter iter;
  gpointer key = NULL;

  g_return_val_if_fail (WB_IS_BITSET_SELECTION (self), NULL);

  if (g_hash_table_size (self->rows) != gtk_bitset_get_size (self->selected))
    return NULL;
  ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), g_hash_table_size (self->rows));
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_array_append_val (ids, *(gint64 *) key);
  return ids;
}

/**
 * wb_bitset_selection_foreach:
 * @func: (scope call): called with each selected #WbRow, in no order
 *
 * Returns: FALSE, without calling anything, when not all selected rows were seen yet
 */
gboolean
wb_bitset_selection_foreach (WbBitsetSelection *self, GFunc func, gpointer user_data)
{
  GHashTableIter iter;
  gpointer row = NULL;

  g_return_val_if_fail (WB_IS_BITSET_SELECTION (self), FALSE);

  if (g_hash_table_size (self->rows) != gtk_bitset_get_size (self->selected))
    return FALSE;
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    func (row, user_data);
  return TRUE;
}
