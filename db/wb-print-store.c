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
