/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the scale says, as it says it; without one it is typed on the keyboard or on the screen. Main thread.
 */
#pragma once

#include "devices/wb-scale.h"
#include "ui/station/wb-bench-page.h"

G_BEGIN_DECLS

#define WB_TYPE_WEIGH_PAGE (wb_weigh_page_get_type ())
G_DECLARE_FINAL_TYPE (WbWeighPage, wb_weigh_page, WB, WEIGH_PAGE, WbBenchPage)

WbBenchPage *wb_weigh_page_new (void);

/**
 * wb_weigh_page_set_scale:
 * @scale: (nullable) (transfer none): whose readings it shows while nothing is typed
 */
void wb_weigh_page_set_scale (WbWeighPage *self, WbScale *scale);

G_END_DECLS
