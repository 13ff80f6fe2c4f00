/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * No order in hand: how much there is to do, and what was put aside. Main thread.
 */
#pragma once

#include "ui/station/wb-bench-page.h"

G_BEGIN_DECLS

#define WB_TYPE_IDLE_PAGE (wb_idle_page_get_type ())
G_DECLARE_FINAL_TYPE (WbIdlePage, wb_idle_page, WB, IDLE_PAGE, WbBenchPage)

WbBenchPage *wb_idle_page_new (void);

G_END_DECLS
