/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-error.h"
#include "core/wb-label-media.h"
#include "core/wb-station-profile-private.h"

#define MAX_TEXT 256
#define MAX_DPI 2400

/* ---- Reading ------------------------------------------------------------------------------------- */

static gboolean G_GNUC_PRINTF (3, 4)
refuse (GError **error, const WbJson *where, const char *format, ...)
{
  g_autofree char *why = NULL;
  va_list args;

  va_start (args, format);
  why = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("line %u, column %u: %s"), (guint) wb_json_get_line (where),
               wb_json_get_column (where), why);
  return FALSE;
}

static gboolean
read_text (const WbJson *value, const char *name, char **text, GError **error)
{
  if (wb_json_get_type (value) != WB_JSON_STRING)
    return refuse (error, value, _ ("“%s” is a text"), name);
  if (strlen (wb_json_get_text (value)) > MAX_TEXT)
    return refuse (error, value, _ ("“%s” has at most %d bytes"), name, MAX_TEXT);
  wb_station_device_set_text (text, wb_json_get_text (value));
  return TRUE;
}

static gboolean
read_flag (const WbJson *value, const char *name, gboolean *flag, GError **error)
{
  if (wb_json_get_type (value) != WB_JSON_BOOLEAN)
    return refuse (error, value, _ ("“%s” is true or false"), name);
  *flag = wb_json_is_true (value);
  return TRUE;
}

static gboolean
read_dpi (const WbJson *value, guint *dpi, GError **error)
{
  guint64 number = 0;

  if (wb_json_get_type (value) != WB_JSON_NUMBER
      || !g_ascii_string_to_unsigned (wb_json_get_text (value), 10, 0, MAX_DPI, &number, NULL))
    return refuse (error, value, _ ("“dpi” is a whole number from 0 to %d"), MAX_DPI);
  *dpi = (guint) number;
  return TRUE;
}

static void
write_json (GString *json, const WbJson *value)
{
  WbJsonType type = wb_json_get_type (value);

  if (type == WB_JSON_STRING)
    wb_json_append_string (json, wb_json_get_text (value));
  else if (type == WB_JSON_NULL)
    g_string_append (json, "null");
  else if (type == WB_JSON_BOOLEAN)
    g_string_append (json, wb_json_is_true (value) ? "true" : "false");
  else if (type == WB_JSON_NUMBER)
    g_string_append (json, wb_json_get_text (value));
  else
    {
      g_string_append_c (json, type == WB_JSON_ARRAY ? '[' : '{');
      for (guint i = 0; i < wb_json_get_length (value); i++)
        {
          if (i > 0)
            g_string_append (json, ", ");
          if (type == WB_JSON_OBJECT)
            {
              wb_json_append_string (json, wb_json_get_name (value, i));
              g_string_append (json, ": ");
            }
          write_json (json, wb_json_get_element (value, i));
        }
      g_string_append_c (json, type == WB_JSON_ARRAY ? ']' : '}');
    }
}

void
_wb_station_profile_keep (GHashTable *others, const char *name, const WbJson *value)
{
  GString *json = g_string_new (NULL);

  write_json (json, value);
  g_hash_table_insert (others, g_strdup (name), g_string_free (json, FALSE));
}

static gboolean
read_options (const WbJson *value, GHashTable *options, GError **error)
{
  if (wb_json_get_type (value) != WB_JSON_OBJECT)
    return refuse (error, value, _ ("“options” are texts by name"));
  for (guint i = 0; i < wb_json_get_length (value); i++)
    {
      char *text = NULL;

      if (!read_text (wb_json_get_element (value, i), wb_json_get_name (value, i), &text, error))
        return FALSE;
      g_hash_table_insert (options, g_strdup (wb_json_get_name (value, i)), text);
    }
  return TRUE;
}

static gboolean
read_device_member (WbStationDevice *device, const char *name, const WbJson *value, GError **error)
{
  if (strcmp (name, "id") == 0)
    return TRUE;
  if (strcmp (name, "kind") == 0)
    return read_text (value, name, &device->kind, error);
  if (strcmp (name, "name") == 0)
    return read_text (value, name, &device->name, error);
  if (strcmp (name, "role") == 0)
    return read_text (value, name, &device->role, error);
  if (strcmp (name, "driver") == 0)
    return read_text (value, name, &device->driver, error);
  if (strcmp (name, "used") == 0)
    return read_flag (value, name, &device->is_used, error);
  if (strcmp (name, "options") == 0)
    return read_options (value, device->options, error);
  _wb_station_profile_keep (device->others, name, value);
  return TRUE;
}

