/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a camera sees, live, and for a moment the photo that was just taken. Watches only while it is on the screen. Says
 * what is wrong when there is no picture. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "devices/wb-camera.h"

G_BEGIN_DECLS

#define WB_TYPE_CAMERA_VIEW (wb_camera_view_get_type ())
G_DECLARE_FINAL_TYPE (WbCameraView, wb_camera_view, WB, CAMERA_VIEW, GtkWidget)

/**
 * wb_camera_view_set_camera:
 * @camera: (nullable): which; somebody else opens it
 */
void wb_camera_view_set_camera (WbCameraView *self, WbCamera *camera);

/**
 * wb_camera_view_show_photo:
 * @photo: just taken
 *
 * Shows it in place of the live picture for a moment.
 */
void wb_camera_view_show_photo (WbCameraView *self, const WbPhoto *photo);

/**
 * wb_camera_view_set_caption:
 * @caption: below the picture: "2 photos"
 */
void wb_camera_view_set_caption (WbCameraView *self, const char *caption);

G_END_DECLS
