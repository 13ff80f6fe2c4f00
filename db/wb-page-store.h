/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What pages show: one order, customer or SKU with everything that belongs to it, in one round
 * trip. Not for lists (wb-list-query.h) and not for changing anything (wb-acts.h). Main thread.
 */
#pragma once

#include <gio/gio.h>

#include "core/wb-change.h"
#include "core/wb-customer.h"
#include "core/wb-order.h"
#include "core/wb-sku.h"
#include "db/wb-db.h"

G_BEGIN_DECLS

/**
 * wb_page_store_order_async:
 * @db: the database
 * @id: of the order
 *
 * Reads an order with everything on its page. Fails with %WB_DB_ERROR_NOT_FOUND when there is none.
 * Finish with wb_page_store_order_finish(): (transfer full): an order.
 */
void wb_page_store_order_async (WbDb *db,
                                gint64 id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
WbOrder *wb_page_store_order_finish (WbDb *db,
                                     GAsyncResult *result,
                                     GError **error);

/**
 * wb_page_store_customer_async:
 * @db: the database
 * @id: of the customer
 *
 * Reads a customer with everything on its page. Finish with wb_page_store_customer_finish().
 */
void wb_page_store_customer_async (WbDb *db,
                                   gint64 id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
WbCustomer *wb_page_store_customer_finish (WbDb *db,
                                           GAsyncResult *result,
                                           GError **error);

/**
 * wb_page_store_sku_async:
 * @db: the database
 * @id: of the SKU
 *
 * Reads a SKU with everything on its page. Finish with wb_page_store_sku_finish().
 */
void wb_page_store_sku_async (WbDb *db,
                              gint64 id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
WbSku *wb_page_store_sku_finish (WbDb *db,
                                 GAsyncResult *result,
                                 GError **error);

/**
 * wb_page_store_history_async:
 * @db: the database
 * @order_id: of the order
 * @before: id of a change, to read on before it; 0 for the latest
 *
 * Reads what changed at an order, newest first, at most 100. Finish with wb_page_store_history_finish():
 * (transfer full) (element-type WbChange): an array that frees its elements.
 */
void wb_page_store_history_async (WbDb *db,
                                  gint64 order_id,
                                  gint64 before,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GPtrArray *wb_page_store_history_finish (WbDb *db,
                                         GAsyncResult *result,
                                         GError **error);

G_END_DECLS
