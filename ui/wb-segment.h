/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of a lazy list: a long list cut into segments of some hundred rows, each known by the
 * key of its first row and its number of rows, some of them with the rows themselves. #WbSegments
 * answers where a position or a key lies. Plain structs of ui/wb-lazy-list*.c, nobody else's.
 */
#pragma once

#include <gio/gio.h>

#include "ui/wb-row-item.h"

G_BEGIN_DECLS

/**
 * WbSegment:
 * @key: (nullable): no row of it comes before this key; NULL for the start of the list
 * @start: position of its first row
 * @count: how many rows
 * @items: (nullable): a #WbRowItem or NULL for each row; NULL when nobody asked
 * @loaded: every item is there and has its row
 * @stale: to be read again
 * @failed: the last read failed; not tried again until something changes
 * @queued: waits to be read
 * @gone: no longer part of the list; late answers are dropped
 * @loading: (nullable): the read under way
 * @used: when it was last looked at
 *
 * One piece of the list. Counted, because reads hold on to it.
 */
typedef struct
{
  GBytes *key;
  guint start;
  guint count;
  GPtrArray *items;
  gboolean loaded;
  gboolean stale;
  gboolean failed;
  gboolean queued;
  gboolean gone;
  GCancellable *loading;
  guint64 used;
} WbSegment;

WbSegment *wb_segment_new (GBytes *key, guint count);
WbSegment *wb_segment_new_with_rows (GBytes *key, GPtrArray *rows);
void wb_segment_make_places (WbSegment *self);
WbSegment *wb_segment_ref (WbSegment *self);
void wb_segment_unref (WbSegment *self);
void wb_segment_unload (WbSegment *self);
gboolean wb_segment_is_held (WbSegment *self);
guint wb_segment_find_place (WbSegment *self, GBytes *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSegment, wb_segment_unref)

/**
 * WbSegments:
 * @list: (element-type WbSegment): in the order of the list
 * @total: rows in all segments
 */
typedef struct
{
  GPtrArray *list;
  guint total;
} WbSegments;

void wb_segments_init (WbSegments *self);
void wb_segments_clear (WbSegments *self);
WbSegment *wb_segments_get (WbSegments *self, guint index);
guint wb_segments_find_position (WbSegments *self, guint position);
guint wb_segments_find_key (WbSegments *self, GBytes *key);
guint wb_segments_index (WbSegments *self, WbSegment *segment);
GBytes *wb_segments_get_end (WbSegments *self, guint index);
void wb_segments_set_count (WbSegments *self, guint index, guint count);
void wb_segments_splice (WbSegments *self, guint index, guint n_removed, GPtrArray *added);

G_END_DECLS
