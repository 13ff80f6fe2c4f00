/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tree behind a filter, for those who walk over it: printer, evaluator, the SQL compiler in db/.
 * Read only: a node is never changed after it was made. Everybody else uses wb-filter.h.
 */
#pragma once

#include "core/wb-filter.h"

G_BEGIN_DECLS

/**
 * WbFilterNodeType:
 * @WB_FILTER_AND: all children; no child at all is everything
 * @WB_FILTER_OR: one of two or more children
 * @WB_FILTER_NOT: not the only child
 * @WB_FILTER_CLAUSE: field and tests; holds when one test does
 * @WB_FILTER_WORD: a bare word, looked for along the catalogue's routes
 * @WB_FILTER_CONDITION: a named condition; the only child is what it stands for
 */
typedef enum
{
  WB_FILTER_AND,
  WB_FILTER_OR,
  WB_FILTER_NOT,
  WB_FILTER_CLAUSE,
  WB_FILTER_WORD,
  WB_FILTER_CONDITION,
} WbFilterNodeType;

/**
 * WbFilterOp:
 * @WB_FILTER_MATCH: `:`: inside for texts, the whole for the others
 * @WB_FILTER_EXACT: `:=`: the whole text
 * @WB_FILTER_RANGE: `a..b`, both ends included; an absent end is open
 * @WB_FILTER_NONE: `none`: empty
 * @WB_FILTER_ANY: `any`: not empty
 *
 * How a test compares.
 */
typedef enum
{
  WB_FILTER_MATCH,
  WB_FILTER_EXACT,
  WB_FILTER_LT,
  WB_FILTER_LE,
  WB_FILTER_GT,
  WB_FILTER_GE,
  WB_FILTER_RANGE,
  WB_FILTER_NONE,
  WB_FILTER_ANY,
} WbFilterOp;

/**
 * WbFilterDateKind: the ways to write a date. Each is a stretch of time with a first and a last moment.
 */
typedef enum
{
  WB_FILTER_DATE_YEAR,    /* 2025 */
  WB_FILTER_DATE_QUARTER, /* 2025-q4 */
  WB_FILTER_DATE_MONTH,   /* 2025-10 */
  WB_FILTER_DATE_WEEK,    /* 2025-w41 */
  WB_FILTER_DATE_DAY,     /* 2025-10-07 */
  WB_FILTER_DATE_MINUTE,  /* 2025-10-07t14:30 */
  WB_FILTER_DATE_SECOND,  /* 2025-10-07t14:30:05 */
  WB_FILTER_DATE_NOW,     /* now */
  WB_FILTER_DATE_NEAR,    /* today, yesterday, tomorrow: amount days away */
  WB_FILTER_DATE_WEEKDAY, /* monday, last-monday, next-monday: part is 1..7, amount -1, 0, 1 */
  WB_FILTER_DATE_PERIOD,  /* last-week, this-month, next-year: unit, amount -1, 0, 1 */
  WB_FILTER_DATE_OFFSET,  /* -7d, 2w, -3m, -2h: amount of unit */
} WbFilterDateKind;

/**
 * WbFilterUnit: units of periods and offsets.
 */
typedef enum
{
  WB_FILTER_UNIT_MINUTE,
  WB_FILTER_UNIT_HOUR,
  WB_FILTER_UNIT_DAY,
  WB_FILTER_UNIT_WEEK,
  WB_FILTER_UNIT_MONTH,
  WB_FILTER_UNIT_QUARTER,
  WB_FILTER_UNIT_YEAR,
} WbFilterUnit;

/**
 * WbFilterDate:
 * @kind: how it is written
 * @unit: of periods and offsets
 * @amount: how many, negative is back in time
 * @year: of absolute ones
 * @part: quarter, month, ISO week or weekday
 * @day: day of the month
 * @hour: 0..23
 * @minute: 0..59
 * @second: 0..59
 *
 * A date as it was written, not resolved: `today` stays `today`.
 */
typedef struct
{
  WbFilterDateKind kind;
  WbFilterUnit unit;
  int amount;
  int year;
  int part;
  int day;
  int hour;
  int minute;
  int second;
} WbFilterDate;

