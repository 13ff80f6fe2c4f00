/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An expression as a sentence: "status is processing and total is over 100". */
#include "config.h"

#include "core/wb-field-private.h"
#include "core/wb-filter-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void explain_node (const WbFilter *self,
                          const WbFilterContext *context,
                          GString *out);

/* "Ship by" inside a sentence is "ship by"; "SKU" stays. */
static char *
lower_label (const char *label)
{
  gunichar first = g_utf8_get_char (label);
  gunichar second = g_utf8_get_char (g_utf8_next_char (label));
  GString *out = NULL;

  if (!g_unichar_isupper (first) || g_unichar_isupper (second))
    return g_strdup (label);
  out = g_string_new (NULL);
  g_string_append_unichar (out, g_unichar_tolower (first));
  g_string_append (out, g_utf8_next_char (label));

  return g_string_free (out, FALSE);
}

static const WbFieldChoice *
find_choice (const WbField *field,
             const char *code,
             const WbFilterContext *context)
{
  WbField open = *field;

  if (field->choices == NULL && field->list != NULL && context != NULL && context->choices != NULL)
    open.choices = context->choices (field->list, context->user_data);

  return wb_field_find_choice (&open, code);
}

/* A value as people read it, without the quotes that the language needs. */
static char *
value_text (const WbField *field,
            const WbFilterValue *value,
            const WbFilterContext *context)
{
  g_autoptr(GString) out = g_string_new (NULL);

  if (field->type == WB_FIELD_ENUM || field->type == WB_FIELD_COUNTRY)
    {
      const WbFieldChoice *choice = find_choice (field, value->text, context);

      if (choice != NULL && field->type == WB_FIELD_COUNTRY)
        return g_strdup (wb_field_choice_get_label (choice));
      if (choice != NULL)
        return lower_label (wb_field_choice_get_label (choice));
    }
  if (field->type == WB_FIELD_MONEY || field->type == WB_FIELD_PRICE)
    {
      g_autofree char *number = _wb_filter_number_format (value->number, WB_FILTER_MONEY_SCALE);

      return g_strdup_printf ("%s%s%s", number, value->currency[0] != '\0' ? " " : "", value->currency);
    }
  if (value->text == NULL)
    {
      _wb_filter_value_print (field, value, out);
      return g_string_free (g_steal_pointer (&out), FALSE);
    }
  for (const char *p = value->text; *p != '\0'; p++)
    g_string_append_c (out, *p == WB_FILTER_WILD_MANY ? '*' : *p == WB_FILTER_WILD_ONE ? '?' : *p);

  return g_strdup_printf ("“%s”", out->str);
}

/* %s is the value. Times say before and after where amounts say under and over. */
static const char *
get_pattern (const WbField *field,
             const WbFilterTest *test)
{
  gboolean time = field->type == WB_FIELD_TIME || field->type == WB_FIELD_DATE;
  gboolean text = field->type == WB_FIELD_TEXT;

  switch (test->op)
    {
    case WB_FILTER_LT:
      return time ? _ ("is before %s") : _ ("is under %s");
    case WB_FILTER_LE:
      return time ? _ ("is not after %s") : _ ("is at most %s");
    case WB_FILTER_GT:
      return time ? _ ("is after %s") : _ ("is over %s");
    case WB_FILTER_GE:
      return time ? _ ("is not before %s") : _ ("is at least %s");
    case WB_FILTER_MATCH:
      if (text && !wb_filter_test_has_wildcards (test->a.text))
        return _ ("contains %s");
      if (time && test->a.date.kind == WB_FILTER_DATE_OFFSET)
        return test->a.date.amount < 0 ? _ ("is since %s") : _ ("is within %s");
      return _ ("is %s");
    case WB_FILTER_EXACT:
    case WB_FILTER_RANGE:
    case WB_FILTER_NONE:
    case WB_FILTER_ANY:
    default:
      return _ ("is %s");
    }
}

