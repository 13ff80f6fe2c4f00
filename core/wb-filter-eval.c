/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Judging a thing in memory by an expression: rules, live matching, and the oracle of the SQL tests. */
#include "config.h"

#include "core/wb-filter-private.h"
#include "core/wb-money.h"

#include <string.h>

struct _WbFilterValues
{
  GArray *numbers;       /* gint64 */
  GPtrArray *texts;      /* owned */
  GPtrArray *currencies; /* owned, beside numbers */
};

/* ---- Texts -------------------------------------------------------------------------------- */

gboolean
wb_filter_test_has_wildcards (const char *text)
{
  static const char wildcards[] = { WB_FILTER_WILD_MANY, WB_FILTER_WILD_ONE, '\0' };

  return text[strcspn (text, wildcards)] != '\0';
}

/* Letters that do not come apart into a base and an accent, as wb.fold and PostgreSQL's unaccent have them. */
static const char *
fold_letter (gunichar c)
{
  static const struct
  {
    gunichar letter;
    const char *folded;
  } letters[] = {
    { 0xe6, "ae" },  { 0xf0, "d" },   { 0xf8, "o" },   { 0xfe, "th" },  { 0xdf, "ss" }, { 0x111, "d" },
    { 0x127, "h" },  { 0x131, "i" },  { 0x142, "l" },  { 0x153, "oe" }, { 0x167, "t" }, { 0x2018, "'" },
    { 0x2019, "'" }, { 0x2013, "-" }, { 0x2014, "-" }, { 0x138, "q" },   { 0x3c2, "σ" }, /* at the end of a word */
  };

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    if (letters[i].letter == c)
      return letters[i].folded;

  return NULL;
}

char *
wb_filter_fold (const char *text)
{
  g_autofree char *apart = g_utf8_normalize (text, -1, G_NORMALIZE_DEFAULT);
  GString *out = g_string_sized_new (strlen (text));

  for (const char *p = apart != NULL ? apart : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_unichar_tolower (g_utf8_get_char (p));
      const char *folded = c < 0x80 ? NULL : fold_letter (c);

      if (folded != NULL)
        g_string_append (out, folded);
      else if (c < 0x80 || !g_unichar_ismark (c))
        g_string_append_unichar (out, c);
    }

  return g_string_free (out, FALSE);
}

/* Whether the whole of @text fits @pattern; both folded. */
static gboolean
fits (const char *pattern,
      const char *text)
{
  const char *star = NULL, *resume = NULL;

  while (*text != '\0')
    {
      if (*pattern == WB_FILTER_WILD_MANY)
        {
          star = ++pattern;
          resume = text;
        }
      else if (*pattern == WB_FILTER_WILD_ONE)
        {
          pattern++;
          text = g_utf8_next_char (text);
        }
      else if (*pattern != '\0' && *pattern == *text)
        {
          pattern++;
          text++;
        }
      else if (star != NULL)
        {
          pattern = star;
          resume = g_utf8_next_char (resume);
          text = resume;
        }
      else
        return FALSE;
    }
  while (*pattern == WB_FILTER_WILD_MANY)
    pattern++;

  return *pattern == '\0';
}

gboolean
wb_filter_text_matches (const char *pattern,
                        const char *text)
{
  g_autofree char *a = wb_filter_fold (pattern);
  g_autofree char *b = wb_filter_fold (text);

  return fits (a, b);
}

static gboolean
contains (const char *needle,
          const char *text)
{
  g_autofree char *a = wb_filter_fold (needle);
  g_autofree char *b = wb_filter_fold (text);

  return strstr (b, a) != NULL;
}

/* Codes are stored as they came, in capitals or in small letters; people type any of these. */
static gboolean
same_code (const char *typed,
           const char *stored)
{
  g_autofree char *upper = g_utf8_strup (typed, -1);
  g_autofree char *lower = g_utf8_strdown (typed, -1);

  return fits (typed, stored) || fits (upper, stored) || fits (lower, stored);
}

/* ---- Intervals ---------------------------------------------------------------------------- */

static gint64
floor_div (gint64 a,
           gint64 b)
{
  return a / b - (a % b < 0);
}

static gint64
ceil_div (gint64 a,
          gint64 b)
{
  return a / b + (a % b > 0);
}

static WbFilterInterval
number_interval (const WbFilterTest *test,
                 gint64 unit)
{
  WbFilterInterval i = { 0 };
  gint64 down = floor_div (test->a.number, unit), up = ceil_div (test->a.number, unit);

  switch (test->op)
    {
    case WB_FILTER_LT:
      i = (WbFilterInterval){ .has_to = TRUE, .to = up };
      break;
    case WB_FILTER_LE:
      i = (WbFilterInterval){ .has_to = TRUE, .to = down + 1 };
      break;
    case WB_FILTER_GT:
      i = (WbFilterInterval){ .has_from = TRUE, .from = down + 1 };
      break;
    case WB_FILTER_GE:
      i = (WbFilterInterval){ .has_from = TRUE, .from = up };
      break;
    case WB_FILTER_RANGE:
      i = (WbFilterInterval){ .has_from = test->a.set,
                              .from = up,
                              .has_to = test->b.set,
                              .to = floor_div (test->b.number, unit) + 1 };
      break;
    case WB_FILTER_MATCH:
    case WB_FILTER_EXACT:
    case WB_FILTER_NONE:
    case WB_FILTER_ANY:
    default:
      i = (WbFilterInterval){ .has_from = TRUE, .from = down, .has_to = TRUE, .to = down + 1, .never = down != up };
      break;
    }

  return i;
}