/**
 * WbFilterValue:
 * @set: %FALSE for the open end of a range
 * @text: (nullable): a text, code, enum code, country or tag; %WB_FILTER_WILD_MANY and
 *   %WB_FILTER_WILD_ONE in it stand for `*` and `?`
 * @number: integers and yes/no as they are, weights in grams, money and prices in millionths of the
 *   major unit
 * @currency: of money and prices; empty for the row's own
 * @date: of times and dates
 *
 * One operand.
 */
typedef struct
{
  gboolean set;
  char *text;
  gint64 number;
  char currency[4];
  WbFilterDate date;
} WbFilterValue;

#define WB_FILTER_WILD_MANY '\001'
#define WB_FILTER_WILD_ONE '\002'

/* Money and prices in a value: millionths of the major unit. */
#define WB_FILTER_MONEY_SCALE 6
#define WB_FILTER_MONEY_UNIT G_GINT64_CONSTANT (1000000)

/**
 * WbFilterTest:
 * @op: how to compare
 * @a: the operand, or the lower end
 * @b: the upper end
 *
 * One of the alternatives of a clause.
 */
typedef struct
{
  WbFilterOp op;
  WbFilterValue a;
  WbFilterValue b;
} WbFilterTest;

struct _WbFilter
{
  gatomicrefcount ref_count;
  WbFilterNodeType type;
  const WbCatalogue *catalogue;

  WbFilter **children;
  guint n_children;

  const WbRelation *relation; /* clause; NULL when the field is the catalogue's own */
  const WbField *field;
  WbFilterTest *tests;
  guint n_tests;

  char *text; /* word: with wildcards as in WbFilterValue; condition: its name */
  WbWordShape shapes;
  const char *verb; /* condition: "is" or "has" */
};

/**
 * WbFilterInterval:
 * @never: nothing lies in it
 * @has_from: whether there is a lower end
 * @has_to: whether there is an upper end
 * @from: first value inside
 * @to: first value after it
 *
 * What an ordered test asks for, in the units of the field: [from, to).
 */
typedef struct
{
  gboolean never;
  gboolean has_from;
  gboolean has_to;
  gint64 from;
  gint64 to;
} WbFilterInterval;

/**
 * wb_filter_test_interval:
 * @test: a test that compares, matches or names a range
 * @field: a field whose values are numbers
 * @digits: decimals of the currency's minor unit, for money
 * @context: (nullable): zone and clock, for dates
 *
 * What the test asks for, in the units in which the field is held.
 */
WbFilterInterval wb_filter_test_interval (const WbFilterTest *test,
                                          const WbField *field,
                                          guint digits,
                                          const WbFilterContext *context);

/**
 * wb_filter_test_has_wildcards:
 * @text: the text of a value or word
 *
 * Returns: whether there is a `*` or `?` in it that was not quoted
 */
gboolean wb_filter_test_has_wildcards (const char *text);

/**
 * wb_filter_text_matches:
 * @pattern: text of a value, perhaps with wildcards
 * @text: what is there
 *
 * Returns: whether the whole of @text fits, whatever the case and the accents
 */
gboolean wb_filter_text_matches (const char *pattern,
                                 const char *text);

/**
 * wb_filter_fold:
 * @text: any text
 *
 * Returns: (transfer full): @text without case and accents, for comparing; wildcards stay
 */
char *wb_filter_fold (const char *text);

/**
 * wb_filter_word_for_route:
 * @word: a word node
 * @route: one of the catalogue's routes
 *
 * Returns: (transfer full) (nullable): what to look for along that route: the word without the `#` of a
 *   number; %NULL when the route does not take it
 */
char *wb_filter_word_for_route (const WbFilter *word,
                                const WbWordRoute *route);

/**
 * wb_filter_phone_digits:
 * @text: a telephone number as people write it, perhaps with wildcards
 *
 * Numbers are stored as digits, with or without the country: so the 0 or 00 in front is left out.
 *
 * Returns: (transfer full): the digits and wildcards of @text; @text when there is no digit in it
 */
char *wb_filter_phone_digits (const char *text);

/**
 * wb_word_route_find:
 * @catalogue: a catalogue
 * @route: one of its routes
 * @relation: (out): the relation to go through, or %NULL
 *
 * Returns: (transfer none): the field at the end of the route
 */
const WbField *wb_word_route_find (const WbCatalogue *catalogue,
                                   const WbWordRoute *route,
                                   const WbRelation **relation);

G_END_DECLS
