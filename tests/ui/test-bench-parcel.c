/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which parcels an order goes out in, and with whom. */
#include "config.h"

#include <string.h>

#include "tests/ui/wb-test-bench.h"
#include "tests/wb-test.h"

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

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/bench-parcel/two-boxes", test_two_boxes);
  g_test_add_func ("/bench-parcel/parcels-disagree", test_parcels_disagree);
  g_test_add_func ("/bench-parcel/service", test_service);
  return g_test_run ();
}
