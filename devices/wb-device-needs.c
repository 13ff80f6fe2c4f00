/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <gmodule.h>
#include <gst/gst.h>

#include "devices/wb-device-needs.h"

static const struct
{
  WbDeviceKind kind;
  WbDeviceNeed need;
  const char *name;
  const char *package;
} needs[] = {
  { WB_DEVICE_KIND_CAMERA, WB_DEVICE_NEED_ELEMENT, "appsink", "gstreamer1.0-plugins-base" },
  { WB_DEVICE_KIND_CAMERA, WB_DEVICE_NEED_ELEMENT, "decodebin", "gstreamer1.0-plugins-base" },
  { WB_DEVICE_KIND_CAMERA, WB_DEVICE_NEED_ELEMENT, "videoconvert", "gstreamer1.0-plugins-base" },
  { WB_DEVICE_KIND_CAMERA, WB_DEVICE_NEED_ELEMENT, "videorate", "gstreamer1.0-plugins-base" },
  { WB_DEVICE_KIND_CAMERA, WB_DEVICE_NEED_ELEMENT, "v4l2src", "gstreamer1.0-plugins-good" },
  { WB_DEVICE_KIND_CAMERA, WB_DEVICE_NEED_ELEMENT, "videoflip", "gstreamer1.0-plugins-good" },
  { WB_DEVICE_KIND_CAMERA, WB_DEVICE_NEED_LIBRARY, "libzbar.so.0", "libzbar0" },
  { WB_DEVICE_KIND_VOICE, WB_DEVICE_NEED_ELEMENT, "appsink", "gstreamer1.0-plugins-base" },
  { WB_DEVICE_KIND_VOICE, WB_DEVICE_NEED_ELEMENT, "audioconvert", "gstreamer1.0-plugins-base" },
  { WB_DEVICE_KIND_VOICE, WB_DEVICE_NEED_ELEMENT, "audioresample", "gstreamer1.0-plugins-base" },
  { WB_DEVICE_KIND_VOICE, WB_DEVICE_NEED_ELEMENT, "autoaudiosrc", "gstreamer1.0-plugins-good" },
  { WB_DEVICE_KIND_VOICE, WB_DEVICE_NEED_LIBRARY, "libsphinxbase.so.3", "libpocketsphinx3" },
  { WB_DEVICE_KIND_VOICE, WB_DEVICE_NEED_LIBRARY, "libpocketsphinx.so.3", "libpocketsphinx3" },
  { WB_DEVICE_KIND_VOICE, WB_DEVICE_NEED_FOLDER, "/usr/share/pocketsphinx/model/en-us/en-us", "pocketsphinx-en-us" },
  { WB_DEVICE_KIND_VOICE, WB_DEVICE_NEED_LIBRARY, "libespeak-ng.so.1", "libespeak-ng1" },
};

static gboolean
has_element (const char *name)
{
  GstElementFactory *factory = gst_init_check (NULL, NULL, NULL) ? gst_element_factory_find (name) : NULL;
  gboolean found = factory != NULL;

  g_clear_pointer (&factory, gst_object_unref);
  return found;
}

static gboolean
has_library (const char *name)
{
  GModule *module = g_module_open (name, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
  gboolean found = module != NULL;

  g_clear_pointer (&module, g_module_close);
  return found;
}

static gboolean
look (WbDeviceNeed need, const char *name, gpointer user_data)
{
  switch (need)
    {
    case WB_DEVICE_NEED_ELEMENT:
      return has_element (name);
    case WB_DEVICE_NEED_LIBRARY:
      return has_library (name);
    case WB_DEVICE_NEED_FOLDER:
    default:
      return g_file_test (name, G_FILE_TEST_IS_DIR);
    }
}

char **
wb_device_needs_find_missing (WbDeviceKind kind, WbDeviceNeedFunc is_there, gpointer user_data)
{
  g_autoptr (GPtrArray) packages = g_ptr_array_new ();
  WbDeviceNeedFunc func = is_there != NULL ? is_there : look;

  for (guint i = 0; i < G_N_ELEMENTS (needs); i++)
    if (needs[i].kind == kind && !func (needs[i].need, needs[i].name, user_data)
        && !g_ptr_array_find_with_equal_func (packages, needs[i].package, g_str_equal, NULL))
      g_ptr_array_add (packages, (gpointer) needs[i].package);
  g_ptr_array_add (packages, NULL);
  return g_strdupv ((char **) packages->pdata);
}

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* Of sound cards only what records ("pcmC0D0c"). */
static gboolean
is_file (WbDeviceKind kind, const char *name)
{
  return kind == WB_DEVICE_KIND_CAMERA ? g_str_has_prefix (name, "video") && g_ascii_isdigit (name[5])
                                       : g_str_has_prefix (name, "pcm") && g_str_has_suffix (name, "c");
}

char **
wb_device_needs_list_files (WbDeviceKind kind, const char *root)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name = NULL;

  g_return_val_if_fail (root != NULL, NULL);

  folder = g_build_filename (root, kind == WB_DEVICE_KIND_CAMERA ? "dev" : "dev/snd", NULL);
  dir = kind == WB_DEVICE_KIND_CAMERA || kind == WB_DEVICE_KIND_VOICE ? g_dir_open (folder, 0, NULL) : NULL;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (is_file (kind, name))
      g_ptr_array_add (files, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (files, compare_cb);
  g_ptr_array_add (files, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&files), FALSE);
}
