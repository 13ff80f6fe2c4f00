/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading rows of a list: one statement, or two in a race. With a filter and a limit there are two ways: walk the
 * index of the sort order until enough rows passed the filter, or find all that pass by their own indexes and sort
 * them. The server chooses by statistics, and when facts go together in a way that these do not know (held orders of a
 * country that has none) it walks over a million rows for nothing. So when it has not answered within some
 * milliseconds, the second way is tried beside the first; who comes first wins, the other is cancelled.
 */
#define G_LOG_DOMAIN "wb-list-query"

#include "config.h"

#include "db/wb-list-query-private.h"

/* Larger than any list that a person scrolls through; a limit against mistakes. */
#define MAX_ROWS 100000

/* When the second way sets off. Most answers are there by then. */
#define HEAD_START_MS 20

typedef struct
{
  GTask *task;
  char *sql[2];
  WbDbParams *params[2];
  GCancellable *cancellables[2];
  gulong cancelled_id;
  guint timer;
  guint n_running;
  gboolean over;
} Race;

static void
race_free (Race *race)
{
  GCancellable *outer = g_task_get_cancellable (race->task);

  if (race->cancelled_id > 0)
    g_cancellable_disconnect (outer, race->cancelled_id);
  g_clear_handle_id (&race->timer, g_source_remove);
  for (guint i = 0; i < 2; i++)
    {
      g_free (race->sql[i]);
      g_clear_pointer (&race->params[i], _wb_db_params_unref);
      g_clear_object (&race->cancellables[i]);
    }
  g_object_unref (race->task);
  g_free (race);
}

static void
return_rows (GTask *task,
             WbDbResult *answer)
{
  WbListQuery *self = g_task_get_source_object (task);
  guint n = _wb_db_result_get_n_rows (answer);
  g_autoptr(GPtrArray) rows = g_ptr_array_new_full (n, (GDestroyNotify) wb_row_unref);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (rows, _wb_list_query_read_row (self, answer, i));
  if (!_wb_db_result_check (answer, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&rows), (GDestroyNotify) g_ptr_array_unref);
}

static void
end_race (Race *race)
{
  race->over = TRUE;
  g_clear_handle_id (&race->timer, g_source_remove);
  for (guint i = 0; i < 2; i++)
    g_cancellable_cancel (race->cancellables[i]);
}

static void
answered_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  Race *race = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) answer = _wb_db_query_finish (WB_DB (source), result, &error);

  race->n_running--;
  if (!race->over && (answer != NULL || race->n_running == 0))
    {
      end_race (race);
      if (answer != NULL)
        return_rows (race->task, answer);
      else
        g_task_return_error (race->task, g_steal_pointer (&error));
    }
  if (race->n_running == 0)
    race_free (race);
}

static void
run (Race *race,
     guint way)
{
  WbListQuery *self = g_task_get_source_object (race->task);

  race->n_running++;
  _wb_db_query_async (self->db, WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_IDEMPOTENT, race->sql[way], race->params[way],
                      race->cancellables[way], answered_cb, race);
}

static gboolean
head_start_over_cb (gpointer user_data)
{
  Race *race = user_data;

  race->timer = 0;
  run (race, 1);

  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer user_data)
{
  Race *race = user_data;

  g_clear_handle_id (&race->timer, g_source_remove);
  for (guint i = 0; i < 2; i++)
    g_cancellable_cancel (race->cancellables[i]);
}

/* Takes the texts. @other may be NULL: then there is no race. */
static void
start_race (WbListQuery *self,
            GString *sql,
            WbDbParams *params,
            GString *other_sql,
            WbDbParams *other_params,
            gpointer tag,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  Race *race = g_new0 (Race, 1);

  race->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (race->task, tag);
  race->sql[0] = g_string_free (sql, FALSE);
  race->params[0] = params;
  for (guint i = 0; i < 2; i++)
    race->cancellables[i] = g_cancellable_new ();
  run (race, 0);
  if (other_sql != NULL)
    {
      race->sql[1] = g_string_free (other_sql, FALSE);
      race->params[1] = other_params;
      race->timer = g_timeout_add (HEAD_START_MS, head_start_over_cb, race);
    }
  if (cancellable != NULL)
    race->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), race, NULL);
}

/* Rows between two keys, in a race if there is a filter. */
static void
read_between (WbListQuery *self,
              GBytes *from,
              GBytes *to,
              guint limit,
              gpointer tag,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  WbDbParams *params = _wb_db_params_new ();
  GString *sql = g_string_new (NULL);
  WbDbParams *other_params = NULL;
  GString *other_sql = NULL;

  _wb_list_query_build_rows (self, from, to, limit, params, sql);
  if (!wb_filter_is_empty (self->filter))
    {
      other_params = _wb_db_params_new ();
      other_sql = g_string_new (NULL);
      _wb_list_query_build_filter_first (self, from, to, limit, other_params, other_sql);
    }
  start_race (self, sql, params, other_sql, other_params, tag, cancellable, callback, user_data);
}

void
wb_list_query_first_async (WbListQuery *self,
                           guint n,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (WB_IS_LIST_QUERY (self));

  read_between (self, NULL, NULL, CLAMP (n, 1, MAX_ROWS), wb_list_query_first_async, cancellable, callback, user_data);
}

void
wb_list_query_segment_async (WbListQuery *self,
                             GBytes *from,
                             GBytes *to,
                             guint limit,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (WB_IS_LIST_QUERY (self));

  read_between (self, from, to, limit > 0 ? MIN (limit, MAX_ROWS) : MAX_ROWS, wb_list_query_segment_async, cancellable,
                callback, user_data);
}

void
wb_list_query_offset_async (WbListQuery *self,
                            guint64 offset,
                            guint n,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  WbDbParams *params = NULL;
  GString *sql = NULL;

  g_return_if_fail (WB_IS_LIST_QUERY (self));

  params = _wb_db_params_new ();
  sql = g_string_new (NULL);
  _wb_list_query_build_offset (self, offset, CLAMP (n, 1, MAX_ROWS), params, sql);
  start_race (self, sql, params, NULL, NULL, wb_list_query_offset_async, cancellable, callback, user_data);
}

void
wb_list_query_locate_async (WbListQuery *self,
                            const gint64 *ids,
                            guint n_ids,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  WbDbParams *params = NULL;
  GString *sql = NULL;

  g_return_if_fail (WB_IS_LIST_QUERY (self));

  params = _wb_db_params_new ();
  sql = g_string_new (NULL);
  _wb_list_query_build_locate (self, ids, n_ids, params, sql);
  start_race (self, sql, params, NULL, NULL, wb_list_query_locate_async, cancellable, callback, user_data);
}

GPtrArray *
wb_list_query_rows_finish (WbListQuery *self,
                           GAsyncResult *result,
                           GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
