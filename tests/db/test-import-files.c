/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files as shops have them, and as they should not be: the samples in tests/db/samples, cut, in other encodings,
 * refused and mended; and where the refused rows go.
 */
#include "config.h"

#include <string.h>
#include <sys/resource.h>

#include <glib/gstdio.h>

#include "tests/db/wb-test-db.h"
#include "tests/db/wb-test-import.h"

static WbDb *shop;
static char *shop_conninfo;
static char *lines_map;

static const struct
{
  const char *file;
  WbTestImport how;
} samples[] = {
  { "lines.csv", { .format = "csv", .channel = "lines", .create_products = TRUE } },
  { "shopify-orders.csv", { .format = "shopify-csv", .channel = "shopify" } },
  { "shopify-orders.json", { .format = "shopify-json", .channel = "shopify-api" } },
  { "woocommerce-orders.json", { .format = "woocommerce-json", .channel = "woocommerce" } },
  { "woocommerce-products.csv", { .format = "woocommerce-csv", .channel = "products", .currency = "GBP" } },
};

static char *
read_sample (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "db", "samples", name, NULL);
  g_autoptr(GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static gboolean
open_shop (void)
{
  if (shop == NULL)
    {
      shop = wb_test_import_shop ("import_files", &shop_conninfo);
      lines_map = read_sample ("lines.map");
    }
  return shop != NULL;
}

/* The sample's own way, with its mapping file where it needs one. */
static WbTestImport
way_of (guint i)
{
  WbTestImport how = samples[i].how;

  if (strcmp (how.format, "csv") == 0)
    how.map = lines_map;
  return how;
}

static char *
run (WbTestImport how,
     const char  *text,
     gboolean     dry_run)
{
  how.dry_run = dry_run;
  return wb_test_import_run (shop, &how, text, -1);
}

/* "…created/updated/left/refused": what was created must be left the second time, and all else be the same. */
static void
test_dry_run (void)
{
  if (!open_shop ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *text = read_sample (samples[i].file);
      gint64 before = wb_test_import_fingerprint (shop);
      g_autofree char *dry = run (way_of (i), text, TRUE);
      gint64 after = wb_test_import_fingerprint (shop);
      g_autofree char *real = NULL;
      g_autofree char *again = NULL;
      g_autofree char *dry_again = NULL;

      g_test_message ("%s: %s", samples[i].file, dry);
      g_assert_cmpint (after, ==, before);
      real = run (way_of (i), text, FALSE);
      g_assert_cmpstr (dry, ==, real);
      before = wb_test_import_fingerprint (shop);
      g_assert_cmpint (before, !=, after);
      dry_again = run (way_of (i), text, TRUE);
      again = run (way_of (i), text, FALSE);
      g_assert_cmpstr (dry_again, ==, again);
      g_assert_cmpint (wb_test_import_fingerprint (shop), ==, before);
      g_assert_nonnull (strstr (again, "skus 0 customers 0"));
    }
}

/* Customers and products that many batches have in common are made, and counted, once. */
static void
test_dry_run_of_many (void)
{
  g_autoptr(GString) text = g_string_new ("no,at,mail,name,sku,item,q,price,land\n");
  g_autofree char *dry = NULL;
  g_autofree char *real = NULL;

  if (!open_shop ())
    return;
  for (guint i = 0; i < 3500; i++)
    g_string_append_printf (text, "X%u,2024-04-03,x%u@x.org,Kay,M-%u,Teapot,1,12.005,GB\n", i, i % 100, i % 70);
  dry = run ((WbTestImport) { .format = "csv", .map = lines_map, .channel = "many", .create_products = TRUE }, text->str, TRUE);
  real = run ((WbTestImport) { .format = "csv", .map = lines_map, .channel = "many", .create_products = TRUE }, text->str, FALSE);
  g_assert_cmpstr (dry, ==, real);
  g_assert_cmpstr (real, ==, "orders 3500/0/0/0 lines 3500=3500+0 value 42017.5 accepted 42017.5 imported 42035 adjusted 0 "
                             "skus 70 customers 100");
  g_assert_cmpint (wb_test_db_int (shop, "select count(*) from wb.customer where email ~ '^x[0-9]+@x.org' and orders_count = 35 "
                                         "and spent_minor = 35 * 1201"), ==, 100);
  g_assert_cmpint (wb_test_db_int (shop, "select count(*) from wb.sales_order where number ~ '^X[0-9]' and version = 1"), ==, 3500);
}

static void
test_woocommerce (void)
{
  static const struct
  {
    const char *number;
    const char *facts;
  } orders[] = {
    { "1001", "EUR 5890 shipped paid fulfilled 2" }, { "1002", "GBP 3774 processing paid unfulfilled 1" },
    { "1003", "EUR 3000 shipped partially_refunded fulfilled 1" }, { "1004", "USD 4286 cancelled pending unfulfilled 1" },
    { "1005", "JPY 3300 pending pending unfulfilled 1" },
  };
  g_autofree char *text = NULL;
  g_autofree char *told = NULL;

  if (!open_shop ())
    return;
  text = read_sample ("woocommerce-orders.json");
  told = run ((WbTestImport) { .format = "woocommerce-json", .channel = "woo" }, text, FALSE);
  g_assert_nonnull (strstr (told, "orders 5/0/0/1 lines 7=6+1"));
  g_assert_nonnull (strstr (told, "adjusted 0"));
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *query
        = g_strdup_printf ("select (concat_ws(' ', o.currency, total_minor, status, payment_status, "
                           "fulfilment_status, line_count) = '%s')::integer from wb.sales_order o join wb.sales_channel c "
                           "on c.id = o.channel_id where c.code = 'woo' and o.external_id = '%s'",
                           orders[i].facts, orders[i].number);

      g_test_message ("%s", query);
      g_assert_cmpint (wb_test_db_int (shop, query), ==, 1);
    }
  /* two of the orders are the same customer's, one is a guest's whom his e-mail address makes known */
  g_assert_cmpint (wb_test_db_int (shop, "select count(distinct o.customer_id) from wb.sales_order o join wb.sales_channel c "
                                         "on c.id = o.channel_id where c.code = 'woo'"), ==, 4);
  g_assert_cmpint (wb_test_db_int (shop, "select count(*) from wb.order_note n join wb.sales_order o on o.id = n.order_id "
                                         "where n.body like 'Please ring%otherwise.'"), >=, 1);
}

