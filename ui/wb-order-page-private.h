/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the order page share: wb-order-page.c, -cards.c, -history.c, -actions.c. */
#pragma once

#include "core/wb-order.h"
#include "db/wb-page-store.h"
#include "ui/wb-card.h"
#include "ui/wb-detail-columns.h"
#include "ui/wb-detail-head.h"
#include "ui/wb-note-box.h"
#include "ui/wb-order-page.h"
#include "ui/wb-photo-strip.h"

G_BEGIN_DECLS

struct _WbOrderPage
{
  WbDetailPage parent_instance;

  /* Template-like widgets: borrowed, children of the content */
  WbDetailHead *head;
  WbDetailColumns *columns;
  GtkWidget *alerts;
  WbCard *lines;
  WbCard *shipments;
  WbCard *photos;
  WbPhotoStrip *photo_strip;
  WbCard *history;
  WbCard *money;
  WbCard *deliver;
  WbCard *customer;
  WbCard *notes;
  WbNoteBox *note_box;

  /* Owned references */
  WbOrder *order;
  GPtrArray *changes;
};

void _wb_order_page_show_head (WbOrderPage *self);
void _wb_order_page_show_cards (WbOrderPage *self);
void _wb_order_page_show_history (WbOrderPage *self);
void _wb_order_page_update_actions (WbOrderPage *self);
void _wb_order_page_add_note (WbOrderPage *self);
void _wb_order_page_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
