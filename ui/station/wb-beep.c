/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <canberra.h>
#include <math.h>

#include "ui/station/wb-beep.h"

#define RATE 22050
#define LOUDNESS 0.5
/* What the thread is told beside tones, which begin with 1. */
#define PREPARE G_MAXINT

struct _WbBeep
{
  GObject parent_instance;

  /* Owned references */
  GThreadPool *pool;
};

G_DEFINE_FINAL_TYPE (WbBeep, wb_beep, G_TYPE_OBJECT)

static const struct
{
  const char *name;
  double frequency;
  guint length_ms;
  guint n_times;
} tones[] = {
  [WB_BEEP_GOOD] = { "good", 1760.0, 90, 1 },
  [WB_BEEP_WRONG] = { "wrong", 220.0, 180, 2 },
};

static void
append_number (GByteArray *bytes, guint32 value, guint size)
{
  guint32 little = GUINT32_TO_LE (value);

  g_byte_array_append (bytes, (const guint8 *) &little, size);
}

/* Fades in and out within a few milliseconds, or it would click. */
static void
append_tone (GByteArray *samples, double frequency, guint length_ms)
{
  guint n = RATE * length_ms / 1000;
  guint fade = RATE / 200;

  for (guint i = 0; i < n; i++)
    {
      double level = MIN (1.0, (double) MIN (i, n - i) / fade);
      double value = sin (2.0 * G_PI * frequency * i / RATE) + 0.3 * sin (4.0 * G_PI * frequency * i / RATE);

      append_number (samples, (guint32) (gint16) (value / 1.3 * level * LOUDNESS * G_MAXINT16), 2);
    }
}

/* The tone as a WAV file: mono, 16 bit, 22,050 Hz. */
static GBytes *
make_wav (WbBeepTone tone)
{
  g_autoptr (GByteArray) samples = g_byte_array_new ();
  GByteArray *wav = g_byte_array_new ();

  for (guint i = 0; i < tones[tone].n_times; i++)
    {
      for (guint pause = 0; i > 0 && pause < RATE / 20; pause++)
        append_number (samples, 0, 2);
      append_tone (samples, tones[tone].frequency, tones[tone].length_ms);
    }
  g_byte_array_append (wav, (const guint8 *) "RIFF", 4);
  append_number (wav, 36 + samples->len, 4);
  g_byte_array_append (wav, (const guint8 *) "WAVEfmt ", 8);
  append_number (wav, 16, 4);
  append_number (wav, 1, 2);
  append_number (wav, 1, 2);
  append_number (wav, RATE, 4);
  append_number (wav, RATE * 2, 4);
  append_number (wav, 2, 2);
  append_number (wav, 16, 2);
  g_byte_array_append (wav, (const guint8 *) "data", 4);
  append_number (wav, samples->len, 4);
  g_byte_array_append (wav, samples->data, samples->len);
  return g_byte_array_free_to_bytes (wav);
}

/* ── In the thread ───────────────────────────────────────────────────────────────────────────── */

/* The sound server wants a file; it lies in the cache, which anybody may empty at any time. */
static char *
find_file (WbBeepTone tone)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "waybill", NULL);
  g_autofree char *name = g_strdup_printf ("beep-%s-1.wav", tones[tone].name);
  char *path = g_build_filename (folder, name, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS) && g_mkdir_with_parents (folder, 0700) == 0)
    {
      g_autoptr (GBytes) wav = make_wav (tone);

      g_file_set_contents (path, g_bytes_get_data (wav, NULL), (gssize) g_bytes_get_size (wav), NULL);
    }
  return path;
}

/* The library below says aloud on standard error that it found nothing to play on; so it is not asked. */
static gboolean
have_sound (void)
{
  g_autofree char *pulse = g_build_filename (g_get_user_runtime_dir (), "pulse", "native", NULL);

  return g_getenv ("PULSE_SERVER") != NULL || g_file_test (pulse, G_FILE_TEST_EXISTS) ||
         g_file_test ("/proc/asound/card0", G_FILE_TEST_EXISTS);
}

/* A connection to the sound server takes longer than a tone may be late. The pool has one thread, so nobody else is here. */
static ca_context *
get_context (int *status)
{
  static ca_context *context = NULL;

  if (context == NULL)
    {
      *status = ca_context_create (&context);
      if (*status == CA_SUCCESS)
        *status = ca_context_open (context);
    }
  return context;
}

static void
prepare (void)
{
  int status = CA_SUCCESS;

  for (guint i = 0; i < G_N_ELEMENTS (tones); i++)
    g_free (find_file ((WbBeepTone) i));
  get_context (&status);
  if (status != CA_SUCCESS)
    g_debug ("no sound yet: %s", ca_strerror (status));
}

static void
play_thread (gpointer data, gpointer user_data)
{
  int what = GPOINTER_TO_INT (data);
  WbBeepTone tone = (WbBeepTone) (what - 1);
  ca_context *context = NULL;
  g_autofree char *path = NULL;
  int status = CA_SUCCESS;

  if (!have_sound ())
    return;
  if (what == PREPARE)
    {
      prepare ();
      return;
    }
  path = find_file (tone);
  context = get_context (&status);
  if (context != NULL)
    {
      ca_context_cancel (context, 1);
      status = ca_context_play (context, 1, CA_PROP_MEDIA_FILENAME, path, CA_PROP_MEDIA_ROLE, "event",
                                CA_PROP_EVENT_DESCRIPTION, tones[tone].name, NULL);
    }
  if (status != CA_SUCCESS)
    g_debug ("no sound: %s", ca_strerror (status));
}

static void
wb_beep_finalize (GObject *object)
{
  WbBeep *self = WB_BEEP (object);

  g_thread_pool_free (self->pool, TRUE, TRUE);
  G_OBJECT_CLASS (wb_beep_parent_class)->finalize (object);
}

static void
wb_beep_class_init (WbBeepClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_beep_finalize;
}

static void
wb_beep_init (WbBeep *self)
{
  self->pool = g_thread_pool_new (play_thread, self, 1, FALSE, NULL);
  g_thread_pool_push (self->pool, GINT_TO_POINTER (PREPARE), NULL);
}

/**
 * wb_beep_new:
 *
 * Returns: (transfer full): gets ready in its thread, so that the first tone is as quick as the others
 */
WbBeep *
wb_beep_new (void)
{
  return g_object_new (WB_TYPE_BEEP, NULL);
}

void
wb_beep_play (WbBeep *self, WbBeepTone tone)
{
  g_return_if_fail (WB_IS_BEEP (self));

  g_thread_pool_push (self->pool, GINT_TO_POINTER ((int) tone + 1), NULL);
}
