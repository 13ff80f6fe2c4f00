/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The settings of the machine at a bench: where labels and papers come out, what the label printer understands, sounds.
 * Writes to GSettings and nothing else; whoever owns the printers listens there. Main thread.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_STATION_SETTINGS (wb_station_settings_get_type ())
G_DECLARE_FINAL_TYPE (WbStationSettings, wb_station_settings, WB, STATION_SETTINGS, AdwPreferencesWindow)

/**
 * wb_station_settings_new:
 * @parent: the window of the bench
 * @settings: its settings
 *
 * Returns: (transfer floating): a modal window, to be presented
 */
WbStationSettings *wb_station_settings_new (GtkWindow *parent, GSettings *settings);

G_END_DECLS
