/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "db/wb-importer.h"
#include "tests/db/wb-test-db.h"
#include "tests/db/wb-test-import.h"

#define MAP \
  "[map]\ncontent=orders\ncurrency=EUR\n" \
  "[columns]\norder.number=no\norder.placed_at=at\ncustomer.email=mail\ncustomer.name=name\nline.sku=sku\nline.name=item\n" \
  "line.quantity=q\nline.unit_price=price\nshipping.country=land\n" \
  "[constants]\norder.paid=yes\norder.shipped=yes\n" \
  "[kind credit]\nwhen=order.number prefix C\nas=return\nnegate=line.quantity\n"
#define HEAD "no,at,mail,name,sku,item,q,price,land\n"

static WbDb *shop;
static char *shop_conninfo;

static WbDb *
open_shop (void)
{
  if (shop == NULL)
    shop = wb_test_import_shop ("imports", &shop_conninfo);
  return shop;
}

typedef struct
{
  const char *channel;
  const char *format;
  gboolean dry_run;
  const char *refused_path;
  GCancellable *cancel_at_progress;
} How;

static void
progress_cb (WbImporter *importer,
             gpointer    cancellable)
{
  g_cancellable_cancel (cancellable);
}

/* "created updated left refused" of all kinds together, or the error. */
static char *
import (const How  *how,
        const char *text)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);
  g_autoptr(WbImporter) importer = wb_importer_new (shop);
  g_autoptr(WbImportMap) map = wb_import_map_new (MAP, strlen (MAP), NULL);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  const WbImporterReport *report = wb_importer_get_report (importer);
  WbImporterCount sum = { 0 };
  WbImporterOptions options = {
    .format = wb_import_format_find (how->format != NULL ? how->format : "csv", NULL),
    .channel = how->channel,
    .source = "test",
    .dry_run = how->dry_run,
    .refused_path = how->refused_path,
  };

  g_assert_nonnull (options.format);
  if (options.format->needs_map)
    options.format_options.map = map;
  if (how->cancel_at_progress != NULL)
    g_signal_connect (importer, "progress", G_CALLBACK (progress_cb), how->cancel_at_progress);
  wb_importer_run_async (importer, stream, &options, how->cancel_at_progress, wb_test_store_result, &result);
  wb_test_await (result);
  if (!wb_importer_run_finish (importer, result, &error))
    return g_strdup (error->message);
  for (guint i = 0; i < G_N_ELEMENTS (report->kinds); i++)
    {
      sum.created += report->kinds[i].created;
      sum.updated += report->kinds[i].updated;
      sum.left += report->kinds[i].left;
      sum.refused += report->kinds[i].refused;
    }
  g_assert_cmpuint (report->lines_read, ==, report->lines_accepted + report->lines_refused);
  if (report->refusals->len > 0)
    g_test_message ("%s", ((WbImportRefusal *) g_ptr_array_index (report->refusals, 0))->reason);
  return g_strdup_printf ("%d %d %d %d", (int) sum.created, (int) sum.updated, (int) sum.left, (int) sum.refused);
}

static void
assert_import (const How  *how,
               const char *text,
               const char *expected)
{
  g_autofree char *told = import (how, text);

  g_assert_cmpstr (told, ==, expected);
}

static void
test_again (void)
{
  const How how = { .channel = "again" };
  const char *text = HEAD "A1,2024-04-03,m@x.org,Mary,TEA,Teapot,2,12.005,GB\nA1,2024-04-03,m@x.org,Mary,TRY,Tray,1,10,GB\n"
                          "A2,2024-04-04,m@x.org,Mary,TEA,Teapot,1,12.00,GB\nCA3,2024-04-05,m@x.org,Mary,TEA,Teapot,-1,12.00,GB\n";
  const char *changed = HEAD "A1,2024-04-03,m@x.org,Mary,TEA,Teapot,2,12.005,GB\nA2,2024-04-04,m@x.org,Mary,TEA,Teapot,3,12.00,GB\n";
  gint64 before = 0;

  if (open_shop () == NULL)
    return;
  assert_import (&how, text, "3 0 0 0");
  g_assert_cmpint (wb_test_db_int (shop, "select total_minor from wb.sales_order where number = 'A1'"), ==, 3401);
  g_assert_cmpint (wb_test_db_int (shop, "select count(*) from wb.sales_order where number in ('A1', 'A2') and status = 'shipped' "
                                         "and payment_status = 'paid' and fulfilment_status = 'fulfilled'"), ==, 2);
  g_assert_cmpint (wb_test_db_int (shop, "select credit_minor from wb.rma where number = 'CA3'"), ==, 1200);
  g_assert_cmpint (wb_test_db_int (shop, "select orders_count from wb.customer where email = 'm@x.org'"), ==, 2);
  before = wb_test_import_fingerprint (shop);
  assert_import (&how, text, "0 0 3 0");
  g_assert_cmpint (wb_test_import_fingerprint (shop), ==, before);
  /* the channel says otherwise now */
  assert_import (&how, changed, "0 2 0 0");
  g_assert_cmpint (wb_test_db_int (shop, "select total_minor from wb.sales_order where number = 'A1'"), ==, 2401);
  g_assert_cmpint (wb_test_db_int (shop, "select captured_minor from wb.sales_order where number = 'A2'"), ==, 3600);
  assert_import (&how, changed, "0 0 2 0");
  /* another channel's order of the same number is another order */
  assert_import (&(const How) { .channel = "other" }, changed, "2 0 0 0");
  g_assert_cmpint (wb_test_db_int (shop, "select count(*) from wb.sales_order where number = 'A1-other'"), ==, 1);
}

