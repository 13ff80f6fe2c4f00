/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include <string.h>

#include "db/wb-db-private.h"
#include "db/wb-scram-private.h"
#include "db/wb-staff.h"

#define MAX_LOGIN 63

/* Names cannot be parameters of these statements; the server itself quotes them. The verifier goes by
 * a setting of the session, so that no statement has it in its text, which may be logged. */
static const char add_sql[] =
    "select concat_ws ('; ', 'begin',"
    "         case when not exists (select from pg_roles where rolname = $1::text)"
    "              then format ('create role %I login', $1::text)"
    "              else (select format ('alter role %I login', $1::text)"
    "                      from pg_roles where rolname = $1::text and not rolcanlogin) end,"
    "         case when $3::text is not null"
    "              then format ('do $do$ begin execute format (''alter role %%I password %%L'', %L,"
    "                              current_setting (''wb.verifier'')); end $do$', $1::text) end,"
    "         (select string_agg (format ('grant %I to %I', 'wb_' || r, $1::text), '; ')"
    "            from unnest ($2::text[]) r),"
    /* whoever made the database, not being a superuser, owns all of it and yet is no administrator of the shop */
    "         case when pg_has_role (session_user, 'wb_owner', 'member')"
    "               and not pg_has_role (session_user, 'wb_admin', 'member')"
    "              then format ('grant wb_admin to %I', session_user) end) as script,"
    "       set_config ('wb.verifier', coalesce ($3::text, ''), false)";

static const char remove_sql[] =
    "select concat_ws ('; ', 'begin', format ('alter role %I nologin', $1::text),"
    "         (select string_agg (format ('revoke %I from %I', g.rolname, $1::text), '; ')"
    "            from pg_auth_members m join pg_roles g on g.oid = m.roleid"
    "            join pg_roles u on u.oid = m.member"
    "           where u.rolname = $1::text and g.rolname like 'wb\\_%')) as script,"
    "       exists (select from pg_roles where rolname = $1::text) as known,"
    "       session_user = $1::text as is_self";

static const char row_sql[] =
    "select api.staff_add ($1::uuid, $2::text,"
    "         coalesce ($3::text, (select display_name from api.staff where login = $2::text), ''), r)"
    "  from unnest ($4::text[]) r limit 1";

static const char row_off_sql[] = "select api.staff_remove ($1::uuid, $2::text)";

static const char end_sql[] =
    "select pg_terminate_backend (pid) from pg_stat_activity"
    " where usename = $1::text and pid <> pg_backend_pid ()";

static const char *const role_names[] = { "admin",   "manager", "sales",   "packer", "support",
                                          "analyst", "gateway", "worker", NULL };

static void
free_staff (WbStaff *staff)
{
  g_free (staff->login);
  g_free (staff->display_name);
  g_strfreev (staff->roles);
  g_free (staff);
}

const char *const *
wb_staff_get_roles (void)
{
  return role_names;
}

/* ---- List ------------------------------------------------------------------------------------ */

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) free_staff);
  g_autoptr (WbDbResult) rows = NULL;
  GError *error = NULL;

  rows = _wb_db_query_finish (WB_DB (source), result, &error);
  for (guint i = 0; rows != NULL && i < _wb_db_result_get_n_rows (rows); i++)
    {
      WbStaff *staff = g_new0 (WbStaff, 1);

      staff->login = g_strdup (_wb_db_result_get_text (rows, i, 0));
      staff->display_name = g_strdup (_wb_db_result_get_text (rows, i, 1));
      staff->active = _wb_db_result_get_bool (rows, i, 2);
      staff->roles = _wb_db_result_get_text_array (rows, i, 3);
      g_ptr_array_add (list, staff);
    }
  if (rows == NULL || !_wb_db_result_check (rows, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&list), (GDestroyNotify) g_ptr_array_unref);
}

void
wb_staff_list_async (WbDb *db,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (db, cancellable, callback, user_data);

  g_task_set_source_tag (task, wb_staff_list_async);
  _wb_db_query_async (db, WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_IDEMPOTENT,
                      "select login, display_name, active, array_remove (roles, 'owner')"
                      "  from api.staff order by login",
                      NULL, cancellable, listed_cb, g_steal_pointer (&task));
}

