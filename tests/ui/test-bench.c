/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the queue to the shipped parcel, as a packer. */
#include "config.h"

#include <string.h>

#include "devices/wb-printer-cups.h"
#include "devices/wb-printer-folder.h"
#include "tests/ui/wb-test-bench.h"
#include "tests/wb-test.h"
#include "ui/station/wb-bench-spool.h"

/* From the queue to shipped, by scans alone, with no more rights than a packer has. */
static void
test_all_the_way (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;
  g_autofree char *tracking = NULL;
  g_autofree char *label = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  bench = wb_test_bench_open (&shop, "ST1");
  g_assert_cmpuint (wb_bench_get_queue (bench)->n_open, ==, 5);
  wb_test_bench_next (bench, "10482");
  wb_test_bench_assert_says (&shop, "select stage from wb.sales_order where number = '10482'", "packing");
  wb_test_bench_scan_all (bench, wb_test_bench_first_order);
  g_assert_cmpint (wb_test_bench_get_step (bench), ==, WB_JOB_STEP_LABEL);
  wb_test_wait_until (wb_test_bench_get_step (bench) == WB_JOB_STEP_FINAL);
  tracking = wb_test_bench_ask (&shop, "select tracking from wb.parcel");
  g_assert_cmpstr (wb_bench_get_label (bench, 1)->data.tracking, ==, tracking);
  label = g_strdup (wb_job_state_get_parcel (wb_bench_get_state (bench), 1)->print_job);
  g_assert_true (g_file_test (label, G_FILE_TEST_EXISTS));
  wb_bench_scan (bench, "PL-of-another-parcel");
  g_assert_nonnull (wb_bench_get_state (bench)->mistake);
  wb_bench_command (bench, WB_JOB_COMMAND_CONFIRM);
  wb_bench_scan (bench, tracking);
  wb_test_bench_next (bench, "10483");
  g_assert_cmpstr (wb_bench_get_notice (bench), ==, "#10482 is shipped.");
  wb_test_bench_assert_says (&shop, "select concat_ws(' ', status, fulfilment_status, stage) from wb.sales_order where number = '10482'",
               "shipped fulfilled shipped");
  wb_test_bench_assert_says (&shop, "select string_agg(code || ' ' || on_hand, ', ' order by code) from wb.sku",
               "CUP-W 1000, TEA-B 998, TRY-O 999");
  wb_test_bench_assert_says (&shop, "select count(*) from wb.print", "1");
  wb_test_bench_assert_says (&shop, "select acknowledged_by from wb.order_note", "bench_packer");
  wb_test_bench_assert_says (&shop, "select count(*) from api.stock_check()", "0");
  wb_test_bench_stored (bench);
  wb_test_bench_shop_close (&shop);
}

/* The case of six counts six; a wrong thing stops everything and moves no stock. */
static void
test_wrong_thing (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;
  const WbJobState *state = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  bench = wb_test_bench_open (&shop, "ST1");
  wb_test_bench_next (bench, "10482");
  wb_test_bench_scan_all (bench, (const char *const[]){ "WB:CONFIRM", "WB:CONFIRM", "WB:CONFIRM", NULL });
  g_assert_cmpint (wb_test_bench_get_step (bench), ==, WB_JOB_STEP_VERIFY);
  wb_bench_scan (bench, "5012345678900");
  state = wb_bench_get_state (bench);
  g_assert_nonnull (state->mistake);
  wb_test_wait_until (*wb_bench_get_detail (bench) != '\0');
  g_assert_cmpstr (wb_bench_get_detail (bench), ==, "It is White cup (CUP-W) and belongs in C-01-3.");
  /* Another wrong one changes nothing; the right one says that it was seen, and goes on. */
  wb_bench_scan (bench, "96385075");
  g_assert_cmpuint (state->n_mistakes, ==, 1);
  wb_bench_scan (bench, "4006381333931");
  g_assert_cmpuint (wb_job_state_get_verified (state), ==, 1);
  g_assert_null (state->mistake);
  wb_bench_scan (bench, "15012345678907");
  wb_test_wait_until (*wb_bench_get_detail (bench) != '\0');
  wb_bench_command (bench, WB_JOB_COMMAND_CONFIRM);
  g_assert_null (state->mistake);
  wb_test_bench_stored (bench);
  wb_test_bench_assert_says (&shop, "select count(*) from wb.work_event where kind = 'wrong'", "2");
  wb_test_bench_assert_says (&shop, "select count(*) from wb.stock_move where kind <> 'receive'", "0");
  wb_test_bench_shop_close (&shop);
}

