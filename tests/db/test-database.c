/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <signal.h>
#include <string.h>

#include "db/wb-conninfo.h"
#include "db/wb-database.h"
#include "db/wb-server.h"
#include "db/wb-staff.h"
#include "tests/wb-test.h"

static gboolean
open_database (WbDatabase *database, WbDatabaseFlags flags, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wb_database_open_async (database, flags, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  return wb_database_open_finish (database, result, error);
}

static void
close_database (WbDatabase *database)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  wb_database_close_async (database, wb_test_store_result, &result);
  wb_test_await (result);
  wb_database_close_finish (database, result, &error);
  g_assert_no_error (error);
}

/* What --database and WAYBILL_DATABASE say, and where that leads. */
static void
test_where (void)
{
  static const struct
  {
    const char *option;
    const char *environment;
    gboolean embedded;
    const char *name; /* ends so */
  } cases[] = {
    { NULL, NULL, TRUE, "cluster" },
    { NULL, "", TRUE, "cluster" },
    { NULL, "embedded", TRUE, "cluster" },
    { NULL, "embedded:/srv/shop", TRUE, "/srv/shop" },
    { "embedded", "host=there", TRUE, "cluster" },
    { "embedded:", NULL, TRUE, "cluster" },
    { "embedded:/srv/../srv/shop/", NULL, TRUE, "/srv/shop" },
    { "embedded:~/shop", NULL, TRUE, "/shop" },
    { "host=there dbname=shop password=s3cret", "embedded", FALSE, "there/shop" },
    { "postgresql://anna:s3cret@there:5433/shop", NULL, FALSE, "there/shop" },
    { "service=shop", NULL, FALSE, "shop" },
    { NULL, "dbname=embedded", FALSE, "embedded" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbDatabase) database = NULL;
      g_autofree char *name = NULL;

      if (cases[i].environment != NULL)
        g_setenv ("WAYBILL_DATABASE", cases[i].environment, TRUE);
      else
        g_unsetenv ("WAYBILL_DATABASE");
      database = wb_database_new (cases[i].option);
      name = wb_database_dup_name (database);
      g_test_message ("%s / %s: %s", cases[i].option, cases[i].environment, name);
      g_assert_cmpint (wb_database_is_embedded (database), ==, cases[i].embedded);
      g_assert_true (g_str_has_suffix (name, cases[i].name));
      g_assert_null (strstr (name, "s3cret"));
    }
  g_unsetenv ("WAYBILL_DATABASE");
}

