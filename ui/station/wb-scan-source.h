/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where scans come from: a keyboard wedge, a USB scanner held exclusively, a camera, a phone. What
 * was read arrives as one text, whole, on the main loop; which widget has the focus never matters.
 * The keyboard is wb-scan-wedge.h.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define WB_TYPE_SCAN_SOURCE (wb_scan_source_get_type ())
G_DECLARE_INTERFACE (WbScanSource, wb_scan_source, WB, SCAN_SOURCE, GObject)

struct _WbScanSourceInterface
{
  GTypeInterface parent;
};

/**
 * WbScanSource::scan:
 * @text: what was read; UTF-8, with AIM identifier and GS characters when the scanner sends them
 *
 * Something was scanned, or typed and ended with Enter.
 */

/**
 * wb_scan_source_emit:
 * @text: what was read
 *
 * For implementations: emits #WbScanSource::scan.
 */
void wb_scan_source_emit (WbScanSource *self, const char *text);

G_END_DECLS
