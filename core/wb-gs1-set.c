/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which elements may and must stand together (General Specifications 4.13 and 4.14).
 */
#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-gs1-table.h"
#include "core/wb-gs1.h"

/* "31nn" stands for all identifiers that begin with 31 and have two more digits. */
static gboolean
fits (const char *pattern, gsize length, const char *ai)
{
  if (strlen (ai) != length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (pattern[i] != 'n' && pattern[i] != ai[i])
      return FALSE;
  return TRUE;
}

static const WbGs1Element *
find_other (GPtrArray *elements, const char *pattern, gsize length, const char *than)
{
  for (guint i = 0; i < elements->len; i++)
    {
      const WbGs1Element *element = g_ptr_array_index (elements, i);

      if (fits (pattern, length, element->ai) && !g_str_equal (element->ai, than))
        return element;
    }
  return NULL;
}

static gboolean
check_exclusions (GPtrArray *elements, const WbGs1Element *element, const WbGs1Ai *known, GError **error)
{
  gsize length = 0;
  const char *rule = _wb_gs1_ai_rule (known, "ex", 0, &length);

  if (rule == NULL)
    return TRUE;
  for (const char *end = rule + length; rule < end;)
    {
      gsize size = MIN (strcspn (rule, ", "), (gsize) (end - rule));
      const WbGs1Element *other = find_other (elements, rule, size, element->ai);

      if (other != NULL)
        {
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "(%s) may not stand together with (%s)", element->ai, other->ai);
          return FALSE;
        }
      rule += MIN (size + 1, (gsize) (end - rule));
    }
  return TRUE;
}

/* "01+21": all of them. */
static gboolean
has_all (GPtrArray *elements, const char *group, gsize length, const char *ai)
{
  for (const char *end = group + length; group < end;)
    {
      gsize size = MIN (strcspn (group, "+, "), (gsize) (end - group));

      if (find_other (elements, group, size, ai) == NULL)
        return FALSE;
      group += MIN (size + 1, (gsize) (end - group));
    }
  return TRUE;
}

static gboolean
check_requirement (GPtrArray *elements, const WbGs1Element *element, const char *rule, gsize length, GError **error)
{
  for (const char *group = rule, *end = rule + length; group < end;)
    {
      gsize size = MIN (strcspn (group, ", "), (gsize) (end - group));

      if (has_all (elements, group, size, element->ai))
        return TRUE;
      group += MIN (size + 1, (gsize) (end - group));
    }
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "(%s) needs one of %.*s beside it", element->ai, (int) length, rule);
  return FALSE;
}

static gboolean
check_repeats (GPtrArray *elements, const WbGs1Element *element, GError **error)
{
  for (guint i = 0; i < elements->len; i++)
    {
      const WbGs1Element *other = g_ptr_array_index (elements, i);

      if (g_str_equal (other->ai, element->ai) && !g_str_equal (other->value, element->value))
        {
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "(%s) is there twice with different values", element->ai);
          return FALSE;
        }
    }
  return TRUE;
}

/* A signature is of one thing, so the key beside it has to say which one: it goes on behind its check digit. */
static gboolean
check_signature (GPtrArray *elements, GError **error)
{
  static const struct
  {
    const char *ai;
    gsize bare;
  } keys[] = { { "253", 13 }, { "255", 13 }, { "8003", 14 } };

  for (guint i = 0; i < G_N_ELEMENTS (keys) && wb_gs1_get (elements, "8030") != NULL; i++)
    {
      const char *value = wb_gs1_get (elements, keys[i].ai);

      if (value != NULL && strlen (value) == keys[i].bare)
        {
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "(8030) needs a serial number in (%s)", keys[i].ai);
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
wb_gs1_check_set (GPtrArray *elements, GError **error)
{
  g_return_val_if_fail (elements != NULL, FALSE);

  for (guint i = 0; i < elements->len; i++)
    {
      const WbGs1Element *element = g_ptr_array_index (elements, i);
      const WbGs1Ai *known = _wb_gs1_find_ai (element->ai);
      const char *rule = NULL;
      gsize length = 0;

      if (!check_repeats (elements, element, error))
        return FALSE;
      if (known == NULL)
        continue;
      if (!check_exclusions (elements, element, known, error))
        return FALSE;
      for (guint n = 0; (rule = _wb_gs1_ai_rule (known, "req", n, &length)) != NULL; n++)
        if (!check_requirement (elements, element, rule, length, error))
          return FALSE;
    }
  return check_signature (elements, error);
}
