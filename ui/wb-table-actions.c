/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table: its commands, the keys that run them, the menu of a row, the choosers of fields and columns. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <string.h>

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/wb-table-private.h"

/* Rows that are copied at most: what was seen of the selection. */
#define MAX_COPIED 20000

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gint64 id = wb_table_get_focus_id (WB_TABLE (widget));

  if (id != 0)
    g_signal_emit_by_name (widget, "open", id);
}

static void
quick_look_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit_by_name (widget, "quick-look");
}

static void
reload_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wb_table_reload (WB_TABLE (widget));
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbTable *self = WB_TABLE (widget);

  wb_lazy_list_cancel (self->list);
  gtk_widget_child_focus (GTK_WIDGET (self->faces), GTK_DIR_TAB_FORWARD);
}

static void
select_none_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wb_table_clear_selection (WB_TABLE (widget));
}

static void
clear_filter_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbTable *self = WB_TABLE (widget);
  g_autoptr (WbFilter) empty = wb_filter_new_empty (self->catalogue);

  wb_table_set_typed_filter (self, empty);
  wb_table_set_filter (self, empty);
  g_signal_emit_by_name (self, "wants-filter", "");
}

static void
add_filter_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_menu_button_popup (WB_TABLE (widget)->add_filter);
}

static void
columns_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbTable *self = WB_TABLE (widget);

  if (!self->narrow)
    gtk_menu_button_popup (self->columns_button);
}

static void
reset_columns_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _wb_table_columns_reset (WB_TABLE (widget));
  gtk_menu_button_popdown (WB_TABLE (widget)->columns_button);
}

/* Copying */

typedef struct
{
  WbTable *table;
  GString *text;
} Copy;

/* One value a field of a table on the clipboard: no tab and no line break can be inside. */
static void
append_value (GString *text, const char *value, gboolean first)
{
  g_autofree char *clean = g_strdelimit (g_strdup (value), "\t\n\r", ' ');

  if (!first)
    g_string_append_c (text, '\t');
  g_string_append (text, clean);
}

static void
append_header (WbTable *self, GString *text)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      WbTableColumn *column = g_ptr_array_index (self->columns, i);

      if (column->field != NULL)
        append_value (text, wb_field_get_label (column->field), i == 0);
    }
  g_string_append_c (text, '\n');
}

static void
append_row (gpointer row, gpointer user_data)
{
  Copy *copy = user_data;
  WbTable *self = copy->table;
  WbFormatStyle style = { .absolute = TRUE };

  for (guint i = 0; i < self->columns->len; i++)
    {
      WbTableColumn *column = g_ptr_array_index (self->columns, i);
      g_autofree char *value = NULL;

      if (column->field == NULL)
        continue;
      value = wb_format_value (column->field, row, _wb_table_columns_read (self, column->field),
                             &style);
      append_value (copy->text, value, i == 0);
    }
  g_string_append_c (copy->text, '\n');
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbTable *self = WB_TABLE (widget);
  g_autoptr (GString) text = g_string_new (NULL);
  Copy copy = { self, text };
  guint n = wb_bitset_selection_count (self->selection);

  if (n == 0 || n > MAX_COPIED)
    return;
  if (n > 1)
    append_header (self, text);
  if (wb_bitset_selection_foreach (self->selection, append_row, &copy))
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text->str);
}

/* Going to a row by its number */

static void
go_to_response_cb (WbTable *self, const char *response, AdwMessageDialog *dialog)
{
  GtkWidget *spin = adw_message_dialog_get_extra_child (dialog);
  int number = 0;

  if (!g_str_equal (response, "go"))
    return;
  gtk_spin_button_update (GTK_SPIN_BUTTON (spin));
  number = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (spin));
  wb_table_go_to (self, (guint) MAX (number, 1) - 1);
}

