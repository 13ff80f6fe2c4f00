/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files of the filter language share: making nodes, reading and writing values, errors.
 */
#pragma once

#include "core/wb-filter-node.h"

G_BEGIN_DECLS

/*
 * A piece of text as it was written: quotes and escapes undone, unquoted * and ? turned into wildcard
 * characters. @plain: nothing of it was quoted, so that it can be a keyword.
 */
typedef struct
{
  char *text;
  gsize start;
  gsize end;
  gboolean plain;
} WbFilterRaw;

/* Where reading stands, and what is known about the world. */
typedef struct
{
  const WbCatalogue *catalogue;
  const WbFilterContext *context;
  const char *text; /* the whole */
  const char *at;   /* here */
  guint depth;
  guint n_clauses;
  guint n_values;
  guint expanding;
  gsize clause;     /* where the clause begins that is being read */
  gboolean related; /* it goes through a relation */
} WbFilterReader;

/* Nodes: those with children take ownership of them. */
WbFilter *_wb_filter_new (const WbCatalogue *catalogue,
                          WbFilterNodeType type);
WbFilter *_wb_filter_new_group (const WbCatalogue *catalogue,
                                WbFilterNodeType type,
                                GPtrArray *children);
WbFilter *_wb_filter_new_not (WbFilter *child);
WbFilter *_wb_filter_new_word (const WbCatalogue *catalogue,
                               const char *text);
WbFilter *_wb_filter_new_clause (const WbCatalogue *catalogue,
                                 const WbRelation *relation,
                                 const WbField *field,
                                 GArray *tests);
GArray *_wb_filter_tests_new (void);

/* Errors. */
void _wb_filter_set_error (GError **error,
                           const WbFilterReader *reader,
                           gsize start,
                           gsize end,
                           WbFilterError code,
                           const char *expected,
                           const char *suggestion,
                           const char *format,
                           ...) G_GNUC_PRINTF (8, 9);
char *_wb_filter_excerpt (const WbFilterReader *reader,
                          gsize start,
                          gsize end);
const char *_wb_filter_nearest (const char *word,
                                GPtrArray *candidates);

/* Hints: (transfer full) (nullable) what to write instead. */
gboolean _wb_filter_is_opposite (const char *word,
                                 const char *candidate);
char *_wb_filter_hint_elsewhere (const WbCatalogue *catalogue,
                                 const char *word);
char *_wb_filter_hint_list (const WbField *field,
                            const char *text);
char *_wb_filter_hint_range (const char *text);
char *_wb_filter_hint_date (const char *text,
                            const WbFilterContext *context,
                            gboolean planned,
                            gsize *length);

/* Lexer. */
gboolean _wb_filter_is_space (gunichar c);
void _wb_filter_skip_space (WbFilterReader *reader);
gboolean _wb_filter_is_stop (const char *p,
                             gboolean in_value);
gboolean _wb_filter_read_raw (WbFilterReader *reader,
                              gboolean in_value,
                              gboolean ranges,
                              WbFilterRaw *raw,
                              GError **error);
void _wb_filter_raw_clear (WbFilterRaw *raw);
gsize _wb_filter_scan_quote (const char *p);

/* What stands in front of a colon, and how long it is. */
typedef struct
{
  gsize first;  /* length of the name, or of the relation */
  gsize second; /* length of the name behind the dot, 0 for none */
  gsize total;  /* up to the colon or operator */
} WbFilterHead;

gboolean _wb_filter_scan_head (const char *p,
                               WbFilterHead *head);
gboolean _wb_filter_scan_field (const WbCatalogue *catalogue,
                                const char *p,
                                WbFilterHead *head);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbFilterRaw, _wb_filter_raw_clear)

/* Values. */
gboolean _wb_filter_read_tests (WbFilterReader *reader,
                                const WbField *field,
                                GArray *tests,
                                GError **error);
gboolean _wb_filter_value_parse (WbFilterReader *reader,
                                 const WbField *field,
                                 const WbFilterRaw *raw,
                                 WbFilterValue *value,
                                 GError **error);
gboolean _wb_filter_date_parse (const char *text,
                                WbFilterDate *date);
gboolean _wb_filter_is_weight_unit (const char *text);
void _wb_filter_value_clear (WbFilterValue *value);
void _wb_filter_date_print (const WbFilterDate *date,
                            GString *out);
void _wb_filter_value_print (const WbField *field,
                             const WbFilterValue *value,
                             GString *out);
char *_wb_filter_number_format (gint64 number,
                                guint scale);

/* Dates in the world: [from, to) in microseconds since 1970 UTC, and in days since 1970. */
typedef struct
{
  gint64 from_us;
  gint64 to_us;
  gint64 from_day;
  gint64 to_day;
} WbFilterStretch;

gboolean _wb_filter_date_resolve (const WbFilterDate *date,
                                  const WbFilterContext *context,
                                  gboolean planned,
                                  gboolean through,
                                  WbFilterStretch *stretch);
gboolean _wb_filter_date_is_relative (const WbFilterDate *date);
GDateTime *_wb_filter_context_now (const WbFilterContext *context);
const char *const *_wb_filter_date_words (void);

WbWordShape _wb_filter_word_shapes (const char *text);

G_END_DECLS
