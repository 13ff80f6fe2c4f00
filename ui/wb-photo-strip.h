/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The photos of an order, small, in a row that wraps; a click opens one large, with arrows to the others. Reads each from
 * the database when it is first shown, and decodes it in a thread. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "db/wb-db.h"

G_BEGIN_DECLS

#define WB_TYPE_PHOTO_STRIP (wb_photo_strip_get_type ())
G_DECLARE_FINAL_TYPE (WbPhotoStrip, wb_photo_strip, WB, PHOTO_STRIP, GtkWidget)

GtkWidget *wb_photo_strip_new (void);
void wb_photo_strip_show (WbPhotoStrip *self, WbDb *db, GPtrArray *files, gboolean may_remove);

G_END_DECLS
