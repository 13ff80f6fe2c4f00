/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What networks and servers do at the worst moment, by a proxy in between: at each stage the caller gets one
 * answer that is true, and the database is usable again by itself.
 */
#include "config.h"

#include "tests/db/wb-test-cluster.h"
#include "tests/db/wb-test-db.h"
#include "tests/db/wb-test-proxy.h"

#include <string.h>

static WbTestCluster *cluster;
static WbTestProxy *proxy;
static WbDb *direct;  /* around the proxy, to look at the truth */

static WbDb *
make_hasty (void)
{
  g_autofree char *conninfo = g_strdup_printf ("host=%s port=5432 dbname=postgres user=postgres",
                                               wb_test_proxy_get_socket (proxy));
  WbDb *db = wb_db_new (conninfo);
  WbDbTuning *tuning = _wb_db_get_tuning (db);

  tuning->connect_ms = 300;
  tuning->statement_ms = 400;
  tuning->silence_ms = 200;
  tuning->poll_ms = 50;
  tuning->back_off_min_ms = 2;
  tuning->back_off_max_ms = 20;
  return db;
}

static WbDb *
open_through (void)
{
  WbDb *db = make_hasty ();
  g_autoptr(GError) error = NULL;

  wb_test_proxy_arm (proxy, NULL, WB_TEST_PROXY_NONE, 0);
  wb_test_db_try_open (db, &error);
  g_assert_no_error (error);
  return db;
}

static void
await_online (WbDb *db)
{
  wb_test_wait_until (wb_db_get_state (db) == WB_DB_STATE_ONLINE);
}

/* It works as if nothing had happened. */
static void
assert_usable (WbDb *db)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) rows = NULL;

  await_online (db);
  /* it may not have noticed yet that a connection is dead */
  _wb_db_query_async (db, WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_IDEMPOTENT, "select 17", NULL, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  rows = _wb_db_query_finish (db, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (_wb_db_result_get_int (rows, 0, 0), ==, 17);
}

typedef struct
{
  const char *name;
  WbTestProxyFault fault;
  gsize n;
} Stage;

/* For a statement of one row: bind complete and so on are messages of 5 bytes. */
static const Stage stages[] = {
  { "sending", WB_TEST_PROXY_CUT_BEFORE, 0 },
  { "half-sent", WB_TEST_PROXY_CUT_AFTER_SENT, 20 },
  { "waiting", WB_TEST_PROXY_CUT_AFTER_MESSAGES, 0 },
  { "parsed", WB_TEST_PROXY_CUT_AFTER_MESSAGES, 1 },
  { "described", WB_TEST_PROXY_CUT_AFTER_MESSAGES, 3 },
  { "in-row", WB_TEST_PROXY_CUT_AFTER_BYTES, 50 },
  { "before-ready", WB_TEST_PROXY_CUT_AFTER_MESSAGES, 5 },
};

/* ---- Connecting ---------------------------------------------------------------------------- */

/* Cut at every byte of what the server says until we are connected, one after the other. */
static void
test_connect_cut (void)
{
  for (gsize n = 0; n < 400; n += n < 60 ? 3 : 29)
    {
      g_autoptr(WbDb) db = make_hasty ();
      g_autoptr(GError) error = NULL;

      wb_test_proxy_arm (proxy, NULL, WB_TEST_PROXY_CUT_AFTER_BYTES, n);
      if (!wb_test_db_try_open (db, &error))
        g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE);
      g_assert_true (wb_test_proxy_has_struck (proxy));
      await_online (db);
      assert_usable (db);
      wb_test_assert_finalized (&db);
    }
}

