/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a program with a bench calls once: resources, and the settings of the bench. Not an object,
 * holds no state. Main thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void wb_station_ui_register_resources (void);
GSettings *wb_station_ui_settings_new (void);

G_END_DECLS
