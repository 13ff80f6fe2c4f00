/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lies over everything and keeps every touch from it, with a child in the middle that has to be dealt with first. It takes the room that
 * there is and asks for none. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_SHADE (wb_shade_get_type ())
G_DECLARE_FINAL_TYPE (WbShade, wb_shade, WB, SHADE, GtkWidget)

/**
 * wb_shade_hold:
 *
 * More will be said in what is shown: it grows upwards from now on, and its buttons stay where they are. Until it is hidden, or there is
 * more or less room for it: then it is in the middle again.
 */
void wb_shade_hold (WbShade *self);

G_END_DECLS