GPtrArray *
wb_staff_list_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- Add and remove: the same steps ----------------------------------------------------------- */

typedef struct
{
  gboolean remove;
  char *login;
  char *display_name;
  char **roles;
  char *verifier;
  WbDbSession *session;
} Change;

static void
free_change (Change *change)
{
  g_free (change->login);
  g_free (change->display_name);
  g_strfreev (change->roles);
  g_free (change->verifier);
  g_clear_object (&change->session);
  g_free (change);
}

/* Finishes a step. NULL: it failed, and the task has been told. */
static WbDbResult *
finish_step (GTask *task, GAsyncResult *result, const char *what)
{
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;
  WbDbResult *rows = _wb_db_query_finish (_wb_db_session_get_db (change->session), result, &error);

  if (rows != NULL)
    return rows;
  g_prefix_error (&error, "%s %s: ", what, change->login);
  if (g_strcmp0 (wb_db_error_get_sqlstate (error), "42501") == 0)
    {
      g_autofree char *text = g_strconcat (error->message,
                                           "; connect as a role that may create roles, such as the "
                                           "server's administrator, with --database",
                                           NULL);

      g_free (error->message);
      error->message = g_steal_pointer (&text);
    }
  /* The task may live on in the hands of whoever looks at the result. */
  g_clear_object (&change->session);
  g_task_return_error (task, error);
  return NULL;
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Change *change = g_task_get_task_data (task);
  g_autoptr (WbDbResult) rows = NULL;
  g_autoptr (GError) error = NULL;

  /* The seat is off either way; it only may finish what it is doing. */
  rows = _wb_db_query_finish (_wb_db_session_get_db (change->session), result, &error);
  if (rows == NULL)
    g_debug ("cannot end the connections of a seat: %s", error->message);
  g_clear_object (&change->session);
  g_task_return_boolean (task, TRUE);
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Change *change = g_task_get_task_data (task);
  g_autoptr (WbDbResult) rows = finish_step (task, result, "cannot keep the change of seat");
  g_autoptr (WbDbParams) params = NULL;

  if (rows == NULL)
    return;
  _wb_db_wake (_wb_db_session_get_db (change->session));
  if (!change->remove)
    {
      g_clear_object (&change->session);
      g_task_return_boolean (task, TRUE);
      return;
    }
  params = _wb_db_params_new ();
  _wb_db_params_add_text (params, change->login);
  _wb_db_session_query_async (change->session, end_sql, params, g_task_get_cancellable (task),
                              ended_cb, g_object_ref (task));
}

static void
row_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Change *change = g_task_get_task_data (task);
  g_autoptr (WbDbResult) rows = finish_step (task, result, "cannot change the seat");

  if (rows != NULL)
    _wb_db_session_script_async (change->session, "commit", g_task_get_cancellable (task),
                                 committed_cb, g_object_ref (task));
}

static void
role_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Change *change = g_task_get_task_data (task);
  g_autoptr (WbDbResult) rows = finish_step (task, result, "cannot change the login");
  g_autoptr (WbDbParams) params = NULL;
  g_autofree char *act = _wb_db_act_id_new ();

  if (rows == NULL)
    return;
  params = _wb_db_params_new ();
  _wb_db_params_add_uuid (params, act);
  _wb_db_params_add_text (params, change->login);
  if (!change->remove)
    {
      _wb_db_params_add_text (params, change->display_name);
      _wb_db_params_add_text_array (params, (const char *const *) change->roles, -1);
    }
  _wb_db_session_query_async (change->session, change->remove ? row_off_sql : row_sql, params,
                              g_task_get_cancellable (task), row_cb, g_object_ref (task));
}

