/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include "devices/wb-hid-session.h"

struct _WbHidSession
{
  /* Borrowed references */
  WbDevice *device;
  WbHidReportFunc report;

  /* Owned references */
  WbUsbInterface *interface;
  WbHidDescriptor *descriptor;
  GCancellable *cancellable;
};

WbHidSession *
wb_hid_session_new (WbDevice *device, WbUsbInterface *interface, WbHidReportFunc report)
{
  WbHidSession *self = g_new0 (WbHidSession, 1);

  self->device = device;
  self->interface = g_object_ref (interface);
  self->report = report;
  return self;
}

void
wb_hid_session_free (WbHidSession *self)
{
  if (self == NULL)
    return;
  wb_hid_session_close (self);
  g_clear_pointer (&self->descriptor, wb_hid_descriptor_free);
  g_clear_object (&self->interface);
  g_free (self);
}

static void
report_cb (const guint8 *report, gsize length, gpointer user_data)
{
  WbHidSession *self = user_data;

  self->report (self->device, report, length);
}

static void
lost_cb (const GError *error, gpointer user_data)
{
  WbHidSession *self = user_data;

  _wb_device_failed (self->device, error);
}

static void
described_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  /* of the task: whether somebody closed the session meanwhile, so that it may be no more */
  g_autoptr(GCancellable) cancellable = user_data;
  WbHidSession *self = g_object_get_data (G_OBJECT (cancellable), "session");
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = wb_usb_interface_read_descriptor_finish (WB_USB_INTERFACE (source), result, &error);
  gsize length = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  if (g_cancellable_is_cancelled (cancellable))
    return;
  g_clear_pointer (&self->descriptor, wb_hid_descriptor_free);
  if (bytes != NULL)
    self->descriptor = wb_hid_descriptor_parse (data, length, &error);
  if (self->descriptor != NULL && wb_usb_interface_start (self->interface, report_cb, lost_cb, self, &error))
    _wb_device_opened (self->device);
  else
    _wb_device_failed (self->device, error);
}

void
wb_hid_session_open (WbHidSession *self)
{
  g_autoptr(GError) error = NULL;

  g_return_if_fail (self->cancellable == NULL);

  if (!wb_usb_interface_open (self->interface, &error))
    {
      _wb_device_failed (self->device, error);
      return;
    }
  self->cancellable = g_cancellable_new ();
  g_object_set_data (G_OBJECT (self->cancellable), "session", self);
  wb_usb_interface_read_descriptor_async (self->interface, NULL, described_cb, g_object_ref (self->cancellable));
}

void
wb_hid_session_close (WbHidSession *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  wb_usb_interface_close (self->interface);
}

const WbHidDescriptor *
wb_hid_session_get_descriptor (WbHidSession *self)
{
  return self->descriptor;
}

WbUsbInterface *
wb_hid_session_get_interface (WbHidSession *self)
{
  return self->interface;
}
