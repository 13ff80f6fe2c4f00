/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A GListModel over a list of any length in the database: hands out #WbRowItem places at once and
 * fills them as the rows arrive, keeps in memory the rows around those that somebody looks at, and
 * follows the news row by row so that selection and scroll position survive. Never blocks, never
 * asks for a count first: the first rows are there before the length of the list is known.
 *
 *     source -> first rows -> (in the background) map of the list -> segments as they are looked at
 *
 * A segment is read as long as somebody holds one of its items. Rows are sorted and filtered by the
 * source; another filter is another source. Not for short lists that fit a GListStore. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "ui/wb-list-source.h"
#include "ui/wb-row-item.h"

G_BEGIN_DECLS

#define WB_TYPE_LAZY_LIST (wb_lazy_list_get_type ())
G_DECLARE_FINAL_TYPE (WbLazyList, wb_lazy_list, WB, LAZY_LIST, GObject)

/**
 * WbLazyList::rows-gone:
 * @self: the list
 * @ids: (array length=n_ids) (element-type gint64): ids, a pointer to gint64
 * @n_ids: their number
 *
 * Rows left the list (and did not only move); at the end of a batch of changes.
 */

/**
 * WbLazyList::rows-loaded:
 * @self: the list
 * @position: the first of them
 * @n_rows: their number
 *
 * Places that were held open have their rows now.
 */

/**
 * WbLazyList::reset:
 * @self: the list
 *
 * Rows of another source are about to take the places of those there are: what was known of
 * positions is of no use any more, and whoever shows the list goes to its start.
 */

WbLazyList *wb_lazy_list_new (void);

WbListSource *wb_lazy_list_get_source (WbLazyList *self);
void wb_lazy_list_set_source (WbLazyList *self, WbListSource *source);

void wb_lazy_list_changed (WbLazyList *self, const gint64 *ids, guint n_ids);
void wb_lazy_list_refresh (WbLazyList *self);
void wb_lazy_list_cancel (WbLazyList *self);

gboolean wb_lazy_list_is_loading (WbLazyList *self);
gboolean wb_lazy_list_is_complete (WbLazyList *self);
gboolean wb_lazy_list_is_skeleton (WbLazyList *self);
const GError *wb_lazy_list_get_error (WbLazyList *self);

WbRowItem *wb_lazy_list_peek (WbLazyList *self, guint position);
gboolean wb_lazy_list_find (WbLazyList *self, gint64 id, guint *position);

void wb_lazy_list_collect_ids_async (WbLazyList *self, GtkBitset *positions,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);
GArray *wb_lazy_list_collect_ids_finish (WbLazyList *self, GAsyncResult *result, GError **error);
void wb_lazy_list_sums_async (WbLazyList *self, guint column, GtkBitset *positions,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data);
GArray *wb_lazy_list_sums_finish (WbLazyList *self, GAsyncResult *result, GError **error);

G_END_DECLS
