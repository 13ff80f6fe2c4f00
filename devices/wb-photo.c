/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "devices/wb-device-error.h"
#include "devices/wb-photo.h"

G_DEFINE_BOXED_TYPE (WbPhoto, wb_photo, wb_photo_copy, wb_photo_free)

static GdkPixbuf *
scale (GdkPixbuf *picture, guint longest_edge)
{
  guint width = (guint) gdk_pixbuf_get_width (picture);
  guint height = (guint) gdk_pixbuf_get_height (picture);
  guint longest = MAX (width, height);

  if (longest <= longest_edge)
    return g_object_ref (picture);
  return gdk_pixbuf_scale_simple (picture, (int) MAX (width * longest_edge / longest, 1),
                                  (int) MAX (height * longest_edge / longest, 1), GDK_INTERP_BILINEAR);
}

WbPhoto *
wb_photo_new (const guint8 *rgb, guint width, guint height, guint stride, guint longest_edge, guint quality, GError **error)
{
  g_autoptr(GdkPixbuf) picture = NULL;
  g_autoptr(GdkPixbuf) scaled = NULL;
  g_autoptr(GError) why = NULL;
  g_autofree char *percent = g_strdup_printf ("%u", CLAMP (quality, 1, 100));
  WbPhoto *self = NULL;
  char *jpeg = NULL;
  gsize length = 0;

  g_return_val_if_fail (rgb != NULL && width > 0 && height > 0 && longest_edge > 0, NULL);

  picture = gdk_pixbuf_new_from_data (rgb, GDK_COLORSPACE_RGB, FALSE, 8, (int) width, (int) height, (int) stride, NULL, NULL);
  scaled = scale (picture, longest_edge);
  if (scaled == NULL || !gdk_pixbuf_save_to_buffer (scaled, &jpeg, &length, "jpeg", &why, "quality", percent, NULL))
    {
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED, "the picture cannot be made a photo: %s",
                   why != NULL ? why->message : "it is too large");
      return NULL;
    }
  self = g_new0 (WbPhoto, 1);
  self->jpeg = g_bytes_new_take (jpeg, length);
  self->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->jpeg);
  self->width = (guint) gdk_pixbuf_get_width (scaled);
  self->height = (guint) gdk_pixbuf_get_height (scaled);
  self->at_us = g_get_real_time ();
  return self;
}

WbPhoto *
wb_photo_copy (const WbPhoto *self)
{
  WbPhoto *copy = NULL;

  if (self == NULL)
    return NULL;
  copy = g_memdup2 (self, sizeof *self);
  copy->jpeg = g_bytes_ref (self->jpeg);
  copy->sha256 = g_strdup (self->sha256);
  return copy;
}

void
wb_photo_free (WbPhoto *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->jpeg);
  g_free (self->sha256);
  g_free (self);
}
