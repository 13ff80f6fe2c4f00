/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What looks through a camera while it is open (wb-camera-eyes.c): takes the pipeline's pictures in its thread, makes live
 * frames, photos and grey pictures of them, and reads barcodes in a second thread. WbCamera owns one on the main thread.
 */
#pragma once

#include <gst/gst.h>

#include "devices/wb-camera.h"

G_BEGIN_DECLS

typedef struct _WbCameraEyes WbCameraEyes;

/* How to look; fixed while it is open. */
typedef struct
{
  gboolean reads_codes;
  gint64 repeat_us;
  guint photo_edge;
  guint photo_quality;
} WbCameraSight;

/* The first reference is the owner's. */
WbCameraEyes *_wb_camera_eyes_new (const WbCameraSight *sight, WbCamera *owner);
WbCameraEyes *_wb_camera_eyes_ref (WbCameraEyes *self);

/* Main thread. Forgets the owner; whoever waits for a photo is refused. */
void _wb_camera_eyes_close (WbCameraEyes *self);
void _wb_camera_eyes_set_watched (WbCameraEyes *self, gboolean watched);
/* @task: (transfer full): answered on the main thread, with a WbPhoto or an error */
void _wb_camera_eyes_shoot (WbCameraEyes *self, GTask *task);

/* In the pipeline's thread. */
void _wb_camera_eyes_take (GstSample *sample, gpointer self);
void _wb_camera_eyes_end (gpointer self);

/* What they tell the camera, on the main thread. */
void _wb_camera_opened (WbCamera *self);
void _wb_camera_take_frame (WbCamera *self, WbFrame *frame);
void _wb_camera_take_code (WbCamera *self, const guint8 *bytes, gsize length, const char *symbology);
void _wb_camera_take_note (WbCamera *self, const char *note);

G_END_DECLS
