/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "db/wb-shop-store.h"
#include "db/wb-store-call-private.h"

static void
free_setting (WbShopSetting *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->value);
  g_free (self->type);
  g_free (self);
}

/* ── Reading ─────────────────────────────────────────────────────────────────────────────────── */

static gpointer
read_settings (WbDbResult *result, GError **error)
{
  g_autoptr (GPtrArray) settings = g_ptr_array_new_with_free_func ((GDestroyNotify) free_setting);
  int key = _wb_db_result_column (result, "key");
  int value = _wb_db_result_column (result, "value");
  int type = _wb_db_result_column (result, "type");
  int version = _wb_db_result_column (result, "version");

  for (guint i = 0; i < _wb_db_result_get_n_rows (result); i++)
    {
      WbShopSetting *setting = g_new0 (WbShopSetting, 1);

      setting->key = g_strdup (_wb_db_result_get_text (result, i, key));
      setting->value = g_strdup (_wb_db_result_get_text (result, i, value));
      setting->type = g_strdup (_wb_db_result_get_text (result, i, type));
      setting->version = _wb_db_result_get_int64 (result, i, version);
      g_ptr_array_add (settings, setting);
    }
  return _wb_db_result_check (result, error) ? g_steal_pointer (&settings) : NULL;
}

void
wb_shop_store_list_async (WbDb *db, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  _wb_store_query (_wb_store_begin (db, wb_shop_store_list_async, read_settings, (GDestroyNotify) g_ptr_array_unref, cancellable,
                                    callback, user_data),
                   "select key, version::bigint as version, jsonb_typeof(value) as type,"
                   "       case jsonb_typeof(value) when 'boolean' then case when value = 'true' then 'yes' else 'no' end"
                   "         when 'array' then (select coalesce(string_agg(w, ',' order by o), '')"
                   "                              from jsonb_array_elements_text(value) with ordinality u (w, o))"
                   "         else value #>> '{}' end as value"
                   "  from api.setting order by key",
                   NULL);
}

GPtrArray *
wb_shop_store_list_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, db), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ── Changing ────────────────────────────────────────────────────────────────────────────────── */

static JsonNode *
read_words (const char *value)
{
  g_auto (GStrv) words = g_strsplit (value, ",", -1);
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; words[i] != NULL; i++)
    if (*g_strstrip (words[i]) != '\0')
      json_array_add_string_element (array, words[i]);
  json_node_take_array (node, array);
  return node;
}

/* NULL: no such value of this type. */
static JsonNode *
make_node (const char *type, const char *value)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  gint64 number = 0;

  if (g_str_equal (type, "string"))
    json_node_set_string (node, value);
  else if (g_str_equal (type, "number") && g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, &number, NULL))
    json_node_set_int (node, number);
  else if (g_str_equal (type, "boolean") && (g_str_equal (value, "yes") || g_str_equal (value, "no")))
    json_node_set_boolean (node, g_str_equal (value, "yes"));
  else
    g_clear_pointer (&node, json_node_unref);
  return g_str_equal (type, "array") ? read_words (value) : node;
}

static const char *
describe_type (const char *type)
{
  if (g_str_equal (type, "boolean"))
    return _ ("“yes” or “no”");
  return g_str_equal (type, "number") ? _ ("a whole number") : _ ("a text");
}

void
wb_shop_store_set_async (WbDb *db, const WbShopSetting *setting, const char *value, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (WbDbParams) params = _wb_store_act_params ();
  g_autoptr (JsonNode) node = make_node (setting->type, value);
  g_autofree char *json = node != NULL ? json_to_string (node, FALSE) : NULL;
  GTask *task = _wb_store_begin (db, wb_shop_store_set_async, _wb_store_read_nothing, g_free, cancellable, callback, user_data);

  if (json == NULL)
    {
      g_task_return_new_error (task, WB_DB_ERROR, WB_DB_ERROR_REFUSED, _ ("%s is %s, not “%.60s”"), setting->key,
                               describe_type (setting->type), value);
      g_object_unref (task);
      return;
    }
  _wb_db_params_add_text (params, setting->key);
  _wb_db_params_add_jsonb (params, json);
  _wb_db_params_add_int64 (params, setting->version);
  _wb_store_act (task, "select api.setting_set($1, $2::text, $3, $4::integer)", params);
}

gboolean
wb_shop_store_set_finish (WbDb *db, GAsyncResult *result, GError **error)
{
  g_autofree char *done = NULL;

  g_return_val_if_fail (g_task_is_valid (result, db), FALSE);

  done = g_task_propagate_pointer (G_TASK (result), error);
  return done != NULL;
}
