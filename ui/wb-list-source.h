/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a lazy list gets its rows: the operations of db/wb-list-query.h, which see, as an interface,
 * so that a list can be tested over ten million rows that nobody stores. wb_query_source_new() is the
 * real one. Main thread.
 */
#pragma once

#include <gio/gio.h>

#include "db/wb-list-query.h"

G_BEGIN_DECLS

#define WB_TYPE_LIST_SOURCE (wb_list_source_get_type ())
G_DECLARE_INTERFACE (WbListSource, wb_list_source, WB, LIST_SOURCE, GObject)

struct _WbListSourceInterface
{
  GTypeInterface parent_iface;

  void (*first_async) (WbListSource *self, guint n, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data);
  void (*segment_async) (WbListSource *self, GBytes *from, GBytes *to, guint limit,
                         GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data);
  void (*locate_async) (WbListSource *self, const gint64 *ids, guint n_ids,
                        GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data);
  GPtrArray *(*rows_finish) (WbListSource *self, GAsyncResult *result, GError **error);
  void (*anchors_async) (WbListSource *self, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data);
  WbListAnchors *(*anchors_finish) (WbListSource *self, GAsyncResult *result, GError **error);
  void (*sums_async) (WbListSource *self, guint column, const WbListRange *ranges, guint n_ranges,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  GArray *(*sums_finish) (WbListSource *self, GAsyncResult *result, GError **error);
};

void wb_list_source_first_async (WbListSource *self, guint n, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
void wb_list_source_segment_async (WbListSource *self, GBytes *from, GBytes *to, guint limit,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
void wb_list_source_locate_async (WbListSource *self, const gint64 *ids, guint n_ids,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
GPtrArray *wb_list_source_rows_finish (WbListSource *self, GAsyncResult *result, GError **error);
void wb_list_source_anchors_async (WbListSource *self, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
WbListAnchors *wb_list_source_anchors_finish (WbListSource *self, GAsyncResult *result,
                                              GError **error);
void wb_list_source_sums_async (WbListSource *self, guint column, const WbListRange *ranges,
                                guint n_ranges, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
GArray *wb_list_source_sums_finish (WbListSource *self, GAsyncResult *result, GError **error);

#define WB_TYPE_QUERY_SOURCE (wb_query_source_get_type ())
G_DECLARE_FINAL_TYPE (WbQuerySource, wb_query_source, WB, QUERY_SOURCE, GObject)

WbListSource *wb_query_source_new (WbListQuery *query);

G_END_DECLS
