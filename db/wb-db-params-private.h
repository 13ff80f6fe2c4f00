/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How parameters go to libpq. For the requests of this layer only; stores use the builder.
 */
#pragma once

#include "db/wb-db-private.h"

#include <libpq-fe.h>

G_BEGIN_DECLS

/* queues @sql with @self's values (may be NULL) on @connection; FALSE: see PQerrorMessage() */
gboolean _wb_db_params_send (WbDbParams *self, PGconn *connection, const char *sql);

G_END_DECLS
