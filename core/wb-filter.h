/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Filters: expressions over the fields of a catalogue, as people write them:
 *
 *     status:processing total:>100 ship:<today customer.segment:vip
 *
 * The one predicate of the whole system: search box, table filter, saved view, segment, review rule.
 * Parsed here, printed back, explained, completed, evaluated over values in memory; db/ compiles the
 * same tree to SQL. core/README.md has the grammar. A filter is immutable and counted atomically: any
 * thread may hold one. The tree itself is in core/wb-filter-node.h, for those who compile it.
 */
#pragma once

#include <glib-object.h>

#include "core/wb-field.h"

G_BEGIN_DECLS

#define WB_TYPE_FILTER (wb_filter_get_type ())

typedef struct _WbFilter WbFilter;

/* What is refused, so that nothing from outside costs more than it is worth. */
#define WB_FILTER_MAX_BYTES 65536
#define WB_FILTER_MAX_DEPTH 32
#define WB_FILTER_MAX_CLAUSES 256
#define WB_FILTER_MAX_VALUES 4096

#define WB_FILTER_ERROR (wb_filter_error_quark ())

/**
 * WbFilterError:
 * @WB_FILTER_ERROR_SYNTAX: a parenthesis, quote or operator is out of place
 * @WB_FILTER_ERROR_FIELD: no such field, relation or condition
 * @WB_FILTER_ERROR_VALUE: the value does not suit the field
 * @WB_FILTER_ERROR_LIMIT: too long, too deep or too many clauses
 *
 * Why a text is not an expression. wb_filter_error_get_span() says where, and
 * wb_filter_error_get_suggestion() what could stand there instead.
 */
typedef enum
{
  WB_FILTER_ERROR_SYNTAX,
  WB_FILTER_ERROR_FIELD,
  WB_FILTER_ERROR_VALUE,
  WB_FILTER_ERROR_LIMIT,
} WbFilterError;

/**
 * WbFilterSpan:
 * @start: first byte
 * @end: byte after the last
 * @start_char: @start in characters
 * @end_char: @end in characters
 *
 * A piece of the text.
 */
typedef struct
{
  gsize start;
  gsize end;
  glong start_char;
  glong end_char;
} WbFilterSpan;

/**
 * WbFilterContext:
 * @zone: (nullable): the store's time zone, in which days begin and end; %NULL for the local one
 * @now_us: the present moment in microseconds since 1970 UTC; 0 for the real clock
 * @week_start: 1 Monday … 7 Sunday; 0 is Monday
 * @currency: the store's currency, taken for `$` when it has that sign; empty for "EUR"
 * @currencies: (nullable): all currencies in use, so that an amount without a currency (`total:>100`)
 *   is compared in the currency of each row; %NULL when there is only @currency
 * @me: (nullable): what the word `me` stands for in fields that name staff
 * @choices: (nullable): the values of an open enum's list ("stage", "channel", …), ending with a %NULL
 *   code, for completion and suggestions; may return %NULL
 * @user_data: for @choices
 * @closed: (nullable): fields that this seat must not filter by, as catalogue.field; neither offered nor asked for
 *
 * The world an expression is read in. Plain data owned by the caller, who keeps it alive while a
 * function uses it; nothing here keeps it. A zeroed one is fine.
 */
typedef struct
{
  GTimeZone *zone;
  gint64 now_us;
  int week_start;
  char currency[4];
  const char *const *currencies;
  const char *me;
  const WbFieldChoice *(*choices) (const char *list,
                                   gpointer user_data);
  gpointer user_data;
  const char *const *closed;
} WbFilterContext;

const WbField *wb_filter_find_closed (const WbFilter *self,
                                      const WbFilterContext *context);
gboolean wb_filter_context_allows (const WbFilterContext *self,
                                   const WbCatalogue *catalogue,
                                   const WbField *field);

GType wb_filter_get_type (void);
GQuark wb_filter_error_quark (void);
gboolean wb_filter_error_get_span (const GError *error,
                                   WbFilterSpan *span);
