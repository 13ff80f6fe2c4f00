/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a print server tells of printers, who say of themselves what they like: text, and resolutions that labels can have. */
#include "config.h"

#include <string.h>

#include "devices/wb-cups-private.h"
#include "tests/wb-test.h"

static ipp_t *
make_answer (const char *name, const char *said)
{
  ipp_t *answer = ippNew ();

  ippAddString (answer, IPP_TAG_PRINTER, IPP_TAG_NAME, "printer-name", NULL, name);
  ippAddString (answer, IPP_TAG_PRINTER, IPP_TAG_TEXT, "printer-info", NULL, said);
  ippAddString (answer, IPP_TAG_PRINTER, IPP_TAG_TEXT, "printer-location", NULL, said);
  ippAddString (answer, IPP_TAG_PRINTER, IPP_TAG_TEXT, "printer-state-message", NULL, said);
  ippAddString (answer, IPP_TAG_PRINTER, IPP_TAG_KEYWORD, "media-source-supported", NULL, said);
  return answer;
}

static WbPrinterInfo *
read_one (ipp_t *answer)
{
  g_autoptr (GPtrArray) all = _wb_cups_read_answer (answer);

  ippDelete (answer);
  return all->len == 1 ? wb_printer_info_copy (g_ptr_array_index (all, 0)) : NULL;
}

static void
test_words (void)
{
  g_autoptr (WbPrinterInfo) info = read_one (make_answer ("Zebra", "Z\xfcrich\r\nfloor \x1b[2J"));
  g_autoptr (WbPrinterInfo) plain = read_one (make_answer ("Zürich", "Zürich"));
  g_autoptr (WbPrinterInfo) empty = read_one (make_answer ("Empty", " \n"));

  g_assert_nonnull (info);
  g_assert_cmpstr (info->title, ==, "Z\xef\xbf\xbdrich  floor  [2J");
  g_assert_cmpstr (info->location, ==, info->title);
  g_assert_cmpstr (info->message, ==, info->title);
  /* what is chosen is said back, so it is there as it is or not at all */
  g_assert_cmpuint (g_strv_length (info->trays), ==, 0);
  g_assert_cmpstr (plain->queue, ==, "Zürich");
  g_assert_cmpstr (plain->location, ==, "Zürich");
  g_assert_cmpstr (plain->trays[0], ==, "Zürich");
  g_assert_cmpstr (empty->title, ==, "Empty");
  g_assert_null (empty->location);
  g_assert_null (read_one (make_answer ("Z\xfcrich", "Zürich")));
  g_assert_null (read_one (make_answer ("", "Zürich")));
}

static void
test_resolution (void)
{
  static const struct
  {
    int x;
    ipp_res_t units;
    guint dpi;
  } cases[] = {
    { 203, IPP_RES_PER_INCH, 203 }, { 80, IPP_RES_PER_CM, 203 },  { 600, IPP_RES_PER_INCH, 600 },        { 60, IPP_RES_PER_INCH, 0 },
    { 0, IPP_RES_PER_INCH, 0 },     { -203, IPP_RES_PER_CM, 0 },  { 2400, IPP_RES_PER_INCH, 0 },         { G_MAXINT, IPP_RES_PER_CM, 0 },
    { G_MININT, IPP_RES_PER_CM, 0 }, { 100, IPP_RES_PER_INCH, 100 }, { 1200, IPP_RES_PER_INCH, 1200 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ipp_t *answer = make_answer ("Zebra", "Zebra");
      g_autoptr (WbPrinterInfo) info = NULL;

      ippAddResolution (answer, IPP_TAG_PRINTER, "printer-resolution-default", cases[i].units, cases[i].x, cases[i].x);
      ippAddResolution (answer, IPP_TAG_PRINTER, "printer-resolution-supported", cases[i].units, cases[i].x, cases[i].x);
      info = read_one (answer);
      g_assert_cmpuint (info->dpi, ==, cases[i].dpi);
      g_assert_cmpuint (info->resolutions != NULL ? info->resolutions->len : 0, ==, cases[i].dpi > 0 ? 1 : 0);
    }
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);

  g_test_add_func ("/cups/words", test_words);
  g_test_add_func ("/cups/resolution", test_resolution);
  return g_test_run ();
}