static WbFilterInterval
date_interval (const WbFilterTest *test,
               const WbField *field,
               const WbFilterContext *context)
{
  gboolean planned = (field->flags & WB_FIELD_PLANNED) != 0;
  gboolean days = field->type == WB_FIELD_DATE;
  WbFilterStretch a = { 0 }, b = { 0 };
  WbFilterInterval i = { 0 };
  gint64 from = 0, to = 0;

  if (test->a.set && !_wb_filter_date_resolve (&test->a.date, context, planned, test->op <= WB_FILTER_EXACT, &a))
    return (WbFilterInterval){ .never = TRUE };
  if (test->b.set && !_wb_filter_date_resolve (&test->b.date, context, planned, FALSE, &b))
    return (WbFilterInterval){ .never = TRUE };
  from = days ? a.from_day : a.from_us;
  to = days ? a.to_day : a.to_us;
  switch (test->op)
    {
    case WB_FILTER_LT:
      i = (WbFilterInterval){ .has_to = TRUE, .to = from };
      break;
    case WB_FILTER_LE:
      i = (WbFilterInterval){ .has_to = TRUE, .to = to };
      break;
    case WB_FILTER_GT:
      i = (WbFilterInterval){ .has_from = TRUE, .from = to };
      break;
    case WB_FILTER_GE:
      i = (WbFilterInterval){ .has_from = TRUE, .from = from };
      break;
    case WB_FILTER_RANGE:
      i = (WbFilterInterval){
        .has_from = test->a.set, .from = from, .has_to = test->b.set, .to = days ? b.to_day : b.to_us
      };
      break;
    case WB_FILTER_MATCH:
    case WB_FILTER_EXACT:
    case WB_FILTER_NONE:
    case WB_FILTER_ANY:
    default:
      i = (WbFilterInterval){ .has_from = TRUE, .from = from, .has_to = TRUE, .to = to };
      break;
    }
  i.never = i.has_from && i.has_to && i.from >= i.to;

  return i;
}

WbFilterInterval
wb_filter_test_interval (const WbFilterTest *test,
                         const WbField *field,
                         guint digits,
                         const WbFilterContext *context)
{
  gint64 unit = 1;

  if (field->type == WB_FIELD_TIME || field->type == WB_FIELD_DATE)
    return date_interval (test, field, context);
  if (field->type == WB_FIELD_MONEY)
    for (guint i = digits; i < WB_FILTER_MONEY_SCALE; i++)
      unit *= 10;

  return number_interval (test, unit);
}

/* ---- Judging ------------------------------------------------------------------------------ */

static gboolean
number_passes (const WbFilterTest *test,
               const WbField *field,
               const WbFilterValues *values,
               const WbFilterContext *context)
{
  const char *currency = test->a.set ? test->a.currency : test->b.currency;

  for (guint i = 0; i < values->numbers->len; i++)
    {
      gint64 number = g_array_index (values->numbers, gint64, i);
      const char *own = i < values->currencies->len ? g_ptr_array_index (values->currencies, i) : NULL;
      WbFilterInterval in;

      if (currency[0] != '\0' && g_strcmp0 (own, currency) != 0)
        continue;
      in = wb_filter_test_interval (test, field, own != NULL ? wb_currency_get_digits (own) : 2, context);
      if (!in.never && (!in.has_from || number >= in.from) && (!in.has_to || number < in.to))
        return TRUE;
    }

  return FALSE;
}

static gboolean
text_passes (const WbFilterTest *test,
             const WbField *field,
             const char *text,
             const WbFilterContext *context)
{
  g_autofree char *digits = NULL;
  const char *pattern = test->a.text;

  if (field->list != NULL && strcmp (field->list, "staff") == 0 && strcmp (pattern, "me") == 0)
    pattern = context != NULL && context->me != NULL ? context->me : "";
  if ((field->flags & WB_FIELD_DIGITS) != 0)
    pattern = digits = wb_filter_phone_digits (pattern);
  switch (field->type)
    {
    case WB_FIELD_TEXT:
      return test->op == WB_FILTER_EXACT || wb_filter_test_has_wildcards (pattern) ? wb_filter_text_matches (pattern, text)
                                                                                   : contains (pattern, text);
    case WB_FIELD_TAGS:
      return wb_filter_test_has_wildcards (pattern) ? wb_filter_text_matches (pattern, text) : same_code (pattern, text);
    case WB_FIELD_CODE:
    case WB_FIELD_ENUM:
    case WB_FIELD_COUNTRY:
    case WB_FIELD_MONEY:
    case WB_FIELD_PRICE:
    case WB_FIELD_INTEGER:
    case WB_FIELD_WEIGHT:
    case WB_FIELD_TIME:
    case WB_FIELD_DATE:
    case WB_FIELD_BOOL:
    default:
      return same_code (pattern, text);
    }
}

