/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <gst/video/video.h>

#include "devices/wb-camera-private.h"
#include "devices/wb-code-reader.h"

#define FRAME_EDGE 640
/* Finer ones take longer and read little more: the bars of a code that fills a third of the picture are two pixels wide. */
#define GREY_EDGE 1024

/* One way to see a picture: scaled to something, in some format. */
typedef struct
{
  GstVideoConverter *converter;
  GstVideoInfo from;
  GstVideoInfo to;
} Lens;

typedef struct
{
  GTask *task; /* the main thread's; carried here */
  WbPhoto *photo;
  GError *error;
} Shot;

/* A code that is in view, or was a moment ago. */
typedef struct
{
  gint64 seen_us;
  gboolean is_told;
} Code;

struct _WbCameraEyes
{
  gatomicrefcount count;
  WbCameraSight sight;
  GMainContext *main;
  WbCamera *owner; /* main thread only; NULL once closed */

  /* pipeline's thread only */
  Lens frame_lens;
  Lens grey_lens;
  Lens photo_lens;
  gboolean is_seeing;

  /* code thread only */
  GHashTable *codes; /* symbology and text → Code */

  GMutex lock;
  GCond changed;
  /* only under the lock */
  gboolean is_watched;
  gboolean is_closed;
  gboolean has_ended;
  gboolean frame_is_out; /* one is on its way to the main thread */
  GQueue shots;          /* Shot */
  guint8 *grey;          /* the next picture for the code thread */
  guint grey_width;
  guint grey_height;
};

/* ---- What it says, on the main loop ----------------------------------------------------------------- */

typedef struct
{
  WbCameraEyes *eyes;
  void (*say) (WbCameraEyes *eyes, gpointer what);
  gpointer what;
  GDestroyNotify free_what;
} Word;

static void
eyes_unref (gpointer data)
{
  WbCameraEyes *self = data;

  if (!g_atomic_ref_count_dec (&self->count))
    return;
  g_hash_table_unref (self->codes);
  g_free (self->grey);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_main_context_unref (self->main);
  g_free (self);
}

static void
free_word (gpointer data)
{
  Word *word = data;

  if (word->free_what != NULL)
    word->free_what (word->what);
  eyes_unref (word->eyes);
  g_free (word);
}

static gboolean
word_cb (gpointer user_data)
{
  Word *word = user_data;

  word->say (word->eyes, word->what);
  return G_SOURCE_REMOVE;
}

static void
say (WbCameraEyes *self, void (*how) (WbCameraEyes *, gpointer), gpointer what, GDestroyNotify free_what)
{
  Word *word = g_new0 (Word, 1);
  g_autoptr(GSource) source = g_idle_source_new ();

  word->eyes = _wb_camera_eyes_ref (self);
  word->say = how;
  word->what = what;
  word->free_what = free_what;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, word_cb, word, free_word);
  g_source_attach (source, self->main);
}

static void
say_opened (WbCameraEyes *self, gpointer what)
{
  if (self->owner != NULL)
    _wb_camera_opened (self->owner);
}

static void
say_note (WbCameraEyes *self, gpointer what)
{
  if (self->owner != NULL)
    _wb_camera_take_note (self->owner, what);
}

static void
say_frame (WbCameraEyes *self, gpointer what)
{
  g_mutex_lock (&self->lock);
  self->frame_is_out = FALSE;
  g_mutex_unlock (&self->lock);
  if (self->owner != NULL)
    _wb_camera_take_frame (self->owner, what);
}

/* The symbology stands before the bytes. */
static void
say_code (WbCameraEyes *self, gpointer what)
{
  gsize length = 0;
  const guint8 *bytes = g_bytes_get_data (what, &length);
  g_autofree char *symbology = g_strndup ((const char *) bytes, 2);

  if (self->owner != NULL)
    _wb_camera_take_code (self->owner, bytes + 2, length - 2, symbology);
}

static void
free_shot (gpointer data)
{
  Shot *shot = data;

  g_object_unref (shot->task);
  g_clear_pointer (&shot->photo, wb_photo_free);
  g_clear_error (&shot->error);
  g_free (shot);
}

/* Somebody waits for it, also when the camera was closed meanwhile. */
static void
say_shot (WbCameraEyes *self, gpointer what)
{
  Shot *shot = what;

  if (shot->photo != NULL)
    g_task_return_pointer (shot->task, g_steal_pointer (&shot->photo), (GDestroyNotify) wb_photo_free);
  else
    g_task_return_error (shot->task, g_steal_pointer (&shot->error));
}

static void
answer_shot (WbCameraEyes *self, Shot *shot)
{
  say (self, say_shot, shot, free_shot);
}

static void
refuse_shot (WbCameraEyes *self, Shot *shot)
{
  shot->error = g_error_new_literal (WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE, _ ("the camera is not ready"));
  answer_shot (self, shot);
}

/* ---- Lenses, in the pipeline's thread ------------------------------------------------------------------ */

static void
clear_lens (Lens *lens)
{
  if (lens->converter != NULL)
    gst_video_converter_free (lens->converter);
  lens->converter = NULL;
}

