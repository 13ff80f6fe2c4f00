/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/db/wb-test-cluster.h"
#include "tests/db/wb-test-db.h"

#include <string.h>

static WbTestCluster *cluster;

/* What a WbDb says about itself, in order. */
typedef struct
{
  GString *states;
  guint n_resyncs;
} Watcher;

static void
state_cb (WbDb *db,
          GParamSpec *pspec,
          gpointer user_data)
{
  static const char letters[] = "OCNRF";
  Watcher *watcher = user_data;

  g_string_append_c (watcher->states, letters[wb_db_get_state (db)]);
}

static void
resync_cb (WbDb *db,
           gpointer user_data)
{
  Watcher *watcher = user_data;

  g_assert_cmpint (wb_db_get_state (db), ==, WB_DB_STATE_ONLINE);
  watcher->n_resyncs++;
}

static WbDb *
make_hasty (const char *conninfo)
{
  WbDb *db = wb_db_new (conninfo);
  WbDbTuning *tuning = _wb_db_get_tuning (db);

  tuning->poll_ms = 50;
  tuning->back_off_min_ms = 5;
  tuning->back_off_max_ms = 40;
  tuning->offline_after_ms = 3000;
  return db;
}

static void
watch (WbDb *db,
       Watcher *watcher)
{
  watcher->states = g_string_new (NULL);
  watcher->n_resyncs = 0;
  g_signal_connect (db, "notify::state", G_CALLBACK (state_cb), watcher);
  g_signal_connect (db, "resync", G_CALLBACK (resync_cb), watcher);
}

static char *
replace_conninfo (const char *what)
{
  return g_strdup_printf ("%s %s", wb_test_cluster_conninfo (cluster), what);
}

static void
psql (const char *sql)
{
  g_free (wb_test_cluster_psql (cluster, sql));
}

/* ---- Opening ------------------------------------------------------------------------------- */

static void
test_refused (void)
{
  static const struct
  {
    const char *change;
    WbDbError code;
    WbDbState state;
    const char *pattern;
    const char *sentence;
  } cases[] = {
    { "user=seat password=wrong", WB_DB_ERROR_AUTH, WB_DB_STATE_FAILED, "* did not accept the password of “seat”",
      "The database does not let you in: * did not accept the password of “seat”." },
    { "user=seat", WB_DB_ERROR_AUTH, WB_DB_STATE_FAILED, "* wants a password for “seat”", NULL },
    { "dbname=nowhere", WB_DB_ERROR_AUTH, WB_DB_STATE_FAILED, "there is no database “nowhere” on *", NULL },
    { "user=stranger", WB_DB_ERROR_AUTH, WB_DB_STATE_FAILED, "* does not let “stranger” in (no pg_hba.conf entry *)", NULL },
    { "user=banned", WB_DB_ERROR_AUTH, WB_DB_STATE_FAILED, "* does not let “banned” in (pg_hba.conf rejects *)", NULL },
    { "user=shelved", WB_DB_ERROR_AUTH, WB_DB_STATE_FAILED, "* does not let “shelved” in (*log in*)", NULL },
    { "host=/nowhere/at/all", WB_DB_ERROR_OFFLINE, WB_DB_STATE_OFFLINE, "/nowhere/at/all cannot be reached: No such file or directory",
      "There is no connection to the database: /nowhere/at/all cannot be reached: No such file or directory. Trying again…" },
    { "host=no-such-host.invalid", WB_DB_ERROR_OFFLINE, WB_DB_STATE_OFFLINE, "the server “no-such-host.invalid” is not known: ?*", NULL },
    { "host=127.0.0.1 port=1", WB_DB_ERROR_OFFLINE, WB_DB_STATE_OFFLINE, "127.0.0.1:1 cannot be reached: Connection refused", NULL },
    { "colour=blue", WB_DB_ERROR_FAILED, WB_DB_STATE_FAILED, "the connection string cannot be used: *", NULL },
    { "sslmode=sometimes", WB_DB_ERROR_FAILED, WB_DB_STATE_FAILED, "*", NULL },
    { "service=none-such", WB_DB_ERROR_FAILED, WB_DB_STATE_FAILED, "the connection string cannot be used: *", NULL },
    { "port=elsewhere", WB_DB_ERROR_FAILED, WB_DB_STATE_FAILED, "the connection string cannot be used: there is no port “elsewhere”", NULL },
    { "port=1,2,3", WB_DB_ERROR_FAILED, WB_DB_STATE_FAILED, "*", NULL },
  };

  psql ("create role seat login password 'right'; create role stranger login; create role banned login; create role shelved nologin");
  wb_test_cluster_set_hba (cluster, "local all postgres trust\nlocal all seat scram-sha-256\nlocal all banned reject\nlocal all shelved trust\n");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *conninfo = replace_conninfo (cases[i].change);
      g_autoptr(WbDb) db = make_hasty (conninfo);
      g_autoptr(GError) error = NULL;
      g_autoptr(GError) query_error = NULL;

      g_test_message ("%s", cases[i].change);
      g_assert_false (wb_test_db_try_open (db, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, WB_DB_ERROR, (int) cases[i].code);
      g_assert_true (g_pattern_match_simple (cases[i].pattern, error->message));
      g_assert_null (strstr (error->message, "right"));
      /* who is stopped by something else is not sent there */
      if (strstr (cases[i].change, "user=") != NULL)
        g_assert_true ((strstr (cases[i].pattern, "pg_hba") != NULL) == (strstr (wb_db_error_get_hint (error), "pg_hba") != NULL));
      g_assert_cmpint (wb_db_get_state (db), ==, cases[i].state);
      g_assert_error (wb_db_get_error (db), WB_DB_ERROR, (int) cases[i].code);
      g_assert_cmpstr (wb_db_get_state_message (db), !=, "");
      if (cases[i].sentence != NULL)
        g_assert_true (g_pattern_match_simple (cases[i].sentence, wb_db_get_state_message (db)));
      g_assert_null (wb_test_db_query (db, "select 1", NULL, &query_error));
      g_assert_error (query_error, WB_DB_ERROR, (int) cases[i].code);
      wb_test_assert_finalized (&db);
    }
}

