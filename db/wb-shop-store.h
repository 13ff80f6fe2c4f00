/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What holds for the whole shop: its name, country, currency and time zone, what its parcels are numbered with, what its benches do. Kept in
 * the database, which also says what a setting may be. Main thread only.
 */
#pragma once

#include "db/wb-db.h"

G_BEGIN_DECLS

/**
 * WbShopSetting:
 * @key: its name: `shop.name`
 * @value: as people write it: a text, a number, `yes` or `no`, or words with commas between them
 * @type: of what @value is: `string`, `number`, `boolean` or `array`
 * @version: which one it is; a change is of one version
 *
 * One setting.
 */
typedef struct
{
  char *key;
  char *value;
  char *type;
  gint64 version;
} WbShopSetting;

/**
 * wb_shop_store_list_async:
 *
 * Finish with wb_shop_store_list_finish(): (transfer full) (element-type WbShopSetting) by key.
 */
void wb_shop_store_list_async (WbDb *db, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wb_shop_store_list_finish (WbDb *db, GAsyncResult *result, GError **error);

/**
 * wb_shop_store_set_async:
 * @setting: as it was read; its version must still be the newest
 * @value: as people write it
 *
 * Changes one setting. What it may not be is refused with %WB_DB_ERROR_REFUSED, by whoever is no administrator with %WB_DB_ERROR_DENIED.
 */
void wb_shop_store_set_async (WbDb *db, const WbShopSetting *setting, const char *value, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
gboolean wb_shop_store_set_finish (WbDb *db, GAsyncResult *result, GError **error);

G_END_DECLS
