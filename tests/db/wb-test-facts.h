/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Everything that the database knows in every field of every catalogue, in memory: so that the evaluator in core/ can
 * judge the same rows as the SQL that filters compile to. For small databases; of large ones a sample, which is enough to
 * know what values there are, but not to judge. Main thread only.
 */
#pragma once

#include "core/wb-filter.h"
#include "db/wb-db.h"

G_BEGIN_DECLS

typedef struct _WbTestFacts WbTestFacts;

/* One value of a row in a field, as a filter sees it. */
typedef struct
{
  char *text; /* NULL: a number */
  gint64 number;
  char currency[4];
} WbTestFact;

WbTestFacts *wb_test_facts_load (WbDb *db);
/* what some @n rows of each kind have, without what they are related to */
WbTestFacts *wb_test_facts_load_sample (WbDb *db,
                                        guint n,
                                        GRand *random);
void wb_test_facts_free (WbTestFacts *self);

/* (element-type gint64): ids of all rows of a catalogue */
GArray *wb_test_facts_get_ids (WbTestFacts *self,
                               const WbCatalogue *catalogue);
/* (nullable) (element-type WbTestFact): what a row has in a field */
GArray *wb_test_facts_get (WbTestFacts *self,
                           const WbCatalogue *catalogue,
                           const WbField *field,
                           gint64 id);
gboolean wb_test_facts_judge (WbTestFacts *self,
                              const WbFilter *filter,
                              const WbFilterContext *context,
                              gint64 id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTestFacts, wb_test_facts_free)

G_END_DECLS