static void
test_password_later (void)
{
  g_autofree char *conninfo = replace_conninfo ("user=seat");
  g_autoptr(WbDb) db = make_hasty (conninfo);
  g_autoptr(GError) error = NULL;

  g_assert_false (wb_test_db_try_open (db, &error));
  g_clear_error (&error);
  wb_db_set_password (db, "wrong");
  g_assert_false (wb_test_db_try_open (db, &error));
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_AUTH);
  g_clear_error (&error);
  wb_db_set_password (db, "right");
  g_assert_true (wb_test_db_try_open (db, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (wb_db_get_user (db), ==, "seat");
  g_assert_true (wb_test_db_try_open (db, &error));
  g_assert_cmpint (wb_test_db_int (db, "select 1"), ==, 1);
}

/* A password is in no property that can be read and no message. */
static void
test_conninfo_is_hidden (void)
{
  GParamSpec *pspec = g_object_class_find_property (g_type_class_peek_static (WB_TYPE_DB), "conninfo");

  g_assert_cmpint (pspec->flags & G_PARAM_READABLE, ==, 0);
}

static void
test_version (void)
{
  g_autoptr(WbDb) db = make_hasty (wb_test_cluster_conninfo (cluster));
  g_autoptr(GError) error = NULL;

  _wb_db_get_tuning (db)->min_version = 990000;
  g_assert_false (wb_test_db_try_open (db, &error));
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_VERSION);
  g_assert_true (g_str_has_suffix (error->message, "at least 99 is needed"));
  g_assert_cmpint (wb_db_get_state (db), ==, WB_DB_STATE_FAILED);
}

