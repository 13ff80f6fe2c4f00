/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands on labels that are printed from a desk: of products, of places in a warehouse, of people, of an order's returns. For
 * parcel labels see db/wb-job-store.h. Main thread.
 */
#pragma once

#include "core/wb-label-document.h"
#include "db/wb-db.h"

G_BEGIN_DECLS

/* At most so many labels are read at once; one more says that there are more. */
#define WB_LABEL_STORE_MOST 1000

/**
 * WbLabelItem:
 * @title: what people call it: a SKU, a place, a name
 * @values: what stands on its label
 *
 * One label to be printed.
 */
typedef struct
{
  char *title;
  WbLabelValues *values;
} WbLabelItem;

/**
 * wb_label_item_new:
 * @values: (transfer full): what stands on it
 *
 * Returns: (transfer full): one
 */
WbLabelItem *wb_label_item_new (const char *title, WbLabelValues *values);
void wb_label_item_free (WbLabelItem *self);

/**
 * WbLabelZone:
 * @warehouse: code
 * @warehouse_name: what people call it
 * @zone: code
 * @name: what people call it
 */
typedef struct
{
  char *warehouse;
  char *warehouse_name;
  char *zone;
  char *name;
} WbLabelZone;

/**
 * WbLabelItems:
 * @items: (element-type WbLabelItem): in the order in which they are printed
 * @zones: (element-type WbLabelZone): of places: where there are any
 */
typedef struct
{
  GPtrArray *items;
  GPtrArray *zones;
} WbLabelItems;

void wb_label_items_free (WbLabelItems *self);

/**
 * wb_label_store_products_async:
 * @skus: ids, in the order of printing
 *
 * Reads what stands on product labels; a price only for who may read it. Finish with wb_label_store_finish(): (transfer full).
 */
void wb_label_store_products_async (WbDb *db, const gint64 *skus, guint n_skus, GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data);

/**
 * wb_label_store_places_async:
 * @warehouse: (nullable): code; %NULL for all
 * @zone: (nullable): code; %NULL for all
 * @first: from this place on; "" from the first
 * @last: to this place, and all in it; "" to the last
 *
 * Reads what stands on shelf labels, sorted by the numbers in their codes. Finish with wb_label_store_finish().
 */
void wb_label_store_places_async (WbDb *db, const char *warehouse, const char *zone, const char *first, const char *last,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/**
 * wb_label_store_badges_async:
 *
 * Reads the badges of all who have one. For administrators. Finish with wb_label_store_finish().
 */
void wb_label_store_badges_async (WbDb *db, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/**
 * wb_label_store_returns_async:
 *
 * Reads the labels for what comes back of an order. Finish with wb_label_store_finish().
 */
void wb_label_store_returns_async (WbDb *db, gint64 order_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
WbLabelItems *wb_label_store_finish (WbDb *db, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbLabelItems, wb_label_items_free)

G_END_DECLS
