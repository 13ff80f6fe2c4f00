/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-gs1.h"
#include "core/wb-scan.h"
#include "tests/fuzz/wb-fuzz.h"

/* Whatever a scanner sends is a code in UTF-8 or none, with an AIM identifier or without, and says the same when it is written down. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autoptr(WbScan) scan = wb_scan_new (data, size, "]C0", "scanner", 0);
  g_autoptr(WbScan) again = NULL;
  g_autoptr(WbGs1Scan) meaning = NULL;
  g_autofree char *text = NULL;

  if (scan == NULL)
    return 0;
  g_assert_cmpstr (scan->text, !=, "");
  g_assert_true (g_utf8_validate (scan->text, -1, NULL));
  g_assert_cmpuint (strlen (scan->symbology), ==, 2);
  g_assert_nonnull (wb_scan_symbology_name (scan->symbology));
  text = wb_scan_to_string (scan);
  again = wb_scan_new ((const guint8 *) text, strlen (text), NULL, "scanner", 0);
  if (again != NULL)
    {
      g_assert_cmpstr (again->text, ==, scan->text);
      g_assert_cmpstr (again->symbology, ==, scan->symbology);
    }
  meaning = wb_gs1_scan_new (text);
  g_assert_nonnull (meaning);
  return 0;
}
