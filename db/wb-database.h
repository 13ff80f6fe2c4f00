/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The database of a program, from what the user wrote after --database to a WbDb that can be used:
 * starts the embedded cluster if it is that one, connects, brings the schema up to date where this
 * is ours to do, and holds the cluster until closed. Every program opens its database this way.
 *
 * Not for queries (stores on wb_database_get_db()). Main thread only.
 */
#pragma once

#include "db/wb-cluster.h"
#include "db/wb-db.h"
#include "db/wb-migrate.h"

G_BEGIN_DECLS

/**
 * WbDatabaseFlags:
 * @WB_DATABASE_FLAGS_NONE: connect and bring the schema up to date if this role may
 * @WB_DATABASE_FLAGS_BARE: connect and leave the schema alone, whatever it is: for tools that look at it
 * @WB_DATABASE_FLAGS_MIGRATE: bring the schema up to date or fail
 *
 * What opening is for.
 */
typedef enum
{
  WB_DATABASE_FLAGS_NONE = 0,
  WB_DATABASE_FLAGS_BARE = 1 << 0,
  WB_DATABASE_FLAGS_MIGRATE = 1 << 1,
} WbDatabaseFlags;

#define WB_TYPE_DATABASE (wb_database_get_type ())
G_DECLARE_FINAL_TYPE (WbDatabase, wb_database, WB, DATABASE, GObject)

/**
 * wb_database_new:
 * @where: (nullable): `embedded`, `embedded:FOLDER`, or a libpq connection string or URI; %NULL for
 *   what WAYBILL_DATABASE says, and `embedded` when that says nothing
 *
 * Returns: (transfer full): a database, not open
 */
WbDatabase *wb_database_new (const char *where);

/**
 * wb_database_is_embedded:
 * @self: a database
 *
 * Returns: whether it is the private cluster of this user, rather than a shared server
 */
gboolean wb_database_is_embedded (WbDatabase *self);

/**
 * wb_database_get_db:
 * @self: a database
 *
 * Returns: (transfer none) (nullable): what stores are made on; for the embedded one %NULL until its
 *   cluster runs. Stays the same object until wb_database_close_async()
 */
WbDb *wb_database_get_db (WbDatabase *self);

/**
 * wb_database_get_cluster:
 * @self: a database
 *
 * Returns: (transfer none) (nullable): the embedded cluster, %NULL on a shared server
 */
WbCluster *wb_database_get_cluster (WbDatabase *self);

/**
 * wb_database_dup_conninfo:
 * @self: a database
 *
 * Returns: (transfer full) (nullable): what psql takes to get to the same place; may hold a password,
 *   so do not show or log it unasked. %NULL for an embedded one that is not open
 */
char *wb_database_dup_conninfo (WbDatabase *self);

/**
 * wb_database_dup_name:
 * @self: a database
 *
 * Returns: (transfer full): what to call it in front of people: the folder, or host and database; no
 *   password
 */
char *wb_database_dup_name (WbDatabase *self);

/**
 * wb_database_get_progress:
 * @self: a database
 *
 * Returns: (transfer none): a translated sentence on what opening or closing is busy with, "" when
 *   nothing is under way; watch `notify::progress`
 */
const char *wb_database_get_progress (WbDatabase *self);

/**
 * wb_database_is_new:
 * @self: an open database
 *
 * Returns: whether opening made the schema from nothing, so that there is no shop in it yet
 */
gboolean wb_database_is_new (WbDatabase *self);

/**
 * wb_database_open_async:
 * @self: a database
 * @flags: what for
 * @cancellable: (nullable): gives up
 * @callback: called when it can be used, or cannot be had
 * @user_data: for @callback
 *
 * Fails with WB_CLUSTER_ERROR or WB_DB_ERROR; messages say what to do next. After a failure it may
 * be called again: with a password given by wb_db_set_password() after %WB_DB_ERROR_AUTH, later
 * after %WB_DB_ERROR_OFFLINE. While open, an embedded server that died is started again by itself.
 */
void wb_database_open_async (WbDatabase *self,
                             WbDatabaseFlags flags,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean wb_database_open_finish (WbDatabase *self, GAsyncResult *result, GError **error);

/**
 * wb_database_close_async:
 * @self: a database
 * @callback: (nullable): called when all is closed
 * @user_data: for @callback
 *
 * Ends every connection and gives up the embedded cluster; the last program to do so stops its
 * server. A program calls this last and waits for @callback before it ends; one that does not
 * leaves the server running.
 */
void
wb_database_close_async (WbDatabase *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean wb_database_close_finish (WbDatabase *self, GAsyncResult *result, GError **error);

G_END_DECLS
