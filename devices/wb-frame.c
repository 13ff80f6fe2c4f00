/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "devices/wb-frame.h"

G_DEFINE_BOXED_TYPE (WbFrame, wb_frame, wb_frame_copy, wb_frame_free)

WbFrame *
wb_frame_new (guint width, guint height, guint stride, GBytes *pixels)
{
  WbFrame *self = g_new0 (WbFrame, 1);

  self->width = width;
  self->height = height;
  self->stride = stride;
  self->pixels = pixels;
  return self;
}

WbFrame *
wb_frame_copy (const WbFrame *self)
{
  return self != NULL ? wb_frame_new (self->width, self->height, self->stride, g_bytes_ref (self->pixels)) : NULL;
}

void
wb_frame_free (WbFrame *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->pixels);
  g_free (self);
}
