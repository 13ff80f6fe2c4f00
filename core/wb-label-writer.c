/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-label-writer-private.h"

/* Enlarged more than this, drawn letters look better. */
#define MAX_FACTOR 3

WbLabelDots
_wb_label_measure (const WbLabelElement *element, guint dpi)
{
  WbLabelDots dots = {
    .x = wb_label_dots (element->x_um, dpi),
    .y = wb_label_dots (element->y_um, dpi),
    .width = MAX (wb_label_dots (element->width_um, dpi), 1),
    .height = MAX (wb_label_dots (element->height_um, dpi), 1),
    .line = MAX (wb_label_dots (element->line_um, dpi), 1),
    .module = MAX (wb_label_dots (element->module_um, dpi), 1),
  };

  if (element->kind == WB_LABEL_SYMBOL)
    dots.used = wb_label_symbol_modules (element->symbol, element->text) * dots.module;
  return dots;
}

char *
_wb_label_choose_letters (const WbLabelElement *element, const WbLabelDots *dots, const WbLabelFont *fonts,
                          guint n_fonts, WbLabelType *type)
{
  g_autofree char *latin = wb_label_letters_to_latin (element->text);

  if (latin == NULL ||
      !wb_label_letters_choose (fonts, n_fonts, MAX_FACTOR, strlen (latin), dots->width, dots->height, type))
    return NULL;
  return g_steal_pointer (&latin);
}

gboolean
_wb_label_write_letters (WbLabelWriter *self, const WbLabelElement *element, const WbLabelDots *dots,
                         const WbLabelFont *fonts, guint n_fonts, gboolean (*is_sayable) (const char *latin),
                         WbLabelStrike strike)
{
  WbLabelType type = { 0 };
  g_autofree char *latin = _wb_label_choose_letters (element, dots, fonts, n_fonts, &type);
  guint x = dots->x;

  if (latin == NULL || (is_sayable != NULL && !is_sayable (latin)))
    return FALSE;
  x += wb_label_align_offset (element->align, dots->width, type.width);
  for (guint i = 0; i < (element->bold ? 2 : 1); i++)
    strike (self, x + i, dots->y + (dots->height - type.height) / 2, &type, latin);
  return TRUE;
}

void
_wb_label_write_inverted (WbLabelWriter *self, const WbLabelBitmap *bitmap)
{
  gsize total = (gsize) bitmap->width / 8 * bitmap->height;

  for (gsize i = 0; i < total; i++)
    g_string_append_c (self->bytes, (char) ~bitmap->bits[i]);
}

void
_wb_label_append_elements (GString *text, const char *data, const char *fnc1)
{
  for (const char *c = data; *c != '\0'; c++)
    if (*c == '\x1d')
      g_string_append (text, fnc1);
    else
      g_string_append_c (text, *c);
}

/* Set C for an even number of digits, B for the rest. */
static GString *
say_code_128 (const WbLabelCode128 *words, const char *data, gboolean gs1)
{
  gboolean pairs = strlen (data) % 2 == 0 && strspn (data, "0123456789") == strlen (data);
  GString *text = g_string_new (pairs ? words->set_c : words->set_b);

  if (gs1)
    g_string_append (text, words->fnc1);
  for (const char *c = data; *c != '\0'; c++)
    {
      if (pairs && words->packed)
        {
          g_string_append_c (text, (char) ((c[0] - '0') * 10 + (c[1] - '0')));
          c++;
        }
      else if (*c == '\x1d')
        g_string_append (text, words->fnc1);
      else if (*c == words->special)
        g_string_append (text, words->twice);
      else
        g_string_append_c (text, *c);
    }
  return text;
}

GString *
_wb_label_symbol_data (const WbSymbology *symbology, const WbLabelCode128 *code_128, const char *data)
{
  gboolean gs1 = symbology->data == WB_SYMBOL_GS1;

  if (code_128 != NULL && (gs1 || symbology->data == WB_SYMBOL_CODE_128))
    return say_code_128 (code_128, data, gs1);
  return g_string_new_len (data, (gssize) strlen (data) - (symbology->data == WB_SYMBOL_CHECKED ? 1 : 0));
}

static gboolean
put_drawn (WbLabelWriter *self, const WbLabelElement *element, GError **error)
{
  g_auto (WbLabelBitmap) bitmap = { 0 };

  if (!wb_label_rasterise_element (element, self->dpi, self->rasterise, self->user_data, &bitmap, error))
    return FALSE;
  if (bitmap.width > 0 && bitmap.height > 0)
    self->verbs->put_bitmap (self, &bitmap);
  return TRUE;
}

static gboolean
put_element (WbLabelWriter *self, const WbLabelElement *element, GError **error)
{
  WbLabelDots dots = _wb_label_measure (element, self->dpi);

  if (element->kind == WB_LABEL_FRAME || element->kind == WB_LABEL_BAR)
    {
      self->verbs->put_rectangle (self, element, &dots);
      return TRUE;
    }
  if (element->kind == WB_LABEL_TEXT && element->turn == 0 && self->verbs->put_text (self, element, &dots))
    return TRUE;
  if (element->kind == WB_LABEL_SYMBOL && element->turn == 0 && self->verbs->put_symbol (self, element, &dots))
    return TRUE;
  return put_drawn (self, element, error);
}

GBytes *
_wb_label_write (const WbLabel *self, const WbLabelVerbs *verbs, guint dpi, const WbLabelMedia *media,
                 WbLabelRasteriser rasterise, gpointer user_data, GError **error)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  WbLabelWriter writer = { verbs, bytes, dpi, media, rasterise, user_data };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (dpi >= 100 && dpi <= 1200, NULL);

  verbs->begin (&writer, self);
  for (guint i = 0; i < self->elements->len; i++)
    if (!put_element (&writer, g_ptr_array_index (self->elements, i), error))
      return NULL;
  verbs->end (&writer);
  return g_string_free_to_bytes (g_steal_pointer (&bytes));
}
