/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "core/wb-facts.h"
#include "db/wb-db-private.h"
#include "devices/wb-printer-cups.h"
#include "devices/wb-printer-folder.h"
#include "tests/ui/wb-test-bench.h"
#include "tests/wb-test.h"
#include "ui/station/wb-bench-spool.h"
#include "ui/station/wb-bench.h"

static const char *const first_order[] = { "WB:CONFIRM",    "A-04-2",        "B-02-1",   "4006381333931",
                                           "4006381333931", "96385074", "WB-BOX-M", "1.60", NULL };

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
  wb_test_bench_scan_all (bench, first_order);
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
  for (guint i = 0; first_order[i] != NULL; i++)
    {
      WbBench *from = i % 2 == 0 ? first : second;
      WbBench *to = i % 2 == 0 ? second : first;
      WbJobStep step = WB_JOB_STEP_DONE;
      guint line = 0;

      wb_bench_scan (from, first_order[i]);
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

/* One order in two boxes, each step on another seat: contents, weights, labels and numbers of each; shipped when both labels
 * were scanned, and not before. */
static const char *const two_boxes[] = { "WB:CONFIRM", "A-04-2",   "B-02-1",   "4006381333931", "WB:ANOTHER", "WB:UNDO",
                                         "WB:ANOTHER", "WB-BOX-S", "96385074", "4006381333931", "WB-BOX-M",   "0.80",
                                         "0.89",       NULL };

static void
take_over (WbBench *from, WbBench *to, gint64 job_id)
{
  wb_test_bench_stored (from);
  wb_bench_take (to, job_id);
  wb_test_wait_until (wb_bench_get_mode (to) == WB_BENCH_WORKING);
  /* The seat that lost it learns so from its next event. */
  wb_bench_command (from, WB_JOB_COMMAND_HELP);
  wb_test_wait_until (wb_bench_get_mode (from) == WB_BENCH_IDLE);
}

static void
test_two_boxes (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) first = NULL;
  g_autoptr (WbBench) second = NULL;
  g_autofree char *refused = NULL;
  WbBench *here = NULL;
  WbBench *there = NULL;
  gint64 job_id = 0;

  if (!wb_test_bench_shop_open (&shop))
    return;
  here = first = wb_test_bench_open (&shop, "ST1");
  there = second = wb_test_bench_open (&shop, "ST2");
  wb_test_bench_next (first, "10482");
  job_id = wb_bench_get_work (first)->job_id;
  for (guint i = 0; two_boxes[i] != NULL; i++)
    {
      WbBench *next = there;
      WbJobStep step = WB_JOB_STEP_DONE;
      guint parcel = 0;

      wb_bench_scan (here, two_boxes[i]);
      step = wb_test_bench_get_step (here);
      parcel = wb_bench_get_state (here)->parcel;
      take_over (here, next, job_id);
      g_assert_cmpuint (wb_bench_get_state (next)->parcel, ==, parcel);
      g_assert_true (wb_test_bench_get_step (next) == step || step == WB_JOB_STEP_LABEL);
      there = here;
      here = next;
    }
  wb_test_wait_until (wb_test_bench_get_step (here) == WB_JOB_STEP_FINAL);
  wb_test_bench_assert_says (&shop, "select string_agg(concat_ws(' ', p.position, b.code, p.weight_g, c.what), '; ' order by p.position) "
                      "from wb.parcel p join wb.shipment s on s.id = p.shipment_id and s.status = 'packed' join wb.box b on b.id = p.box_id, "
                      "lateral (select string_agg(i.quantity || '×' || l.sku_code, ' ' order by l.sku_code) as what from wb.parcel_item i "
                      "join wb.order_line l on l.id = i.line_id where i.parcel_id = p.id) c",
               "1 BOX-M 800 1×TEA-B; 2 BOX-S 890 1×TEA-B 1×TRY-O");
  wb_test_bench_assert_says (&shop, "select count(distinct sscc) || ' ' || count(distinct tracking) from wb.parcel p join wb.shipment s "
                      "on s.id = p.shipment_id where s.status = 'packed'", "2 2");
  wb_test_bench_assert_says (&shop, "select count(*) from wb.label where voided_at is null", "2");
  g_assert_cmpuint (wb_bench_get_label (here, 2)->data.parcel, ==, 2);
  g_assert_cmpuint (wb_bench_get_label (here, 2)->data.n_parcels, ==, 2);
  wb_bench_scan (here, wb_bench_get_label (here, 2)->data.sscc);
  g_assert_cmpint (wb_test_bench_get_step (here), ==, WB_JOB_STEP_FINAL);
  take_over (here, there, job_id);
  g_assert_cmpint (wb_test_bench_get_step (there), ==, WB_JOB_STEP_FINAL);
  wb_test_bench_assert_ship_refused (&shop, job_id, there == first ? "ST1" : "ST2", "not every label was scanned on its parcel");
  wb_bench_scan (there, wb_bench_get_label (there, 1)->data.tracking);
  wb_test_wait_until (g_str_equal (wb_bench_get_notice (there), "#10482 is shipped."));
  wb_test_bench_assert_says (&shop, "select concat_ws(' ', status, fulfilment_status, stage) from wb.sales_order where number = '10482'",
               "shipped fulfilled shipped");
  wb_test_bench_assert_says (&shop, "select string_agg(code || ' ' || on_hand, ', ' order by code) from wb.sku",
               "CUP-W 1000, TEA-B 998, TRY-O 999");
  wb_test_bench_assert_says (&shop, "select count(*) from api.stock_check()", "0");
  wb_test_bench_shop_close (&shop);
}

