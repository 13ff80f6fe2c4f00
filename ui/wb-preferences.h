/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The preferences window: appearance and what lists start with, and the devices of any station. Everything acts at once
 * (GSettings; a station's profile in the database); there is nothing to apply. Main thread.
 */
#pragma once

#include "db/wb-db.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PREFERENCES (wb_preferences_get_type ())
G_DECLARE_FINAL_TYPE (WbPreferences, wb_preferences, WB, PREFERENCES, AdwPreferencesWindow)

GtkWidget *wb_preferences_new (GtkWindow *parent, GSettings *settings);

/**
 * wb_preferences_add_devices:
 * @db: where stations are
 *
 * Adds the page on which any station's devices are set up, and those of this machine tried out. For seats that may read profiles.
 */
void wb_preferences_add_devices (WbPreferences *self, WbDb *db);

/**
 * wb_preferences_add_shop:
 * @db: whose settings they are
 *
 * Adds the page of what holds for the whole shop. For administrators.
 */
void wb_preferences_add_shop (WbPreferences *self, WbDb *db);

G_END_DECLS
