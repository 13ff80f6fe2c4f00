/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the emulated printers put on paper: boxes, letters, dots and barcodes, with zint and cairo and nothing of ours. */
#include "config.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>
#include <zint.h>

#include "tests/devices/wb-test-code128.h"
#include "tests/devices/wb-test-printer-private.h"

void
wb_test_printer_paint_box (WbTestPrinter *printer, double x, double y, double width, double height)
{
  cairo_rectangle (printer->cairo, x, y, width, height);
  cairo_fill (printer->cairo);
}

/* Letters of a fixed width, as high as the cell. */
void
wb_test_printer_paint_text (WbTestPrinter *printer, const char *latin, double x, double y, double cell, double height)
{
  g_autofree char *text = g_convert (latin, -1, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);

  if (text == NULL)
    {
      wb_test_printer_stop (printer, "text that is not Windows-1252");
      return;
    }
  cairo_select_font_face (printer->cairo, "monospace", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_save (printer->cairo);
  cairo_translate (printer->cairo, x, y + height * 0.8);
  cairo_scale (printer->cairo, cell / 0.6, height);
  cairo_set_font_size (printer->cairo, 1.0);
  cairo_move_to (printer->cairo, 0, 0);
  cairo_show_text (printer->cairo, text);
  cairo_restore (printer->cairo);
  g_ptr_array_add (printer->out->texts, g_steal_pointer (&text));
}

void
wb_test_printer_paint_bits (WbTestPrinter *printer, const guint8 *bits, double x, double y, guint stride, guint rows, gboolean set_is_black)
{
  for (guint row = 0; row < rows; row++)
    for (guint column = 0; column < stride * 8; column++)
      if (((bits[row * stride + column / 8] >> (7 - column % 8)) & 1) == (set_is_black ? 1 : 0))
        cairo_rectangle (printer->cairo, x + column, y + row, 1, 1);
  cairo_fill (printer->cairo);
  printer->out->n_bitmaps++;
}

/* Runs of modules, "211…", bars and spaces in turn; a run of more than one is a wide bar where there are two widths only. */
static double
paint_runs (WbTestPrinter *printer, const char *runs, double x, double y, double narrow, double wide, double height)
{
  for (guint i = 0; runs[i] != '\0'; i++)
    {
      guint modules = (guint) (runs[i] - '0');
      double width = wide > 0 ? (modules > 1 ? wide : narrow) : modules * narrow;

      if (i % 2 == 0)
        wb_test_printer_paint_box (printer, x, y, width, height);
      x += width;
    }
  return x;
}

static char *
runs_of_row (const struct zint_symbol *symbol)
{
  GString *runs = g_string_new (NULL);
  gboolean dark = TRUE;
  guint run = 0;

  for (int i = 0; i <= symbol->width; i++)
    {
      gboolean now = i < symbol->width && ((symbol->encoded_data[0][i / 8] >> (i % 8)) & 1);

      if (now == dark && i < symbol->width)
        run++;
      else
        {
          g_string_append_c (runs, (char) ('0' + run));
          dark = now;
          run = 1;
        }
    }
  return g_string_free (runs, FALSE);
}

/* @wide of 0: the symbology has more than two widths. */
void
wb_test_printer_paint_bars (WbTestPrinter *printer, int symbology, const char *data, double x, double y, double narrow, double wide, double height)
{
  struct zint_symbol *symbol = ZBarcode_Create ();

  symbol->symbology = symbology;
  if (ZBarcode_Encode (symbol, (const unsigned char *) data, 0) >= ZINT_ERROR)
    wb_test_printer_stop (printer, "a barcode of %d that cannot be: “%s” %s", symbology, data, symbol->errtxt);
  else
    {
      g_autofree char *runs = runs_of_row (symbol);

      paint_runs (printer, runs, x, y, narrow, wide, height);
      g_ptr_array_add (printer->out->symbols, g_strdup (data));
    }
  ZBarcode_Delete (symbol);
}

void
wb_test_printer_paint_code_128 (WbTestPrinter *printer, const GArray *words, double x, double y, double module, double height)
{
  g_autofree char *runs = wb_test_code128_runs (words);
  g_autofree char *text = wb_test_code128_text (words);

  if (runs == NULL || text == NULL)
    {
      wb_test_printer_stop (printer, "a Code 128 that cannot be");
      return;
    }
  paint_runs (printer, runs, x, y, module, 0, height);
  g_ptr_array_add (printer->out->symbols, g_steal_pointer (&text));
}

void
wb_test_printer_paint_qr (WbTestPrinter *printer, const char *data, gsize length, double x, double y, double module)
{
  struct zint_symbol *symbol = ZBarcode_Create ();

  symbol->symbology = BARCODE_QRCODE;
  symbol->input_mode = UNICODE_MODE;
  symbol->option_1 = 2;
  if (ZBarcode_Encode (symbol, (const unsigned char *) data, (int) length) >= ZINT_ERROR)
    wb_test_printer_stop (printer, "a QR code that cannot be: %s", symbol->errtxt);
  else
    {
      for (int row = 0; row < symbol->rows; row++)
        for (int column = 0; column < symbol->width; column++)
          if ((symbol->encoded_data[row][column / 8] >> (column % 8)) & 1)
            cairo_rectangle (printer->cairo, x + column * module, y + row * module, module, module);
      cairo_fill (printer->cairo);
      g_ptr_array_add (printer->out->symbols, g_strndup (data, length));
    }
  ZBarcode_Delete (symbol);
}

/* Hexagons and rings as zint's own drawing has them. */
static void
paint_vector (WbTestPrinter *printer, const struct zint_vector *vector, double x, double y, double scale)
{
  for (const struct zint_vector_circle *circle = vector->circles; circle != NULL; circle = circle->next)
    {
      cairo_set_line_width (printer->cairo, circle->width * scale);
      cairo_new_sub_path (printer->cairo);
      cairo_arc (printer->cairo, x + circle->x * scale, y + circle->y * scale, circle->diameter / 2 * scale, 0, 2 * G_PI);
      cairo_stroke (printer->cairo);
    }
  for (const struct zint_vector_hexagon *hexagon = vector->hexagons; hexagon != NULL; hexagon = hexagon->next)
    {
      double radius = hexagon->diameter / sqrt (3) * 0.9 * scale;

      cairo_new_sub_path (printer->cairo);
      for (guint corner = 0; corner < 6; corner++)
        cairo_line_to (printer->cairo, x + hexagon->x * scale + radius * sin (corner * G_PI / 3), y + hexagon->y * scale - radius * cos (corner * G_PI / 3));
      cairo_close_path (printer->cairo);
    }
  cairo_fill (printer->cairo);
}

void
wb_test_printer_paint_maxicode (WbTestPrinter *printer, guint mode, const char *postcode, const char *country, const char *service,
                                const char *message, double x, double y)
{
  struct zint_symbol *symbol = ZBarcode_Create ();
  g_autofree char *trimmed = g_strchomp (g_strdup (postcode));

  symbol->symbology = BARCODE_MAXICODE;
  symbol->input_mode = UNICODE_MODE;
  symbol->option_1 = (int) mode;
  g_snprintf (symbol->primary, sizeof symbol->primary, "%s%s%s", postcode, country, service);
  if ((mode != 2 && mode != 3) || strlen (postcode) != (mode == 2 ? 9u : 6u) || strlen (country) != 3 || strlen (service) != 3 ||
      strlen (message) < 9 || ZBarcode_Encode (symbol, (const unsigned char *) message, 0) >= ZINT_ERROR || ZBarcode_Buffer_Vector (symbol, 0) != 0)
    wb_test_printer_stop (printer, "a MaxiCode that cannot be: %s", symbol->errtxt);
  else
    {
      paint_vector (printer, symbol->vector, x, y, 26.4 / 25.4 * printer->dpi / symbol->vector->width);
      g_ptr_array_add (printer->out->symbols, g_strdup_printf ("%.9s%s\x1d%s\x1d%s\x1d%s", message, trimmed, country, service, message + 9));
    }
  ZBarcode_Delete (symbol);
}
