/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finds scanners and scales on serial lines: USB ones whose maker and model data/devices/ knows, as they
 * are plugged in, and those on ports that somebody named (RS-232, Bluetooth), where nothing says what hangs there.
 * Main thread; nothing blocks.
 */
#pragma once

#include "devices/wb-device-backend.h"
#include "devices/wb-device-model.h"

G_BEGIN_DECLS

#define WB_TYPE_SERIAL_BACKEND (wb_serial_backend_get_type ())
G_DECLARE_FINAL_TYPE (WbSerialBackend, wb_serial_backend, WB, SERIAL_BACKEND, WbDeviceBackend)

/**
 * wb_serial_backend_new:
 * @models: (transfer none): what is known about devices
 *
 * Returns: (transfer full): a backend that is not started
 */
WbDeviceBackend *wb_serial_backend_new (WbDeviceModels *models);

/**
 * wb_serial_backend_add_port:
 * @path: of a device file; it need not be there yet
 * @driver: "serial-scanner", "serial-sics" or "serial-8217"
 *
 * Says what hangs at a port. The device is found whenever the file is there; its id is "serial:" and the path. Fails with
 * %WB_DEVICE_ERROR_NOT_FOUND when there is no such driver.
 */
gboolean wb_serial_backend_add_port (WbSerialBackend *self, const char *path, const char *driver, GError **error);

/**
 * wb_serial_backend_remove_port:
 *
 * Forgets it.
 */
void wb_serial_backend_remove_port (WbSerialBackend *self, const char *path);

G_END_DECLS
