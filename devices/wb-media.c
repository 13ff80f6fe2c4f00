/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <gst/app/gstappsink.h>

#include "devices/wb-media-private.h"

#define LOOK_NS (100 * GST_MSECOND)
/* So long nothing comes from a device that works. */
#define PATIENCE_US (8 * G_USEC_PER_SEC)

/* The thread has one reference, the owner another; whoever is last frees it. */
struct _WbMedia
{
  gatomicrefcount count;
  char *pipeline;
  const WbMediaFuncs *funcs;
  gpointer data; /* the thread's */
  GDestroyNotify free_data;
  GMainContext *main;
  gpointer owner; /* main thread only; NULL once stopped */
  gint is_stopped; /* atomic */
};

static gint n_running = 0; /* atomic */

static WbMedia *
ref_media (WbMedia *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

static void
unref_media (WbMedia *self)
{
  if (!g_atomic_ref_count_dec (&self->count))
    return;
  g_free (self->pipeline);
  g_main_context_unref (self->main);
  g_free (self);
}

gboolean
_wb_media_init (GError **error)
{
  static GMutex lock;
  g_autoptr(GError) why = NULL;
  gboolean done = FALSE;

  g_mutex_lock (&lock);
  done = gst_init_check (NULL, NULL, &why);
  g_mutex_unlock (&lock);
  if (!done)
    g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND, "GStreamer does not start: %s",
                 why != NULL ? why->message : "its reason is not known");
  return done;
}

GError *
_wb_media_translate (const WbMediaFuncs *funcs, const GError *error)
{
  if (g_error_matches (error, GST_PARSE_ERROR, GST_PARSE_ERROR_NO_SUCH_ELEMENT) ||
      g_error_matches (error, GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN))
    return g_error_new (WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND,
                        _ ("%s needs a part of GStreamer that is missing (%s): install the package gstreamer1.0-plugins-good"),
                        funcs->noun, error->message);
  if (error->domain == GST_PARSE_ERROR)
    return g_error_new (WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, _ ("%s has a source that GStreamer does not understand: %s"),
                        funcs->noun, error->message);
  if (g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND))
    return g_error_new (WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE, _ ("%s is not there: plug it in (%s)"), funcs->noun,
                        error->message);
  if (g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_BUSY))
    return g_error_new (WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE, _ ("%s is used by another program: close that one"),
                        funcs->noun);
  if (g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ) ||
      g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ_WRITE))
    return g_error_new (WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE,
                        _ ("%s cannot be opened: another program uses it, or this login is not in the group “%s”"), funcs->noun,
                        funcs->group);
  return g_error_new (WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED, _ ("%s does not work: %s"), funcs->noun, error->message);
}

/* ---- What may be in it ---------------------------------------------------------------------------- */

