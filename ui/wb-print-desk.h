/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All that a program in an office prints with: its queue, the ledger's notes, the printers that this machine and the stations have. One
 * for the program. Looks for printers only while somebody wants to choose one. Main thread; nothing blocks.
 */
#pragma once

#include "db/wb-print-store.h"
#include "devices/wb-device-rig.h"
#include "devices/wb-print-queue.h"

G_BEGIN_DECLS

#define WB_TYPE_PRINT_DESK (wb_print_desk_get_type ())
G_DECLARE_FINAL_TYPE (WbPrintDesk, wb_print_desk, WB, PRINT_DESK, GObject)

/**
 * WbPrintDesk::changed:
 *
 * Printers or stations came, went or are others.
 */

/**
 * wb_print_desk_new:
 * @folder: where jobs and notes survive the program
 * @files: (nullable): folder for documents that are kept as files; NULL for the usual one
 *
 * Returns: (transfer full): a desk
 */
WbPrintDesk *wb_print_desk_new (const char *folder, const char *files);

/**
 * wb_print_desk_set_db:
 * @db: (nullable): where stations are read and prints are noted
 */
void wb_print_desk_set_db (WbPrintDesk *self, WbDb *db);
WbDb *wb_print_desk_get_db (WbPrintDesk *self);
WbPrintQueue *wb_print_desk_get_queue (WbPrintDesk *self);
WbDeviceRig *wb_print_desk_get_rig (WbPrintDesk *self);

/**
 * wb_print_desk_begin_looking:
 *
 * Looks for printers and reads the stations until wb_print_desk_end_looking() was called as often.
 */
void wb_print_desk_begin_looking (WbPrintDesk *self);
void wb_print_desk_end_looking (WbPrintDesk *self);

/**
 * wb_print_desk_list_choices:
 *
 * Returns: (transfer full) (element-type WbPrintChoice): where a kind of document can go from here
 */
GPtrArray *wb_print_desk_list_choices (WbPrintDesk *self, WbPrintKind kind);

/**
 * wb_print_desk_print_async:
 * @pages: (element-type WbLabel): what to print; nobody changes them any more
 * @route: where
 * @facts: what the ledger is told; its document id makes it one document
 *
 * Prints once, and waits for a printer that is away; the ledger hears of it when it comes out. Finish with wb_print_desk_print_finish():
 * (transfer full) what the printer calls it. Errors: those of wb_print_queue_print_finish().
 */
void wb_print_desk_print_async (WbPrintDesk *self, GPtrArray *pages, const WbPrintRoute *route, const WbPrintFacts *facts,
                                GAsyncReadyCallback callback, gpointer user_data);
char *wb_print_desk_print_finish (WbPrintDesk *self, GAsyncResult *result, GError **error);

/**
 * wb_print_desk_count_unknown:
 * @order_id: of an order, or 0
 * @label_id: of a label, or 0
 *
 * Returns: how often a kind of document was printed here, or waits to be, without the database knowing yet
 */
guint wb_print_desk_count_unknown (WbPrintDesk *self, WbPrintKind kind, gint64 order_id, gint64 label_id);

G_END_DECLS
