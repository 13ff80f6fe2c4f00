/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How well a bench understands: each command in voices of espeak-ng, and of flite where that is installed, in a quiet room and with noise, and how often it
 * takes other sentences for commands. Prints a line a room: "NAME right N wrong N refused N of N false N of N, N ms", the
 * last the time of the processor for an utterance. With -v also a line for each utterance.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "devices/wb-voice-recogniser.h"
#include "devices/wb-voice.h"
#include "tests/devices/wb-test-voice.h"

static const char *const speakers[] = { "en-us", "en-us+f2", "en-us+m3", "en-us+f4", "en-gb-x-rp", "en-gb-scotland",
                                          "flite:slt", "flite:rms", "flite:awb", "flite:kal16" };

static const char *const other[] = {
  "did you see the game last night", "the weather is getting colder every day", "can you pass me the tape",
  "where did you put the other trolley", "my phone is ringing just a second", "happy birthday to you",
  "that truck is parked in the wrong place", "thank you very much see you tomorrow", "it fell behind the shelf I guess",
  "who is working on saturday", "turn the music down", "let us go home early today", "look at this", "excuse me",
  "good morning everybody", "I do not know", "what time is it", "the coffee is cold", "not now", "wait a minute",
};

static const struct
{
  const char *name;
  double db; /* 0: quiet */
} rooms[] = { { "quiet", 0 }, { "noise-20-db", 20 }, { "noise-10-db", 10 } };

typedef struct
{
  guint right;
  guint wrong;
  guint refused;
  guint n;
  guint n_false;
  guint n_other;
  double seconds;
} Count;

static double
processor_seconds (void)
{
  return (double) clock () / CLOCKS_PER_SEC;
}

static gboolean
hear (WbVoiceRecogniser *recogniser, const char *text, const char *speaker, double db, Count *count, WbVoiceGuess *guess)
{
  g_autoptr(WbTestVoice) voice = wb_test_voice_new ();
  const gint16 *samples = NULL;
  gsize n = 0;
  double before = 0;
  gboolean believed = FALSE;

  wb_test_voice_be_silent (voice, 300);
  if (!wb_test_voice_speak (voice, text, speaker))
    return FALSE;
  wb_test_voice_be_silent (voice, 400);
  if (db > 0)
    wb_test_voice_add_noise (voice, db);
  samples = wb_test_voice_get_samples (voice, &n);
  before = processor_seconds ();
  believed = wb_voice_recogniser_hear (recogniser, samples, n, guess);
  count->seconds += processor_seconds () - before;
  return believed;
}

static void
measure (WbVoiceLanguage *language, WbVoiceRecogniser *recogniser, gsize room, gboolean verbose)
{
  g_autofree char *flite = g_find_program_in_path ("flite");
  gboolean has_flite = flite != NULL;
  Count count = { 0 };

  for (gsize s = 0; s < G_N_ELEMENTS (speakers); s++)
    {
      if (g_str_has_prefix (speakers[s], "flite:") && !has_flite)
        continue;
      for (guint i = 0; i < WB_JOB_N_COMMANDS + 5; i++)
        {
          static const char *const numbers[] = { "check four seven", "check zero nine", "weight one point six", "weight two point five zero",
                                                 "say again" };
          const char *text = i < WB_JOB_N_COMMANDS ? wb_voice_language_get_phrase (language, (WbJobCommand) i)
                                                   : numbers[i - WB_JOB_N_COMMANDS];
          g_auto(WbVoiceGuess) guess = { 0 };
          gboolean believed = hear (recogniser, text, speakers[s], rooms[room].db, &count, &guess);
          gboolean same = g_strcmp0 (guess.text, text) == 0;

          count.n++;
          count.right += believed && same ? 1 : 0;
          count.wrong += believed && !same ? 1 : 0;
          count.refused += believed ? 0 : 1;
          if (verbose)
            printf ("# %s\t%s\t%s\t%s\t%.1f\t%u\t%u\n", rooms[room].name, speakers[s], text, guess.text != NULL ? guess.text : "-",
                    guess.score, guess.speech_ms, guess.else_ms);
        }
      for (gsize i = 0; i < G_N_ELEMENTS (other); i++)
        {
          g_auto(WbVoiceGuess) guess = { 0 };

          count.n_false += hear (recogniser, other[i], speakers[s], rooms[room].db, &count, &guess) ? 1 : 0;
          count.n_other++;
          if (verbose)
            printf ("# %s\t%s\t(%s)\t%s\t%.1f\t%u\t%u\n", rooms[room].name, speakers[s], other[i], guess.text != NULL ? guess.text : "-",
                    guess.score, guess.speech_ms, guess.else_ms);
        }
    }
  printf ("%s right %u wrong %u refused %u of %u false %u of %u, %.0f ms\n", rooms[room].name, count.right, count.wrong, count.refused,
          count.n, count.n_false, count.n_other, count.seconds * 1000 / (count.n + count.n_other));
}

int
main (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(WbVoiceLanguage) language = wb_voice_load_language ("en", &error);
  g_autoptr(WbVoiceRecogniser) recogniser = language != NULL ? wb_voice_recogniser_new (language, &error) : NULL;
  WbVoiceWords words = { .commands = G_MAXUINT, .check = 2, .weight = TRUE };
  g_autofree char *grammar = language != NULL ? wb_voice_language_make_grammar (language, &words, TRUE) : NULL;

  if (recogniser == NULL || !wb_voice_recogniser_set_grammar (recogniser, grammar, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  for (gsize room = 0; room < G_N_ELEMENTS (rooms); room++)
    measure (language, recogniser, room, argc > 1 && strcmp (argv[1], "-v") == 0);
  return 0;
}
