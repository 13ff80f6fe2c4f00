/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "db/wb-conninfo.h"
#include "db/wb-migrate.h"
#include "db/wb-server.h"
#include "tests/db/wb-test-db.h"

/* A database of its own for one test, and a folder of SQL to apply to it. */
typedef struct
{
  WbDb *db;
  char *conninfo;
  char *folder;
  char *source;
} Fixture;

static gboolean
make_database (Fixture *fixture, const char *name)
{
  const char *server = wb_test_database ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WbDb) db = NULL;
  g_autoptr (GError) error = NULL;
  gboolean made = FALSE;

  if (server == NULL)
    return FALSE;
  db = wb_test_db_open (server);
  wb_server_make_database_async (db, name, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  wb_server_make_database_finish (db, result, &made, &error);
  g_assert_no_error (error);
  g_assert_true (made);
  fixture->conninfo = wb_conninfo_set (server, "dbname", name);
  return TRUE;
}

static void
write_sql (Fixture *fixture, const char *path, const char *sql)
{
  g_autofree char *file = g_build_filename (fixture->folder, path, NULL);
  g_autofree char *folder = g_path_get_dirname (file);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (file, sql, -1, &error);
  g_assert_no_error (error);
}

static void
remove_sql (Fixture *fixture, const char *path)
{
  g_autofree char *file = g_build_filename (fixture->folder, path, NULL);

  g_assert_cmpint (g_unlink (file), ==, 0);
}

static void
set_up (Fixture *fixture, gconstpointer name)
{
  if (!make_database (fixture, name))
    return;
  fixture->db = wb_test_db_open (fixture->conninfo);
  fixture->folder = wb_test_folder ();
  fixture->source = g_filename_to_uri (fixture->folder, NULL, NULL);
  write_sql (fixture, "schema/0001-first.sql", "create table wb.first (n integer);");
  write_sql (fixture, "schema/0002-second.sql", "create table wb.second (n integer);\n");
  write_sql (fixture, "api/10-say.sql",
             "create schema if not exists api;"
             "create or replace function api.say () returns text language sql return 'one';");
}

static void
tear_down (Fixture *fixture, gconstpointer name)
{
  g_clear_object (&fixture->db);
  g_free (fixture->conninfo);
  g_free (fixture->folder);
  g_free (fixture->source);
}

static void
assert_says (Fixture *fixture, const char *sql, const char *expected)
{
  g_autofree char *answer = wb_test_db_text (fixture->db, sql);

  g_assert_cmpstr (answer, ==, expected);
}

static void
run_sql (Fixture *fixture, const char *sql)
{
  g_autofree char *answer = wb_test_db_text (fixture->db, sql);
}

static const char applied_sql[] =
    "select coalesce (string_agg (number || ' ' || name, ', ' order by number), '')"
    "  from wb.schema_migration";

static void
count_cb (const char *file, guint done, guint total, gpointer user_data)
{
  GString *steps = user_data;

  g_assert_cmpuint (done, <, total);
  g_string_append_printf (steps, "%s%s", steps->len > 0 ? " " : "", file);
}

static gboolean
migrate (Fixture *fixture, const char *expected_steps, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GString) steps = g_string_new (NULL);
  gboolean done = FALSE;

  wb_migrate_async (fixture->db, fixture->source, count_cb, steps, NULL, wb_test_store_result,
                    &result);
  wb_test_await (result);
  done = wb_migrate_finish (fixture->db, result, error);
  if (expected_steps != NULL)
    g_assert_cmpstr (steps->str, ==, expected_steps);
  return done;
}

static void
assert_migrates (Fixture *fixture, const char *expected_steps)
{
  g_autoptr (GError) error = NULL;

  migrate (fixture, expected_steps, &error);
  g_assert_no_error (error);
}

