/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writes a label as EPL2 (page mode), the language of Eltron's and many older Zebra label printers. Bars of every common
 * symbology are the printer's own; squares are bitmaps, since the printers that have them need a firmware for it. Text from
 * outside stays between its quotes.
 *
 * A pure function, any thread.
 */
#pragma once

#include "core/wb-label-bitmap.h"
#include "core/wb-label-media.h"

G_BEGIN_DECLS

/**
 * wb_label_to_epl:
 * @dpi: 203 or 300
 * @media: (nullable): what lies in the printer; NULL: labels of this size, with 3 mm between two of them
 * @rasterise: (nullable): for what the printer does not have
 *
 * Fails with %WB_ERROR_UNKNOWN when there is something to draw and nothing that draws, and as @rasterise does.
 *
 * Returns: (transfer full): the job's bytes
 */
GBytes *wb_label_to_epl (const WbLabel *self, guint dpi, const WbLabelMedia *media, WbLabelRasteriser rasterise, gpointer user_data,
                         GError **error);

G_END_DECLS
