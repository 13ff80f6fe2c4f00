/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lights up the whole edge of the screen with a sign in the corner: green with a tick for a
 * moment, red with a cross as long as something is wrong. Lies over everything and lets every
 * touch through. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_EDGE_FLASH (wb_edge_flash_get_type ())
G_DECLARE_FINAL_TYPE (WbEdgeFlash, wb_edge_flash, WB, EDGE_FLASH, GtkWidget)

/**
 * wb_edge_flash_good:
 *
 * Green for a moment.
 */
void wb_edge_flash_good (WbEdgeFlash *self);

/**
 * wb_edge_flash_refused:
 *
 * Amber for a moment: nothing was wrong, but nothing came of it.
 */
void wb_edge_flash_refused (WbEdgeFlash *self);

/**
 * wb_edge_flash_set_wrong:
 *
 * Red as long as @wrong.
 */
void wb_edge_flash_set_wrong (WbEdgeFlash *self, gboolean wrong);

G_END_DECLS
