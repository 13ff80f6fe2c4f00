/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What hangs at a machine, as a station's profile wants it. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/wb-nfc-tag.h"
#include "core/wb-scan.h"
#include "devices/twins/wb-twin-line.h"
#include "devices/twins/wb-twin-pn532.h"
#include "devices/twins/wb-twin-scale.h"
#include "devices/wb-device-rig.h"
#include "devices/wb-scale.h"
#include "tests/wb-test.h"

static void
set_profile (WbDeviceRig *rig, const char *format, ...)
{
  g_autofree char *json = NULL;
  g_autoptr (WbStationProfile) profile = NULL;
  g_autoptr (GError) error = NULL;
  va_list args;

  va_start (args, format);
  json = g_strdup_vprintf (format, args);
  va_end (args);
  profile = wb_station_profile_parse (json, &error);
  g_assert_no_error (error);
  wb_device_rig_set_profile (rig, profile);
}

static void
scan_cb (GString *all, WbScan *scan)
{
  g_string_append_printf (all, "%s,", scan->text);
}

/* A port that the profile names, with the profile's options; other options open it anew; one that is not named any more goes. */
static void
test_ports (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *path = g_build_filename (folder, "ttyS0", NULL);
  g_autofree char *id = g_strconcat ("serial:", path, NULL);
  g_autoptr (WbDeviceRig) rig = wb_device_rig_new ();
  WbDeviceHub *hub = wb_device_rig_get_hub (rig);
  g_autoptr (WbTwinLine) line = wb_twin_line_new (path, NULL, NULL, NULL);
  g_autoptr (GString) scans = g_string_new (NULL);
  WbDevice *scanner = NULL;
  gpointer gone = NULL;

  wb_device_hub_start (hub);
  g_assert_null (wb_device_hub_find (hub, id));
  set_profile (rig, "{\"devices\": [{\"id\": \"%s\", \"driver\": \"serial-scanner\", \"name\": \"Hand\", \"role\": \"badge\", "
                    "\"options\": {\"suffix\": \"tab\", \"baud\": \"115200\"}}]}", id);
  scanner = wb_device_hub_find (hub, id);
  g_assert_nonnull (scanner);
  g_assert_cmpstr (wb_device_rig_get_name (rig, scanner), ==, "Hand");
  g_assert_cmpstr (wb_device_rig_get_role (rig, scanner), ==, WB_STATION_ROLE_BADGE);
  g_assert_true (wb_device_rig_is_used (rig, scanner));
  g_assert_cmpstr (wb_device_get_option (scanner, "suffix"), ==, "tab");
  g_assert_cmpstr (wb_device_rig_get_base_option (rig, scanner, "suffix"), ==, "cr");
  g_signal_connect_swapped (scanner, "scan", G_CALLBACK (scan_cb), scans);
  wb_device_open (scanner);
  wb_test_wait_until (wb_device_get_state (scanner) == WB_DEVICE_STATE_READY);
  wb_twin_line_say (line, "one\ttwo\t", -1);
  wb_test_wait_until (strcmp (scans->str, "one,two,") == 0);

  /* while it is open */
  set_profile (rig, "{\"devices\": [{\"id\": \"%s\", \"driver\": \"serial-scanner\", \"used\": false, \"options\": {\"suffix\": \"lf\"}}]}", id);
  g_assert_true (wb_device_hub_find (hub, id) == scanner);
  g_assert_false (wb_device_rig_is_used (rig, scanner));
  g_assert_cmpstr (wb_device_get_option (scanner, "baud"), ==, "9600");
  wb_test_wait_until (wb_device_get_state (scanner) == WB_DEVICE_STATE_READY);
  wb_twin_line_say (line, "thr\tee\n", -1);
  wb_test_wait_until (strstr (scans->str, "ee,") != NULL);
  g_assert_null (strstr (scans->str, "thr,"));

  /* unplugged and plugged in again it is a new one, set up the same way */
  wb_device_close (scanner);
  g_signal_handlers_disconnect_by_data (scanner, scans);
  gone = scanner;
  g_object_add_weak_pointer (G_OBJECT (scanner), &gone);
  wb_twin_line_free (g_steal_pointer (&line));
  wb_test_wait_until (wb_device_hub_find (hub, id) == NULL);
  wb_test_wait_until (gone == NULL);
  line = wb_twin_line_new (path, NULL, NULL, NULL);
  wb_test_wait_until (wb_device_hub_find (hub, id) != NULL);
  g_assert_cmpstr (wb_device_get_option (wb_device_hub_find (hub, id), "suffix"), ==, "lf");

  set_profile (rig, "{}");
  g_assert_null (wb_device_hub_find (hub, id));
  wb_device_hub_stop (hub);
}

