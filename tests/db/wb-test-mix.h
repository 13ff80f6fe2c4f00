/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Filters as people write them: clauses over every field of a catalogue and of what it leads to, with values that rows
 * have, or nearly have; ones that many rows pass, few, and none. Made at random, the same ones from the same facts and the
 * same random numbers. Main thread only.
 */
#pragma once

#include "tests/db/wb-test-facts.h"

G_BEGIN_DECLS

/**
 * wb_test_mix_filter:
 * @facts: what values there are; a sample is enough
 * @catalogue: what to filter
 * @zone: in which days begin
 * @random: where chance comes from
 * @n_clauses: how many clauses
 *
 * Returns: (transfer full): an expression of @n_clauses clauses of different fields
 */
char *wb_test_mix_filter (WbTestFacts *facts,
                          const WbCatalogue *catalogue,
                          GTimeZone *zone,
                          GRand *random,
                          guint n_clauses);

/**
 * wb_test_mix_search:
 * @facts: what values there are
 * @random: where chance comes from
 * @kind: which kind of word: its number, below wb_test_mix_get_n_searches()
 *
 * Returns: (transfer full): what somebody types who looks for an order: a name, a number, an SKU, a postcode, …
 */
char *wb_test_mix_search (WbTestFacts *facts,
                          GRand *random,
                          guint kind);
guint wb_test_mix_get_n_searches (void);

G_END_DECLS
