/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One document on its way to a printer, as the print queue (wb-print-queue.h) has it: where it goes, how far it is, and what is
 * wrong. Read only; the queue moves it on. Main thread.
 */
#pragma once

#include "core/wb-print-route.h"
#include "devices/wb-printer.h"

G_BEGIN_DECLS

/**
 * WbPrintJobState:
 * @WB_PRINT_JOB_WAITING: comes out by itself when what is wrong with the printer is mended
 * @WB_PRINT_JOB_SENDING: is being handed to the printer
 * @WB_PRINT_JOB_PRINTING: the printer has it and has not said that it came out
 * @WB_PRINT_JOB_DONE: came out
 * @WB_PRINT_JOB_FAILED: did not come out; it can be tried again
 * @WB_PRINT_JOB_DOUBT: may have come out: somebody has to look
 * @WB_PRINT_JOB_CANCELLED: somebody took it back, and it does not come out
 */
typedef enum
{
  WB_PRINT_JOB_WAITING,
  WB_PRINT_JOB_SENDING,
  WB_PRINT_JOB_PRINTING,
  WB_PRINT_JOB_DONE,
  WB_PRINT_JOB_FAILED,
  WB_PRINT_JOB_DOUBT,
  WB_PRINT_JOB_CANCELLED,
} WbPrintJobState;

#define WB_TYPE_PRINT_JOB (wb_print_job_get_type ())
G_DECLARE_FINAL_TYPE (WbPrintJob, wb_print_job, WB, PRINT_JOB, GObject)

/**
 * WbPrintJob::changed:
 *
 * Anything that can be read of it is different.
 */

/**
 * wb_print_job_get_title:
 *
 * Returns: (transfer none): what people read: of its document
 */
const char *wb_print_job_get_title (WbPrintJob *self);

WbPrintKind wb_print_job_get_kind (WbPrintJob *self);
WbPrintJobState wb_print_job_get_state (WbPrintJob *self);

/**
 * wb_print_job_get_printer:
 *
 * Returns: (transfer none): what people call the printer
 */
const char *wb_print_job_get_printer (WbPrintJob *self);

/**
 * wb_print_job_get_handed:
 *
 * Returns: (transfer none) (nullable): what the printer calls it, once it has it
 */
const char *wb_print_job_get_handed (WbPrintJob *self);

/**
 * wb_print_job_get_message:
 *
 * Returns: (transfer none): what is wrong, as an error says it; "" when nothing is
 */
const char *wb_print_job_get_message (WbPrintJob *self);

/**
 * wb_print_job_get_made_us:
 *
 * Returns: when it was to be printed, microseconds since 1970
 */
gint64 wb_print_job_get_made_us (WbPrintJob *self);
/**
 * wb_print_job_get_language:
 *
 * Returns: (transfer none): what its bytes are: what a printer that it is moved to has to understand
 */
const char *wb_print_job_get_language (WbPrintJob *self);

/**
 * wb_print_job_get_route:
 *
 * Returns: (transfer none) (nullable): where it goes; NULL for a printer that no route names
 */
const WbPrintRoute *wb_print_job_get_route (WbPrintJob *self);

/**
 * wb_print_job_can_go:
 * @route: another printer
 *
 * Fails with %WB_DEVICE_ERROR_REFUSED when that printer would not understand it: it has another language, and what the document was
 * made of is not known any more, or is a paper for a label printer.
 *
 * Returns: whether it can be moved there
 */
gboolean wb_print_job_can_go (WbPrintJob *self, const WbPrintRoute *route, GError **error);

/**
 * wb_print_job_is_over:
 *
 * Returns: whether nothing happens to it any more unless somebody says so
 */
gboolean wb_print_job_is_over (WbPrintJob *self);

/**
 * wb_print_job_can_retry:
 *
 * Returns: whether it can be tried again without being printed twice
 */
gboolean wb_print_job_can_retry (WbPrintJob *self);
gboolean wb_print_job_can_cancel (WbPrintJob *self);

G_END_DECLS
