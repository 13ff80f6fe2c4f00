/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table: which columns, how wide, in which order, and what rows are sorted by; kept in the settings. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <string.h>

#include <adwaita.h>

#include "ui/wb-table-private.h"
#include "ui/wb-tone.h"

/* What a header needs beside its words: padding and the arrow. */
#define HEADER_ROOM 40
/* What a word needs beside itself: padding and icon. */
#define ICON_ROOM 46
/* At both sides of what a cell says. */
#define CELL_PADDING 11
/* A column of choices is no wider than this; longer words have a tooltip. */
#define MAX_CHOICE_WIDTH 208
/* The size of text that widths in pixels are made for: 11 pt. */
#define REFERENCE_PX 14.667

static void
free_column (gpointer data)
{
  WbTableColumn *self = data;

  g_clear_object (&self->column);
  g_free (self);
}

/* Settings: {catalogue: {columns: as, widths: a{si}, sort: s}} */

static GVariant *
lookup_kept (WbTable *self, const char *key, const GVariantType *type)
{
  g_autoptr (GVariant) all = NULL;
  g_autoptr (GVariant) own = NULL;

  if (self->settings == NULL)
    return NULL;
  all = g_settings_get_value (self->settings, "tables");
  own = g_variant_lookup_value (all, self->catalogue->name, G_VARIANT_TYPE_VARDICT);
  return own != NULL ? g_variant_lookup_value (own, key, type) : NULL;
}

static void
keep (WbTable *self, const char *key, GVariant *value)
{
  g_autoptr (GVariant) sunk = value != NULL ? g_variant_ref_sink (value) : NULL;
  g_autoptr (GVariant) all = NULL;
  g_autoptr (GVariant) own = NULL;
  g_autoptr (GVariantDict) dict = NULL;
  GVariantBuilder builder;
  GVariantIter iter;
  const char *name = NULL;
  GVariant *other = NULL;

  if (self->settings == NULL || self->setting)
    return;
  all = g_settings_get_value (self->settings, "tables");
  own = g_variant_lookup_value (all, self->catalogue->name, G_VARIANT_TYPE_VARDICT);
  dict = g_variant_dict_new (own);
  if (sunk != NULL)
    g_variant_dict_insert_value (dict, key, sunk);
  else
    g_variant_dict_remove (dict, key);

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sa{sv}}"));
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "{&s@a{sv}}", &name, &other))
    {
      if (!g_str_equal (name, self->catalogue->name))
        g_variant_builder_add (&builder, "{s@a{sv}}", name, other);
      g_variant_unref (other);
    }
  g_variant_builder_add (&builder, "{s@a{sv}}", self->catalogue->name, g_variant_dict_end (dict));
  self->setting = TRUE;
  g_settings_set_value (self->settings, "tables", g_variant_builder_end (&builder));
  self->setting = FALSE;
}

static void
keep_columns (WbTable *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  GVariantBuilder names;

  self->chosen = TRUE;
  g_variant_builder_init (&names, G_VARIANT_TYPE ("as"));
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      const WbField *field = g_object_get_data (G_OBJECT (column), "wb-field");

      if (field != NULL)
        g_variant_builder_add (&names, "s", field->name);
    }
  keep (self, "columns", g_variant_builder_end (&names));
}

static void
keep_width (WbTable *self, const WbField *field, int width)
{
  g_autoptr (GVariant) widths = lookup_kept (self, "widths", G_VARIANT_TYPE ("a{si}"));
  GVariantBuilder builder;
  GVariantIter iter;
  const char *name = NULL;
  int other = 0;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{si}"));
  if (widths != NULL)
    {
      g_variant_iter_init (&iter, widths);
      while (g_variant_iter_next (&iter, "{&si}", &name, &other))
        if (!g_str_equal (name, field->name))
          g_variant_builder_add (&builder, "{si}", name, other);
    }
  g_variant_builder_add (&builder, "{si}", field->name, width);
  keep (self, "widths", g_variant_builder_end (&builder));
}

/* What rows have */

/* The index of a field among the values of a row; from now on it is read. Never changes, so that rows
 * of an earlier query can still be shown. */
guint
_wb_table_columns_read (WbTable *self, const WbField *field)
{
  guint index = 0;

  if (g_ptr_array_find (self->read, field, &index))
    return index;
  g_ptr_array_add (self->read, (gpointer) field);
  return self->read->len - 1;
}

static void
read_names (WbTable *self, const char *names)
{
  g_auto (GStrv) list = g_strsplit (names != NULL ? names : "", " ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    {
      const WbField *field = wb_catalogue_find (self->catalogue, list[i]);

      if (field != NULL && wb_rights_shows (self->rights, self->catalogue, field))
        _wb_table_columns_read (self, field);
    }
}

