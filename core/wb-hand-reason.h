/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Why something was counted by hand where it should have been scanned: the usual reasons, to be chosen by their number. The log of work keeps
 * the word, which stays the same in every language. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * wb_hand_reason_get_title:
 * @number: from 1
 *
 * Returns: (transfer none) (nullable): the reason, translated; %NULL behind the last one, which is "another reason"
 */
const char *wb_hand_reason_get_title (guint number);

/**
 * wb_hand_reason_get_word:
 * @number: from 1
 *
 * Returns: (transfer none) (nullable): what the log says, "no-barcode"
 */
const char *wb_hand_reason_get_word (guint number);

/**
 * wb_hand_reason_find_title:
 * @word: what the log says
 *
 * Returns: (transfer none): the reason, translated; @word itself where it is none that this version knows
 */
const char *wb_hand_reason_find_title (const char *word);

G_END_DECLS
