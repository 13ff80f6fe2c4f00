/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dots: what a print head burns. A label as a whole as the printer will have it (wb_label_to_bitmap(), also the
 * preview), and parts of one that a printer's language cannot say: letters, symbols and pictures. Drawing those is
 * somebody else's (devices/wb-label-pdf.h); core/ only says what it wants drawn.
 *
 * Plain values, any thread.
 */
#pragma once

#include "core/wb-label.h"

G_BEGIN_DECLS

/**
 * WbLabelBitmap:
 * @x: where on the label its left edge is, in dots
 * @y: and its upper edge
 * @width: dots, a multiple of eight; 0 when there is nothing to see
 * @height: dots
 * @bits: @width / 8 × @height bytes, the leftmost dot in the highest bit, 1 is black
 */
typedef struct
{
  guint x;
  guint y;
  guint width;
  guint height;
  guint8 *bits;
} WbLabelBitmap;

/**
 * WbLabelRasteriser:
 * @element: text, a symbol or an image
 * @dpi: dots an inch
 * @bitmap: (out): filled; cleared by the caller with wb_label_bitmap_clear()
 *
 * Draws one element of a label as dots, where it stands, in its rectangle.
 */
typedef gboolean (*WbLabelRasteriser) (const WbLabelElement *element, guint dpi, WbLabelBitmap *bitmap,
                                       gpointer user_data, GError **error);

/**
 * wb_label_dots:
 *
 * Returns: @um in dots, rounded
 */
guint wb_label_dots (guint um, guint dpi);

/**
 * wb_label_bitmap_init:
 * @width: dots; rounded up to a multiple of eight
 *
 * A white bitmap. Free what it holds with wb_label_bitmap_clear().
 */
void wb_label_bitmap_init (WbLabelBitmap *self, guint width, guint height);
void wb_label_bitmap_clear (WbLabelBitmap *self);

/**
 * wb_label_bitmap_is_black:
 *
 * Returns: whether that dot is black; FALSE outside
 */
gboolean wb_label_bitmap_is_black (const WbLabelBitmap *self, guint x, guint y);

/**
 * wb_label_align_offset:
 * @room: dots there are
 * @used: dots it takes
 *
 * Returns: how far in it begins
 */
guint wb_label_align_offset (WbLabelAlign align, guint room, guint used);

/**
 * wb_label_rasterise_element:
 * @rasterise: (nullable): who draws
 * @bitmap: (out): what it drew
 *
 * Calls @rasterise. Fails with %WB_ERROR_UNKNOWN when there is none.
 */
gboolean wb_label_rasterise_element (const WbLabelElement *element, guint dpi, WbLabelRasteriser rasterise,
                                     gpointer user_data, WbLabelBitmap *bitmap, GError **error);

/**
 * wb_label_bitmap_draw:
 * @self: where to
 * @element: any kind
 * @rasterise: (nullable): for text, symbols and images
 *
 * Adds one element. Fails with %WB_ERROR_UNKNOWN when it takes a rasteriser and there is none, and as that does.
 */
gboolean wb_label_bitmap_draw (WbLabelBitmap *self, const WbLabelElement *element, guint dpi,
                               WbLabelRasteriser rasterise, gpointer user_data, GError **error);

/**
 * wb_label_to_bitmap:
 * @bitmap: (out): the whole label; wb_label_bitmap_clear() it
 * @dpi: dots an inch
 *
 * Errors are those of wb_label_bitmap_draw().
 */
gboolean wb_label_to_bitmap (const WbLabel *self, guint dpi, WbLabelRasteriser rasterise, gpointer user_data,
                             WbLabelBitmap *bitmap, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbLabelBitmap, wb_label_bitmap_clear)

G_END_DECLS
