/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of a detail page: what stands above, and two columns of cards, which become one when the page is narrow. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "ui/wb-card.h"

G_BEGIN_DECLS

#define WB_TYPE_DETAIL_COLUMNS (wb_detail_columns_get_type ())
G_DECLARE_FINAL_TYPE (WbDetailColumns, wb_detail_columns, WB, DETAIL_COLUMNS, AdwBin)

GtkWidget *wb_detail_columns_new (void);
void wb_detail_columns_add_top (WbDetailColumns *self, GtkWidget *child);
gboolean wb_detail_columns_get_narrow (WbDetailColumns *self);
void wb_detail_columns_set_narrow (WbDetailColumns *self, gboolean narrow);
WbCard *wb_detail_columns_add_card (WbDetailColumns *self, gboolean right, const char *title);

G_END_DECLS
