/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Voice languages of other people: both files in one, parted by a line of dashes; then what the language makes of a text. */
#include "config.h"

#include <string.h>

#include "core/wb-voice.h"
#include "tests/fuzz/wb-fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *ini = g_strndup ((const char *) data, size);
  char *words = strstr (ini, "\n---\n");
  char *said = words != NULL ? strstr (words + 1, "\n---\n") : NULL;
  g_autoptr(WbVoiceLanguage) language = NULL;
  WbVoiceWords all = { .commands = G_MAXUINT, .check = 9, .weight = TRUE };

  if (said == NULL)
    return 0;
  *words = '\0';
  *said = '\0';
  language = wb_voice_language_parse (ini, words + strlen ("\n---\n"), NULL);
  if (language != NULL)
    {
      g_autofree char *grammar = wb_voice_language_make_grammar (language, &all, TRUE);
      g_autofree char *loop = wb_voice_language_make_loop (language);
      g_autofree char *digits = NULL;
      WbVoiceMeaning meaning = wb_voice_language_understand (language, said + strlen ("\n---\n"), NULL, NULL, &digits);

      g_assert_true ((digits != NULL) == (meaning == WB_VOICE_CHECK || meaning == WB_VOICE_WEIGHT));
      g_assert_true (g_str_has_prefix (grammar, "#JSGF") && g_str_has_prefix (loop, "#JSGF"));
    }
  return 0;
}
