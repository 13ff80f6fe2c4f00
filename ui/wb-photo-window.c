/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "core/wb-facts.h"
#include "core/wb-order.h"
#include "db/wb-attachment-store.h"
#include "ui/wb-format.h"
#include "ui/wb-one-line.h"
#include "ui/wb-photo-loader.h"
#include "ui/wb-photo-window.h"

#define EDGE 2048

struct _WbPhotoWindow
{
  AdwWindow parent_instance;

  guint position;
  gboolean may_remove;

  /* Children */
  AdwWindowTitle *title;
  GtkStack *stack;
  GtkPicture *picture;
  GtkLabel *problem;
  AdwToastOverlay *toasts;
  GtkWidget *bin;

  /* Owned references */
  WbDb *db;
  GPtrArray *files; /* what was there when it was opened */
  GPtrArray *left;  /* of them, unowned */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (WbPhotoWindow, wb_photo_window, ADW_TYPE_WINDOW)

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbPhotoWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = wb_photo_loader_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (texture == NULL)
    {
      gtk_label_set_text (self->problem, error->message);
      gtk_stack_set_visible_child_name (self->stack, "problem");
      return;
    }
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_stack_set_visible_child_name (self->stack, "picture");
}

static void
show (WbPhotoWindow *self)
{
  const WbOrderFile *file = g_ptr_array_index (self->left, self->position);
  g_autofree char *at = wb_format_moment_said (file->taken_at);
  g_autofree char *title = self->left->len > 1 ? g_strdup_printf (_ ("Photo %u of %u"), self->position + 1, self->left->len)
                                                : g_strdup (_ ("Photo"));
  g_autofree char *subtitle = wb_facts_join (at, file->created_by, NULL);

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_stack_set_visible_child_name (self->stack, "wait");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "photo.previous", self->position > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "photo.next", self->position + 1 < self->left->len);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "photo.remove", self->may_remove);
  wb_photo_loader_load_async (self->db, file->id, file->media_type, EDGE, self->cancellable, loaded_cb, g_object_ref (self));
}

/* ---- Away with one ------------------------------------------------------------------------------ */

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbPhotoWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (!wb_attachment_store_done_finish (WB_DB (source), result, &error))
    {
      words = wb_format_sentence (error->message);
      adw_toast_overlay_add_toast (self->toasts, adw_toast_new (words));
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "photo.remove", TRUE);
      return;
    }
  /* Only one is on its way at a time, and no other is shown meanwhile. */
  g_ptr_array_remove_index (self->left, self->position);
  if (self->left->len == 0)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  self->position = MIN (self->position, self->left->len - 1);
  show (self);
}

static void
remove_response_cb (AdwMessageDialog *dialog, const char *response, WbPhotoWindow *self)
{
  GtkEditable *entry = GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog));
  const WbOrderFile *file = g_ptr_array_index (self->left, self->position);

  if (!g_str_equal (response, "remove"))
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "photo.remove", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "photo.previous", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "photo.next", FALSE);
  wb_attachment_store_remove_async (self->db, file->id, gtk_editable_get_text (entry), NULL, removed_cb, g_object_ref (self));
}

static void
remove_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbPhotoWindow *self = WB_PHOTO_WINDOW (widget);
  GtkWidget *entry = gtk_entry_new ();
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self), _ ("Remove this photo?"),
    _ ("It is gone for good and cannot be brought back. That it was there, and who removed it, stays known.")));

  wb_one_line_keep (GTK_EDITABLE (entry));
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Reason"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Reason"), -1);
  adw_message_dialog_set_extra_child (dialog, entry);
  adw_message_dialog_add_responses (dialog, "keep", _ ("_Keep it"), "remove", _ ("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "keep");
  adw_message_dialog_set_close_response (dialog, "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (remove_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- From one to the next ----------------------------------------------------------------------- */

static void
go_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbPhotoWindow *self = WB_PHOTO_WINDOW (widget);

  if (g_str_equal (action, "photo.next") && self->position + 1 < self->left->len)
    self->position++;
  else if (g_str_equal (action, "photo.previous") && self->position > 0)
    self->position--;
  else
    return;
  show (self);
}

static void
wb_photo_window_dispose (GObject *object)
{
  WbPhotoWindow *self = WB_PHOTO_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->db);
  g_clear_pointer (&self->left, g_ptr_array_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  G_OBJECT_CLASS (wb_photo_window_parent_class)->dispose (object);
}

static void
wb_photo_window_finalize (GObject *object)
{
  g_object_unref (WB_PHOTO_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (wb_photo_window_parent_class)->finalize (object);
}

static void
wb_photo_window_class_init (WbPhotoWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_photo_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_photo_window_finalize;
  gtk_widget_class_install_action (widget_class, "photo.previous", NULL, go_action);
  gtk_widget_class_install_action (widget_class, "photo.next", NULL, go_action);
  gtk_widget_class_install_action (widget_class, "photo.remove", NULL, remove_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
make_button (const char *icon, const char *action, const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return button;
}

/* Before the window moves the focus with them. */
static void
add_key (WbPhotoWindow *self, guint key, const char *action)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (key, 0), gtk_named_action_new (action)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
wb_photo_window_init (WbPhotoWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *spinner = gtk_spinner_new ();

  self->cancellable = g_cancellable_new ();
  add_key (self, GDK_KEY_Left, "photo.previous");
  add_key (self, GDK_KEY_Right, "photo.next");
  add_key (self, GDK_KEY_Delete, "photo.remove");
  self->title = ADW_WINDOW_TITLE (adw_window_title_new ("", ""));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), GTK_WIDGET (self->title));
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), make_button ("go-previous-symbolic", "photo.previous", _ ("The photo before")));
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), make_button ("go-next-symbolic", "photo.next", _ ("The next photo")));
  self->bin = make_button ("user-trash-symbolic", "photo.remove", _ ("Remove this photo"));
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), self->bin);
  self->picture = GTK_PICTURE (gtk_picture_new ());
  gtk_picture_set_can_shrink (self->picture, TRUE);
  gtk_picture_set_alternative_text (self->picture, _ ("The photo"));
  self->problem = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, spinner, "wait");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->picture), "picture");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->problem), "problem");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), bar);
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->toasts));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 1000, 680);
}

GtkWidget *
wb_photo_window_new (GtkWindow *parent, WbDb *db, GPtrArray *files, guint position, gboolean may_remove)
{
  WbPhotoWindow *self = NULL;

  g_return_val_if_fail (WB_IS_DB (db) && files != NULL && position < files->len, NULL);

  self = g_object_new (WB_TYPE_PHOTO_WINDOW, "transient-for", parent, "modal", TRUE, NULL);
  self->db = g_object_ref (db);
  self->files = g_ptr_array_ref (files);
  self->left = g_ptr_array_new ();
  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (self->left, g_ptr_array_index (files, i));
  gtk_widget_set_visible (self->bin, may_remove);
  self->may_remove = may_remove;
  self->position = position;
  show (self);
  return GTK_WIDGET (self);
}
