/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Printers on the network that announce themselves and are not set up here: whether they answer, and a button that sets one up: a label
 * printer that takes bytes for the station, any other as a queue of this machine. Not seen while there are none. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "devices/wb-device-rig.h"
#include "devices/wb-printer-finder.h"
#include "ui/wb-profile-keeper.h"

G_BEGIN_DECLS

#define WB_TYPE_FOUND_PRINTERS (wb_found_printers_get_type ())
G_DECLARE_FINAL_TYPE (WbFoundPrinters, wb_found_printers, WB, FOUND_PRINTERS, AdwPreferencesGroup)

/**
 * wb_found_printers_new:
 * @finder: what is announced
 * @rig: what is set up already
 * @keeper: of the station that gets a printer
 *
 * Returns: (transfer floating): a group for a page of settings
 */
GtkWidget *wb_found_printers_new (WbPrinterFinder *finder, WbDeviceRig *rig, WbProfileKeeper *keeper);

G_END_DECLS
