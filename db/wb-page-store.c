/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <json-glib/json-glib.h>

#include "db/wb-db-private.h"
#include "db/wb-json-private.h"
#include "db/wb-page-store.h"

/* A kind of page: how it is asked for and what the answer becomes. */
typedef struct
{
  const char *sql;
  const WbMembers *of;
  GDestroyNotify destroy;
} PageKind;

static const PageKind order_kind = { "select api.order_page($1)", &wb_order_members, (GDestroyNotify) wb_order_free };
static const PageKind customer_kind = { "select api.customer_page($1)", &wb_customer_members,
                                        (GDestroyNotify) wb_customer_free };
static const PageKind sku_kind = { "select api.sku_page($1)", &wb_sku_members, (GDestroyNotify) wb_sku_free };

static void
page_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  const PageKind *kind = g_task_get_task_data (task);
  g_autoptr(WbDbResult) r = _wb_db_query_finish (WB_DB (source), result, &error);
  const char *text = NULL;
  gpointer page = NULL;

  if (r != NULL)
    text = _wb_db_result_get_text (r, 0, 0);
  if (r == NULL || !_wb_db_result_check (r, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  page = _wb_json_read (kind->of, text, &error);
  if (page == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, page, kind->destroy);
}

static void
read_page (WbDb *db, gpointer tag, const PageKind *kind, gint64 id, GCancellable *cancellable,
           GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (db, cancellable, callback, user_data);
  g_autoptr(WbDbParams) params = _wb_db_params_new ();

  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, (gpointer) kind, NULL);
  _wb_db_params_add_int64 (params, id);
  _wb_db_query_async (db, WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_IDEMPOTENT, kind->sql, params, cancellable, page_read_cb,
                      task);
}

void
wb_page_store_order_async (WbDb *db, gint64 id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (WB_IS_DB (db));

  read_page (db, wb_page_store_order_async, &order_kind, id, cancellable, callback, user_data);
}

WbOrder *
wb_page_store_order_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wb_page_store_customer_async (WbDb *db, gint64 id, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (WB_IS_DB (db));

  read_page (db, wb_page_store_customer_async, &customer_kind, id, cancellable, callback, user_data);
}

WbCustomer *
wb_page_store_customer_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wb_page_store_sku_async (WbDb *db, gint64 id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (WB_IS_DB (db));

  read_page (db, wb_page_store_sku_async, &sku_kind, id, cancellable, callback, user_data);
}

WbSku *
wb_page_store_sku_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- History ------------------------------------------------------------------------------- */

static char *
word_of (JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "true" : "false");
  return json_to_string (node, FALSE);
}

static void
add_fields (WbChange *change, const char *old_text, const char *new_text)
{
  g_autoptr(JsonNode) old_node = old_text != NULL ? json_from_string (old_text, NULL) : NULL;
  g_autoptr(JsonNode) new_node = new_text != NULL ? json_from_string (new_text, NULL) : NULL;
  JsonObjectIter iter = { 0 };
  const char *name = NULL;
  JsonNode *value = NULL;

  if (old_node == NULL || new_node == NULL)
    return;

  json_object_iter_init (&iter, json_node_get_object (new_node));
  while (json_object_iter_next (&iter, &name, &value))
    {
      g_autofree char *was = word_of (json_object_get_member (json_node_get_object (old_node), name));
      g_autofree char *is = word_of (value);

      wb_change_add_field (change, name, was, is);
    }
}

static void
history_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) r = _wb_db_query_finish (WB_DB (source), result, &error);
  g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_change_free);

  for (guint i = 0; r != NULL && i < _wb_db_result_get_n_rows (r); i++)
    {
      WbChange *change = wb_change_new ();

      g_ptr_array_add (changes, change);
      change->id = _wb_db_result_get_int64 (r, i, 0);
      change->at = _wb_db_result_get_timestamp (r, i, 1);
      change->actor = g_strdup (_wb_db_result_get_text (r, i, 2));
      change->seat = g_strdup (_wb_db_result_get_text (r, i, 3));
      change->act = g_strdup (_wb_db_result_get_text (r, i, 4));
      change->reason = g_strdup (_wb_db_result_get_text (r, i, 5));
      change->about = g_strdup (_wb_db_result_get_text (r, i, 6));
      change->op = _wb_db_result_get_text (r, i, 7)[0];
      change->act_id = g_strdup (_wb_db_result_get_text_or_null (r, i, 10));
      change->undoable = _wb_db_result_get_bool (r, i, 11);
      add_fields (change, _wb_db_result_get_text_or_null (r, i, 8), _wb_db_result_get_text_or_null (r, i, 9));
    }

  if (r == NULL || !_wb_db_result_check (r, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&changes), (GDestroyNotify) g_ptr_array_unref);
}

void
wb_page_store_history_async (WbDb *db, gint64 order_id, gint64 before, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = NULL;
  g_autoptr(WbDbParams) params = _wb_db_params_new ();

  g_return_if_fail (WB_IS_DB (db));

  task = g_task_new (db, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_page_store_history_async);
  g_task_set_check_cancellable (task, FALSE);
  _wb_db_params_add_int64 (params, order_id);
  if (before > 0)
    _wb_db_params_add_int64 (params, before);
  else
    _wb_db_params_add_null (params);
  _wb_db_query_async (db, WB_DB_LANE_INTERACTIVE, WB_DB_FLAG_IDEMPOTENT,
                      "select id, at, actor, seat, act_name, reason, about, op, old, new, act_id, undoable "
                      "from api.order_history($1, $2::bigint)",
                      params, cancellable, history_read_cb, task);
}

GPtrArray *
wb_page_store_history_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
