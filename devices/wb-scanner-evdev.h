/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A scanner that plays a keyboard, taken from the desktop: its events are read from the kernel and grabbed, so
 * that no window gets a key of it. Found by wb-evdev-backend.h. Where the system does not allow that, it stays a
 * keyboard and ui/station/wb-scan-wedge.h sorts it out.
 */
#pragma once

#include "devices/wb-scanner.h"

G_BEGIN_DECLS

#define WB_TYPE_SCANNER_EVDEV (wb_scanner_evdev_get_type ())
G_DECLARE_FINAL_TYPE (WbScannerEvdev, wb_scanner_evdev, WB, SCANNER_EVDEV, WbScanner)

/**
 * wb_scanner_evdev_new:
 * @path: "/dev/input/event7"
 *
 * Returns: (transfer full): a scanner
 */
WbDevice *wb_scanner_evdev_new (const char *path, const char *id, const char *name);

G_END_DECLS
