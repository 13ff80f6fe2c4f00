/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Acts that meet: each takes its locks in the one order that db/README.md names, or two of them could wait for each other in a
 * circle. A third session holds a lock that stops the first act half-way and lets it go when the second has run into the first.
 */
#include "config.h"

#include "db/wb-db-error.h"
#include "tests/db/wb-test-db.h"
#include "tests/db/wb-test-shop.h"

#define ORDER(number) "(select id from wb.sales_order where number = '" number "')"
#define JOB(number) "(select j.id from wb.job j where j.order_id = " ORDER (number) " and j.state in ('open', 'claimed', 'aside'))"
#define CUSTOMER "(select id from wb.customer where number = 'LCK')"

typedef struct
{
  const char *name;
  const char *prepare[10];
  const char *held;    /* what the third session locks */
  const char *first;
  const char *second;
} Meeting;

static const Meeting meetings[] = {
  { "ship-and-receive",
    { "select pg_temp.add_order('SR', 'LCK-1', '2')", "select api.job_take(gen_random_uuid(), " JOB ("SR") ", 'L1')",
      "select api.job_label(gen_random_uuid(), " JOB ("SR") ", 'L1', jsonb_build_array(jsonb_build_object('parcel', 1, 'weight_g', 900, "
      "'items', (select jsonb_agg(jsonb_build_object('line_id', id, 'quantity', quantity)) from wb.order_line where order_id = "
      ORDER ("SR") "))))" },
    "select from wb.sku where code = 'LCK-1' for no key update",
    "select api.job_ship(gen_random_uuid(), " JOB ("SR") ", 'L1')",
    "select api.stock_receive(gen_random_uuid(), 'LCK', 'A-1', 'LCK-1', 5)" },

  { "count-and-cancel",
    { "select pg_temp.add_order('CC', 'LCK-2', '5')" },
    "select from wb.sku where code = 'LCK-2' for no key update",
    "select api.stock_count(gen_random_uuid(), 'LCK', 'A-1', 'LCK-2', 1)",
    "select api.order_cancel(gen_random_uuid(), array[" ORDER ("CC") "], 'test')" },

  { "receive-and-pay",
    { "select pg_temp.add_order('RW', 'LCK-3', '30', 'LCK-4', '30')", "select pg_temp.new_order('RP', 'LCK-3', '1', 'LCK-4', '1')" },
    "select from wb.sku where code = 'LCK-4' for no key update",
    "select api.stock_receive(gen_random_uuid(), 'LCK', 'A-1', 'LCK-4', 25)",
    "select api.order_pay(gen_random_uuid(), " ORDER ("RP") ", 'authorisation', 100000, 'card')" },

  { "segment-and-pay",
    { "select api.customer_create(gen_random_uuid(), '{\"name\": \"Lock\", \"number\": \"LCK\"}')",
      "select pg_temp.new_order('SP1', 'LCK-1', '1')", "select pg_temp.new_order('SP2', 'LCK-1', '1')",
      "update wb.sales_order set customer_id = " CUSTOMER " where number in ('SP1', 'SP2')" },
    "select from wb.sales_order where number = 'SP1' for no key update",
    "select api.customer_update(gen_random_uuid(), " CUSTOMER ", (select version from wb.customer where number = 'LCK'), "
    "'{\"segment\": \"vip\"}')",
    "select api.order_pay(gen_random_uuid(), " ORDER ("SP2") ", 'capture', 1000, 'card')" },

  { "undo-and-note",
    { "select pg_temp.new_order('UN', 'LCK-1', '1')",
      "select api.order_note_add('5f000000-0000-4000-8000-0000000000aa', " ORDER ("UN") ", 'internal', 'one')" },
    "select from wb.sales_order where number = 'UN' for no key update",
    "select api.undo(gen_random_uuid(), '5f000000-0000-4000-8000-0000000000aa')",
    "select api.order_note_acknowledge(gen_random_uuid(), (select max(id) from wb.order_note where order_id = " ORDER ("UN") "))" },

  { "open-and-label",
    { "select pg_temp.add_order('OL', 'LCK-1', '1')",
      "select api.job_take('5f000000-0000-4000-8000-0000000000bb', " JOB ("OL") ", 'L2')" },
    "select from wb.sales_order where number = 'OL' for no key update",
    "select api.job_label(gen_random_uuid(), " JOB ("OL") ", 'L2', jsonb_build_array(jsonb_build_object('parcel', 1, 'weight_g', 900, "
    "'items', (select jsonb_agg(jsonb_build_object('line_id', id, 'quantity', quantity)) from wb.order_line where order_id = "
    ORDER ("OL") "))))",
    "select api.job_open('5f000000-0000-4000-8000-0000000000bb', " JOB ("OL") ")" },
};

