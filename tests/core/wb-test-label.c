/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "tests/core/wb-test-label.h"

gboolean
wb_test_label_rasterise (const WbLabelElement *element,
                         guint                 dpi,
                         WbLabelBitmap        *bitmap,
                         gpointer              user_data,
                         GError              **error)
{
  wb_label_bitmap_init (bitmap, 16, 2);
  memcpy (bitmap->bits, "\xff\x00\x0f\xf0", 4);
  bitmap->x = wb_label_dots (element->x_um, dpi);
  bitmap->y = wb_label_dots (element->y_um, dpi);
  return TRUE;
}
