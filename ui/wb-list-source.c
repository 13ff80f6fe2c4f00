/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include "ui/wb-list-source.h"

G_DEFINE_INTERFACE (WbListSource, wb_list_source, G_TYPE_OBJECT)

static void
wb_list_source_default_init (WbListSourceInterface *iface)
{
}

/**
 * wb_list_source_first_async:
 * @n: how many rows at most
 *
 * As wb_list_query_first_async(); finish with wb_list_source_rows_finish().
 */
void
wb_list_source_first_async (WbListSource *self, guint n, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  WB_LIST_SOURCE_GET_IFACE (self)->first_async (self, n, cancellable, callback, user_data);
}

/**
 * wb_list_source_segment_async:
 * @from: (nullable): key of the first row wanted
 * @to: (nullable): key of the first row not wanted
 * @limit: at most so many rows; 0 for all
 *
 * As wb_list_query_segment_async(); finish with wb_list_source_rows_finish().
 */
void
wb_list_source_segment_async (WbListSource *self, GBytes *from, GBytes *to, guint limit,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  WB_LIST_SOURCE_GET_IFACE (self)->segment_async (self, from, to, limit, cancellable, callback,
                                                  user_data);
}

/**
 * wb_list_source_locate_async:
 * @ids: (array length=n_ids): ids
 *
 * As wb_list_query_locate_async(); finish with wb_list_source_rows_finish().
 */
void
wb_list_source_locate_async (WbListSource *self, const gint64 *ids, guint n_ids,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  WB_LIST_SOURCE_GET_IFACE (self)->locate_async (self, ids, n_ids, cancellable, callback,
                                                 user_data);
}

/**
 * wb_list_source_rows_finish:
 *
 * Returns: (transfer full) (element-type WbRow): rows in the order of the list
 */
GPtrArray *
wb_list_source_rows_finish (WbListSource *self, GAsyncResult *result, GError **error)
{
  return WB_LIST_SOURCE_GET_IFACE (self)->rows_finish (self, result, error);
}

/**
 * wb_list_source_anchors_async:
 *
 * As wb_list_query_anchors_async().
 */
void
wb_list_source_anchors_async (WbListSource *self, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  WB_LIST_SOURCE_GET_IFACE (self)->anchors_async (self, cancellable, callback, user_data);
}

/**
 * wb_list_source_anchors_finish:
 *
 * Returns: (transfer full): the map of the list
 */
WbListAnchors *
wb_list_source_anchors_finish (WbListSource *self, GAsyncResult *result, GError **error)
{
  return WB_LIST_SOURCE_GET_IFACE (self)->anchors_finish (self, result, error);
}

/**
 * wb_list_source_sums_async:
 * @column: which value of the rows; money
 * @ranges: (array length=n_ranges): which rows
 *
 * As wb_list_query_sums_async().
 */
void
wb_list_source_sums_async (WbListSource *self, guint column, const WbListRange *ranges,
                           guint n_ranges, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  WB_LIST_SOURCE_GET_IFACE (self)->sums_async (self, column, ranges, n_ranges, cancellable, callback,
                                               user_data);
}

/**
 * wb_list_source_sums_finish:
 *
 * Returns: (transfer full) (element-type WbListSum): the sums by currency
 */
GArray *
wb_list_source_sums_finish (WbListSource *self, GAsyncResult *result, GError **error)
{
  return WB_LIST_SOURCE_GET_IFACE (self)->sums_finish (self, result, error);
}

/* The real one: hands everything on to a query. */

struct _WbQuerySource
{
  GObject parent_instance;

  /* Owned references */
  WbListQuery *query;
};

static void query_source_iface_init (WbListSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbQuerySource, wb_query_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WB_TYPE_LIST_SOURCE,
                                                      query_source_iface_init))

static void
query_first_async (WbListSource *source, guint n, GCancellable *cancellable,
                   GAsyncReadyCallback callback, gpointer user_data)
{
  wb_list_query_first_async (WB_QUERY_SOURCE (source)->query, n, cancellable, callback, user_data);
}

static void
query_segment_async (WbListSource *source, GBytes *from, GBytes *to, guint limit,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  wb_list_query_segment_async (WB_QUERY_SOURCE (source)->query, from, to, limit, cancellable,
                               callback, user_data);
}

static void
query_locate_async (WbListSource *source, const gint64 *ids, guint n_ids,
                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  wb_list_query_locate_async (WB_QUERY_SOURCE (source)->query, ids, n_ids, cancellable, callback,
                              user_data);
}

static GPtrArray *
query_rows_finish (WbListSource *source, GAsyncResult *result, GError **error)
{
  return wb_list_query_rows_finish (WB_QUERY_SOURCE (source)->query, result, error);
}

static void
query_anchors_async (WbListSource *source, GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer user_data)
{
  wb_list_query_anchors_async (WB_QUERY_SOURCE (source)->query, cancellable, callback, user_data);
}

static WbListAnchors *
query_anchors_finish (WbListSource *source, GAsyncResult *result, GError **error)
{
  return wb_list_query_anchors_finish (WB_QUERY_SOURCE (source)->query, result, error);
}

static void
query_sums_async (WbListSource *source, guint column, const WbListRange *ranges, guint n_ranges,
                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  wb_list_query_sums_async (WB_QUERY_SOURCE (source)->query, column, ranges, n_ranges, cancellable,
                            callback, user_data);
}

static GArray *
query_sums_finish (WbListSource *source, GAsyncResult *result, GError **error)
{
  return wb_list_query_sums_finish (WB_QUERY_SOURCE (source)->query, result, error);
}

static void
query_source_iface_init (WbListSourceInterface *iface)
{
  iface->first_async = query_first_async;
  iface->segment_async = query_segment_async;
  iface->locate_async = query_locate_async;
  iface->rows_finish = query_rows_finish;
  iface->anchors_async = query_anchors_async;
  iface->anchors_finish = query_anchors_finish;
  iface->sums_async = query_sums_async;
  iface->sums_finish = query_sums_finish;
}

static void
wb_query_source_finalize (GObject *object)
{
  WbQuerySource *self = WB_QUERY_SOURCE (object);

  g_clear_object (&self->query);

  G_OBJECT_CLASS (wb_query_source_parent_class)->finalize (object);
}

static void
wb_query_source_class_init (WbQuerySourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_query_source_finalize;
}

static void
wb_query_source_init (WbQuerySource *self)
{
}

/**
 * wb_query_source_new:
 * @query: a query
 *
 * Returns: (transfer full): the query as the source of a lazy list
 */
WbListSource *
wb_query_source_new (WbListQuery *query)
{
  WbQuerySource *self = NULL;

  g_return_val_if_fail (WB_IS_LIST_QUERY (query), NULL);

  self = g_object_new (WB_TYPE_QUERY_SOURCE, NULL);
  self->query = g_object_ref (query);
  return WB_LIST_SOURCE (self);
}
