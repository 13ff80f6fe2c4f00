/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One photo of an order as large as the window is; the arrows go on to the next, Escape closes. Main thread. */
#pragma once

#include <adwaita.h>

#include "db/wb-db.h"

G_BEGIN_DECLS

#define WB_TYPE_PHOTO_WINDOW (wb_photo_window_get_type ())
G_DECLARE_FINAL_TYPE (WbPhotoWindow, wb_photo_window, WB, PHOTO_WINDOW, AdwWindow)

/**
 * wb_photo_window_new:
 * @files: (element-type WbOrderFile) (transfer none): all that there are; must not change any more
 * @position: which is shown first
 * @may_remove: whether a button takes one away
 *
 * Returns: (transfer floating): a window, to be presented
 */
GtkWidget *wb_photo_window_new (GtkWindow *parent, WbDb *db, GPtrArray *files, guint position, gboolean may_remove);

G_END_DECLS
