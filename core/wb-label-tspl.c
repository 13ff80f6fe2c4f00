/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-label-tspl.h"
#include "core/wb-label-writer-private.h"
#include "core/wb-maxicode.h"

/* The roll that is usual, when nobody says which there is. */
#define GAP_UM 3000

#define MAX_MODULE_DOTS 10

/* The same dots at every resolution. */
static const WbLabelFont fonts[] = { { "1", 8, 12 }, { "2", 12, 20 }, { "3", 16, 24 }, { "4", 24, 32 }, { "5", 32, 48 } };

/* "!" begins a control code; data with one of its own are drawn. */
static const WbLabelCode128 code_128 = { .set_b = "!104", .set_c = "!105", .fnc1 = "!102" };

/* The ends of a string, escapes, and "~" which begins a command that the printer answers at once. */
static gboolean
is_quotable (const char *text)
{
  for (const guchar *c = (const guchar *) text; *c != '\0'; c++)
    if (*c == '"' || *c == '\\' || *c == '~' || *c < ' ' || *c == 0x7f)
      return FALSE;
  return TRUE;
}

static void
append_mm (GString *bytes, guint um)
{
  g_string_append_printf (bytes, "%u", um / 1000);
  if (um % 1000 >= 100)
    g_string_append_printf (bytes, ".%u", um % 1000 / 100);
  g_string_append (bytes, " mm");
}

/* The first line ends whatever a broken job has left. */
static void
begin (WbLabelWriter *self, const WbLabel *label)
{
  WbLabelMedia usual = { WB_LABEL_FEED_GAP, label->width_um, label->height_um, GAP_UM };
  const WbLabelMedia *media = self->media != NULL ? self->media : &usual;
  guint height_um = media->feed == WB_LABEL_FEED_CONTINUOUS ? label->height_um : media->height_um;

  g_string_append_printf (self->bytes, "\r\nSIZE %u.%u mm,%u.%u mm\r\n%s ", media->width_um / 1000, media->width_um % 1000 / 100,
                          height_um / 1000, height_um % 1000 / 100, media->feed == WB_LABEL_FEED_MARK ? "BLINE" : "GAP");
  append_mm (self->bytes, media->gap_um);
  g_string_append (self->bytes, ",0 mm\r\nDIRECTION 0,0\r\nREFERENCE 0,0\r\nCODEPAGE 1252\r\nCLS\r\n");
}

static void
put_bitmap (WbLabelWriter *self, const WbLabelBitmap *bitmap)
{
  g_string_append_printf (self->bytes, "BITMAP %u,%u,%u,%u,1,", bitmap->x, bitmap->y, bitmap->width / 8, bitmap->height);
  _wb_label_write_inverted (self, bitmap);
  g_string_append (self->bytes, "\r\n");
}

static void
strike (WbLabelWriter *self, guint x, guint y, const WbLabelType *type, const char *latin)
{
  g_string_append_printf (self->bytes, "TEXT %u,%u,\"%s\",0,%u,%u,\"%s\"\r\n", x, y, type->font->name, type->across,
                          type->up, latin);
}

static gboolean
put_text (WbLabelWriter *self, const WbLabelElement *element, const WbLabelDots *dots)
{
  return _wb_label_write_letters (self, element, dots, fonts, G_N_ELEMENTS (fonts), is_quotable, strike);
}

static gboolean
has_symbol (const WbSymbology *symbology, const WbLabelElement *element, const WbLabelDots *dots)
{
  if (symbology->tspl == NULL || dots->module > MAX_MODULE_DOTS || dots->used > dots->width)
    return FALSE;
  if (symbology->data == WB_SYMBOL_CODE_128 || symbology->data == WB_SYMBOL_GS1)
    return strpbrk (element->text, "!\"\\~") == NULL;
  return is_quotable (element->text) && g_str_is_ascii (element->text);
}

/* In the United States the postcode is two numbers, elsewhere six letters. */
static gboolean
put_maxicode (WbLabelWriter *self, const WbLabelElement *element, const WbLabelDots *dots)
{
  g_autoptr (WbMaxicode) code = wb_maxicode_parse (element->text);
  g_autofree char *postcode = NULL;
  g_autofree char *place = NULL;

  if (code == NULL || strpbrk (element->text, "\"\\~") != NULL)
    return FALSE;
  postcode = wb_maxicode_pad_postcode (code);
  place = code->mode == 2 ? g_strdup_printf ("%.5s,%s", postcode, postcode + 5) : g_strdup_printf ("\"%s\"", postcode);
  g_string_append_printf (self->bytes, "MAXICODE %u,%u,%u,%s,%s,%s,\"%s\"\r\n",
                          dots->x + wb_label_align_offset (element->align, dots->width, dots->used), dots->y, code->mode,
                          code->service, code->country, place, code->message);
  return TRUE;
}

static gboolean
put_symbol (WbLabelWriter *self, const WbLabelElement *element, const WbLabelDots *dots)
{
  const WbSymbology *symbology = wb_symbology_get (element->symbol);
  guint x = dots->x + wb_label_align_offset (element->align, dots->width, dots->used);
  g_autoptr (GString) data = NULL;

  if (symbology->form == WB_SYMBOL_HEXAGONS)
    return put_maxicode (self, element, dots);
  if (!has_symbol (symbology, element, dots))
    return FALSE;
  data = _wb_label_symbol_data (symbology, &code_128, element->text);
  if (symbology->form == WB_SYMBOL_MATRIX)
    g_string_append_printf (self->bytes, "%s %u,%u,M,%u,A,0,\"%s\"\r\n", symbology->tspl, x, dots->y, dots->module,
                            data->str);
  else
    g_string_append_printf (self->bytes, "BARCODE %u,%u,\"%s\",%u,0,0,%u,%u,\"%s\"\r\n", x, dots->y, symbology->tspl,
                            dots->height, dots->module, dots->module * MAX (symbology->wide, 1), data->str);
  return TRUE;
}

static void
put_rectangle (WbLabelWriter *self, const WbLabelElement *element, const WbLabelDots *dots)
{
  if (element->kind == WB_LABEL_BAR)
    g_string_append_printf (self->bytes, "BAR %u,%u,%u,%u\r\n", dots->x, dots->y, dots->width, dots->height);
  else
    g_string_append_printf (self->bytes, "BOX %u,%u,%u,%u,%u\r\n", dots->x, dots->y, dots->x + dots->width,
                            dots->y + dots->height, dots->line);
}

static void
end (WbLabelWriter *self)
{
  g_string_append (self->bytes, "PRINT 1,1\r\n");
}

GBytes *
wb_label_to_tspl (const WbLabel *self, guint dpi, const WbLabelMedia *media, WbLabelRasteriser rasterise, gpointer user_data, GError **error)
{
  static const WbLabelVerbs verbs = { begin, put_text, put_symbol, put_bitmap, put_rectangle, end };

  return _wb_label_write (self, &verbs, dpi, media, rasterise, user_data, error);
}
