/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "devices/wb-hid-scan.h"
#include "devices/wb-hid-session.h"
#include "devices/wb-scanner-hid.h"

struct _WbScannerHid
{
  WbScanner parent_instance;

  /* Owned references */
  WbHidSession *session;
  WbHidScan *scan;
};

G_DEFINE_FINAL_TYPE (WbScannerHid, wb_scanner_hid, WB_TYPE_SCANNER)

static void
take_report (WbDevice *device, const guint8 *report, gsize length)
{
  WbScannerHid *self = WB_SCANNER_HID (device);
  const char *symbology = NULL;
  const guint8 *code = NULL;
  gsize n = 0;

  if (self->scan == NULL)
    self->scan = wb_hid_scan_new (wb_hid_session_get_descriptor (self->session));
  switch (wb_hid_scan_take (self->scan, report, length))
    {
    case WB_HID_SCAN_WHOLE:
      code = wb_hid_scan_get (self->scan, &n, &symbology);
      _wb_scanner_take (WB_SCANNER (self), code, n, symbology);
      break;
    case WB_HID_SCAN_GARBAGE:
      _wb_scanner_take_garbage (WB_SCANNER (self), _ ("The scanner sent something that is not a code."));
      break;
    case WB_HID_SCAN_NOTHING:
    case WB_HID_SCAN_PART:
    default:
      break;
    }
}

static void
wb_scanner_hid_open (WbDevice *device)
{
  wb_hid_session_open (WB_SCANNER_HID (device)->session);
}

static void
wb_scanner_hid_close (WbDevice *device)
{
  WbScannerHid *self = WB_SCANNER_HID (device);

  wb_hid_session_close (self->session);
  /* it looks into the descriptor, which is read anew with the next opening */
  g_clear_pointer (&self->scan, wb_hid_scan_free);
}

static void
wb_scanner_hid_finalize (GObject *object)
{
  WbScannerHid *self = WB_SCANNER_HID (object);

  g_clear_pointer (&self->scan, wb_hid_scan_free);
  g_clear_pointer (&self->session, wb_hid_session_free);
  G_OBJECT_CLASS (wb_scanner_hid_parent_class)->finalize (object);
}

static void
wb_scanner_hid_class_init (WbScannerHidClass *class)
{
  G_OBJECT_CLASS (class)->finalize = wb_scanner_hid_finalize;
  WB_DEVICE_CLASS (class)->open = wb_scanner_hid_open;
  WB_DEVICE_CLASS (class)->close = wb_scanner_hid_close;
}

static void
wb_scanner_hid_init (WbScannerHid *self)
{
}

WbDevice *
wb_scanner_hid_new (WbUsbInterface *interface, const WbDeviceModel *model, const char *id, const char *name)
{
  WbScannerHid *self = NULL;

  g_return_val_if_fail (WB_IS_USB_INTERFACE (interface), NULL);

  self = g_object_new (WB_TYPE_SCANNER_HID, "id", id, "name", name, NULL);
  self->session = wb_hid_session_new (WB_DEVICE (self), interface, take_report);
  return WB_DEVICE (self);
}
