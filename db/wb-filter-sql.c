/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-filter-node.h"
#include "core/wb-money.h"
#include "db/wb-filter-sql-private.h"

#include <string.h>

/*
 * Where we are in the tree. @in_or: an index cannot carry the row order any more, but its rows can be gathered. @in_not: what
 * is asked of other tables is better not collected.
 */
typedef struct
{
  const WbFilterContext *context;
  WbDbParams *params;
  GString *sql;
  WbFilterSqlShape shape;
  gboolean in_or;
  gboolean in_not;
} Compiler;

/* How rows of another table are asked for; in which way it is closed. */
typedef enum
{
  LOOK_UP,  /* outer = (select …) */
  COLLECT,  /* outer = any (array (select …)): an index can be asked for all of them, also inside `or` */
  JOIN,     /* outer in (select …) */
  ASK,      /* exists (select …) */
} SubSelect;

static void compile_node (Compiler *c,
                          const WbFilterMap *map,
                          const WbFilter *node);

/* ---- Texts -------------------------------------------------------------------------------- */

/* Codes are stored as they came: what was typed, in capitals and in small letters, without repetition. */
static void
add_spellings (GPtrArray *spellings,
               const char *text)
{
  char *forms[] = { g_strdup (text), g_utf8_strup (text, -1), g_utf8_strdown (text, -1) };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      gboolean known = FALSE;

      for (guint j = i; j > 0 && !known; j--)
        known = strcmp (forms[i], forms[j - 1]) == 0;
      if (!known)
        g_ptr_array_add (spellings, g_strdup (forms[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    g_free (forms[i]);
}

/* A pattern for LIKE: what is special there escaped, wildcards translated. */
static char *
like_pattern (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (*p == WB_FILTER_WILD_MANY)
      g_string_append_c (out, '%');
    else if (*p == WB_FILTER_WILD_ONE)
      g_string_append_c (out, '_');
    else
      {
        if (strchr ("%_\\", *p) != NULL)
          g_string_append_c (out, '\\');
        g_string_append_c (out, *p);
      }

  return g_string_free (out, FALSE);
}

static char *
contains_pattern (const char *text)
{
  return g_strdup_printf ("%c%s%c", WB_FILTER_WILD_MANY, text, WB_FILTER_WILD_MANY);
}

/* The words `me` and digits-only fields. */
static char *
prepare_text (const Compiler *c,
              const WbField *field,
              const char *text)
{
  if (field->list != NULL && strcmp (field->list, "staff") == 0 && strcmp (text, "me") == 0)
    return g_strdup (c->context != NULL && c->context->me != NULL ? c->context->me : "");
  if ((field->flags & WB_FIELD_DIGITS) != 0)
    return wb_filter_phone_digits (text);

  return g_strdup (text);
}

/* value = $1, or value = any ($1) for several. Takes nothing. */
static void
append_equal (Compiler *c,
              const WbFilterMapField *place,
              GPtrArray *texts)
{
  if (texts->len == 1)
    {
      g_string_append_printf (c->sql, "%s = $%u", place->value,
                              _wb_db_params_add_text (c->params, g_ptr_array_index (texts, 0)));
      return;
    }
  g_string_append_printf (
    c->sql, "%s = any ($%u::%s[])", place->value,
    _wb_db_params_add_text_array (c->params, (const char *const *) texts->pdata, (gssize) texts->len),
    place->type != NULL ? place->type : "text");
}

/* What stands behind `like` for a folded text. Most patterns are plain ASCII, where folding is lower(): what needs no
 * function is planned faster. */
static void
append_pattern (Compiler *c,
                const char *text)
{
  g_autofree char *folded = NULL;
  g_autofree char *pattern = NULL;

  if (!g_str_is_ascii (text))
    {
      g_string_append_printf (c->sql, "api.like_pattern ($%u)", _wb_db_params_add_text (c->params, text));
      return;
    }
  folded = g_ascii_strdown (text, -1);
  pattern = like_pattern (folded);
  g_string_append_printf (c->sql, "$%u", _wb_db_params_add_text (c->params, pattern));
}

/* What a trigram index can find first: the text in which the value stands among others. */
static void
append_within (Compiler *c,
               const WbFilterMapField *place,
               const char *text)
{
  g_autofree char *around = contains_pattern (text);

  if (place->within == NULL)
    return;
  g_string_append_printf (c->sql, "%s like ", place->within);
  append_pattern (c, around);
  g_string_append (c->sql, " and ");
}

/* @text with wildcards against the whole value, case and accents left out. */
static void
append_like_folded (Compiler *c,
                    const WbFilterMapField *place,
                    const char *text)
{
  g_string_append_c (c->sql, '(');
  append_within (c, place, text);
  if (place->folded != NULL)
    g_string_append_printf (c->sql, "%s like ", place->folded);
  else if (place->within != NULL)
    g_string_append_printf (c->sql, "api.fold (%s) like ", place->value);
  else
    /* Folding a million values takes seconds, and most of them are plain ASCII, where it is lower(). */
    g_string_append_printf (c->sql,
                            "case when octet_length(%s) = length(%s) then lower(%s) else api.fold (%s) end like ",
                            place->value, place->value, place->value, place->value);
  append_pattern (c, text);
  g_string_append_c (c->sql, ')');
}

static void
append_exact_text (Compiler *c,
                   const WbFilterMapField *place,
                   const char *text)
{
  if (place->exact != NULL && !wb_filter_test_has_wildcards (text))
    g_string_append_printf (c->sql, "%s = lower($%u)", place->exact, _wb_db_params_add_text (c->params, text));
  else
    append_like_folded (c, place, text);
}

/* A code with wildcards: byte by byte, so that the index serves a prefix; in three spellings. */
static void
append_like_code (Compiler *c,
                  const WbFilterMapField *place,
                  const char *text)
{
  g_autoptr(GPtrArray) spellings = g_ptr_array_new_with_free_func (g_free);

  add_spellings (spellings, text);
  append_within (c, place, text);
  g_string_append_c (c->sql, '(');
  for (guint i = 0; i < spellings->len; i++)
    {
      g_autofree char *pattern = like_pattern (g_ptr_array_index (spellings, i));

      g_string_append_printf (c->sql, "%s%s like $%u", i > 0 ? " or " : "", place->value,
                              _wb_db_params_add_text (c->params, pattern));
    }
  g_string_append_c (c->sql, ')');
}

static void
append_element_like (Compiler *c,
                     const WbFilterMapField *place,
                     const char *text)
{
  g_string_append_printf (c->sql, "exists (select from unnest (%s) e where api.fold (e) like ", place->value);
  append_pattern (c, text);
  g_string_append_c (c->sql, ')');
}

/* Whether a test asks for a whole code, so that it can be put into one array with others. */
static gboolean
is_whole (const WbField *field,
          const WbFilterTest *test)
{
  return field->type != WB_FIELD_TEXT && test->op <= WB_FILTER_EXACT && test->a.text != NULL &&
         !wb_filter_test_has_wildcards (test->a.text);
}

/* All whole codes of a clause at once. Gives whether there were any. */
static gboolean
append_whole (Compiler *c,
              const WbFilterMapField *place,
              const WbField *field,
              const WbFilterTest *tests,
              guint n_tests)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  gboolean fixed = field->type == WB_FIELD_COUNTRY || field->choices != NULL;

  for (guint i = 0; i < n_tests; i++)
    if (is_whole (field, &tests[i]))
      {
        g_autofree char *text = prepare_text (c, field, tests[i].a.text);

        if (fixed)
          g_ptr_array_add (texts, g_steal_pointer (&text));
        else
          add_spellings (texts, text);
      }
  if (texts->len == 0)
    return FALSE;
  if ((place->flags & WB_MAP_ARRAY) != 0) /* partial indexes want to be told that it is not empty */
    g_string_append_printf (
      c->sql, "(%s && $%u::text[] and %s <> '{}')", place->value,
      _wb_db_params_add_text_array (c->params, (const char *const *) texts->pdata, (gssize) texts->len), place->value);
  else
    {
      if (n_tests == 1)
        append_within (c, place, g_ptr_array_index (texts, 0));
      append_equal (c, place, texts);
    }

  return TRUE;
}

static void
append_text_test (Compiler *c,
                  const WbFilterMapField *place,
                  const WbField *field,
                  const WbFilterTest *test)
{
  g_autofree char *text = prepare_text (c, field, test->a.text);
  g_autofree char *around = contains_pattern (text);

  if ((place->flags & WB_MAP_ARRAY) != 0)
    append_element_like (c, place, text);
  else if (field->type != WB_FIELD_TEXT)
    append_like_code (c, place, text);
  else if (test->op == WB_FILTER_EXACT || wb_filter_test_has_wildcards (text))
    append_exact_text (c, place, text);
  else
    append_like_folded (c, place, around);
}

/* ---- Numbers and times -------------------------------------------------------------------- */

static guint
add_time (Compiler *c,
          gint64 us)
{
  gint64 seconds = us / G_USEC_PER_SEC - (us % G_USEC_PER_SEC < 0);
  g_autoptr(GDateTime) whole = g_date_time_new_from_unix_utc (seconds);
  g_autoptr(GDateTime) moment = g_date_time_add (whole, us - seconds * G_USEC_PER_SEC);

  return _wb_db_params_add_timestamp (c->params, moment);
}

/* Millionths as an exact decimal. */
static guint
add_price (Compiler *c,
           gint64 number)
{
  guint64 n = number < 0 ? -(guint64) number : (guint64) number;
  g_autofree char *text = g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%06" G_GUINT64_FORMAT, number < 0 ? "-" : "",
                                           n / 1000000, n % 1000000);

  return _wb_db_params_add_text (c->params, text);
}

/* value <sign> $n */
static void
append_bound (Compiler *c,
              const WbFilterMapField *place,
              const WbField *field,
              const char *sign,
              gint64 number)
{
  switch (field->type)
    {
    case WB_FIELD_TIME:
      g_string_append_printf (c->sql, "%s %s $%u", place->value, sign, add_time (c, number));
      break;
    case WB_FIELD_DATE:
      g_string_append_printf (c->sql, "%s %s date '1970-01-01' + $%u::int", place->value, sign,
                              _wb_db_params_add_int64 (c->params, CLAMP (number, -700000, 2900000)));
      break;
    case WB_FIELD_PRICE:
      g_string_append_printf (c->sql, "%s %s $%u::numeric", place->value, sign, add_price (c, number));
      break;
    case WB_FIELD_MONEY:
    case WB_FIELD_INTEGER:
    case WB_FIELD_WEIGHT:
    case WB_FIELD_TEXT:
    case WB_FIELD_CODE:
    case WB_FIELD_ENUM:
    case WB_FIELD_BOOL:
    case WB_FIELD_COUNTRY:
    case WB_FIELD_TAGS:
    default:
      g_string_append_printf (c->sql, "%s %s $%u", place->value, sign, _wb_db_params_add_int64 (c->params, number));
      break;
    }
}

static void
append_interval (Compiler *c,
                 const WbFilterMapField *place,
                 const WbField *field,
                 const WbFilterInterval *in)
{
  gboolean numbers = field->type != WB_FIELD_TIME && field->type != WB_FIELD_DATE;

  if (in->never)
    {
      g_string_append (c->sql, "false");
      return;
    }
  if (numbers && in->has_from && in->has_to && in->to == in->from + 1)
    {
      append_bound (c, place, field, "=", in->from);
      return;
    }
  g_string_append_c (c->sql, '(');
  if (in->has_from)
    append_bound (c, place, field, ">=", in->from);
  if (in->has_from && in->has_to)
    g_string_append (c->sql, " and ");
  if (in->has_to)
    append_bound (c, place, field, "<", in->to);
  if (place->any != NULL && (!in->has_from || !in->has_to)) /* what is not set is kept as an infinity */
    g_string_append_printf (c->sql, " and %s", place->any);
  g_string_append_c (c->sql, ')');
}

static const char *
get_home (const WbFilterContext *context)
{
  return context != NULL && context->currency[0] != '\0' ? context->currency : "EUR";
}

/* The currencies in use with (or without) so many decimals. */
static GPtrArray *
list_currencies (const WbFilterContext *context,
                 guint digits,
                 gboolean with)
{
  GPtrArray *codes = g_ptr_array_new ();

  for (guint i = 0; context != NULL && context->currencies != NULL && context->currencies[i] != NULL; i++)
    if ((wb_currency_get_digits (context->currencies[i]) == digits) == with)
      g_ptr_array_add (codes, (gpointer) context->currencies[i]);

  return codes;
}

static void
append_of_currencies (Compiler *c,
                      const WbFilterMapField *place,
                      const WbField *field,
                      const WbFilterInterval *in,
                      const char *which,
                      GPtrArray *codes)
{
  g_string_append_printf (
    c->sql, "(%s %s ($%u::bpchar[]) and ", place->currency, which,
    _wb_db_params_add_text_array (c->params, (const char *const *) codes->pdata, (gssize) codes->len));
  append_interval (c, place, field, in);
  g_string_append_c (c->sql, ')');
}

/* `total:>100` means 100 of each row's own currency: one condition for all with so many decimals. */
static void
append_in_own_currency (Compiler *c,
                        const WbFilterMapField *place,
                        const WbField *field,
                        const WbFilterTest *test)
{
  guint home = wb_currency_get_digits (get_home (c->context));
  WbFilterInterval in = wb_filter_test_interval (test, field, home, c->context);
  g_autoptr(GPtrArray) others = list_currencies (c->context, home, FALSE);

  if (others->len == 0)
    {
      append_interval (c, place, field, &in);
      return;
    }
  g_string_append_c (c->sql, '(');
  append_of_currencies (c, place, field, &in, "<> all", others);
  for (guint digits = 0; digits < 5; digits++)
    {
      g_autoptr(GPtrArray) codes = list_currencies (c->context, digits, TRUE);

      if (digits == home || codes->len == 0)
        continue;
      in = wb_filter_test_interval (test, field, digits, c->context);
      g_string_append (c->sql, " or ");
      append_of_currencies (c, place, field, &in, "= any", codes);
    }
  g_string_append_c (c->sql, ')');
}

static void
append_number_test (Compiler *c,
                    const WbFilterMapField *place,
                    const WbField *field,
                    const WbFilterTest *test)
{
  const char *currency = test->a.set ? test->a.currency : test->b.currency;
  WbFilterInterval in;

  if (field->type == WB_FIELD_MONEY && currency[0] == '\0')
    {
      append_in_own_currency (c, place, field, test);
      return;
    }
  in = wb_filter_test_interval (test, field, currency[0] != '\0' ? wb_currency_get_digits (currency) : 0, c->context);
  if (currency[0] != '\0')
    g_string_append_printf (c->sql, "(%s = $%u and ", place->currency, _wb_db_params_add_text (c->params, currency));
  append_interval (c, place, field, &in);
  if (currency[0] != '\0')
    g_string_append_c (c->sql, ')');
}

/* ---- Clauses ------------------------------------------------------------------------------ */

/* When the value is not empty. */
static void
append_any (Compiler *c,
            const WbFilterMapField *place,
            const WbField *field)
{
  if (place->any != NULL)
    g_string_append (c->sql, place->any);
  else if ((place->flags & WB_MAP_ARRAY) != 0)
    g_string_append_printf (c->sql, "%s <> '{}'", place->value);
  else if (field->type == WB_FIELD_TEXT || field->type == WB_FIELD_CODE ||
           (field->type == WB_FIELD_ENUM && place->type == NULL))
    g_string_append_printf (c->sql, "%s <> ''", place->value);
  else
    g_string_append_printf (c->sql, "%s is not null", place->value);
}

static void
append_test (Compiler *c,
             const WbFilterMapField *place,
             const WbField *field,
             const WbFilterTest *test)
{
  if (test->op == WB_FILTER_ANY)
    append_any (c, place, field);
  else if (field->type == WB_FIELD_BOOL)
    g_string_append_printf (c->sql, "%s%s", test->a.number ? "" : "not ", place->value);
  else if (test->a.text != NULL)
    append_text_test (c, place, field, test);
  else
    append_number_test (c, place, field, test);
}

/* The tests of a clause but `none`, any of which is enough, on the value itself. */
static void
append_tests (Compiler *c,
              const WbFilterMapField *place,
              const WbField *field,
              const WbFilterTest *tests,
              guint n_tests)
{
  gboolean outer_or = c->in_or;
  gboolean first = TRUE;

  c->in_or = c->in_or || n_tests > 1;
  g_string_append_c (c->sql, '(');
  first = !append_whole (c, place, field, tests, n_tests);
  for (guint i = 0; i < n_tests; i++)
    {
      if (tests[i].op == WB_FILTER_NONE || is_whole (field, &tests[i]))
        continue;
      if (!first)
        g_string_append (c->sql, " or ");
      first = FALSE;
      append_test (c, place, field, &tests[i]);
    }
  g_string_append_c (c->sql, ')');
  c->in_or = outer_or;
}

static guint
count_op (const WbFilterTest *tests,
          guint n_tests,
          WbFilterOp op)
{
  guint n = 0;

  for (guint i = 0; i < n_tests; i++)
    n += tests[i].op == op;

  return n;
}

static SubSelect
choose_sub_select (const Compiler *c,
                   WbFilterMapFlags flags,
                   gboolean single)
{
  if (single)
    return LOOK_UP;
  if ((flags & WB_MAP_SMALL) != 0)
    return COLLECT;
  if (c->in_not || c->shape == WB_FILTER_SQL_ROW_BY_ROW)
    return ASK;

  return c->in_or ? COLLECT : JOIN;
}

/* The beginning of a condition on rows of @from whose @key is our @outer. */
static void
open_sub_select (Compiler *c,
                 SubSelect kind,
                 const char *outer,
                 const char *key,
                 const char *from)
{
  switch (kind)
    {
    case LOOK_UP:
      g_string_append_printf (c->sql, "%s = (select %s from %s where ", outer, key, from);
      break;
    case COLLECT:
      g_string_append_printf (c->sql, "%s = any (array (select %s from %s where ", outer, key, from);
      break;
    case ASK:
      if (g_str_has_suffix (from, " t")) /* ours is called t as well: it is handed in by another name */
        g_string_append_printf (c->sql, "exists (select from (select %s as v) o, %s where %s = o.v and ", outer, from, key);
      else
        g_string_append_printf (c->sql, "exists (select from %s where %s = %s and ", from, key, outer);
      break;
    case JOIN:
    default:
      g_string_append_printf (c->sql, "%s in (select %s from %s where ", outer, key, from);
      break;
    }
}

static void
close_sub_select (Compiler *c,
                  SubSelect kind)
{
  if (kind == ASK && c->shape == WB_FILTER_SQL_ROW_BY_ROW)
    g_string_append (c->sql, " offset 0"); /* or the server makes a join of it */
  g_string_append (c->sql, kind == COLLECT ? "))" : ")");
}

/* All tests but `none` of a field, wherever its values stand. */
static void
append_field (Compiler *c,
              const WbFilterMapField *place,
              const WbField *field,
              const WbFilterTest *tests,
              guint n_tests)
{
  g_autoptr(GPtrArray) spellings = NULL;
  gboolean single = FALSE, in_or = c->in_or;
  SubSelect kind = JOIN;

  if (place->from == NULL)
    {
      append_tests (c, place, field, tests, n_tests);
      return;
    }
  if ((place->flags & WB_MAP_UNIQUE) != 0 && n_tests == 1 && is_whole (field, &tests[0]))
    {
      spellings = g_ptr_array_new_with_free_func (g_free);
      add_spellings (spellings, tests[0].a.text);
      single = TRUE;
    }
  kind = choose_sub_select (c, place->flags, single);
  open_sub_select (c, kind, place->outer, place->key, place->from);
  c->in_or = FALSE;
  append_tests (c, place, field, tests, n_tests);
  c->in_or = in_or;
  if (single && spellings->len > 1) /* two rows that differ in case only would be an error */
    g_string_append (c->sql, " limit 1");
  close_sub_select (c, kind);
}

/* A clause, perhaps through a relation. */
static void
append_related (Compiler *c,
                const WbFilterMap *map,
                const WbRelation *relation,
                const WbField *field,
                const WbFilterTest *tests,
                guint n_tests)
{
  const WbFilterMapRelation *link = NULL;
  const WbFilterMap *target = map;
  gboolean in_or = c->in_or;
  SubSelect kind = choose_sub_select (c, 0, FALSE);

  if (relation != NULL)
    {
      link = _wb_filter_map_find_relation (map, relation);
      target = _wb_filter_map_get (wb_catalogue_get (relation->target));
      open_sub_select (c, kind, link->outer, link->inner, target->from);
      c->in_or = FALSE;
    }
  append_field (c, _wb_filter_map_find (target, field), field, tests, n_tests);
  c->in_or = in_or;
  if (relation != NULL)
    close_sub_select (c, kind);
}

/* Whether a clause asks for rows of another table, one way or another as many as ours: then "not exists" is what the server can
 * plan, where it would keep all those rows in memory for "(in (select …)) is not true". */
static gboolean
stands_elsewhere (const WbFilterMap *map,
                  const WbRelation *relation,
                  const WbField *field)
{
  const WbFilterMapField *place = relation == NULL ? _wb_filter_map_find (map, field) : NULL;

  return relation != NULL || (place->from != NULL && (place->flags & WB_MAP_SMALL) == 0);
}

static void
compile_clause (Compiler *c,
                const WbFilterMap *map,
                const WbFilter *node)
{
  static const WbFilterTest any = { .op = WB_FILTER_ANY };
  guint n_none = count_op (node->tests, node->n_tests, WB_FILTER_NONE);
  gboolean both = n_none > 0 && n_none < node->n_tests;
  gboolean in_or = c->in_or;

  c->in_or = c->in_or || both;
  if (both)
    g_string_append_c (c->sql, '(');
  if (n_none > 0)
    {
      gboolean elsewhere = stands_elsewhere (map, node->relation, node->field), in_not = c->in_not;

      c->in_not = TRUE;
      g_string_append (c->sql, elsewhere ? "not (" : "(");
      append_related (c, map, node->relation, node->field, &any, 1);
      g_string_append (c->sql, elsewhere ? ")" : ") is not true");
      c->in_not = in_not;
    }
  if (both)
    g_string_append (c->sql, " or ");
  if (n_none < node->n_tests)
    append_related (c, map, node->relation, node->field, node->tests, node->n_tests);
  if (both)
    g_string_append_c (c->sql, ')');
  c->in_or = in_or;
}

/* ---- Words -------------------------------------------------------------------------------- */

static void
compile_route (Compiler *c,
               const WbFilterMap *map,
               const WbFilter *node,
               const WbWordRoute *route,
               const char *word)
{
  const WbRelation *relation = NULL;
  const WbField *field = wb_word_route_find (node->catalogue, route, &relation);
  g_autofree char *prefix = g_strdup_printf ("%s%c", word, WB_FILTER_WILD_MANY);
  WbFilterTest test = { .op = route->match == WB_WORD_CONTAINS ? WB_FILTER_MATCH : WB_FILTER_EXACT,
                        .a = { .set = TRUE,
                               .text = route->match == WB_WORD_PREFIX ? prefix : (char *) word } };

  append_related (c, map, relation, field, &test, 1);
}

static void
compile_word (Compiler *c,
              const WbFilterMap *map,
              const WbFilter *node)
{
  gboolean in_or = c->in_or;
  guint n = 0;

  for (const WbWordRoute *r = node->catalogue->words; r != NULL && r->field != NULL; r++)
    {
      g_autofree char *word = wb_filter_word_for_route (node, r);

      n += word != NULL;
    }
  c->in_or = c->in_or || n > 1;
  g_string_append (c->sql, n > 0 ? "(" : "false");
  for (const WbWordRoute *r = node->catalogue->words; n > 0 && r->field != NULL; r++)
    {
      g_autofree char *word = wb_filter_word_for_route (node, r);

      if (word == NULL)
        continue;
      if (c->sql->str[c->sql->len - 1] != '(')
        g_string_append (c->sql, " or ");
      compile_route (c, map, node, r, word);
    }
  if (n > 0)
    g_string_append_c (c->sql, ')');
  c->in_or = in_or;
}

static void
compile_group (Compiler *c,
               const WbFilterMap *map,
               const WbFilter *node)
{
  gboolean in_or = c->in_or;

  if (node->n_children == 0)
    {
      g_string_append (c->sql, "true");
      return;
    }
  c->in_or = c->in_or || node->type == WB_FILTER_OR;
  g_string_append_c (c->sql, '(');
  for (guint i = 0; i < node->n_children; i++)
    {
      if (i > 0)
        g_string_append (c->sql, node->type == WB_FILTER_OR ? " or " : " and ");
      compile_node (c, map, node->children[i]);
    }
  g_string_append_c (c->sql, ')');
  c->in_or = in_or;
}

/* Two-valued: what is unknown does not pass, so its opposite does. */
static void
compile_not (Compiler *c,
             const WbFilterMap *map,
             const WbFilter *child)
{
  gboolean known = child->type == WB_FILTER_CLAUSE && count_op (child->tests, child->n_tests, WB_FILTER_NONE) == 0 &&
                   stands_elsewhere (map, child->relation, child->field);
  gboolean in_not = c->in_not;

  c->in_not = TRUE;
  g_string_append (c->sql, known ? "not (" : "(");
  compile_node (c, map, child);
  g_string_append (c->sql, known ? ")" : ") is not true");
  c->in_not = in_not;
}

static void
compile_node (Compiler *c,
              const WbFilterMap *map,
              const WbFilter *node)
{
  switch (node->type)
    {
    case WB_FILTER_AND:
    case WB_FILTER_OR:
      compile_group (c, map, node);
      break;
    case WB_FILTER_NOT:
      compile_not (c, map, node->children[0]);
      break;
    case WB_FILTER_CONDITION:
      compile_node (c, map, node->children[0]);
      break;
    case WB_FILTER_WORD:
      compile_word (c, map, node);
      break;
    case WB_FILTER_CLAUSE:
    default:
      compile_clause (c, map, node);
      break;
    }
}

void
_wb_filter_sql_append (const WbFilter *filter,
                       const WbFilterContext *context,
                       WbFilterSqlShape shape,
                       WbDbParams *params,
                       GString *sql)
{
  Compiler c = { .context = context, .params = params, .sql = sql, .shape = shape };

  if (wb_filter_is_empty (filter))
    g_string_append (sql, "true");
  else
    compile_node (&c, _wb_filter_map_get (wb_filter_get_catalogue (filter)), filter);
}