static void
script_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Change *change = g_task_get_task_data (task);
  g_autoptr (WbDbResult) rows = finish_step (task, result, "cannot look up the login");

  if (rows == NULL)
    return;
  if (change->remove && !_wb_db_result_get_bool (rows, 0, 1))
    g_task_return_new_error (task, WB_DB_ERROR, WB_DB_ERROR_NOT_FOUND, "there is no login %s",
                             change->login);
  else if (change->remove && _wb_db_result_get_bool (rows, 0, 2))
    g_task_return_new_error (task, WB_DB_ERROR, WB_DB_ERROR_REFUSED,
                             "%s is who you are logged in as: somebody else has to remove it",
                             change->login);
  else
    _wb_db_session_script_async (change->session, _wb_db_result_get_text (rows, 0, 0),
                                 g_task_get_cancellable (task), role_cb, g_object_ref (task));
}

static void
session_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Change *change = g_task_get_task_data (task);
  g_autoptr (WbDbParams) params = NULL;
  GError *error = NULL;

  change->session = _wb_db_session_finish (WB_DB (source), result, &error);
  if (change->session == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  params = _wb_db_params_new ();
  _wb_db_params_add_text (params, change->login);
  if (!change->remove)
    {
      _wb_db_params_add_text_array (params, (const char *const *) change->roles, -1);
      _wb_db_params_add_text (params, change->verifier);
    }
  _wb_db_session_query_async (change->session, change->remove ? remove_sql : add_sql, params,
                              g_task_get_cancellable (task), script_cb, g_object_ref (task));
}

/* A login becomes a role of the whole server: not one of ours, not one of PostgreSQL's own. */
static gboolean
check_login (const char *login, GError **error)
{
  const char *wrong = NULL;

  if (*login == '\0')
    wrong = "a login needs a name";
  else if (strlen (login) > MAX_LOGIN)
    wrong = "a login has at most 63 bytes";
  else if (!g_utf8_validate (login, -1, NULL))
    wrong = "a login is UTF-8 text";
  else if (g_str_has_prefix (login, "wb_") || g_str_has_prefix (login, "pg_"))
    wrong = "names that begin with wb_ or pg_ are taken for groups";
  if (wrong == NULL)
    return TRUE;
  g_set_error (error, WB_DB_ERROR, WB_DB_ERROR_REFUSED, "%s", wrong);
  return FALSE;
}

static gboolean
check_roles (const char *const *roles, GError **error)
{
  if (roles == NULL || roles[0] == NULL)
    {
      g_set_error (error, WB_DB_ERROR, WB_DB_ERROR_REFUSED, "a seat needs a role");
      return FALSE;
    }
  for (guint i = 0; roles[i] != NULL; i++)
    if (!g_strv_contains (role_names, roles[i]))
      {
        g_autofree char *all = g_strjoinv (", ", (char **) role_names);

        g_set_error (error, WB_DB_ERROR, WB_DB_ERROR_REFUSED, "there is no role %s; there are: %s",
                     roles[i], all);
        return FALSE;
      }
  return TRUE;
}

void
wb_staff_add_async (WbDb *db,
                    const char *login,
                    const char *display_name,
                    const char *const *roles,
                    const char *password,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (db, cancellable, callback, user_data);
  Change *change = g_new0 (Change, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, wb_staff_add_async);
  g_task_set_task_data (task, change, (GDestroyNotify) free_change);
  change->login = g_strdup (login);
  change->display_name = g_strdup (display_name);
  change->roles = g_strdupv ((char **) roles);
  if (password != NULL)
    change->verifier = _wb_scram_make_verifier (password, NULL, 0);
  if (!check_login (login, &error) || !check_roles (roles, &error))
    g_task_return_error (task, error);
  else
    _wb_db_session_async (db, WB_DB_LANE_INTERACTIVE, cancellable, session_cb,
                          g_steal_pointer (&task));
}

gboolean
wb_staff_add_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
wb_staff_remove_async (WbDb *db,
                       const char *login,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (db, cancellable, callback, user_data);
  Change *change = g_new0 (Change, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, wb_staff_remove_async);
  g_task_set_task_data (task, change, (GDestroyNotify) free_change);
  change->remove = TRUE;
  change->login = g_strdup (login);
  if (!check_login (login, &error))
    g_task_return_error (task, error);
  else
    _wb_db_session_async (db, WB_DB_LANE_INTERACTIVE, cancellable, session_cb,
                          g_steal_pointer (&task));
}

gboolean
wb_staff_remove_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