static gboolean
has_word (char **words, const char *const *wanted)
{
  for (guint i = 0; wanted[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) words, wanted[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_harmless (GstElement *element, gboolean speaks)
{
  static const char *const names[] = { "appsink", "appsrc", "capsfilter", "fakesink", "identity", "queue", "queue2", "tee", "typefind", NULL };
  static const char *const kinds[] = { "Source", "Demuxer", "Depayloader", "Parser", "Decoder", "Converter", "Filter", NULL };
  static const char *const never[] = { "Sink", "Encoder", "Muxer", "Payloader", "Player", NULL };
  GstElementFactory *factory = gst_element_get_factory (element);
  const char *name = factory != NULL ? GST_OBJECT_NAME (factory) : "";
  const char *kind = factory != NULL ? gst_element_factory_get_metadata (factory, GST_ELEMENT_METADATA_KLASS) : NULL;
  g_auto(GStrv) words = g_strsplit (kind != NULL ? kind : "", "/", -1);

  if (g_strv_contains (names, name))
    return TRUE;
  if (speaks && g_strcmp0 (kind, "Sink/Audio") == 0)
    return TRUE;
  return has_word (words, kinds) && !has_word (words, never);
}

/* Looks into what was put together there, not into what an element is made of. */
static GstElement *
find_harmful (GstBin *bin, gboolean speaks)
{
  GList *children = GST_BIN_CHILDREN (bin);

  for (GList *l = children; l != NULL; l = l->next)
    {
      GstElement *child = l->data;
      gboolean is_plain = G_OBJECT_TYPE (child) == GST_TYPE_BIN || G_OBJECT_TYPE (child) == GST_TYPE_PIPELINE;
      GstElement *harmful = is_plain ? find_harmful (GST_BIN (child), speaks) : is_harmless (child, speaks) ? NULL : child;

      if (harmful != NULL)
        return harmful;
    }
  return NULL;
}

GError *
_wb_media_check (const WbMediaFuncs *funcs, GstElement *pipeline, gboolean speaks)
{
  GstElement *harmful = GST_IS_BIN (pipeline) ? find_harmful (GST_BIN (pipeline), speaks) : is_harmless (pipeline, speaks) ? NULL : pipeline;

  if (harmful == NULL)
    return NULL;
  return g_error_new (WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, _ ("%s is not used with “%s” in it: that is more than it takes to see, hear or speak"),
                      funcs->noun, GST_OBJECT_NAME (gst_element_get_factory (harmful)));
}

/* ---- On the main loop ------------------------------------------------------------------------------- */

typedef struct
{
  WbMedia *media;
  GError *error;
} Failure;

static void
free_failure (gpointer data)
{
  Failure *failure = data;

  unref_media (failure->media);
  g_error_free (failure->error);
  g_free (failure);
}

static gboolean
failed_cb (gpointer user_data)
{
  Failure *failure = user_data;
  gpointer owner = failure->media->owner;

  if (owner != NULL)
    failure->media->funcs->failed (owner, failure->error);
  return G_SOURCE_REMOVE;
}

static void
say_failed (WbMedia *self, GError *error)
{
  Failure *failure = g_new0 (Failure, 1);
  g_autoptr(GSource) source = g_idle_source_new ();

  failure->media = ref_media (self);
  failure->error = error;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, failed_cb, failure, free_failure);
  g_source_attach (source, self->main);
}

/* ---- In the thread ----------------------------------------------------------------------------------- */

static GError *
read_bus (WbMedia *self, GstBus *bus, GstClockTime wait_ns)
{
  g_autoptr(GstMessage) message = gst_bus_timed_pop_filtered (bus, wait_ns, GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  g_autoptr(GError) error = NULL;
  g_autofree char *debug = NULL;

  if (message == NULL)
    return NULL;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    return g_error_new (WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE, _ ("%s sends nothing more"), self->funcs->noun);
  gst_message_parse_error (message, &error, &debug);
  g_debug ("%s: %s (%s)", self->pipeline, error->message, debug);
  return _wb_media_translate (self->funcs, error);
}

/* Until it is stopped or something is wrong. */
static GError *
take_all (WbMedia *self, GstElement *pipeline, GstAppSink *out)
{
  g_autoptr(GstBus) bus = gst_element_get_bus (pipeline);
  gint64 heard_us = g_get_monotonic_time ();
  GError *error = NULL;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (error == NULL && !g_atomic_int_get (&self->is_stopped))
    {
      g_autoptr(GstSample) sample = gst_app_sink_try_pull_sample (out, LOOK_NS);

      if (sample != NULL)
        {
          self->funcs->take (sample, self->data);
          heard_us = g_get_monotonic_time ();
          continue;
        }
      /* at its end nothing waits for a sample any more, and the message is on its way */
      error = read_bus (self, bus, gst_app_sink_is_eos (out) ? LOOK_NS : 0);
      if (error == NULL && g_get_monotonic_time () - heard_us > PATIENCE_US)
        error = g_error_new (WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE, _ ("%s sends nothing: plug it in again"), self->funcs->noun);
    }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return error;
}

static GError *
build_and_take (WbMedia *self)
{
  g_autoptr(GError) why = NULL;
  g_autoptr(GstElement) pipeline = NULL;
  g_autoptr(GstElement) out = NULL;
  GError *error = NULL;

  if (!_wb_media_init (&error))
    return error;
  pipeline = gst_parse_launch_full (self->pipeline, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &why);
  if (pipeline == NULL)
    return _wb_media_translate (self->funcs, why);
  gst_object_ref_sink (pipeline);
  error = _wb_media_check (self->funcs, pipeline, FALSE);
  if (error != NULL)
    return error;
  out = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  return take_all (self, pipeline, GST_APP_SINK (out));
}

static gpointer
run (gpointer data)
{
  WbMedia *self = data;
  GError *error = build_and_take (self);

  self->free_data (self->data);
  if (error != NULL)
    say_failed (self, error);
  unref_media (self);
  g_atomic_int_add (&n_running, -1);
  return NULL;
}

/* ---- For owners ----------------------------------------------------------------------------------------- */

WbMedia *
_wb_media_start (const char *pipeline, const WbMediaFuncs *funcs, gpointer data, GDestroyNotify free_data, gpointer owner)
{
  WbMedia *self = g_new0 (WbMedia, 1);
  g_autoptr(GThread) thread = NULL;

  g_atomic_ref_count_init (&self->count);
  self->pipeline = g_strdup (pipeline);
  self->funcs = funcs;
  self->data = data;
  self->free_data = free_data;
  self->main = g_main_context_ref_thread_default ();
  self->owner = owner;
  g_atomic_int_inc (&n_running);
  thread = g_thread_new ("media", run, ref_media (self));
  return self;
}

void
_wb_media_stop (WbMedia *self)
{
  self->owner = NULL;
  g_atomic_int_set (&self->is_stopped, TRUE);
  unref_media (self);
}

guint
_wb_media_count (void)
{
  return (guint) g_atomic_int_get (&n_running);
}
