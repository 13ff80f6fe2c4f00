/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values: what stands behind a field's colon, read according to the field's type. */
#include "config.h"

#include "core/wb-field-private.h"
#include "core/wb-filter-private.h"
#include "core/wb-money.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

__extension__ typedef __int128 Wide;

/* Millionths must fit into 64 bits. */
#define MOST_MAJOR G_GINT64_CONSTANT (9000000000000)

void
_wb_filter_value_clear (WbFilterValue *value)
{
  g_clear_pointer (&value->text, g_free);
}

static char *
written (const WbFilterReader *reader,
         const WbFilterRaw *raw)
{
  return _wb_filter_excerpt (reader, raw->start, raw->end);
}

/* "12", "-1.50" to an integer with so many decimals; FALSE if it is no number, is too large or too precise. */
static gboolean
parse_number (const char *text,
              guint scale,
              gint64 most,
              gint64 *number)
{
  gboolean negative = *text == '-';
  const char *p = text + (negative || *text == '+');
  guint decimals = 0;
  gboolean point = FALSE, any = FALSE;
  gint64 n = 0;

  for (; *p != '\0'; p++)
    {
      if (*p == '.' && !point)
        {
          point = TRUE;
          continue;
        }
      if (!g_ascii_isdigit (*p))
        return FALSE;
      any = TRUE;
      if (point && ++decimals > scale)
        {
          if (*p != '0')
            return FALSE;
          continue;
        }
      if (n > (G_MAXINT64 - 9) / 10)
        return FALSE;
      n = n * 10 + (*p - '0');
    }
  for (; decimals < scale; decimals++)
    {
      if (n > G_MAXINT64 / 10)
        return FALSE;
      n *= 10;
    }
  if (!any || n > most)
    return FALSE;
  *number = negative ? -n : n;

  return TRUE;
}

/* An integer with @scale decimals as people write it, no more digits than needed. */
char *
_wb_filter_number_format (gint64 number,
                          guint scale)
{
  guint64 unit = 1, n = number < 0 ? -(guint64) number : (guint64) number;
  g_autofree char *decimals = NULL;
  gsize length = 0;

  for (guint i = 0; i < scale; i++)
    unit *= 10;
  decimals = g_strdup_printf ("%0*" G_GUINT64_FORMAT, (int) scale, scale > 0 ? n % unit : 0);
  for (length = scale > 0 ? strlen (decimals) : 0; length > 0 && decimals[length - 1] == '0'; length--)
    decimals[length - 1] = '\0';

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT "%s%s", number < 0 ? "-" : "", n / unit, length > 0 ? "." : "",
                          length > 0 ? decimals : "");
}

/* 100-200 is a range written in another way. Whether it was one. */
static gboolean
set_range_error (const WbFilterReader *reader,
                 const WbFilterRaw *raw,
                 GError **error)
{
  g_autofree char *shown = written (reader, raw);
  g_autofree char *range = _wb_filter_hint_range (raw->text);

  if (range != NULL)
    _wb_filter_set_error (error, reader, raw->start, raw->end, WB_FILTER_ERROR_VALUE, _ ("two dots between both ends"), range,
                          _ ("“%s” is written with two dots: %s"), shown, range);

  return range != NULL;
}

/* ---- Money -------------------------------------------------------------------------------- */

/* Takes the currency off either end of @text: 100eur, EUR100, €100, 100€. */
static gboolean
split_currency (const char *text,
                const WbFilterContext *context,
                char **amount,
                char currency[4])
{
  static const struct
  {
    const char *sign;
    const char *code;
  } signs[] = { { "€", "EUR" }, { "£", "GBP" }, { "¥", "JPY" }, { "$", "USD" } };
  const char *home = context != NULL && context->currency[0] != '\0' ? context->currency : "EUR";
  gsize n = strlen (text), letters = 0;
  const char *code = NULL, *rest = text;
  gsize rest_length = n;

  currency[0] = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      gsize size = strlen (signs[i].sign);
      gboolean front = g_str_has_prefix (text, signs[i].sign);

      if (!front && !g_str_has_suffix (text, signs[i].sign))
        continue;
      /* $ is the store's own dollar if it has one, ¥ its own yuan. */
      code = g_str_has_suffix (wb_currency_get_symbol (home), signs[i].sign) ? home : signs[i].code;
      rest = text + (front ? size : 0);
      rest_length = n - size;
    }
  while (code == NULL && letters < n && g_ascii_isalpha (text[letters]))
    letters++;
  if (code == NULL && letters == 3 && n > 3)
    {
      code = text;
      rest = text + 3;
      rest_length = n - 3;
    }
  else if (code == NULL && n > 3 && g_ascii_isalpha (text[n - 1]) && g_ascii_isalpha (text[n - 2]) &&
           g_ascii_isalpha (text[n - 3]))
    {
      code = text + n - 3;
      rest_length = n - 3;
    }
  if (code != NULL)
    for (guint i = 0; i < 4; i++)
      currency[i] = i < 3 ? g_ascii_toupper (code[i]) : '\0';
  *amount = g_strstrip (g_strndup (rest, rest_length));

  return currency[0] == '\0' || wb_currency_is_known (currency);
}

