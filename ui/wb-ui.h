/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What every program with a window calls once, after GTK is up and before its first widget:
 * resources, icons and the style sheet of this library. Not an object, holds no state.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void wb_ui_register_resources (void);
void wb_ui_init (void);
void wb_ui_choose_renderer (const char *folder);

GSettings *wb_ui_settings_new (void);

char *wb_ui_get_build_dir (void);

G_END_DECLS
