/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the checks share. */
#pragma once

#include "core/wb-gs1-lint.h"

G_BEGIN_DECLS

#define WB_GS1_DIGITS "0123456789"
#define WB_GS1_CSET_82 "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
#define WB_GS1_CSET_39 "#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define WB_GS1_CSET_64 "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

gboolean _wb_gs1_fail (WbGs1Spot *spot, gsize at, gsize length, const char *what);
gboolean _wb_gs1_lint_only (const char *allowed, const char *value, gsize length, WbGs1Spot *spot, const char *what);
gboolean _wb_gs1_lint_digits (const char *value, gsize length, WbGs1Spot *spot);
gboolean _wb_gs1_lint_day (const char *value, gsize year_digits, gboolean day_zero, WbGs1Spot *spot);
gboolean _wb_gs1_lint_coupon (const char *value, gsize length, WbGs1Spot *spot);
gboolean _wb_gs1_lint_offer (const char *value, gsize length, WbGs1Spot *spot);

/* Code lists: words between blanks. */
extern const char _wb_gs1_countries[];
extern const char _wb_gs1_currencies[];
extern const char _wb_gs1_packages[];

G_END_DECLS
