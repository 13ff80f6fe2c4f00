/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading rows of a list: one statement, or two in a race. With a filter and a limit there are two ways: walk the
 * index of the sort order until enough rows passed the filter, or find all that pass by their own indexes and sort
 * them. The server chooses by statistics, and when facts go together in a way that these do not know (held orders of a
 * country that has none) it walks over a million rows for nothing, or sorts ten thousand where the first hundred of the walk
 * would have been enough. So when it has not answered within some milliseconds, it is asked which way it took, and the other
 * one is tried beside it; who comes first wins, the other is cancelled.
 */
#define G_LOG_DOMAIN "wb-list-query"

#include "config.h"

#include "db/wb-list-query-private.h"

#include <string.h>

/* Larger than any list that a person scrolls through; a limit against mistakes. */
#define MAX_ROWS 100000

/* When the second way sets off. Most answers are there by then. */
#define HEAD_START_MS 30

/* What is asked: the first runs at once, as the server likes; the question which way that is; and one of the others. */
enum
{
  PLANNED,
  WHICH,
  WALK,
  FIND,
  N_WAYS
};

typedef struct
{
  GTask *task;
  char *sql[N_WAYS];
  WbDbParams *params[N_WAYS];
  GCancellable *cancellables[N_WAYS];
  gulong cancelled_id;
  guint timer;
  guint n_running;
  gboolean over;
  GError *error;
} Race;

static void
race_free (Race *race)
{
  GCancellable *outer = g_task_get_cancellable (race->task);

  if (race->cancelled_id > 0)
    g_cancellable_disconnect (outer, race->cancelled_id);
  g_clear_handle_id (&race->timer, g_source_remove);
  g_clear_error (&race->error);
  for (guint i = 0; i < N_WAYS; i++)
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
  for (guint i = 0; i < N_WAYS; i++)
    g_cancellable_cancel (race->cancellables[i]);
}

/* One of the statements has ended. Takes @error; when none is left and none gave rows, that of the first is the answer. */
static void
end_run (Race *race,
         GError *error)
{
  if (race->error == NULL)
    race->error = error;
  else
    g_clear_error (&error);
  race->n_running--;
  if (race->n_running > 0)
    return;
  if (!race->over)
    {
      end_race (race);
      g_task_return_error (race->task, g_steal_pointer (&race->error));
    }
  race_free (race);
}

static void
answered_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  Race *race = user_data;
  GError *error = NULL;
  g_autoptr(WbDbResult) answer = _wb_db_query_finish (WB_DB (source), result, &error);

  if (!race->over && answer != NULL)
    {
      end_race (race);
      return_rows (race->task, answer);
    }
  end_run (race, error);
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

/* Whether the plan sorts what it finds; else it walks in order. */
static gboolean
sorts (WbDbResult *plan)
{
  for (guint i = 0; i < _wb_db_result_get_n_rows (plan); i++)
    if (strstr (_wb_db_result_get_text (plan, i, 0), "Sort Key:") != NULL)
      return TRUE;

  return FALSE;
}

static void
explained_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  Race *race = user_data;
  GError *error = NULL;
  g_autoptr(WbDbResult) plan = _wb_db_query_finish (WB_DB (source), result, &error);

  if (!race->over && plan != NULL)
    run (race, sorts (plan) ? WALK : FIND);
  end_run (race, error);
}

static gboolean
head_start_over_cb (gpointer user_data)
{
  Race *race = user_data;
  WbListQuery *self = g_task_get_source_object (race->task);

  race->timer = 0;
  race->n_running++;
  _wb_db_query_async (self->db, WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_IDEMPOTENT, race->sql[WHICH], race->params[PLANNED],
                      race->cancellables[WHICH], explained_cb, race);

  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer user_data)
{
  Race *race = user_data;

  g_clear_handle_id (&race->timer, g_source_remove);
  for (guint i = 0; i < N_WAYS; i++)
    g_cancellable_cancel (race->cancellables[i]);
}

static Race *
new_race (WbListQuery *self,
          gpointer tag,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  Race *race = g_new0 (Race, 1);

  race->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (race->task, tag);
  for (guint i = 0; i < N_WAYS; i++)
    race->cancellables[i] = g_cancellable_new ();

  return race;
}

/* Takes the text. */
static void
add_way (Race *race,
         guint way,
         GString *sql,
         WbDbParams *params)
{
  race->sql[way] = g_string_free (sql, FALSE);
  race->params[way] = params;
}

static void
start_race (Race *race)
{
  GCancellable *cancellable = g_task_get_cancellable (race->task);

  run (race, PLANNED);
  if (race->sql[WHICH] != NULL)
    race->timer = g_timeout_add (HEAD_START_MS, head_start_over_cb, race);
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
  Race *race = new_race (self, tag, cancellable, callback, user_data);
  WbDbParams *params[N_WAYS] = { NULL };
  GString *sql[N_WAYS] = { NULL };

  for (guint i = 0; i < N_WAYS; i++)
    {
      params[i] = i != WHICH ? _wb_db_params_new () : NULL;
      sql[i] = g_string_new (NULL);
    }
  _wb_list_query_build_rows (self, from, to, limit, params[PLANNED], sql[PLANNED]);
  if (!wb_filter_is_empty (self->filter))
    {
      g_string_printf (sql[WHICH], "explain (costs off) %s", sql[PLANNED]->str);
      _wb_list_query_build_walk (self, from, to, limit, params[WALK], sql[WALK]);
      _wb_list_query_build_filter_first (self, from, to, limit, params[FIND], sql[FIND]);
    }
  for (guint i = 0; i < N_WAYS; i++)
    add_way (race, i, sql[i], params[i]);
  if (wb_filter_is_empty (self->filter))
    g_clear_pointer (&race->sql[WHICH], g_free);
  start_race (race);
}

/* One statement. */
static void
read_rows (WbListQuery *self,
           GString *sql,
           WbDbParams *params,
           gpointer tag,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  Race *race = new_race (self, tag, cancellable, callback, user_data);

  add_way (race, PLANNED, sql, params);
  start_race (race);
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
  read_rows (self, sql, params, wb_list_query_offset_async, cancellable, callback, user_data);
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
  read_rows (self, sql, params, wb_list_query_locate_async, cancellable, callback, user_data);
}

GPtrArray *
wb_list_query_rows_finish (WbListQuery *self,
                           GAsyncResult *result,
                           GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
