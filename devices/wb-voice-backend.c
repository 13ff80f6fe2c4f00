/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "devices/wb-voice-backend.h"
#include "devices/wb-voice.h"

#define DEFAULT_ID "voice:default"
#define DEFAULT_SOURCE "autoaudiosrc"

struct _WbVoiceBackend
{
  WbDeviceBackend parent_instance;

  gboolean is_started;

  /* Owned references */
  GHashTable *sources; /* name → fragment */
};

G_DEFINE_FINAL_TYPE (WbVoiceBackend, wb_voice_backend, WB_TYPE_DEVICE_BACKEND)

static void
tell (WbVoiceBackend *self, const char *id, const char *name, const char *source)
{
  g_autoptr(WbDevice) voice = wb_voice_new (source, id, name);

  /* who names a microphone wants it to listen */
  if (g_strcmp0 (id, DEFAULT_ID) != 0)
    wb_device_set_option (voice, "mode", "hands-free", NULL);
  _wb_device_backend_add (WB_DEVICE_BACKEND (self), voice);
}

static void
tell_source (WbVoiceBackend *self, const char *name, const char *source)
{
  g_autofree char *id = g_strconcat ("voice:", name, NULL);

  tell (self, id, name, source);
}

/* A sound server, or a card. */
static gboolean
has_sound (void)
{
  g_autofree char *pulse = g_build_filename (g_get_user_runtime_dir (), "pulse", "native", NULL);

  return g_getenv ("PULSE_SERVER") != NULL || g_file_test (pulse, G_FILE_TEST_EXISTS) ||
         g_file_test ("/proc/asound/card0", G_FILE_TEST_EXISTS);
}

static void
wb_voice_backend_start (WbDeviceBackend *backend)
{
  WbVoiceBackend *self = WB_VOICE_BACKEND (backend);
  GHashTableIter iter;
  gpointer name = NULL;
  gpointer source = NULL;

  self->is_started = TRUE;
  if (has_sound ())
    tell (self, DEFAULT_ID, _ ("Microphone"), DEFAULT_SOURCE);
  g_hash_table_iter_init (&iter, self->sources);
  while (g_hash_table_iter_next (&iter, &name, &source))
    tell_source (self, name, source);
}

static void
wb_voice_backend_stop (WbDeviceBackend *backend)
{
  WB_VOICE_BACKEND (backend)->is_started = FALSE;
}

static void
wb_voice_backend_finalize (GObject *object)
{
  g_hash_table_unref (WB_VOICE_BACKEND (object)->sources);
  G_OBJECT_CLASS (wb_voice_backend_parent_class)->finalize (object);
}

static void
wb_voice_backend_class_init (WbVoiceBackendClass *class)
{
  G_OBJECT_CLASS (class)->finalize = wb_voice_backend_finalize;
  WB_DEVICE_BACKEND_CLASS (class)->start = wb_voice_backend_start;
  WB_DEVICE_BACKEND_CLASS (class)->stop = wb_voice_backend_stop;
}

static void
wb_voice_backend_init (WbVoiceBackend *self)
{
  self->sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

WbDeviceBackend *
wb_voice_backend_new (void)
{
  return g_object_new (WB_TYPE_VOICE_BACKEND, NULL);
}

void
wb_voice_backend_add_source (WbVoiceBackend *self, const char *name, const char *source)
{
  g_return_if_fail (WB_IS_VOICE_BACKEND (self) && name != NULL && source != NULL);

  g_hash_table_insert (self->sources, g_strdup (name), g_strdup (source));
  if (self->is_started)
    tell_source (self, name, source);
}

void
wb_voice_backend_remove_source (WbVoiceBackend *self, const char *name)
{
  g_autofree char *id = NULL;
  WbDevice *voice = NULL;

  g_return_if_fail (WB_IS_VOICE_BACKEND (self) && name != NULL);

  if (!g_hash_table_remove (self->sources, name))
    return;
  id = g_strconcat ("voice:", name, NULL);
  voice = _wb_device_backend_find (WB_DEVICE_BACKEND (self), id);
  if (voice != NULL)
    _wb_device_backend_remove (WB_DEVICE_BACKEND (self), voice);
}
