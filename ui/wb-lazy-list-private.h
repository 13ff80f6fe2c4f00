/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of WbLazyList: wb-lazy-list.c is the model and the first rows, wb-lazy-list-load.c reads
 * segments, wb-lazy-list-map.c fits the map of the whole list, wb-lazy-list-news.c follows changes, wb-lazy-list-collect.c reads
 * what is selected.
 */
#pragma once

#include "ui/wb-lazy-list.h"
#include "ui/wb-segment.h"

G_BEGIN_DECLS

/* Segments whose rows are kept when nobody looks at them any more. */
#define WB_LAZY_LIST_KEEP 16
/* Reads at a time. */
#define WB_LAZY_LIST_READS 3
/* More rows than this are never taken in one answer. */
#define WB_LAZY_LIST_LIMIT (4 * WB_LIST_STEP)

struct _WbLazyList
{
  GObject parent_instance;

  /* Owned references */
  WbListSource *source;
  GCancellable *cancellable; /* ends everything that belongs to the source; its identity is the generation */
  GHashTable *by_id;         /* gint64 -> WbRowItem of rows that are loaded */
  GPtrArray *resident;       /* WbSegment with items */
  GQueue queue;              /* WbSegment to read, latest first */
  GHashTable *news;          /* gint64 ids to look after */
  GArray *gone;              /* gint64 ids that left in this batch */
  GError *error;

  WbSegments segments;
  guint64 clock;
  guint n_reads;
  guint dispatch_source;
  guint map_source;
  gint64 map_cost_us;
  guint uncertain;
  gboolean skeleton;
  gboolean outdated;
  gboolean loading;
  gboolean complete;
  gboolean extending;
  gboolean mapping;
  gboolean locating;
  gboolean news_of_all;
};

typedef struct
{
  WbLazyList *list;
  GCancellable *cancellable;
  WbSegment *segment;
  guint limit;
  gint64 started_us;
  GPtrArray *wanted;
} WbLazyListCall;

WbLazyListCall *_wb_lazy_list_call_new (WbLazyList *self, WbSegment *segment);
void _wb_lazy_list_call_free (WbLazyListCall *call);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbLazyListCall, _wb_lazy_list_call_free)

/* wb-lazy-list.c */
void _wb_lazy_list_emit (WbLazyList *self, guint position, guint removed, guint added);
void _wb_lazy_list_emit_loaded (WbLazyList *self, guint position, guint n);
void _wb_lazy_list_index_item (WbLazyList *self, WbRowItem *item);
void _wb_lazy_list_unindex_item (WbLazyList *self, WbRowItem *item);
void _wb_lazy_list_adopt (WbLazyList *self, WbSegment *segment);
void _wb_lazy_list_forget (WbLazyList *self, WbSegment *segment);
void _wb_lazy_list_set_error (WbLazyList *self, const GError *error);
void _wb_lazy_list_set_complete (WbLazyList *self, gboolean complete);
void _wb_lazy_list_batch_end (WbLazyList *self);

/* wb-lazy-list-load.c */
void _wb_lazy_list_request (WbLazyList *self, WbSegment *segment);
void _wb_lazy_list_extend (WbLazyList *self);
void _wb_lazy_list_fill (WbLazyList *self, WbSegment *segment, GPtrArray *rows, guint limit);
void _wb_lazy_list_diff (WbLazyList *self, WbSegment *segment, GPtrArray *rows);
void _wb_lazy_list_split (WbLazyList *self, WbSegment *segment);

/* wb-lazy-list-map.c */
void _wb_lazy_list_map (WbLazyList *self);
void _wb_lazy_list_map_later (WbLazyList *self, guint delay_ms);

/* wb-lazy-list-news.c */
void _wb_lazy_list_follow_news (WbLazyList *self);

G_END_DECLS
