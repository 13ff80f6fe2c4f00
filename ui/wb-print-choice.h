/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a kind of document can be printed from here: at the printers of the stations, as their profiles have them, on any other printer that
 * this machine has, or into a file. Plain values; main thread.
 */
#pragma once

#include "core/wb-print-route.h"
#include "db/wb-station-store.h"
#include "devices/wb-device-rig.h"

G_BEGIN_DECLS

/**
 * WbPrintChoice:
 * @title: what people call it: "Packing 1: Zebra"
 * @station: code of the station whose printer it is; "" of this machine's own
 * @route: how to print there
 */
typedef struct
{
  char *title;
  char *station;
  WbPrintRoute *route;
} WbPrintChoice;

/**
 * wb_print_choices_list:
 * @rig: what printers were found here
 * @stations: (nullable) (element-type WbStation): with their profiles
 *
 * A station's printer is among them when it can be reached from here: one on the network, or a queue that this machine has too. A paper
 * is not for a printer that understands labels only.
 *
 * Returns: (transfer full) (element-type WbPrintChoice): the stations' first; the last one keeps it as a file
 */
GPtrArray *wb_print_choices_list (WbDeviceRig *rig, GPtrArray *stations, WbPrintKind kind);

G_END_DECLS