/* Cells */

static void
setup_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  gtk_list_item_set_child (item, wb_cell_new (user_data));
}

static void
bind_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  wb_cell_set_item (WB_CELL (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  wb_cell_set_item (WB_CELL (gtk_list_item_get_child (item)), NULL);
}

static GtkListItemFactory *
make_factory (WbCellColumn *cells)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cell_cb), wb_cell_column_ref (cells),
                         (GClosureNotify) (void (*) (void)) wb_cell_column_unref, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cell_cb), NULL);
  return factory;
}

/* Columns */

/* GTK does not tell which header was clicked (4.8: gtk#4833): the sorter of each column says when it is
 * the first to be asked, and never compares anything. */
static int
probe_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  WbTableColumn *column = user_data;

  if (!column->table->probing || column->table->probed != NULL)
    return 0;
  column->table->probed = column->field;
  return 1;
}

static int
text_width (WbTable *self, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int width = 0;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/* How much larger text is than what widths in pixels were made for. */
static double
text_scale (WbTable *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double resolution = pango_cairo_context_get_resolution (context);
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size = size * (resolution > 0 ? resolution : 96) / 72;
  return size > 0 ? size / REFERENCE_PX : 1;
}

/* Wide enough for its title and for whatever it may say. */
static int
natural_width (WbTable *self, const WbField *field)
{
  g_autoptr (GVariant) widths = lookup_kept (self, "widths", G_VARIANT_TYPE ("a{si}"));
  const WbFieldChoice *choice = NULL;
  int width = 0;

  if (widths != NULL && g_variant_lookup (widths, field->name, "i", &width) && width > 0)
    return width;
  width = MAX ((int) (field->width_px * text_scale (self)), text_width (self, wb_field_get_label (field)) + HEADER_ROOM);
  if (field->type == WB_FIELD_MONEY)
    width = MAX (width, text_width (self, "NOK 999,999.00") + 2 * CELL_PADDING);
  choice = field->choices;
  if (choice == NULL && field->list != NULL)
    choice = wb_tone_choices (field->list, NULL);
  for (; choice != NULL && choice->code != NULL; choice++)
    width = MAX (width, MIN (text_width (self, wb_field_choice_get_label (choice)) + ICON_ROOM,
                             (int) (MAX_CHOICE_WIDTH * text_scale (self))));
  return width;
}

static void
resized_cb (WbTable *self, GParamSpec *pspec, GtkColumnViewColumn *column)
{
  const WbField *field = g_object_get_data (G_OBJECT (column), "wb-field");

  if (!self->setting && gtk_column_view_column_get_fixed_width (column) > 0)
    keep_width (self, field, gtk_column_view_column_get_fixed_width (column));
}

/* The text that gets what room is left. */
static gboolean
takes_room (WbTable *self, const WbField *field)
{
  static const char *const names[] = { "customer", "name", "who", "reason", NULL };

  return field->type == WB_FIELD_TEXT && g_strv_contains (names, field->name);
}

static gboolean
is_first_of_spec (WbTable *self, const WbField *field)
{
  gsize n = strcspn (self->spec->columns, " ");

  return strlen (field->name) == n && strncmp (self->spec->columns, field->name, n) == 0;
}

static WbTableColumn *
make_column (WbTable *self, const WbField *field)
{
  WbTableColumn *column = g_new0 (WbTableColumn, 1);
  WbCellFlags flags = is_first_of_spec (self, field) ? WB_CELL_PRIMARY : WB_CELL_NONE;
  g_autoptr (WbCellColumn) cells = NULL;

  cells = wb_cell_column_new (field, _wb_table_columns_read (self, field), flags, self->style);
  cells->mark = self->spec->mark;
  cells->mark_data = self;
  if (is_first_of_spec (self, field))
    cells->flags |= WB_CELL_MARK;
  column->table = self;
  column->field = field;
  column->column = gtk_column_view_column_new (wb_field_get_label (field), make_factory (cells));
  gtk_column_view_column_set_resizable (column->column, TRUE);
  gtk_column_view_column_set_expand (column->column, takes_room (self, field));
  gtk_column_view_column_set_fixed_width (column->column, natural_width (self, field));
  if ((field->flags & WB_FIELD_SORTABLE) != 0 && wb_rights_filters (self->rights, self->catalogue, field))
    {
      g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (probe_cb, column, NULL));

      gtk_column_view_column_set_sorter (column->column, sorter);
    }
  g_object_set_data (G_OBJECT (column->column), "wb-field", (gpointer) field);
  g_signal_connect_object (column->column, "notify::fixed-width", G_CALLBACK (resized_cb), self,
                           G_CONNECT_SWAPPED);
  return column;
}

