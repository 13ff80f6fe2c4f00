/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Acts: writes that are idempotent by the id in their parameters. A lost connection is the lane's business (it
 * sends the same again); here are serialization failures, and the wake afterwards.
 */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include "db/wb-db-error-private.h"
#include "db/wb-db-pool-private.h"

/* Two acts that meet once seldom meet again after a few milliseconds. */
#define MAX_SERIALIZATION_TRIES 6

typedef struct
{
  WbDbLane lane;
  char *sql;
  WbDbParams *params;
  guint tries;
} Act;

static void submit_act (GTask *task);

static void
free_act (gpointer data)
{
  Act *act = data;

  g_free (act->sql);
  g_clear_pointer (&act->params, _wb_db_params_unref);
  g_free (act);
}

static gboolean
again_cb (gpointer user_data)
{
  submit_act (user_data);
  return G_SOURCE_REMOVE;
}

static void
acted_cb (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  WbDb *self = WB_DB (source);
  g_autoptr(GTask) task = user_data;
  Act *act = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  WbDbResult *rows = _wb_db_query_finish (self, result, &error);

  if (rows != NULL)
    {
      _wb_db_wake (self);
      g_task_return_pointer (task, rows, (GDestroyNotify) _wb_db_result_unref);
      return;
    }
  if (_wb_db_error_is_serialization (error) && ++act->tries < MAX_SERIALIZATION_TRIES)
    {
      guint ms = (guint) g_random_int_range (2, 10 << act->tries);
      g_timeout_add_full (G_PRIORITY_DEFAULT, ms, again_cb, g_steal_pointer (&task), g_object_unref);
      return;
    }
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
submit_act (GTask *task)
{
  Act *act = g_task_get_task_data (task);
  WbDbRequest *request = _wb_db_query_request_new (act->sql, act->params);

  request->is_act = TRUE;
  _wb_db_submit (g_task_get_source_object (task), NULL, act->lane, request, _wb_db_act_async,
                 g_task_get_cancellable (task), acted_cb, g_object_ref (task));
}

char *
_wb_db_act_id_new (void)
{
  return g_uuid_string_random ();
}

void
_wb_db_act_async (WbDb *self,
                  WbDbLane lane,
                  const char *sql,
                  WbDbParams *params,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  Act *act = g_new0 (Act, 1);

  act->lane = lane;
  act->sql = g_strdup (sql);
  act->params = params != NULL ? _wb_db_params_ref (params) : NULL;
  g_task_set_source_tag (task, _wb_db_act_async);
  g_task_set_task_data (task, act, free_act);
  /* done is done */
  g_task_set_check_cancellable (task, FALSE);
  submit_act (task);
}

WbDbResult *
_wb_db_act_finish (WbDb *self,
                   GAsyncResult *result,
                   GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
_wb_db_wake (WbDb *self)
{
  _wb_db_news_wake (self->news);
}
