/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What cameras and voices need of a machine beside themselves: parts of GStreamer, libraries that are opened when they are first used, the
 * model of a language; and the device files that somebody has to have a right to. For `waybillctl doctor`; changes nothing. Reads folders,
 * and loads what it looks for: not for a main loop that draws.
 */
#pragma once

#include "devices/wb-device.h"

G_BEGIN_DECLS

/**
 * WbDeviceNeed:
 * @WB_DEVICE_NEED_ELEMENT: an element of GStreamer
 * @WB_DEVICE_NEED_LIBRARY: a shared library
 * @WB_DEVICE_NEED_FOLDER: a folder
 */
typedef enum
{
  WB_DEVICE_NEED_ELEMENT,
  WB_DEVICE_NEED_LIBRARY,
  WB_DEVICE_NEED_FOLDER,
} WbDeviceNeed;

/**
 * WbDeviceNeedFunc:
 * @name: "v4l2src", "libzbar.so.0", "/usr/share/…"
 *
 * Returns: whether it is there
 */
typedef gboolean (*WbDeviceNeedFunc) (WbDeviceNeed need, const char *name, gpointer user_data);

/**
 * wb_device_needs_find_missing:
 * @kind: %WB_DEVICE_KIND_CAMERA or %WB_DEVICE_KIND_VOICE; others need nothing
 * @is_there: (nullable) (scope call): %NULL looks at this machine
 *
 * Returns: (transfer full): the Debian packages that bring what is missing, each once
 */
char **wb_device_needs_find_missing (WbDeviceKind kind, WbDeviceNeedFunc is_there, gpointer user_data);

/**
 * wb_device_needs_list_files:
 * @kind: as above
 * @root: folder that is looked at as if it was "/"
 *
 * Returns: (transfer full): the device files of all cameras, or of everything that records, sorted
 */
char **wb_device_needs_list_files (WbDeviceKind kind, const char *root);

G_END_DECLS
