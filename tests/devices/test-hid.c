/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "devices/wb-device-error.h"
#include "devices/wb-hid-descriptor.h"
#include "devices/wb-hid-scan.h"
#include "devices/wb-hid-weight.h"
#include "devices/wb-usb-interface.h"
#include "tests/devices/wb-test-usb.h"
#include "tests/wb-test.h"

static WbHidDescriptor *
parse (const WbTestUsbSpec *spec)
{
  g_autoptr(GError) error = NULL;
  WbHidDescriptor *descriptor = wb_hid_descriptor_parse (spec->descriptor, spec->descriptor_length, &error);

  g_assert_no_error (error);
  return descriptor;
}

static void
test_fields (void)
{
  g_autoptr(WbHidDescriptor) scanner = parse (&wb_test_usb_scanner);
  g_autoptr(WbHidDescriptor) scale = parse (&wb_test_usb_scale);
  const WbHidField *field = wb_hid_descriptor_find (scanner, WB_HID_INPUT, 2, WB_HID_USAGE (0x8c, 0xfe));

  g_assert_true (wb_hid_descriptor_has_page (scanner, 0x8c));
  g_assert_false (wb_hid_descriptor_has_page (scanner, 0x8d));
  g_assert_true (wb_hid_descriptor_has_report_ids (scanner));
  g_assert_nonnull (field);
  g_assert_cmpuint (field->application, ==, WB_HID_USAGE (0x8c, 0x02));
  g_assert_cmpuint (field->bit_offset, ==, 4 * 8);
  g_assert_cmpuint (field->count, ==, 56);
  g_assert_cmpuint (wb_hid_descriptor_get_report_size (scanner, WB_HID_INPUT, 2), ==, 63);
  g_assert_null (wb_hid_descriptor_find (scanner, WB_HID_OUTPUT, 2, WB_HID_USAGE (0x8c, 0xfe)));

  field = wb_hid_descriptor_find (scale, WB_HID_INPUT, 3, WB_HID_USAGE (0x8d, 0x74));
  g_assert_nonnull (field);
  g_assert_cmpuint (field->usages->len, ==, 8);
  field = wb_hid_descriptor_find (scale, WB_HID_INPUT, 3, WB_HID_USAGE (0x8d, 0x41));
  g_assert_cmpint (field->logical_minimum, ==, -127);
  field = wb_hid_descriptor_find (scale, WB_HID_OUTPUT, -1, WB_HID_USAGE (0x8d, 0x80));
  g_assert_cmpuint (field->report_id, ==, 2);
  g_assert_cmpuint (field->bit_size, ==, 1);
}

static void
test_wrong (void)
{
  static const struct
  {
    const char *what;
    guint8 bytes[16];
    gsize length;
  } cases[] = {
    { "empty", { 0 }, 0 },
    { "cut off", { 0x05, 0x8c, 0x26, 0xff }, 4 },
    { "long item cut off", { 0xfe }, 1 },
    { "ends what never began", { 0xc0 }, 1 },
    { "never ends", { 0x09, 0x02, 0xa1, 0x01 }, 4 },
    { "report 0", { 0x85, 0x00 }, 2 },
    { "pop without push", { 0xb4 }, 1 },
    { "64 bits", { 0x75, 0x40, 0x95, 0x01, 0x09, 0x01, 0x81, 0x02 }, 8 },
    { "a report of megabytes", { 0x75, 0x20, 0x97, 0xff, 0xff, 0xff, 0x7f, 0x81, 0x02, 0x81, 0x02 }, 11 },
    { "range backwards", { 0x19, 0x09, 0x29, 0x01 }, 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(WbHidDescriptor) descriptor = wb_hid_descriptor_parse (cases[i].bytes, cases[i].length, &error);

      g_test_message ("%s", cases[i].what);
      g_assert_null (descriptor);
      g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED);
    }
}

