/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "devices/wb-scale-serial.h"
#include "devices/wb-serial-frame.h"
#include "devices/wb-serial-port.h"

#define ASK_MS 150
/* So many questions without an answer, and nobody is there. */
#define MAX_UNANSWERED 14
/* So many answers without a weight, and what it weighed before is not what lies on it. */
#define MAX_WEIGHTLESS 7
#define MAX_ANSWER 64

struct _WbScaleSerial
{
  WbScale parent_instance;

  guint n_unanswered;
  guint n_weightless;

  /* Borrowed references */
  const WbScaleProtocol *protocol;

  /* Owned references */
  WbSerialPort *port;
  WbSerialFrame *frame;
  GSource *ask;
};

G_DEFINE_FINAL_TYPE (WbScaleSerial, wb_scale_serial, WB_TYPE_SCALE)

static void
send (WbScaleSerial *self, const char *command)
{
  wb_serial_port_write (self->port, command, strlen (command));
}

static void
message_cb (const guint8 *message, gsize length, gboolean is_whole, gpointer user_data)
{
  WbScaleSerial *self = user_data;
  WbDevice *device = user_data;
  WbScaleReading reading = { 0 };
  WbScaleUnit unit = WB_SCALE_UNIT_KG;
  WbScaleAnswer answer = WB_SCALE_ANSWER_UNKNOWN;

  wb_scale_unit_parse (wb_device_get_option (device, "unit"), &unit);
  if (is_whole)
    answer = self->protocol->read ((const char *) message, length, unit, &reading);
  if (answer == WB_SCALE_ANSWER_UNKNOWN)
    {
      g_debug ("%s: %u bytes that are no answer", wb_device_get_id (device), (guint) length);
      return;
    }
  self->n_unanswered = 0;
  if (wb_device_get_state (device) == WB_DEVICE_STATE_OPENING)
    _wb_device_opened (device);
  self->n_weightless = answer == WB_SCALE_ANSWER_READING ? 0 : self->n_weightless + 1;
  if (self->n_weightless > MAX_WEIGHTLESS)
    reading = (WbScaleReading){ .state = WB_SCALE_STATE_FAULT };
  if (answer == WB_SCALE_ANSWER_READING || self->n_weightless > MAX_WEIGHTLESS)
    _wb_scale_take (WB_SCALE (self), &reading);
}

static void
bytes_cb (const guint8 *bytes, gsize length, gpointer user_data)
{
  g_autoptr(WbScaleSerial) self = g_object_ref (user_data);

  wb_serial_frame_take (self->frame, bytes, length, message_cb, self);
}

static void
lost_cb (const GError *error, gpointer user_data)
{
  _wb_device_failed (user_data, error);
}

static gboolean
ask_cb (gpointer user_data)
{
  WbScaleSerial *self = user_data;

  if (++self->n_unanswered > MAX_UNANSWERED)
    {
      g_autoptr(GError) error = g_error_new (WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE,
                                             _ ("the scale at %s does not answer: switch it on, and check its speed and its protocol"),
                                             wb_serial_port_get_path (self->port));

      /* closing takes this source away */
      _wb_device_failed (WB_DEVICE (self), error);
      return G_SOURCE_REMOVE;
    }
  send (self, self->protocol->ask);
  return G_SOURCE_CONTINUE;
}

/* ---- WbDevice, WbScale ------------------------------------------------------------------------------- */

static void
wb_scale_serial_open (WbDevice *device)
{
  WbScaleSerial *self = WB_SCALE_SERIAL (device);
  const WbScaleProtocol *protocol = self->protocol;
  const char *baud = wb_device_get_option (device, "baud");
  const char *format = wb_device_get_option (device, "format");
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&self->frame, wb_serial_frame_free);
  self->frame = wb_serial_frame_new (protocol->prefix, protocol->suffix, MAX_ANSWER);
  self->n_unanswered = 0;
  self->n_weightless = 0;
  if (!wb_serial_port_open (self->port, *baud != '\0' ? baud : protocol->baud, *format != '\0' ? format : protocol->format,
                            bytes_cb, lost_cb, self, &error))
    {
      _wb_device_failed (device, error);
      return;
    }
  /* it is ready when it has answered */
  send (self, protocol->ask);
  self->ask = g_timeout_source_new (ASK_MS);
  g_source_set_callback (self->ask, ask_cb, self, NULL);
  g_source_set_static_name (self->ask, "[waybill] serial scale");
  g_source_attach (self->ask, g_main_context_get_thread_default ());
}

static void
wb_scale_serial_close (WbDevice *device)
{
  WbScaleSerial *self = WB_SCALE_SERIAL (device);

  if (self->ask != NULL)
    g_source_destroy (self->ask);
  g_clear_pointer (&self->ask, g_source_unref);
  wb_serial_port_close (self->port);
  _wb_scale_forget (WB_SCALE (self));
}

static void
wb_scale_serial_zero (WbScale *scale)
{
  send (WB_SCALE_SERIAL (scale), WB_SCALE_SERIAL (scale)->protocol->zero);
}

static void
wb_scale_serial_tare (WbScale *scale)
{
  send (WB_SCALE_SERIAL (scale), WB_SCALE_SERIAL (scale)->protocol->tare);
}

static void
wb_scale_serial_clear_tare (WbScale *scale)
{
  send (WB_SCALE_SERIAL (scale), WB_SCALE_SERIAL (scale)->protocol->clear_tare);
}

static void
wb_scale_serial_finalize (GObject *object)
{
  WbScaleSerial *self = WB_SCALE_SERIAL (object);

  g_clear_pointer (&self->frame, wb_serial_frame_free);
  g_clear_object (&self->port);
  G_OBJECT_CLASS (wb_scale_serial_parent_class)->finalize (object);
}

static void
wb_scale_serial_class_init (WbScaleSerialClass *class)
{
  /* what the protocol has goes where nothing is set */
  static const WbDeviceOption options[] = {
    { "baud", N_ ("Speed, in baud"), "|" WB_SERIAL_BAUDS, "" },
    { "format", N_ ("Data bits, parity, stop bits"), "|" WB_SERIAL_FORMATS, "" },
    { "unit", N_ ("Unit, if the scale does not say"), "kg|lb|g|oz", "kg" },
    { "quiet-ms", N_ ("Rest before a weight counts, in milliseconds"), NULL, "400" },
  };
  WbDeviceClass *device_class = WB_DEVICE_CLASS (class);
  WbScaleClass *scale_class = WB_SCALE_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = wb_scale_serial_finalize;
  device_class->options = options;
  device_class->n_options = G_N_ELEMENTS (options);
  device_class->open = wb_scale_serial_open;
  device_class->close = wb_scale_serial_close;
  scale_class->zero = wb_scale_serial_zero;
  scale_class->tare = wb_scale_serial_tare;
  scale_class->clear_tare = wb_scale_serial_clear_tare;
}

static void
wb_scale_serial_init (WbScaleSerial *self)
{
}

WbDevice *
wb_scale_serial_new (const WbScaleProtocol *protocol, const char *path, const char *id, const char *name)
{
  WbScaleSerial *self = NULL;

  g_return_val_if_fail (protocol != NULL && path != NULL, NULL);

  self = g_object_new (WB_TYPE_SCALE_SERIAL, "id", id, "name", name, NULL);
  self->protocol = protocol;
  self->port = wb_serial_port_new (path);
  return WB_DEVICE (self);
}
