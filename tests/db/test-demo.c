/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/wb-conninfo.h"
#include "db/wb-demo.h"
#include "db/wb-migrate.h"
#include "tests/db/wb-test-db.h"

#define ORDERS 500
#define NOW "2026-11-25T15:00Z"

/* What must find nothing in a shop of any size. */
static const struct
{
  const char *name;
  const char *sql;
} rules[] = {
  { "facts-are-those-of-order-facts",
    "select o.number || ' ' || x.k from wb.sales_order o"
    " join wb.order_facts ((select array_agg (id) from wb.sales_order)) f on f.id = o.id"
    " cross join lateral jsonb_each (to_jsonb (f) - 'ready') x (k, v)"
    " where to_jsonb (o) -> x.k is distinct from x.v" },
  { "parts-add-up",
    "select o.number from wb.sales_order o"
    " join (select order_id, sum (gross_minor) as gross, sum (discount_minor) as discount,"
    "              sum (tax_minor) as tax from wb.order_line group by 1) l on l.order_id = o.id"
    " left join (select order_id, sum (amount_minor) as tax from wb.order_tax group by 1) t on t.order_id = o.id"
    " where l.gross <> o.goods_minor or l.discount <> o.discount_minor"
    "    or coalesce (t.tax, 0) <> o.tax_minor or l.tax > o.tax_minor" },
  { "refunds-are-for-lines",
    "select p.id from wb.payment p join (select payment_id, sum (amount_minor) as amount"
    " from wb.refund_line group by 1) r on r.payment_id = p.id where r.amount <> p.amount_minor" },
  { "ledger-is-levels", "select sku || ' ' || place from api.stock_check ()" },
  { "promises-are-kept-with-the-line",
    "select l.id from wb.order_line l left join (select line_id, sum (quantity) as quantity"
    " from wb.reservation group by 1) r on r.line_id = l.id"
    " where coalesce (r.quantity, 0) <> l.reserved_qty" },
  { "check-digits",
    "select code from wb.barcode where kind in ('ean', 'itf') and"
    " (select sum (substr (code, n, 1)::int * case (length (code) - n) % 2 when 1 then 3 else 1 end)"
    "    from generate_series (1, length (code)) n) % 10 <> 0" },
  { "parcel-numbers",
    "select sscc from wb.parcel where (select sum (substr (sscc, n, 1)::int"
    " * case n % 2 when 1 then 3 else 1 end) from generate_series (1, 18) n) % 10 <> 0" },
  { "every-stage", "select code from wb.stage except select stage from wb.sales_order" },
  { "every-trouble",
    "select unnest (array['stock', 'product', 'payment', 'address', 'review', 'instructions'])"
    " except select unnest (trouble) from wb.sales_order" },
  { "every-hold", "select code from wb.hold_reason except select reason_code from wb.hold where released_at is null" },
  { "every-role",
    "select r from unnest (array['admin', 'manager', 'sales', 'support', 'packer', 'analyst', 'gateway',"
    " 'worker']) r where not exists (select from api.staff where r = any (roles))" },
  { "promised-days", "select number from wb.sales_order where ship_by <> wb.promise (warehouse_id, placed_at)" },
  { "ready-orders-have-a-job",
    "select number from wb.sales_order o where next_action = 'pack'"
    " and not exists (select from wb.job j where j.order_id = o.id and j.state = 'open')" },
  { "nothing-after-now",
    "select number from wb.sales_order where placed_at > '" NOW "' or stage_since > '" NOW "'" },
  { "customers-sums",
    "select c.number from wb.customer c left join (select customer_id, count (*) as n,"
    " max (placed_at) as last from wb.sales_order where cancelled_at is null group by 1) o"
    " on o.customer_id = c.id where c.orders_count <> coalesce (o.n, 0)"
    "    or c.last_order_at <> coalesce (o.last, '-infinity')" },
  { "triggers-are-on-again",
    "select tgrelid::regclass || ' ' || tgname from pg_trigger where tgenabled = 'D'" },
  { "scratch-is-gone", "select nspname from pg_namespace where nspname = 'demo'" },
};

static WbDb *shop;

