/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who works at a bench. */
#include "config.h"

#include "db/wb-db-private.h"
#include "tests/ui/wb-test-bench.h"
#include "tests/wb-test.h"

/* Badges say who works here; what happens says who did it; another bench takes the person over. */
static void
test_badges (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) first = NULL;
  g_autoptr (WbBench) second = NULL;
  g_autofree char *given = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  first = wb_test_bench_open (&shop, "ST1");
  second = wb_test_bench_open (&shop, "ST2");
  wb_test_wait_until (wb_bench_has_badges (first) && wb_bench_has_badges (second));
  g_assert_null (wb_bench_get_person (first));
  wb_bench_command (first, WB_JOB_COMMAND_LEAVE);
  g_assert_cmpstr (wb_bench_get_notice (first), ==, "Nobody is signed in here.");
  wb_bench_scan (first, "wb:staff:1002");
  g_assert_cmpstr (wb_bench_get_person (first), ==, "Anna Binder");
  g_assert_cmpstr (wb_bench_get_notice (first), ==, "Anna Binder works here now.");
  wb_test_bench_next (first, "10482");
  wb_bench_scan (first, "WB:CONFIRM");
  /* Somebody else goes on in the middle; a badge is never a wrong thing. */
  wb_bench_scan (first, "WB:STAFF:1001");
  g_assert_cmpuint (wb_bench_get_state (first)->n_mistakes, ==, 0);
  wb_bench_scan (first, "A-04-2");
  wb_test_bench_stored (first);
  wb_test_bench_assert_says (&shop, "select string_agg(e.kind || ' ' || (e.data ->> 'person'), ', ' order by e.seq) from wb.work_event e",
               "claim anna.binder, acknowledge anna.binder, reviewed anna.binder, pick bench_packer");
  wb_test_bench_assert_says (&shop, "select staff from wb.job where state = 'claimed'", "bench_packer");
  wb_bench_scan (first, "WB:STAFF:9999");
  wb_test_wait_until (g_str_has_prefix (wb_bench_get_notice (first), "Nobody has this badge."));
  g_assert_cmpstr (wb_bench_get_person (first), ==, "Petra Packer");
  /* A badge that was given out since is known when it is scanned. */
  given = wb_test_bench_ask (&shop, "select api.staff_badge(gen_random_uuid(), 'anna.binder', 'WB:STAFF:9999')");
  wb_bench_scan (first, "WB:STAFF:9999");
  wb_test_wait_until (g_strcmp0 (wb_bench_get_person (first), "Anna Binder") == 0);
  wb_bench_scan (second, "WB:STAFF:1001");
  g_assert_cmpstr (wb_bench_get_person (second), ==, "Petra Packer");
  wb_test_bench_assert_soon (&shop, "select string_agg(t.code || ' ' || s.login, ', ' order by t.code) from wb.station_shift h "
                      "join wb.station t on t.id = h.station_id join wb.staff s on s.id = h.staff_id where h.until is null",
               "ST1 anna.binder, ST2 bench_packer");
  /* Anna goes over to the other bench: the first one learns that nobody is there. */
  wb_bench_scan (second, "WB:STAFF:9999");
  wb_test_wait_until (wb_bench_get_person (first) == NULL);
  wb_bench_command (second, WB_JOB_COMMAND_LEAVE);
  g_assert_null (wb_bench_get_person (second));
  wb_test_bench_assert_soon (&shop, "select count(*) from wb.station_shift where until is null", "0");
  wb_test_bench_stored (first);
  wb_test_bench_shop_close (&shop);
}

/* Who worked at a bench does so after it was killed. */
static void
test_person_stays (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  bench = wb_test_bench_open (&shop, "ST1");
  wb_test_wait_until (wb_bench_has_badges (bench));
  wb_bench_scan (bench, "WB:STAFF:1002");
  wb_test_bench_assert_soon (&shop, "select count(*) from wb.station_shift where until is null", "1");
  g_clear_object (&bench);
  bench = wb_test_bench_open (&shop, "ST1");
  g_assert_cmpstr (wb_bench_get_person (bench), ==, "Anna Binder");
  wb_test_bench_shop_close (&shop);
}

/* What a bench was told before somebody came says nothing about who works there now. */
static void
note_nobody_cb (WbBench *bench, guint *n_nobody)
{
  if (wb_bench_get_person (bench) == NULL)
    *n_nobody += 1;
}

static void
test_old_news (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;
  g_autoptr (GAsyncResult) held = NULL;
  g_autoptr (WbDbResult) r = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *given = NULL;
  g_autofree char *renamed = NULL;
  guint n_nobody = 0;

  if (!wb_test_bench_shop_open (&shop))
    return;
  bench = wb_test_bench_open (&shop, "ST1");
  wb_test_wait_until (wb_bench_has_badges (bench));
  /* The bench asks what there is to do; the answer takes until after somebody has come. */
  _wb_db_query_async (shop.owner, WB_DB_LANE_BULK, WB_DB_FLAG_NONE,
                      "do $$ begin lock table wb.job in access exclusive mode; "
                      "while not exists (select from wb.station_shift where until is null) loop perform pg_sleep(0.01); end loop; end $$",
                      NULL, NULL, wb_test_store_result, &held);
  wb_test_bench_assert_soon (&shop, "select count(*) from pg_locks where relation = 'wb.job'::regclass and mode = 'AccessExclusiveLock' "
                             "and granted", "1");
  given = wb_test_bench_ask (&shop, "select api.staff_badge(gen_random_uuid(), 'bench_packer', 'WB:STAFF:7')");
  wb_test_bench_assert_soon (&shop, "select count(*) from pg_locks where relation = 'wb.job'::regclass and not granted", "1");
  wb_bench_scan (bench, "WB:STAFF:1002");
  g_assert_cmpstr (wb_bench_get_person (bench), ==, "Anna Binder");
  g_signal_connect (bench, "changed", G_CALLBACK (note_nobody_cb), &n_nobody);
  wb_test_await (held);
  r = _wb_db_query_finish (shop.owner, held, &error);
  g_assert_no_error (error);
  renamed = wb_test_bench_ask (&shop, "update wb.staff set display_name = 'Anna Buchbinder' where login = 'anna.binder' returning login");
  wb_test_wait_until (g_strcmp0 (wb_bench_get_person (bench), "Anna Buchbinder") == 0);
  g_assert_cmpuint (n_nobody, ==, 0);
  wb_test_bench_shop_close (&shop);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/bench-people/badges", test_badges);
  g_test_add_func ("/bench-people/person-stays", test_person_stays);
  g_test_add_func ("/bench-people/old-news", test_old_news);
  return g_test_run ();
}
