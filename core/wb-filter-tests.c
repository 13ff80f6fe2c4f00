/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows a field's colon: `>100`, `a,b;c`, `100..500`, `none`. */
#include "config.h"

#include "core/wb-field-private.h"
#include "core/wb-filter-private.h"
#include "core/wb-money.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_numeric (const WbField *field)
{
  return field->type == WB_FIELD_MONEY || field->type == WB_FIELD_PRICE || field->type == WB_FIELD_INTEGER ||
         field->type == WB_FIELD_WEIGHT;
}

static gboolean
is_money (const WbField *field)
{
  return field->type == WB_FIELD_MONEY || field->type == WB_FIELD_PRICE;
}

static gboolean
has_unit (const char *text)
{
  return *text != '\0' && strspn (text, "+-0123456789.") < strlen (text);
}

/* `>100 EUR`, `>2 kg`: the unit behind a space belongs to the number. */
static void
join_unit (WbFilterReader *reader,
           const WbField *field,
           WbFilterRaw *raw)
{
  const char *p = reader->at;
  gsize n = 0;
  g_autofree char *unit = NULL;
  char *joined = NULL;

  if ((!is_money (field) && field->type != WB_FIELD_WEIGHT) || !raw->plain || has_unit (raw->text))
    return;
  while (_wb_filter_is_space (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  while (g_ascii_isalpha (p[n]))
    n++;
  if (p == reader->at || n == 0 || !_wb_filter_is_stop (p + n, TRUE))
    return;
  unit = g_strndup (p, n);
  if (is_money (field))
    {
      gboolean in_use = reader->context != NULL && reader->context->currencies != NULL
                          ? g_strv_contains (reader->context->currencies, unit)
                          : _wb_words_contain ("EUR USD GBP CHF JPY SEK NOK DKK PLN CZK CAD AUD", unit, -1);

      /* Upper case only: "total:>100 all" looks for the word "all". */
      if (!in_use || !g_ascii_isupper (unit[0]) || !wb_currency_is_known (unit))
        return;
    }
  else if (!_wb_filter_is_weight_unit (unit))
    return;

  joined = g_strconcat (raw->text, unit, NULL);
  g_free (raw->text);
  raw->text = joined;
  reader->at = p + n;
  raw->end = reader->at - reader->text;
}

/* In `1..2kg`, `100..500eur` and `100eur..500` the unit is that of both ends. */
static void
lend_unit (const WbField *field,
           WbFilterRaw *a,
           const WbFilterRaw *b)
{
  const char *unit = b->text + strspn (b->text, "+-0123456789.");
  char *joined = NULL;

  if ((!is_money (field) && field->type != WB_FIELD_WEIGHT) || *a->text == '\0' || has_unit (a->text))
    return;
  if (*unit == '\0' || (b->text == unit && !is_money (field)))
    return;
  if (b->text == unit) /* €500, EUR500 */
    joined = g_strdup_printf ("%.*s%s", (int) strcspn (unit, "+-0123456789."), unit, a->text);
  else
    joined = g_strconcat (a->text, unit, NULL);
  g_free (a->text);
  a->text = joined;
}

static WbFilterOp
read_operator (WbFilterReader *reader)
{
  static const struct
  {
    const char *text;
    WbFilterOp op;
  } operators[] = {
    { "<=", WB_FILTER_LE }, { ">=", WB_FILTER_GE }, { "≤", WB_FILTER_LE },   { "≥", WB_FILTER_GE },
    { "<", WB_FILTER_LT },  { ">", WB_FILTER_GT },  { "=", WB_FILTER_EXACT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_has_prefix (reader->at, operators[i].text))
      {
        reader->at += strlen (operators[i].text);
        _wb_filter_skip_space (reader);
        return operators[i].op;
      }

  return WB_FILTER_MATCH;
}

static gboolean
add_test (WbFilterReader *reader,
          GArray *tests,
          const WbFilterTest *test,
          GError **error)
{
  gsize here = reader->at - reader->text;

  g_array_append_vals (tests, test, 1);
  if (++reader->n_values <= WB_FILTER_MAX_VALUES)
    return TRUE;

  _wb_filter_set_error (error, reader, here, here, WB_FILTER_ERROR_LIMIT, NULL, NULL,
                        _ ("more than %d values in one expression"), WB_FILTER_MAX_VALUES);
  return FALSE;
}

static int
choice_position (const WbField *field,
                 const char *code)
{
  for (int i = 0; field->choices[i].code != NULL; i++)
    if (strcmp (field->choices[i].code, code) == 0)
      return i;

  return -1;
}

/* `priority:>=high` is the list of the choices that come there or later. */
static gboolean
add_choices_between (WbFilterReader *reader,
                     const WbField *field,
                     int from,
                     int to,
                     const WbFilterRaw *raw,
                     GArray *tests,
                     GError **error)
{
  for (int i = from; i < to; i++)
    {
      WbFilterTest test = { .op = WB_FILTER_MATCH, .a = { .set = TRUE, .text = g_strdup (field->choices[i].code) } };

      if (!add_test (reader, tests, &test, error))
        return FALSE;
    }
  if (from < to)
    return TRUE;

  _wb_filter_set_error (error, reader, raw->start, raw->end, WB_FILTER_ERROR_VALUE, _ ("another value"), NULL,
                        _ ("no value of “%s” lies there"), field->name);
  return FALSE;
}

static gboolean
add_choice_test (WbFilterReader *reader,
                 const WbField *field,
                 const WbFilterRaw *raw,
                 const WbFilterTest *test,
                 GArray *tests,
                 GError **error)
{
  int n = 0, a = 0, b = 0;

  while (field->choices[n].code != NULL)
    n++;
  a = test->a.set ? choice_position (field, test->a.text) : 0;
  b = test->b.set ? choice_position (field, test->b.text) : n - 1;
  switch (test->op)
    {
    case WB_FILTER_LT:
      return add_choices_between (reader, field, 0, a, raw, tests, error);
    case WB_FILTER_LE:
      return add_choices_between (reader, field, 0, a + 1, raw, tests, error);
    case WB_FILTER_GT:
      return add_choices_between (reader, field, a + 1, n, raw, tests, error);
    case WB_FILTER_GE:
      return add_choices_between (reader, field, a, n, raw, tests, error);
    case WB_FILTER_RANGE:
      return add_choices_between (reader, field, a, b + 1, raw, tests, error);
    case WB_FILTER_MATCH:
    case WB_FILTER_EXACT:
    case WB_FILTER_NONE:
    case WB_FILTER_ANY:
    default:
      return add_choices_between (reader, field, a, a + 1, raw, tests, error);
    }
}

/* A group of countries, or the fixed choices that a wildcard fits. TRUE with nothing added: neither. */
static gboolean
add_expansion (WbFilterReader *reader,
               const WbField *field,
               const WbFilterRaw *raw,
               GArray *tests,
               gboolean *done,
               GError **error)
{
  const char *const *group = field->type == WB_FIELD_COUNTRY ? _wb_country_group (raw->text) : NULL;
  guint before = tests->len;

  *done = group != NULL;
  for (; group != NULL && *group != NULL; group++)
    {
      WbFilterTest test = { .op = WB_FILTER_MATCH, .a = { .set = TRUE, .text = g_strdup (*group) } };

      if (!add_test (reader, tests, &test, error))
        return FALSE;
    }
  if (*done || field->type != WB_FIELD_ENUM || field->choices == NULL || !wb_filter_test_has_wildcards (raw->text))
    return TRUE;

  *done = TRUE;
  for (const WbFieldChoice *c = field->choices; c->code != NULL; c++)
    {
      WbFilterTest test = { .op = WB_FILTER_MATCH, .a = { .set = TRUE } };

      if (!wb_filter_text_matches (raw->text, c->code))
        continue;
      test.a.text = g_strdup (c->code);
      if (!add_test (reader, tests, &test, error))
        return FALSE;
    }
  if (tests->len > before)
    return TRUE;

  _wb_filter_set_error (error, reader, raw->start, raw->end, WB_FILTER_ERROR_VALUE, _ ("one of the values"), NULL,
                        _ ("no value of “%s” looks like that"), field->name);
  return FALSE;
}

static gboolean
check_wildcards (WbFilterReader *reader,
                 const WbField *field,
                 const WbFilterRaw *raw,
                 GError **error)
{
  if (!wb_filter_test_has_wildcards (raw->text) || field->type == WB_FIELD_TEXT || field->type == WB_FIELD_CODE ||
      field->type == WB_FIELD_TAGS || (field->type == WB_FIELD_ENUM && field->choices == NULL))
    return TRUE;

  _wb_filter_set_error (error, reader, raw->start, raw->end, WB_FILTER_ERROR_VALUE, _ ("a whole value"), NULL,
                        _ ("“%s” takes no * and ?"), field->name);
  return FALSE;
}

/* Whether the digits around a comma are those of one number: 1,000 and 1.000,50 and, of money, 99,50. */
static gboolean
is_one_number (const WbField *field,
               const char *before,
               const char *behind)
{
  gsize n = strspn (behind, "0123456789");
  gsize before_comma = strspn (before, "0123456789.");

  if (before[before_comma] != '\0' || before_comma == 0 || before[0] == '0')
    return FALSE;
  if (strchr (before, '.') != NULL)
    return n == 2 || n == 3;

  return n == 3 ? before_comma <= 3 && (is_money (field) || strncmp (behind, "000", 3) == 0)
                : n == 2 && is_money (field) && strspn (behind, "0123456789.") == n;
}

/* `>1,000` is a trap: the comma begins another value. Say so instead of finding something else. */
static gboolean
check_comma (WbFilterReader *reader,
             const WbField *field,
             const WbFilterRaw *raw,
             const WbFilterTest *before,
             gsize before_start,
             GError **error)
{
  g_autoptr(GString) suggestion = NULL;
  g_autofree char *head = NULL;
  gboolean decimals = FALSE;

  if (before == NULL || !is_numeric (field) || reader->text[raw->start - 1] != ',' || !g_ascii_isdigit (raw->text[0]))
    return TRUE;
  head = g_strndup (reader->text + before_start, raw->start - 1 - before_start);
  if (before->op < WB_FILTER_LT ? before->op > WB_FILTER_EXACT || !is_one_number (field, head, raw->text) : before->op > WB_FILTER_RANGE)
    return TRUE;

  decimals = strspn (raw->text, "0123456789") != 3;
  suggestion = g_string_new (head);
  if (decimals && strstr (head, "..") == NULL)
    g_string_replace (suggestion, ".", "", 0); /* 1.000,50 */
  g_string_append_printf (suggestion, "%s%s", decimals ? "." : "", raw->text);
  _wb_filter_set_error (error, reader, before_start, raw->end, WB_FILTER_ERROR_VALUE, _ ("a number without a comma"),
                        suggestion->str, _ ("a comma begins another value: write “%s”, or “;” between two values"),
                        suggestion->str);
  return FALSE;
}

static gboolean
read_upper_end (WbFilterReader *reader,
                const WbField *field,
                WbFilterRaw *a,
                WbFilterTest *test,
                GError **error)
{
  g_auto(WbFilterRaw) b = { 0 };

  reader->at += 2;
  test->op = WB_FILTER_RANGE;
  if (!_wb_filter_read_raw (reader, TRUE, TRUE, &b, error))
    return FALSE;
  join_unit (reader, field, &b);
  lend_unit (field, a, &b);
  lend_unit (field, &b, a);
  if (*b.text == '\0' && *a->text == '\0')
    {
      _wb_filter_set_error (error, reader, a->start, b.end, WB_FILTER_ERROR_SYNTAX, _ ("a value before or after .."), NULL,
                            _ ("a range needs at least one end"));
      return FALSE;
    }
  if (!check_wildcards (reader, field, &b, error))
    return FALSE;
  if (*b.text != '\0' && !_wb_filter_value_parse (reader, field, &b, &test->b, error))
    return FALSE;
  if (*a->text != '\0' && !_wb_filter_value_parse (reader, field, a, &test->a, error))
    return FALSE;
  if (is_money (field) && test->a.set && test->b.set && strcmp (test->a.currency, test->b.currency) != 0)
    {
      _wb_filter_set_error (error, reader, a->start, b.end, WB_FILTER_ERROR_VALUE, _ ("one currency"), NULL,
                            _ ("both ends of a range must be in one currency"));
      return FALSE;
    }
  if (is_numeric (field) && test->a.set && test->b.set && test->a.number > test->b.number)
    {
      g_autofree char *lower = g_strndup (reader->text + a->start, a->end - a->start);
      g_autofree char *upper = g_strndup (reader->text + b.start, b.end - b.start);
      g_autofree char *swapped = g_strdup_printf ("%s..%s", upper, lower);

      _wb_filter_set_error (error, reader, a->start, b.end, WB_FILTER_ERROR_VALUE, _ ("the smaller one first"), swapped,
                            _ ("nothing lies between %s and %s: write the smaller one first"), lower, upper);
      return FALSE;
    }

  return TRUE;
}

/* status:(shipped or delivered) */
static void
set_list_error (const WbFilterReader *reader,
                const WbField *field,
                GError **error)
{
  gsize here = reader->at - reader->text;
  const char *close = strchr (reader->at, ')');
  gsize end = close != NULL ? (gsize) (close + 1 - reader->text) : here + 1;
  g_autofree char *inside = g_strndup (reader->at, end - here);
  g_autofree char *list = close != NULL ? _wb_filter_hint_list (field, inside) : NULL;

  if (list != NULL)
    _wb_filter_set_error (error, reader, here, end, WB_FILTER_ERROR_SYNTAX, _ ("commas between the values"), list,
                          _ ("several values have commas between them: %s"), list);
  else
    _wb_filter_set_error (error, reader, here, here + 1, WB_FILTER_ERROR_SYNTAX, _ ("a value"), NULL,
                          _ ("values stand without parentheses and with commas between them: %s:a,b"), field->name);
}

static gboolean
read_value (WbFilterReader *reader,
            const WbField *field,
            WbFilterRaw *raw,
            WbFilterTest *test,
            GError **error)
{
  gsize here = reader->at - reader->text;

  if (*raw->text == '\0' && raw->plain && *reader->at == '(')
    {
      set_list_error (reader, field, error);
      return FALSE;
    }
  if (*raw->text == '\0' && raw->plain)
    {
      _wb_filter_set_error (error, reader, here, here + (reader->at[0] == ',' || reader->at[0] == ';'),
                            WB_FILTER_ERROR_SYNTAX, _ ("a value"), NULL, _ ("a value is missing after “%s:”"), field->name);
      return FALSE;
    }
  if (*raw->text == '\0')
    {
      test->op = WB_FILTER_NONE; /* name:"" */
      return TRUE;
    }
  if (!check_wildcards (reader, field, raw, error))
    return FALSE;

  return _wb_filter_value_parse (reader, field, raw, &test->a, error);
}

static gboolean
is_keyword (const WbFilterRaw *raw,
            WbFilterTest *test)
{
  static const char many[] = { WB_FILTER_WILD_MANY, '\0' };

  if (test->op > WB_FILTER_EXACT)
    return FALSE;
  if (raw->plain && g_ascii_strcasecmp (raw->text, "none") == 0)
    test->op = WB_FILTER_NONE;
  else if ((raw->plain && g_ascii_strcasecmp (raw->text, "any") == 0) || strcmp (raw->text, many) == 0)
    test->op = WB_FILTER_ANY;
  else
    return FALSE;

  return TRUE;
}

static gboolean
read_test (WbFilterReader *reader,
           const WbField *field,
           GArray *tests,
           gsize before_start,
           GError **error)
{
  gboolean ordered = wb_field_has_order (field);
  gsize start = reader->at - reader->text;
  const WbFilterTest *before = tests->len > 0 ? &g_array_index (tests, WbFilterTest, tests->len - 1) : NULL;
  WbFilterTest test = { .op = read_operator (reader) };
  g_auto(WbFilterRaw) raw = { 0 };
  gboolean done = FALSE, ok = TRUE;

  if (test.op > WB_FILTER_EXACT && !ordered)
    {
      _wb_filter_set_error (error, reader, start, reader->at - reader->text, WB_FILTER_ERROR_VALUE, _ ("a value"), "",
                            _ ("“%s” has no order: it cannot be compared with < and >"), field->name);
      return FALSE;
    }
  if (!_wb_filter_read_raw (reader, TRUE, ordered, &raw, error))
    return FALSE;
  if (!check_comma (reader, field, &raw, test.op == WB_FILTER_MATCH ? before : NULL, before_start, error))
    return FALSE;
  if (test.op == WB_FILTER_EXACT && field->type != WB_FIELD_TEXT)
    test.op = WB_FILTER_MATCH; /* the whole is meant anyway */
  if (is_keyword (&raw, &test))
    return add_test (reader, tests, &test, error);

  if (ordered && test.op == WB_FILTER_MATCH && g_str_has_prefix (reader->at, ".."))
    ok = read_upper_end (reader, field, &raw, &test, error);
  else
    {
      if (!add_expansion (reader, field, &raw, tests, &done, error))
        return FALSE;
      if (done)
        return TRUE;
      join_unit (reader, field, &raw);
      ok = read_value (reader, field, &raw, &test, error);
    }
  if (ok && field->type == WB_FIELD_ENUM && field->choices != NULL && test.op < WB_FILTER_NONE)
    {
      ok = add_choice_test (reader, field, &raw, &test, tests, error);
      _wb_filter_value_clear (&test.a);
      _wb_filter_value_clear (&test.b);
      return ok;
    }
  if (!ok)
    {
      _wb_filter_value_clear (&test.a);
      _wb_filter_value_clear (&test.b);
      return FALSE;
    }

  return add_test (reader, tests, &test, error);
}

/* "status:pending, processing" is a list; in "status:pending, total:>5" the comma is punctuation. */
static gboolean
list_goes_on (const WbFilterReader *reader)
{
  WbFilterReader next = *reader;
  WbFilterHead head;

  if (*reader->at != ',' && *reader->at != ';')
    return FALSE;
  next.at++;
  if (*next.at != '\0' && !_wb_filter_is_space (g_utf8_get_char (next.at)))
    return TRUE;
  _wb_filter_skip_space (&next);

  return !_wb_filter_is_stop (next.at, TRUE) && !_wb_filter_scan_field (reader->catalogue, next.at, &head);
}

/* Reads the alternatives of a clause: one or more, separated by , or ; */
gboolean
_wb_filter_read_tests (WbFilterReader *reader,
                       const WbField *field,
                       GArray *tests,
                       GError **error)
{
  gsize before_start = 0;

  for (;;)
    {
      gsize start = 0;

      _wb_filter_skip_space (reader);
      start = reader->at - reader->text;
      if (!read_test (reader, field, tests, before_start, error))
        return FALSE;
      before_start = start;
      if (!list_goes_on (reader))
        return TRUE;
      reader->at++;
    }
}
