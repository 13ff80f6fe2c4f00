/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/db/wb-test-db.h"

#define N 10000

static WbDb *db;

static WbDbPipeline *
make_inserts (WbDbPipelineMode mode,
              guint n,
              guint bad)
{
  WbDbPipeline *pipeline = _wb_db_pipeline_new (mode);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(WbDbParams) params = _wb_db_params_new ();

      _wb_db_params_add_int64 (params, i == bad ? 1 : (gint64) i + 1000);
      g_assert_cmpuint (_wb_db_pipeline_add (pipeline, "insert into public.piped values ($1) returning n", params), ==, i);
    }
  return pipeline;
}

static void
make_table (void)
{
  wb_test_db_run (db, "drop table if exists public.piped");
  wb_test_db_run (db, "create table public.piped (n bigint primary key check (n <> 7))");
  wb_test_db_run (db, "insert into public.piped values (1)");
}

static gboolean
run (WbDbPipeline *pipeline,
     GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  _wb_db_pipeline_run_async (db, WB_DB_LANE_BULK, pipeline, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  return _wb_db_pipeline_run_finish (db, result, error);
}

static void
test_all_well (void)
{
  for (guint mode = WB_DB_PIPELINE_ATOMIC; mode <= WB_DB_PIPELINE_INDEPENDENT; mode++)
    {
      g_autoptr(WbDbPipeline) pipeline = make_inserts (mode, N, G_MAXUINT);
      g_autoptr(GError) error = NULL;
      WbTestTicker *ticker = NULL;
      gint64 start = 0;

      make_table ();
      ticker = wb_test_ticker_start ();
      start = g_get_monotonic_time ();
      g_assert_true (run (pipeline, &error));
      g_test_message ("%d statements in %.0f ms", N, (double) (g_get_monotonic_time () - start) / 1000);
      wb_test_ticker_stop (ticker, 100);
      g_assert_no_error (error);
      g_assert_cmpuint (_wb_db_pipeline_get_n_failed (pipeline), ==, 0);
      for (guint i = 0; i < N; i++)
        g_assert_cmpint (_wb_db_result_get_int64 (_wb_db_pipeline_get_result (pipeline, i), 0, 0), ==, i + 1000);
      g_assert_cmpint (wb_test_db_int (db, "select count(*) from public.piped"), ==, N + 1);
    }
}

static void
test_one_fails_independent (void)
{
  static const guint bad[] = { 0, 1, 127, 128, 5000, N - 1 };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(WbDbPipeline) pipeline = make_inserts (WB_DB_PIPELINE_INDEPENDENT, N, bad[i]);
      g_autoptr(GError) error = NULL;

      make_table ();
      g_assert_true (run (pipeline, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (_wb_db_pipeline_get_n_failed (pipeline), ==, 1);
      g_assert_error (_wb_db_pipeline_get_error (pipeline, bad[i]), WB_DB_ERROR, WB_DB_ERROR_REFUSED);
      g_assert_cmpstr (wb_db_error_get_constraint (_wb_db_pipeline_get_error (pipeline, bad[i])), ==, "piped_pkey");
      g_assert_null (_wb_db_pipeline_get_result (pipeline, bad[i]));
      g_assert_cmpint (wb_test_db_int (db, "select count(*) from public.piped"), ==, N);
    }
}

static void
test_one_fails_atomic (void)
{
  static const guint bad[] = { 0, 1, 5000, N - 1 };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(WbDbPipeline) pipeline = make_inserts (WB_DB_PIPELINE_ATOMIC, N, bad[i]);
      g_autoptr(GError) error = NULL;

      make_table ();
      g_assert_false (run (pipeline, &error));
      g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_REFUSED);
      g_assert_cmpuint (_wb_db_pipeline_get_n_failed (pipeline), ==, N);
      g_assert_cmpstr (_wb_db_pipeline_get_error (pipeline, bad[i])->message, ==, "the same exists already");
      g_assert_cmpstr (_wb_db_pipeline_get_error (pipeline, bad[i] == 0 ? 1 : 0)->message, ==,
                       "not done because another one failed: the same exists already");
      g_assert_cmpint (wb_test_db_int (db, "select count(*) from public.piped"), ==, 1);
    }
}

/* The same connection is of use afterwards. */
static void
test_connection_survives (void)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr(WbDbPipeline) pipeline = make_inserts (i % 2, 5, i % 6);
      g_autoptr(GError) error = NULL;
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(WbDbResult) rows = NULL;

      make_table ();
      run (pipeline, NULL);
      _wb_db_query_async (db, WB_DB_LANE_BULK, WB_DB_FLAG_NONE, "select 1", NULL, NULL, wb_test_store_result, &result);
      wb_test_await (result);
      rows = _wb_db_query_finish (db, result, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpint (wb_test_db_int (db, "select count(*) from pg_stat_activity where application_name like '%@%'"), <=, 7);
}

