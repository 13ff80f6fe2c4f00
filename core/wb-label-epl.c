/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-label-epl.h"
#include "core/wb-label-writer-private.h"
#include "core/wb-maxicode.h"

/* The roll that is usual, when nobody says which there is; and less than this no printer finds. */
#define GAP_UM 3000
#define MIN_GAP_DOTS 16

/* B takes no wider narrow bar. */
#define MAX_MODULE_DOTS 10

/* The fonts that have small letters; with the space between two of them. */
static const WbLabelFont fonts_203[] = { { "1", 10, 12 }, { "2", 12, 16 }, { "3", 14, 20 }, { "4", 16, 24 } };
static const WbLabelFont fonts_300[] = { { "1", 12, 20 }, { "2", 16, 28 }, { "3", 20, 36 }, { "4", 24, 44 } };

static void
append_quoted (GString *epl, const char *text)
{
  g_string_append_c (epl, '"');
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"' || *c == '\\')
        g_string_append_c (epl, '\\');
      g_string_append_c (epl, *c);
    }
  g_string_append (epl, "\"\n");
}

/* The first line ends whatever a broken job has left. */
static void
begin (WbLabelWriter *self, const WbLabel *label)
{
  WbLabelMedia usual = { WB_LABEL_FEED_GAP, label->width_um, label->height_um, GAP_UM };
  const WbLabelMedia *media = self->media != NULL ? self->media : &usual;
  gboolean endless = media->feed == WB_LABEL_FEED_CONTINUOUS;

  g_string_append_printf (self->bytes, "\nN\nI8,A,001\nR0,0\nZT\nq%u\nQ%u,%s%u\n", wb_label_dots (label->width_um, self->dpi),
                          wb_label_dots (endless ? label->height_um : media->height_um, self->dpi),
                          media->feed == WB_LABEL_FEED_MARK ? "B" : "",
                          endless ? 0 : MAX (wb_label_dots (media->gap_um, self->dpi), MIN_GAP_DOTS));
}

static void
put_bitmap (WbLabelWriter *self, const WbLabelBitmap *bitmap)
{
  g_string_append_printf (self->bytes, "GW%u,%u,%u,%u,", bitmap->x, bitmap->y, bitmap->width / 8, bitmap->height);
  _wb_label_write_inverted (self, bitmap);
  g_string_append_c (self->bytes, '\n');
}

static void
strike (WbLabelWriter *self, guint x, guint y, const WbLabelType *type, const char *latin)
{
  g_string_append_printf (self->bytes, "A%u,%u,0,%s,%u,%u,N,", x, y, type->font->name, type->across, type->up);
  append_quoted (self->bytes, latin);
}

static gboolean
put_text (WbLabelWriter *self, const WbLabelElement *element, const WbLabelDots *dots)
{
  if (self->dpi != 203 && self->dpi != 300)
    return FALSE;
  return _wb_label_write_letters (self, element, dots, self->dpi == 300 ? fonts_300 : fonts_203, G_N_ELEMENTS (fonts_203),
                                  NULL, strike);
}

static gboolean
put_maxicode (WbLabelWriter *self, const WbLabelElement *element, const WbLabelDots *dots)
{
  g_autoptr (WbMaxicode) code = wb_maxicode_parse (element->text);
  g_autofree char *data = NULL;

  if (code == NULL)
    return FALSE;
  data = g_strjoin (",", code->service, code->country, code->postcode, code->message, NULL);
  g_string_append_printf (self->bytes, "b%u,%u,M,m%u,", dots->x + wb_label_align_offset (element->align, dots->width, dots->used),
                          dots->y, code->mode);
  append_quoted (self->bytes, data);
  return TRUE;
}

static gboolean
put_symbol (WbLabelWriter *self, const WbLabelElement *element, const WbLabelDots *dots)
{
  const WbSymbology *symbology = wb_symbology_get (element->symbol);
  g_autoptr (GString) data = NULL;

  if (symbology->form == WB_SYMBOL_HEXAGONS)
    return put_maxicode (self, element, dots);
  if (symbology->epl == NULL || dots->module > MAX_MODULE_DOTS || dots->used > dots->width ||
      strchr (element->text, '\x1d') != NULL)
    return FALSE;
  data = _wb_label_symbol_data (symbology, NULL, element->text);
  g_string_append_printf (self->bytes, "B%u,%u,0,%s,%u,%u,%u,N,",
                          dots->x + wb_label_align_offset (element->align, dots->width, dots->used), dots->y,
                          symbology->epl, dots->module, dots->module * MAX (symbology->wide, 2), dots->height);
  append_quoted (self->bytes, data->str);
  return TRUE;
}

static void
put_rectangle (WbLabelWriter *self, const WbLabelElement *element, const WbLabelDots *dots)
{
  if (element->kind == WB_LABEL_BAR)
    g_string_append_printf (self->bytes, "LO%u,%u,%u,%u\n", dots->x, dots->y, dots->width, dots->height);
  else
    g_string_append_printf (self->bytes, "X%u,%u,%u,%u,%u\n", dots->x, dots->y, dots->line, dots->x + dots->width,
                            dots->y + dots->height);
}

static void
end (WbLabelWriter *self)
{
  g_string_append (self->bytes, "P1\n");
}

GBytes *
wb_label_to_epl (const WbLabel *self, guint dpi, const WbLabelMedia *media, WbLabelRasteriser rasterise, gpointer user_data, GError **error)
{
  static const WbLabelVerbs verbs = { begin, put_text, put_symbol, put_bitmap, put_rectangle, end };

  return _wb_label_write (self, &verbs, dpi, media, rasterise, user_data, error);
}
