/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/wb-conninfo.h"
#include "db/wb-demo.h"
#include "db/wb-migrate.h"
#include "tests/db/wb-test-db.h"
#include "tests/db/wb-test-shop.h"

/* Triggers and foreign keys rest: each row is put down as it shall be. $1 is the number of orders. */
static const char *const fill[] = {
  "insert into wb.staff (login, display_name) values ('ann', 'Ann'), ('bob', 'Bob')",
  "insert into wb.warehouse (code, name) values ('north', 'North'), ('south', 'South')",
  "insert into wb.sales_channel (code, name, warehouse_id) values ('web', 'Web', 1), ('phone', 'Phone', 1), ('EBAY', 'eBay', 2)",
  "insert into wb.carrier (code, name) values ('royal', 'Royal'), ('dhl', 'DHL')",
  "insert into wb.carrier_service (carrier_id, code, name, max_weight_g) values (1, 'std', 'Standard', 20000), "
  "(2, 'exp', 'Express', 30000)",
  "insert into wb.product (code, name, brand) select 'P' || i, 'Product ' || i, (array['', 'Acme', 'Žluť'])[1 + i % 3] "
  "from generate_series(1, 50) i",
  "insert into wb.sku (product_id, code, name, category, price, price_currency, on_hand, reserved, weight_g, stocked, active) "
  "select 1 + i % 50, (array['AB-', 'cd-', 'Ef_'])[1 + i % 3] || i, (array['Mug ', 'Große Tasse ', '50% off '])[1 + i % 3] || i, "
  "(array['', 'Kitchen', 'Kitchen > Mugs'])[1 + i % 3], i % 40 + i * 0.0015, (array['GBP', 'EUR', 'JPY'])[1 + i % 3], i % 30, "
  "least(i % 7, i % 30), i % 2500, i % 9 <> 0, i % 11 <> 0 from generate_series(1, 400) i",
  "insert into wb.barcode (code, sku_id, quantity) select '40063813' || lpad(i::text, 5, '0'), 1 + i % 300, 1 + i % 12 "
  "from generate_series(1, 500) i",
  "insert into wb.customer (number, name, company, kind, email, phone, currency, country, segment, status, registered_at, "
  "orders_count, spent_minor, last_order_at, tags, email_allowed, note, language) "
  "select 'C' || (10000 + i), (array['Ann Miller', 'Müller & Söhne', 'Zoë Ångström', 'O''Brien', 'ann miller', 'Łukasz', "
  "'100% Ltd', 'under_score'])[1 + i % 8] || case when i % 5 = 0 then '' else ' ' || i % 700 end, "
  "case when i % 3 = 0 then 'Firma ' || i % 100 else '' end, case when i % 3 = 0 then 'company' else 'person' end, "
  "case when i % 7 = 0 then '' else 'User' || i || '@example.' || (array['org', 'com', 'net'])[1 + i % 3] end, "
  "case when i % 4 = 0 then '' else '+44 (20) ' || 7000000 + i end, (array['GBP', 'EUR', 'JPY', 'KWD'])[1 + i % 4], "
  "(array['GB', 'DE', 'US', null, 'FR'])[1 + i % 5], (array['new', 'retail', 'vip', 'wholesale'])[1 + i % 4], "
  "(array['active', 'inactive', 'suspended', 'attention'])[1 + i / 3 % 4], "
  "timestamptz '2024-01-01 00:00+00' + i * interval '7 hours', i % 12, i % 1000 * 137, "
  "case when i % 12 = 0 then '-infinity' else timestamptz '2025-01-01 00:00+00' + i * interval '3 hours' end, "
  "case when i % 6 = 0 then array['Gold', 'press'] when i % 6 = 1 then array['gold'] else '{}' end, i % 2 = 0, "
  "case when i % 9 = 0 then 'careful' else '' end, (array['en', 'de', 'fr'])[1 + i % 3] from generate_series(1, 2000) i",
  "insert into wb.sales_order (number, channel_id, external_id, placed_at, currency, customer_id, customer_name, customer_email, "
  "purchase_order, rush, gift, test, shipping_method, service_id, warehouse_id, ship_by, ship_name, ship_city, ship_postcode, "
  "ship_country, tags, assigned_to, cancelled_at, line_count, piece_count, weight_g, goods_minor, discount_minor, shipping_minor, "
  "tax_minor, total_minor, captured_minor, refunded_minor, payment_method, status, payment_status, fulfilment_status, stage, "
  "stage_since, priority, priority_reasons, held, hold_reason, trouble, next_action, note_count, tracking, shipped_at, "
  "delivered_at) "
  "select (array['', 'WB-', 'wb-', 'Wb-'])[1 + i % 4] || (100000 + i), 1 + i % 3, case when i % 5 = 0 then 'ext/' || i end, "
  "timestamptz '2025-10-01 00:00+00' - (i::bigint * 7919 % 90000) * interval '11 minutes' + (i % 3) * interval '1 microsecond', "
  "(array['GBP', 'EUR', 'JPY', 'KWD'])[1 + i % 4], c.id, coalesce(c.name, ''), coalesce(c.email, ''), "
  "case when i % 10 = 0 then 'PO-' || i else '' end, i % 13 = 0, i % 17 = 0, i % 101 = 0, "
  "(array['Standard', 'Express', '', 'Click & Collect'])[1 + i % 4], case when i % 6 <> 0 then 1 + i % 2 end, "
  "case when i % 7 <> 0 then 1 + i % 2 end, "
  "case when i % 11 = 0 then 'infinity' else timestamptz '2025-10-02 12:00+00' + (i % 400) * interval '1 hour' end, "
  "coalesce(c.name, 'Nobody'), (array['London', 'München', '', 'New York', 'São Paulo'])[1 + i % 5], "
  "(array['N1 9GU', '80331', '', '10001'])[1 + i % 4], (array['GB', 'DE', null, 'US'])[1 + i % 4], "
  "case when i % 8 = 0 then array['gift', 'VIP'] when i % 8 = 1 then array['o''x', '50%'] else '{}' end, "
  "case when i % 9 < 2 then 1 + i % 9 end, case when i % 20 = 0 then timestamptz '2025-09-01 00:00+00' + i * interval '1 minute' end, "
  "1 + i % 6, 1 + i % 15, i % 5000, 1000 + i % 9000, i % 3 * 50, 500, i % 700, 1500 + i % 9000 - i % 3 * 50, i % 5000, "
  "case when i % 19 = 0 then least(i % 5000, 100) else 0 end, (array['card', 'PayPal', ''])[1 + i % 3], "
  "(array['pending', 'processing', 'shipped', 'delivered', 'cancelled'])[1 + i * 7 % 5], "
  "(array['pending', 'authorised', 'partially_paid', 'paid', 'partially_refunded', 'refunded', 'voided', 'failed'])[1 + i * 3 % 8], "
  "(array['unfulfilled', 'partially_fulfilled', 'fulfilled', 'partially_returned', 'returned'])[1 + i / 5 % 5], "
  "(array['new', 'verified', 'ready_to_pack', 'packing', 'shipped', 'on_hold'])[1 + i / 7 % 6], "
  "timestamptz '2025-09-20 00:00+00' + (i % 1000) * interval '17 minutes', (array[0, 0, 0, 10, 20, -5])[1 + i % 6], "
  "case when i % 12 = 0 then array['rush', 'vip'] else '{}' end, i % 15 = 0, case when i % 15 = 0 then 'payment' else '' end, "
  "case when i % 14 = 0 then array['stock', 'late'] when i % 14 = 1 then array['address'] else '{}' end, "
  "(array['', '', '', 'collect payment', 'check address'])[1 + i % 5], case when i % 4 = 0 then i % 6 else 0 end, "
  "case when i % 3 = 0 then '1Z999AA1' || lpad(i::text, 10, '0') else '' end, "
  "case when i % 3 = 0 then timestamptz '2025-10-01 08:00+00' - (i % 500) * interval '1 hour' else 'infinity' end, "
  "case when i % 6 = 0 then timestamptz '2025-10-03 08:00+00' - (i % 500) * interval '1 hour' else 'infinity' end "
  "from generate_series(1, $1::int) i left join wb.customer c on c.id = case when i % 25 <> 0 then 1 + i % 2000 end "
  "order by i",
  "insert into wb.order_line (order_id, position, sku_id, sku_code, name, quantity, minor_digits, unit_price, discount_minor, "
  "tax_minor, weight_g, gift_wrap, shipped_qty) "
  "select o.id, p, s.id, coalesce(s.code, ''), coalesce(s.name, 'Gone'), 1 + (o.id + p) % 12, 2, 9.99 + p * 0.0015, p, 20 * p, "
  "coalesce(s.weight_g, 0), o.id % 5 = 0, (o.id + p) % 2 from wb.sales_order o cross join generate_series(1, 2) p "
  "left join wb.sku s on s.id = case when o.id % 30 <> 0 then 1 + (o.id * 7 + p) % 400 end where o.id % 40 <> 0 "
  "order by o.id, p",
  "insert into wb.print (document, document_id, title, printer, order_id, at, actor, reason, copy) "
  "select (array['label', 'pick-list', 'command-sheet'])[1 + i % 3], 'print-' || i, 'Label Ä' || i, (array['Zebra', 'Büro'])[1 + i % 2], "
  "case when i % 3 < 2 then i end, '2026-06-01 08:00+00'::timestamptz + i * interval '37 minutes', (array['ann', 'bob'])[1 + i % 2], "
  "case when i % 5 = 0 then 'torn' else '' end, 1 + (i % 5 = 0)::integer from generate_series(1, 60) i",
  "analyze",
};

