/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-migrate"

#include "config.h"

#include <string.h>

#include "db/wb-db-private.h"
#include "db/wb-migrate-private.h"
#include "db/wb-migrate.h"

/* "waybill" as a number: nobody else takes this advisory lock. */
#define LOCK_KEY "33602218270190700"
#define API_NUMBER 0
#define API_NAME "api"
#define OLDEST_SERVER 150000

static const char state_sql[] =
    "select number, api_checksum, may_migrate from api.schema_state ()";

/* For a database without (or with a half-made) api. */
static const char bare_state_sql[] =
    "select (select rolsuper or (rolcreaterole and"
    "               has_database_privilege (current_database (), 'create'))"
    "          from pg_roles where rolname = session_user)"
    "       or coalesce ((select pg_has_role (session_user, oid, 'member')"
    "                       from pg_roles where rolname = 'wb_owner'), false) as may_migrate,"
    "       exists (select from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
    "                where n.nspname = 'api' and p.proname = 'schema_state') as has_api,"
    "       session_user as login";

static const char lock_sql[] =
    "select pg_advisory_lock (" LOCK_KEY "),"
    "       exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace"
    "                where n.nspname = 'wb' and c.relname = 'schema_migration') as made";

static const char applied_sql[] =
    "select number, name, checksum from wb.schema_migration order by number";

/* The table of what was applied exists before the first migration. */
static const char prepare_sql[] =
    "begin;"
    "set local client_min_messages = warning;"
    "create schema if not exists wb;"
    "create table if not exists wb.schema_migration ("
    "  number integer primary key check (number >= 0),"
    "  name text not null,"
    "  checksum text not null,"
    "  program text not null,"
    "  applied_at timestamptz not null default now (),"
    "  applied_by text not null default session_user);"
    "comment on table wb.schema_migration is"
    "  'what was applied to this database; number 0 is the api, applied again whenever it changes';"
    "commit;";

/* A migration waits a while for tables in use, but not for ever: behind it everybody queues. */
static const char begin_sql[] =
    "begin;"
    "set local client_min_messages = warning;"
    "set local lock_timeout = '20s';"
    "set local search_path = public;"
    "set local timezone = 'UTC';\n";

/* What any seat may know: how far the schema is. */
static const char state_function_sql[] =
    "\n;create schema if not exists api;"
    "create or replace function api.schema_state ("
    "    out number integer, out api_checksum text, out may_migrate boolean)"
    "  language sql stable security definer set search_path = pg_catalog, pg_temp as $state$"
    "    select coalesce ((select max (m.number) from wb.schema_migration m), 0),"
    "           coalesce ((select m.checksum from wb.schema_migration m where m.number = 0), ''),"
    "           coalesce ((select pg_has_role (session_user, r.oid, 'member')"
    "                        from pg_roles r where r.rolname = 'wb_owner'),"
    "                     (select r.rolsuper from pg_roles r where r.rolname = session_user))"
    "  $state$;"
    "comment on function api.schema_state is"
    "  'how far this database''s schema is, and whether the seat could bring it further';"
    "grant execute on function api.schema_state to public;";

/* ---- How a database stands ------------------------------------------------------------------ */

