/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-address.h"
#include "tests/wb-test.h"

static void
test_lines (void)
{
  static const struct
  {
    struct
    {
      const char *name, *company, *line1, *line2, *city, *region, *postcode, *country;
    } parts;
    const char *home;
    const char *lines;
  } cases[] = {
    { { .name = "Mary Miller", .line1 = "4 High Street", .city = "Norwich", .postcode = "NR1 4AA", .country = "GB" }, "GB",
      "Mary Miller\n4 High Street\nNorwich\nNR1 4AA" },
    { { .name = "Hans Beck", .company = "Beck GmbH", .line1 = "Ufer 3", .city = "Köln", .postcode = "50667", .country = "DE" }, "GB",
      "Hans Beck\nBeck GmbH\nUfer 3\n50667 Köln\nDE" },
    { { .name = "Jo Doe", .line1 = "1 Main St", .line2 = "", .city = "Springfield", .region = "IL", .postcode = "62701", .country = "US" },
      "US", "Jo Doe\n1 Main St\nSpringfield IL 62701" },
    { { .name = NULL }, NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(WbAddress) address = g_new0 (WbAddress, 1);
      g_autofree char *lines = NULL;

      address->name = g_strdup (cases[i].parts.name);
      address->company = g_strdup (cases[i].parts.company);
      address->line1 = g_strdup (cases[i].parts.line1);
      address->line2 = g_strdup (cases[i].parts.line2);
      address->city = g_strdup (cases[i].parts.city);
      address->region = g_strdup (cases[i].parts.region);
      address->postcode = g_strdup (cases[i].parts.postcode);
      address->country = g_strdup (cases[i].parts.country);
      lines = wb_address_to_lines (address, cases[i].home);

      g_assert_cmpstr (lines, ==, cases[i].lines);
    }
}

static void
test_copy (void)
{
  g_autoptr(WbAddress) address = g_new0 (WbAddress, 1);
  g_autoptr(WbAddress) copy = NULL;

  address->name = g_strdup ("Mary");
  address->email = g_strdup ("mary@example.org");
  copy = wb_address_copy (address);
  g_assert_true (wb_address_equal (address, copy));
  g_assert_false (wb_address_is_empty (copy));
  copy->region = g_strdup ("");
  g_assert_true (wb_address_equal (address, copy));
  g_free (g_steal_pointer (&copy->email));
  g_assert_false (wb_address_equal (address, copy));
  wb_address_clear (copy);
  g_assert_true (wb_address_is_empty (copy));
  g_assert_null (wb_address_copy (NULL));
}

int
main (int   argc,
      char *argv[])
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/address/lines", test_lines);
  g_test_add_func ("/address/copy", test_copy);
  return g_test_run ();
}
