/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files and photos of orders in the database. Adding one is an act whose id is made before the first try, so that a photo
 * which was kept on disk while the database was away is stored once, however often it is sent. Main thread; nothing blocks.
 */
#pragma once

#include "db/wb-db.h"

G_BEGIN_DECLS

/**
 * WbAttachmentDraft:
 * @act_id: uuid of storing it
 * @about: "order", "job" or "parcel"
 * @about_id: which
 * @parcel: of a job: number of the parcel that is seen; 0 for none
 * @name: of the file
 * @content: its bytes: JPEG, PNG, WebP or PDF
 * @sha256: of them, hexadecimal
 * @taken_at_us: Unix time in microseconds; 0 when nobody knows
 * @person: (nullable): login of who did it; %NULL for whoever the seat logged in as
 *
 * A file on its way into the database.
 */
typedef struct
{
  const char *act_id;
  const char *about;
  gint64 about_id;
  guint parcel;
  const char *name;
  GBytes *content;
  const char *sha256;
  gint64 taken_at_us;
  const char *person;
} WbAttachmentDraft;

/**
 * wb_attachment_store_add_async:
 * @draft: (transfer none): copied
 *
 * Keeps a file. Fails with REFUSED when it is too large or of a kind that is not kept, NOT_FOUND when there is nothing it
 * could be about, OFFLINE when it is to be tried again. Finish with wb_attachment_store_done_finish().
 */
void wb_attachment_store_add_async (WbDb *db, const WbAttachmentDraft *draft, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
gboolean wb_attachment_store_done_finish (WbDb *db, GAsyncResult *result, GError **error);

/**
 * wb_attachment_store_remove_async:
 * @reason: why, in somebody's words; "" when nobody says
 *
 * Takes a file away for good; that it was there, who took it and its hash stay known. Finish with wb_attachment_store_done_finish().
 */
void wb_attachment_store_remove_async (WbDb *db, gint64 attachment_id, const char *reason, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);

/**
 * wb_attachment_store_content_async:
 *
 * Reads a file. Finish with wb_attachment_store_content_finish(): (transfer full): its bytes.
 */
void wb_attachment_store_content_async (WbDb *db, gint64 attachment_id, GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer user_data);
GBytes *wb_attachment_store_content_finish (WbDb *db, GAsyncResult *result, GError **error);

G_END_DECLS