/* What a profile asks for and nobody can do is said, and the rest works. */
static void
test_wrong (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *path = g_build_filename (folder, "ttyS0", NULL);
  g_autofree char *id = g_strconcat ("serial:", path, NULL);
  g_autoptr (WbDeviceRig) rig = wb_device_rig_new ();
  WbDeviceHub *hub = wb_device_rig_get_hub (rig);
  g_autoptr (WbTwinLine) line = wb_twin_line_new (path, NULL, NULL, NULL);
  g_auto (GStrv) before = NULL;
  g_auto (GStrv) troubles = NULL;
  guint n = 0;

  g_assert_nonnull (line);
  wb_device_hub_start (hub);
  before = wb_device_rig_get_troubles (rig);
  set_profile (rig, "{\"devices\": [{\"id\": \"serial:/dev/x\", \"driver\": \"toaster\"}, {\"id\": \"parallel:1\", \"driver\": \"lp\"}, "
                    "{\"id\": \"nfc:not an address\", \"driver\": \"libnfc\"}, {\"id\": \"keyboard:xyz\", \"driver\": \"evdev-scanner\"}, "
                    "{\"id\": \"%s\", \"driver\": \"serial-sics\", \"options\": {\"baud\": \"12\", \"unit\": \"kg\"}}]}", id);
  troubles = wb_device_rig_get_troubles (rig);
  n = g_strv_length (before);
  g_assert_cmpuint (g_strv_length (troubles), ==, n + 5);
  g_assert_nonnull (strstr (troubles[n], "toaster"));
  g_assert_nonnull (strstr (troubles[n + 4], "“12” is not one of"));
  g_assert_nonnull (wb_device_hub_find (hub, id));
  wb_device_hub_stop (hub);
}

static void
tag_cb (WbNfcTag **seen, WbNfcTag *tag)
{
  g_clear_pointer (seen, wb_nfc_tag_free);
  *seen = wb_nfc_tag_copy (tag);
}

/* A reader that does not say what it is, found by its address as it is plugged in and out. */
static void
test_nfc (void)
{
  static const guint8 uid[7] = { 0x04, 0xa1, 0xb2, 0xc3, 0xd4, 0xe5, 0xf6 };
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *path = g_build_filename (folder, "ttyUSB0", NULL);
  g_autofree char *id = g_strdup_printf ("nfc:pn532_uart:%s:115200", path);
  g_autoptr (WbDeviceRig) rig = wb_device_rig_new ();
  WbDeviceHub *hub = wb_device_rig_get_hub (rig);
  WbDevice *reader = NULL;
  WbNfcTag *seen = NULL;

  wb_device_hub_start (hub);
  set_profile (rig, "{\"devices\": [{\"id\": \"%s\", \"driver\": \"libnfc\", \"role\": \"confirm\"}]}", id);
  g_assert_null (wb_device_hub_find (hub, id));
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (WbTwinPn532) chip = wb_twin_pn532_new (path, NULL);

      wb_test_wait_until (wb_device_hub_find (hub, id) != NULL);
      reader = g_object_ref (wb_device_hub_find (hub, id));
      g_assert_cmpint (wb_device_get_kind (reader), ==, WB_DEVICE_KIND_NFC);
      g_assert_cmpstr (wb_device_rig_get_role (rig, reader), ==, WB_STATION_ROLE_CONFIRM);
      g_signal_connect_swapped (reader, "tag", G_CALLBACK (tag_cb), &seen);
      wb_device_open (reader);
      wb_test_wait_until (wb_device_get_state (reader) == WB_DEVICE_STATE_READY);
      wb_twin_pn532_hold (chip, uid, NULL);
      wb_test_wait_until (seen != NULL);
      g_assert_cmpstr (seen->uid, ==, "04A1B2C3D4E5F6");
      g_clear_pointer (&seen, wb_nfc_tag_free);
      g_clear_pointer (&chip, wb_twin_pn532_free);
      wb_test_wait_until (wb_device_get_state (reader) == WB_DEVICE_STATE_GONE);
      g_assert_null (wb_device_hub_find (hub, id));
      g_signal_handlers_disconnect_by_data (reader, &seen);
      wb_device_close (reader);
      g_clear_object (&reader);
    }
  wb_device_hub_stop (hub);
}

