/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What somebody wrote, of any length: read to its end, in as many lines as it takes, and copied from if it may be. As quick as a short
 * text: a GtkLabel that wraps is measured anew for every height that a box around it tries, tens of times at 100 ms for a long letter.
 * Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_PROSE (wb_prose_get_type ())
G_DECLARE_FINAL_TYPE (WbProse, wb_prose, WB, PROSE, GtkWidget)

GtkWidget *wb_prose_new (const char *text, const char *style);
void wb_prose_show_all (WbProse *self);
void wb_prose_set_selectable (WbProse *self, gboolean selectable);

G_END_DECLS
