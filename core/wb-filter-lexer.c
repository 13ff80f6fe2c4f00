/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The characters of an expression: spaces, quotes, wildcards, names. */
#include "config.h"

#include "core/wb-filter-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

gboolean
_wb_filter_is_space (gunichar c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xfeff || (c > 0x7f && g_unichar_isspace (c));
}

void
_wb_filter_skip_space (WbFilterReader *reader)
{
  while (*reader->at != '\0' && _wb_filter_is_space (g_utf8_get_char (reader->at)))
    reader->at = g_utf8_next_char (reader->at);
}

/* Whether an unquoted word or value ends here. */
gboolean
_wb_filter_is_stop (const char *p,
                    gboolean in_value)
{
  return *p == '\0' || strchr ("(),;", *p) != NULL || _wb_filter_is_space (g_utf8_get_char (p));
}

/* Length of the quote character at p, 0 if there is none. People paste the curly ones. */
gsize
_wb_filter_scan_quote (const char *p)
{
  static const char *const quotes[] = { "\"", "“", "”", "„", "«", "»" };

  for (guint i = 0; i < G_N_ELEMENTS (quotes); i++)
    if (g_str_has_prefix (p, quotes[i]))
      return strlen (quotes[i]);

  return 0;
}

/* Length of the name at p, 0 if there is none. */
static gsize
scan_name (const char *p)
{
  gsize n = 0;

  if (!g_ascii_isalpha (p[0]))
    return 0;
  while (g_ascii_isalnum (p[n]) || p[n] == '_' || p[n] == '-')
    n++;

  return n;
}

void
_wb_filter_raw_clear (WbFilterRaw *raw)
{
  g_clear_pointer (&raw->text, g_free);
}

/* The inside of a quoted piece, escapes undone; the quote itself is read too. */
static gboolean
read_quoted (WbFilterReader *reader,
             GString *out,
             GError **error)
{
  gsize start = reader->at - reader->text;
  gsize open = _wb_filter_scan_quote (reader->at);
  gboolean straight = *reader->at == '"';

  reader->at += open;
  while (*reader->at != '\0')
    {
      gsize close = straight ? *reader->at == '"' : _wb_filter_scan_quote (reader->at);

      if (close > 0)
        {
          reader->at += close;
          return TRUE;
        }
      if (reader->at[0] == '\\' && (reader->at[1] == '"' || reader->at[1] == '\\'))
        reader->at++;
      g_string_append_len (out, reader->at, g_utf8_next_char (reader->at) - reader->at);
      reader->at = g_utf8_next_char (reader->at);
    }

  {
    /* A quote at the very end was to close something: it is better left out. */
    g_autofree char *closed = reader->text[start + open] != '\0' ? g_strconcat (reader->text + start, "\"", NULL) : g_strdup ("");

    _wb_filter_set_error (error, reader, start, reader->at - reader->text, WB_FILTER_ERROR_SYNTAX, "\"", closed,
                          _ ("the quote is not closed"));
  }
  return FALSE;
}

static void
append_wildcard (GString *out,
                 char wildcard)
{
  /* ** finds nothing that * does not. */
  if (wildcard == WB_FILTER_WILD_MANY && out->len > 0 && out->str[out->len - 1] == wildcard)
    return;
  g_string_append_c (out, wildcard);
}

/*
 * Reads a word or value: quoted and unquoted pieces that touch each other. @ranges: two dots end it.
 * Gives an empty text when there is nothing.
 */
gboolean
_wb_filter_read_raw (WbFilterReader *reader,
                     gboolean in_value,
                     gboolean ranges,
                     WbFilterRaw *raw,
                     GError **error)
{
  g_autoptr(GString) out = g_string_new (NULL);

  raw->start = reader->at - reader->text;
  raw->plain = TRUE;
  while (!_wb_filter_is_stop (reader->at, in_value))
    {
      if (ranges && g_str_has_prefix (reader->at, ".."))
        break;
      if (_wb_filter_scan_quote (reader->at) > 0)
        {
          raw->plain = FALSE;
          if (!read_quoted (reader, out, error))
            return FALSE;
          continue;
        }
      if (*reader->at == '*')
        append_wildcard (out, WB_FILTER_WILD_MANY);
      else if (*reader->at == '?')
        append_wildcard (out, WB_FILTER_WILD_ONE);
      else
        g_string_append_len (out, reader->at, g_utf8_next_char (reader->at) - reader->at);
      reader->at = g_utf8_next_char (reader->at);
    }
  raw->end = reader->at - reader->text;
  raw->text = g_string_free (g_steal_pointer (&out), FALSE);

  return TRUE;
}

static gboolean
is_operator (const char *p)
{
  return *p == '<' || *p == '>' || *p == '=' || g_str_has_prefix (p, "!=") || g_str_has_prefix (p, "≤") ||
         g_str_has_prefix (p, "≥");
}

/* Whether a name, perhaps behind a relation, and a colon or an operator stand at p. */
gboolean
_wb_filter_scan_head (const char *p,
                      WbFilterHead *head)
{
  head->first = scan_name (p);
  head->second = 0;
  head->total = head->first;
  if (head->first == 0)
    return FALSE;
  if (p[head->first] == '.')
    {
      head->second = scan_name (p + head->first + 1);
      head->total += 1 + head->second;
    }
  p += head->total;
  if (*p == ':')
    return !g_str_has_prefix (p, "://"); /* a web address is a word */

  return is_operator (p);
}

/* The same, or a field, spaces and an operator, as in `total > 100`; what else stands before spaces is a word. */
gboolean
_wb_filter_scan_field (const WbCatalogue *catalogue,
                       const char *p,
                       WbFilterHead *head)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  const WbRelation *relation = NULL;

  if (_wb_filter_scan_head (p, head))
    return TRUE;
  if (head->first == 0 || !_wb_filter_is_space (g_utf8_get_char (p + head->total)))
    return FALSE;
  first = g_strndup (p, head->first);
  second = head->second > 0 ? g_strndup (p + head->first + 1, head->second) : NULL;
  relation = second != NULL ? wb_catalogue_find_relation (catalogue, first) : NULL;
  if (second != NULL ? relation == NULL || wb_catalogue_find (wb_catalogue_get (relation->target), second) == NULL
                     : head->total > head->first || wb_catalogue_find (catalogue, first) == NULL)
    return FALSE;
  p += head->total;
  while (_wb_filter_is_space (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);

  return *p == ':' || is_operator (p);
}
