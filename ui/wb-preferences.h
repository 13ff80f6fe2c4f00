/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The preferences window: appearance and what lists start with. Everything acts at once through
 * GSettings; there is nothing to apply. Main thread.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PREFERENCES (wb_preferences_get_type ())
G_DECLARE_FINAL_TYPE (WbPreferences, wb_preferences, WB, PREFERENCES, AdwPreferencesWindow)

GtkWidget *wb_preferences_new (GtkWindow *parent, GSettings *settings);

G_END_DECLS
