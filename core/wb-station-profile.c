/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-error.h"
#include "core/wb-json.h"
#include "core/wb-station-profile.h"

#define MAX_TEXT 256
#define MAX_DPI 2400

struct _WbStationProfile
{
  GPtrArray *devices; /* WbStationDevice */
  GPtrArray *routes;  /* WbStationRoute */
  GHashTable *others; /* name → JSON */
  gboolean sounds;
  gboolean has_sounds;
};

G_DEFINE_BOXED_TYPE (WbStationProfile, wb_station_profile, wb_station_profile_copy, wb_station_profile_free)

/* ---- Texts by name ------------------------------------------------------------------------------- */

static GHashTable *
new_texts (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static GHashTable *
copy_texts (GHashTable *texts)
{
  GHashTable *copy = new_texts ();
  GHashTableIter iter;
  gpointer name = NULL;
  gpointer text = NULL;

  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, &name, &text))
    g_hash_table_insert (copy, g_strdup (name), g_strdup (text));
  return copy;
}

static int
compare_names_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

/* ---- Devices and routes -------------------------------------------------------------------------- */

static void
free_device (gpointer data)
{
  WbStationDevice *device = data;

  g_free (device->id);
  g_free (device->kind);
  g_free (device->name);
  g_free (device->role);
  g_free (device->driver);
  g_hash_table_unref (device->options);
  g_hash_table_unref (device->others);
  g_free (device);
}

static WbStationDevice *
new_device (const char *id)
{
  WbStationDevice *device = g_new0 (WbStationDevice, 1);

  device->id = g_strdup (id);
  device->kind = g_strdup ("");
  device->name = g_strdup ("");
  device->role = g_strdup (WB_STATION_ROLE_ANY);
  device->driver = g_strdup ("");
  device->is_used = TRUE;
  device->options = new_texts ();
  device->others = new_texts ();
  return device;
}

static gpointer
copy_device_cb (gconstpointer data, gpointer user_data)
{
  const WbStationDevice *device = data;
  WbStationDevice *copy = g_new0 (WbStationDevice, 1);

  copy->id = g_strdup (device->id);
  copy->kind = g_strdup (device->kind);
  copy->name = g_strdup (device->name);
  copy->role = g_strdup (device->role);
  copy->driver = g_strdup (device->driver);
  copy->is_used = device->is_used;
  copy->options = copy_texts (device->options);
  copy->others = copy_texts (device->others);
  return copy;
}

static void
free_route (gpointer data)
{
  WbStationRoute *route = data;

  g_free (route->document);
  g_free (route->printer);
  g_free (route->tray);
  g_free (route->language);
  g_hash_table_unref (route->others);
  g_free (route);
}

static WbStationRoute *
new_route (const char *document)
{
  WbStationRoute *route = g_new0 (WbStationRoute, 1);

  route->document = g_strdup (document);
  route->printer = g_strdup ("");
  route->tray = g_strdup ("");
  route->language = g_strdup ("");
  route->others = new_texts ();
  return route;
}

static gpointer
copy_route_cb (gconstpointer data, gpointer user_data)
{
  const WbStationRoute *route = data;
  WbStationRoute *copy = g_new0 (WbStationRoute, 1);

  copy->document = g_strdup (route->document);
  copy->printer = g_strdup (route->printer);
  copy->tray = g_strdup (route->tray);
  copy->language = g_strdup (route->language);
  copy->dpi = route->dpi;
  copy->others = copy_texts (route->others);
  return copy;
}

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

static void
keep (GHashTable *others, const char *name, const WbJson *value)
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
  keep (device->others, name, value);
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
  keep (route->others, name, value);
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
  keep (self->others, name, value);
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
  write_texts (json, route->others, TRUE);
  g_string_append_c (json, '}');
}

static int
compare_routes_cb (gconstpointer a, gconstpointer b)
{
  const WbStationRoute *const *one = a;
  const WbStationRoute *const *other = b;

  return strcmp ((*one)->document, (*other)->document);
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

gboolean
wb_station_profile_equal (const WbStationProfile *a, const WbStationProfile *b)
{
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  if (a == NULL || b == NULL)
    return a == b;
  one = wb_station_profile_to_json (a);
  other = wb_station_profile_to_json (b);
  return strcmp (one, other) == 0;
}

/* ---- Life ---------------------------------------------------------------------------------------- */

WbStationProfile *
wb_station_profile_new (void)
{
  WbStationProfile *self = g_new0 (WbStationProfile, 1);

  self->devices = g_ptr_array_new_with_free_func (free_device);
  self->routes = g_ptr_array_new_with_free_func (free_route);
  self->others = new_texts ();
  self->sounds = TRUE;
  return self;
}

WbStationProfile *
wb_station_profile_copy (const WbStationProfile *self)
{
  WbStationProfile *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (WbStationProfile, 1);
  copy->devices = g_ptr_array_copy (self->devices, copy_device_cb, NULL);
  g_ptr_array_set_free_func (copy->devices, free_device);
  copy->routes = g_ptr_array_copy (self->routes, copy_route_cb, NULL);
  g_ptr_array_set_free_func (copy->routes, free_route);
  copy->others = copy_texts (self->others);
  copy->sounds = self->sounds;
  copy->has_sounds = self->has_sounds;
  return copy;
}

void
wb_station_profile_free (WbStationProfile *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->devices);
  g_ptr_array_unref (self->routes);
  g_hash_table_unref (self->others);
  g_free (self);
}

