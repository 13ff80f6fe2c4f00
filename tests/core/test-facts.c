/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts one after the other. */
#include "config.h"

#include "core/wb-facts.h"
#include "tests/wb-test.h"

#define DOT "\302\240\302\240·  "

static void
test_join (void)
{
  static const struct
  {
    const char *facts[3];
    const char *line;
  } cases[] = {
    { { "a", "b", "c" }, "a" DOT "b" DOT "c" },
    { { "", "b", "c" }, "b" DOT "c" },
    { { "a", "", "c" }, "a" DOT "c" },
    { { "a", "b", "" }, "a" DOT "b" },
    { { "", "", "c" }, "c" },
    { { " ", "b ", "" }, "b" },
    { { "", "", "" }, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = wb_facts_join (cases[i].facts[0], cases[i].facts[1], cases[i].facts[2], NULL);

      g_assert_cmpstr (line, ==, cases[i].line);
    }
}

static void
test_add (void)
{
  g_autoptr (GString) facts = g_string_new (NULL);

  wb_facts_add (facts, NULL);
  g_assert_cmpstr (facts->str, ==, "");
  wb_facts_add_format (facts, "%d sent", 3);
  wb_facts_add (facts, "");
  wb_facts_add_format (facts, "%s", "");
  wb_facts_add (facts, "gift wrap");
  g_assert_cmpstr (facts->str, ==, "3 sent" DOT "gift wrap");
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/facts/join", test_join);
  g_test_add_func ("/facts/add", test_add);
  return g_test_run ();
}
