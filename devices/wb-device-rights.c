/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <grp.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <gudev/gudev.h>

#include "devices/wb-device-rights.h"

/* Where udev looks, the first that has a file of the name wins (udev(7)). */
static const char *const rule_folders[] = { "etc/udev/rules.d", "run/udev/rules.d", "usr/local/lib/udev/rules.d", "usr/lib/udev/rules.d",
                                            "lib/udev/rules.d" };

/* In the order in which they let go of each other. */
static const char *const nfc_modules[] = { "pn533_usb", "pn533_i2c", "pn533", "nfc" };

char *
wb_device_rights_find_rules (const char *root)
{
  g_return_val_if_fail (root != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rule_folders); i++)
    {
      g_autofree char *path = g_build_filename (root, rule_folders[i], WB_DEVICE_RULES, NULL);
      GStatBuf about = { 0 };

      if (g_stat (path, &about) != 0)
        continue;
      /* an empty one, or a link to /dev/null, switches them off */
      return S_ISREG (about.st_mode) && about.st_size > 0 ? g_steal_pointer (&path) : NULL;
    }
  return NULL;
}

char *
wb_device_rights_find_kernel_nfc (const char *root)
{
  g_autoptr(GString) found = g_string_new (NULL);

  g_return_val_if_fail (root != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (nfc_modules); i++)
    {
      g_autofree char *path = g_build_filename (root, "sys/module", nfc_modules[i], NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        g_string_append_printf (found, "%s%s", found->len > 0 ? " " : "", nfc_modules[i]);
    }
  return found->len > 0 ? g_string_free (g_steal_pointer (&found), FALSE) : NULL;
}

/* Whether a property of a device is that; any is when there is no property to look at. */
static gboolean
has_property (GUdevDevice *device, const char *property, const char *value)
{
  return property == NULL || g_strcmp0 (g_udev_device_get_property (device, property), value) == 0;
}

/* The device file of the first one in a subsystem whose properties are that, and whose file begins so. */
static char *
ask_udev (const char *subsystem, const char *start, const char *property, const char *value, const char *second, const char *second_value)
{
  g_autoptr(GUdevClient) udev = g_udev_client_new (NULL);
  GList *all = g_udev_client_query_by_subsystem (udev, subsystem);
  char *file = NULL;

  for (GList *l = all; l != NULL && file == NULL; l = l->next)
    {
      const char *one = g_udev_device_get_device_file (l->data);

      if (one != NULL && g_str_has_prefix (one, start) && has_property (l->data, property, value)
          && has_property (l->data, second, second_value))
        file = g_strdup (one);
    }
  g_list_free_full (all, g_object_unref);
  return file;
}

/* "SERIAL@PATH", or "SERIAL" alone, as udev has both. */
static char *
ask_udev_by_serial (const char *subsystem, const char *start, const char *serial)
{
  const char *at = strrchr (serial, '@');
  g_autofree char *name = at != NULL ? g_strndup (serial, (gsize) (at - serial)) : g_strdup (serial);

  return ask_udev (subsystem, start, "ID_SERIAL", name, at != NULL ? "ID_PATH" : NULL, at != NULL ? at + 1 : NULL);
}

char *
wb_device_rights_find_file (const char *id)
{
  g_auto(GStrv) parts = NULL;

  g_return_val_if_fail (id != NULL, NULL);

  parts = g_strsplit (id, ":", 4);
  if (g_str_has_prefix (id, "serial:/"))
    return g_strdup (id + strlen ("serial:"));
  if (g_str_has_prefix (id, "serial:usb-"))
    {
      const char *place = strrchr (id, '@');
      const char *end = g_strrstr_len (id, place != NULL ? place - id : -1, "-if");
      const char *begin = id + strlen ("serial:usb-");
      g_autofree char *serial = NULL;

      end = end != NULL ? end : place != NULL ? place : id + strlen (id);
      serial = end > begin ? g_strndup (begin, (gsize) (end - begin)) : g_strdup ("");
      return ask_udev ("tty", "/dev/", "ID_SERIAL", serial, place != NULL ? "ID_PATH" : NULL, place != NULL ? place + 1 : NULL);
    }
  if (g_str_has_prefix (id, "evdev:"))
    return ask_udev_by_serial ("input", "/dev/input/event", id + strlen ("evdev:"));
  if (g_str_has_prefix (id, "nfc:usb-"))
    return ask_udev_by_serial ("usb", "/dev/", id + strlen ("nfc:usb-"));
  if (g_strcmp0 (parts[0], "usb") == 0 && g_strv_length (parts) >= 3)
    return ask_udev ("usb", "/dev/", "ID_VENDOR_ID", parts[1], "ID_MODEL_ID", parts[2]);
  if (g_strcmp0 (parts[0], "nfc") == 0 && g_strv_length (parts) >= 3 && g_path_is_absolute (parts[2]))
    return g_strdup (parts[2]);
  return NULL;
}

gboolean
wb_device_rights_check_file (const char *path, char **group)
{
  GStatBuf about = { 0 };
  struct group entry = { 0 };
  struct group *known = NULL;
  char buffer[4096];

  g_return_val_if_fail (path != NULL && group != NULL, FALSE);

  *group = NULL;
  if (g_access (path, R_OK | W_OK) == 0)
    return TRUE;
  if (g_stat (path, &about) == 0 && (about.st_mode & 0060) == 0060 && about.st_gid != 0
      && getgrgid_r (about.st_gid, &entry, buffer, sizeof buffer, &known) == 0 && known != NULL)
    *group = g_strdup (known->gr_name);
  return FALSE;
}

char *
wb_device_rights_make_rule (const char *id)
{
  g_auto(GStrv) parts = NULL;

  g_return_val_if_fail (id != NULL, NULL);

  parts = g_strsplit (id, ":", 4);
  if (g_strv_length (parts) < 3 || strcmp (parts[0], "usb") != 0 || !g_regex_match_simple ("^[0-9a-f]{4}$", parts[1], 0, 0)
      || !g_regex_match_simple ("^[0-9a-f]{4}$", parts[2], 0, 0))
    return NULL;
  return g_strdup_printf ("SUBSYSTEM==\"usb\", ENV{DEVTYPE}==\"usb_device\", ATTR{idVendor}==\"%s\", ATTR{idProduct}==\"%s\", "
                          "TAG+=\"uaccess\", MODE=\"0660\"", parts[1], parts[2]);
}
