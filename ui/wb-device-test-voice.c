/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trying a microphone and a voice: what was understood, and how the bench sounds. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "devices/wb-voice.h"
#include "ui/wb-device-test-private.h"

static void
heard_cb (WbDeviceTest *self, WbVoiceHeard *heard)
{
  g_autofree char *what = heard->meaning != WB_VOICE_NOTHING ? g_strdup_printf ("“%s”", heard->text) : g_strdup (_ ("Not understood"));
  g_autofree char *detail = g_strdup_printf (_ ("score %.1f"), heard->score);

  self->n_seen++;
  _wb_device_test_show (self, what, *heard->text != '\0' ? detail : "");
}

static void
talk_cb (WbDeviceTest *self)
{
  WbVoiceWords words = { .commands = G_MAXUINT, .check = 2, .weight = TRUE };

  wb_voice_set_words (WB_VOICE (self->device), &words);
  wb_voice_listen (WB_VOICE (self->device));
  _wb_device_test_show (self, _ ("Say a command: “skip item”, “another box”"), "");
}

static void
speak_cb (WbDeviceTest *self)
{
  wb_voice_say (WB_VOICE (self->device), _ ("This is how the bench sounds."));
}

void
_wb_device_test_build_voice (WbDeviceTest *self)
{
  _wb_device_test_add_button (self, _ ("_Talk"), G_CALLBACK (talk_cb));
  _wb_device_test_add_button (self, _ ("_Speak"), G_CALLBACK (speak_cb));
  g_signal_connect_object (self->device, "heard", G_CALLBACK (heard_cb), self, G_CONNECT_SWAPPED);
}
