/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Money that is paid or owed: whole minor units beside an ISO 4217 code. Adding different
 * currencies is an error, never a guess. For unit prices finer than the currency see WbDecimal.
 * Plain values; any thread.
 */
#pragma once

#include <glib.h>

#include "core/wb-decimal.h"

G_BEGIN_DECLS

#define WB_CURRENCY_SIZE 4

/**
 * WbMoney:
 * @minor: the amount in minor units (pence, cents; whole yen)
 * @currency: ISO 4217, upper case, NUL-terminated
 */
typedef struct
{
  gint64 minor;
  char currency[WB_CURRENCY_SIZE];
} WbMoney;

gboolean    wb_currency_is_known    (const char      *code);
guint       wb_currency_get_digits  (const char      *code);
const char *wb_currency_get_symbol  (const char      *code);

gboolean    wb_money_init           (WbMoney         *self,
                                     gint64           minor,
                                     const char      *currency,
                                     GError         **error);
gboolean    wb_money_parse          (WbMoney         *self,
                                     const char      *text,
                                     const WbDecimalSyntax *syntax,
                                     const char      *currency,
                                     GError         **error);
gboolean    wb_money_add            (const WbMoney   *a,
                                     const WbMoney   *b,
                                     WbMoney         *sum,
                                     GError         **error);
gboolean    wb_money_subtract       (const WbMoney   *a,
                                     const WbMoney   *b,
                                     WbMoney         *difference,
                                     GError         **error);
gboolean    wb_money_equal          (const WbMoney   *a,
                                     const WbMoney   *b);
void        wb_money_allocate       (gint64           total_minor,
                                     const gint64    *weights,
                                     gsize            n_parts,
                                     gint64          *parts_minor);

char       *wb_money_to_string      (const WbMoney   *self);
char       *wb_money_format         (const WbMoney   *self);
char       *wb_money_format_localised (const WbMoney *self);

G_END_DECLS
