/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/db/wb-test-db.h"

static WbDb *writer;

/* What a listener has heard: "order:1,2 product:* ". */
typedef struct
{
  GString *heard;
  guint n;
  guint n_resyncs;
  gint64 sum;
} Ear;

static void
news_cb (WbDb *db,
         const char *topic,
         GArray *ids,
         gpointer user_data)
{
  Ear *ear = user_data;

  ear->n++;
  g_string_append_printf (ear->heard, "%s:", topic);
  if (ids == NULL)
    g_string_append_c (ear->heard, '*');
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);

      ear->sum += id;
      if (ids->len < 100)
        g_string_append_printf (ear->heard, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", id);
    }
  g_string_append_c (ear->heard, ' ');
}

static void
heard_resync_cb (WbDb *db,
                 gpointer user_data)
{
  ((Ear *) user_data)->n_resyncs++;
}

static WbDb *
make_listener (Ear *ear,
               guint poll_ms)
{
  WbDb *db = wb_db_new (wb_test_database ());
  g_autoptr(GError) error = NULL;

  _wb_db_get_tuning (db)->poll_ms = poll_ms;
  wb_test_db_try_open (db, &error);
  g_assert_no_error (error);
  ear->heard = g_string_new (NULL);
  g_signal_connect (db, "news", G_CALLBACK (news_cb), ear);
  g_signal_connect (db, "resync", G_CALLBACK (heard_resync_cb), ear);
  return db;
}

static void
clear_ear (Ear *ear)
{
  g_string_free (ear->heard, TRUE);
}

static gboolean
act (const char *id,
     const char *topic,
     const gint64 *ids,
     guint n)
{
  g_autoptr(WbDbParams) params = _wb_db_params_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) rows = NULL;

  _wb_db_params_add_uuid (params, id);
  _wb_db_params_add_text (params, topic);
  _wb_db_params_add_int64_array (params, ids, n);
  _wb_db_act_async (writer, WB_DB_LANE_INTERACTIVE, "select api.note($1, $2, $3)", params, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  rows = _wb_db_act_finish (writer, result, &error);
  g_assert_no_error (error);
  return _wb_db_result_get_bool (rows, 0, 0);
}

static void
act_on (const char *topic,
        gint64 id)
{
  g_autofree char *uuid = _wb_db_act_id_new ();

  g_assert_true (act (uuid, topic, &id, 1));
}

/* So long a poll that only a wake can have brought it. */
#define NEVER_MS (3600 * 1000)

static void
test_woken (void)
{
  Ear ear = { 0 };
  g_autoptr(WbDb) db = make_listener (&ear, NEVER_MS);
  gint64 start = g_get_monotonic_time ();

  act_on ("order", 7);
  wb_test_wait_until (ear.n == 1);
  g_test_message ("act and news took %.1f ms", (double) (g_get_monotonic_time () - start) / 1000);
  g_assert_cmpstr (ear.heard->str, ==, "order:7 ");
  act_on ("order", 8);
  wb_test_wait_until (ear.n == 2);
  g_assert_cmpstr (ear.heard->str, ==, "order:7 order:8 ");
  g_assert_cmpuint (ear.n_resyncs, ==, 0);
  clear_ear (&ear);
  wb_test_assert_finalized (&db);
}

/* The writer itself hears of it too: its other windows. */
static void
test_own (void)
{
  Ear ear = { .heard = g_string_new (NULL) };
  gulong id = g_signal_connect (writer, "news::parcel", G_CALLBACK (news_cb), &ear);

  act_on ("ticket", 1);
  act_on ("parcel", 2);
  wb_test_wait_until (ear.n == 1);
  g_assert_cmpstr (ear.heard->str, ==, "parcel:2 ");
  g_signal_handler_disconnect (writer, id);
  clear_ear (&ear);
}

/* Somebody wrote with psql and woke nobody. */
static void
test_polled (void)
{
  Ear ear = { 0 };
  g_autoptr(WbDb) db = make_listener (&ear, 30);

  wb_test_db_run (writer, "insert into wb.news (topic, ids) values ('order', '{3,1,2,1}'), ('product', null), ('order', '{2,9}')");
  wb_test_wait_until (ear.n == 2);
  g_assert_true (g_str_equal (ear.heard->str, "order:1,2,3,9 product:* ") ||
                 g_str_equal (ear.heard->str, "product:* order:1,2,3,9 "));
  /* told once, though read again and again while a transaction is open */
  wb_test_db_run (writer, "select pg_sleep(0.15)");
  g_assert_cmpuint (ear.n, ==, 2);
  clear_ear (&ear);
  wb_test_assert_finalized (&db);
}

