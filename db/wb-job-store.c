/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include <json-glib/json-glib.h>

#include "core/wb-gs1.h"
#include "db/wb-db-private.h"
#include "db/wb-job-store.h"
#include "db/wb-store-call-private.h"

static void
place_free (gpointer data)
{
  WbStationPlace *place = data;

  g_free (place->code);
  g_free (place->name);
  g_free (place->warehouse);
  g_free (place);
}

static void
free_ref (WbJobRef *self)
{
  if (self == NULL)
    return;
  g_free (self->number);
  g_free (self->staff);
  g_free (self->station);
  g_free (self);
}

void
wb_job_queue_free (WbJobQueue *self)
{
  if (self == NULL)
    return;
  g_free (self->station);
  g_free (self->person_login);
  g_free (self->person_name);
  free_ref (self->mine);
  g_ptr_array_unref (self->aside);
  g_ptr_array_unref (self->elsewhere);
  g_free (self);
}

void
wb_code_info_free (WbCodeInfo *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->name);
  g_free (self->sku);
  g_free (self->bin);
  g_free (self);
}

/* ── Reading answers ─────────────────────────────────────────────────────────────────────────── */

static WbJobRef *
read_ref (JsonObject *object)
{
  WbJobRef *ref = g_new0 (WbJobRef, 1);

  ref->job_id = _wb_store_peek_int (object, "job_id");
  ref->number = g_strdup (_wb_store_peek_text (object, "number"));
  ref->staff = g_strdup (_wb_store_peek_text (object, "staff"));
  ref->station = g_strdup (_wb_store_peek_text (object, "station"));
  return ref;
}

static GPtrArray *
read_refs (JsonObject *object, const char *name)
{
  GPtrArray *refs = g_ptr_array_new_with_free_func ((GDestroyNotify) free_ref);
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_ptr_array_add (refs, read_ref (json_array_get_object_element (array, i)));
  return refs;
}

static gpointer
read_queue (WbDbResult *result, GError **error)
{
  g_autoptr (JsonNode) node = _wb_store_parse_object (result, error);
  WbJobQueue *queue = NULL;
  JsonObject *object = NULL;
  JsonNode *mine = NULL;
  JsonNode *person = NULL;

  if (node == NULL)
    return NULL;
  object = json_node_get_object (node);
  mine = json_object_get_member (object, "mine");
  person = json_object_get_member (object, "person");
  queue = g_new0 (WbJobQueue, 1);
  queue->station = g_strdup (_wb_store_peek_text (object, "station"));
  queue->n_open = (guint) _wb_store_peek_int (object, "open");
  queue->n_late = (guint) _wb_store_peek_int (object, "late");
  queue->n_done = (guint) _wb_store_peek_int (object, "done_today");
  if (person != NULL && JSON_NODE_HOLDS_OBJECT (person))
    {
      queue->person_login = g_strdup (_wb_store_peek_text (json_node_get_object (person), "login"));
      queue->person_name = g_strdup (_wb_store_peek_text (json_node_get_object (person), "name"));
    }
  queue->mine = mine != NULL && JSON_NODE_HOLDS_OBJECT (mine) ? read_ref (json_node_get_object (mine)) : NULL;
  queue->aside = read_refs (object, "aside");
  queue->elsewhere = read_refs (object, "elsewhere");
  return queue;
}

static gpointer
read_stations (WbDbResult *result, GError **error)
{
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (place_free);
  int code = _wb_db_result_column (result, "code");
  int name = _wb_db_result_column (result, "name");
  int warehouse = _wb_db_result_column (result, "warehouse");

  for (guint i = 0; i < _wb_db_result_get_n_rows (result); i++)
    {
      WbStationPlace *place = g_new0 (WbStationPlace, 1);

      place->code = g_strdup (_wb_db_result_get_text (result, i, code));
      place->name = g_strdup (_wb_db_result_get_text (result, i, name));
      place->warehouse = g_strdup (_wb_db_result_get_text (result, i, warehouse));
      g_ptr_array_add (places, place);
    }
  return _wb_db_result_check (result, error) ? g_steal_pointer (&places) : NULL;
}

static gpointer
read_labels (WbDbResult *result, GError **error)
{
  return wb_job_labels_from_json (_wb_db_result_get_text_or_null (result, 0, 0), error);
}

