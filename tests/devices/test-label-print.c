/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What printers that know only the manuals make of a label in every language, whatever is on it: pictures, letters of any
 * script, and text that means something to a printer.
 */
#include "config.h"

#include <string.h>

#include "devices/wb-device-error.h"
#include "devices/wb-label-draw.h"
#include "devices/wb-label-pdf.h"
#include "tests/core/wb-test-label.h"
#include "tests/devices/wb-test-printer.h"
#include "tests/wb-test.h"

/* ---- Pictures ----------------------------------------------------------------------------------- */

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Black on the left, white on the right, grey in between; twice as wide as high. */
static GBytes *
make_png (void)
{
  g_autoptr (GByteArray) png = g_byte_array_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 120, 60);
  cairo_t *cairo = cairo_create (surface);

  for (int i = 0; i < 3; i++)
    {
      cairo_set_source_rgb (cairo, i / 2.0, i / 2.0, i / 2.0);
      cairo_rectangle (cairo, i * 40, 0, 40, 60);
      cairo_fill (cairo);
    }
  cairo_surface_write_to_png_stream (surface, append_bytes, png);
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (g_steal_pointer (&png));
}

static guint
count_black (const WbLabelBitmap *bitmap, guint x, guint y, guint width, guint height)
{
  guint n = 0;

  for (guint row = y; row < y + height; row++)
    for (guint column = x; column < x + width; column++)
      n += wb_label_bitmap_is_black (bitmap, column, row) ? 1 : 0;
  return n;
}

