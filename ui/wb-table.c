/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "db/wb-db-error.h"
#include "ui/wb-table-private.h"

G_DEFINE_FINAL_TYPE (WbTable, wb_table, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_NARROW,
  N_PROPS
};

enum
{
  OPEN,
  SELECTION_CHANGED,
  WANTS_FILTER,
  QUICK_LOOK,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void query (WbTable *self);

static void
selection_changed_cb (WbTable *self)
{
  _wb_table_update_bulk (self);
  _wb_table_update_actions (self);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

/* Asking */

static gboolean
valid_until_cb (gpointer user_data)
{
  WbTable *self = user_data;

  self->valid_source = 0;
  query (self);
  return G_SOURCE_REMOVE;
}

static void
wait_for_midnight (WbTable *self, WbListQuery *list_query)
{
  gint64 until = wb_list_query_get_valid_until (list_query);
  gint64 seconds = 0;

  g_clear_handle_id (&self->valid_source, g_source_remove);
  if (until == G_MAXINT64)
    return;
  seconds = CLAMP ((until - g_get_real_time ()) / G_USEC_PER_SEC + 1, 1, 24 * 60 * 60);
  self->valid_source = g_timeout_add_seconds ((guint) seconds, valid_until_cb, self);
}

static void
query (WbTable *self)
{
  g_autoptr (WbListQuery) list_query = NULL;
  g_autoptr (WbListSource) source = NULL;
  g_autoptr (WbFilter) filter = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_clear_handle_id (&self->query_source, g_source_remove);
  if (self->db == NULL)
    {
      wb_lazy_list_set_source (self->list, NULL);
      return;
    }
  for (guint i = 0; i < self->read->len; i++)
    g_ptr_array_add (names, (gpointer) ((const WbField *) g_ptr_array_index (self->read, i))->name);
  g_ptr_array_add (names, NULL);
  filter = wb_filter_with (self->filter, self->typed);
  list_query = wb_list_query_new (self->db, self->catalogue, filter, &self->context, self->sorts,
                                  self->n_sorts, (const char *const *) names->pdata, &error);
  if (list_query == NULL)
    {
      _wb_table_show_failure (self, error);
      return;
    }
  wait_for_midnight (self, list_query);
  source = wb_query_source_new (list_query);
  wb_lazy_list_set_source (self->list, source);
}

static gboolean
query_cb (gpointer user_data)
{
  WbTable *self = user_data;

  self->query_source = 0;
  query (self);
  return G_SOURCE_REMOVE;
}

/* Asks once for all that changes in one turn of the main loop. */
void
_wb_table_query_later (WbTable *self)
{
  if (self->query_source == 0)
    self->query_source = g_idle_add_full (G_PRIORITY_DEFAULT, query_cb, self, NULL);
}

static void
news_cb (WbTable *self, const char *topic, GArray *ids)
{
  if (g_strcmp0 (topic, self->spec->topic) != 0)
    return;
  wb_lazy_list_changed (self->list, ids != NULL ? (const gint64 *) (gconstpointer) ids->data : NULL,
                        ids != NULL ? ids->len : 0);
  _wb_table_bulk_news (self);
}

static void
resync_cb (WbTable *self)
{
  wb_lazy_list_refresh (self->list);
  _wb_table_bulk_news (self);
}

/* Callbacks */

static void
activate_cb (WbTable *self, guint position)
{
  WbRowItem *item = wb_lazy_list_peek (self->list, position);

  if (item != NULL)
    g_signal_emit (self, signals[OPEN], 0, wb_row_item_get_id (item));
}

static gboolean
fit_cb (gpointer user_data)
{
  WbTable *self = user_data;
  gboolean was = self->narrow;

  self->fit_source = 0;
  _wb_table_columns_fit (self, self->width);
  if (was != self->narrow)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
  return G_SOURCE_REMOVE;
}

static GtkSizeRequestMode
wb_table_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
wb_table_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                  int *natural, int *minimum_baseline, int *natural_baseline)
{
  WbTable *self = WB_TABLE (widget);

  gtk_widget_measure (self->box, orientation, -1, minimum, natural, minimum_baseline,
                      natural_baseline);
}

static void
wb_table_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WbTable *self = WB_TABLE (widget);

