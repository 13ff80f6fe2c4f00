/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-facts.h"

/* The blanks before the dot do not break: it never begins a line. */
#define SEPARATOR "\302\240\302\240·  "

void
wb_facts_add (GString *facts, const char *fact)
{
  g_autofree char *words = NULL;

  g_return_if_fail (facts != NULL);

  if (fact == NULL)
    return;
  words = g_strstrip (g_strdup (fact));
  if (*words == '\0')
    return;
  if (facts->len > 0)
    g_string_append (facts, SEPARATOR);
  g_string_append (facts, words);
}

void
wb_facts_add_format (GString *facts, const char *format, ...)
{
  g_autofree char *fact = NULL;
  va_list args;

  g_return_if_fail (facts != NULL && format != NULL);

  va_start (args, format);
  fact = g_strdup_vprintf (format, args);
  va_end (args);
  wb_facts_add (facts, fact);
}

char *
wb_facts_join (const char *first, ...)
{
  GString *facts = g_string_new (NULL);
  va_list args;

  va_start (args, first);
  for (const char *fact = first; fact != NULL; fact = va_arg (args, const char *))
    wb_facts_add (facts, fact);
  va_end (args);
  return g_string_free (facts, FALSE);
}
