/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the scale says, typed on the keyboard or on the screen. Main thread.
 */
#pragma once

#include "ui/station/wb-bench-page.h"

G_BEGIN_DECLS

#define WB_TYPE_WEIGH_PAGE (wb_weigh_page_get_type ())
G_DECLARE_FINAL_TYPE (WbWeighPage, wb_weigh_page, WB, WEIGH_PAGE, WbBenchPage)

WbBenchPage *wb_weigh_page_new (void);

G_END_DECLS
