/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "db/wb-conninfo.h"
#include "db/wb-migrate.h"
#include "db/wb-scram-private.h"
#include "db/wb-staff.h"
#include "tests/db/wb-test-db.h"

static WbDb *
connect_as (const char *user, const char *password, GError **error)
{
  g_autofree char *conninfo = wb_conninfo_set (wb_test_database (), "user", user);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WbDb) db = wb_db_new (conninfo);

  wb_db_set_password (db, password);
  wb_db_open_async (db, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  return wb_db_open_finish (db, result, error) ? g_steal_pointer (&db) : NULL;
}

/* The server of this program, with the schema in it. */
static WbDb *
open_administrator (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WbDb *db = NULL;

  if (wb_test_database () == NULL)
    return NULL;
  db = connect_as ("postgres", NULL, &error);
  g_assert_no_error (error);
  wb_migrate_async (db, NULL, NULL, NULL, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  wb_migrate_finish (db, result, &error);
  g_assert_no_error (error);
  return db;
}

static gboolean
add (WbDb *db,
     const char *login,
     const char *name,
     const char *roles,
     const char *password,
     GError **error)
{
  g_auto (GStrv) list = g_strsplit (roles, " ", -1);
  g_autoptr (GAsyncResult) result = NULL;

  wb_staff_add_async (db, login, name, (const char *const *) list, password, NULL,
                      wb_test_store_result, &result);
  wb_test_await (result);
  return wb_staff_add_finish (db, result, error);
}

static gboolean
remove_seat (WbDb *db, const char *login, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wb_staff_remove_async (db, login, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  return wb_staff_remove_finish (db, result, error);
}

/* "login: name (roles)", or NULL. */
static char *
describe (WbDb *db, const char *login)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  wb_staff_list_async (db, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  list = wb_staff_list_finish (db, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    {
      const WbStaff *staff = g_ptr_array_index (list, i);
      g_autofree char *roles = g_strjoinv (" ", staff->roles);

      if (g_str_equal (staff->login, login))
        return g_strdup_printf ("%s: %s (%s)%s", staff->login, staff->display_name, roles,
                                staff->active ? "" : " off");
    }
  return NULL;
}

static void
assert_is (WbDb *db, const char *login, const char *expected)
{
  g_autofree char *description = describe (db, login);

  g_assert_cmpstr (description, ==, expected);
}

/* RFC 7677, section 3. */
static void
test_verifier (void)
{
  gsize length = 0;
  g_autofree guchar *salt = g_base64_decode ("W22ZaJ0SNY7soEsUEjb6gQ==", &length);
  g_autofree char *verifier = _wb_scram_make_verifier ("pencil", salt, length);
  g_autofree char *one = _wb_scram_make_verifier ("pencil", NULL, 0);
  g_autofree char *other = _wb_scram_make_verifier ("pencil", NULL, 0);

  g_assert_cmpstr (verifier, ==,
                   "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$"
                   "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:"
                   "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=");
  g_assert_cmpstr (one, !=, other);
}

static void
test_life (void)
{
  g_autoptr (WbDb) db = open_administrator ();
  g_autoptr (WbDb) seat = NULL;
  g_autoptr (GError) error = NULL;

  if (db == NULL)
    return;
  add (db, "Léa \"L\" O'Hara", "Léa", "packer", NULL, &error);
  g_assert_no_error (error);
  assert_is (db, "Léa \"L\" O'Hara", "Léa \"L\" O'Hara: Léa (packer)");

  /* Again: another role; the name stays. */
  add (db, "Léa \"L\" O'Hara", NULL, "sales support", NULL, &error);
  g_assert_no_error (error);
  assert_is (db, "Léa \"L\" O'Hara", "Léa \"L\" O'Hara: Léa (packer sales support)");

  seat = connect_as ("Léa \"L\" O'Hara", NULL, &error);
  g_assert_no_error (error);
  remove_seat (db, "Léa \"L\" O'Hara", &error);
  g_assert_no_error (error);
  assert_is (db, "Léa \"L\" O'Hara", "Léa \"L\" O'Hara: Léa () off");
  /* Thrown out, and not let in again. */
  wb_test_wait_until (wb_db_get_state (seat) != WB_DB_STATE_ONLINE);
  g_clear_object (&seat);
  seat = connect_as ("Léa \"L\" O'Hara", NULL, &error);
  g_assert_null (seat);
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_AUTH);
  g_clear_error (&error);

  add (db, "Léa \"L\" O'Hara", NULL, "packer", NULL, &error);
  g_assert_no_error (error);
  assert_is (db, "Léa \"L\" O'Hara", "Léa \"L\" O'Hara: Léa (packer)");
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *login;
    const char *roles;
    const char *says;
  } cases[] = {
    { "", "packer", "needs a name" },
    { "wb_someone", "packer", "begin with wb_" },
    { "pg_someone", "packer", "begin with wb_" },
    { "anna", "king", "there is no role king" },
    { "a-name-that-is-much-too-long-for-a-role-of-the-server-since-it-has-64", "packer", "63" },
  };
  g_autoptr (WbDb) db = open_administrator ();
  g_autoptr (GError) error = NULL;

  if (db == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_false (add (db, cases[i].login, NULL, cases[i].roles, NULL, &error));
      g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_REFUSED);
      g_assert_nonnull (strstr (error->message, cases[i].says));
      g_clear_error (&error);
    }
  g_assert_false (remove_seat (db, "nobody-of-that-name", &error));
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (remove_seat (db, "postgres", &error));
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_REFUSED);
}

