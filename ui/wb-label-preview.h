/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A label as the printer will have it: the same dots, at the printer's resolution (core/wb-label-bitmap.h), as large as there is
 * room or enlarged dot by dot, by the buttons below it, Control with +, -, 1, 0 or the wheel, or a double click. Screen readers hear the words and codes on it. Not for papers of several pages.
 *
 * Drawn in a thread; main thread otherwise.
 */
#pragma once

#include <gtk/gtk.h>

#include "core/wb-label.h"

G_BEGIN_DECLS

#define WB_TYPE_LABEL_PREVIEW (wb_label_preview_get_type ())
G_DECLARE_FINAL_TYPE (WbLabelPreview, wb_label_preview, WB, LABEL_PREVIEW, GtkWidget)

/**
 * wb_label_preview_new:
 *
 * Returns: (transfer floating): a preview of nothing
 */
GtkWidget *wb_label_preview_new (void);

/**
 * wb_label_preview_set_label:
 * @label: (transfer full) (nullable): what to show; nothing more is done to it
 * @dpi: of the printer
 */
void wb_label_preview_set_label (WbLabelPreview *self, WbLabel *label, guint dpi);

/**
 * wb_label_preview_set_zoom:
 * @zoom: pixels a dot, at most 8; 0: as large as there is room
 */
void wb_label_preview_set_zoom (WbLabelPreview *self, guint zoom);
guint wb_label_preview_get_zoom (WbLabelPreview *self);

/**
 * wb_label_preview_get_paintable:
 *
 * Returns: (transfer none) (nullable): the dots; %NULL while they are being drawn, or cannot be
 */
GdkPaintable *wb_label_preview_get_paintable (WbLabelPreview *self);

/**
 * wb_label_preview_describe:
 *
 * Returns: (transfer full): the words and codes on a label, for those who hear it
 */
char *wb_label_preview_describe (const WbLabel *label);

G_END_DECLS
