/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Prints something of an order: which document, on which printer, and, when it was printed before, why again. Shows what will be printed.
 * Main thread.
 */
#pragma once

#include "ui/wb-print-desk.h"
#include "ui/wb-window.h"

G_BEGIN_DECLS

#define WB_TYPE_PRINT_DIALOG (wb_print_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WbPrintDialog, wb_print_dialog, WB, PRINT_DIALOG, AdwWindow)

/**
 * wb_print_dialog_new:
 * @parent: over which it lies, and which tells what became of it
 * @settings: (nullable): where it is kept which printer was chosen last
 * @order_id: what it is about
 * @document: (nullable): word of the document that is chosen at first
 * @label_id: of the label that is chosen at first; 0
 *
 * Returns: (transfer none): a window that its toolkit owns; present it
 */
GtkWidget *wb_print_dialog_new (WbWindow *parent, WbPrintDesk *desk, GSettings *settings, gint64 order_id, const char *document, gint64 label_id);

G_END_DECLS
