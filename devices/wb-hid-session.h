/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What every driver of a HID device does alike: open the interface, read the report descriptor, listen,
 * and say how it goes. A driver has one and gives it a device. Main thread.
 */
#pragma once

#include "devices/wb-device.h"
#include "devices/wb-hid-descriptor.h"
#include "devices/wb-usb-interface.h"

G_BEGIN_DECLS

typedef struct _WbHidSession WbHidSession;

/**
 * WbHidReportFunc:
 * @report: an input report, with its id where the device numbers reports; never empty
 */
typedef void (*WbHidReportFunc) (WbDevice *device, const guint8 *report, gsize length);

/**
 * wb_hid_session_new:
 * @device: (transfer none): whose session it is; not referenced
 * @interface: (transfer none): closed
 *
 * Returns: (transfer full): a closed session
 */
WbHidSession *wb_hid_session_new (WbDevice *device, WbUsbInterface *interface, WbHidReportFunc report);
void wb_hid_session_free (WbHidSession *self);

/**
 * wb_hid_session_open:
 *
 * For WbDeviceClass::open: ends with _wb_device_opened() or _wb_device_failed().
 */
void wb_hid_session_open (WbHidSession *self);
void wb_hid_session_close (WbHidSession *self);

/**
 * wb_hid_session_get_descriptor:
 *
 * Returns: (transfer none) (nullable): what the device says of its reports; NULL before it is open
 */
const WbHidDescriptor *wb_hid_session_get_descriptor (WbHidSession *self);
WbUsbInterface *wb_hid_session_get_interface (WbHidSession *self);

G_END_DECLS