static void
test_places (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *service_file = g_build_filename (folder, "pg_service.conf", NULL);
  g_autofree char *service = g_strdup_printf ("[shop]\nhost=%s\nport=5432\nuser=postgres\ndbname=postgres\n",
                                              wb_test_cluster_get_socket (cluster));
  g_autofree char *uri = g_strdup_printf ("postgresql://postgres@/postgres?host=%s", wb_test_cluster_get_socket (cluster));
  g_autofree char *several = g_strdup_printf ("host=/nowhere,no-such-host.invalid,%s port=5432 user=postgres dbname=postgres",
                                              wb_test_cluster_get_socket (cluster));
  g_autofree char *primary = g_strdup_printf ("%s target_session_attrs=primary", several);
  g_autofree char *prefers = g_strdup_printf ("%s target_session_attrs=prefer-standby", several);
  const char *cases[] = { wb_test_cluster_conninfo (cluster), "service=shop", uri, several, primary, prefers, "" };

  g_assert_true (g_file_set_contents (service_file, service, -1, NULL));
  g_setenv ("PGSERVICEFILE", service_file, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(WbDb) db = make_hasty (cases[i]);
      g_autoptr(GError) error = NULL;

      if (*cases[i] == '\0')
        g_setenv ("PGSERVICE", "shop", TRUE);
      wb_test_db_try_open (db, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (wb_db_get_user (db), ==, "postgres");
      wb_test_assert_finalized (&db);
    }
  g_unsetenv ("PGSERVICE");
  g_unsetenv ("PGSERVICEFILE");
}

static void
test_no_standby (void)
{
  g_autofree char *conninfo = replace_conninfo ("target_session_attrs=standby");
  g_autoptr(WbDb) db = make_hasty (conninfo);
  g_autoptr(GError) error = NULL;

  g_assert_false (wb_test_db_try_open (db, &error));
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE);
  g_assert_nonnull (strstr (error->message, "standby"));
}

static void
test_open_cancelled (void)
{
  g_autoptr(WbDb) db = make_hasty (wb_test_cluster_conninfo (cluster));
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  wb_db_open_async (db, cancellable, wb_test_store_result, &result);
  g_cancellable_cancel (cancellable);
  wb_test_await (result);
  g_assert_false (wb_db_open_finish (db, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  wb_test_wait_until (wb_db_get_state (db) == WB_DB_STATE_ONLINE);
}

static void
test_close_while_opening (void)
{
  for (guint turns = 0; turns < 12; turns++)
    {
      g_autoptr(WbDb) db = make_hasty (wb_test_cluster_conninfo (cluster));
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GAsyncResult) query_result = NULL;
      g_autoptr(GError) error = NULL;

      wb_db_open_async (db, NULL, wb_test_store_result, &result);
      _wb_db_query_async (db, WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_NONE, "select 1", NULL, NULL, wb_test_store_result, &query_result);
      for (guint i = 0; i < turns && result == NULL; i++)
        g_main_context_iteration (NULL, TRUE);
      wb_db_close (db);
      wb_test_await (result);
      wb_test_await (query_result);
      if (!wb_db_open_finish (db, result, &error))
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_object (&result);
      g_clear_object (&query_result);
      wb_test_assert_finalized (&db);
    }
}

static void
test_reopen (void)
{
  g_autoptr(WbDb) db = make_hasty (wb_test_cluster_conninfo (cluster));
  Watcher watcher;

  watch (db, &watcher);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_true (wb_test_db_try_open (db, &error));
      g_assert_cmpint (wb_test_db_int (db, "select 1"), ==, 1);
      wb_db_close (db);
      wb_db_close (db);
    }
  g_assert_cmpstr (watcher.states->str, ==, "CNOCNOCNO");
  g_assert_cmpuint (watcher.n_resyncs, ==, 0);
  g_string_free (watcher.states, TRUE);
}

/* ---- Losing and coming back ---------------------------------------------------------------- */

static void
test_restart (gconstpointer data)
{
  gboolean crash = GPOINTER_TO_INT (data);
  g_autoptr(WbDb) db = make_hasty (wb_test_cluster_conninfo (cluster));
  g_autoptr(GError) error = NULL;
  Watcher watcher;

  g_assert_true (wb_test_db_try_open (db, &error));
  watch (db, &watcher);
  if (crash)
    wb_test_cluster_crash (cluster);
  wb_test_cluster_restart (cluster);
  wb_test_wait_until (watcher.n_resyncs == 1);
  g_assert_cmpstr (watcher.states->str, ==, "CN");
  g_assert_cmpint (wb_test_db_int (db, "select 1"), ==, 1);
  wb_test_wait_until (wb_test_db_int (db, "select count(*) from pg_stat_activity where query = 'listen wb'"
                                          " or query like '%news_since%' or query = 'select 1'") > 0);
  g_string_free (watcher.states, TRUE);
}