static char *
test_text (const WbField *field,
           const WbFilterTest *test,
           gboolean bare,
           const WbFilterContext *context)
{
  g_autofree char *a = test->a.set ? value_text (field, &test->a, context) : NULL;
  g_autofree char *b = test->b.set ? value_text (field, &test->b, context) : NULL;

  if (test->op == WB_FILTER_NONE)
    return g_strdup (_ ("is empty"));
  if (test->op == WB_FILTER_ANY)
    return g_strdup (_ ("is not empty"));
  if (test->op == WB_FILTER_RANGE && a != NULL && b != NULL)
    /* Translators: a stretch of numbers or time, both ends included */
    return g_strdup_printf (_ ("is from %s to %s"), a, b);
  if (test->op == WB_FILTER_RANGE)
    return a != NULL ? g_strdup_printf (_ ("is from %s on"), a) : g_strdup_printf (_ ("is up to %s"), b);
  if (bare)
    return g_steal_pointer (&a);

  return g_strdup_printf (get_pattern (field, test), a);
}

static void
explain_clause (const WbFilter *self,
                const WbFilterContext *context,
                GString *out)
{
  g_autofree char *label = lower_label (wb_field_get_label (self->field));

  if (self->relation != NULL)
    {
      g_autofree char *relation = lower_label (g_dgettext (GETTEXT_PACKAGE, self->relation->label));

      /* Translators: a related thing and a field of it: "customer segment" */
      g_string_append_printf (out, C_ ("relation and field", "%s %s"), relation, label);
    }
  else
    g_string_append (out, label);
  if (self->field->type == WB_FIELD_BOOL && self->n_tests == 1 && self->tests[0].op == WB_FILTER_MATCH)
    {
      g_string_append_printf (out, ": %s", self->tests[0].a.number ? _ ("yes") : _ ("no"));
      return;
    }
  for (guint i = 0; i < self->n_tests; i++)
    {
      /* "is a, b or c" rather than "is a or is b or is c" */
      gboolean bare = i > 0 && self->tests[i].op == self->tests[i - 1].op && self->tests[i].op <= WB_FILTER_EXACT;
      g_autofree char *text = test_text (self->field, &self->tests[i], bare, context);

      if (i > 0)
        g_string_append (out, bare && i + 1 < self->n_tests ? ", " : _ (" or "));
      else
        g_string_append_c (out, ' ');
      g_string_append (out, text);
    }
}

static void
explain_group (const WbFilter *self,
               const WbFilterContext *context,
               GString *out)
{
  const char *between = self->type == WB_FILTER_AND ? _ (" and ") : _ (" or ");

  for (guint i = 0; i < self->n_children; i++)
    {
      const WbFilter *child = self->children[i];
      gboolean mixed = self->type == WB_FILTER_AND && child->type == WB_FILTER_OR;

      if (i > 0)
        g_string_append (out, between);
      if (mixed)
        g_string_append_c (out, '(');
      explain_node (child, context, out);
      if (mixed)
        g_string_append_c (out, ')');
    }
}

static void
explain_node (const WbFilter *self,
              const WbFilterContext *context,
              GString *out)
{
  g_autoptr(GString) inner = g_string_new (NULL);

  switch (self->type)
    {
    case WB_FILTER_AND:
    case WB_FILTER_OR:
      explain_group (self, context, out);
      break;
    case WB_FILTER_NOT:
      explain_node (self->children[0], context, inner);
      /* Translators: the opposite of a statement: not (status is shipped) */
      g_string_append_printf (out, _ ("not (%s)"), inner->str);
      break;
    case WB_FILTER_WORD:
      for (const char *p = self->text; *p != '\0'; p++)
        g_string_append_c (inner, *p == WB_FILTER_WILD_MANY ? '*' : *p == WB_FILTER_WILD_ONE ? '?' : *p);
      g_string_append_printf (out, _ ("“%s” is found"), inner->str);
      break;
    case WB_FILTER_CONDITION:
      g_string_append (out, g_dgettext (GETTEXT_PACKAGE,
                                        wb_catalogue_find_condition (self->catalogue, self->verb, self->text)->label));
      break;
    case WB_FILTER_CLAUSE:
    default:
      explain_clause (self, context, out);
      break;
    }
}

/**
 * wb_filter_explain:
 * @self: (nullable): a filter
 * @context: (nullable): for the labels of open choices
 *
 * Returns: (transfer full): the expression as a translated sentence without a capital and a full stop;
 *   empty for everything
 */
char *
wb_filter_explain (const WbFilter *self,
                   const WbFilterContext *context)
{
  GString *out = g_string_new (NULL);

  if (self != NULL)
    explain_node (self, context, out);

  return g_string_free (out, FALSE);
}