static gpointer
read_shipment (WbDbResult *result, GError **error)
{
  g_autoptr (JsonNode) node = _wb_store_parse_object (result, error);

  return node != NULL ? g_strdup (_wb_store_peek_text (json_node_get_object (node), "shipment")) : NULL;
}

static void
add_thing (JsonArray *array, guint i, JsonNode *node, gpointer data)
{
  JsonObject *object = json_node_get_object (node);
  WbCodeInfo *info = g_new0 (WbCodeInfo, 1);

  info->kind = g_strdup (_wb_store_peek_text (object, "kind"));
  info->name = g_strdup (_wb_store_peek_text (object, "name"));
  info->sku = g_strdup (_wb_store_peek_text (object, "sku"));
  info->bin = g_strdup (_wb_store_peek_text (object, "bin"));
  g_ptr_array_add (data, info);
}

static gpointer
read_things (WbDbResult *result, GError **error)
{
  g_autoptr (JsonNode) node = _wb_store_parse_object (result, error);
  g_autoptr (GPtrArray) things = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_code_info_free);

  if (node == NULL)
    return NULL;
  json_array_foreach_element (json_object_get_array_member (json_node_get_object (node), "things"), add_thing, things);
  return g_steal_pointer (&things);
}

/* ── Reading ─────────────────────────────────────────────────────────────────────────────────── */

void
wb_job_store_stations_async (WbDb *db, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  _wb_store_query (_wb_store_begin (db, wb_job_store_stations_async, read_stations, (GDestroyNotify) g_ptr_array_unref, cancellable,
                callback, user_data),
         "select s.code, s.name, w.name as warehouse from api.station s join api.warehouse w on w.id = s.warehouse_id "
        "where s.active and s.kind = 'packing' order by s.code", NULL);
}

GPtrArray *
wb_job_store_stations_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wb_job_store_queue_async (WbDb *db, const char *station, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (WbDbParams) params = _wb_db_params_new ();

  _wb_db_params_add_text (params, station);
  _wb_store_query (_wb_store_begin (db, wb_job_store_queue_async, read_queue, (GDestroyNotify) wb_job_queue_free, cancellable, callback,
                user_data),
         "select api.job_queue($1::text)", params);
}

WbJobQueue *
wb_job_store_queue_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A code is kept as it is printed; the same GTIN may be scanned with more or fewer leading zeros. */
static void
add_codes (WbDbParams *params, const WbGs1Scan *scan)
{
  const char *codes[6] = { scan->text };
  guint n = 1;

  if (scan->gtin[0] != '\0')
    {
      codes[n++] = scan->gtin;
      if (scan->gtin[0] == '0')
        codes[n++] = scan->gtin + 1;
      if (g_str_has_prefix (scan->gtin, "00"))
        codes[n++] = scan->gtin + 2;
      if (g_str_has_prefix (scan->gtin, "000000"))
        codes[n++] = scan->gtin + 6;
    }
  if (scan->sscc[0] != '\0')
    codes[n++] = scan->sscc;
  _wb_db_params_add_text_array (params, codes, n);
}

void
wb_job_store_find_code_async (WbDb *db, const char *station, const char *code, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (WbDbParams) params = _wb_db_params_new ();
  g_autoptr (WbGs1Scan) scan = wb_gs1_scan_new (code);

  _wb_db_params_add_text (params, station);
  add_codes (params, scan);
  _wb_store_query (_wb_store_begin (db, wb_job_store_find_code_async, read_things, (GDestroyNotify) g_ptr_array_unref, cancellable,
                callback, user_data),
         "select api.code_find($1::text, $2)", params);
}

GPtrArray *
wb_job_store_find_code_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wb_job_store_find_job_async (WbDb *db, const char *station, const char *code, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (WbDbParams) params = _wb_db_params_new ();
  g_autoptr (WbGs1Scan) scan = wb_gs1_scan_new (code);
  g_autofree char *number = g_strstrip (g_strdup (scan->text));

  _wb_db_params_add_text (params, station);
  _wb_db_params_add_text (params, *number == '#' ? number + 1 : number);
  add_codes (params, scan);
  _wb_store_query (_wb_store_begin (db, wb_job_store_find_job_async, _wb_store_read_int64, g_free, cancellable, callback, user_data),
                   "select api.job_find($1::text, $2::text, $3)", params);
}

gint64
wb_job_store_find_job_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), 0);

  return _wb_store_finish_int64 (result, error);
}

