/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A scale on a serial line, asked several times a second, in one of the protocols of
 * wb-scale-protocol.h. Found by wb-serial-backend.h.
 */
#pragma once

#include "devices/wb-scale-protocol.h"
#include "devices/wb-scale.h"

G_BEGIN_DECLS

#define WB_TYPE_SCALE_SERIAL (wb_scale_serial_get_type ())
G_DECLARE_FINAL_TYPE (WbScaleSerial, wb_scale_serial, WB, SCALE_SERIAL, WbScale)

/**
 * wb_scale_serial_new:
 * @protocol: (transfer none): what it speaks
 * @path: of the device file
 *
 * Returns: (transfer full): a scale
 */
WbDevice *wb_scale_serial_new (const WbScaleProtocol *protocol, const char *path, const char *id, const char *name);

G_END_DECLS
