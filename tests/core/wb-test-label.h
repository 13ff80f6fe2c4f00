/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands in for drawing where a test is not about what is drawn: a label that is sent as dots is sent this mark.
 */
#pragma once

#include "core/wb-label-language.h"

G_BEGIN_DECLS

/**
 * wb_test_label_rasterise:
 *
 * A #WbLabelRasteriser that needs no letters: 16 by 2 dots, where the element begins.
 */
gboolean wb_test_label_rasterise (const WbLabelElement *element,
                                  guint                 dpi,
                                  WbLabelBitmap        *bitmap,
                                  gpointer              user_data,
                                  GError              **error);

G_END_DECLS
