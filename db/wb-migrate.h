/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Brings a database to the schema that this program was built for. What to apply is built in, from
 * db/schema (numbered migrations, each applied once, in its own transaction, never edited after it
 * was shipped) and db/api (functions and views, dropped and made anew as a whole when any of them
 * changed). What was applied stands in wb.schema_migration; number 0 there is the api.
 *
 * Any number of programs may do this at once: an advisory lock makes the second wait and find
 * nothing left to do. Not for the cluster (WbCluster) and not for filling tables with a shop.
 * Main thread only.
 */
#pragma once

#include "db/wb-db.h"

G_BEGIN_DECLS

/**
 * WbSchemaState:
 * @number: the last migration applied; 0 when the database holds no Waybill
 * @wanted: the last one this program brings
 * @api_is_current: functions and views are those of this program
 * @may_migrate: this role could bring the database up to date
 *
 * How a database stands to this program.
 */
typedef struct
{
  int number;
  int wanted;
  gboolean api_is_current;
  gboolean may_migrate;
} WbSchemaState;

/**
 * WbMigrateProgress:
 * @file: what is being applied, such as `schema/0003-warehouse.sql` or `api`
 * @done: how many steps lie behind
 * @total: how many there are in all
 * @user_data: what was given
 *
 * Told before each step.
 */
typedef void (*WbMigrateProgress) (const char *file, guint done, guint total, gpointer user_data);

/**
 * wb_schema_query_async:
 * @db: an open database
 * @source: (nullable): a folder with `schema` and `api` in it, as a URI; %NULL for what is built in
 * @cancellable: (nullable): to give up
 * @callback: called with what was found
 * @user_data: for @callback
 *
 * Asks how @db stands; any seat may. Finish with wb_schema_query_finish(), which fills @state.
 */
void wb_schema_query_async (WbDb *db,
                            const char *source,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean
wb_schema_query_finish (WbDb *db, GAsyncResult *result, WbSchemaState *state, GError **error);

/**
 * wb_migrate_async:
 * @db: an open database
 * @source: (nullable): as for wb_schema_query_async()
 * @progress: (nullable): told before each step
 * @progress_data: for @progress
 * @cancellable: (nullable): stops; what was completed stays applied, the rest follows next time
 * @callback: called when the schema is up to date, or cannot be
 * @user_data: for @callback
 *
 * Applies what is missing. Fails with %WB_DB_ERROR_VERSION when the schema is newer than this
 * program or a migration that was applied has changed since, with %WB_DB_ERROR_DENIED when this
 * role may not, and with the server's error, prefixed by the file, when a migration is wrong.
 */
void wb_migrate_async (WbDb *db,
                       const char *source,
                       WbMigrateProgress progress,
                       gpointer progress_data,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
gboolean wb_migrate_finish (WbDb *db, GAsyncResult *result, GError **error);

G_END_DECLS
