/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A titled frame on a detail page: "Lines", "Deliver to", "Money". Filled anew whenever the page
 * reads its thing again; what people type into stands beside it, never in it. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_CARD (wb_card_get_type ())
G_DECLARE_FINAL_TYPE (WbCard, wb_card, WB, CARD, GtkWidget)

GtkWidget *wb_card_new (const char *title);
void wb_card_set_title (WbCard *self, const char *title);
void wb_card_set_suffix (WbCard *self, GtkWidget *suffix);
void wb_card_set_footer (WbCard *self, GtkWidget *footer);
void wb_card_clear (WbCard *self);
void wb_card_add (WbCard *self, GtkWidget *child);
void wb_card_add_text (WbCard *self, const char *text);
void wb_card_add_empty (WbCard *self, const char *text);
GtkWidget *wb_card_add_row (WbCard *self, const char *title, const char *subtitle, GtkWidget *suffix);
void wb_card_add_said (WbCard *self, const char *text, const char *subtitle, GtkWidget *suffix);
GtkWidget *wb_card_add_link (WbCard *self, const char *title, const char *subtitle, GtkWidget *suffix,
                             const char *action, GVariant *target);
GtkWidget *wb_card_add_pair_ltr (WbCard *self, const char *name, const char *value);
GtkWidget *wb_card_add_pair (WbCard *self, const char *name, const char *value, const char *style);

GtkWidget *wb_card_figure (const char *text, const char *style);
GtkWidget *wb_card_label (const char *text, const char *style);

G_END_DECLS
