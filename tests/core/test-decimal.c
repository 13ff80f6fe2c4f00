/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-decimal.h"
#include "core/wb-error.h"
#include "tests/wb-test.h"

static const struct
{
  const char *text;
  const WbDecimalSyntax *syntax;
  gint64 mantissa;
  guint scale;
} readable[] = {
  { "0", NULL, 0, 0 },
  { "2.55", NULL, 255, 2 },
  { " 2.50 ", NULL, 250, 2 },
  { "-11062.06", NULL, -1106206, 2 },
  { "−3", NULL, -3, 0 },
  { "+3", NULL, 3, 0 },
  { ".5", NULL, 5, 1 },
  { "5.", NULL, 5, 0 },
  { "0.0015", NULL, 15, 4 },
  { "0.000000001", NULL, 1, 9 },
  { "1.2000000000000", NULL, 1200000000, 9 },
  { "9223372036854775807", NULL, G_MAXINT64, 0 },
  { "1,234.5", &wb_decimal_syntax_english, 12345, 1 },
  { "1234.5", &wb_decimal_syntax_english, 12345, 1 },
  { "12,34,567", &wb_decimal_syntax_english, 1234567, 0 },
  { "1.234,5", &wb_decimal_syntax_continental, 12345, 1 },
  { "1.234.567", &wb_decimal_syntax_continental, 1234567, 0 },
  { "0,5", &wb_decimal_syntax_continental, 5, 1 },
  { "1 234,5", &(const WbDecimalSyntax) { ',', ' ' }, 12345, 1 },
  { "1\302\240234,5\302\240", &(const WbDecimalSyntax) { ',', ' ' }, 12345, 1 },
  { "1\342\200\257234,5", &(const WbDecimalSyntax) { ',', ' ' }, 12345, 1 },
  { "1'234.5", &(const WbDecimalSyntax) { '.', '\'' }, 12345, 1 },
};

static const struct
{
  const char *text;
  const WbDecimalSyntax *syntax;
  WbError code;
} unreadable[] = {
  { "", NULL, WB_ERROR_INVALID },
  { "  ", NULL, WB_ERROR_INVALID },
  { "-", NULL, WB_ERROR_INVALID },
  { ".", NULL, WB_ERROR_INVALID },
  { "1e5", NULL, WB_ERROR_INVALID },
  { "1,5", NULL, WB_ERROR_INVALID },
  { "£5", NULL, WB_ERROR_INVALID },
  { "--5", NULL, WB_ERROR_INVALID },
  { "5-", NULL, WB_ERROR_INVALID },
  { "1.2.3", NULL, WB_ERROR_INVALID },
  { "NaN", NULL, WB_ERROR_INVALID },
  { "'; drop table wb.order; --", NULL, WB_ERROR_INVALID },
  { "1,5", &wb_decimal_syntax_english, WB_ERROR_INVALID },
  { "1,2345", &wb_decimal_syntax_english, WB_ERROR_INVALID },
  { ",234", &wb_decimal_syntax_english, WB_ERROR_INVALID },
  { "1,,234", &wb_decimal_syntax_english, WB_ERROR_INVALID },
  { "1.5", &wb_decimal_syntax_continental, WB_ERROR_INVALID },
  { "12 34", &(const WbDecimalSyntax) { ',', ' ' }, WB_ERROR_INVALID },
  { "9223372036854775808", NULL, WB_ERROR_RANGE },
  { "99999999999999999999999999999999999999999999", NULL, WB_ERROR_RANGE },
  { "0.0000000001", NULL, WB_ERROR_RANGE },
  { "9999999999.999999999", NULL, WB_ERROR_RANGE },
};

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (readable); i++)
    {
      g_autoptr(GError) error = NULL;
      WbDecimal value = { 0 };

      wb_decimal_parse (readable[i].text, readable[i].syntax, &value, &error);
      g_assert_no_error (error);
      g_assert_cmpint (value.mantissa, ==, readable[i].mantissa);
      g_assert_cmpuint (value.scale, ==, readable[i].scale);
    }
}

static void
test_parse_refuses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (unreadable); i++)
    {
      g_autoptr(GError) error = NULL;
      WbDecimal value = { 0 };

      g_test_message ("%s", unreadable[i].text);
      g_assert_false (wb_decimal_parse (unreadable[i].text, unreadable[i].syntax, &value, &error));
      g_assert_error (error, WB_ERROR, (int) unreadable[i].code);
    }
}

