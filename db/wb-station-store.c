/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "db/wb-station-store.h"
#include "db/wb-store-call-private.h"

static void
free_badge (WbStaffBadge *self)
{
  if (self == NULL)
    return;
  g_free (self->login);
  g_free (self->name);
  g_free (self->digest);
  g_free (self);
}

/* ── Badges ──────────────────────────────────────────────────────────────────────────────────── */

static gpointer
read_badges (WbDbResult *result, GError **error)
{
  const char *text = _wb_db_result_get_n_rows (result) > 0 ? _wb_db_result_get_text_or_null (result, 0, 0) : NULL;
  g_autoptr (JsonNode) node = json_from_string (text != NULL ? text : "[]", error);
  g_autoptr (GPtrArray) badges = g_ptr_array_new_with_free_func ((GDestroyNotify) free_badge);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (node == NULL)
    return NULL;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      WbStaffBadge *badge = g_new0 (WbStaffBadge, 1);

      badge->login = g_strdup (_wb_store_peek_text (object, "login"));
      badge->name = g_strdup (_wb_store_peek_text (object, "name"));
      badge->digest = g_strdup (_wb_store_peek_text (object, "digest"));
      g_ptr_array_add (badges, badge);
    }
  return g_steal_pointer (&badges);
}

void
wb_station_store_badges_async (WbDb *db, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  _wb_store_query (_wb_store_begin (db, wb_station_store_badges_async, read_badges, (GDestroyNotify) g_ptr_array_unref,
                                    cancellable, callback, user_data),
                   "select api.staff_badges()", NULL);
}

GPtrArray *
wb_station_store_badges_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wb_station_store_enter_async (WbDb *db, const char *station, const char *badge, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (WbDbParams) params = _wb_store_act_params ();
  GTask *task = _wb_store_begin (db, wb_station_store_enter_async, _wb_store_read_nothing, g_free, cancellable, callback,
                                 user_data);

  _wb_db_params_add_text (params, station);
  if (badge != NULL)
    _wb_db_params_add_text (params, badge);
  _wb_store_act (task, badge != NULL ? "select api.station_enter($1, $2::text, $3::text)" : "select api.station_leave($1, $2::text)",
                 params);
}

void
wb_station_store_set_badge_async (WbDb *db, const char *login, const char *badge, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (WbDbParams) params = _wb_store_act_params ();

  _wb_db_params_add_text (params, login);
  _wb_db_params_add_text (params, badge);
  _wb_store_act (_wb_store_begin (db, wb_station_store_set_badge_async, _wb_store_read_nothing, g_free, cancellable, callback,
                                  user_data),
                 "select api.staff_badge($1, $2::text, $3::text)", params);
}

gboolean
wb_station_store_enter_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_autofree char *done = NULL;

  g_return_val_if_fail (g_task_is_valid (result, db), FALSE);

  done = g_task_propagate_pointer (G_TASK (result), error);
  return done != NULL;
}

/* ── Boxes ───────────────────────────────────────────────────────────────────────────────────── */

static gpointer
read_boxes (WbDbResult *result, GError **error)
{
  WbJob *job = wb_job_new ("boxes", "", NULL);
  int code = _wb_db_result_column (result, "code");
  int barcode = _wb_db_result_column (result, "barcode");
  int name = _wb_db_result_column (result, "name");
  int length = _wb_db_result_column (result, "length_mm");
  int width = _wb_db_result_column (result, "width_mm");
  int height = _wb_db_result_column (result, "height_mm");

  for (guint i = 0; i < _wb_db_result_get_n_rows (result); i++)
    {
      WbJobBox *box = wb_job_add_box (job, _wb_db_result_get_text (result, i, code), _wb_db_result_get_text (result, i, name),
                                      (guint) _wb_db_result_get_int64 (result, i, length),
                                      (guint) _wb_db_result_get_int64 (result, i, width),
                                      (guint) _wb_db_result_get_int64 (result, i, height), 0, 0);

      wb_job_box_set_barcode (box, _wb_db_result_get_text_or_null (result, i, barcode));
    }
  if (_wb_db_result_check (result, error))
    return job;
  wb_job_unref (job);
  return NULL;
}

void
wb_station_store_boxes_async (WbDb *db, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  _wb_store_query (_wb_store_begin (db, wb_station_store_boxes_async, read_boxes, (GDestroyNotify) wb_job_unref, cancellable,
                                    callback, user_data),
                   "select code, barcode, name, inner_length_mm::bigint as length_mm, inner_width_mm::bigint as width_mm, "
                   "inner_height_mm::bigint as height_mm from api.box where active "
                   "order by inner_length_mm::bigint * inner_width_mm * inner_height_mm, code", NULL);
}