static gboolean
test_passes (const WbFilterTest *test,
             const WbField *field,
             const WbFilterValues *values,
             const WbFilterContext *context)
{
  if (test->op == WB_FILTER_NONE || test->op == WB_FILTER_ANY)
    return (values->numbers->len + values->texts->len > 0) == (test->op == WB_FILTER_ANY);
  if (test->a.set ? test->a.text == NULL : test->b.text == NULL)
    return number_passes (test, field, values, context);
  for (guint i = 0; i < values->texts->len; i++)
    if (text_passes (test, field, g_ptr_array_index (values->texts, i), context))
      return TRUE;

  return FALSE;
}

/* One judgement under way. */
typedef struct
{
  const WbFilterContext *context;
  WbFilterLookup lookup;
  gconstpointer thing;
  gpointer user_data;
  WbFilterValues values;
} Judge;

static void
look_up (Judge *judge,
         const WbRelation *relation,
         const WbField *field)
{
  g_array_set_size (judge->values.numbers, 0);
  g_ptr_array_set_size (judge->values.texts, 0);
  g_ptr_array_set_size (judge->values.currencies, 0);
  judge->lookup (judge->thing, relation, field, &judge->values, judge->user_data);
}

static gboolean
word_passes (const WbFilter *self,
             Judge *judge)
{
  for (const WbWordRoute *r = self->catalogue->words; r != NULL && r->field != NULL; r++)
    {
      g_autofree char *word = wb_filter_word_for_route (self, r);
      const WbRelation *relation = NULL;
      const WbField *field = wb_word_route_find (self->catalogue, r, &relation);
      g_autofree char *prefix = NULL;
      WbFilterTest test = { .a = { .set = TRUE } };

      if (word == NULL)
        continue;
      look_up (judge, relation, field);
      prefix = g_strdup_printf ("%s%c", word, WB_FILTER_WILD_MANY);
      test.op = r->match == WB_WORD_CONTAINS ? WB_FILTER_MATCH : WB_FILTER_EXACT;
      test.a.text = r->match == WB_WORD_PREFIX ? prefix : word;
      if (test_passes (&test, field, &judge->values, judge->context))
        return TRUE;
    }

  return FALSE;
}

static gboolean
node_passes (const WbFilter *self,
             Judge *judge)
{
  switch (self->type)
    {
    case WB_FILTER_AND:
      for (guint i = 0; i < self->n_children; i++)
        if (!node_passes (self->children[i], judge))
          return FALSE;
      return TRUE;
    case WB_FILTER_OR:
      for (guint i = 0; i < self->n_children; i++)
        if (node_passes (self->children[i], judge))
          return TRUE;
      return FALSE;
    case WB_FILTER_NOT:
      return !node_passes (self->children[0], judge);
    case WB_FILTER_CONDITION:
      return node_passes (self->children[0], judge);
    case WB_FILTER_WORD:
      return word_passes (self, judge);
    case WB_FILTER_CLAUSE:
    default:
      look_up (judge, self->relation, self->field);
      for (guint i = 0; i < self->n_tests; i++)
        if (test_passes (&self->tests[i], self->field, &judge->values, judge->context))
          return TRUE;
      return FALSE;
    }
}

/**
 * wb_filter_eval:
 * @self: (nullable): a filter
 * @context: (nullable): the world
 * @lookup: (scope call): says what @thing has in a field
 * @thing: what is judged
 * @user_data: for @lookup
 *
 * Returns: whether @thing passes
 */
gboolean
wb_filter_eval (const WbFilter *self,
                const WbFilterContext *context,
                WbFilterLookup lookup,
                gconstpointer thing,
                gpointer user_data)
{
  g_autoptr(GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) currencies = g_ptr_array_new_with_free_func (g_free);
  Judge judge = { context, lookup, thing, user_data, { numbers, texts, currencies } };

  return self == NULL || node_passes (self, &judge);
}

/**
 * wb_filter_values_add_number:
 * @values: given to a #WbFilterLookup
 * @number: in the units of the field's type; 0 or 1 for yes/no
 */
void
wb_filter_values_add_number (WbFilterValues *values,
                             gint64 number)
{
  g_array_append_val (values->numbers, number);
}

/**
 * wb_filter_values_add_money:
 * @values: given to a #WbFilterLookup
 * @minor: minor units; millionths of the major unit for prices
 * @currency: ISO 4217 code
 */
void
wb_filter_values_add_money (WbFilterValues *values,
                            gint64 minor,
                            const char *currency)
{
  g_array_append_val (values->numbers, minor);
  g_ptr_array_add (values->currencies, g_strdup (currency));
}

/**
 * wb_filter_values_add_text:
 * @values: given to a #WbFilterLookup
 * @text: a text, code or tag; an empty one is none at all
 */
void
wb_filter_values_add_text (WbFilterValues *values,
                           const char *text)
{
  if (text != NULL && *text != '\0')
    g_ptr_array_add (values->texts, g_strdup (text));
}
