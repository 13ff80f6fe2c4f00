/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <cairo.h>
#include <math.h>
#include <string.h>
#include <zint.h>

#include "tests/devices/wb-test-scene.h"

/* Bars are so many modules high. */
#define BAR_HEIGHT 40

struct _WbTestScene
{
  cairo_surface_t *surface;
  cairo_t *cairo;
};

WbTestScene *
wb_test_scene_new (guint width, guint height, double red, double green, double blue)
{
  WbTestScene *self = g_new0 (WbTestScene, 1);

  self->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  self->cairo = cairo_create (self->surface);
  cairo_set_source_rgb (self->cairo, red, green, blue);
  cairo_paint (self->cairo);
  return self;
}

void
wb_test_scene_free (WbTestScene *self)
{
  if (self == NULL)
    return;
  cairo_destroy (self->cairo);
  cairo_surface_destroy (self->surface);
  g_free (self);
}

void
wb_test_scene_add_code (WbTestScene *self, int symbology, gboolean is_gs1, const char *text, double x, double y, double module,
                        double turned)
{
  struct zint_symbol *symbol = ZBarcode_Create ();
  gboolean is_square = symbology == BARCODE_QRCODE;
  double height = 0;

  symbol->symbology = symbology;
  symbol->input_mode = is_gs1 ? GS1_MODE : UNICODE_MODE;
  g_assert_cmpint (ZBarcode_Encode (symbol, (const unsigned char *) text, (int) strlen (text)), <, ZINT_ERROR);
  height = is_square ? symbol->rows : BAR_HEIGHT;
  cairo_save (self->cairo);
  cairo_translate (self->cairo, x, y);
  cairo_rotate (self->cairo, turned * G_PI / 180);
  cairo_scale (self->cairo, module, module);
  cairo_translate (self->cairo, -symbol->width / 2.0, -height / 2);
  /* the paper it is printed on, with its quiet zone */
  cairo_set_source_rgb (self->cairo, 1, 1, 1);
  cairo_rectangle (self->cairo, -12, -4, symbol->width + 24, height + 8);
  cairo_fill (self->cairo);
  cairo_set_source_rgb (self->cairo, 0.05, 0.05, 0.05);
  for (int row = 0; row < symbol->rows; row++)
    for (int i = 0; i < symbol->width; i++)
      if (symbol->encoded_data[row][i / 8] >> (i % 8) & 1)
        cairo_rectangle (self->cairo, i, is_square ? row : 0, 1, is_square ? 1 : height);
  cairo_fill (self->cairo);
  cairo_restore (self->cairo);
  ZBarcode_Delete (symbol);
}

char *
wb_test_scene_save (WbTestScene *self, const char *folder, const char *name)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (cairo_surface_write_to_png (self->surface, path), ==, CAIRO_STATUS_SUCCESS);
  return path;
}

char *
wb_test_scene_source (const char *path)
{
  return g_strdup_printf ("filesrc location=\"%s\" ! pngdec ! imagefreeze ! video/x-raw,framerate=15/1", path);
}
