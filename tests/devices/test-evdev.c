/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scanners that play a keyboard: their keys, and the kernel's events of one that is not there. */
#include "config.h"

#include <glib/gstdio.h>
#include <linux/input-event-codes.h>
#include <string.h>
#include <umockdev.h>

#include "devices/wb-device-hub.h"
#include "devices/wb-evdev-backend.h"
#include "devices/wb-key-text.h"
#include "devices/wb-scanner.h"
#include "tests/wb-test.h"

/* Which keys give a letter on an American keyboard. */
static guint16
find_key (char letter, gboolean *with_shift)
{
  static const char plain[] = "\0\0331234567890-=\b\tqwertyuiop[]\r\0asdfghjkl;'`\0\\zxcvbnm,./";
  static const char shifted[] = "\0\033!@#$%^&*()_+\b\tQWERTYUIOP{}\r\0ASDFGHJKL:\"~\0|ZXCVBNM<>?";

  *with_shift = FALSE;
  if (letter == ' ')
    return KEY_SPACE;
  for (guint16 i = 1; i < sizeof plain - 1; i++)
    {
      if (plain[i] == letter)
        return i;
      *with_shift = shifted[i] == letter;
      if (*with_shift)
        return i;
    }
  g_assert_not_reached ();
}

/* Plays a text at it; what it read when the last key was an end. */
static char *
play (WbKeyText *text, const char *letters)
{
  gboolean has_ended = FALSE;
  gsize length = 0;
  const char *code = NULL;

  for (; *letters != '\0'; letters++)
    {
      gboolean with_shift = FALSE;
      guint16 key = find_key (*letters, &with_shift);

      if (with_shift)
        wb_key_text_take (text, KEY_LEFTSHIFT, 1);
      has_ended = wb_key_text_take (text, key, 1);
      if (has_ended)
        code = wb_key_text_get (text, &length);
      if (has_ended)
        return g_strndup (code, length);
      wb_key_text_take (text, key, 0);
      if (with_shift)
        wb_key_text_take (text, KEY_LEFTSHIFT, 0);
    }
  return NULL;
}

static void
test_keys (void)
{
  static const char *const codes[] = { "4006381333931", "]C1010952-AbC/7", "WB:CONFIRM", "a b_c", "\"!@#$%^&*()" };
  g_autoptr(WbKeyText) text = wb_key_text_new ("us");

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *typed = g_strconcat (codes[i], i % 2 == 0 ? "\r" : "\t", NULL);
      g_autofree char *read = play (text, typed);

      g_assert_cmpstr (read, ==, codes[i]);
    }
  /* the end alone is nothing; a stuck key is no letters; what was lost is forgotten */
  g_assert_null (play (text, "\r"));
  wb_key_text_take (text, KEY_A, 1);
  wb_key_text_take (text, KEY_A, 2);
  wb_key_text_take (text, KEY_A, 2);
  wb_key_text_take (text, KEY_A, 0);
  g_assert_true (wb_key_text_take (text, KEY_ENTER, 1));
  {
    gsize length = 0;

    g_assert_cmpstr (wb_key_text_get (text, &length), ==, "a");
  }
  wb_key_text_take (text, KEY_LEFTSHIFT, 1);
  wb_key_text_take (text, KEY_A, 1);
  wb_key_text_forget (text);
  {
    g_autofree char *read = play (text, "b\r");

    g_assert_cmpstr (read, ==, "b");
  }
}

static void
test_layouts (void)
{
  g_autoptr(WbKeyText) german = wb_key_text_new ("de");
  gsize length = 0;

  g_assert_null (wb_key_text_new ("no-such-layout"));
  /* Z and Y change places, and Ü is a key */
  wb_key_text_take (german, KEY_Y, 1);
  wb_key_text_take (german, KEY_Y, 0);
  wb_key_text_take (german, KEY_LEFTBRACE, 1);
  wb_key_text_take (german, KEY_LEFTBRACE, 0);
  g_assert_true (wb_key_text_take (german, KEY_ENTER, 1));
  g_assert_cmpstr (wb_key_text_get (german, &length), ==, "z\xc3\xbc");
}

#define DEVICE "/devices/pci0000:00/0000:00:14.0/usb1/1-1/1-1:1.0/input/input7/event7"

static void
scan_cb (GPtrArray *scans, WbScan *scan)
{
  g_ptr_array_add (scans, g_strdup (scan->text));
}

static void
append_key (GString *script, guint *at_us, guint16 key, int value)
{
  *at_us += 1000;
  g_string_append_printf (script, "E: 0.%06u 0001 %04x %d\nE: 0.%06u 0000 0000 0\n", *at_us, key, value, *at_us);
}

