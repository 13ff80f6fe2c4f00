/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-label-letters.h"
#include "core/wb-label-tspl.h"

/* Between two labels on the roll, unless somebody has told the printer otherwise. */
#define GAP_MM 3u

#define MAX_MODULE_DOTS 10
/* Enlarged more than this, drawn letters look better. */
#define MAX_FACTOR 3

/* The same dots at every resolution. */
static const WbLabelFont fonts[] = { { "1", 8, 12 }, { "2", 12, 20 }, { "3", 16, 24 }, { "4", 24, 32 }, { "5", 32, 48 } };

typedef struct
{
  GString *tspl;
  guint dpi;
  WbLabelRasteriser rasterise;
  gpointer user_data;
} Writer;

/* The ends of a string, escapes, and "~" which begins a command that the printer answers at once. */
static gboolean
is_quotable (const char *text)
{
  for (const guchar *c = (const guchar *) text; *c != '\0'; c++)
    if (*c == '"' || *c == '\\' || *c == '~' || *c < ' ' || *c == 0x7f)
      return FALSE;
  return TRUE;
}

/* A set bit is white. */
static gboolean
append_bitmap (Writer *writer, const WbLabelElement *element, GError **error)
{
  g_auto (WbLabelBitmap) bitmap = { 0 };
  gsize total = 0;

  if (!wb_label_rasterise_element (element, writer->dpi, writer->rasterise, writer->user_data, &bitmap, error))
    return FALSE;
  total = (gsize) bitmap.width / 8 * bitmap.height;
  if (total == 0)
    return TRUE;
  g_string_append_printf (writer->tspl, "BITMAP %u,%u,%u,%u,1,", bitmap.x, bitmap.y, bitmap.width / 8, bitmap.height);
  for (gsize i = 0; i < total; i++)
    g_string_append_c (writer->tspl, (char) ~bitmap.bits[i]);
  g_string_append (writer->tspl, "\r\n");
  return TRUE;
}

static gboolean
append_text (Writer *writer, const WbLabelElement *element, GError **error)
{
  guint width = wb_label_dots (element->width_um, writer->dpi);
  guint height = wb_label_dots (element->height_um, writer->dpi);
  guint x = wb_label_dots (element->x_um, writer->dpi);
  guint y = wb_label_dots (element->y_um, writer->dpi);
  g_autofree char *latin = wb_label_letters_to_latin (element->text);
  WbLabelType type = { 0 };

  if (element->turn != 0 || latin == NULL || !is_quotable (latin) ||
      !wb_label_letters_choose (fonts, G_N_ELEMENTS (fonts), MAX_FACTOR, strlen (latin), width, height, &type))
    return append_bitmap (writer, element, error);
  x += wb_label_align_offset (element->align, width, type.width);
  y += (height - type.height) / 2;
  /* The fonts have one weight: a second strike, a dot to the right, is bold. */
  for (guint strike = 0; strike < (element->bold ? 2 : 1); strike++)
    g_string_append_printf (writer->tspl, "TEXT %u,%u,\"%s\",0,%u,%u,\"%s\"\r\n", x + strike, y, type.font->name,
                            type.across, type.up, latin);
  return TRUE;
}

/* Code 128 with the code set said, so that every printer makes the same symbol: "!104" starts set B, "!105" set C, and
 * "!102" is FNC1. */
static char *
code_128_data (const char *data, gboolean gs1)
{
  gboolean pairs = strlen (data) % 2 == 0 && strspn (data, "0123456789") == strlen (data);
  GString *text = g_string_new (pairs ? "!105" : "!104");

  if (gs1)
    g_string_append (text, "!102");
  for (const char *c = data; *c != '\0'; c++)
    {
      if (*c == '\x1d')
        g_string_append (text, "!102");
      else
        g_string_append_c (text, *c);
    }
  return g_string_free (text, FALSE);
}

static char *
symbol_data (const WbSymbology *symbology, const char *data)
{
  if (symbology->data == WB_SYMBOL_CODE_128 || symbology->data == WB_SYMBOL_GS1)
    return code_128_data (data, symbology->data == WB_SYMBOL_GS1);
  /* The printer adds the check digit itself. */
  return g_strndup (data, strlen (data) - (symbology->data == WB_SYMBOL_CHECKED ? 1 : 0));
}

