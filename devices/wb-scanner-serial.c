/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "devices/wb-scanner-serial.h"
#include "devices/wb-serial-frame.h"
#include "devices/wb-serial-port.h"

/* Without a suffix a code ends when the line is quiet this long: several times what a byte takes at 1200 baud. */
#define SILENCE_MS 60

struct _WbScannerSerial
{
  WbScanner parent_instance;

  /* Owned references */
  WbSerialPort *port;
  WbSerialFrame *frame;
  GSource *silence;
};

G_DEFINE_FINAL_TYPE (WbScannerSerial, wb_scanner_serial, WB_TYPE_SCANNER)

static void
forget_silence (WbScannerSerial *self)
{
  if (self->silence != NULL)
    g_source_destroy (self->silence);
  g_clear_pointer (&self->silence, g_source_unref);
}

static void
message_cb (const guint8 *message, gsize length, gboolean is_whole, gpointer user_data)
{
  WbScanner *scanner = user_data;

  if (is_whole)
    _wb_scanner_take (scanner, message, length, NULL);
  else
    _wb_scanner_take_garbage (scanner, _ ("The scanner sends without end: check its suffix and its speed."));
}

static gboolean
silence_cb (gpointer user_data)
{
  WbScannerSerial *self = user_data;

  g_clear_pointer (&self->silence, g_source_unref);
  wb_serial_frame_end (self->frame, message_cb, self);
  return G_SOURCE_REMOVE;
}

static void
bytes_cb (const guint8 *bytes, gsize length, gpointer user_data)
{
  g_autoptr(WbScannerSerial) self = g_object_ref (user_data);

  wb_serial_frame_take (self->frame, bytes, length, message_cb, self);
  if (self->frame == NULL || !wb_serial_frame_ends_by_silence (self->frame))
    return;
  forget_silence (self);
  self->silence = g_timeout_source_new (SILENCE_MS);
  g_source_set_callback (self->silence, silence_cb, self, NULL);
  g_source_attach (self->silence, g_main_context_get_thread_default ());
}

static void
lost_cb (const GError *error, gpointer user_data)
{
  _wb_device_failed (user_data, error);
}

static void
wb_scanner_serial_open (WbDevice *device)
{
  WbScannerSerial *self = WB_SCANNER_SERIAL (device);
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&self->frame, wb_serial_frame_free);
  self->frame = wb_serial_frame_new (wb_device_get_option (device, "prefix"), wb_device_get_option (device, "suffix"), WB_SCAN_MAX);
  if (wb_serial_port_open (self->port, wb_device_get_option (device, "baud"), wb_device_get_option (device, "format"), bytes_cb,
                           lost_cb, self, &error))
    _wb_device_opened (device);
  else
    _wb_device_failed (device, error);
}

static void
wb_scanner_serial_close (WbDevice *device)
{
  WbScannerSerial *self = WB_SCANNER_SERIAL (device);

  forget_silence (self);
  wb_serial_port_close (self->port);
}

static void
wb_scanner_serial_finalize (GObject *object)
{
  WbScannerSerial *self = WB_SCANNER_SERIAL (object);

  g_clear_pointer (&self->frame, wb_serial_frame_free);
  g_clear_object (&self->port);
  G_OBJECT_CLASS (wb_scanner_serial_parent_class)->finalize (object);
}

static void
wb_scanner_serial_class_init (WbScannerSerialClass *class)
{
  static const WbDeviceOption options[] = {
    { "baud", N_ ("Speed, in baud"), WB_SERIAL_BAUDS, "9600" },
    { "format", N_ ("Data bits, parity, stop bits"), WB_SERIAL_FORMATS, "8N1" },
    { "prefix", N_ ("A code begins with"), WB_SERIAL_PREFIXES, "none" },
    { "suffix", N_ ("A code ends with"), WB_SERIAL_SUFFIXES, "cr" },
  };
  WbDeviceClass *device_class = WB_DEVICE_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = wb_scanner_serial_finalize;
  device_class->options = options;
  device_class->n_options = G_N_ELEMENTS (options);
  device_class->open = wb_scanner_serial_open;
  device_class->close = wb_scanner_serial_close;
}

static void
wb_scanner_serial_init (WbScannerSerial *self)
{
}

WbDevice *
wb_scanner_serial_new (const char *path, const char *id, const char *name)
{
  WbScannerSerial *self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (WB_TYPE_SCANNER_SERIAL, "id", id, "name", name, NULL);
  self->port = wb_serial_port_new (path);
  return WB_DEVICE (self);
}
