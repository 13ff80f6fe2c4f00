/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-import-map"

#include "config.h"

#include <string.h>

#include "core/wb-import-map-private.h"

static const struct
{
  const char *name;
  WbImportTest test;
  gboolean has_value;
} tests[] = {
  { "is", WB_IMPORT_TEST_IS, TRUE },
  { "prefix", WB_IMPORT_TEST_PREFIX, TRUE },
  { "suffix", WB_IMPORT_TEST_SUFFIX, TRUE },
  { "contains", WB_IMPORT_TEST_CONTAINS, TRUE },
  { "empty", WB_IMPORT_TEST_EMPTY, FALSE },
  { "present", WB_IMPORT_TEST_PRESENT, FALSE },
  { "zero", WB_IMPORT_TEST_ZERO, FALSE },
  { "negative", WB_IMPORT_TEST_NEGATIVE, FALSE },
  { "positive", WB_IMPORT_TEST_POSITIVE, FALSE },
};

static void
free_condition (WbImportCondition *condition)
{
  g_free (condition->value);
  g_free (condition);
}

void
_wb_import_rule_free (WbImportRule *rule)
{
  g_free (rule->name);
  g_free (rule->reason);
  g_ptr_array_unref (rule->conditions);
  g_free (rule);
}

/* "FIELD TEST [VALUE]" */
static WbImportCondition *
read_condition (const char *group,
                const char *text,
                GError    **error)
{
  g_auto(GStrv) words = g_strsplit (text, " ", 3);
  guint n = g_strv_length (words);
  WbImportField field = 0;

  if (n < 2)
    {
      _wb_import_map_fail (error, group, "when", "a field and a test such as ‘order.number prefix C’ are expected");
      return NULL;
    }
  if (!_wb_import_map_find_field (words[0], group, &field, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    if (strcmp (tests[i].name, words[1]) == 0 && tests[i].has_value == (n == 3))
      {
        WbImportCondition *condition = g_new0 (WbImportCondition, 1);

        condition->field = field;
        condition->test = tests[i].test;
        condition->value = g_strdup (n == 3 ? words[2] : "");
        return condition;
      }
  _wb_import_map_fail (error, group, "when", "is, prefix, suffix or contains with a text, or empty, present, zero, negative or positive is expected");
  return NULL;
}

static gboolean
read_rule_key (WbImportRule *rule,
               const char   *group,
               const char   *key,
               const char   *value,
               GError      **error)
{
  if (strcmp (key, "when") == 0)
    {
      g_auto(GStrv) parts = g_strsplit (value, ";", -1);

      for (guint i = 0; parts[i] != NULL; i++)
        {
          WbImportCondition *condition = NULL;

          if (*g_strstrip (parts[i]) == '\0')
            continue;
          condition = read_condition (group, parts[i], error);
          if (condition == NULL)
            return FALSE;
          g_ptr_array_add (rule->conditions, condition);
        }
      return TRUE;
    }
  if (strcmp (key, "as") == 0)
    {
      if (strcmp (value, "order") == 0)
        rule->outcome = WB_IMPORT_RULE_ORDER;
      else if (strcmp (value, "return") == 0)
        rule->outcome = WB_IMPORT_RULE_RETURN;
      else if (strcmp (value, "refused") == 0)
        rule->outcome = WB_IMPORT_RULE_REFUSE;
      else
        return _wb_import_map_fail (error, group, key, "order, return or refused is expected");
      return TRUE;
    }
  if (strcmp (key, "reason") == 0)
    {
      g_free (rule->reason);
      rule->reason = g_strdup (value);
      return TRUE;
    }
  if (strcmp (key, "negate") == 0)
    {
      if (strcmp (value, "line.quantity") != 0)
        return _wb_import_map_fail (error, group, key, "only line.quantity can be negated");
      rule->negate = TRUE;
      return TRUE;
    }
  return _wb_import_map_fail (error, group, key, "when, as, reason or negate is expected");
}

WbImportRule *
_wb_import_rule_new (GKeyFile   *file,
                     const char *group,
                     GError    **error)
{
  g_autoptr(WbImportRule) rule = g_new0 (WbImportRule, 1);
  g_auto(GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);

  rule->name = g_strdup (group + strlen ("kind "));
  rule->conditions = g_ptr_array_new_with_free_func ((GDestroyNotify) free_condition);
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      g_autofree char *value = g_key_file_get_string (file, group, keys[i], error);

      if (value == NULL || !read_rule_key (rule, group, keys[i], value, error))
        return NULL;
    }
  if (rule->conditions->len == 0)
    {
      _wb_import_map_fail (error, group, "when", "a condition is expected");
      return NULL;
    }
  if (rule->outcome == WB_IMPORT_RULE_REFUSE && rule->reason == NULL)
    {
      _wb_import_map_fail (error, group, "reason", "what is refused needs a reason");
      return NULL;
    }
  return g_steal_pointer (&rule);
}
