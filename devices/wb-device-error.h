/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The error domain of devices/: what can go wrong with a printer, scanner or scale, as codes a
 * caller can act on. Plain values: usable from any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WB_DEVICE_ERROR (wb_device_error_quark ())

/**
 * WbDeviceError:
 * @WB_DEVICE_ERROR_OFFLINE: cannot be reached; plug it in, switch it on, try again
 * @WB_DEVICE_ERROR_NOT_FOUND: no device of that name; choose another
 * @WB_DEVICE_ERROR_REFUSED: does not take that (format, right, queue closed)
 * @WB_DEVICE_ERROR_ATTENTION: somebody has to go there: paper, cover, jam
 * @WB_DEVICE_ERROR_CANCELLED: somebody cancelled the job at the device or in its queue
 * @WB_DEVICE_ERROR_FAILED: anything else
 * @WB_DEVICE_ERROR_DOUBT: it may have come out or not: somebody has to look before it is tried again
 *
 * Codes a caller can act on.
 */
typedef enum
{
  WB_DEVICE_ERROR_OFFLINE,
  WB_DEVICE_ERROR_NOT_FOUND,
  WB_DEVICE_ERROR_REFUSED,
  WB_DEVICE_ERROR_ATTENTION,
  WB_DEVICE_ERROR_CANCELLED,
  WB_DEVICE_ERROR_FAILED,
  WB_DEVICE_ERROR_DOUBT,
} WbDeviceError;

GQuark wb_device_error_quark (void);

G_END_DECLS
