/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A scale, whatever it hangs on: live readings, and weights that have come to rest. Drivers:
 * wb-scale-hid.h (USB), wb-scale-serial.h (Mettler Toledo SICS, Toledo 8217).
 */
#pragma once

#include "core/wb-scale-reading.h"
#include "devices/wb-device.h"

G_BEGIN_DECLS

#define WB_TYPE_SCALE (wb_scale_get_type ())
G_DECLARE_DERIVABLE_TYPE (WbScale, wb_scale, WB, SCALE, WbDevice)

/**
 * WbScaleClass:
 * @zero: (nullable): tells the scale that what is on it now is nothing
 * @tare: (nullable): tells the scale to take off what is on it now; without it that is done here
 * @clear_tare: (nullable): with @tare
 */
struct _WbScaleClass
{
  WbDeviceClass parent_class;

  void (*zero) (WbScale *self);
  void (*tare) (WbScale *self);
  void (*clear_tare) (WbScale *self);
};

/**
 * WbScale::reading:
 * @reading: (type WbScaleReading): what it shows; for a display
 *
 * Something else is shown than before.
 */

/**
 * WbScale::weight:
 * @reading: (type WbScaleReading): a weight to take down
 *
 * What lies on it has come to rest: once for each time that something is put there.
 */

/**
 * wb_scale_get_reading:
 *
 * Returns: (transfer none) (nullable): what it shows now; NULL when it has said nothing yet
 */
const WbScaleReading *wb_scale_get_reading (WbScale *self);

/**
 * wb_scale_is_at_rest:
 *
 * Returns: whether the reading may be taken down
 */
gboolean wb_scale_is_at_rest (WbScale *self);
gboolean wb_scale_can_zero (WbScale *self);
void wb_scale_zero (WbScale *self);

/**
 * wb_scale_tare:
 *
 * Takes off what lies on it now, at the scale or, where it cannot, in what is shown.
 */
void wb_scale_tare (WbScale *self);
void wb_scale_clear_tare (WbScale *self);

/* ---- For drivers --------------------------------------------------------------------------------- */

/**
 * _wb_scale_take:
 * @reading: what the scale said; @at_us is set here
 */
void _wb_scale_take (WbScale *self, const WbScaleReading *reading);

/**
 * _wb_scale_forget:
 *
 * The scale has gone: what it showed is not true any more.
 */
void _wb_scale_forget (WbScale *self);

G_END_DECLS