/* Asked while the server is down: answered when it is back, unless that takes too long. */
static void
test_outage (void)
{
  g_autoptr(WbDb) db = make_hasty (wb_test_cluster_conninfo (cluster));
  g_autoptr(GAsyncResult) early = NULL;
  g_autoptr(GAsyncResult) late = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) rows = NULL;
  Watcher watcher;

  _wb_db_get_tuning (db)->offline_after_ms = 300;
  g_assert_true (wb_test_db_try_open (db, &error));
  watch (db, &watcher);
  wb_test_cluster_stop (cluster);
  wb_test_wait_until (wb_db_get_state (db) == WB_DB_STATE_CONNECTING);
  g_assert_cmpstr (wb_db_get_state_message (db), ==, "The connection to the database was lost. Connecting again…");
  _wb_db_query_async (db, WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_NONE, "select 1", NULL, NULL, wb_test_store_result, &early);
  wb_test_wait_until (wb_db_get_state (db) == WB_DB_STATE_OFFLINE);
  g_assert_null (early);

  /* known to be offline: no need to wait to hear it */
  _wb_db_query_async (db, WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_NONE, "select 1", NULL, NULL, wb_test_store_result, &late);
  wb_test_await (late);
  g_assert_null (_wb_db_query_finish (db, late, &error));
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE);
  g_clear_error (&error);

  wb_test_cluster_restart (cluster);
  wb_test_await (early);
  rows = _wb_db_query_finish (db, early, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (watcher.states->str, ==, "CON");
  wb_test_wait_until (watcher.n_resyncs == 1);
  g_string_free (watcher.states, TRUE);
}

static void
test_outage_too_long (void)
{
  g_autoptr(WbDb) db = make_hasty (wb_test_cluster_conninfo (cluster));
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  _wb_db_get_tuning (db)->queue_ms = 100;
  g_assert_true (wb_test_db_try_open (db, &error));
  wb_test_cluster_stop (cluster);
  wb_test_wait_until (wb_db_get_state (db) == WB_DB_STATE_CONNECTING);
  _wb_db_query_async (db, WB_DB_LANE_BULK, WB_DB_FLAG_NONE, "select 1", NULL, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  g_assert_null (_wb_db_query_finish (db, result, &error));
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE);
  wb_test_cluster_restart (cluster);
}

/* Started before its server; "Try again" does not wait for the pause to end. */
static void
test_server_later (void)
{
  g_autoptr(WbDb) db = make_hasty (wb_test_cluster_conninfo (cluster));
  g_autoptr(GError) error = NULL;
  Watcher watcher;

  _wb_db_get_tuning (db)->back_off_min_ms = 3600 * 1000;
  _wb_db_get_tuning (db)->back_off_max_ms = 3600 * 1000;
  wb_test_cluster_stop (cluster);
  watch (db, &watcher);
  g_assert_false (wb_test_db_try_open (db, &error));
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE);
  wb_test_cluster_restart (cluster);
  wb_db_retry_now (db);
  wb_test_wait_until (wb_db_get_state (db) == WB_DB_STATE_ONLINE);
  g_assert_cmpstr (watcher.states->str, ==, "COCN");
  g_assert_cmpuint (watcher.n_resyncs, ==, 0);
  wb_db_retry_now (db);
  g_string_free (watcher.states, TRUE);
}

static void
test_terminated (void)
{
  g_autoptr(WbDb) db = make_hasty (wb_test_cluster_conninfo (cluster));
  g_autoptr(GError) error = NULL;
  Watcher watcher;

  g_assert_true (wb_test_db_try_open (db, &error));
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr(GAsyncResult) repeated = NULL;
      g_autoptr(GAsyncResult) once = NULL;
      g_autoptr(WbDbResult) rows = NULL;

      watch (db, &watcher);
      _wb_db_query_async (db, WB_DB_LANE_BULK, WB_DB_FLAG_IDEMPOTENT, "select 1 from pg_sleep(0.2)", NULL, NULL,
                          wb_test_store_result, &repeated);
      _wb_db_query_async (db, WB_DB_LANE_BULK, WB_DB_FLAG_NONE, "select 1 from pg_sleep(3600) as once", NULL, NULL,
                          wb_test_store_result, &once);
      wb_test_wait_until (wb_test_db_int (db, "select count(*) from pg_stat_activity where query like '%as once'"
                                              " and state = 'active' and pid <> pg_backend_pid()") == 1);
      psql ("select pg_terminate_backend(pid) from pg_stat_activity where application_name like '%@%'");
      wb_test_await (repeated);
      wb_test_await (once);
      rows = _wb_db_query_finish (db, repeated, &error);
      g_assert_no_error (error);
      g_assert_null (_wb_db_query_finish (db, once, &error));
      g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE);
      g_clear_error (&error);
      wb_test_wait_until (watcher.n_resyncs == 1);
      g_signal_handlers_disconnect_by_data (db, &watcher);
      g_string_free (watcher.states, TRUE);
    }
}

