/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>

#include "ui/wb-camera-view.h"
#include "ui/wb-format.h"

/* So long a photo is looked at. */
#define PHOTO_MS 1500
#define PHOTO_EDGE 640

struct _WbCameraView
{
  GtkWidget parent_instance;

  gboolean is_watching;
  guint photo_source;

  /* Children */
  GtkWidget *frame;
  GtkPicture *picture;
  GtkLabel *message;
  GtkLabel *caption;

  /* Owned references */
  GSignalGroup *signals;
  WbCamera *camera;
};

G_DEFINE_FINAL_TYPE (WbCameraView, wb_camera_view, GTK_TYPE_WIDGET)

/* ── What is seen ────────────────────────────────────────────────────────────────────────────── */

static void
show_message (WbCameraView *self, const char *message)
{
  g_autofree char *sentence = wb_format_sentence (message);

  gtk_label_set_text (self->message, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->message), *message != '\0');
}

static void
frame_cb (WbCameraView *self)
{
  const WbFrame *frame = wb_camera_get_frame (self->camera);
  g_autoptr (GdkTexture) texture = NULL;

  if (frame == NULL || self->photo_source != 0)
    return;
  texture = gdk_memory_texture_new ((int) frame->width, (int) frame->height, GDK_MEMORY_R8G8B8A8_PREMULTIPLIED, frame->pixels,
                                    frame->stride);
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
}

static void
state_cb (WbCameraView *self)
{
  WbDeviceState state = wb_device_get_state (WB_DEVICE (self->camera));

  if (state == WB_DEVICE_STATE_READY)
    {
      show_message (self, "");
      return;
    }
  if (self->photo_source == 0)
    gtk_picture_set_paintable (self->picture, NULL);
  show_message (self, state == WB_DEVICE_STATE_TROUBLE ? wb_device_get_message (WB_DEVICE (self->camera))
                                                       : _ ("The camera is being opened …"));
}

static gboolean
photo_over_cb (gpointer user_data)
{
  WbCameraView *self = user_data;

  self->photo_source = 0;
  gtk_widget_remove_css_class (self->frame, "taken");
  if (self->camera != NULL)
    frame_cb (self);
  return G_SOURCE_REMOVE;
}

/* At this size the decoder leaves most of the work out. */
static void
size_cb (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  int longest = MAX (width, height);

  if (longest > PHOTO_EDGE)
    gdk_pixbuf_loader_set_size (loader, MAX (width * PHOTO_EDGE / longest, 1), MAX (height * PHOTO_EDGE / longest, 1));
}

static GdkTexture *
decode (const WbPhoto *photo)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type ("jpeg", &error);

  if (loader != NULL)
    g_signal_connect (loader, "size-prepared", G_CALLBACK (size_cb), NULL);
  if (loader == NULL || !gdk_pixbuf_loader_write_bytes (loader, photo->jpeg, &error) || !gdk_pixbuf_loader_close (loader, &error))
    {
      g_debug ("the photo is not shown: %s", error->message);
      return NULL;
    }
  return gdk_texture_new_for_pixbuf (gdk_pixbuf_loader_get_pixbuf (loader));
}

void
wb_camera_view_show_photo (WbCameraView *self, const WbPhoto *photo)
{
  g_autoptr (GdkTexture) texture = NULL;

  g_return_if_fail (WB_IS_CAMERA_VIEW (self) && photo != NULL);

  texture = decode (photo);
  if (texture == NULL)
    return;
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_widget_add_css_class (self->frame, "taken");
  g_clear_handle_id (&self->photo_source, g_source_remove);
  self->photo_source = g_timeout_add (PHOTO_MS, photo_over_cb, self);
}

void
wb_camera_view_set_caption (WbCameraView *self, const char *caption)
{
  g_return_if_fail (WB_IS_CAMERA_VIEW (self) && caption != NULL);

  gtk_label_set_text (self->caption, caption);
  gtk_widget_set_visible (GTK_WIDGET (self->caption), *caption != '\0');
}

