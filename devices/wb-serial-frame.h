/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where one message ends and the next begins on a serial line: a prefix, a suffix, or both. Pure; any
 * thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Choices, as options of devices. "cr" also takes "\r\n": what follows the end is no message. */
#define WB_SERIAL_SUFFIXES "cr|lf|tab|etx|none"
#define WB_SERIAL_PREFIXES "none|stx"

typedef struct _WbSerialFrame WbSerialFrame;

/**
 * WbSerialFrameFunc:
 * @message: without prefix and suffix; of length 0 only for an empty message between both
 * @is_whole: FALSE: it is longer than any message may be, and this is its beginning; the rest is dropped
 */
typedef void (*WbSerialFrameFunc) (const guint8 *message, gsize length, gboolean is_whole, gpointer user_data);

/**
 * wb_serial_frame_new:
 * @prefix: one of %WB_SERIAL_PREFIXES: what is before it is noise
 * @suffix: one of %WB_SERIAL_SUFFIXES: "none" ends where wb_serial_frame_end() says
 * @max: longest message, in bytes
 *
 * Returns: (transfer full): a frame that is empty
 */
WbSerialFrame *wb_serial_frame_new (const char *prefix, const char *suffix, gsize max);
void wb_serial_frame_free (WbSerialFrame *self);

/**
 * wb_serial_frame_take:
 *
 * Takes what came, in whatever pieces, and calls @message for each message that ended.
 */
void wb_serial_frame_take (WbSerialFrame *self, const guint8 *bytes, gsize length, WbSerialFrameFunc message, gpointer user_data);

/**
 * wb_serial_frame_end:
 *
 * The line was quiet: without a suffix that ends the message; with one, what is there is half a message
 * and stays.
 */
void wb_serial_frame_end (WbSerialFrame *self, WbSerialFrameFunc message, gpointer user_data);
gboolean wb_serial_frame_ends_by_silence (const WbSerialFrame *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSerialFrame, wb_serial_frame_free)

G_END_DECLS
