/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A printer on the network, as it says about itself, and a queue of the print server for it. WbPrinterFinder finds them. Main thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WB_TYPE_FOUND_PRINTER (wb_found_printer_get_type ())
G_DECLARE_FINAL_TYPE (WbFoundPrinter, wb_found_printer, WB, FOUND_PRINTER, GObject)

/**
 * wb_found_printer_get_name:
 *
 * Returns: (transfer none): as it calls itself
 */
const char *wb_found_printer_get_name (WbFoundPrinter *self);

/**
 * wb_found_printer_get_model:
 *
 * Returns: (transfer none) (nullable): maker and model, when it says so
 */
const char *wb_found_printer_get_model (WbFoundPrinter *self);

/**
 * wb_found_printer_get_host:
 *
 * Returns: (transfer none): its address
 */
const char *wb_found_printer_get_host (WbFoundPrinter *self);

/**
 * wb_found_printer_dup_uri:
 *
 * Returns: (transfer full): how a print server reaches it, by the best it speaks: "ipp://…", "socket://…", "lpd://…"
 */
char *wb_found_printer_dup_uri (WbFoundPrinter *self);

/**
 * wb_found_printer_dup_socket:
 *
 * Returns: (transfer full) (nullable): "HOST:PORT" of one that speaks no IPP but takes bytes as they are, and so needs no print server
 */
char *wb_found_printer_dup_socket (WbFoundPrinter *self);

/**
 * wb_found_printer_dup_command:
 *
 * Returns: (transfer full): what makes a queue for it, for an administrator's shell
 */
char *wb_found_printer_dup_command (WbFoundPrinter *self);

/**
 * wb_found_printer_add_queue_async:
 *
 * Makes a queue of the local print server for it, called like itself. Fails with %WB_DEVICE_ERROR_REFUSED when the server does not let this
 * user, and says which command an administrator runs. Finish with wb_found_printer_add_queue_finish().
 */
void wb_found_printer_add_queue_async (WbFoundPrinter *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean wb_found_printer_add_queue_finish (WbFoundPrinter *self, GAsyncResult *result, GError **error);

/**
 * wb_found_printer_dup_queue_name:
 *
 * Returns: (transfer full): its name as a queue can have it
 */
char *wb_found_printer_dup_queue_name (WbFoundPrinter *self);

G_END_DECLS