/* A transaction that began before others and commits after them is not missed, and theirs are told once. */
static void
test_late_commit (void)
{
  Ear ear = { 0 };
  g_autoptr(WbDb) db = make_listener (&ear, 20);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GAsyncResult) written = NULL;
  g_autoptr(GAsyncResult) committed = NULL;
  g_autoptr(WbDbSession) session = NULL;
  g_autoptr(GError) error = NULL;

  _wb_db_session_async (writer, WB_DB_LANE_BULK, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  session = _wb_db_session_finish (writer, result, &error);
  _wb_db_session_script_async (session, "begin; insert into wb.news (topic, ids) values ('late', '{1}')", NULL,
                               wb_test_store_result, &written);
  wb_test_await (written);
  for (gint64 i = 0; i < 5; i++)
    {
      act_on ("early", i);
      wb_test_wait_until (ear.n == i + 1);
    }
  g_assert_cmpstr (ear.heard->str, ==, "early:0 early:1 early:2 early:3 early:4 ");
  _wb_db_session_script_async (session, "commit", NULL, wb_test_store_result, &committed);
  wb_test_await (committed);
  wb_test_wait_until (ear.n == 6);
  g_assert_cmpstr (ear.heard->str, ==, "early:0 early:1 early:2 early:3 early:4 late:1 ");
  clear_ear (&ear);
}

static void
note_done_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) rows = _wb_db_act_finish (WB_DB (source), result, &error);

  g_assert_no_error (error);
  (*(guint *) user_data)++;
}

/* A thousand acts: each heard of, in far fewer signals. */
static void
test_storm (void)
{
  Ear ear = { 0 };
  g_autoptr(WbDb) db = make_listener (&ear, NEVER_MS);
  const guint n = 1000;
  guint done = 0;

  for (guint i = 1; i <= n; i++)
    {
      g_autoptr(WbDbParams) params = _wb_db_params_new ();
      g_autofree char *uuid = _wb_db_act_id_new ();
      gint64 id = i;

      _wb_db_params_add_uuid (params, uuid);
      _wb_db_params_add_int64_array (params, &id, 1);
      _wb_db_act_async (writer, WB_DB_LANE_INTERACTIVE, "select api.note($1, 'storm', $2)", params, NULL, note_done_cb, &done);
    }
  wb_test_wait_until (done == n);
  wb_test_wait_until (ear.sum == n * (n + 1) / 2);
  g_test_message ("%u acts told in %u signals", n, ear.n);
  g_assert_cmpuint (ear.n, <, n / 2);
  clear_ear (&ear);
}

static void
test_too_many_ids (void)
{
  Ear ear = { 0 };
  g_autoptr(WbDb) db = make_listener (&ear, 20);

  wb_test_db_run (writer, "insert into wb.news (topic, ids) select 'many', array_agg(i) from generate_series(1, 20000) i");
  wb_test_wait_until (ear.n == 1);
  g_assert_cmpstr (ear.heard->str, ==, "many:* ");
  clear_ear (&ear);
}

/* Closing from within the signal. */
static void
close_cb (WbDb *db,
          const char *topic,
          GArray *ids,
          gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  wb_db_close (db);
}

static void
test_closed_by_listener (void)
{
  Ear ear = { 0 };
  g_autoptr(WbDb) db = make_listener (&ear, 20);
  gboolean closed = FALSE;

  g_signal_connect (db, "news", G_CALLBACK (close_cb), &closed);
  wb_test_db_run (writer, "insert into wb.news (topic, ids) values ('a', '{1}'), ('b', '{1}'), ('c', null)");
  wb_test_wait_until (closed);
  g_assert_cmpint (wb_db_get_state (db), ==, WB_DB_STATE_OFFLINE);
  clear_ear (&ear);
  wb_test_assert_finalized (&db);
}

