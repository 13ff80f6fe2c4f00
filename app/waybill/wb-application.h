/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The desktop program: options, settings, windows, and the one database they share. One process a
 * database: a second start with the same database asks the first for a window. Main thread.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_APPLICATION (wb_application_get_type ())
G_DECLARE_FINAL_TYPE (WbApplication, wb_application, WB, APPLICATION, AdwApplication)

WbApplication *wb_application_new (void);

G_END_DECLS
