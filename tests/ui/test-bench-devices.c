/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What hangs at a bench: scanners and scales are used as they are plugged in, and the lamps say how they are. */
#include "config.h"

#include <errno.h>

#include "devices/wb-usb-backend.h"
#include "devices/wb-usb-private.h"
#include "tests/devices/wb-test-usb.h"
#include "tests/wb-test.h"
#include "ui/station/wb-bench-devices.h"
#include "ui/station/wb-scan-source.h"

static void
scan_cb (GPtrArray *scans, const char *text)
{
  g_ptr_array_add (scans, g_strdup (text));
}

static void
weight_cb (gint64 *weight_g, gint64 grams)
{
  *weight_g = grams;
}

static void
test_used (void)
{
  g_autoptr(WbTestUsb) usb = wb_test_usb_new ();
  g_autoptr(WbDeviceModels) models = NULL;
  g_autoptr(WbDeviceBackend) backend = NULL;
  g_autoptr(WbDeviceHub) hub = NULL;
  g_autoptr(GPtrArray) scans = g_ptr_array_new_with_free_func (g_free);
  WbTestUsbDevice *scanner = NULL;
  WbTestUsbDevice *scale = NULL;
  WbBenchDevices *devices = NULL;
  const char *message = NULL;
  gint64 weight_g = 0;

  if (usb == NULL)
    return;
  models = wb_device_models_new ();
  backend = wb_usb_backend_new (models);
  hub = wb_device_hub_new ();
  wb_device_hub_add_backend (hub, backend);
  wb_device_hub_start (hub);
  devices = wb_bench_devices_new (hub);
  g_signal_connect_swapped (devices, "scan", G_CALLBACK (scan_cb), scans);
  g_signal_connect_swapped (devices, "weight", G_CALLBACK (weight_cb), &weight_g);
  g_assert_cmpint (wb_bench_devices_get_lamp (devices, WB_DEVICE_KIND_SCANNER, &message), ==, WB_BENCH_LAMP_NONE);

  scanner = wb_test_usb_plug (usb, &wb_test_usb_scanner, 1);
  wb_test_wait_until (wb_bench_devices_get_lamp (devices, WB_DEVICE_KIND_SCANNER, &message) == WB_BENCH_LAMP_OK);
  g_assert_cmpstr (message, ==, "Honeywell Voyager 1470g");
  wb_test_usb_scan (scanner, "]E0", "4006381333931");
  wb_test_wait_until (scans->len == 1);
  g_assert_cmpstr (g_ptr_array_index (scans, 0), ==, "]E04006381333931");

  scale = wb_test_usb_plug (usb, &wb_test_usb_scale, 2);
  wb_test_wait_until (wb_bench_devices_get_lamp (devices, WB_DEVICE_KIND_SCALE, NULL) == WB_BENCH_LAMP_OK);
  g_assert_cmpint (wb_bench_devices_get_weight_g (devices), ==, 0);
  wb_test_usb_weigh (scale, 4, 11, -1, 650); /* 65.0 oz */
  wb_test_wait_until (weight_g != 0);
  g_assert_cmpint (weight_g, ==, 1843);
  g_assert_cmpint (wb_bench_devices_get_weight_g (devices), ==, 1843);

  /* one that another program has is trouble, and says what to do; unplugged it is none */
  wb_test_usb_unplug (scanner);
  wb_test_wait_until (wb_bench_devices_get_lamp (devices, WB_DEVICE_KIND_SCANNER, NULL) == WB_BENCH_LAMP_NONE);
  scanner = wb_test_usb_plug (usb, &wb_test_usb_scanner, 3);
  wb_test_usb_deny (scanner, EBUSY);
  wb_test_wait_until (wb_bench_devices_get_lamp (devices, WB_DEVICE_KIND_SCANNER, &message) == WB_BENCH_LAMP_TROUBLE && *message != '\0');
  wb_test_usb_deny (scanner, 0);
  wb_test_wait_until (wb_bench_devices_get_lamp (devices, WB_DEVICE_KIND_SCANNER, NULL) == WB_BENCH_LAMP_OK);

  g_assert_finalize_object (devices);
  wb_test_wait_until (!wb_test_usb_is_claimed (scanner));
  wb_device_hub_stop (hub);
  g_clear_object (&hub);
  g_clear_object (&backend);
  wb_test_wait_until (_wb_usb_context_count () == 0);
}

/* Two of one model, to which their maker gave the same serial number: both are heard, each is its own device, and one goes without the
 * other. */
static void
test_several_scanners (void)
{
  g_autoptr(WbTestUsb) usb = wb_test_usb_new ();
  g_autoptr(WbDeviceModels) models = NULL;
  g_autoptr(WbDeviceBackend) backend = NULL;
  g_autoptr(WbDeviceHub) hub = NULL;
  g_autoptr(GPtrArray) scans = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(WbDevice) first = NULL;
  g_autoptr(WbDevice) second = NULL;
  WbTestUsbDevice *scanners[2] = { NULL, NULL };
  WbBenchDevices *devices = NULL;

  if (usb == NULL)
    return;
  models = wb_device_models_new ();
  backend = wb_usb_backend_new (models);
  hub = wb_device_hub_new ();
  wb_device_hub_add_backend (hub, backend);
  wb_device_hub_start (hub);
  devices = wb_bench_devices_new (hub);
  g_signal_connect_swapped (devices, "scan", G_CALLBACK (scan_cb), scans);
  scanners[0] = wb_test_usb_plug (usb, &wb_test_usb_scanner, 5);
  scanners[1] = wb_test_usb_plug (usb, &wb_test_usb_scanner, 6);
  wb_test_wait_until (wb_test_usb_is_claimed (scanners[0]) && wb_test_usb_is_claimed (scanners[1]));
  wb_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (hub)) == 2);
  first = g_list_model_get_item (G_LIST_MODEL (hub), 0);
  second = g_list_model_get_item (G_LIST_MODEL (hub), 1);
  g_assert_cmpstr (wb_device_get_id (first), !=, wb_device_get_id (second));
  g_assert_true (g_str_has_prefix (wb_device_get_id (first), "usb:0c2e:0b61:18120B0D2E"));
  g_assert_true (wb_device_hub_find (hub, wb_device_get_id (second)) == second);
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *code = g_strdup_printf ("SCAN-%u", i);

      wb_test_usb_scan (scanners[i % 2], "]C0", code);
      wb_test_wait_until (scans->len == i + 1);
      g_assert_true (g_str_has_suffix (g_ptr_array_index (scans, i), code));
    }
  wb_test_usb_unplug (scanners[0]);
  wb_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (hub)) == 1);
  wb_test_usb_scan (scanners[1], "]C0", "STILL-HERE");
  wb_test_wait_until (scans->len == 7);
  g_assert_cmpint (wb_bench_devices_get_lamp (devices, WB_DEVICE_KIND_SCANNER, NULL), ==, WB_BENCH_LAMP_OK);
  g_clear_object (&first);
  g_clear_object (&second);
  g_assert_finalize_object (devices);
  wb_device_hub_stop (hub);
  g_clear_object (&hub);
  g_clear_object (&backend);
  wb_test_wait_until (_wb_usb_context_count () == 0);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);

  g_test_add_func ("/bench-devices/used", test_used);
  g_test_add_func ("/bench-devices/several-scanners", test_several_scanners);
  return g_test_run ();
}
