/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a camera's picture costs: reading barcodes in one of 1024 × 576 pixels, with three on a table, with nothing on it, and with noise
 * all over; making a photo of 1920 × 1080. Prints a line a figure: "NAME N ms".
 */
#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <time.h>
#include <zint.h>

#include "devices/wb-code-reader.h"
#include "devices/wb-photo.h"
#include "tests/devices/wb-test-scene.h"

#define N_TIMES 40
#define WIDTH 1024
#define HEIGHT 576

static void
code_cb (const guint8 *bytes, gsize length, const char *symbology, gboolean is_checked, gpointer user_data)
{
  ++*(guint *) user_data;
}

/* A table as grey bytes, and as a picture. */
static guint8 *
make_grey (gboolean has_codes, double noise, GdkPixbuf **picture)
{
  g_autofree char *folder = g_dir_make_tmp ("wb-bench-camera-XXXXXX", NULL);
  g_autoptr(WbTestScene) scene = wb_test_scene_new (WIDTH, HEIGHT, 0.62, 0.55, 0.45);
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);
  g_autofree char *path = NULL;
  guint8 *grey = g_new (guint8, WIDTH * HEIGHT);

  if (has_codes)
    {
      wb_test_scene_add_code (scene, BARCODE_EANX, FALSE, "4006381333931", 240, 150, 2.4, 7);
      wb_test_scene_add_code (scene, BARCODE_CODE128, FALSE, "WB:PHOTO", 740, 140, 2.4, -10);
      wb_test_scene_add_code (scene, BARCODE_QRCODE, FALSE, "https://example.com/01/09521234543213", 500, 420, 4, 15);
    }
  path = wb_test_scene_save (scene, folder, "table.png");
  *picture = gdk_pixbuf_new_from_file (path, NULL); /* may block: a benchmark */
  g_unlink (path);
  g_rmdir (folder);
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      {
        const guint8 *pixel = gdk_pixbuf_read_pixels (*picture) + (gsize) y * (guint) gdk_pixbuf_get_rowstride (*picture) + 3 * x;
        double value = 0.3 * pixel[0] + 0.59 * pixel[1] + 0.11 * pixel[2] + g_rand_double_range (rand, -noise, noise);

        grey[y * WIDTH + x] = (guint8) CLAMP (value, 0, 255);
      }
  return grey;
}

static void
measure_codes (WbCodeReader *reader, const char *name, gboolean has_codes, double noise)
{
  g_autoptr(GdkPixbuf) picture = NULL;
  g_autofree guint8 *grey = make_grey (has_codes, noise, &picture);
  guint n = 0;
  clock_t before = clock ();

  for (guint i = 0; i < N_TIMES; i++)
    wb_code_reader_read (reader, grey, WIDTH, HEIGHT, code_cb, &n);
  printf ("%s %.1f ms\n", name, (double) (clock () - before) * 1000 / CLOCKS_PER_SEC / N_TIMES);
  if (has_codes && n == 0)
    printf ("# %s: nothing was read\n", name);
}

static void
measure_photo (void)
{
  g_autoptr(GdkPixbuf) picture = NULL;
  g_autoptr(GdkPixbuf) large = NULL;
  g_autofree guint8 *grey = make_grey (TRUE, 0, &picture);
  clock_t before = 0;

  large = gdk_pixbuf_scale_simple (picture, 1920, 1080, GDK_INTERP_BILINEAR);
  before = clock ();
  for (guint i = 0; i < N_TIMES; i++)
    {
      g_autoptr(WbPhoto) photo = wb_photo_new (gdk_pixbuf_read_pixels (large), 1920, 1080, (guint) gdk_pixbuf_get_rowstride (large),
                                               1600, 80, NULL);
    }
  printf ("camera-photo %.1f ms\n", (double) (clock () - before) * 1000 / CLOCKS_PER_SEC / N_TIMES);
}

int
main (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(WbCodeReader) reader = wb_code_reader_new (&error);

  if (reader == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  measure_codes (reader, "camera-three-codes", TRUE, 0);
  measure_codes (reader, "camera-empty-table", FALSE, 0);
  measure_codes (reader, "camera-noise", TRUE, 40);
  measure_photo ();
  return 0;
}
