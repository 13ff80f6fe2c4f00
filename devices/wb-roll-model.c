/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "devices/wb-device-error.h"
#include "devices/wb-device-file.h"
#include "devices/wb-roll-model.h"

#define RESOURCE_FOLDER "/org/waybill/devices/rolls/"
#define ENDING ".media"
#define GROUP "Media"

void
wb_roll_model_free (WbRollModel *self)
{
  if (self == NULL)
    return;
  g_free (self->file);
  g_free (self->name);
  g_free (self);
}

static char *
read_text (GKeyFile *key_file, const char *key)
{
  g_autofree char *text = g_key_file_get_locale_string (key_file, GROUP, key, NULL, NULL);

  return text != NULL && *g_strstrip (text) != '\0' ? g_steal_pointer (&text) : NULL;
}

/* As one line, which is checked as any other is. */
static char *
make_line (GKeyFile *key_file)
{
  g_autofree char *feed = read_text (key_file, "Feed");
  g_autofree char *width = read_text (key_file, "Width");
  g_autofree char *height = read_text (key_file, "Height");
  g_autofree char *gap = read_text (key_file, "Gap");

  if (height == NULL && gap == NULL)
    return g_strjoin (" ", feed != NULL ? feed : "", width != NULL ? width : "", NULL);
  return g_strdup_printf ("%s %sx%s %s", feed != NULL ? feed : "", width != NULL ? width : "", height != NULL ? height : "",
                          gap != NULL ? gap : "");
}

static const char *
find_unknown (GKeyFile *key_file, char **keys)
{
  static const char *const known[] = { "Name", "Feed", "Width", "Height", "Gap", NULL };

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    if (!g_strv_contains (known, keys[i]) && !g_str_has_prefix (keys[i], "Name["))
      return keys[i];
  return NULL;
}

WbRollModel *
wb_roll_model_parse (const char *data, gsize length, const char *file, GError **error)
{
  g_autoptr(GKeyFile) key_file = g_key_file_new ();
  g_autoptr(WbRollModel) self = g_new0 (WbRollModel, 1);
  g_autoptr(GError) why = NULL;
  g_auto(GStrv) keys = NULL;
  g_autofree char *line = NULL;

  g_return_val_if_fail (data != NULL && file != NULL, NULL);

  self->file = g_strdup (file);
  if (!g_key_file_load_from_data (key_file, data, length, G_KEY_FILE_KEEP_TRANSLATIONS, &why))
    {
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, "%s: %s", file, why->message);
      return NULL;
    }
  keys = g_key_file_get_keys (key_file, GROUP, NULL, NULL);
  self->name = read_text (key_file, "Name");
  if (self->name == NULL)
    {
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, _ ("%s: the group [Media] lacks %s"), file, "Name");
      return NULL;
    }
  if (find_unknown (key_file, keys) != NULL)
    {
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, _ ("%s: there is no key “%s”"), file, find_unknown (key_file, keys));
      return NULL;
    }
  line = make_line (key_file);
  if (wb_label_media_parse (line, &self->media, &why))
    return g_steal_pointer (&self);
  g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, "%s: %s", file, why->message);
  return NULL;
}

/* ---- All of them --------------------------------------------------------------------------------- */

static gboolean
is_same (const WbLabelMedia *a, const WbLabelMedia *b)
{
  return a->feed == b->feed && a->width_um == b->width_um && a->height_um == b->height_um && a->gap_um == b->gap_um;
}

static gboolean
take_file (const char *data, gsize length, const char *file, gpointer user_data, GError **error)
{
  GPtrArray *models = user_data;
  g_autoptr(WbRollModel) model = wb_roll_model_parse (data, length, file, error);

  if (model == NULL)
    return FALSE;
  for (guint i = 0; i < models->len; i++)
    if (is_same (&((const WbRollModel *) g_ptr_array_index (models, i))->media, &model->media))
      return TRUE;
  g_ptr_array_add (models, g_steal_pointer (&model));
  return TRUE;
}

/* Labels before what has no end, the large ones first. */
static int
compare_models (gconstpointer a, gconstpointer b)
{
  const WbLabelMedia *one = &(*(const WbRollModel *const *) a)->media;
  const WbLabelMedia *other = &(*(const WbRollModel *const *) b)->media;
  gboolean endless = one->feed == WB_LABEL_FEED_CONTINUOUS;

  if (endless != (other->feed == WB_LABEL_FEED_CONTINUOUS))
    return endless ? 1 : -1;
  if (one->width_um != other->width_um)
    return one->width_um > other->width_um ? -1 : 1;
  if (one->height_um != other->height_um)
    return one->height_um > other->height_um ? -1 : 1;
  return (int) one->feed - (int) other->feed;
}

GPtrArray *
wb_roll_models_new (char ***problems)
{
  GPtrArray *models = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_roll_model_free);
  g_autoptr(GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);

  wb_device_files_read (ENDING, RESOURCE_FOLDER, take_file, models, sentences);
  g_ptr_array_sort (models, compare_models);
  g_ptr_array_add (sentences, NULL);
  if (problems != NULL)
    *problems = (char **) g_ptr_array_free (g_steal_pointer (&sentences), FALSE);
  return models;
}