static WbDb *
open_new_database (const char *name)
{
  g_autofree char *conninfo = wb_conninfo_set (wb_test_database (), "dbname", name);
  g_autofree char *sql = g_strdup_printf ("create database %s", name);
  g_autoptr (WbDb) server = wb_test_db_open (NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WbDb *db = NULL;

  wb_test_db_run (server, sql);
  db = wb_test_db_open (conninfo);
  wb_migrate_async (db, NULL, NULL, NULL, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  wb_migrate_finish (db, result, &error);
  g_assert_no_error (error);
  return db;
}

static gboolean
make (WbDb *db, gint64 orders, GCancellable *cancellable, WbDemoProgress progress, gpointer data,
      GError **error)
{
  const WbDemoOptions options = { .orders = orders, .seed = 7, .now = NOW };
  g_autoptr (GAsyncResult) result = NULL;

  wb_demo_make_async (db, &options, progress, data, cancellable, wb_test_store_result, &result);
  wb_test_await (result);
  return wb_demo_make_finish (db, result, error);
}

static char *
ask (WbDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbDbResult) rows = wb_test_db_query (db, sql, NULL, &error);

  g_assert_no_error (error);
  return g_strdup (_wb_db_result_get_n_rows (rows) > 0 ? _wb_db_result_get_text (rows, 0, 0) : NULL);
}

static gboolean
have_shop (void)
{
  g_autoptr (GError) error = NULL;

  if (wb_test_database () == NULL)
    {
      g_test_skip ("no database server");
      return FALSE;
    }
  if (shop == NULL)
    {
      shop = open_new_database ("shop");
      make (shop, ORDERS, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
    }
  return TRUE;
}

static void
test_rule (gconstpointer data)
{
  const char *sql = data;
  g_autofree char *found = NULL;

  if (!have_shop ())
    return;
  found = ask (shop, sql);
  g_assert_cmpstr (found, ==, NULL);
}

static void
test_size (void)
{
  if (!have_shop ())
    return;
  g_assert_cmpint (wb_test_db_int (shop, "select count(*) from wb.sales_order"), ==, ORDERS);
  g_assert_cmpint (wb_test_db_int (shop, "select count(*) from wb.product"), >=, 400);
  g_assert_cmpint (wb_test_db_int (shop, "select count(*) from wb.sku"), >=, 1100);
  g_assert_cmpint (wb_test_db_int (shop, "select count(*) from wb.sku where price = 0.0015"), >, 0);
  g_assert_cmpint (wb_test_db_int (shop, "select count(distinct ship_country) from wb.sales_order"), >, 12);
  g_assert_cmpint (wb_test_db_int (shop, "select count(distinct currency) from wb.sales_order"), >, 5);
}

static void
test_same_seed_same_shop (void)
{
  static const char *const tables[] = { "sales_order", "order_line", "customer", "address", "payment", "stock_level",
                                        "shipment",    "parcel",     "job",      "hold",    "order_note" };
  g_autoptr (WbDb) other = NULL;
  g_autoptr (GError) error = NULL;

  if (!have_shop ())
    return;
  other = open_new_database ("same");
  make (other, ORDERS, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "select md5 (string_agg (x, '|' order by x)) from"
          " (select (to_jsonb (t) - 'updated_at' - 'created_at')::text as x from wb.%s t) y",
          tables[i]);
      g_autofree char *one = ask (shop, sql);
      g_autofree char *two = ask (other, sql);

      g_test_message ("%s", tables[i]);
      g_assert_cmpstr (one, ==, two);
    }
}

static void
test_full_is_refused (void)
{
  g_autoptr (GError) error = NULL;

  if (!have_shop ())
    return;
  g_assert_false (make (shop, 10, NULL, NULL, NULL, &error));
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_REFUSED);
  g_assert_cmpstr (wb_db_error_get_detail (error), ==, "not-empty");
  g_assert_cmpint (wb_test_db_int (shop, "select count(*) from wb.sales_order"), ==, ORDERS);
}

/* Numbers go on behind the demo's, and acts work on what it made. */
static void
test_goes_on (void)
{
  if (!have_shop ())
    return;
  wb_test_db_run (shop, "select api.order_create (gen_random_uuid (), jsonb_build_object ('channel', 'web-gb',"
                        " 'lines', '[{\"sku\": \"BLK01-50G\", \"quantity\": 2}]'::jsonb))");
  wb_test_db_run (shop, "select api.job_next (gen_random_uuid (), 'P1')");
  g_assert_cmpint (wb_test_db_int (shop, "select count(*) from wb.news where topic = 'order' and ids is not null"), >, 0);
  wb_test_db_run (shop, "delete from wb.job where station_id = (select id from wb.station where code = 'P1') and state = 'claimed'");
  wb_test_db_run (shop, "delete from wb.sales_order where id = (select max (id) from wb.sales_order)");
}

static void
cancel_cb (const char *step, double fraction, gpointer user_data)
{
  if (fraction > 0.1)
    g_cancellable_cancel (user_data);
}

static void
test_stopped_has_never_been (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (WbDb) db = NULL;
  g_autoptr (GError) error = NULL;

  if (!have_shop ())
    return;
  db = open_new_database ("stopped");
  g_assert_false (make (db, 300, cancellable, cancel_cb, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (wb_test_db_int (db, "select count(*) from wb.customer"), ==, 0);
  g_assert_cmpint (wb_test_db_int (db, "select count(*) from wb.warehouse"), ==, 0);
}

int
main (int argc, char **argv)
{
  int status = 0;

  wb_test_init (&argc, &argv);
  g_test_add_func ("/demo/size", test_size);
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autofree char *path = g_strconcat ("/demo/", rules[i].name, NULL);

      g_test_add_data_func (path, rules[i].sql, test_rule);
    }
  g_test_add_func ("/demo/same-seed-same-shop", test_same_seed_same_shop);
  g_test_add_func ("/demo/full-is-refused", test_full_is_refused);
  g_test_add_func ("/demo/goes-on", test_goes_on);
  g_test_add_func ("/demo/stopped-has-never-been", test_stopped_has_never_been);
  status = g_test_run ();
  g_clear_object (&shop);
  return status;
}
