/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Prints labels from a desk: of products, of places in a warehouse, of totes, of people, of an order's returns. Says which and how many,
 * by which template and on which printer, and shows each as it will be printed. For parcel labels and papers of an order see
 * ui/wb-print-dialog.h. Main thread.
 */
#pragma once

#include "ui/wb-print-desk.h"
#include "ui/wb-window.h"

G_BEGIN_DECLS

#define WB_TYPE_LABEL_DIALOG (wb_label_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WbLabelDialog, wb_label_dialog, WB, LABEL_DIALOG, AdwWindow)

/**
 * wb_label_dialog_new:
 * @parent: over which it lies, and which tells what became of it
 * @settings: (nullable): where it is kept which printer was chosen last
 *
 * Lets choose among places, totes and, for who may, badges.
 *
 * Returns: (transfer none): a window that its toolkit owns; present it
 */
GtkWidget *wb_label_dialog_new (WbWindow *parent, WbPrintDesk *desk, GSettings *settings);

/**
 * wb_label_dialog_new_for_products:
 * @skus: ids, in the order of printing
 *
 * Returns: (transfer none): one for these products
 */
GtkWidget *wb_label_dialog_new_for_products (WbWindow *parent, WbPrintDesk *desk, GSettings *settings, const gint64 *skus, guint n_skus);

/**
 * wb_label_dialog_new_for_returns:
 *
 * Returns: (transfer none): one for what comes back of an order
 */
GtkWidget *wb_label_dialog_new_for_returns (WbWindow *parent, WbPrintDesk *desk, GSettings *settings, gint64 order_id);

G_END_DECLS
