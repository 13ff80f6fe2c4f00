/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The error domain of core/: what can be wrong with a value, a text or a file that somebody
 * typed, scanned or sent. Not for the database (WB_DB_ERROR) or for devices (WB_DEVICE_ERROR).
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WB_ERROR (wb_error_quark ())

/**
 * WbError:
 * @WB_ERROR_INVALID: malformed: the text does not follow the format; show where and what is expected
 * @WB_ERROR_RANGE: well-formed, but too large, too small or too precise to be kept exactly
 * @WB_ERROR_UNKNOWN: names something that does not exist (a field, a currency, a symbol); offer what does
 * @WB_ERROR_MISMATCH: two things that do not go together (currencies, units, a check digit)
 * @WB_ERROR_LIMIT: larger than we are willing to take from outside (a line, a file, a depth)
 *
 * Codes a caller can act on.
 */
typedef enum
{
  WB_ERROR_INVALID,
  WB_ERROR_RANGE,
  WB_ERROR_UNKNOWN,
  WB_ERROR_MISMATCH,
  WB_ERROR_LIMIT,
} WbError;

GQuark wb_error_quark (void);

G_END_DECLS