/* All or nothing: a seat that may not create roles leaves no trace. */
static void
test_without_the_right (void)
{
  g_autoptr (WbDb) db = open_administrator ();
  g_autoptr (WbDb) seat = NULL;
  g_autofree char *n = NULL;
  g_autoptr (GError) error = NULL;

  if (db == NULL)
    return;
  add (db, "chief", NULL, "admin", NULL, &error);
  g_assert_no_error (error);
  seat = connect_as ("chief", NULL, &error);
  g_assert_no_error (error);
  g_assert_false (add (seat, "sneaky", NULL, "packer", NULL, &error));
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "--database"));
  n = wb_test_db_text (db, "select count(*) from pg_roles where rolname = 'sneaky'");
  g_assert_cmpstr (n, ==, "0");
  assert_is (db, "sneaky", NULL);
}

/* The server asks for the password from now on, so this is the last test. */
static void
test_password (void)
{
  g_autoptr (WbDb) db = open_administrator ();
  g_autoptr (WbDb) seat = NULL;
  g_autofree char *file = NULL;
  g_autofree char *copy = NULL;
  g_autofree char *reloaded = NULL;
  g_autofree char *copied = NULL;
  g_autoptr (GError) error = NULL;

  if (db == NULL)
    return;
  add (db, "zoe", NULL, "packer", "pässwörd ½", &error);
  g_assert_no_error (error);
  file = wb_test_db_text (db, "select current_setting ('hba_file')");
  copy = g_strdup_printf ("copy (select line from (values (1, 'local all zoe scram-sha-256'),"
                          " (2, 'local all all trust')) l (n, line) order by n) to '%s'",
                          file);
  copied = wb_test_db_text (db, copy);
  reloaded = wb_test_db_text (db, "select pg_reload_conf ()");
  for (;;)
    {
      g_clear_error (&error);
      g_clear_object (&seat);
      seat = connect_as ("zoe", "wrong", &error);
      if (seat == NULL)
        break;
    }
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_AUTH);
  g_clear_error (&error);
  seat = connect_as ("zoe", "pässwörd ½", &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/staff/verifier", test_verifier);
  g_test_add_func ("/staff/life", test_life);
  g_test_add_func ("/staff/refusals", test_refusals);
  g_test_add_func ("/staff/without-the-right", test_without_the_right);
  g_test_add_func ("/staff/password", test_password);
  return g_test_run ();
}
