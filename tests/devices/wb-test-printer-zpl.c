/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ZPL II, as far as labels use it. Squares are taken but not painted: zpl-renderer-js does that. */
#include "config.h"

#include <string.h>
#include <zint.h>

#include "tests/devices/wb-test-code128.h"
#include "tests/devices/wb-test-printer-private.h"

/* What stands between ^FD and ^FS; after ^FH_ two digits behind an underscore are a byte. */
static char *
read_field (WbTestPrinter *printer)
{
  GString *text = g_string_new (NULL);

  while (printer->at < printer->length && printer->data[printer->at] != '^' && printer->error == NULL)
    {
      guint8 byte = printer->data[printer->at++];

      if (byte == '~' || byte < ' ')
        wb_test_printer_stop (printer, "ZPL: a command within a field");
      else if (byte != '_')
        g_string_append_c (text, (char) byte);
      else if (printer->length - printer->at >= 2 && g_ascii_isxdigit (printer->data[printer->at]) &&
               g_ascii_isxdigit (printer->data[printer->at + 1]))
        {
          g_string_append_c (text, (char) (g_ascii_xdigit_value ((char) printer->data[printer->at]) * 16 +
                                           g_ascii_xdigit_value ((char) printer->data[printer->at + 1])));
          printer->at += 2;
        }
      else
        wb_test_printer_stop (printer, "ZPL: an underscore without its digits");
    }
  wb_test_printer_expect (printer, "^FS");
  return g_string_free (text, FALSE);
}

/* ">:" begins set B, ">;" C; ">8" is FNC1 and ">0" the bracket itself. */
static GArray *
code_128_words (const char *data)
{
  GString *by_hand = g_string_new (NULL);
  GArray *words = NULL;

  for (const char *c = data; *c != '\0'; c++)
    {
      if (*c == '!')
        g_string_append (by_hand, "!001");
      else if (*c != '>' || c[1] == '\0')
        g_string_append_c (by_hand, *c);
      else
        {
          c++;
          g_string_append (by_hand, *c == ':' ? "!104" : *c == ';' ? "!105" : *c == '8' ? "!102" : ">");
        }
    }
  words = wb_test_code128_by_hand (by_hand->str);
  g_string_free (by_hand, TRUE);
  return words;
}

/* The data of ^BX with "@" as control character: "@1" is FNC1, the first of which says only that it is GS1. */
static char *
datamatrix_text (WbTestPrinter *printer, const char *data)
{
  GString *text = g_string_new (NULL);

  for (const char *c = data; *c != '\0'; c++)
    {
      if (*c != '@')
        g_string_append_c (text, *c);
      else if (*++c != '1')
        {
          wb_test_printer_stop (printer, "ZPL: ^BX has no @%c", *c);
          break;
        }
      else if (c > data + 1)
        g_string_append_c (text, '\x1d');
    }
  return g_string_free (text, FALSE);
}

/* Service and country, three digits each, the postcode, and the message. */
static void
put_maxicode (WbTestPrinter *printer, const char *data)
{
  guint mode = (guint) (printer->code[2] - '0');
  int length = mode == 2 ? 9 : 6;
  g_autofree char *service = g_strndup (data, 3);
  g_autofree char *country = NULL;
  g_autofree char *postcode = NULL;

  if (strlen (data) < 20)
    {
      wb_test_printer_stop (printer, "ZPL: ^BD with data of no MaxiCode");
      return;
    }
  country = g_strndup (data + 3, 3);
  postcode = g_strndup (data + 6, (gsize) length);
  wb_test_printer_paint_maxicode (printer, mode, postcode, country, service, data + 6 + length, printer->x, printer->y);
}

static void
put_code (WbTestPrinter *printer, const char *data)
{
  static const struct
  {
    const char *code;
    int symbology;
    gboolean two_widths;
  } codes[] = { { "B3N", BARCODE_CODE39, TRUE }, { "BAN", BARCODE_CODE93, FALSE }, { "B2N", BARCODE_C25INTER, TRUE },
                { "BEN", BARCODE_EANX, FALSE },  { "B8N", BARCODE_EANX, FALSE },   { "BUN", BARCODE_UPCA, FALSE } };
  g_autofree char *whole = g_strdup_printf ("%c%s%c", printer->ends[0], data, printer->ends[1]);

  if (strcmp (printer->code, "BCN") == 0)
    {
      g_autoptr (GArray) words = code_128_words (data);

      wb_test_printer_paint_code_128 (printer, words, printer->x, printer->y, printer->module, printer->height);
    }
  else if (strcmp (printer->code, "BKN") == 0)
    wb_test_printer_paint_bars (printer, BARCODE_CODABAR, whole, printer->x, printer->y, printer->module,
                                printer->module * printer->ratio, printer->height);
  else if (strcmp (printer->code, "BQN") == 0)
    g_ptr_array_add (printer->out->symbols, g_strdup (g_str_has_prefix (data, "MA,") ? data + 3 : "no MA,"));
  else if (g_str_has_prefix (printer->code, "BD"))
    put_maxicode (printer, data);
  else if (strcmp (printer->code, "BXN") == 0)
    g_ptr_array_add (printer->out->symbols, datamatrix_text (printer, data));
  else
    for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
      if (strcmp (printer->code, codes[i].code) == 0)
        wb_test_printer_paint_bars (printer, codes[i].symbology, data, printer->x, printer->y, printer->module,
                                    codes[i].two_widths ? printer->module * printer->ratio : 0, printer->height);
}

