/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was probably meant by something that cannot be read: in other words, in another place, in another shape. */
#include "config.h"

#include "core/wb-field-private.h"
#include "core/wb-filter-private.h"

#include <stdio.h>
#include <string.h>

static const char *const months[] = { "january", "february", "march",     "april",   "may",      "june",
                                      "july",    "august",   "september", "october", "november", "december" };

/* ---- Choices ------------------------------------------------------------------------------ */

/* Whether @word says the opposite of @candidate: "unpaid" is no misspelt "paid". */
gboolean
_wb_filter_is_opposite (const char *word,
                        const char *candidate)
{
  gsize n = strlen (word), m = strlen (candidate);
  g_autofree char *prefix = n > m && g_ascii_strcasecmp (word + n - m, candidate) == 0 ? g_strndup (word, n - m) : NULL;

  return prefix != NULL && _wb_words_contain ("un un- non non- not not- in", prefix, -1);
}

/* The condition or clause of another field to which a word belongs: "open" → "is:open", "paid" → "payment:paid". */
char *
_wb_filter_hint_elsewhere (const WbCatalogue *catalogue,
                           const char *word)
{
  if (wb_catalogue_find_condition (catalogue, "is", word) != NULL)
    return g_strconcat ("is:", word, NULL);
  for (guint i = 0; i < catalogue->n_fields; i++)
    {
      const WbField *field = &catalogue->fields[i];
      const WbFieldChoice *choice = field->choices != NULL ? wb_field_find_choice (field, word) : NULL;

      if (choice != NULL)
        return g_strconcat (field->name, ":", choice->code, NULL);
    }

  return NULL;
}

/* "shipped|delivered", "(shipped or delivered)": the same with commas, or NULL when it is no list of @field's choices. */
char *
_wb_filter_hint_list (const WbField *field,
                      const char *text)
{
  g_auto(GStrv) words = g_regex_split_simple ("(?:\\s+or\\s+|[\\s|/+,;()])+", text, G_REGEX_CASELESS, 0);
  g_autoptr(GString) list = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *quoted = NULL;

      if (*words[i] == '\0')
        continue;
      if (field->choices != NULL && wb_field_find_choice (field, words[i]) == NULL)
        return NULL;
      quoted = wb_filter_quote (words[i]);
      g_string_append_printf (list, "%s%s", n > 0 ? "," : "", quoted);
      n++;
    }

  return n > 1 ? g_string_free (g_steal_pointer (&list), FALSE) : NULL;
}

/* ---- Numbers ------------------------------------------------------------------------------ */

/* "100-200" → "100..200" */
char *
_wb_filter_hint_range (const char *text)
{
  g_autoptr(GRegex) range = g_regex_new ("^([0-9.]+[a-z€£$¥]*)(?:-|–|—)([0-9.]+[a-z€£$¥]*)$", G_REGEX_CASELESS, 0, NULL);

  return g_regex_match (range, text, 0, NULL) ? g_regex_replace (range, text, -1, 0, "\\1..\\2", 0, NULL) : NULL;
}

/* ---- Dates -------------------------------------------------------------------------------- */

