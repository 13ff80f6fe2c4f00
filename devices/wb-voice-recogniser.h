/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Understands one utterance by a grammar (PocketSphinx, opened when it is first needed), and says how sure it is: beside
 * the grammar it listens to any row of sounds, and a phrase is believed when it explains the utterance nearly as well. One
 * thread at a time; an utterance takes it some tens of milliseconds to some hundred, so that is never the main thread.
 */
#pragma once

#include "core/wb-voice.h"

G_BEGIN_DECLS

/** Samples are mono, signed 16 bit, this many a second. */
#define WB_VOICE_RATE 16000

typedef struct _WbVoiceRecogniser WbVoiceRecogniser;

/**
 * WbVoiceGuess:
 * @text: (nullable): what the grammar makes of it; %NULL for nothing
 * @score: how much worse that explains it than any row of sounds does, for each hundredth of a second of speech; at most 0 or so
 * @speech_ms: how long somebody spoke
 * @else_ms: speech that the phrase does not cover
 * @is_believed: within the language's limits
 */
typedef struct
{
  char *text;
  double score;
  guint speech_ms;
  guint else_ms;
  gboolean is_believed;
} WbVoiceGuess;

/**
 * wb_voice_guess_clear:
 *
 * Frees what is in it.
 */
void wb_voice_guess_clear (WbVoiceGuess *guess);

/**
 * wb_voice_recogniser_new:
 * @language: (transfer none): must live as long
 *
 * Fails with %WB_DEVICE_ERROR_NOT_FOUND when the library or the language's model is not installed; the message says what to
 * install.
 *
 * Returns: (transfer full): a recogniser without a grammar
 */
WbVoiceRecogniser *wb_voice_recogniser_new (const WbVoiceLanguage *language, GError **error);
void wb_voice_recogniser_free (WbVoiceRecogniser *self);

/**
 * wb_voice_recogniser_set_grammar:
 * @jsgf: as wb_voice_language_make_grammar() makes it
 */
gboolean wb_voice_recogniser_set_grammar (WbVoiceRecogniser *self, const char *jsgf, GError **error);

/**
 * wb_voice_recogniser_hear:
 * @samples: one utterance with a little silence around it
 * @guess: (out): cleared by the caller
 *
 * Returns: whether it is believed
 */
gboolean wb_voice_recogniser_hear (WbVoiceRecogniser *self, const gint16 *samples, gsize n, WbVoiceGuess *guess);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbVoiceRecogniser, wb_voice_recogniser_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbVoiceGuess, wb_voice_guess_clear)

G_END_DECLS
