/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The error domain of db/: what can go wrong between a program and its database, as codes a
 * caller can act on. Made from the server's SQLSTATE or from what libpq says about a connection;
 * the server's own words stay behind the error for whoever has to look closer. Not for values
 * or texts from outside (WB_ERROR). Plain values: usable from any thread.
 *
 * The user's own cancelling is no error of this domain: it is G_IO_ERROR_CANCELLED.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WB_DB_ERROR (wb_db_error_quark ())

/**
 * WbDbError:
 * @WB_DB_ERROR_OFFLINE: no connection, or it was lost; show the banner, everything is tried again by itself.
 *   After a write that is not an act it is unknown whether the write happened
 * @WB_DB_ERROR_CONFLICT: somebody else changed the same thing meanwhile (also: serialization failure, deadlock,
 *   lock not available); offer to reload
 * @WB_DB_ERROR_DENIED: this role may not do that
 * @WB_DB_ERROR_NOT_FOUND: what was asked for does not exist (any more)
 * @WB_DB_ERROR_REFUSED: breaks a rule of the business or a constraint; the message says which, for people
 * @WB_DB_ERROR_TIMEOUT: the statement took longer than its lane allows
 * @WB_DB_ERROR_READ_ONLY: the server only reads at the moment (a standby, or set so); writing works again later
 * @WB_DB_ERROR_VERSION: the server is too old, or its schema is older or newer than this program's
 * @WB_DB_ERROR_AUTH: wrong password, no such role or database, or the server lets this seat not in
 * @WB_DB_ERROR_DISK: the server's disk is full
 * @WB_DB_ERROR_FAILED: anything else; a bug or a broken installation, the original text tells more
 *
 * Codes a caller can act on.
 */
typedef enum
{
  WB_DB_ERROR_OFFLINE,
  WB_DB_ERROR_CONFLICT,
  WB_DB_ERROR_DENIED,
  WB_DB_ERROR_NOT_FOUND,
  WB_DB_ERROR_REFUSED,
  WB_DB_ERROR_TIMEOUT,
  WB_DB_ERROR_READ_ONLY,
  WB_DB_ERROR_VERSION,
  WB_DB_ERROR_AUTH,
  WB_DB_ERROR_DISK,
  WB_DB_ERROR_FAILED,
} WbDbError;

GQuark wb_db_error_quark (void);

/**
 * wb_db_error_get_sqlstate:
 * @error: an error of WB_DB_ERROR
 *
 * Returns: (transfer none) (nullable): the five characters of the server's SQLSTATE ("WB002"), or
 *   %NULL when the error was not made by the server
 */
const char *wb_db_error_get_sqlstate (const GError *error);

/**
 * wb_db_error_get_detail:
 * @error: an error of WB_DB_ERROR
 *
 * The DETAIL of an api function (a machine code such as `stock.short`, or what changed). For the
 * server's own errors it may hold customer data: show it, never log it.
 *
 * Returns: (transfer none) (nullable): the detail
 */
const char *wb_db_error_get_detail (const GError *error);

/**
 * wb_db_error_get_constraint:
 * @error: an error of WB_DB_ERROR
 *
 * Returns: (transfer none) (nullable): the name of the constraint that refused, to mark the field concerned
 */
const char *wb_db_error_get_constraint (const GError *error);

/**
 * wb_db_error_get_original:
 * @error: an error of WB_DB_ERROR
 *
 * The original text of server or libpq, with hint and context, for a "Details" expander and for
 * support. May hold customer data: show it, never log it.
 *
 * Returns: (transfer none) (nullable): the text
 */
const char *wb_db_error_get_original (const GError *error);

/**
 * wb_db_error_get_hint:
 * @error: (nullable): any error
 *
 * What to do about it, for whoever reads the message: a translated sentence, or %NULL when the message says all.
 *
 * Returns: (transfer none) (nullable): the sentence
 */
const char *wb_db_error_get_hint (const GError *error);

/**
 * wb_db_error_is_passing:
 * @error: (nullable): any error
 *
 * Whether trying the same again later can succeed without anybody changing anything: OFFLINE,
 * CONFLICT of the serialization kind, TIMEOUT, READ_ONLY, DISK.
 *
 * Returns: %TRUE if it passes by itself
 */
gboolean wb_db_error_is_passing (const GError *error);

G_END_DECLS
