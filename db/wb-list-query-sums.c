/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What many rows of a list come to: added up by the server, so that nobody reads them. */
#define G_LOG_DOMAIN "wb-list-query"

#include "config.h"

#include "db/wb-list-query-private.h"

#include <string.h>

void
wb_list_sums_add (GArray *sums,
                  const char *currency,
                  gint64 minor)
{
  WbListSum sum = { .minor = minor };
  guint at = 0;

  g_return_if_fail (sums != NULL && currency != NULL);

  for (; at < sums->len; at++)
    {
      WbListSum *other = &g_array_index (sums, WbListSum, at);
      int order = strcmp (other->currency, currency);

      if (order == 0 && __builtin_add_overflow (other->minor, minor, &other->minor))
        other->minor = minor < 0 ? G_MININT64 : G_MAXINT64;
      if (order == 0)
        return;
      if (order > 0)
        break;
    }
  g_strlcpy (sum.currency, currency, sizeof sum.currency);
  g_array_insert_val (sums, at, sum);
}

static void
answered_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) answer = _wb_db_query_finish (WB_DB (source), result, &error);
  g_autoptr(GArray) sums = g_array_new (FALSE, FALSE, sizeof (WbListSum));

  for (guint i = 0; answer != NULL && i < _wb_db_result_get_n_rows (answer); i++)
    if (!_wb_db_result_is_null (answer, i, 0) && !_wb_db_result_is_null (answer, i, 1))
      wb_list_sums_add (sums, _wb_db_result_get_text (answer, i, 0), _wb_db_result_get_int64 (answer, i, 1));
  if (answer == NULL || !_wb_db_result_check (answer, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&sums), (GDestroyNotify) g_array_unref);
}

void
wb_list_query_sums_async (WbListQuery *self,
                          guint column,
                          const WbListRange *ranges,
                          guint n_ranges,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr(WbDbParams) params = _wb_db_params_new ();
  g_autoptr(GString) sql = g_string_new (NULL);
  GTask *task = NULL;

  g_return_if_fail (WB_IS_LIST_QUERY (self));
  g_return_if_fail (column < self->n_columns && self->columns[column]->type == WB_FIELD_MONEY);
  g_return_if_fail (n_ranges <= WB_LIST_MAX_RANGES);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_list_query_sums_async);
  _wb_list_query_build_sums (self, column, ranges, n_ranges, params, sql);
  _wb_db_query_async (self->db, WB_DB_LANE_BULK, WB_DB_FLAG_IDEMPOTENT, sql->str, params, cancellable, answered_cb, task);
}

GArray *
wb_list_query_sums_finish (WbListQuery *self,
                           GAsyncResult *result,
                           GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
