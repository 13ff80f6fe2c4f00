/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "devices/wb-printer-folder.h"
#include "tests/db/wb-test-proxy.h"
#include "tests/ui/wb-test-bench.h"
#include "tests/wb-test.h"

/* A bench while something does not work: the network, the server, the printer; and what was in hand when it was killed. */

/* ── A printer that does as it is told ───────────────────────────────────────────────────────── */

typedef enum
{
  TWIN_PRINTS,
  TWIN_REFUSES,
  TWIN_HANGS,
} TwinMood;

#define TYPE_TWIN (twin_get_type ())
G_DECLARE_FINAL_TYPE (Twin, twin, WB_TEST, TWIN, GObject)

struct _Twin
{
  GObject parent_instance;

  TwinMood mood;
  GPtrArray *ids; /* of every document that was handed over, whatever became of it */
  GHashTable *printed;
};

static void twin_iface_init (WbPrinterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (Twin, twin, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (WB_TYPE_PRINTER, twin_iface_init))

static const char *
twin_get_name (WbPrinter *printer)
{
  return "Twin";
}

static const char *
twin_get_content_type (WbPrinter *printer)
{
  return WB_PRINTER_ZPL;
}

/* Like a print queue: a document it has is not printed again, and one may come out although nobody hears of it. */
static void
twin_print_async (WbPrinter *printer, const WbPrintDocument *document, GCancellable *cancellable,
                  GAsyncReadyCallback callback, gpointer user_data)
{
  Twin *self = WB_TEST_TWIN (printer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_ptr_array_add (self->ids, g_strdup (document->id));
  if (self->mood == TWIN_REFUSES)
    {
      g_task_return_new_error (task, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, "the twin is paused");
      return;
    }
  g_hash_table_add (self->printed, g_strdup (document->id));
  if (self->mood == TWIN_PRINTS)
    g_task_return_pointer (task, g_strdup (document->id), g_free);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "nobody hears of it");
}

static void
twin_query_async (WbPrinter *printer, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Twin *self = WB_TEST_TWIN (printer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (self->mood == TWIN_REFUSES)
    g_task_return_new_error (task, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, "the twin is paused");
  else
    g_task_return_int (task, WB_PRINTER_READY);
}

static void
twin_wait_async (WbPrinter *printer, const char *job, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (printer, cancellable, callback, user_data);

  g_task_return_boolean (task, TRUE);
}

static const char *
twin_get_language (WbPrinter *printer)
{
  return "zpl";
}

static void
twin_iface_init (WbPrinterInterface *iface)
{
  iface->get_language = twin_get_language;
  iface->wait_async = twin_wait_async;
  iface->get_name = twin_get_name;
  iface->get_content_type = twin_get_content_type;
  iface->print_async = twin_print_async;
  iface->query_async = twin_query_async;
}

static void
twin_finalize (GObject *object)
{
  Twin *self = WB_TEST_TWIN (object);

  g_ptr_array_unref (self->ids);
  g_hash_table_unref (self->printed);
  G_OBJECT_CLASS (twin_parent_class)->finalize (object);
}

static void
twin_class_init (TwinClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = twin_finalize;
}

static void
twin_init (Twin *self)
{
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->printed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* ── Benches ─────────────────────────────────────────────────────────────────────────────────── */

static const char *const to_the_scale[] = { "WB:CONFIRM",    "A-04-2",   "B-02-1",   "4006381333931",
                                            "4006381333931", "96385074", "WB-BOX-M", NULL };

static WbBench *
open_with (WbTestBenchShop *shop, WbDb *db, Twin *twin)
{
  g_autoptr (WbPrinter) spare = wb_printer_folder_new (shop->folder);
  WbBench *bench = wb_bench_new (db, WB_PRINTER (twin), spare, shop->folder);

  wb_bench_set_station (bench, "ST1");
  wb_test_wait_until (wb_bench_get_mode (bench) == WB_BENCH_IDLE && wb_bench_get_queue (bench) != NULL);
  return bench;
}

/* What the log says of each kind, and that nothing is in it twice. */
static void
assert_log (WbTestBenchShop *shop, const char *expected)
{
  wb_test_bench_assert_soon (shop, "select string_agg(kind || ' ' || n, ', ' order by kind) from (select kind, count(*) as n "
                                   "from wb.work_event group by kind) x", expected);
  wb_test_bench_assert_says (shop, "select count(*) - count(distinct id) from wb.work_event", "0");
}

/* The server goes away in the middle: the bench goes on up to the label, a badge is known too, and all of it is stored once
 * when the server is back. */
static void
test_server_away (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbTestProxy) wire = NULL;
  g_autoptr (WbDb) db = NULL;
  g_autoptr (Twin) twin = g_object_new (TYPE_TWIN, NULL);
  g_autoptr (WbBench) bench = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  wire = wb_test_proxy_new (g_getenv ("PGHOST"));
  db = wb_test_bench_connect (wb_test_proxy_get_socket (wire), "bench_packer");
  bench = open_with (&shop, db, twin);
  wb_test_wait_until (wb_bench_has_badges (bench));
  wb_test_bench_next (bench, "10482");
  wb_bench_scan (bench, to_the_scale[0]);
  wb_test_bench_stored (bench);
  wb_test_proxy_refuse (wire, TRUE);
  wb_test_proxy_cut (wire);
  wb_test_wait_until (wb_db_get_state (db) != WB_DB_STATE_ONLINE);
  wb_test_bench_scan_all (bench, to_the_scale + 1);
  wb_bench_scan (bench, "WB:STAFF:1002");
  g_assert_cmpstr (wb_bench_get_person (bench), ==, "Anna Binder");
  wb_test_bench_scan_all (bench, (const char *const[]){ "WB:ANOTHER", "96385074", "WB:CONFIRM", "WB-BOX-M", "1.40", "0.40", NULL });
  g_assert_cmpint (wb_test_bench_get_step (bench), ==, WB_JOB_STEP_LABEL);
  g_assert_cmpuint (wb_bench_get_n_unsent (bench), >, 10);
  g_assert_null (wb_bench_get_trouble (bench));
  wb_test_bench_assert_says (&shop, "select count(*) from wb.work_event where kind in ('pick', 'verify')", "0");
  wb_test_proxy_refuse (wire, FALSE);
  wb_test_wait_until (wb_test_bench_get_step (bench) == WB_JOB_STEP_FINAL);
  wb_test_bench_stored (bench);
  assert_log (&shop, "acknowledge 1, another 1, box 2, claim 1, filled 1, label 2, move 1, pick 2, printed 2, reviewed 1, verify 3, weigh 2");
  wb_test_bench_assert_says (&shop, "select count(*) from wb.label", "2");
  wb_test_bench_assert_soon (&shop, "select s.login from wb.station_shift h join wb.staff s on s.id = h.staff_id where h.until is null",
                             "anna.binder");
  g_assert_cmpuint (twin->ids->len, ==, 2);
  g_clear_object (&bench);
  wb_db_close (db);
  wb_test_bench_shop_close (&shop);
}

/* What was scanned out of order is not kept: only what the bench took. */
static gboolean
has_only_box (const char *kept)
{
  g_autofree char *contents = NULL;

  return g_file_get_contents (kept, &contents, NULL, NULL) && strstr (contents, "WB-BOX-M") == NULL &&
         strstr (contents, "BOX-M") != NULL;
}

/* Killed while the server is away: the next run stores what was done, and stands where the first one stood. */
static void
test_killed_while_away (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbTestProxy) wire = NULL;
  g_autoptr (WbDb) db = NULL;
  g_autoptr (Twin) twin = g_object_new (TYPE_TWIN, NULL);
  g_autoptr (WbBench) bench = NULL;
  g_autofree char *kept = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  wire = wb_test_proxy_new (g_getenv ("PGHOST"));
  db = wb_test_bench_connect (wb_test_proxy_get_socket (wire), "bench_packer");
  bench = open_with (&shop, db, twin);
  wb_test_bench_next (bench, "10482");
  wb_bench_scan (bench, to_the_scale[0]);
  wb_test_bench_stored (bench);
  wb_test_proxy_refuse (wire, TRUE);
  wb_test_proxy_cut (wire);
  wb_test_wait_until (wb_db_get_state (db) != WB_DB_STATE_ONLINE);
  wb_test_bench_scan_all (bench, to_the_scale + 1);
  g_assert_cmpint (wb_test_bench_get_step (bench), ==, WB_JOB_STEP_WEIGH);
  kept = g_build_filename (shop.folder, "bench-ST1.unsent", NULL);
  wb_test_wait_until (has_only_box (kept));
  g_clear_object (&bench);
  wb_test_proxy_refuse (wire, FALSE);
  wb_test_wait_until (wb_db_get_state (db) == WB_DB_STATE_ONLINE);
  bench = open_with (&shop, db, twin);
  wb_test_bench_next (bench, "10482");
  g_assert_cmpint (wb_test_bench_get_step (bench), ==, WB_JOB_STEP_WEIGH);
  wb_test_bench_stored (bench);
  assert_log (&shop, "acknowledge 1, box 1, claim 2, pick 2, reviewed 1, verify 3");
  wb_test_wait_until (!g_file_test (kept, G_FILE_TEST_EXISTS));
  g_clear_object (&bench);
  wb_db_close (db);
  wb_test_bench_shop_close (&shop);
}

/* The answer is lost, not the deed: events that were stored and are sent again are one, and a label that was made is used. */
static void
test_answers_lost (void)
{
  static const char *const marks[] = { "job_append", "job_label", "print_note", "job_ship" };
  WbTestBenchShop shop = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autoptr (WbTestProxy) wire = NULL;
      g_autoptr (WbDb) db = NULL;
      g_autoptr (Twin) twin = g_object_new (TYPE_TWIN, NULL);
      g_autoptr (WbBench) bench = NULL;

      if (!wb_test_bench_shop_open (&shop))
        return;
      g_test_message ("%s", marks[i]);
      wire = wb_test_proxy_new (g_getenv ("PGHOST"));
      db = wb_test_bench_connect (wb_test_proxy_get_socket (wire), "bench_packer");
      bench = open_with (&shop, db, twin);
      wb_test_bench_next (bench, "10482");
      wb_test_bench_stored (bench);
      wb_test_proxy_arm (wire, marks[i], WB_TEST_PROXY_CUT_AFTER_MESSAGES, 0);
      wb_test_bench_scan_all (bench, to_the_scale);
      wb_bench_scan (bench, "1.60");
      wb_test_wait_until (wb_test_bench_get_step (bench) == WB_JOB_STEP_FINAL);
      wb_test_bench_stored (bench);
      wb_bench_scan (bench, wb_bench_get_label (bench, 1)->data.tracking);
      wb_test_wait_until (wb_bench_get_work (bench) != NULL && g_str_equal (wb_bench_get_work (bench)->job->number, "10483"));
      g_assert_true (wb_test_proxy_has_struck (wire));
      wb_test_bench_assert_says (&shop, "select count(*) from wb.label", "1");
      wb_test_bench_assert_soon (&shop, "select count(*) from wb.print", "1");
      wb_test_bench_assert_says (&shop, "select count(*) - count(distinct id) from wb.work_event", "0");
      wb_test_bench_assert_says (&shop, "select count(*) from wb.stock_move where kind = 'ship'", "2");
      wb_test_bench_stored (bench);
      g_clear_object (&bench);
      wb_db_close (db);
      wb_test_bench_shop_close (&shop);
    }
}

