/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <string.h>
#include <zint.h>

#include "tests/devices/wb-test-code128.h"
#include "tests/devices/wb-test-printer-private.h"

void
wb_test_printer_stop (WbTestPrinter *printer, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (printer->error == NULL)
    printer->error = g_error_new_valist (G_IO_ERROR, G_IO_ERROR_INVALID_DATA, format, args);
  va_end (args);
  printer->at = printer->length;
}

/* ---- Lines of commands ------------------------------------------------------------------------- */

/* Numbers parted by commas, up to what is none. Returns how many. */
guint
wb_test_printer_read_numbers (WbTestPrinter *printer, guint *numbers, guint most)
{
  guint n = 0;

  while (n < most && printer->at < printer->length && g_ascii_isdigit (printer->data[printer->at]))
    {
      guint64 value = 0;

      while (printer->at < printer->length && g_ascii_isdigit (printer->data[printer->at]) && value < 100000)
        value = value * 10 + (guint64) (printer->data[printer->at++] - '0');
      numbers[n++] = (guint) value;
      if (printer->at < printer->length && printer->data[printer->at] == ',')
        printer->at++;
      else
        break;
    }
  return n;
}

/* Up to a comma or the end of the line. */
static char *
read_word (WbTestPrinter *printer)
{
  GString *word = g_string_new (NULL);

  while (printer->at < printer->length && strchr (",\r\n", printer->data[printer->at]) == NULL)
    g_string_append_c (word, (char) printer->data[printer->at++]);
  if (printer->at < printer->length && printer->data[printer->at] == ',')
    printer->at++;
  return g_string_free (word, FALSE);
}

/* @escapes: a backslash before what is meant as it is (EPL2). */
static char *
read_quoted (WbTestPrinter *printer, gboolean escapes)
{
  GString *text = g_string_new (NULL);

  if (printer->at >= printer->length || printer->data[printer->at++] != '"')
    {
      wb_test_printer_stop (printer, "no quote where data begin");
      return g_string_free (text, FALSE);
    }
  while (printer->at < printer->length && printer->data[printer->at] != '"' && printer->data[printer->at] != '\n')
    {
      if (escapes && printer->data[printer->at] == '\\')
        printer->at++;
      if (printer->at < printer->length)
        g_string_append_c (text, (char) printer->data[printer->at++]);
    }
  if (printer->at >= printer->length || printer->data[printer->at++] != '"')
    wb_test_printer_stop (printer, "data without an end");
  if (printer->at < printer->length && printer->data[printer->at] == ',')
    printer->at++;
  return g_string_free (text, FALSE);
}

void
wb_test_printer_expect (WbTestPrinter *printer, const char *text)
{
  gsize length = strlen (text);

  if (printer->length - printer->at < length || memcmp (printer->data + printer->at, text, length) != 0)
    wb_test_printer_stop (printer, "“%.20s” where “%s” should be", (const char *) printer->data + MIN (printer->at, printer->length), text);
  else
    printer->at += length;
}

gboolean
wb_test_printer_starts (const WbTestPrinter *printer, const char *text)
{
  gsize length = strlen (text);

  return printer->length - printer->at >= length && memcmp (printer->data + printer->at, text, length) == 0;
}

static void
read_bits (WbTestPrinter *printer, const guint *place, const char *end)
{
  gsize size = (gsize) place[2] * place[3];

  if (printer->length - printer->at < size)
    {
      wb_test_printer_stop (printer, "a picture without an end");
      return;
    }
  wb_test_printer_paint_bits (printer, printer->data + printer->at, place[0], place[1], place[2], place[3], FALSE);
  printer->at += size;
  wb_test_printer_expect (printer, end);
}

/* ---- EPL2 -------------------------------------------------------------------------------------- */

