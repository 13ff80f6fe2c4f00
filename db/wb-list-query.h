/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The query side of a lazy list: one kind of thing, filtered, sorted, some columns of it, read in
 * pieces. A #WbListQuery is immutable: another filter or another sort is another query. It keeps no
 * rows; the list model over it (ui/) does, and decides which.
 *
 * How a list over a million rows uses it:
 *
 *   1. first()    the first screenful, by the index, at once;
 *   2. anchors()  in the background: the key of every %WB_LIST_STEP-th row and the total number. Row i
 *                 lies in segment i / WB_LIST_STEP, which begins with anchors->keys[i / WB_LIST_STEP];
 *   3. segment()  the rows with keys in [from, to): what scrolling asks for;
 *   4. offset()   rows at a position while anchors are not there yet;
 *   5. sums()     what a column of many selected rows comes to, without reading them;
 *   6. locate()   news came for some ids: which of them are in the list now, and where. Compare the key
 *                 with the anchors by g_bytes_compare() to know which segments changed.
 *
 * A key is a #GBytes, opaque but ordered: g_bytes_compare() of two keys of the same query says which
 * row comes first, exactly as the database sorts them, directions included; no two rows share one.
 * (memcmp on the bytes gives the same.) Keys of different queries have nothing to do with each other.
 *
 * Main thread only. All operations can run at once, each is one statement, each is cancelled on the
 * server by its cancellable. Relative dates (`ship:<today`) are resolved once, when the query is made:
 * make a new one at wb_list_query_get_valid_until().
 */
#pragma once

#include <gio/gio.h>

#include "core/wb-field.h"
#include "core/wb-filter.h"
#include "core/wb-row.h"
#include "db/wb-db.h"

G_BEGIN_DECLS

/* The distance of two anchors, in rows. */
#define WB_LIST_STEP 256

/* The most sort keys that a query takes, the id not counted. */
#define WB_LIST_MAX_SORTS 8

/* The most ranges that are added up in one statement. */
#define WB_LIST_MAX_RANGES 64

/**
 * WbListSort:
 * @field: a sortable field of the catalogue
 * @descending: largest first
 *
 * One sort key. An empty text is smaller than all others, a time that is not set (yet) is where the database
 * keeps it: shipped and due ones last, a last order first. Rows with equal keys
 * stand by id in the direction of the last sort key.
 */
typedef struct
{
  const WbField *field;
  gboolean descending;
} WbListSort;

/**
 * WbListAnchors:
 * @total: how many rows there are
 * @n_keys: ⌈total / WB_LIST_STEP⌉
 * @keys: (array length=n_keys): key of rows 0, 256, 512, …
 *
 * The map of a list: where each segment begins. Free with wb_list_anchors_free().
 */
typedef struct
{
  guint64 total;
  guint n_keys;
  GBytes **keys;
} WbListAnchors;

void wb_list_anchors_free (WbListAnchors *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbListAnchors, wb_list_anchors_free)

#define WB_TYPE_LIST_QUERY (wb_list_query_get_type ())
G_DECLARE_FINAL_TYPE (WbListQuery, wb_list_query, WB, LIST_QUERY, GObject)

/**
 * wb_list_query_new:
 * @db: the database
 * @catalogue: what to list
 * @filter: (nullable): which of them; %NULL for all
 * @context: (nullable): zone, clock, currency for the filter; %NULL for one that is all zero
 * @sorts: (nullable) (array length=n_sorts): how to sort; %NULL for the catalogue's own way
 * @n_sorts: at most %WB_LIST_MAX_SORTS
 * @columns: (array zero-terminated=1): names of fields; value i of a row is that of columns[i]
 * @error: return location
 *
 * Fails with %WB_ERROR_UNKNOWN when a column or a field does not exist or cannot be sorted by, and
 * with %WB_ERROR_LIMIT when the expression makes a statement that is too large. Reads nothing yet.
 *
 * Returns: (transfer full): a query, or %NULL
 */
WbListQuery *wb_list_query_new (WbDb *db,
                                const WbCatalogue *catalogue,
                                WbFilter *filter,
                                const WbFilterContext *context,
                                const WbListSort *sorts,
                                guint n_sorts,
                                const char *const *columns,
                                GError **error);

/**
 * wb_list_query_parse_sort:
 * @catalogue: a catalogue
 * @text: names of fields separated by spaces or commas, `-` in front for descending: "-total number"
 * @sorts: (out caller-allocates): room for %WB_LIST_MAX_SORTS
 * @n_sorts: (out): how many
 * @error: return location
 *
 * Reads a sort order as it is kept in settings and saved views. An empty text gives the catalogue's own.
 */
gboolean wb_list_query_parse_sort (const WbCatalogue *catalogue,
                                   const char *text,
                                   WbListSort *sorts,
                                   guint *n_sorts,
                                   GError **error);

guint wb_list_query_get_n_columns (WbListQuery *self);

/**
 * wb_list_query_get_column:
 * @self: a query
 * @column: which, below wb_list_query_get_n_columns()
 *
 * Returns: (transfer none): the field that the column shows
 */
const WbField *wb_list_query_get_column (WbListQuery *self,
                                         guint column);