/* Rows of a multiple of four pixels have no gaps in any format. */
static gboolean
set_lens (Lens *lens, const GstVideoInfo *from, GstVideoFormat format, guint longest_edge)
{
  guint width = (guint) from->width;
  guint height = (guint) from->height;
  guint longest = MAX (width, height);

  if (lens->converter != NULL && gst_video_info_is_equal (&lens->from, from))
    return TRUE;
  clear_lens (lens);
  if (longest_edge > 0 && longest > longest_edge)
    {
      width = width * longest_edge / longest;
      height = height * longest_edge / longest;
    }
  lens->from = *from;
  if (!gst_video_info_set_format (&lens->to, format, MAX (width / 4 * 4, 4), MAX (height, 1)))
    return FALSE;
  lens->to.fps_n = from->fps_n;
  lens->to.fps_d = from->fps_d;
  lens->converter = gst_video_converter_new (&lens->from, &lens->to, NULL);
  return lens->converter != NULL;
}

static guint8 *
look (Lens *lens, const GstVideoFrame *picture)
{
  gsize size = GST_VIDEO_INFO_SIZE (&lens->to);
  guint8 *pixels = g_malloc (size);
  g_autoptr(GstBuffer) buffer = gst_buffer_new_wrapped_full (0, pixels, size, 0, size, NULL, NULL);
  GstVideoFrame out;

  if (!gst_video_frame_map (&out, &lens->to, buffer, GST_MAP_WRITE))
    {
      g_free (pixels);
      return NULL;
    }
  gst_video_converter_frame (lens->converter, picture, &out);
  gst_video_frame_unmap (&out);
  return pixels;
}

static void
make_frame (WbCameraEyes *self, const GstVideoFrame *picture)
{
  Lens *lens = &self->frame_lens;
  gsize size = 0;
  guint8 *pixels = NULL;
  gboolean wanted = FALSE;

  g_mutex_lock (&self->lock);
  wanted = self->is_watched && !self->frame_is_out && !self->is_closed;
  g_mutex_unlock (&self->lock);
  if (!wanted || !set_lens (lens, &picture->info, GST_VIDEO_FORMAT_RGBA, FRAME_EDGE))
    return;
  pixels = look (lens, picture);
  if (pixels == NULL)
    return;
  size = GST_VIDEO_INFO_SIZE (&lens->to);
  g_mutex_lock (&self->lock);
  self->frame_is_out = TRUE;
  g_mutex_unlock (&self->lock);
  say (self, say_frame,
       wb_frame_new ((guint) lens->to.width, (guint) lens->to.height, (guint) GST_VIDEO_INFO_PLANE_STRIDE (&lens->to, 0),
                     g_bytes_new_take (pixels, size)),
       (GDestroyNotify) wb_frame_free);
}

static void
make_photo (WbCameraEyes *self, const GstVideoFrame *picture, Shot *shot)
{
  Lens *lens = &self->photo_lens;
  g_autofree guint8 *rgb = set_lens (lens, &picture->info, GST_VIDEO_FORMAT_RGB, 0) ? look (lens, picture) : NULL;

  if (rgb != NULL)
    shot->photo = wb_photo_new (rgb, (guint) lens->to.width, (guint) lens->to.height,
                                (guint) GST_VIDEO_INFO_PLANE_STRIDE (&lens->to, 0), self->sight.photo_edge,
                                self->sight.photo_quality, &shot->error);
  else
    shot->error = g_error_new_literal (WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED, _ ("the camera's picture is not understood"));
  answer_shot (self, shot);
}

static void
make_photos (WbCameraEyes *self, const GstVideoFrame *picture)
{
  Shot *shot = NULL;

  do
    {
      g_mutex_lock (&self->lock);
      shot = g_queue_pop_head (&self->shots);
      g_mutex_unlock (&self->lock);
      if (shot != NULL)
        make_photo (self, picture, shot);
    }
  while (shot != NULL);
}

/* A picture for the code thread, if it has none waiting. */
static void
make_grey (WbCameraEyes *self, const GstVideoFrame *picture)
{
  guint8 *grey = NULL;
  gboolean wanted = FALSE;

  g_mutex_lock (&self->lock);
  wanted = self->sight.reads_codes && self->grey == NULL && !self->is_closed;
  g_mutex_unlock (&self->lock);
  if (!wanted || !set_lens (&self->grey_lens, &picture->info, GST_VIDEO_FORMAT_GRAY8, GREY_EDGE))
    return;
  grey = look (&self->grey_lens, picture);
  g_mutex_lock (&self->lock);
  self->grey = grey;
  self->grey_width = (guint) self->grey_lens.to.width;
  self->grey_height = (guint) self->grey_lens.to.height;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
}

void
_wb_camera_eyes_take (GstSample *sample, gpointer data)
{
  WbCameraEyes *self = data;
  GstVideoInfo info;
  GstVideoFrame picture;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) ||
      !gst_video_frame_map (&picture, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return;
  if (!self->is_seeing)
    say (self, say_opened, NULL, NULL);
  self->is_seeing = TRUE;
  make_photos (self, &picture);
  make_frame (self, &picture);
  make_grey (self, &picture);
  gst_video_frame_unmap (&picture);
}

