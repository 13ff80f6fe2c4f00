/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How libpq's results become a WbDbResult. For the requests of this layer only.
 */
#pragma once

#include "db/wb-db-private.h"

#include <libpq-fe.h>

G_BEGIN_DECLS

/* takes @result */
WbDbResult *_wb_db_result_new      (PGresult *result);
/* several of one row each, as single-row mode gives them, in @parts (element-type PGresult), which is taken;
 * the last may be empty */
WbDbResult *_wb_db_result_new_rows (GPtrArray *parts);
/* for the above */
GPtrArray  *_wb_db_result_parts_new (void);

G_END_DECLS