/* A lost connection: reload everything once, then news as before, none of them twice. */
static void
test_resync (void)
{
  Ear ear = { 0 };
  g_autoptr(WbDb) db = make_listener (&ear, NEVER_MS);

  _wb_db_get_tuning (db)->back_off_min_ms = 5;
  for (guint i = 1; i <= 3; i++)
    {
      wb_test_db_int (writer, "select count(pg_terminate_backend(pid)) from pg_stat_activity where query like '%news_since%'"
                              " and pid <> pg_backend_pid()");
      wb_test_wait_until (ear.n_resyncs == i);
      wb_test_wait_until (wb_db_get_state (writer) == WB_DB_STATE_ONLINE);
      act_on ("order", i);
      wb_test_wait_until (ear.n >= i);
      g_assert_cmpuint (ear.n, ==, i);
    }
  g_assert_cmpstr (ear.heard->str, ==, "order:1 order:2 order:3 ");
  clear_ear (&ear);
}

/* The writer's anchor is lost with a wake still to be sent: nobody else is at fault, and they hear of the act all the same. */
static void
test_wake_after_loss (void)
{
  Ear ear = { 0 };
  g_autofree char *pids = wb_test_db_text (writer, "select array_agg(pid) from pg_stat_activity where backend_type = 'client backend'"
                                                   " and pid <> pg_backend_pid() and datname = current_database()");
  g_autofree char *end = g_strdup_printf ("select count(pg_terminate_backend(pid)) from unnest('%s'::integer[]) pid", pids);
  g_autoptr(WbDb) db = make_listener (&ear, NEVER_MS);
  guint wake_ms = _wb_db_get_tuning (writer)->wake_ms;

  act_on ("order", 1);
  wb_test_wait_until (ear.n == 1);
  _wb_db_get_tuning (writer)->wake_ms = NEVER_MS;
  act_on ("order", 2);
  g_assert_cmpint (wb_test_db_int (writer, end), >=, 1);
  wb_test_wait_until (ear.n == 2);
  g_assert_cmpstr (ear.heard->str, ==, "order:1 order:2 ");
  g_assert_cmpuint (ear.n_resyncs, ==, 0);
  _wb_db_get_tuning (writer)->wake_ms = wake_ms;
  clear_ear (&ear);
}

/* The schema appears while a program is already connected. */
static void
test_schema_later (void)
{
  Ear ear = { 0 };
  g_autofree char *conninfo = g_strdup_printf ("%s dbname=later", wb_test_database ());
  g_autoptr(WbDb) db = NULL;
  g_autoptr(GError) error = NULL;

  wb_test_db_run (writer, "create database later");
  db = wb_db_new (conninfo);
  _wb_db_get_tuning (db)->poll_ms = 5;
  wb_test_db_try_open (db, &error);
  g_assert_no_error (error);
  ear.heard = g_string_new (NULL);
  g_signal_connect (db, "news", G_CALLBACK (news_cb), &ear);
  g_signal_connect (db, "resync", G_CALLBACK (heard_resync_cb), &ear);
  wb_test_db_add_news (db);
  wb_test_wait_until (ear.n_resyncs == 1);
  wb_test_db_run (db, "insert into wb.news (topic, ids) values ('order', '{1}')");
  wb_test_wait_until (ear.n == 1);
  clear_ear (&ear);
  wb_test_assert_finalized (&db);
}

static void
test_not_listening (void)
{
  g_autoptr(WbDb) db = g_object_new (WB_TYPE_DB, "conninfo", wb_test_database (), "listens", FALSE, NULL);
  Ear ear = { .heard = g_string_new (NULL) };
  Ear other = { 0 };
  g_autoptr(WbDb) listener = make_listener (&other, NEVER_MS);
  g_autoptr(GError) error = NULL;

  _wb_db_get_tuning (db)->poll_ms = 10;
  wb_test_db_try_open (db, &error);
  g_assert_no_error (error);
  g_signal_connect (db, "news", G_CALLBACK (news_cb), &ear);
  wb_test_db_run (db, "insert into wb.news (topic, ids) values ('order', '{1}')");
  _wb_db_wake (db);
  wb_test_wait_until (other.n == 1);
  g_assert_cmpuint (ear.n, ==, 0);
  clear_ear (&ear);
  clear_ear (&other);
}