static void
go_to_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbTable *self = WB_TABLE (widget);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  GtkWidget *spin = gtk_spin_button_new_with_range (1, MAX (n, 1), 1);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *dialog = NULL;

  dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _ ("Go to row"),
                                   NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Number of the row"), -1);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), spin);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "go",
                                    _ ("_Go"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "go");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "go",
                                              ADW_RESPONSE_SUGGESTED);
  g_signal_connect_object (dialog, "response", G_CALLBACK (go_to_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Filtering by the value under the pointer */

static WbCell *
pick_cell (WbTable *self, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  GtkWidget *cell = picked != NULL ? gtk_widget_get_ancestor (picked, WB_TYPE_CELL) : NULL;

  /* Beside the cell proper, in the padding that GTK puts around. */
  if (cell == NULL && picked != NULL && WB_IS_CELL (gtk_widget_get_first_child (picked)))
    cell = gtk_widget_get_first_child (picked);
  return WB_CELL (cell);
}

static char *
clause_of_cell (WbTable *self, WbCell *cell)
{
  const WbField *field = wb_cell_get_field (cell);
  WbRowItem *item = wb_cell_get_item (cell);
  WbRow *row = item != NULL ? wb_row_item_get_row (item) : NULL;
  guint index = 0;
  g_autofree char *value = NULL;

  if (field == NULL || row == NULL || field->type != WB_FIELD_ENUM
      || (field->flags & WB_FIELD_MANY) != 0 || !wb_rights_filters (self->rights, self->catalogue, field)
      || !g_ptr_array_find (self->read, field, &index)
      || index >= wb_row_get_n_values (row) || wb_row_is_null (row, index))
    return NULL;
  value = wb_filter_quote (wb_row_get_text (row, index));
  return g_strdup_printf ("%s:%s", field->name, value);
}

static void
only_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbTable *self = WB_TABLE (widget);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbFilter) more = NULL;
  g_autoptr (WbFilter) both = NULL;

  more = wb_filter_parse (self->catalogue, g_variant_get_string (parameter, NULL), &self->context,
                          &error);
  if (more == NULL)
    {
      g_debug ("cannot filter by that value: %s", error->message);
      return;
    }
  both = wb_filter_with (self->filter, more);
  wb_table_set_filter (self, both);
}

/* The menu of a row */

static void
append_filter_items (WbTable *self, GMenu *menu, WbCell *cell)
{
  g_autofree char *clause = cell != NULL ? clause_of_cell (self, cell) : NULL;
  g_autofree char *words = NULL;
  g_autofree char *only = NULL;
  g_autofree char *not = NULL;
  g_autofree char *negated = NULL;
  g_autoptr (GMenu) section = NULL;
  g_autoptr (GMenuItem) with = NULL;
  g_autoptr (GMenuItem) without = NULL;

  if (clause == NULL)
    return;
  words = wb_cell_dup_text (cell);
  section = g_menu_new ();
  /* Translators: %s is a value: "Only “Processing”" */
  only = g_strdup_printf (_ ("Only “%s”"), words);
  not = g_strdup_printf (_ ("Without “%s”"), words);
  negated = g_strconcat ("-", clause, NULL);
  with = g_menu_item_new (only, NULL);
  g_menu_item_set_action_and_target (with, "table.only", "s", clause);
  g_menu_append_item (section, with);
  without = g_menu_item_new (not, NULL);
  g_menu_item_set_action_and_target (without, "table.only", "s", negated);
  g_menu_append_item (section, without);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static GMenuModel *
make_menu (WbTable *self, WbCell *cell)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) first = g_menu_new ();

  if (self->can_open)
    g_menu_append (first, _ ("_Open"), "table.open");
  g_menu_append (first, _ ("_Quick look"), "table.quick-look");
  g_menu_append (first, _ ("_Copy"), "table.copy");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  append_filter_items (self, menu, cell);
  if (self->row_menu != NULL)
    g_menu_append_section (menu, NULL, self->row_menu);
  return G_MENU_MODEL (menu);
}

static void
popup_menu (WbTable *self, WbCell *cell, double x, double y)
{
  g_autoptr (GMenuModel) menu = make_menu (self, cell);
  GdkRectangle at = { (int) x, (int) y, 1, 1 };

  gtk_popover_menu_set_menu_model (self->menu, menu);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* A click beside the selection selects the row it is on, as everywhere. */
static void
select_under (WbTable *self, WbCell *cell)
{
  WbRowItem *item = wb_cell_get_item (cell);
  guint position = 0;

  if (item == NULL || wb_row_item_is_loading (item)
      || !wb_lazy_list_find (self->list, wb_row_item_get_id (item), &position))
    return;
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    gtk_widget_activate_action (self->rows, "list.select-item", "(ubb)", position, FALSE, FALSE);
}

static void
menu_pressed_cb (WbTable *self, int n_press, double x, double y, GtkGestureClick *gesture)
{
  WbCell *cell = pick_cell (self, x, y);
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));

  if (cell == NULL || !gdk_event_triggers_context_menu (event))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  select_under (self, cell);
  popup_menu (self, cell, x, y);
}

