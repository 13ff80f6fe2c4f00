/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A camera: live pictures for a screen, photos to keep, and barcodes that come into view, which arrive as
 * #WbScanner::scan like those of any scanner. Pictures come through GStreamer from any source; all work on them is done in
 * threads, and pictures that nobody has time for are dropped. Main thread.
 *
 * Options: "source" (a GStreamer fragment that ends in raw video), "turn" (how it hangs), "codes" (whether barcodes are
 * read; off unless somebody says so, or whatever lies in view would be scanned), "repeat-ms" (so long a code must be out
 * of view to count again), "photos" (moments at which a bench takes photos by itself, core/wb-job-photo.h), "photo-edge"
 * (longest edge of photos, pixels), "photo-quality".
 */
#pragma once

#include "devices/wb-frame.h"
#include "devices/wb-photo.h"
#include "devices/wb-scanner.h"

G_BEGIN_DECLS

#define WB_TYPE_CAMERA (wb_camera_get_type ())
G_DECLARE_FINAL_TYPE (WbCamera, wb_camera, WB, CAMERA, WbScanner)

/**
 * WbCamera::frame:
 *
 * There is a new live picture (wb_camera_get_frame()). Only while somebody watches.
 */

/**
 * wb_camera_new:
 * @source: what stands in the option "source" when nobody says otherwise
 *
 * Returns: (transfer full): a #WbCamera, closed
 */
WbDevice *wb_camera_new (const char *source, const char *id, const char *name);

/**
 * wb_camera_watch:
 *
 * Asks for live pictures, at most 15 a second; watches count. Costs the main loop nothing while nobody watches.
 */
void wb_camera_watch (WbCamera *self);
void wb_camera_unwatch (WbCamera *self);

/**
 * wb_camera_get_frame:
 *
 * Returns: (transfer none) (nullable): the newest live picture, at most 640 pixels wide or high
 */
const WbFrame *wb_camera_get_frame (WbCamera *self);

/**
 * wb_camera_take_photo_async:
 *
 * Takes a photo of what comes into view next. Fails with %WB_DEVICE_ERROR_OFFLINE when the camera is not ready or stops
 * before. Finish with wb_camera_take_photo_finish(): (transfer full): a photo.
 */
void wb_camera_take_photo_async (WbCamera *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
WbPhoto *wb_camera_take_photo_finish (WbCamera *self, GAsyncResult *result, GError **error);

G_END_DECLS
