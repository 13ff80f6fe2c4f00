/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "devices/wb-media-private.h"
#include "devices/wb-voice-private.h"
#include "devices/wb-voice-recogniser.h"
#include "devices/waybill-devices-resources.h"

#define RESOURCE "/org/waybill/voice"
#define MACHINE_FOLDER "/etc/waybill/voice"

struct _WbVoice
{
  WbDevice parent_instance;

  gboolean is_speaking;
  gboolean wants_to_listen; /* once it has spoken */
  gint64 awake_until_us;
  guint awake_ms;
  guint rest_source;
  WbVoiceWords words;

  /* Owned references */
  char *source;
  char *speaker;
  WbMedia *media;
  WbVoiceEars *ears;
  WbVoiceMouth *mouth;
};

G_DEFINE_FINAL_TYPE (WbVoice, wb_voice, WB_TYPE_DEVICE)
G_DEFINE_BOXED_TYPE (WbVoiceHeard, wb_voice_heard, wb_voice_heard_copy, wb_voice_heard_free)

enum
{
  HEARD,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const WbDeviceOption options[] = {
  { "source", N_ ("Where its sound comes from"), NULL, "" },
  { "sink", N_ ("Where it speaks"), NULL, "autoaudiosink" },
  { "language", N_ ("Language"), NULL, "en" },
  { "mode", N_ ("When it listens"), "off|push-to-talk|hands-free", "off" },
  { "speak", N_ ("Read out what was understood"), "on|off", "on" },
  { "pace", N_ ("Words a minute"), "120|150|175|200|240", "175" },
};

WbVoiceHeard *
wb_voice_heard_copy (const WbVoiceHeard *self)
{
  WbVoiceHeard *copy = NULL;

  if (self == NULL)
    return NULL;
  copy = g_memdup2 (self, sizeof *self);
  copy->text = g_strdup (self->text);
  copy->digits = g_strdup (self->digits);
  return copy;
}

void
wb_voice_heard_free (WbVoiceHeard *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_free (self->digits);
  g_free (self);
}

/* ---- Languages ---------------------------------------------------------------------------------------- */

static char *
read_file (const char *folder, const char *code, const char *name)
{
  g_autofree char *path = g_build_filename (folder, code, name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL); /* may block: called from threads, for a small file */
  return text;
}

static char *
read_data (const char *code, const char *name)
{
  const char *more = g_getenv ("WAYBILL_VOICE_PATH");
  g_auto(GStrv) folders = g_strsplit (more != NULL ? more : "", ":", -1);
  g_autofree char *path = g_build_filename (RESOURCE, code, name, NULL);
  g_autoptr(GBytes) bytes = NULL;
  char *text = NULL;

  for (guint i = 0; folders[i] != NULL && text == NULL; i++)
    if (*folders[i] != '\0')
      text = read_file (folders[i], code, name);
  if (text == NULL)
    text = read_file (MACHINE_FOLDER, code, name);
  if (text != NULL)
    return text;
  bytes = g_resource_lookup_data (waybill_devices_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;
}

/* The name of a folder, and no way out of where languages are. */
static gboolean
is_code (const char *code)
{
  return *code != '\0' && strspn (code, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_") == strlen (code);
}

WbVoiceLanguage *
wb_voice_load_language (const char *code, GError **error)
{
  g_autofree char *ini = is_code (code) ? read_data (code, "language.ini") : NULL;
  g_autofree char *words = is_code (code) ? read_data (code, "words.dict") : NULL;
  g_autoptr(GError) why = NULL;
  WbVoiceLanguage *language = NULL;

  if (ini == NULL || words == NULL)
    {
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND, _ ("there are no voice files for the language “%s”"), code);
      return NULL;
    }
  language = wb_voice_language_parse (ini, words, &why);
  if (language == NULL)
    g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND, "voice/%s: %s", code, why->message);
  return language;
}

/* ---- Listening and speaking ----------------------------------------------------------------------------- */

static void
changed (WbVoice *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
rest_cb (gpointer user_data)
{
  WbVoice *self = user_data;

  self->rest_source = 0;
  self->awake_until_us = 0;
  changed (self);
  return G_SOURCE_REMOVE;
}

static void
set_awake_quietly (WbVoice *self, gboolean awake)
{
  self->awake_until_us = awake ? g_get_monotonic_time () + (gint64) self->awake_ms * 1000 : 0;
  g_clear_handle_id (&self->rest_source, g_source_remove);
  if (self->ears != NULL)
    _wb_voice_ears_set_awake (self->ears, self->awake_until_us);
  if (awake)
    self->rest_source = g_timeout_add (self->awake_ms + 10, rest_cb, self);
}

static void
set_awake (WbVoice *self, gboolean awake)
{
  set_awake_quietly (self, awake);
  changed (self);
}

void
_wb_voice_opened (WbVoice *self, guint awake_ms)
{
  self->awake_ms = awake_ms;
  _wb_device_opened (WB_DEVICE (self));
}

void
_wb_voice_failed (WbVoice *self, const GError *error)
{
  _wb_device_failed (WB_DEVICE (self), error);
}

static gboolean
is_hands_free (WbVoice *self)
{
  g_return_val_if_fail (WB_IS_VOICE (self), FALSE);

  return strcmp (wb_device_get_option (WB_DEVICE (self), "mode"), "hands-free") == 0;
}

/* Somebody who goes on talking to it need not wake it again. */
void
_wb_voice_take_heard (WbVoice *self, const WbVoiceHeard *heard)
{
  if (heard->meaning != WB_VOICE_NOTHING && (is_hands_free (self) || heard->meaning == WB_VOICE_WAKE))
    set_awake_quietly (self, TRUE);
  else if (heard->meaning != WB_VOICE_NOTHING)
    set_awake_quietly (self, FALSE);
  g_signal_emit (self, signals[HEARD], 0, heard);
  changed (self);
}

void
_wb_voice_spoken (WbVoice *self, const GError *error)
{
  if (error != NULL)
    _wb_device_note (WB_DEVICE (self), error->message);
  self->is_speaking = FALSE;
  if (self->ears != NULL)
    _wb_voice_ears_set_muted (self->ears, FALSE);
  /* what it said took time that somebody would have had to answer */
  if (self->wants_to_listen || self->awake_until_us > 0)
    set_awake (self, TRUE);
  self->wants_to_listen = FALSE;
  changed (self);
}

static void
failed_cb (gpointer owner, const GError *error)
{
  _wb_device_failed (WB_DEVICE (owner), error);
}

/* ---- WbDevice -------------------------------------------------------------------------------------------- */

static void
load_speaker (WbVoice *self)
{
  g_autoptr(WbVoiceLanguage) language = wb_voice_load_language (wb_device_get_option (WB_DEVICE (self), "language"), NULL);

  g_free (self->speaker);
  self->speaker = g_strdup (language != NULL ? wb_voice_language_get_speaker (language) : "en-us");
}

static void
wb_voice_open (WbDevice *device)
{
  static WbMediaFuncs funcs = { .group = "audio", .take = _wb_voice_ears_take, .failed = failed_cb };
  WbVoice *self = WB_VOICE (device);
  const char *source = wb_device_get_option (device, "source");
  g_autofree char *pipeline = NULL;

  if (*source == '\0')
    source = self->source;
  if (*source == '\0')
    {
      g_autoptr(GError) error = g_error_new_literal (WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED,
                                                     _ ("nobody has said where the sound comes from: set “source”"));

      _wb_device_failed (device, error);
      return;
    }
  pipeline = g_strdup_printf ("%s ! audioconvert ! audioresample ! audio/x-raw,format=S16LE,rate=%d,channels=1,layout=interleaved ! "
                              "appsink name=out", source, WB_VOICE_RATE);
  funcs.noun = _ ("the microphone");
  load_speaker (self);
  self->mouth = _wb_voice_mouth_new (wb_device_get_option (device, "sink"),
                                     (guint) g_ascii_strtoull (wb_device_get_option (device, "pace"), NULL, 10), self);
  self->ears = _wb_voice_ears_new (wb_device_get_option (device, "language"), is_hands_free (self), self);
  _wb_voice_ears_set_words (self->ears, &self->words);
  self->media = _wb_media_start (pipeline, &funcs, _wb_voice_ears_ref (self->ears), _wb_voice_ears_end, self);
}

static void
wb_voice_close (WbDevice *device)
{
  WbVoice *self = WB_VOICE (device);

  g_clear_handle_id (&self->rest_source, g_source_remove);
  g_clear_pointer (&self->media, _wb_media_stop);
  g_clear_pointer (&self->ears, _wb_voice_ears_close);
  g_clear_pointer (&self->mouth, _wb_voice_mouth_close);
  self->is_speaking = FALSE;
  self->wants_to_listen = FALSE;
  self->awake_until_us = 0;
}

static void
wb_voice_finalize (GObject *object)
{
  WbVoice *self = WB_VOICE (object);

  g_free (self->source);
  g_free (self->speaker);
  G_OBJECT_CLASS (wb_voice_parent_class)->finalize (object);
}

static void
wb_voice_class_init (WbVoiceClass *class)
{
  WbDeviceClass *device_class = WB_DEVICE_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = wb_voice_finalize;
  device_class->kind = WB_DEVICE_KIND_VOICE;
  device_class->options = options;
  device_class->n_options = G_N_ELEMENTS (options);
  device_class->open = wb_voice_open;
  device_class->close = wb_voice_close;

  signals[HEARD] = g_signal_new ("heard", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 WB_TYPE_VOICE_HEARD);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_voice_init (WbVoice *self)
{
}

/* ---- Public API ---------------------------------------------------------------------------------------------- */

WbDevice *
wb_voice_new (const char *source, const char *id, const char *name)
{
  WbVoice *self = NULL;

  g_return_val_if_fail (source != NULL, NULL);

  self = g_object_new (WB_TYPE_VOICE, "id", id, "name", name, NULL);
  self->source = g_strdup (source);
  return WB_DEVICE (self);
}

void
wb_voice_set_words (WbVoice *self, const WbVoiceWords *words)
{
  g_return_if_fail (WB_IS_VOICE (self) && words != NULL);

  self->words = *words;
  if (self->ears != NULL)
    _wb_voice_ears_set_words (self->ears, words);
}

void
wb_voice_listen (WbVoice *self)
{
  g_return_if_fail (WB_IS_VOICE (self));

  if (wb_device_get_state (WB_DEVICE (self)) != WB_DEVICE_STATE_READY)
    return;
  if (self->is_speaking)
    self->wants_to_listen = TRUE;
  else
    set_awake (self, TRUE);
}

gboolean
wb_voice_is_listening (WbVoice *self)
{
  g_return_val_if_fail (WB_IS_VOICE (self), FALSE);

  return !self->is_speaking && self->awake_until_us > g_get_monotonic_time ();
}

void
wb_voice_say (WbVoice *self, const char *text)
{
  g_return_if_fail (WB_IS_VOICE (self) && text != NULL);

  if (self->mouth == NULL || *text == '\0' || strcmp (wb_device_get_option (WB_DEVICE (self), "speak"), "on") != 0)
    return;
  self->is_speaking = TRUE;
  _wb_voice_ears_set_muted (self->ears, TRUE);
  _wb_voice_mouth_say (self->mouth, text, self->speaker);
  changed (self);
}

gboolean
wb_voice_is_speaking (WbVoice *self)
{
  g_return_val_if_fail (WB_IS_VOICE (self), FALSE);

  return self->is_speaking;
}
