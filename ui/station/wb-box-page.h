/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which box: the one that fits, drawn, and the others to choose. Main thread.
 */
#pragma once

#include "ui/station/wb-bench-page.h"

G_BEGIN_DECLS

#define WB_TYPE_BOX_PAGE (wb_box_page_get_type ())
G_DECLARE_FINAL_TYPE (WbBoxPage, wb_box_page, WB, BOX_PAGE, WbBenchPage)

WbBenchPage *wb_box_page_new (void);

G_END_DECLS
