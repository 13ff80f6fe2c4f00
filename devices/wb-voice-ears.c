/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include "devices/wb-speech-gate.h"
#include "devices/wb-voice-private.h"
#include "devices/wb-voice-recogniser.h"

struct _WbVoiceEars
{
  gatomicrefcount count;
  char *code;
  gboolean hands_free;
  GMainContext *main;
  WbVoice *owner; /* main thread only; NULL once closed */

  /* pipeline's thread only */
  gboolean is_begun;
  WbVoiceLanguage *language;
  WbVoiceRecogniser *recogniser;
  WbSpeechGate *gate;
  char *grammar; /* the one it has */

  GMutex lock;
  /* only under the lock */
  WbVoiceWords words;
  gboolean is_muted;
  gint64 awake_until_us;
};

/* ---- What it says, on the main loop ------------------------------------------------------------------- */

typedef struct
{
  WbVoiceEars *ears;
  WbVoiceHeard *heard;
  GError *error;
  guint awake_ms;
} Word;

static void
ears_unref (gpointer data)
{
  WbVoiceEars *self = data;

  if (!g_atomic_ref_count_dec (&self->count))
    return;
  g_mutex_clear (&self->lock);
  g_main_context_unref (self->main);
  g_free (self->code);
  g_free (self);
}

static void
free_word (gpointer data)
{
  Word *word = data;

  wb_voice_heard_free (word->heard);
  g_clear_error (&word->error);
  ears_unref (word->ears);
  g_free (word);
}

static gboolean
word_cb (gpointer user_data)
{
  Word *word = user_data;
  WbVoice *owner = word->ears->owner;

  if (owner != NULL && word->error != NULL)
    _wb_voice_failed (owner, word->error);
  else if (owner != NULL && word->heard != NULL)
    _wb_voice_take_heard (owner, word->heard);
  else if (owner != NULL)
    _wb_voice_opened (owner, word->awake_ms);
  return G_SOURCE_REMOVE;
}

static void
say (WbVoiceEars *self, WbVoiceHeard *heard, GError *error)
{
  Word *word = g_new0 (Word, 1);
  g_autoptr(GSource) source = g_idle_source_new ();

  word->ears = _wb_voice_ears_ref (self);
  word->heard = heard;
  word->error = error;
  word->awake_ms = self->language != NULL ? (guint) wb_voice_language_get_limit (self->language, "AwakeMs") : 0;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, word_cb, word, free_word);
  g_source_attach (source, self->main);
}

/* ---- In the pipeline's thread ---------------------------------------------------------------------------- */

static gboolean
set_grammar (WbVoiceEars *self, const WbVoiceWords *words, gboolean is_awake)
{
  g_autofree char *grammar = wb_voice_language_make_grammar (self->language, words, is_awake);
  g_autoptr(GError) error = NULL;

  if (g_strcmp0 (self->grammar, grammar) == 0)
    return TRUE;
  if (!wb_voice_recogniser_set_grammar (self->recogniser, grammar, &error))
    {
      g_debug ("%s", error->message);
      return FALSE;
    }
  g_free (self->grammar);
  self->grammar = g_steal_pointer (&grammar);
  return TRUE;
}

static WbVoiceHeard *
make_heard (WbVoiceEars *self, const WbVoiceGuess *guess)
{
  WbVoiceHeard *heard = g_new0 (WbVoiceHeard, 1);

  heard->text = g_strdup (guess->text != NULL ? guess->text : "");
  heard->score = guess->score;
  if (guess->is_believed)
    heard->meaning = wb_voice_language_understand (self->language, guess->text, NULL, &heard->command, &heard->digits);
  return heard;
}

static void
utterance_cb (const gint16 *samples, gsize n, gpointer user_data)
{
  WbVoiceEars *self = user_data;
  g_auto(WbVoiceGuess) guess = { 0 };
  WbVoiceWords words = { 0 };
  gboolean is_awake = FALSE;

  g_mutex_lock (&self->lock);
  words = self->words;
  is_awake = self->awake_until_us > g_get_monotonic_time ();
  g_mutex_unlock (&self->lock);
  if ((!is_awake && !self->hands_free) || !set_grammar (self, &words, is_awake))
    return;
  wb_voice_recogniser_hear (self->recogniser, samples, n, &guess);
  g_debug ("heard “%s” score %.1f speech %u ms, else %u ms%s", guess.text != NULL ? guess.text : "", guess.score, guess.speech_ms,
           guess.else_ms, guess.is_believed ? "" : ": not believed");
  /* What was said to somebody else, before the wake word, is nobody's business. */
  if (is_awake || guess.is_believed)
    say (self, make_heard (self, &guess), NULL);
}

static gboolean
begin (WbVoiceEars *self)
{
  GError *error = NULL;

  self->is_begun = TRUE;
  self->language = wb_voice_load_language (self->code, &error);
  if (self->language != NULL)
    self->recogniser = wb_voice_recogniser_new (self->language, &error);
  if (self->recogniser == NULL)
    {
      say (self, NULL, error);
      return FALSE;
    }
  self->gate = wb_speech_gate_new (WB_VOICE_RATE);
  say (self, NULL, NULL);
  return TRUE;
}

void
_wb_voice_ears_take (GstSample *sample, gpointer data)
{
  WbVoiceEars *self = data;
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  gboolean is_muted = FALSE;
  GstMapInfo map;

  if ((!self->is_begun && !begin (self)) || self->gate == NULL)
    return;
  g_mutex_lock (&self->lock);
  is_muted = self->is_muted;
  g_mutex_unlock (&self->lock);
  if (is_muted)
    {
      wb_speech_gate_forget (self->gate);
      return;
    }
  if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
    return;
  wb_speech_gate_take (self->gate, (const gint16 *) (gpointer) map.data, map.size / sizeof (gint16), utterance_cb, self);
  gst_buffer_unmap (buffer, &map);
}

void
_wb_voice_ears_end (gpointer data)
{
  WbVoiceEars *self = data;

  g_clear_pointer (&self->recogniser, wb_voice_recogniser_free);
  g_clear_pointer (&self->language, wb_voice_language_free);
  g_clear_pointer (&self->gate, wb_speech_gate_free);
  g_clear_pointer (&self->grammar, g_free);
  ears_unref (self);
}

/* ---- For the device ----------------------------------------------------------------------------------------- */

WbVoiceEars *
_wb_voice_ears_new (const char *language, gboolean hands_free, WbVoice *owner)
{
  WbVoiceEars *self = g_new0 (WbVoiceEars, 1);

  g_atomic_ref_count_init (&self->count);
  self->code = g_strdup (language);
  self->hands_free = hands_free;
  self->main = g_main_context_ref_thread_default ();
  self->owner = owner;
  g_mutex_init (&self->lock);
  return self;
}

WbVoiceEars *
_wb_voice_ears_ref (WbVoiceEars *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
_wb_voice_ears_close (WbVoiceEars *self)
{
  self->owner = NULL;
  ears_unref (self);
}

void
_wb_voice_ears_set_words (WbVoiceEars *self, const WbVoiceWords *words)
{
  g_mutex_lock (&self->lock);
  self->words = *words;
  g_mutex_unlock (&self->lock);
}

void
_wb_voice_ears_set_muted (WbVoiceEars *self, gboolean muted)
{
  g_mutex_lock (&self->lock);
  self->is_muted = muted;
  g_mutex_unlock (&self->lock);
}

void
_wb_voice_ears_set_awake (WbVoiceEars *self, gint64 until_us)
{
  g_mutex_lock (&self->lock);
  self->awake_until_us = until_us;
  g_mutex_unlock (&self->lock);
}
