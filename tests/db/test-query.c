/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/wb-db-private.h"
#include "tests/wb-test.h"

static WbDb *
open_database (void)
{
  const char *conninfo = wb_test_database ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  WbDb *db = NULL;

  if (conninfo == NULL)
    return NULL;
  db = wb_db_new (conninfo);
  wb_db_open_async (db, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  wb_db_open_finish (db, result, &error);
  g_assert_no_error (error);
  return db;
}

static WbDbResult *
query (WbDb *db,
       const char *sql,
       WbDbParams *params,
       GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  _wb_db_query_async (db, WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_NONE, sql, params, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  return _wb_db_query_finish (db, result, error);
}

static void
test_smoke (void)
{
  g_autoptr(WbDb) db = open_database ();
  g_autoptr(WbDbParams) params = _wb_db_params_new ();
  g_autoptr(WbDbResult) result = NULL;
  g_autoptr(GError) error = NULL;

  if (db == NULL)
    return;
  g_assert_cmpint (wb_db_get_state (db), ==, WB_DB_STATE_ONLINE);
  g_assert_cmpint (wb_db_get_server_version (db), >=, 150000);
  _wb_db_params_add_int64 (params, 41);
  result = query (db, "select $1 + 1 as n, 'x' as t", params, &error);
  g_assert_no_error (error);
  g_assert_cmpint (_wb_db_result_get_int64 (result, 0, _wb_db_result_column (result, "n")), ==, 42);
  g_assert_true (_wb_db_result_check (result, &error));
  wb_test_assert_finalized (&db);
}

int
main (int argc,
      char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/query/smoke", test_smoke);
  return g_test_run ();
}
