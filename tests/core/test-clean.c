/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever was said: a line that can be shown. */
#include "config.h"

#include <string.h>

#include "core/wb-clean.h"
#include "tests/wb-test.h"

static void
test_line (void)
{
  static const struct
  {
    const char *said;
    gssize length;
    gsize most;
    const char *line;
  } cases[] = {
    { "Zebra ZD421", -1, WB_CLEAN_MAX, "Zebra ZD421" },
    { "  Zürich\r\n", -1, WB_CLEAN_MAX, "Zürich" },
    { "Z\xfcrich", -1, WB_CLEAN_MAX, "Z\xef\xbf\xbdrich" },
    { "a\x1b[2J\tb\x7f" "c", -1, WB_CLEAN_MAX, "a [2J b c" },
    { "a\xc2\x9b" "b", -1, WB_CLEAN_MAX, "a b" },
    { "a\0b", 3, WB_CLEAN_MAX, "a\xef\xbf\xbd" "b" },
    { "", 0, WB_CLEAN_MAX, "" },
    { NULL, 0, WB_CLEAN_MAX, "" },
    { "aaü", -1, 4, "aaü" },
    { "aaü", -1, 3, "aa" },
    { "aaü", 3, 10, "aa\xef\xbf\xbd" },
    { "aaa", -1, 0, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = wb_clean_line (cases[i].said, cases[i].length, cases[i].most);

      g_assert_cmpstr (line, ==, cases[i].line);
      g_assert_cmpuint (strlen (line), <=, cases[i].most);
    }
}

/* Nothing that a terminal would obey, and nothing left out. */
static void
test_visible (void)
{
  static const struct
  {
    const char *text;
    const char *visible;
  } cases[] = {
    { "Zürich", "Zürich" },
    { "", "" },
    { "]0;title\x07\x1b[2J", "]0;title␇␛[2J" },
    { "10A\x1d" "21B\r\n", "10A␝21B␍␊" },
    { "a\x7f" "b\xc2\x9b" "c\xff", "a␡b\xef\xbf\xbd" "c\xef\xbf\xbd" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *visible = wb_clean_visible (cases[i].text);

      g_assert_cmpstr (visible, ==, cases[i].visible);
    }
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);

  g_test_add_func ("/clean/line", test_line);
  g_test_add_func ("/clean/visible", test_visible);
  return g_test_run ();
}