static void
test_edges (void)
{
  for (guint mode = WB_DB_PIPELINE_ATOMIC; mode <= WB_DB_PIPELINE_INDEPENDENT; mode++)
    {
      g_autoptr(WbDbPipeline) empty = _wb_db_pipeline_new (mode);
      g_autoptr(WbDbPipeline) odd = _wb_db_pipeline_new (mode);
      g_autoptr(WbDbPipeline) copies = _wb_db_pipeline_new (mode);
      g_autoptr(GError) error = NULL;

      g_assert_true (run (empty, &error));
      g_assert_no_error (error);

      _wb_db_pipeline_add (odd, "select 1", NULL);
      _wb_db_pipeline_add (odd, "selekt", NULL);
      _wb_db_pipeline_add (odd, "select repeat('x', 1000000)", NULL);
      g_assert_cmpint (run (odd, &error), ==, mode == WB_DB_PIPELINE_INDEPENDENT);
      g_clear_error (&error);
      g_assert_cmpuint (_wb_db_pipeline_get_n_failed (odd), ==, mode == WB_DB_PIPELINE_INDEPENDENT ? 1 : 3);

      _wb_db_pipeline_add (copies, "copy (select 1) to stdout", NULL);
      _wb_db_pipeline_add (copies, "select 1", NULL);
      g_assert_false (run (copies, &error));
      g_assert_nonnull (error);
      g_assert_cmpint (wb_test_db_int (db, "select 1"), ==, 1);
    }
}

/* Big results while sending: nobody waits for the other for ever. */
static void
test_large_both_ways (void)
{
  for (guint mode = WB_DB_PIPELINE_ATOMIC; mode <= WB_DB_PIPELINE_INDEPENDENT; mode++)
    {
      g_autoptr(WbDbPipeline) pipeline = _wb_db_pipeline_new (mode);
      g_autofree char *big = g_strnfill (200000, 'x');
      g_autoptr(GError) error = NULL;

      for (guint i = 0; i < 100; i++)
        {
          g_autoptr(WbDbParams) params = _wb_db_params_new ();
          _wb_db_params_add_text (params, big);
          _wb_db_pipeline_add (pipeline, "select $1::text", params);
        }
      g_assert_true (run (pipeline, &error));
      g_assert_no_error (error);
      for (guint i = 0; i < 100; i++)
        g_assert_cmpuint (_wb_db_result_get_length (_wb_db_pipeline_get_result (pipeline, i), 0, 0), ==, 200000);
    }
}

static void
test_cancelled (void)
{
  for (guint mode = WB_DB_PIPELINE_ATOMIC; mode <= WB_DB_PIPELINE_INDEPENDENT; mode++)
    {
      g_autoptr(WbDbPipeline) pipeline = _wb_db_pipeline_new (mode);
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GError) error = NULL;

      for (guint i = 0; i < 2000; i++)
        _wb_db_pipeline_add (pipeline, i == 50 ? "select pg_sleep(3600) as cancel_me" : "select 1", NULL);
      _wb_db_pipeline_run_async (db, WB_DB_LANE_BULK, pipeline, cancellable, wb_test_store_result, &result);
      wb_test_wait_until (wb_test_db_int (db, "select count(*) from pg_stat_activity where query like '%cancel_me'"
                                              " and state = 'active'") == 1);
      g_cancellable_cancel (cancellable);
      wb_test_await (result);
      g_assert_false (_wb_db_pipeline_run_finish (db, result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

/* ---- Sessions ------------------------------------------------------------------------------ */

static WbDbSession *
begin (void)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  WbDbSession *session = NULL;

  _wb_db_session_async (db, WB_DB_LANE_BULK, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  session = _wb_db_session_finish (db, result, &error);
  g_assert_no_error (error);
  return session;
}

static WbDbResult *
script (WbDbSession *session,
        const char *sql,
        GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  _wb_db_session_script_async (session, sql, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  return _wb_db_query_finish (db, result, error);
}

static void
test_session (void)
{
  g_autoptr(WbDbSession) session = begin ();
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) last = NULL;
  g_autoptr(WbDbResult) failed = NULL;
  g_autoptr(WbDbResult) gone = NULL;

  make_table ();
  last = script (session, "begin; create temp table mine (a int); insert into mine values (1), (2);"
                          " insert into public.piped values (99); select count(*) from mine", &error);
  g_assert_no_error (error);
  g_assert_cmpint (_wb_db_result_get_int64 (last, 0, 0), ==, 2);
  g_assert_cmpint (wb_test_db_int (db, "select count(*) from public.piped"), ==, 1);
  failed = script (session, "select 1; selekt; select 2", &error);
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_FAILED);
  g_clear_error (&error);

  /* given back: undone */
  g_clear_object (&session);
  wb_test_wait_until (wb_test_db_int (db, "select count(*) from pg_locks where relation = 'public.piped'::regclass"
                                          " and pid <> pg_backend_pid()") == 0);
  g_assert_cmpint (wb_test_db_int (db, "select count(*) from public.piped"), ==, 1);
  session = begin ();
  gone = script (session, "select * from mine", &error);
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_FAILED);
}

/* Two take the whole lane; the third waits for one of them. */
static void
test_sessions_wait (void)
{
  g_autoptr(WbDbSession) first = begin ();
  g_autoptr(WbDbSession) second = begin ();
  g_autoptr(WbDbSession) third = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) rows = NULL;

  _wb_db_session_async (db, WB_DB_LANE_BULK, NULL, wb_test_store_result, &result);
  g_assert_cmpint (wb_test_db_int (db, "select 1 from pg_sleep(0.05)"), ==, 1);
  g_assert_null (result);
  g_clear_object (&first);
  wb_test_await (result);
  third = _wb_db_session_finish (db, result, &error);
  g_assert_no_error (error);
  rows = script (third, "select 1", &error);
  g_assert_no_error (error);
}

