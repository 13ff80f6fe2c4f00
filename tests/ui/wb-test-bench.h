/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What tests of a bench say all the time: a shop of their own (tests/bench-shop.sql), a bench at one of its stations, what a
 * packer scans, and what the database then knows. Main thread.
 */
#pragma once

#include "ui/station/wb-bench.h"

G_BEGIN_DECLS

/**
 * WbTestBenchShop:
 * @owner: the database as superuser, to look behind the scenes
 * @packer: the database as a packer
 * @folder: where labels and unsent work are kept
 */
typedef struct
{
  WbDb *owner;
  WbDb *packer;
  char *folder;
} WbTestBenchShop;

/* What is scanned of the first order until its label is printed; ends in NULL. */
extern const char *const wb_test_bench_first_order[];

/**
 * wb_test_bench_shop_open:
 * @shop: (out): a copy of the shop, for this test alone
 *
 * Returns: FALSE when there is no server, and the test is skipped
 */
gboolean wb_test_bench_shop_open (WbTestBenchShop *shop);
void wb_test_bench_shop_close (WbTestBenchShop *shop);

/**
 * wb_test_bench_connect:
 * @host: (nullable): folder of a socket; %NULL for the server's
 * @user: who
 *
 * Returns: (transfer full): the shop that was opened last, through @host
 */
WbDb *wb_test_bench_connect (const char *host, const char *user);

/**
 * wb_test_bench_ask:
 *
 * Returns: (transfer full) (nullable): the first value of a statement's answer
 */
char *wb_test_bench_ask (WbTestBenchShop *shop, const char *sql);
void wb_test_bench_assert_says (WbTestBenchShop *shop, const char *sql, const char *expected);

/**
 * wb_test_bench_assert_soon:
 *
 * What is stored in the background is there after a while.
 */
void wb_test_bench_assert_soon (WbTestBenchShop *shop, const char *sql, const char *expected);

/**
 * wb_test_bench_assert_ship_refused:
 *
 * The shipping that is asked for is refused, in these words.
 */
void wb_test_bench_assert_ship_refused (WbTestBenchShop *shop, gint64 job_id, const char *station, const char *words);

/**
 * wb_test_bench_open:
 *
 * Returns: (transfer full): a bench whose labels go to the shop's folder, with nothing in hand
 */
WbBench *wb_test_bench_open (WbTestBenchShop *shop, const char *station);
WbJobStep wb_test_bench_get_step (WbBench *bench);

/**
 * wb_test_bench_next:
 *
 * Takes the next order, or waits for it, and checks that it is this one.
 */
void wb_test_bench_next (WbBench *bench, const char *number);
void wb_test_bench_scan_all (WbBench *bench, const char *const *codes);

/**
 * wb_test_bench_stored:
 *
 * Waits until all that happened is stored.
 */
void wb_test_bench_stored (WbBench *bench);

G_END_DECLS
