/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "devices/wb-speech.h"
#include "devices/wb-voice-recogniser.h"
#include "tests/devices/wb-test-voice.h"

struct _WbTestVoice
{
  GArray *samples; /* gint16 */
  GRand *rand;
};

WbTestVoice *
wb_test_voice_new (void)
{
  WbTestVoice *self = g_new0 (WbTestVoice, 1);

  self->samples = g_array_new (FALSE, FALSE, sizeof (gint16));
  self->rand = g_rand_new_with_seed (7);
  return self;
}

void
wb_test_voice_free (WbTestVoice *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->samples);
  g_rand_free (self->rand);
  g_free (self);
}

static void
append (WbTestVoice *self, double value)
{
  gint16 sample = (gint16) CLAMP (value, -32000, 32000);

  g_array_append_val (self->samples, sample);
}

static gboolean
speak_with_espeak (WbTestVoice *self, const char *text, const char *speaker)
{
  g_autoptr(GError) error = NULL;
  guint rate = 0;
  g_autoptr(GBytes) spoken = wb_speech_make (text, speaker, 150, &rate, &error);
  const gint16 *from = NULL;
  gsize n = 0;

  if (spoken == NULL)
    {
      if (g_getenv ("CI") != NULL)
        g_test_fail_printf ("%s", error->message);
      else
        g_test_skip (error->message);
      return FALSE;
    }
  from = g_bytes_get_data (spoken, &n);
  n /= sizeof *from;
  for (double at = 0; at + 1 < n; at += (double) rate / WB_VOICE_RATE)
    {
      gsize i = (gsize) at;

      append (self, from[i] + (at - i) * (from[i + 1] - from[i]));
    }
  return TRUE;
}

/* Its files are 16 bit, mono, at our rate, after a header of 44 bytes. */
static gboolean
speak_with_flite (WbTestVoice *self, const char *text, const char *speaker)
{
  g_autofree char *folder = g_dir_make_tmp ("wb-test-flite-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "speech.wav", NULL);
  g_autoptr(GSubprocess) flite = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL, "flite", "-voice", speaker, "-t", text,
                                                   "-o", path, NULL);
  g_autofree char *wav = NULL;
  gsize length = 0;
  gboolean spoken = flite != NULL && g_subprocess_wait_check (flite, NULL, NULL) && g_file_get_contents (path, &wav, &length, NULL);

  for (gsize at = 44; spoken && at + 1 < length; at += 2)
    append (self, (gint16) GINT16_FROM_LE (*(gint16 *) (gpointer) (wav + at)));
  g_unlink (path);
  g_rmdir (folder);
  return spoken;
}

gboolean
wb_test_voice_speak (WbTestVoice *self, const char *text, const char *speaker)
{
  if (g_str_has_prefix (speaker, "flite:"))
    return speak_with_flite (self, text, speaker + strlen ("flite:"));
  return speak_with_espeak (self, text, speaker);
}

/* A room is never quite silent. */
void
wb_test_voice_be_silent (WbTestVoice *self, guint ms)
{
  for (guint i = 0; i < ms * (WB_VOICE_RATE / 1000); i++)
    append (self, g_rand_double_range (self->rand, -4, 4));
}

void
wb_test_voice_make_noise (WbTestVoice *self, guint ms, double loudness)
{
  for (guint i = 0; i < ms * (WB_VOICE_RATE / 1000); i++)
    append (self, g_rand_double_range (self->rand, -1, 1) * loudness * sqrt (3));
}

/* Pink, as rooms sound: white noise through a row of slower and slower averages. */
void
wb_test_voice_add_noise (WbTestVoice *self, double db)
{
  gint16 *samples = (gint16 *) (gpointer) self->samples->data;
  double sum = 0;
  guint n_loud = 0;
  double level = 0;
  double rows[4] = { 0 };
  const double keeps[4] = { 0.9, 0.97, 0.99, 0.998 };

  for (guint i = 0; i < self->samples->len; i++)
    if (ABS (samples[i]) > 200)
      {
        sum += (double) samples[i] * samples[i];
        n_loud++;
      }
  level = sqrt (sum / MAX (n_loud, 1)) * pow (10, -db / 20);
  for (guint i = 0; i < self->samples->len; i++)
    {
      double white = g_rand_double_range (self->rand, -1, 1);
      double pink = 0;

      for (guint j = 0; j < G_N_ELEMENTS (rows); j++)
        {
          rows[j] = rows[j] * keeps[j] + white * sqrt (1 - keeps[j] * keeps[j]);
          pink += rows[j] / 2;
        }
      samples[i] = (gint16) CLAMP (samples[i] + pink * level * sqrt (3), -32000, 32000);
    }
}

