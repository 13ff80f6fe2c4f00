/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Trying a device that does nothing by itself: a printer prints its test label, a camera takes a photo, a voice says something and
 * listens. What is scanned, weighed and tapped comes by itself. Main thread.
 */
#pragma once

#include "devices/wb-device.h"

G_BEGIN_DECLS

/**
 * WbCtlTried:
 * @what: "printed", "photo", "speaks"; "failed"
 * @text: what came of it, or why nothing did
 */
typedef void (*WbCtlTried) (WbDevice *device, const char *what, const char *text, gpointer user_data);

/**
 * wb_ctl_try:
 * @device: ready
 *
 * Tries it, and says what came of it.
 */
void wb_ctl_try (WbDevice *device, GCancellable *cancellable, WbCtlTried tried, gpointer user_data);

G_END_DECLS