static void
test_session_order (void)
{
  g_autoptr(WbDbSession) session = begin ();
  g_autoptr(WbDbPipeline) pipeline = _wb_db_pipeline_new (WB_DB_PIPELINE_ATOMIC);
  g_autoptr(GAsyncResult) results = NULL;
  g_autoptr(GAsyncResult) piped = NULL;
  g_autoptr(GAsyncResult) counted = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) made = NULL;
  g_autoptr(WbDbResult) count = NULL;

  /* all at once, without waiting in between */
  _wb_db_session_query_async (session, "create temp table mine (a int)", NULL, NULL, wb_test_store_result, &results);
  for (guint i = 0; i < 10; i++)
    _wb_db_pipeline_add (pipeline, "insert into mine values (1)", NULL);
  _wb_db_session_pipeline_run_async (session, pipeline, NULL, wb_test_store_result, &piped);
  _wb_db_session_query_async (session, "select count(*) from mine", NULL, NULL, wb_test_store_result, &counted);
  g_clear_object (&session);
  wb_test_await (counted);
  made = _wb_db_query_finish (db, results, &error);
  g_assert_no_error (error);
  g_assert_true (_wb_db_pipeline_run_finish (db, piped, &error));
  count = _wb_db_query_finish (db, counted, &error);
  g_assert_no_error (error);
  g_assert_cmpint (_wb_db_result_get_int64 (count, 0, 0), ==, 10);
}

static void
test_session_lost (void)
{
  g_autoptr(WbDbSession) session = begin ();
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) pid = script (session, "select pg_backend_pid()", &error);
  g_autoptr(WbDbResult) after = NULL;
  g_autofree char *sql = g_strdup_printf ("select pg_terminate_backend(%d)::int", _wb_db_result_get_int (pid, 0, 0));

  wb_test_db_int (db, sql);
  after = script (session, "select 1", &error);
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE);
  g_clear_error (&error);
  g_assert_null (script (session, "select 1", &error));
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE);
  g_clear_object (&session);
  session = begin ();
}

int
main (int argc,
      char **argv)
{
  int status = 0;

  wb_test_init (&argc, &argv);
  db = g_getenv ("WAYBILL_TEST_DATABASE") != NULL ? wb_test_db_open (NULL) : NULL;
  if (db == NULL)
    return wb_test_skip_all ("no database server (run under tests/cluster)");
  g_test_add_func ("/pipeline/all-well", test_all_well);
  g_test_add_func ("/pipeline/one-fails/independent", test_one_fails_independent);
  g_test_add_func ("/pipeline/one-fails/atomic", test_one_fails_atomic);
  g_test_add_func ("/pipeline/connection-survives", test_connection_survives);
  g_test_add_func ("/pipeline/edges", test_edges);
  g_test_add_func ("/pipeline/large-both-ways", test_large_both_ways);
  g_test_add_func ("/pipeline/cancelled", test_cancelled);
  g_test_add_func ("/session/transaction", test_session);
  g_test_add_func ("/session/wait", test_sessions_wait);
  g_test_add_func ("/session/order", test_session_order);
  g_test_add_func ("/session/lost", test_session_lost);
  status = g_test_run ();
  wb_test_assert_finalized (&db);
  return status;
}
