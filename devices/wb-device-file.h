/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The key files that say what is known about devices and what lies in them: those of the machine, in the folders of WAYBILL_DEVICE_PATH
 * (separated by ":") and in /etc/waybill/devices, before those that are built in from data/devices/. Reads small files; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbDeviceFileFunc:
 * @data: the bytes of a file
 * @file: its name, for messages
 *
 * Returns: whether it is right; @error says what is not
 */
typedef gboolean (*WbDeviceFileFunc) (const char *data, gsize length, const char *file, gpointer user_data, GError **error);

/**
 * wb_device_files_read:
 * @ending: of the files of the machine: ".device"
 * @resources: folder of those that are built in, with "/" at its end
 * @problems: (element-type utf8): gets a sentence for each file that was passed over
 *
 * Hands all to @take, the files of a folder by their names.
 */
void wb_device_files_read (const char *ending, const char *resources, WbDeviceFileFunc take, gpointer user_data, GPtrArray *problems);

G_END_DECLS
