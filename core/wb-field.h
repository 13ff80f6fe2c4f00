/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fields and catalogues: what can be listed (orders, lines, customers, products), and what one can
 * filter by, sort by and show of it. All of it is constant data: a field never changes while the
 * program runs, pointers to it are compared and kept freely, on any thread. Where a field lives in
 * the database is not said here but in db/ (wb-filter-map-*.c); how a cell looks is said in ui/.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbFieldType:
 * @WB_FIELD_TEXT: free text; `:` finds it anywhere inside, whatever the case
 * @WB_FIELD_CODE: a text that identifies (order number, SKU, tracking number); `:` means the whole code
 * @WB_FIELD_MONEY: minor units beside a currency code
 * @WB_FIELD_PRICE: an exact price per piece, in millionths of the currency's major unit
 * @WB_FIELD_INTEGER: a count
 * @WB_FIELD_WEIGHT: grams
 * @WB_FIELD_TIME: a moment: microseconds since 1970 UTC
 * @WB_FIELD_DATE: a day: days since 1970-01-01
 * @WB_FIELD_ENUM: one code of a list that is fixed (choices) or kept in the database (list)
 * @WB_FIELD_BOOL: yes or no
 * @WB_FIELD_COUNTRY: ISO 3166 alpha-2
 * @WB_FIELD_TAGS: a set of words
 *
 * What a field holds, and in which unit.
 */
typedef enum
{
  WB_FIELD_TEXT,
  WB_FIELD_CODE,
  WB_FIELD_MONEY,
  WB_FIELD_PRICE,
  WB_FIELD_INTEGER,
  WB_FIELD_WEIGHT,
  WB_FIELD_TIME,
  WB_FIELD_DATE,
  WB_FIELD_ENUM,
  WB_FIELD_BOOL,
  WB_FIELD_COUNTRY,
  WB_FIELD_TAGS,
} WbFieldType;

/**
 * WbFieldIndex:
 * @WB_FIELD_INDEX_NONE: filtering reads every row that the other clauses leave
 * @WB_FIELD_INDEX_BTREE: equality, ranges and sorting are quick
 * @WB_FIELD_INDEX_TRIGRAM: a part of three characters and more is found quickly
 * @WB_FIELD_INDEX_FULL_TEXT: words are found quickly
 *
 * How the database finds rows by a field.
 */
typedef enum
{
  WB_FIELD_INDEX_NONE,
  WB_FIELD_INDEX_BTREE,
  WB_FIELD_INDEX_TRIGRAM,
  WB_FIELD_INDEX_FULL_TEXT,
} WbFieldIndex;

/**
 * WbFieldFlags:
 * @WB_FIELD_SORTABLE: a list can be sorted by it
 * @WB_FIELD_COLUMN: a list can show it
 * @WB_FIELD_SHOWN: a list shows it until the user decides otherwise
 * @WB_FIELD_NULLABLE: may be empty: `field:none`, `has:field`
 * @WB_FIELD_MANY: a thing may have several (the SKUs of an order); a clause holds when one of them fits
 * @WB_FIELD_PLANNED: lies ahead as a rule: `monday` is the coming one
 * @WB_FIELD_DESCENDING: the first click on its header sorts the largest first
 * @WB_FIELD_PERSONAL: personal data: shown only to roles that may read it
 * @WB_FIELD_DIGITS: a telephone number: only the digits count
 * @WB_FIELD_PRICED: money: shown only to roles that may read it
 */
typedef enum
{
  WB_FIELD_SORTABLE = 1 << 0,
  WB_FIELD_COLUMN = 1 << 1,
  WB_FIELD_SHOWN = 1 << 2,
  WB_FIELD_NULLABLE = 1 << 3,
  WB_FIELD_MANY = 1 << 4,
  WB_FIELD_PLANNED = 1 << 5,
  WB_FIELD_DESCENDING = 1 << 6,
  WB_FIELD_PERSONAL = 1 << 7,
  WB_FIELD_PRICED = 1 << 8,
  WB_FIELD_DIGITS = 1 << 9,
} WbFieldFlags;

/**
 * WbFieldChoice:
 * @code: what is stored and written in an expression
 * @label: what people read, untranslated; see wb_field_choice_get_label()
 * @aliases: (nullable): other words for it, separated by spaces
 *
 * One value of an enum field. Choices stand in the order in which they sort. A table of them ends
 * with a %NULL code.
 */
typedef struct
{
  const char *code;
  const char *label;
  const char *aliases;
} WbFieldChoice;

