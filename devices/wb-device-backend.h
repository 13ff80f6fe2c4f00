/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who finds devices: one backend for what hangs at USB, one for serial ports, one for CUPS, and so on.
 * It makes a WbDevice when something comes and says so when it goes; whether anybody uses it is not
 * its business. Main thread; nothing blocks.
 */
#pragma once

#include "devices/wb-device.h"

G_BEGIN_DECLS

#define WB_TYPE_DEVICE_BACKEND (wb_device_backend_get_type ())
G_DECLARE_DERIVABLE_TYPE (WbDeviceBackend, wb_device_backend, WB, DEVICE_BACKEND, GObject)

/**
 * WbDeviceBackendClass:
 * @start: begins to look; what is there already is told with _wb_device_backend_add(), now or later
 * @stop: looks no more; devices that were told of are taken back by the base class
 */
struct _WbDeviceBackendClass
{
  GObjectClass parent_class;

  void (*start) (WbDeviceBackend *self);
  void (*stop) (WbDeviceBackend *self);
};

/**
 * WbDeviceBackend::added:
 * @device: it
 *
 * Something was plugged in, or found.
 */

/**
 * WbDeviceBackend::removed:
 * @device: it, in the state %WB_DEVICE_STATE_GONE
 */

/**
 * wb_device_backend_start:
 *
 * Begins to look for devices; a second start does nothing.
 */
void wb_device_backend_start (WbDeviceBackend *self);

/**
 * wb_device_backend_stop:
 *
 * Looks no more and takes back every device it told of.
 */
void wb_device_backend_stop (WbDeviceBackend *self);

/**
 * wb_device_backend_get_trouble:
 *
 * Returns: (transfer none): why nothing can be found in this way, with what to do ("the rights to
 *   use USB devices are missing: …"); "" when all is well
 */
const char *wb_device_backend_get_trouble (WbDeviceBackend *self);

/* ---- For backends -------------------------------------------------------------------------------- */

/**
 * _wb_device_backend_add:
 * @device: (transfer none): kept until it is taken away
 *
 * A device with the same id that was there before is taken away first.
 */
void _wb_device_backend_add (WbDeviceBackend *self, WbDevice *device);
void _wb_device_backend_remove (WbDeviceBackend *self, WbDevice *device);

/**
 * _wb_device_backend_find:
 *
 * Returns: (transfer none) (nullable): the device of that id
 */
WbDevice *_wb_device_backend_find (WbDeviceBackend *self, const char *id);
void _wb_device_backend_set_trouble (WbDeviceBackend *self, const char *message);

G_END_DECLS
