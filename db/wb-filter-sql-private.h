/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a filter to a SQL condition with parameters, over the rows that its catalogue's map calls t. No
 * text of the filter ever becomes SQL text. For the stores of db/. Relative dates are resolved here.
 */
#pragma once

#include "core/wb-filter.h"
#include "db/wb-db-private.h"
#include "db/wb-filter-map-private.h"

G_BEGIN_DECLS

/*
 * In which shape a condition on other tables is written. The server can turn the first into any plan; the second it can only
 * try on one row after the other, which is what somebody wants who needs just a few that pass.
 */
typedef enum
{
  WB_FILTER_SQL_FREE,
  WB_FILTER_SQL_ROW_BY_ROW,
} WbFilterSqlShape;

/* Appends a condition that is true, false or null (also false); "true" for an empty filter. */
void _wb_filter_sql_append (const WbFilter *filter,
                            const WbFilterContext *context,
                            WbFilterSqlShape shape,
                            WbDbParams *params,
                            GString *sql);

G_END_DECLS
