/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A scanner on a serial line: RS-232, USB in the mode "CDC" or "virtual COM", Bluetooth SPP through
 * RFCOMM. Found by wb-serial-backend.h.
 */
#pragma once

#include "devices/wb-scanner.h"

G_BEGIN_DECLS

#define WB_TYPE_SCANNER_SERIAL (wb_scanner_serial_get_type ())
G_DECLARE_FINAL_TYPE (WbScannerSerial, wb_scanner_serial, WB, SCANNER_SERIAL, WbScanner)

/**
 * wb_scanner_serial_new:
 * @path: of the device file
 *
 * Returns: (transfer full): a scanner
 */
WbDevice *wb_scanner_serial_new (const char *path, const char *id, const char *name);

G_END_DECLS