/* What cannot be scanned is counted by hand, the log and the office know why; it may be scanned after all. */
static void
test_by_hand (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  bench = wb_test_bench_open (&shop, "ST1");
  wb_test_bench_next (bench, "10482");
  wb_bench_command (bench, WB_JOB_COMMAND_BY_HAND);
  g_assert_cmpint (wb_bench_get_choosing (bench), ==, WB_BENCH_CHOOSING_NOTHING);
  wb_test_bench_scan_all (bench, (const char *const[]){ "WB:CONFIRM", "A-04-2", "B-02-1", NULL });
  wb_bench_command (bench, WB_JOB_COMMAND_BY_HAND);
  g_assert_cmpint (wb_bench_get_choosing (bench), ==, WB_BENCH_CHOOSING_BY_HAND);
  g_assert_cmpstr (wb_bench_get_question (bench), ==, "Why can it not be scanned?");
  /* the scanner reads it at the tenth try */
  wb_bench_scan (bench, "96385074");
  g_assert_cmpint (wb_bench_get_choosing (bench), ==, WB_BENCH_CHOOSING_NOTHING);
  g_assert_cmpuint (wb_job_state_get_verified (wb_bench_get_state (bench)), ==, 1);
  wb_bench_scan (bench, "WB:BY-HAND");
  wb_bench_scan (bench, "2");
  /* once for all pieces of a product */
  wb_test_bench_scan_all (bench, (const char *const[]){ "WB:UNDO", "WB:BY-HAND", "WB:BY-HAND", NULL });
  g_assert_cmpint (wb_test_bench_get_step (bench), ==, WB_JOB_STEP_BOX);
  wb_test_bench_scan_all (bench, (const char *const[]){ "WB-BOX-M", "1.60", NULL });
  wb_test_wait_until (wb_test_bench_get_step (bench) == WB_JOB_STEP_FINAL);
  wb_bench_command (bench, WB_JOB_COMMAND_BY_HAND);
  wb_bench_choose (bench, 3);
  wb_test_bench_next (bench, "10483");
  wb_test_bench_stored (bench);
  wb_test_bench_assert_says (&shop, "select string_agg(concat_ws(' ', x ->> 'quantity', x ->> 'sku_code', x ->> 'why'), ', ')"
                                    " from wb.sales_order o, jsonb_array_elements(api.order_page(o.id) #> '{shipments,0,unscanned}') x"
                                    " where o.number = '10482'",
                             "2 TEA-B damaged-barcode, 1 no-scanner");
  wb_test_bench_shop_close (&shop);
}

/* A seat is killed at any point; another takes the order up at the same item. */
static void
test_another_seat (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) first = NULL;
  g_autoptr (WbBench) second = NULL;
  gint64 job_id = 0;

  if (!wb_test_bench_shop_open (&shop))
    return;
  first = wb_test_bench_open (&shop, "ST1");
  second = wb_test_bench_open (&shop, "ST2");
  wb_test_bench_next (first, "10482");
  job_id = wb_bench_get_work (first)->job_id;
  for (guint i = 0; wb_test_bench_first_order[i] != NULL; i++)
    {
      WbBench *from = i % 2 == 0 ? first : second;
      WbBench *to = i % 2 == 0 ? second : first;
      WbJobStep step = WB_JOB_STEP_DONE;
      guint line = 0;

      wb_bench_scan (from, wb_test_bench_first_order[i]);
      step = wb_test_bench_get_step (from);
      line = wb_bench_get_state (from)->line;
      wb_test_bench_stored (from);
      wb_bench_take (to, job_id);
      wb_test_wait_until (wb_bench_get_mode (to) == WB_BENCH_WORKING);
      g_assert_cmpint (wb_test_bench_get_step (to), ==, step);
      g_assert_cmpuint (wb_bench_get_state (to)->line, ==, line);
      /* The seat that lost it learns so from its next event. */
      wb_bench_command (from, WB_JOB_COMMAND_HELP);
      wb_test_wait_until (wb_bench_get_mode (from) == WB_BENCH_IDLE);
      g_assert_nonnull (strstr (wb_bench_get_notice (from), "has taken this order over"));
    }
  wb_test_wait_until (wb_test_bench_get_step (first) == WB_JOB_STEP_FINAL || wb_test_bench_get_step (second) == WB_JOB_STEP_FINAL);
  wb_test_bench_assert_says (&shop, "select count(*) from wb.label where voided_at is null", "1");
  wb_test_bench_shop_close (&shop);
}

