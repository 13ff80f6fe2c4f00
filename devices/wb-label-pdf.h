/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A label (core/wb-label.h) drawn: as a PDF for office printers, as a PNG to look at, and single elements as dots for what a
 * label printer lacks. The same layout as what is sent to label printers, so what is seen is what is printed.
 *
 * Pure functions; any thread, one label at a time.
 */
#pragma once

#include "core/wb-label-language.h"
#include "core/wb-label-zpl.h"

G_BEGIN_DECLS

/**
 * wb_label_to_pdf:
 *
 * Fails with %WB_DEVICE_ERROR_FAILED when a barcode cannot be made.
 *
 * Returns: (transfer full): a PDF of one page, as large as the label
 */
GBytes *wb_label_to_pdf (const WbLabel *self, GError **error);

/**
 * wb_label_pages_to_pdf:
 * @pages: (element-type WbLabel): at least one
 *
 * The same for several pages, each as large as it says.
 *
 * Returns: (transfer full): a PDF
 */
GBytes *wb_label_pages_to_pdf (GPtrArray *pages, GError **error);

/**
 * wb_label_to_png:
 * @dpi: dots an inch
 *
 * Returns: (transfer full): a PNG
 */
GBytes *wb_label_to_png (const WbLabel *self, guint dpi, GError **error);

/**
 * wb_label_rasterise:
 *
 * A #WbLabelRasteriser; @user_data is not used. Fails with %WB_DEVICE_ERROR_FAILED.
 */
gboolean wb_label_rasterise (const WbLabelElement *element, guint dpi, WbLabelBitmap *bitmap, gpointer user_data,
                             GError **error);

G_END_DECLS