/* Made once in each session that prepares: orders of one or two lines, paid or not. */
static const char *const helpers =
  "create or replace function pg_temp.new_order (n text, variadic wanted text[]) returns void language sql as $$"
  " select api.order_create(gen_random_uuid(), jsonb_build_object('channel', 'lck', 'number', n, 'lines',"
  "   (select jsonb_agg(jsonb_build_object('sku', wanted[i], 'quantity', wanted[i + 1])) from generate_series(1, cardinality(wanted), 2) i),"
  "   'shipping', '{\"name\": \"Ada\", \"city\": \"London\", \"country\": \"GB\"}'::jsonb)) $$;"
  "create or replace function pg_temp.add_order (n text, variadic wanted text[]) returns void language sql as $$"
  " select pg_temp.new_order(n, variadic wanted);"
  " select api.order_pay(gen_random_uuid(), (select id from wb.sales_order where number = n), 'authorisation', 100000, 'card') $$;";

static const char *const shop[] = {
  "insert into wb.warehouse (code, name) values ('LCK', 'Lock house')",
  "insert into wb.bin (warehouse_id, code, walk) select id, 'A-1', 1 from wb.warehouse where code = 'LCK'",
  "insert into wb.sales_channel (code, name, warehouse_id) select 'lck', 'Lock', id from wb.warehouse where code = 'LCK'",
  "insert into wb.station (code, name, warehouse_id) select c, c, w.id from wb.warehouse w, unnest(array['L1', 'L2']) c where w.code = 'LCK'",
  "insert into wb.product (code, name) values ('LCK', 'Lock')",
  "insert into wb.sku (product_id, code, name, price, weight_g) "
  "select p.id, 'LCK-' || i, 'Lock ' || i, 10, 400 from wb.product p, generate_series(1, 4) i where p.code = 'LCK'",
  "select api.stock_receive(gen_random_uuid(), 'LCK', 'A-1', 'LCK-' || i, 10) from generate_series(1, 4) i",
  "insert into wb.carrier (code, name) values ('LCK', 'Lock')",
  "insert into wb.carrier_service (carrier_id, code, name, max_weight_g) select id, 'LCK', 'Lock', 9000 from wb.carrier where code = 'LCK'",
  "insert into wb.carrier_zone (carrier_id, code, name) select id, 'GB', 'GB' from wb.carrier where code = 'LCK'",
  "insert into wb.carrier_zone_area (zone_id, country) select z.id, 'GB' from wb.carrier_zone z join wb.carrier c on c.id = z.carrier_id "
  "where c.code = 'LCK'",
  "insert into wb.rate (service_id, zone_id, max_weight_g, currency, price_minor) select v.id, z.id, 9000, 'GBP', 1 from wb.carrier c "
  "join wb.carrier_service v on v.carrier_id = c.id join wb.carrier_zone z on z.carrier_id = c.id where c.code = 'LCK'",
};

static WbDb *
open_shop (void)
{
  static gboolean made;
  WbDb *db = wb_test_shop_open (10);

  for (gsize i = 0; db != NULL && !made && i < G_N_ELEMENTS (shop); i++)
    wb_test_db_run (db, shop[i]);
  made = db != NULL;
  return db;
}