static void
test_dry_run (void)
{
  const How how = { .channel = "dry", .dry_run = TRUE };
  gint64 before = 0;

  if (open_shop () == NULL)
    return;
  before = wb_test_import_fingerprint (shop);
  assert_import (&how, HEAD "D1,2024-04-03,d@x.org,Dora,TEA,Teapot,2,12,GB\nD2,2024-04-03,d@x.org,Dora,TEA,Teapot,2,12,XX\n", "1 0 0 1");
  g_assert_cmpint (wb_test_import_fingerprint (shop), ==, before);
  g_assert_cmpint (wb_test_db_int (shop, "select count(*) from wb.sales_channel where code = 'dry'"), ==, 0);
  g_assert_cmpint (wb_test_db_int (shop, "select count(*) from wb.act where name = 'import' and reason = 'dry'"), ==, 0);
}

static void
test_mended (void)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *refused = NULL;
  g_autoptr(GString) mended = NULL;

  if (open_shop () == NULL)
    return;
  folder = wb_test_folder ();
  path = g_build_filename (folder, "refused.csv", NULL);
  assert_import (&(const How) { .channel = "mended", .refused_path = path },
                 HEAD "M1,2024-04-03,e@x.org,Eve,TEA,Teapot,2,12,GB\nM2,2024-04-03,e@x.org,Eve,TEA,Teapot,two,12,GB\n"
                      "M2,2024-04-03,e@x.org,Eve,TRY,Tray,1,12,GB\n",
                 "1 0 0 1");
  g_assert_cmpint (wb_test_db_int (shop, "select count(*) from wb.sales_order where number = 'M2'"), ==, 0);
  g_assert_true (g_file_get_contents (path, &refused, NULL, NULL));
  g_assert_nonnull (strstr (refused, "two,12,GB,3,q,"));
  g_assert_nonnull (strstr (refused, "\"belongs to M2, refused for line 3\"") != NULL ? refused : NULL);
  mended = g_string_new (refused);
  g_string_replace (mended, ",two,", ",2,", 0);
  assert_import (&(const How) { .channel = "mended" }, mended->str, "1 0 0 0");
  g_assert_cmpint (wb_test_db_int (shop, "select total_minor from wb.sales_order where number = 'M2'"), ==, 3600);
}

static void
test_hostile (void)
{
  if (open_shop () == NULL)
    return;
  assert_import (&(const How) { .channel = "'); drop table wb.sales_order; --" },
                 HEAD "\"'); drop table wb.sales_order; --\",2024-04-03,\"'\"\";--@x.org\",\"=HYPERLINK(\"\"http://x\"\")\","
                      "\"'||(select 1)\",\"\\x00 \\ {} $1 %s\",2,12,GB\n",
                 "1 0 0 0");
  g_assert_cmpint (wb_test_db_int (shop, "select count(*) from wb.sales_order where number = $$'); drop table wb.sales_order; --$$ "
                                         "and customer_name = '=HYPERLINK(\"http://x\")'"), ==, 1);
}

/* What only the database refuses is found by halving, and the rest goes in. */
static void
test_blame (void)
{
  g_autoptr(GString) text = g_string_new ("[");

  if (open_shop () == NULL)
    return;
  for (guint i = 0; i < 20; i++)
    g_string_append_printf (text,
                            "%s{\"id\":%u,\"name\":\"#B%u\",\"created_at\":\"2025-10-07T09:50:26Z\",\"currency\":\"EUR\",\"line_items\":"
                            "[{\"id\":1,\"name\":\"Tray\",\"quantity\":1,\"price\":\"10.00\",\"tax_lines\":[{\"title\":\"VAT\","
                            "\"price\":\"1.00\",\"rate\":%s}]}]}",
                            i == 0 ? "" : ",", i, i, i == 13 ? "5000" : "0.1");
  g_string_append_c (text, ']');
  assert_import (&(const How) { .channel = "blame", .format = "shopify-json" }, text->str, "19 0 0 1");
  g_assert_cmpint (wb_test_db_int (shop, "select count(*) from wb.sales_order where number ~ '^#B' and total_minor = 1100"), ==, 19);
}

