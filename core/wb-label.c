/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-clean.h"
#include "core/wb-error.h"
#include "core/wb-label.h"

/* Module widths in the order they are tried: whole dots at 203 dots an inch, none below what a hand scanner reads. Bars
 * need not be wider than the first; what a telephone reads from afar may be. */
static const guint bars_um[] = { 500, 375, 250 };
static const guint squares_um[] = { 2000, 1500, 1250, 1000, 750, 625, 500, 375, 250 };

/* What the quiet zones need beyond a label's margins, in modules. */
#define QUIET 4

static void
element_free (gpointer data)
{
  WbLabelElement *element = data;

  g_free (element->text);
  g_clear_pointer (&element->image, g_bytes_unref);
  g_free (element);
}

WbLabel *
wb_label_new (const char *name, guint width_um, guint height_um)
{
  WbLabel *self = g_new0 (WbLabel, 1);

  self->name = g_strdup (name != NULL ? name : "");
  self->width_um = width_um;
  self->height_um = height_um;
  self->elements = g_ptr_array_new_with_free_func (element_free);
  return self;
}

void
wb_label_free (WbLabel *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->elements);
  g_free (self->name);
  g_free (self);
}

static WbLabelElement *
add_element (WbLabel *self, WbLabelKind kind, guint x_um, guint y_um, guint width_um, guint height_um)
{
  WbLabelElement *element = g_new0 (WbLabelElement, 1);

  element->kind = kind;
  element->x_um = x_um;
  element->y_um = y_um;
  element->width_um = width_um;
  element->height_um = height_um;
  element->turn = self->turn;
  g_ptr_array_add (self->elements, element);
  return element;
}

void
wb_label_add_text (WbLabel *self, guint x_um, guint y_um, guint width_um, guint height_um, WbLabelAlign align,
                   gboolean bold, const char *text)
{
  g_autofree char *line = NULL;
  WbLabelElement *element = NULL;

  g_return_if_fail (self != NULL);

  /* any printer and any font can be given it */
  line = wb_clean_line (text != NULL ? text : "", -1, WB_CLEAN_MAX);
  if (*line == '\0')
    return;
  element = add_element (self, WB_LABEL_TEXT, x_um, y_um, width_um, height_um);
  element->align = align;
  element->bold = bold;
  element->text = g_steal_pointer (&line);
}

void
wb_label_add_frame (WbLabel *self, guint x_um, guint y_um, guint width_um, guint height_um, guint line_um)
{
  g_return_if_fail (self != NULL);

  add_element (self, WB_LABEL_FRAME, x_um, y_um, width_um, height_um)->line_um = line_um;
}

void
wb_label_add_bar (WbLabel *self, guint x_um, guint y_um, guint width_um, guint height_um)
{
  g_return_if_fail (self != NULL);

  add_element (self, WB_LABEL_BAR, x_um, y_um, width_um, height_um);
}

void
wb_label_set_turn (WbLabel *self, guint degrees)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (degrees < 360 && degrees % 90 == 0);

  self->turn = degrees;
}

void
wb_label_add_image (WbLabel *self, guint x_um, guint y_um, guint width_um, guint height_um, WbLabelAlign align, GBytes *png)
{
  WbLabelElement *element = NULL;

  g_return_if_fail (self != NULL && png != NULL);

  element = add_element (self, WB_LABEL_IMAGE, x_um, y_um, width_um, height_um);
  element->align = align;
  element->image = g_bytes_ref (png);
}

guint
wb_label_symbol_modules (WbLabelSymbol symbol, const char *data)
{
  guint down = 0;

  g_return_val_if_fail (data != NULL, 0);

  return wb_symbology_get (symbol)->measure (data, &down);
}

/* The widest module with which it fits; 0 when it would be too dense. */
static guint
choose_module (const WbSymbology *symbology, guint across, guint down, guint width_um, guint height_um)
{
  gboolean linear = symbology->form == WB_SYMBOL_LINEAR;
  const guint *widths = linear ? bars_um : squares_um;
  guint n_widths = linear ? G_N_ELEMENTS (bars_um) : G_N_ELEMENTS (squares_um);

  if (symbology->form == WB_SYMBOL_HEXAGONS)
    return across * WB_SYMBOL_HEXAGON_UM <= width_um && down * WB_SYMBOL_HEXAGON_UM <= height_um ? WB_SYMBOL_HEXAGON_UM : 0;
  for (guint i = 0; i < n_widths; i++)
    if ((across + QUIET) * widths[i] <= width_um && (linear || down * widths[i] <= height_um))
      return widths[i];
  return 0;
}

gboolean
wb_label_add_symbol (WbLabel *self, WbLabelSymbol symbol, guint x_um, guint y_um, guint width_um, guint height_um,
                     WbLabelAlign align, const char *data, GError **error)
{
  const WbSymbology *symbology = wb_symbology_get (symbol);
  g_autofree char *prepared = NULL;
  WbLabelElement *element = NULL;
  gboolean lies = FALSE;
  guint across = 0;
  guint down = 0;
  guint module = 0;

  g_return_val_if_fail (self != NULL && data != NULL, FALSE);

  lies = self->turn % 180 == 90;
  prepared = symbology->prepare != NULL ? symbology->prepare (data, error) : g_strdup (data);
  if (prepared == NULL)
    return FALSE;
  across = symbology->measure (prepared, &down);
  if (across == 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "no barcode of this kind can hold “%.60s”", data);
      return FALSE;
    }
  module = choose_module (symbology, across, down, lies ? height_um : width_um, lies ? width_um : height_um);
  if (module == 0)
    {
      if (symbology->form == WB_SYMBOL_HEXAGONS)
        g_set_error (error, WB_ERROR, WB_ERROR_LIMIT, "a %s is 26.3 mm wide and 25.4 mm high, there is less room", symbology->title);
      else
        g_set_error (error, WB_ERROR, WB_ERROR_LIMIT, "the barcode of “%.60s” would be too dense to read", data);
      return FALSE;
    }
  element = add_element (self, WB_LABEL_SYMBOL, x_um, y_um, width_um, height_um);
  element->symbol = symbol;
  element->align = align;
  element->module_um = module;
  element->text = g_steal_pointer (&prepared);
  return TRUE;
}