static WbTableColumn *
find_column (WbTable *self, const WbField *field)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      WbTableColumn *column = g_ptr_array_index (self->columns, i);

      if (column->field == field)
        return column;
    }
  return NULL;
}

static const WbField *
find_field_of_title (WbTable *self, const char *title)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      WbTableColumn *column = g_ptr_array_index (self->columns, i);

      if (column->field != NULL && g_strcmp0 (wb_field_get_label (column->field), title) == 0)
        return column->field;
    }
  return NULL;
}

/* Numbers stand to the right, and so does what is above them: the words, with the arrow before them. The
 * header's widgets do not stand in the order of the columns. */
static void
align_headers (WbTable *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));

  for (GtkWidget *title = gtk_widget_get_first_child (header); title != NULL;
       title = gtk_widget_get_next_sibling (title))
    {
      GtkWidget *box = gtk_widget_get_first_child (title);
      GtkWidget *label = GTK_IS_BOX (box) ? gtk_widget_get_first_child (box) : NULL;
      const WbField *field = NULL;

      while (label != NULL && !GTK_IS_LABEL (label))
        label = gtk_widget_get_next_sibling (label);
      if (label == NULL)
        continue;
      field = find_field_of_title (self, gtk_label_get_label (GTK_LABEL (label)));
      if (field == NULL || !wb_format_is_number (field))
        continue;
      gtk_box_reorder_child_after (GTK_BOX (box), label, gtk_widget_get_last_child (box));
      gtk_widget_set_halign (box, GTK_ALIGN_END);
    }
}

static void
insert_column (WbTable *self, const WbField *field, guint position)
{
  WbTableColumn *column = make_column (self, field);

  g_ptr_array_add (self->columns, column);
  gtk_column_view_insert_column (self->view, position, column->column);
}

static void
remove_column (WbTable *self, WbTableColumn *column)
{
  gtk_column_view_remove_column (self->view, column->column);
  g_ptr_array_remove (self->columns, column);
}

gboolean
_wb_table_columns_shows (WbTable *self, const WbField *field)
{
  return find_column (self, field) != NULL;
}

/* Where a column belongs when nobody said otherwise: in the order of the catalogue. */
static guint
natural_position (WbTable *self, const WbField *field)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  guint position = 0;

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      const WbField *other = g_object_get_data (G_OBJECT (column), "wb-field");

      if (other != NULL && other < field)
        position = i + 1;
    }
  return position;
}

/**
 * _wb_table_columns_show:
 *
 * Shows or hides a column because the user wants so; from now on it is the user's choice.
 */
void
_wb_table_columns_show (WbTable *self, const WbField *field, gboolean show)
{
  WbTableColumn *column = find_column (self, field);

  if (show == (column != NULL))
    return;
  if (show)
    {
      insert_column (self, field, natural_position (self, field));
      if (_wb_table_columns_read (self, field) == self->read->len - 1)
        _wb_table_query_later (self);
    }
  else if (self->columns->len > 1)
    remove_column (self, column);
  align_headers (self);
  keep_columns (self);
}

/* As many of the first columns as there is room for, unless the user chose. */
static GPtrArray *
choose_columns (WbTable *self, int width)
{
  g_autoptr (GVariant) kept = lookup_kept (self, "columns", G_VARIANT_TYPE_STRING_ARRAY);
  g_auto (GStrv) names = kept != NULL ? g_variant_dup_strv (kept, NULL)
                                      : g_strsplit (self->spec->columns, " ", -1);
  GPtrArray *fields = g_ptr_array_new ();
  int used = 0;

  self->chosen = kept != NULL;
  for (guint i = 0; names[i] != NULL; i++)
    {
      const WbField *field = wb_catalogue_find (self->catalogue, names[i]);

      if (field == NULL || (field->flags & WB_FIELD_COLUMN) == 0
          || !wb_rights_shows (self->rights, self->catalogue, field))
        continue;
      used += natural_width (self, field);
      if (self->chosen || used <= width || fields->len < 2)
        g_ptr_array_add (fields, (gpointer) field);
    }
  return fields;
}