/* The suffix of a unit as people call it: "days" → "d" */
static const char *
find_suffix (const char *unit)
{
  static const struct
  {
    const char *names;
    const char *suffix;
  } units[] = {
    { "min mins minute minutes", "min" }, { "hour hours hrs", "h" },         { "day days", "d" },   { "week weeks wk wks", "w" },
    { "month months", "m" },              { "quarter quarters", "q" },       { "year years yr yrs", "y" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (_wb_words_contain (units[i].names, unit, -1))
      return units[i].suffix;

  return NULL;
}

/* Fetches the pieces of @pattern if @text begins with it. */
static char **
match_start (const char *pattern,
             const char *text,
             gsize *length)
{
  g_autoptr(GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_ANCHORED, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  int start = 0, end = 0;

  if (!g_regex_match (regex, text, 0, &match))
    return NULL;
  g_match_info_fetch_pos (match, 0, &start, &end);
  *length = (gsize) end;

  return g_match_info_fetch_all (match);
}

/* "last 7 days", "30 days ago", "last week" */
static char *
hint_period (const char *text,
             gsize *length)
{
  g_auto(GStrv) last = match_start ("(?:last|past|previous)\\s+([0-9]{1,4})\\s*([a-z]+)\\b", text, length);
  g_auto(GStrv) ago = last == NULL ? match_start ("([0-9]{1,4})\\s*([a-z]+)\\s+ago\\b", text, length) : NULL;
  char **found = last != NULL ? last : ago;
  const char *suffix = found != NULL ? find_suffix (found[2]) : NULL;
  g_auto(GStrv) named = NULL;

  if (suffix != NULL)
    return g_strdup_printf ("-%s%s", found[1], suffix);
  named = match_start ("(last|this|next)\\s+(week|month|quarter|year|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\\b", text, length);
  if (named != NULL)
    return g_strdup_printf ("%s-%s", named[1], named[2]);

  return NULL;
}

/* "october", "oct 2025", "7 october 2025", "october 7": the latest, or for plans the next, when there is no year */
static char *
hint_month (const char *text,
            const WbFilterContext *context,
            gboolean planned,
            gsize *length)
{
  g_auto(GStrv) found = match_start ("(?:([0-9]{1,2})\\.?\\s+)?([a-z]{3,9})\\.?(?:\\s+([0-9]{1,2})(?![0-9]))?(?:[\\s,-]+([0-9]{4}))?", text, length);
  g_autoptr(GDateTime) now = NULL;
  int month = -1, year = 0, day = 0;

  for (int i = 0; found != NULL && i < 12; i++)
    if (g_ascii_strncasecmp (months[i], found[2], MAX (3, strlen (found[2]))) == 0)
      month = i + 1;
  if (month < 0)
    return NULL;
  now = _wb_filter_context_now (context);
  day = (int) g_ascii_strtoll (*found[1] != '\0' ? found[1] : found[3] != NULL ? found[3] : "", NULL, 10);
  year = g_date_time_get_year (now);
  if (found[3] != NULL && found[4] != NULL && *found[4] != '\0')
    year = (int) g_ascii_strtoll (found[4], NULL, 10);
  else if (planned)
    year += month < g_date_time_get_month (now);
  else
    year -= month > g_date_time_get_month (now);
  if (day == 0)
    return g_strdup_printf ("%04d-%02d", year, month);

  return g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year)
           ? g_strdup_printf ("%04d-%02d-%02d", year, month, day)
           : NULL;
}

/* 10/7 or 10-7: of this year, month first if both can be */
static char *
hint_no_year (const char *text,
              const WbFilterContext *context,
              gsize *length)
{
  g_auto(GStrv) found = match_start ("([0-9]{1,2})[/.-]([0-9]{1,2})\\.?(?![0-9/.-])", text, length);
  g_autoptr(GDateTime) now = NULL;
  int a = 0, b = 0;

  if (found == NULL)
    return NULL;
  now = _wb_filter_context_now (context);
  a = (int) g_ascii_strtoll (found[1], NULL, 10);
  b = (int) g_ascii_strtoll (found[2], NULL, 10);
  for (guint i = 0; i < 2; i++)
    {
      int month = i == 0 ? a : b, day = i == 0 ? b : a;

      if (month >= 1 && month <= 12 && g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) g_date_time_get_year (now)))
        return g_strdup_printf ("%04d-%02d-%02d", g_date_time_get_year (now), month, day);
    }

  return NULL;
}

/* What @text, which begins with something that is no date, was to say; @length: how much of it that is. */
char *
_wb_filter_hint_date (const char *text,
                      const WbFilterContext *context,
                      gboolean planned,
                      gsize *length)
{
  char *hint = hint_period (text, length);

  if (hint == NULL)
    hint = hint_month (text, context, planned, length);
  if (hint == NULL)
    hint = hint_no_year (text, context, length);

  return hint;
}
