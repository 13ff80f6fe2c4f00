/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The value of an application identifier, component by component, as its format in wb-gs1-table.c says.
 */
#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-gs1-lint-private.h"
#include "core/wb-gs1-table.h"

/* One word of a format: type, least and most characters, the names of its checks, may it be missing. */
typedef struct
{
  char type;
  gsize least;
  gsize most;
  const char *checks;
  gboolean optional;
} Component;

static Component
read_component (const char *word)
{
  Component component = { 0 };
  char *end = NULL;

  component.optional = *word == '[';
  word += component.optional ? 1 : 0;
  component.type = *word++;
  component.least = 1;
  if (*word == '.')
    component.most = (gsize) g_ascii_strtoull (word + 2, &end, 10);
  else
    component.least = component.most = (gsize) g_ascii_strtoull (word, &end, 10);
  component.checks = end + strspn (end, "],");
  return component;
}

static gboolean
check_characters (const char *ai, char type, const char *value, gsize length, GError **error)
{
  const char *allowed = type == 'N'   ? WB_GS1_DIGITS
                        : type == 'Y' ? WB_GS1_CSET_39
                        : type == 'Z' ? WB_GS1_CSET_64 "="
                                      : WB_GS1_CSET_82;
  WbGs1Spot spot = { 0 };

  if (_wb_gs1_lint_only (allowed, value, length, &spot, ""))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "(%s): character %" G_GSIZE_FORMAT " of the value is not %s", ai, spot.at + 1,
               type == 'N' ? "a digit" : "allowed");
  return FALSE;
}

/* Not strict, only check digits count. */
static gboolean
check_content (const char *ai, const Component *component, const char *value, gsize length, gboolean strict, GError **error)
{
  g_auto (GStrv) names = g_strsplit (component->checks, ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      gboolean sum = g_str_equal (names[i], "csum");
      WbGs1Spot spot = { 0 };

      if ((!strict && !sum) || wb_gs1_lint (names[i], value, length, &spot))
        continue;
      g_set_error (error, WB_ERROR, sum ? WB_ERROR_MISMATCH : WB_ERROR_INVALID, "(%s): “%.*s”: %s", ai, (int) length, value,
                   spot.what);
      return FALSE;
    }
  return TRUE;
}

/* Whether a value is what its identifier asks for. */
gboolean
_wb_gs1_check_value (const WbGs1Ai *known, const char *ai, const char *value, gboolean strict, GError **error)
{
  g_auto (GStrv) words = g_strsplit (known->format, " ", -1);
  gsize left = strlen (value);

  for (guint i = 0; words[i] != NULL; i++)
    {
      Component component = read_component (words[i]);
      gsize length = MIN (left, component.most);

      if (left == 0 && component.optional)
        return TRUE;
      if (length < component.least)
        {
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "(%s): the value is too short", ai);
          return FALSE;
        }
      if (!check_characters (ai, component.type, value, length, error)
          || !check_content (ai, &component, value, length, strict, error))
        return FALSE;
      value += length;
      left -= length;
    }
  if (left > 0)
    g_set_error (error, WB_ERROR, WB_ERROR_LIMIT, "(%s): the value is too long by %" G_GSIZE_FORMAT, ai, left);
  return left == 0;
}

/* How long a value is at most; of an identifier of fixed length, how long. */
gsize
_wb_gs1_value_length (const WbGs1Ai *known)
{
  g_auto (GStrv) words = g_strsplit (known->format, " ", -1);
  gsize length = 0;

  for (guint i = 0; words[i] != NULL; i++)
    length += read_component (words[i]).most;
  return length;
}
