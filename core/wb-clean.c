/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-clean.h"

/* Unicode has pictures of the control characters, in their order. */
#define CONTROL_PICTURES 0x2400
#define DELETE 0x7f
#define DELETE_PICTURE 0x2421
#define UNKNOWN 0xfffd

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

char *
wb_clean_visible (const char *text)
{
  g_autofree char *valid = NULL;
  GString *visible = g_string_new (NULL);

  g_return_val_if_fail (text != NULL, g_string_free (visible, FALSE));

  valid = g_utf8_make_valid (text, -1);
  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (letter < ' ')
        letter += CONTROL_PICTURES;
      else if (letter == DELETE)
        letter = DELETE_PICTURE;
      else if (g_unichar_iscntrl (letter))
        letter = UNKNOWN;
      g_string_append_unichar (visible, letter);
    }
  return g_string_free (visible, FALSE);
}
