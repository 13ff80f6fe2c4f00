/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The screen of a packing bench: read at arm's length, worked with gloves. Shows what a #WbBench
 * does, page by page, and turns scans, keys and touches into its inputs. Every command is a button,
 * a function key and a printed barcode. Main thread.
 */
#pragma once

#include "ui/station/wb-bench-devices.h"
#include "ui/station/wb-bench.h"
#include "ui/station/wb-scan-source.h"
#include "ui/wb-profile-keeper.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_STATION_WINDOW (wb_station_window_get_type ())
G_DECLARE_FINAL_TYPE (WbStationWindow, wb_station_window, WB, STATION_WINDOW, AdwApplicationWindow)

/**
 * wb_station_window_new:
 * @application: whose window it is
 * @settings: (nullable): where the chosen station is kept
 *
 * Returns: (transfer floating): a window that waits for wb_station_window_set_bench()
 */
WbStationWindow *wb_station_window_new (GtkApplication *application, GSettings *settings);

/**
 * wb_station_window_set_waiting:
 * @text: what is being waited for, or what is wrong: a sentence
 * @can_retry: whether a button offers `app.retry`
 *
 * Before there is a bench.
 */
void wb_station_window_set_waiting (WbStationWindow *self, const char *text, gboolean can_retry);

/**
 * wb_station_window_set_bench:
 * @bench: what to show; one without a station asks for it first
 *
 * The database is open.
 */
void wb_station_window_set_bench (WbStationWindow *self, WbBench *bench);

/**
 * wb_station_window_add_source:
 * @source: one more scanner
 *
 * What it reads goes to the bench. The keyboard is there from the beginning.
 */
void wb_station_window_add_source (WbStationWindow *self, WbScanSource *source);

/**
 * wb_station_window_set_devices:
 * @devices: (transfer none): what hangs at this bench; once only
 *
 * What its scanners read and its scales weigh goes to the bench; the header says how they are.
 */
void wb_station_window_set_devices (WbStationWindow *self, WbBenchDevices *devices);

/**
 * wb_station_window_set_profile:
 * @keeper: (transfer none): what the station is made of
 * @rig: (transfer none): what hangs at this machine
 *
 * For the sounds and the settings.
 */
void wb_station_window_set_profile (WbStationWindow *self, WbProfileKeeper *keeper, WbDeviceRig *rig);

G_END_DECLS
