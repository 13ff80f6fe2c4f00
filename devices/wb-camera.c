/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "devices/wb-camera-private.h"
#include "devices/wb-media-private.h"

#define MAX_RATE 15

struct _WbCamera
{
  WbScanner parent_instance;

  guint n_watchers;

  /* Owned references */
  char *source;
  WbMedia *media;
  WbCameraEyes *eyes;
  WbFrame *frame;
  char *note; /* what does not work though it is open */
};

G_DEFINE_FINAL_TYPE (WbCamera, wb_camera, WB_TYPE_SCANNER)

enum
{
  FRAME,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const WbDeviceOption options[] = {
  { "source", N_ ("Where its pictures come from"), NULL, "" },
  { "turn", N_ ("How it hangs"), "upright|right|upside-down|left", "upright" },
  { "codes", N_ ("Read barcodes that come into view"), "on|off", "off" },
  { "repeat-ms", N_ ("A code counts again when it was out of view for so many milliseconds"), NULL, "1500" },
  { "photos", N_ ("When photos are taken"), "asked|packed|weighed|labelled|packed,labelled", "asked" },
  { "photo-edge", N_ ("Longest edge of photos, in pixels"), "1024|1280|1600|2048|4096", "1600" },
  { "photo-quality", N_ ("Quality of photos, in percent"), "60|70|80|90", "80" },
};

/* ---- What its eyes tell ------------------------------------------------------------------------------ */

void
_wb_camera_opened (WbCamera *self)
{
  _wb_device_opened (WB_DEVICE (self));
  if (self->note != NULL)
    _wb_device_note (WB_DEVICE (self), self->note);
}

void
_wb_camera_take_frame (WbCamera *self, WbFrame *frame)
{
  g_clear_pointer (&self->frame, wb_frame_free);
  self->frame = wb_frame_copy (frame);
  g_signal_emit (self, signals[FRAME], 0);
}

void
_wb_camera_take_code (WbCamera *self, const guint8 *bytes, gsize length, const char *symbology)
{
  _wb_scanner_take (WB_SCANNER (self), bytes, length, symbology);
}

void
_wb_camera_take_note (WbCamera *self, const char *note)
{
  g_free (self->note);
  self->note = g_strdup (note);
  _wb_device_note (WB_DEVICE (self), note);
}

static void
failed_cb (gpointer owner, const GError *error)
{
  _wb_device_failed (WB_DEVICE (owner), error);
}

/* ---- WbDevice ---------------------------------------------------------------------------------------- */

static const char *
get_turn (WbDevice *device)
{
  const char *turn = wb_device_get_option (device, "turn");

  if (g_str_equal (turn, "right"))
    return "videoflip video-direction=90r ! ";
  if (g_str_equal (turn, "left"))
    return "videoflip video-direction=90l ! ";
  return g_str_equal (turn, "upside-down") ? "videoflip video-direction=180 ! " : "";
}

static guint
get_number (WbDevice *device, const char *option, guint highest)
{
  return (guint) CLAMP (g_ascii_strtoull (wb_device_get_option (device, option), NULL, 10), 1, highest);
}

static void
wb_camera_open (WbDevice *device)
{
  static WbMediaFuncs funcs = { .group = "video", .take = _wb_camera_eyes_take, .failed = failed_cb };
  WbCamera *self = WB_CAMERA (device);
  const char *source = wb_device_get_option (device, "source");
  WbCameraSight sight = { .reads_codes = g_str_equal (wb_device_get_option (device, "codes"), "on"),
                          .repeat_us = (gint64) get_number (device, "repeat-ms", 60000) * 1000,
                          .photo_edge = get_number (device, "photo-edge", 8192),
                          .photo_quality = get_number (device, "photo-quality", 100) };
  g_autofree char *pipeline = NULL;

  if (*source == '\0')
    source = self->source;
  if (*source == '\0')
    {
      g_autoptr(GError) error = g_error_new_literal (WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED,
                                                     _ ("nobody has said where the camera's pictures come from: set “source”"));

      _wb_device_failed (device, error);
      return;
    }
  pipeline = g_strdup_printf ("%s ! videorate drop-only=true max-rate=%d ! videoconvert ! %s"
                              "video/x-raw,format=I420 ! appsink name=out max-buffers=2 drop=true",
                              source, MAX_RATE, get_turn (device));
  funcs.noun = _ ("the camera");
  self->eyes = _wb_camera_eyes_new (&sight, self);
  _wb_camera_eyes_set_watched (self->eyes, self->n_watchers > 0);
  self->media = _wb_media_start (pipeline, &funcs, _wb_camera_eyes_ref (self->eyes), _wb_camera_eyes_end, self);
}

static void
wb_camera_close (WbDevice *device)
{
  WbCamera *self = WB_CAMERA (device);

  g_clear_pointer (&self->media, _wb_media_stop);
  g_clear_pointer (&self->eyes, _wb_camera_eyes_close);
  g_clear_pointer (&self->frame, wb_frame_free);
  g_clear_pointer (&self->note, g_free);
}

static void
wb_camera_finalize (GObject *object)
{
  g_free (WB_CAMERA (object)->source);
  G_OBJECT_CLASS (wb_camera_parent_class)->finalize (object);
}

static void
wb_camera_class_init (WbCameraClass *class)
{
  WbDeviceClass *device_class = WB_DEVICE_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = wb_camera_finalize;
  device_class->kind = WB_DEVICE_KIND_CAMERA;
  device_class->options = options;
  device_class->n_options = G_N_ELEMENTS (options);
  device_class->open = wb_camera_open;
  device_class->close = wb_camera_close;

  signals[FRAME] = g_signal_new ("frame", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_camera_init (WbCamera *self)
{
}

/* ---- Public API --------------------------------------------------------------------------------------- */

WbDevice *
wb_camera_new (const char *source, const char *id, const char *name)
{
  WbCamera *self = NULL;

  g_return_val_if_fail (source != NULL, NULL);

  self = g_object_new (WB_TYPE_CAMERA, "id", id, "name", name, NULL);
  self->source = g_strdup (source);
  return WB_DEVICE (self);
}

void
wb_camera_watch (WbCamera *self)
{
  g_return_if_fail (WB_IS_CAMERA (self));

  if (self->n_watchers++ == 0 && self->eyes != NULL)
    _wb_camera_eyes_set_watched (self->eyes, TRUE);
}

void
wb_camera_unwatch (WbCamera *self)
{
  g_return_if_fail (WB_IS_CAMERA (self) && self->n_watchers > 0);

  if (--self->n_watchers > 0)
    return;
  if (self->eyes != NULL)
    _wb_camera_eyes_set_watched (self->eyes, FALSE);
  g_clear_pointer (&self->frame, wb_frame_free);
}

const WbFrame *
wb_camera_get_frame (WbCamera *self)
{
  g_return_val_if_fail (WB_IS_CAMERA (self), NULL);

  return self->frame;
}

void
wb_camera_take_photo_async (WbCamera *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (WB_IS_CAMERA (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_camera_take_photo_async);
  if (self->eyes == NULL || wb_device_get_state (WB_DEVICE (self)) != WB_DEVICE_STATE_READY)
    g_task_return_new_error (task, WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE, _ ("the camera is not ready"));
  else
    _wb_camera_eyes_shoot (self->eyes, g_steal_pointer (&task));
}

WbPhoto *
wb_camera_take_photo_finish (WbCamera *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
