/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "ui/wb-list-page.h"
#include "ui/wb-narrow-bin.h"
#include "ui/wb-page-entry.h"
#include "ui/wb-window-private.h"

G_DEFINE_FINAL_TYPE (WbWindow, wb_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_0,
  PROP_DB,
  PROP_SETTINGS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static WbPage *
create_page (WbWindow *self, const WbPageEntry *entry, gint64 id)
{
  WbPage *page = g_object_new (entry->get_type (), "settings", self->settings, "id", id, "title",
                               entry->title != NULL ? _ (entry->title) : "", NULL);

  wb_page_set_session (page, self->session);
  wb_page_set_db (page, self->db);
  return page;
}

static void
add_navigation_row (WbWindow *self, const WbPageEntry *entry)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *icon = gtk_image_new_from_icon_name (entry->icon_name);
  GtkWidget *label = gtk_label_new (_ (entry->title));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (entry->title), -1);
  g_object_set_data (G_OBJECT (row), "wb-page", (gpointer) entry->name);
  gtk_list_box_append (self->navigation, row);
}

static void
fill_navigation (WbWindow *self)
{
  guint n = 0;
  const WbPageEntry *entries = wb_page_entries (&n);

  for (guint i = 0; i < n; i++)
    if (entries[i].title != NULL)
      add_navigation_row (self, &entries[i]);
}

static GtkListBoxRow *
find_navigation_row (WbWindow *self, const char *name)
{
  GtkListBoxRow *row = NULL;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->navigation, i)) != NULL; i++)
    if (g_strcmp0 (g_object_get_data (G_OBJECT (row), "wb-page"), name) == 0)
      return row;
  return NULL;
}

/* Marked by hand: a list box would take the row with the keyboard for the page in front. */
static void
mark_navigation_row (WbWindow *self, GtkListBoxRow *marked)
{
  GtkListBoxRow *row = NULL;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->navigation, i)) != NULL; i++)
    {
      if (row == marked)
        gtk_widget_set_state_flags (GTK_WIDGET (row), GTK_STATE_FLAG_SELECTED, FALSE);
      else
        gtk_widget_unset_state_flags (GTK_WIDGET (row), GTK_STATE_FLAG_SELECTED);
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_SELECTED, row == marked, -1);
    }
}

static void
foreach_frame (WbWindow *self, void (*func) (WbPageFrame *frame, WbWindow *self))
{
  GtkWidget *parents[] = { GTK_WIDGET (self->pages), GTK_WIDGET (self->content) };

  for (gsize i = 0; i < G_N_ELEMENTS (parents); i++)
    for (GtkWidget *child = gtk_widget_get_first_child (parents[i]); child != NULL;
         child = gtk_widget_get_next_sibling (child))
      if (WB_IS_PAGE_FRAME (child))
        func (WB_PAGE_FRAME (child), self);
}

static void
hand_db (WbPageFrame *frame, WbWindow *self)
{
  wb_page_set_session (wb_page_frame_get_page (frame), self->session);
  wb_page_set_db (wb_page_frame_get_page (frame), self->db);
}

static void
hand_notice (WbPageFrame *frame, WbWindow *self)
{
  wb_page_frame_set_notice (frame, self->notice);
}

/* Detail pages behind the visible one are kept for going back to; those in front of it are not. Never while the leaflet
 * moves, nor from inside of it: it would go on with a page that is gone. */
static gboolean
drop_pages_in_front_cb (gpointer user_data)
{
  WbWindow *self = user_data;
  GtkWidget *child = NULL;

  self->drop_source = 0;
  if (adw_leaflet_get_visible_child (self->content) == NULL
      || adw_leaflet_get_child_transition_running (self->content))
    return G_SOURCE_REMOVE; /* the end of the transition asks again */
  while ((child = adw_leaflet_get_adjacent_child (self->content,
                                                  ADW_NAVIGATION_DIRECTION_FORWARD)) != NULL)
    adw_leaflet_remove (self->content, child);
  return G_SOURCE_REMOVE;
}

static void
visible_child_cb (WbWindow *self)
{
  if (self->drop_source == 0)
    self->drop_source = g_idle_add (drop_pages_in_front_cb, self);
  _wb_window_update_actions (self);
}

