/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-error.h"
#include "core/wb-station-profile-private.h"

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
  g_free (route->media);
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
  route->media = g_strdup ("");
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
  copy->media = g_strdup (route->media);
  copy->others = copy_texts (route->others);
  return copy;
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

static int
compare_routes_cb (gconstpointer a, gconstpointer b)
{
  const WbStationRoute *const *one = a;
  const WbStationRoute *const *other = b;

  return strcmp ((*one)->document, (*other)->document);
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
  _wb_station_profile_keep (self->others, name, value);
  return TRUE;
}
