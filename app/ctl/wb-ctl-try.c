/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "waybillctl"

#include "config.h"

#include <glib/gi18n.h>

#include "app/ctl/wb-ctl-try.h"
#include "devices/wb-camera.h"
#include "devices/wb-printer-device.h"
#include "devices/wb-voice.h"

typedef struct
{
  WbDevice *device;
  WbCtlTried tried;
  gpointer user_data;
} Trying;

static Trying *
trying_new (WbDevice *device, WbCtlTried tried, gpointer user_data)
{
  Trying *self = g_new0 (Trying, 1);

  self->device = g_object_ref (device);
  self->tried = tried;
  self->user_data = user_data;
  return self;
}

static void
trying_free (Trying *self)
{
  g_object_unref (self->device);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Trying, trying_free)

static void
fail (Trying *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    self->tried (self->device, "failed", error->message, self->user_data);
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Trying) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *job = wb_printer_print_finish (WB_PRINTER (source), result, &error);

  if (job != NULL)
    self->tried (self->device, "printed", job, self->user_data);
  else
    fail (self, error);
}

static void
try_printer (Trying *trying, GCancellable *cancellable)
{
  g_autoptr (Trying) self = trying;
  WbPrinterDevice *device = WB_PRINTER_DEVICE (self->device);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbPrintDocument) document = wb_printer_device_make_test (device, &error);

  if (document == NULL)
    fail (self, error);
  else
    wb_printer_print_async (wb_printer_device_get_printer (device), document, cancellable, printed_cb, g_steal_pointer (&self));
}

static void
photo_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Trying) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbPhoto) photo = wb_camera_take_photo_finish (WB_CAMERA (source), result, &error);
  g_autofree char *size = NULL;
  g_autofree char *text = NULL;

  if (photo == NULL)
    {
      fail (self, error);
      return;
    }
  size = g_format_size (g_bytes_get_size (photo->jpeg));
  text = g_strdup_printf (_ ("%u × %u pixels, %s"), photo->width, photo->height, size);
  self->tried (self->device, "photo", text, self->user_data);
}

/* It hears all that can be said anywhere. */
static void
try_voice (Trying *trying)
{
  const WbVoiceWords words = { .commands = G_MAXUINT, .check = 2, .weight = TRUE };
  g_autoptr (Trying) self = trying;
  const char *sentence = _ ("This is how the bench sounds.");

  wb_voice_set_words (WB_VOICE (self->device), &words);
  wb_voice_say (WB_VOICE (self->device), sentence);
  wb_voice_listen (WB_VOICE (self->device));
  self->tried (self->device, "speaks", sentence, self->user_data);
}

void
wb_ctl_try (WbDevice *device, GCancellable *cancellable, WbCtlTried tried, gpointer user_data)
{
  g_return_if_fail (WB_IS_DEVICE (device) && tried != NULL);

  if (WB_IS_PRINTER_DEVICE (device))
    try_printer (trying_new (device, tried, user_data), cancellable);
  else if (WB_IS_CAMERA (device))
    wb_camera_take_photo_async (WB_CAMERA (device), cancellable, photo_cb, trying_new (device, tried, user_data));
  else if (WB_IS_VOICE (device))
    try_voice (trying_new (device, tried, user_data));
}