static void
navigation_row_activated_cb (WbWindow *self, GtkListBoxRow *row)
{
  wb_window_show_page (self, g_object_get_data (G_OBJECT (row), "wb-page"));
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

static void
restore_state (WbWindow *self)
{
  int width = 1200;
  int height = 780;
  gboolean maximized = FALSE;
  g_autofree char *page = NULL;

  if (self->settings != NULL)
    {
      g_settings_get (self->settings, "window-size", "(ii)", &width, &height);
      maximized = g_settings_get_boolean (self->settings, "window-maximized");
      page = g_settings_get_string (self->settings, "page");
      g_settings_bind (self->settings, "show-sidebar", self->flap, "reveal-flap",
                       G_SETTINGS_BIND_GET | G_SETTINGS_BIND_GET_NO_CHANGES);
    }
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (maximized)
    gtk_window_maximize (GTK_WINDOW (self));
  if (page != NULL && wb_page_entry_find (page) != NULL && wb_page_entry_find (page)->title != NULL)
    wb_window_show_page (self, page);
  else
    wb_window_show_page (self, "orders");
}

static void
save_state (WbWindow *self)
{
  int width = 0;
  int height = 0;

  if (self->settings == NULL)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (!gtk_window_is_maximized (GTK_WINDOW (self)) && width > 0)
    g_settings_set (self->settings, "window-size", "(ii)", width, height);
  g_settings_set_boolean (self->settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  if (!adw_flap_get_folded (self->flap))
    g_settings_set_boolean (self->settings, "show-sidebar", adw_flap_get_reveal_flap (self->flap));
  if (gtk_stack_get_visible_child_name (self->pages) != NULL)
    g_settings_set_string (self->settings, "page", gtk_stack_get_visible_child_name (self->pages));
}

static gboolean
wb_window_close_request (GtkWindow *window)
{
  save_state (WB_WINDOW (window));

  return GTK_WINDOW_CLASS (wb_window_parent_class)->close_request (window);
}

static void
wb_window_constructed (GObject *object)
{
  WbWindow *self = WB_WINDOW (object);

  G_OBJECT_CLASS (wb_window_parent_class)->constructed (object);

  fill_navigation (self);
  restore_state (self);
}

static void
wb_window_dispose (GObject *object)
{
  WbWindow *self = WB_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->drop_source, g_source_remove);
  g_clear_object (&self->db);
  g_clear_object (&self->desk);
  g_clear_object (&self->settings);
  g_clear_object (&self->undo_toast);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->last_act, g_free);
  g_clear_pointer (&self->notice, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_WINDOW);

  G_OBJECT_CLASS (wb_window_parent_class)->dispose (object);
}

static void
wb_window_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WbWindow *self = WB_WINDOW (object);

  switch (prop_id)
    {
    case PROP_DB:
      g_value_set_object (value, self->db);
      break;
    case PROP_SETTINGS:
      g_value_set_object (value, self->settings);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wb_window_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  WbWindow *self = WB_WINDOW (object);

  switch (prop_id)
    {
    case PROP_DB:
      wb_window_set_db (self, g_value_get_object (value));
      break;
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wb_window_class_init (WbWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = wb_window_constructed;
  object_class->dispose = wb_window_dispose;
  object_class->get_property = wb_window_get_property;
  object_class->set_property = wb_window_set_property;
  GTK_WINDOW_CLASS (klass)->close_request = wb_window_close_request;

  properties[PROP_DB] =
    g_param_spec_object ("db", NULL, NULL, G_TYPE_OBJECT,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SETTINGS] =
    g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_CONSTRUCT_ONLY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (WB_TYPE_NARROW_BIN);
  g_type_ensure (WB_TYPE_WAIT_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/waybill/Waybill/ui/wb-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, navigation);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, seat);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, content);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, root);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, wait_bar);
  gtk_widget_class_bind_template_callback (widget_class, navigation_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, visible_child_cb);
  _wb_window_actions_class_init (widget_class);
}

static void
wb_window_init (WbWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  _wb_window_actions_init (self);
}

