/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a microphone hears in tests: sentences that espeak-ng speaks, silence and noise, one after the other, at the rate of the
 * recogniser.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WbTestVoice WbTestVoice;

WbTestVoice *wb_test_voice_new (void);
void wb_test_voice_free (WbTestVoice *self);

/**
 * wb_test_voice_speak:
 * @speaker: a voice of espeak-ng; "flite:slt" is one of flite's
 *
 * Returns: FALSE when nothing here can speak, and the running test is skipped
 */
gboolean wb_test_voice_speak (WbTestVoice *self, const char *text, const char *speaker);
void wb_test_voice_be_silent (WbTestVoice *self, guint ms);

/**
 * wb_test_voice_make_noise:
 * @loudness: root mean square of the samples
 *
 * Noise that is the same in every run.
 */
void wb_test_voice_make_noise (WbTestVoice *self, guint ms, double loudness);

/**
 * wb_test_voice_add_noise:
 * @db: so much softer than the speech, over all of it
 */
void wb_test_voice_add_noise (WbTestVoice *self, double db);
void wb_test_voice_clear (WbTestVoice *self);

const gint16 *wb_test_voice_get_samples (WbTestVoice *self, gsize *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTestVoice, wb_test_voice_free)

/* ---- A microphone ------------------------------------------------------------------------------------------ */

typedef struct _WbTestMicrophone WbTestMicrophone;

/**
 * wb_test_microphone_new:
 *
 * Returns: (transfer full): one in a silent room, which sends its sound as it comes, in its own time
 */
WbTestMicrophone *wb_test_microphone_new (void);
void wb_test_microphone_free (WbTestMicrophone *self);

/**
 * wb_test_microphone_get_source:
 *
 * Returns: (transfer none): the source of a pipeline; for one pipeline
 */
const char *wb_test_microphone_get_source (WbTestMicrophone *self);

/**
 * wb_test_microphone_hear:
 *
 * What is heard next, and silence after it.
 */
void wb_test_microphone_hear (WbTestMicrophone *self, WbTestVoice *voice);

/**
 * wb_test_microphone_is_quiet:
 *
 * Returns: whether all of that was sent
 */
gboolean wb_test_microphone_is_quiet (WbTestMicrophone *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTestMicrophone, wb_test_microphone_free)

G_END_DECLS
