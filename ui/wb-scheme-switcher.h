/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Three round buttons in the main menu: follow the system, light, dark. They run the action
 * app.color-scheme and hold no state of their own. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_SCHEME_SWITCHER (wb_scheme_switcher_get_type ())
G_DECLARE_FINAL_TYPE (WbSchemeSwitcher, wb_scheme_switcher, WB, SCHEME_SWITCHER, GtkWidget)

GtkWidget *wb_scheme_switcher_new (void);

G_END_DECLS