/* ── Watching ────────────────────────────────────────────────────────────────────────────────── */

static void
set_watching (WbCameraView *self, gboolean watching)
{
  if (self->is_watching == watching || self->camera == NULL)
    return;
  self->is_watching = watching;
  if (watching)
    wb_camera_watch (self->camera);
  else
    wb_camera_unwatch (self->camera);
}

void
wb_camera_view_set_camera (WbCameraView *self, WbCamera *camera)
{
  g_return_if_fail (WB_IS_CAMERA_VIEW (self) && (camera == NULL || WB_IS_CAMERA (camera)));

  if (self->camera == camera)
    return;
  set_watching (self, FALSE);
  g_set_object (&self->camera, camera);
  g_signal_group_set_target (self->signals, camera);
  gtk_picture_set_paintable (self->picture, NULL);
  if (camera == NULL)
    return;
  set_watching (self, gtk_widget_get_mapped (GTK_WIDGET (self)));
  state_cb (self);
}

static void
wb_camera_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wb_camera_view_parent_class)->map (widget);
  set_watching (WB_CAMERA_VIEW (widget), TRUE);
}

static void
wb_camera_view_unmap (GtkWidget *widget)
{
  set_watching (WB_CAMERA_VIEW (widget), FALSE);
  GTK_WIDGET_CLASS (wb_camera_view_parent_class)->unmap (widget);
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

static void
wb_camera_view_dispose (GObject *object)
{
  WbCameraView *self = WB_CAMERA_VIEW (object);
  GtkWidget *child = NULL;

  g_clear_handle_id (&self->photo_source, g_source_remove);
  set_watching (self, FALSE);
  g_clear_object (&self->signals);
  g_clear_object (&self->camera);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (wb_camera_view_parent_class)->dispose (object);
}

static void
wb_camera_view_class_init (WbCameraViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_camera_view_dispose;
  widget_class->map = wb_camera_view_map;
  widget_class->unmap = wb_camera_view_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "camera-view");
}

static void
wb_camera_view_init (WbCameraView *self)
{
  GtkWidget *overlay = gtk_overlay_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  self->picture = GTK_PICTURE (gtk_picture_new ());
  gtk_picture_set_content_fit (self->picture, GTK_CONTENT_FIT_COVER);
  gtk_picture_set_can_shrink (self->picture, TRUE);
  gtk_picture_set_alternative_text (self->picture, _ ("What the camera sees"));
  gtk_widget_set_size_request (GTK_WIDGET (self->picture), 160, 90);
  self->message = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_wrap (self->message, TRUE);
  gtk_label_set_justify (self->message, GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (self->message, 24);
  gtk_widget_set_valign (GTK_WIDGET (self->message), GTK_ALIGN_CENTER);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), GTK_WIDGET (self->picture));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->message));
  gtk_overlay_set_measure_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->message), TRUE);
  self->frame = gtk_aspect_frame_new (0.5, 0.0, 16.0f / 9.0f, FALSE);
  gtk_aspect_frame_set_child (GTK_ASPECT_FRAME (self->frame), overlay);
  gtk_widget_add_css_class (self->frame, "camera-frame");
  gtk_widget_set_overflow (self->frame, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_parent (self->frame, GTK_WIDGET (self));
  self->caption = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_xalign (self->caption, 0);
  gtk_label_set_wrap (self->caption, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->caption), "quiet");
  gtk_widget_set_visible (GTK_WIDGET (self->caption), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->caption), GTK_WIDGET (self));
  self->signals = g_signal_group_new (WB_TYPE_CAMERA);
  g_signal_group_connect_swapped (self->signals, "frame", G_CALLBACK (frame_cb), self);
  g_signal_group_connect_swapped (self->signals, "notify::state", G_CALLBACK (state_cb), self);
  g_signal_group_connect_swapped (self->signals, "notify::message", G_CALLBACK (state_cb), self);
}