/* Nothing comes: not within connecting, nor within setting up. */
static void
test_connect_stalled (void)
{
  g_autoptr(WbDb) db = make_hasty ();
  g_autoptr(GError) error = NULL;
  WbTestTicker *ticker = wb_test_ticker_start ();

  wb_test_proxy_stall (proxy, TRUE);
  g_assert_false (wb_test_db_try_open (db, &error));
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE);
  g_assert_true (g_str_has_suffix (error->message, " does not answer"));
  g_assert_nonnull (wb_db_error_get_hint (error));
  wb_test_proxy_stall (proxy, FALSE);
  assert_usable (db);
  wb_test_ticker_stop (ticker, 100);
}

static void
test_set_up_stalled (void)
{
  g_autoptr(WbDb) db = make_hasty ();
  g_autoptr(GError) error = NULL;

  wb_test_proxy_arm (proxy, "search_path", WB_TEST_PROXY_STALL, 0);
  if (!wb_test_db_try_open (db, &error))
    g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE);
  g_assert_true (wb_test_proxy_has_struck (proxy));
  assert_usable (db);
}

static void
test_connect_refused (void)
{
  g_autoptr(WbDb) db = make_hasty ();
  g_autoptr(GError) error = NULL;

  wb_test_proxy_refuse (proxy, TRUE);
  g_assert_false (wb_test_db_try_open (db, &error));
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE);
  wb_test_proxy_refuse (proxy, FALSE);
  assert_usable (db);
}

/* ---- Queries ------------------------------------------------------------------------------- */

/* What may be repeated is, and succeeds; what may not fails once and is not run twice. */
static void
test_query_cut (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    for (guint repeat = 0; repeat < 2; repeat++)
      {
        g_autoptr(WbDb) db = open_through ();
        g_autoptr(GAsyncResult) result = NULL;
        g_autoptr(GError) error = NULL;
        g_autoptr(WbDbResult) rows = NULL;

        g_test_message ("%s, %s", stages[i].name, repeat ? "repeated" : "once");
        wb_test_proxy_arm (proxy, "/* strike */", stages[i].fault, stages[i].n);
        _wb_db_query_async (db, i % 2 == 0 ? WB_DB_LANE_INTERACTIVE : WB_DB_LANE_BULK,
                            repeat ? WB_DB_FLAG_IDEMPOTENT : WB_DB_FLAG_NONE,
                            "select 42 as answer, 'some words' as words /* strike */", NULL, NULL, wb_test_store_result, &result);
        wb_test_await (result);
        g_assert_true (wb_test_proxy_has_struck (proxy));
        rows = _wb_db_query_finish (db, result, &error);
        if (repeat)
          {
            g_assert_no_error (error);
            g_assert_cmpint (_wb_db_result_get_int (rows, 0, 0), ==, 42);
          }
        else
          g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE);
        assert_usable (db);
        g_clear_object (&result);
        wb_test_assert_finalized (&db);
      }
}

/* The answer torn at each of its bytes. */
static void
test_query_torn (void)
{
  g_autoptr(WbDb) db = open_through ();

  for (gsize n = 0; n < 140; n += 2)
    {
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GError) error = NULL;
      g_autoptr(WbDbResult) rows = NULL;

      wb_test_proxy_arm (proxy, "/* tear */", WB_TEST_PROXY_CUT_AFTER_BYTES, n);
      _wb_db_query_async (db, WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_IDEMPOTENT,
                          "select 42 as answer, 'some words' as words /* tear */", NULL, NULL, wb_test_store_result, &result);
      wb_test_await (result);
      rows = _wb_db_query_finish (db, result, &error);
      g_assert_no_error (error);
      g_assert_cmpint (_wb_db_result_get_int (rows, 0, 0), ==, 42);
      g_assert_cmpstr (_wb_db_result_get_text (rows, 0, 1), ==, "some words");
    }
}

