/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies in a label printer: as text, whether a label fits, and what each language makes of it. */
#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-label-language.h"
#include "tests/wb-test.h"

static void
test_text (void)
{
  static const struct
  {
    const char *text;
    WbLabelMedia media;
  } cases[] = {
    { "gap 101.6x152.4 3", { WB_LABEL_FEED_GAP, 101600, 152400, 3000 } },
    { "gap 57x32 2.5", { WB_LABEL_FEED_GAP, 57000, 32000, 2500 } },
    { "mark 100.125x50 4", { WB_LABEL_FEED_MARK, 100125, 50000, 4000 } },
    { "continuous 80", { WB_LABEL_FEED_CONTINUOUS, 80000, 0, 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *back = NULL;
      WbLabelMedia media = { 0 };

      g_assert_true (wb_label_media_parse (cases[i].text, &media, &error));
      g_assert_no_error (error);
      g_assert_cmpmem (&media, sizeof media, &cases[i].media, sizeof media);
      back = wb_label_media_to_string (&media);
      g_assert_cmpstr (back, ==, cases[i].text);
    }
}

static void
test_wrong (void)
{
  static const struct
  {
    const char *text;
    WbError code;
  } cases[] = {
    { "", WB_ERROR_INVALID },
    { "gap", WB_ERROR_INVALID },
    { "gap 100x50", WB_ERROR_INVALID },
    { "gap 100x50 3 3", WB_ERROR_INVALID },
    { "gap 100 3", WB_ERROR_INVALID },
    { "gap 100,5x50 3", WB_ERROR_INVALID },
    { "gap 100.x50 3", WB_ERROR_INVALID },
    { "gap 100.1234x50 3", WB_ERROR_INVALID },
    { "gap -100x50 3", WB_ERROR_INVALID },
    { "gap 100x50x3 3", WB_ERROR_INVALID },
    { "gap 99999999999x50 3", WB_ERROR_INVALID },
    { "continuous 80 3", WB_ERROR_INVALID },
    { "roll 80", WB_ERROR_INVALID },
    { "gap 0x50 3", WB_ERROR_LIMIT },
    { "gap 100x50 0", WB_ERROR_LIMIT },
    { "gap 251x50 3", WB_ERROR_LIMIT },
    { "mark 100x1001 3", WB_ERROR_LIMIT },
    { "mark 100x50 31", WB_ERROR_LIMIT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      WbLabelMedia media = { WB_LABEL_FEED_MARK, 1, 2, 3 };

      g_test_message ("“%s”", cases[i].text);
      g_assert_false (wb_label_media_parse (cases[i].text, &media, &error));
      g_assert_error (error, WB_ERROR, (int) cases[i].code);
      g_assert_cmpuint (media.width_um, ==, 1);
    }
}

static void
test_takes (void)
{
  static const struct
  {
    const char *media;
    const char *says; /* NULL: it fits */
  } cases[] = {
    { "gap 100x50 3", NULL },
    { "gap 99.5x49.5 3", NULL },
    { "gap 99.4x50 3", "the label has 100 × 50 mm and those in the printer have 99.4 × 50 mm" },
    { "mark 100x49 3", "the label has 100 × 50 mm and those in the printer have 100 × 49 mm" },
    { "continuous 104", NULL },
    { "continuous 62", "the label has 100 × 50 mm and the roll in the printer is 62 mm wide" },
  };
  g_autoptr (WbLabel) label = wb_label_new ("a label", WB_LABEL_MM (100), WB_LABEL_MM (50));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      WbLabelMedia media = { 0 };

      g_assert_true (wb_label_media_parse (cases[i].media, &media, NULL));
      g_assert_cmpint (wb_label_media_takes (&media, label, &error), ==, cases[i].says == NULL);
      g_assert_cmpstr (error != NULL ? error->message : NULL, ==, cases[i].says);
    }
}

/* Who is not told looks for a gap, or does as it was set. */
static void
test_languages (void)
{
  static const struct
  {
    WbLabelLanguage language;
    const char *media;
    const char *says;
    const char *not;
  } cases[] = {
    { WB_LABEL_ZPL, NULL, "^PON^PW456^LL256\n", "^MN" },
    { WB_LABEL_ZPL, "gap 100x50 3", "^PON^MNY^PW456^LL400\n", NULL },
    { WB_LABEL_ZPL, "mark 100x50 3", "^MNM^PW456^LL400\n", NULL },
    { WB_LABEL_ZPL, "continuous 62", "^MNN^PW456^LL256\n", NULL },
    { WB_LABEL_EPL, NULL, "\nq456\nQ256,24\n", NULL },
    { WB_LABEL_EPL, "gap 100x50 2.5", "\nQ400,20\n", NULL },
    { WB_LABEL_EPL, "gap 100x50 1", "\nQ400,16\n", NULL },
    { WB_LABEL_EPL, "mark 100x50 4", "\nQ400,B32\n", NULL },
    { WB_LABEL_EPL, "continuous 62", "\nQ256,0\n", NULL },
    { WB_LABEL_TSPL, NULL, "SIZE 57.0 mm,32.0 mm\r\nGAP 3 mm,0 mm\r\n", NULL },
    { WB_LABEL_TSPL, "gap 101.6x152.4 2.5", "SIZE 101.6 mm,152.4 mm\r\nGAP 2.5 mm,0 mm\r\n", NULL },
    { WB_LABEL_TSPL, "mark 100x50 4", "SIZE 100.0 mm,50.0 mm\r\nBLINE 4 mm,0 mm\r\n", "GAP" },
    { WB_LABEL_TSPL, "continuous 62", "SIZE 62.0 mm,32.0 mm\r\nGAP 0 mm,0 mm\r\n", NULL },
  };
  g_autoptr (WbLabel) label = wb_label_new ("a label", WB_LABEL_MM (57), WB_LABEL_MM (32));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) job = NULL;
      g_autofree char *text = NULL;
      WbLabelMedia media = { 0 };

      if (cases[i].media != NULL)
        g_assert_true (wb_label_media_parse (cases[i].media, &media, NULL));
      job = wb_label_encode (label, cases[i].language, 203, cases[i].media != NULL ? &media : NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      text = g_strndup (g_bytes_get_data (job, NULL), g_bytes_get_size (job));
      g_test_message ("%s: %s", cases[i].media, text);
      g_assert_nonnull (strstr (text, cases[i].says));
      if (cases[i].not != NULL)
        g_assert_null (strstr (text, cases[i].not));
    }
}

/* What is larger than the labels in the printer would be cut off, or spoil the next one: it is not printed, in no language. */
static void
test_too_large (void)
{
  g_autoptr (WbLabel) label = wb_label_new ("a label", WB_LABEL_MM (100), WB_LABEL_MM (50));
  WbLabelMedia media = { WB_LABEL_FEED_GAP, WB_LABEL_MM (57), WB_LABEL_MM (32), WB_LABEL_MM (3) };

  for (int language = 0; language < WB_LABEL_N_LANGUAGES; language++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (wb_label_encode (label, (WbLabelLanguage) language, 203, &media, NULL, NULL, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_LIMIT);
    }
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);

  g_test_add_func ("/label-media/text", test_text);
  g_test_add_func ("/label-media/wrong", test_wrong);
  g_test_add_func ("/label-media/takes", test_takes);
  g_test_add_func ("/label-media/languages", test_languages);
  g_test_add_func ("/label-media/too-large", test_too_large);
  return g_test_run ();
}
