/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A printer that keeps documents as files in a folder: for a bench without a printer, so that no
 * label is lost and the work goes on. A document is a file named after its title and id, with the
 * ending of its language (.pdf .zpl .epl .tspl, .bin for ESC/POS, .prn where nobody said), written
 * whole or not at all; the same id twice is the same file. Main thread; nothing blocks.
 */
#pragma once

#include "devices/wb-printer.h"

G_BEGIN_DECLS

#define WB_TYPE_PRINTER_FOLDER (wb_printer_folder_get_type ())
G_DECLARE_FINAL_TYPE (WbPrinterFolder, wb_printer_folder, WB, PRINTER_FOLDER, GObject)

/**
 * wb_printer_folder_new:
 * @path: the folder; made when the first document comes
 *
 * Jobs are named by the absolute path of the file.
 *
 * Returns: (transfer full): a printer that takes PDF
 */
WbPrinter *wb_printer_folder_new (const char *path);

G_END_DECLS
