/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A connected database: the pool of connections of one program, whether it is reachable just
 * now, and the news of what changes in it. Stores (wb-page-store.h and others) are made on one
 * of these and speak SQL through wb-db-private.h; user interfaces only watch its state and news.
 * Not a place for SQL and no libpq type appears here. Lives on the main thread, never blocks it.
 *
 * One connection listens for news, a few serve what a person is waiting for (interactive: 10 s
 * statement time-out), a few serve what takes long (bulk). They are opened when first needed. A
 * lost connection is opened again with growing pauses; then `resync` is emitted.
 */
#pragma once

#include "db/wb-db-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WbDbState:
 * @WB_DB_STATE_OFFLINE: not opened yet, closed, or lost and waiting for the next try
 * @WB_DB_STATE_CONNECTING: a try is under way; queries made now wait for it
 * @WB_DB_STATE_ONLINE: everything works
 * @WB_DB_STATE_READ_ONLY: reading works, writing fails with %WB_DB_ERROR_READ_ONLY
 * @WB_DB_STATE_FAILED: somebody has to do something first (password, role, version); no further tries
 *   until wb_db_open_async()
 */
typedef enum
{
  WB_DB_STATE_OFFLINE,
  WB_DB_STATE_CONNECTING,
  WB_DB_STATE_ONLINE,
  WB_DB_STATE_READ_ONLY,
  WB_DB_STATE_FAILED,
} WbDbState;

#define WB_TYPE_DB_STATE (wb_db_state_get_type ())
GType wb_db_state_get_type (void);

#define WB_TYPE_DB (wb_db_get_type ())
G_DECLARE_FINAL_TYPE (WbDb, wb_db, WB, DB, GObject)

/**
 * WbDb::news:
 * @self: the database
 * @topic: what kind of thing changed: "order", "product", …; also the signal's detail, so that
 *   `news::order` hears of orders only
 * @ids: (element-type gint64) (nullable): which ones, or %NULL for "everything of this topic may have changed"
 *
 * Something was committed, here or in any other program. Coalesced: once per topic and turn of the
 * main loop, each id once, in ascending order. Re-read what is on screen.
 */

/**
 * WbDb::resync:
 * @self: the database
 *
 * News may have been missed (a connection was lost and is back): reload what is on screen.
 */

/**
 * wb_db_new:
 * @conninfo: a libpq connection string or URI; "" takes everything from the PG* variables and defaults
 *
 * Nothing is opened yet. Host names, several hosts, `service=`, `.pgpass`, TLS and
 * `target_session_attrs` mean what they mean to psql.
 *
 * Returns: (transfer full): a database, OFFLINE until wb_db_open_async()
 */
WbDb *wb_db_new (const char *conninfo);

/**
 * wb_db_set_password:
 * @self: a database
 * @password: (nullable): the password to use from now on instead of the connection string's
 *
 * For a program that asked a person. Kept in memory only. Call wb_db_open_async() afterwards.
 */
void wb_db_set_password (WbDb *self, const char *password);

/**
 * wb_db_open_async:
 * @self: a database
 * @cancellable: (nullable): stops waiting; the database itself goes on trying
 * @callback: called when the first connection stands or has failed
 * @user_data: for @callback
 *
 * Opens the listening and the first interactive connection. After %WB_DB_ERROR_OFFLINE it goes on
 * trying in the background and a later success is seen in #WbDb:state; after AUTH or VERSION it
 * does not, until called again. On an open database it succeeds at once.
 */
void     wb_db_open_async  (WbDb                *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);
gboolean wb_db_open_finish (WbDb                *self,
                            GAsyncResult        *result,
                            GError             **error);

/**
 * wb_db_close:
 * @self: a database
 *
 * Ends every connection. What is under way is cancelled on the server and fails with
 * G_IO_ERROR_CANCELLED. Happens by itself when the last reference goes.
 */
void wb_db_close (WbDb *self);

/**
 * wb_db_retry_now:
 * @self: a database
 *
 * When offline, tries again at once instead of after the rest of the pause: for a "Try again"
 * button, or when the network is known to be back. Does nothing in other states.
 */
void wb_db_retry_now (WbDb *self);

/**
 * wb_db_get_state:
 * @self: a database
 *
 * Returns: the state; watch `notify::state`
 */
WbDbState wb_db_get_state (WbDb *self);

/**
 * wb_db_get_state_message:
 * @self: a database
 *
 * Returns: (transfer none): a translated sentence for people about the state: what is wrong and what
 *   happens next; "" when ONLINE
 */
const char *wb_db_get_state_message (WbDb *self);

/**
 * wb_db_get_server_version:
 * @self: a database
 *
 * Returns: the server's version as PostgreSQL counts (150004), 0 before the first connection
 */
int wb_db_get_server_version (WbDb *self);

/**
 * wb_db_get_user:
 * @self: a database
 *
 * Returns: (transfer none) (nullable): the role this seat is logged in as, %NULL before the first connection
 */
const char *wb_db_get_user (WbDb *self);

/**
 * wb_db_get_error:
 * @self: a database
 *
 * Returns: (transfer none) (nullable): why the state is OFFLINE or FAILED
 */
const GError *wb_db_get_error (WbDb *self);

G_END_DECLS
