/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Talking with a bench: tells the microphone what can be said at the step, does what was said as the same button would, and
 * reads out what comes of it. What changes something is read back first and done when somebody says yes; reading out the
 * digits of the right shelf is a yes by itself. Knows no screen. Main thread.
 */
#pragma once

#include "devices/wb-voice.h"
#include "ui/station/wb-bench.h"

G_BEGIN_DECLS

#define WB_TYPE_BENCH_VOICE (wb_bench_voice_get_type ())
G_DECLARE_FINAL_TYPE (WbBenchVoice, wb_bench_voice, WB, BENCH_VOICE, GObject)

/**
 * WbBenchVoice::changed:
 *
 * What there is to show of it is different.
 */

/**
 * wb_bench_voice_new:
 *
 * Returns: (transfer full): it
 */
WbBenchVoice *wb_bench_voice_new (WbBench *bench);

/**
 * wb_bench_voice_set_voice:
 * @voice: (nullable): opened by whoever owns it
 */
void wb_bench_voice_set_voice (WbBenchVoice *self, WbVoice *voice);

/**
 * wb_bench_voice_talk:
 *
 * Somebody pressed to talk.
 */
void wb_bench_voice_talk (WbBenchVoice *self);

/**
 * wb_bench_voice_get_text:
 *
 * Returns: (transfer none): what was heard, asked or said last; "" when there is nothing to show
 */
const char *wb_bench_voice_get_text (WbBenchVoice *self);
gboolean wb_bench_voice_is_listening (WbBenchVoice *self);

/**
 * wb_bench_voice_is_asking:
 *
 * Whether something waits for a yes.
 */
gboolean wb_bench_voice_is_asking (WbBenchVoice *self);

G_END_DECLS