/* Wherever a file is cut: all that was read is accepted or refused, and no order is taken without its lines. */
static void
test_cut (void)
{
  if (!open_shop ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *text = read_sample (samples[i].file);

      g_free (run (way_of (i), text, FALSE));
      for (guint part = 1; part < 12; part++)
        {
          g_autofree char *piece = g_strndup (text, strlen (text) * part / 12);
          g_autofree char *told = run (way_of (i), piece, TRUE);
          const char *orders = strstr (told, "orders ");

          g_test_message ("%s %u/12: %s", samples[i].file, part, told);
          /* all of them are known already: none may look new, or changed, for having lost lines */
          g_assert_true (orders == NULL || g_str_has_prefix (orders, "orders 0/0/"));
        }
    }
}

static void
test_encodings (void)
{
  static const struct
  {
    const char *name;
    const char *mark;
    gsize n_mark;
  } encodings[] = {
    { "UTF-8", "", 0 }, { "UTF-8", "\xef\xbb\xbf", 3 }, { "ISO-8859-1", "", 0 }, { "WINDOWS-1252", "", 0 },
    { "UTF-16LE", "\xff\xfe", 2 }, { "UTF-16BE", "\xfe\xff", 2 },
  };
  const char *text = "no,at,mail,name,sku,item,q,price,land\nE1,2024-04-03,zoe@x.org,Zoë Müßig,S-TEA,Café,1,12,GB\n";

  if (!open_shop ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      g_autoptr(GString) bytes = g_string_new_len (encodings[i].mark, (gssize) encodings[i].n_mark);
      g_autofree char *channel = g_strdup_printf ("encoding%u", i);
      g_autofree char *query = g_strdup_printf ("select count(*) from wb.sales_order o join wb.order_line l on l.order_id = o.id join wb.sales_channel c "
                                                "on c.id = o.channel_id where c.code = '%s' and customer_name = 'Zoë Müßig' and l.name = 'Café'", channel);
      gsize length = 0;
      g_autofree char *encoded = g_convert (text, -1, encodings[i].name, "UTF-8", NULL, &length, NULL);
      g_autofree char *told = NULL;
      const WbTestImport how = { .format = "csv", .map = lines_map, .channel = channel };

      g_string_append_len (bytes, encoded, (gssize) length);
      told = wb_test_import_run (shop, &how, bytes->str, (gssize) bytes->len);
      g_test_message ("%s: %s", encodings[i].name, told);
      g_assert_cmpint (wb_test_db_int (shop, query), ==, 1);
    }
}

