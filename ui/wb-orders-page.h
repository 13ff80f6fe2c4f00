/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The page "Orders" of the main window: the table of all orders. Main thread.
 */
#pragma once

#include "ui/wb-list-page.h"

G_BEGIN_DECLS

#define WB_TYPE_ORDERS_PAGE (wb_orders_page_get_type ())
G_DECLARE_FINAL_TYPE (WbOrdersPage, wb_orders_page, WB, ORDERS_PAGE, WbListPage)

G_END_DECLS
