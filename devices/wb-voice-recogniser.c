/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "devices/wb-device-error.h"
#include "devices/wb-library.h"
#include "devices/wb-voice-recogniser.h"

/* What we use of PocketSphinx 0.8+5prealpha (sonames 3), which is what distributions have. */
static struct
{
  gpointer (*cmd_ln_init) (gpointer inout, gconstpointer definitions, gint32 strict, ...);
  int (*cmd_ln_free_r) (gpointer config);
  void (*err_set_logfp) (gpointer stream);
  gpointer (*jsgf_parse_string) (const char *jsgf, gpointer parent);
  gpointer (*jsgf_get_public_rule) (gpointer grammar);
  gpointer (*jsgf_build_fsg) (gpointer grammar, gpointer rule, gpointer logmath, float weight);
  void (*jsgf_grammar_free) (gpointer grammar);
  int (*fsg_model_free) (gpointer fsg);
  gconstpointer (*args) (void);
  gpointer (*init) (gpointer config);
  int (*free) (gpointer decoder);
  gpointer (*get_logmath) (gpointer decoder);
  int (*set_fsg) (gpointer decoder, const char *name, gpointer fsg);
  int (*set_search) (gpointer decoder, const char *name);
  int (*add_word) (gpointer decoder, const char *word, const char *phones, int update);
  int (*start_stream) (gpointer decoder);
  int (*start_utt) (gpointer decoder);
  int (*process_raw) (gpointer decoder, const gint16 *data, size_t n, int no_search, int full_utt);
  int (*end_utt) (gpointer decoder);
  const char *(*get_hyp) (gpointer decoder, gint32 *score);
  gpointer (*seg_iter) (gpointer decoder);
  gpointer (*seg_next) (gpointer segment);
  const char *(*seg_word) (gpointer segment);
  void (*seg_frames) (gpointer segment, int *start, int *end);
} ps;

/* The decoder counts in hundredths of a second. */
#define FRAME_MS 10
#define MAX_FRAMES 1000
/* So much speech is counted at least: a click is no evidence. */
#define MIN_FRAMES 10
#define PIECE 1600
/* How loud the noise is that a breath is made of, in steps of 16 bits; low, as of a room, it is a tenth of that. */
#define BREATH 300

typedef struct
{
  guint32 state;
  float level;
} Breath;
/* What the library takes when nobody says otherwise. */
#define GRAMMAR_WEIGHT 6.5f

struct _WbVoiceRecogniser
{
  const WbVoiceLanguage *language;
  gpointer phrases;
  gpointer loop;
  gboolean has_grammar;
};

void
wb_voice_guess_clear (WbVoiceGuess *guess)
{
  g_clear_pointer (&guess->text, g_free);
}

/* ---- The library -------------------------------------------------------------------------------------- */

static gboolean
open_pocketsphinx (GError **error)
{
  static const WbLibrarySymbol base[] = {
    { "cmd_ln_init", (gpointer *) &ps.cmd_ln_init },
    { "cmd_ln_free_r", (gpointer *) &ps.cmd_ln_free_r },
    { "err_set_logfp", (gpointer *) &ps.err_set_logfp },
    { "jsgf_parse_string", (gpointer *) &ps.jsgf_parse_string },
    { "jsgf_get_public_rule", (gpointer *) &ps.jsgf_get_public_rule },
    { "jsgf_build_fsg", (gpointer *) &ps.jsgf_build_fsg },
    { "jsgf_grammar_free", (gpointer *) &ps.jsgf_grammar_free },
    { "fsg_model_free", (gpointer *) &ps.fsg_model_free },
    { NULL, NULL },
  };
  static const WbLibrarySymbol symbols[] = {
    { "ps_args", (gpointer *) &ps.args },
    { "ps_init", (gpointer *) &ps.init },
    { "ps_free", (gpointer *) &ps.free },
    { "ps_get_logmath", (gpointer *) &ps.get_logmath },
    { "ps_set_fsg", (gpointer *) &ps.set_fsg },
    { "ps_set_search", (gpointer *) &ps.set_search },
    { "ps_add_word", (gpointer *) &ps.add_word },
    { "ps_start_stream", (gpointer *) &ps.start_stream },
    { "ps_start_utt", (gpointer *) &ps.start_utt },
    { "ps_process_raw", (gpointer *) &ps.process_raw },
    { "ps_end_utt", (gpointer *) &ps.end_utt },
    { "ps_get_hyp", (gpointer *) &ps.get_hyp },
    { "ps_seg_iter", (gpointer *) &ps.seg_iter },
    { "ps_seg_next", (gpointer *) &ps.seg_next },
    { "ps_seg_word", (gpointer *) &ps.seg_word },
    { "ps_seg_frames", (gpointer *) &ps.seg_frames },
    { NULL, NULL },
  };
  static GMutex lock;
  static gboolean is_open = FALSE;
  const char *missing = _ ("voice is not understood: install the package libpocketsphinx3");
  gboolean opened = FALSE;

  g_mutex_lock (&lock);
  if (!is_open)
    {
      is_open = wb_library_open ("libsphinxbase.so.3", missing, base, error) &&
                wb_library_open ("libpocketsphinx.so.3", missing, symbols, error);
      if (is_open)
        ps.err_set_logfp (NULL); /* or it tells each of its steps on standard error */
    }
  opened = is_open;
  g_mutex_unlock (&lock);
  return opened;
}

