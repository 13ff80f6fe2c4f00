/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "devices/wb-device-file.h"
#include "devices/wb-device-model.h"

#define RESOURCE_FOLDER "/org/waybill/devices/models/"
#define ENDING ".device"

/* How exactly a match names a device; 0: not at all. */
enum
{
  FIT_NONE,
  FIT_USAGE,
  FIT_MAKER,
  FIT_MODEL,
};

struct _WbDeviceModels
{
  gatomicrefcount count;
  GPtrArray *models;
  GPtrArray *problems;
};

static gboolean
refuse (GError **error, const char *file, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
refuse (GError **error, const char *file, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, "%s: %s", file, text);
  return FALSE;
}

static gboolean
parse_hex (const char *text, gsize length, guint16 *value)
{
  guint number = 0;

  if (length == 0 || length > 4)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      int digit = g_ascii_xdigit_value (text[i]);

      if (digit < 0)
        return FALSE;
      number = number * 16 + (guint) digit;
    }
  *value = (guint16) number;
  return TRUE;
}

/* A match in numbers; FIT_NONE when it is none. */
static int
parse_match (const char *match, guint16 *first, guint16 *second)
{
  const char *colon = NULL;

  *second = 0;
  if (g_str_has_prefix (match, "hid:"))
    return parse_hex (match + 4, strlen (match + 4), first) ? FIT_USAGE : FIT_NONE;
  if (!g_str_has_prefix (match, "usb:"))
    return FIT_NONE;
  colon = strchr (match + 4, ':');
  if (colon == NULL || colon - match != 8 || !parse_hex (match + 4, 4, first))
    return FIT_NONE;
  if (strcmp (colon + 1, "*") == 0)
    return FIT_MAKER;
  return strlen (colon + 1) == 4 && parse_hex (colon + 1, 4, second) ? FIT_MODEL : FIT_NONE;
}

static GHashTable *
read_group (GKeyFile *key_file, const char *group)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto(GStrv) keys = g_key_file_get_keys (key_file, group, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      char *value = g_key_file_get_string (key_file, group, keys[i], NULL);

      if (value != NULL)
        g_hash_table_insert (table, g_strdup (keys[i]), value);
    }
  return table;
}

static char *
read_text (GKeyFile *key_file, const char *key, const char *file, GError **error)
{
  g_autofree char *text = g_key_file_get_string (key_file, "Device", key, NULL);

  if (text != NULL && *g_strstrip (text) != '\0')
    return g_steal_pointer (&text);
  refuse (error, file, _ ("the group [Device] lacks %s"), key);
  return NULL;
}

