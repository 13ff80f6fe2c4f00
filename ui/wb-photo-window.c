/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "core/wb-order.h"
#include "ui/wb-format.h"
#include "ui/wb-photo-loader.h"
#include "ui/wb-photo-window.h"

#define EDGE 2048

struct _WbPhotoWindow
{
  AdwWindow parent_instance;

  guint position;

  /* Children */
  AdwWindowTitle *title;
  GtkStack *stack;
  GtkPicture *picture;
  GtkLabel *problem;

  /* Owned references */
  WbDb *db;
  GPtrArray *files;
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
  const WbOrderFile *file = g_ptr_array_index (self->files, self->position);
  g_autofree char *at = wb_format_moment_said (file->taken_at);
  g_autofree char *title = self->files->len > 1 ? g_strdup_printf (_ ("Photo %u of %u"), self->position + 1, self->files->len)
                                                : g_strdup (_ ("Photo"));
  g_autofree char *subtitle = g_strdup_printf ("%s  ·  %s", at, file->created_by);

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_stack_set_visible_child_name (self->stack, "wait");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "photo.previous", self->position > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "photo.next", self->position + 1 < self->files->len);
  wb_photo_loader_load_async (self->db, file->id, file->media_type, EDGE, self->cancellable, loaded_cb, g_object_ref (self));
}

static void
go_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbPhotoWindow *self = WB_PHOTO_WINDOW (widget);

  if (g_str_equal (action, "photo.next") && self->position + 1 < self->files->len)
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
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
make_arrow (const char *icon, const char *action, const char *label)
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
  self->title = ADW_WINDOW_TITLE (adw_window_title_new ("", ""));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), GTK_WIDGET (self->title));
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), make_arrow ("go-previous-symbolic", "photo.previous", _ ("The photo before")));
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), make_arrow ("go-next-symbolic", "photo.next", _ ("The next photo")));
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
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 1000, 680);
}

GtkWidget *
wb_photo_window_new (GtkWindow *parent, WbDb *db, GPtrArray *files, guint position)
{
  WbPhotoWindow *self = NULL;

  g_return_val_if_fail (WB_IS_DB (db) && files != NULL && position < files->len, NULL);

  self = g_object_new (WB_TYPE_PHOTO_WINDOW, "transient-for", parent, "modal", TRUE, NULL);
  self->db = g_object_ref (db);
  self->files = g_ptr_array_ref (files);
  self->position = position;
  show (self);
  return GTK_WIDGET (self);
}