/* An act is done exactly once, whenever the connection is cut, and its caller knows. */
static void
test_act_cut (void)
{
  guint n = (guint) wb_test_db_int (direct, "select count(*) from wb.act");

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      g_autoptr(WbDb) db = open_through ();
      g_autofree char *uuid = _wb_db_act_id_new ();
      g_autoptr(WbDbParams) params = _wb_db_params_new ();
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GError) error = NULL;
      g_autoptr(WbDbResult) rows = NULL;

      _wb_db_params_add_uuid (params, uuid);
      wb_test_proxy_arm (proxy, "/* strike */", stages[i].fault, stages[i].n);
      _wb_db_act_async (db, WB_DB_LANE_INTERACTIVE, "select api.note($1, 'order', '{1}') /* strike */", params, NULL,
                        wb_test_store_result, &result);
      wb_test_await (result);
      g_assert_true (wb_test_proxy_has_struck (proxy));
      rows = _wb_db_act_finish (db, result, &error);
      g_assert_no_error (error);
      g_assert_cmpint (wb_test_db_int (direct, "select count(*) from wb.act"), ==, n + i + 1);
      g_clear_object (&result);
      wb_test_assert_finalized (&db);
    }
}

static void
test_act_uncertain (void)
{
  g_autoptr(WbDb) db = open_through ();
  g_autofree char *uuid = _wb_db_act_id_new ();
  g_autoptr(WbDbParams) params = _wb_db_params_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  _wb_db_get_tuning (db)->act_ms = 300;
  _wb_db_params_add_uuid (params, uuid);
  wb_test_proxy_arm (proxy, "/* strike */", WB_TEST_PROXY_CUT_AFTER_MESSAGES, 0);
  wb_test_proxy_refuse (proxy, TRUE);
  _wb_db_act_async (db, WB_DB_LANE_INTERACTIVE, "select api.note($1, 'order', '{1}') /* strike */", params, NULL,
                    wb_test_store_result, &result);
  wb_test_await (result);
  g_assert_null (_wb_db_act_finish (db, result, &error));
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE);
  wb_test_proxy_refuse (proxy, FALSE);
  await_online (db);
}

/* ---- Silence and slowness ------------------------------------------------------------------ */

static void
test_query_stalled (void)
{
  g_autoptr(WbDb) db = open_through ();

  for (guint repeat = 0; repeat < 2; repeat++)
    {
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GError) error = NULL;
      g_autoptr(WbDbResult) rows = NULL;

      wb_test_proxy_arm (proxy, "/* strike */", WB_TEST_PROXY_STALL, 0);
      _wb_db_query_async (db, WB_DB_LANE_INTERACTIVE, repeat ? WB_DB_FLAG_IDEMPOTENT : WB_DB_FLAG_NONE,
                          "select 42 /* strike */", NULL, NULL, wb_test_store_result, &result);
      wb_test_await (result);
      rows = _wb_db_query_finish (db, result, &error);
      if (repeat)
        g_assert_no_error (error);
      else
        g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE);
      assert_usable (db);
    }
}

