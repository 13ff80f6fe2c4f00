/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ledger of prints in the database: every document that went to a printer, for people to read. It counts nothing and stops nobody;
 * that nothing comes out twice is the printers' own business (devices/wb-print-ledger.h). Main thread.
 */
#pragma once

#include "core/wb-print-route.h"
#include "db/wb-db.h"

G_BEGIN_DECLS

/**
 * WbPrintFacts:
 * @kind: of the document
 * @document_id: what makes it this document: the same noted twice is one print
 * @title: (nullable): what people call it
 * @printer: where it went
 * @job: (nullable): what the printer calls it
 * @label_id: of a label; 0
 * @job_id: of the work at a bench that it is for; 0
 * @order_id: of the order that it is for, where there is no such work; 0
 * @station: (nullable): code of the bench
 * @person: (nullable): login of who works there
 * @reason: (nullable): why it is printed again
 *
 * What is noted of a print.
 */
typedef struct
{
  WbPrintKind kind;
  const char *document_id;
  const char *title;
  const char *printer;
  const char *job;
  gint64 label_id;
  gint64 job_id;
  gint64 order_id;
  const char *station;
  const char *person;
  const char *reason;
} WbPrintFacts;

/**
 * wb_print_store_note_async:
 *
 * Notes a print. Finish with wb_print_store_note_finish().
 */
void wb_print_store_note_async (WbDb *db, const WbPrintFacts *facts, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean wb_print_store_note_finish (WbDb *db, GAsyncResult *result, GError **error);

/**
 * wb_print_store_count_async:
 *
 * Asks how often a kind of document was printed for the order of a job. Finish with wb_print_store_count_finish(): -1 with an error.
 */
void wb_print_store_count_async (WbDb *db, WbPrintKind kind, gint64 job_id, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
int wb_print_store_count_finish (WbDb *db, GAsyncResult *result, GError **error);

/**
 * WbPrintRow:
 * @order_id: that it was for; 0
 * @label_id: of a label; 0
 * @document: word of its kind
 * @station: name of the bench; ""
 * @printer: where it came out
 *
 * One print, as the ledger has it.
 */
typedef struct
{
  gint64 order_id;
  gint64 label_id;
  char *document;
  char *station;
  char *printer;
} WbPrintRow;

void wb_print_row_free (WbPrintRow *self);

/**
 * wb_print_store_get_async:
 * @id: of a print
 *
 * Finish with wb_print_store_get_finish(): (transfer full); fails with %WB_DB_ERROR_NOT_FOUND.
 */
void wb_print_store_get_async (WbDb *db, gint64 id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
WbPrintRow *wb_print_store_get_finish (WbDb *db, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbPrintRow, wb_print_row_free)

G_END_DECLS
