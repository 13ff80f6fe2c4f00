/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The languages of label printers, a row each. Whoever prints a label asks for the language that the printer speaks and
 * sends the bytes as they are. Not for office printers, which get a PDF (devices/wb-label-pdf.h).
 *
 * Pure functions, any thread.
 */
#pragma once

#include "core/wb-label-bitmap.h"
#include "core/wb-label-media.h"

G_BEGIN_DECLS

/**
 * WbLabelLanguage:
 * @WB_LABEL_ZPL: Zebra and most that imitate it
 * @WB_LABEL_EPL: Eltron and older Zebras
 * @WB_LABEL_TSPL: TSC and most inexpensive ones
 * @WB_LABEL_ESCPOS: receipt printers
 */
typedef enum
{
  WB_LABEL_ZPL,
  WB_LABEL_EPL,
  WB_LABEL_TSPL,
  WB_LABEL_ESCPOS,
  WB_LABEL_N_LANGUAGES,
} WbLabelLanguage;

/**
 * wb_label_language_get_name:
 *
 * Returns: (transfer none): "zpl", "epl", "tspl" or "escpos", for settings and files
 */
const char *wb_label_language_get_name (WbLabelLanguage language);

/**
 * wb_label_language_get_title:
 *
 * Returns: (transfer none): what people call it
 */
const char *wb_label_language_get_title (WbLabelLanguage language);

/**
 * wb_label_language_find:
 * @name: in small letters
 *
 * Returns: FALSE when there is none of that name
 */
gboolean wb_label_language_find (const char *name, WbLabelLanguage *language);

/**
 * wb_label_encode:
 * @dpi: of the printer
 * @media: (nullable): what lies in the printer; NULL when nobody said so
 * @rasterise: (nullable): for what the printer does not have; wb_label_rasterise()
 *
 * Fails with %WB_ERROR_LIMIT when the label is larger than what lies in the printer, with %WB_ERROR_UNKNOWN when there is something to
 * draw and nothing that draws, and as @rasterise does.
 *
 * Returns: (transfer full): the job's bytes
 */
GBytes *wb_label_encode (const WbLabel *self, WbLabelLanguage language, guint dpi, const WbLabelMedia *media,
                         WbLabelRasteriser rasterise, gpointer user_data, GError **error);

G_END_DECLS
