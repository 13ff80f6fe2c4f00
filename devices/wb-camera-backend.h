/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finds cameras: those that are plugged in (V4L2, through GStreamer's device monitor) and those that somebody names by
 * where their pictures come from, as network cameras. Main thread; what may take its time is done in threads.
 */
#pragma once

#include "devices/wb-device-backend.h"

G_BEGIN_DECLS

#define WB_TYPE_CAMERA_BACKEND (wb_camera_backend_get_type ())
G_DECLARE_FINAL_TYPE (WbCameraBackend, wb_camera_backend, WB, CAMERA_BACKEND, WbDeviceBackend)

/**
 * wb_camera_backend_new:
 *
 * Returns: (transfer full): a #WbDeviceBackend
 */
WbDeviceBackend *wb_camera_backend_new (void);

/**
 * wb_camera_backend_is_looking:
 *
 * Returns: whether GStreamer is still looking, so that more may be told of soon
 */
gboolean wb_camera_backend_is_looking (WbCameraBackend *self);

/**
 * wb_camera_backend_add_source:
 * @name: what people call it; its id is "camera:" and this
 * @source: a GStreamer fragment that ends in raw video: "rtspsrc location=rtsp://… ! decodebin"; "" when the device's
 *   option "source" says it
 *
 * Names a camera that cannot be found. It is told of while the backend runs.
 */
void wb_camera_backend_add_source (WbCameraBackend *self, const char *name, const char *source);

/**
 * wb_camera_backend_remove_source:
 *
 * It is none of ours any more.
 */
void wb_camera_backend_remove_source (WbCameraBackend *self, const char *name);

G_END_DECLS