  gtk_widget_allocate (self->box, width, height, baseline, NULL);
  gtk_popover_present (GTK_POPOVER (self->menu));
  if (width == self->width)
    return;
  self->width = width;
  /* Columns cannot come and go within an allocation. */
  if (self->fit_source == 0)
    self->fit_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_cb, self, NULL);
}

/* Other rows are coming: they are looked at from the first one. */
static void
reset_cb (WbTable *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    gtk_widget_activate_action (self->rows, "list.scroll-to-item", "u", 0);
}

static gboolean
wb_table_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (WB_TABLE (widget)->rows, GTK_DIR_TAB_FORWARD);
}

/* The first jump by the scroll bar shows nothing unless the list was scrolled by its action before
 * (GTK 4.8 to 4.18). */
static gboolean
after_map_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  WbTable *self = WB_TABLE (widget);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    gtk_widget_activate_action (self->rows, "list.scroll-to-item", "u", 0);
  return G_SOURCE_REMOVE;
}

static void
wb_table_map (GtkWidget *widget)
{
  WbTable *self = WB_TABLE (widget);

  GTK_WIDGET_CLASS (wb_table_parent_class)->map (widget);
  if (self->mapped_once)
    return;
  self->mapped_once = TRUE;
  gtk_widget_add_tick_callback (widget, after_map_cb, NULL, NULL);
}

static void
wb_table_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  WbTable *self = WB_TABLE (widget);

  GTK_WIDGET_CLASS (wb_table_parent_class)->css_changed (widget, change);
  if (self->style != NULL)
    wb_cell_style_forget_icons (self->style);
}

static gboolean
rescale_cb (gpointer user_data)
{
  WbTable *self = user_data;

  self->rescale_source = 0;
  _wb_table_columns_rescale (self);
  return G_SOURCE_REMOVE;
}

/* Widths are known when the new style is: afterwards. */
static void
dpi_changed_cb (WbTable *self)
{
  if (self->rescale_source == 0)
    self->rescale_source = g_idle_add (rescale_cb, self);
}

static void
wb_table_dispose (GObject *object)
{
  WbTable *self = WB_TABLE (object);

  g_clear_handle_id (&self->query_source, g_source_remove);
  g_clear_handle_id (&self->fit_source, g_source_remove);
  g_clear_handle_id (&self->rescale_source, g_source_remove);
  g_clear_handle_id (&self->valid_source, g_source_remove);
  g_clear_handle_id (&self->progress_source, g_source_remove);
  _wb_table_bulk_stop (self);
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  _wb_table_columns_stop (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_TABLE);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->db);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->style, wb_cell_style_unref);
  g_clear_pointer (&self->filter, wb_filter_unref);
  g_clear_pointer (&self->typed, wb_filter_unref);
  g_clear_pointer (&self->rights, wb_rights_unref);
  g_clear_object (&self->row_menu);

  G_OBJECT_CLASS (wb_table_parent_class)->dispose (object);
}

static void
wb_table_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, WB_TABLE (object)->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbTable, box);
  gtk_widget_class_bind_template_child (widget_class, WbTable, add_filter);
  gtk_widget_class_bind_template_child (widget_class, WbTable, field_search);
  gtk_widget_class_bind_template_child (widget_class, WbTable, field_list);
  gtk_widget_class_bind_template_child (widget_class, WbTable, chips);
  gtk_widget_class_bind_template_child (widget_class, WbTable, clear);
  gtk_widget_class_bind_template_child (widget_class, WbTable, count);
  gtk_widget_class_bind_template_child (widget_class, WbTable, cancel);
  gtk_widget_class_bind_template_child (widget_class, WbTable, columns_button);
  gtk_widget_class_bind_template_child (widget_class, WbTable, columns_list);
  gtk_widget_class_bind_template_child (widget_class, WbTable, faces);
  gtk_widget_class_bind_template_child (widget_class, WbTable, scroller);
  gtk_widget_class_bind_template_child (widget_class, WbTable, view);
  gtk_widget_class_bind_template_child (widget_class, WbTable, empty);
  gtk_widget_class_bind_template_child (widget_class, WbTable, nothing);
  gtk_widget_class_bind_template_child (widget_class, WbTable, failed);
  gtk_widget_class_bind_template_child (widget_class, WbTable, progress);
  gtk_widget_class_bind_template_child (widget_class, WbTable, bulk);
  gtk_widget_class_bind_template_child (widget_class, WbTable, bulk_text);
  gtk_widget_class_bind_template_child (widget_class, WbTable, bulk_sums);
  gtk_widget_class_bind_template_child (widget_class, WbTable, bulk_box);
  gtk_widget_class_bind_template_child (widget_class, WbTable, menu);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
