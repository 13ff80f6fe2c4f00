/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Shops for tests of lists and filters. A synthetic one: the real schema with rows made up in SQL, fast and the same each
 * time; not believable, it has what breaks lists instead: equal keys, empty values, infinite times, accents, quotes, per
 * cent signs, several currencies. And the demo shop, which is believable. Main thread only.
 */
#pragma once

#include "db/wb-db.h"

G_BEGIN_DECLS

/**
 * wb_test_shop_open:
 * @n_orders: how many orders to make
 *
 * Migrates the test's database, fills it, and opens it. Only the first call of a program makes anything.
 *
 * Returns: (transfer full) (nullable): the database; %NULL when there is no server, and the test is skipped
 */
WbDb *wb_test_shop_open (guint n_orders);

/**
 * wb_test_shop_open_demo:
 * @n_orders: how many orders to make
 * @now: a timestamp of PostgreSQL, the moment at which its history ends
 *
 * Makes a database called "demo" with the demo shop in it, once in a program.
 *
 * Returns: (transfer full) (nullable): the database; %NULL when there is no server, and the test is skipped
 */
WbDb *wb_test_shop_open_demo (guint n_orders,
                              const char *now);

G_END_DECLS
