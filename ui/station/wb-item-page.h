/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One line in hand, to be fetched or scanned: what, where, how many. For picking and verifying. Main thread.
 */
#pragma once

#include "ui/station/wb-bench-page.h"

G_BEGIN_DECLS

#define WB_TYPE_ITEM_PAGE (wb_item_page_get_type ())
G_DECLARE_FINAL_TYPE (WbItemPage, wb_item_page, WB, ITEM_PAGE, WbBenchPage)

WbBenchPage *wb_item_page_new (void);

G_END_DECLS
