/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sentences as sound (espeak-ng, opened when it is first needed). Takes some tens of milliseconds: not for the main thread;
 * callers in several threads wait for each other.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * wb_speech_make:
 * @text: UTF-8
 * @speaker: a voice of espeak-ng: "en-us", "en-gb+f2"
 * @words_a_minute: how fast
 * @rate: (out): samples a second
 *
 * Fails with %WB_DEVICE_ERROR_NOT_FOUND when the library is not installed or has no such voice; the message says what to do.
 *
 * Returns: (transfer full): samples, mono, signed 16 bit
 */
GBytes *wb_speech_make (const char *text, const char *speaker, guint words_a_minute, guint *rate, GError **error);

G_END_DECLS
