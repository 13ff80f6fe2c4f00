/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Devices that fail at random, each on a lane of its own: it works, something goes wrong with it, that is mended, and it is used until it
 * works again. All lanes go on at the same time, as the devices of a bench do. Main thread.
 */
#pragma once

#include "devices/twins/wb-twin-line.h"
#include "devices/twins/wb-twin-pn532.h"
#include "devices/twins/wb-twin-scale.h"
#include "devices/wb-device-hub.h"
#include "devices/wb-printer.h"
#include "tests/devices/wb-test-socket.h"
#include "tests/devices/wb-test-usb.h"

G_BEGIN_DECLS

typedef struct _Lane Lane;

/**
 * LaneKind:
 * @name: of its figures
 * @n_lanes: how many there are
 * @set_up: plugs the device in
 * @fault: something goes wrong; says lane_mend_later() when that is to be over, and what it was
 * @use: uses it once, which ends, now or later, in lane_works() if it does
 * @tear_down: takes the device away
 */
typedef struct
{
  const char *name;
  guint n_lanes;
  void (*set_up) (Lane *lane);
  void (*fault) (Lane *lane);
  void (*use) (Lane *lane);
  void (*tear_down) (Lane *lane);
} LaneKind;

struct _Lane
{
  const LaneKind *kind;
  GRand *random;
  char *path;
  guint number;      /* of what it is used with, so that nothing late counts */
  const char *fault; /* what went wrong last */
  void (*mend) (Lane *lane);
  gint64 began_us;
  gint64 mended_us;
  guint source;
  gboolean is_trying;
  guint n_faults;

  /* what stands at its other end, as the kind has it */
  WbDeviceHub *hub;
  WbTwinLine *line;
  WbTwinScale *scale;
  WbTwinPn532 *chip;
  WbTestUsb *usb;
  WbTestUsbDevice *usb_scanner;
  WbTestUsbDevice *usb_scale;
  guint usb_port;
  gboolean has_scanned;
  gboolean has_weighed;
  WbTestSocket *socket;
  WbPrinter *printer;
  gboolean is_printing;
  gboolean is_absent; /* somebody looked: it did not come out */
};

extern const LaneKind lane_kinds[];
extern const guint n_lane_kinds;
extern guint n_lane_computers; /* that USB devices were plugged into so far */

/* The fault is over after a while; @mend: (nullable): what is done then. */
void lane_mend_later (Lane *lane, const char *fault, guint at_most_ms, void (*mend) (Lane *lane));
/* What the lane was used with (its number) has arrived. */
void lane_works (Lane *lane);
/* From 0 to @n - 1. */
guint lane_pick (Lane *lane, guint n);

G_END_DECLS
