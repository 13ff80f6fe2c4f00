/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A scanner at USB in the mode "HID POS" (usage page 0x8C), held exclusively: what it reads never passes
 * through a keyboard. Found by wb-usb-backend.h.
 */
#pragma once

#include "devices/wb-device-model.h"
#include "devices/wb-scanner.h"
#include "devices/wb-usb-interface.h"

G_BEGIN_DECLS

#define WB_TYPE_SCANNER_HID (wb_scanner_hid_get_type ())
G_DECLARE_FINAL_TYPE (WbScannerHid, wb_scanner_hid, WB, SCANNER_HID, WbScanner)

/**
 * wb_scanner_hid_new:
 * @interface: (transfer none): closed
 * @model: what is known about it; must stay
 *
 * Returns: (transfer full): a scanner
 */
WbDevice *wb_scanner_hid_new (WbUsbInterface *interface, const WbDeviceModel *model, const char *id, const char *name);

G_END_DECLS
