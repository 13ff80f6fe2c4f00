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

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);

  g_test_add_func ("/clean/line", test_line);
  return g_test_run ();
}
