/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finds scanners and scales that hang at USB and speak HID (usage pages 0x8C and 0x8D), plugged in
 * now or later. What a device is follows from its report descriptor and from data/devices/. Keyboards and
 * mice are left to the desktop. Main thread; nothing blocks.
 */
#pragma once

#include "devices/wb-device-backend.h"
#include "devices/wb-device-model.h"

G_BEGIN_DECLS

#define WB_TYPE_USB_BACKEND (wb_usb_backend_get_type ())
G_DECLARE_FINAL_TYPE (WbUsbBackend, wb_usb_backend, WB, USB_BACKEND, WbDeviceBackend)

/**
 * wb_usb_backend_new:
 * @models: (transfer none): what is known about devices
 *
 * Returns: (transfer full): a backend that is not started
 */
WbDeviceBackend *wb_usb_backend_new (WbDeviceModels *models);

G_END_DECLS
