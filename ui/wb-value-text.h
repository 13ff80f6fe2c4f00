/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Values as people read them: money with its sign, times as "Today 09:12", weights with their unit.
 * One place, so that a fact looks the same in the table, in quick look and on pages. Main thread
 * (locale).
 */
#pragma once

#include "core/wb-field.h"
#include "core/wb-row.h"

G_BEGIN_DECLS

/**
 * WbValueStyle:
 * @absolute: full dates rather than "Today 09:12"
 * @now_us: the present moment; 0 for the real clock
 *
 * How values are written. A zeroed one is the default.
 */
typedef struct
{
  gboolean absolute;
  gint64 now_us;
} WbValueStyle;

char *wb_value_text (const WbField *field, const WbRow *row, guint column,
                     const WbValueStyle *style);
char *wb_value_text_time (gint64 moment_us, const WbValueStyle *style);
char *wb_value_text_full_time (gint64 moment_us);
char *wb_value_text_date (gint64 day, const WbValueStyle *style);
char *wb_value_text_money (gint64 minor, const char *currency);
char *wb_value_text_price (gint64 millionths, const char *currency);
char *wb_value_text_weight (gint64 grams);
char *wb_value_text_number (gint64 number);
char *wb_value_text_code (const WbField *field, const char *code);

gboolean wb_value_is_number (const WbField *field);

G_END_DECLS