static void
test_read_only (void)
{
  g_autoptr(WbDb) db = make_hasty (wb_test_cluster_conninfo (cluster));
  g_autoptr(GError) error = NULL;
  Watcher watcher;

  psql ("create table if not exists written (a int)");
  g_assert_true (wb_test_db_try_open (db, &error));
  watch (db, &watcher);
  psql ("alter system set default_transaction_read_only = on");
  psql ("select pg_reload_conf()");
  wb_test_wait_until (wb_db_get_state (db) == WB_DB_STATE_READ_ONLY);
  g_assert_cmpstr (wb_db_get_state_message (db), ==,
                   "The database is read-only at the moment: you can look, but not change anything.");
  wb_test_wait_until (wb_test_db_int (db, "select (current_setting('transaction_read_only') = 'on')::int") == 1);
  g_assert_null (wb_test_db_query (db, "insert into public.written values (1)", NULL, &error));
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_READ_ONLY);
  g_assert_true (wb_db_error_is_passing (error));
  g_assert_cmpint (wb_test_db_int (db, "select 1"), ==, 1);

  psql ("set default_transaction_read_only = off; alter system reset default_transaction_read_only");
  psql ("select pg_reload_conf()");
  wb_test_wait_until (wb_db_get_state (db) == WB_DB_STATE_ONLINE);
  g_assert_cmpstr (watcher.states->str, ==, "RN");
  g_assert_cmpuint (watcher.n_resyncs, ==, 0);
  g_string_free (watcher.states, TRUE);
}

static void
test_too_many_connections (void)
{
  g_autoptr(WbTestCluster) small = wb_test_cluster_start ("max_connections = 6\nsuperuser_reserved_connections = 0\n");
  g_autoptr(WbDb) db = make_hasty (wb_test_cluster_conninfo (small));
  g_autoptr(WbDb) other = make_hasty (wb_test_cluster_conninfo (small));
  g_autoptr(GError) error = NULL;
  guint n = 0;

  g_assert_true (wb_test_db_try_open (db, &error));
  g_assert_true (wb_test_db_try_open (other, &error));
  /* four want to be two or three; all are answered by those that there are */
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr(GAsyncResult) one = NULL;
      g_autoptr(GAsyncResult) two = NULL;
      g_autoptr(GAsyncResult) three = NULL;
      WbDb *asked = i % 2 == 0 ? db : other;
      g_autoptr(WbDbResult) rows = NULL;

      _wb_db_query_async (asked, WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_NONE, "select pg_sleep(0.005)", NULL, NULL, wb_test_store_result, &one);
      _wb_db_query_async (asked, WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_NONE, "select pg_sleep(0.005)", NULL, NULL, wb_test_store_result, &two);
      _wb_db_query_async (asked, WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_NONE, "select pg_sleep(0.005)", NULL, NULL, wb_test_store_result, &three);
      wb_test_await (one);
      wb_test_await (two);
      wb_test_await (three);
      rows = _wb_db_query_finish (asked, three, &error);
      g_assert_no_error (error);
      n++;
    }
  g_assert_cmpuint (n, ==, 30);
  g_clear_object (&db);
  g_clear_object (&other);
  wb_test_drain ();
}

/* A standby serves readers; promoted, it takes changes, and its news are heard without connecting again. */
static void
news_cb (WbDb *db,
         const char *topic,
         GArray *ids,
         gpointer user_data)
{
  g_assert_cmpstr (topic, ==, "order");
  (*(guint *) user_data)++;
}

