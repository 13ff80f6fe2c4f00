/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A label printer for tests that puts a job on paper as the manuals of ZPL II, EPL2, TSPL and ESC/POS say, knowing nothing of how ours
 * are written. It is strict: what the manual does not have, or a field that is not closed, fails the job. Not a faithful
 * picture of letters, only of their size and place.
 */
#pragma once

#include <cairo.h>

#include "core/wb-label-language.h"

G_BEGIN_DECLS

/**
 * WbTestPrinted:
 * @paper: what came out
 * @texts: (element-type utf8): what it was told to print in its own letters
 * @symbols: (element-type utf8): and as its own barcodes, the data as they are then read
 * @n_bitmaps: how many pictures it was sent
 * @n_labels: how many labels came out
 */
typedef struct
{
  cairo_surface_t *paper;
  GPtrArray *texts;
  GPtrArray *symbols;
  guint n_bitmaps;
  guint n_labels;
} WbTestPrinted;

/**
 * wb_test_print:
 * @language: any
 * @job: bytes as they reach the printer
 * @dpi: dots an inch; which fonts it has
 * @width: dots of the paper
 * @height: dots of the paper
 *
 * Fails with a text that says which command the printer does not take.
 *
 * Returns: (transfer full): what came out
 */
WbTestPrinted *wb_test_print (WbLabelLanguage language, GBytes *job, guint dpi, guint width, guint height, GError **error);
void wb_test_printed_free (WbTestPrinted *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTestPrinted, wb_test_printed_free)

G_END_DECLS
