/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <cairo-pdf.h>
#include <string.h>

#include "devices/wb-device-error.h"
#include "devices/wb-label-draw.h"
#include "devices/wb-label-pdf.h"

#define POINTS_PER_UM (72.0 / 25400.0)

/* ── The label ───────────────────────────────────────────────────────────────────────────────── */

/* Draws in micrometres; the caller has set the scale. */
static gboolean
draw_label (cairo_t *cairo, const WbLabel *self, GError **error)
{
  cairo_set_source_rgb (cairo, 0, 0, 0);
  for (guint i = 0; i < self->elements->len; i++)
    if (!wb_label_draw_element (cairo, g_ptr_array_index (self->elements, i), error))
      return FALSE;
  return TRUE;
}

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
check_status (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED, "the label cannot be drawn: %s",
               cairo_status_to_string (status));
  return FALSE;
}

GBytes *
wb_label_pages_to_pdf (GPtrArray *pages, GError **error)
{
  g_autoptr (GByteArray) pdf = g_byte_array_new ();
  const WbLabel *first = NULL;
  cairo_surface_t *surface = NULL;
  cairo_t *cairo = NULL;
  gboolean drawn = TRUE;

  g_return_val_if_fail (pages != NULL && pages->len > 0, NULL);

  first = g_ptr_array_index (pages, 0);
  surface = cairo_pdf_surface_create_for_stream (append_bytes, pdf, first->width_um * POINTS_PER_UM,
                                                 first->height_um * POINTS_PER_UM);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, first->name);
  cairo = cairo_create (surface);
  cairo_scale (cairo, POINTS_PER_UM, POINTS_PER_UM);
  for (guint i = 0; i < pages->len && drawn; i++)
    {
      const WbLabel *page = g_ptr_array_index (pages, i);

      cairo_pdf_surface_set_size (surface, page->width_um * POINTS_PER_UM, page->height_um * POINTS_PER_UM);
      drawn = draw_label (cairo, page, error);
      cairo_show_page (cairo);
    }
  cairo_destroy (cairo);
  cairo_surface_finish (surface);
  drawn = drawn && check_status (cairo_surface_status (surface), error);
  cairo_surface_destroy (surface);
  return drawn ? g_byte_array_free_to_bytes (g_steal_pointer (&pdf)) : NULL;
}

GBytes *
wb_label_to_pdf (const WbLabel *self, GError **error)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new ();

  g_return_val_if_fail (self != NULL, NULL);

  g_ptr_array_add (pages, (gpointer) self);
  return wb_label_pages_to_pdf (pages, error);
}

GBytes *
wb_label_to_png (const WbLabel *self, guint dpi, GError **error)
{
  g_autoptr (GByteArray) png = g_byte_array_new ();
  cairo_surface_t *surface = NULL;
  cairo_t *cairo = NULL;
  double scale = dpi / 25400.0;
  gboolean drawn = FALSE;

  g_return_val_if_fail (self != NULL && dpi > 0, NULL);

  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (self->width_um * scale),
                                        (int) (self->height_um * scale));
  cairo = cairo_create (surface);
  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  cairo_scale (cairo, scale, scale);
  drawn = draw_label (cairo, self, error);
  cairo_destroy (cairo);
  drawn = drawn && check_status (cairo_surface_write_to_png_stream (surface, append_bytes, png), error);
  cairo_surface_destroy (surface);
  return drawn ? g_byte_array_free_to_bytes (g_steal_pointer (&png)) : NULL;
}

/* ── Dots ────────────────────────────────────────────────────────────────────────────────────── */

/* The element in dots instead of micrometres. */
static WbLabelElement
to_dots (const WbLabelElement *element, guint dpi)
{
  WbLabelElement dots = *element;

  dots.x_um = 0;
  dots.y_um = 0;
  dots.width_um = MAX (wb_label_dots (element->width_um, dpi), 1);
  dots.height_um = MAX (wb_label_dots (element->height_um, dpi), 1);
  dots.line_um = MAX (wb_label_dots (element->line_um, dpi), 1);
  dots.module_um = MAX (wb_label_dots (element->module_um, dpi), 1);
  return dots;
}

