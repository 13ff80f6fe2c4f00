/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Photos on their way into the database. Each is a file before anything else, under a name that says all there is to know
 * about it, so it survives the program and an hour without a server; it is sent until it is stored, once, and then the file
 * goes. What the database will not have is kept under another name for somebody to look at. Main thread; files are read and
 * written in threads.
 */
#pragma once

#include "db/wb-db.h"
#include "devices/wb-photo.h"

G_BEGIN_DECLS

#define WB_TYPE_PHOTO_SPOOL (wb_photo_spool_get_type ())
G_DECLARE_FINAL_TYPE (WbPhotoSpool, wb_photo_spool, WB, PHOTO_SPOOL, GObject)

/**
 * WbPhotoSpool::refused:
 * @why: a sentence
 *
 * A photo was not taken, and will not be; its file is kept aside.
 */

/**
 * wb_photo_spool_new:
 * @folder: made when it is needed; what an earlier run left in it is sent first
 *
 * Returns: (transfer full): a spool
 */
WbPhotoSpool *wb_photo_spool_new (WbDb *db, const char *folder);

/**
 * wb_photo_spool_keep:
 * @number: of the order, for the name of the file
 * @job_id: what it is about
 * @parcel: number of the parcel that is seen; 0 for none
 * @person: (nullable): login of who took it
 */
void wb_photo_spool_keep (WbPhotoSpool *self, const WbPhoto *photo, const char *number, gint64 job_id, guint parcel,
                          const char *person);

/**
 * wb_photo_spool_send:
 *
 * Tries again at once, because the database is back.
 */
void wb_photo_spool_send (WbPhotoSpool *self);

/**
 * wb_photo_spool_get_n_unsent:
 *
 * Returns: how many photos are not stored yet
 */
guint wb_photo_spool_get_n_unsent (WbPhotoSpool *self);

G_END_DECLS
