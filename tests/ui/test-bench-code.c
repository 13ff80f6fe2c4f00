/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a code means to a bench. */
#include "config.h"

#include <string.h>

#include "core/wb-facts.h"
#include "tests/ui/wb-test-bench.h"
#include "tests/wb-test.h"

/* What the order asks for comes before a badge that has the same code by chance. */
static void
test_badge_like_a_product (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;
  g_autofree char *given = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  given = wb_test_bench_ask (&shop, "select api.staff_badge(gen_random_uuid(), 'anna.binder', '96385074')");
  bench = wb_test_bench_open (&shop, "ST1");
  wb_test_wait_until (wb_bench_has_badges (bench));
  wb_test_bench_next (bench, "10482");
  wb_test_bench_scan_all (bench, (const char *const[]){ "WB:CONFIRM", "A-04-2", "4006381333931", "4006381333931", NULL });
  g_assert_cmpint (wb_test_bench_get_step (bench), ==, WB_JOB_STEP_VERIFY);
  wb_bench_scan (bench, "96385074");
  g_assert_null (wb_bench_get_person (bench));
  g_assert_cmpuint (wb_job_state_get_verified (wb_bench_get_state (bench)), ==, 1);
  wb_test_bench_stored (bench);
  g_clear_object (&bench);
  wb_test_bench_shop_close (&shop);
}

/* A code of two things: both are said. */
static void
test_ambiguous (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;
  g_autofree char *given = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  given = wb_test_bench_ask (&shop, "insert into wb.bin (warehouse_id, code, kind, walk) select id, '5012345678900', 'pick', 99 from wb.warehouse "
                                    "where code = 'T' returning code");
  bench = wb_test_bench_open (&shop, "ST1");
  wb_test_bench_next (bench, "10482");
  wb_test_bench_scan_all (bench, (const char *const[]){ "WB:CONFIRM", "5012345678900", NULL });
  wb_test_wait_until (strstr (wb_bench_get_detail (bench), " Or: ") != NULL);
  g_assert_nonnull (strstr (wb_bench_get_detail (bench), "CUP-W"));
  g_assert_nonnull (strstr (wb_bench_get_detail (bench), "the shelf 5012345678900"));
  wb_test_bench_stored (bench);
  g_clear_object (&bench);
  wb_test_bench_shop_close (&shop);
}

/* A code of two products of the order: whoever holds the thing says which it is, by touch, by number, or by another code of it. */
static void
test_which_product (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;
  g_autofree char *given = NULL;
  g_autofree char *tray = NULL;
  g_autofree char *teapot = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  /* the same number once with and once without leading zeros */
  given = wb_test_bench_ask (&shop, "insert into wb.barcode (code, sku_id) select '0000096385074', id from wb.sku where code = 'TEA-B' returning code");
  bench = wb_test_bench_open (&shop, "ST1");
  wb_test_bench_next (bench, "10482");
  wb_test_bench_scan_all (bench, (const char *const[]){ "WB:CONFIRM", "96385074", NULL });
  g_assert_cmpint (wb_bench_get_choosing (bench), ==, WB_BENCH_CHOOSING_PRODUCT);
  tray = wb_facts_join ("Oak tray", "TRY-O", "A-04-2", NULL);
  teapot = wb_facts_join ("Blue teapot", "TEA-B", "B-02-1", NULL);
  g_assert_cmpstr (wb_bench_get_reason (bench, 1), ==, tray);
  g_assert_cmpstr (wb_bench_get_reason (bench, 2), ==, teapot);
  g_assert_null (wb_bench_get_reason (bench, 3));
  g_assert_cmpuint (wb_job_state_get_picked (wb_bench_get_state (bench)), ==, 0);
  wb_bench_scan (bench, "3");
  g_assert_cmpint (wb_bench_get_choosing (bench), ==, WB_BENCH_CHOOSING_PRODUCT);
  wb_bench_scan (bench, "2");
  g_assert_cmpint (wb_bench_get_choosing (bench), ==, WB_BENCH_CHOOSING_NOTHING);
  g_assert_cmpuint (wb_job_state_get_line (wb_bench_get_state (bench), 2)->picked, ==, 1);
  wb_bench_scan (bench, "96385074");
  g_assert_cmpint (wb_bench_get_choosing (bench), ==, WB_BENCH_CHOOSING_PRODUCT);
  wb_bench_scan (bench, "TRY-O");
  g_assert_cmpint (wb_bench_get_choosing (bench), ==, WB_BENCH_CHOOSING_NOTHING);
  g_assert_cmpuint (wb_job_state_get_line (wb_bench_get_state (bench), 1)->picked, ==, 1);
  /* nothing is missing of the tray any more */
  wb_bench_scan (bench, "96385074");
  g_assert_cmpint (wb_test_bench_get_step (bench), ==, WB_JOB_STEP_VERIFY);
  wb_bench_scan (bench, "96385074");
  g_assert_cmpint (wb_bench_get_choosing (bench), ==, WB_BENCH_CHOOSING_PRODUCT);
  wb_bench_stop_choosing (bench);
  g_assert_cmpuint (wb_job_state_get_verified (wb_bench_get_state (bench)), ==, 0);
  wb_test_bench_stored (bench);
  g_clear_object (&bench);
  wb_test_bench_shop_close (&shop);
}