/* Black where half a dot is, cut down to what is black. */
static void
take_dots (const guint8 *pixels, guint stride, guint width, guint height, WbLabelBitmap *bitmap)
{
  guint left = width;
  guint right = 0;
  guint top = height;
  guint bottom = 0;

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      if (pixels[(gsize) y * stride + x] >= 0x80)
        {
          left = MIN (left, x);
          right = MAX (right, x + 1);
          top = MIN (top, y);
          bottom = MAX (bottom, y + 1);
        }
  if (right == 0)
    return;
  wb_label_bitmap_init (bitmap, right - left, bottom - top);
  bitmap->x = left;
  bitmap->y = top;
  for (guint y = top; y < bottom; y++)
    for (guint x = left; x < right; x++)
      if (pixels[(gsize) y * stride + x] >= 0x80)
        bitmap->bits[(gsize) (y - top) * (bitmap->width / 8) + (x - left) / 8] |= (guint8) (0x80 >> ((x - left) % 8));
}

/* Grey becomes dots: what a dot is too dark or too light is passed on to those around it (Floyd and Steinberg). */
static void
dither (guint8 *pixels, guint stride, guint width, guint height)
{
  g_autofree int *line = g_new0 (int, width + 2);
  g_autofree int *next = g_new0 (int, width + 2);

  for (guint y = 0; y < height; y++)
    {
      for (guint x = 0; x < width; x++)
        {
          int wanted = pixels[(gsize) y * stride + x] + line[x + 1] / 16;
          int got = wanted >= 0x80 ? 0xff : 0;
          int rest = wanted - got;

          pixels[(gsize) y * stride + x] = (guint8) got;
          line[x + 2] += rest * 7;
          next[x] += rest * 3;
          next[x + 1] += rest * 5;
          next[x + 2] += rest;
        }
      memcpy (line, next, (width + 2) * sizeof (int));
      memset (next, 0, (width + 2) * sizeof (int));
    }
}

/* How dark a picture is, a byte a dot. */
static gboolean
shade_image (const WbLabelElement *dots, cairo_surface_t *shade, GError **error)
{
  guint width = dots->width_um;
  guint height = dots->height_um;
  cairo_surface_t *colour = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  cairo_t *cairo = cairo_create (colour);
  guint8 *pixels = cairo_image_surface_get_data (shade);
  guint stride = (guint) cairo_image_surface_get_stride (shade);
  gboolean drawn = FALSE;

  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  drawn = wb_label_draw_element (cairo, dots, error);
  cairo_surface_flush (colour);
  for (guint y = 0; drawn && y < height; y++)
    {
      const guint8 *row = cairo_image_surface_get_data (colour) + (gsize) y * (guint) cairo_image_surface_get_stride (colour);

      for (guint x = 0; x < width; x++)
        {
          guint32 pixel = 0;

          memcpy (&pixel, row + (gsize) x * 4, 4);
          pixels[(gsize) y * stride + x] =
            (guint8) (255 - (((pixel >> 16) & 0xff) * 299 + ((pixel >> 8) & 0xff) * 587 + (pixel & 0xff) * 114) / 1000);
        }
    }
  if (drawn)
    dither (pixels, stride, width, height);
  cairo_destroy (cairo);
  cairo_surface_destroy (colour);
  return drawn;
}

gboolean
wb_label_rasterise (const WbLabelElement *element, guint dpi, WbLabelBitmap *bitmap, gpointer user_data, GError **error)
{
  WbLabelElement dots = { 0 };
  cairo_surface_t *surface = NULL;
  cairo_t *cairo = NULL;
  gboolean drawn = FALSE;

  g_return_val_if_fail (element != NULL && dpi > 0 && bitmap != NULL, FALSE);

  *bitmap = (WbLabelBitmap){ 0 };
  dots = to_dots (element, dpi);
  surface = cairo_image_surface_create (CAIRO_FORMAT_A8, (int) dots.width_um, (int) dots.height_um);
  if (!check_status (cairo_surface_status (surface), error))
    {
      cairo_surface_destroy (surface);
      return FALSE;
    }
  cairo = cairo_create (surface);
  drawn = element->kind == WB_LABEL_IMAGE ? shade_image (&dots, surface, error) : wb_label_draw_element (cairo, &dots, error);
  cairo_surface_flush (surface);
  if (drawn)
    {
      take_dots (cairo_image_surface_get_data (surface), (guint) cairo_image_surface_get_stride (surface), dots.width_um,
                 dots.height_um, bitmap);
      bitmap->x += wb_label_dots (element->x_um, dpi);
      bitmap->y += wb_label_dots (element->y_um, dpi);
    }
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
  return drawn;
}
