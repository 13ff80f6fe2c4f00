/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include "db/wb-print-store.h"
#include "db/wb-store-call-private.h"

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_id (JsonBuilder *builder, const char *name, gint64 id)
{
  if (id == 0)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, id);
}

static char *
facts_to_json (const WbPrintFacts *facts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_text (builder, "document", wb_print_kind_get_word (facts->kind));
  add_text (builder, "document_id", facts->document_id);
  add_text (builder, "title", facts->title);
  add_text (builder, "printer", facts->printer);
  add_text (builder, "job", facts->job);
  add_id (builder, "label_id", facts->label_id);
  add_id (builder, "job_id", facts->job_id);
  add_id (builder, "order_id", facts->order_id);
  add_text (builder, "station", facts->station);
  add_text (builder, "person", facts->person);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

void
wb_print_store_note_async (WbDb *db, const WbPrintFacts *facts, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (WbDbParams) params = _wb_store_act_params ();
  g_autofree char *json = NULL;

  g_return_if_fail (WB_IS_DB (db) && facts != NULL && facts->document_id != NULL && facts->printer != NULL);

  json = facts_to_json (facts);
  _wb_db_params_add_jsonb (params, json);
  _wb_db_params_add_text (params, facts->reason != NULL ? facts->reason : "");
  _wb_store_act (_wb_store_begin (db, wb_print_store_note_async, _wb_store_read_nothing, g_free, cancellable, callback, user_data),
                 "select api.print_note($1, $2, $3::text)", params);
}

gboolean
wb_print_store_note_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_autofree char *done = NULL;

  g_return_val_if_fail (g_task_is_valid (result, db), FALSE);

  done = g_task_propagate_pointer (G_TASK (result), error);
  return done != NULL;
}

static gpointer
read_count (WbDbResult *result, GError **error)
{
  int *count = g_new0 (int, 1);

  *count = (int) _wb_db_result_get_int64 (result, 0, 0);
  if (_wb_db_result_check (result, error))
    return count;
  g_free (count);
  return NULL;
}

void
wb_print_store_count_async (WbDb *db, WbPrintKind kind, gint64 job_id, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (WbDbParams) params = _wb_db_params_new ();

  _wb_db_params_add_text (params, wb_print_kind_get_word (kind));
  _wb_db_params_add_int64 (params, job_id);
  _wb_store_query (_wb_store_begin (db, wb_print_store_count_async, read_count, g_free, cancellable, callback, user_data),
                   "select api.print_count($1::text, $2)", params);
}

int
wb_print_store_count_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_autofree int *count = NULL;

  g_return_val_if_fail (g_task_is_valid (result, db), -1);

  count = g_task_propagate_pointer (G_TASK (result), error);
  return count != NULL ? *count : -1;
}

void
wb_print_row_free (WbPrintRow *self)
{
  if (self == NULL)
    return;
  g_free (self->document);
  g_free (self->station);
  g_free (self->printer);
  g_free (self);
}

static gpointer
read_row (WbDbResult *result, GError **error)
{
  g_autoptr (WbPrintRow) self = g_new0 (WbPrintRow, 1);

  if (_wb_db_result_get_n_rows (result) == 0)
    {
      g_set_error (error, WB_DB_ERROR, WB_DB_ERROR_NOT_FOUND, "there is no such print");
      return NULL;
    }
  self->order_id = _wb_db_result_get_int64 (result, 0, 0);
  self->label_id = _wb_db_result_get_int64 (result, 0, 1);
  self->document = g_strdup (_wb_db_result_get_text (result, 0, 2));
  self->station = g_strdup (_wb_db_result_get_text (result, 0, 3));
  self->printer = g_strdup (_wb_db_result_get_text (result, 0, 4));
  return _wb_db_result_check (result, error) ? g_steal_pointer (&self) : NULL;
}

void
wb_print_store_get_async (WbDb *db, gint64 id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (WbDbParams) params = _wb_db_params_new ();

  g_return_if_fail (WB_IS_DB (db));

  _wb_db_params_add_int64 (params, id);
  _wb_store_query (_wb_store_begin (db, wb_print_store_get_async, read_row, (GDestroyNotify) wb_print_row_free, cancellable, callback, user_data),
                   "select coalesce(order_id, 0) as order_id, coalesce(label_id, 0) as label_id, document, station, printer "
                   "from api.print_row where id = $1", params);
}

WbPrintRow *
wb_print_store_get_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
