/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One device in the settings: what it is and how it is; opened, a live test and what this station says about it: whether it
 * is used, its name, its role and its options. Also for one that a station names and that is not plugged in. Main thread.
 */
#pragma once

#include "devices/wb-device-rig.h"
#include "ui/wb-profile-keeper.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_DEVICE_ROW (wb_device_row_get_type ())
G_DECLARE_FINAL_TYPE (WbDeviceRow, wb_device_row, WB, DEVICE_ROW, AdwExpanderRow)

/**
 * wb_device_row_new:
 * @rig: what hangs here
 * @keeper: the station's profile; changed by what is set here
 * @device: (nullable): %NULL for one that is not plugged in
 * @id: of the device
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *wb_device_row_new (WbDeviceRig *rig, WbProfileKeeper *keeper, WbDevice *device, const char *id);
const char *wb_device_row_get_id (WbDeviceRow *self);

/**
 * wb_device_row_get_device:
 *
 * Returns: (transfer none) (nullable): the device
 */
WbDevice *wb_device_row_get_device (WbDeviceRow *self);

/**
 * wb_device_row_update:
 *
 * Shows what is said about it now.
 */
void wb_device_row_update (WbDeviceRow *self);

G_END_DECLS
