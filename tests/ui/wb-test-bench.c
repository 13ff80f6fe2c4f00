/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "db/wb-db-private.h"
#include "devices/wb-printer-folder.h"
#include "tests/db/wb-test-db.h"
#include "tests/ui/wb-test-bench.h"
#include "tests/wb-test.h"

const char *const wb_test_bench_first_order[] = { "WB:CONFIRM", "A-04-2", "B-02-1", "4006381333931", "4006381333931",
                                                  "96385074", "WB-BOX-M", "1.60", NULL };

/* ── A shop for each test: a copy of one that is made once ───────────────────────────────────── */

static void
run (const char *command, const char *where)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                                                        G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, "PGDATABASE", where, TRUE);
  g_subprocess_launcher_set_cwd (launcher, g_getenv ("WAYBILL_TEST_SOURCE"));
  process = g_subprocess_launcher_spawn (launcher, &error, "sh", "-ec", command, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static char *database = NULL;

WbDb *
wb_test_bench_connect (const char *host, const char *user)
{
  g_autofree char *conninfo = g_strdup_printf ("host=%s port=%s dbname=%s user=%s", host != NULL ? host : g_getenv ("PGHOST"),
                                               g_getenv ("PGPORT"), database, user);

  return wb_test_db_open (conninfo);
}

gboolean
wb_test_bench_shop_open (WbTestBenchShop *shop)
{
  static guint n_shops = 0;
  g_autofree char *command = NULL;

  if (wb_test_database () == NULL)
    return FALSE;
  if (n_shops == 0)
    run ("psql -Xqc 'create database shop' && PGDATABASE=shop tests/migrate && "
         "PGDATABASE=shop psql -Xq -v ON_ERROR_STOP=1 -f tests/bench-shop.sql", "postgres");
  g_free (database);
  database = g_strdup_printf ("shop_%u", ++n_shops);
  command = g_strdup_printf ("psql -Xqc 'create database %s template shop'", database);
  run (command, "postgres");
  shop->owner = wb_test_bench_connect (NULL, "postgres");
  shop->packer = wb_test_bench_connect (NULL, "bench_packer");
  shop->folder = wb_test_folder ();
  return TRUE;
}

void
wb_test_bench_shop_close (WbTestBenchShop *shop)
{
  wb_db_close (shop->packer);
  wb_db_close (shop->owner);
  g_clear_object (&shop->packer);
  g_clear_object (&shop->owner);
  g_clear_pointer (&shop->folder, g_free);
}

char *
wb_test_bench_ask (WbTestBenchShop *shop, const char *sql)
{
  return wb_test_db_text (shop->owner, sql);
}

void
wb_test_bench_assert_says (WbTestBenchShop *shop, const char *sql, const char *expected)
{
  g_autofree char *answer = wb_test_bench_ask (shop, sql);

  g_assert_cmpstr (answer, ==, expected);
}

/* What is stored in the background is there after a while. */
void
wb_test_bench_assert_soon (WbTestBenchShop *shop, const char *sql, const char *expected)
{
  g_autofree char *answer = NULL;
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  do
    {
      g_free (answer);
      answer = wb_test_bench_ask (shop, sql);
    }
  while (g_strcmp0 (answer, expected) != 0 && g_get_monotonic_time () < deadline);
  g_assert_cmpstr (answer, ==, expected);
}

/* The shipping that is asked for says no, in these words. */
void
wb_test_bench_assert_ship_refused (WbTestBenchShop *shop, gint64 job_id, const char *station, const char *words)
{
  g_autofree char *sql = g_strdup_printf ("select api.job_ship(gen_random_uuid(), %" G_GINT64_FORMAT ", '%s')", job_id, station);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WbDbResult) r = NULL;
  g_autoptr (GError) error = NULL;

  _wb_db_query_async (shop->owner, WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_NONE, sql, NULL, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  r = _wb_db_query_finish (shop->owner, result, &error);
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, words));
}

/* ── Benches ─────────────────────────────────────────────────────────────────────────────────── */

WbBench *
wb_test_bench_open (WbTestBenchShop *shop, const char *station)
{
  g_autoptr (WbPrinter) printer = wb_printer_folder_new (shop->folder);
  WbBench *bench = wb_bench_new (shop->packer, printer, NULL, shop->folder);

  wb_bench_set_station (bench, station);
  wb_test_wait_until (wb_bench_get_mode (bench) == WB_BENCH_IDLE && wb_bench_get_queue (bench) != NULL);
  return bench;
}

WbJobStep
wb_test_bench_get_step (WbBench *bench)
{
  return wb_bench_get_state (bench) != NULL ? wb_bench_get_state (bench)->step : WB_JOB_STEP_DONE;
}

void
wb_test_bench_next (WbBench *bench, const char *number)
{
  if (wb_bench_get_mode (bench) == WB_BENCH_IDLE)
    wb_bench_command (bench, WB_JOB_COMMAND_CONFIRM);
  wb_test_wait_until (wb_bench_get_mode (bench) == WB_BENCH_WORKING &&
                      g_str_equal (wb_bench_get_work (bench)->job->number, number));
}

void
wb_test_bench_scan_all (WbBench *bench, const char *const *codes)
{
  for (guint i = 0; codes[i] != NULL; i++)
    wb_bench_scan (bench, codes[i]);
}

void
wb_test_bench_stored (WbBench *bench)
{
  wb_test_wait_until (wb_bench_get_n_unsent (bench) == 0);
}
