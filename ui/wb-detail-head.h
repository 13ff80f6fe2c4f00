/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The top of a detail page: a large title, marks, a line of facts, what to do next. And the two
 * columns of cards under it, which become one when the page is narrow. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "ui/wb-card.h"

G_BEGIN_DECLS

#define WB_TYPE_DETAIL_HEAD (wb_detail_head_get_type ())
G_DECLARE_FINAL_TYPE (WbDetailHead, wb_detail_head, WB, DETAIL_HEAD, GtkWidget)

GtkWidget *wb_detail_head_new (void);
void wb_detail_head_set_title (WbDetailHead *self, const char *title);
void wb_detail_head_set_link (WbDetailHead *self, const char *text, const char *action);
void wb_detail_head_clear_marks (WbDetailHead *self);
void wb_detail_head_add_mark (WbDetailHead *self, const char *domain, const char *code);
void wb_detail_head_set_facts (WbDetailHead *self, const char *facts, const char *tooltip);
void wb_detail_head_set_primary (WbDetailHead *self, const char *label, const char *action, GVariant *target);
void wb_detail_head_set_menu (WbDetailHead *self, const char *tooltip, GMenuModel *menu);

#define WB_TYPE_DETAIL_COLUMNS (wb_detail_columns_get_type ())
G_DECLARE_FINAL_TYPE (WbDetailColumns, wb_detail_columns, WB, DETAIL_COLUMNS, AdwBin)

GtkWidget *wb_detail_columns_new (void);
void wb_detail_columns_add_top (WbDetailColumns *self, GtkWidget *child);
gboolean wb_detail_columns_get_narrow (WbDetailColumns *self);
void wb_detail_columns_set_narrow (WbDetailColumns *self, gboolean narrow);
WbCard *wb_detail_columns_add_card (WbDetailColumns *self, gboolean right, const char *title);

G_END_DECLS
