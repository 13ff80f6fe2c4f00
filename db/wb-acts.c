/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <json-glib/json-glib.h>

#include "db/wb-acts.h"
#include "db/wb-db-private.h"

static void
free_refusal (gpointer data)
{
  WbActRefusal *refusal = data;

  g_free (refusal->number);
  g_free (refusal->why);
  g_free (refusal);
}

void
wb_act_result_free (WbActResult *self)
{
  if (self == NULL)
    return;
  g_free (self->act_id);
  g_free (self->number);
  g_ptr_array_unref (self->refused);
  g_free (self);
}

static gint64
int_member (JsonObject *object, const char *name)
{
  return json_object_has_member (object, name) ? json_object_get_int_member_with_default (object, name, 0) : 0;
}

static void
read_refusals (WbActResult *self, JsonObject *object)
{
  JsonArray *array = json_object_has_member (object, "refused") ? json_object_get_array_member (object, "refused") : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *item = json_array_get_object_element (array, i);
      WbActRefusal *refusal = g_new0 (WbActRefusal, 1);

      refusal->order_id = int_member (item, "order_id");
      refusal->number = g_strdup (json_object_get_string_member_with_default (item, "number", ""));
      refusal->why = g_strdup (json_object_get_string_member_with_default (item, "why", ""));
      g_ptr_array_add (self->refused, refusal);
    }
}

static WbActResult *
read_result (const char *act_id, const char *text)
{
  static const char *const made[] = { "order_id", "customer_id", "note_id", "payment_id", "address_id" };
  WbActResult *self = g_new0 (WbActResult, 1);
  g_autoptr(JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  self->act_id = g_strdup (act_id);
  self->refused = g_ptr_array_new_with_free_func (free_refusal);
  self->number = g_strdup ("");
  if (object == NULL)
    return self;

  self->done = int_member (object, "done");
  self->left = int_member (object, "left");
  for (guint i = 0; i < G_N_ELEMENTS (made) && self->id == 0; i++)
    self->id = int_member (object, made[i]);
  if (json_object_has_member (object, "number"))
    {
      g_free (self->number);
      self->number = g_strdup (json_object_get_string_member_with_default (object, "number", ""));
    }
  read_refusals (self, object);
  return self;
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) r = _wb_db_act_finish (WB_DB (source), result, &error);

  if (r == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, read_result (g_task_get_task_data (task), _wb_db_result_get_text_or_null (r, 0, 0)),
                           (GDestroyNotify) wb_act_result_free);
}

/* An act about to be tried: its id is made first and is parameter $1. */
typedef struct
{
  GTask *task;
  WbDbParams *params;
} Act;

static Act
begin (WbDb *db, gpointer tag, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Act act = { g_task_new (db, cancellable, callback, user_data), _wb_db_params_new () };
  char *id = _wb_db_act_id_new ();

  g_task_set_source_tag (act.task, tag);
  g_task_set_check_cancellable (act.task, FALSE);
  g_task_set_task_data (act.task, id, g_free);
  _wb_db_params_add_uuid (act.params, id);
  return act;
}

static void
run (Act act, const char *sql)
{
  GCancellable *cancellable = g_task_get_cancellable (act.task);

  _wb_db_act_async (g_task_get_source_object (act.task), WB_DB_LANE_INTERACTIVE, sql, act.params, cancellable, acted_cb,
                    act.task);
  _wb_db_params_unref (act.params);
}

WbActResult *
wb_acts_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wb_acts_order_hold_async (WbDb *db, const gint64 *ids, gsize n_ids, const char *reason_code, const char *note,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Act act = begin (db, wb_acts_order_hold_async, cancellable, callback, user_data);

  _wb_db_params_add_int64_array (act.params, ids, n_ids);
  _wb_db_params_add_text (act.params, reason_code);
  _wb_db_params_add_text (act.params, note != NULL ? note : "");
  run (act, "select api.order_hold($1, $2, $3::text, $4::text)");
}