/* ── Claiming ────────────────────────────────────────────────────────────────────────────────── */

/* NULL without an error: there is nothing to do. */
static gpointer
read_work (WbDbResult *result, GError **error)
{
  const char *text = _wb_db_result_get_n_rows (result) > 0 ? _wb_db_result_get_text_or_null (result, 0, 0) : NULL;

  return text != NULL ? wb_job_work_from_json (text, error) : NULL;
}

void
wb_job_store_next_async (WbDb *db, const char *station, gint64 job_id, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (WbDbParams) params = _wb_store_act_params ();

  _wb_db_params_add_text (params, station);
  if (job_id != 0)
    _wb_db_params_add_int64 (params, job_id);
  else
    _wb_db_params_add_null (params);
  _wb_store_act (_wb_store_begin (db, wb_job_store_next_async, read_work, (GDestroyNotify) wb_job_work_free, cancellable,
                                  callback, user_data),
                 "call api.job_start($1, $2::text, $3::bigint, null)", params);
}

WbJobWork *
wb_job_store_next_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ── Writing ─────────────────────────────────────────────────────────────────────────────────── */

void
wb_job_store_append_async (WbDb *db, gint64 job_id, const char *station, GPtrArray *events, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (WbDbParams) params = _wb_db_params_new ();
  g_autofree char *json = wb_job_events_to_json (events);

  _wb_db_params_add_int64 (params, job_id);
  _wb_db_params_add_text (params, station);
  _wb_db_params_add_jsonb (params, json);
  _wb_store_act (_wb_store_begin (db, wb_job_store_append_async, _wb_store_read_nothing, g_free, cancellable, callback, user_data),
       "select api.job_append($1, $2::text, $3)", params);
}

void
wb_job_store_aside_async (WbDb *db, gint64 job_id, const char *station, const char *why, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (WbDbParams) params = _wb_store_act_params ();

  _wb_db_params_add_int64 (params, job_id);
  _wb_db_params_add_text (params, station);
  _wb_db_params_add_text (params, why != NULL ? why : "");
  _wb_store_act (_wb_store_begin (db, wb_job_store_aside_async, _wb_store_read_nothing, g_free, cancellable, callback, user_data),
       "select api.job_aside($1, $2, $3::text, $4::text)", params);
}

void
wb_job_store_acknowledge_async (WbDb *db, gint64 note_id, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (WbDbParams) params = _wb_store_act_params ();

  _wb_db_params_add_int64 (params, note_id);
  _wb_store_act (_wb_store_begin (db, wb_job_store_acknowledge_async, _wb_store_read_nothing, g_free, cancellable, callback, user_data),
       "select api.order_note_acknowledge($1, $2)", params);
}

gboolean
wb_job_store_done_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_autofree char *done = NULL;

  g_return_val_if_fail (g_task_is_valid (result, db), FALSE);

  done = g_task_propagate_pointer (G_TASK (result), error);
  return done != NULL;
}

void
wb_job_store_label_async (WbDb *db, gint64 job_id, const char *station, const WbJobState *state,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (WbDbParams) params = _wb_store_act_params ();
  g_autofree char *parcels = wb_job_parcels_to_json (state);

  _wb_db_params_add_int64 (params, job_id);
  _wb_db_params_add_text (params, station);
  _wb_db_params_add_jsonb (params, parcels);
  _wb_store_act (_wb_store_begin (db, wb_job_store_label_async, read_labels, (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
              user_data),
       "select api.job_label($1, $2, $3::text, $4)", params);
}

GPtrArray *
wb_job_store_label_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wb_job_store_ship_async (WbDb *db, gint64 job_id, const char *station, const WbJobState *state,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (WbDbParams) params = _wb_store_act_params ();
  g_autofree char *shorts = wb_job_lines_to_json (state, FALSE);
  g_autofree char *damaged = wb_job_lines_to_json (state, TRUE);

  _wb_db_params_add_int64 (params, job_id);
  _wb_db_params_add_text (params, station);
  _wb_db_params_add_jsonb (params, shorts);
  _wb_db_params_add_jsonb (params, damaged);
  _wb_store_act (_wb_store_begin (db, wb_job_store_ship_async, read_shipment, g_free, cancellable, callback, user_data),
       "select api.job_ship($1, $2, $3::text, $4, $5)", params);
}

char *
wb_job_store_ship_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
