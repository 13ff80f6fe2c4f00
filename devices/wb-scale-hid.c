/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include "devices/wb-hid-session.h"
#include "devices/wb-hid-weight.h"
#include "devices/wb-scale-hid.h"

struct _WbScaleHid
{
  WbScale parent_instance;

  /* Borrowed references */
  const WbDeviceModel *model;

  /* Owned references */
  WbHidSession *session;
};

G_DEFINE_FINAL_TYPE (WbScaleHid, wb_scale_hid, WB_TYPE_SCALE)

static void
take_report (WbDevice *device, const guint8 *report, gsize length)
{
  WbScaleHid *self = WB_SCALE_HID (device);
  WbScaleReading reading = { 0 };

  if (!wb_hid_weight_read (wb_hid_session_get_descriptor (self->session), report, length, &reading))
    return;
  if (wb_device_model_has_quirk (self->model, "invert-sign"))
    reading.mantissa = -reading.mantissa;
  _wb_scale_take (WB_SCALE (self), &reading);
}

static void
wb_scale_hid_open (WbDevice *device)
{
  wb_hid_session_open (WB_SCALE_HID (device)->session);
}

static void
wb_scale_hid_close (WbDevice *device)
{
  wb_hid_session_close (WB_SCALE_HID (device)->session);
  _wb_scale_forget (WB_SCALE (device));
}

static void
wb_scale_hid_zero (WbScale *scale)
{
  WbScaleHid *self = WB_SCALE_HID (scale);
  gboolean feature = FALSE;
  guint8 report_id = 0;
  g_autoptr(GBytes) report = wb_hid_weight_make_zero (wb_hid_session_get_descriptor (self->session), &report_id, &feature);
  gsize length = 0;
  const guint8 *data = report != NULL ? g_bytes_get_data (report, &length) : NULL;

  if (data != NULL)
    wb_usb_interface_send (wb_hid_session_get_interface (self->session), report_id, feature, data, length);
  else
    wb_scale_tare (scale);
}

static void
wb_scale_hid_finalize (GObject *object)
{
  g_clear_pointer (&WB_SCALE_HID (object)->session, wb_hid_session_free);
  G_OBJECT_CLASS (wb_scale_hid_parent_class)->finalize (object);
}

static void
wb_scale_hid_class_init (WbScaleHidClass *class)
{
  G_OBJECT_CLASS (class)->finalize = wb_scale_hid_finalize;
  WB_DEVICE_CLASS (class)->open = wb_scale_hid_open;
  WB_DEVICE_CLASS (class)->close = wb_scale_hid_close;
  WB_SCALE_CLASS (class)->zero = wb_scale_hid_zero;
}

static void
wb_scale_hid_init (WbScaleHid *self)
{
}

WbDevice *
wb_scale_hid_new (WbUsbInterface *interface, const WbDeviceModel *model, const char *id, const char *name)
{
  WbScaleHid *self = NULL;

  g_return_val_if_fail (WB_IS_USB_INTERFACE (interface), NULL);

  self = g_object_new (WB_TYPE_SCALE_HID, "id", id, "name", name, NULL);
  self->model = model;
  self->session = wb_hid_session_new (WB_DEVICE (self), interface, take_report);
  return WB_DEVICE (self);
}
