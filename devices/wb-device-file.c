/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "devices/waybill-devices-resources.h"
#include "devices/wb-device-file.h"

#define SYSTEM_FOLDER "/etc/waybill/devices"
#define MAX_FILE_SIZE (64 * 1024)

typedef struct
{
  const char *ending;
  const char *resources;
  WbDeviceFileFunc take;
  gpointer user_data;
  GPtrArray *problems;
} Reading;

static void
take_file (const Reading *reading, const char *data, gsize length, const char *file)
{
  g_autoptr(GError) error = NULL;

  if (!reading->take (data, length, file, reading->user_data, &error))
    g_ptr_array_add (reading->problems, g_strdup (error->message));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
read_folder (const Reading *reading, const char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (const char *name = NULL; folder != NULL && (name = g_dir_read_name (folder)) != NULL;)
    if (g_str_has_suffix (name, reading->ending))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *file = g_build_filename (path, g_ptr_array_index (names, i), NULL);
      g_autofree char *data = NULL;
      g_autoptr(GError) error = NULL;
      GStatBuf status = { 0 };
      gsize length = 0;

      if (g_stat (file, &status) == 0 && status.st_size > MAX_FILE_SIZE)
        g_ptr_array_add (reading->problems, g_strdup_printf (_ ("%s: larger than 64 KiB"), file));
      else if (g_file_get_contents (file, &data, &length, &error))
        take_file (reading, data, length, file);
      else
        g_ptr_array_add (reading->problems, g_strdup (error->message));
    }
}

static void
read_resources (const Reading *reading)
{
  GResource *resource = waybill_devices_get_resource ();
  g_auto(GStrv) names = g_resource_enumerate_children (resource, reading->resources, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (reading->resources, names[i], NULL);
      g_autoptr(GBytes) bytes = g_resource_lookup_data (resource, path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      gsize length = 0;
      const char *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

      if (data != NULL)
        take_file (reading, data, length, names[i]);
    }
}

void
wb_device_files_read (const char *ending, const char *resources, WbDeviceFileFunc take, gpointer user_data, GPtrArray *problems)
{
  const Reading reading = { ending, resources, take, user_data, problems };
  const char *more = g_getenv ("WAYBILL_DEVICE_PATH");
  g_auto(GStrv) folders = g_strsplit (more != NULL ? more : "", ":", -1);

  g_return_if_fail (ending != NULL && resources != NULL && take != NULL && problems != NULL);

  for (guint i = 0; folders[i] != NULL; i++)
    if (*folders[i] != '\0')
      read_folder (&reading, folders[i]);
  read_folder (&reading, SYSTEM_FOLDER);
  read_resources (&reading);
}
