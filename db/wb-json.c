/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <json-glib/json-glib.h>

#include "core/wb-decimal.h"
#include "db/wb-db-error.h"
#include "db/wb-json-private.h"

static gpointer read_object (const WbMembers *of, JsonNode *node, GError **error);

static gboolean
fail (const WbMember *m, const char *expected, GError **error)
{
  g_set_error (error, WB_DB_ERROR, WB_DB_ERROR_VERSION,
               "the database answered with something else than %s for “%s”", expected, m->name);
  return FALSE;
}

static gboolean
read_time (const WbMember *m, const char *text, GDateTime **value, GError **error)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) local = NULL;

  if (g_str_equal (text, "infinity") || g_str_equal (text, "-infinity"))
    return TRUE;
  local = g_date_time_new_from_iso8601 (text, utc);
  if (local == NULL)
    return fail (m, "a moment", error);
  *value = g_date_time_to_utc (local);
  return TRUE;
}

static gboolean
read_texts (const WbMember *m, JsonNode *node, GStrv *value, GError **error)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = NULL;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail (m, "a list", error);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *text = json_node_get_string (json_array_get_element (array, i));

      if (text == NULL)
        return fail (m, "a list of texts", error);
      g_strv_builder_add (builder, text);
    }
  g_strfreev (*value);
  *value = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_list (const WbMember *m, JsonNode *node, GPtrArray *list, GError **error)
{
  JsonArray *array = NULL;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail (m, "a list", error);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      gpointer item = read_object (m->of, json_array_get_element (array, i), error);

      if (item == NULL)
        return FALSE;
      g_ptr_array_add (list, item);
    }
  return TRUE;
}

static gboolean
read_text (const WbMember *m, JsonNode *node, char **value, GError **error)
{
  if (json_node_get_string (node) == NULL)
    return fail (m, "a text", error);
  g_free (*value);
  *value = json_node_dup_string (node);
  return TRUE;
}

static gboolean
read_member (const WbMember *m, JsonNode *node, gpointer at, GError **error)
{
  GType type = json_node_get_value_type (node);

  switch (m->type)
    {
    case WB_MEMBER_TEXT:
      return read_text (m, node, at, error);
    case WB_MEMBER_INT64:
      if (type != G_TYPE_INT64)
        return fail (m, "a whole number", error);
      *(gint64 *) at = json_node_get_int (node);
      return TRUE;
    case WB_MEMBER_BOOL:
      if (type != G_TYPE_BOOLEAN)
        return fail (m, "yes or no", error);
      *(gboolean *) at = json_node_get_boolean (node);
      return TRUE;
    case WB_MEMBER_TIME:
      if (type != G_TYPE_STRING)
        return fail (m, "a moment", error);
      return read_time (m, json_node_get_string (node), at, error);
    case WB_MEMBER_DECIMAL:
      if (type != G_TYPE_STRING)
        return fail (m, "an exact number", error);
      return wb_decimal_parse (json_node_get_string (node), NULL, at, error);
    case WB_MEMBER_TEXTS:
      return read_texts (m, node, at, error);
    case WB_MEMBER_LIST:
      return read_list (m, node, *(GPtrArray **) at, error);
    case WB_MEMBER_RECORD:
      *(gpointer *) at = read_object (m->of, node, error);
      return *(gpointer *) at != NULL;
    default:
      g_return_val_if_reached (FALSE);
    }
}

static gpointer
read_object (const WbMembers *of, JsonNode *node, GError **error)
{
  gpointer data = NULL;
  JsonObject *object = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, WB_DB_ERROR, WB_DB_ERROR_VERSION, "the database answered with something else than an object");
      return NULL;
    }

  object = json_node_get_object (node);
  data = wb_members_new (of);
  for (const WbMember *m = of->members; m->name != NULL; m++)
    {
      JsonNode *value = json_object_get_member (object, m->name);

      if (value == NULL || JSON_NODE_HOLDS_NULL (value))
        continue;
      if (!read_member (m, value, G_STRUCT_MEMBER_P (data, m->offset), error))
        {
          wb_members_free (of, data);
          return NULL;
        }
    }
  return data;
}

gpointer
_wb_json_read (const WbMembers *of, const char *text, GError **error)
{
  g_autoptr(JsonNode) node = NULL;

  g_return_val_if_fail (of != NULL && text != NULL, NULL);

  node = json_from_string (text, error);
  if (node == NULL)
    return NULL;
  return read_object (of, node, error);
}