static void
test_bits (void)
{
  /* 3 bits signed, 5 bits unsigned, 12 bits of two */
  static const guint8 bytes[] = { 0x05, 0x01, 0x09, 0x00, 0xa1, 0x01, 0x15, 0xfc, 0x25, 0x03, 0x75, 0x03, 0x95, 0x01,
                                  0x09, 0x30, 0x81, 0x02, 0x15, 0x00, 0x25, 0x1f, 0x75, 0x05, 0x09, 0x31, 0x81, 0x02,
                                  0x26, 0xff, 0x0f, 0x75, 0x0c, 0x95, 0x02, 0x09, 0x32, 0x81, 0x02, 0xc0 };
  g_autoptr(WbHidDescriptor) descriptor = wb_hid_descriptor_parse (bytes, sizeof bytes, NULL);
  const WbHidField *small = wb_hid_descriptor_find (descriptor, WB_HID_INPUT, 0, WB_HID_USAGE (1, 0x30));
  const WbHidField *middle = wb_hid_descriptor_find (descriptor, WB_HID_INPUT, 0, WB_HID_USAGE (1, 0x31));
  const WbHidField *large = wb_hid_descriptor_find (descriptor, WB_HID_INPUT, 0, WB_HID_USAGE (1, 0x32));
  guint8 report[4] = { 0 };
  gint64 value = 0;

  g_assert_false (wb_hid_descriptor_has_report_ids (descriptor));
  wb_hid_field_write (small, report, sizeof report, 0, -3);
  wb_hid_field_write (middle, report, sizeof report, 0, 21);
  wb_hid_field_write (large, report, sizeof report, 0, 0xabc);
  wb_hid_field_write (large, report, sizeof report, 1, 0x123);
  g_assert_true (wb_hid_field_read (small, report, sizeof report, 0, &value));
  g_assert_cmpint (value, ==, -3);
  g_assert_true (wb_hid_field_read (middle, report, sizeof report, 0, &value));
  g_assert_cmpint (value, ==, 21);
  g_assert_true (wb_hid_field_read (large, report, sizeof report, 0, &value));
  g_assert_cmpint (value, ==, 0xabc);
  g_assert_true (wb_hid_field_read (large, report, sizeof report, 1, &value));
  g_assert_cmpint (value, ==, 0x123);
  g_assert_false (wb_hid_field_read (large, report, sizeof report, 2, &value));
  g_assert_false (wb_hid_field_read (large, report, 3, 1, &value));
}

static void
test_scan (void)
{
  g_autoptr(WbHidDescriptor) descriptor = parse (&wb_test_usb_scanner);
  g_autoptr(WbHidScan) scan = wb_hid_scan_new (descriptor);
  guint8 report[64] = { 2, 13, ']', 'E', '0', '4', '0', '0', '6', '3', '8', '1', '3', '3', '3', '9', '3', '1' };
  const char *symbology = NULL;
  const guint8 *code = NULL;
  gsize length = 0;

  g_assert_cmpint (wb_hid_scan_take (scan, report, sizeof report), ==, WB_HID_SCAN_WHOLE);
  code = wb_hid_scan_get (scan, &length, &symbology);
  g_assert_cmpmem (code, length, "4006381333931", 13);
  g_assert_cmpstr (symbology, ==, "]E0");

  /* 60 characters in two reports */
  memset (report + 5, 'a', 56);
  report[1] = 56;
  report[63] = 1;
  g_assert_cmpint (wb_hid_scan_take (scan, report, sizeof report), ==, WB_HID_SCAN_PART);
  memset (report + 5, 0, 56);
  memset (report + 5, 'b', 4);
  report[1] = 4;
  report[63] = 0;
  g_assert_cmpint (wb_hid_scan_take (scan, report, sizeof report), ==, WB_HID_SCAN_WHOLE);
  code = wb_hid_scan_get (scan, &length, &symbology);
  g_assert_cmpuint (length, ==, 60);
  g_assert_cmpint (code[55], ==, 'a');
  g_assert_cmpint (code[59], ==, 'b');

  /* says more than it has; another report; nothing */
  report[1] = 57;
  g_assert_cmpint (wb_hid_scan_take (scan, report, sizeof report), ==, WB_HID_SCAN_GARBAGE);
  report[1] = 56;
  g_assert_cmpint (wb_hid_scan_take (scan, report, 20), ==, WB_HID_SCAN_GARBAGE);
  report[0] = 9;
  g_assert_cmpint (wb_hid_scan_take (scan, report, sizeof report), ==, WB_HID_SCAN_NOTHING);
  g_assert_cmpint (wb_hid_scan_take (scan, report, 0), ==, WB_HID_SCAN_NOTHING);
  report[0] = 2;
  report[1] = 0;
  g_assert_cmpint (wb_hid_scan_take (scan, report, sizeof report), ==, WB_HID_SCAN_NOTHING);
}