/* A picture keeps its shape, stands where it should, and its grey is as many dots as it is dark. */
static void
test_pictures (void)
{
  g_autoptr (WbLabel) label = wb_label_new ("picture", WB_LABEL_MM (50), WB_LABEL_MM (40));
  g_autoptr (GBytes) png = make_png ();
  g_autoptr (GBytes) wrong = g_bytes_new_static ("\x89PNG\r\n\x1a\n and nothing that follows", 34);
  g_auto (WbLabelBitmap) bitmap = { 0 };
  g_autoptr (GError) error = NULL;

  /* thirty millimetres of 8 dots; it needs half the height, and stands in the middle of it */
  wb_label_add_image (label, WB_LABEL_MM (10), WB_LABEL_MM (5), WB_LABEL_MM (30), WB_LABEL_MM (30), WB_LABEL_LEFT, png);
  g_assert_true (wb_label_to_bitmap (label, 203, wb_label_rasterise, NULL, &bitmap, &error));
  g_assert_cmpuint (count_black (&bitmap, 0, 0, 400, 98), ==, 0);
  g_assert_cmpuint (count_black (&bitmap, 84, 104, 72, 108), ==, 72 * 108);
  g_assert_cmpuint (count_black (&bitmap, 164, 104, 72, 108), >, 72 * 108 * 45 / 100);
  g_assert_cmpuint (count_black (&bitmap, 164, 104, 72, 108), <, 72 * 108 * 55 / 100);
  g_assert_cmpuint (count_black (&bitmap, 248, 104, 72, 108), ==, 0);
  for (gint language = 0; language < WB_LABEL_N_LANGUAGES; language++)
    {
      g_autoptr (GBytes) job = wb_label_encode (label, (WbLabelLanguage) language, 203, NULL, wb_label_rasterise, NULL, &error);
      g_autoptr (WbTestPrinted) printed = wb_test_print ((WbLabelLanguage) language, job, 203, 400, 320, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (printed->n_bitmaps, >=, 1);
    }
  wb_label_add_image (label, 0, 0, WB_LABEL_MM (10), WB_LABEL_MM (10), WB_LABEL_LEFT, wrong);
  g_assert_null (wb_label_to_pdf (label, &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED);
}

/* ---- Letters ----------------------------------------------------------------------------------- */

/* Names of customers in every script that there is a font for come out as letters, not as boxes. */
static void
test_letters (void)
{
  static const char *const names[] = { "田中 愛子", "王小明", "Μαρία Παπαδοπούλου", "Мария Иванова", "محمد علي", "דוד לוי", "Łukasz Żółć" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      WbLabelElement element = { .kind = WB_LABEL_TEXT, .width_um = WB_LABEL_MM (60), .height_um = WB_LABEL_MM (8),
                                 .text = (char *) names[i] };
      g_autoptr (WbLabel) label = wb_label_new ("name", WB_LABEL_MM (70), WB_LABEL_MM (10));
      g_auto (WbLabelBitmap) bitmap = { 0 };
      g_autoptr (GError) error = NULL;

      g_assert_true (wb_label_rasterise (&element, 203, &bitmap, NULL, &error));
      g_assert_cmpuint (bitmap.height, >, 20);
      wb_label_add_text (label, 0, 0, WB_LABEL_MM (60), WB_LABEL_MM (8), WB_LABEL_LEFT, FALSE, names[i]);
      for (gint language = 0; language < WB_LABEL_N_LANGUAGES; language++)
        {
          g_autoptr (GBytes) job = wb_label_encode (label, (WbLabelLanguage) language, 203, NULL, wb_label_rasterise, NULL, &error);

          g_autoptr (WbTestPrinted) printed = NULL;

          g_assert_no_error (error);
          if (language == WB_LABEL_ZPL)
            {
              const char *zpl = g_bytes_get_data (job, NULL);
              gssize length = (gssize) g_bytes_get_size (job);

              /* Latin, Greek and Cyrillic are its own letters */
              g_assert_true (g_strstr_len (zpl, length, names[i]) != NULL || g_strstr_len (zpl, length, "^GFA") != NULL);
              continue;
            }
          printed = wb_test_print ((WbLabelLanguage) language, job, 203, 600, 100, &error);
          g_assert_no_error (error);
          g_assert_cmpuint (printed->texts->len, ==, 0);
          g_assert_cmpuint (printed->n_bitmaps, >=, 1);
        }
      if (wb_label_draw_count_unknown (names[i]) == 0)
        continue;
      if (g_getenv ("CI") != NULL)
        g_test_fail_printf ("no font here has the letters of “%s”", names[i]);
      else
        g_test_skip ("a font is missing: fonts-droid-fallback, fonts-dejavu-core");
    }
}

/* ---- Hostile text ------------------------------------------------------------------------------ */

/* Pieces that mean something to some printer, and any letters. */
static char *
make_hostile (GRand *rand)
{
  static const char *const pieces[] = {
    "^XZ", "^XA", "^FS", "~JR", "~!T", "\"", "\\", "\\\"", "\nP1\n", "\r\nPRINT 9,9\r\n", "\x1b@", "\x1dV\1", "N\n", "\",",
    "!105", "!", "{C", "{1", "{", ">8", "_5E", "\x01", "\x7f", "\xc2\x85", "ä", "€", "田", "}", "'", "%", "\\[R]", " ", "A1,2,0,1", "\xff",
  };
  GString *text = g_string_new (NULL);
  guint n = (guint) g_rand_int_range (rand, 1, 7);

  for (guint i = 0; i < n; i++)
    {
      if (g_rand_boolean (rand))
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      else
        g_string_append_c (text, (char) g_rand_int_range (rand, ' ', '~'));
    }
  return g_string_free (text, FALSE);
}

/* Each text and code that the printer printed by itself is, to the letter, one of those on the label. */
static void
assert_all_from (const WbLabel *label, GPtrArray *printed)
{
  for (guint i = 0; i < printed->len; i++)
    {
      const char *text = g_ptr_array_index (printed, i);
      gboolean found = FALSE;

      for (guint k = 0; k < label->elements->len && !found; k++)
        found = g_strcmp0 (((WbLabelElement *) g_ptr_array_index (label->elements, k))->text, text) == 0;
      if (!found)
        g_test_message ("“%s” stands on no label", text);
      g_assert_true (found);
    }
}

/* Whatever a customer is called, the job is one label, every command is one the manual has, and what is printed is what the
 * label says. */
static void
test_hostile (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (wb_test_random_seed ());
  guint n_texts = 0;
  guint n_symbols = 0;

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *name = make_hostile (rand);
      g_autofree char *code = make_hostile (rand);
      g_autoptr (WbLabel) label = wb_label_new (name, WB_LABEL_MM (100), WB_LABEL_MM (60));
      WbLabelSymbol symbol = (WbLabelSymbol) g_rand_int_range (rand, 0, WB_LABEL_N_SYMBOLS);

      wb_label_add_text (label, WB_LABEL_MM (1), WB_LABEL_MM (1), WB_LABEL_MM (98), WB_LABEL_MM (3), WB_LABEL_LEFT, i % 2 == 0, name);
      wb_label_add_symbol (label, symbol, WB_LABEL_MM (1), WB_LABEL_MM (6), WB_LABEL_MM (98), WB_LABEL_MM (25), WB_LABEL_LEFT, code, NULL);
      for (gint language = 0; language < WB_LABEL_N_LANGUAGES; language++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (GBytes) job = wb_label_encode (label, (WbLabelLanguage) language, 203, NULL, wb_test_label_rasterise, NULL, &error);
          g_autoptr (WbTestPrinted) printed = NULL;

          g_assert_no_error (error);
          printed = wb_test_print ((WbLabelLanguage) language, job, 203, 64, 64, &error);
          g_assert_no_error (error);
          g_assert_cmpuint (printed->n_labels, ==, 1);
          assert_all_from (label, printed->texts);
          assert_all_from (label, printed->symbols);
          n_texts += printed->texts->len;
          n_symbols += printed->symbols->len;
        }
    }
  g_test_message ("%u texts and %u codes printed by the printers themselves", n_texts, n_symbols);
  g_assert_cmpuint (n_texts, >, 500);
  g_assert_cmpuint (n_symbols, >, 100);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/label-print/pictures", test_pictures);
  g_test_add_func ("/label-print/letters", test_letters);
  g_test_add_func ("/label-print/hostile", test_hostile);
  return g_test_run ();
}
