/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-label-zpl.h"

/* ^BY and ^BQ take no wider module than this; at 600 dots an inch a symbol then is a little smaller than laid out. */
#define MAX_MODULE_DOTS 10

/* The printer's font 0 is about this wide for its height, in hundredths; used to narrow what would not fit. */
#define UPPER_WIDTH 64
#define LOWER_WIDTH 52
#define THIN_WIDTH 30

typedef struct
{
  GString *zpl;
  guint dpi;
  WbLabelRasteriser rasterise;
  gpointer user_data;
} Writer;

static guint
to_dots (const Writer *writer, guint um)
{
  return wb_label_dots (um, writer->dpi);
}

/* What is special to the printer goes as hexadecimal; ^FH_ announces that. */
static void
append_field (GString *zpl, const char *text)
{
  g_string_append (zpl, "^FH_^FD");
  for (const guchar *c = (const guchar *) text; *c != '\0'; c++)
    {
      if (*c == '^' || *c == '~' || *c == '_' || *c == '\\' || *c < ' ' || *c == 0x7f)
        g_string_append_printf (zpl, "_%02X", *c);
      else
        g_string_append_c (zpl, (char) *c);
    }
  g_string_append (zpl, "^FS\n");
}

/* Latin with its extensions, Greek and Cyrillic, and the signs of common typography. */
static gboolean
printer_has_letters (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (letter > 0x24f && !(letter >= 0x386 && letter <= 0x3ce) && !(letter >= 0x400 && letter <= 0x45f) &&
          !(letter >= 0x2013 && letter <= 0x2026) && letter != 0x20ac)
        return FALSE;
    }
  return TRUE;
}

static guint
estimate_width (const char *text, guint height)
{
  guint64 hundredths = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (letter < 128 && strchr (" .,:;!'|iljtf()[]", (int) letter) != NULL)
        hundredths += THIN_WIDTH;
      else
        hundredths += g_unichar_isupper (letter) || g_unichar_isdigit (letter) ? UPPER_WIDTH : LOWER_WIDTH;
    }
  return (guint) (hundredths * height / 100);
}

static gboolean
append_bitmap (Writer *writer, const WbLabelElement *element, GError **error)
{
  g_auto (WbLabelBitmap) bitmap = { 0 };
  guint row = 0;
  guint total = 0;

  if (!wb_label_rasterise_element (element, writer->dpi, writer->rasterise, writer->user_data, &bitmap, error))
    return FALSE;
  row = bitmap.width / 8;
  total = row * bitmap.height;
  if (total == 0)
    return TRUE;
  g_string_append_printf (writer->zpl, "^FO%u,%u^GFA,%u,%u,%u,", bitmap.x, bitmap.y, total, total, row);
  for (guint i = 0; i < total; i++)
    g_string_append_printf (writer->zpl, "%02X", bitmap.bits[i]);
  g_string_append (writer->zpl, "^FS\n");
  return TRUE;
}

static gboolean
append_text (Writer *writer, const WbLabelElement *element, GError **error)
{
  guint height = MAX (to_dots (writer, element->height_um), 8);
  guint width = to_dots (writer, element->width_um);
  guint x = to_dots (writer, element->x_um);
  guint y = to_dots (writer, element->y_um);
  guint needed = estimate_width (element->text, height);
  guint letter_width = height;

  if (element->turn != 0 || !printer_has_letters (element->text))
    return append_bitmap (writer, element, error);
  if (needed > width && needed > 0)
    letter_width = MAX ((guint) ((guint64) height * width / needed), 6);
  if (element->align == WB_LABEL_RIGHT)
    g_string_append_printf (writer->zpl, "^FO%u,%u,1", x + width, y);
  else
    g_string_append_printf (writer->zpl, "^FO%u,%u", x, y);
  g_string_append_printf (writer->zpl, "^A0N,%u,%u", height, letter_width);
  if (element->align == WB_LABEL_CENTRE)
    g_string_append_printf (writer->zpl, "^FB%u,1,0,C", width);
  append_field (writer->zpl, element->text);
  /* The font has one weight: a second strike, a little to the right, is what bold means on a label. */
  if (element->bold && element->align == WB_LABEL_LEFT)
    {
      g_string_append_printf (writer->zpl, "^FO%u,%u^A0N,%u,%u", x + MAX (writer->dpi / 203, 1), y, height,
                              letter_width);
      append_field (writer->zpl, element->text);
    }
  return TRUE;
}

/* Data of a Code 128 with the code set said, so that every printer makes the same symbol: C for an even number of
 * digits, B for the rest; FNC1 is ">8" and ">" itself ">0". */
static char *
code_128_data (const char *data, gboolean gs1)
{
  gboolean pairs = strlen (data) % 2 == 0 && strspn (data, "0123456789") == strlen (data);
  GString *text = g_string_new (pairs ? ">;" : ">:");

  if (gs1)
    g_string_append (text, ">8");
  for (const char *c = data; *c != '\0'; c++)
    {
      if (*c == '>')
        g_string_append (text, ">0");
      else if (*c == '\x1d')
        g_string_append (text, ">8");
      else
        g_string_append_c (text, *c);
    }
  return g_string_free (text, FALSE);
}

/* The control character of ^BX is "@", and "@1" FNC1, which also ends a value of open length. */
static char *
datamatrix_data (const char *data)
{
  GString *text = g_string_new ("@1");

  for (const char *c = data; *c != '\0'; c++)
    if (*c == '\x1d')
      g_string_append (text, "@1");
    else
      g_string_append_c (text, *c);
  return g_string_free (text, FALSE);
}