static void
add_words (gpointer decoder, const char *dictionary)
{
  g_auto(GStrv) lines = g_strsplit (dictionary, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *phones = strpbrk (lines[i], " \t");

      if (phones == NULL)
        continue;
      *phones++ = '\0';
      if (ps.add_word (decoder, lines[i], g_strstrip (phones), FALSE) < 0)
        g_debug ("the recogniser does not take the word “%s”", lines[i]);
    }
}

static gpointer
make_decoder (const WbVoiceLanguage *language)
{
  gpointer config = ps.cmd_ln_init (NULL, ps.args (), TRUE, "-hmm", wb_voice_language_get_model (language), "-dict", "/dev/null",
                                    "-samprate", "16000", NULL);
  gpointer decoder = config != NULL ? ps.init (config) : NULL;

  if (config != NULL)
    ps.cmd_ln_free_r (config);
  if (decoder != NULL)
    add_words (decoder, wb_voice_language_get_dictionary (language));
  return decoder;
}

/* ps_set_jsgf_string() would do the same, and never gives the parsed grammar back. */
static gboolean
set_grammar (gpointer decoder, const char *jsgf)
{
  gpointer grammar = ps.jsgf_parse_string (jsgf, NULL);
  gpointer rule = grammar != NULL ? ps.jsgf_get_public_rule (grammar) : NULL;
  gpointer fsg = rule != NULL ? ps.jsgf_build_fsg (grammar, rule, ps.get_logmath (decoder), GRAMMAR_WEIGHT) : NULL;
  gboolean is_set = fsg != NULL && ps.set_fsg (decoder, "bench", fsg) == 0;

  if (fsg != NULL)
    ps.fsg_model_free (fsg);
  if (grammar != NULL)
    ps.jsgf_grammar_free (grammar);
  return is_set && ps.set_search (decoder, "bench") == 0;
}

static gboolean
set_search (gpointer decoder, const char *jsgf, GError **error)
{
  if (set_grammar (decoder, jsgf))
    return TRUE;
  g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, "the recogniser does not take this grammar: %s", jsgf);
  return FALSE;
}

WbVoiceRecogniser *
wb_voice_recogniser_new (const WbVoiceLanguage *language, GError **error)
{
  g_autoptr(WbVoiceRecogniser) self = NULL;
  g_autofree char *loop = NULL;

  g_return_val_if_fail (language != NULL, NULL);

  if (!open_pocketsphinx (error))
    return NULL;
  if (!g_file_test (wb_voice_language_get_model (language), G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND, _ ("%s is not understood: install the package %s"),
                   wb_voice_language_get_name (language), wb_voice_language_get_package (language));
      return NULL;
    }
  self = g_new0 (WbVoiceRecogniser, 1);
  self->language = language;
  self->phrases = make_decoder (language);
  self->loop = make_decoder (language);
  loop = wb_voice_language_make_loop (language);
  if (self->phrases == NULL || self->loop == NULL)
    {
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED, _ ("the model in %s is not understood"),
                   wb_voice_language_get_model (language));
      return NULL;
    }
  return set_search (self->loop, loop, error) ? g_steal_pointer (&self) : NULL;
}

void
wb_voice_recogniser_free (WbVoiceRecogniser *self)
{
  if (self == NULL)
    return;
  if (self->phrases != NULL)
    ps.free (self->phrases);
  if (self->loop != NULL)
    ps.free (self->loop);
  g_free (self);
}

