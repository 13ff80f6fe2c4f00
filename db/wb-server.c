/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include "db/wb-db-private.h"
#include "db/wb-server.h"

#define NAME_TAKEN "42P04"

static const char exists_sql[] =
    "select format ('create database %I template template0 encoding ''UTF8''', $1::text) as command,"
    "       exists (select from pg_database where datname = $1::text) as made,"
    "       session_user::text as login, rolsuper or rolcreatedb and rolcreaterole as may_make,"
    "       format ('alter role %I createdb createrole', session_user) as mend"
    "  from pg_roles where rolname = session_user";

static const char check_sql[] =
    "with wanted (name) as (values ('pg_trgm'), ('unaccent'))"
    "select current_setting ('server_version_num')::int as version, session_user::text as login,"
    "  (select rolsuper from pg_roles where rolname = session_user) as is_superuser,"
    "  array (select substr (rolname, 4) from pg_roles where rolname like 'wb\\_%'"
    "          and rolname <> 'wb_owner' and pg_has_role (session_user, oid, 'member')"
    "          order by 1)::text[] as roles,"
    "  array (select name from wanted where name not in (select extname from pg_extension))::text[]"
    "    as missing,"
    "  array (select name from wanted"
    "          where name not in (select name from pg_available_extensions))::text[] as absent,"
    "  current_setting ('server_encoding') as encoding, pg_is_in_recovery () as is_standby,"
    "  (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as used,"
    "  current_setting ('max_connections')::int as max,"
    "  pg_database_size (current_database ()) as size,"
    "  (select case when client_addr is null then 'local' when ssl then version end"
    "     from pg_stat_ssl join pg_stat_activity using (pid) where pid = pg_backend_pid ()) as encryption,"
    "  (extract (epoch from clock_timestamp ()) * 1000)::bigint as now_ms";

/* ---- A database on it ------------------------------------------------------------------------- */

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (WbDbResult) rows = NULL;
  GError *error = NULL;

  rows = _wb_db_query_finish (WB_DB (source), result, &error);
  /* Somebody else was faster. */
  if (rows == NULL && g_strcmp0 (wb_db_error_get_sqlstate (error), NAME_TAKEN) == 0)
    {
      g_error_free (error);
      g_task_return_int (task, FALSE);
      return;
    }
  if (rows != NULL)
    g_task_return_int (task, TRUE);
  else
    {
      g_prefix_error (&error, "cannot create the database %s: ",
                      (const char *) g_task_get_task_data (task));
      g_task_return_error (task, error);
    }
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (WbDbResult) rows = NULL;
  GError *error = NULL;

  rows = _wb_db_query_finish (WB_DB (source), result, &error);
  if (rows == NULL)
    g_task_return_error (task, error);
  else if (_wb_db_result_get_bool (rows, 0, 1))
    g_task_return_int (task, FALSE);
  else if (!_wb_db_result_get_bool (rows, 0, 3))
    g_task_return_new_error (task, WB_DB_ERROR, WB_DB_ERROR_DENIED,
                             "a database and its seats are made with the rights CREATEDB and CREATEROLE, which the "
                             "login %s does not have: connect as the server's administrator, or let them run `%s`",
                             _wb_db_result_get_text (rows, 0, 2), _wb_db_result_get_text (rows, 0, 4));
  else
    _wb_db_query_async (WB_DB (source), WB_DB_LANE_BULK, WB_DB_FLAG_NONE,
                        _wb_db_result_get_text (rows, 0, 0), NULL, g_task_get_cancellable (task),
                        made_cb, g_object_ref (task));
}

void
wb_server_make_database_async (WbDb *db,
                               const char *name,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (db, cancellable, callback, user_data);
  g_autoptr (WbDbParams) params = _wb_db_params_new ();

  g_task_set_source_tag (task, wb_server_make_database_async);
  g_task_set_task_data (task, g_strdup (name), g_free);
  _wb_db_params_add_text (params, name);
  _wb_db_query_async (db, WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_IDEMPOTENT, exists_sql, params,
                      cancellable, looked_cb, g_steal_pointer (&task));
}