static void
test_conninfo (void)
{
  static const struct
  {
    const char *conninfo;
    const char *keyword;
    const char *value;
    const char *expected;
  } cases[] = {
    { "host=there dbname=a", "dbname", "b", "host='there' dbname='b'" },
    { "host=there", "dbname", "b c", "host='there' dbname='b c'" },
    { "dbname=a password=x", "password", NULL, "dbname='a'" },
    { "postgresql://anna@there/a", "user", "o'hara\\",
      "dbname='a' host='there' user='o\\'hara\\\\'" },
    { "this is = not one", "dbname", "b", "this is = not one" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *changed =
          wb_conninfo_set (cases[i].conninfo, cases[i].keyword, cases[i].value);
      g_autofree char *value = wb_conninfo_get (changed, cases[i].keyword);

      g_assert_cmpstr (changed, ==, cases[i].expected);
      if (!g_str_equal (changed, cases[i].conninfo))
        g_assert_cmpstr (value, ==, cases[i].value);
    }
}

static void
note_progress_cb (WbDatabase *database, GParamSpec *pspec, GString *told)
{
  g_string_append_printf (told, "%s|", wb_database_get_progress (database));
}

static void
test_embedded (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *where = g_strconcat ("embedded:", folder, NULL);
  g_autoptr (WbDatabase) database = wb_database_new (where);
  g_autoptr (WbDatabase) again = NULL;
  g_autoptr (GString) told = g_string_new (NULL);
  g_autofree char *conninfo = NULL;
  g_autoptr (GError) error = NULL;

  g_signal_connect (database, "notify::progress", G_CALLBACK (note_progress_cb), told);
  g_assert_null (wb_database_get_db (database));
  open_database (database, WB_DATABASE_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_assert_true (wb_database_is_new (database));
  g_assert_cmpint (wb_db_get_state (wb_database_get_db (database)), ==, WB_DB_STATE_ONLINE);
  g_assert_cmpstr (wb_database_get_progress (database), ==, "");
  g_assert_true (g_str_has_prefix (told->str, "Making the database…|Starting the database…|"));
  conninfo = wb_database_dup_conninfo (database);
  g_assert_nonnull (strstr (conninfo, "dbname=waybill"));

  again = wb_database_new (where);
  open_database (again, WB_DATABASE_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_assert_false (wb_database_is_new (again));
  close_database (database);
  g_assert_cmpint (wb_db_get_state (wb_database_get_db (again)), ==, WB_DB_STATE_ONLINE);
  close_database (again);
}

static gint64
query_pid (WbDatabase *database)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WbClusterStatus) status = NULL;

  wb_cluster_query_status_async (wb_database_get_cluster (database), NULL, wb_test_store_result,
                                 &result);
  wb_test_await (result);
  status = wb_cluster_query_status_finish (wb_database_get_cluster (database), result, NULL);
  return status != NULL && status->running ? status->pid : 0;
}

/* The server is killed under a program that uses it: the program gets it back by itself. */
static void
test_revived (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *where = g_strconcat ("embedded:", folder, NULL);
  g_autoptr (WbDatabase) database = wb_database_new (where);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) staff = NULL;
  g_autoptr (GError) error = NULL;
  gint64 pid = 0;

  open_database (database, WB_DATABASE_FLAGS_NONE, &error);
  g_assert_no_error (error);
  pid = query_pid (database);
  g_assert_cmpint (kill ((pid_t) pid, SIGKILL), ==, 0);
  wb_test_wait_until (wb_db_get_state (wb_database_get_db (database)) != WB_DB_STATE_ONLINE);
  wb_test_wait_until (wb_db_get_state (wb_database_get_db (database)) == WB_DB_STATE_ONLINE);
  g_assert_cmpint (query_pid (database), !=, pid);

  wb_staff_list_async (wb_database_get_db (database), NULL, wb_test_store_result, &result);
  wb_test_await (result);
  staff = wb_staff_list_finish (wb_database_get_db (database), result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (staff->len, ==, 1);
  close_database (database);
}

static void
test_shared (void)
{
  const char *server = wb_test_database ();
  g_autofree char *where = NULL;
  g_autoptr (WbDatabase) administrator = NULL;
  g_autoptr (WbDatabase) empty = NULL;
  g_autoptr (WbDatabase) prepared = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (server == NULL)
    return;
  administrator = wb_database_new (server);
  open_database (administrator, WB_DATABASE_FLAGS_BARE, &error);
  g_assert_no_error (error);
  wb_server_make_database_async (wb_database_get_db (administrator), "shared shop", NULL,
                                 wb_test_store_result, &result);
  wb_test_await (result);
  wb_server_make_database_finish (wb_database_get_db (administrator), result, NULL, &error);
  g_assert_no_error (error);

  where = wb_conninfo_set (server, "dbname", "shared shop");
  prepared = wb_database_new (where);
  open_database (prepared, WB_DATABASE_FLAGS_MIGRATE, &error);
  g_assert_no_error (error);
  g_assert_true (wb_database_is_new (prepared));
  g_assert_null (wb_database_get_cluster (prepared));
  close_database (prepared);
  close_database (administrator);

  g_free (where);
  where = wb_conninfo_set (server, "dbname", "not there");
  empty = wb_database_new (where);
  g_assert_false (open_database (empty, WB_DATABASE_FLAGS_NONE, &error));
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_AUTH);
  close_database (empty);
}

/* Given up half-way, it can be opened again. */
static void
test_cancelled (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *where = g_strconcat ("embedded:", folder, NULL);
  g_autoptr (WbDatabase) database = wb_database_new (where);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  wb_database_open_async (database, WB_DATABASE_FLAGS_NONE, cancellable, wb_test_store_result,
                          &result);
  wb_test_wait_until (g_str_equal (wb_database_get_progress (database), "Making the database…"));
  g_cancellable_cancel (cancellable);
  wb_test_await (result);
  g_assert_false (wb_database_open_finish (database, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  open_database (database, WB_DATABASE_FLAGS_NONE, &error);
  g_assert_no_error (error);
  close_database (database);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/database/where", test_where);
  g_test_add_func ("/database/conninfo", test_conninfo);
  g_test_add_func ("/database/embedded", test_embedded);
  g_test_add_func ("/database/revived", test_revived);
  g_test_add_func ("/database/shared", test_shared);
  g_test_add_func ("/database/cancelled", test_cancelled);
  return g_test_run ();
}
