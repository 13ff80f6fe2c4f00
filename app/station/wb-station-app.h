/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The program of a packing bench: options, the database, the printer, one window. What the bench
 * does is in ui/station. Main thread.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_STATION_APP (wb_station_app_get_type ())
G_DECLARE_FINAL_TYPE (WbStationApp, wb_station_app, WB, STATION_APP, AdwApplication)

WbStationApp *wb_station_app_new (void);

G_END_DECLS
