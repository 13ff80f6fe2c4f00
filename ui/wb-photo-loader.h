/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A photo from the database as something to paint: read, then decoded in a thread at about the size it is shown at. Main
 * thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "db/wb-db.h"

G_BEGIN_DECLS

/**
 * wb_photo_loader_load_async:
 * @media_type: "image/jpeg"
 * @longest_edge: pixels; larger ones are decoded smaller
 *
 * Finish with wb_photo_loader_load_finish(): (transfer full): a texture.
 */
void wb_photo_loader_load_async (WbDb *db, gint64 attachment_id, const char *media_type, guint longest_edge,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GdkTexture *wb_photo_loader_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS
