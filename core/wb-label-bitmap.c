/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-error.h"
#include "core/wb-label-bitmap.h"

guint
wb_label_dots (guint um, guint dpi)
{
  return (guint) (((guint64) um * dpi + 12700) / 25400);
}

void
wb_label_bitmap_init (WbLabelBitmap *self, guint width, guint height)
{
  g_return_if_fail (self != NULL);

  self->x = 0;
  self->y = 0;
  self->width = (width + 7) / 8 * 8;
  self->height = height;
  self->bits = g_malloc0 (MAX ((gsize) self->width / 8 * height, 1));
}

void
wb_label_bitmap_clear (WbLabelBitmap *self)
{
  g_clear_pointer (&self->bits, g_free);
  self->width = 0;
  self->height = 0;
}

gboolean
wb_label_bitmap_is_black (const WbLabelBitmap *self, guint x, guint y)
{
  if (x >= self->width || y >= self->height)
    return FALSE;
  return (self->bits[(gsize) y * (self->width / 8) + x / 8] >> (7 - x % 8)) & 1;
}

static void
blacken (WbLabelBitmap *self, guint x, guint y)
{
  self->bits[(gsize) y * (self->width / 8) + x / 8] |= (guint8) (0x80 >> (x % 8));
}

/* Blackens a rectangle; what is outside is left out. */
static void
fill (WbLabelBitmap *self, guint x, guint y, guint width, guint height)
{
  g_return_if_fail (self != NULL);

  for (guint row = y; row < self->height && row - y < height; row++)
    for (guint column = x; column < self->width && column - x < width; column++)
      blacken (self, column, row);
}

/* Adds black dots. Both places are dots of the label; what falls outside of @self is left out. */
static void
merge (WbLabelBitmap *self, const WbLabelBitmap *other)
{
  g_return_if_fail (self != NULL && other != NULL);

  for (guint row = 0; row < other->height; row++)
    for (guint column = 0; column < other->width; column++)
      {
        guint x = other->x + column;
        guint y = other->y + row;

        if (wb_label_bitmap_is_black (other, column, row) && x >= self->x && y >= self->y &&
            x - self->x < self->width && y - self->y < self->height)
          blacken (self, x - self->x, y - self->y);
      }
}

static void
fill_on_label (WbLabelBitmap *self, guint x, guint y, guint width, guint height)
{
  guint right = x + width;
  guint bottom = y + height;

  x = MAX (x, self->x);
  y = MAX (y, self->y);
  if (right > x && bottom > y)
    fill (self, x - self->x, y - self->y, right - x, bottom - y);
}

static void
draw_rectangle (WbLabelBitmap *self, const WbLabelElement *element, guint dpi)
{
  guint x = wb_label_dots (element->x_um, dpi);
  guint y = wb_label_dots (element->y_um, dpi);
  guint width = MAX (wb_label_dots (element->width_um, dpi), 1);
  guint height = MAX (wb_label_dots (element->height_um, dpi), 1);
  guint line = MAX (wb_label_dots (element->line_um, dpi), 1);

  if (element->kind == WB_LABEL_BAR || 2 * line >= MIN (width, height))
    {
      fill_on_label (self, x, y, width, height);
      return;
    }
  fill_on_label (self, x, y, width, line);
  fill_on_label (self, x, y + height - line, width, line);
  fill_on_label (self, x, y, line, height);
  fill_on_label (self, x + width - line, y, line, height);
}

guint
wb_label_align_offset (WbLabelAlign align, guint room, guint used)
{
  guint left = room - MIN (room, used);

  if (align == WB_LABEL_CENTRE)
    return left / 2;
  return align == WB_LABEL_RIGHT ? left : 0;
}

gboolean
wb_label_rasterise_element (const WbLabelElement *element, guint dpi, WbLabelRasteriser rasterise, gpointer user_data,
                            WbLabelBitmap *bitmap, GError **error)
{
  g_return_val_if_fail (element != NULL && bitmap != NULL, FALSE);

  if (rasterise != NULL)
    return rasterise (element, dpi, bitmap, user_data, error);
  g_set_error (error, WB_ERROR, WB_ERROR_UNKNOWN, "the printer cannot print “%.60s” by itself",
               element->text != NULL ? element->text : "a picture");
  return FALSE;
}

gboolean
wb_label_bitmap_draw (WbLabelBitmap *self, const WbLabelElement *element, guint dpi, WbLabelRasteriser rasterise,
                      gpointer user_data, GError **error)
{
  g_auto (WbLabelBitmap) part = { 0 };

  g_return_val_if_fail (self != NULL && element != NULL, FALSE);

  if (element->kind == WB_LABEL_BAR || element->kind == WB_LABEL_FRAME)
    {
      draw_rectangle (self, element, dpi);
      return TRUE;
    }
  if (!wb_label_rasterise_element (element, dpi, rasterise, user_data, &part, error))
    return FALSE;
  merge (self, &part);
  return TRUE;
}

gboolean
wb_label_to_bitmap (const WbLabel *self, guint dpi, WbLabelRasteriser rasterise, gpointer user_data,
                    WbLabelBitmap *bitmap, GError **error)
{
  g_return_val_if_fail (self != NULL && bitmap != NULL, FALSE);
  g_return_val_if_fail (dpi >= 60 && dpi <= 1200, FALSE);

  wb_label_bitmap_init (bitmap, wb_label_dots (self->width_um, dpi), wb_label_dots (self->height_um, dpi));
  for (guint i = 0; i < self->elements->len; i++)
    if (!wb_label_bitmap_draw (bitmap, g_ptr_array_index (self->elements, i), dpi, rasterise, user_data, error))
      {
        wb_label_bitmap_clear (bitmap);
        return FALSE;
      }
  return TRUE;
}
