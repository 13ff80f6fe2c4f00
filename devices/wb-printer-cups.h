/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A CUPS queue as a printer. libcups blocks, so each request runs in a thread with a connection of
 * its own; nothing is shared. A document is found again in the queue by its id, which is part of
 * the job's name: handing it over twice prints it once.
 *
 * Which server: the one given, else CUPS_SERVER and /etc/cups/client.conf as every program. Main thread.
 */
#pragma once

#include "devices/wb-printer.h"

G_BEGIN_DECLS

#define WB_TYPE_PRINTER_CUPS (wb_printer_cups_get_type ())
G_DECLARE_FINAL_TYPE (WbPrinterCups, wb_printer_cups, WB, PRINTER_CUPS, GObject)

/**
 * wb_printer_cups_new:
 * @queue: name of the queue
 * @server: (nullable): host, host:port or socket; %NULL for the usual one
 * @content_type: (nullable): %WB_PRINTER_ZPL or %WB_PRINTER_PDF; %NULL for ZPL
 *
 * Nothing is asked yet; a queue that does not exist is found out by the first request.
 *
 * Returns: (transfer full): a printer
 */
WbPrinter *wb_printer_cups_new (const char *queue, const char *server, const char *content_type);

/**
 * wb_printer_cups_new_for_language:
 * @language: what the printer is told in: "zpl", "epl", "tspl" and "escpos" go to it as they are, "pdf" through its driver
 *
 * Returns: (transfer full): the same
 */
WbPrinter *wb_printer_cups_new_for_language (const char *queue, const char *server, const char *language);

/**
 * wb_printer_cups_list_async:
 * @server: (nullable): as for wb_printer_cups_new()
 *
 * Asks which queues there are. Finish with wb_printer_cups_list_finish(): (transfer full) their names, sorted. Errors:
 * WB_DEVICE_ERROR.
 */
void wb_printer_cups_list_async (const char *server, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
char **wb_printer_cups_list_finish (GAsyncResult *result, GError **error);

G_END_DECLS