static gboolean
parse_money (WbFilterReader *reader,
             const WbFilterRaw *raw,
             WbFilterValue *value,
             GError **error)
{
  g_autofree char *amount = NULL;
  g_autofree char *shown = written (reader, raw);

  if (!split_currency (raw->text, reader->context, &amount, value->currency))
    {
      _wb_filter_set_error (error, reader, raw->start, raw->end, WB_FILTER_ERROR_VALUE, _ ("a currency code"), amount,
                            _ ("unknown currency “%s” in “%s”"), value->currency, shown);
      return FALSE;
    }
  if (parse_number (amount, WB_FILTER_MONEY_SCALE, MOST_MAJOR * WB_FILTER_MONEY_UNIT,
                    &value->number))
    return TRUE;
  if (set_range_error (reader, raw, error))
    return FALSE;

  _wb_filter_set_error (error, reader, raw->start, raw->end, WB_FILTER_ERROR_VALUE, _ ("an amount such as 100 or 99.50eur"),
                        NULL, _ ("“%s” is not an amount of money: write 100, 99.50 or 100eur"), shown);
  return FALSE;
}

/* ---- Weight ------------------------------------------------------------------------------- */

static const struct
{
  const char *names;
  gint64 ng; /* exact for all of them */
} weights[] = {
  { "kg kgs kilo kilos kilogram kilograms", G_GINT64_CONSTANT (1000000000000) },
  { "g gr gram grams gramme grammes", G_GINT64_CONSTANT (1000000000) },
  { "lb lbs pound pounds", G_GINT64_CONSTANT (453592370000) },
  { "oz ounce ounces", G_GINT64_CONSTANT (28349523125) },
  { "t ton tons tonne tonnes", G_GINT64_CONSTANT (1000000000000000) },
};

static gint64
find_weight_unit (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    if (_wb_words_contain (weights[i].names, text, -1))
      return weights[i].ng;

  return 0;
}

gboolean
_wb_filter_is_weight_unit (const char *text)
{
  return find_weight_unit (text) > 0;
}

static gboolean
parse_weight (WbFilterReader *reader,
              const WbFilterRaw *raw,
              WbFilterValue *value,
              GError **error)
{
  gsize digits = strspn (raw->text, "+-0123456789.");
  g_autofree char *amount = g_strndup (raw->text, digits);
  g_autofree char *suggestion = NULL;
  g_autofree char *shown = written (reader, raw);
  const char *unit = raw->text + digits + strspn (raw->text + digits, " ");
  gint64 ng = find_weight_unit (unit);
  gint64 micro = 0;

  if (parse_number (amount, 6, G_GINT64_CONSTANT (1000000000000), &micro) && (ng > 0 || (micro == 0 && *unit == '\0')))
    {
      /* Rounded to the gram, as scales and the database have it. */
      Wide scaled = (Wide) micro * ng;
      Wide gram = (Wide) 1000000 * 1000000000;

      value->number = (gint64) ((scaled + (scaled < 0 ? -gram / 2 : gram / 2)) / gram);
      return TRUE;
    }
  if (*unit == '\0' && digits > 0)
    {
      suggestion = g_strconcat (amount, "kg", NULL);
      _wb_filter_set_error (error, reader, raw->start, raw->end, WB_FILTER_ERROR_VALUE, _ ("a unit: g, kg, lb or oz"),
                            suggestion, _ ("“%s” needs a unit: %skg, %sg"), shown, amount, amount);
      return FALSE;
    }
  if (!set_range_error (reader, raw, error))
    _wb_filter_set_error (error, reader, raw->start, raw->end, WB_FILTER_ERROR_VALUE, _ ("a weight such as 500g or 2kg"), NULL,
                          _ ("“%s” is not a weight: write 500g or 2kg"), shown);
  return FALSE;
}

/* ---- Dates -------------------------------------------------------------------------------- */

