/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-clean.h"

char *
wb_clean_line (const char *bytes, gssize length, gsize most)
{
  g_autofree char *valid = NULL;
  GString *line = g_string_new (NULL);

  g_return_val_if_fail (bytes != NULL || length == 0, g_string_free (line, FALSE));

  valid = g_utf8_make_valid (bytes != NULL ? bytes : "", length);
  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (line->len + (gsize) g_unichar_to_utf8 (letter, NULL) > most)
        break;
      g_string_append_unichar (line, g_unichar_iscntrl (letter) ? ' ' : letter);
    }
  return g_strstrip (g_string_free (line, FALSE));
}