wb_table_class_init (WbTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_table_dispose;
  object_class->get_property = wb_table_get_property;
  widget_class->get_request_mode = wb_table_get_request_mode;
  widget_class->measure = wb_table_measure;
  widget_class->size_allocate = wb_table_size_allocate;
  widget_class->grab_focus = wb_table_grab_focus;
  widget_class->map = wb_table_map;
  widget_class->css_changed = wb_table_css_changed;

  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed", G_TYPE_FROM_CLASS (klass),
                                             G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[WANTS_FILTER] = g_signal_new ("wants-filter", G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                        G_TYPE_STRING);
  signals[QUICK_LOOK] = g_signal_new ("quick-look", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (WB_TYPE_FILTER_CHIPS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/waybill/Waybill/ui/wb-table.ui");
  bind_children (widget_class);
  gtk_widget_class_set_css_name (widget_class, "wbtable");
  _wb_table_filter_class_init (widget_class);
  _wb_table_actions_class_init (widget_class);
}

static void
wb_table_init (WbTable *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->can_open = TRUE;
  self->style = wb_cell_style_new ();
  self->list = wb_lazy_list_new ();
  self->selection = wb_bitset_selection_new (self->list);
  self->rows = gtk_widget_get_last_child (GTK_WIDGET (self->view));

  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (_wb_table_update_faces), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->list, "notify", G_CALLBACK (_wb_table_update_faces), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "reset", G_CALLBACK (reset_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (_wb_table_update_bulk), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (gtk_settings_get_default (), "notify::gtk-xft-dpi", G_CALLBACK (dpi_changed_cb), self,
                           G_CONNECT_SWAPPED);
  self->kept_scroll = -1;
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller),
                           "notify::page-size", G_CALLBACK (_wb_table_keep_scroll), self,
                           G_CONNECT_SWAPPED);
  _wb_table_actions_init (self);
}

/**
 * wb_table_new:
 * @spec: what is particular about this table; constant
 * @settings: (nullable): where columns and sorting are kept
 *
 * Returns: (transfer floating): a table of skeleton rows until it has a database
 */
GtkWidget *
wb_table_new (const WbTableSpec *spec, GSettings *settings)
{
  WbTable *self = g_object_new (WB_TYPE_TABLE, NULL);

  self->spec = spec;
  self->catalogue = wb_catalogue_get (spec->catalogue);
  self->filter = wb_filter_new_empty (self->catalogue);
  self->typed = wb_filter_new_empty (self->catalogue);
  g_set_object (&self->settings, settings);
  adw_status_page_set_icon_name (self->empty, spec->icon_name);
  adw_status_page_set_title (self->empty, _ (spec->empty_title));
  adw_status_page_set_description (self->empty, _ (spec->empty_text));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  wb_catalogue_get_label (self->catalogue), -1);
  _wb_table_columns_start (self);
  _wb_table_actions_start (self);
  if (settings != NULL)
    {
      g_signal_connect_object (settings, "changed::density", G_CALLBACK (_wb_table_columns_restyle), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (settings, "changed::relative-times", G_CALLBACK (_wb_table_columns_restyle),
                               self, G_CONNECT_SWAPPED);
      _wb_table_columns_restyle (self);
    }
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  return GTK_WIDGET (self);
}

/**
 * wb_table_set_db:
 * @db: (nullable): where the rows are
 */
void
wb_table_set_db (WbTable *self, WbDb *db)
{
  g_return_if_fail (WB_IS_TABLE (self));

  if (self->db == db)
    return;
  if (self->db != NULL)
    g_signal_handlers_disconnect_by_data (self->db, self);
  g_set_object (&self->db, db);
  if (db != NULL)
    {
      g_signal_connect_object (db, "news", G_CALLBACK (news_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (db, "resync", G_CALLBACK (resync_cb), self, G_CONNECT_SWAPPED);
    }
  query (self);
}

/**
 * wb_table_set_context:
 * @context: the world expressions are read in; what it points to is kept alive by the caller
 */
void
wb_table_set_context (WbTable *self, const WbFilterContext *context)
{
  g_return_if_fail (WB_IS_TABLE (self));

  self->context = *context;
  _wb_table_update_chips (self);
}

/**
 * wb_table_set_rights:
 * @rights: (nullable): what this seat may see; NULL for everything
 * @can_open: whether a row can be opened, and not only looked at
 *
 * Offers only what the seat may see; before the table has a database.
 */
void
wb_table_set_rights (WbTable *self, WbRights *rights, gboolean can_open)
{
  g_return_if_fail (WB_IS_TABLE (self));

  self->can_open = can_open;
  if (self->rights == rights)
    return;
  g_clear_pointer (&self->rights, wb_rights_unref);
  self->rights = rights != NULL ? wb_rights_ref (rights) : NULL;
  _wb_table_columns_restrict (self);
  _wb_table_actions_restrict (self);
}

/**
 * wb_table_dup_sort:
 *
 * Returns: (transfer full): what rows are sorted by: "-ordered number"
 */
char *
wb_table_dup_sort (WbTable *self)
{
  GString *text = NULL;

  g_return_val_if_fail (WB_IS_TABLE (self), NULL);

  text = g_string_new (NULL);
  for (guint i = 0; i < self->n_sorts; i++)
    g_string_append_printf (text, "%s%s%s", i > 0 ? " " : "", self->sorts[i].descending ? "-" : "",
                            self->sorts[i].field->name);
  return g_string_free (text, FALSE);
}

/**
 * wb_table_set_sort:
 * @sort: "-ordered number"; "" for the catalogue's own way
 * @error: return location
 */
gboolean
wb_table_set_sort (WbTable *self, const char *sort, GError **error)
{
  WbListSort sorts[WB_LIST_MAX_SORTS];
  guint n_sorts = 0;

  g_return_val_if_fail (WB_IS_TABLE (self), FALSE);

  if (!wb_list_query_parse_sort (self->catalogue, sort, sorts, &n_sorts, error))
    return FALSE;
  for (guint i = 0; i < n_sorts; i++)
    self->sorts[i] = sorts[i];
  self->n_sorts = n_sorts;
  _wb_table_columns_show_sort (self);
  _wb_table_query_later (self);
  return TRUE;
}

const WbCatalogue *
wb_table_get_catalogue (WbTable *self)
{
  g_return_val_if_fail (WB_IS_TABLE (self), NULL);

  return self->catalogue;
}

const WbTableSpec *
wb_table_get_spec (WbTable *self)
{
  g_return_val_if_fail (WB_IS_TABLE (self), NULL);

  return self->spec;
}

/**
 * wb_table_get_list:
 *
 * Returns: (transfer none): the rows
 */
WbLazyList *
wb_table_get_list (WbTable *self)
{
  g_return_val_if_fail (WB_IS_TABLE (self), NULL);

  return self->list;
}

/**
 * wb_table_get_selection:
 *
 * Returns: (transfer none): which rows are selected
 */
WbBitsetSelection *
wb_table_get_selection (WbTable *self)
{
  g_return_val_if_fail (WB_IS_TABLE (self), NULL);

  return self->selection;
}

/**
 * wb_table_get_index:
 * @field: the name of a field of the spec
 *
 * Returns: which value of a row it is; G_MAXUINT when rows do not have it
 */
guint
wb_table_get_index (WbTable *self, const char *field)
{
  guint index = 0;

  g_return_val_if_fail (WB_IS_TABLE (self), G_MAXUINT);

  if (g_ptr_array_find (self->read, wb_catalogue_find (self->catalogue, field), &index))
    return index;
  return G_MAXUINT;
}

/**
 * wb_table_get_focus_id:
 *
 * Returns: the id of the one selected row; 0 when none or several are
 */
gint64
wb_table_get_focus_id (WbTable *self)
{
  guint position = 0;
  WbRowItem *item = NULL;

  g_return_val_if_fail (WB_IS_TABLE (self), 0);

  if (!wb_bitset_selection_get_single (self->selection, &position))
    return 0;
  item = wb_lazy_list_peek (self->list, position);
  return item != NULL ? wb_row_item_get_id (item) : 0;
}

/**
 * wb_table_get_narrow:
 *
 * Returns: whether rows have two lines instead of columns
 */
gboolean
wb_table_get_narrow (WbTable *self)
{
  g_return_val_if_fail (WB_IS_TABLE (self), FALSE);

  return self->narrow;
}

/**
 * wb_table_set_row_menu:
 * @menu: (nullable): what can be done with a row, beside what can be done with any
 */
void
wb_table_set_row_menu (WbTable *self, GMenuModel *menu)
{
  g_return_if_fail (WB_IS_TABLE (self));

  g_set_object (&self->row_menu, menu);
}

/**
 * wb_table_clear_bulk_widgets:
 *
 * Empties the bar of the selection of what wb_table_add_bulk_widget() put there.
 */
void
wb_table_clear_bulk_widgets (WbTable *self)
{
  GtkWidget *child = NULL;

  g_return_if_fail (WB_IS_TABLE (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->bulk_box))) != NULL)
    gtk_box_remove (self->bulk_box, child);
}

/**
 * wb_table_add_bulk_widget:
 * @widget: (transfer floating): a button for the bar of the selection
 * @when_narrow: for narrow windows, or for all others
 */
void
wb_table_add_bulk_widget (WbTable *self, GtkWidget *widget, gboolean when_narrow)
{
  g_return_if_fail (WB_IS_TABLE (self));

  g_object_bind_property (self, "narrow", widget, "visible",
                          G_BINDING_SYNC_CREATE | (when_narrow ? 0 : G_BINDING_INVERT_BOOLEAN));
  gtk_box_append (self->bulk_box, widget);
}

/**
 * wb_table_go_to:
 * @position: a row
 *
 * Brings a row into view, however far away, and selects it.
 */
void
wb_table_go_to (WbTable *self, guint position)
{
  guint n = 0;

  g_return_if_fail (WB_IS_TABLE (self));

  n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  if (n == 0)
    return;
  position = MIN (position, n - 1);
  gtk_widget_activate_action (self->rows, "list.scroll-to-item", "u", position);
  gtk_widget_activate_action (self->rows, "list.select-item", "(ubb)", position, FALSE, FALSE);
}

/**
 * wb_table_focus_rows:
 *
 * Puts the keyboard into the rows.
 */
void
wb_table_focus_rows (WbTable *self)
{
  GtkRoot *root = NULL;
  GtkWidget *focus = NULL;

  g_return_if_fail (WB_IS_TABLE (self));

  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  /* Where it is already, one step more would be the next row. */
  if (focus != NULL && gtk_widget_is_ancestor (focus, self->rows))
    return;
  if (!wb_lazy_list_is_skeleton (self->list)
      && wb_bitset_selection_count (self->selection) == 0
      && g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    gtk_widget_activate_action (self->rows, "list.select-item", "(ubb)", 0, FALSE, FALSE);
  gtk_widget_child_focus (self->rows, GTK_DIR_TAB_FORWARD);
}

/**
 * wb_table_reload:
 *
 * Reads what is shown again.
 */
void
wb_table_reload (WbTable *self)
{
  g_return_if_fail (WB_IS_TABLE (self));

  if (self->db != NULL && wb_db_get_state (self->db) == WB_DB_STATE_OFFLINE)
    wb_db_retry_now (self->db);
  if (wb_lazy_list_get_source (self->list) == NULL
      || (wb_lazy_list_is_skeleton (self->list) && !wb_lazy_list_is_loading (self->list)))
    query (self);
  else
    wb_lazy_list_refresh (self->list);
}

/**
 * wb_table_clear_selection:
 *
 * Selects nothing.
 */
void
wb_table_clear_selection (WbTable *self)
{
  g_return_if_fail (WB_IS_TABLE (self));

  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
}
