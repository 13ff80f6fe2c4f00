/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A scanner, whatever it hangs on. What was read arrives whole, as #WbScanner::scan on the main loop;
 * which widget has the focus never matters. Drivers: wb-scanner-hid.h (USB HID POS),
 * wb-scanner-serial.h, wb-scanner-evdev.h (a keyboard wedge, held exclusively).
 */
#pragma once

#include "core/wb-scan.h"
#include "devices/wb-device.h"

G_BEGIN_DECLS

#define WB_TYPE_SCANNER (wb_scanner_get_type ())
G_DECLARE_DERIVABLE_TYPE (WbScanner, wb_scanner, WB, SCANNER, WbDevice)

/**
 * WbScannerClass:
 * @confirm: (nullable): shows at the scanner itself that a scan was good or not, where it can
 */
struct _WbScannerClass
{
  WbDeviceClass parent_class;

  void (*confirm) (WbScanner *self, gboolean good);
};

/**
 * WbScanner::scan:
 * @scan: (type WbScan): what was read
 */

/**
 * WbScanner::garbage:
 * @message: for people
 *
 * Something arrived that is no scan: noise on the line, half a label. Nothing is lost by ignoring it;
 * where it goes on, a cable is bad.
 */

/**
 * wb_scanner_confirm:
 *
 * Beeps and blinks at the scanner, if it can: green, or red.
 */
void wb_scanner_confirm (WbScanner *self, gboolean good);

/* ---- For drivers --------------------------------------------------------------------------------- */

/**
 * _wb_scanner_take:
 * @bytes: the whole of what was read
 * @symbology: (nullable): if it came apart from the data
 *
 * Emits #WbScanner::scan, or #WbScanner::garbage when nothing is left of it.
 */
void _wb_scanner_take (WbScanner *self, const guint8 *bytes, gsize length, const char *symbology);
void _wb_scanner_take_garbage (WbScanner *self, const char *message);

G_END_DECLS
