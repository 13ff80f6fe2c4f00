/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writes a label as ZPL II, the language of Zebra label printers and most that imitate them. The
 * printer draws text in its own font where it has the letters (Latin, Greek, Cyrillic) and symbols where it has the
 * symbology, and gets a picture of them where it has not. Text from outside cannot leave its field: the characters
 * that begin a command are sent as hexadecimal.
 *
 * A pure function, any thread.
 */
#pragma once

#include "core/wb-label-bitmap.h"
#include "core/wb-label-media.h"

G_BEGIN_DECLS

/**
 * wb_label_to_zpl:
 * @dpi: 203, 300 or 600
 * @media: (nullable): what lies in the printer; NULL leaves that to what it has been told
 * @rasterise: (nullable): for letters, symbols and pictures that the printer does not have
 *
 * Fails with %WB_ERROR_UNKNOWN when there are such and nothing can draw them, and as @rasterise does.
 *
 * Returns: (transfer full): the job's bytes, UTF-8
 */
GBytes *wb_label_to_zpl (const WbLabel *self, guint dpi, const WbLabelMedia *media, WbLabelRasteriser rasterise, gpointer user_data,
                         GError **error);

G_END_DECLS
