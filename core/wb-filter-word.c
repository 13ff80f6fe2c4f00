/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a bare word looks like, and so where it is looked for. */
#include "config.h"

#include "core/wb-filter-private.h"
#include "core/wb-gs1.h"

#include <string.h>

/* What a bare word looks like. */
WbWordShape
_wb_filter_word_shapes (const char *text)
{
  WbWordShape shapes = WB_WORD_TEXT;
  gsize n = strlen (text), digits = 0, letters = 0, code = 0, phone = 0;
  const char *at = strchr (text, '@');

  for (const char *p = text; *p != '\0'; p++)
    {
      gboolean wild = *p == WB_FILTER_WILD_MANY || *p == WB_FILTER_WILD_ONE;

      digits += g_ascii_isdigit (*p) != 0;
      letters += g_ascii_isalpha (*p) != 0;
      code += g_ascii_isalnum (*p) || strchr ("-_./#", *p) != NULL || wild;
      phone += g_ascii_isdigit (*p) || strchr ("+()-/. ", *p) != NULL;
    }
  if (digits > 0 && (digits == n || (digits == n - 1 && *text == '#')))
    shapes |= WB_WORD_NUMBER;
  if (code == n && digits > 0)
    shapes |= WB_WORD_CODE;
  if (at != NULL && at > text && at[1] != '\0' && strchr (text, ' ') == NULL)
    shapes |= WB_WORD_EMAIL;
  if (phone == n && digits >= 6 && digits <= 15)
    shapes |= WB_WORD_PHONE;
  if (digits == n && (n == 8 || n == 12 || n == 13 || n == 14) && wb_gs1_check_digit (text, n - 1) == text[n - 1])
    shapes |= WB_WORD_GTIN;
  if (digits + letters == n && n >= 10 && digits * 2 > n)
    shapes |= WB_WORD_TRACKING;

  return shapes;
}

char *
wb_filter_word_for_route (const WbFilter *word,
                          const WbWordRoute *route)
{
  if ((word->shapes & route->shapes) == 0)
    return NULL;

  return g_strdup (word->text + (*word->text == '#'));
}

char *
wb_filter_phone_digits (const char *text)
{
  g_autoptr(GString) digits = g_string_new (NULL);
  gssize zeros = 0;

  if (strpbrk (text, "0123456789") == NULL)
    return g_strdup (text);
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p) || *p == WB_FILTER_WILD_MANY || *p == WB_FILTER_WILD_ONE)
      g_string_append_c (digits, *p);
  zeros = g_str_has_prefix (digits->str, "00") ? 2 : digits->str[0] == '0' ? 1 : 0;
  if (strpbrk (digits->str + zeros, "0123456789") != NULL)
    g_string_erase (digits, 0, zeros);

  return g_string_free (g_steal_pointer (&digits), FALSE);
}

const WbField *
wb_word_route_find (const WbCatalogue *catalogue,
                    const WbWordRoute *route,
                    const WbRelation **relation)
{
  const char *dot = strchr (route->field, '.');
  g_autofree char *name = NULL;

  *relation = NULL;
  if (dot == NULL)
    return wb_catalogue_find (catalogue, route->field);
  name = g_strndup (route->field, dot - route->field);
  *relation = wb_catalogue_find_relation (catalogue, name);
  g_return_val_if_fail (*relation != NULL, NULL);

  return wb_catalogue_find (wb_catalogue_get ((*relation)->target), dot + 1);
}