void
wb_acts_order_release_async (WbDb *db, const gint64 *ids, gsize n_ids, const char *reason, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  Act act = begin (db, wb_acts_order_release_async, cancellable, callback, user_data);

  _wb_db_params_add_int64_array (act.params, ids, n_ids);
  _wb_db_params_add_text (act.params, reason != NULL ? reason : "");
  run (act, "select api.order_release($1, $2, $3::text)");
}

void
wb_acts_order_move_async (WbDb *db, const gint64 *ids, gsize n_ids, const char *stage, const char *reason,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Act act = begin (db, wb_acts_order_move_async, cancellable, callback, user_data);

  _wb_db_params_add_int64_array (act.params, ids, n_ids);
  _wb_db_params_add_text (act.params, stage);
  _wb_db_params_add_text (act.params, reason != NULL ? reason : "");
  run (act, "select api.order_move($1, $2, $3::text, $4::text)");
}

void
wb_acts_order_cancel_async (WbDb *db, const gint64 *ids, gsize n_ids, const char *reason, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  Act act = begin (db, wb_acts_order_cancel_async, cancellable, callback, user_data);

  _wb_db_params_add_int64_array (act.params, ids, n_ids);
  _wb_db_params_add_text (act.params, reason != NULL ? reason : "");
  run (act, "select api.order_cancel($1, $2, $3::text)");
}

void
wb_acts_order_rush_async (WbDb *db, const gint64 *ids, gsize n_ids, gboolean rush, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  Act act = begin (db, wb_acts_order_rush_async, cancellable, callback, user_data);

  _wb_db_params_add_int64_array (act.params, ids, n_ids);
  _wb_db_params_add_bool (act.params, rush);
  run (act, "select api.order_rush($1, $2, $3)");
}

void
wb_acts_note_add_async (WbDb *db, gint64 order_id, const char *kind, const char *body, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  Act act = begin (db, wb_acts_note_add_async, cancellable, callback, user_data);

  _wb_db_params_add_int64 (act.params, order_id);
  _wb_db_params_add_text (act.params, kind);
  _wb_db_params_add_text (act.params, body);
  run (act, "select api.order_note_add($1, $2, $3::text, $4::text)");
}

void
wb_acts_note_remove_async (WbDb *db, gint64 note_id, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Act act = begin (db, wb_acts_note_remove_async, cancellable, callback, user_data);

  _wb_db_params_add_int64 (act.params, note_id);
  run (act, "select api.order_note_remove($1, $2)");
}

void
wb_acts_note_acknowledge_async (WbDb *db, gint64 note_id, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  Act act = begin (db, wb_acts_note_acknowledge_async, cancellable, callback, user_data);

  _wb_db_params_add_int64 (act.params, note_id);
  run (act, "select api.order_note_acknowledge($1, $2)");
}

/* Editors of a versioned row: the same four parameters, another function. */
static void
update (WbDb *db, gpointer tag, const char *sql, gint64 id, gint64 version, const char *changes, const char *reason,
        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Act act = begin (db, tag, cancellable, callback, user_data);

  _wb_db_params_add_int64 (act.params, id);
  _wb_db_params_add_int64 (act.params, version);
  _wb_db_params_add_jsonb (act.params, changes);
  _wb_db_params_add_text (act.params, reason != NULL ? reason : "");
  run (act, sql);
}

void
wb_acts_customer_update_async (WbDb *db, gint64 customer_id, gint64 version, const char *changes, const char *reason,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  update (db, wb_acts_customer_update_async, "select api.customer_update($1, $2, $3::integer, $4, $5::text)", customer_id,
          version, changes, reason, cancellable, callback, user_data);
}

void
wb_acts_undo_async (WbDb *db, const char *act_id, GCancellable *cancellable, GAsyncReadyCallback callback,
                    gpointer user_data)
{
  Act act = begin (db, wb_acts_undo_async, cancellable, callback, user_data);

  _wb_db_params_add_uuid (act.params, act_id);
  run (act, "select api.undo($1, $2)");
}
