/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/db/wb-test-db.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Sanitizers keep what was freed for a while. */
#if defined(__SANITIZE_ADDRESS__)
#define MEMORY_BYTES (400 * 1024 * 1024)
#define N_MILLION 200000
#else
#define MEMORY_BYTES (24 * 1024 * 1024)
#define N_MILLION 1000000
#endif

static WbDb *db;

typedef struct
{
  gint64 n;
  gint64 sum;
  guint n_batches;
  guint largest;
  gint64 stop_at;          /* fail when so many have come */
  guint hold_every;        /* batches */
  WbDbFlow *held;
  gsize peak;
  gboolean columns_seen;
} Taker;

static gsize
get_memory (void)
{
  g_autofree char *text = NULL;
  long pages = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    sscanf (text, "%*s %ld", &pages);
  return (gsize) pages * (gsize) sysconf (_SC_PAGESIZE);
}

static gboolean
release_cb (gpointer user_data)
{
  Taker *taker = user_data;
  WbDbFlow *flow = g_steal_pointer (&taker->held);

  _wb_db_flow_release (flow);
  _wb_db_flow_unref (flow);
  return G_SOURCE_REMOVE;
}

static gboolean
take (WbDbFlow *flow,
      WbDbResult *batch,
      gpointer user_data,
      GError **error)
{
  Taker *taker = user_data;
  int column = _wb_db_result_column (batch, "n");

  g_assert_null (taker->held);
  taker->columns_seen |= column >= 0;
  taker->n_batches++;
  taker->largest = MAX (taker->largest, _wb_db_result_get_n_rows (batch));
  for (guint row = 0; row < _wb_db_result_get_n_rows (batch); row++)
    {
      taker->n++;
      taker->sum += _wb_db_result_get_int64 (batch, row, column);
    }
  taker->peak = MAX (taker->peak, get_memory ());
  g_assert_true (_wb_db_result_check (batch, NULL));
  if (taker->stop_at > 0 && taker->n >= taker->stop_at)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "enough");
      return FALSE;
    }
  if (taker->hold_every > 0 && taker->n_batches % taker->hold_every == 0)
    {
      _wb_db_flow_hold (flow);
      taker->held = _wb_db_flow_ref (flow);
      g_timeout_add (2, release_cb, taker);
    }
  return TRUE;
}

