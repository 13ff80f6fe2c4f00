/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The server behind a database, as an administrator sees it: making a database on it, and looking
 * whether all is as Waybill wants it. Not the embedded cluster's processes (WbCluster). Main thread
 * only.
 */
#pragma once

#include "db/wb-db.h"

G_BEGIN_DECLS

/**
 * wb_server_make_database_async:
 * @db: an open database on that server, any, as a role with CREATEDB and CREATEROLE
 * @name: the database wanted
 * @cancellable: (nullable): to give up
 * @callback: called when it is there
 * @user_data: for @callback
 *
 * Makes an empty database in UTF-8, unless it is there. Finish with wb_server_make_database_finish(),
 * which sets @made to whether it was made now.
 */
void wb_server_make_database_async (WbDb *db,
                                    const char *name,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean wb_server_make_database_finish (WbDb *db,
                                         GAsyncResult *result,
                                         gboolean *made,
                                         GError **error);

/**
 * WbServerCheck:
 * @version: as PostgreSQL counts: 150004
 * @login: who we are there
 * @is_superuser: and may do everything
 * @roles: (element-type utf8): our group roles without `wb_`
 * @missing_extensions: (element-type utf8): extensions that Waybill needs and that are not in the database
 * @absent_extensions: (element-type utf8): those of them that the server cannot even provide
 * @encoding: of the database
 * @is_local: the server sees us on a socket of its own machine, where nobody can listen
 * @encryption: (nullable): how the connection is encrypted, "TLSv1.3"; %NULL for not at all
 * @is_standby: only reads
 * @n_connections: in use on the whole server
 * @max_connections: and how many it takes
 * @size_bytes: of the database
 * @clock_ahead_ms: how far the server's clock is before ours; negative behind
 *
 * What wb_server_check_async() found.
 */
typedef struct
{
  int version;
  char *login;
  gboolean is_superuser;
  char **roles;
  char **missing_extensions;
  char **absent_extensions;
  char *encoding;
  gboolean is_local;
  char *encryption;
  gboolean is_standby;
  int n_connections;
  int max_connections;
  gint64 size_bytes;
  gint64 clock_ahead_ms;
} WbServerCheck;

void wb_server_check_free (WbServerCheck *check);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbServerCheck, wb_server_check_free)

/**
 * wb_server_check_async:
 * @db: an open database
 * @cancellable: (nullable): to give up
 * @callback: called with what was found
 * @user_data: for @callback
 *
 * Any seat may ask. Finish with wb_server_check_finish(): (transfer full).
 */
void wb_server_check_async (WbDb *db,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
WbServerCheck *wb_server_check_finish (WbDb *db, GAsyncResult *result, GError **error);

G_END_DECLS