/* The pipeline has ended. */
void
_wb_camera_eyes_end (gpointer data)
{
  WbCameraEyes *self = data;
  Shot *shot = NULL;

  g_mutex_lock (&self->lock);
  self->has_ended = TRUE;
  while ((shot = g_queue_pop_head (&self->shots)) != NULL)
    refuse_shot (self, shot);
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
  clear_lens (&self->frame_lens);
  clear_lens (&self->grey_lens);
  clear_lens (&self->photo_lens);
  eyes_unref (self);
}

/* ---- Codes, in their thread ------------------------------------------------------------------------------ */

static void
code_cb (const guint8 *bytes, gsize length, const char *symbology, gboolean is_checked, gpointer user_data)
{
  WbCameraEyes *self = user_data;
  g_autoptr(GString) key = g_string_new (symbology);
  gint64 now_us = g_get_monotonic_time ();
  Code *code = NULL;

  g_string_append_len (key, (const char *) bytes, (gssize) length);
  code = g_hash_table_lookup (self->codes, key->str);
  if (code == NULL)
    {
      code = g_new0 (Code, 1);
      g_hash_table_insert (self->codes, g_strdup (key->str), code);
    }
  else
    is_checked = TRUE; /* seen twice is as good */
  code->seen_us = now_us;
  if (code->is_told || !is_checked)
    return;
  code->is_told = TRUE;
  say (self, say_code, g_bytes_new (key->str, key->len), (GDestroyNotify) g_bytes_unref);
}

/* What has been out of view for a while counts again when it comes back. */
static void
forget_codes (WbCameraEyes *self)
{
  gint64 before_us = g_get_monotonic_time () - self->sight.repeat_us;
  GHashTableIter iter;
  gpointer code = NULL;

  g_hash_table_iter_init (&iter, self->codes);
  while (g_hash_table_iter_next (&iter, NULL, &code))
    if (((Code *) code)->seen_us < before_us)
      g_hash_table_iter_remove (&iter);
}

static guint8 *
wait_for_grey (WbCameraEyes *self, guint *width, guint *height)
{
  guint8 *grey = NULL;

  g_mutex_lock (&self->lock);
  while (self->grey == NULL && !self->is_closed && !self->has_ended)
    g_cond_wait (&self->changed, &self->lock);
  if (!self->is_closed && !self->has_ended)
    grey = g_steal_pointer (&self->grey);
  *width = self->grey_width;
  *height = self->grey_height;
  g_mutex_unlock (&self->lock);
  return grey;
}

static gpointer
read_codes (gpointer data)
{
  WbCameraEyes *self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(WbCodeReader) reader = wb_code_reader_new (&error);
  guint8 *grey = NULL;
  guint width = 0;
  guint height = 0;

  if (reader == NULL)
    say (self, say_note, g_strdup (error->message), g_free);
  while (reader != NULL && (grey = wait_for_grey (self, &width, &height)) != NULL)
    {
      forget_codes (self);
      wb_code_reader_read (reader, grey, width, height, code_cb, self);
      g_free (grey);
    }
  eyes_unref (self);
  return NULL;
}

/* ---- For the camera ----------------------------------------------------------------------------------------- */

WbCameraEyes *
_wb_camera_eyes_new (const WbCameraSight *sight, WbCamera *owner)
{
  WbCameraEyes *self = g_new0 (WbCameraEyes, 1);
  g_autoptr(GThread) thread = NULL;

  g_atomic_ref_count_init (&self->count);
  self->sight = *sight;
  self->main = g_main_context_ref_thread_default ();
  self->owner = owner;
  self->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->shots);
  if (sight->reads_codes)
    thread = g_thread_new ("codes", read_codes, _wb_camera_eyes_ref (self));
  return self;
}

WbCameraEyes *
_wb_camera_eyes_ref (WbCameraEyes *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
_wb_camera_eyes_close (WbCameraEyes *self)
{
  Shot *shot = NULL;

  self->owner = NULL;
  g_mutex_lock (&self->lock);
  self->is_closed = TRUE;
  while ((shot = g_queue_pop_head (&self->shots)) != NULL)
    refuse_shot (self, shot);
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
  eyes_unref (self);
}

void
_wb_camera_eyes_set_watched (WbCameraEyes *self, gboolean watched)
{
  g_mutex_lock (&self->lock);
  self->is_watched = watched;
  g_mutex_unlock (&self->lock);
}

void
_wb_camera_eyes_shoot (WbCameraEyes *self, GTask *task)
{
  Shot *shot = g_new0 (Shot, 1);

  shot->task = task;
  g_mutex_lock (&self->lock);
  if (self->has_ended || self->is_closed)
    refuse_shot (self, shot);
  else
    g_queue_push_tail (&self->shots, shot);
  g_mutex_unlock (&self->lock);
}