static void
assert_refuses (Fixture *fixture, WbDbError code, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (migrate (fixture, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, WB_DB_ERROR, (int) code);
  if (strstr (error->message, text) == NULL)
    g_error ("\"%s\" does not say \"%s\"", error->message, text);
}

static WbSchemaState
query_state (WbDb *db, const char *source)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WbSchemaState state = { 0 };

  wb_schema_query_async (db, source, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  wb_schema_query_finish (db, result, &state, &error);
  g_assert_no_error (error);
  return state;
}

/* ---- Cases ------------------------------------------------------------------------------------
 */

static void
test_in_order (Fixture *fixture, gconstpointer name)
{
  WbSchemaState state = { 0 };

  if (fixture->db == NULL)
    return;
  state = query_state (fixture->db, fixture->source);
  g_assert_cmpint (state.number, ==, 0);
  g_assert_cmpint (state.wanted, ==, 2);
  g_assert_true (state.may_migrate);

  assert_migrates (fixture, "schema/0001-first.sql schema/0002-second.sql api api/10-say.sql api");
  assert_says (fixture, applied_sql, "0 api, 1 0001-first.sql, 2 0002-second.sql");
  assert_says (fixture, "select api.say ()", "one");
  state = query_state (fixture->db, fixture->source);
  g_assert_cmpint (state.number, ==, 2);
  g_assert_true (state.api_is_current);

  /* Nothing is left to do. */
  assert_migrates (fixture, "");

  write_sql (fixture, "schema/0003-third.sql", "create table wb.third (n integer);");
  state = query_state (fixture->db, fixture->source);
  g_assert_cmpint (state.number, ==, 2);
  g_assert_cmpint (state.wanted, ==, 3);
  assert_migrates (fixture, "schema/0003-third.sql api api/10-say.sql api");
}

static void
test_api_changes (Fixture *fixture, gconstpointer name)
{
  WbSchemaState state = { 0 };

  if (fixture->db == NULL)
    return;
  assert_migrates (fixture, NULL);
  write_sql (fixture, "api/10-say.sql",
             "create or replace function api.say () returns text language sql return 'two';");
  write_sql (fixture, "api/20-more.sql",
             "create or replace function api.more () returns text language sql return 'more';");
  state = query_state (fixture->db, fixture->source);
  g_assert_false (state.api_is_current);
  assert_migrates (fixture, "api api/10-say.sql api/20-more.sql api");
  assert_says (fixture, "select api.say () || api.more ()", "twomore");
  assert_migrates (fixture, "");

  /* A file that is gone is a change too. */
  remove_sql (fixture, "api/20-more.sql");
  assert_migrates (fixture, "api api/10-say.sql api");
}

static void
test_api_is_one_transaction (Fixture *fixture, gconstpointer name)
{
  if (fixture->db == NULL)
    return;
  assert_migrates (fixture, NULL);
  write_sql (fixture, "api/10-say.sql",
             "create or replace function api.say () returns text language sql return 'two';");
  write_sql (fixture, "api/20-wrong.sql", "create function api.wrong (;");
  assert_refuses (fixture, WB_DB_ERROR_FAILED, "db/api/20-wrong.sql");
  assert_says (fixture, "select api.say ()", "one");
}

static void
test_wrong_migration (Fixture *fixture, gconstpointer name)
{
  if (fixture->db == NULL)
    return;
  write_sql (fixture, "schema/0002-second.sql",
             "create table wb.second (n integer); insert into wb.second values ('x');");
  assert_refuses (fixture, WB_DB_ERROR_REFUSED, "db/schema/0002-second.sql");
  assert_says (fixture, applied_sql, "1 0001-first.sql");
  assert_says (fixture, "select to_regclass ('wb.second') is null", "t");

  /* Mended (it was never applied), it goes on where it stopped. */
  write_sql (fixture, "schema/0002-second.sql", "create table wb.second (n integer);");
  assert_migrates (fixture, "schema/0002-second.sql api api/10-say.sql api");
}

static void
test_edited_migration (Fixture *fixture, gconstpointer name)
{
  if (fixture->db == NULL)
    return;
  assert_migrates (fixture, NULL);
  write_sql (fixture, "schema/0001-first.sql", "create table wb.first (n bigint);");
  assert_refuses (fixture, WB_DB_ERROR_VERSION, "db/schema/0001-first.sql");
}

static void
test_newer_schema (Fixture *fixture, gconstpointer name)
{
  WbSchemaState state = { 0 };

  if (fixture->db == NULL)
    return;
  assert_migrates (fixture, NULL);
  remove_sql (fixture, "schema/0002-second.sql");
  state = query_state (fixture->db, fixture->source);
  g_assert_cmpint (state.number, >, state.wanted);
  assert_refuses (fixture, WB_DB_ERROR_VERSION, "0002-second.sql");
}

static void
test_gap (Fixture *fixture, gconstpointer name)
{
  if (fixture->db == NULL)
    return;
  write_sql (fixture, "schema/0004-fourth.sql", "select 1;");
  assert_refuses (fixture, WB_DB_ERROR_FAILED, "number 3");
}

static void
test_two_at_once (Fixture *fixture, gconstpointer name)
{
  g_autoptr (WbDb) other = NULL;
  g_autoptr (GAsyncResult) one_result = NULL;
  g_autoptr (GAsyncResult) other_result = NULL;
  g_autoptr (GError) error = NULL;

  if (fixture->db == NULL)
    return;
  other = wb_test_db_open (fixture->conninfo);
  wb_migrate_async (fixture->db, fixture->source, NULL, NULL, NULL, wb_test_store_result,
                    &one_result);
  wb_migrate_async (other, fixture->source, NULL, NULL, NULL, wb_test_store_result, &other_result);
  wb_test_await (one_result);
  wb_test_await (other_result);
  wb_migrate_finish (fixture->db, one_result, &error);
  g_assert_no_error (error);
  wb_migrate_finish (other, other_result, &error);
  g_assert_no_error (error);
  assert_says (fixture, applied_sql, "0 api, 1 0001-first.sql, 2 0002-second.sql");
}

static void
test_cancelled (Fixture *fixture, gconstpointer name)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (fixture->db == NULL)
    return;
  write_sql (fixture, "schema/0002-second.sql",
             "create table wb.second (n integer); select pg_sleep (60);");
  wb_migrate_async (fixture->db, fixture->source, NULL, NULL, cancellable, wb_test_store_result,
                    &result);
  for (;;)
    {
      g_autofree char *sleeping =
          wb_test_db_text (fixture->db, "select count(*) from pg_stat_activity where wait_event = 'PgSleep'"
                               " and datname = current_database ()");

      if (g_str_equal (sleeping, "1"))
        break;
    }
  g_cancellable_cancel (cancellable);
  wb_test_await (result);
  g_assert_false (wb_migrate_finish (fixture->db, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_says (fixture, "select to_regclass ('wb.second') is null", "t");
  assert_says (fixture, applied_sql, "1 0001-first.sql");

  write_sql (fixture, "schema/0002-second.sql", "create table wb.second (n integer);");
  assert_migrates (fixture, NULL);
}

/* What the programs bring, applied to an empty database; then a seat that may not change it. */
static void
test_built_in (Fixture *fixture, gconstpointer name)
{
  g_autofree char *conninfo = NULL;
  g_autoptr (WbDb) seat = NULL;
  g_autoptr (WbDb) stranger = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WbSchemaState state = { 0 };

  if (fixture->db == NULL)
    return;
  g_clear_pointer (&fixture->source, g_free);
  assert_migrates (fixture, NULL);
  assert_migrates (fixture, "");

  run_sql (fixture, "create role migrate_seat login in role wb_packer");
  run_sql (fixture, "create role migrate_stranger login");
  conninfo = wb_conninfo_set (fixture->conninfo, "user", "migrate_seat");
  seat = wb_test_db_open (conninfo);
  state = query_state (seat, NULL);
  g_assert_cmpint (state.number, ==, state.wanted);
  g_assert_true (state.api_is_current);
  g_assert_false (state.may_migrate);

  g_free (conninfo);
  conninfo = wb_conninfo_set (fixture->conninfo, "user", "migrate_stranger");
  stranger = wb_test_db_open (conninfo);
  wb_schema_query_async (stranger, NULL, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  g_assert_false (wb_schema_query_finish (stranger, result, &state, &error));
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "waybillctl user add migrate_stranger"));
}

/* Functions of an older version, of the same name and with other parameters, do not stay in the way; what migrations
 * made, and what tables are built on, does. */
static void
test_older_functions (Fixture *fixture, gconstpointer name)
{
  if (fixture->db == NULL)
    return;
  g_free (fixture->source);
  fixture->source = NULL;
  g_assert_true (migrate (fixture, NULL, NULL));
  run_sql (fixture, "create function wb.next_customer_number (odd integer) returns text language sql return 'old'");
  run_sql (fixture, "create function wb.from_long_ago () returns text language sql return 'old'");
  run_sql (fixture, "update wb.schema_migration set checksum = 'older' where number = 0");
  g_assert_true (migrate (fixture, NULL, NULL));
  assert_says (fixture, "select string_agg (p.oid::regprocedure::text, ' ') from pg_proc p where p.proname in "
                        "('next_customer_number', 'from_long_ago')",
               "wb.next_customer_number()");
  assert_says (fixture, "select count (*) from pg_proc p where p.oid = to_regprocedure ('wb.fold(text)')", "1");
}

/* A database that came out of a backup has its schemas and no rights of its own: it is brought up to date all the same. */
static void
test_restored (Fixture *fixture, gconstpointer name)
{
  if (fixture->db == NULL)
    return;
  g_clear_pointer (&fixture->source, g_free);
  g_assert_true (migrate (fixture, NULL, NULL));
  run_sql (fixture, "do $$ begin execute format ('revoke create on database %I from wb_owner', current_database ()); end $$");
  run_sql (fixture, "update wb.schema_migration set checksum = 'older' where number = 0");
  g_assert_true (migrate (fixture, NULL, NULL));
  assert_says (fixture, "select has_database_privilege ('wb_owner', current_database (), 'create')", "t");
}

/* Whoever changes the list of files sees the order and the names here. */
static void
test_names (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = NULL;

  names = g_resources_enumerate_children ("/org/waybill/db/schema", G_RESOURCE_LOOKUP_FLAGS_NONE,
                                          &error);
  g_assert_no_error (error);
  for (guint i = 0; names[i] != NULL; i++)
    if (!g_regex_match_simple ("^[0-9]{4}-[a-z0-9-]+\\.sql$", names[i], 0, 0))
      g_error ("%s: a migration is called NNNN-name.sql", names[i]);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/migrate/" name, Fixture, "migrate " name, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  ADD ("in-order", test_in_order);
  ADD ("api-changes", test_api_changes);
  ADD ("api-is-one-transaction", test_api_is_one_transaction);
  ADD ("wrong-migration", test_wrong_migration);
  ADD ("edited-migration", test_edited_migration);
  ADD ("newer-schema", test_newer_schema);
  ADD ("gap", test_gap);
  ADD ("two-at-once", test_two_at_once);
  ADD ("cancelled", test_cancelled);
  ADD ("built-in", test_built_in);
  ADD ("older-functions", test_older_functions);
  ADD ("restored", test_restored);
  g_test_add_func ("/migrate/names", test_names);
  return g_test_run ();
}
