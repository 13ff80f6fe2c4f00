/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-error.h"
#include "core/wb-weight.h"
#include "tests/wb-test.h"

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    gint64 weight_g;
    int code;
  } cases[] = {
    { "1.84", 1840, 0 },
    { "1,84 kg", 1840, 0 },
    { " 1.8405kg ", 1841, 0 },
    { "1840 g", 1840, 0 },
    { "640G", 640, 0 },
    { "2", 2000, 0 },
    { "0.001", 1, 0 },
    { "0", 0, WB_ERROR_RANGE },
    { "0.0001", 0, WB_ERROR_RANGE },
    { "-1", 0, WB_ERROR_INVALID },
    { "4006381333931", 0, WB_ERROR_RANGE },
    { "99999999999999999999", 0, WB_ERROR_INVALID },
    { "1.8.4", 0, WB_ERROR_INVALID },
    { "1 lb", 0, WB_ERROR_INVALID },
    { "kg", 0, WB_ERROR_INVALID },
    { "", 0, WB_ERROR_INVALID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 weight_g = 0;

      g_test_message ("“%s”", cases[i].text);
      g_assert_cmpint (wb_weight_parse (cases[i].text, &weight_g, &error), ==, cases[i].weight_g > 0);
      if (cases[i].weight_g > 0)
        g_assert_cmpint (weight_g, ==, cases[i].weight_g);
      else
        g_assert_error (error, WB_ERROR, cases[i].code);
    }
}

static void
test_to_string (void)
{
  static const struct
  {
    gint64 weight_g;
    const char *text;
  } cases[] = {
    { 640, "640 g" },
    { 999, "999 g" },
    { 1000, "1.00 kg" },
    { 1841, "1.84 kg" },
    { 1996, "2.00 kg" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = wb_weight_to_string (cases[i].weight_g);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/weight/parse", test_parse);
  g_test_add_func ("/weight/to-string", test_to_string);
  return g_test_run ();
}
