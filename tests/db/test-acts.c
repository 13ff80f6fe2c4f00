/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Acts through the client, and what pages read of them. */
#include "config.h"

#include "db/wb-acts.h"
#include "db/wb-db-error.h"
#include "db/wb-page-store.h"
#include "db/wb-session-store.h"
#include "tests/db/wb-test-db.h"
#include "tests/db/wb-test-shop.h"

static gint64 order_id;

/* A shop of one product and one paid order with stock behind it. */
static WbDb *
open_shop (void)
{
  static const char *const statements[] = {
    "insert into wb.warehouse (code, name) values ('TST', 'Test house')",
    "insert into wb.bin (warehouse_id, code, walk) select id, 'A-1', 1 from wb.warehouse where code = 'TST'",
    "insert into wb.sales_channel (code, name, warehouse_id, number_prefix) "
    "select 'tst', 'Test', id, 'T' from wb.warehouse where code = 'TST'",
    "insert into wb.product (code, name) values ('TST', 'Teapot')",
    "insert into wb.sku (product_id, code, name, price, weight_g) "
    "select id, 'TST-1', 'Teapot, blue', 12.345, 800 from wb.product where code = 'TST'",
    "select api.stock_receive(gen_random_uuid(), 'TST', 'A-1', 'TST-1', 10)",
    "select api.order_create('5f000000-0000-4000-8000-000000000001', '{\"channel\": \"tst\", "
    "\"customer\": {\"name\": \"Žofie Müller\", \"email\": \"z@example.org\"}, "
    "\"shipping\": {\"name\": \"Žofie Müller\", \"line1\": \"4 High Street\", \"city\": \"Leeds\", \"postcode\": \"LS1 1AA\", "
    "\"country\": \"GB\"}, \"lines\": [{\"sku\": \"TST-1\", \"quantity\": 3, \"tax\": {\"name\": \"VAT\", \"rate\": 0.2}}], "
    "\"charges\": [{\"kind\": \"shipping\", \"amount_minor\": 450}]}')",
  };
  WbDb *db = wb_test_shop_open (20);

  if (db == NULL || order_id != 0)
    return db;
  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    wb_test_db_run (db, statements[i]);
  order_id = wb_test_db_int (db, "select id from wb.sales_order where number like 'T%' and channel_id = "
                                 "(select id from wb.sales_channel where code = 'tst')");
  wb_test_db_run (db, "select api.order_pay(gen_random_uuid(), (select max(id) from wb.sales_order), 'capture', 4154, 'card')");
  return db;
}

static WbOrder *
read_order (WbDb *db, gint64 id, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  wb_page_store_order_async (db, id, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  return wb_page_store_order_finish (db, result, error);
}

static void
test_page (void)
{
  g_autoptr(WbDb) db = open_shop ();
  g_autoptr(WbOrder) order = NULL;
  g_autoptr(GError) error = NULL;
  const WbOrderLine *line = NULL;

  if (db == NULL)
    return;
  order = read_order (db, order_id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (order->order->customer_name, ==, "Žofie Müller");
  g_assert_cmpstr (order->order->status, ==, "processing");
  g_assert_cmpstr (order->order->payment_status, ==, "paid");
  g_assert_cmpstr (order->order->stage, ==, "ready_to_pack");
  g_assert_null (order->order->shipped_at); /* infinity is no moment */
  g_assert_nonnull (order->order->placed_at);
  g_assert_cmpint (order->lines->len, ==, 1);
  line = g_ptr_array_index (order->lines, 0);
  /* a price finer than the currency stays exact; the line is rounded half away from zero: 37.035 -> 37.04 */
  g_assert_cmpint (line->unit_price.mantissa, ==, 12345);
  g_assert_cmpint (line->unit_price.scale, ==, 3);
  g_assert_cmpint (line->gross_minor, ==, 3704);
  g_assert_cmpint (line->reserved_qty, ==, 3);
  g_assert_cmpint (order->order->total_minor, ==, 3704 + 450);
  g_assert_null (order->customer);
  g_assert_nonnull (order->addresses->shipping);
  g_assert_nonnull (order->job);
  g_assert_cmpstr (order->job->state, ==, "open");
}

static void
test_missing (void)
{
  g_autoptr(WbDb) db = open_shop ();
  g_autoptr(GError) error = NULL;

  if (db == NULL)
    return;
  g_assert_null (read_order (db, 999999999, &error));
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_NOT_FOUND);
}

static void
test_hold_and_undo (void)
{
  g_autoptr(WbDb) db = open_shop ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GAsyncResult) held = NULL;
  g_autoptr(GAsyncResult) undone = NULL;
  g_autoptr(GAsyncResult) again = NULL;
  g_autoptr(WbActResult) act = NULL;
  g_autoptr(WbActResult) undo = NULL;
  g_autoptr(WbActResult) twice = NULL;
  g_autoptr(WbOrder) during = NULL;
  g_autoptr(WbOrder) after = NULL;

  if (db == NULL)
    return;
  wb_acts_order_hold_async (db, &order_id, 1, "fraud", "odd address", NULL, wb_test_store_result, &held);
  wb_test_await (held);
  act = wb_acts_finish (db, held, &error);
  g_assert_no_error (error);
  g_assert_cmpint (act->done, ==, 1);
  during = read_order (db, order_id, &error);
  g_assert_true (during->order->held);
  g_assert_cmpstr (during->order->stage, ==, "on_hold");
  g_assert_null (during->job); /* a held order is in no queue */

  wb_acts_undo_async (db, act->act_id, NULL, wb_test_store_result, &undone);
  wb_test_await (undone);
  undo = wb_acts_finish (db, undone, &error);
  g_assert_no_error (error);
  after = read_order (db, order_id, &error);
  g_assert_false (after->order->held);
  g_assert_cmpstr (after->order->stage, ==, "ready_to_pack");
  g_assert_nonnull (after->job);

  wb_acts_undo_async (db, act->act_id, NULL, wb_test_store_result, &again);
  wb_test_await (again);
  twice = wb_acts_finish (db, again, &error);
  g_assert_null (twice);
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_REFUSED);
}

