/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The page "Products" of the main window: the table of all products. Main thread.
 */
#pragma once

#include "ui/wb-list-page.h"

G_BEGIN_DECLS

#define WB_TYPE_PRODUCTS_PAGE (wb_products_page_get_type ())
G_DECLARE_FINAL_TYPE (WbProductsPage, wb_products_page, WB, PRODUCTS_PAGE, WbListPage)

G_END_DECLS
