/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the finder hears of a printer on the network. A service is what it announces: "_ipp._tcp" and others. Main thread.
 */
#pragma once

#include "devices/wb-found-printer.h"

G_BEGIN_DECLS

/**
 * _wb_found_printer_get_service_type:
 *
 * Returns: (transfer none) (nullable): what a printer may announce, the best first; NULL behind the last
 */
const char *_wb_found_printer_get_service_type (guint i);
gboolean _wb_found_printer_may_speak (const char *type);

/**
 * _wb_found_printer_new:
 * @name: as it announces itself, any bytes
 *
 * Returns: (transfer full): one of which nothing else is known
 */
WbFoundPrinter *_wb_found_printer_new (const char *name);
gboolean _wb_found_printer_is_called (WbFoundPrinter *self, const char *name);

/**
 * _wb_found_printer_announce:
 *
 * It says that it speaks this; where, is not known yet.
 */
void _wb_found_printer_announce (WbFoundPrinter *self, const char *type);
void _wb_found_printer_retract (WbFoundPrinter *self, const char *type);
gboolean _wb_found_printer_is_announced (WbFoundPrinter *self);

/**
 * _wb_found_printer_resolve:
 * @record: (type aay): what it says about itself
 *
 * Where it speaks this.
 *
 * Returns: whether that is believed; not what was retracted meanwhile, and no place that is none
 */
gboolean _wb_found_printer_resolve (WbFoundPrinter *self, const char *type, const char *address, guint16 port, GVariant *record);

/**
 * _wb_found_printer_is_known:
 *
 * Returns: whether anybody knows where it is
 */
gboolean _wb_found_printer_is_known (WbFoundPrinter *self);

G_END_DECLS
