/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Printers on the network that say so themselves (DNS-SD: _ipp, _ipps, _pdl-datastream, _printer), heard through Avahi: a list model of
 * WbFoundPrinter, one for each name whatever it speaks. Without avahi-daemon the list is empty, and fills when one is started. Sets
 * nothing up by itself. Main thread; nothing blocks.
 */
#pragma once

#include "devices/wb-found-printer.h"

G_BEGIN_DECLS

#define WB_TYPE_PRINTER_FINDER (wb_printer_finder_get_type ())
G_DECLARE_FINAL_TYPE (WbPrinterFinder, wb_printer_finder, WB, PRINTER_FINDER, GObject)

/**
 * wb_printer_finder_new:
 * @bus: (nullable): where Avahi is; NULL for the system's
 *
 * Returns: (transfer full): a finder that looks as long as it lives
 */
WbPrinterFinder *wb_printer_finder_new (GDBusConnection *bus);

G_END_DECLS
