/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writes a label as TSPL, the language of TSC's label printers and most inexpensive ones. Text from outside stays between its
 * quotes: what a quoted string cannot hold for sure is sent as a bitmap.
 *
 * A pure function, any thread.
 */
#pragma once

#include "core/wb-label-bitmap.h"
#include "core/wb-label-media.h"

G_BEGIN_DECLS

/**
 * wb_label_to_tspl:
 * @dpi: 203, 300 or 600
 * @media: (nullable): what lies in the printer; NULL: labels of this size, with 3 mm between two of them
 * @rasterise: (nullable): for what the printer does not have
 *
 * Fails with %WB_ERROR_UNKNOWN when there is something to draw and nothing that draws, and as @rasterise does.
 *
 * Returns: (transfer full): the job's bytes
 */
GBytes *wb_label_to_tspl (const WbLabel *self, guint dpi, const WbLabelMedia *media, WbLabelRasteriser rasterise, gpointer user_data,
                          GError **error);

G_END_DECLS
