/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A page that lists one kind of thing: search box, table, quick look, put together. A page of this kind
 * is a #WbTableSpec and little else; see wb-products-page.c for the smallest. Main thread.
 */
#pragma once

#include "ui/wb-page.h"
#include "ui/wb-table.h"

G_BEGIN_DECLS

#define WB_TYPE_LIST_PAGE (wb_list_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (WbListPage, wb_list_page, WB, LIST_PAGE, WbPage)

/**
 * WbListPageClass:
 * @spec: what is listed; set by the class
 * @open: (nullable): opens a row otherwise than as the page of its kind
 * @seat_changed: (nullable): who sits here is known (or another one): time to offer what that seat may do
 */
struct _WbListPageClass
{
  WbPageClass parent_class;

  const WbTableSpec *spec;

  void (*seat_changed) (WbListPage *self);
  void (*open) (WbListPage *self, gint64 id);

  gpointer padding[4];
};

WbTable *wb_list_page_get_table (WbListPage *self);
const char *wb_list_page_get_search (WbListPage *self);
void wb_list_page_set_filter (WbListPage *self, const char *expression);
void wb_list_page_set_search (WbListPage *self, const char *text);

G_END_DECLS