/* Cancelled on a dead connection: the caller is not kept waiting for long. */
static void
test_cancel_stalled (void)
{
  g_autoptr(WbDb) db = open_through ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  wb_test_proxy_arm (proxy, "/* strike */", WB_TEST_PROXY_STALL, 0);
  _wb_db_query_async (db, WB_DB_LANE_BULK, WB_DB_FLAG_IDEMPOTENT, "select 42 /* strike */", NULL, cancellable,
                      wb_test_store_result, &result);
  wb_test_wait_until (wb_test_proxy_has_struck (proxy));
  wb_test_proxy_stall (proxy, TRUE);
  g_cancellable_cancel (cancellable);
  wb_test_await (result);
  g_assert_null (_wb_db_query_finish (db, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  wb_test_proxy_stall (proxy, FALSE);
  wb_test_proxy_cut (proxy);
  assert_usable (db);
}

/* The whole network goes silent, also for who only listens; then it is back. */
static void
resync_cb (WbDb *db,
           gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_network_silent (void)
{
  g_autoptr(WbDb) db = open_through ();
  WbTestTicker *ticker = wb_test_ticker_start ();
  guint n_resyncs = 0;

  g_signal_connect (db, "resync", G_CALLBACK (resync_cb), &n_resyncs);
  wb_test_proxy_stall (proxy, TRUE);
  wb_test_wait_until (wb_db_get_state (db) == WB_DB_STATE_CONNECTING);
  wb_test_proxy_stall (proxy, FALSE);
  wb_test_wait_until (n_resyncs == 1);
  assert_usable (db);
  wb_test_ticker_stop (ticker, 100);
}

/* Slow is not dead. */
static void
test_slow (void)
{
  g_autoptr(WbDb) db = make_hasty ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) rows = NULL;

  /* the server is patient, we would not be if nothing came */
  _wb_db_get_tuning (db)->statement_ms = 20000;
  wb_test_db_try_open (db, &error);
  g_assert_no_error (error);
  /* a connection that is told so, and is there to be used */
  assert_usable (db);
  _wb_db_get_tuning (db)->statement_ms = 1000;
  wb_test_proxy_delay (proxy, 40);
  /* some 60 pieces of 16 kB: twice as long as silence would be allowed to be */
  _wb_db_query_async (db, WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_NONE, "select repeat('x', 1000000)", NULL, NULL,
                      wb_test_store_result, &result);
  wb_test_await (result);
  wb_test_proxy_delay (proxy, 0);
  rows = _wb_db_query_finish (db, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (_wb_db_result_get_length (rows, 0, 0), ==, 1000000);
}

/* ---- The large things ---------------------------------------------------------------------- */

static gboolean
take (WbDbFlow *flow,
      WbDbResult *batch,
      gpointer user_data,
      GError **error)
{
  *(gint64 *) user_data += _wb_db_result_get_n_rows (batch);
  return TRUE;
}

static gboolean
give (WbDbFlow *flow,
      GByteArray *chunk,
      gpointer user_data,
      GError **error)
{
  guint *left = user_data;

  for (guint i = 0; i < 100 && *left > 0; i++, (*left)--)
    {
      _wb_db_copy_add_int64 (chunk, *left);
      _wb_db_copy_end_row (chunk);
    }
  return TRUE;
}

static gboolean
take_text (WbDbFlow *flow,
           const char *data,
           gsize length,
           gpointer user_data,
           GError **error)
{
  *(gint64 *) user_data += (gint64) length;
  return TRUE;
}

typedef enum
{
  KIND_STREAM,
  KIND_COPY_IN,
  KIND_COPY_OUT,
  KIND_PIPELINE,
  KIND_INDEPENDENT,
  KIND_SCRIPT,
  N_KINDS
} Kind;

static const char *const kind_names[N_KINDS] = { "stream", "copy in", "copy out", "pipeline", "independent", "script" };

static gint64
attempt (WbDb *db,
         Kind kind,
         GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GAsyncResult) session_result = NULL;
  g_autoptr(WbDbSession) session = NULL;
  g_autoptr(WbDbPipeline) pipeline = NULL;
  g_autoptr(WbDbResult) rows = NULL;
  gint64 taken = 0;
  guint left = 20000;

  switch (kind)
    {
    case KIND_STREAM:
      _wb_db_stream_async (db, WB_DB_LANE_BULK, "select generate_series(1, 20000) /* strike */", NULL, 100, take, &taken, NULL,
                           wb_test_store_result, &result);
      wb_test_await (result);
      return _wb_db_stream_finish (db, result, error);
    case KIND_COPY_IN:
      _wb_db_copy_in_async (db, WB_DB_LANE_BULK, "copy public.target from stdin /* strike */", give, &left, NULL,
                            wb_test_store_result, &result);
      wb_test_await (result);
      return _wb_db_copy_in_finish (db, result, error);
    case KIND_COPY_OUT:
      _wb_db_copy_out_async (db, WB_DB_LANE_BULK, "copy (select generate_series(1, 20000)) to stdout /* strike */", take_text,
                             &taken, NULL, wb_test_store_result, &result);
      wb_test_await (result);
      return _wb_db_copy_out_finish (db, result, error);
    case KIND_PIPELINE:
    case KIND_INDEPENDENT:
      pipeline = _wb_db_pipeline_new (kind == KIND_PIPELINE ? WB_DB_PIPELINE_ATOMIC : WB_DB_PIPELINE_INDEPENDENT);
      for (guint i = 0; i < 1000; i++)
        _wb_db_pipeline_add (pipeline, "insert into public.target values (1) /* strike */", NULL);
      _wb_db_pipeline_run_async (db, WB_DB_LANE_BULK, pipeline, NULL, wb_test_store_result, &result);
      wb_test_await (result);
      return _wb_db_pipeline_run_finish (db, result, error) ? 1 : -1;
    case KIND_SCRIPT:
      _wb_db_session_async (db, WB_DB_LANE_BULK, NULL, wb_test_store_result, &session_result);
      wb_test_await (session_result);
      session = _wb_db_session_finish (db, session_result, error);
      g_assert_nonnull (session);
      _wb_db_session_script_async (session, "begin; insert into public.target select generate_series(1, 5); /* strike */ commit",
                                   NULL, wb_test_store_result, &result);
      wb_test_await (result);
      rows = _wb_db_query_finish (db, result, error);
      return rows != NULL ? 1 : -1;
    case N_KINDS:
    default:
      g_assert_not_reached ();
    }
}

/* Each kind, cut at a growing distance: it fails as OFFLINE, or it was complete before. */
static void
test_kinds_cut (void)
{
  static const Stage where[] = {
    { "sending", WB_TEST_PROXY_CUT_BEFORE, 0 },
    { "waiting", WB_TEST_PROXY_CUT_AFTER_MESSAGES, 0 },
    { "first answer", WB_TEST_PROXY_CUT_AFTER_MESSAGES, 1 },
    { "half sent", WB_TEST_PROXY_CUT_AFTER_SENT, 40000 },
    { "in the middle", WB_TEST_PROXY_CUT_AFTER_BYTES, 5001 },
  };

  for (Kind kind = 0; kind < N_KINDS; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (where); i++)
      {
        g_autoptr(WbDb) db = open_through ();
        g_autoptr(GError) error = NULL;
        gint64 n = 0;

        wb_test_db_run (direct, "truncate public.target");
        wb_test_proxy_arm (proxy, "/* strike */", where[i].fault, where[i].n);
        n = attempt (db, kind, &error);
        g_test_message ("%s, %s: %" G_GINT64_FORMAT, kind_names[kind], where[i].name, n);
        g_assert_true (wb_test_proxy_has_struck (proxy));
        if (n < 0)
          g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE);
        else
          g_assert_no_error (error);
        /* all or nothing, and success was said of nothing that did not happen */
        if (kind == KIND_COPY_IN && n >= 0)
          g_assert_cmpint (wb_test_db_int (direct, "select count(*) from public.target"), ==, 20000);
        if (kind == KIND_PIPELINE && n >= 0)
          g_assert_cmpint (wb_test_db_int (direct, "select count(*) from public.target"), ==, 1000);
        wb_test_proxy_arm (proxy, NULL, WB_TEST_PROXY_NONE, 0);
        assert_usable (db);
        wb_test_assert_finalized (&db);
      }
}

/* The server itself is killed under each kind, and comes back. */
static gboolean
crash_cb (gpointer user_data)
{
  wb_test_cluster_crash (cluster);
  wb_test_cluster_restart (cluster);
  return G_SOURCE_REMOVE;
}

static void
test_kinds_crash (void)
{
  for (Kind kind = 0; kind < N_KINDS; kind++)
    {
      g_autoptr(WbDb) db = open_through ();
      g_autoptr(GError) error = NULL;

      _wb_db_get_tuning (db)->queue_ms = 20000;
      g_idle_add (crash_cb, NULL);
      if (attempt (db, kind, &error) < 0)
        g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE);
      assert_usable (db);
      wb_test_assert_finalized (&db);
    }
}