static void
show_columns (WbTable *self, GPtrArray *fields)
{
  for (guint i = self->columns->len; i > 0; i--)
    {
      WbTableColumn *column = g_ptr_array_index (self->columns, i - 1);

      if (!g_ptr_array_find (fields, column->field, NULL))
        remove_column (self, column);
    }
  for (guint i = 0; i < fields->len; i++)
    {
      const WbField *field = g_ptr_array_index (fields, i);

      if (find_column (self, field) == NULL)
        insert_column (self, field,
                       self->chosen ? self->columns->len : natural_position (self, field));
    }
  align_headers (self);
}

/* What this seat does not see is left out. */
static void
fill_part (WbTable *self, WbCellColumn *cells, guint part)
{
  const char *names = self->spec->summary[part];
  g_auto (GStrv) list = g_strsplit (names != NULL ? names : "", " ", -1);
  guint n = 0;

  for (guint i = 0; list[i] != NULL && n < WB_CELL_MAX_JOINED; i++)
    {
      const WbField *field = wb_catalogue_find (self->catalogue, list[i]);

      if (field == NULL || !wb_rights_shows (self->rights, self->catalogue, field))
        continue;
      cells->parts[part][n] = field;
      cells->part_index[part][n] = _wb_table_columns_read (self, field);
      n++;
    }
}

static WbTableColumn *
make_summary (WbTable *self)
{
  WbTableColumn *column = g_new0 (WbTableColumn, 1);
  g_autoptr (WbCellColumn) cells = NULL;

  cells = wb_cell_column_new (NULL, 0, WB_CELL_SUMMARY | WB_CELL_MARK, self->style);
  cells->mark = self->spec->mark;
  cells->mark_data = self;
  for (guint i = 0; i < WB_CELL_N_PARTS; i++)
    fill_part (self, cells, i);
  column->table = self;
  column->column = gtk_column_view_column_new (NULL, make_factory (cells));
  gtk_column_view_column_set_expand (column->column, TRUE);
  return column;
}

static void
show_summary (WbTable *self)
{
  WbTableColumn *column = NULL;

  while (self->columns->len > 0)
    remove_column (self, g_ptr_array_index (self->columns, self->columns->len - 1));
  column = make_summary (self);
  g_ptr_array_add (self->columns, column);
  gtk_column_view_append_column (self->view, column->column);
}

static void
hide_summary (WbTable *self)
{
  while (self->columns->len > 0)
    remove_column (self, g_ptr_array_index (self->columns, self->columns->len - 1));
}

/* Shows what fits into so many pixels. */
void
_wb_table_columns_fit (WbTable *self, int width)
{
  gboolean narrow = width < 600;
  gboolean was = self->narrow;
  g_autoptr (GPtrArray) fields = NULL;

  self->setting = TRUE;
  self->narrow = narrow;
  gtk_widget_set_visible (gtk_widget_get_first_child (GTK_WIDGET (self->view)), !narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->columns_button), !narrow);
  if (narrow)
    {
      if (!was || self->columns->len == 0)
        show_summary (self);
    }
  else
    {
      if (was)
        hide_summary (self);
      if (was || !self->chosen || self->columns->len == 0)
        {
          fields = choose_columns (self, width);
          show_columns (self, fields);
          _wb_table_columns_show_sort (self);
        }
    }
  self->setting = FALSE;
}

/* Sorting */

/* The arrow of the first sort key. GTK 4.8 leaves it on the old column unless told "none" first (#4696). */
void
_wb_table_columns_show_sort (WbTable *self)
{
  WbTableColumn *column = self->n_sorts > 0 ? find_column (self, self->sorts[0].field) : NULL;
  gboolean setting = self->setting;

  self->setting = TRUE;
  gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
  if (column != NULL)
    gtk_column_view_sort_by_column (self->view, column->column,
                                    self->sorts[0].descending ? GTK_SORT_DESCENDING
                                                              : GTK_SORT_ASCENDING);
  self->setting = setting;
}

static gboolean
is_shift_down (WbTable *self)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (GTK_WIDGET (self)));
  GdkDevice *keyboard = seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;

  return keyboard != NULL && (gdk_device_get_modifier_state (keyboard) & GDK_SHIFT_MASK) != 0;
}

/* A click sorts by one column and turns it round; with Shift the column comes behind those there are. */
static void
sort_by (WbTable *self, const WbField *field, gboolean more)
{
  gboolean descending = (field->flags & WB_FIELD_DESCENDING) != 0;
  guint i = 0;

  while (i < self->n_sorts && self->sorts[i].field != field)
    i++;
  if (i < self->n_sorts && (more || self->n_sorts == 1))
    self->sorts[i].descending = !self->sorts[i].descending;
  else if (more && self->n_sorts < WB_LIST_MAX_SORTS)
    self->sorts[self->n_sorts++] = (WbListSort) { field, descending };
  else
    {
      self->sorts[0] = (WbListSort) { field, descending };
      self->n_sorts = 1;
    }
}

