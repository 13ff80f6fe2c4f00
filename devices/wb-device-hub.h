/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All devices of this machine, whoever found them: a GListModel of WbDevice, sorted by kind and name.
 * Opens nothing by itself. Main thread.
 */
#pragma once

#include "devices/wb-device-backend.h"

G_BEGIN_DECLS

#define WB_TYPE_DEVICE_HUB (wb_device_hub_get_type ())
G_DECLARE_FINAL_TYPE (WbDeviceHub, wb_device_hub, WB, DEVICE_HUB, GObject)

/**
 * wb_device_hub_new:
 *
 * Returns: (transfer full): a hub without backends
 */
WbDeviceHub *wb_device_hub_new (void);

/**
 * wb_device_hub_add_backend:
 * @backend: (transfer none): started with the hub, or at once when that runs
 */
void wb_device_hub_add_backend (WbDeviceHub *self, WbDeviceBackend *backend);
void wb_device_hub_start (WbDeviceHub *self);
void wb_device_hub_stop (WbDeviceHub *self);

/**
 * wb_device_hub_find:
 *
 * Returns: (transfer none) (nullable): the device of that id, if it is plugged in
 */
WbDevice *wb_device_hub_find (WbDeviceHub *self, const char *id);

/**
 * wb_device_hub_get_troubles:
 *
 * Returns: (transfer full): what keeps backends from finding anything, a sentence each
 */
char **wb_device_hub_get_troubles (WbDeviceHub *self);

G_END_DECLS