static void
test_standby (void)
{
  g_autoptr(WbTestCluster) server = wb_test_cluster_start ("wal_level = replica\nmax_wal_senders = 2\n");
  g_autoptr(WbDb) first = wb_test_db_open (wb_test_cluster_conninfo (server));
  g_autoptr(WbDb) db = make_hasty (wb_test_cluster_conninfo (server));
  g_autofree char *mark = g_build_filename (wb_test_cluster_get_data (server), "standby.signal", NULL);
  g_autoptr(GError) error = NULL;
  guint n_news = 0;
  Watcher watcher;

  wb_test_db_add_news (first);
  wb_test_assert_finalized (&first);
  wb_test_cluster_stop (server);
  g_assert_true (g_file_set_contents (mark, "", -1, NULL));
  wb_test_cluster_restart (server);

  watch (db, &watcher);
  g_signal_connect (db, "news", G_CALLBACK (news_cb), &n_news);
  wb_test_db_try_open (db, &error);
  g_assert_no_error (error);
  g_assert_cmpint (wb_db_get_state (db), ==, WB_DB_STATE_READ_ONLY);
  g_assert_cmpint (wb_test_db_int (db, "select pg_is_in_recovery()::int"), ==, 1);
  g_assert_null (wb_test_db_query (db, "insert into wb.news (topic) values ('order')", NULL, &error));
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_READ_ONLY);

  wb_test_db_int (db, "select pg_promote()::int");
  wb_test_wait_until (wb_db_get_state (db) == WB_DB_STATE_ONLINE);
  wb_test_db_run (db, "insert into wb.news (topic) values ('order')");
  wb_test_wait_until (n_news == 1);
  g_assert_cmpstr (watcher.states->str, ==, "CRN");
  g_string_free (watcher.states, TRUE);
  g_clear_object (&db);
  wb_test_drain ();
}

/* Over TCP by name: resolved by us, not by libpq. */
static void
test_tcp (void)
{
  g_autoptr(WbTestCluster) tcp = wb_test_cluster_start (NULL);
  guint port = wb_test_cluster_listen (tcp);
  g_autofree char *conninfo = g_strdup_printf ("host=localhost port=%u user=postgres dbname=postgres", port);
  g_autofree char *hba = g_strdup ("local all all trust\nhost all all 127.0.0.1/32 trust\n");
  g_autoptr(WbDb) db = make_hasty (conninfo);
  g_autoptr(GError) error = NULL;

  wb_test_cluster_set_hba (tcp, hba);
  wb_test_cluster_restart (tcp);
  wb_test_db_try_open (db, &error);
  g_assert_no_error (error);
  g_assert_cmpint (wb_test_db_int (db, "select current_setting('tcp_keepalives_idle')::int * 0 + 1"), ==, 1);
  wb_test_cluster_restart (tcp);
  wb_test_wait_until (wb_db_get_state (db) == WB_DB_STATE_CONNECTING);
  wb_test_wait_until (wb_db_get_state (db) == WB_DB_STATE_ONLINE);
  g_clear_object (&db);
  wb_test_drain ();
}

int
main (int argc,
      char **argv)
{
  int status = 0;

  wb_test_init (&argc, &argv);
  if (g_getenv ("WAYBILL_TEST_PG_BINDIR") == NULL)
    return wb_test_skip_all ("no database server (run under tests/cluster)");
  g_type_class_unref (g_type_class_ref (WB_TYPE_DB));
  cluster = wb_test_cluster_start (NULL);
  g_test_add_func ("/state/open/refused", test_refused);
  g_test_add_func ("/state/open/password-later", test_password_later);
  g_test_add_func ("/state/open/conninfo-is-hidden", test_conninfo_is_hidden);
  g_test_add_func ("/state/open/version", test_version);
  g_test_add_func ("/state/open/places", test_places);
  g_test_add_func ("/state/open/no-standby", test_no_standby);
  g_test_add_func ("/state/open/cancelled", test_open_cancelled);
  g_test_add_func ("/state/open/closed-meanwhile", test_close_while_opening);
  g_test_add_func ("/state/open/again", test_reopen);
  g_test_add_func ("/state/open/server-later", test_server_later);
  g_test_add_data_func ("/state/lost/restart", GINT_TO_POINTER (FALSE), test_restart);
  g_test_add_data_func ("/state/lost/crash", GINT_TO_POINTER (TRUE), test_restart);
  g_test_add_func ("/state/lost/outage", test_outage);
  g_test_add_func ("/state/lost/outage-too-long", test_outage_too_long);
  g_test_add_func ("/state/lost/terminated", test_terminated);
  g_test_add_func ("/state/read-only", test_read_only);
  g_test_add_func ("/state/too-many-connections", test_too_many_connections);
  g_test_add_func ("/state/standby", test_standby);
  g_test_add_func ("/state/tcp", test_tcp);
  status = g_test_run ();
  wb_test_drain ();
  wb_test_cluster_free (cluster);
  return status;
}
