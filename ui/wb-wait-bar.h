/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the window is busy with, at its lower edge: nothing for the first 300 ms, then a sentence, after two seconds a
 * button that cancels. For acts, which people wait for; reading has faces of its own. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_WAIT_BAR (wb_wait_bar_get_type ())
G_DECLARE_FINAL_TYPE (WbWaitBar, wb_wait_bar, WB, WAIT_BAR, GtkWidget)

void wb_wait_bar_begin (WbWaitBar *self,
                        const char *text,
                        GCancellable *cancellable);
void wb_wait_bar_end (WbWaitBar *self,
                      GCancellable *cancellable);

G_END_DECLS
