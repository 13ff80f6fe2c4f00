/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the filter compiler share. */
#pragma once

#include "db/wb-filter-sql-private.h"

#include "core/wb-filter-node.h"

G_BEGIN_DECLS

/*
 * Where we are in the tree. @in_or: an index cannot carry the row order any more, but its rows can be gathered. @in_not: what
 * is asked of other tables is better not collected.
 */
typedef struct
{
  const WbFilterContext *context;
  WbDbParams *params;
  GString *sql;
  WbFilterSqlShape shape;
  gboolean in_or;
  gboolean in_not;
} WbFilterCompiler;

/* What was typed, in capitals and in small letters, without repetition. */
void _wb_filter_sql_add_spellings (GPtrArray *spellings,
                                   const char *text);
/* Whether a test asks for a whole code, so that it can be put into one array with others. */
gboolean _wb_filter_sql_is_whole (const WbField *field,
                                  const WbFilterTest *test);
/* All whole codes of a clause at once. Gives whether there were any. */
gboolean _wb_filter_sql_append_whole (WbFilterCompiler *c,
                                      const WbFilterMapField *place,
                                      const WbField *field,
                                      const WbFilterTest *tests,
                                      guint n_tests);
void _wb_filter_sql_append_any (WbFilterCompiler *c,
                                const WbFilterMapField *place,
                                const WbField *field);
void _wb_filter_sql_append_none (WbFilterCompiler *c,
                                 const WbFilterMapField *place,
                                 const WbField *field);
/* Any test but `none`. */
void _wb_filter_sql_append_test (WbFilterCompiler *c,
                                 const WbFilterMapField *place,
                                 const WbField *field,
                                 const WbFilterTest *test);

G_END_DECLS