static gboolean
parse_date (WbFilterReader *reader,
            const WbField *field,
            const WbFilterRaw *raw,
            WbFilterValue *value,
            GError **error)
{
  gsize end = raw->end, length = 0;
  g_autofree char *shown = NULL;
  g_autofree char *hint = NULL;
  g_autoptr(GPtrArray) words = NULL;
  const char *nearest = NULL;
  int a = 0, b = 0, year = 0;

  if (_wb_filter_date_parse (raw->text, &value->date))
    return TRUE;

  if (sscanf (raw->text, "%2d%*1[/-]%2d%*1[/-]%4d", &a, &b, &year) == 3 && year > 1000 && a > 0 && b > 0 && a < 13 && b < 13)
    {
      /* 10/07/2025 is two days: ask, and propose one of them, month first. */
      shown = written (reader, raw);
      hint = g_strdup_printf ("%04d-%02d-%02d", year, a, b);
      _wb_filter_set_error (error, reader, raw->start, end, WB_FILTER_ERROR_VALUE, _ ("year-month-day"), hint,
                            _ ("“%s” can be read in two ways: write year-month-day, %s"), shown, hint);
      return FALSE;
    }
  hint = raw->plain ? _wb_filter_hint_date (reader->text + raw->start, reader->context, (field->flags & WB_FIELD_PLANNED) != 0,
                                            &length)
                    : NULL;
  if (hint != NULL)
    {
      end = raw->start + length;
      shown = _wb_filter_excerpt (reader, raw->start, end);
      _wb_filter_set_error (error, reader, raw->start, end, WB_FILTER_ERROR_VALUE, _ ("a date"), hint,
                            _ ("“%s” is written as %s"), shown, hint);
      return FALSE;
    }
  shown = written (reader, raw);
  words = g_ptr_array_new ();
  for (const char *const *word = _wb_filter_date_words (); *word != NULL; word++)
    g_ptr_array_add (words, (gpointer) *word);
  nearest = _wb_filter_nearest (raw->text, words);
  if (nearest != NULL)
    _wb_filter_set_error (error, reader, raw->start, raw->end, WB_FILTER_ERROR_VALUE, _ ("a date"), nearest,
                          _ ("“%s” is not a date: did you mean “%s”?"), shown, nearest);
  else
    _wb_filter_set_error (error, reader, raw->start, raw->end, WB_FILTER_ERROR_VALUE, _ ("a date"), NULL,
                          _ ("“%s” is not a date: write 2025-10-07, today or -7d"), shown);
  return FALSE;
}

/* ---- Choices ------------------------------------------------------------------------------ */

static const WbFieldChoice *
get_choices (const WbFilterReader *reader,
             const WbField *field)
{
  if (field->type == WB_FIELD_COUNTRY)
    return _wb_country_choices ();
  if (field->choices != NULL)
    return field->choices;
  if (field->list != NULL && reader->context != NULL && reader->context->choices != NULL)
    return reader->context->choices (field->list, reader->context->user_data);

  return NULL;
}

/* The whole clause in other words: `status:open` is `is:open`, `status:paid` is `payment:paid`. Whether it is. */
static gboolean
set_elsewhere_error (const WbFilterReader *reader,
                     const WbField *field,
                     const WbFilterRaw *raw,
                     GError **error)
{
  g_autofree char *name = g_strndup (reader->text + reader->clause, raw->start - reader->clause);
  gboolean first = !reader->related && strpbrk (name, ",;<>!.") == NULL;
  g_autofree char *hint = field->choices != NULL && first ? _wb_filter_hint_elsewhere (reader->catalogue, raw->text) : NULL;
  g_autofree char *shown = written (reader, raw);

  if (hint != NULL)
    _wb_filter_set_error (error, reader, reader->clause, raw->end, WB_FILTER_ERROR_VALUE, _ ("one of the values"), hint,
                          _ ("“%s” is no value of “%s”: write “%s”"), shown, field->name, hint);

  return hint != NULL;
}

