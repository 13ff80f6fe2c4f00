/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Signing in: what a program does once its database is open. Main thread.
 */
#pragma once

#include <gio/gio.h>

#include "core/wb-session.h"
#include "db/wb-db.h"

G_BEGIN_DECLS

/**
 * wb_session_store_sign_in_async:
 * @db: an open database
 * @seat: what this place is called in the trail: a station's code or the machine's name
 * @program: name of the program
 *
 * Says from where and gets who. Fails with %WB_DB_ERROR_DENIED when the login has no role in Waybill;
 * the message names the command that gives it one. Finish with wb_session_store_sign_in_finish():
 * (transfer full): the session.
 */
void wb_session_store_sign_in_async (WbDb *db,
                                     const char *seat,
                                     const char *program,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
WbSession *wb_session_store_sign_in_finish (WbDb *db,
                                            GAsyncResult *result,
                                            GError **error);

G_END_DECLS