static void
test_refusals (void)
{
  g_autoptr(WbDb) db = open_shop ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(WbActResult) act = NULL;

  if (db == NULL)
    return;
  wb_acts_order_move_async (db, &order_id, 1, "delivered", "", NULL, wb_test_store_result, &result);
  wb_test_await (result);
  act = wb_acts_finish (db, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (act->done, ==, 0);
  g_assert_cmpint (act->refused->len, ==, 1);
  g_assert_nonnull (strstr (((WbActRefusal *) g_ptr_array_index (act->refused, 0))->why, "cannot be moved"));
}

static void
test_conflict (void)
{
  g_autoptr(WbDb) db = open_shop ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GAsyncResult) first = NULL;
  g_autoptr(GAsyncResult) second = NULL;
  g_autoptr(WbActResult) act = NULL;
  g_autoptr(WbActResult) late = NULL;
  gint64 id = 0;

  if (db == NULL)
    return;
  wb_test_db_run (db, "select api.customer_create(gen_random_uuid(), '{\"name\": \"Conny Flict\"}')");
  id = wb_test_db_int (db, "select id from wb.customer where name = 'Conny Flict'");
  wb_acts_customer_update_async (db, id, 1, "{\"phone\": \"1\"}", "", NULL, wb_test_store_result, &first);
  wb_test_await (first);
  act = wb_acts_finish (db, first, &error);
  g_assert_no_error (error);
  wb_acts_customer_update_async (db, id, 1, "{\"phone\": \"2\"}", "", NULL, wb_test_store_result, &second);
  wb_test_await (second);
  late = wb_acts_finish (db, second, &error);
  g_assert_null (late);
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_CONFLICT);
  g_assert_cmpint (wb_test_db_int (db, "select phone::int from wb.customer where name = 'Conny Flict'"), ==, 1);
}

static void
test_history (void)
{
  g_autoptr(WbDb) db = open_shop ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GAsyncResult) noted = NULL;
  g_autoptr(GAsyncResult) read = NULL;
  g_autoptr(WbActResult) act = NULL;
  g_autoptr(GPtrArray) changes = NULL;
  gboolean found = FALSE;

  if (db == NULL)
    return;
  wb_acts_order_rush_async (db, &order_id, 1, TRUE, NULL, wb_test_store_result, &noted);
  wb_test_await (noted);
  act = wb_acts_finish (db, noted, &error);
  g_assert_no_error (error);
  wb_page_store_history_async (db, order_id, 0, NULL, wb_test_store_result, &read);
  wb_test_await (read);
  changes = wb_page_store_history_finish (db, read, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < changes->len; i++)
    {
      const WbChange *change = g_ptr_array_index (changes, i);

      if (g_strcmp0 (change->act_id, act->act_id) != 0)
        continue;
      g_assert_cmpstr (change->act, ==, "order_rush");
      g_assert_true (change->undoable);
      for (guint j = 0; j < change->fields->len; j++)
        {
          const WbChangeField *field = g_ptr_array_index (change->fields, j);

          if (!g_str_equal (field->name, "rush"))
            continue;
          g_assert_cmpstr (field->old, ==, "false");
          g_assert_cmpstr (field->now, ==, "true");
          found = TRUE;
        }
    }
  g_assert_true (found);
}

static void
test_sign_in (void)
{
  g_autoptr(WbDb) db = open_shop ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(WbSession) session = NULL;

  if (db == NULL)
    return;
  wb_session_store_sign_in_async (db, "test@here", "test", NULL, wb_test_store_result, &result);
  wb_test_await (result);
  session = wb_session_store_sign_in_finish (db, result, &error);
  g_assert_no_error (error);
  g_assert_true (wb_session_has_role (session, "admin"));
  g_assert_true (wb_session_has_role (session, "packer"));
  g_assert_cmpstr (session->shop_currency, ==, "GBP");
  g_assert_false (session->read_only);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/acts/page", test_page);
  g_test_add_func ("/acts/page/missing", test_missing);
  g_test_add_func ("/acts/hold-and-undo", test_hold_and_undo);
  g_test_add_func ("/acts/refused-with-a-reason", test_refusals);
  g_test_add_func ("/acts/conflict", test_conflict);
  g_test_add_func ("/acts/history", test_history);
  g_test_add_func ("/acts/sign-in", test_sign_in);
  return g_test_run ();
}