static void
test_weight (void)
{
  static const struct
  {
    guint8 report[6];
    WbScaleState state;
    const char *text;
    gint64 mg;
    gboolean is_weight;
  } cases[] = {
    { { 3, 4, 2, 0, 0x14, 0x05 }, WB_SCALE_STATE_STABLE, "1300 g", 1300000, TRUE },
    { { 3, 4, 3, 0xfd, 0x30, 0x07 }, WB_SCALE_STATE_STABLE, "1.840 kg", 1840000, TRUE },
    { { 3, 4, 11, 0xff, 0x7b, 0x00 }, WB_SCALE_STATE_STABLE, "12.3 oz", 348699, TRUE },
    { { 3, 4, 12, 0xfe, 0xf4, 0x01 }, WB_SCALE_STATE_STABLE, "5.00 lb", 2267962, TRUE },
    { { 3, 3, 2, 0, 0x10, 0x00 }, WB_SCALE_STATE_MOVING, "16 g", 16000, FALSE },
    { { 3, 2, 2, 0, 0, 0 }, WB_SCALE_STATE_STABLE, "0 g", 0, FALSE },
    { { 3, 5, 2, 0, 0x10, 0 }, WB_SCALE_STATE_UNDERLOAD, "", -1, FALSE },
    { { 3, 6, 2, 0, 0xff, 0xff }, WB_SCALE_STATE_OVERLOAD, "", -1, FALSE },
    { { 3, 8, 2, 0, 0, 0 }, WB_SCALE_STATE_NEEDS_ZERO, "", -1, FALSE },
    { { 3, 4, 2, 1, 0x0c, 0 }, WB_SCALE_STATE_STABLE, "120 g", 120000, TRUE },
  };
  static const guint8 wrong[][6] = {
    { 3, 0, 2, 0, 1, 0 }, { 3, 9, 2, 0, 1, 0 }, { 3, 4, 0, 0, 1, 0 }, { 3, 4, 5, 0, 1, 0 }, { 3, 4, 2, 0x60, 1, 0 }, { 7, 4, 2, 0, 1, 0 },
  };
  g_autoptr(WbHidDescriptor) descriptor = parse (&wb_test_usb_scale);
  WbScaleReading reading = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = NULL;
      gint64 mg = -1;

      g_assert_true (wb_hid_weight_read (descriptor, cases[i].report, 6, &reading));
      text = wb_scale_reading_to_string (&reading);
      g_assert_cmpint (reading.state, ==, cases[i].state);
      g_assert_cmpstr (text, ==, cases[i].text);
      wb_scale_reading_get_mg (&reading, &mg);
      g_assert_cmpint (mg, ==, cases[i].mg);
      g_assert_cmpint (wb_scale_reading_is_weight (&reading), ==, cases[i].is_weight);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (wb_hid_weight_read (descriptor, wrong[i], 6, &reading));
  for (gsize n = 0; n < 6; n++)
    g_assert_false (wb_hid_weight_read (descriptor, cases[0].report, n, &reading));
}

static void
test_zero (void)
{
  static const guint8 expected[] = { 2, 1 };
  g_autoptr(WbHidDescriptor) scale = parse (&wb_test_usb_scale);
  g_autoptr(WbHidDescriptor) scanner = parse (&wb_test_usb_scanner);
  gboolean feature = TRUE;
  guint8 report_id = 0;
  g_autoptr(GBytes) report = wb_hid_weight_make_zero (scale, &report_id, &feature);
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (report, &length);

  g_assert_cmpmem (data, length, expected, sizeof expected);
  g_assert_cmpuint (report_id, ==, 2);
  g_assert_false (feature);
  g_assert_null (wb_hid_weight_make_zero (scanner, &report_id, &feature));
}

/* A report to set it to zero that is as large as no device takes is none. */
static void
test_large_zero (void)
{
  static const guint8 bytes[] = {
    0x05, 0x8d, 0x09, 0x20, 0xa1, 0x01,                                     /* scale device */
    0x15, 0x00, 0x25, 0x01, 0x75, 0x08, 0x96, 0xff, 0x03, 0x09, 0x80, 0x91, 0x02, /* zero it: 1023 bytes */
    0x09, 0x81, 0x95, 0x01, 0x91, 0x02, 0xc0,                               /* and one more */
  };
  static const guint8 smaller[] = { 0xfe, 0x03 };
  guint8 fitting[sizeof bytes];
  g_autoptr(WbHidDescriptor) descriptor = wb_hid_descriptor_parse (bytes, sizeof bytes, NULL);
  g_autoptr(WbHidDescriptor) other = NULL;
  g_autoptr(GBytes) report = NULL;
  gboolean feature = FALSE;
  guint8 report_id = 0;

  g_assert_null (wb_hid_weight_make_zero (descriptor, &report_id, &feature));
  memcpy (fitting, bytes, sizeof bytes);
  memcpy (fitting + 13, smaller, sizeof smaller);
  other = wb_hid_descriptor_parse (fitting, sizeof fitting, NULL);
  report = wb_hid_weight_make_zero (other, &report_id, &feature);
  g_assert_cmpuint (g_bytes_get_size (report), ==, WB_USB_REPORT_MAX - 1);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);

  g_test_add_func ("/hid/descriptor/fields", test_fields);
  g_test_add_func ("/hid/descriptor/wrong", test_wrong);
  g_test_add_func ("/hid/descriptor/bits", test_bits);
  g_test_add_func ("/hid/scan", test_scan);
  g_test_add_func ("/hid/weight", test_weight);
  g_test_add_func ("/hid/zero", test_zero);
  g_test_add_func ("/hid/large-zero", test_large_zero);
  return g_test_run ();
}