static char *
write_script (const char *folder, const char *letters)
{
  g_autoptr(GString) script = g_string_new (NULL);
  char *path = g_build_filename (folder, "events", NULL);
  guint at_us = 0;

  for (; *letters != '\0'; letters++)
    {
      gboolean with_shift = FALSE;
      guint16 key = find_key (*letters, &with_shift);

      if (with_shift)
        append_key (script, &at_us, KEY_LEFTSHIFT, 1);
      append_key (script, &at_us, key, 1);
      append_key (script, &at_us, key, 0);
      if (with_shift)
        append_key (script, &at_us, KEY_LEFTSHIFT, 0);
    }
  g_assert_true (g_file_set_contents (path, script->str, -1, NULL));
  return path;
}

static void
test_device (void)
{
  g_autofree char *folder = g_dir_make_tmp ("wb-test-evdev-XXXXXX", NULL);
  g_autofree char *script = write_script (folder, "]E04006381333931\rWB:SKIP\r");
  g_autoptr(UMockdevTestbed) testbed = NULL;
  g_autoptr(WbDeviceModels) models = wb_device_models_new ();
  g_autoptr(WbDeviceBackend) backend = wb_evdev_backend_new (models);
  g_autoptr(WbDeviceHub) hub = wb_device_hub_new ();
  g_autoptr(GPtrArray) scans = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(WbDevice) scanner = NULL;
  g_autoptr(GError) error = NULL;

  if (g_getenv ("UMOCKDEV_DIR") == NULL && strstr (g_getenv ("LD_PRELOAD") != NULL ? g_getenv ("LD_PRELOAD") : "", "umockdev") == NULL)
    {
      g_test_skip ("not under umockdev-wrapper");
      return;
    }
  testbed = umockdev_testbed_new ();
  wb_device_hub_add_backend (hub, backend);
  wb_device_hub_start (hub);
  umockdev_testbed_add_from_string (testbed,
                                    "P: " DEVICE "\nN: input/event7\nE: SUBSYSTEM=input\nE: DEVNAME=/dev/input/event7\n"
                                    "E: ID_INPUT_KEYBOARD=1\nE: ID_VENDOR_ID=05e0\nE: ID_MODEL_ID=1200\nE: ID_SERIAL=Zebra_1\n\n",
                                    &error);
  g_assert_no_error (error);
  umockdev_testbed_load_evemu_events (testbed, "/dev/input/event7", script, &error);
  g_assert_no_error (error);
  wb_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (hub)) == 1);
  scanner = g_list_model_get_item (G_LIST_MODEL (hub), 0);
  g_assert_cmpstr (wb_device_get_id (scanner), ==, "evdev:Zebra_1");
  g_signal_connect_swapped (scanner, "scan", G_CALLBACK (scan_cb), scans);
  wb_device_open (scanner);
  g_assert_cmpint (wb_device_get_state (scanner), ==, WB_DEVICE_STATE_READY);
  wb_test_wait_until (scans->len == 2);
  g_assert_cmpstr (g_ptr_array_index (scans, 0), ==, "4006381333931");
  g_assert_cmpstr (g_ptr_array_index (scans, 1), ==, "WB:SKIP");
  umockdev_testbed_uevent (testbed, "/sys" DEVICE, "remove");
  wb_test_wait_until (wb_device_get_state (scanner) == WB_DEVICE_STATE_GONE);
  wb_device_hub_stop (hub);
  g_unlink (script);
  g_rmdir (folder);
}

/* A keyboard is left alone until somebody says that it is a scanner. */
static void
test_named (void)
{
  g_autoptr(UMockdevTestbed) testbed = NULL;
  g_autoptr(WbDeviceModels) models = wb_device_models_new ();
  g_autoptr(WbDeviceBackend) backend = wb_evdev_backend_new (models);
  g_autoptr(WbDeviceHub) hub = wb_device_hub_new ();
  g_autoptr(GError) error = NULL;

  if (strstr (g_getenv ("LD_PRELOAD") != NULL ? g_getenv ("LD_PRELOAD") : "", "umockdev") == NULL)
    {
      g_test_skip ("not under umockdev-wrapper");
      return;
    }
  testbed = umockdev_testbed_new ();
  umockdev_testbed_add_from_string (testbed,
                                    "P: " DEVICE "\nN: input/event7\nE: SUBSYSTEM=input\nE: DEVNAME=/dev/input/event7\n"
                                    "E: ID_INPUT_KEYBOARD=1\nE: ID_VENDOR_ID=4242\nE: ID_MODEL_ID=0001\nE: ID_SERIAL=Any\n\n",
                                    &error);
  g_assert_no_error (error);
  wb_device_hub_add_backend (hub, backend);
  wb_device_hub_start (hub);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (hub)), ==, 0);
  wb_evdev_backend_name (WB_EVDEV_BACKEND (backend), 0x4242, 0x0001);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (hub)), ==, 1);
  wb_evdev_backend_name (WB_EVDEV_BACKEND (backend), 0x4242, 0x0001);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (hub)), ==, 1);
  wb_device_hub_stop (hub);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);

  g_test_add_func ("/evdev/keys", test_keys);
  g_test_add_func ("/evdev/layouts", test_layouts);
  g_test_add_func ("/evdev/device", test_device);
  g_test_add_func ("/evdev/named", test_named);
  return g_test_run ();
}