gboolean
wb_voice_recogniser_set_grammar (WbVoiceRecogniser *self, const char *jsgf, GError **error)
{
  g_return_val_if_fail (self != NULL && jsgf != NULL, FALSE);

  self->has_grammar = set_search (self->phrases, jsgf, error);
  return self->has_grammar;
}

/* ---- Hearing --------------------------------------------------------------------------------------------- */

/*
 * A breath of noise, 40 dB below somebody who speaks, the same for the same sound. Where something takes the noise out of a line it is nothing
 * at all between the words, which no model was ever trained on: a fifth of what is said was not understood.
 */
static void
breathe (Breath *breath, const gint16 *samples, gint16 *breathed, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      breath->state = breath->state * 1664525 + 1013904223; /* Numerical Recipes' generator */
      breath->level += ((float) (gint32) breath->state / 2147483648.0f * BREATH - breath->level) / 50;
      breathed[i] = (gint16) CLAMP (samples[i] + breath->level, G_MININT16, G_MAXINT16);
    }
}

static void
decode (gpointer decoder, const gint16 *samples, gsize n)
{
  gint16 piece[PIECE];
  Breath breath = { 1, 0 };

  ps.start_stream (decoder); /* or its frames count on from the last utterance */
  ps.start_utt (decoder);
  for (gsize at = 0; at < n; at += PIECE)
    {
      gsize size = MIN (PIECE, n - at);

      breathe (&breath, samples + at, piece, size);
      ps.process_raw (decoder, piece, size, FALSE, FALSE);
    }
  ps.end_utt (decoder);
}

/* Marks the frames in which words are; what stands in brackets is silence and noise. */
static guint
mark_words (gpointer decoder, guint8 *frames)
{
  guint n = 0;

  for (gpointer segment = ps.seg_iter (decoder); segment != NULL; segment = ps.seg_next (segment))
    {
      const char *word = ps.seg_word (segment);
      int start = 0;
      int end = 0;

      ps.seg_frames (segment, &start, &end);
      if (word == NULL || strchr ("<[(", *word) != NULL)
        continue;
      for (int i = MAX (start, 0); i <= end && i < MAX_FRAMES; i++)
        {
          n += frames[i] == 0 ? 1 : 0;
          frames[i] = 1;
        }
    }
  return n;
}

static gboolean
is_number (WbVoiceRecogniser *self, const char *text)
{
  WbVoiceMeaning meaning = wb_voice_language_understand (self->language, text, NULL, NULL, NULL);

  return meaning == WB_VOICE_CHECK || meaning == WB_VOICE_WEIGHT;
}

gboolean
wb_voice_recogniser_hear (WbVoiceRecogniser *self, const gint16 *samples, gsize n, WbVoiceGuess *guess)
{
  guint8 spoken[MAX_FRAMES] = { 0 };
  guint8 covered[MAX_FRAMES] = { 0 };
  gint32 phrase_score = 0;
  gint32 loop_score = 0;
  guint n_spoken = 0;
  guint n_else = 0;
  const char *text = NULL;
  const char *limit = NULL;

  g_return_val_if_fail (self != NULL && samples != NULL && guess != NULL, FALSE);

  *guess = (WbVoiceGuess) { 0 };
  if (!self->has_grammar)
    return FALSE;
  decode (self->phrases, samples, n);
  text = ps.get_hyp (self->phrases, &phrase_score);
  if (text == NULL || *text == '\0')
    return FALSE;
  guess->text = g_strdup (text);
  decode (self->loop, samples, n);
  ps.get_hyp (self->loop, &loop_score);
  n_spoken = mark_words (self->loop, spoken);
  mark_words (self->phrases, covered);
  for (guint i = 0; i < MAX_FRAMES; i++)
    n_else += spoken[i] != 0 && covered[i] == 0 ? 1 : 0;
  guess->score = (double) (phrase_score - loop_score) / MAX (n_spoken, MIN_FRAMES);
  guess->speech_ms = n_spoken * FRAME_MS;
  guess->else_ms = n_else * FRAME_MS;
  limit = is_number (self, text) ? "NumberScore" : "Score";
  guess->is_believed = n_spoken >= MIN_FRAMES && guess->score >= wb_voice_language_get_limit (self->language, limit) &&
                       guess->speech_ms <= wb_voice_language_get_limit (self->language, "LongestMs") &&
                       guess->else_ms <= wb_voice_language_get_limit (self->language, "ElseMs");
  return guess->is_believed;
}
