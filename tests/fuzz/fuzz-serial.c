/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-scan.h"
#include "devices/wb-scale-protocol.h"
#include "devices/wb-serial-frame.h"
#include "tests/fuzz/wb-fuzz.h"

static void
message_cb (const guint8 *message, gsize length, gboolean is_whole, gpointer user_data)
{
  static const char *const protocols[] = { "serial-sics", "serial-8217" };
  g_autoptr(WbScan) scan = wb_scan_new (message, length, NULL, NULL, 0);
  GString *all = user_data;

  g_string_append_len (all, (const char *) message, (gssize) length);
  g_string_append_c (all, is_whole ? '|' : '~');
  if (scan != NULL)
    {
      g_autofree char *text = wb_scan_to_string (scan);

      g_assert_true (g_utf8_validate (text, -1, NULL));
    }
  for (guint i = 0; i < G_N_ELEMENTS (protocols); i++)
    {
      WbScaleReading reading = { 0 };
      gint64 mg = 0;

      if (wb_scale_protocol_find (protocols[i])->read ((const char *) message, length, WB_SCALE_UNIT_KG, &reading)
          == WB_SCALE_ANSWER_READING)
        wb_scale_reading_get_mg (&reading, &mg);
    }
}

/* Noise on a line: it falls into the same messages in whatever pieces it comes. The first byte chooses prefix and suffix. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  static const char *const suffixes[] = { "cr", "lf", "tab", "etx", "none" };
  const char *prefix = size > 0 && data[0] & 0x80 ? "stx" : "none";
  const char *suffix = size > 0 ? suffixes[(data[0] & 0x7f) % G_N_ELEMENTS (suffixes)] : "cr";
  g_autoptr(WbSerialFrame) whole = wb_serial_frame_new (prefix, suffix, 32);
  g_autoptr(WbSerialFrame) single = wb_serial_frame_new (prefix, suffix, 32);
  g_autoptr(GString) at_once = g_string_new (NULL);
  g_autoptr(GString) one_by_one = g_string_new (NULL);

  wb_serial_frame_take (whole, data, size, message_cb, at_once);
  for (size_t i = 0; i < size; i++)
    wb_serial_frame_take (single, data + i, 1, message_cb, one_by_one);
  wb_serial_frame_end (whole, message_cb, at_once);
  wb_serial_frame_end (single, message_cb, one_by_one);
  g_assert_true (g_string_equal (at_once, one_by_one));
  return 0;
}
