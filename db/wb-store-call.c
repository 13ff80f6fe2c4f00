/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include "db/wb-store-call-private.h"

/* ── Reading answers ─────────────────────────────────────────────────────────────────────────── */

const char *
_wb_store_peek_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

gint64
_wb_store_peek_int (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : 0;
}

JsonNode *
_wb_store_parse_object (WbDbResult *result, GError **error)
{
  const char *text = _wb_db_result_get_n_rows (result) > 0 ? _wb_db_result_get_text_or_null (result, 0, 0) : NULL;
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, error) : NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return g_steal_pointer (&node);
  if (*error == NULL)
    g_set_error (error, WB_DB_ERROR, WB_DB_ERROR_FAILED, "the database gave an answer that is not understood");
  return NULL;
}

void
_wb_store_read_address (WbAddress *address, JsonObject *object)
{
  if (object == NULL)
    return;
  address->name = g_strdup (_wb_store_peek_text (object, "name"));
  address->company = g_strdup (_wb_store_peek_text (object, "company"));
  address->line1 = g_strdup (_wb_store_peek_text (object, "line1"));
  address->line2 = g_strdup (_wb_store_peek_text (object, "line2"));
  address->city = g_strdup (_wb_store_peek_text (object, "city"));
  address->region = g_strdup (_wb_store_peek_text (object, "region"));
  address->postcode = g_strdup (_wb_store_peek_text (object, "postcode"));
  address->country = g_strdup (_wb_store_peek_text (object, "country"));
  address->phone = g_strdup (_wb_store_peek_text (object, "phone"));
}

gpointer
_wb_store_read_nothing (WbDbResult *result, GError **error)
{
  return g_strdup ("done");
}

/* ── One statement, one answer ───────────────────────────────────────────────────────────────── */

typedef struct
{
  WbStoreReader read;
  GDestroyNotify free;
} Answer;

static void
return_answer (GTask *task, WbDbResult *result, GError *failure)
{
  const Answer *answer = g_task_get_task_data (task);
  g_autoptr (GError) error = failure;
  gpointer value = NULL;

  if (result != NULL)
    value = answer->read (result, &error);
  if (value != NULL)
    g_task_return_pointer (task, value, answer->free);
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, NULL, NULL);
}

static void
queried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (WbDbResult) r = _wb_db_query_finish (WB_DB (source), result, &error);

  return_answer (task, r, error);
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (WbDbResult) r = _wb_db_act_finish (WB_DB (source), result, &error);

  return_answer (task, r, error);
}

gpointer
_wb_store_read_int64 (WbDbResult *result, GError **error)
{
  gint64 *number = g_new0 (gint64, 1);

  *number = _wb_db_result_get_int64 (result, 0, 0);
  if (_wb_db_result_check (result, error))
    return number;
  g_free (number);
  return NULL;
}

gint64
_wb_store_finish_int64 (GAsyncResult *result, GError **error)
{
  g_autofree gint64 *number = g_task_propagate_pointer (G_TASK (result), error);

  return number != NULL ? *number : 0;
}

GTask *
_wb_store_begin (WbDb *db, gpointer tag, WbStoreReader read, GDestroyNotify free_func, GCancellable *cancellable,
       GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (db, cancellable, callback, user_data);
  Answer *answer = g_new0 (Answer, 1);

  answer->read = read;
  answer->free = free_func;
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, answer, g_free);
  return task;
}

void
_wb_store_query (GTask *task, const char *sql, WbDbParams *params)
{
  _wb_db_query_async (g_task_get_source_object (task), WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_IDEMPOTENT, sql, params,
                      g_task_get_cancellable (task), queried_cb, task);
}

void
_wb_store_act (GTask *task, const char *sql, WbDbParams *params)
{
  /* What may have been done must be known, also when nobody waits for it any more. */
  g_task_set_check_cancellable (task, FALSE);
  _wb_db_act_async (g_task_get_source_object (task), WB_DB_LANE_INTERACTIVE, sql, params, NULL, acted_cb, task);
}

WbDbParams *
_wb_store_act_params (void)
{
  WbDbParams *params = _wb_db_params_new ();
  g_autofree char *id = _wb_db_act_id_new ();

  _wb_db_params_add_uuid (params, id);
  return params;
}