/* A bench that says something else than what happened gets no labels. */
static void
test_parcels_disagree (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;
  g_autoptr (WbJobState) other = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) labels = NULL;
  g_autoptr (GError) error = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  bench = wb_test_bench_open (&shop, "ST1");
  wb_test_bench_next (bench, "10482");
  wb_test_bench_scan_all (bench, (const char *const[]){ "WB:CONFIRM", "A-04-2", "B-02-1", "4006381333931", NULL });
  wb_test_bench_stored (bench);
  other = wb_job_state_new (wb_bench_get_work (bench)->job);
  wb_job_state_add_all (other, wb_bench_get_state (bench)->events);
  for (guint i = 0; i < 3; i++)
    {
      static const char *const more[] = { "96385074", "WB-BOX-M", "1.00" };
      g_autoptr (WbJobAnswer) answer = wb_job_answer_scan (other, more[i]);

      wb_job_state_add_all (other, answer->events);
    }
  wb_job_store_label_async (shop.packer, wb_bench_get_work (bench)->job_id, "ST1", other, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  labels = wb_job_store_label_finish (shop.packer, result, &error);
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "do not agree about what is in the boxes"));
  wb_test_bench_assert_says (&shop, "select count(*) from wb.label", "0");
  wb_test_bench_shop_close (&shop);
}

