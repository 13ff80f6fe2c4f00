/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The canonical text of an expression: parsing it gives the same tree again. */
#include "config.h"

#include "core/wb-field-private.h"
#include "core/wb-filter-private.h"

#include <string.h>

static gboolean
is_plain_char (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalnum ((char) c) || strchr ("_@.+#/%'$-", (int) c) != NULL;

  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/* Whether a bare word could be taken for the unit of the number before it: `total:>100 EUR`, `weight:>2 kg`. */
static gboolean
is_unit (const char *text,
         gsize length)
{
  gboolean capitals = length == 3;

  for (gsize i = 0; i < length && capitals; i++)
    capitals = g_ascii_isupper (text[i]) != 0;

  return capitals || _wb_words_contain ("kg g lb lbs oz", text, (gssize) length);
}

/* Whether a piece of text can stand without quotes. */
static gboolean
is_plain (const char *text,
          gsize length,
          gboolean in_value)
{
  static const char *const words[] = { "and", "or", "not" };
  static const char *const values[] = { "none", "any" };

  if (length == 0 || text[0] == '-' || text[0] == '.' || (!in_value && is_unit (text, length)))
    return FALSE;
  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    if (!is_plain_char (g_utf8_get_char (p)))
      return FALSE;
  for (guint i = 0; !in_value && i < G_N_ELEMENTS (words); i++)
    if (strlen (words[i]) == length && g_ascii_strncasecmp (words[i], text, length) == 0)
      return FALSE;
  for (guint i = 0; in_value && i < G_N_ELEMENTS (values); i++)
    if (strlen (values[i]) == length && g_ascii_strncasecmp (values[i], text, length) == 0)
      return FALSE;

  return g_strstr_len (text, length, "..") == NULL;
}

static void
append_quoted (GString *out,
               const char *text,
               gsize length)
{
  g_string_append_c (out, '"');
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '"' || text[i] == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, text[i]);
    }
  g_string_append_c (out, '"');
}

/* Writes a text with wildcards, the pieces between them quoted where needed. */
static void
print_text (const char *text,
            gboolean in_value,
            GString *out)
{
  static const char wildcards[] = { WB_FILTER_WILD_MANY, WB_FILTER_WILD_ONE, '\0' };

  if (*text == '\0')
    g_string_append (out, "\"\"");
  while (*text != '\0')
    {
      gsize n = strcspn (text, wildcards);

      if (n > 0 && is_plain (text, n, in_value))
        g_string_append_len (out, text, n);
      else if (n > 0)
        append_quoted (out, text, n);
      text += n;
      if (*text != '\0')
        g_string_append_c (out, *text++ == WB_FILTER_WILD_MANY ? '*' : '?');
    }
}

static void
print_weight (gint64 grams,
              GString *out)
{
  if (grams != 0 && grams % 1000 == 0)
    g_string_append_printf (out, "%" G_GINT64_FORMAT "kg", grams / 1000);
  else
    g_string_append_printf (out, "%" G_GINT64_FORMAT "g", grams);
}

static void
print_number (gint64 number,
              guint scale,
              const char *unit,
              GString *out)
{
  g_autofree char *text = _wb_filter_number_format (number, scale);
  g_autofree char *lower = g_ascii_strdown (unit, -1);

  g_string_append_printf (out, "%s%s", text, lower);
}

void
_wb_filter_value_print (const WbField *field,
                        const WbFilterValue *value,
                        GString *out)
{
  if (!value->set)
    return;
  switch (field->type)
    {
    case WB_FIELD_MONEY:
    case WB_FIELD_PRICE:
      print_number (value->number, WB_FILTER_MONEY_SCALE, value->currency, out);
      break;
    case WB_FIELD_INTEGER:
      print_number (value->number, 0, "", out);
      break;
    case WB_FIELD_WEIGHT:
      print_weight (value->number, out);
      break;
    case WB_FIELD_TIME:
    case WB_FIELD_DATE:
      _wb_filter_date_print (&value->date, out);
      break;
    case WB_FIELD_BOOL:
      g_string_append (out, value->number ? "yes" : "no");
      break;
    case WB_FIELD_COUNTRY:
      {
        g_autofree char *lower = g_ascii_strdown (value->text, -1);

        g_string_append (out, lower);
      }
      break;
    case WB_FIELD_TEXT:
    case WB_FIELD_CODE:
    case WB_FIELD_ENUM:
    case WB_FIELD_TAGS:
    default:
      print_text (value->text, TRUE, out);
      break;
    }
}