WbJob *
wb_station_store_boxes_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ── What a station is made of ───────────────────────────────────────────────────────────────── */

void
wb_station_free (WbStation *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->name);
  g_free (self->kind);
  wb_station_profile_free (self->profile);
  g_free (self);
}

static gpointer
read_stations (WbDbResult *result, GError **error)
{
  g_autoptr (GPtrArray) stations = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_station_free);
  int id = _wb_db_result_column (result, "id");
  int code = _wb_db_result_column (result, "code");
  int name = _wb_db_result_column (result, "name");
  int kind = _wb_db_result_column (result, "kind");
  int version = _wb_db_result_column (result, "version");
  int profile = _wb_db_result_column (result, "profile");

  for (guint i = 0; i < _wb_db_result_get_n_rows (result); i++)
    {
      WbStation *station = g_new0 (WbStation, 1);

      station->id = _wb_db_result_get_int64 (result, i, id);
      station->code = g_strdup (_wb_db_result_get_text (result, i, code));
      station->name = g_strdup (_wb_db_result_get_text (result, i, name));
      station->kind = g_strdup (_wb_db_result_get_text (result, i, kind));
      station->version = _wb_db_result_get_int64 (result, i, version);
      station->profile = wb_station_profile_parse (_wb_db_result_get_text (result, i, profile), NULL);
      if (station->profile == NULL)
        station->profile = wb_station_profile_new ();
      g_ptr_array_add (stations, station);
    }
  return _wb_db_result_check (result, error) ? g_steal_pointer (&stations) : NULL;
}

void
wb_station_store_list_async (WbDb *db, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  _wb_store_query (_wb_store_begin (db, wb_station_store_list_async, read_stations, (GDestroyNotify) g_ptr_array_unref, cancellable,
                                    callback, user_data),
                   "select id, code, name, kind, version::bigint as version, profile::text as profile from api.station where active "
                   "order by name, code", NULL);
}

GPtrArray *
wb_station_store_list_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
read_station (WbDbResult *result, GError **error)
{
  g_autoptr (WbStation) self = g_new0 (WbStation, 1);

  if (_wb_db_result_get_n_rows (result) == 0)
    {
      g_set_error_literal (error, WB_DB_ERROR, WB_DB_ERROR_FAILED, "the database gave an answer that is not understood");
      return NULL;
    }
  self->id = _wb_db_result_get_int64 (result, 0, _wb_db_result_column (result, "id"));
  self->code = g_strdup (_wb_db_result_get_text (result, 0, _wb_db_result_column (result, "station")));
  self->name = g_strdup (_wb_db_result_get_text (result, 0, _wb_db_result_column (result, "name")));
  self->kind = g_strdup ("");
  self->version = _wb_db_result_get_int64 (result, 0, _wb_db_result_column (result, "version"));
  self->profile = wb_station_profile_parse (_wb_db_result_get_text (result, 0, _wb_db_result_column (result, "profile")), error);
  if (self->profile == NULL)
    {
      g_prefix_error (error, _ ("what %s is made of cannot be read: "), self->name);
      return NULL;
    }
  return _wb_db_result_check (result, error) ? g_steal_pointer (&self) : NULL;
}

void
wb_station_store_profile_async (WbDb *db, const char *station, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (WbDbParams) params = _wb_db_params_new ();

  _wb_db_params_add_text (params, station);
  _wb_store_query (_wb_store_begin (db, wb_station_store_profile_async, read_station, (GDestroyNotify) wb_station_free, cancellable,
                                    callback, user_data),
                   "select (s ->> 'id')::bigint as id, s ->> 'station' as station, s ->> 'name' as name, "
                   "(s ->> 'version')::bigint as version, s ->> 'profile' as profile from api.station_profile($1::text) s", params);
}

WbStation *
wb_station_store_profile_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wb_station_store_set_profile_async (WbDb *db, const char *station, gint64 version, const WbStationProfile *profile,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (WbDbParams) params = _wb_store_act_params ();
  g_autofree char *json = wb_station_profile_to_json (profile);

  _wb_db_params_add_text (params, station);
  _wb_db_params_add_int64 (params, version);
  _wb_db_params_add_text (params, json);
  _wb_store_act (_wb_store_begin (db, wb_station_store_set_profile_async, _wb_store_read_int64, g_free, cancellable, callback, user_data),
                 "select (api.station_profile_set($1, $2::text, $3::integer, $4::jsonb) ->> 'version')::bigint", params);
}

gint64
wb_station_store_set_profile_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), 0);

  return _wb_store_finish_int64 (result, error);
}
