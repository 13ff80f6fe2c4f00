/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the ledger of prints in the database (db/wb-print-store.h) is still to be told. Each note is a file before it is anything else, so
 * it survives the program and an hour without a server, and goes when the database has it: noted twice it is one. A paper that waits in the
 * print queue is noted when its printer has it, whichever run of the program that is. What the database will not have is kept under another
 * name for somebody to look at. Main thread; files are read and written in a thread.
 */
#pragma once

#include "db/wb-print-store.h"
#include "devices/wb-print-queue.h"

G_BEGIN_DECLS

#define WB_TYPE_PRINT_NOTES (wb_print_notes_get_type ())
G_DECLARE_FINAL_TYPE (WbPrintNotes, wb_print_notes, WB, PRINT_NOTES, GObject)

/**
 * wb_print_notes_new:
 * @folder: made when it is needed; what an earlier run left in it is sent first
 *
 * Returns: (transfer full): the notes
 */
WbPrintNotes *wb_print_notes_new (WbDb *db, const char *folder);

/**
 * wb_print_notes_set_queue:
 *
 * Says where papers wait that are noted when they come out.
 */
void wb_print_notes_set_queue (WbPrintNotes *self, WbPrintQueue *queue);

/**
 * wb_print_notes_add:
 * @facts: copied
 *
 * Something was printed.
 */
void wb_print_notes_add (WbPrintNotes *self, const WbPrintFacts *facts);

/**
 * wb_print_notes_expect:
 * @facts: copied; printer and job do not count: the queue knows them
 *
 * Something is about to be handed to the queue: it is noted once a printer has it, and never if none gets it.
 */
void wb_print_notes_expect (WbPrintNotes *self, const WbPrintFacts *facts);

/**
 * wb_print_notes_send:
 *
 * Tries again at once, because the database is back.
 */
void wb_print_notes_send (WbPrintNotes *self);

/**
 * wb_print_notes_count:
 * @order_id: of an order, or 0
 * @label_id: of a label, or 0
 *
 * Returns: how often a kind of document of that order, or that label, was printed or waits for its printer without the database knowing yet
 */
guint wb_print_notes_count (WbPrintNotes *self, WbPrintKind kind, gint64 order_id, gint64 label_id);

/**
 * wb_print_notes_get_n_unsent:
 *
 * Returns: how many prints the database does not know of yet; papers that wait are none
 */
guint wb_print_notes_get_n_unsent (WbPrintNotes *self);

G_END_DECLS