static void
test_format (void)
{
  const struct
  {
    WbDecimal value;
    const WbDecimalSyntax *syntax;
    guint min_decimals;
    const char *text;
  } cases[] = {
    { { 0, 0 }, NULL, 0, "0" },
    { { -5, 1 }, NULL, 0, "-0.5" },
    { { 123456789, 2 }, &wb_decimal_syntax_english, 0, "1,234,567.89" },
    { { 123456789, 2 }, &wb_decimal_syntax_continental, 0, "1.234.567,89" },
    { { -123, 0 }, &wb_decimal_syntax_english, 2, "-123.00" },
    { { 1000, 0 }, &(const WbDecimalSyntax) { ',', ' ' }, 0, "1\302\240000" },
    { { G_MININT64, 0 }, NULL, 0, "-9223372036854775808" },
    { { 15, 4 }, NULL, 2, "0.0015" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = wb_decimal_format (&cases[i].value, cases[i].syntax, cases[i].min_decimals);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_round (void)
{
  static const struct
  {
    WbDecimal unit_price;
    gint64 quantity;
    guint digits;
    gint64 minor;
  } cases[] = {
    { { 15, 4 }, 1, 2, 0 },      /* 0.0015 */
    { { 15, 4 }, 1000, 2, 150 }, /* rounded once, after multiplying */
    { { 5, 3 }, 1, 2, 1 },       /* 0.005 goes away from zero */
    { { -5, 3 }, 1, 2, -1 },
    { { 5, 3 }, -1, 2, -1 },
    { { 4999, 6 }, 1, 2, 0 },
    { { 84, 0 }, 100, 0, 8400 },
    { { 845, 1 }, 1, 0, 85 },
    { { 255, 2 }, 6, 2, 1530 },
    { { 1, 0 }, 1, 3, 1000 },
  };
  gint64 minor = 0;
  WbDecimal big = WB_DECIMAL_INIT (G_MAXINT64, 0);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (wb_decimal_to_minor (&cases[i].unit_price, cases[i].quantity, cases[i].digits, &minor, NULL));
      g_assert_cmpint (minor, ==, cases[i].minor);
    }
  g_assert_false (wb_decimal_to_minor (&big, 1, 2, &minor, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_RANGE);
}

static WbDecimal
random_decimal (GRand *rand)
{
  WbDecimal value = { 0 };
  guint64 bits = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);

  value.mantissa = (gint64) (bits >> g_rand_int_range (rand, 2, 64));
  if (g_rand_boolean (rand))
    value.mantissa = -value.mantissa;
  value.scale = (guint) g_rand_int_range (rand, 0, WB_DECIMAL_MAX_SCALE + 1);
  return value;
}

static void
test_properties (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (wb_test_random_seed ());

  for (guint i = 0; i < 20000; i++)
    {
      WbDecimal a = random_decimal (rand);
      WbDecimal b = random_decimal (rand);
      WbDecimal sum = { 0 };
      WbDecimal back = { 0 };
      WbDecimal normal = wb_decimal_normalise (a);
      g_autofree char *text = wb_decimal_to_string (&a);

      /* written and read again it is the same, digit by digit */
      g_assert_true (wb_decimal_parse (text, NULL, &back, NULL));
      g_assert_cmpint (back.mantissa, ==, a.mantissa);
      g_assert_cmpuint (back.scale, ==, a.scale);
      g_assert_cmpint (wb_decimal_compare (&a, &normal), ==, 0);
      g_assert_cmpint (wb_decimal_compare (&a, &b), ==, -wb_decimal_compare (&b, &a));
      /* what was added can be taken off again */
      if (wb_decimal_add (&a, &b, &sum, NULL) && wb_decimal_subtract (&sum, &b, &back, NULL))
        g_assert_cmpint (wb_decimal_compare (&a, &back), ==, 0);
      /* rounding never moves by more than half a unit */
      if (wb_decimal_rescale (&a, 2, &back, NULL) && wb_decimal_subtract (&a, &back, &sum, NULL))
        {
          WbDecimal half = WB_DECIMAL_INIT (5, 3);
          WbDecimal minus_half = WB_DECIMAL_INIT (-5, 3);

          g_assert_cmpint (wb_decimal_compare (&sum, &half), <=, 0);
          g_assert_cmpint (wb_decimal_compare (&sum, &minus_half), >=, 0);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/decimal/parse", test_parse);
  g_test_add_func ("/decimal/parse/refuses", test_parse_refuses);
  g_test_add_func ("/decimal/format", test_format);
  g_test_add_func ("/decimal/round/half-away-from-zero", test_round);
  g_test_add_func ("/decimal/properties", test_properties);
  return g_test_run ();
}
