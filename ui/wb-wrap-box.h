/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A row of small things that goes on in the next line where room ends, each as wide as it is. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_WRAP_BOX (wb_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (WbWrapBox, wb_wrap_box, WB, WRAP_BOX, GtkWidget)

GtkWidget *wb_wrap_box_new (int spacing,
                            int line_spacing);
void wb_wrap_box_set_spacing (WbWrapBox *self,
                              int spacing,
                              int line_spacing);
void wb_wrap_box_append (WbWrapBox *self,
                         GtkWidget *child);
void wb_wrap_box_clear (WbWrapBox *self);

G_END_DECLS