static void
epl_text (WbTestPrinter *printer, guint dpi)
{
  static const guint cells[2][4][2] = { { { 10, 12 }, { 12, 16 }, { 14, 20 }, { 16, 24 } },
                                        { { 12, 20 }, { 16, 28 }, { 20, 36 }, { 24, 44 } } };
  guint n[6] = { 0 };
  g_autofree char *data = NULL;

  if (wb_test_printer_read_numbers (printer, n, 6) != 6 || n[2] != 0 || n[3] < 1 || n[3] > 4 || n[4] < 1 || n[4] > 8 || n[5] < 1 || n[5] > 9)
    {
      wb_test_printer_stop (printer, "EPL2: A with numbers out of range");
      return;
    }
  wb_test_printer_expect (printer, "N,");
  data = read_quoted (printer, TRUE);
  wb_test_printer_paint_text (printer, data, n[0], n[1], cells[dpi == 300][n[3] - 1][0] * n[4], cells[dpi == 300][n[3] - 1][1] * n[5]);
  wb_test_printer_expect (printer, "\n");
}

static void
epl_bars (WbTestPrinter *printer)
{
  static const struct
  {
    const char *code;
    int symbology;
    gboolean two_widths;
  } codes[] = { { "3", BARCODE_CODE39, TRUE },   { "9", BARCODE_CODE93, FALSE }, { "2", BARCODE_C25INTER, TRUE },
                { "E30", BARCODE_EANX, FALSE },  { "E80", BARCODE_EANX, FALSE }, { "UA0", BARCODE_UPCA, FALSE } };
  guint n[3] = { 0 };
  guint size[3] = { 0 };
  g_autofree char *code = NULL;
  g_autofree char *data = NULL;

  wb_test_printer_read_numbers (printer, n, 3);
  code = read_word (printer);
  if (wb_test_printer_read_numbers (printer, size, 3) != 3 || size[0] < 1 || size[0] > 10 || size[1] < 2 || size[1] > 30)
    wb_test_printer_stop (printer, "EPL2: B with numbers out of range");
  wb_test_printer_expect (printer, "N,");
  data = read_quoted (printer, TRUE);
  wb_test_printer_expect (printer, "\n");
  if (printer->error != NULL)
    return;
  if (strcmp (code, "1") == 0 || strcmp (code, "1E") == 0)
    {
      g_autoptr (GArray) words = wb_test_code128_choose (data, strcmp (code, "1E") == 0);

      wb_test_printer_paint_code_128 (printer, words, n[0], n[1], size[0], size[2]);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (strcmp (code, codes[i].code) == 0)
      {
        wb_test_printer_paint_bars (printer, codes[i].symbology, data, n[0], n[1], size[0], codes[i].two_widths ? size[1] : 0, size[2]);
        return;
      }
  wb_test_printer_stop (printer, "EPL2: there is no barcode “%s”", code);
}

static void
epl_maxicode (WbTestPrinter *printer)
{
  guint n[2] = { 0 };
  guint mode[1] = { 0 };
  g_autofree char *data = NULL;
  g_autofree char *postcode = NULL;
  g_auto (GStrv) parts = NULL;

  wb_test_printer_read_numbers (printer, n, 2);
  wb_test_printer_expect (printer, "M,m");
  wb_test_printer_read_numbers (printer, mode, 1);
  data = read_quoted (printer, TRUE);
  wb_test_printer_expect (printer, "\n");
  if (printer->error != NULL)
    return;
  parts = g_strsplit (data, ",", 4);
  if (g_strv_length (parts) != 4)
    {
      wb_test_printer_stop (printer, "EPL2: b with data of no MaxiCode");
      return;
    }
  postcode = g_strdup_printf ("%-6s", parts[2]);
  wb_test_printer_paint_maxicode (printer, mode[0], postcode, parts[1], parts[0], parts[3], n[0], n[1]);
}

static void
epl_command (WbTestPrinter *printer, guint dpi)
{
  guint n[5] = { 0 };

  if (wb_test_printer_starts (printer, "GW"))
    {
      printer->at += 2;
      wb_test_printer_read_numbers (printer, n, 4);
      read_bits (printer, n, "\n");
    }
  else if (wb_test_printer_starts (printer, "LO"))
    {
      printer->at += 2;
      wb_test_printer_read_numbers (printer, n, 4);
      wb_test_printer_paint_box (printer, n[0], n[1], n[2], n[3]);
      wb_test_printer_expect (printer, "\n");
    }
  else if (wb_test_printer_starts (printer, "X"))
    {
      printer->at++;
      wb_test_printer_read_numbers (printer, n, 5);
      cairo_set_line_width (printer->cairo, n[2]);
      cairo_rectangle (printer->cairo, n[0] + n[2] / 2.0, n[1] + n[2] / 2.0, (double) n[3] - n[0] - n[2], (double) n[4] - n[1] - n[2]);
      cairo_stroke (printer->cairo);
      wb_test_printer_expect (printer, "\n");
    }
  else if (wb_test_printer_starts (printer, "A"))
    {
      printer->at++;
      epl_text (printer, dpi);
    }
  else if (wb_test_printer_starts (printer, "B"))
    {
      printer->at++;
      epl_bars (printer);
    }
  else if (wb_test_printer_starts (printer, "b"))
    {
      printer->at++;
      epl_maxicode (printer);
    }
  else if (wb_test_printer_starts (printer, "P1\n"))
    {
      printer->at += 3;
      printer->out->n_labels++;
    }
  else if (wb_test_printer_starts (printer, "q") || wb_test_printer_starts (printer, "Q") || wb_test_printer_starts (printer, "R"))
    {
      printer->at++;
      wb_test_printer_read_numbers (printer, n, 2);
      wb_test_printer_expect (printer, "\n");
    }
  else if (wb_test_printer_starts (printer, "I8,A,001\n"))
    printer->at += 9;
  else if (wb_test_printer_starts (printer, "ZT\n"))
    printer->at += 3;
  else if (wb_test_printer_starts (printer, "N\n"))
    printer->at += 2;
  else if (wb_test_printer_starts (printer, "\n"))
    printer->at++;
  else
    wb_test_printer_stop (printer, "EPL2: there is no command “%.20s”", (const char *) printer->data + printer->at);
}

/* ---- TSPL -------------------------------------------------------------------------------------- */

static void
tspl_text (WbTestPrinter *printer)
{
  static const guint cells[5][2] = { { 8, 12 }, { 12, 20 }, { 16, 24 }, { 24, 32 }, { 32, 48 } };
  guint n[2] = { 0 };
  guint more[3] = { 0 };
  g_autofree char *font = NULL;
  g_autofree char *data = NULL;

  wb_test_printer_read_numbers (printer, n, 2);
  font = read_quoted (printer, FALSE);
  wb_test_printer_read_numbers (printer, more, 3);
  data = read_quoted (printer, FALSE);
  if (strlen (font) != 1 || font[0] < '1' || font[0] > '5' || more[0] != 0 || more[1] < 1 || more[1] > 10 || more[2] < 1 || more[2] > 10)
    wb_test_printer_stop (printer, "TSPL: TEXT with what is out of range");
  else
    wb_test_printer_paint_text (printer, data, n[0], n[1], cells[font[0] - '1'][0] * more[1], cells[font[0] - '1'][1] * more[2]);
}

static void
tspl_bars (WbTestPrinter *printer)
{
  static const struct
  {
    const char *code;
    int symbology;
    gboolean two_widths;
  } codes[] = { { "39", BARCODE_CODE39, TRUE },    { "93", BARCODE_CODE93, FALSE }, { "25", BARCODE_C25INTER, TRUE },
                { "EAN13", BARCODE_EANX, FALSE },  { "EAN8", BARCODE_EANX, FALSE }, { "UPCA", BARCODE_UPCA, FALSE } };
  guint n[2] = { 0 };
  guint more[5] = { 0 };
  g_autofree char *code = NULL;
  g_autofree char *data = NULL;

  wb_test_printer_read_numbers (printer, n, 2);
  code = read_quoted (printer, FALSE);
  if (wb_test_printer_read_numbers (printer, more, 5) != 5 || more[1] != 0 || more[2] != 0 || more[3] < 1)
    wb_test_printer_stop (printer, "TSPL: BARCODE with what is out of range");
  data = read_quoted (printer, FALSE);
  if (printer->error != NULL)
    return;
  if (strcmp (code, "128M") == 0)
    {
      g_autoptr (GArray) words = wb_test_code128_by_hand (data);

      wb_test_printer_paint_code_128 (printer, words, n[0], n[1], more[3], more[0]);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (strcmp (code, codes[i].code) == 0)
      {
        wb_test_printer_paint_bars (printer, codes[i].symbology, data, n[0], n[1], more[3], codes[i].two_widths ? more[4] : 0, more[0]);
        return;
      }
  wb_test_printer_stop (printer, "TSPL: there is no barcode “%s”", code);
}

static void
tspl_qr (WbTestPrinter *printer)
{
  guint n[2] = { 0 };
  guint cell[1] = { 0 };
  g_autofree char *data = NULL;

  wb_test_printer_read_numbers (printer, n, 2);
  wb_test_printer_expect (printer, "M,");
  wb_test_printer_read_numbers (printer, cell, 1);
  wb_test_printer_expect (printer, "A,0,");
  data = read_quoted (printer, FALSE);
  if (cell[0] < 1 || cell[0] > 10)
    wb_test_printer_stop (printer, "TSPL: QRCODE with what is out of range");
  else
    wb_test_printer_paint_qr (printer, data, strlen (data), n[0], n[1], cell[0]);
}

static void
tspl_maxicode (WbTestPrinter *printer)
{
  guint n[5] = { 0 };
  guint zip[2] = { 0 };
  g_autofree char *postcode = NULL;
  g_autofree char *message = NULL;
  g_autofree char *country = NULL;
  g_autofree char *service = NULL;

  wb_test_printer_read_numbers (printer, n, 5);
  country = g_strdup_printf ("%03u", n[4]);
  service = g_strdup_printf ("%03u", n[3]);
  if (n[2] == 2)
    {
      wb_test_printer_read_numbers (printer, zip, 2);
      postcode = g_strdup_printf ("%05u%04u", zip[0], zip[1]);
    }
  else
    postcode = read_quoted (printer, FALSE);
  message = read_quoted (printer, FALSE);
  if (printer->error == NULL)
    wb_test_printer_paint_maxicode (printer, n[2], postcode, country, service, message, n[0], n[1]);
}

static void
tspl_command (WbTestPrinter *printer)
{
  static const char *const settings[] = { "SIZE ", "GAP ", "DIRECTION ", "REFERENCE ", "CODEPAGE 1252", "CLS" };
  guint n[5] = { 0 };

  if (wb_test_printer_starts (printer, "BITMAP "))
    {
      printer->at += 7;
      if (wb_test_printer_read_numbers (printer, n, 5) != 5)
        wb_test_printer_stop (printer, "TSPL: BITMAP without its numbers");
      read_bits (printer, n, "\r\n");
      return;
    }
  if (wb_test_printer_starts (printer, "TEXT "))
    {
      printer->at += 5;
      tspl_text (printer);
    }
  else if (wb_test_printer_starts (printer, "BARCODE "))
    {
      printer->at += 8;
      tspl_bars (printer);
    }
  else if (wb_test_printer_starts (printer, "QRCODE "))
    {
      printer->at += 7;
      tspl_qr (printer);
    }
  else if (wb_test_printer_starts (printer, "MAXICODE "))
    {
      printer->at += 9;
      tspl_maxicode (printer);
    }
  else if (wb_test_printer_starts (printer, "BAR "))
    {
      printer->at += 4;
      wb_test_printer_read_numbers (printer, n, 4);
      wb_test_printer_paint_box (printer, n[0], n[1], n[2], n[3]);
    }
  else if (wb_test_printer_starts (printer, "BOX "))
    {
      printer->at += 4;
      wb_test_printer_read_numbers (printer, n, 5);
      cairo_set_line_width (printer->cairo, n[4]);
      cairo_rectangle (printer->cairo, n[0] + n[4] / 2.0, n[1] + n[4] / 2.0, (double) n[2] - n[0] - n[4], (double) n[3] - n[1] - n[4]);
      cairo_stroke (printer->cairo);
    }
  else if (wb_test_printer_starts (printer, "PRINT 1,1"))
    {
      printer->at += 9;
      printer->out->n_labels++;
    }
  else
    for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
      if (wb_test_printer_starts (printer, settings[i]))
        {
          while (printer->at < printer->length && printer->data[printer->at] != '\r')
            printer->at++;
          break;
        }
  if (printer->error == NULL)
    wb_test_printer_expect (printer, "\r\n");
}

/* ---- ESC/POS ----------------------------------------------------------------------------------- */

typedef struct
{
  WbTestPrinter *printer;
  GString *line;
  GString *square;
  guint x;
  guint y;
  guint margin;
  guint across;
  guint up;
  guint bar_height;
  guint module;
  guint square_module;
} Roll;

static guint
take (WbTestPrinter *printer)
{
  if (printer->at < printer->length)
    return printer->data[printer->at++];
  wb_test_printer_stop (printer, "ESC/POS: a command without an end");
  return 0;
}

static guint
take_word (WbTestPrinter *printer)
{
  guint low = take (printer);

  return low + take (printer) * 256;
}

static void
escpos_bars (Roll *roll)
{
  static const struct
  {
    guint code;
    int symbology;
    gboolean two_widths;
  } codes[] = { { 65, BARCODE_UPCA_CHK, FALSE }, { 67, BARCODE_EANX_CHK, FALSE }, { 68, BARCODE_EANX_CHK, FALSE },
                { 69, BARCODE_CODE39, TRUE },    { 70, BARCODE_C25INTER, TRUE },  { 71, BARCODE_CODABAR, TRUE },
                { 72, BARCODE_CODE93, FALSE } };
  WbTestPrinter *printer = roll->printer;
  guint code = take (printer);
  guint length = take (printer);
  g_autofree char *data = NULL;

  if (roll->line->len > 0 || printer->length - printer->at < length || roll->module < 2 || roll->module > 6 || roll->bar_height == 0)
    {
      wb_test_printer_stop (printer, "ESC/POS: GS k where it is not taken");
      return;
    }
  data = g_malloc0 (length + 1);
  memcpy (data, printer->data + printer->at, length);
  printer->at += length;
  if (code == 73)
    {
      g_autoptr (GArray) words = wb_test_code128_by_braces (data, length);

      wb_test_printer_paint_code_128 (printer, words, roll->margin, roll->y, roll->module, roll->bar_height);
      roll->y += roll->bar_height;
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i].code == code)
      {
        wb_test_printer_paint_bars (printer, codes[i].symbology, data, roll->margin, roll->y, roll->module,
                    codes[i].two_widths ? roll->module * 2.5 : 0, roll->bar_height);
        roll->y += roll->bar_height;
        return;
      }
  wb_test_printer_stop (printer, "ESC/POS: GS k has no %u", code);
}

static void
escpos_square (Roll *roll)
{
  WbTestPrinter *printer = roll->printer;
  guint length = take_word (printer);
  guint kind = take (printer);
  guint function = take (printer);

  if (kind != 49 || printer->length - printer->at < length - 2)
    wb_test_printer_stop (printer, "ESC/POS: GS ( k of a kind or length that is none");
  else if (function == 67)
    roll->square_module = printer->data[printer->at];
  else if (function == 80)
    {
      g_string_truncate (roll->square, 0);
      g_string_append_len (roll->square, (const char *) printer->data + printer->at + 1, length - 3);
    }
  else if (function == 81)
    wb_test_printer_paint_qr (printer, roll->square->str, roll->square->len, roll->margin, roll->y, roll->square_module);
  if (printer->error == NULL)
    printer->at += length - 2;
}

static void
escpos_rows (Roll *roll)
{
  WbTestPrinter *printer = roll->printer;
  guint mode = take (printer);
  guint stride = take_word (printer);
  guint rows = take_word (printer);

  if (mode != 0 || roll->line->len > 0 || printer->length - printer->at < (gsize) stride * rows)
    {
      wb_test_printer_stop (printer, "ESC/POS: GS v 0 where it is not taken");
      return;
    }
  wb_test_printer_paint_bits (printer, printer->data + printer->at, roll->margin, roll->y, stride, rows, TRUE);
  printer->at += (gsize) stride * rows;
  roll->y += rows;
}

static void
escpos_line (Roll *roll)
{
  if (roll->line->len > 0)
    wb_test_printer_paint_text (roll->printer, roll->line->str, roll->margin + roll->x, roll->y, 12.0 * roll->across, 24.0 * roll->up);
  roll->y += 24 * roll->up;
  roll->x = 0;
  g_string_truncate (roll->line, 0);
}

static void
escpos_gs (Roll *roll)
{
  WbTestPrinter *printer = roll->printer;
  guint command = take (printer);
  guint value = 0;

  if (command == 'v' && take (printer) == '0')
    escpos_rows (roll);
  else if (command == 'k')
    escpos_bars (roll);
  else if (command == '(' && take (printer) == 'k')
    escpos_square (roll);
  else if (command == 'L')
    roll->margin = take_word (printer);
  else if (command == 'P')
    take_word (printer);
  else if (command == '!')
    {
      value = take (printer);
      roll->across = (value >> 4) + 1;
      roll->up = (value & 15) + 1;
    }
  else if (command == 'h')
    roll->bar_height = take (printer);
  else if (command == 'w')
    roll->module = take (printer);
  else if (command == 'H')
    take (printer);
  else if (command == 'V')
    {
      take_word (printer);
      printer->out->n_labels++;
    }
  else
    wb_test_printer_stop (printer, "ESC/POS: there is no GS %u", command);
}

static void
escpos_esc (Roll *roll)
{
  WbTestPrinter *printer = roll->printer;
  guint command = take (printer);

  if (command == '$')
    roll->x = take_word (printer);
  else if (command == 't' || command == '3' || command == 'E')
    take (printer);
  else if (command != '@')
    wb_test_printer_stop (printer, "ESC/POS: there is no ESC %u", command);
}

static void
print_escpos (WbTestPrinter *printer)
{
  Roll roll = { .printer = printer, .line = g_string_new (NULL), .square = g_string_new (NULL), .across = 1, .up = 1 };

  while (printer->at < printer->length)
    {
      guint byte = take (printer);

      if (byte == 0x1b)
        escpos_esc (&roll);
      else if (byte == 0x1d)
        escpos_gs (&roll);
      else if (byte == '\n')
        escpos_line (&roll);
      else if (byte < ' ')
        wb_test_printer_stop (printer, "ESC/POS: a control character %u", byte);
      else
        g_string_append_c (roll.line, (char) byte);
    }
  if (printer->error == NULL && roll.line->len > 0)
    wb_test_printer_stop (printer, "ESC/POS: text that does not come out");
  g_string_free (roll.line, TRUE);
  g_string_free (roll.square, TRUE);
}

/* ---- A job ------------------------------------------------------------------------------------- */

WbTestPrinted *
wb_test_print (WbLabelLanguage language, GBytes *job, guint dpi, guint width, guint height, GError **error)
{
  g_autoptr (WbTestPrinted) out = g_new0 (WbTestPrinted, 1);
  WbTestPrinter printer = { .out = out, .dpi = dpi };

  out->texts = g_ptr_array_new_with_free_func (g_free);
  out->symbols = g_ptr_array_new_with_free_func (g_free);
  out->paper = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  printer.cairo = cairo_create (out->paper);
  cairo_set_antialias (printer.cairo, CAIRO_ANTIALIAS_NONE);
  cairo_set_source_rgb (printer.cairo, 1, 1, 1);
  cairo_paint (printer.cairo);
  cairo_set_source_rgb (printer.cairo, 0, 0, 0);
  printer.data = g_bytes_get_data (job, &printer.length);
  if (language == WB_LABEL_ESCPOS)
    print_escpos (&printer);
  while (printer.at < printer.length)
    {
      if (language == WB_LABEL_ZPL)
        wb_test_printer_zpl_command (&printer);
      else if (language == WB_LABEL_EPL)
        epl_command (&printer, dpi);
      else
        tspl_command (&printer);
    }
  cairo_destroy (printer.cairo);
  if (printer.error == NULL)
    return g_steal_pointer (&out);
  g_propagate_error (error, printer.error);
  return NULL;
}

void
wb_test_printed_free (WbTestPrinted *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->paper, cairo_surface_destroy);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  g_clear_pointer (&self->symbols, g_ptr_array_unref);
  g_free (self);
}
