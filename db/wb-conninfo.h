/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What can be read from and changed in a libpq connection string (key words or URI) without
 * connecting. Plain text in, plain text out; usable from any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * wb_conninfo_get:
 * @conninfo: a connection string
 * @keyword: `dbname`, `user`, `host`, …
 *
 * Returns: (transfer full) (nullable): what it says there, %NULL when nothing or when it is malformed
 */
char *wb_conninfo_get (const char *conninfo, const char *keyword);

/**
 * wb_conninfo_set:
 * @conninfo: a connection string
 * @keyword: which one
 * @value: (nullable): what to put there, %NULL to take it out
 *
 * Returns: (transfer full): the string in key words with that changed; one that is malformed comes
 *   back as it was, for the connection to complain about
 */
char *wb_conninfo_set (const char *conninfo, const char *keyword, const char *value);

/**
 * wb_conninfo_describe:
 * @conninfo: a connection string
 *
 * Returns: (transfer full): what to call it in front of people, host and database; never a password
 */
char *wb_conninfo_describe (const char *conninfo);

G_END_DECLS
