/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bench claims an order, and an office hears of it: two programs on one database. */
#include "config.h"

#include "db/wb-db-error.h"
#include "db/wb-job-store.h"
#include "tests/db/wb-test-db.h"
#include "tests/db/wb-test-shop.h"

#define ORDER "(select id from wb.sales_order where number = '%s')"

/* A house of its own with three benches; orders are added by each test. */
static WbDb *
open_shop (void)
{
  static const char *const statements[] = {
    "insert into wb.warehouse (code, name) values ('WRK', 'Work house')",
    "insert into wb.bin (warehouse_id, code, walk) select id, 'A-1', 1 from wb.warehouse where code = 'WRK'",
    "insert into wb.sales_channel (code, name, warehouse_id) select 'wrk', 'Work', id from wb.warehouse where code = 'WRK'",
    "insert into wb.station (code, name, warehouse_id) select c, c, id from wb.warehouse, unnest(array['W1', 'W2', 'W3']) c where code = 'WRK'",
    "insert into wb.product (code, name) values ('WRK', 'Kettle')",
    "insert into wb.sku (product_id, code, name, price, weight_g) select id, 'WRK-1', 'Kettle', 10, 800 from wb.product where code = 'WRK'",
    "select api.stock_receive(gen_random_uuid(), 'WRK', 'A-1', 'WRK-1', 1000)",
  };
  static gboolean made;
  WbDb *db = wb_test_shop_open (10);

  for (gsize i = 0; db != NULL && !made && i < G_N_ELEMENTS (statements); i++)
    wb_test_db_run (db, statements[i]);
  made = db != NULL;
  return db;
}

static void
add_order (WbDb *db, const char *number, gboolean rush)
{
  g_autofree char *create = g_strdup_printf (
      "select api.order_create(gen_random_uuid(), '{\"channel\": \"wrk\", \"number\": \"%s\", \"rush\": %s, "
      "\"shipping\": {\"name\": \"Ada\", \"city\": \"London\", \"country\": \"GB\"}, \"lines\": [{\"sku\": \"WRK-1\", \"quantity\": 1}]}')",
      number, rush ? "true" : "false");
  g_autofree char *pay = g_strdup_printf ("select api.order_pay(gen_random_uuid(), " ORDER ", 'capture', 1000, 'card')", number);

  wb_test_db_run (db, create);
  wb_test_db_run (db, pay);
}

static gint64
look (WbDb *db, const char *what, const char *number)
{
  g_autofree char *sql = g_strdup_printf ("select (%s)::bigint from wb.sales_order o join wb.job j on j.order_id = o.id "
                                          "where o.number = '%s'", what, number);

  return wb_test_db_int (db, sql);
}

static WbJobWork *
start (WbDb *db, const char *station, gint64 job_id, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  wb_job_store_next_async (db, station, job_id, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  return wb_job_store_next_finish (db, result, error);
}

static void
put_aside (WbDb *db, const char *station, gint64 job_id)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  wb_job_store_aside_async (db, job_id, station, "test", NULL, wb_test_store_result, &result);
  wb_test_await (result);
  wb_job_store_done_finish (db, result, &error);
  g_assert_no_error (error);
}

static void
news_cb (WbDb *db, const char *topic, GArray *ids, gpointer user_data)
{
  gint64 *wanted = user_data;

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == *wanted)
      *wanted = 0;
}

