/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where something can be printed: every printer that was found or named, with what a route calls it (core/wb-print-route.h).
 * For choosing one. Main thread.
 */
#pragma once

#include "devices/wb-device-rig.h"

G_BEGIN_DECLS

/**
 * WbPrinterPlace:
 * @printer: what stands in a route: a queue, or "socket:HOST:PORT"
 * @title: what people here call it
 */
typedef struct
{
  char *printer;
  char *title;
} WbPrinterPlace;

/**
 * wb_printer_places_list:
 * @rig: what hangs at this machine
 *
 * Returns: (transfer full) (element-type WbPrinterPlace): by title; those that the print server has not told of yet are not among
 *   them: listen to the rig's hub
 */
GPtrArray *wb_printer_places_list (WbDeviceRig *rig);

G_END_DECLS
