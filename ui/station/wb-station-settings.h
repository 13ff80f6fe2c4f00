/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The settings of a bench: its devices with a live test (ui/wb-devices-page.h), where labels and papers come out, what the label
 * printer understands, sounds. Changes the station's profile and nothing else; whoever owns the printers listens there. What
 * is scanned while it is open is tried out and happens to no order. Main thread.
 */
#pragma once

#include "ui/station/wb-bench-devices.h"
#include "ui/wb-profile-keeper.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_STATION_SETTINGS (wb_station_settings_get_type ())
G_DECLARE_FINAL_TYPE (WbStationSettings, wb_station_settings, WB, STATION_SETTINGS, AdwPreferencesWindow)

/**
 * wb_station_settings_new:
 * @parent: the window of the bench
 * @keeper: the station's profile
 * @rig: what hangs at this machine
 * @devices: (nullable): what the bench uses of that
 *
 * Returns: (transfer floating): a modal window, to be presented
 */
WbStationSettings *wb_station_settings_new (GtkWindow *parent, WbProfileKeeper *keeper, WbDeviceRig *rig, WbBenchDevices *devices);

G_END_DECLS