static gboolean
check_groups (GKeyFile *key_file, const char *file, GError **error)
{
  static const char *const known[] = { "Device", "Options", "Quirks", NULL };
  g_auto(GStrv) groups = g_key_file_get_groups (key_file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    if (!g_strv_contains (known, groups[i]))
      return refuse (error, file, _ ("there is no group [%s]; there are [Device], [Options] and [Quirks]"), groups[i]);
  return TRUE;
}

static gboolean
read_matches (WbDeviceModel *self, GKeyFile *key_file, GError **error)
{
  self->matches = g_key_file_get_string_list (key_file, "Device", "Match", NULL, NULL);
  if (self->matches == NULL || self->matches[0] == NULL)
    return refuse (error, self->file, _ ("the group [Device] lacks %s"), "Match");
  for (guint i = 0; self->matches[i] != NULL; i++)
    {
      guint16 first = 0;
      guint16 second = 0;

      if (parse_match (g_strstrip (self->matches[i]), &first, &second) == FIT_NONE)
        return refuse (error, self->file, _ ("“%s” is no match; write usb:VVVV:PPPP, usb:VVVV:* or hid:PP"), self->matches[i]);
    }
  return TRUE;
}

WbDeviceModel *
wb_device_model_parse (const char *data, gsize length, const char *file, GError **error)
{
  g_autoptr(WbDeviceModel) self = g_new0 (WbDeviceModel, 1);
  g_autoptr(GKeyFile) key_file = g_key_file_new ();
  g_autoptr(GError) problem = NULL;
  g_autofree char *kind = NULL;

  g_return_val_if_fail (data != NULL && file != NULL, NULL);

  self->file = g_strdup (file);
  if (!g_key_file_load_from_data (key_file, data, length, G_KEY_FILE_NONE, &problem))
    {
      refuse (error, file, "%s", problem->message);
      return NULL;
    }
  if (!check_groups (key_file, file, error))
    return NULL;
  self->name = read_text (key_file, "Name", file, error);
  kind = self->name != NULL ? read_text (key_file, "Kind", file, error) : NULL;
  self->driver = kind != NULL ? read_text (key_file, "Driver", file, error) : NULL;
  if (self->driver == NULL || !read_matches (self, key_file, error))
    return NULL;
  if (!wb_device_kind_from_word (kind, &self->kind))
    {
      refuse (error, file, _ ("“%s” is no kind of device"), kind);
      return NULL;
    }
  self->options = read_group (key_file, "Options");
  self->quirks = read_group (key_file, "Quirks");
  return g_steal_pointer (&self);
}

void
wb_device_model_free (WbDeviceModel *self)
{
  if (self == NULL)
    return;
  g_free (self->file);
  g_free (self->name);
  g_free (self->driver);
  g_strfreev (self->matches);
  g_clear_pointer (&self->options, g_hash_table_unref);
  g_clear_pointer (&self->quirks, g_hash_table_unref);
  g_free (self);
}

gboolean
wb_device_model_has_quirk (const WbDeviceModel *self, const char *quirk)
{
  return self != NULL && g_strcmp0 (g_hash_table_lookup (self->quirks, quirk), "true") == 0;
}

void
wb_device_model_apply (const WbDeviceModel *self, WbDevice *device)
{
  GHashTableIter iter;
  gpointer name = NULL;
  gpointer value = NULL;

  g_return_if_fail (self != NULL && WB_IS_DEVICE (device));

  g_hash_table_iter_init (&iter, self->options);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      g_autoptr(GError) error = NULL;

      if (!wb_device_set_option (device, name, value, &error))
        g_warning ("%s: %s", self->file, error->message);
    }
}

/* ---- All of them --------------------------------------------------------------------------------- */

static gboolean
take_file (const char *data, gsize length, const char *file, gpointer user_data, GError **error)
{
  WbDeviceModels *self = user_data;
  WbDeviceModel *model = wb_device_model_parse (data, length, file, error);

  if (model != NULL)
    g_ptr_array_add (self->models, model);
  return model != NULL;
}

static int
fit (const WbDeviceModel *model, guint16 vendor, guint16 product, guint16 usage_page)
{
  int best = FIT_NONE;

  for (guint i = 0; model->matches[i] != NULL; i++)
    {
      guint16 first = 0;
      guint16 second = 0;
      int kind = parse_match (model->matches[i], &first, &second);
      gboolean fits = kind == FIT_USAGE ? usage_page != 0 && first == usage_page
                                        : first == vendor && (kind == FIT_MAKER || second == product);

      if (fits)
        best = MAX (best, kind);
    }
  return best;
}

WbDeviceModels *
wb_device_models_new (void)
{
  WbDeviceModels *self = g_new0 (WbDeviceModels, 1);

  g_atomic_ref_count_init (&self->count);
  self->models = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_device_model_free);
  self->problems = g_ptr_array_new_with_free_func (g_free);
  wb_device_files_read (ENDING, RESOURCE_FOLDER, take_file, self, self->problems);
  g_ptr_array_add (self->problems, NULL);
  return self;
}

WbDeviceModels *
wb_device_models_ref (WbDeviceModels *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
wb_device_models_unref (WbDeviceModels *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->count))
    return;
  g_ptr_array_unref (self->models);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

const char *const *
wb_device_models_get_problems (WbDeviceModels *self)
{
  return (const char *const *) self->problems->pdata;
}

const WbDeviceModel *
wb_device_models_find_usb (WbDeviceModels *self, guint16 vendor, guint16 product, guint16 usage_page)
{
  const WbDeviceModel *best = NULL;
  int best_fit = FIT_NONE;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->models->len; i++)
    {
      const WbDeviceModel *model = g_ptr_array_index (self->models, i);
      int this_fit = fit (model, vendor, product, usage_page);

      if (this_fit > best_fit)
        {
          best = model;
          best_fit = this_fit;
        }
    }
  return best;
}

GPtrArray *
wb_device_models_get (WbDeviceModels *self)
{
  return self->models;
}
