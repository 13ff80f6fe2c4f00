/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where something can be printed: every printer that was found or named, with what a route calls it (core/wb-print-route.h).
 * For choosing one. Main thread.
 */
#pragma once

#include "core/wb-print-route.h"
#include "devices/wb-device-rig.h"

G_BEGIN_DECLS

/**
 * WbPrinterPlace:
 * @printer: what stands in a route: a queue, or "socket:HOST:PORT"
 * @title: what people here call it
 * @language: what it is told in, as its options, a route of the station or its queue say; ZPL when nobody says so
 * @knows_language: somebody says so
 * @takes_pdf: it prints PDF, also where its labels are told otherwise: a queue with a driver
 * @dpi: dots an inch; 0 when nobody says so
 * @trays: (nullable): where it takes media from, as "tray-1"
 */
typedef struct
{
  char *printer;
  char *title;
  char *language;
  gboolean knows_language;
  gboolean takes_pdf;
  guint dpi;
  char **trays;
} WbPrinterPlace;

/**
 * wb_printer_places_list:
 * @rig: what hangs at this machine
 *
 * Returns: (transfer full) (element-type WbPrinterPlace): by title; those that the print server has not told of yet are not among
 *   them: listen to the rig's hub
 */
GPtrArray *wb_printer_places_list (WbDeviceRig *rig);

/**
 * wb_printer_places_find:
 * @printer: as a route names it, with or without "cups:"
 *
 * Returns: (transfer none) (nullable): the place
 */
const WbPrinterPlace *wb_printer_places_find (GPtrArray *places, const char *printer);

/**
 * wb_printer_place_make_route:
 * @kind: of what is to be printed there
 * @language: (nullable): what it is written in, if it is written already
 *
 * Returns: (transfer full): how to print there: in @language where that is understood, else as the printer is told that kind of document
 */
WbPrintRoute *wb_printer_place_make_route (const WbPrinterPlace *self, WbPrintKind kind, const char *language);

G_END_DECLS
