/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A printer as a device among others: found by wb-printer-backend.h, shown with its state while somebody has it open. To print on
 * it, name it in a route (its id) or take wb_printer_device_get_printer(). Main thread.
 */
#pragma once

#include "devices/wb-device.h"
#include "devices/wb-print-ledger.h"
#include "devices/wb-printer-info.h"

G_BEGIN_DECLS

#define WB_TYPE_PRINTER_DEVICE (wb_printer_device_get_type ())
G_DECLARE_FINAL_TYPE (WbPrinterDevice, wb_printer_device, WB, PRINTER_DEVICE, WbDevice)

/**
 * WbPrinterDevice::changed:
 *
 * What is known about it is different: read its info and state again.
 */

/**
 * wb_printer_device_new:
 * @id: "cups:QUEUE" or "socket:ADDRESS"
 * @name: what people call it
 * @server: (nullable): of the queue
 * @ledger: of printers on the network
 *
 * Returns: (transfer full): a device
 */
WbDevice *wb_printer_device_new (const char *id, const char *name, const char *server, WbPrintLedger *ledger);

/**
 * wb_printer_device_get_info:
 *
 * Returns: (transfer none) (nullable): what the print server tells; NULL for one that is reached without it
 */
const WbPrinterInfo *wb_printer_device_get_info (WbPrinterDevice *self);

/**
 * wb_printer_device_get_printer:
 *
 * Returns: (transfer none): what prints on it, in its language as set
 */
WbPrinter *wb_printer_device_get_printer (WbPrinterDevice *self);

/**
 * wb_printer_device_make_test:
 *
 * What the printer is tried with (wb_label_print_test()), as a document of its own each time. Reads small files. Errors are those
 * of wb_label_print_encode().
 *
 * Returns: (transfer full): the test label
 */
WbPrintDocument *wb_printer_device_make_test (WbPrinterDevice *self, GError **error);

/**
 * _wb_printer_device_take_info:
 * @info: what the server tells now
 *
 * For the backend.
 */
void _wb_printer_device_take_info (WbPrinterDevice *self, const WbPrinterInfo *info);

G_END_DECLS
