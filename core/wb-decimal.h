/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An exact decimal number: a 64-bit mantissa and up to nine decimals. For unit prices that are
 * finer than the currency (0.0015 a screw), rates, weights and sizes read from files. Not for
 * amounts that are paid or owed: those are whole minor units (WbMoney). Never floating point.
 * A plain value; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WB_DECIMAL_MAX_SCALE 9

/**
 * WbDecimal:
 * @mantissa: the digits as an integer
 * @scale: how many of them stand behind the decimal point, 0 to %WB_DECIMAL_MAX_SCALE
 *
 * The number @mantissa / 10^@scale. { 0 } is zero.
 */
typedef struct
{
  gint64 mantissa;
  guint scale;
} WbDecimal;

#define WB_DECIMAL_INIT(m, s) { (m), (s) }

/**
 * WbDecimalSyntax:
 * @point: the decimal sign, '.' or ','
 * @group: what may stand between groups of digits: ',', '.', ' ' (any kind of space), '\'', or 0 for nothing
 *
 * How people write numbers in one place.
 */
typedef struct
{
  char point;
  char group;
} WbDecimalSyntax;

/* "1234.5": what machines write; used where NULL is given as syntax */
extern const WbDecimalSyntax wb_decimal_syntax_plain;
/* "1,234.5" */
extern const WbDecimalSyntax wb_decimal_syntax_english;
/* "1.234,5" */
extern const WbDecimalSyntax wb_decimal_syntax_continental;

WbDecimalSyntax wb_decimal_syntax_of_locale (void);

gboolean  wb_decimal_parse       (const char            *text,
                                  const WbDecimalSyntax *syntax,
                                  WbDecimal             *value,
                                  GError               **error);
char     *wb_decimal_to_string   (const WbDecimal       *self);
char     *wb_decimal_format      (const WbDecimal       *self,
                                  const WbDecimalSyntax *syntax,
                                  guint                  min_decimals);

int       wb_decimal_compare     (const WbDecimal       *a,
                                  const WbDecimal       *b);
WbDecimal wb_decimal_normalise   (WbDecimal              value);
WbDecimal wb_decimal_from_minor  (gint64                 minor,
                                  guint                  digits);

gboolean  wb_decimal_add         (const WbDecimal       *a,
                                  const WbDecimal       *b,
                                  WbDecimal             *sum,
                                  GError               **error);
gboolean  wb_decimal_subtract    (const WbDecimal       *a,
                                  const WbDecimal       *b,
                                  WbDecimal             *difference,
                                  GError               **error);
gboolean  wb_decimal_multiply    (const WbDecimal       *a,
                                  gint64                 factor,
                                  WbDecimal             *product,
                                  GError               **error);
gboolean  wb_decimal_rescale     (const WbDecimal       *a,
                                  guint                  scale,
                                  WbDecimal             *rounded,
                                  GError               **error);
gboolean  wb_decimal_to_minor    (const WbDecimal       *unit_price,
                                  gint64                 quantity,
                                  guint                  digits,
                                  gint64                *minor,
                                  GError               **error);

G_END_DECLS