static gint64
stream (const char *sql,
        guint batch_rows,
        Taker *taker,
        GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  _wb_db_stream_async (db, WB_DB_LANE_BULK, sql, NULL, batch_rows, take, taker, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  return _wb_db_stream_finish (db, result, error);
}

static void
test_million (void)
{
  Taker taker = { 0 };
  g_autoptr(GError) error = NULL;
  g_autofree char *sql = g_strdup_printf ("select n, 'some text to carry ' || n as t from generate_series(1, %d) n", N_MILLION);
  gsize before = get_memory ();
  WbTestTicker *ticker = wb_test_ticker_start ();

  g_assert_cmpint (stream (sql, 256, &taker, &error), ==, N_MILLION);
  wb_test_ticker_stop (ticker, 100);
  g_assert_no_error (error);
  g_assert_cmpint (taker.n, ==, N_MILLION);
  g_assert_cmpint (taker.sum, ==, (gint64) N_MILLION * (N_MILLION + 1) / 2);
  g_assert_cmpuint (taker.largest, ==, 256);
  g_test_message ("memory grew by %.1f MB at most", (double) (taker.peak - MIN (before, taker.peak)) / 1048576);
  g_assert_cmpuint (taker.peak - MIN (before, taker.peak), <, MEMORY_BYTES);
}

/* A slow taker makes the server wait, it does not fill memory. */
static void
test_held (void)
{
  Taker taker = { .hold_every = 10 };
  g_autoptr(GError) error = NULL;
  gsize before = get_memory ();

  g_assert_cmpint (stream ("select n, repeat('x', 1000) from generate_series(1, 100000) n", 100, &taker, &error), ==, 100000);
  g_assert_no_error (error);
  g_assert_cmpint (taker.n, ==, 100000);
  g_assert_cmpuint (taker.peak - MIN (before, taker.peak), <, MEMORY_BYTES);
}

static void
test_sizes (void)
{
  static const struct
  {
    guint rows;
    guint batch;
    guint n_batches;
  } cases[] = {
    { 0, 10, 1 }, { 1, 10, 1 }, { 10, 10, 1 }, { 11, 10, 2 }, { 5, 1, 5 }, { 3, 0, 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Taker taker = { 0 };
      g_autoptr(GError) error = NULL;
      g_autofree char *sql = g_strdup_printf ("select n from generate_series(1, %u) n", cases[i].rows);

      g_assert_cmpint (stream (sql, cases[i].batch, &taker, &error), ==, cases[i].rows);
      g_assert_no_error (error);
      g_assert_cmpuint (taker.n_batches, ==, cases[i].n_batches);
      g_assert_true (taker.columns_seen);
    }
}

static void
test_stopped_by_taker (void)
{
  Taker taker = { .stop_at = 5000 };
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (stream ("select generate_series(1, 100000000) as n", 100, &taker, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpint (taker.n, ==, 5000);
  g_assert_cmpint (wb_test_db_int (db, "select count(*) from pg_stat_activity where query like '%100000000%'"
                                       " and state = 'active' and pid <> pg_backend_pid()"), ==, 0);
}

static void
test_failing_half_way (void)
{
  Taker taker = { 0 };
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (stream ("select n, 1 / (5000 - n) from generate_series(1, 10000) n", 100, &taker, &error), ==, -1);
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_REFUSED);
  g_assert_cmpint (taker.n, ==, 4900);
}

static void
test_cancelled (void)
{
  Taker taker = { .hold_every = 3 };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  _wb_db_stream_async (db, WB_DB_LANE_BULK, "select generate_series(1, 100000000) as n", NULL, 100, take, &taker,
                       cancellable, wb_test_store_result, &result);
  wb_test_wait_until (taker.n_batches == 6 && taker.held != NULL);
  g_cancellable_cancel (cancellable);
  wb_test_await (result);
  g_assert_cmpint (_wb_db_stream_finish (db, result, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (taker.n_batches, ==, 6);
  wb_test_wait_until (taker.held == NULL);
  g_assert_cmpint (wb_test_db_int (db, "select 1"), ==, 1);
}

static void
test_not_rows (void)
{
  Taker taker = { 0 };
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (stream ("copy (select 1) to stdout", 10, &taker, &error), ==, -1);
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_cmpint (stream ("selekt", 10, &taker, &error), ==, -1);
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_FAILED);
}

/* ---- COPY ---------------------------------------------------------------------------------- */

typedef struct
{
  guint next;
  guint n;
  guint fail_at;
  guint wait_every;
  WbDbFlow *held;
  gboolean bad;
  gsize peak;
} Giver;

static gboolean
give_again_cb (gpointer user_data)
{
  Giver *giver = user_data;
  WbDbFlow *flow = g_steal_pointer (&giver->held);

  _wb_db_flow_release (flow);
  _wb_db_flow_unref (flow);
  return G_SOURCE_REMOVE;
}

static gboolean
give (WbDbFlow *flow,
      GByteArray *chunk,
      gpointer user_data,
      GError **error)
{
  Giver *giver = user_data;

  g_assert_cmpuint (chunk->len, ==, 0);
  giver->peak = MAX (giver->peak, get_memory ());
  if (giver->wait_every > 0 && giver->next / 1000 % giver->wait_every == 1 && giver->next % 1000 == 0)
    {
      giver->next++;
      _wb_db_flow_hold (flow);
      giver->held = _wb_db_flow_ref (flow);
      g_timeout_add (2, give_again_cb, giver);
      return TRUE;
    }
  for (guint i = 0; i < 1000 && giver->next < giver->n; i++, giver->next++)
    {
      if (giver->fail_at > 0 && giver->next == giver->fail_at)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the file ends here");
          return FALSE;
        }
      if (giver->bad && giver->next == 2000)
        _wb_db_copy_add_text (chunk, "not a number");
      else
        _wb_db_copy_add_int64 (chunk, giver->next);
      if (giver->next % 3 == 0)
        _wb_db_copy_add_null (chunk);
      else
        _wb_db_copy_add_text (chunk, "tab\there, line\nthere, \\back, ünï");
      _wb_db_copy_add_bool (chunk, giver->next % 2 == 0);
      _wb_db_copy_end_row (chunk);
      if (giver->wait_every > 0 && giver->next % 1000 == 999)
        {
          giver->next++;
          break;
        }
    }
  return TRUE;
}

static gint64
copy_in (Giver *giver,
         GCancellable *cancellable,
         GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  _wb_db_copy_in_async (db, WB_DB_LANE_BULK, "copy public.copied from stdin", give, giver, cancellable,
                        wb_test_store_result, &result);
  wb_test_await (result);
  return _wb_db_copy_in_finish (db, result, error);
}

static void
make_table (void)
{
  wb_test_db_run (db, "drop table if exists public.copied");
  wb_test_db_run (db, "create unlogged table public.copied (n bigint, t text, b bool)");
}

static void
test_copy_in_million (void)
{
  Giver giver = { .n = N_MILLION };
  g_autoptr(GError) error = NULL;
  gsize before = get_memory ();
  WbTestTicker *ticker = NULL;

  make_table ();
  ticker = wb_test_ticker_start ();
  g_assert_cmpint (copy_in (&giver, NULL, &error), ==, N_MILLION);
  wb_test_ticker_stop (ticker, 100);
  g_assert_no_error (error);
  g_assert_cmpuint (giver.peak - MIN (before, giver.peak), <, MEMORY_BYTES);
  g_assert_cmpint (wb_test_db_int (db, "select count(*) from public.copied"), ==, N_MILLION);
  g_assert_cmpint (wb_test_db_int (db, "select sum(n) from public.copied"), ==, (gint64) N_MILLION * (N_MILLION - 1) / 2);
  g_assert_cmpint (wb_test_db_int (db, "select count(*) from public.copied where b"), ==, N_MILLION / 2);
  g_assert_cmpint (wb_test_db_int (db, "select count(*) from public.copied where t is null"), ==, (N_MILLION + 2) / 3);
  g_assert_cmpint (wb_test_db_int (db, "select count(*) from public.copied where"
                                       " t <> E'tab\\there, line\\nthere, \\\\back, ünï'"), ==, 0);
}

/* A giver that has to wait for its own source. */
static void
test_copy_in_waits (void)
{
  Giver giver = { .n = 20000, .wait_every = 4 };
  g_autoptr(GError) error = NULL;
  gint64 n = 0;

  make_table ();
  n = copy_in (&giver, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n, >, 19000);
  g_assert_cmpint (wb_test_db_int (db, "select count(*) from public.copied"), ==, n);
}

static void
test_copy_in_empty (void)
{
  Giver giver = { 0 };
  g_autoptr(GError) error = NULL;

  make_table ();
  g_assert_cmpint (copy_in (&giver, NULL, &error), ==, 0);
  g_assert_no_error (error);
}

static void
test_copy_in_fails (void)
{
  Giver by_giver = { .n = 10000, .fail_at = 5000 };
  Giver by_server = { .n = 100000, .bad = TRUE };
  g_autoptr(GError) error = NULL;

  make_table ();
  g_assert_cmpint (copy_in (&by_giver, NULL, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);
  g_assert_cmpint (copy_in (&by_server, NULL, &error), ==, -1);
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_REFUSED);
  g_assert_nonnull (strstr (wb_db_error_get_original (error), "line 2001"));
  g_assert_cmpint (wb_test_db_int (db, "select count(*) from public.copied"), ==, 0);
}

static void
test_copy_in_cancelled (void)
{
  Giver giver = { .n = G_MAXUINT };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  make_table ();
  _wb_db_copy_in_async (db, WB_DB_LANE_BULK, "copy public.copied from stdin", give, &giver, cancellable,
                        wb_test_store_result, &result);
  wb_test_wait_until (giver.next > 20000);
  g_cancellable_cancel (cancellable);
  wb_test_await (result);
  g_assert_cmpint (_wb_db_copy_in_finish (db, result, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (wb_test_db_int (db, "select count(*) from public.copied"), ==, 0);
}

/* The server does not even read: waits for a lock that another session holds. */
static void
test_copy_in_cancelled_at_lock (void)
{
  Giver giver = { .n = G_MAXUINT };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GAsyncResult) session_result = NULL;
  g_autoptr(GAsyncResult) lock_result = NULL;
  g_autoptr(WbDbSession) session = NULL;
  g_autoptr(WbDbResult) locked = NULL;
  g_autoptr(GError) error = NULL;

  make_table ();
  _wb_db_session_async (db, WB_DB_LANE_BULK, NULL, wb_test_store_result, &session_result);
  wb_test_await (session_result);
  session = _wb_db_session_finish (db, session_result, &error);
  g_assert_no_error (error);
  _wb_db_session_script_async (session, "begin; lock table public.copied", NULL, wb_test_store_result, &lock_result);
  wb_test_await (lock_result);
  locked = _wb_db_query_finish (db, lock_result, &error);
  g_assert_no_error (error);

  _wb_db_copy_in_async (db, WB_DB_LANE_BULK, "copy public.copied from stdin", give, &giver, cancellable,
                        wb_test_store_result, &result);
  wb_test_wait_until (wb_test_db_int (db, "select count(*) from pg_locks where not granted") == 1);
  g_cancellable_cancel (cancellable);
  wb_test_await (result);
  g_assert_cmpint (_wb_db_copy_in_finish (db, result, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gboolean
take_text (WbDbFlow *flow,
           const char *data,
           gsize length,
           gpointer user_data,
           GError **error)
{
  Taker *taker = user_data;

  taker->n_batches++;
  taker->peak = MAX (taker->peak, get_memory ());
  taker->largest = MAX (taker->largest, (guint) length);
  for (const char *p = data; (p = memchr (p, '\n', (gsize) (data + length - p))) != NULL; p++)
    taker->n++;
  g_assert_cmpint (data[length - 1], ==, '\n');
  if (taker->hold_every > 0 && taker->n_batches % taker->hold_every == 0)
    {
      _wb_db_flow_hold (flow);
      taker->held = _wb_db_flow_ref (flow);
      g_timeout_add (2, release_cb, taker);
    }
  if (taker->stop_at > 0 && taker->n >= taker->stop_at)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "enough");
      return FALSE;
    }
  return TRUE;
}

static gint64
copy_out (const char *sql,
          Taker *taker,
          GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  _wb_db_copy_out_async (db, WB_DB_LANE_BULK, sql, take_text, taker, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  return _wb_db_copy_out_finish (db, result, error);
}

static void
test_copy_out (void)
{
  Taker taker = { .hold_every = 50 };
  Taker none = { 0 };
  Taker stopped = { .stop_at = 20000 };
  g_autoptr(GError) error = NULL;
  g_autofree char *sql = g_strdup_printf ("copy (select n, md5(n::text) from generate_series(1, %d) n) to stdout", N_MILLION);
  gsize before = get_memory ();
  WbTestTicker *ticker = wb_test_ticker_start ();

  g_assert_cmpint (copy_out (sql, &taker, &error), ==, N_MILLION);
  wb_test_ticker_stop (ticker, 100);
  g_assert_no_error (error);
  g_assert_cmpint (taker.n, ==, N_MILLION);
  g_assert_cmpuint (taker.peak - MIN (before, taker.peak), <, MEMORY_BYTES);
  g_assert_cmpuint (taker.largest, <, 128 * 1024);

  g_assert_cmpint (copy_out ("copy (select 1 limit 0) to stdout", &none, &error), ==, 0);
  g_assert_no_error (error);
  g_assert_cmpuint (none.n_batches, ==, 0);

  g_assert_cmpint (copy_out (sql, &stopped, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_clear_error (&error);
  g_assert_cmpint (copy_out ("select 1", &none, &error), ==, -1);
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_cmpint (copy_out ("copy nowhere to stdout", &none, &error), ==, -1);
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_cmpint (copy_out ("copy (select 1/(500-n) from generate_series(1,1000) n) to stdout", &none, &error), ==, -1);
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_REFUSED);
}

static void
test_copy_out_cancelled (void)
{
  Taker taker = { 0 };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  _wb_db_copy_out_async (db, WB_DB_LANE_BULK, "copy (select generate_series(1, 100000000) as n) to stdout", take_text,
                         &taker, cancellable, wb_test_store_result, &result);
  wb_test_wait_until (taker.n_batches > 5);
  g_cancellable_cancel (cancellable);
  wb_test_await (result);
  g_assert_cmpint (_wb_db_copy_out_finish (db, result, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (wb_test_db_int (db, "select 1"), ==, 1);
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
  g_test_add_func ("/stream/million", test_million);
  g_test_add_func ("/stream/held", test_held);
  g_test_add_func ("/stream/sizes", test_sizes);
  g_test_add_func ("/stream/stopped-by-taker", test_stopped_by_taker);
  g_test_add_func ("/stream/failing-half-way", test_failing_half_way);
  g_test_add_func ("/stream/cancelled", test_cancelled);
  g_test_add_func ("/stream/not-rows", test_not_rows);
  g_test_add_func ("/copy/in/million", test_copy_in_million);
  g_test_add_func ("/copy/in/waits", test_copy_in_waits);
  g_test_add_func ("/copy/in/empty", test_copy_in_empty);
  g_test_add_func ("/copy/in/fails", test_copy_in_fails);
  g_test_add_func ("/copy/in/cancelled", test_copy_in_cancelled);
  g_test_add_func ("/copy/in/cancelled-at-lock", test_copy_in_cancelled_at_lock);
  g_test_add_func ("/copy/out/all", test_copy_out);
  g_test_add_func ("/copy/out/cancelled", test_copy_out_cancelled);
  status = g_test_run ();
  wb_test_assert_finalized (&db);
  return status;
}