static void
weight_cb (gint64 *grams, const WbScaleReading *reading)
{
  gint64 mg = 0;

  if (wb_scale_reading_get_mg (reading, &mg))
    *grams = mg / 1000;
}

static gboolean
shows (WbDevice *scale, const char *text)
{
  const WbScaleReading *reading = wb_scale_get_reading (WB_SCALE (scale));
  g_autofree char *shown = reading != NULL ? wb_scale_reading_to_string (reading) : NULL;

  return g_strcmp0 (shown, text) == 0;
}

/* The scales that are not there, as their drivers see them: what lies on them, zero and tare. */
static void
test_scales (void)
{
  static const char *const protocols[] = { "serial-sics", "serial-8217" };

  for (guint i = 0; i < G_N_ELEMENTS (protocols); i++)
    {
      g_autofree char *folder = wb_test_folder ();
      g_autofree char *path = g_build_filename (folder, "ttyS0", NULL);
      g_autofree char *id = g_strconcat ("serial:", path, NULL);
      g_autoptr (WbDeviceRig) rig = wb_device_rig_new ();
      WbDeviceHub *hub = wb_device_rig_get_hub (rig);
      g_autoptr (WbTwinScale) twin = wb_twin_scale_new (path, protocols[i], NULL);
      g_autoptr (WbDevice) scale = NULL;
      gint64 grams = 0;

      wb_device_hub_start (hub);
      set_profile (rig, "{\"devices\": [{\"id\": \"%s\", \"driver\": \"%s\", \"options\": {\"quiet-ms\": \"50\"}}]}", id, protocols[i]);
      scale = g_object_ref (wb_device_hub_find (hub, id));
      g_signal_connect_swapped (scale, "weight", G_CALLBACK (weight_cb), &grams);
      wb_device_open (scale);
      wb_test_wait_until (shows (scale, "0.000 kg"));
      wb_twin_scale_put (twin, WB_SCALE_STATE_STABLE, 1840);
      wb_test_wait_until (grams == 1840);
      wb_scale_tare (WB_SCALE (scale));
      wb_test_wait_until (shows (scale, "0.000 kg"));
      wb_twin_scale_put (twin, WB_SCALE_STATE_STABLE, 2000);
      wb_test_wait_until (grams == 160);
      wb_scale_clear_tare (WB_SCALE (scale));
      wb_test_wait_until (shows (scale, "2.000 kg"));
      wb_scale_zero (WB_SCALE (scale));
      wb_test_wait_until (shows (scale, "0.000 kg"));
      wb_twin_scale_put (twin, WB_SCALE_STATE_OVERLOAD, 99000);
      wb_test_wait_until (wb_scale_get_reading (WB_SCALE (scale))->state == WB_SCALE_STATE_OVERLOAD);
      /* it answers, but with no weight: the last one is not shown any longer, and the next one is */
      wb_twin_scale_put (twin, WB_SCALE_STATE_STABLE, 3000);
      wb_test_wait_until (grams == 1000);
      wb_twin_scale_put (twin, WB_SCALE_STATE_FAULT, 0);
      wb_test_wait_until (wb_scale_get_reading (WB_SCALE (scale))->state == WB_SCALE_STATE_FAULT);
      wb_twin_scale_put (twin, WB_SCALE_STATE_STABLE, 2500);
      wb_test_wait_until (grams == 500);
      g_signal_handlers_disconnect_by_data (scale, &grams);
      wb_device_close (scale);
      wb_device_hub_stop (hub);
    }
  g_assert_null (wb_twin_scale_new ("/nowhere/x", "serial-sics", NULL));
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);

  g_test_add_func ("/rig/ports", test_ports);
  g_test_add_func ("/rig/wrong", test_wrong);
  g_test_add_func ("/rig/nfc", test_nfc);
  g_test_add_func ("/rig/scales", test_scales);
  return g_test_run ();
}
