/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filters to SQL: one value against what was asked for, whole or in part, larger or smaller. */
#include "config.h"

#include "core/wb-filter-node.h"
#include "core/wb-money.h"
#include "db/wb-filter-sql-value-private.h"

#include <string.h>

/* ---- Texts -------------------------------------------------------------------------------- */

/* Codes are stored as they came: what was typed, in capitals and in small letters, without repetition. */
void
_wb_filter_sql_add_spellings (GPtrArray *spellings,
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
prepare_text (const WbFilterCompiler *c,
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
append_equal (WbFilterCompiler *c,
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
append_pattern (WbFilterCompiler *c,
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
append_within (WbFilterCompiler *c,
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

/* The same for one of several texts; nothing where one of them is not plain ASCII. */
static void
append_within_any (WbFilterCompiler *c,
                   const WbFilterMapField *place,
                   GPtrArray *texts)
{
  g_autoptr(GPtrArray) patterns = g_ptr_array_new_with_free_func (g_free);

  if (place->within == NULL)
    return;
  for (guint i = 0; i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);
      g_autofree char *around = contains_pattern (text);
      g_autofree char *folded = g_ascii_strdown (around, -1);
      char *pattern = like_pattern (folded);

      if (!g_str_is_ascii (text) || g_ptr_array_find_with_equal_func (patterns, pattern, g_str_equal, NULL))
        g_free (pattern);
      else
        g_ptr_array_add (patterns, pattern);
      if (!g_str_is_ascii (text))
        return;
    }
  g_string_append_printf (
    c->sql, "%s like any ($%u::text[]) and ", place->within,
    _wb_db_params_add_text_array (c->params, (const char *const *) patterns->pdata, (gssize) patterns->len));
}

/* @text with wildcards against the whole value, case and accents left out. */
static void
append_like_folded (WbFilterCompiler *c,
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
append_exact_text (WbFilterCompiler *c,
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
append_like_code (WbFilterCompiler *c,
                  const WbFilterMapField *place,
                  const char *text)
{
  g_autoptr(GPtrArray) spellings = g_ptr_array_new_with_free_func (g_free);

  _wb_filter_sql_add_spellings (spellings, text);
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
append_element_like (WbFilterCompiler *c,
                     const WbFilterMapField *place,
                     const char *text)
{
  g_string_append_printf (c->sql, "exists (select from unnest (%s) e where api.fold (e) like ", place->value);
  append_pattern (c, text);
  g_string_append_c (c->sql, ')');
}

/* Whether a test asks for a whole code, so that it can be put into one array with others. */
gboolean
_wb_filter_sql_is_whole (const WbField *field,
          const WbFilterTest *test)
{
  return field->type != WB_FIELD_TEXT && test->op <= WB_FILTER_EXACT && test->a.text != NULL &&
         !wb_filter_test_has_wildcards (test->a.text);
}

/* All whole codes of a clause at once. Gives whether there were any. */
gboolean
_wb_filter_sql_append_whole (WbFilterCompiler *c,
              const WbFilterMapField *place,
              const WbField *field,
              const WbFilterTest *tests,
              guint n_tests)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  gboolean fixed = field->type == WB_FIELD_COUNTRY || field->choices != NULL;

  for (guint i = 0; i < n_tests; i++)
    if (_wb_filter_sql_is_whole (field, &tests[i]))
      {
        g_autofree char *text = prepare_text (c, field, tests[i].a.text);

        if (fixed)
          g_ptr_array_add (texts, g_steal_pointer (&text));
        else
          _wb_filter_sql_add_spellings (texts, text);
      }
  if (texts->len == 0)
    return FALSE;
  if ((place->flags & WB_MAP_ARRAY) != 0)
    g_string_append_printf (
      c->sql, "%s && $%u::text[]", place->value,
      _wb_db_params_add_text_array (c->params, (const char *const *) texts->pdata, (gssize) texts->len));
  else
    {
      g_string_append_c (c->sql, '(');
      append_within_any (c, place, texts);
      append_equal (c, place, texts);
      g_string_append_c (c->sql, ')');
    }

  return TRUE;
}

static void
append_text_test (WbFilterCompiler *c,
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
add_time (WbFilterCompiler *c,
          gint64 us)
{
  gint64 seconds = us / G_USEC_PER_SEC - (us % G_USEC_PER_SEC < 0);
  g_autoptr(GDateTime) whole = g_date_time_new_from_unix_utc (seconds);
  g_autoptr(GDateTime) moment = g_date_time_add (whole, us - seconds * G_USEC_PER_SEC);

  return _wb_db_params_add_timestamp (c->params, moment);
}

/* Millionths as an exact decimal. */
static guint
add_price (WbFilterCompiler *c,
           gint64 number)
{
  guint64 n = number < 0 ? -(guint64) number : (guint64) number;
  g_autofree char *text = g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%06" G_GUINT64_FORMAT, number < 0 ? "-" : "",
                                           n / 1000000, n % 1000000);

  return _wb_db_params_add_text (c->params, text);
}

/* value <sign> $n */
static void
append_bound (WbFilterCompiler *c,
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
append_interval (WbFilterCompiler *c,
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
append_of_currencies (WbFilterCompiler *c,
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
append_in_own_currency (WbFilterCompiler *c,
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
append_number_test (WbFilterCompiler *c,
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

/* A text: empty when there is none. */
static gboolean
is_text (const WbFilterMapField *place,
         const WbField *field)
{
  return place->type == NULL &&
         (field->type == WB_FIELD_TEXT || field->type == WB_FIELD_CODE || field->type == WB_FIELD_ENUM);
}

/* When the value is not empty. */
void
_wb_filter_sql_append_any (WbFilterCompiler *c,
                           const WbFilterMapField *place,
                           const WbField *field)
{
  if (place->any != NULL)
    g_string_append (c->sql, place->any);
  else if ((place->flags & WB_MAP_ARRAY) != 0)
    g_string_append_printf (c->sql, "%s <> '{}'", place->value);
  else if (is_text (place, field))
    g_string_append_printf (c->sql, "%s <> ''", place->value);
  else
    g_string_append_printf (c->sql, "%s is not null", place->value);
}

/* When the value is empty, in a shape that an index can serve. */
void
_wb_filter_sql_append_none (WbFilterCompiler *c,
                            const WbFilterMapField *place,
                            const WbField *field)
{
  if (place->any != NULL)
    g_string_append_printf (c->sql, "not (%s)", place->any); /* never null */
  else if ((place->flags & WB_MAP_ARRAY) != 0)
    g_string_append_printf (c->sql, "%s = '{}'", place->value);
  else if (!is_text (place, field))
    g_string_append_printf (c->sql, "%s is null", place->value);
  else if ((place->flags & WB_MAP_MAYBE) != 0)
    g_string_append_printf (c->sql, "(%s <> '') is not true", place->value);
  else
    g_string_append_printf (c->sql, "%s = ''", place->value);
}

void
_wb_filter_sql_append_test (WbFilterCompiler *c,
             const WbFilterMapField *place,
             const WbField *field,
             const WbFilterTest *test)
{
  if (test->op == WB_FILTER_ANY)
    _wb_filter_sql_append_any (c, place, field);
  else if (field->type == WB_FIELD_BOOL)
    g_string_append_printf (c->sql, "%s%s", test->a.number ? "" : "not ", place->value);
  else if (test->a.text != NULL)
    append_text_test (c, place, field, test);
  else
    append_number_test (c, place, field, test);
}
