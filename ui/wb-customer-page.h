/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Everything about one customer: who, how to reach, what they bought, what they are worth. Basics
 * can be changed in place. Main thread.
 */
#pragma once

#include "ui/wb-detail-page.h"

G_BEGIN_DECLS

#define WB_TYPE_CUSTOMER_PAGE (wb_customer_page_get_type ())
G_DECLARE_FINAL_TYPE (WbCustomerPage, wb_customer_page, WB, CUSTOMER_PAGE, WbDetailPage)

G_END_DECLS
