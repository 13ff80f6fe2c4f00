/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands around a page in the main window: header bar with the page's own widgets, the
 * connection banner, the page. Knows nothing of what the page shows. Main thread.
 */
#pragma once

#include "ui/wb-page.h"

G_BEGIN_DECLS

#define WB_TYPE_PAGE_FRAME (wb_page_frame_get_type ())
G_DECLARE_FINAL_TYPE (WbPageFrame, wb_page_frame, WB, PAGE_FRAME, GtkWidget)

GtkWidget *wb_page_frame_new (WbPage *page, gboolean with_back);

WbPage *wb_page_frame_get_page (WbPageFrame *self);

void wb_page_frame_set_notice (WbPageFrame *self, const char *notice);

G_END_DECLS
