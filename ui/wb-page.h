/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A page of the main window: what fills it beside the sidebar. List pages (orders, customers)
 * stand in the sidebar; detail pages (one order) are pushed on top and carry the id of what they
 * show. A page is made before the database is there and gets it later. Not for dialogs.
 * Main thread.
 */
#pragma once

#include <adwaita.h>

#include "core/wb-session.h"
#include "db/wb-db.h"

G_BEGIN_DECLS

#define WB_TYPE_PAGE (wb_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (WbPage, wb_page, WB, PAGE, AdwBin)

/**
 * WbPageClass:
 * @db_changed: the database came, changed or went; wb_page_get_db() tells which
 * @get_title_widget: what stands in the middle of the header bar, or NULL for the title
 * @get_end_widget: what stands at the end of the header bar, before the menu, or NULL
 * @search: puts the keyboard into the page's search box; FALSE when it has none
 * @reload: reads everything that is shown again (F5)
 */
struct _WbPageClass
{
  AdwBinClass parent_class;

  void (*db_changed) (WbPage *self);
  GtkWidget *(*get_title_widget) (WbPage *self);
  GtkWidget *(*get_end_widget) (WbPage *self);
  gboolean (*search) (WbPage *self);
  void (*reload) (WbPage *self);

  gpointer padding[8];
};

WbDb *wb_page_get_db (WbPage *self);
void wb_page_set_db (WbPage *self, WbDb *db);
gboolean wb_page_may (WbPage *self, const char *act);
const WbSession *wb_page_get_session (WbPage *self);
void wb_page_set_session (WbPage *self, const WbSession *session);
GSettings *wb_page_get_settings (WbPage *self);
gint64 wb_page_get_id (WbPage *self);
GCancellable *wb_page_get_cancellable (WbPage *self);

const char *wb_page_get_title (WbPage *self);
void wb_page_set_title (WbPage *self, const char *title);
void wb_page_set_title_shown (WbPage *self, gboolean shown);
void wb_page_set_subtitle (WbPage *self, const char *subtitle);

GtkWidget *wb_page_get_title_widget (WbPage *self);
GtkWidget *wb_page_get_end_widget (WbPage *self);
gboolean wb_page_search (WbPage *self);
void wb_page_reload (WbPage *self);

G_END_DECLS