/**
 * wb_window_new:
 * @application: the program
 * @settings: (nullable): its settings
 *
 * Returns: (transfer none): a window, owned by @application; give it the database when it is open
 */
WbWindow *
wb_window_new (GtkApplication *application, GSettings *settings)
{
  return g_object_new (WB_TYPE_WINDOW, "application", application, "settings", settings, NULL);
}

/* Who sits here, and in which light: online, on the way, away. */
static void
update_seat (WbWindow *self)
{
  GtkWidget *box = gtk_widget_get_parent (GTK_WIDGET (self->seat));
  WbDbState state = self->db != NULL ? wb_db_get_state (self->db) : WB_DB_STATE_CONNECTING;
  gboolean online = state == WB_DB_STATE_ONLINE || state == WB_DB_STATE_READ_ONLY;
  const char *style = online ? "online" : state == WB_DB_STATE_CONNECTING ? "waiting" : "offline";
  const char *const styles[] = { "online", "waiting", "offline" };

  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    if (g_str_equal (styles[i], style))
      gtk_widget_add_css_class (box, styles[i]);
    else
      gtk_widget_remove_css_class (box, styles[i]);
  if (self->session != NULL)
    gtk_label_set_label (self->seat, self->session->name);
}

/**
 * wb_window_get_session:
 *
 * Returns: (transfer none) (nullable): who is signed in; NULL until the database is open
 */
const WbSession *
wb_window_get_session (WbWindow *self)
{
  g_return_val_if_fail (WB_IS_WINDOW (self), NULL);

  return self->session;
}

/* Pages that are not for this seat have no row; when one of them is in front, the first that is comes there. */
static void
restrict_pages (WbWindow *self)
{
  const char *front = gtk_stack_get_visible_child_name (self->pages);
  const WbPageEntry *first = NULL;
  guint n = 0;
  const WbPageEntry *entries = wb_page_entries (&n);

  for (guint i = 0; i < n; i++)
    {
      GtkListBoxRow *row = find_navigation_row (self, entries[i].name);
      gboolean allowed = wb_page_entry_is_allowed (&entries[i], self->session);

      if (row == NULL)
        continue;
      gtk_widget_set_visible (GTK_WIDGET (row), allowed);
      if (allowed && first == NULL)
        first = &entries[i];
    }
  if (front != NULL && first != NULL && !wb_page_entry_is_allowed (wb_page_entry_find (front), self->session))
    wb_window_show_page (self, first->name);
}

/**
 * wb_window_set_session:
 * @session: who is signed in; must live as long as the window
 */
void
wb_window_set_session (WbWindow *self, const WbSession *session)
{
  g_return_if_fail (WB_IS_WINDOW (self));

  self->session = session;
  _wb_window_update_labels (self);
  if (session != NULL && session->shop_name[0] != '\0')
    gtk_window_set_title (GTK_WINDOW (self), session->shop_name);
  restrict_pages (self);
  update_seat (self);
}

/**
 * wb_window_set_waiting:
 * @text: what the program is busy with before the database can be used
 */
void
wb_window_set_waiting (WbWindow *self, const char *text)
{
  g_return_if_fail (WB_IS_WINDOW (self));

  gtk_label_set_label (self->seat, text);
  g_free (self->notice);
  self->notice = g_strdup (*text != '\0' ? text : NULL);
  foreach_frame (self, hand_notice);
}

/**
 * wb_window_set_db:
 * @db: (nullable): the database
 *
 * Hands the database to every page there is and will be.
 */
void
wb_window_set_db (WbWindow *self, WbDb *db)
{
  g_return_if_fail (WB_IS_WINDOW (self));

  if (self->db == db)
    return;
  g_clear_pointer (&self->notice, g_free);
  if (self->db != NULL)
    g_signal_handlers_disconnect_by_func (self->db, update_seat, self);
  g_set_object (&self->db, db);
  if (db != NULL)
    g_signal_connect_object (db, "notify::state", G_CALLBACK (update_seat), self, G_CONNECT_SWAPPED);
  foreach_frame (self, hand_db);
  foreach_frame (self, hand_notice);
  update_seat (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DB]);
}