static gboolean
read_device (WbStationProfile *self, const WbJson *value, GError **error)
{
  const WbJson *id = wb_json_get_type (value) == WB_JSON_OBJECT ? wb_json_get_member (value, "id") : NULL;
  g_autofree char *text = NULL;
  WbStationDevice *device = NULL;

  if (id == NULL)
    return refuse (error, value, _ ("a device has an “id”"));
  if (!read_text (id, "id", &text, error))
    return FALSE;
  if (*text == '\0')
    return refuse (error, id, _ ("a device has an “id”"));
  if (wb_station_profile_find_device (self, text) != NULL)
    return refuse (error, id, _ ("the device “%s” is there twice"), text);
  if (self->devices->len >= WB_STATION_MAX_DEVICES)
    return refuse (error, value, _ ("a station has at most %d devices"), WB_STATION_MAX_DEVICES);
  device = wb_station_profile_ensure_device (self, text);
  for (guint i = 0; i < wb_json_get_length (value); i++)
    if (!read_device_member (device, wb_json_get_name (value, i), wb_json_get_element (value, i), error))
      return FALSE;
  if (*device->role == '\0')
    wb_station_device_set_text (&device->role, WB_STATION_ROLE_ANY);
  return TRUE;
}

static gboolean
read_devices (WbStationProfile *self, const WbJson *value, GError **error)
{
  if (wb_json_get_type (value) != WB_JSON_ARRAY)
    return refuse (error, value, _ ("“devices” is a list"));
  for (guint i = 0; i < wb_json_get_length (value); i++)
    if (!read_device (self, wb_json_get_element (value, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
read_media (const WbJson *value, char **media, GError **error)
{
  WbLabelMedia known = { 0 };
  g_autoptr (GError) why = NULL;

  if (!read_text (value, "media", media, error))
    return FALSE;
  if (**media == '\0' || wb_label_media_parse (*media, &known, &why))
    return TRUE;
  return refuse (error, value, "%s", why->message);
}

static gboolean
read_route_member (WbStationRoute *route, const char *name, const WbJson *value, GError **error)
{
  if (strcmp (name, "printer") == 0)
    return read_text (value, name, &route->printer, error);
  if (strcmp (name, "tray") == 0)
    return read_text (value, name, &route->tray, error);
  if (strcmp (name, "language") == 0)
    return read_text (value, name, &route->language, error);
  if (strcmp (name, "dpi") == 0)
    return read_dpi (value, &route->dpi, error);
  if (strcmp (name, "media") == 0)
    return read_media (value, &route->media, error);
  _wb_station_profile_keep (route->others, name, value);
  return TRUE;
}

static gboolean
read_routes (WbStationProfile *self, const WbJson *value, GError **error)
{
  if (wb_json_get_type (value) != WB_JSON_OBJECT)
    return refuse (error, value, _ ("“documents” says for each document where it comes out"));
  for (guint i = 0; i < wb_json_get_length (value); i++)
    {
      const WbJson *members = wb_json_get_element (value, i);
      const char *document = wb_json_get_name (value, i);
      WbStationRoute *route = NULL;

      if (wb_json_get_type (members) != WB_JSON_OBJECT)
        return refuse (error, members, _ ("the document “%s” has a “printer”, a “tray”, a “language” and “dpi”"), document);
      route = wb_station_profile_ensure_route (self, document);
      for (guint j = 0; j < wb_json_get_length (members); j++)
        if (!read_route_member (route, wb_json_get_name (members, j), wb_json_get_element (members, j), error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
read_member (WbStationProfile *self, const char *name, const WbJson *value, GError **error)
{
  if (strcmp (name, "devices") == 0)
    return read_devices (self, value, error);
  if (strcmp (name, "documents") == 0)
    return read_routes (self, value, error);
  if (strcmp (name, "sounds") == 0)
    {
      self->has_sounds = TRUE;
      return read_flag (value, name, &self->sounds, error);
    }
  _wb_station_profile_keep (self->others, name, value);
  return TRUE;
}

WbStationProfile *
wb_station_profile_parse (const char *text, GError **error)
{
  g_autoptr (WbStationProfile) self = wb_station_profile_new ();
  g_autoptr (WbJson) json = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (strlen (text) > WB_STATION_PROFILE_MAX)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_LIMIT, _ ("a station's profile has at most %d bytes"), WB_STATION_PROFILE_MAX);
      return NULL;
    }
  json = wb_json_parse (text, -1, 1, 1, error);
  if (json == NULL)
    return NULL;
  if (wb_json_get_type (json) != WB_JSON_OBJECT)
    {
      refuse (error, json, _ ("a station's profile is an object"));
      return NULL;
    }
  for (guint i = 0; i < wb_json_get_length (json); i++)
    if (!read_member (self, wb_json_get_name (json, i), wb_json_get_element (json, i), error))
      return NULL;
  return g_steal_pointer (&self);
}

static int
compare_names_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

/* ---- Writing ------------------------------------------------------------------------------------- */

static void
begin_member (GString *json, const char *name)
{
  char last = json->len > 0 ? json->str[json->len - 1] : '{';

  if (last != '{' && last != '[')
    g_string_append (json, ", ");
  if (name == NULL)
    return;
  wb_json_append_string (json, name);
  g_string_append (json, ": ");
}

static void
write_text (GString *json, const char *name, const char *text)
{
  if (*text == '\0')
    return;
  begin_member (json, name);
  wb_json_append_string (json, text);
}

/* In the order of their names, so that one profile is one text. */
static void
write_texts (GString *json, GHashTable *texts, gboolean are_json)
{
  GList *names = g_list_sort (g_hash_table_get_keys (texts), compare_names_cb);

  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *text = g_hash_table_lookup (texts, l->data);

      begin_member (json, l->data);
      if (are_json)
        g_string_append (json, text);
      else
        wb_json_append_string (json, text);
    }
  g_list_free (names);
}

static void
write_device (GString *json, const WbStationDevice *device)
{
  begin_member (json, NULL);
  g_string_append_c (json, '{');
  write_text (json, "id", device->id);
  write_text (json, "kind", device->kind);
  write_text (json, "driver", device->driver);
  write_text (json, "name", device->name);
  write_text (json, "role", device->role);
  if (!device->is_used)
    {
      begin_member (json, "used");
      g_string_append (json, "false");
    }
  if (g_hash_table_size (device->options) > 0)
    {
      begin_member (json, "options");
      g_string_append_c (json, '{');
      write_texts (json, device->options, FALSE);
      g_string_append_c (json, '}');
    }
  write_texts (json, device->others, TRUE);
  g_string_append_c (json, '}');
}

static void
write_route (GString *json, const WbStationRoute *route)
{
  begin_member (json, route->document);
  g_string_append_c (json, '{');
  begin_member (json, "printer");
  wb_json_append_string (json, route->printer);
  write_text (json, "tray", route->tray);
  write_text (json, "language", route->language);
  if (route->dpi > 0)
    {
      begin_member (json, "dpi");
      g_string_append_printf (json, "%u", route->dpi);
    }
  write_text (json, "media", route->media);
  write_texts (json, route->others, TRUE);
  g_string_append_c (json, '}');
}

char *
wb_station_profile_to_json (const WbStationProfile *self)
{
  GString *json = g_string_new ("{");

  g_return_val_if_fail (self != NULL, NULL);

  if (self->devices->len > 0)
    {
      begin_member (json, "devices");
      g_string_append_c (json, '[');
      for (guint i = 0; i < self->devices->len; i++)
        write_device (json, g_ptr_array_index (self->devices, i));
      g_string_append_c (json, ']');
    }
  if (self->routes->len > 0)
    {
      begin_member (json, "documents");
      g_string_append_c (json, '{');
      for (guint i = 0; i < self->routes->len; i++)
        write_route (json, g_ptr_array_index (self->routes, i));
      g_string_append_c (json, '}');
    }
  if (self->has_sounds)
    {
      begin_member (json, "sounds");
      g_string_append (json, self->sounds ? "true" : "false");
    }
  write_texts (json, self->others, TRUE);
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}
