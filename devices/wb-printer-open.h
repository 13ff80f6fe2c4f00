/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Makes the printer that a route names: "cups:Zebra" or just "Zebra" is a queue of the print server, "socket:10.0.0.5" a printer
 * on the network, "" a folder in which documents are kept as files. Main thread.
 */
#pragma once

#include "core/wb-print-route.h"
#include "devices/wb-print-ledger.h"
#include "devices/wb-printer.h"

G_BEGIN_DECLS

/**
 * wb_printer_open:
 * @route: where it goes
 * @kind: what goes there
 * @server: (nullable): of queues, as for wb_printer_cups_new()
 * @ledger: of printers on the network
 * @folder: where files go
 *
 * Fails with %WB_DEVICE_ERROR_NOT_FOUND when the route names nothing that could be a printer. Whether there is one is found
 * out by using it.
 *
 * Returns: (transfer full): a printer
 */
WbPrinter *wb_printer_open (const WbPrintRoute *route, WbPrintKind kind, const char *server, WbPrintLedger *ledger, const char *folder,
                            GError **error);

G_END_DECLS
