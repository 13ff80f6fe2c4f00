/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Settings → Devices: every device that is found at this machine or that the station has, each with its state and a live test; and
 * naming what does not say what it is. The same page at a bench and in the office, where any station can be chosen. Main thread.
 */
#pragma once

#include "devices/wb-device-rig.h"
#include "ui/wb-profile-keeper.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_DEVICES_PAGE (wb_devices_page_get_type ())
G_DECLARE_FINAL_TYPE (WbDevicesPage, wb_devices_page, WB, DEVICES_PAGE, AdwPreferencesPage)

/**
 * wb_devices_page_new:
 * @rig: what hangs here; gets the profile of the station that is shown
 * @keeper: of the station that is shown
 * @can_choose: whether another station can be chosen
 *
 * Returns: (transfer floating): a page for a preferences window
 */
GtkWidget *wb_devices_page_new (WbDeviceRig *rig, WbProfileKeeper *keeper, gboolean can_choose);

G_END_DECLS
