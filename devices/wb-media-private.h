/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A GStreamer pipeline that something is taken from, picture by picture or sound by sound. It is built, started and
 * stopped in a thread of its own, because each of that may take seconds when a device hangs; whoever owns it hears on the
 * main loop that it failed. For cameras and microphones.
 */
#pragma once

#include <gst/gst.h>

#include "devices/wb-device-error.h"

G_BEGIN_DECLS

typedef struct _WbMedia WbMedia;

/**
 * WbMediaFuncs:
 * @noun: what it is, for messages ("the camera"), translated
 * @group: of the system that may use such devices ("video")
 * @take: takes a sample; in the pipeline's thread
 * @failed: it ended, and will not go on; on the main loop, never after _wb_media_stop()
 */
typedef struct
{
  const char *noun;
  const char *group;
  void (*take) (GstSample *sample, gpointer data);
  void (*failed) (gpointer owner, const GError *error);
} WbMediaFuncs;

/* @pipeline: ends in an appsink named "out". @data is freed with @free_data in the pipeline's thread, when that ends. */
WbMedia *_wb_media_start (const char *pipeline, const WbMediaFuncs *funcs, gpointer data, GDestroyNotify free_data,
                          gpointer owner);

/* Ends it some time soon, and forgets its owner at once. */
void _wb_media_stop (WbMedia *self);

/* How many threads there are still. For tests. */
guint _wb_media_count (void);

/* Initialises GStreamer, once; may take seconds. Any thread but the main one. */
gboolean _wb_media_init (GError **error);

/* What a pipeline that somebody wrote has in it beside reading, decoding and filtering: it stands in a station's profile, which whoever packs
 * may change, also another bench's, and must not write files there or send them away. @speaks: it may end in a loudspeaker. Returns
 * (transfer full) (nullable): why it is not used, or NULL. */
GError *_wb_media_check (const WbMediaFuncs *funcs, GstElement *pipeline, gboolean speaks);

/* Why GStreamer does not work, in our words. */
GError *_wb_media_translate (const WbMediaFuncs *funcs, const GError *error);

G_END_DECLS
