/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The small pictures that say where something stands: a tick, an arrow, nothing. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * wb_sign_set:
 * @icon_name: what to show from now on; "" for nothing
 *
 * The same once more costs nothing. A GtkImage would look it up, lay out the window and paint itself anew.
 */
void wb_sign_set (GtkImage *image, const char *icon_name);

G_END_DECLS
