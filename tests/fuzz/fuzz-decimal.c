/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-decimal.h"
#include "core/wb-money.h"
#include "tests/fuzz/wb-fuzz.h"

/* What was read must be written and read again as the same number, in every syntax. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  const WbDecimalSyntax *syntaxes[] = { NULL, &wb_decimal_syntax_english, &wb_decimal_syntax_continental };
  g_autofree char *text = g_strndup ((const char *) data, size);

  for (guint i = 0; i < G_N_ELEMENTS (syntaxes); i++)
    {
      g_autoptr(GError) error = NULL;
      WbDecimal value = { 0 };
      WbDecimal again = { 0 };
      WbMoney money = { 0 };

      if (wb_decimal_parse (text, syntaxes[i], &value, &error))
        {
          g_autofree char *plain = wb_decimal_to_string (&value);
          g_autofree char *written = wb_decimal_format (&value, syntaxes[i], 0);

          g_assert_true (wb_decimal_parse (plain, NULL, &again, NULL));
          g_assert_cmpint (wb_decimal_compare (&value, &again), ==, 0);
          g_assert_true (wb_decimal_parse (written, syntaxes[i], &again, NULL));
          g_assert_cmpint (wb_decimal_compare (&value, &again), ==, 0);
        }
      else
        {
          g_assert_nonnull (error);
          g_assert_true (g_utf8_validate (error->message, -1, NULL));
        }
      wb_money_parse (&money, text, syntaxes[i], i == 1 ? "JPY" : "GBP", NULL);
    }
  return 0;
}