static void
long_pressed_cb (WbTable *self, double x, double y, GtkGesture *gesture)
{
  WbCell *cell = pick_cell (self, x, y);

  if (cell == NULL)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  select_under (self, cell);
  popup_menu (self, cell, x, y);
}

static void
menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbTable *self = WB_TABLE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (20, 60, 0, 0);

  if (focus != NULL && gtk_widget_is_ancestor (focus, self->rows)
      && gtk_widget_compute_bounds (focus, widget, &bounds))
    bounds.origin.x += 40;
  popup_menu (self, NULL, (double) bounds.origin.x,
              (double) (bounds.origin.y + bounds.size.height / 2));
}

static gboolean
menu_gone_cb (gpointer user_data)
{
  g_autoptr (WbTable) self = user_data;

  if (self->menu != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)) && !gtk_widget_get_mapped (GTK_WIDGET (self->menu)))
    {
      GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
      GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

      if (focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->menu)))
        wb_table_focus_rows (self);
    }
  return G_SOURCE_REMOVE;
}

/* The keyboard goes back to the row: GTK leaves it nowhere. Afterwards, because the item acts when the menu is closed. */
static void
menu_closed_cb (WbTable *self)
{
  g_idle_add (menu_gone_cb, g_object_ref (self));
}

/* Keys that GTK's list would take for itself. */
static gboolean
key_pressed_cb (WbTable *self, guint key, guint code, GdkModifierType state)
{
  state &= gtk_accelerator_get_default_mod_mask ();
  if (key == GDK_KEY_space && state == 0)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "table.quick-look", NULL);
      return TRUE;
    }
  if (key == GDK_KEY_Escape && state == 0 && wb_bitset_selection_count (self->selection) > 1)
    {
      wb_table_clear_selection (self);
      return TRUE;
    }
  return FALSE;
}

/* The chooser of fields */

static gboolean
is_wanted_cb (GtkListBoxRow *row, gpointer user_data)
{
  WbTable *self = user_data;
  const WbField *field = g_object_get_data (G_OBJECT (row), "wb-field");
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->field_search));
  g_autofree char *folded = g_utf8_casefold (typed, -1);
  g_autofree char *label = g_utf8_casefold (wb_field_get_label (field), -1);

  return *folded == '\0' || strstr (label, folded) != NULL || strstr (field->name, folded) != NULL
         || (field->aliases != NULL && strstr (field->aliases, folded) != NULL);
}

static void
field_search_changed_cb (WbTable *self)
{
  gtk_list_box_invalidate_filter (self->field_list);
}

static void
pick_field (WbTable *self, GtkListBoxRow *row)
{
  const WbField *field = g_object_get_data (G_OBJECT (row), "wb-field");
  g_autofree char *text = g_strconcat (field->name, ":", NULL);

  gtk_menu_button_popdown (self->add_filter);
  gtk_editable_set_text (GTK_EDITABLE (self->field_search), "");
  g_signal_emit_by_name (self, "wants-filter", text);
}

static void
field_activated_cb (WbTable *self, GtkListBoxRow *row)
{
  pick_field (self, row);
}

static void
field_search_activated_cb (WbTable *self)
{
  for (int i = 0; gtk_list_box_get_row_at_index (self->field_list, i) != NULL; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->field_list, i);

      if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
        {
          pick_field (self, row);
          return;
        }
    }
}

static GtkWidget *
make_field_row (const WbField *field)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (wb_field_get_label (field));
  GtkWidget *name = gtk_label_new (field->name);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (name, "dim-label");
  gtk_widget_add_css_class (name, "expression");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), name);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  if (field->description != NULL)
    gtk_widget_set_tooltip_text (row, wb_field_get_description (field));
  g_object_set_data (G_OBJECT (row), "wb-field", (gpointer) field);
  return row;
}

/* The chooser of columns */

static void
column_toggled_cb (GtkCheckButton *check, WbTable *self)
{
  const WbField *field = g_object_get_data (G_OBJECT (check), "wb-field");

  if (!self->setting)
    _wb_table_columns_show (self, field, gtk_check_button_get_active (check));
}

