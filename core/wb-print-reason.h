/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Why something is printed again, as people say it at a bench and in the office: the usual reasons, to be chosen by their number.
 * What was chosen stands in the ledger in words. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * wb_print_reason_get:
 * @number: from 1
 *
 * Returns: (transfer none) (nullable): the reason, translated; %NULL behind the last one, which is "another reason"
 */
const char *wb_print_reason_get (guint number);

G_END_DECLS
