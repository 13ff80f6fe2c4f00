/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All that this program prints: a list model of WbPrintJob, the newest first. Knows where each kind of document goes (routes), hands
 * documents over, waits with them for a printer that is away, and keeps them on disk until they came out. Whatever is done to
 * a job, its document does not come out twice: it is taken back from one printer before it goes to another, and what is in doubt waits until
 * somebody looked.
 *
 * Main thread; nothing blocks.
 */
#pragma once

#include "devices/wb-print-job.h"
#include "devices/wb-print-ledger.h"

G_BEGIN_DECLS

#define WB_TYPE_PRINT_QUEUE (wb_print_queue_get_type ())
G_DECLARE_FINAL_TYPE (WbPrintQueue, wb_print_queue, WB, PRINT_QUEUE, GObject)

/**
 * wb_print_queue_new:
 * @spool: (nullable): folder in which jobs survive the program; NULL keeps them in memory
 * @files: (nullable): folder for documents that no printer is set for; NULL for the usual one
 * @server: (nullable): print server, as for wb_printer_cups_new()
 *
 * Takes up what an earlier run left.
 *
 * Returns: (transfer full): a queue
 */
WbPrintQueue *wb_print_queue_new (const char *spool, const char *files, const char *server);

/**
 * wb_print_queue_set_route:
 * @route: (nullable) (transfer none): NULL: as its nearest relative
 *
 * Says where a kind of document goes from now on.
 */
void wb_print_queue_set_route (WbPrintQueue *self, WbPrintKind kind, const WbPrintRoute *route);

/**
 * wb_print_queue_get_route:
 *
 * Returns: (transfer none): where it goes
 */
const WbPrintRoute *wb_print_queue_get_route (WbPrintQueue *self, WbPrintKind kind);

/**
 * wb_print_queue_get_printer:
 *
 * Returns: (transfer none): the printer that a kind of document goes to; one that cannot be is a folder
 */
WbPrinter *wb_print_queue_get_printer (WbPrintQueue *self, WbPrintKind kind);

/**
 * wb_print_queue_open:
 * @route: where
 * @kind: what would go there
 *
 * Returns: (transfer none): the printer that a route leads to, to ask it how it is; one that cannot be is a folder
 */
WbPrinter *wb_print_queue_open (WbPrintQueue *self, const WbPrintRoute *route, WbPrintKind kind);
/**
 * wb_print_queue_print_async:
 * @document: what to print; copied
 * @printer: (nullable): on which; NULL: where the route of @kind leads
 * @is_patient: waits for a printer that is away, instead of failing
 *
 * Prints a document, once: the same one handed over again is the job there is, tried again if it failed. Finish with
 * wb_print_queue_print_finish(): (transfer full) the printer's name for the job, once it has it. Errors: WB_DEVICE_ERROR. A document that
 * waits is answered with the error that it waits for, too.
 */
void wb_print_queue_print_async (WbPrintQueue *self, const WbPrintDocument *document, WbPrintKind kind, WbPrinter *printer,
                                 gboolean is_patient, GAsyncReadyCallback callback, gpointer user_data);

/**
 * wb_print_queue_print_on_async:
 * @document: what to print, written as that printer is told; copied
 * @route: where, whatever is usual for @kind
 *
 * Prints a document where somebody chose, once, and waits for a printer that is away. Finish with wb_print_queue_print_finish().
 */
void wb_print_queue_print_on_async (WbPrintQueue *self, const WbPrintDocument *document, WbPrintKind kind, const WbPrintRoute *route,
                                    GAsyncReadyCallback callback, gpointer user_data);
char *wb_print_queue_print_finish (WbPrintQueue *self, GAsyncResult *result, GError **error);

/**
 * wb_print_queue_retry:
 *
 * Tries a job again that failed or was cancelled. One that may have come out is not touched.
 */
void wb_print_queue_retry (WbPrintQueue *self, WbPrintJob *job);

/**
 * wb_print_queue_cancel:
 *
 * Takes a job back. What has come out meanwhile is done, and where nobody can tell it is in doubt.
 */
void wb_print_queue_cancel (WbPrintQueue *self, WbPrintJob *job);

/**
 * wb_print_queue_move:
 * @route: where it goes instead
 *
 * Takes a job back and prints it elsewhere, if it surely did not come out. Where it was made of pages that are known, it is written
 * anew for a printer of another language; else it fails with %WB_DEVICE_ERROR_REFUSED, as wb_print_job_can_go() does, and when it may
 * have come out.
 *
 * Returns: whether it is on its way there
 */
gboolean wb_print_queue_move (WbPrintQueue *self, WbPrintJob *job, const WbPrintRoute *route, GError **error);

/**
 * wb_print_queue_settle:
 * @came_out: what somebody saw
 *
 * Ends the doubt about a job: it is done, or it is printed now.
 */
void wb_print_queue_settle (WbPrintQueue *self, WbPrintJob *job, gboolean came_out);

/**
 * wb_print_queue_clear:
 *
 * Forgets what is over and well: done or cancelled.
 */
void wb_print_queue_clear (WbPrintQueue *self);

/**
 * wb_print_queue_find:
 *
 * Returns: (transfer none) (nullable): the job of a document
 */
WbPrintJob *wb_print_queue_find (WbPrintQueue *self, const char *id);

/**
 * wb_print_queue_count_troubles:
 *
 * Returns: how many jobs wait for somebody: waiting, failed or in doubt
 */
guint wb_print_queue_count_troubles (WbPrintQueue *self);

G_END_DECLS
