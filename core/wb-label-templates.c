/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "core/waybill-core-resources.h"
#include "core/wb-label-templates.h"

#define RESOURCE_FOLDER "/org/waybill/core/labels/"
#define SYSTEM_FOLDER "/etc/waybill/labels"
#define ENDING ".label"
#define IMAGE_ENDING ".png"
#define MAX_FILE_SIZE (64 * 1024)
#define MAX_IMAGE_SIZE (512 * 1024)
#define MAX_IMAGE_POINTS (16u * 1024 * 1024)
#define IMAGE_HEADER 24

struct _WbLabelTemplates
{
  gatomicrefcount count;
  char *language;
  GHashTable *images;
  GHashTable *templates;
  GPtrArray *problems;
};

static void
take_template (WbLabelTemplates *self, const char *data, gsize length, const char *file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_path_get_basename (file);
  WbLabelTemplate *template = NULL;

  name[strlen (name) - strlen (ENDING)] = '\0';
  if (g_hash_table_contains (self->templates, name))
    return;
  template = wb_label_template_parse (data, length, file, self->language, self->images, &error);
  if (template != NULL)
    g_hash_table_insert (self->templates, g_steal_pointer (&name), template);
  else
    g_ptr_array_add (self->problems, g_strdup (error->message));
}

static guint32
get_number (const char *data)
{
  return (guint32) (guchar) data[0] << 24 | (guint32) (guchar) data[1] << 16 | (guint32) (guchar) data[2] << 8 | (guchar) data[3];
}

/* Few bytes may stand for more points than a computer has memory. */
static gboolean
is_too_large (const char *data)
{
  guint32 width = get_number (data + 16);
  guint32 height = get_number (data + 20);

  return width == 0 || height == 0 || (guint64) width * height > MAX_IMAGE_POINTS;
}

static void
take_image (WbLabelTemplates *self, const char *data, gsize length, const char *file)
{
  g_autofree char *name = g_path_get_basename (file);

  if (length < IMAGE_HEADER || memcmp (data, "\x89PNG\r\n\x1a\n", 8) != 0)
    g_ptr_array_add (self->problems, g_strdup_printf (_ ("%s: is no PNG"), file));
  else if (is_too_large (data))
    g_ptr_array_add (self->problems, g_strdup_printf (_ ("%s: has more than 16 million points, or none"), file));
  else if (!g_hash_table_contains (self->images, name))
    g_hash_table_insert (self->images, g_steal_pointer (&name), g_bytes_new (data, length));
}

typedef void (*TakeFile) (WbLabelTemplates *self, const char *data, gsize length, const char *file);

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
read_folder (WbLabelTemplates *self, const char *path, const char *ending, gsize most, TakeFile take)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (const char *name = NULL; folder != NULL && (name = g_dir_read_name (folder)) != NULL;)
    if (g_str_has_suffix (name, ending))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *file = g_build_filename (path, g_ptr_array_index (names, i), NULL);
      g_autofree char *data = NULL;
      g_autoptr (GError) error = NULL;
      GStatBuf status = { 0 };
      gsize length = 0;

      if (g_stat (file, &status) == 0 && (gsize) status.st_size > most)
        g_ptr_array_add (self->problems, g_strdup_printf (_ ("%s: larger than %u KiB"), file, (guint) (most / 1024)));
      else if (g_file_get_contents (file, &data, &length, &error))
        take (self, data, length, file);
      else
        g_ptr_array_add (self->problems, g_strdup (error->message));
    }
}

static void
read_folders (WbLabelTemplates *self, const char *ending, gsize most, TakeFile take)
{
  const char *more = g_getenv ("WAYBILL_LABEL_PATH");
  g_auto (GStrv) folders = g_strsplit (more != NULL ? more : "", ":", -1);

  for (guint i = 0; folders[i] != NULL; i++)
    if (*folders[i] != '\0')
      read_folder (self, folders[i], ending, most, take);
  read_folder (self, SYSTEM_FOLDER, ending, most, take);
}

static void
read_resources (WbLabelTemplates *self, const char *ending, TakeFile take)
{
  GResource *resource = waybill_core_get_resource ();
  g_auto (GStrv) names = g_resource_enumerate_children (resource, RESOURCE_FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (RESOURCE_FOLDER, names[i], NULL);
      g_autoptr (GBytes) bytes = g_resource_lookup_data (resource, path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      gsize length = 0;
      const char *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

      if (data != NULL && g_str_has_suffix (names[i], ending))
        take (self, data, length, names[i]);
    }
}

WbLabelTemplates *
wb_label_templates_new (const char *language)
{
  WbLabelTemplates *self = g_new0 (WbLabelTemplates, 1);

  g_atomic_ref_count_init (&self->count);
  self->language = g_strdup (language);
  self->images = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->templates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) wb_label_template_free);
  self->problems = g_ptr_array_new_with_free_func (g_free);
  read_folders (self, IMAGE_ENDING, MAX_IMAGE_SIZE, take_image);
  read_resources (self, IMAGE_ENDING, take_image);
  read_folders (self, ENDING, MAX_FILE_SIZE, take_template);
  read_resources (self, ENDING, take_template);
  g_ptr_array_add (self->problems, NULL);
  return self;
}

WbLabelTemplates *
wb_label_templates_ref (WbLabelTemplates *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
wb_label_templates_unref (WbLabelTemplates *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->count))
    return;
  g_hash_table_unref (self->images);
  g_hash_table_unref (self->templates);
  g_ptr_array_unref (self->problems);
  g_free (self->language);
  g_free (self);
}

const char *const *
wb_label_templates_get_problems (WbLabelTemplates *self)
{
  return (const char *const *) self->problems->pdata;
}

const WbLabelTemplate *
wb_label_templates_find (WbLabelTemplates *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  return g_hash_table_lookup (self->templates, name);
}

GPtrArray *
wb_label_templates_list (WbLabelTemplates *self, const char *document)
{
  GPtrArray *names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name = NULL;
  gpointer template = NULL;

  g_return_val_if_fail (self != NULL, names);

  g_hash_table_iter_init (&iter, self->templates);
  while (g_hash_table_iter_next (&iter, &name, &template))
    if (document == NULL || strcmp (wb_label_template_get_document (template)->name, document) == 0)
      g_ptr_array_add (names, name);
  g_ptr_array_sort (names, compare_names);
  return names;
}