/* Faults by chance, many queries, all answered; what was said to be done is. */
static void
answered_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) rows = _wb_db_act_finish (WB_DB (source), result, &error);
  guint *counts = user_data;

  if (rows != NULL)
    counts[0]++;
  else
    {
      g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE);
      counts[1]++;
    }
}

static void
test_storm (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (wb_test_random_seed ());
  g_autoptr(WbDb) db = open_through ();
  guint counts[2] = { 0 };
  gint64 before = wb_test_db_int (direct, "select count(*) from wb.act");
  const guint n = 300;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *uuid = _wb_db_act_id_new ();
      g_autoptr(WbDbParams) params = _wb_db_params_new ();

      _wb_db_params_add_uuid (params, uuid);
      _wb_db_act_async (db, WB_DB_LANE_INTERACTIVE, "select api.note($1, 'order', '{1}')", params, NULL, answered_cb, counts);
      if (g_rand_int_range (rand, 0, 10) == 0)
        wb_test_proxy_cut (proxy);
      if (g_rand_int_range (rand, 0, 10) == 0)
        wb_test_proxy_arm (proxy, "api.note", WB_TEST_PROXY_CUT_AFTER_BYTES, (gsize) g_rand_int_range (rand, 0, 100));
      for (int turns = g_rand_int_range (rand, 0, 8); turns > 0; turns--)
        g_main_context_iteration (NULL, FALSE);
      if (wb_db_get_state (db) == WB_DB_STATE_OFFLINE)
        await_online (db);
    }
  wb_test_wait_until (counts[0] + counts[1] == n);
  g_test_message ("%u done, %u not known", counts[0], counts[1]);
  g_assert_cmpint (wb_test_db_int (direct, "select count(*) from wb.act") - before, >=, counts[0]);
  g_assert_cmpint (wb_test_db_int (direct, "select count(*) from wb.act") - before, <=, n);
  wb_test_proxy_arm (proxy, NULL, WB_TEST_PROXY_NONE, 0);
  assert_usable (db);
  wb_test_assert_finalized (&db);
}

