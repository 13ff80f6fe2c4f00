/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where in a stream of sound somebody speaks: what is louder than the room, from a little before it begins until it has been
 * quiet for a while. The room is learnt all the time, so steady noise opens nothing. One thread at a time.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WbSpeechGate WbSpeechGate;

/* One utterance. */
typedef void (*WbSpeechFunc) (const gint16 *samples, gsize n, gpointer user_data);

/**
 * wb_speech_gate_new:
 * @rate: samples a second
 *
 * Returns: (transfer full): a gate that knows nothing of the room yet
 */
WbSpeechGate *wb_speech_gate_new (guint rate);
void wb_speech_gate_free (WbSpeechGate *self);

/**
 * wb_speech_gate_take:
 * @samples: the next ones
 *
 * Tells @func each utterance that has ended.
 */
void wb_speech_gate_take (WbSpeechGate *self, const gint16 *samples, gsize n, WbSpeechFunc func, gpointer user_data);

/**
 * wb_speech_gate_forget:
 *
 * Drops what was heard so far, but not what is known of the room.
 */
void wb_speech_gate_forget (WbSpeechGate *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSpeechGate, wb_speech_gate_free)

G_END_DECLS
