/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is still to be written into the ledger of prints: a note is made before a document is printed, counts once it came out or is on
 * its way, and is kept on disk until the database has it. Noted twice it is one. Main thread; nothing blocks.
 */
#pragma once

#include "db/wb-print-store.h"
#include "devices/wb-print-queue.h"

G_BEGIN_DECLS

#define WB_TYPE_PRINT_NOTES (wb_print_notes_get_type ())
G_DECLARE_FINAL_TYPE (WbPrintNotes, wb_print_notes, WB, PRINT_NOTES, GObject)

/**
 * wb_print_notes_new:
 * @queue: whose jobs are noted
 * @path: (nullable): file in which notes survive the program; NULL keeps them in memory
 *
 * Takes up what an earlier run left.
 *
 * Returns: (transfer full): notes
 */
WbPrintNotes *wb_print_notes_new (WbPrintQueue *queue, const char *path);

/**
 * wb_print_notes_set_db:
 * @db: (nullable): where they go
 */
void wb_print_notes_set_db (WbPrintNotes *self, WbDb *db);

/**
 * wb_print_notes_add:
 * @facts: what is to be noted once the queue's job of that document id has come out or is on its way; its printer is the job's; copied
 */
void wb_print_notes_add (WbPrintNotes *self, const WbPrintFacts *facts);

/**
 * wb_print_notes_count:
 *
 * Returns: how many wait for their job or for the database
 */
guint wb_print_notes_count (WbPrintNotes *self);

G_END_DECLS