/**
 * wb_list_query_get_valid_until:
 * @self: a query
 *
 * Returns: when a relative date of its filter begins to mean something else (midnight, as a rule), in
 *   microseconds since 1970 UTC; %G_MAXINT64 for never
 */
gint64 wb_list_query_get_valid_until (WbListQuery *self);

/**
 * wb_list_query_first_async:
 * @self: a query
 * @n: how many rows at most
 *
 * Reads the first rows. Finish with wb_list_query_rows_finish(). Fewer than @n rows are all there are.
 */
void wb_list_query_first_async (WbListQuery *self,
                                guint n,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/**
 * wb_list_query_segment_async:
 * @self: a query
 * @from: (nullable): key of the first row wanted (rows before it are left out); %NULL from the start
 * @to: (nullable): key of the first row not wanted; %NULL for no end
 * @limit: at most so many rows; 0 for all up to @to (which then must not be %NULL, or few rows follow)
 *
 * Reads the rows with @from <= key < @to. The keys need not exist any more: when rows came or went
 * meanwhile, the answer is longer or shorter than %WB_LIST_STEP. Finish with
 * wb_list_query_rows_finish().
 */
void wb_list_query_segment_async (WbListQuery *self,
                                  GBytes *from,
                                  GBytes *to,
                                  guint limit,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/**
 * wb_list_query_offset_async:
 * @self: a query
 * @offset: position of the first row wanted
 * @n: how many rows at most
 *
 * Reads rows at a position. Costs the server a walk over @offset index entries: use segment() as soon
 * as the anchors are there. Finish with wb_list_query_rows_finish().
 */
void wb_list_query_offset_async (WbListQuery *self,
                                 guint64 offset,
                                 guint n,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/**
 * wb_list_query_locate_async:
 * @self: a query
 * @ids: (array length=n_ids): ids
 * @n_ids: their number
 *
 * Reads those of the given rows that exist and pass the filter, in the order of the list, with their
 * present keys. An id that is missing from the answer is not (or no longer) in the list. Finish with
 * wb_list_query_rows_finish().
 */
void wb_list_query_locate_async (WbListQuery *self,
                                 const gint64 *ids,
                                 guint n_ids,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/**
 * wb_list_query_rows_finish:
 * @self: a query
 * @result: what the callback got
 * @error: return location; the errors of %WB_DB_ERROR
 *
 * Returns: (transfer full) (element-type WbRow): rows in the order of the list, each with its key
 *   (wb_row_get_key()); the array owns them
 */
GPtrArray *wb_list_query_rows_finish (WbListQuery *self,
                                      GAsyncResult *result,
                                      GError **error);

/**
 * wb_list_query_anchors_async:
 * @self: a query
 *
 * Walks over the whole list once on the bulk lane, in bounded memory. A second or two at millions of
 * rows. Finish with wb_list_query_anchors_finish().
 */
void wb_list_query_anchors_async (WbListQuery *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
WbListAnchors *wb_list_query_anchors_finish (WbListQuery *self,
                                             GAsyncResult *result,
                                             GError **error);

/**
 * WbListRange:
 * @from: (nullable): key of the first row; %NULL from the start
 * @to: (nullable): key of the first row behind it; %NULL to the end
 *
 * Rows that follow each other in the list. The keys are borrowed.
 */
typedef struct
{
  GBytes *from;
  GBytes *to;
} WbListRange;

/**
 * WbListSum:
 * @currency: ISO 4217
 * @minor: what the amounts come to
 *
 * An amount of a sum that may have several currencies.
 */
typedef struct
{
  char currency[4];
  gint64 minor;
} WbListSum;

/**
 * wb_list_query_sums_async:
 * @self: a query
 * @column: a column of it that shows money
 * @ranges: (array length=n_ranges): which rows
 * @n_ranges: at most %WB_LIST_MAX_RANGES
 *
 * Adds up a column over many rows, on the server, by currency; on the bulk lane. Finish with
 * wb_list_query_sums_finish().
 */
void wb_list_query_sums_async (WbListQuery *self,
                               guint column,
                               const WbListRange *ranges,
                               guint n_ranges,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * wb_list_query_sums_finish:
 * @self: a query
 * @result: what the callback got
 * @error: return location; the errors of %WB_DB_ERROR
 *
 * Returns: (transfer full) (element-type WbListSum): one for each currency, in their order
 */
GArray *wb_list_query_sums_finish (WbListQuery *self,
                                   GAsyncResult *result,
                                   GError **error);

/**
 * wb_list_sums_add:
 * @sums: (element-type WbListSum): sums, in the order of their currencies
 * @currency: ISO 4217
 * @minor: an amount
 *
 * Adds an amount, to a currency of its own if need be. What does not fit stays at the end of the range.
 */
void wb_list_sums_add (GArray *sums,
                       const char *currency,
                       gint64 minor);

/**
 * wb_list_anchors_find:
 * @self: anchors
 * @key: a key of the same query
 *
 * Returns: the segment in which a row with this key stands or would stand: the last i with
 *   keys[i] <= @key, or 0 when it comes before all
 */
guint wb_list_anchors_find (const WbListAnchors *self,
                            GBytes *key);

G_END_DECLS
