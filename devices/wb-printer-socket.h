/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A label printer on the network that takes bytes on a socket (port 9100), without a print server between. Documents wait in a row
 * and are sent one connection each. A ledger (wb-print-ledger.h) keeps what was sent, so nothing is sent twice: what broke off before
 * anything can have come out is free to be sent again, what broke off later is in doubt until somebody looked.
 *
 * Main thread; nothing blocks.
 */
#pragma once

#include "devices/wb-print-ledger.h"
#include "devices/wb-printer.h"

G_BEGIN_DECLS

#define WB_PRINTER_SOCKET_PORT 9100

#define WB_TYPE_PRINTER_SOCKET (wb_printer_socket_get_type ())
G_DECLARE_FINAL_TYPE (WbPrinterSocket, wb_printer_socket, WB, PRINTER_SOCKET, GObject)

/**
 * wb_printer_socket_new:
 * @address: "HOST" or "HOST:PORT"; an IPv6 address with a port is in brackets
 * @language: "zpl", "epl", "tspl", "escpos" or "pdf"
 * @ledger: (transfer none): what was sent
 *
 * Fails with %WB_DEVICE_ERROR_NOT_FOUND when that is no address. Nothing is sent yet.
 *
 * Returns: (transfer full): a printer
 */
WbPrinter *wb_printer_socket_new (const char *address, const char *language, WbPrintLedger *ledger, GError **error);

/**
 * wb_printer_socket_set_patience:
 * @connect_ms: for the connection
 * @settle_ms: for the printer to end the connection, once it has everything
 * @stall_ms: for it to take the next byte, while it waits for paper or ribbon
 */
void wb_printer_socket_set_patience (WbPrinterSocket *self, guint connect_ms, guint settle_ms, guint stall_ms);

/**
 * wb_printer_socket_set_silence:
 * @silent_ms: after so long a printer that did not say how it is is asked again; until then only whether it is there
 */
void wb_printer_socket_set_silence (WbPrinterSocket *self, guint silent_ms);

G_END_DECLS