/* ---- What was refused ----------------------------------------------------------------------------------------- */

static char *
refuse (const char *channel,
        const char *rows,
        char      **file)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *path = g_build_filename (folder, "refused.csv", NULL);
  g_autofree char *text = g_strconcat ("no,at,mail,name,sku,item,q,price,land\n", rows, NULL);
  const WbTestImport how = { .format = "csv", .map = lines_map, .channel = channel, .refused_path = path };
  char *told = wb_test_import_run (shop, &how, text, -1);

  g_assert_true (g_file_get_contents (path, file, NULL, NULL));
  return told;
}

/* A spreadsheet must not calculate what a customer wrote, and what he wrote must come back. */
static void
test_formula (void)
{
  g_autofree char *refused = NULL;
  g_autofree char *told = NULL;
  g_autofree char *again = NULL;
  g_autoptr(GString) mended = NULL;

  if (!open_shop ())
    return;
  told = refuse ("formula", "F1,2024-04-03,f@x.org,\"=HYPERLINK(\"\"http://x\"\")\",'+S,\"@SUM(1,2)\",two,1,GB\n"
                            "F1,2024-04-03,f@x.org,\"=HYPERLINK(\"\"http://x\"\")\",-S-,-5,1,1,GB\n", &refused);
  g_assert_nonnull (strstr (told, "orders 0/0/0/1"));
  g_assert_nonnull (strstr (refused, ",\"'=HYPERLINK(\"\"http://x\"\")\",''+S,\"'@SUM(1,2)\",two,"));
  g_assert_nonnull (strstr (refused, ",'-S-,-5,1,"));
  mended = g_string_new (refused);
  g_string_replace (mended, ",two,", ",2,", 0);
  again = run ((WbTestImport) { .format = "csv", .map = lines_map, .channel = "formula" }, mended->str, FALSE);
  g_assert_nonnull (strstr (again, "orders 1/0/0/0"));
  g_assert_cmpint (wb_test_db_int (shop, "select count(*) from wb.sales_order o join wb.order_line l on l.order_id = o.id where o.number = 'F1' "
                                         "and customer_name = '=HYPERLINK(\"http://x\")' and (l.sku_code, l.name) in (('''+S', '@SUM(1,2)'), ('-S-', '-5'))"),
                   ==, 2);
}

/* An order whose lines do not stand together: the rest of it must not take the place of the whole. */
static void
test_part (void)
{
  g_autofree char *refused = NULL;
  g_autofree char *told = NULL;
  g_autofree char *again = NULL;

  if (!open_shop ())
    return;
  told = refuse ("part", "P1,2024-04-03,p@x.org,Pat,A,A,1,1,GB\nP2,2024-04-03,p@x.org,Pat,A,A,1,1,GB\nP1,2024-04-03,p@x.org,Pat,B,B,1,1,GB\n", &refused);
  g_assert_nonnull (strstr (told, "orders 2/0/0/1"));
  g_assert_nonnull (strstr (told, "its lines must stand together"));
  g_assert_nonnull (strstr (refused, "\"P1,2024-04-03,p@x.org,Pat,B,B,1,1,GB\""));
  again = run ((WbTestImport) { .format = "csv", .map = lines_map, .channel = "part" }, refused, FALSE);
  g_assert_nonnull (strstr (again, "the row was not mended"));
  g_assert_nonnull (strstr (again, "others 0/0/0/1 lines 1=0+1"));
  g_assert_cmpint (wb_test_db_int (shop, "select count(*) from wb.order_line l join wb.sales_order o on o.id = l.order_id where o.number = 'P1' and l.name = 'A'"), ==, 1);
}

