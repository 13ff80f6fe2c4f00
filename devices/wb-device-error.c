/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "devices/wb-device-error.h"

G_DEFINE_QUARK (wb-device-error-quark, wb_device_error)
