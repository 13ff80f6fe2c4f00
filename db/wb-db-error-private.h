/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How errors of db/ are made: from what the server says in a result, from what libpq says about a
 * connection, or by ourselves. Not for callers of db/, who only read them.
 */
#pragma once

#include "db/wb-db-error.h"

#include <gio/gio.h>
#include <libpq-fe.h>

G_BEGIN_DECLS

/* Lets the log domain be one for the whole layer; SQL is shown under WAYBILL_DEBUG=sql without values. */
#define WB_DB_LOG_DOMAIN "wb-db"

/* our own error, with printf; never holds parameters */
GError *_wb_db_error_new (WbDbError code, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* what to do about @error: a literal marked with N_(); returns @error */
GError *_wb_db_error_set_hint (GError *error, const char *hint);

/* what the server says in @result; @cancelled: 57014 is the answer to our own cancel */
GError *_wb_db_error_from_result (const PGresult *result, gboolean cancelled);

/* why @connection to @place ("db.example:5433") could not be made, needs PQERRORS_VERBOSE; @securing: it failed while
 * the two agreed on encryption */
GError *_wb_db_error_from_connection (const PGconn *connection, const char *place, gboolean securing);

/* @connection stood and is lost; @goodbye: the server said that it ends it */
GError *_wb_db_error_from_loss (const PGconn *connection, gboolean goodbye);

/* (transfer full): what to tell people of an error of the server; @constraint and @primary may be NULL */
char *_wb_db_error_words (const char *sqlstate, const char *constraint, const char *primary, WbDbError *code);

/* a serialization failure or deadlock: the same again may well succeed at once */
gboolean _wb_db_error_is_serialization (const GError *error);

G_END_DECLS
