/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writes a label as ZPL II, the language of Zebra label printers and most that imitate them. The
 * printer draws text in its own font where it has the letters (Latin, Greek, Cyrillic) and gets a
 * picture of the text where it has not. Text from outside cannot leave its field: the characters
 * that begin a command are sent as hexadecimal.
 *
 * A pure function, any thread.
 */
#pragma once

#include "core/wb-label.h"

G_BEGIN_DECLS

/**
 * WbLabelBitmap:
 * @width: dots, a multiple of eight
 * @height: dots
 * @bits: @width / 8 × @height bytes, the leftmost dot in the highest bit, 1 is black
 */
typedef struct
{
  guint width;
  guint height;
  guint8 *bits;
} WbLabelBitmap;

/**
 * WbLabelRasteriser:
 * @text: one line
 * @width: dots there are
 * @height: height of the line in dots
 * @bold: heavier
 *
 * Draws text that a printer has no letters for.
 *
 * Returns: FALSE when it cannot; otherwise @bitmap is filled and its bits are the caller's to g_free()
 */
typedef gboolean (*WbLabelRasteriser) (const char *text, guint width, guint height, gboolean bold,
                                       WbLabelBitmap *bitmap, gpointer user_data);

/**
 * wb_label_to_zpl:
 * @dpi: 203, 300 or 600
 * @rasterise: (nullable): for letters the printer does not have
 *
 * Fails with %WB_ERROR_UNKNOWN when such letters are there and cannot be drawn.
 *
 * Returns: (transfer full): the job's bytes, UTF-8
 */
GBytes *wb_label_to_zpl (const WbLabel *self, guint dpi, WbLabelRasteriser rasterise, gpointer user_data,
                         GError **error);

G_END_DECLS