/* What could not be read, and was not mended either, is no reason against the orders that were mended. */
static void
test_unmended (void)
{
  g_autofree char *refused = NULL;
  g_autofree char *told = NULL;
  g_autofree char *again = NULL;

  if (!open_shop ())
    return;
  told = refuse ("unmended", "U1,2024-04-03,p@x.org,Pat,A,A,1,1,GB\nU2,2024-04-03,p@x.org,\"P\"at,A,A,1,1,GB\nU3,2024-04-03,p@x.org,Pat,B,B,1,1,GB\n", &refused);
  g_assert_nonnull (strstr (told, "others 0/0/0/1 orders 0/0/0/2"));
  again = run ((WbTestImport) { .format = "csv", .map = lines_map, .channel = "unmended" }, refused, FALSE);
  g_assert_nonnull (strstr (again, "others 0/0/0/1 orders 2/0/0/0"));
}

/* The disk is full, or there is no such folder: told, and no half file is left. */
static void
test_no_room (void)
{
  g_autofree char *folder = NULL;
  g_autofree char *full = NULL;
  g_autofree char *nowhere = NULL;
  g_autofree char *told = NULL;
  g_autofree char *told_nowhere = NULL;
  g_autoptr(GString) text = g_string_new ("no,at,mail,name,sku,item,q,price,land\n");
  struct rlimit before = { 0 };
  struct rlimit small = { 0 };

  if (!open_shop ())
    return;
  folder = wb_test_folder ();
  full = g_build_filename (folder, "refused.csv", NULL);
  nowhere = g_build_filename (folder, "nowhere", "refused.csv", NULL);
  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (text, "Z%u,2024-04-03,z@x.org,Zed,A,A,two,1,GB\n", i);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 64 * 1024;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  told = wb_test_import_run (shop, &(WbTestImport) { .format = "csv", .map = lines_map, .channel = "room", .refused_path = full }, text->str, -1);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_true (g_str_has_prefix (told, "failed: the file of refused rows cannot be written, it needs another place: "));
  g_assert_false (g_file_test (full, G_FILE_TEST_EXISTS));
  told_nowhere = wb_test_import_run (shop, &(WbTestImport) { .format = "csv", .map = lines_map, .channel = "room", .refused_path = nowhere }, text->str, -1);
  g_assert_true (g_str_has_prefix (told_nowhere, "failed: the file of refused rows cannot be written, it needs another place: "));
}

int
main (int   argc,
      char *argv[])
{
  int status = 0;

  wb_test_init (&argc, &argv);
  g_test_add_func ("/import-files/dry-run-tells-what-happens", test_dry_run);
  g_test_add_func ("/import-files/dry-run-of-many", test_dry_run_of_many);
  g_test_add_func ("/import-files/woocommerce-orders", test_woocommerce);
  g_test_add_func ("/import-files/cut-anywhere", test_cut);
  g_test_add_func ("/import-files/encodings", test_encodings);
  g_test_add_func ("/import-files/refused/formula", test_formula);
  g_test_add_func ("/import-files/refused/part-of-an-order", test_part);
  g_test_add_func ("/import-files/refused/unmended", test_unmended);
  g_test_add_func ("/import-files/refused/no-room", test_no_room);
  status = g_test_run ();
  g_clear_object (&shop);
  g_free (shop_conninfo);
  g_free (lines_map);
  return status;
}
