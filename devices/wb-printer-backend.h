/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finds printers: every queue of the print server, as it comes and goes, and printers on the network that somebody named.
 * One small request every few seconds tells of all queues, and their options are read again when they changed. Main thread.
 */
#pragma once

#include "devices/wb-device-backend.h"
#include "devices/wb-print-ledger.h"

G_BEGIN_DECLS

#define WB_TYPE_PRINTER_BACKEND (wb_printer_backend_get_type ())
G_DECLARE_FINAL_TYPE (WbPrinterBackend, wb_printer_backend, WB, PRINTER_BACKEND, WbDeviceBackend)

/**
 * wb_printer_backend_new:
 * @server: (nullable): host, host:port or socket; NULL for the usual one
 * @ledger: of printers on the network
 *
 * Returns: (transfer full): a backend
 */
WbDeviceBackend *wb_printer_backend_new (const char *server, WbPrintLedger *ledger);

/**
 * wb_printer_backend_add_address:
 * @address: of a printer on the network, as for wb_printer_socket_new()
 *
 * Adds one that no print server knows. Fails with %WB_DEVICE_ERROR_NOT_FOUND when that is no address.
 */
gboolean wb_printer_backend_add_address (WbPrinterBackend *self, const char *address, GError **error);
void wb_printer_backend_remove_address (WbPrinterBackend *self, const char *address);

/**
 * wb_printer_backend_look:
 *
 * Looks now, not only when it is time to.
 */
void wb_printer_backend_look (WbPrinterBackend *self);

G_END_DECLS
