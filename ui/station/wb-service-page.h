/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which carrier's service, and why that one: asked when somebody wants another than the one proposed. Main thread.
 */
#pragma once

#include "ui/station/wb-bench-page.h"

G_BEGIN_DECLS

#define WB_TYPE_SERVICE_PAGE (wb_service_page_get_type ())
G_DECLARE_FINAL_TYPE (WbServicePage, wb_service_page, WB, SERVICE_PAGE, WbBenchPage)

WbBenchPage *wb_service_page_new (void);

G_END_DECLS