static void
sorter_changed_cb (WbTable *self, GtkSorterChange change, GtkSorter *sorter)
{
  g_autofree char *text = NULL;

  if (self->setting)
    return;
  self->probed = NULL;
  self->probing = TRUE;
  gtk_sorter_compare (sorter, self->list, self->selection);
  self->probing = FALSE;
  if (self->probed == NULL)
    return;
  sort_by (self, self->probed, is_shift_down (self));
  _wb_table_columns_show_sort (self);
  text = wb_table_dup_sort (self);
  keep (self, "sort", g_variant_new_string (text));
  _wb_table_query_later (self);
}

static void
reordered_cb (WbTable *self, guint position, guint removed, guint added)
{
  /* A column that was dragged comes and goes in one; everything else is ours. */
  if (!self->setting && removed > 0 && added > 0)
    keep_columns (self);
}

static void
settings_changed_cb (WbTable *self)
{
  if (self->setting)
    return;
  self->setting = TRUE;
  hide_summary (self);
  self->setting = FALSE;
  self->narrow = FALSE;
  if (self->width > 0)
    _wb_table_columns_fit (self, self->width);
}

/**
 * _wb_table_columns_rescale:
 *
 * Text became larger or smaller.
 */
void
_wb_table_columns_rescale (WbTable *self)
{
  settings_changed_cb (self);
}

/**
 * _wb_table_columns_reset:
 *
 * As on the first day.
 */
void
_wb_table_columns_reset (WbTable *self)
{
  keep (self, "columns", NULL);
  keep (self, "widths", NULL);
  settings_changed_cb (self);
}

/* Density or the way of writing times changed: all cells are made anew. */
void
_wb_table_columns_restyle (WbTable *self)
{
  g_autofree char *density = g_settings_get_string (self->settings, "density");

  self->style->compact = g_str_equal (density, "compact");
  self->style->values.absolute = !g_settings_get_boolean (self->settings, "relative-times");
  if (self->style->compact)
    gtk_widget_add_css_class (GTK_WIDGET (self), "compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "compact");
  settings_changed_cb (self);
}

static void
read_all (WbTable *self)
{
  g_ptr_array_set_size (self->read, 0);
  read_names (self, self->spec->columns);
  read_names (self, self->spec->extra);
  for (guint i = 0; i < WB_CELL_N_PARTS; i++)
    read_names (self, self->spec->summary[i]);
}

static void
start_sorts (WbTable *self)
{
  g_autoptr (GVariant) sort = lookup_kept (self, "sort", G_VARIANT_TYPE_STRING);
  g_autoptr (GError) error = NULL;

  self->n_sorts = WB_LIST_MAX_SORTS;
  if (!wb_list_query_parse_sort (self->catalogue,
                                 sort != NULL ? g_variant_get_string (sort, NULL) : "", self->sorts,
                                 &self->n_sorts, &error))
    {
      g_debug ("the sort order that was kept is of no use: %s", error->message);
      wb_list_query_parse_sort (self->catalogue, "", self->sorts, &self->n_sorts, NULL);
    }
  for (guint i = 0; i < self->n_sorts; i++)
    if (!wb_rights_filters (self->rights, self->catalogue, self->sorts[i].field))
      {
        /* By what may be seen at least: the id, in the direction of a list. */
        wb_list_query_parse_sort (self->catalogue, "", self->sorts, &self->n_sorts, NULL);
        break;
      }
}

/**
 * _wb_table_columns_restrict:
 *
 * Rights changed: what may not be seen is neither read nor shown, and not sorted by.
 */
void
_wb_table_columns_restrict (WbTable *self)
{
  read_all (self);
  start_sorts (self);
  settings_changed_cb (self);
}

void
_wb_table_columns_start (WbTable *self)
{
  self->columns = g_ptr_array_new_with_free_func (free_column);
  self->read = g_ptr_array_new ();
  read_all (self);
  start_sorts (self);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (sorter_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_columns (self->view), "items-changed",
                           G_CALLBACK (reordered_cb), self, G_CONNECT_SWAPPED);
  if (self->settings != NULL)
    g_signal_connect_object (self->settings, "changed::tables", G_CALLBACK (settings_changed_cb),
                             self, G_CONNECT_SWAPPED);
}

void
_wb_table_columns_stop (WbTable *self)
{
  self->setting = TRUE;
  if (self->columns != NULL)
    hide_summary (self);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->read, g_ptr_array_unref);
}
