/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which documents went to printers that keep no account themselves: before the first byte of a document is sent its id is
 * written down, and afterwards how it went. So a document that was sent is not sent again, also after the program was killed, and one
 * that broke off half-way is known as such. A file that several programs of a user write to. Not for people: that is the
 * ledger of prints in the database.
 *
 * The file is read and written in a thread; calls come from the main thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WbPrintLedgerEntry:
 * @WB_PRINT_LEDGER_NEW: never sent, or it surely did not come out: it may be sent now
 * @WB_PRINT_LEDGER_SENT: the printer has it
 * @WB_PRINT_LEDGER_DOUBT: its sending began, and how it ended nobody knows
 */
typedef enum
{
  WB_PRINT_LEDGER_NEW,
  WB_PRINT_LEDGER_SENT,
  WB_PRINT_LEDGER_DOUBT,
} WbPrintLedgerEntry;

#define WB_TYPE_PRINT_LEDGER (wb_print_ledger_get_type ())
G_DECLARE_FINAL_TYPE (WbPrintLedger, wb_print_ledger, WB, PRINT_LEDGER, GObject)

/**
 * wb_print_ledger_new:
 * @path: (nullable): of the file, made when it is not there; NULL keeps it in memory
 *
 * Returns: (transfer full): a ledger
 */
WbPrintLedger *wb_print_ledger_new (const char *path);

/**
 * wb_print_ledger_begin_async:
 * @id: of a document
 * @absent: begin also when in doubt: somebody looked
 *
 * Asks whether a document may be sent and, if so, writes down that its sending begins: when the answer is NEW this is on disk.
 * Finish with wb_print_ledger_begin_finish(): %WB_DEVICE_ERROR_FAILED when it cannot be written down, and then nothing may be
 * sent.
 */
void wb_print_ledger_begin_async (WbPrintLedger *self, const char *id, gboolean absent, GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean wb_print_ledger_begin_finish (WbPrintLedger *self, GAsyncResult *result, WbPrintLedgerEntry *entry, GError **error);

/**
 * wb_print_ledger_end:
 * @entry: how it went: SENT, or NEW when it surely did not come out
 *
 * Writes down how a sending ended, after whatever was asked before. What is in doubt needs no end.
 */
void wb_print_ledger_end (WbPrintLedger *self, const char *id, WbPrintLedgerEntry entry);

G_END_DECLS
