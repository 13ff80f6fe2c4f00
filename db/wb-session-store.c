/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/wb-db-private.h"
#include "db/wb-json-private.h"
#include "db/wb-session-store.h"

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) r = _wb_db_query_finish (WB_DB (source), result, &error);
  const char *text = r != NULL ? _wb_db_result_get_text (r, 0, 0) : NULL;
  gpointer session = NULL;

  if (r != NULL && _wb_db_result_check (r, &error))
    session = _wb_json_read (&wb_session_members, text, &error);
  if (session == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, session, (GDestroyNotify) wb_session_free);
}

void
wb_session_store_sign_in_async (WbDb *db, const char *seat, const char *program, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = NULL;
  g_autoptr(WbDbParams) params = _wb_db_params_new ();

  g_return_if_fail (WB_IS_DB (db));
  g_return_if_fail (seat != NULL && program != NULL);

  task = g_task_new (db, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_session_store_sign_in_async);
  g_task_set_check_cancellable (task, FALSE);
  _wb_db_params_add_text (params, seat);
  _wb_db_params_add_text (params, program);
  _wb_db_query_async (db, WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_IDEMPOTENT, "select api.sign_in($1::text, $2::text)", params,
                      cancellable, signed_in_cb, task);
}

WbSession *
wb_session_store_sign_in_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
