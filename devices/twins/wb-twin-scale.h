/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A scale on a serial line that is not there: answers as a Mettler Toledo (SICS) or a Toledo 8217 does, with zero and tare. Shows grams
 * as kilograms with three decimals. Main thread.
 */
#pragma once

#include "core/wb-scale-reading.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _WbTwinScale WbTwinScale;

/**
 * wb_twin_scale_new:
 * @path: where the device file is to stand
 * @protocol: "serial-sics" or "serial-8217"
 *
 * Fails (WB_DEVICE_ERROR) when there is no such protocol, or the file cannot be made.
 *
 * Returns: (transfer full): a scale with nothing on it
 */
WbTwinScale *wb_twin_scale_new (const char *path, const char *protocol, GError **error);
void wb_twin_scale_free (WbTwinScale *self);

/**
 * wb_twin_scale_put:
 * @state: how the weight is: at rest, moving, too heavy …
 * @weight_g: what lies on it
 */
void wb_twin_scale_put (WbTwinScale *self, WbScaleState state, gint64 weight_g);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTwinScale, wb_twin_scale_free)

G_END_DECLS
