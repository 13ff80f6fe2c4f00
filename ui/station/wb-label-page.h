/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The label: being made, printed, in trouble, to be scanned. Main thread.
 */
#pragma once

#include "ui/station/wb-bench-page.h"

G_BEGIN_DECLS

#define WB_TYPE_LABEL_PAGE (wb_label_page_get_type ())
G_DECLARE_FINAL_TYPE (WbLabelPage, wb_label_page, WB, LABEL_PAGE, WbBenchPage)

WbBenchPage *wb_label_page_new (void);

G_END_DECLS