static void
bare_state_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbSchemaState *state = g_task_get_task_data (task);
  g_autoptr (WbDbResult) rows = NULL;
  GError *error = NULL;

  rows = _wb_db_query_finish (WB_DB (source), result, &error);
  if (rows == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  state->may_migrate = _wb_db_result_get_bool_or (rows, 0, _wb_db_result_column (rows, "may_migrate"),
                                                  FALSE);
  /* Without an api it is empty, or was interrupted, and migrating goes on there. */
  state->number = 0;
  if (_wb_db_result_get_bool (rows, 0, _wb_db_result_column (rows, "has_api")) &&
      !state->may_migrate)
    {
      const char *login = _wb_db_result_get_text (rows, 0, _wb_db_result_column (rows, "login"));

      g_task_return_new_error (task, WB_DB_ERROR, WB_DB_ERROR_DENIED,
                               "the login %s has no role in Waybill: an administrator gives it one "
                               "with `waybillctl user add %s --role ROLE`",
                               login, login);
      return;
    }
  if (_wb_db_result_check (rows, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* No such function, no such schema, no right to it: all say that there is no Waybill here (yet). */
static gboolean
is_no_api (const GError *error)
{
  const char *sqlstate = wb_db_error_get_sqlstate (error);

  return g_strcmp0 (sqlstate, "42883") == 0 || g_strcmp0 (sqlstate, "3F000") == 0 ||
         g_strcmp0 (sqlstate, "42501") == 0;
}

static void
state_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbSchemaState *state = g_task_get_task_data (task);
  g_autofree char *wanted_api = g_object_steal_data (G_OBJECT (task), "api-checksum");
  g_autoptr (WbDbResult) rows = NULL;
  GError *error = NULL;

  rows = _wb_db_query_finish (WB_DB (source), result, &error);
  if (rows == NULL && error->domain == WB_DB_ERROR && is_no_api (error))
    {
      g_error_free (error);
      _wb_db_query_async (WB_DB (source), WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_IDEMPOTENT,
                          bare_state_sql, NULL, g_task_get_cancellable (task), bare_state_cb,
                          g_object_ref (task));
      return;
    }
  if (rows == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  state->number = _wb_db_result_get_int (rows, 0, _wb_db_result_column (rows, "number"));
  state->may_migrate = _wb_db_result_get_bool_or (rows, 0, _wb_db_result_column (rows, "may_migrate"),
                                                  FALSE);
  state->api_is_current =
      g_strcmp0 (_wb_db_result_get_text (rows, 0, _wb_db_result_column (rows, "api_checksum")),
                 wanted_api) == 0;
  if (_wb_db_result_check (rows, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
wb_schema_query_async (WbDb *db,
                       const char *source,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (db, cancellable, callback, user_data);
  g_autoptr (WbMigrationSet) set = NULL;
  WbSchemaState *state = g_new0 (WbSchemaState, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, wb_schema_query_async);
  g_task_set_task_data (task, state, g_free);
  set = _wb_migration_set_new (source, &error);
  if (set == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  state->wanted = _wb_migration_set_get_last (set);
  g_object_set_data_full (G_OBJECT (task), "api-checksum", g_steal_pointer (&set->api_checksum),
                          g_free);
  _wb_db_query_async (db, WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_IDEMPOTENT, state_sql, NULL,
                      cancellable, state_cb, g_steal_pointer (&task));
}

gboolean
wb_schema_query_finish (WbDb *db, GAsyncResult *result, WbSchemaState *state, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *state = *(WbSchemaState *) g_task_get_task_data (G_TASK (result));
  return TRUE;
}

/* ---- Migrating ------------------------------------------------------------------------------- */

/* Something to send, and what to call it when it fails. */
typedef struct
{
  char *name;
  char *sql;
} Step;

typedef struct
{
  WbMigrationSet *set;
  WbDbSession *session;
  GPtrArray *steps;
  guint next;
  WbMigrateProgress progress;
  gpointer progress_data;
} Migration;

static void
free_step (Step *step)
{
  g_free (step->name);
  g_free (step->sql);
  g_free (step);
}

static void
free_run (Migration *run)
{
  g_clear_object (&run->session);
  _wb_migration_set_free (run->set);
  g_ptr_array_unref (run->steps);
  g_free (run);
}

static void
add_step (Migration *run, const char *name, char *sql)
{
  Step *step = g_new0 (Step, 1);

  step->name = g_strdup (name);
  step->sql = sql;
  g_ptr_array_add (run->steps, step);
}

/* Names and checksums are ours: file names kept to [a-z0-9.-], and hexadecimal. */
static char *
record_applied (int number, const char *name, const char *checksum)
{
  return g_strdup_printf (
      "\n;set local role none;"
      "insert into wb.schema_migration (number, name, checksum, program) values"
      " (%d, '%s', '%s', '" WB_VERSION "') on conflict (number) do update set"
      " checksum = excluded.checksum, program = excluded.program, applied_at = excluded.applied_at,"
      " applied_by = excluded.applied_by;"
      "commit;",
      number, name, checksum);
}

static void
add_migration (Migration *run, const WbMigration *migration)
{
  g_autofree char *record = record_applied (migration->number, migration->name,
                                            migration->checksum);

  add_step (run, migration->path, g_strconcat (begin_sql, migration->sql, record, NULL));
}

static void
add_api (Migration *run)
{
  g_autofree char *record = record_applied (API_NUMBER, API_NAME, run->set->api_checksum);

  add_step (run, API_NAME, g_strdup (begin_sql));
  for (guint i = 0; i < run->set->api->len; i++)
    {
      const WbMigration *part = g_ptr_array_index (run->set->api, i);

      add_step (run, part->path, g_strdup (part->sql));
    }
  add_step (run, API_NAME, g_strconcat (state_function_sql, record, NULL));
}

static void run_next_step (GTask *task);

/* Gives the connection back at once, and with it the lock: the task may live on in the hands of
 * whoever looks at the result. */
static void
fail (GTask *task, GError *error)
{
  Migration *run = g_task_get_task_data (task);

  g_clear_object (&run->session);
  g_task_return_error (task, error);
}

/* Finishes a step of which @what says, or nothing, what was being done. NULL: it failed, and the task has been told. */
static WbDbResult *
finish_step (GTask *task, GAsyncResult *result, const char *what)
{
  Migration *run = g_task_get_task_data (task);
  GError *error = NULL;
  WbDbResult *rows = _wb_db_query_finish (_wb_db_session_get_db (run->session), result, &error);

  if (rows != NULL)
    return rows;
  if (what != NULL)
    g_prefix_error (&error, "%s: ", what);
  fail (task, error);
  return NULL;
}

static void
step_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Migration *run = g_task_get_task_data (task);
  const Step *step = g_ptr_array_index (run->steps, run->next);
  g_autofree char *what = g_strconcat ("db/", step->name, NULL);
  g_autoptr (WbDbResult) rows = finish_step (task, result, what);

  if (rows == NULL)
    return;
  run->next++;
  run_next_step (g_steal_pointer (&task));
}

/* Takes the task. */
static void
run_next_step (GTask *task)
{
  Migration *run = g_task_get_task_data (task);
  const Step *step = NULL;

  if (run->next == run->steps->len)
    {
      g_clear_object (&run->session);
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  step = g_ptr_array_index (run->steps, run->next);
  g_debug ("applying db/%s", step->name);
  if (run->progress != NULL)
    run->progress (step->name, run->next, run->steps->len, run->progress_data);
  _wb_db_session_script_async (run->session, step->sql, g_task_get_cancellable (task), step_cb,
                               task);
}

/* One row of what was applied, against what we bring. */
static gboolean
check_applied (Migration *run, int number, const char *name, const char *checksum, GError **error)
{
  const WbMigration *migration = NULL;

  if (number > _wb_migration_set_get_last (run->set))
    {
      g_set_error (error, WB_DB_ERROR, WB_DB_ERROR_VERSION,
                   "the database has migration %d (%s), which this program (" WB_VERSION
                   ") does not know: it was brought up to date by a newer one; update this program",
                   number, name);
      return FALSE;
    }
  migration = g_ptr_array_index (run->set->migrations, number - 1);
  if (g_str_equal (migration->checksum, checksum))
    return TRUE;
  g_set_error (error, WB_DB_ERROR, WB_DB_ERROR_VERSION,
               "db/%s is not the file that was applied to this database as %s: a migration is never "
               "edited; put the old text back and add a new one, or begin with an empty database if "
               "this one holds nothing of value",
               migration->path, name);
  return FALSE;
}

static gboolean
plan_steps (Migration *run, WbDbResult *rows, GError **error)
{
  int number_column = _wb_db_result_column (rows, "number");
  int name_column = _wb_db_result_column (rows, "name");
  int checksum_column = _wb_db_result_column (rows, "checksum");
  g_autofree gboolean *applied = g_new0 (gboolean, run->set->migrations->len + 1);
  gboolean api_is_current = FALSE;

  for (guint i = 0; i < _wb_db_result_get_n_rows (rows); i++)
    {
      int number = _wb_db_result_get_int (rows, i, number_column);
      const char *name = _wb_db_result_get_text (rows, i, name_column);
      const char *checksum = _wb_db_result_get_text (rows, i, checksum_column);

      if (!_wb_db_result_check (rows, error))
        return FALSE;
      if (number == API_NUMBER)
        {
          api_is_current = g_str_equal (checksum, run->set->api_checksum);
          continue;
        }
      if (!check_applied (run, number, name, checksum, error))
        return FALSE;
      applied[number] = TRUE;
    }

  for (guint i = 0; i < run->set->migrations->len; i++)
    if (!applied[i + 1])
      {
        add_migration (run, g_ptr_array_index (run->set->migrations, i));
        api_is_current = FALSE;
      }
  if (!api_is_current)
    add_api (run);
  return TRUE;
}

static void
read_applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Migration *run = g_task_get_task_data (task);
  g_autoptr (WbDbResult) rows = finish_step (task, result, "cannot read what was applied to the database");
  GError *error = NULL;

  if (rows == NULL)
    return;
  if (!plan_steps (run, rows, &error))
    {
      fail (task, error);
      return;
    }
  run_next_step (g_steal_pointer (&task));
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Migration *run = g_task_get_task_data (task);
  g_autoptr (WbDbResult) rows = finish_step (task, result, "cannot prepare the database");

  if (rows == NULL)
    return;
  _wb_db_session_query_async (run->session, applied_sql, NULL, g_task_get_cancellable (task),
                              read_applied_cb, g_object_ref (task));
}

static void
locked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Migration *run = g_task_get_task_data (task);
  g_autoptr (WbDbResult) rows = finish_step (task, result, NULL);

  if (rows == NULL)
    return;
  /* The owner may be there already and no longer have the right to make schemas. */
  if (_wb_db_result_get_bool (rows, 0, _wb_db_result_column (rows, "made")))
    _wb_db_session_query_async (run->session, applied_sql, NULL, g_task_get_cancellable (task),
                                read_applied_cb, g_object_ref (task));
  else
    _wb_db_session_script_async (run->session, prepare_sql, g_task_get_cancellable (task),
                                 prepared_cb, g_object_ref (task));
}

static void
session_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Migration *run = g_task_get_task_data (task);
  GError *error = NULL;

  run->session = _wb_db_session_finish (WB_DB (source), result, &error);
  if (run->session == NULL)
    {
      fail (task, error);
      return;
    }
  _wb_db_session_query_async (run->session, lock_sql, NULL, g_task_get_cancellable (task),
                              locked_cb, g_object_ref (task));
}

void
wb_migrate_async (WbDb *db,
                  const char *source,
                  WbMigrateProgress progress,
                  gpointer progress_data,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (db, cancellable, callback, user_data);
  WbMigrationSet *set = NULL;
  Migration *run = NULL;
  GError *error = NULL;

  g_return_if_fail (WB_IS_DB (db));

  g_task_set_source_tag (task, wb_migrate_async);
  set = _wb_migration_set_new (source, &error);
  if (set == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (wb_db_get_server_version (db) < OLDEST_SERVER)
    {
      _wb_migration_set_free (set);
      g_task_return_new_error (task, WB_DB_ERROR, WB_DB_ERROR_VERSION,
                               "the server is PostgreSQL %d, Waybill needs 15 or newer: update the "
                               "server",
                               wb_db_get_server_version (db) / 10000);
      return;
    }
  run = g_new0 (Migration, 1);
  run->set = set;
  run->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) free_step);
  run->progress = progress;
  run->progress_data = progress_data;
  g_task_set_task_data (task, run, (GDestroyNotify) free_run);
  _wb_db_session_async (db, WB_DB_LANE_BULK, cancellable, session_cb, g_steal_pointer (&task));
}

gboolean
wb_migrate_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
