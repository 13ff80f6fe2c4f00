/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Draws one element of a label with cairo, pango and zint. In which unit is the caller's affair: lengths are taken as they
 * stand in the element, so a PDF is drawn in micrometres and a bitmap in dots, where every module is a whole number of them.
 *
 * Pure functions; any thread.
 */
#pragma once

#include <cairo.h>

#include "core/wb-label.h"

G_BEGIN_DECLS

/**
 * wb_label_draw_element:
 * @cairo: black on white, scaled to the unit of @element
 * @element: what to draw
 *
 * Fails with %WB_DEVICE_ERROR_FAILED when a barcode cannot be made, does not fit, or a picture cannot be read.
 */
gboolean wb_label_draw_element (cairo_t *cairo, const WbLabelElement *element, GError **error);

/**
 * wb_label_draw_count_unknown:
 * @text: one line
 *
 * Returns: how many of its letters no font here has
 */
guint wb_label_draw_count_unknown (const char *text);

G_END_DECLS