static void
print_test (const WbField *field,
            const WbFilterTest *test,
            GString *out)
{
  static const char *const signs[] = {
    [WB_FILTER_MATCH] = "",  [WB_FILTER_EXACT] = "=", [WB_FILTER_LT] = "<", [WB_FILTER_LE] = "<=",
    [WB_FILTER_GT] = ">",    [WB_FILTER_GE] = ">=",   [WB_FILTER_RANGE] = "", [WB_FILTER_NONE] = "none",
    [WB_FILTER_ANY] = "any",
  };

  g_string_append (out, signs[test->op]);
  if (test->op == WB_FILTER_NONE || test->op == WB_FILTER_ANY)
    return;
  _wb_filter_value_print (field, &test->a, out);
  if (test->op != WB_FILTER_RANGE)
    return;
  g_string_append (out, "..");
  _wb_filter_value_print (field, &test->b, out);
}

/* Behind a number a comma could be taken for a part of it. */
static gboolean
wants_semicolon (const WbField *field,
                 const WbFilterTest *before)
{
  return (before->op >= WB_FILTER_LT && before->op <= WB_FILTER_RANGE) || field->type == WB_FIELD_MONEY ||
         field->type == WB_FIELD_PRICE;
}

static void
print_clause (const WbFilter *self,
              GString *out)
{
  if (self->relation != NULL)
    g_string_append_printf (out, "%s.", self->relation->name);
  g_string_append_printf (out, "%s:", self->field->name);
  for (guint i = 0; i < self->n_tests; i++)
    {
      /* After a comparison a comma would look like a decimal one. */
      if (i > 0)
        g_string_append_c (out, wants_semicolon (self->field, &self->tests[i - 1]) ? ';' : ',');
      print_test (self->field, &self->tests[i], out);
    }
}

static void
print_node (const WbFilter *self,
            gboolean inside,
            GString *out)
{
  gboolean group = self->type == WB_FILTER_AND || self->type == WB_FILTER_OR;

  if (group && inside)
    g_string_append_c (out, '(');
  switch (self->type)
    {
    case WB_FILTER_AND:
    case WB_FILTER_OR:
      for (guint i = 0; i < self->n_children; i++)
        {
          if (i > 0)
            g_string_append (out, self->type == WB_FILTER_OR ? " or " : " ");
          /* `and` binds closer than `or`: no parentheses are needed there. */
          print_node (self->children[i], self->type == WB_FILTER_AND, out);
        }
      break;
    case WB_FILTER_NOT:
      g_string_append_c (out, '-');
      print_node (self->children[0], TRUE, out);
      break;
    case WB_FILTER_CLAUSE:
      print_clause (self, out);
      break;
    case WB_FILTER_WORD:
      print_text (self->text, FALSE, out);
      break;
    case WB_FILTER_CONDITION:
      g_string_append_printf (out, "%s:%s", self->verb, self->text);
      break;
    default:
      g_assert_not_reached ();
    }
  if (group && inside)
    g_string_append_c (out, ')');
}

/**
 * wb_filter_print:
 * @self: (nullable): a filter
 *
 * Returns: (transfer full): its text; empty for everything. Parsing it gives an equal filter
 */
char *
wb_filter_print (const WbFilter *self)
{
  GString *out = g_string_new (NULL);

  if (self != NULL)
    print_node (self, FALSE, out);

  return g_string_free (out, FALSE);
}

/**
 * wb_filter_quote:
 * @value: any text
 *
 * Returns: (transfer full): @value as it has to be written behind a colon: quoted if it could be taken
 *   for something else
 */
char *
wb_filter_quote (const char *value)
{
  GString *out = g_string_new (NULL);

  if (is_plain (value, strlen (value), TRUE))
    g_string_append (out, value);
  else
    append_quoted (out, value, strlen (value));

  return g_string_free (out, FALSE);
}
