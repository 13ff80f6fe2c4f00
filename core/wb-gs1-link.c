/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-gs1-link.h"
#include "core/wb-gs1-table.h"

#define MAX_LINK 8192
#define UNRESERVED "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
#define ALLOWED UNRESERVED ":/?#[]@!$&'()*+,;=%"
#define DOMAIN UNRESERVED ":[]"

static gboolean
fail (GError **error, const char *what, const char *text)
{
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s: “%.80s”", what, text);
  return FALSE;
}

static gboolean
is_identifier (const char *text)
{
  gsize length = strlen (text);

  return length >= 2 && length <= 4 && strspn (text, "0123456789") == length;
}

/* The row of an identifier that is written out in full. */
static const WbGs1Ai *
find_whole (const char *text)
{
  const WbGs1Ai *known = is_identifier (text) ? _wb_gs1_find_ai (text) : NULL;

  return known != NULL && strlen (known->first) == strlen (text) ? known : NULL;
}

/* The names that the first edition gave to identifiers in a path. */
static const char *
find_alias (const char *text)
{
  static const struct
  {
    const char *name;
    const char *ai;
  } aliases[] = {
    { "sscc", "00" },   { "gtin", "01" },   { "lot", "10" },    { "ser", "21" },    { "cpv", "22" },
    { "gdti", "253" },  { "glnx", "254" },  { "gcn", "255" },   { "ginc", "401" },  { "gsin", "402" },
    { "gln", "414" },   { "payTo", "415" }, { "party", "417" }, { "grai", "8003" }, { "giai", "8004" },
    { "itip", "8006" }, { "cpid", "8010" }, { "cpsn", "8011" }, { "gmn", "8013" },  { "gsrnp", "8017" },
    { "gsrn", "8018" }, { "srin", "8019" }, { "refno", "8020" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (aliases); i++)
    if (strcmp (aliases[i].name, text) == 0)
      return aliases[i].ai;
  return NULL;
}

/* ── Reading ─────────────────────────────────────────────────────────────────────────────────── */

/* Adds an element as it stood in the address. */
static gboolean
take (GPtrArray *elements, const char *ai, const char *encoded, gboolean query, WbGs1LinkFlags flags, GError **error)
{
  const WbGs1Ai *known = find_whole (ai);
  g_autofree char *spaced = query ? g_strdelimit (g_strdup (encoded), "+", ' ') : NULL;
  g_autofree char *value = g_uri_unescape_string (query ? spaced : encoded, NULL);

  if (known == NULL)
    return fail (error, "there is no such application identifier", ai);
  if (value == NULL)
    return fail (error, "“%” without two hexadecimal digits, or a NUL", encoded);
  if (g_str_equal (ai, "01") && (flags & WB_GS1_LINK_SHORT_GTINS) != 0)
    {
      char *gtin = wb_gs1_gtin_normalise (value, error);

      if (gtin == NULL)
        return FALSE;
      g_free (value);
      value = gtin;
    }
  if (!_wb_gs1_check_value (known, ai, value, TRUE, error))
    return FALSE;
  if (wb_gs1_get (elements, ai) != NULL)
    return fail (error, "an application identifier stands in it twice", ai);
  g_ptr_array_add (elements, wb_gs1_element_new (ai, value));
  return TRUE;
}

/* How many pairs of a path behind its key are among these qualifiers, in their order. */
static guint
match_qualifiers (const char *sequence, gsize length, char *const *pairs)
{
  const char *end = sequence + length;
  guint matched = 0;

  while (pairs[2 * matched] != NULL && sequence < end)
    {
      gsize size = MIN (strcspn (sequence, ",| "), (gsize) (end - sequence));

      if (strlen (pairs[2 * matched]) == size && strncmp (sequence, pairs[2 * matched], size) == 0)
        matched++;
      sequence += MIN (size + 1, (gsize) (end - sequence));
    }
  return matched;
}

static gboolean
check_qualifiers (const WbGs1Ai *key, char *const *pairs, GError **error)
{
  gsize length = 0;
  const char *rule = _wb_gs1_ai_rule (key, "dlpkey", 0, &length);
  guint wanted = g_strv_length ((char **) pairs) / 2;

  if (wanted == 0)
    return TRUE;
  for (const char *end = rule + length; rule < end;)
    {
      gsize size = MIN (strcspn (rule, "| "), (gsize) (end - rule));

      if (match_qualifiers (rule, size, pairs) == wanted)
        return TRUE;
      rule += MIN (size + 1, (gsize) (end - rule));
    }
  return fail (error, "what stands behind the key may not stand there, or not in this order", pairs[0]);
}

/* The last pair of the path that can begin a link does. */
static gboolean
read_path (GPtrArray *elements, const char *path, WbGs1LinkFlags flags, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  guint n = g_strv_length (parts);
  const WbGs1Ai *key = NULL;
  guint start = 0;

  for (guint i = n; i >= 2 && key == NULL; i -= 2)
    {
      const char *alias = (flags & WB_GS1_LINK_ALIASES) != 0 ? find_alias (parts[i - 2]) : NULL;
      gsize length = 0;

      if (alias != NULL)
        {
          g_free (parts[i - 2]);
          parts[i - 2] = g_strdup (alias);
        }
      key = find_whole (parts[i - 2]);
      if (key != NULL && _wb_gs1_ai_rule (key, "dlpkey", 0, &length) == NULL)
        key = NULL;
      start = i - 2;
    }
  if (key == NULL)
    return fail (error, "there is no key such as /01/ in it", path);
  if (!check_qualifiers (key, parts + start + 2, error))
    return FALSE;
  for (guint i = start; i + 1 < n; i += 2)
    if (!take (elements, parts[i], parts[i + 1], FALSE, flags, error))
      return FALSE;
  return TRUE;
}

/* All digits is an identifier, whether we know it or not; other words are somebody else's. */
static gboolean
read_query (GPtrArray *elements, const char *query, WbGs1LinkFlags flags, GError **error)
{
  g_auto (GStrv) parameters = g_strsplit (query, "&", -1);

  for (guint i = 0; parameters[i] != NULL; i++)
    {
      char *equals = strchr (parameters[i], '=');
      const WbGs1Ai *known = NULL;

      if (equals == NULL || equals == parameters[i])
        continue;
      *equals = '\0';
      if (strspn (parameters[i], "0123456789") != strlen (parameters[i]))
        continue;
      known = find_whole (parameters[i]);
      if (known == NULL || !known->attribute)
        return fail (error, "this is no attribute of a Digital Link", parameters[i]);
      if (!take (elements, parameters[i], equals + 1, TRUE, flags, error))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
wb_gs1_link_parse (const char *uri, WbGs1LinkFlags flags, GError **error)
{
  static const char *const schemes[] = { "https://", "http://", "HTTPS://", "HTTP://" };
  g_autoptr (GPtrArray) elements = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_gs1_element_free);
  g_autofree char *whole = NULL;
  char *query = NULL;
  char *path = NULL;
  char *rest = NULL;

  g_return_val_if_fail (uri != NULL, NULL);

  if (strnlen (uri, MAX_LINK + 1) > MAX_LINK)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_LIMIT, "longer than any symbol can be");
      return NULL;
    }
  whole = g_strdup (uri);
  /* in capitals a QR code needs fewer modules; no generator mixes them */
  for (guint i = 0; i < G_N_ELEMENTS (schemes) && rest == NULL; i++)
    if (g_str_has_prefix (whole, schemes[i]))
      rest = whole + strlen (schemes[i]);
  if (rest == NULL || rest[strspn (rest, ALLOWED)] != '\0')
    {
      fail (error, "this is no web address", uri);
      return NULL;
    }
  rest[strcspn (rest, "#")] = '\0';
  query = strchr (rest, '?');
  if (query != NULL)
    *query++ = '\0';
  path = strchr (rest, '/');
  if (path != NULL)
    *path++ = '\0';
  if (path == NULL || *rest == '\0' || rest[strspn (rest, DOMAIN)] != '\0')
    {
      fail (error, "this is no web address", uri);
      return NULL;
    }
  if (!read_path (elements, path, flags, error) || (query != NULL && !read_query (elements, query, flags, error)))
    return NULL;
  return g_steal_pointer (&elements);
}

