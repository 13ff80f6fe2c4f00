/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writes a label as ESC/POS, the language of receipt printers, in the mode that all of them have: from top to bottom.
 * Where a line of text or a symbol stands alone across the paper it is printed by the printer itself; everything else is
 * sent as dots.
 *
 * A pure function, any thread.
 */
#pragma once

#include "core/wb-label-bitmap.h"
#include "core/wb-label-media.h"

G_BEGIN_DECLS

/**
 * wb_label_to_escpos:
 * @dpi: 180 or 203; above 255 everything is sent as dots
 * @media: (nullable): what lies in the printer: paper without end, whatever it is
 * @rasterise: (nullable): for what the printer does not have
 *
 * Fails with %WB_ERROR_UNKNOWN when there is something to draw and nothing that draws, and as @rasterise does.
 *
 * Returns: (transfer full): the job's bytes
 */
GBytes *wb_label_to_escpos (const WbLabel *self, guint dpi, const WbLabelMedia *media, WbLabelRasteriser rasterise, gpointer user_data,
                            GError **error);

G_END_DECLS
