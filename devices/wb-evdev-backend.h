/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finds scanners that play a keyboard: those whose maker and model data/devices/ knows ("evdev-scanner"), and
 * those that somebody named, because a keyboard does not say what it is. Main thread; nothing blocks.
 */
#pragma once

#include "devices/wb-device-backend.h"
#include "devices/wb-device-model.h"

G_BEGIN_DECLS

#define WB_TYPE_EVDEV_BACKEND (wb_evdev_backend_get_type ())
G_DECLARE_FINAL_TYPE (WbEvdevBackend, wb_evdev_backend, WB, EVDEV_BACKEND, WbDeviceBackend)

/**
 * wb_evdev_backend_new:
 * @models: (transfer none): what is known about devices
 *
 * Returns: (transfer full): a backend that is not started
 */
WbDeviceBackend *wb_evdev_backend_new (WbDeviceModels *models);

/**
 * wb_evdev_backend_name:
 * @vendor: of the keyboard that is a scanner
 *
 * Says that what looks like a keyboard of that maker and model is a scanner. Those that are plugged in are found now.
 */
void wb_evdev_backend_name (WbEvdevBackend *self, guint16 vendor, guint16 product);

/**
 * wb_evdev_backend_unname:
 *
 * It is a keyboard again.
 */
void wb_evdev_backend_unname (WbEvdevBackend *self, guint16 vendor, guint16 product);

G_END_DECLS
