/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What hangs at this bench: opens every scanner, scale, NFC reader and camera that is plugged in and that the station uses, says what they
 * read, and how they are, for the lamps in the header. Knows no order. Main thread.
 */
#pragma once

#include "devices/wb-camera.h"
#include "devices/wb-device-rig.h"
#include "devices/wb-scale.h"
#include "devices/wb-voice.h"

G_BEGIN_DECLS

/**
 * WbBenchLamp:
 * @WB_BENCH_LAMP_NONE: there is none
 * @WB_BENCH_LAMP_OK: all of them work
 * @WB_BENCH_LAMP_TROUBLE: one does not; the sentence says why
 */
typedef enum
{
  WB_BENCH_LAMP_NONE,
  WB_BENCH_LAMP_OK,
  WB_BENCH_LAMP_TROUBLE,
  WB_BENCH_LAMP_MISSING, /* the station has one, and it is not plugged in */
} WbBenchLamp;

#define WB_TYPE_BENCH_DEVICES (wb_bench_devices_get_type ())
G_DECLARE_FINAL_TYPE (WbBenchDevices, wb_bench_devices, WB, BENCH_DEVICES, GObject)

/**
 * WbBenchDevices::weight:
 * @weight_g: grams, at least 1
 *
 * Something was put on a scale and has come to rest.
 */

/**
 * WbBenchDevices::tap:
 * @tag: (type WbNfcTag): what was held to a reader
 * @role: of the reader, see %WB_STATION_ROLE_ANY
 *
 * Once for each time that a tag is held there.
 */

/**
 * WbBenchDevices::badge:
 * @text: what was read by a scanner that is for badges alone
 */

/**
 * WbBenchDevices::changed:
 *
 * A device came, went, or changed its state.
 */

/**
 * wb_bench_devices_new:
 * @hub: (transfer none): started
 *
 * Returns: (transfer full): a #WbScanSource
 */
WbBenchDevices *wb_bench_devices_new (WbDeviceHub *hub);

/**
 * wb_bench_devices_new_for_rig:
 * @rig: (transfer none): its hub is started
 *
 * The same, of the devices that the station uses, in their roles.
 *
 * Returns: (transfer full): a #WbScanSource
 */
WbBenchDevices *wb_bench_devices_new_for_rig (WbDeviceRig *rig);

/**
 * wb_bench_devices_set_paused:
 *
 * While somebody tries devices out, what they report is nothing that happens to an order.
 */
void wb_bench_devices_set_paused (WbBenchDevices *self, gboolean is_paused);

/**
 * wb_bench_devices_get_lamp:
 * @message: (out) (optional) (transfer none): a sentence, or the name of what works; "" when there is none
 */
WbBenchLamp wb_bench_devices_get_lamp (WbBenchDevices *self, WbDeviceKind kind, const char **message);

/**
 * wb_bench_devices_get_camera:
 *
 * Returns: (transfer none) (nullable): what takes photos here: the first camera that works, or else the first there is
 */
WbCamera *wb_bench_devices_get_camera (WbBenchDevices *self);

/**
 * wb_bench_devices_get_voice:
 *
 * Returns: (transfer none) (nullable): what one can talk to here; %NULL also while somebody tries devices out
 */
WbVoice *wb_bench_devices_get_voice (WbBenchDevices *self);

/**
 * wb_bench_devices_get_scale:
 *
 * Returns: (transfer none) (nullable): the scale that works here, of several one that something lies on
 */
WbScale *wb_bench_devices_get_scale (WbBenchDevices *self);

/**
 * wb_bench_devices_get_weight_g:
 *
 * Returns: grams that lie at rest on a scale now; 0 when nothing does
 */
gint64 wb_bench_devices_get_weight_g (WbBenchDevices *self);

/**
 * wb_bench_devices_confirm:
 *
 * Lets the scanners show that a scan was good or not, where they can.
 */
void wb_bench_devices_confirm (WbBenchDevices *self, gboolean good);

G_END_DECLS
