/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the fields of a catalogue live in the database: constant SQL, one table a kind, in
 * wb-filter-map-*.c. Read by the filter compiler and by the list query. Nothing that comes from outside
 * ever enters these texts: values are parameters.
 */
#pragma once

#include "core/wb-field.h"

G_BEGIN_DECLS

/* The rows of a kind are always called t, in sub-selects too. */

typedef enum
{
  WB_MAP_ARRAY = 1 << 0,  /* an array of texts */
  WB_MAP_UNIQUE = 1 << 1, /* one row of @from at most has a value */
  WB_MAP_SMALL = 1 << 2,  /* @from has so few rows that it is read once, whatever is asked of it */
  WB_MAP_MAYBE = 1 << 3,  /* @value may be null */
} WbFilterMapFlags;

/*
 * One field.
 * @name: as in the catalogue
 * @value: the value, exactly as stored; of @from if there is one
 * @from, @key, @outer: the values stand in rows x of another table, those whose @key is our @outer
 * @names: rows n whose n.name are all the different values: few, where @value has many rows of each
 * @any: when it is not empty, without looking into @from; NULL: what suits the type
 * @folded: the same text folded (wb.fold), stored
 * @within: a stored folded text with a trigram index that has the value in it
 * @exact: what is compared with the lower-cased text for the whole text, because it has an index
 * @type: of an element, where it is not text
 * @currency: beside money and prices
 * @sort: what it sorts by: never null, texts in byte order; NULL: @value. Up to two: the second saves a sort
 *   where values repeat a lot and the index goes on with it
 * @show: what a column reads; NULL: @value
 */
typedef struct
{
  const char *name;
  const char *value;
  WbFilterMapFlags flags;
  const char *from; /* "api.order_item x" */
  const char *key;
  const char *outer;
  const char *names; /* "api.line_name n" */
  const char *any;
  const char *folded;
  const char *within;
  const char *exact;
  const char *type;
  const char *currency;
  const char *sort[2];
  const char *show;
} WbFilterMapField;

/* A relation: those rows t of @from (NULL: of the target's own) whose @inner is our @outer. Ends with a NULL name. */
typedef struct
{
  const char *name;
  const char *outer;
  const char *inner;
  const char *from;
} WbFilterMapRelation;

typedef struct
{
  const char *catalogue;
  const char *from; /* "api.order_row t" */
  const char *id;
  const WbFilterMapField *fields;
  guint n_fields;
  const WbFilterMapRelation *relations;
} WbFilterMap;

extern const WbFilterMap _wb_filter_map_orders;
extern const WbFilterMap _wb_filter_map_lines;
extern const WbFilterMap _wb_filter_map_customers;
extern const WbFilterMap _wb_filter_map_products;
extern const WbFilterMap _wb_filter_map_prints;

const WbFilterMap *_wb_filter_map_get (const WbCatalogue *catalogue);
const WbFilterMapField *_wb_filter_map_find (const WbFilterMap *self,
                                             const WbField *field);
const WbFilterMapRelation *_wb_filter_map_find_relation (const WbFilterMap *self,
                                                         const WbRelation *relation);

G_END_DECLS
