/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What WbVoice does in threads: wb-voice-ears.c listens in the pipeline's thread, wb-voice-mouth.c speaks in another. The
 * device owns one of each on the main thread.
 */
#pragma once

#include <gst/gst.h>

#include "devices/wb-voice.h"

G_BEGIN_DECLS

/* ---- Ears -------------------------------------------------------------------------------------------- */

typedef struct _WbVoiceEars WbVoiceEars;

/* @language: a code. The first reference is the owner's. */
WbVoiceEars *_wb_voice_ears_new (const char *language, gboolean hands_free, WbVoice *owner);
WbVoiceEars *_wb_voice_ears_ref (WbVoiceEars *self);

/* Main thread. */
void _wb_voice_ears_close (WbVoiceEars *self);
void _wb_voice_ears_set_words (WbVoiceEars *self, const WbVoiceWords *words);
void _wb_voice_ears_set_muted (WbVoiceEars *self, gboolean muted);
/* Until when no wake word is needed, g_get_monotonic_time(); 0: it is. */
void _wb_voice_ears_set_awake (WbVoiceEars *self, gint64 until_us);

/* In the pipeline's thread. */
void _wb_voice_ears_take (GstSample *sample, gpointer self);
void _wb_voice_ears_end (gpointer self);

/* What they tell the device, on the main thread. */
void _wb_voice_opened (WbVoice *self, guint awake_ms);
void _wb_voice_failed (WbVoice *self, const GError *error);
void _wb_voice_take_heard (WbVoice *self, const WbVoiceHeard *heard);

/* ---- Mouth -------------------------------------------------------------------------------------------- */

typedef struct _WbVoiceMouth WbVoiceMouth;

WbVoiceMouth *_wb_voice_mouth_new (const char *sink, guint pace, WbVoice *owner);
void _wb_voice_mouth_close (WbVoiceMouth *self);
/* Replaces what is being said. */
void _wb_voice_mouth_say (WbVoiceMouth *self, const char *text, const char *speaker);

/* On the main thread, once nothing is being said any more; @error: (nullable): why it could not be heard */
void _wb_voice_spoken (WbVoice *self, const GError *error);

G_END_DECLS
