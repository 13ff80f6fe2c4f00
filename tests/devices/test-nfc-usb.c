/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding NFC readers at USB: what udev tells of is there at once, whether libnfc may use it or not. */
#include "config.h"

#include "devices/wb-device-hub.h"
#include "devices/wb-nfc-backend.h"
#include "devices/wb-nfc-reader.h"
#include "tests/devices/wb-test-usb.h"
#include "tests/wb-test.h"

static WbTestUsbSpec reader_spec;

/* A device with the numbers of a reader, which answers as something else: enough to be found. */
static WbTestUsbDevice *
plug (WbTestUsb *usb, guint16 product, guint port)
{
  reader_spec = wb_test_usb_scale;
  reader_spec.vendor = 0x072f;
  reader_spec.product = product;
  return wb_test_usb_plug (usb, &reader_spec, port);
}

static void
test_found (void)
{
  g_autoptr(WbTestUsb) usb = wb_test_usb_new ();
  g_autoptr(WbDeviceModels) models = NULL;
  g_autoptr(WbDeviceBackend) backend = NULL;
  g_autoptr(WbDeviceHub) hub = NULL;
  g_autoptr(WbDevice) first = NULL;
  WbDevice *second = NULL;
  WbTestUsbDevice *plugged = NULL;

  if (usb == NULL)
    return;
  models = wb_device_models_new ();
  backend = wb_nfc_backend_new (models);
  hub = wb_device_hub_new ();
  wb_device_hub_add_backend (hub, backend);
  plugged = plug (usb, 0x2200, 1);
  wb_device_hub_start (hub);
  first = g_list_model_get_item (G_LIST_MODEL (hub), 0);
  g_assert_true (WB_IS_NFC_READER (first));
  g_assert_cmpstr (wb_device_get_id (first), ==, "nfc:usb-1-1");
  g_assert_cmpstr (wb_device_get_name (first), ==, "ACS NFC reader");

  /* it does not speak as a reader does, and that is said of it */
  wb_device_open (first);
  wb_test_wait_until (wb_device_get_state (first) == WB_DEVICE_STATE_TROUBLE);
  g_assert_cmpstr (wb_device_get_message (first), !=, "");

  wb_test_usb_unplug (plugged);
  wb_test_wait_until (wb_device_get_state (first) == WB_DEVICE_STATE_GONE);
  wb_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (hub)) == 0);
  wb_device_close (first);

  /* one that was plugged in later; and what is no reader is left alone */
  wb_test_usb_plug (usb, &wb_test_usb_scanner, 2);
  plugged = plug (usb, 0x90cc, 3);
  wb_test_wait_until ((second = wb_device_hub_find (hub, "nfc:usb-1-3")) != NULL);
  wb_test_wait_until (!wb_nfc_backend_is_looking (WB_NFC_BACKEND (backend)));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (hub)), ==, 1);
  wb_test_usb_unplug (plugged);
  wb_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (hub)) == 0);
  wb_device_hub_stop (hub);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);

  g_test_add_func ("/nfc-usb/found", test_found);
  return g_test_run ();
}
