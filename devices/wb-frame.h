/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One picture of a camera's live view: plain pixels, small enough for a screen. Not for keeping: that is a WbPhoto. An
 * immutable value; any thread.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * WbFrame:
 * @width: pixels
 * @height: pixels
 * @stride: bytes from one row to the next
 * @pixels: red, green, blue and 255, a byte each
 */
typedef struct
{
  guint width;
  guint height;
  guint stride;
  GBytes *pixels;
} WbFrame;

#define WB_TYPE_FRAME (wb_frame_get_type ())
GType wb_frame_get_type (void) G_GNUC_CONST;

/**
 * wb_frame_new:
 * @pixels: (transfer full): @stride × @height bytes
 *
 * Returns: (transfer full): a frame
 */
WbFrame *wb_frame_new (guint width, guint height, guint stride, GBytes *pixels);
WbFrame *wb_frame_copy (const WbFrame *self);
void wb_frame_free (WbFrame *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbFrame, wb_frame_free)

G_END_DECLS