gboolean
wb_station_profile_is_empty (const WbStationProfile *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->devices->len == 0 && self->routes->len == 0 && !self->has_sounds && g_hash_table_size (self->others) == 0;
}

/* ---- Devices ------------------------------------------------------------------------------------- */

GPtrArray *
wb_station_profile_get_devices (const WbStationProfile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->devices;
}

const WbStationDevice *
wb_station_profile_find_device (const WbStationProfile *self, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  for (guint i = 0; i < self->devices->len; i++)
    {
      const WbStationDevice *device = g_ptr_array_index (self->devices, i);

      if (strcmp (device->id, id) == 0)
        return device;
    }
  return NULL;
}

WbStationDevice *
wb_station_profile_ensure_device (WbStationProfile *self, const char *id)
{
  WbStationDevice *device = NULL;

  g_return_val_if_fail (self != NULL && id != NULL && *id != '\0', NULL);

  device = (WbStationDevice *) wb_station_profile_find_device (self, id);
  if (device != NULL)
    return device;
  device = new_device (id);
  g_ptr_array_add (self->devices, device);
  return device;
}

gboolean
wb_station_profile_remove_device (WbStationProfile *self, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, FALSE);

  for (guint i = 0; i < self->devices->len; i++)
    if (strcmp (((WbStationDevice *) g_ptr_array_index (self->devices, i))->id, id) == 0)
      {
        g_ptr_array_remove_index (self->devices, i);
        return TRUE;
      }
  return FALSE;
}

void
wb_station_device_set_text (char **text, const char *value)
{
  char *copy = NULL;

  g_return_if_fail (text != NULL && value != NULL);

  copy = g_strdup (value);
  g_free (*text);
  *text = copy;
}

void
wb_station_device_set_option (WbStationDevice *device, const char *name, const char *value)
{
  g_return_if_fail (device != NULL && name != NULL);

  if (value == NULL)
    g_hash_table_remove (device->options, name);
  else
    g_hash_table_insert (device->options, g_strdup (name), g_strdup (value));
}

/* ---- Documents ----------------------------------------------------------------------------------- */

const WbStationRoute *
wb_station_profile_find_route (const WbStationProfile *self, const char *document)
{
  g_return_val_if_fail (self != NULL && document != NULL, NULL);

  for (guint i = 0; i < self->routes->len; i++)
    {
      const WbStationRoute *route = g_ptr_array_index (self->routes, i);

      if (strcmp (route->document, document) == 0)
        return route;
    }
  return NULL;
}

const WbStationRoute *
wb_station_profile_get_route (const WbStationProfile *self, const char *document)
{
  const WbStationRoute *route = wb_station_profile_find_route (self, document);

  if (route != NULL)
    return route;
  if (strcmp (document, WB_STATION_DOCUMENT_PICK_LIST) == 0 || strcmp (document, WB_STATION_DOCUMENT_PACKING_SLIP) == 0 ||
      strcmp (document, WB_STATION_DOCUMENT_COMMAND_SHEET) == 0)
    return wb_station_profile_find_route (self, WB_STATION_DOCUMENT_PAPER);
  if (strcmp (document, WB_STATION_DOCUMENT_TEST) == 0 || strcmp (document, WB_STATION_DOCUMENT_STICKER) == 0)
    return wb_station_profile_find_route (self, WB_STATION_DOCUMENT_LABEL);
  return NULL;
}

WbStationRoute *
wb_station_profile_ensure_route (WbStationProfile *self, const char *document)
{
  WbStationRoute *route = NULL;

  g_return_val_if_fail (self != NULL && document != NULL, NULL);

  route = (WbStationRoute *) wb_station_profile_find_route (self, document);
  if (route != NULL)
    return route;
  route = new_route (document);
  g_ptr_array_add (self->routes, route);
  g_ptr_array_sort (self->routes, compare_routes_cb);
  return route;
}

void
wb_station_profile_remove_route (WbStationProfile *self, const char *document)
{
  const WbStationRoute *route = wb_station_profile_find_route (self, document);

  if (route != NULL)
    g_ptr_array_remove (self->routes, (gpointer) route);
}

/* ---- The rest ------------------------------------------------------------------------------------ */

gboolean
wb_station_profile_get_sounds (const WbStationProfile *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->sounds;
}

void
wb_station_profile_set_sounds (WbStationProfile *self, gboolean sounds)
{
  g_return_if_fail (self != NULL);

  self->sounds = sounds;
  self->has_sounds = TRUE;
}

const char *
wb_station_profile_get_other (const WbStationProfile *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  return g_hash_table_lookup (self->others, name);
}

gboolean
wb_station_profile_set_other (WbStationProfile *self, const char *name, const char *json, GError **error)
{
  static const char *const taken[] = { "devices", "documents", "sounds", NULL };
  g_autoptr (WbJson) value = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, FALSE);

  if (g_strv_contains (taken, name))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("“%s” is no free member of a profile"), name);
      return FALSE;
    }
  if (json == NULL)
    {
      g_hash_table_remove (self->others, name);
      return TRUE;
    }
  value = wb_json_parse (json, -1, 1, 1, error);
  if (value == NULL)
    return FALSE;
  keep (self->others, name, value);
  return TRUE;
}
