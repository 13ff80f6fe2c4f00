/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A page about one thing: reads it, reads it again when news come about it, and shows one of four
 * faces: loading, error, gone, full. A subclass says what to read and how to show it. Main thread.
 */
#pragma once

#include "ui/wb-page.h"

G_BEGIN_DECLS

#define WB_TYPE_DETAIL_PAGE (wb_detail_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (WbDetailPage, wb_detail_page, WB, DETAIL_PAGE, WbPage)

/**
 * WbDetailPageClass:
 * @topic: the topic of its news ("order")
 * @read: starts reading thing @id; @callback must be called once with the result
 * @show: takes the result and fills the page; FALSE with an error when there is none
 */
struct _WbDetailPageClass
{
  WbPageClass parent_class;

  const char *topic;
  void (*read) (WbDetailPage *self, WbDb *db, gint64 id, GCancellable *cancellable, GAsyncReadyCallback callback,
                gpointer user_data);
  gboolean (*show) (WbDetailPage *self, WbDb *db, GAsyncResult *result, GError **error);

  gpointer padding[4];
};

void wb_detail_page_set_content (WbDetailPage *self, GtkWidget *content);
void wb_detail_page_read (WbDetailPage *self);

G_END_DECLS
