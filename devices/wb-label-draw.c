/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <pango/pangocairo.h>
#include <string.h>
#include <zint.h>

#include "core/wb-gs1.h"
#include "core/wb-maxicode.h"
#include "devices/wb-device-error.h"
#include "devices/wb-label-draw.h"

/* A line of text is this much higher than its font. */
#define LINE_PER_FONT 1.18
#define FONT "Cantarell, Noto Sans, DejaVu Sans, Noto Sans CJK JP, sans-serif"

/* A picture of more pixels is none for a label. */
#define MAX_IMAGE_SIDE 4096u

/* The level of error correction of a QR code: M, as printers make it. */
#define QR_LEVEL 2

/* What of a hexagon's room is black, and where the bull's eye is. */
#define HEXAGON_FILL 0.9
#define SQRT_3 1.7320508075688772
#define MIDDLE_COLUMN 14.5
#define MIDDLE_ROW 16

/* ---- Text -------------------------------------------------------------------------------------- */

static PangoLayout *
make_layout (cairo_t *cairo, const char *text, double height, gboolean bold)
{
  PangoLayout *layout = pango_cairo_create_layout (cairo);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (FONT);

  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_MEDIUM);
  pango_font_description_set_absolute_size (font, height / LINE_PER_FONT * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_auto_dir (layout, TRUE);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static void
draw_text (cairo_t *cairo, const WbLabelElement *element, double width, double height)
{
  g_autoptr (PangoLayout) layout = make_layout (cairo, element->text, height, element->bold);
  PangoRectangle extents = { 0 };
  double scale = 1.0;
  double used = 0.0;
  double x = 0.0;

  pango_layout_get_extents (layout, NULL, &extents);
  used = (double) extents.width / PANGO_SCALE;
  if (used > width)
    scale = width / used;
  if (element->align == WB_LABEL_RIGHT)
    x = width - used * scale;
  else if (element->align == WB_LABEL_CENTRE)
    x = (width - used * scale) / 2;
  cairo_save (cairo);
  cairo_translate (cairo, x, (height - (double) extents.height / PANGO_SCALE) / 2);
  cairo_scale (cairo, scale, 1.0);
  pango_cairo_show_layout (cairo, layout);
  cairo_restore (cairo);
}

guint
wb_label_draw_count_unknown (const char *text)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 8, 8);
  cairo_t *cairo = cairo_create (surface);
  PangoLayout *layout = make_layout (cairo, text, 32, FALSE);
  guint count = (guint) pango_layout_get_unknown_glyphs_count (layout);

  g_object_unref (layout);
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
  return count;
}

/* ---- Barcodes ---------------------------------------------------------------------------------- */

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

/* What stands in the middle it is told apart. Returns the rest. */
static char *
tell_place (struct zint_symbol *symbol, const char *text)
{
  g_autoptr (WbMaxicode) code = wb_maxicode_parse (text);
  g_autofree char *postcode = NULL;

  if (code == NULL)
    return NULL;
  postcode = wb_maxicode_pad_postcode (code);
  g_snprintf (symbol->primary, sizeof symbol->primary, "%s%s%s", postcode, code->country, code->service);
  symbol->option_1 = (int) code->mode;
  return g_steal_pointer (&code->message);
}