/* ── Writing ─────────────────────────────────────────────────────────────────────────────────── */

static void
add_path (GString *uri, const WbGs1Element *element)
{
  g_autofree char *value = g_uri_escape_string (element->value, NULL, FALSE);

  g_string_append_printf (uri, "/%s/%s", element->ai, value);
}

static const WbGs1Element *
find_element (GPtrArray *elements, const char *ai, gsize length)
{
  for (guint i = 0; i < elements->len; i++)
    {
      const WbGs1Element *element = g_ptr_array_index (elements, i);

      if (strlen (element->ai) == length && strncmp (element->ai, ai, length) == 0)
        return element;
    }
  return NULL;
}

/* The first of the sequences of which an element is there is the one. */
static void
add_qualifiers (GString *uri, GPtrArray *elements, const WbGs1Ai *key, GHashTable *done)
{
  gsize length = 0;
  const char *rule = _wb_gs1_ai_rule (key, "dlpkey", 0, &length);

  for (const char *end = rule + length; rule < end;)
    {
      gsize size = MIN (strcspn (rule, ",| "), (gsize) (end - rule));
      const WbGs1Element *element = find_element (elements, rule, size);

      if (element != NULL && g_hash_table_add (done, (gpointer) element->ai))
        add_path (uri, element);
      if (rule + size < end && rule[size] == '|' && g_hash_table_size (done) > 1)
        return;
      rule += MIN (size + 1, (gsize) (end - rule));
    }
}

