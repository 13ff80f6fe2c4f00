/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A microphone that understands what can be said at the moment, and a voice that answers. It listens when somebody pressed to
 * talk, or, hands-free, after the wake word; never while it speaks. What it heard arrives as #WbVoice::heard on the main
 * loop, also what it does not believe, so that it can be shown. All work is done in threads. Main thread.
 *
 * Options: "source" (a GStreamer fragment that ends in raw audio), "sink" (one that plays it), "language" (a folder of
 * data/voice), "mode" (off: a bench leaves it alone; press to talk; or hands-free), "speak" (whether it reads out), "pace" (words a minute).
 */
#pragma once

#include "core/wb-voice.h"
#include "devices/wb-device.h"

G_BEGIN_DECLS

/**
 * WbVoiceHeard:
 * @text: what was understood; "" for something that is none of what can be said
 * @meaning: what that means; %WB_VOICE_NOTHING when it is not believed
 * @command: of %WB_VOICE_COMMAND
 * @digits: (nullable): of %WB_VOICE_CHECK and %WB_VOICE_WEIGHT
 * @score: see #WbVoiceGuess
 */
typedef struct
{
  char *text;
  WbVoiceMeaning meaning;
  WbJobCommand command;
  char *digits;
  double score;
} WbVoiceHeard;

#define WB_TYPE_VOICE_HEARD (wb_voice_heard_get_type ())
GType wb_voice_heard_get_type (void) G_GNUC_CONST;
WbVoiceHeard *wb_voice_heard_copy (const WbVoiceHeard *self);
void wb_voice_heard_free (WbVoiceHeard *self);

#define WB_TYPE_VOICE (wb_voice_get_type ())
G_DECLARE_FINAL_TYPE (WbVoice, wb_voice, WB, VOICE, WbDevice)

/**
 * WbVoice::heard:
 * @heard: (type WbVoiceHeard): an utterance while it listened
 */

/**
 * WbVoice::changed:
 *
 * It began or ceased to listen or to speak.
 */

/**
 * wb_voice_new:
 * @source: what stands in the option "source" when nobody says otherwise
 *
 * Returns: (transfer full): a #WbVoice, closed
 */
WbDevice *wb_voice_new (const char *source, const char *id, const char *name);

/**
 * wb_voice_load_language:
 * @code: "en": a folder in WAYBILL_VOICE_PATH, in /etc/waybill/voice, or built in
 *
 * Fails with %WB_DEVICE_ERROR_NOT_FOUND.
 *
 * Returns: (transfer full): a language
 */
WbVoiceLanguage *wb_voice_load_language (const char *code, GError **error);

/**
 * wb_voice_set_words:
 *
 * What can be said from now on.
 */
void wb_voice_set_words (WbVoice *self, const WbVoiceWords *words);

/**
 * wb_voice_listen:
 *
 * Somebody pressed to talk, or a question was asked: listens for a while, without a wake word, once it has said what there
 * is to say.
 */
void wb_voice_listen (WbVoice *self);

/**
 * wb_voice_is_listening:
 *
 * Returns: whether what is said now is meant for it: somebody asked, or said the wake word
 */
gboolean wb_voice_is_listening (WbVoice *self);

/**
 * wb_voice_say:
 * @text: a sentence
 *
 * Reads it out, in the place of what is still being said. Nothing is understood meanwhile, and for a moment after, so it never hears
 * itself.
 */
void wb_voice_say (WbVoice *self, const char *text);
gboolean wb_voice_is_speaking (WbVoice *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbVoiceHeard, wb_voice_heard_free)

G_END_DECLS