void
wb_test_voice_clear (WbTestVoice *self)
{
  g_array_set_size (self->samples, 0);
}

const gint16 *
wb_test_voice_get_samples (WbTestVoice *self, gsize *n)
{
  *n = self->samples->len;
  return (const gint16 *) (gpointer) self->samples->data;
}

/* ---- A microphone ------------------------------------------------------------------------------------------ */

#define CHUNK_MS 20
#define CHUNK (WB_VOICE_RATE / 1000 * CHUNK_MS)

struct _WbTestMicrophone
{
  int fds[2];
  char *source;
  GThread *thread;

  GMutex lock;
  GCond changed;
  /* only under the lock */
  GByteArray *coming;
  gboolean is_stopped;
};

/* The next moment of sound; FALSE at the end. Waits as long as the moment lasts. */
static gboolean
take_chunk (WbTestMicrophone *self, gint64 *next_us, gint16 *chunk)
{
  gboolean goes_on = TRUE;

  g_mutex_lock (&self->lock);
  while (!self->is_stopped && g_cond_wait_until (&self->changed, &self->lock, *next_us))
    ;
  *next_us += CHUNK_MS * 1000;
  goes_on = !self->is_stopped;
  if (self->coming->len >= CHUNK * sizeof *chunk)
    {
      memcpy (chunk, self->coming->data, CHUNK * sizeof *chunk);
      g_byte_array_remove_range (self->coming, 0, CHUNK * sizeof *chunk);
    }
  g_mutex_unlock (&self->lock);
  return goes_on;
}

static gpointer
send_sound (gpointer data)
{
  WbTestMicrophone *self = data;
  gint64 next_us = g_get_monotonic_time ();
  gint16 chunk[CHUNK];

  do
    for (guint i = 0; i < CHUNK; i++)
      chunk[i] = (gint16) (i % 5) - 2;
  while (take_chunk (self, &next_us, chunk) && write (self->fds[1], chunk, sizeof chunk) == sizeof chunk);
  return NULL;
}

WbTestMicrophone *
wb_test_microphone_new (void)
{
  WbTestMicrophone *self = g_new0 (WbTestMicrophone, 1);

  signal (SIGPIPE, SIG_IGN);
  g_assert_true (g_unix_open_pipe (self->fds, FD_CLOEXEC, NULL));
  self->source = g_strdup_printf ("fdsrc fd=%d do-timestamp=true ! audio/x-raw,format=S16LE,rate=%d,channels=1,layout=interleaved",
                                  self->fds[0], WB_VOICE_RATE);
  self->coming = g_byte_array_new ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->thread = g_thread_new ("microphone", send_sound, self);
  return self;
}

void
wb_test_microphone_free (WbTestMicrophone *self)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->lock);
  self->is_stopped = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
  close (self->fds[0]);
  g_thread_join (self->thread);
  close (self->fds[1]);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_byte_array_unref (self->coming);
  g_free (self->source);
  g_free (self);
}

const char *
wb_test_microphone_get_source (WbTestMicrophone *self)
{
  return self->source;
}

void
wb_test_microphone_hear (WbTestMicrophone *self, WbTestVoice *voice)
{
  g_mutex_lock (&self->lock);
  g_byte_array_append (self->coming, (const guint8 *) voice->samples->data, voice->samples->len * (guint) sizeof (gint16));
  g_mutex_unlock (&self->lock);
}

gboolean
wb_test_microphone_is_quiet (WbTestMicrophone *self)
{
  gboolean is_quiet = FALSE;

  g_mutex_lock (&self->lock);
  is_quiet = self->coming->len < CHUNK * sizeof (gint16);
  g_mutex_unlock (&self->lock);
  return is_quiet;
}