/* The label came out and the program was killed before it heard so: the next run hands over the same document, which a queue
 * knows, for the same label with the same numbers. */
static void
test_killed_while_printing (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (Twin) twin = g_object_new (TYPE_TWIN, NULL);
  g_autoptr (WbBench) bench = NULL;
  g_autofree char *key = NULL;
  g_autofree char *sscc = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  twin->mood = TWIN_HANGS;
  bench = open_with (&shop, shop.packer, twin);
  wb_test_bench_next (bench, "10482");
  wb_test_bench_scan_all (bench, to_the_scale);
  wb_bench_scan (bench, "1.60");
  wb_test_wait_until (twin->ids->len > 0);
  wb_test_bench_stored (bench);
  sscc = wb_test_bench_ask (&shop, "select sscc from wb.parcel");
  /* Another database counts from 1 as well: its first label is another document to this machine. */
  key = wb_test_bench_ask (&shop, "select substr(act_id::text, 1, 8) from wb.label");
  g_assert_nonnull (strstr (g_ptr_array_index (twin->ids, 0), key));
  g_clear_object (&bench);
  twin->mood = TWIN_PRINTS;
  bench = open_with (&shop, shop.packer, twin);
  wb_test_bench_next (bench, "10482");
  wb_test_wait_until (wb_test_bench_get_step (bench) == WB_JOB_STEP_FINAL);
  g_assert_cmpuint (g_hash_table_size (twin->printed), ==, 1);
  g_assert_cmpstr (wb_bench_get_label (bench, 1)->data.sscc, ==, sscc);
  wb_test_bench_assert_says (&shop, "select count(*) || ' ' || count(distinct sscc) from wb.parcel", "1 1");
  wb_test_bench_stored (bench);
  /* Once more on purpose is another document, and the ledger says why: nothing comes out before somebody has said it. */
  wb_bench_scan (bench, "WB:REPRINT");
  g_assert_cmpint (wb_bench_get_choosing (bench), ==, WB_BENCH_CHOOSING_REPRINT);
  wb_bench_scan (bench, "9");
  g_assert_cmpint (wb_bench_get_choosing (bench), ==, WB_BENCH_CHOOSING_REPRINT);
  /* a code that begins with a reason's number is none */
  wb_bench_scan (bench, "1Z999AA10123456784");
  g_assert_cmpint (wb_bench_get_choosing (bench), ==, WB_BENCH_CHOOSING_REPRINT);
  wb_bench_scan (bench, "1");
  wb_test_wait_until (g_hash_table_size (twin->printed) == 2 && wb_bench_can_reprint (bench));
  wb_bench_scan (bench, "WB:REPRINT");
  wb_bench_scan (bench, "3");
  wb_test_wait_until (g_hash_table_size (twin->printed) == 3);
  wb_test_bench_assert_soon (&shop, "select string_agg(printer || case reason when '' then '' else ': ' || reason end, ', ' order by id) from wb.print",
                             "Twin, Twin: It is torn or smudged, Twin: It is lost");
  wb_test_bench_assert_says (&shop, "select count(*) from wb.label", "1");
  g_clear_object (&bench);
  wb_test_bench_shop_close (&shop);
}

