/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "devices/wb-device-error.h"
#include "devices/wb-library.h"
#include "devices/wb-speech.h"

/* What we use of espeak-ng's speak_lib.h (soname 1). */
enum
{
  AUDIO_OUTPUT_SYNCHRONOUS = 2,
  INITIALIZE_DONT_EXIT = 0x8000,
  CHARS_UTF8 = 1,
  POS_CHARACTER = 1,
  PARAMETER_RATE = 1,
};

static struct
{
  int (*initialize) (int output, int buffer_ms, const char *path, int options);
  int (*set_voice) (const char *name);
  int (*set_parameter) (int parameter, int value, int relative);
  void (*set_callback) (int (*callback) (short *samples, int n, gpointer events));
  int (*synth) (const void *text, size_t size, unsigned position, int position_type, unsigned end, unsigned flags,
                unsigned *identifier, void *user_data);
  int (*synchronize) (void);
} espeak;

/* The library is one for the whole program. */
static GMutex lock;
static int sample_rate = 0;
static GByteArray *spoken = NULL;

static int
spoken_cb (short *samples, int n, gpointer events)
{
  if (samples != NULL && n > 0)
    g_byte_array_append (spoken, (const guint8 *) samples, (guint) n * sizeof *samples);
  return 0;
}

static gboolean
open_espeak (GError **error)
{
  static const WbLibrarySymbol symbols[] = {
    { "espeak_Initialize", (gpointer *) &espeak.initialize },
    { "espeak_SetVoiceByName", (gpointer *) &espeak.set_voice },
    { "espeak_SetParameter", (gpointer *) &espeak.set_parameter },
    { "espeak_SetSynthCallback", (gpointer *) &espeak.set_callback },
    { "espeak_Synth", (gpointer *) &espeak.synth },
    { "espeak_Synchronize", (gpointer *) &espeak.synchronize },
    { NULL, NULL },
  };
  const char *missing = _ ("nothing can be read out: install the package libespeak-ng1");

  if (sample_rate > 0)
    return TRUE;
  if (!wb_library_open ("libespeak-ng.so.1", missing, symbols, error))
    return FALSE;
  sample_rate = espeak.initialize (AUDIO_OUTPUT_SYNCHRONOUS, 0, NULL, INITIALIZE_DONT_EXIT);
  if (sample_rate > 0)
    {
      espeak.set_callback (spoken_cb);
      return TRUE;
    }
  g_set_error_literal (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND,
                       _ ("nothing can be read out: install the package espeak-ng-data"));
  return FALSE;
}

static GBytes *
speak (const char *text, const char *speaker, guint words_a_minute, guint *rate, GError **error)
{
  if (!open_espeak (error))
    return NULL;
  if (espeak.set_voice (speaker) != 0)
    {
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND, _ ("espeak-ng has no voice “%s”"), speaker);
      return NULL;
    }
  espeak.set_parameter (PARAMETER_RATE, (int) words_a_minute, 0);
  spoken = g_byte_array_new ();
  espeak.synth (text, strlen (text) + 1, 0, POS_CHARACTER, 0, CHARS_UTF8, NULL, NULL);
  espeak.synchronize ();
  *rate = (guint) sample_rate;
  return g_byte_array_free_to_bytes (g_steal_pointer (&spoken));
}

GBytes *
wb_speech_make (const char *text, const char *speaker, guint words_a_minute, guint *rate, GError **error)
{
  GBytes *samples = NULL;

  g_return_val_if_fail (text != NULL && speaker != NULL && rate != NULL, NULL);

  g_mutex_lock (&lock);
  samples = speak (text, speaker, words_a_minute, rate, error);
  g_mutex_unlock (&lock);
  return samples;
}
