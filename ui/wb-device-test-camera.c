/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trying a camera: what it sees, a photo, the codes in the picture. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/wb-device-test-private.h"
#include "ui/wb-format.h"

static void
photo_taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbDeviceTest) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbPhoto) photo = wb_camera_take_photo_finish (WB_CAMERA (source), result, &error);
  g_autofree char *words = NULL;
  g_autofree char *size = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (photo == NULL)
    {
      words = wb_format_sentence (error->message);
      _wb_device_test_show (self, _ ("No photo"), words);
      return;
    }
  wb_camera_view_show_photo (self->view, photo);
  size = g_format_size (g_bytes_get_size (photo->jpeg));
  words = g_strdup_printf (_ ("%u × %u pixels, %s"), photo->width, photo->height, size);
  self->n_seen++;
  _wb_device_test_show (self, _ ("A photo as it would be kept"), words);
}

static void
take_photo_cb (WbDeviceTest *self)
{
  wb_camera_take_photo_async (WB_CAMERA (self->device), self->cancellable, photo_taken_cb, g_object_ref (self));
}

void
_wb_device_test_build_camera (WbDeviceTest *self)
{
  self->view = g_object_new (WB_TYPE_CAMERA_VIEW, "width-request", 280, NULL);
  gtk_box_prepend (GTK_BOX (self), GTK_WIDGET (self->view));
  wb_camera_view_set_camera (self->view, WB_CAMERA (self->device));
  _wb_device_test_add_button (self, _ ("Take a _photo"), G_CALLBACK (take_photo_cb));
  g_signal_connect_object (self->device, "scan", G_CALLBACK (_wb_device_test_scan_cb), self, G_CONNECT_SWAPPED);
}
