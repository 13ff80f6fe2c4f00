/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A row to choose where a document is printed: the stations' printers, this machine's own, or a file. Says how the chosen printer is.
 * For dialogs that print; what a station prints where is set in its settings. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "ui/wb-print-desk.h"

G_BEGIN_DECLS

#define WB_TYPE_PRINTER_ROW (wb_printer_row_get_type ())
G_DECLARE_FINAL_TYPE (WbPrinterRow, wb_printer_row, WB, PRINTER_ROW, AdwComboRow)

/**
 * WbPrinterRow::changed:
 *
 * Another printer is chosen.
 */

/**
 * wb_printer_row_new:
 * @settings: (nullable): where it is kept which printer was chosen last for a kind of document
 *
 * Looks for printers as long as it lives.
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *wb_printer_row_new (WbPrintDesk *desk, GSettings *settings);

/**
 * wb_printer_row_set_kind:
 *
 * Offers what is for that kind of document; the printer that was chosen for it last is chosen again.
 */
void wb_printer_row_set_kind (WbPrinterRow *self, WbPrintKind kind);

/**
 * wb_printer_row_get_route:
 *
 * Returns: (transfer none): where to print
 */
const WbPrintRoute *wb_printer_row_get_route (WbPrinterRow *self);

/**
 * wb_printer_row_get_name:
 *
 * Returns: (transfer none): what people call the chosen one
 */
const char *wb_printer_row_get_name (WbPrinterRow *self);

/**
 * wb_printer_row_keep:
 *
 * Remembers what is chosen for the next time, because it is printed there.
 */
void wb_printer_row_keep (WbPrinterRow *self);

G_END_DECLS
