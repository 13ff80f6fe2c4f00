/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One of several large buttons in a GtkFlowBox, as one stop for the keyboard: the tile has the focus and tells a screen reader what
 * the button is about, Enter and the space bar are the button's. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_TILE (wb_tile_get_type ())

G_DECLARE_FINAL_TYPE (WbTile, wb_tile, WB, TILE, GtkFlowBoxChild)

GtkWidget *wb_tile_new (const char *title, const char *subtitle, const char *action, GVariant *target);

G_END_DECLS