static void
zpl_field (WbTestPrinter *printer)
{
  g_autofree char *text = read_field (printer);

  if (printer->error != NULL)
    return;
  if (*printer->code != '\0')
    put_code (printer, text);
  else
    {
      /* font 0 has no fixed width: only where it stands, and that it is the text */
      wb_test_printer_paint_box (printer, printer->x, printer->y + printer->letter_height, 8, 1);
      g_ptr_array_add (printer->out->texts, g_strdup (text));
    }
  printer->code[0] = '\0';
}

/* ^B and its letter, orientation N, and what is told beside: no line of text below, and for some the height. */
static void
zpl_code (WbTestPrinter *printer)
{
  static const char *const tails[] = { "N,N,N,N", "N,N,N", "N,N" };
  guint n[1] = { 0 };

  memcpy (printer->code, printer->data + printer->at + 1, 3);
  printer->code[3] = '\0';
  printer->at += 4;
  if (g_str_has_prefix (printer->code, "BD"))
    {
      wb_test_printer_expect (printer, ",1,1");
      return;
    }
  if (strcmp (printer->code, "BQN") == 0)
    {
      wb_test_printer_expect (printer, ",2,");
      wb_test_printer_read_numbers (printer, n, 1);
      return;
    }
  wb_test_printer_expect (printer, wb_test_printer_starts (printer, ",N,") ? ",N," : ",");
  wb_test_printer_read_numbers (printer, n, 1);
  if (strcmp (printer->code, "BXN") == 0)
    {
      wb_test_printer_expect (printer, "200,,,,@");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
    if (wb_test_printer_starts (printer, tails[i]))
      {
        printer->at += strlen (tails[i]);
        break;
      }
  if (strcmp (printer->code, "BKN") == 0 && printer->length - printer->at > 4)
    {
      wb_test_printer_expect (printer, ",");
      printer->ends[0] = (char) printer->data[printer->at];
      printer->ends[1] = (char) printer->data[printer->at + 2];
      printer->at += 3;
    }
}

/* ^GFA with hexadecimal digits. */
static void
zpl_picture (WbTestPrinter *printer)
{
  guint n[3] = { 0 };
  g_autofree guint8 *bits = NULL;

  printer->at += 5;
  wb_test_printer_read_numbers (printer, n, 3);
  if (n[0] != n[1] || n[2] == 0 || n[0] % n[2] != 0 || printer->length - printer->at < (gsize) n[0] * 2)
    {
      wb_test_printer_stop (printer, "ZPL: ^GF with numbers that do not fit");
      return;
    }
  bits = g_malloc0 (n[0]);
  for (guint i = 0; i < n[0] * 2; i++)
    bits[i / 2] = (guint8) (bits[i / 2] << 4 | (g_ascii_xdigit_value ((char) printer->data[printer->at + i]) & 15));
  printer->at += n[0] * 2;
  wb_test_printer_paint_bits (printer, bits, printer->x, printer->y, n[2], n[0] / n[2], TRUE);
  wb_test_printer_expect (printer, "^FS");
}

static void
zpl_box (WbTestPrinter *printer)
{
  guint n[3] = { 0 };

  printer->at += 3;
  wb_test_printer_read_numbers (printer, n, 3);
  wb_test_printer_paint_box (printer, printer->x, printer->y, n[0], n[2]);
  wb_test_printer_paint_box (printer, printer->x, printer->y + n[1] - n[2], n[0], n[2]);
  wb_test_printer_paint_box (printer, printer->x, printer->y, n[2], n[1]);
  wb_test_printer_paint_box (printer, printer->x + n[0] - n[2], printer->y, n[2], n[1]);
  wb_test_printer_expect (printer, "^FS");
}

void
wb_test_printer_zpl_command (WbTestPrinter *printer)
{
  static const char *const fixed[] = { "^XA", "^CI28", "^LH0,0", "^PON", "^PQ1,0,1,N", "\n" };
  guint n[3] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    if (wb_test_printer_starts (printer, fixed[i]))
      {
        printer->at += strlen (fixed[i]);
        return;
      }
  if (wb_test_printer_starts (printer, "^FH_^FD"))
    {
      printer->at += 7;
      zpl_field (printer);
    }
  else if (wb_test_printer_starts (printer, "^FO") || wb_test_printer_starts (printer, "^BY"))
    {
      gboolean is_place = wb_test_printer_starts (printer, "^FO");

      printer->at += 3;
      wb_test_printer_read_numbers (printer, n, 3);
      if (is_place)
        {
          printer->x = n[0];
          printer->y = n[1];
          return;
        }
      printer->module = n[0];
      printer->ratio = n[1];
      printer->height = n[2];
    }
  else if (wb_test_printer_starts (printer, "^A0N,"))
    {
      printer->at += 5;
      wb_test_printer_read_numbers (printer, n, 2);
      printer->letter_height = n[0];
    }
  else if (wb_test_printer_starts (printer, "^FB"))
    {
      printer->at += 3;
      wb_test_printer_read_numbers (printer, n, 3);
      wb_test_printer_expect (printer, "C");
    }
  else if (wb_test_printer_starts (printer, "^PW") || wb_test_printer_starts (printer, "^LL"))
    {
      printer->at += 3;
      wb_test_printer_read_numbers (printer, n, 1);
    }
  else if (wb_test_printer_starts (printer, "^GFA,"))
    zpl_picture (printer);
  else if (wb_test_printer_starts (printer, "^GB"))
    zpl_box (printer);
  else if (wb_test_printer_starts (printer, "^B") && printer->length - printer->at > 8)
    zpl_code (printer);
  else if (wb_test_printer_starts (printer, "^XZ"))
    {
      printer->at += 3;
      printer->out->n_labels++;
    }
  else
    wb_test_printer_stop (printer, "ZPL: there is no command “%.20s”", (const char *) printer->data + printer->at);
}