static gboolean
printer_has_symbol (const WbSymbology *symbology, const WbLabelElement *element, guint module, gboolean fits)
{
  if (symbology->tspl == NULL || element->turn != 0 || module > MAX_MODULE_DOTS || !fits)
    return FALSE;
  /* "!" begins a control code of Code 128. */
  if (symbology->data == WB_SYMBOL_CODE_128 || symbology->data == WB_SYMBOL_GS1)
    return strchr (element->text, '!') == NULL && strpbrk (element->text, "\"\\~") == NULL;
  return is_quotable (element->text) && g_str_is_ascii (element->text);
}

static gboolean
append_symbol (Writer *writer, const WbLabelElement *element, GError **error)
{
  const WbSymbology *symbology = wb_symbology_get (element->symbol);
  guint module = MAX (wb_label_dots (element->module_um, writer->dpi), 1);
  guint width = wb_label_dots (element->width_um, writer->dpi);
  guint used = wb_label_symbol_modules (element->symbol, element->text) * module;
  guint x = wb_label_dots (element->x_um, writer->dpi);
  guint y = wb_label_dots (element->y_um, writer->dpi);
  g_autofree char *data = NULL;

  if (!printer_has_symbol (symbology, element, module, used <= width))
    return append_bitmap (writer, element, error);
  x += wb_label_align_offset (element->align, width, used);
  data = symbol_data (symbology, element->text);
  if (symbology->form == WB_SYMBOL_MATRIX)
    g_string_append_printf (writer->tspl, "%s %u,%u,M,%u,A,0,\"%s\"\r\n", symbology->tspl, x, y, module, data);
  else
    g_string_append_printf (writer->tspl, "BARCODE %u,%u,\"%s\",%u,0,0,%u,%u,\"%s\"\r\n", x, y, symbology->tspl,
                            wb_label_dots (element->height_um, writer->dpi), module, module * MAX (symbology->wide, 1),
                            data);
  return TRUE;
}

static void
append_rectangle (Writer *writer, const WbLabelElement *element)
{
  guint x = wb_label_dots (element->x_um, writer->dpi);
  guint y = wb_label_dots (element->y_um, writer->dpi);
  guint width = MAX (wb_label_dots (element->width_um, writer->dpi), 1);
  guint height = MAX (wb_label_dots (element->height_um, writer->dpi), 1);

  if (element->kind == WB_LABEL_BAR)
    g_string_append_printf (writer->tspl, "BAR %u,%u,%u,%u\r\n", x, y, width, height);
  else
    g_string_append_printf (writer->tspl, "BOX %u,%u,%u,%u,%u\r\n", x, y, x + width, y + height,
                            MAX (wb_label_dots (element->line_um, writer->dpi), 1));
}

GBytes *
wb_label_to_tspl (const WbLabel *self, guint dpi, WbLabelRasteriser rasterise, gpointer user_data, GError **error)
{
  g_autoptr (GString) tspl = g_string_new (NULL);
  Writer writer = { tspl, dpi, rasterise, user_data };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (dpi >= 100 && dpi <= 1200, NULL);

  /* The first line ends whatever a broken job has left. */
  g_string_append_printf (tspl, "\r\nSIZE %u.%u mm,%u.%u mm\r\nGAP %u mm,0 mm\r\nDIRECTION 0,0\r\nREFERENCE 0,0\r\n",
                          self->width_um / 1000, self->width_um % 1000 / 100, self->height_um / 1000,
                          self->height_um % 1000 / 100, GAP_MM);
  g_string_append (tspl, "CODEPAGE 1252\r\nCLS\r\n");
  for (guint i = 0; i < self->elements->len; i++)
    {
      const WbLabelElement *element = g_ptr_array_index (self->elements, i);
      gboolean done = TRUE;

      if (element->kind == WB_LABEL_TEXT)
        done = append_text (&writer, element, error);
      else if (element->kind == WB_LABEL_SYMBOL)
        done = append_symbol (&writer, element, error);
      else if (element->kind == WB_LABEL_IMAGE)
        done = append_bitmap (&writer, element, error);
      else
        append_rectangle (&writer, element);
      if (!done)
        return NULL;
    }
  g_string_append (tspl, "PRINT 1,1\r\n");
  return g_string_free_to_bytes (g_steal_pointer (&tspl));
}