static char *
find_file (const char *folder, const char *begins)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (strstr (name, begins) != NULL)
      return g_build_filename (folder, name, NULL);
  return NULL;
}

/* Without an order in hand a scan is an order's number, as it stands on the pick list that is printed here. */
static void
test_papers (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;
  g_autofree char *list = NULL;
  g_autofree char *sheet = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  bench = wb_test_bench_open (&shop, "ST1");
  wb_bench_scan (bench, "WB:PICK-LIST");
  g_assert_cmpstr (wb_bench_get_notice (bench), ==, "Take the next order first.");
  wb_bench_scan (bench, "no-such-order");
  wb_test_wait_until (g_str_equal (wb_bench_get_notice (bench), "There is no order no-such-order to pack in this warehouse."));
  wb_bench_scan (bench, "]E04006381333931");
  wb_test_wait_until (g_str_equal (wb_bench_get_notice (bench), "It is Blue teapot (TEA-B) and belongs in B-02-1."));
  wb_bench_scan (bench, "10484");
  wb_test_wait_until (wb_bench_get_mode (bench) == WB_BENCH_WORKING);
  g_assert_cmpstr (wb_bench_get_work (bench)->job->number, ==, "10484");
  wb_bench_scan (bench, "WB:PICK-LIST");
  wb_test_wait_until (g_str_has_prefix (wb_bench_get_notice (bench), "No printer for papers is set. Kept as Pick-list"));
  list = find_file (shop.folder, "10484");
  g_assert_nonnull (list);
  wb_bench_print_commands (bench);
  wb_test_wait_until (g_str_has_prefix (wb_bench_get_notice (bench), "No printer for papers is set. Kept as Commands"));
  sheet = find_file (shop.folder, "Commands");
  g_assert_nonnull (sheet);
  wb_test_bench_stored (bench);
  wb_test_bench_assert_says (&shop, "select count(*) from wb.work_event where kind = 'wrong'", "0");
  wb_test_bench_shop_close (&shop);
}

/* Killed with events that were never sent: the next run of this bench stores them first. */
static void
test_spool (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;
  g_autoptr (WbBenchSpool) spool = NULL;
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_job_event_free);
  g_autofree char *path = NULL;
  gint64 job_id = 0;

  if (!wb_test_bench_shop_open (&shop))
    return;
  bench = wb_test_bench_open (&shop, "ST1");
  wb_test_bench_next (bench, "10482");
  wb_test_bench_stored (bench);
  job_id = wb_bench_get_work (bench)->job_id;
  g_clear_object (&bench);
  path = g_build_filename (shop.folder, "bench-ST1.unsent", NULL);
  wb_test_wait_until (!g_file_test (path, G_FILE_TEST_EXISTS));
  spool = wb_bench_spool_new (path);
  g_ptr_array_add (events, wb_job_event_new (WB_JOB_EVENT_ACKNOWLEDGE));
  ((WbJobEvent *) events->pdata[0])->line = 1;
  g_ptr_array_add (events, wb_job_event_new (WB_JOB_EVENT_REVIEWED));
  wb_bench_spool_keep (spool, job_id, events);
  wb_test_wait_until (g_file_test (path, G_FILE_TEST_EXISTS));
  bench = wb_test_bench_open (&shop, "ST1");
  wb_test_bench_next (bench, "10482");
  g_assert_cmpint (wb_test_bench_get_step (bench), ==, WB_JOB_STEP_PICK);
  wb_test_wait_until (!g_file_test (path, G_FILE_TEST_EXISTS));
  wb_test_bench_shop_close (&shop);
}