/* A shelf, or a number of many digits, is none of the numbers of what is asked. */
static void
test_no_number (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  bench = wb_test_bench_open (&shop, "ST1");
  wb_test_bench_next (bench, "10482");
  wb_test_bench_scan_all (bench, (const char *const[]){ "WB:CONFIRM", "A-04-2", "4006381333931", "4006381333931", "96385074", "4006381333931",
                                                        "4006381333931", NULL });
  g_assert_cmpint (wb_test_bench_get_step (bench), ==, WB_JOB_STEP_BOX);
  wb_test_wait_until (wb_bench_get_choice (bench) != NULL);
  wb_bench_choose_service (bench);
  wb_bench_scan (bench, "2-B-07");
  g_assert_cmpint (wb_bench_get_choosing (bench), ==, WB_BENCH_CHOOSING_SERVICE);
  wb_bench_scan (bench, "4294967298");
  g_assert_cmpint (wb_bench_get_choosing (bench), ==, WB_BENCH_CHOOSING_SERVICE);
  wb_bench_scan (bench, "2");
  g_assert_cmpint (wb_bench_get_choosing (bench), ==, WB_BENCH_CHOOSING_REASON);
  wb_test_bench_stored (bench);
  g_clear_object (&bench);
  wb_test_bench_shop_close (&shop);
}

/* A parcel that lies about says which order it is of: one that waits for its label to be scanned is gone on with. */
static void
test_parcel_found (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) first = NULL;
  g_autoptr (WbBench) second = NULL;
  g_autoptr (WbBench) third = NULL;
  g_autofree char *tracking = NULL;
  g_autofree char *sscc = NULL;
  g_autofree char *scanned = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  first = wb_test_bench_open (&shop, "ST1");
  second = wb_test_bench_open (&shop, "ST2");
  wb_test_bench_next (first, "10482");
  wb_test_bench_scan_all (first, wb_test_bench_first_order);
  wb_test_wait_until (wb_test_bench_get_step (first) == WB_JOB_STEP_FINAL);
  tracking = wb_test_bench_ask (&shop, "select tracking from wb.parcel");
  sscc = wb_test_bench_ask (&shop, "select sscc from wb.parcel");
  scanned = g_strdup_printf ("]C100%s", sscc);
  wb_bench_command (first, WB_JOB_COMMAND_ASIDE);
  wb_test_bench_next (first, "10483");
  wb_bench_scan (second, scanned);
  wb_test_wait_until (wb_bench_get_mode (second) == WB_BENCH_WORKING);
  g_assert_cmpstr (wb_bench_get_work (second)->job->number, ==, "10482");
  wb_test_wait_until (wb_test_bench_get_step (second) == WB_JOB_STEP_FINAL);
  wb_bench_scan (second, tracking);
  wb_test_bench_next (second, "10484");
  wb_test_bench_stored (second);
  wb_test_bench_stored (first);
  g_clear_object (&first);
  /* the bench was switched off in the middle of its order, and has not taken it up again */
  third = wb_test_bench_open (&shop, "ST1");
  wb_bench_scan (third, tracking);
  wb_test_wait_until (g_str_has_prefix (wb_bench_get_notice (third), "The parcel is known: order 10482 was packed at Bench 2 by Petra Packer on 20"));
  g_assert_cmpint (wb_bench_get_mode (third), ==, WB_BENCH_IDLE);
  wb_test_bench_shop_close (&shop);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/bench-code/badge-like-a-product", test_badge_like_a_product);
  g_test_add_func ("/bench-code/ambiguous", test_ambiguous);
  g_test_add_func ("/bench-code/which-product", test_which_product);
  g_test_add_func ("/bench-code/no-number", test_no_number);
  g_test_add_func ("/bench-code/parcel-found", test_parcel_found);
  return g_test_run ();
}
