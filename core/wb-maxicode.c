/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-country.h"
#include "core/wb-error.h"
#include "core/wb-maxicode.h"

#define GS "\x1d"
#define END "\x1e\x04"
/* A transport message, version 96. */
#define HEAD "[)>\x1e" "01" GS "96"

#define UNITED_STATES "840"
#define US_POSTCODE 9
#define POSTCODE 6

/* Codewords of the outer part. */
#define MOST_WORDS 84

/* What is one codeword each; all else is two at most. */
#define ONE_WORD "\r\x1c\x1d\x1e ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789\"#$%&'()*+,-./:"

/* ---- What people write ------------------------------------------------------------------------- */

static char *
keep_letters (const char *written)
{
  GString *kept = g_string_new (NULL);

  for (const char *c = written; *c != '\0'; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (kept, g_ascii_toupper (*c));
  return g_string_free (kept, FALSE);
}

static gboolean
is_number (const char *text, gsize most)
{
  return *text != '\0' && strlen (text) <= most && strspn (text, "0123456789") == strlen (text);
}

static char *
find_country (const char *written)
{
  g_autofree char *code = keep_letters (written);
  guint number = is_number (code, 3) ? (guint) g_ascii_strtoull (code, NULL, 10) : wb_country_get_number (code);

  return number > 0 ? g_strdup_printf ("%03u", number) : NULL;
}

/* Nine digits there, with zeros where nobody knows the last four; elsewhere what the symbol has room for. */
static char *
find_postcode (const char *written, const char *country)
{
  char *code = keep_letters (written);

  if (g_strcmp0 (country, UNITED_STATES) == 0)
    {
      g_autofree char *short_code = code;

      if (is_number (code, US_POSTCODE) && strlen (code) == US_POSTCODE)
        return g_steal_pointer (&short_code);
      return is_number (code, 5) && strlen (code) == 5 ? g_strconcat (code, "0000", NULL) : NULL;
    }
  if (strlen (code) > POSTCODE)
    code[POSTCODE] = '\0';
  if (*code == '\0')
    g_clear_pointer (&code, g_free);
  return code;
}

char *
wb_maxicode_build (const char *written, GError **error)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *country = NULL;
  g_autofree char *postcode = NULL;
  g_autofree char *rest = NULL;
  g_autofree char *capitals = NULL;

  g_return_val_if_fail (written != NULL, NULL);

  if (g_str_has_prefix (written, "[)>"))
    return g_strdup (written);
  parts = g_strsplit (written, "|", 4);
  if (g_strv_length (parts) >= 3)
    {
      country = find_country (parts[1]);
      postcode = find_postcode (parts[0], country);
    }
  if (country == NULL || postcode == NULL || !is_number (parts[2], 3))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "a MaxiCode says POSTCODE|COUNTRY|SERVICE|MESSAGE with a country and a number of one to three digits, not “%.60s”", written);
      return NULL;
    }
  capitals = g_ascii_strup (parts[3] != NULL ? parts[3] : "", -1);
  rest = g_strdelimit (g_steal_pointer (&capitals), "|", *GS);
  return g_strdup_printf (HEAD "%s" GS "%s" GS "%03u" GS "%s" END, postcode, country, (guint) g_ascii_strtoull (parts[2], NULL, 10), rest);
}

/* ---- Its parts --------------------------------------------------------------------------------- */

static guint
count_words (const char *message)
{
  guint n = 0;

  for (const char *c = message; *c != '\0'; c++)
    n += strchr (ONE_WORD, *c) != NULL ? 1 : 2;
  return n;
}

static gboolean
is_sayable (const char *message)
{
  for (const char *c = message; *c != '\0'; c++)
    if ((*c < ' ' && strchr (GS END, *c) == NULL) || *c > '~')
      return FALSE;
  return TRUE;
}

static gboolean
is_place (const WbMaxicode *self)
{
  gsize length = strlen (self->postcode);

  if (!is_number (self->country, 3) || strlen (self->country) != 3 || !is_number (self->service, 3) || strlen (self->service) != 3)
    return FALSE;
  if (self->mode == 2)
    return length == US_POSTCODE && is_number (self->postcode, US_POSTCODE);
  return length > 0 && length <= POSTCODE && strspn (self->postcode, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == length;
}

WbMaxicode *
wb_maxicode_parse (const char *text)
{
  g_autoptr (WbMaxicode) self = NULL;
  g_auto (GStrv) parts = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (!g_str_has_prefix (text, HEAD) || !g_str_has_suffix (text, END))
    return NULL;
  parts = g_strsplit (text + strlen (HEAD), GS, 4);
  if (g_strv_length (parts) != 4)
    return NULL;
  self = g_new0 (WbMaxicode, 1);
  self->mode = strcmp (parts[1], UNITED_STATES) == 0 ? 2 : 3;
  self->postcode = g_steal_pointer (&parts[0]);
  self->country = g_steal_pointer (&parts[1]);
  self->service = g_steal_pointer (&parts[2]);
  self->message = g_strconcat (HEAD, parts[3], NULL);
  g_free (g_steal_pointer (&parts[3]));
  if (!is_place (self) || !is_sayable (self->message) || count_words (self->message) > MOST_WORDS)
    return NULL;
  return g_steal_pointer (&self);
}

void
wb_maxicode_free (WbMaxicode *self)
{
  if (self == NULL)
    return;
  g_free (self->postcode);
  g_free (self->country);
  g_free (self->service);
  g_free (self->message);
  g_free (self);
}

char *
wb_maxicode_pad_postcode (const WbMaxicode *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup_printf ("%-*s", self->mode == 2 ? US_POSTCODE : POSTCODE, self->postcode);
}
