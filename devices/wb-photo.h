/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A photo as it is kept: a JPEG made from nothing but pixels, so that it says no more than what is seen (no place, no
 * serial number, no thumbnail of something else), and the hash by which it is known. An immutable value; any thread.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * WbPhoto:
 * @jpeg: the file
 * @sha256: of @jpeg, 64 hexadecimal digits
 * @width: pixels
 * @height: pixels
 * @at_us: when it was taken (Unix time, microseconds)
 */
typedef struct
{
  GBytes *jpeg;
  char *sha256;
  guint width;
  guint height;
  gint64 at_us;
} WbPhoto;

#define WB_TYPE_PHOTO (wb_photo_get_type ())
GType wb_photo_get_type (void) G_GNUC_CONST;

/**
 * wb_photo_new:
 * @rgb: three bytes a pixel
 * @stride: bytes from one row to the next
 * @longest_edge: pixels; larger pictures are scaled down to it
 * @quality: 1 to 100, of the JPEG
 *
 * Takes some tens of milliseconds: not for the main thread. Fails with %WB_DEVICE_ERROR_FAILED.
 *
 * Returns: (transfer full): a photo
 */
WbPhoto *wb_photo_new (const guint8 *rgb, guint width, guint height, guint stride, guint longest_edge, guint quality,
                       GError **error);
WbPhoto *wb_photo_copy (const WbPhoto *self);
void wb_photo_free (WbPhoto *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbPhoto, wb_photo_free)

G_END_DECLS