/* No printer works: the bench says so, and the label is not lost. */
static void
test_no_printer (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbPrinter) printer = wb_printer_cups_new ("Zebra", "/nonexistent/cups.sock", NULL);
  g_autoptr (WbPrinter) spare = NULL;
  g_autoptr (WbBench) bench = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  spare = wb_printer_folder_new (shop.folder);
  bench = wb_bench_new (shop.packer, printer, spare, shop.folder);
  wb_bench_set_station (bench, "ST1");
  wb_test_wait_until (wb_bench_get_mode (bench) == WB_BENCH_IDLE);
  wb_test_bench_next (bench, "10482");
  wb_test_bench_scan_all (bench, wb_test_bench_first_order);
  wb_test_wait_until (wb_bench_get_trouble (bench) != NULL);
  g_assert_true (wb_bench_trouble_is_printer (bench));
  g_assert_cmpint (wb_test_bench_get_step (bench), ==, WB_JOB_STEP_LABEL);
  wb_bench_retry (bench);
  wb_test_wait_until (wb_bench_get_trouble (bench) != NULL);
  wb_bench_save_label (bench);
  wb_test_wait_until (wb_test_bench_get_step (bench) == WB_JOB_STEP_FINAL);
  g_assert_true (g_str_has_prefix (wb_bench_get_notice (bench), "The label is saved as "));
  wb_test_bench_assert_says (&shop, "select count(*) from wb.label", "1");
  wb_test_bench_shop_close (&shop);
}

/* The office puts the order on hold while it is being packed: no label, but the work is not lost. */
static void
test_held (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;
  g_autofree char *done = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  bench = wb_test_bench_open (&shop, "ST1");
  wb_test_bench_next (bench, "10482");
  done = wb_test_bench_ask (&shop, "select api.order_hold(gen_random_uuid(), array(select id from wb.sales_order where number = '10482'), "
                     "'address', 'no such street')");
  wb_test_bench_scan_all (bench, wb_test_bench_first_order);
  wb_test_wait_until (wb_bench_get_trouble (bench) != NULL);
  g_assert_nonnull (strstr (wb_bench_get_trouble (bench), "on hold"));
  wb_bench_command (bench, WB_JOB_COMMAND_ASIDE);
  wb_test_bench_next (bench, "10483");
  wb_test_bench_assert_says (&shop, "select state from wb.job where order_id = (select id from wb.sales_order where number = '10482')",
               "aside");
  wb_test_bench_shop_close (&shop);
}

static void
test_short_and_damaged (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  bench = wb_test_bench_open (&shop, "ST1");
  wb_test_bench_next (bench, "10482");
  wb_test_bench_scan_all (bench, (const char *const[]){ "WB:CONFIRM", "WB:CONFIRM", "4006381333931", "WB:DAMAGED",
                                          "WB:SHORT", "96385074", "4006381333931", "WB-BOX-M", "1.00", NULL });
  wb_test_wait_until (wb_test_bench_get_step (bench) == WB_JOB_STEP_FINAL);
  wb_bench_scan (bench, wb_bench_get_label (bench, 1)->data.sscc);
  wb_test_wait_until (g_str_equal (wb_bench_get_notice (bench), "#10482 is shipped, all but what was not found."));
  wb_test_bench_assert_says (&shop, "select fulfilment_status from wb.sales_order where number = '10482'", "partially_fulfilled");
  wb_test_bench_assert_says (&shop, "select string_agg(code || ' ' || on_hand, ', ' order by code) from wb.sku",
               "CUP-W 1000, TEA-B 997, TRY-O 999");
  wb_test_bench_assert_says (&shop, "select count(*) from api.stock_check()", "0");
  /* The books have more of it where there was none: somebody counts before a packer is sent there again. */
  wb_test_bench_assert_says (&shop, "select o.hold_reason || ': ' || h.note from wb.sales_order o join wb.hold h on h.order_id = o.id "
                             "where o.number = '10482'", "stock: 1 of TEA-B was not found in B-02-1, where 997 more should be");
  wb_test_bench_next (bench, "10483");
  wb_test_bench_shop_close (&shop);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/bench/all-the-way", test_all_the_way);
  g_test_add_func ("/bench/wrong-thing", test_wrong_thing);
  g_test_add_func ("/bench/by-hand", test_by_hand);
  g_test_add_func ("/bench/another-seat", test_another_seat);
  g_test_add_func ("/bench/papers", test_papers);
  g_test_add_func ("/bench/spool", test_spool);
  g_test_add_func ("/bench/no-printer", test_no_printer);
  g_test_add_func ("/bench/held", test_held);
  g_test_add_func ("/bench/short-and-damaged", test_short_and_damaged);
  return g_test_run ();
}
