/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <string.h>
#include <zint.h>

#include "core/wb-gs1.h"
#include "devices/wb-device-error.h"
#include "devices/wb-label-pdf.h"

#define POINTS_PER_UM (72.0 / 25400.0)

/* A line of text is this much higher than its font. */
#define LINE_PER_FONT 1.18
#define FONT "Cantarell, Noto Sans, DejaVu Sans, sans-serif"

/* ── Text ────────────────────────────────────────────────────────────────────────────────────── */

static PangoLayout *
make_layout (cairo_t *cairo, const char *text, double height, gboolean bold)
{
  PangoLayout *layout = pango_cairo_create_layout (cairo);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (FONT);

  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_MEDIUM);
  pango_font_description_set_absolute_size (font, height / LINE_PER_FONT * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static void
draw_text (cairo_t *cairo, const WbLabelElement *element)
{
  g_autoptr (PangoLayout) layout = make_layout (cairo, element->text, element->height_um, element->bold);
  PangoRectangle extents = { 0 };
  double width = element->width_um;
  double scale = 1.0;
  double used = 0.0;
  double x = element->x_um;

  pango_layout_get_extents (layout, NULL, &extents);
  used = (double) extents.width / PANGO_SCALE;
  if (used > width)
    scale = width / used;
  if (element->align == WB_LABEL_RIGHT)
    x += width - used * scale;
  else if (element->align == WB_LABEL_CENTRE)
    x += (width - used * scale) / 2;
  cairo_save (cairo);
  cairo_translate (cairo, x, element->y_um + (element->height_um - (double) extents.height / PANGO_SCALE) / 2);
  cairo_scale (cairo, scale, 1.0);
  pango_cairo_show_layout (cairo, layout);
  cairo_restore (cairo);
}

/* ── Barcodes ────────────────────────────────────────────────────────────────────────────────── */

/* zint takes element strings with the identifiers in square brackets. */
static char *
bracketed (const char *data)
{
  g_autoptr (GPtrArray) elements = wb_gs1_parse (data, NULL);
  GString *text = NULL;

  if (elements == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < elements->len; i++)
    {
      const WbGs1Element *element = g_ptr_array_index (elements, i);

      g_string_append_printf (text, "[%s]%s", element->ai, element->value);
    }
  return g_string_free (text, FALSE);
}

static int
symbology_of (WbLabelSymbol symbol)
{
  switch (symbol)
    {
    case WB_LABEL_GS1_128:
      return BARCODE_EAN128;
    case WB_LABEL_EAN_13:
      return BARCODE_EANX;
    case WB_LABEL_QR:
      return BARCODE_QRCODE;
    case WB_LABEL_DATAMATRIX:
      return BARCODE_DATAMATRIX;
    case WB_LABEL_CODE_128:
    default:
      return BARCODE_CODE128;
    }
}

static struct zint_symbol *
encode (const WbLabelElement *element, GError **error)
{
  struct zint_symbol *symbol = ZBarcode_Create ();
  g_autofree char *data = NULL;

  data = element->symbol == WB_LABEL_GS1_128 ? bracketed (element->text) : g_strdup (element->text);
  symbol->symbology = symbology_of (element->symbol);
  symbol->input_mode = element->symbol == WB_LABEL_GS1_128 ? GS1_MODE : UNICODE_MODE;
  if (element->symbol == WB_LABEL_DATAMATRIX)
    symbol->option_3 = DM_SQUARE;
  if (data == NULL || ZBarcode_Encode (symbol, (const unsigned char *) data, 0) >= ZINT_ERROR)
    {
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED, "no barcode can be made of “%.60s”: %s",
                   element->text, symbol->errtxt);
      ZBarcode_Delete (symbol);
      return NULL;
    }
  return symbol;
}

static gboolean
is_dark (const struct zint_symbol *symbol, int row, int column)
{
  return (symbol->encoded_data[row][column / 8] >> (column % 8)) & 1;
}

static void
draw_row (cairo_t *cairo, const struct zint_symbol *symbol, int row, double x, double y, double module, double height)
{
  for (int column = 0; column < symbol->width; column++)
    {
      int begin = column;

      while (column < symbol->width && is_dark (symbol, row, column))
        column++;
      if (column > begin)
        cairo_rectangle (cairo, x + begin * module, y, (column - begin) * module, height);
    }
}

