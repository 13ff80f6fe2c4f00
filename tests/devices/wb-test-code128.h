/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Code 128 by the standard, for the emulated printer: from what a command says to the words of the symbol, and from those to
 * bars and to what a scanner then reads.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * wb_test_code128_choose:
 *
 * The words as a printer chooses them itself: set C for an even number of digits, else B.
 */
GArray *wb_test_code128_choose (const char *data, gboolean gs1);

/**
 * wb_test_code128_by_hand:
 * @data: "!104…" begins set B, "!105…" C, "!102" is FNC1 (TSPL)
 */
GArray *wb_test_code128_by_hand (const char *data);

/**
 * wb_test_code128_by_braces:
 * @data: "{B…" begins set B, "{C…" C, "{1" is FNC1, "{{" a brace (ESC/POS)
 */
GArray *wb_test_code128_by_braces (const char *data, gsize length);

/**
 * wb_test_code128_runs:
 *
 * Returns: (transfer full) (nullable): widths of bars and spaces in turn, with check word and stop; %NULL when the words
 *   are no symbol
 */
char *wb_test_code128_runs (const GArray *words);

/**
 * wb_test_code128_text:
 *
 * Returns: (transfer full) (nullable): what is read; FNC1 but the first is GS
 */
char *wb_test_code128_text (const GArray *words);

G_END_DECLS
