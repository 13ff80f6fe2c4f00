/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A scale at USB that speaks HID (usage page 0x8D): weighs all the time and sends what it shows. Found
 * by wb-usb-backend.h.
 */
#pragma once

#include "devices/wb-device-model.h"
#include "devices/wb-scale.h"
#include "devices/wb-usb-interface.h"

G_BEGIN_DECLS

#define WB_TYPE_SCALE_HID (wb_scale_hid_get_type ())
G_DECLARE_FINAL_TYPE (WbScaleHid, wb_scale_hid, WB, SCALE_HID, WbScale)

/**
 * wb_scale_hid_new:
 * @interface: (transfer none): closed
 * @model: what is known about it; must stay
 *
 * Returns: (transfer full): a scale
 */
WbDevice *wb_scale_hid_new (WbUsbInterface *interface, const WbDeviceModel *model, const char *id, const char *name);

G_END_DECLS
