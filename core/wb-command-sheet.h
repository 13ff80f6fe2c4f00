/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The commands of a bench as barcodes on paper, and the boxes a shop packs into: with these sheets on the wall a bench is
 * worked by scans alone. Says what stands where; printing is elsewhere.
 *
 * Pure functions, any thread.
 */
#pragma once

#include "core/wb-job.h"
#include "core/wb-label.h"

G_BEGIN_DECLS

/**
 * wb_command_sheet_layout:
 * @boxes: (nullable) (element-type WbJobBox): those that get a barcode too
 * @width_um: of the paper
 * @height_um: of the paper
 *
 * Boxes whose code no barcode can hold are left out.
 *
 * Returns: (transfer full) (element-type WbLabel): the pages
 */
GPtrArray *wb_command_sheet_layout (GPtrArray *boxes, guint width_um, guint height_um, GError **error);

G_END_DECLS
