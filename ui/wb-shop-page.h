/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The page of settings that hold for the whole shop: what it is called, where it is, in what it reckons, how its benches work. For administrators.
 * Main thread.
 */
#pragma once

#include <adwaita.h>

#include "db/wb-db.h"

G_BEGIN_DECLS

#define WB_TYPE_SHOP_PAGE (wb_shop_page_get_type ())
G_DECLARE_FINAL_TYPE (WbShopPage, wb_shop_page, WB, SHOP_PAGE, AdwPreferencesPage)

/**
 * wb_shop_page_new:
 * @db: the shop's database
 *
 * Each change counts at once for everybody, and can be taken back in the toast that says so, which is shown where the page is in an
 * #AdwPreferencesWindow.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *wb_shop_page_new (WbDb *db);

G_END_DECLS
