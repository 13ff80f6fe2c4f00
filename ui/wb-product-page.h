/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Everything about one product variant (SKU): where it lies, how much is free, what waits for it,
 * codes, sizes, prices and the latest rows of its ledger. Main thread.
 */
#pragma once

#include "ui/wb-detail-page.h"

G_BEGIN_DECLS

#define WB_TYPE_PRODUCT_PAGE (wb_product_page_get_type ())
G_DECLARE_FINAL_TYPE (WbProductPage, wb_product_page, WB, PRODUCT_PAGE, WbDetailPage)

G_END_DECLS