int
main (int argc,
      char **argv)
{
  int status = 0;

  wb_test_init (&argc, &argv);
  if (g_getenv ("WAYBILL_TEST_PG_BINDIR") == NULL)
    return wb_test_skip_all ("no database server (run under tests/cluster)");
  cluster = wb_test_cluster_start (NULL);
  proxy = wb_test_proxy_new (wb_test_cluster_get_socket (cluster));
  direct = wb_test_db_open (wb_test_cluster_conninfo (cluster));
  wb_test_db_add_news (direct);
  wb_test_db_run (direct, "create table public.target (n bigint)");
  g_test_add_func ("/fault/connect/cut", test_connect_cut);
  g_test_add_func ("/fault/connect/stalled", test_connect_stalled);
  g_test_add_func ("/fault/connect/set-up-stalled", test_set_up_stalled);
  g_test_add_func ("/fault/connect/refused", test_connect_refused);
  g_test_add_func ("/fault/query/cut", test_query_cut);
  g_test_add_func ("/fault/query/torn", test_query_torn);
  g_test_add_func ("/fault/query/stalled", test_query_stalled);
  g_test_add_func ("/fault/query/cancel-stalled", test_cancel_stalled);
  g_test_add_func ("/fault/query/slow", test_slow);
  g_test_add_func ("/fault/act/cut", test_act_cut);
  g_test_add_func ("/fault/act/uncertain", test_act_uncertain);
  g_test_add_func ("/fault/act/storm", test_storm);
  g_test_add_func ("/fault/network-silent", test_network_silent);
  g_test_add_func ("/fault/kinds/cut", test_kinds_cut);
  g_test_add_func ("/fault/kinds/crash", test_kinds_crash);
  status = g_test_run ();
  wb_test_assert_finalized (&direct);
  wb_test_proxy_free (proxy);
  wb_test_cluster_free (cluster);
  return status;
}