static char *
symbol_data (const WbSymbology *symbology, const char *data)
{
  if (symbology->form == WB_SYMBOL_MATRIX && symbology->data == WB_SYMBOL_GS1)
    return datamatrix_data (data);
  if (symbology->form == WB_SYMBOL_MATRIX && g_str_has_prefix (symbology->zpl, "^BQ"))
    return g_strconcat ("MA,", data, NULL);
  if (symbology->data == WB_SYMBOL_CODE_128 || symbology->data == WB_SYMBOL_GS1)
    return code_128_data (data, symbology->data == WB_SYMBOL_GS1);
  /* The printer adds the check digit itself. */
  if (symbology->data == WB_SYMBOL_CHECKED)
    return g_strndup (data, strlen (data) - 1);
  if (symbology->data == WB_SYMBOL_CODABAR)
    return g_strndup (data + 1, strlen (data) - 2);
  return g_strdup (data);
}

/* The command of a table, %h and %m filled in. */
static void
append_command (GString *zpl, const char *command, guint height, guint module)
{
  for (const char *c = command; *c != '\0'; c++)
    {
      if (*c != '%')
        g_string_append_c (zpl, *c);
      else
        g_string_append_printf (zpl, "%u", *++c == 'h' ? height : module);
    }
}

/* Whether the printer can make it: its language has the symbology, in that size and with those letters. */
static gboolean
printer_has_symbol (const WbSymbology *symbology, const WbLabelElement *element, guint module)
{
  if (symbology->zpl == NULL || element->turn != 0)
    return FALSE;
  if (symbology->form == WB_SYMBOL_LINEAR)
    return TRUE;
  if (g_str_has_prefix (symbology->zpl, "^BX"))
    return strchr (element->text, '@') == NULL;
  return module <= MAX_MODULE_DOTS;
}

static gboolean
append_symbol (Writer *writer, const WbLabelElement *element, GError **error)
{
  const WbSymbology *symbology = wb_symbology_get (element->symbol);
  gboolean linear = symbology->form == WB_SYMBOL_LINEAR;
  guint module = CLAMP (to_dots (writer, element->module_um), 1, linear ? MAX_MODULE_DOTS : G_MAXUINT);
  guint height = to_dots (writer, element->height_um);
  guint width = to_dots (writer, element->width_um);
  guint used = MIN (wb_label_symbol_modules (element->symbol, element->text) * module, width);
  guint x = to_dots (writer, element->x_um);
  g_autofree char *data = NULL;

  if (!printer_has_symbol (symbology, element, module))
    return append_bitmap (writer, element, error);
  if (element->align == WB_LABEL_CENTRE)
    x += (width - used) / 2;
  else if (element->align == WB_LABEL_RIGHT)
    x += width - used;
  g_string_append_printf (writer->zpl, "^FO%u,%u", x, to_dots (writer, element->y_um));
  if (linear)
    g_string_append_printf (writer->zpl, "^BY%u,%u,%u", module, MAX (symbology->wide, 2), height);
  append_command (writer->zpl, symbology->zpl, height, module);
  if (symbology->data == WB_SYMBOL_CODABAR)
    g_string_append_printf (writer->zpl, ",%c,%c", element->text[0], element->text[strlen (element->text) - 1]);
  data = symbol_data (symbology, element->text);
  append_field (writer->zpl, data);
  return TRUE;
}

static void
append_rectangle (Writer *writer, const WbLabelElement *element)
{
  guint width = MAX (to_dots (writer, element->width_um), 1);
  guint height = MAX (to_dots (writer, element->height_um), 1);
  guint line = element->kind == WB_LABEL_BAR ? MIN (width, height) : MAX (to_dots (writer, element->line_um), 1);

  g_string_append_printf (writer->zpl, "^FO%u,%u^GB%u,%u,%u^FS\n", to_dots (writer, element->x_um),
                          to_dots (writer, element->y_um), width, height, line);
}

GBytes *
wb_label_to_zpl (const WbLabel *self, guint dpi, WbLabelRasteriser rasterise, gpointer user_data, GError **error)
{
  g_autoptr (GString) zpl = g_string_new (NULL);
  Writer writer = { zpl, dpi, rasterise, user_data };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (dpi >= 100 && dpi <= 1200, NULL);

  g_string_append_printf (zpl, "^XA\n^CI28^LH0,0^PON^PW%u^LL%u\n", to_dots (&writer, self->width_um),
                          to_dots (&writer, self->height_um));
  for (guint i = 0; i < self->elements->len; i++)
    {
      const WbLabelElement *element = g_ptr_array_index (self->elements, i);

      if (element->kind == WB_LABEL_TEXT && !append_text (&writer, element, error))
        return NULL;
      if (element->kind == WB_LABEL_SYMBOL && !append_symbol (&writer, element, error))
        return NULL;
      if (element->kind == WB_LABEL_IMAGE && !append_bitmap (&writer, element, error))
        return NULL;
      if (element->kind == WB_LABEL_FRAME || element->kind == WB_LABEL_BAR)
        append_rectangle (&writer, element);
    }
  g_string_append (zpl, "^PQ1,0,1,N\n^XZ\n");
  return g_string_free_to_bytes (g_steal_pointer (&zpl));
}
