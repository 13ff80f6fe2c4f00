/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A synthetic shop for tests of lists and filters: the real schema with rows made up in SQL, fast and the same each
 * time. Not believable (waybillctl demo is); it has what breaks lists instead: equal keys, empty values, infinite times,
 * accents, quotes, per cent signs, several currencies. Main thread only.
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

G_END_DECLS
