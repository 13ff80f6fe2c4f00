/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-gs1.h"
#include "tests/wb-test.h"

static void
test_check_digit (void)
{
  static const struct
  {
    const char *digits;
    char check;
  } cases[] = {
    { "400638133393", '1' },    { "9638507", '4' }, { "03600029145", '2' },
    { "10614141123456789", '7' }, { "", 0 },        { "12a4", 0 },          { "0000000", '0' },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (wb_gs1_check_digit (cases[i].digits, strlen (cases[i].digits)), ==, cases[i].check);
}

static void
test_gtin (void)
{
  static const struct
  {
    const char *text;
    const char *gtin;
    int code;
  } cases[] = {
    { "96385074", "00000096385074", 0 },
    { "036000291452", "00036000291452", 0 },
    { "4006381333931", "04006381333931", 0 },
    { "14006381333938", "14006381333938", 0 },
    { "4006381333932", NULL, WB_ERROR_MISMATCH },
    { "400638133393", NULL, WB_ERROR_MISMATCH },
    { "40063813339", NULL, WB_ERROR_INVALID },
    { "400638133393X", NULL, WB_ERROR_INVALID },
    { "", NULL, WB_ERROR_INVALID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *gtin = wb_gs1_gtin_normalise (cases[i].text, &error);

      g_assert_cmpstr (gtin, ==, cases[i].gtin);
      if (cases[i].gtin == NULL)
        g_assert_error (error, WB_ERROR, cases[i].code);
      else
        g_assert_no_error (error);
    }
}

static void
test_sscc (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *first = wb_gs1_sscc_new (1, "0614141", 123456789, &error);
  g_autofree char *widest = wb_gs1_sscc_new (9, "1234", 999999999999, NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (first, ==, "106141411234567897");
  g_assert_true (wb_gs1_check_number (first, &error));
  g_assert_cmpuint (strlen (widest), ==, 18);
  g_assert_null (wb_gs1_sscc_new (1, "0614141", 1000000000, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_null (wb_gs1_sscc_new (10, "0614141", 1, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_null (wb_gs1_sscc_new (1, "06141x1", 1, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    const char *brackets;
  } cases[] = {
    { "]C100106141411234567897", "(00)106141411234567897" },
    { "00106141411234567897", "(00)106141411234567897" },
    { "\x1d" "0104006381333931" "10AB-7\x1d" "17261231" "3712", "(01)04006381333931(10)AB-7(17)261231(37)12" },
    { "]d2010400638133393121S1\x1d" "3103001250", "(01)04006381333931(21)S1(3103)001250" },
    { "]C110AB(C", "(10)AB\\(C" },
    { "0104006381333932", NULL },
    { "17261301", NULL },
    { "17", NULL },
    { "10", NULL },
    { "1", NULL },
    { "", NULL },
    { "]C1", NULL },
    { "10ABCDEFGHIJKLMNOPQRSTU", NULL },
    { "10Ä", NULL },
    { "0499", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) elements = wb_gs1_parse (cases[i].text, &error);
      g_autoptr (GPtrArray) again = NULL;
      g_autoptr (GPtrArray) written = NULL;
      g_autofree char *brackets = NULL;
      g_autofree char *built = NULL;
      g_autofree char *rebuilt = NULL;

      if (cases[i].brackets == NULL)
        {
          g_assert_null (elements);
          g_assert_nonnull (error);
          continue;
        }
      g_assert_no_error (error);
      brackets = wb_gs1_to_brackets (elements);
      g_assert_cmpstr (brackets, ==, cases[i].brackets);
      built = wb_gs1_build (elements, &error);
      g_assert_no_error (error);
      again = wb_gs1_parse (built, &error);
      g_assert_no_error (error);
      written = wb_gs1_parse_brackets (brackets, &error);
      g_assert_no_error (error);
      rebuilt = wb_gs1_build (written, &error);
      g_assert_cmpstr (rebuilt, ==, built);
      g_assert_cmpuint (again->len, ==, elements->len);
    }
}

static void
test_scan (void)
{
  static const struct
  {
    const char *text;
    const char *plain;
    const char *gtin;
    const char *sscc;
    guint count;
    gint64 weight_g;
  } cases[] = {
    { "]E04006381333931", "4006381333931", "04006381333931", "", 0, -1 },
    { "4006381333931\r\n", "4006381333931", "04006381333931", "", 0, -1 },
    { "036000291452", "036000291452", "00036000291452", "", 0, -1 },
    { "96385074", "96385074", "00000096385074", "", 0, -1 },
    { "TEA-B", "TEA-B", "", "", 0, -1 },
    { "]C10204006381333931" "3712", "0204006381333931" "3712", "04006381333931", "", 12, -1 },
    { "]C10104006381333931" "3103001250", "0104006381333931" "3103001250", "04006381333931", "", 0, 1250 },
    { "]C10104006381333931" "3105001255", "0104006381333931" "3105001255", "04006381333931", "", 0, 13 },
    { "00106141411234567897", "00106141411234567897", "", "106141411234567897", 0, -1 },
    { "106141411234567897", "106141411234567897", "", "106141411234567897", 0, -1 },
    { "https://id.example.org/01/04006381333931/10/A", "https://id.example.org/01/04006381333931/10/A",
      "04006381333931", "", 0, -1 },
    { "", "", "", "", 0, -1 },
    { "]C1garbage", "garbage", "", "", 0, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbGs1Scan) scan = wb_gs1_scan_new (cases[i].text);

      g_assert_cmpstr (scan->text, ==, cases[i].plain);
      g_assert_cmpstr (scan->gtin, ==, cases[i].gtin);
      g_assert_cmpstr (scan->sscc, ==, cases[i].sscc);
      g_assert_cmpuint (scan->count, ==, cases[i].count);
      g_assert_cmpint (scan->weight_g, ==, cases[i].weight_g);
    }
}

static void
test_long_input (void)
{
  g_autofree char *text = g_strnfill (1000000, '9');
  g_autoptr (GError) error = NULL;
  g_autoptr (WbGs1Scan) scan = wb_gs1_scan_new (text);

  g_assert_null (wb_gs1_parse (text, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_LIMIT);
  g_assert_cmpuint (strlen (scan->text), <, 10000);
}

/* "^" stands for FNC1 in the vectors, a scanner sends GS. */
int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/gs1/check-digit", test_check_digit);
  g_test_add_func ("/gs1/gtin", test_gtin);
  g_test_add_func ("/gs1/sscc", test_sscc);
  g_test_add_func ("/gs1/parse", test_parse);
  g_test_add_func ("/gs1/scan", test_scan);
  g_test_add_func ("/gs1/long-input", test_long_input);
  return g_test_run ();
}
