/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Facts one after the other: "Label · Mary Miller · Zebra 1". What is not known is left out with its separator, and where such a line is
 * broken the separator stays at the end. Not for sentences, which are translated whole.
 *
 * Plain values, any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * wb_facts_add:
 * @facts: what was said so far
 * @fact: (nullable): NULL, "" or only blanks: nothing is added
 */
void wb_facts_add (GString *facts, const char *fact);

/**
 * wb_facts_add_format:
 * @format: as for printf()
 *
 * The same with a fact that is put together.
 */
void wb_facts_add_format (GString *facts, const char *format, ...) G_GNUC_PRINTF (2, 3);

/**
 * wb_facts_join:
 * @first: "" for what is not known: NULL ends the list
 *
 * Returns: (transfer full): those that are known, in this order
 */
char *wb_facts_join (const char *first, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