static gboolean
draw_symbol (cairo_t *cairo, const WbLabelElement *element, GError **error)
{
  struct zint_symbol *symbol = encode (element, error);
  gboolean square = element->symbol == WB_LABEL_QR || element->symbol == WB_LABEL_DATAMATRIX;
  double x = element->x_um;
  double used = 0.0;

  if (symbol == NULL)
    return FALSE;
  used = (double) symbol->width * element->module_um;
  if (element->align == WB_LABEL_RIGHT)
    x += element->width_um - used;
  else if (element->align == WB_LABEL_CENTRE)
    x += (element->width_um - used) / 2;
  if (square)
    for (int row = 0; row < symbol->rows; row++)
      draw_row (cairo, symbol, row, x, element->y_um + (double) row * element->module_um, element->module_um,
                element->module_um);
  else
    draw_row (cairo, symbol, 0, x, element->y_um, element->module_um, element->height_um);
  cairo_fill (cairo);
  ZBarcode_Delete (symbol);
  return TRUE;
}

/* ── The label ───────────────────────────────────────────────────────────────────────────────── */

/* Draws in micrometres; the caller has set the scale. */
static gboolean
draw_label (cairo_t *cairo, const WbLabel *self, GError **error)
{
  cairo_set_source_rgb (cairo, 0, 0, 0);
  for (guint i = 0; i < self->elements->len; i++)
    {
      const WbLabelElement *element = g_ptr_array_index (self->elements, i);

      switch (element->kind)
        {
        case WB_LABEL_SYMBOL:
          if (!draw_symbol (cairo, element, error))
            return FALSE;
          break;
        case WB_LABEL_FRAME:
          cairo_set_line_width (cairo, element->line_um);
          cairo_rectangle (cairo, element->x_um + element->line_um / 2.0, element->y_um + element->line_um / 2.0,
                           (double) element->width_um - element->line_um,
                           (double) element->height_um - element->line_um);
          cairo_stroke (cairo);
          break;
        case WB_LABEL_BAR:
          cairo_rectangle (cairo, element->x_um, element->y_um, element->width_um, element->height_um);
          cairo_fill (cairo);
          break;
        case WB_LABEL_TEXT:
        default:
          draw_text (cairo, element);
          break;
        }
    }
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

/* An A8 surface as one bit a dot, highest bit left. */
static void
threshold (cairo_surface_t *surface, WbLabelBitmap *bitmap)
{
  const guint8 *pixels = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (guint y = 0; y < bitmap->height; y++)
    for (guint x = 0; x < bitmap->width; x++)
      if (pixels[y * (guint) stride + x] >= 0x80)
        bitmap->bits[y * (bitmap->width / 8) + x / 8] |= (guint8) (0x80 >> (x % 8));
}

gboolean
wb_label_rasterise (const char *text, guint width, guint height, gboolean bold, WbLabelBitmap *bitmap,
                    gpointer user_data)
{
  cairo_surface_t *measure = NULL;
  cairo_surface_t *surface = NULL;
  cairo_t *cairo = NULL;
  PangoLayout *layout = NULL;
  PangoRectangle extents = { 0 };
  double used = 0.0;

  g_return_val_if_fail (text != NULL && width >= 8 && height > 0 && bitmap != NULL, FALSE);

  measure = cairo_image_surface_create (CAIRO_FORMAT_A8, 8, 8);
  cairo = cairo_create (measure);
  layout = make_layout (cairo, text, height, bold);
  pango_layout_get_extents (layout, NULL, &extents);
  used = MAX ((double) extents.width / PANGO_SCALE, 1.0);
  g_object_unref (layout);
  cairo_destroy (cairo);
  cairo_surface_destroy (measure);

  bitmap->width = MIN (((guint) used + 8) / 8 * 8, width / 8 * 8);
  bitmap->height = height;
  bitmap->bits = g_malloc0 (bitmap->width / 8 * height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_A8, (int) bitmap->width, (int) height);
  cairo = cairo_create (surface);
  cairo_scale (cairo, MIN (1.0, bitmap->width / used), 1.0);
  cairo_translate (cairo, 0, (height - (double) extents.height / PANGO_SCALE) / 2);
  layout = make_layout (cairo, text, height, bold);
  pango_cairo_show_layout (cairo, layout);
  cairo_surface_flush (surface);
  threshold (surface, bitmap);
  g_object_unref (layout);
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
  return TRUE;
}