static struct zint_symbol *
encode (const WbSymbology *symbology, const char *text, GError **error)
{
  struct zint_symbol *symbol = ZBarcode_Create ();
  /* zint wants a DataBar's GTIN alone, without its identifier */
  gboolean bare = symbology->zint == BARCODE_DBAR_OMN;
  gboolean gs1 = symbology->data == WB_SYMBOL_GS1 && !bare;
  g_autofree char *data = gs1 ? bracketed (text) : g_strdup (bare ? text + 2 : text);

  symbol->symbology = symbology->zint;
  symbol->input_mode = gs1 ? GS1_MODE : UNICODE_MODE;
  if (symbology->form == WB_SYMBOL_HEXAGONS)
    {
      g_free (data);
      data = tell_place (symbol, text);
    }
  if (symbology->zint == BARCODE_DATAMATRIX)
    symbol->option_3 = DM_SQUARE;
  else if (symbology->zint == BARCODE_QRCODE)
    symbol->option_1 = QR_LEVEL;
  else if (symbology->option > 0)
    symbol->option_2 = symbology->option;
  /* of a number of eight digits it would make something longer; the check digit it finds itself */
  if (symbology->data == WB_SYMBOL_CHECKED)
    data[strlen (data) - 1] = '\0';
  if (data == NULL || ZBarcode_Encode (symbol, (const unsigned char *) data, 0) >= ZINT_ERROR)
    {
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED, "no barcode can be made of “%.60s”: %s", text,
                   symbol->errtxt);
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

/* Six corners; a little smaller than the room it has, since ink spreads. */
static void
draw_hexagon (cairo_t *cairo, double x, double y, double module)
{
  double half = module * HEXAGON_FILL / 2;
  double up = half * 2 / SQRT_3;

  cairo_move_to (cairo, x, y - up);
  cairo_line_to (cairo, x + half, y - up / 2);
  cairo_line_to (cairo, x + half, y + up / 2);
  cairo_line_to (cairo, x, y + up);
  cairo_line_to (cairo, x - half, y + up / 2);
  cairo_line_to (cairo, x - half, y - up / 2);
  cairo_close_path (cairo);
}

/* Every other row lies half a hexagon further to the right, in the one above; three rings around the middle. */
static void
draw_hexagons (cairo_t *cairo, const struct zint_symbol *symbol, double x, double module)
{
  static const double rings[] = { 4.41, 3.65, 2.89, 2.12, 1.35, 0.58 };
  double step = module * SQRT_3 / 2;
  double first = module / SQRT_3;

  for (int row = 0; row < symbol->rows; row++)
    for (int column = 0; column < symbol->width; column++)
      if (is_dark (symbol, row, column))
        draw_hexagon (cairo, x + module * (column + 0.5 + row % 2 * 0.5), first + row * step, module);
  cairo_fill (cairo);
  for (guint i = 0; i < G_N_ELEMENTS (rings); i++)
    {
      cairo_new_sub_path (cairo);
      if (i % 2 == 0)
        cairo_arc (cairo, x + module * MIDDLE_COLUMN, first + MIDDLE_ROW * step, rings[i] * module, 0, 2 * G_PI);
      else
        cairo_arc_negative (cairo, x + module * MIDDLE_COLUMN, first + MIDDLE_ROW * step, rings[i] * module, 2 * G_PI, 0);
    }
  cairo_fill (cairo);
}

/* How many modules high a row is: what zint says, or one. */
static double
row_modules (const struct zint_symbol *symbol, int row)
{
  return symbol->row_height[row] >= 1.0f ? (double) (int) symbol->row_height[row] : 1.0;
}

static gboolean
draw_symbol (cairo_t *cairo, const WbLabelElement *element, double width, double height, GError **error)
{
  const WbSymbology *symbology = wb_symbology_get (element->symbol);
  struct zint_symbol *symbol = encode (symbology, element->text, error);
  double module = element->module_um;
  double down = 0.0;
  double x = 0.0;
  double y = 0.0;

  if (symbol == NULL)
    return FALSE;
  for (int row = 0; row < symbol->rows; row++)
    down += row_modules (symbol, row);
  if (symbology->form == WB_SYMBOL_LINEAR)
    down = 0.0;
  else if (symbology->form == WB_SYMBOL_HEXAGONS)
    down = (symbol->rows - 1) * SQRT_3 / 2 + 2 / SQRT_3;
  if (symbol->width * module > width || down * module > height)
    {
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED, "the barcode of “%.60s” does not fit", element->text);
      ZBarcode_Delete (symbol);
      return FALSE;
    }
  if (element->align == WB_LABEL_RIGHT)
    x = width - symbol->width * module;
  else if (element->align == WB_LABEL_CENTRE)
    x = (double) (int) ((width - symbol->width * module) / 2);
  if (symbology->form == WB_SYMBOL_HEXAGONS)
    draw_hexagons (cairo, symbol, x, module);
  else if (symbology->form == WB_SYMBOL_LINEAR)
    draw_row (cairo, symbol, 0, x, 0, module, height);
  else
    for (int row = 0; row < symbol->rows; row++)
      {
        draw_row (cairo, symbol, row, x, y, module, row_modules (symbol, row) * module);
        y += row_modules (symbol, row) * module;
      }
  cairo_fill (cairo);
  ZBarcode_Delete (symbol);
  return TRUE;
}

/* ---- Pictures ---------------------------------------------------------------------------------- */

typedef struct
{
  const guint8 *data;
  gsize left;
} Reader;

static cairo_status_t
read_bytes (void *closure, unsigned char *data, unsigned int length)
{
  Reader *reader = closure;

  if (length > reader->left)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, reader->data, length);
  reader->data += length;
  reader->left -= length;
  return CAIRO_STATUS_SUCCESS;
}

