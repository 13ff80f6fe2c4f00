/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may use a device: what is installed, what is missing, and that the rules name the devices we know. */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "devices/wb-device-model.h"
#include "devices/wb-device-needs.h"
#include "devices/wb-device-rights.h"
#include "tests/wb-test.h"

static void
put (const char *root, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (root, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
test_rules_installed (void)
{
  g_autofree char *root = wb_test_folder ();
  g_autofree char *path = NULL;

  g_assert_null (wb_device_rights_find_rules (root));
  put (root, "usr/lib/udev/rules.d/70-waybill.rules", "# rules\n");
  path = wb_device_rights_find_rules (root);
  g_assert_nonnull (path);
  g_assert_true (g_str_has_suffix (path, "/usr/lib/udev/rules.d/70-waybill.rules"));
  /* an administrator has switched them off */
  put (root, "etc/udev/rules.d/70-waybill.rules", "");
  g_assert_null (wb_device_rights_find_rules (root));
}

static void
test_kernel_nfc (void)
{
  g_autofree char *root = wb_test_folder ();
  g_autofree char *modules = NULL;

  g_assert_null (wb_device_rights_find_kernel_nfc (root));
  put (root, "sys/module/nfc/refcnt", "1\n");
  put (root, "sys/module/pn533_usb/refcnt", "0\n");
  modules = wb_device_rights_find_kernel_nfc (root);
  g_assert_cmpstr (modules, ==, "pn533_usb nfc");
}

static void
test_files (void)
{
  g_autofree char *root = wb_test_folder ();
  g_autofree char *path = g_build_filename (root, "ttyS0", NULL);
  g_autofree char *group = NULL;

  g_autofree char *id = g_strconcat ("serial:", path, NULL);
  g_autofree char *reader = g_strdup_printf ("nfc:pn532_uart:%s:115200", path);
  g_autofree char *found = wb_device_rights_find_file (id);
  g_autofree char *found_reader = wb_device_rights_find_file (reader);

  g_assert_cmpstr (found, ==, path);
  g_assert_cmpstr (found_reader, ==, path);
  g_assert_null (wb_device_rights_find_file ("usb:ffff:ffff:nobody"));
  g_assert_null (wb_device_rights_find_file (""));
  put (root, "ttyS0", "");
  g_assert_true (wb_device_rights_check_file (path, &group));
  g_assert_null (group);
  g_assert_false (wb_device_rights_check_file ("/nowhere", &group));
  g_assert_null (group);
}

static void
test_rule (void)
{
  g_autofree char *rule = wb_device_rights_make_rule ("usb:0c2e:0b61:18120B0D2E");

  g_assert_cmpstr (rule, ==, "SUBSYSTEM==\"usb\", ENV{DEVTYPE}==\"usb_device\", ATTR{idVendor}==\"0c2e\", ATTR{idProduct}==\"0b61\", "
                             "TAG+=\"uaccess\", MODE=\"0660\"");
  g_assert_null (wb_device_rights_make_rule ("serial:/dev/ttyS0"));
  g_assert_null (wb_device_rights_make_rule ("usb:1:2"));
  g_assert_null (wb_device_rights_make_rule ("usb:\"\n::"));
}

/* ---- What cameras and voices need ------------------------------------------------------------------------- */

static gboolean
is_there_cb (WbDeviceNeed need, const char *name, gpointer user_data)
{
  return strstr (user_data, name) == NULL;
}

static void
test_needs (void)
{
  static const struct
  {
    WbDeviceKind kind;
    const char *absent;
    const char *packages;
  } cases[] = {
    { WB_DEVICE_KIND_CAMERA, "", "" },
    { WB_DEVICE_KIND_VOICE, "", "" },
    { WB_DEVICE_KIND_CAMERA, "v4l2src", "gstreamer1.0-plugins-good" },
    { WB_DEVICE_KIND_CAMERA, "videorate decodebin videoflip libzbar.so.0", "gstreamer1.0-plugins-base gstreamer1.0-plugins-good libzbar0" },
    { WB_DEVICE_KIND_VOICE, "v4l2src libzbar.so.0", "" },
    { WB_DEVICE_KIND_VOICE, "libpocketsphinx.so.3 libsphinxbase.so.3", "libpocketsphinx3" },
    { WB_DEVICE_KIND_VOICE, "/usr/share/pocketsphinx/model/en-us/en-us libespeak-ng.so.1", "pocketsphinx-en-us libespeak-ng1" },
    { WB_DEVICE_KIND_SCANNER, "v4l2src libespeak-ng.so.1", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) missing = wb_device_needs_find_missing (cases[i].kind, is_there_cb, (gpointer) cases[i].absent);
      g_autofree char *packages = g_strjoinv (" ", missing);

      g_assert_cmpstr (packages, ==, cases[i].packages);
    }
}

static void
test_sense_files (void)
{
  g_autofree char *root = wb_test_folder ();
  g_auto (GStrv) none = wb_device_needs_list_files (WB_DEVICE_KIND_CAMERA, root);
  g_auto (GStrv) cameras = NULL;
  g_auto (GStrv) sounds = NULL;
  g_auto (GStrv) scanners = NULL;

  g_assert_cmpuint (g_strv_length (none), ==, 0);
  put (root, "dev/video1", "");
  put (root, "dev/video0", "");
  put (root, "dev/vga_arbiter", "");
  put (root, "dev/video", "");
  put (root, "dev/snd/pcmC0D0p", "");
  put (root, "dev/snd/pcmC1D0c", "");
  put (root, "dev/snd/controlC0", "");
  cameras = wb_device_needs_list_files (WB_DEVICE_KIND_CAMERA, root);
  g_assert_cmpuint (g_strv_length (cameras), ==, 2);
  g_assert_true (g_str_has_suffix (cameras[0], "/dev/video0") && g_str_has_suffix (cameras[1], "/dev/video1"));
  sounds = wb_device_needs_list_files (WB_DEVICE_KIND_VOICE, root);
  g_assert_cmpuint (g_strv_length (sounds), ==, 1);
  g_assert_true (g_str_has_suffix (sounds[0], "/dev/snd/pcmC1D0c"));
  scanners = wb_device_needs_list_files (WB_DEVICE_KIND_SCANNER, root);
  g_assert_cmpuint (g_strv_length (scanners), ==, 0);
}

/* ---- Rules and models ------------------------------------------------------------------------------------ */

static char *
read_rules (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("WAYBILL_TEST_SOURCE"), "data", "udev", "70-waybill.rules.in", NULL);
  char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static char *
make_line (const char *driver, const char *vendor, const char *product)
{
  if (strcmp (driver, "evdev-scanner") == 0)
    return g_strdup_printf ("SUBSYSTEM==\"input\", KERNEL==\"event*\", ENV{ID_VENDOR_ID}==\"%s\", ENV{ID_MODEL_ID}==\"%s\", GOTO=", vendor,
                            product);
  if (g_str_has_suffix (driver, "_usb"))
    return g_strdup_printf ("SUBSYSTEM==\"usb\", ENV{DEVTYPE}==\"usb_device\", ATTR{idVendor}==\"%s\", ATTR{idProduct}==\"%s\", GOTO=",
                            vendor, product);
  if (g_str_has_prefix (driver, "serial-"))
    return g_strdup_printf ("SUBSYSTEM==\"tty\", ENV{ID_VENDOR_ID}==\"%s\", GOTO=", vendor);
  return g_strdup_printf ("SUBSYSTEM==\"usb\", ENV{DEVTYPE}==\"usb_device\", ATTR{idVendor}==\"%s\", GOTO=", vendor);
}

/* Every device that we know is given, and no keyboard that we do not know is a scanner. */
static void
test_models (void)
{
  g_autofree char *rules = read_rules ();
  g_autoptr (WbDeviceModels) models = wb_device_models_new ();
  GPtrArray *all = wb_device_models_get (models);
  g_autoptr (GString) known = g_string_new (NULL);
  g_auto (GStrv) lines = g_strsplit (rules, "\n", -1);

  for (guint i = 0; i < all->len; i++)
    {
      const WbDeviceModel *model = g_ptr_array_index (all, i);

      for (guint j = 0; model->matches[j] != NULL; j++)
        {
          g_auto (GStrv) parts = g_strsplit (model->matches[j], ":", -1);
          g_autofree char *line = NULL;

          if (strcmp (parts[0], "usb") != 0)
            continue;
          line = make_line (model->driver, parts[1], parts[2]);
          if (strstr (rules, line) == NULL)
            g_error ("data/udev/70-waybill.rules.in has no line “%s…” for %s of %s", line, model->matches[j], model->file);
          g_string_append_printf (known, "%s\n", line);
        }
    }
  /* what does not say who made it stands in no file */
  g_string_append_printf (known, "SUBSYSTEM==\"tty\", KERNEL==\"rfcomm[0-9]*\", GOTO=\n");
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *end = strstr (lines[i], "GOTO=\"waybill_give\"");
      g_autofree char *line = end != NULL ? g_strndup (lines[i], (gsize) (end - lines[i]) + strlen ("GOTO=")) : NULL;

      if (line != NULL && strstr (known->str, line) == NULL)
        g_error ("data/udev/70-waybill.rules.in gives what no file in data/devices/ knows: %s", lines[i]);
    }
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);

  g_test_add_func ("/rights/rules-installed", test_rules_installed);
  g_test_add_func ("/rights/kernel-nfc", test_kernel_nfc);
  g_test_add_func ("/rights/files", test_files);
  g_test_add_func ("/rights/rule", test_rule);
  g_test_add_func ("/rights/needs", test_needs);
  g_test_add_func ("/rights/sense-files", test_sense_files);
  g_test_add_func ("/rights/models", test_models);
  return g_test_run ();
}