/**
 * WbField:
 * @name: what stands in an expression: lower case letters, digits, `-` and `_`
 * @label: column title, untranslated; see wb_field_get_label()
 * @description: (nullable): one line for the filter editor, untranslated
 * @type: what it holds
 * @index: how the database finds by it
 * @flags: what can be done with it
 * @width_px: natural width of its column
 * @aliases: (nullable): other names, separated by spaces
 * @choices: (nullable): the values of a fixed enum
 * @list: (nullable): where the values of an open enum come from, e.g. "stage"; see #WbFilterContext
 *
 * One fact about a kind of thing.
 */
typedef struct
{
  const char *name;
  const char *label;
  const char *description;
  WbFieldType type;
  WbFieldIndex index;
  WbFieldFlags flags;
  int width_px;
  const char *aliases;
  const WbFieldChoice *choices;
  const char *list;
} WbField;

typedef struct _WbCatalogue WbCatalogue;

/**
 * WbRelation:
 * @name: what stands before the dot: `customer` in `customer.segment:vip`
 * @label: untranslated
 * @target: name of the catalogue whose fields follow the dot
 * @many: whether there can be several; a clause then holds when one of them fits
 *
 * From one kind of thing to another. A table of them ends with a %NULL name.
 */
typedef struct
{
  const char *name;
  const char *label;
  const char *target;
  gboolean many;
} WbRelation;

/**
 * WbCondition:
 * @verb: `is` or `has`
 * @name: the word after the colon
 * @label: what people read, untranslated
 * @expression: what it stands for, in the same language
 *
 * A named condition: `is:late` stands for `ship:<today -is:shipped`. Besides those listed, `is:`
 * takes the name of every yes-or-no field, and `has:` that of every field that may be empty.
 * A table of them ends with a %NULL verb.
 */
typedef struct
{
  const char *verb;
  const char *name;
  const char *label;
  const char *expression;
} WbCondition;

/**
 * WbWordShape:
 *
 * What a bare word looks like; decides in which fields it is looked for. A word has several shapes:
 * `30123` is a number, a code and a text.
 */
typedef enum
{
  WB_WORD_TEXT = 1 << 0,     /* any word */
  WB_WORD_NUMBER = 1 << 1,   /* digits only, perhaps behind a # */
  WB_WORD_CODE = 1 << 2,     /* letters, digits, - _ . / with a digit among them */
  WB_WORD_EMAIL = 1 << 3,    /* something@something */
  WB_WORD_PHONE = 1 << 4,    /* + digits ( ) - / and at least six digits */
  WB_WORD_GTIN = 1 << 5,     /* 8, 12, 13 or 14 digits with a right check digit */
  WB_WORD_TRACKING = 1 << 6, /* 10 characters and more, mostly digits */
} WbWordShape;

/**
 * WbWordMatch: how a routed word is compared.
 */
typedef enum
{
  WB_WORD_EXACT,
  WB_WORD_PREFIX,
  WB_WORD_CONTAINS,
} WbWordMatch;

/**
 * WbWordRoute:
 * @shapes: the shapes it takes (any of them)
 * @field: name of the field
 * @match: how to compare
 *
 * Where a bare word is looked for. A word finds a thing when one of its routes does. A table of them
 * ends with a %NULL field.
 */
typedef struct
{
  WbWordShape shapes;
  const char *field;
  WbWordMatch match;
} WbWordRoute;

/**
 * WbCatalogue:
 * @name: "orders"
 * @label: untranslated
 * @fields: its fields in the order in which columns are offered
 * @n_fields: their number
 * @relations: (nullable): kinds of things that belong to it
 * @conditions: (nullable): named conditions
 * @words: (nullable): where bare words are looked for
 * @sort: how it is sorted at first: field names, `-` in front for descending: "-ordered"
 *
 * All that is known about the fields of one kind of thing.
 */
struct _WbCatalogue
{
  const char *name;
  const char *label;
  const WbField *fields;
  guint n_fields;
  const WbRelation *relations;
  const WbCondition *conditions;
  const WbWordRoute *words;
  const char *sort;
};

const WbCatalogue *const *wb_catalogue_list (guint *n_catalogues);
const WbCatalogue *wb_catalogue_get (const char *name);
const char *wb_catalogue_get_label (const WbCatalogue *self);
const WbField *wb_catalogue_find (const WbCatalogue *self,
                                  const char *name);
const WbRelation *wb_catalogue_find_relation (const WbCatalogue *self,
                                              const char *name);
const WbCondition *wb_catalogue_find_condition (const WbCatalogue *self,
                                                const char *verb,
                                                const char *name);

const char *wb_field_get_label (const WbField *self);
const char *wb_field_get_description (const WbField *self);
const char *wb_field_choice_get_label (const WbFieldChoice *self);
const WbFieldChoice *wb_field_find_choice (const WbField *self,
                                           const char *word);
gboolean wb_field_has_order (const WbField *self);

G_END_DECLS
