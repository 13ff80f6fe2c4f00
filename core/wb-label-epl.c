/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-label-epl.h"
#include "core/wb-label-letters.h"

/* Between two labels on the roll, unless somebody has told the printer otherwise. */
#define GAP_UM 3000

/* B takes no wider narrow bar. */
#define MAX_MODULE_DOTS 10
/* Enlarged more than this, drawn letters look better. */
#define MAX_FACTOR 3

/* The fonts that have small letters; with the space between two of them. */
static const WbLabelFont fonts_203[] = { { "1", 10, 12 }, { "2", 12, 16 }, { "3", 14, 20 }, { "4", 16, 24 } };
static const WbLabelFont fonts_300[] = { { "1", 12, 20 }, { "2", 16, 28 }, { "3", 20, 36 }, { "4", 24, 44 } };

typedef struct
{
  GString *epl;
  guint dpi;
  WbLabelRasteriser rasterise;
  gpointer user_data;
} Writer;

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
  g_string_append_printf (writer->epl, "GW%u,%u,%u,%u,", bitmap.x, bitmap.y, bitmap.width / 8, bitmap.height);
  for (gsize i = 0; i < total; i++)
    g_string_append_c (writer->epl, (char) ~bitmap.bits[i]);
  g_string_append_c (writer->epl, '\n');
  return TRUE;
}

static gboolean
choose_type (const Writer *writer, gsize n_letters, guint width, guint height, WbLabelType *type)
{
  if (writer->dpi != 203 && writer->dpi != 300)
    return FALSE;
  return wb_label_letters_choose (writer->dpi == 300 ? fonts_300 : fonts_203, G_N_ELEMENTS (fonts_203), MAX_FACTOR,
                                  n_letters, width, height, type);
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

  if (element->turn != 0 || latin == NULL || !choose_type (writer, strlen (latin), width, height, &type))
    return append_bitmap (writer, element, error);
  x += wb_label_align_offset (element->align, width, type.width);
  y += (height - type.height) / 2;
  /* The fonts have one weight: a second strike, a dot to the right, is bold. */
  for (guint strike = 0; strike < (element->bold ? 2 : 1); strike++)
    {
      g_string_append_printf (writer->epl, "A%u,%u,0,%s,%u,%u,N,", x + strike, y, type.font->name, type.across, type.up);
      append_quoted (writer->epl, latin);
    }
  return TRUE;
}

static gboolean
append_symbol (Writer *writer, const WbLabelElement *element, GError **error)
{
  const WbSymbology *symbology = wb_symbology_get (element->symbol);
  guint module = MAX (wb_label_dots (element->module_um, writer->dpi), 1);
  guint width = wb_label_dots (element->width_um, writer->dpi);
  guint used = wb_label_symbol_modules (element->symbol, element->text) * module;
  g_autofree char *data = NULL;

  if (symbology->epl == NULL || element->turn != 0 || module > MAX_MODULE_DOTS || used > width ||
      strchr (element->text, '\x1d') != NULL)
    return append_bitmap (writer, element, error);
  /* The printer adds the check digit itself. */
  data = g_strndup (element->text, strlen (element->text) - (symbology->data == WB_SYMBOL_CHECKED ? 1 : 0));
  g_string_append_printf (writer->epl, "B%u,%u,0,%s,%u,%u,%u,N,",
                          wb_label_dots (element->x_um, writer->dpi) + wb_label_align_offset (element->align, width, used),
                          wb_label_dots (element->y_um, writer->dpi), symbology->epl, module,
                          module * MAX (symbology->wide, 2), wb_label_dots (element->height_um, writer->dpi));
  append_quoted (writer->epl, data);
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
    g_string_append_printf (writer->epl, "LO%u,%u,%u,%u\n", x, y, width, height);
  else
    g_string_append_printf (writer->epl, "X%u,%u,%u,%u,%u\n", x, y, MAX (wb_label_dots (element->line_um, writer->dpi), 1),
                            x + width, y + height);
}

GBytes *
wb_label_to_epl (const WbLabel *self, guint dpi, WbLabelRasteriser rasterise, gpointer user_data, GError **error)
{
  g_autoptr (GString) epl = g_string_new (NULL);
  Writer writer = { epl, dpi, rasterise, user_data };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (dpi >= 100 && dpi <= 1200, NULL);

  /* The first line ends whatever a broken job has left. */
  g_string_append_printf (epl, "\nN\nI8,A,001\nR0,0\nZT\nq%u\nQ%u,%u\n", wb_label_dots (self->width_um, dpi),
                          wb_label_dots (self->height_um, dpi), wb_label_dots (GAP_UM, dpi));
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
  g_string_append (epl, "P1\n");
  return g_string_free_to_bytes (g_steal_pointer (&epl));
}