/**
 * wb_window_show_page:
 * @name: a page of the sidebar
 *
 * Brings a page to the front, makes it when it is shown for the first time, and leaves the detail
 * pages that lay over the last one.
 */
void
wb_window_show_page (WbWindow *self, const char *name)
{
  const WbPageEntry *entry = wb_page_entry_find (name);
  GtkWidget *frame = NULL;

  g_return_if_fail (WB_IS_WINDOW (self));
  g_return_if_fail (entry != NULL && entry->title != NULL);

  frame = gtk_stack_get_child_by_name (self->pages, name);
  if (frame == NULL)
    {
      frame = wb_page_frame_new (create_page (self, entry, 0), FALSE);
      wb_page_frame_set_notice (WB_PAGE_FRAME (frame), self->notice);
      gtk_stack_add_named (self->pages, frame, name);
    }
  gtk_stack_set_visible_child (self->pages, frame);
  adw_leaflet_set_visible_child (self->content, self->root);
  mark_navigation_row (self, find_navigation_row (self, name));
  gtk_widget_grab_focus (GTK_WIDGET (wb_page_frame_get_page (WB_PAGE_FRAME (frame))));
  _wb_window_update_actions (self);
}

WbPageFrame *
_wb_window_get_frame (WbWindow *self)
{
  GtkWidget *visible = adw_leaflet_get_visible_child (self->content);

  if (visible == self->root)
    visible = gtk_stack_get_visible_child (self->pages);
  return WB_IS_PAGE_FRAME (visible) ? WB_PAGE_FRAME (visible) : NULL;
}

/**
 * wb_window_get_page:
 *
 * Returns: (transfer none) (nullable): the page in front
 */
WbPage *
wb_window_get_page (WbWindow *self)
{
  WbPageFrame *frame = NULL;

  g_return_val_if_fail (WB_IS_WINDOW (self), NULL);

  frame = _wb_window_get_frame (self);
  return frame != NULL ? wb_page_frame_get_page (frame) : NULL;
}

/**
 * wb_window_find:
 * @name: a page of the sidebar that lists something
 * @expression: what to search in it
 *
 * Shows a list with only what an expression finds, in the place of the filters that were there.
 */
void
wb_window_find (WbWindow *self, const char *name, const char *expression)
{
  const WbPageEntry *entry = wb_page_entry_find (name);
  WbPage *page = NULL;

  g_return_if_fail (WB_IS_WINDOW (self) && expression != NULL);

  if (entry == NULL || entry->title == NULL || !wb_page_entry_is_allowed (entry, self->session))
    return;
  wb_window_show_page (self, name);
  page = wb_window_get_page (self);
  if (WB_IS_LIST_PAGE (page))
    wb_list_page_set_filter (WB_LIST_PAGE (page), expression);
}

/**
 * wb_window_open:
 * @kind: what to open: "order", "customer", "product"
 * @id: which one
 *
 * Pushes the detail page of a thing on top of what is shown; Back returns.
 *
 * Returns: FALSE when there is no page for this kind, or none for this seat
 */
gboolean
wb_window_open (WbWindow *self, const char *kind, gint64 id)
{
  const WbPageEntry *entry = wb_page_entry_find (kind);
  WbPage *front = NULL;
  GtkWidget *frame = NULL;

  g_return_val_if_fail (WB_IS_WINDOW (self), FALSE);

  if (entry == NULL || entry->title != NULL || !wb_page_entry_is_allowed (entry, self->session))
    return FALSE;
  front = wb_window_get_page (self);
  if (front != NULL && G_OBJECT_TYPE (front) == entry->get_type () && wb_page_get_id (front) == id)
    return TRUE;
  frame = wb_page_frame_new (create_page (self, entry, id), TRUE);
  adw_leaflet_insert_child_after (self->content, frame, adw_leaflet_get_visible_child (self->content));
  adw_leaflet_set_visible_child (self->content, frame);
  gtk_widget_grab_focus (GTK_WIDGET (wb_page_frame_get_page (WB_PAGE_FRAME (frame))));
  return TRUE;
}

gboolean
_wb_window_back (WbWindow *self)
{
  return adw_leaflet_navigate (self->content, ADW_NAVIGATION_DIRECTION_BACK);
}
