/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <gst/app/gstappsrc.h>

#include "devices/wb-media-private.h"
#include "devices/wb-speech.h"
#include "devices/wb-voice-private.h"

#define LOOK_NS (50 * GST_MSECOND)
/* The room goes on sounding for a moment. */
#define ECHO_US (300 * 1000)

struct _WbVoiceMouth
{
  gatomicrefcount count;
  char *sink;
  guint pace;
  GMainContext *main;
  WbVoice *owner; /* main thread only; NULL once closed */
  GThreadPool *pool;
  gint serial; /* atomic: of the newest sentence; others are cut off */
};

typedef struct
{
  WbVoiceMouth *mouth;
  char *text;
  char *speaker;
  gint serial;
  GError *error;
} Sentence;

static void
unref_mouth (WbVoiceMouth *self)
{
  if (!g_atomic_ref_count_dec (&self->count))
    return;
  g_main_context_unref (self->main);
  g_free (self->sink);
  g_free (self);
}

static void
free_sentence (gpointer data)
{
  Sentence *sentence = data;

  unref_mouth (sentence->mouth);
  g_free (sentence->text);
  g_free (sentence->speaker);
  g_clear_error (&sentence->error);
  g_free (sentence);
}

static gboolean
spoken_cb (gpointer user_data)
{
  Sentence *sentence = user_data;
  WbVoiceMouth *self = sentence->mouth;

  if (self->owner != NULL && sentence->serial == g_atomic_int_get (&self->serial))
    _wb_voice_spoken (self->owner, sentence->error);
  return G_SOURCE_REMOVE;
}

/* ---- In the thread ------------------------------------------------------------------------------------- */

static gboolean
is_newest (const Sentence *sentence)
{
  return sentence->serial == g_atomic_int_get (&sentence->mouth->serial);
}

static WbMediaFuncs
get_words (void)
{
  return (WbMediaFuncs){ .noun = _ ("the loudspeaker"), .group = "audio" };
}

static void
wait_for_end (Sentence *sentence, GstElement *pipeline)
{
  g_autoptr(GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr(GstMessage) message = NULL;

  while (message == NULL && is_newest (sentence))
    message = gst_bus_timed_pop_filtered (bus, LOOK_NS, GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  if (message != NULL && GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    {
      WbMediaFuncs words = get_words ();
      g_autoptr(GError) why = NULL;

      gst_message_parse_error (message, &why, NULL);
      sentence->error = _wb_media_translate (&words, why);
    }
}

static void
play (Sentence *sentence, GBytes *samples, guint rate)
{
  g_autofree char *description = g_strdup_printf ("appsrc name=in format=time caps=audio/x-raw,format=S16LE,layout=interleaved,"
                                                  "rate=%u,channels=1 ! audioconvert ! audioresample ! %s", rate,
                                                  sentence->mouth->sink);
  WbMediaFuncs words = get_words ();
  g_autoptr(GError) why = NULL;
  g_autoptr(GstElement) pipeline = gst_parse_launch_full (description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &why);
  g_autoptr(GstElement) in = NULL;
  GstBuffer *buffer = NULL;

  if (pipeline != NULL)
    gst_object_ref_sink (pipeline);
  sentence->error = pipeline != NULL ? _wb_media_check (&words, pipeline, TRUE) : _wb_media_translate (&words, why);
  if (sentence->error != NULL)
    return;
  in = gst_bin_get_by_name (GST_BIN (pipeline), "in");
  buffer = gst_buffer_new_wrapped_bytes (samples);
  GST_BUFFER_PTS (buffer) = 0;
  GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (g_bytes_get_size (samples) / 2, GST_SECOND, rate);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  gst_app_src_push_buffer (GST_APP_SRC (in), buffer);
  gst_app_src_end_of_stream (GST_APP_SRC (in));
  wait_for_end (sentence, pipeline);
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

static void
speak_thread (gpointer data, gpointer user_data)
{
  Sentence *sentence = data;
  g_autoptr(GBytes) samples = NULL;
  g_autoptr(GSource) source = NULL;
  guint rate = 0;

  if (is_newest (sentence) && _wb_media_init (&sentence->error))
    samples = wb_speech_make (sentence->text, sentence->speaker, sentence->mouth->pace, &rate, &sentence->error);
  if (samples != NULL && g_bytes_get_size (samples) > 0 && is_newest (sentence))
    play (sentence, samples, rate);
  source = g_timeout_source_new (sentence->error == NULL ? ECHO_US / 1000 : 0);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, spoken_cb, sentence, free_sentence);
  g_source_attach (source, sentence->mouth->main);
}

/* ---- For the device -------------------------------------------------------------------------------------- */

WbVoiceMouth *
_wb_voice_mouth_new (const char *sink, guint pace, WbVoice *owner)
{
  WbVoiceMouth *self = g_new0 (WbVoiceMouth, 1);

  g_atomic_ref_count_init (&self->count);
  self->sink = g_strdup (sink);
  self->pace = pace;
  self->main = g_main_context_ref_thread_default ();
  self->owner = owner;
  self->pool = g_thread_pool_new (speak_thread, NULL, 1, FALSE, NULL);
  return self;
}

void
_wb_voice_mouth_close (WbVoiceMouth *self)
{
  self->owner = NULL;
  g_atomic_int_inc (&self->serial);
  /* what is waiting sees that it is old, and goes */
  g_thread_pool_free (g_steal_pointer (&self->pool), FALSE, FALSE);
  unref_mouth (self);
}

void
_wb_voice_mouth_say (WbVoiceMouth *self, const char *text, const char *speaker)
{
  Sentence *sentence = g_new0 (Sentence, 1);

  g_atomic_ref_count_inc (&self->count);
  sentence->mouth = self;
  sentence->text = g_strdup (text);
  sentence->speaker = g_strdup (speaker);
  g_atomic_int_inc (&self->serial);
  sentence->serial = g_atomic_int_get (&self->serial);
  g_thread_pool_push (self->pool, sentence, NULL);
}