/* One call claims, opens and shows: the office has heard of it, and what it reads says packing. */
static void
test_start (void)
{
  g_autoptr(WbDb) bench = open_shop ();
  g_autoptr(WbDb) office = NULL;
  g_autoptr(WbJobWork) work = NULL;
  g_autoptr(WbJobWork) again = NULL;
  g_autoptr(GError) error = NULL;
  gint64 wanted = 0;

  if (bench == NULL)
    return;
  office = wb_test_db_open (wb_test_database ());
  add_order (bench, "WRK-A", FALSE);
  add_order (bench, "WRK-B", TRUE);
  wanted = wb_test_db_int (bench, "select id from wb.sales_order where number = 'WRK-B'");
  g_signal_connect (office, "news::order", G_CALLBACK (news_cb), &wanted);

  work = start (bench, "W1", 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (work->job_id, ==, look (bench, "j.id", "WRK-B"));
  g_assert_cmpuint (wb_job_get_n_lines (work->job), ==, 1);
  wb_test_wait_until (wanted == 0);
  g_assert_cmpint (wb_test_db_int (office, "select count(*) from api.order_row where number = 'WRK-B' and stage = 'packing'"), ==, 1);
  g_assert_cmpint (look (office, "select count(*) from wb.stage_passage p join wb.act a on a.id = p.act_id where p.order_id = o.id "
                                 "and p.to_stage = 'packing' and a.name = 'job_next' and (a.result ->> 'job_id')::bigint = j.id",
                         "WRK-B"), ==, 1);

  again = start (bench, "W1", 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (again->job_id, ==, work->job_id);
  put_aside (bench, "W1", work->job_id);
}

/* The program or the server ends between the claim and what follows from it: whoever asks next for that bench sees to it. */
static void
test_cut_between (void)
{
  g_autoptr(WbDb) db = open_shop ();
  g_autoptr(WbJobWork) work = NULL;
  g_autoptr(GError) error = NULL;

  if (db == NULL)
    return;
  add_order (db, "WRK-C", TRUE);
  wb_test_db_run (db, "select api.job_next(gen_random_uuid(), 'W2')");
  g_assert_cmpint (look (db, "(j.state = 'claimed' and o.stage = 'ready_to_pack')::int", "WRK-C"), ==, 1);
  work = start (db, "W2", 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (work->job_id, ==, look (db, "j.id", "WRK-C"));
  g_assert_cmpint (look (db, "(j.definition is not null and o.stage = 'packing')::int", "WRK-C"), ==, 1);
  put_aside (db, "W2", work->job_id);
}

/* The same call sent twice, as after a lost connection, is one claim. */
static void
test_sent_twice (void)
{
  g_autoptr(WbDb) db = open_shop ();

  if (db == NULL)
    return;
  add_order (db, "WRK-D", TRUE);
  add_order (db, "WRK-E", TRUE);
  for (guint i = 0; i < 2; i++)
    wb_test_db_run (db, "call api.job_start('5f000000-0000-4000-8000-00000000000d', 'W3', null, null)");
  g_assert_cmpint (wb_test_db_int (db, "select count(*) from wb.job j join wb.station s on s.id = j.station_id "
                                       "where s.code = 'W3' and j.state = 'claimed'"), ==, 1);
  /* ... even when the bench does not have it any more: the second is no new claim. */
  wb_test_db_run (db, "update wb.job set state = 'aside' where state = 'claimed' and station_id = "
                      "(select id from wb.station where code = 'W3')");
  wb_test_db_run (db, "call api.job_start('5f000000-0000-4000-8000-00000000000d', 'W3', null, null)");
  g_assert_cmpint (wb_test_db_int (db, "select count(*) from wb.job j join wb.station s on s.id = j.station_id "
                                       "where s.code = 'W3' and j.state = 'claimed'"), ==, 0);
}

/* A hold that comes between the claim and its showing is not painted over. */
static void
test_held_between (void)
{
  g_autoptr(WbDb) db = open_shop ();
  g_autoptr(WbJobWork) work = NULL;
  g_autoptr(GError) error = NULL;

  if (db == NULL)
    return;
  add_order (db, "WRK-F", TRUE);
  wb_test_db_run (db, "select api.job_take(gen_random_uuid(), (select j.id from wb.job j join wb.sales_order o on o.id = j.order_id "
                      "where o.number = 'WRK-F'), 'W2')");
  wb_test_db_run (db, "select api.order_hold(gen_random_uuid(), array[(select id from wb.sales_order where number = 'WRK-F')], 'other')");
  work = start (db, "W2", 0, &error);
  g_assert_no_error (error);
  g_assert_nonnull (work->blocked);
  g_assert_cmpint (look (db, "(o.stage = 'on_hold')::int", "WRK-F"), ==, 1);
  put_aside (db, "W2", work->job_id);
}

static void
test_nothing_to_do (void)
{
  g_autoptr(WbDb) db = open_shop ();
  g_autoptr(WbJobWork) work = NULL;
  g_autoptr(WbJobWork) nowhere = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) unknown = NULL;

  if (db == NULL)
    return;
  wb_test_db_run (db, "update wb.job set state = 'withdrawn', finished_at = now() where state = 'open' and warehouse_id = "
                      "(select id from wb.warehouse where code = 'WRK')");
  work = start (db, "W1", 0, &error);
  g_assert_no_error (error);
  g_assert_null (work);
  nowhere = start (db, "NONE", 0, &unknown);
  g_assert_null (nowhere);
  g_assert_error (unknown, WB_DB_ERROR, WB_DB_ERROR_NOT_FOUND);
}

/* Benches are chosen by what people call them and the house they stand in. */
static void
test_places (void)
{
  g_autoptr (WbDb) db = open_shop ();
  g_autoptr (GPtrArray) places = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_here = 0;

  if (db == NULL)
    return;
  wb_job_store_stations_async (db, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  places = wb_job_store_stations_finish (db, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < places->len; i++)
    {
      const WbStationPlace *place = g_ptr_array_index (places, i);

      g_assert_cmpstr (place->warehouse, !=, "WRK");
      n_here += g_str_equal (place->warehouse, "Work house");
    }
  g_assert_cmpuint (n_here, ==, 3);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/claim/opens-and-shows", test_start);
  g_test_add_func ("/claim/cut-between", test_cut_between);
  g_test_add_func ("/claim/sent-twice", test_sent_twice);
  g_test_add_func ("/claim/held-between", test_held_between);
  g_test_add_func ("/claim/nothing-to-do", test_nothing_to_do);
  g_test_add_func ("/claim/benches-by-their-names", test_places);
  return g_test_run ();
}