static gboolean
add_attributes (GString *uri, GPtrArray *elements, GHashTable *done, gboolean fixed, char *separator, GError **error)
{
  for (guint i = 0; i < elements->len; i++)
    {
      const WbGs1Element *element = g_ptr_array_index (elements, i);
      const WbGs1Ai *known = find_whole (element->ai);
      g_autofree char *value = NULL;

      if (g_hash_table_contains (done, element->ai) || wb_gs1_is_fixed (element->ai) != fixed)
        continue;
      if (known == NULL || !known->attribute)
        return fail (error, "this is no attribute of a Digital Link", element->ai);
      value = g_uri_escape_string (element->value, NULL, FALSE);
      g_string_append_printf (uri, "%c%s=%s", *separator, element->ai, value);
      g_hash_table_add (done, (gpointer) element->ai);
      *separator = '&';
    }
  return TRUE;
}

char *
wb_gs1_link_build (const char *stem, GPtrArray *elements, GError **error)
{
  g_autoptr (GString) uri = g_string_new (stem);
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);
  const WbGs1Element *key = NULL;
  char separator = '?';
  gsize length = 0;

  g_return_val_if_fail (stem != NULL && elements != NULL, NULL);

  for (guint i = 0; i < elements->len; i++)
    {
      const WbGs1Element *element = g_ptr_array_index (elements, i);
      const WbGs1Ai *known = find_whole (element->ai);
      const char *first = wb_gs1_get (elements, element->ai);

      if (known == NULL || !_wb_gs1_check_value (known, element->ai, element->value, TRUE, error))
        {
          if (known == NULL)
            fail (error, "there is no such application identifier", element->ai);
          return NULL;
        }
      if (!g_str_equal (first, element->value))
        {
          fail (error, "an application identifier stands there twice with different values", element->ai);
          return NULL;
        }
      if (key == NULL && _wb_gs1_ai_rule (known, "dlpkey", 0, &length) != NULL)
        key = element;
    }
  if (key == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "no element that can begin a link, such as a GTIN (01), is there");
      return NULL;
    }
  g_hash_table_add (done, (gpointer) key->ai);
  add_path (uri, key);
  add_qualifiers (uri, elements, find_whole (key->ai), done);
  if (!add_attributes (uri, elements, done, TRUE, &separator, error)
      || !add_attributes (uri, elements, done, FALSE, &separator, error))
    return NULL;
  return g_string_free (g_steal_pointer (&uri), FALSE);
}
