/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fills an empty database with the demo shop: products, warehouses, stock, people, customers and
 * three years of orders up to now. What it is made of stands in db/demo, built in; it is one
 * transaction, so a demo that is stopped has never been. The same seed (and moment) gives the same
 * shop. Not for a database that somebody works with: it refuses one that is not empty.
 *
 * Main thread only.
 */
#pragma once

#include "db/wb-db.h"

G_BEGIN_DECLS

/**
 * WbDemoOptions:
 * @orders: how many orders, from 1
 * @customers: how many customers; 0 for as many as fit the orders
 * @seed: which shop
 * @now: (nullable): a timestamp of PostgreSQL, the moment at which the shop's history ends; %NULL for now
 *
 * What to make.
 */
typedef struct
{
  gint64 orders;
  gint64 customers;
  gint64 seed;
  const char *now;
} WbDemoOptions;

/**
 * WbDemoProgress:
 * @step: what is being made, translated
 * @fraction: how far it is, 0 to 1
 * @user_data: what was given
 *
 * Told before each step.
 */
typedef void (*WbDemoProgress) (const char *step, double fraction, gpointer user_data);

/**
 * wb_demo_make_async:
 * @db: an open database, migrated, as a role that may migrate it
 * @options: what to make; copied
 * @progress: (nullable): told before each step
 * @progress_data: for @progress
 * @cancellable: (nullable): stops; the database is empty again then
 * @callback: called when the shop is there, or cannot be made
 * @user_data: for @callback
 *
 * Fails with %WB_DB_ERROR_REFUSED, and `not-empty` as its detail, when there is something in the
 * database already.
 */
void wb_demo_make_async (WbDb *db,
                         const WbDemoOptions *options,
                         WbDemoProgress progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
gboolean wb_demo_make_finish (WbDb *db, GAsyncResult *result, GError **error);

G_END_DECLS