/* The service that is proposed and why; another one by hand, with a reason; what nothing takes is divided. */
static void
test_service (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;
  g_autofree char *words = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  bench = wb_test_bench_open (&shop, "ST1");
  wb_test_bench_next (bench, "10482");
  wb_bench_scan (bench, "WB:SERVICE");
  g_assert_cmpint (wb_bench_get_choosing (bench), ==, WB_BENCH_CHOOSING_NOTHING);
  wb_test_bench_scan_all (bench, (const char *const[]){ "WB:CONFIRM", "A-04-2", "B-02-1", "4006381333931", "4006381333931", "96385074",
                                          "WB-BOX-M", NULL });
  g_assert_cmpint (wb_test_bench_get_step (bench), ==, WB_JOB_STEP_WEIGH);
  wb_test_wait_until (wb_bench_get_choice (bench) != NULL);
  g_assert_cmpstr (wb_bench_get_choice (bench)->key, ==, "PL:STD");
  words = wb_bench_describe_service (bench);
  g_assert_true (g_str_has_prefix (words, "Parcel Line Tracked 24\302\240\302\240·  arrives by "));
  g_assert_true (g_str_has_suffix (words, "\302\240\302\240·  the cheapest"));
  wb_bench_scan (bench, "WB:SERVICE");
  g_assert_cmpint (wb_bench_get_choosing (bench), ==, WB_BENCH_CHOOSING_SERVICE);
  wb_bench_scan (bench, "9");
  g_assert_cmpstr (wb_bench_get_notice (bench), ==, "There is no service with this number.");
  wb_bench_scan (bench, "WB:UNDO");
  g_assert_cmpint (wb_bench_get_choosing (bench), ==, WB_BENCH_CHOOSING_NOTHING);
  /* as scanners say it that say which symbology it was */
  wb_bench_scan (bench, "]C0WB:SERVICE");
  for (guint i = 0; i < wb_bench_get_choice (bench)->offers->len; i++)
    if (g_str_equal (((WbServiceOffer *) wb_bench_get_choice (bench)->offers->pdata[i])->key, "PL:EXP"))
      {
        wb_bench_choose (bench, i + 1);
        break;
      }
  g_assert_cmpint (wb_bench_get_choosing (bench), ==, WB_BENCH_CHOOSING_REASON);
  wb_bench_scan (bench, "]C01");
  g_assert_cmpint (wb_bench_get_choosing (bench), ==, WB_BENCH_CHOOSING_NOTHING);
  g_assert_cmpstr (wb_bench_get_state (bench)->service, ==, "PL:EXP");
  wb_test_wait_until (g_strcmp0 (wb_bench_get_choice (bench)->why, "chosen") == 0);
  /* Nobody carries that much in one parcel: it says so, and some of it goes into another box. */
  wb_test_bench_scan_all (bench, (const char *const[]){ "25", "25", NULL });
  wb_test_wait_until (wb_bench_get_trouble (bench) != NULL);
  g_assert_cmpstr (wb_bench_get_trouble (bench), ==, "Express 9:00 takes no parcel heavier than 20 kg: divide it with "
                                                     "\"another box\", or choose another service.");
  wb_test_bench_scan_all (bench, (const char *const[]){ "WB:ANOTHER", "96385074", "WB:CONFIRM", "WB-BOX-M", "15", "15", "10", "10", NULL });
  wb_test_wait_until (wb_test_bench_get_step (bench) == WB_JOB_STEP_FINAL);
  wb_test_bench_assert_says (&shop, "select string_agg(v.code || ' ' || l.price_minor || ' ' || substr(p.tracking, 1, 2), ', ') from wb.label l "
                      "join wb.parcel p on p.id = l.parcel_id join wb.carrier_service v on v.id = l.service_id where l.voided_at is null",
               "EXP 1299 PX, EXP 1299 PX");
  wb_test_bench_assert_says (&shop, "select data ->> 'text' from wb.work_event where kind = 'service'", "The customer asked for it");
  wb_test_bench_shop_close (&shop);
}

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
  wb_test_bench_scan_all (first, first_order);
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
  wb_test_bench_scan_all (bench, first_order);
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
  wb_test_bench_scan_all (bench, first_order);
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
  g_test_add_func ("/bench/two-boxes", test_two_boxes);
  g_test_add_func ("/bench/parcels-disagree", test_parcels_disagree);
  g_test_add_func ("/bench/service", test_service);
  g_test_add_func ("/bench/badges", test_badges);
  g_test_add_func ("/bench/badge-like-a-product", test_badge_like_a_product);
  g_test_add_func ("/bench/ambiguous", test_ambiguous);
  g_test_add_func ("/bench/which-product", test_which_product);
  g_test_add_func ("/bench/no-number", test_no_number);
  g_test_add_func ("/bench/person-stays", test_person_stays);
  g_test_add_func ("/bench/old-news", test_old_news);
  g_test_add_func ("/bench/papers", test_papers);
  g_test_add_func ("/bench/parcel-found", test_parcel_found);
  g_test_add_func ("/bench/spool", test_spool);
  g_test_add_func ("/bench/no-printer", test_no_printer);
  g_test_add_func ("/bench/held", test_held);
  g_test_add_func ("/bench/short-and-damaged", test_short_and_damaged);
  return g_test_run ();
}