/* The sides stand at the beginning of a PNG, before anything large is made of them. */
static gboolean
is_small (const guint8 *data, gsize length)
{
  guint32 sides[2] = { 0, 0 };

  if (length < 24 || memcmp (data, "\x89PNG\r\n\x1a\n", 8) != 0)
    return FALSE;
  memcpy (sides, data + 16, sizeof sides);
  return GUINT32_FROM_BE (sides[0]) <= MAX_IMAGE_SIDE && GUINT32_FROM_BE (sides[1]) <= MAX_IMAGE_SIDE;
}

static cairo_surface_t *
get_image (GBytes *png, GError **error)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (png, &length);
  Reader reader = { data, length };
  cairo_surface_t *surface = NULL;

  if (is_small (data, length))
    {
      surface = cairo_image_surface_create_from_png_stream (read_bytes, &reader);
      if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS && cairo_image_surface_get_width (surface) > 0 &&
          cairo_image_surface_get_height (surface) > 0)
        return surface;
      cairo_surface_destroy (surface);
    }
  g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED, "a picture on the label is no PNG of at most %u × %u",
               MAX_IMAGE_SIDE, MAX_IMAGE_SIDE);
  return NULL;
}

/* How a picture stands in its rectangle: as large as it fits, its shape kept. Left and upper edge within the element as it lies,
 * unturned, and how much its pixels are enlarged. */
static void
fit_image (const WbLabelElement *element, cairo_surface_t *surface, double *x, double *y, double *scale)
{
  gboolean lies = element->turn % 180 == 90;
  double width = lies ? element->height_um : element->width_um;
  double height = lies ? element->width_um : element->height_um;
  double across = cairo_image_surface_get_width (surface);
  double down = cairo_image_surface_get_height (surface);

  *scale = MIN (width / across, height / down);
  *x = element->align == WB_LABEL_RIGHT ? width - across * *scale : 0.0;
  if (element->align == WB_LABEL_CENTRE)
    *x = (width - across * *scale) / 2;
  *y = (height - down * *scale) / 2;
}

static gboolean
draw_image (cairo_t *cairo, const WbLabelElement *element, GError **error)
{
  cairo_surface_t *surface = get_image (element->image, error);
  double x = 0.0;
  double y = 0.0;
  double scale = 1.0;

  if (surface == NULL)
    return FALSE;
  fit_image (element, surface, &x, &y, &scale);
  cairo_save (cairo);
  cairo_translate (cairo, x, y);
  cairo_scale (cairo, scale, scale);
  cairo_set_source_surface (cairo, surface, 0, 0);
  cairo_paint (cairo);
  cairo_restore (cairo);
  cairo_surface_destroy (surface);
  return TRUE;
}

/* ---- An element -------------------------------------------------------------------------------- */

/* So that (0, 0) is the upper left corner of the element as it is read. */
static void
turn (cairo_t *cairo, const WbLabelElement *element)
{
  double right = (double) element->x_um + element->width_um;
  double bottom = (double) element->y_um + element->height_um;
  cairo_matrix_t matrix = { 1, 0, 0, 1, element->x_um, element->y_um };

  if (element->turn == 90)
    matrix = (cairo_matrix_t){ 0, 1, -1, 0, right, element->y_um };
  else if (element->turn == 180)
    matrix = (cairo_matrix_t){ -1, 0, 0, -1, right, bottom };
  else if (element->turn == 270)
    matrix = (cairo_matrix_t){ 0, -1, 1, 0, element->x_um, bottom };
  cairo_transform (cairo, &matrix);
}

static void
draw_frame (cairo_t *cairo, const WbLabelElement *element)
{
  double line = element->line_um;

  cairo_set_line_width (cairo, line);
  cairo_rectangle (cairo, element->x_um + line / 2, element->y_um + line / 2, element->width_um - line,
                   element->height_um - line);
  cairo_stroke (cairo);
}

gboolean
wb_label_draw_element (cairo_t *cairo, const WbLabelElement *element, GError **error)
{
  gboolean lies = element->turn % 180 == 90;
  double width = lies ? element->height_um : element->width_um;
  double height = lies ? element->width_um : element->height_um;
  gboolean drawn = TRUE;

  if (element->kind == WB_LABEL_FRAME)
    draw_frame (cairo, element);
  else if (element->kind == WB_LABEL_BAR)
    {
      cairo_rectangle (cairo, element->x_um, element->y_um, element->width_um, element->height_um);
      cairo_fill (cairo);
    }
  else
    {
      cairo_save (cairo);
      turn (cairo, element);
      if (element->kind == WB_LABEL_TEXT)
        draw_text (cairo, element, width, height);
      else if (element->kind == WB_LABEL_SYMBOL)
        drawn = draw_symbol (cairo, element, width, height, error);
      else
        drawn = draw_image (cairo, element, error);
      cairo_restore (cairo);
    }
  return drawn;
}