const char *wb_filter_error_get_expected (const GError *error);
const char *wb_filter_error_get_suggestion (const GError *error);

WbFilter *wb_filter_parse (const WbCatalogue *catalogue,
                           const char *text,
                           const WbFilterContext *context,
                           GError **error);
WbFilter *wb_filter_ref (WbFilter *self);
void wb_filter_unref (WbFilter *self);
char *wb_filter_print (const WbFilter *self);
char *wb_filter_explain (const WbFilter *self,
                         const WbFilterContext *context);
gboolean wb_filter_equal (const WbFilter *a,
                          const WbFilter *b);
const WbCatalogue *wb_filter_get_catalogue (const WbFilter *self);
gboolean wb_filter_is_empty (const WbFilter *self);
gint64 wb_filter_get_valid_until (const WbFilter *self,
                                  const WbFilterContext *context);

/* Editing: what filter chips are made of. A chip is a clause of the outermost `and`. */
guint wb_filter_get_n_clauses (const WbFilter *self);
WbFilter *wb_filter_get_clause (const WbFilter *self,
                                guint clause);
WbFilter *wb_filter_without (const WbFilter *self,
                             guint clause);
WbFilter *wb_filter_with (const WbFilter *self,
                          const WbFilter *more);
WbFilter *wb_filter_replace (const WbFilter *self,
                             guint clause,
                             const WbFilter *with);
WbFilter *wb_filter_negate (const WbFilter *self);

/* Building: for code that knows what it wants; quoting is taken care of. */
WbFilter *wb_filter_new_empty (const WbCatalogue *catalogue);
WbFilter *wb_filter_new_match (const WbCatalogue *catalogue,
                               const char *field,
                               const char *const *values,
                               const WbFilterContext *context,
                               GError **error);
char *wb_filter_quote (const char *value);

/**
 * WbFilterCandidateKind: what a completion is.
 */
typedef enum
{
  WB_FILTER_CANDIDATE_FIELD,
  WB_FILTER_CANDIDATE_RELATION,
  WB_FILTER_CANDIDATE_OPERATOR,
  WB_FILTER_CANDIDATE_VALUE,
  WB_FILTER_CANDIDATE_CONDITION,
} WbFilterCandidateKind;

/**
 * WbFilterCandidate:
 * @kind: what it is
 * @text: what replaces the piece of text: "status:", "processing"
 * @label: what to show for it
 * @detail: (nullable): one line more
 *
 * One way to go on.
 */
typedef struct
{
  WbFilterCandidateKind kind;
  char *text;
  char *label;
  char *detail;
} WbFilterCandidate;

void wb_filter_candidate_free (WbFilterCandidate *self);
GPtrArray *wb_filter_complete (const WbCatalogue *catalogue,
                               const char *text,
                               gsize cursor,
                               const WbFilterContext *context,
                               guint max,
                               WbFilterSpan *span);

/**
 * WbFilterValues:
 *
 * What a thing has in one field, while it is being judged: numbers in the units of the field's type, or
 * texts. No value at all is `none`.
 */
typedef struct _WbFilterValues WbFilterValues;

/**
 * WbFilterLookup:
 * @thing: what is being judged
 * @relation: (nullable): the relation to go through first
 * @field: the field wanted
 * @values: empty; add what there is
 * @user_data: given to wb_filter_eval()
 *
 * Says what a thing has in a field.
 */
typedef void (*WbFilterLookup) (gconstpointer thing,
                                const WbRelation *relation,
                                const WbField *field,
                                WbFilterValues *values,
                                gpointer user_data);

gboolean wb_filter_eval (const WbFilter *self,
                         const WbFilterContext *context,
                         WbFilterLookup lookup,
                         gconstpointer thing,
                         gpointer user_data);
void wb_filter_values_add_number (WbFilterValues *values,
                                  gint64 number);
void wb_filter_values_add_money (WbFilterValues *values,
                                 gint64 minor,
                                 const char *currency);
void wb_filter_values_add_text (WbFilterValues *values,
                                const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbFilter, wb_filter_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbFilterCandidate, wb_filter_candidate_free)

G_END_DECLS
