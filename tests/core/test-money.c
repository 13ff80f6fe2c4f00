/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-money.h"
#include "tests/wb-test.h"

static void
test_currency (void)
{
  static const struct
  {
    const char *code;
    guint digits;
    const char *symbol;
  } cases[] = {
    { "GBP", 2, "£" }, { "EUR", 2, "€" }, { "JPY", 0, "¥" }, { "KWD", 3, "KWD" }, { "AED", 2, "AED" },
    { "ZWG", 2, "ZWG" }, { "CLF", 4, "CLF" }, { "USD", 2, "$" }, { "CHF", 2, "CHF" }, { "ISK", 0, "ISK" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (wb_currency_is_known (cases[i].code));
      g_assert_cmpuint (wb_currency_get_digits (cases[i].code), ==, cases[i].digits);
      g_assert_cmpstr (wb_currency_get_symbol (cases[i].code), ==, cases[i].symbol);
    }
  g_assert_false (wb_currency_is_known ("XYZ"));
  g_assert_false (wb_currency_is_known ("gbp"));
  g_assert_false (wb_currency_is_known ("GBPX"));
  g_assert_false (wb_currency_is_known (""));
  g_assert_false (wb_currency_is_known (NULL));
}

static void
test_format (void)
{
  static const struct
  {
    WbMoney money;
    const char *people;
    const char *machine;
  } cases[] = {
    { { 18420, "GBP" }, "£ 184.20", "184.20" },
    { { 8400, "JPY" }, "¥ 8,400", "8400" },
    { { -100000, "EUR" }, "−€ 1,000.00", "-1000.00" },
    { { 1500, "KWD" }, "KWD 1.500", "1.500" },
    { { 0, "USD" }, "$ 0.00", "0.00" },
    { { -5, "USD" }, "−$ 0.05", "-0.05" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *people = wb_money_format (&cases[i].money);
      g_autofree char *machine = wb_money_to_string (&cases[i].money);

      g_assert_cmpstr (people, ==, cases[i].people);
      g_assert_cmpstr (machine, ==, cases[i].machine);
    }
}

static void
test_parse (void)
{
  g_autoptr(GError) error = NULL;
  WbMoney money = { 0 };

  g_assert_true (wb_money_parse (&money, "184.2", NULL, "GBP", NULL));
  g_assert_cmpint (money.minor, ==, 18420);
  g_assert_true (wb_money_parse (&money, "1.234,5000", &wb_decimal_syntax_continental, "EUR", NULL));
  g_assert_cmpint (money.minor, ==, 123450);
  g_assert_false (wb_money_parse (&money, "184.205", NULL, "GBP", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_false (wb_money_parse (&money, "8400.5", NULL, "JPY", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_false (wb_money_parse (&money, "1", NULL, "QQQ", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNKNOWN);
}

static void
test_add (void)
{
  WbMoney pounds = { 100, "GBP" };
  WbMoney euros = { 100, "EUR" };
  WbMoney most = { G_MAXINT64, "GBP" };
  WbMoney sum = { 0 };
  g_autoptr(GError) error = NULL;

  g_assert_true (wb_money_add (&pounds, &pounds, &sum, NULL));
  g_assert_cmpint (sum.minor, ==, 200);
  g_assert_true (wb_money_subtract (&sum, &pounds, &sum, NULL));
  g_assert_true (wb_money_equal (&sum, &pounds));
  g_assert_false (wb_money_equal (&sum, &euros));
  g_assert_false (wb_money_add (&pounds, &euros, &sum, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_MISMATCH);
  g_clear_error (&error);
  g_assert_false (wb_money_add (&most, &pounds, &sum, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_RANGE);
}

static void
test_allocate (void)
{
  static const struct
  {
    gint64 total;
    gint64 weights[4];
    gint64 parts[4];
  } cases[] = {
    { 100, { 1, 1, 1, 0 }, { 34, 33, 33, 0 } },
    { -100, { 1, 1, 1, 0 }, { -34, -33, -33, 0 } },
    { 5, { 0, 0, 0, 0 }, { 2, 1, 1, 1 } },
    { 0, { 3, 1, 0, 9 }, { 0, 0, 0, 0 } },
    { 1, { 1, 2, 3, 4 }, { 0, 0, 0, 1 } },
    { 1000, { 1, 0, 0, 0 }, { 1000, 0, 0, 0 } },
    { G_MAXINT64, { G_MAXINT64, G_MAXINT64, 0, 0 }, { G_MAXINT64 / 2 + 1, G_MAXINT64 / 2, 0, 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 parts[4] = { 0 };

      wb_money_allocate (cases[i].total, cases[i].weights, 4, parts);
      for (guint k = 0; k < 4; k++)
        g_assert_cmpint (parts[k], ==, cases[i].parts[k]);
    }
}

static void
test_allocate_properties (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (wb_test_random_seed ());

  for (guint i = 0; i < 20000; i++)
    {
      gint64 weights[12] = { 0 };
      gint64 parts[12] = { 0 };
      gsize n = (gsize) g_rand_int_range (rand, 1, 13);
      gint64 total = (gint64) g_rand_int_range (rand, -1000000, 1000000);
      gint64 sum = 0;
      gint64 weight_sum = 0;

      for (gsize k = 0; k < n; k++)
        weight_sum += weights[k] = g_rand_int_range (rand, 0, 5000);
      wb_money_allocate (total, weights, n, parts);
      for (gsize k = 0; k < n; k++)
        {
          sum += parts[k];
          /* within one of the exact share, and nothing for who has no part in it */
          if (weight_sum > 0)
            g_assert_cmpint (ABS (parts[k] * weight_sum - total * weights[k]), <, weight_sum);
          if (weight_sum > 0 && weights[k] == 0)
            g_assert_cmpint (parts[k], ==, 0);
        }
      g_assert_cmpint (sum, ==, total);
    }
}

int
main (int   argc,
      char *argv[])
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/money/currency", test_currency);
  g_test_add_func ("/money/format", test_format);
  g_test_add_func ("/money/parse", test_parse);
  g_test_add_func ("/money/add", test_add);
  g_test_add_func ("/money/allocate", test_allocate);
  g_test_add_func ("/money/allocate/properties", test_allocate_properties);
  return g_test_run ();
}