static void
migrate (WbDb *db)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  wb_migrate_async (db, NULL, NULL, NULL, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  wb_migrate_finish (db, result, &error);
  g_assert_no_error (error);
}

static void
make (WbDb *db,
      guint n_orders)
{
  g_autoptr(GAsyncResult) opened = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbSession) session = NULL;

  _wb_db_session_async (db, WB_DB_LANE_BULK, NULL, wb_test_store_result, &opened);
  wb_test_await (opened);
  session = _wb_db_session_finish (db, opened, &error);
  g_assert_no_error (error);
  for (guint i = 0; i <= G_N_ELEMENTS (fill); i++)
    {
      g_autofree char *sql = NULL;
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(WbDbResult) rows = NULL;
      g_auto(GStrv) pieces = i > 0 ? g_strsplit (fill[i - 1], "$1", 2) : NULL;

      sql = i == 0 ? g_strdup ("set session_replication_role = replica")
            : pieces[1] != NULL ? g_strdup_printf ("%s%u%s", pieces[0], n_orders, pieces[1])
                                : g_strdup (fill[i - 1]);
      _wb_db_session_query_async (session, sql, NULL, NULL, wb_test_store_result, &result);
      wb_test_wait_until (result != NULL || g_test_failed ());
      rows = _wb_db_query_finish (db, result, &error);
      g_assert_no_error (error);
    }
}

WbDb *
wb_test_shop_open (guint n_orders)
{
  static gboolean made = FALSE;
  WbDb *db = wb_test_db_open (NULL);

  if (db == NULL || made)
    return db;
  made = TRUE;
  migrate (db);
  make (db, n_orders);

  return db;
}

WbDb *
wb_test_shop_open_demo (guint n_orders,
                        const char *now)
{
  const WbDemoOptions options = { .orders = n_orders, .seed = 7, .now = now };
  g_autoptr(WbDb) server = wb_test_db_open (NULL);
  g_autofree char *conninfo = server != NULL ? wb_conninfo_set (wb_test_database (), "dbname", "demo") : NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  WbDb *db = NULL;

  if (server == NULL)
    return NULL;
  if (wb_test_db_int (server, "select count(*) from pg_database where datname = 'demo'") > 0)
    return wb_test_db_open (conninfo);
  wb_test_db_run (server, "create database demo");
  db = wb_test_db_open (conninfo);
  migrate (db);
  wb_demo_make_async (db, &options, NULL, NULL, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  wb_demo_make_finish (db, result, &error);
  g_assert_no_error (error);

  return db;
}
