/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What hangs at this machine, as a station's profile (core/wb-station-profile.h) wants it: all that is found, by every backend; what
 * somebody had to name; each device with the station's options, name and role. Opens nothing. Main thread.
 */
#pragma once

#include "core/wb-station-profile.h"
#include "devices/wb-device-hub.h"
#include "devices/wb-device-model.h"

G_BEGIN_DECLS

#define WB_TYPE_DEVICE_RIG (wb_device_rig_get_type ())
G_DECLARE_FINAL_TYPE (WbDeviceRig, wb_device_rig, WB, DEVICE_RIG, GObject)

/**
 * WbDeviceRig::changed:
 *
 * The profile is another one: devices may be used or not, be called otherwise, or have another role.
 */

/**
 * wb_device_rig_new:
 *
 * Returns: (transfer full): a rig that looks for devices as soon as wb_device_hub_start() is called on its hub
 */
WbDeviceRig *wb_device_rig_new (void);

/**
 * wb_device_rig_new_for_printers:
 *
 * Returns: (transfer full): a rig that looks for printers and nothing else, for who only prints
 */
WbDeviceRig *wb_device_rig_new_for_printers (void);
WbDeviceHub *wb_device_rig_get_hub (WbDeviceRig *self);
/**
 * wb_device_rig_add_camera:
 * @source: see wb_camera_backend_add_source()
 *
 * Names a camera for this run alone.
 */
void wb_device_rig_add_camera (WbDeviceRig *self, const char *name, const char *source);

/**
 * wb_device_rig_add_microphone:
 * @source: see wb_voice_backend_add_source()
 *
 * Names a microphone for this run alone; it listens hands-free unless the profile says otherwise.
 */
void wb_device_rig_add_microphone (WbDeviceRig *self, const char *name, const char *source);

/**
 * wb_device_rig_is_looking:
 *
 * Returns: whether a backend has not told yet of all that is there
 */
gboolean wb_device_rig_is_looking (WbDeviceRig *self);

/**
 * wb_device_rig_set_profile:
 *
 * Sets up every device as @profile says, those that come later too. A device that is open and whose options are different is opened anew.
 */
void wb_device_rig_set_profile (WbDeviceRig *self, const WbStationProfile *profile);

/**
 * wb_device_rig_get_profile:
 *
 * Returns: (transfer none): what was set, or an empty one
 */
const WbStationProfile *wb_device_rig_get_profile (WbDeviceRig *self);

/**
 * wb_device_rig_get_troubles:
 *
 * Returns: (transfer full): what the profile asks for and nobody can do, and what keeps backends from finding anything, a sentence each
 */
char **wb_device_rig_get_troubles (WbDeviceRig *self);

/**
 * wb_device_rig_get_print_trouble:
 *
 * Returns: (transfer none): the one of them that is about the print server; empty when there is none
 */
const char *wb_device_rig_get_print_trouble (WbDeviceRig *self);

/**
 * wb_device_rig_is_used:
 *
 * Returns: whether the station uses it; one that nobody said anything about is used
 */
gboolean wb_device_rig_is_used (WbDeviceRig *self, WbDevice *device);

/**
 * wb_device_rig_get_name:
 *
 * Returns: (transfer none): what people at the station call it, or else its maker
 */
const char *wb_device_rig_get_name (WbDeviceRig *self, WbDevice *device);

/**
 * wb_device_rig_get_role:
 *
 * Returns: (transfer none): %WB_STATION_ROLE_ANY, unless somebody said otherwise
 */
const char *wb_device_rig_get_role (WbDeviceRig *self, WbDevice *device);

/**
 * wb_device_rig_get_base_option:
 *
 * Returns: (transfer none): what an option is when the station says nothing: as its model has it
 */
const char *wb_device_rig_get_base_option (WbDeviceRig *self, WbDevice *device, const char *name);

G_END_DECLS