static void
columns_shown_cb (WbTable *self)
{
  self->setting = TRUE;
  for (int i = 0; gtk_list_box_get_row_at_index (self->columns_list, i) != NULL; i++)
    {
      GtkWidget *check = gtk_list_box_row_get_child (
        gtk_list_box_get_row_at_index (self->columns_list, i));

      gtk_check_button_set_active (
        GTK_CHECK_BUTTON (check),
        _wb_table_columns_shows (self, g_object_get_data (G_OBJECT (check), "wb-field")));
    }
  self->setting = FALSE;
}

static GtkWidget *
make_column_check (WbTable *self, const WbField *field)
{
  GtkWidget *check = gtk_check_button_new_with_label (wb_field_get_label (field));

  g_object_set_data (G_OBJECT (check), "wb-field", (gpointer) field);
  g_signal_connect_object (check, "toggled", G_CALLBACK (column_toggled_cb), self, 0);
  return check;
}

void
_wb_table_actions_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "table.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "table.quick-look", NULL, quick_look_action);
  gtk_widget_class_install_action (widget_class, "table.reload", NULL, reload_action);
  gtk_widget_class_install_action (widget_class, "table.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "table.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "table.go-to", NULL, go_to_action);
  gtk_widget_class_install_action (widget_class, "table.only", "s", only_action);
  gtk_widget_class_install_action (widget_class, "table.menu", NULL, menu_action);
  gtk_widget_class_install_action (widget_class, "table.columns", NULL, columns_action);
  gtk_widget_class_install_action (widget_class, "table.reset-columns", NULL, reset_columns_action);
  gtk_widget_class_install_action (widget_class, "table.add-filter", NULL, add_filter_action);
  gtk_widget_class_install_action (widget_class, "table.clear-filter", NULL, clear_filter_action);
  gtk_widget_class_install_action (widget_class, "table.select-none", NULL, select_none_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "table.copy",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK, "table.go-to",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_C, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "table.columns", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_plus, GDK_CONTROL_MASK,
                                       "table.add-filter", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_BackSpace, GDK_CONTROL_MASK,
                                       "table.clear-filter", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "table.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "table.menu",
                                       NULL);
}

void
_wb_table_actions_init (WbTable *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->rows, keys);

  g_signal_connect_object (self->menu, "closed", G_CALLBACK (menu_closed_cb), self, G_CONNECT_SWAPPED);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (menu_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect_object (press, "pressed", G_CALLBACK (long_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));

  g_signal_connect_object (self->field_search, "search-changed",
                           G_CALLBACK (field_search_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->field_search, "activate", G_CALLBACK (field_search_activated_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->field_list, "row-activated", G_CALLBACK (field_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_menu_button_get_popover (self->columns_button), "show",
                           G_CALLBACK (columns_shown_cb), self, G_CONNECT_SWAPPED);
}

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row = NULL;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

/**
 * _wb_table_actions_restrict:
 *
 * Fills the choosers with what this seat may filter by and see.
 */
void
_wb_table_actions_restrict (WbTable *self)
{
  clear_list (self->field_list);
  clear_list (self->columns_list);
  for (guint i = 0; i < self->catalogue->n_fields; i++)
    {
      const WbField *field = &self->catalogue->fields[i];

      if (wb_rights_filters (self->rights, self->catalogue, field))
        gtk_list_box_append (self->field_list, make_field_row (field));
      if ((field->flags & WB_FIELD_COLUMN) != 0 && wb_rights_shows (self->rights, self->catalogue, field))
        gtk_list_box_append (self->columns_list, make_column_check (self, field));
    }
}

/* When the catalogue is known. */
void
_wb_table_actions_start (WbTable *self)
{
  _wb_table_actions_restrict (self);
  gtk_list_box_set_filter_func (self->field_list, is_wanted_cb, self, NULL);
  _wb_table_update_actions (self);
}

void
_wb_table_update_actions (WbTable *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  guint n = wb_bitset_selection_count (self->selection);

  gtk_widget_action_set_enabled (widget, "table.open", n == 1);
  gtk_widget_action_set_enabled (widget, "table.copy", n > 0);
  gtk_widget_action_set_enabled (widget, "table.select-none", n > 0);
  gtk_widget_action_set_enabled (
    widget, "table.clear-filter",
    !wb_filter_is_empty (self->filter) || !wb_filter_is_empty (self->typed));
}
