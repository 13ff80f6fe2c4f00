/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The page "Customers" of the main window: the table of all customers. Main thread.
 */
#pragma once

#include "ui/wb-list-page.h"

G_BEGIN_DECLS

#define WB_TYPE_CUSTOMERS_PAGE (wb_customers_page_get_type ())
G_DECLARE_FINAL_TYPE (WbCustomersPage, wb_customers_page, WB, CUSTOMERS_PAGE, WbListPage)

G_END_DECLS
