/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands of the main window and the keys that run them. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "db/wb-acts.h"
#include "ui/wb-deed.h"
#include "ui/wb-page-entry.h"
#include "ui/wb-window-private.h"

static void
show_page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *page = g_variant_get_string (parameter, NULL);
  const WbPageEntry *entry = wb_page_entry_find (page);

  if (entry != NULL && entry->title != NULL && wb_page_entry_is_allowed (entry, WB_WINDOW (widget)->session))
    wb_window_show_page (WB_WINDOW (widget), page);
}

static void
nth_page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);
  int n = g_variant_get_int32 (parameter);
  GtkListBoxRow *row = NULL;

  /* The nth that can be seen. */
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->navigation, i)) != NULL; i++)
    if (gtk_widget_get_visible (GTK_WIDGET (row)) && n-- == 0)
      {
        wb_window_show_page (self, g_object_get_data (G_OBJECT (row), "wb-page"));
        return;
      }
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *kind = NULL;
  gint64 id = 0;

  g_variant_get (parameter, "(&sx)", &kind, &id);
  wb_window_open (WB_WINDOW (widget), kind, id);
}

/* A list, with something searched in it. */
/* From the sidebar to the header bar of the page to the page, and round again. */
static void
next_part_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);
  WbPageFrame *frame = _wb_window_get_frame (self);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  GtkWidget *page = frame != NULL ? GTK_WIDGET (wb_page_frame_get_page (frame)) : NULL;

  if (page == NULL)
    return;
  if (focus != NULL && (focus == page || gtk_widget_is_ancestor (focus, page))
      && gtk_widget_child_focus (GTK_WIDGET (self->navigation), GTK_DIR_TAB_FORWARD))
    return;
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->navigation))
      && gtk_widget_child_focus (gtk_widget_get_first_child (GTK_WIDGET (frame)), GTK_DIR_TAB_FORWARD))
    return;
  gtk_widget_grab_focus (page);
}

static void
find_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *page = NULL;
  const char *expression = NULL;

  g_variant_get (parameter, "(&s&s)", &page, &expression);
  wb_window_find (WB_WINDOW (widget), page, expression);
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _wb_window_back (WB_WINDOW (widget));
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbPage *page = wb_window_get_page (WB_WINDOW (widget));

  if (page != NULL)
    wb_page_search (page);
}

static void
reload_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbPage *page = wb_window_get_page (WB_WINDOW (widget));

  if (page != NULL)
    wb_page_reload (page);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbDeed) deed = user_data;
  g_autoptr (WbActResult) done = wb_deed_finish (deed, source, result);

  if (done != NULL)
    wb_deed_tell (deed, _ ("Taken back"), done);
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);
  g_autofree char *act = g_variant_dup_string (parameter, NULL);
  WbDeed *deed = NULL;

  if (self->db == NULL)
    return;
  if (g_strcmp0 (act, self->last_act) == 0)
    {
      g_clear_pointer (&self->last_act, g_free);
      _wb_window_update_actions (self);
    }
  deed = wb_deed_new (widget, _ ("Taking it back…"));
  wb_acts_undo_async (self->db, act, wb_deed_get_cancellable (deed), undone_cb, deed);
}

static void
undo_last_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  if (self->last_act != NULL)
    gtk_widget_activate_action (widget, "win.undo", "s", self->last_act);
}

/* Made when it is wanted and gone when closed, not kept hidden by the application: GTK 4.8 gives a screen reader that asks for
 * one window too many the last of its list, and falls over one that was never shown. */
static void
show_keys_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/org/waybill/Waybill/help-overlay.ui");
  GtkWindow *keys = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));

  g_object_set (keys, "transient-for", widget, "section-name", "window", NULL);
  gtk_window_present (keys);
}

static void
pressed_cb (WbWindow *self, int n_press, double x, double y, GtkGestureClick *gesture)
{
  /* Button 8 is "back" on mice that have it. */
  if (gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)) != 8)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  _wb_window_back (self);
}

void
_wb_window_actions_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.page", "s", show_page_action);
  gtk_widget_class_install_action (widget_class, "win.nth-page", "i", nth_page_action);
  gtk_widget_class_install_action (widget_class, "win.open", "(sx)", open_action);
  gtk_widget_class_install_action (widget_class, "win.find", "(ss)", find_action);
  gtk_widget_class_install_action (widget_class, "win.next-part", NULL, next_part_action);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.reload", NULL, reload_action);
  gtk_widget_class_install_action (widget_class, "win.undo", "s", undo_action);
  gtk_widget_class_install_action (widget_class, "win.undo-last", NULL, undo_last_action);
  gtk_widget_class_install_action (widget_class, "win.show-help-overlay", NULL, show_keys_action);

  _wb_window_prints_class_init (widget_class);
  _wb_window_labels_class_init (widget_class);

  for (int i = 0; i < 9; i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + (guint) i, GDK_ALT_MASK,
                                         "win.nth-page", "i", i);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "win.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Back, 0, "win.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "win.search",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK, "win.search",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F6, 0, "win.next-part", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "win.reload", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, GDK_CONTROL_MASK, "win.reload",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F9, 0, "win.sidebar", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo-last",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close",
                                       NULL);
}

void
_wb_window_actions_init (WbWindow *self)
{
  g_autoptr (GPropertyAction) sidebar = NULL;
  GtkGesture *click = gtk_gesture_click_new ();

  sidebar = g_property_action_new ("sidebar", self->flap, "reveal-flap");
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (sidebar));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  _wb_window_prints_init (self);
}

void
_wb_window_update_actions (WbWindow *self)
{
  gboolean detail = adw_leaflet_get_visible_child (self->content) != self->root;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.back", detail);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo-last", self->last_act != NULL);
}
