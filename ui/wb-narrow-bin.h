/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Holds one child and tells when it has become narrow, so that a page can change its shape, or tight, so that it can do with less
 * room in the shape it has: what AdwBreakpoint does from libadwaita 1.4 on. Also states a natural width of its own, because a
 * table's is of no use to whoever divides the window. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_NARROW_BIN (wb_narrow_bin_get_type ())
G_DECLARE_FINAL_TYPE (WbNarrowBin, wb_narrow_bin, WB, NARROW_BIN, GtkWidget)

GtkWidget *wb_narrow_bin_new (void);

void wb_narrow_bin_set_child (WbNarrowBin *self, GtkWidget *child);

gboolean wb_narrow_bin_get_narrow (WbNarrowBin *self);
gboolean wb_narrow_bin_get_tight (WbNarrowBin *self);

G_END_DECLS
