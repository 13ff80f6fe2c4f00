/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How values look to people: money with its sign, moments as "Today 09:12", weights with their unit, codes as words.
 * The one place, so that a fact is written the same in a table, in quick look and on pages. Numbers are written as the
 * locale writes them. Main thread (reads the locale and the time zone).
 */
#pragma once

#include "core/wb-address.h"
#include "core/wb-decimal.h"
#include "core/wb-field.h"
#include "core/wb-row.h"

G_BEGIN_DECLS

/**
 * WbFormatStyle:
 * @absolute: full dates rather than "Today 09:12"
 * @in_sentence: to stand inside a sentence: "today" rather than "Today"
 * @now_us: the present moment; 0 for the real clock
 *
 * How values are written. A zeroed one is the default.
 */
typedef struct
{
  gboolean absolute;
  gboolean in_sentence;
  gint64 now_us;
} WbFormatStyle;

char *wb_format_money (gint64 minor,
                       const char *currency);
char *wb_format_price (const WbDecimal *unit_price,
                       const char *currency);
char *wb_format_number (gint64 number);
char *wb_format_weight (gint64 grams);
char *wb_format_size (gint64 length_mm,
                      gint64 width_mm,
                      gint64 height_mm);

char *wb_format_time (gint64 moment_us,
                      const WbFormatStyle *style);
char *wb_format_time_full (gint64 moment_us);
char *wb_format_date (gint64 day,
                      const WbFormatStyle *style);
char *wb_format_moment (GDateTime *moment);
char *wb_format_moment_said (GDateTime *moment);
char *wb_format_moment_full (GDateTime *moment);
char *wb_format_day (GDateTime *moment);

char *wb_format_ltr (const char *text);
char *wb_format_sentence (const char *message);
char *wb_format_words (const char *text);

const char *wb_format_country (const char *code);
const char *wb_format_language (const char *code);
char *wb_format_address (const WbAddress *address,
                         const char *home_country);

char *wb_format_value (const WbField *field,
                       const WbRow *row,
                       guint column,
                       const WbFormatStyle *style);
gboolean wb_format_is_number (const WbField *field);

G_END_DECLS
