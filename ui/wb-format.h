/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How values look to people: money, moments, days, weights. One place, so that a moment is written
 * the same in a table, on a page and at the bench. Local time zone and locale. Main thread.
 */
#pragma once

#include <glib.h>

#include "core/wb-decimal.h"

G_BEGIN_DECLS

char *wb_format_money (gint64 minor,
                       const char *currency);
char *wb_format_price (const WbDecimal *unit_price,
                       const char *currency);
char *wb_format_moment (GDateTime *moment);
char *wb_format_moment_full (GDateTime *moment);
char *wb_format_day (GDateTime *moment);
char *wb_format_weight (gint64 grams);
char *wb_format_size (gint64 length_mm,
                      gint64 width_mm,
                      gint64 height_mm);

G_END_DECLS