static void
test_products (void)
{
  const How how = { .channel = "products", .format = "woocommerce-csv" };
  const char *text = "ID,Type,SKU,Name,Stock,Weight (kg),Length (cm),Parent,Regular price,Attribute 1 name,Attribute 1 value(s),Categories\n"
                     "1,variable,P-TEE,T-Shirt,,0.2,30,,,Colour,\"Blue, Red\",Clothing > Tops\n"
                     "2,variation,P-TEE-B,T-Shirt - Blue,4,,,P-TEE,20,Colour,Blue,\n"
                     "3,simple,P-CAP,Cap,5,0.055,,,16,,,Clothing\n";

  if (open_shop () == NULL)
    return;
  /* an order that came before its product waits for it */
  assert_import (&(const How) { .channel = "products", .format = "shopify-json" },
                 "{\"order\":{\"id\":7,\"name\":\"#P7\",\"created_at\":\"2025-10-07T09:50:26Z\",\"currency\":\"GBP\",\"financial_status\":"
                 "\"paid\",\"shipping_address\":{\"name\":\"Jo\",\"address1\":\"1 High St\",\"city\":\"Leeds\",\"zip\":\"LS1\",\"country_code\":"
                 "\"GB\"},\"line_items\":[{\"id\":1,\"name\":\"Cap\",\"sku\":\"P-CAP\",\"quantity\":2,\"price\":\"16.00\"}]}}",
                 "1 0 0 0");
  g_assert_cmpint (wb_test_db_int (shop, "select count(*) from wb.sales_order where number = '#P7' and trouble @> '{product}'"), ==, 1);
  assert_import (&how, text, "2 0 0 0");
  g_assert_cmpint (wb_test_db_int (shop, "select count(*) from wb.sku where code = 'P-TEE-B' and weight_g = 200 and length_mm = 300 "
                                         "and price = 20 and on_hand = 4 and category = 'Clothing > Tops'"), ==, 1);
  g_assert_cmpint (wb_test_db_int (shop, "select count(*) from wb.sales_order where number = '#P7' and trouble = '{}' "
                                         "and stage = 'ready_to_pack'"), ==, 1);
  assert_import (&how, text, "0 0 2 0");
}

static char *
make_orders (guint n)
{
  g_autoptr(GString) text = g_string_new (HEAD);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "K%u,2024-04-03,k%u@x.org,Kay,TEA,Teapot,1,12,GB\n", i, i % 100);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_cancelled (void)
{
  g_autofree char *text = make_orders (2500);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *told = NULL;

  if (open_shop () == NULL)
    return;
  told = import (&(const How) { .channel = "cancelled", .cancel_at_progress = cancellable }, text);
  g_test_message ("%s", told);
  g_assert_cmpint (wb_test_db_int (shop, "select count(*) % 1000 from wb.sales_order where number ~ '^K'"), ==, 0);
  g_free (import (&(const How) { .channel = "cancelled" }, text));
  g_assert_cmpint (wb_test_db_int (shop, "select count(*) from wb.sales_order where number ~ '^K'"), ==, 2500);
  assert_import (&(const How) { .channel = "cancelled" }, text, "0 0 2500 0");
}

/* kill -9 of the real program half-way, and again to the end. */
static void
test_killed (void)
{
  g_autofree char *text = make_orders (4000);
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *map_path = NULL;
  g_autofree char *program = g_build_filename (g_getenv ("WAYBILL_TEST_BUILD"), "app", "waybillctl", NULL);
  gint64 done = 0;

  if (open_shop () == NULL)
    return;
  folder = wb_test_folder ();
  path = g_build_filename (folder, "orders.csv", NULL);
  map_path = g_build_filename (folder, "orders.map", NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL) && g_file_set_contents (map_path, MAP, -1, NULL));
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, "import", "csv", path,
                                                         "--map", map_path, "--channel", "killed", "--database", shop_conninfo, NULL);

      g_assert_no_error (error);
      while (round == 0 && done == 0 && g_subprocess_get_identifier (process) != NULL)
        {
          g_main_context_iteration (NULL, FALSE);
          done = wb_test_db_int (shop, "select count(*) from wb.sales_order o join wb.sales_channel c on c.id = o.channel_id "
                                       "where c.code = 'killed'");
        }
      if (round == 0)
        g_subprocess_force_exit (process);
      g_subprocess_wait (process, NULL, NULL);
      g_assert_true (round == 0 || g_subprocess_get_successful (process));
    }
  g_assert_cmpint (wb_test_db_int (shop, "select count(*) from wb.sales_order o join wb.sales_channel c on c.id = o.channel_id "
                                         "where c.code = 'killed' and o.total_minor = 1200 and o.captured_minor = 1200"), ==, 4000);
}

int
main (int   argc,
      char *argv[])
{
  int status = 0;

  wb_test_init (&argc, &argv);
  g_test_add_func ("/import/again", test_again);
  g_test_add_func ("/import/dry-run", test_dry_run);
  g_test_add_func ("/import/mended", test_mended);
  g_test_add_func ("/import/hostile", test_hostile);
  g_test_add_func ("/import/blame", test_blame);
  g_test_add_func ("/import/products", test_products);
  g_test_add_func ("/import/cancelled", test_cancelled);
  g_test_add_func ("/import/killed", test_killed);
  status = g_test_run ();
  g_clear_object (&shop);
  g_free (shop_conninfo);
  return status;
}