/* A program that writes and ends at once has still woken the others. */
static void
test_close_after_wake (void)
{
  Ear ear = { 0 };
  g_autoptr(WbDb) db = make_listener (&ear, NEVER_MS);

  for (guint i = 1; i <= 5; i++)
    {
      g_autoptr(WbDb) brief = wb_test_db_open (NULL);

      /* so soon after another one that it has to wait */
      _wb_db_get_tuning (brief)->wake_ms = 3600 * 1000;
      _wb_db_wake (brief);
      wb_test_db_run (brief, "insert into wb.news (topic, ids) values ('brief', '{1}')");
      wb_test_db_run (brief, "select pg_sleep(0.05)");
      _wb_db_wake (brief);
      wb_test_assert_finalized (&brief);
      wb_test_wait_until (ear.n == i);
    }
  clear_ear (&ear);
}

/* ---- Acts ---------------------------------------------------------------------------------- */

static void
test_act_twice (void)
{
  g_autofree char *uuid = _wb_db_act_id_new ();
  const gint64 id = 1;

  g_assert_true (act (uuid, "order", &id, 1));
  g_assert_false (act (uuid, "order", &id, 1));
  g_assert_true (g_uuid_string_is_valid (uuid));
}

/* Serializable transactions that collide are done again until each has had its turn. */
static void
test_act_serialization (void)
{
  guint done = 0;

  wb_test_db_run (writer, "create table if not exists wb.counter (n int not null)");
  wb_test_db_run (writer, "truncate wb.counter");
  wb_test_db_run (writer, "insert into wb.counter values (0)");
  wb_test_db_run (writer, "alter role postgres set default_transaction_isolation = 'repeatable read'");
  {
    g_autoptr(WbDb) strict = wb_test_db_open (NULL);

    for (guint i = 0; i < 20; i++)
      _wb_db_act_async (strict, WB_DB_LANE_INTERACTIVE,
                        "with slow as materialized (select pg_sleep(0.002)) update wb.counter set n = n + 1 from slow", NULL, NULL,
                        note_done_cb, &done);
    wb_test_wait_until (done == 20);
  }
  wb_test_db_run (writer, "alter role postgres reset default_transaction_isolation");
  g_assert_cmpint (wb_test_db_int (writer, "select n from wb.counter"), ==, 20);
}

static void
test_act_refused (void)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  _wb_db_act_async (writer, WB_DB_LANE_INTERACTIVE, "do $$ begin raise 'no' using errcode = 'WB004'; end $$", NULL, NULL,
                    wb_test_store_result, &result);
  wb_test_await (result);
  g_assert_null (_wb_db_act_finish (writer, result, &error));
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "no");
}

int
main (int argc,
      char **argv)
{
  int status = 0;

  wb_test_init (&argc, &argv);
  writer = g_getenv ("WAYBILL_TEST_DATABASE") != NULL ? wb_test_db_open (NULL) : NULL;
  if (writer == NULL)
    return wb_test_skip_all ("no database server (run under tests/cluster)");
  wb_test_db_add_news (writer);
  wb_db_close (writer);
  wb_test_db_try_open (writer, NULL);
  g_test_add_func ("/news/woken", test_woken);
  g_test_add_func ("/news/own", test_own);
  g_test_add_func ("/news/polled", test_polled);
  g_test_add_func ("/news/late-commit", test_late_commit);
  g_test_add_func ("/news/storm", test_storm);
  g_test_add_func ("/news/too-many-ids", test_too_many_ids);
  g_test_add_func ("/news/closed-by-listener", test_closed_by_listener);
  g_test_add_func ("/news/resync", test_resync);
  g_test_add_func ("/news/wake-after-loss", test_wake_after_loss);
  g_test_add_func ("/news/schema-later", test_schema_later);
  g_test_add_func ("/news/not-listening", test_not_listening);
  g_test_add_func ("/news/close-after-wake", test_close_after_wake);
  g_test_add_func ("/act/twice", test_act_twice);
  g_test_add_func ("/act/serialization", test_act_serialization);
  g_test_add_func ("/act/refused", test_act_refused);
  status = g_test_run ();
  wb_test_assert_finalized (&writer);
  return status;
}
