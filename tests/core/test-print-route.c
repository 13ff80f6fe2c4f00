/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-print-route.h"
#include "tests/wb-test.h"

static void
test_words (void)
{
  for (guint i = 0; i < WB_PRINT_N_KINDS; i++)
    {
      WbPrintKind kind = WB_PRINT_LABEL;

      g_assert_true (wb_print_kind_from_word (wb_print_kind_get_word ((WbPrintKind) i), &kind));
      g_assert_cmpint (kind, ==, i);
    }
  g_assert_true (wb_print_language_is_known ("escpos"));
  g_assert_false (wb_print_language_is_known ("pcl"));
  g_assert_false (wb_print_language_is_known (NULL));
}

/* Which printer of a station each kind of document finds. */
static void
test_relatives (void)
{
  static const struct
  {
    const char *label;
    const char *paper;
    const char *pick_list;
    WbPrintKind kind;
    const char *printer;
    const char *language;
  } cases[] = {
    { NULL, NULL, NULL, WB_PRINT_LABEL, "", "pdf" },
    { NULL, NULL, NULL, WB_PRINT_PICK_LIST, "", "pdf" },
    { "Zebra", NULL, NULL, WB_PRINT_LABEL, "Zebra", "zpl" },
    { "Zebra", NULL, NULL, WB_PRINT_TEST, "Zebra", "zpl" },
    { "Zebra", NULL, NULL, WB_PRINT_PAPER, "", "pdf" },
    { "Zebra", "Office", NULL, WB_PRINT_COMMAND_SHEET, "Office", "pdf" },
    { "Zebra", "Office", "Aisle", WB_PRINT_PICK_LIST, "Aisle", "pdf" },
    { "Zebra", "Office", "Aisle", WB_PRINT_COMMAND_SHEET, "Office", "pdf" },
    { "Zebra", "Office", "Aisle", WB_PRINT_PACKING_SLIP, "Office", "pdf" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbPrintRoutes) routes = wb_print_routes_new ();
      const char *printers[] = { cases[i].label, cases[i].paper, cases[i].pick_list };
      const WbPrintRoute *found = NULL;

      for (guint j = 0; j < G_N_ELEMENTS (printers); j++)
        if (printers[j] != NULL)
          {
            g_autoptr (WbPrintRoute) route = wb_print_route_new (printers[j], NULL, NULL, 0);

            wb_print_routes_set (routes, (WbPrintKind) j, route);
          }
      found = wb_print_routes_find (routes, cases[i].kind);
      g_assert_cmpstr (found->printer, ==, cases[i].printer);
      g_assert_cmpstr (wb_print_route_get_language (found, cases[i].kind), ==, cases[i].language);
      g_assert_cmpuint (wb_print_route_get_dpi (found), ==, 203);
    }
}

static void
test_own_words (void)
{
  g_autoptr (WbPrintRoute) route = wb_print_route_new ("socket:10.0.0.5", "tray-2", "tspl", 300);
  g_autoptr (WbPrintRoute) copy = wb_print_route_copy (route);
  g_autoptr (WbPrintRoute) other = wb_print_route_new ("socket:10.0.0.5", NULL, "tspl", 300);
  g_autoptr (WbPrintRoutes) routes = wb_print_routes_new ();

  g_assert_true (wb_print_route_equal (route, copy));
  g_assert_false (wb_print_route_equal (route, other));
  g_assert_false (wb_print_route_equal (route, NULL));
  wb_print_route_set_media (route, "mark 100x50 4");
  g_assert_false (wb_print_route_equal (route, copy));
  wb_print_routes_set (routes, WB_PRINT_LABEL, route);
  wb_print_routes_set (routes, WB_PRINT_LABEL, wb_print_routes_find (routes, WB_PRINT_LABEL));
  g_assert_cmpstr (wb_print_route_get_language (wb_print_routes_find (routes, WB_PRINT_LABEL), WB_PRINT_LABEL), ==, "tspl");
  g_assert_cmpuint (wb_print_route_get_dpi (wb_print_routes_find (routes, WB_PRINT_LABEL)), ==, 300);
  g_assert_cmpstr (wb_print_routes_find (routes, WB_PRINT_STICKER)->media, ==, "mark 100x50 4");
  wb_print_route_set_media (route, "");
  g_assert_null (route->media);
  wb_print_routes_set (routes, WB_PRINT_LABEL, NULL);
  g_assert_cmpstr (wb_print_routes_find (routes, WB_PRINT_LABEL)->printer, ==, "");
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/print-route/words", test_words);
  g_test_add_func ("/print-route/relatives", test_relatives);
  g_test_add_func ("/print-route/own-words", test_own_words);
  return g_test_run ();
}
