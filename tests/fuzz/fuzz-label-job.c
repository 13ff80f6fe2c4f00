/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-label-language.h"
#include "tests/core/wb-test-label.h"
#include "tests/devices/wb-test-printer.h"
#include "tests/fuzz/wb-fuzz.h"

#define DPI 203
#define WIDTH WB_LABEL_MM (100)
#define HEIGHT WB_LABEL_MM (60)

/* What customers and scanners write, before a zero byte as text and behind it in a barcode: one label comes out of a printer of any language, and
 * the printer finds no command that is not ours. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  static const WbLabelSymbol symbols[] = { WB_LABEL_CODE_128, WB_LABEL_GS1_128, WB_LABEL_QR, WB_LABEL_CODE_39, WB_LABEL_MAXICODE };
  g_autofree char *all = g_strndup ((const char *) data, MIN (size, 300));
  gsize length = strlen (all);
  g_autofree char *code = length < size ? g_strndup ((const char *) data + length + 1, MIN (size - length - 1, 60)) : g_strdup (all);
  g_autoptr(WbLabel) label = wb_label_new (all, WIDTH, HEIGHT);

  wb_label_add_text (label, 0, 0, WIDTH, WB_LABEL_MM (3), WB_LABEL_LEFT, TRUE, all);
  wb_label_add_text (label, 0, WB_LABEL_MM (4), WIDTH, WB_LABEL_MM (6), WB_LABEL_CENTRE, FALSE, code);
  if (size > 0)
    wb_label_add_symbol (label, symbols[data[size - 1] % G_N_ELEMENTS (symbols)], 0, WB_LABEL_MM (12), WIDTH, WB_LABEL_MM (30), WB_LABEL_LEFT, code,
                         NULL);
  for (guint i = 0; i < WB_LABEL_N_LANGUAGES; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) job = wb_label_encode (label, (WbLabelLanguage) i, DPI, NULL, wb_test_label_rasterise, NULL, &error);
      g_autoptr(WbTestPrinted) printed = NULL;

      g_assert_no_error (error);
      printed = wb_test_print ((WbLabelLanguage) i, job, DPI, wb_label_dots (WIDTH, DPI), wb_label_dots (HEIGHT, DPI), &error);
      g_assert_no_error (error);
      g_assert_cmpuint (printed->n_labels, ==, 1);
    }
  return 0;
}
