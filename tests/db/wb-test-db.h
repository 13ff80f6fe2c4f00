/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Short ways to say what tests of a WbDb say all the time: open it, ask and wait for the answer. And a ticker
 * that tells whether the main loop was ever blocked. Main thread only.
 */
#pragma once

#include "db/wb-db-pool-private.h"
#include "tests/wb-test.h"

G_BEGIN_DECLS

/**
 * wb_test_db_open:
 * @conninfo: (nullable): where; %NULL: wb_test_database(), and %NULL is returned when there is none
 *
 * Returns: (transfer full) (nullable): an open database; failing fails the test
 */
WbDb *wb_test_db_open (const char *conninfo);

/**
 * wb_test_db_try_open:
 * @db: a database
 * @error: set when it does not open
 *
 * Returns: whether it opened
 */
gboolean wb_test_db_try_open (WbDb *db, GError **error);

/**
 * wb_test_db_query:
 * @db: a database
 * @sql: a statement
 * @params: (nullable): its parameters
 * @error: set when it fails
 *
 * On the interactive lane, not repeated.
 *
 * Returns: (transfer full): the result, or %NULL with @error
 */
WbDbResult *wb_test_db_query (WbDb *db, const char *sql, WbDbParams *params, GError **error);

/**
 * wb_test_db_run:
 * @db: a database
 * @sql: one statement that must succeed
 */
void wb_test_db_run (WbDb *db, const char *sql);

/**
 * wb_test_db_int:
 * @db: a database
 * @sql: one statement that must give one number
 *
 * Returns: the number
 */
gint64 wb_test_db_int (WbDb *db, const char *sql);

/**
 * wb_test_db_text:
 * @db: a database
 * @sql: one statement that must succeed
 *
 * Returns: (transfer full) (nullable): the first value of its answer; %NULL when that is null, or there is no row
 */
char *wb_test_db_text (WbDb *db, const char *sql);

/**
 * wb_test_db_add_news:
 * @db: an open database without a schema
 *
 * Makes just so much of a schema that news work: wb.news, api.news_since(), api.wake(), and
 * api.note(act, topic, ids), an act that does nothing but leave news behind.
 */
void wb_test_db_add_news (WbDb *db);

typedef struct _WbTestTicker WbTestTicker;

/**
 * wb_test_ticker_start:
 *
 * Ticks every 10 ms from now on.
 *
 * Returns: (transfer full): the ticker
 */
WbTestTicker *wb_test_ticker_start (void);

/**
 * wb_test_ticker_stop:
 * @self: (transfer full): a ticker
 * @max_ms: how far apart two ticks may have been, 10 ms being the ideal
 *
 * Fails the test if the main thread was busy with one thing for too long in between. Time in which the
 * machine was busy with other processes does not count.
 */
void wb_test_ticker_stop (WbTestTicker *self, guint max_ms);

G_END_DECLS
