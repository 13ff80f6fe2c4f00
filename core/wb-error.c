/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-error.h"

G_DEFINE_QUARK (wb-error-quark, wb_error)
