/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finds what one can talk to: the microphone that the desktop has chosen, where there is sound at all, and those that somebody
 * names by where their sound comes from. Main thread.
 */
#pragma once

#include "devices/wb-device-backend.h"

G_BEGIN_DECLS

#define WB_TYPE_VOICE_BACKEND (wb_voice_backend_get_type ())
G_DECLARE_FINAL_TYPE (WbVoiceBackend, wb_voice_backend, WB, VOICE_BACKEND, WbDeviceBackend)

/**
 * wb_voice_backend_new:
 *
 * Returns: (transfer full): a #WbDeviceBackend
 */
WbDeviceBackend *wb_voice_backend_new (void);

/**
 * wb_voice_backend_add_source:
 * @name: what people call it; its id is "voice:" and this
 * @source: a GStreamer fragment that ends in raw audio; "" when the device's option "source" says it
 *
 * Names a microphone that cannot be found. It listens hands-free, unless it is set otherwise.
 */
void wb_voice_backend_add_source (WbVoiceBackend *self, const char *name, const char *source);

/**
 * wb_voice_backend_remove_source:
 *
 * It is none of ours any more.
 */
void wb_voice_backend_remove_source (WbVoiceBackend *self, const char *name);

G_END_DECLS