gboolean
wb_server_make_database_finish (WbDb *db, GAsyncResult *result, gboolean *made, GError **error)
{
  gssize answer = -1;

  g_return_val_if_fail (g_task_is_valid (result, db), FALSE);

  answer = g_task_propagate_int (G_TASK (result), error);
  if (made != NULL)
    *made = answer == TRUE;
  return answer >= 0;
}

/* ---- Looking at it ----------------------------------------------------------------------------- */

void
wb_server_check_free (WbServerCheck *check)
{
  g_free (check->login);
  g_strfreev (check->roles);
  g_strfreev (check->missing_extensions);
  g_strfreev (check->absent_extensions);
  g_free (check->encoding);
  g_free (check->encryption);
  g_free (check);
}

static WbServerCheck *
read_check (WbDbResult *rows, gint64 asked_us)
{
  WbServerCheck *check = g_new0 (WbServerCheck, 1);
  gint64 answered_us = g_get_real_time ();
  guint encryption = _wb_db_result_column (rows, "encryption");

  check->version = _wb_db_result_get_int (rows, 0, _wb_db_result_column (rows, "version"));
  check->login = g_strdup (_wb_db_result_get_text (rows, 0, _wb_db_result_column (rows, "login")));
  check->is_superuser = _wb_db_result_get_bool (rows, 0,
                                                _wb_db_result_column (rows, "is_superuser"));
  check->roles = _wb_db_result_get_text_array (rows, 0, _wb_db_result_column (rows, "roles"));
  check->missing_extensions =
      _wb_db_result_get_text_array (rows, 0, _wb_db_result_column (rows, "missing"));
  check->absent_extensions =
      _wb_db_result_get_text_array (rows, 0, _wb_db_result_column (rows, "absent"));
  check->encoding = g_strdup (_wb_db_result_get_text (rows, 0,
                                                      _wb_db_result_column (rows, "encoding")));
  check->is_standby = _wb_db_result_get_bool (rows, 0, _wb_db_result_column (rows, "is_standby"));
  check->n_connections = _wb_db_result_get_int (rows, 0, _wb_db_result_column (rows, "used"));
  check->max_connections = _wb_db_result_get_int (rows, 0, _wb_db_result_column (rows, "max"));
  check->is_local = g_strcmp0 (_wb_db_result_get_text (rows, 0, encryption), "local") == 0;
  check->encryption = check->is_local ? NULL : g_strdup (_wb_db_result_get_text (rows, 0, encryption));
  check->size_bytes = _wb_db_result_get_int64 (rows, 0, _wb_db_result_column (rows, "size"));
  /* The server read its clock somewhere between asking and answering. */
  check->clock_ahead_ms = _wb_db_result_get_int64 (rows, 0, _wb_db_result_column (rows, "now_ms")) -
                          (asked_us + answered_us) / 2000;
  return check;
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  gint64 *asked_us = g_task_get_task_data (task);
  g_autoptr (WbServerCheck) check = NULL;
  g_autoptr (WbDbResult) rows = NULL;
  GError *error = NULL;

  rows = _wb_db_query_finish (WB_DB (source), result, &error);
  if (rows != NULL)
    check = read_check (rows, *asked_us);
  if (rows == NULL || !_wb_db_result_check (rows, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&check), (GDestroyNotify) wb_server_check_free);
}

void
wb_server_check_async (WbDb *db,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (db, cancellable, callback, user_data);
  gint64 *asked_us = g_new0 (gint64, 1);

  g_task_set_source_tag (task, wb_server_check_async);
  *asked_us = g_get_real_time ();
  g_task_set_task_data (task, asked_us, g_free);
  _wb_db_query_async (db, WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_IDEMPOTENT, check_sql, NULL,
                      cancellable, checked_cb, g_steal_pointer (&task));
}

WbServerCheck *
wb_server_check_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