/* A connection of its own; deadlocks are looked for soon. */
static WbDbSession *
begin_session (WbDb *db, gint64 *pid)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GAsyncResult) asked = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) rows = NULL;
  WbDbSession *session = NULL;

  _wb_db_session_async (db, WB_DB_LANE_INTERACTIVE, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  session = _wb_db_session_finish (db, result, &error);
  g_assert_no_error (error);
  _wb_db_session_query_async (session, "select pg_backend_pid()::bigint, set_config('deadlock_timeout', '50ms', false)", NULL, NULL,
                              wb_test_store_result, &asked);
  wb_test_await (asked);
  rows = _wb_db_query_finish (db, asked, &error);
  g_assert_no_error (error);
  *pid = _wb_db_result_get_int64 (rows, 0, 0);
  return session;
}

static void
run_script (WbDbSession *session, const char *sql)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) rows = NULL;

  _wb_db_session_script_async (session, sql, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  rows = _wb_db_query_finish (_wb_db_session_get_db (session), result, &error);
  g_assert_no_error (error);
}

/* Turns until the backend waits for a lock, or has an answer and so needs none. */
static void
await_waiting (WbDb *db, gint64 pid, GAsyncResult **result)
{
  g_autofree char *sql = g_strdup_printf ("select count(*) from pg_stat_activity where pid = %" G_GINT64_FORMAT
                                          " and wait_event_type = 'Lock'", pid);
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (*result == NULL && wb_test_db_int (db, sql) == 0)
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
}

/* Who would have to wait the wrong way round is asked to try again instead: that is no deadlock. Whether it was so. */
static gboolean
must_try_again (WbDbSession *session, GAsyncResult *result, const char *what)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) rows = _wb_db_query_finish (_wb_db_session_get_db (session), result, &error);

  if (error != NULL)
    g_test_message ("%s: %s %s", what, wb_db_error_get_sqlstate (error), error->message);
  if (error != NULL && g_str_equal (wb_db_error_get_sqlstate (error), "40001"))
    return TRUE;
  g_assert_no_error (error);
  return FALSE;
}

static void
test_meeting (gconstpointer data)
{
  const Meeting *meeting = data;
  g_autoptr(WbDb) db = open_shop ();
  g_autoptr(WbDbSession) holder = NULL;
  g_autoptr(WbDbSession) first = NULL;
  g_autoptr(WbDbSession) second = NULL;
  g_autoptr(GAsyncResult) first_done = NULL;
  g_autoptr(GAsyncResult) second_done = NULL;
  gint64 pid = 0;

  if (db == NULL)
    return;
  holder = begin_session (db, &pid);
  run_script (holder, helpers);
  for (guint i = 0; meeting->prepare[i] != NULL; i++)
    run_script (holder, meeting->prepare[i]);
  run_script (holder, "begin");
  run_script (holder, meeting->held);

  first = begin_session (db, &pid);
  _wb_db_session_script_async (first, meeting->first, NULL, wb_test_store_result, &first_done);
  await_waiting (db, pid, &first_done);
  second = begin_session (db, &pid);
  _wb_db_session_script_async (second, meeting->second, NULL, wb_test_store_result, &second_done);
  await_waiting (db, pid, &second_done);
  run_script (holder, "commit");

  wb_test_await (first_done);
  wb_test_await (second_done);
  if (must_try_again (first, first_done, meeting->first))
    run_script (first, meeting->first);
  if (must_try_again (second, second_done, meeting->second))
    run_script (second, meeting->second);
  g_assert_cmpint (wb_test_db_int (db, "select count(*) from api.stock_check()"), ==, 0);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (meetings); i++)
    {
      g_autofree char *path = g_strconcat ("/locks/", meetings[i].name, NULL);

      g_test_add_data_func (path, &meetings[i], test_meeting);
    }
  return g_test_run ();
}
