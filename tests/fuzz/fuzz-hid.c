/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-scan.h"
#include "devices/wb-hid-scan.h"
#include "devices/wb-hid-weight.h"
#include "devices/wb-usb-interface.h"
#include "tests/fuzz/wb-fuzz.h"

#define REPORT_SIZE 64

static void
check_zero (const WbHidDescriptor *descriptor)
{
  gboolean feature = FALSE;
  guint8 report_id = 0;
  g_autoptr(GBytes) report = wb_hid_weight_make_zero (descriptor, &report_id, &feature);

  if (report != NULL)
    g_assert_cmpuint (g_bytes_get_size (report), <=, WB_USB_REPORT_MAX);
}

/*
 * A descriptor and reports behind it, as a hostile device has them: the first two bytes say how long the descriptor is. Fields are
 * read only where there is a report, and what is taken for a code fits into one.
 */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  gsize length = size >= 2 ? MIN ((gsize) (data[0] | data[1] << 8), size - 2) : 0;
  g_autoptr(WbHidDescriptor) descriptor = wb_hid_descriptor_parse (data + (size >= 2 ? 2 : 0), length, NULL);
  g_autoptr(WbHidScan) scan = NULL;
  GPtrArray *fields = NULL;

  if (descriptor == NULL)
    return 0;
  check_zero (descriptor);
  scan = wb_hid_scan_new (descriptor);
  fields = wb_hid_descriptor_get_fields (descriptor);
  for (gsize at = 2 + length; at <= size; at += REPORT_SIZE)
    {
      gsize n = MIN (size - at, REPORT_SIZE);
      g_autofree guint8 *report = g_memdup2 (data + at, n);
      const char *symbology = NULL;
      WbScaleReading reading = { 0 };
      gint64 value = 0;

      for (guint i = 0; i < fields->len; i++)
        {
          const WbHidField *field = g_ptr_array_index (fields, i);

          g_assert_cmpuint (field->bit_size, >, 0);
          wb_hid_field_read (field, report, n, field->count - 1, &value);
          wb_hid_field_read_usage (field, report, n, 0);
        }
      if (wb_hid_scan_take (scan, report, n) == WB_HID_SCAN_WHOLE)
        {
          gsize code_length = 0;

          wb_hid_scan_get (scan, &code_length, &symbology);
          g_assert_cmpuint (code_length, <=, WB_SCAN_MAX);
          g_assert_cmpuint (strlen (symbology), <=, 3);
        }
      if (wb_hid_weight_read (descriptor, report, n, &reading))
        {
          g_autofree char *text = wb_scale_reading_to_string (&reading);

          wb_scale_reading_get_mg (&reading, &value);
          g_assert_nonnull (text);
        }
    }
  return 0;
}
