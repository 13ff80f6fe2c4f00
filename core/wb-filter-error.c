/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with an expression, where, and what could stand there instead. */
#include "config.h"

#include "core/wb-filter-private.h"

#include <string.h>

typedef struct
{
  WbFilterSpan span;
  char *expected;
  char *suggestion;
} WbFilterErrorPrivate;

static void
wb_filter_error_private_init (WbFilterErrorPrivate *priv)
{
}

static void
wb_filter_error_private_copy (const WbFilterErrorPrivate *from,
                              WbFilterErrorPrivate *to)
{
  to->span = from->span;
  to->expected = g_strdup (from->expected);
  to->suggestion = g_strdup (from->suggestion);
}

static void
wb_filter_error_private_clear (WbFilterErrorPrivate *priv)
{
  g_free (priv->expected);
  g_free (priv->suggestion);
}

G_DEFINE_EXTENDED_ERROR (WbFilterError, wb_filter_error)

/* The error of bytes [start, end) of what is being read. */
void
_wb_filter_set_error (GError **error,
                      const WbFilterReader *reader,
                      gsize start,
                      gsize end,
                      WbFilterError code,
                      const char *expected,
                      const char *suggestion,
                      const char *format,
                      ...)
{
  WbFilterErrorPrivate *priv = NULL;
  va_list args;

  if (error == NULL)
    return;

  va_start (args, format);
  *error = g_error_new_valist (WB_FILTER_ERROR, code, format, args);
  va_end (args);

  priv = wb_filter_error_get_private (*error);
  priv->span.start = start;
  priv->span.end = end;
  priv->span.start_char = g_utf8_pointer_to_offset (reader->text, reader->text + start);
  priv->span.end_char = g_utf8_pointer_to_offset (reader->text, reader->text + end);
  priv->expected = g_strdup (expected);
  priv->suggestion = g_strdup (suggestion);
}

/**
 * wb_filter_error_get_span:
 * @error: an error
 * @span: (out caller-allocates): the piece of the text that it is about
 *
 * Returns: %FALSE when @error is not of %WB_FILTER_ERROR
 */
gboolean
wb_filter_error_get_span (const GError *error,
                          WbFilterSpan *span)
{
  if (!g_error_matches (error, WB_FILTER_ERROR, error != NULL ? error->code : 0))
    return FALSE;

  *span = wb_filter_error_get_private (error)->span;
  return TRUE;
}

/**
 * wb_filter_error_get_expected:
 * @error: an error
 *
 * Returns: (transfer none) (nullable): what was expected there, in words
 */
const char *
wb_filter_error_get_expected (const GError *error)
{
  return error != NULL && error->domain == WB_FILTER_ERROR ? wb_filter_error_get_private (error)->expected : NULL;
}

/**
 * wb_filter_error_get_suggestion:
 * @error: an error
 *
 * Returns: (transfer none) (nullable): a text to put in place of the span
 */
const char *
wb_filter_error_get_suggestion (const GError *error)
{
  return error != NULL && error->domain == WB_FILTER_ERROR ? wb_filter_error_get_private (error)->suggestion : NULL;
}

/* What was written there, for a message: not more of it than one can read. */
char *
_wb_filter_excerpt (const WbFilterReader *reader,
                    gsize start,
                    gsize end)
{
  const char *text = reader->text + start;
  gsize n = MIN (end - start, 60);

  while (n > 0 && (text[n] & 0xc0) == 0x80)
    n--;

  return g_strdup_printf ("%.*s%s", (int) n, text, n < end - start ? "…" : "");
}

/* Insertions, deletions, replacements and swapped neighbours between two words; ASCII case does not count. */
static guint
distance (const char *a,
          const char *b)
{
  gsize m = strlen (a), n = strlen (b);
  guint rows[3][65];

  if (m > 64 || n > 64)
    return G_MAXUINT;
  for (gsize j = 0; j <= n; j++)
    rows[0][j] = j;
  for (gsize i = 1; i <= m; i++)
    {
      guint *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];

      now[0] = i;
      for (gsize j = 1; j <= n; j++)
        {
          char x = g_ascii_tolower (a[i - 1]), y = g_ascii_tolower (b[j - 1]);

          now[j] = MIN (MIN (last[j], now[j - 1]) + 1, last[j - 1] + (x != y));
          if (i > 1 && j > 1 && x == g_ascii_tolower (b[j - 2]) && y == g_ascii_tolower (a[i - 2]))
            now[j] = MIN (now[j], before[j - 2] + 1);
        }
    }

  return rows[m % 3][n];
}

/* The candidate that @word was probably meant to be, or NULL: mistyped, or the beginning of only one; never its opposite. */
const char *
_wb_filter_nearest (const char *word,
                    GPtrArray *candidates)
{
  const char *best = NULL, *longer = NULL;
  guint best_distance = MAX (1, strlen (word) / 3) + 1, n_longer = 0;

  for (guint i = 0; i < candidates->len; i++)
    {
      const char *candidate = g_ptr_array_index (candidates, i);
      guint d = distance (word, candidate);

      if (_wb_filter_is_opposite (word, candidate) || _wb_filter_is_opposite (candidate, word))
        continue;
      if (g_ascii_strncasecmp (candidate, word, strlen (word)) == 0 && strlen (word) >= 2)
        {
          longer = candidate;
          n_longer++;
        }
      if (d < best_distance)
        {
          best = candidate;
          best_distance = d;
        }
    }

  return best != NULL ? best : n_longer == 1 ? longer : NULL;
}
