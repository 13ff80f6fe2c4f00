/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include "db/wb-order-papers.h"
#include "db/wb-store-call-private.h"

void
wb_order_papers_free (WbOrderPapers *self)
{
  if (self == NULL)
    return;
  g_free (self->number);
  g_clear_pointer (&self->work, wb_job_work_free);
  g_clear_pointer (&self->labels, g_ptr_array_unref);
  g_clear_pointer (&self->slip, wb_packing_slip_free);
  g_free (self);
}

/* ── Reading ─────────────────────────────────────────────────────────────────────────────────── */

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static guint
get_count (JsonObject *object, const char *name)
{
  return (guint) CLAMP (_wb_store_peek_int (object, name), 0, G_MAXINT);
}

static WbPackingSlip *
read_slip (JsonObject *object)
{
  WbPackingSlip *slip = wb_packing_slip_new (_wb_store_peek_text (object, "number"));
  const char *placed = _wb_store_peek_text (object, "placed_at");
  JsonNode *lines = json_object_get_member (object, "lines");
  JsonArray *array = lines != NULL && JSON_NODE_HOLDS_ARRAY (lines) ? json_node_get_array (lines) : NULL;

  slip->shop = g_strdup (_wb_store_peek_text (object, "shop"));
  slip->placed_at = placed != NULL ? g_date_time_new_from_iso8601 (placed, NULL) : NULL;
  slip->purchase_order = g_strdup (_wb_store_peek_text (object, "purchase_order"));
  slip->service = g_strdup (_wb_store_peek_text (object, "service"));
  _wb_store_read_address (&slip->from, get_object (object, "from"));
  _wb_store_read_address (&slip->to, get_object (object, "to"));
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *line = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (line != NULL)
        wb_packing_slip_add_line (slip, _wb_store_peek_text (line, "sku"), _wb_store_peek_text (line, "name"), get_count (line, "quantity"),
                                  _wb_store_peek_text (line, "note"));
    }
  return slip;
}

static WbJobWork *
read_work (JsonObject *object, GError **error)
{
  JsonNode *node = json_object_get_member (object, "work");
  g_autofree char *text = json_to_string (node, FALSE);

  return wb_job_work_from_json (text, error);
}

static WbOrderPapers *
from_json (const char *text, GError **error)
{
  g_autoptr (WbOrderPapers) self = g_new0 (WbOrderPapers, 1);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object = NULL;

  /* it checks the text, too */
  self->labels = wb_job_labels_from_json (text, error);
  if (self->labels == NULL)
    return NULL;
  node = json_from_string (text, NULL);
  object = json_node_get_object (node);
  if (get_object (object, "slip") == NULL || _wb_store_peek_text (object, "number") == NULL)
    {
      g_set_error (error, WB_DB_ERROR, WB_DB_ERROR_FAILED, "the database gave an answer that is not understood");
      return NULL;
    }
  self->order_id = _wb_store_peek_int (object, "order_id");
  self->number = g_strdup (_wb_store_peek_text (object, "number"));
  self->n_pick_lists = get_count (object, "pick_lists");
  self->n_slips = get_count (object, "slips");
  self->slip = read_slip (get_object (object, "slip"));
  if (get_object (object, "work") == NULL)
    return g_steal_pointer (&self);
  self->work = read_work (object, error);
  return self->work != NULL ? g_steal_pointer (&self) : NULL;
}

static gpointer
read_papers (WbDbResult *result, GError **error)
{
  const char *text = _wb_db_result_get_text (result, 0, 0);

  return _wb_db_result_check (result, error) ? from_json (text, error) : NULL;
}

void
wb_order_papers_read_async (WbDb *db, gint64 order_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (WbDbParams) params = _wb_db_params_new ();

  g_return_if_fail (WB_IS_DB (db));

  _wb_db_params_add_int64 (params, order_id);
  _wb_store_query (_wb_store_begin (db, wb_order_papers_read_async, read_papers, (GDestroyNotify) wb_order_papers_free, cancellable, callback,
                                    user_data),
                   "select api.order_papers($1)", params);
}

WbOrderPapers *
wb_order_papers_read_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