/* A printer that refuses: the bench says so and does not make another label; it goes on as soon as the printer takes it. */
static void
test_printer_refuses (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (Twin) twin = g_object_new (TYPE_TWIN, NULL);
  g_autoptr (Twin) other = g_object_new (TYPE_TWIN, NULL);
  g_autoptr (WbBench) bench = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  twin->mood = TWIN_REFUSES;
  bench = open_with (&shop, shop.packer, twin);
  wb_test_bench_next (bench, "10482");
  wb_test_bench_scan_all (bench, to_the_scale);
  wb_bench_scan (bench, "1.60");
  wb_test_wait_until (wb_bench_get_trouble (bench) != NULL);
  g_assert_cmpstr (wb_bench_get_trouble (bench), ==, "The twin is paused.");
  g_assert_true (wb_bench_trouble_is_printer (bench));
  for (guint i = 0; i < 3; i++)
    {
      wb_bench_command (bench, WB_JOB_COMMAND_CONFIRM);
      wb_test_wait_until (wb_bench_get_trouble (bench) != NULL);
    }
  g_assert_cmpuint (twin->ids->len, ==, 4);
  for (guint i = 1; i < twin->ids->len; i++)
    g_assert_cmpstr (twin->ids->pdata[i], ==, twin->ids->pdata[0]);
  wb_test_bench_assert_says (&shop, "select count(*) from wb.label", "1");
  /* Another printer is set meanwhile: the label comes out there. */
  wb_bench_set_printer (bench, WB_PRINTER (other), 300);
  wb_test_wait_until (wb_test_bench_get_step (bench) == WB_JOB_STEP_FINAL);
  g_assert_cmpuint (g_hash_table_size (other->printed), ==, 1);
  wb_test_bench_stored (bench);
  wb_test_bench_assert_says (&shop, "select count(*) from wb.label", "1");
  g_clear_object (&bench);
  wb_test_bench_shop_close (&shop);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/bench-trouble/server-away", test_server_away);
  g_test_add_func ("/bench-trouble/killed-while-away", test_killed_while_away);
  g_test_add_func ("/bench-trouble/answers-lost", test_answers_lost);
  g_test_add_func ("/bench-trouble/killed-while-printing", test_killed_while_printing);
  g_test_add_func ("/bench-trouble/printer-refuses", test_printer_refuses);
  return g_test_run ();
}
