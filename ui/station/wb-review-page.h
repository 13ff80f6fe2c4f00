/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The order before the work: what is special about it, and what has to be read. Main thread.
 */
#pragma once

#include "ui/station/wb-bench-page.h"

G_BEGIN_DECLS

#define WB_TYPE_REVIEW_PAGE (wb_review_page_get_type ())
G_DECLARE_FINAL_TYPE (WbReviewPage, wb_review_page, WB, REVIEW_PAGE, WbBenchPage)

WbBenchPage *wb_review_page_new (void);

G_END_DECLS
