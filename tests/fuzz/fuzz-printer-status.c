/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "devices/wb-printer-status.h"
#include "tests/fuzz/wb-fuzz.h"

/* Whatever a printer answers: it is in some state, with words when it is not well. And of any document some part is harmless. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  static const char *const languages[] = { "zpl", "epl", "tspl", "escpos", "pdf" };

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      WbPrinterState state = WB_PRINTER_UNKNOWN;
      const char *words = "";

      if (wb_printer_status_parse (languages[i], data, size, &state, &words))
        g_assert_true ((state > WB_PRINTER_BUSY) == (*words != '\0'));
      g_assert_cmpuint (wb_print_language_count_harmless (languages[i], data, size), <=, size);
    }
  return 0;
}
