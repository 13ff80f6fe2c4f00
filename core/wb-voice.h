/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What can be said at a bench: a language as data (data/voice/LANGUAGE: language.ini and words.dict), what is possible in the state
 * of a job, as a grammar that a recogniser takes, and what a recognised text means. Knows no microphone. Plain values; any
 * thread.
 */
#pragma once

#include "core/wb-job-answer.h"

G_BEGIN_DECLS

/**
 * WbVoiceMeaning:
 * @WB_VOICE_NOTHING: none of what can be said
 * @WB_VOICE_WAKE: the wake word
 * @WB_VOICE_COMMAND: a command
 * @WB_VOICE_CHECK: the check digits of a shelf
 * @WB_VOICE_WEIGHT: a weight in kilograms
 * @WB_VOICE_YES: to a question
 * @WB_VOICE_NO: to a question
 * @WB_VOICE_AGAIN: say it once more
 */
typedef enum
{
  WB_VOICE_NOTHING,
  WB_VOICE_WAKE,
  WB_VOICE_COMMAND,
  WB_VOICE_CHECK,
  WB_VOICE_WEIGHT,
  WB_VOICE_YES,
  WB_VOICE_NO,
  WB_VOICE_AGAIN,
} WbVoiceMeaning;

/**
 * WbVoiceWords:
 * @commands: 1 << #WbJobCommand of each that is possible
 * @check: how many check digits the shelf has that somebody stands at; 0: none are asked for
 * @weight: a weight is asked for
 * @question: a question was asked: yes and no, and nothing else
 *
 * What may be said now.
 */
typedef struct
{
  guint commands;
  guint check;
  gboolean weight;
  gboolean question;
} WbVoiceWords;

typedef struct _WbVoiceLanguage WbVoiceLanguage;

/**
 * wb_voice_language_parse:
 * @ini: language.ini
 * @words: words.dict
 *
 * Fails with %WB_ERROR_INVALID, saying where, when it is no key file, a command is none, a phrase has a word that the
 * dictionary does not know, or two things are said alike.
 *
 * Returns: (transfer full): a language
 */
WbVoiceLanguage *wb_voice_language_parse (const char *ini, const char *words, GError **error);
void wb_voice_language_free (WbVoiceLanguage *self);

const char *wb_voice_language_get_name (const WbVoiceLanguage *self);
/* Folder of the recogniser's model, the package that brings it, and the voice that speaks. */
const char *wb_voice_language_get_model (const WbVoiceLanguage *self);
const char *wb_voice_language_get_package (const WbVoiceLanguage *self);
const char *wb_voice_language_get_speaker (const WbVoiceLanguage *self);

/**
 * wb_voice_language_get_dictionary:
 *
 * Returns: (transfer none): its words as a recogniser takes them
 */
const char *wb_voice_language_get_dictionary (const WbVoiceLanguage *self);

/**
 * wb_voice_language_get_limit:
 * @name: "Score", "NumberScore", "LongestMs", "ElseMs" or "AwakeMs"
 *
 * Returns: when to believe what was understood; see the file
 */
double wb_voice_language_get_limit (const WbVoiceLanguage *self, const char *name);

/**
 * wb_voice_language_get_phrase:
 *
 * Returns: (transfer none) (nullable): the first way to say a command
 */
const char *wb_voice_language_get_phrase (const WbVoiceLanguage *self, WbJobCommand command);

/**
 * wb_voice_language_make_grammar:
 * @words: what may be said
 * @is_awake: whether the wake word may be left out
 *
 * Returns: (transfer full): JSGF; before each phrase, or alone, stands the wake word
 */
char *wb_voice_language_make_grammar (const WbVoiceLanguage *self, const WbVoiceWords *words, gboolean is_awake);

/**
 * wb_voice_language_make_loop:
 *
 * Returns: (transfer full): JSGF of any row of sounds
 */
char *wb_voice_language_make_loop (const WbVoiceLanguage *self);

/**
 * wb_voice_language_understand:
 * @text: what was recognised
 * @has_wake: (out) (optional): whether it began with the wake word
 * @command: (out) (optional): of %WB_VOICE_COMMAND
 * @digits: (out) (optional) (transfer full): of %WB_VOICE_CHECK "47", of %WB_VOICE_WEIGHT "1.6"
 *
 * Returns: what it means
 */
WbVoiceMeaning wb_voice_language_understand (const WbVoiceLanguage *self, const char *text, gboolean *has_wake,
                                             WbJobCommand *command, char **digits);

/**
 * wb_voice_words_for:
 * @state: (nullable): of the order in hand
 *
 * What a step knows: commands that its buttons offer, check digits where something is fetched, a weight where one is asked for.
 */
void wb_voice_words_for (const WbJobState *state, WbVoiceWords *words);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbVoiceLanguage, wb_voice_language_free)

G_END_DECLS