static void
set_choice_error (const WbFilterReader *reader,
                  const WbField *field,
                  const WbFieldChoice *choices,
                  const WbFilterRaw *raw,
                  GError **error)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new ();
  g_autofree char *shown = written (reader, raw);
  g_autofree char *list = _wb_filter_hint_list (field, raw->text);
  g_autoptr(GString) all = g_string_new (NULL);
  const char *nearest = NULL;

  if (list != NULL && field->choices != NULL)
    {
      _wb_filter_set_error (error, reader, raw->start, raw->end, WB_FILTER_ERROR_VALUE, _ ("commas between the values"), list,
                            _ ("several values have commas between them: %s"), list);
      return;
    }
  if (set_elsewhere_error (reader, field, raw, error))
    return;
  for (const WbFieldChoice *c = choices; c->code != NULL; c++)
    {
      /* Two letters are near to any country's. */
      if (field->type == WB_FIELD_COUNTRY)
        g_ptr_array_add (words, (gpointer) c->label);
      if (field->type != WB_FIELD_COUNTRY || strlen (raw->text) > 2)
        g_ptr_array_add (words, (gpointer) c->code);
      if (field->choices != NULL)
        g_string_append_printf (all, "%s%s", all->len > 0 ? ", " : "", c->code);
    }
  nearest = strlen (raw->text) > 1 ? _wb_filter_nearest (raw->text, words) : NULL;
  if (nearest != NULL)
    {
      g_autofree char *quoted = wb_filter_quote (nearest);

      _wb_filter_set_error (error, reader, raw->start, raw->end, WB_FILTER_ERROR_VALUE, _ ("one of the values"), quoted,
                            _ ("“%s” is no value of “%s”: did you mean “%s”?"), shown, field->name, nearest);
    }
  else if (field->choices != NULL)
    _wb_filter_set_error (error, reader, raw->start, raw->end, WB_FILTER_ERROR_VALUE, all->str, NULL,
                          _ ("“%s” is no value of “%s”: write %s"), shown, field->name, all->str);
  else
    _wb_filter_set_error (error, reader, raw->start, raw->end, WB_FILTER_ERROR_VALUE, _ ("a country code such as de"), NULL,
                          _ ("“%s” is no country: write a code such as de, or its English name"), shown);
}

static gboolean
parse_choice (WbFilterReader *reader,
              const WbField *field,
              const WbFilterRaw *raw,
              WbFilterValue *value,
              GError **error)
{
  const WbFieldChoice *choices = get_choices (reader, field);
  const WbField open = { .type = WB_FIELD_ENUM, .choices = choices };
  const WbFieldChoice *choice = wb_field_find_choice (field->choices != NULL || field->type == WB_FIELD_COUNTRY
                                                        ? field
                                                        : &open,
                                                      raw->text);

  if (choice != NULL)
    {
      value->text = g_strdup (choice->code);
      return TRUE;
    }
  /* The list in the database may have changed since the expression was saved: any word will do there. */
  if (field->choices == NULL && field->type == WB_FIELD_ENUM)
    {
      value->text = g_strdup (raw->text);
      return TRUE;
    }
  set_choice_error (reader, field, choices, raw, error);
  return FALSE;
}

static gboolean
parse_bool (WbFilterReader *reader,
            const WbField *field,
            const WbFilterRaw *raw,
            WbFilterValue *value,
            GError **error)
{
  g_autofree char *shown = written (reader, raw);

  value->number = _wb_words_contain ("yes true on 1 y", raw->text, -1);
  if (value->number || _wb_words_contain ("no false off 0 n", raw->text, -1))
    return TRUE;

  _wb_filter_set_error (error, reader, raw->start, raw->end, WB_FILTER_ERROR_VALUE, _ ("yes or no"), "yes",
                        _ ("“%s” is neither yes nor no"), shown);
  return FALSE;
}

static gboolean
parse_integer (WbFilterReader *reader,
               const WbFilterRaw *raw,
               WbFilterValue *value,
               GError **error)
{
  g_autofree char *shown = written (reader, raw);

  if (parse_number (raw->text, 0, G_MAXINT64 / 2, &value->number))
    return TRUE;

  if (!set_range_error (reader, raw, error))
    _wb_filter_set_error (error, reader, raw->start, raw->end, WB_FILTER_ERROR_VALUE, _ ("a whole number"), NULL,
                          _ ("“%s” is not a whole number: write 5, >5 or 5..10"), shown);
  return FALSE;
}

/* Reads one operand of @field. Wildcards are allowed where the value is a text. */
gboolean
_wb_filter_value_parse (WbFilterReader *reader,
                        const WbField *field,
                        const WbFilterRaw *raw,
                        WbFilterValue *value,
                        GError **error)
{
  memset (value, 0, sizeof *value);
  value->set = TRUE;
  switch (field->type)
    {
    case WB_FIELD_MONEY:
    case WB_FIELD_PRICE:
      return parse_money (reader, raw, value, error);
    case WB_FIELD_INTEGER:
      return parse_integer (reader, raw, value, error);
    case WB_FIELD_WEIGHT:
      return parse_weight (reader, raw, value, error);
    case WB_FIELD_TIME:
    case WB_FIELD_DATE:
      return parse_date (reader, field, raw, value, error);
    case WB_FIELD_BOOL:
      return parse_bool (reader, field, raw, value, error);
    case WB_FIELD_COUNTRY:
      return parse_choice (reader, field, raw, value, error);
    case WB_FIELD_ENUM:
      return parse_choice (reader, field, raw, value, error);
    case WB_FIELD_TEXT:
    case WB_FIELD_CODE:
    case WB_FIELD_TAGS:
    default:
      value->text = g_strdup (raw->text);
      return TRUE;
    }
}
