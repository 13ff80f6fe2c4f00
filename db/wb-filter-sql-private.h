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

/* Appends a condition that is true, false or null (also false); "true" for an empty filter. */
void _wb_filter_sql_append (const WbFilter *filter,
                            const WbFilterContext *context,
                            WbDbParams *params,
                            GString *sql);

G_END_DECLS
