/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A scanner that behaves like a keyboard, and the keyboard itself: collects the keys of a whole
 * window, before any widget sees them, until Enter. Escape forgets, Backspace takes one back. An
 * Enter with nothing typed is a scan of "WB:CONFIRM". What comes as fast as only a scanner types is a scan of its own, also in the
 * middle of something typed (core/wb-wedge.h). Main thread.
 */
#pragma once

#include "core/wb-wedge.h"
#include "ui/station/wb-scan-source.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_SCAN_WEDGE (wb_scan_wedge_get_type ())
G_DECLARE_FINAL_TYPE (WbScanWedge, wb_scan_wedge, WB, SCAN_WEDGE, GObject)

/**
 * wb_scan_wedge_new:
 * @window: whose keys are listened to; keeps the wedge's controller alive, not the wedge
 *
 * Returns: (transfer full): a scan source; #WbScanWedge:typed is what was typed so far, with what may yet be a scan
 */
WbScanWedge *wb_scan_wedge_new (GtkWindow *window);
const char *wb_scan_wedge_get_typed (WbScanWedge *self);

/**
 * wb_scan_wedge_set_options:
 * @options: how scanners that are keyboards are told from typing; copied. What is held is typing.
 */
void wb_scan_wedge_set_options (WbScanWedge *self, const WbWedgeOptions *options);

/**
 * wb_scan_wedge_type:
 * @text: what a key on the screen stands for; "\b" takes the last one back, "\n" is Enter
 *
 * For keys on the screen.
 */
void wb_scan_wedge_type (WbScanWedge *self, const char *text);

G_END_DECLS
