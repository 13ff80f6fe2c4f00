/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Everything about one order, laid out to be read in three seconds: who, what, money, where it
 * stands, what to do next; below it how it got there. Main thread.
 */
#pragma once

#include "ui/wb-detail-page.h"

G_BEGIN_DECLS

#define WB_TYPE_ORDER_PAGE (wb_order_page_get_type ())
G_DECLARE_FINAL_TYPE (WbOrderPage, wb_order_page, WB, ORDER_PAGE, WbDetailPage)

G_END_DECLS
