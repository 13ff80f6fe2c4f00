/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The top of a detail page: a large title, marks, a line of facts, what to do next. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

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

G_END_DECLS
