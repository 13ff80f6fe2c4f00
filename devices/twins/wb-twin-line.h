/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The other end of a serial line: a pseudo-terminal with a link where a device file would be, on which somebody
 * plays the scanner or the scale: a test, or `waybillctl device emulate`. Main thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _WbTwinLine WbTwinLine;

/**
 * WbTwinLineFunc:
 * @command: what the program sent, in one or several pieces
 */
typedef void (*WbTwinLineFunc) (WbTwinLine *line, const char *command, gsize length, gpointer user_data);

/**
 * wb_twin_line_new:
 * @path: where the device file is to stand
 * @command: (nullable): for what the program sends
 *
 * Fails (WB_DEVICE_ERROR) when something other than an earlier line's link is there.
 *
 * Returns: (transfer full): a line that is plugged in
 */
WbTwinLine *wb_twin_line_new (const char *path, WbTwinLineFunc command, gpointer user_data, GError **error);

/**
 * wb_twin_line_free:
 *
 * Unplugs it: the file goes and who has it open reads its end.
 */
void wb_twin_line_free (WbTwinLine *self);

/**
 * wb_twin_line_break_off:
 *
 * Who has it open reads its end. The file stays and cannot be opened until wb_twin_line_come_back(): a serial line over Bluetooth
 * whose device is out of reach. Fails with %WB_DEVICE_ERROR_FAILED or _REFUSED.
 */
gboolean wb_twin_line_break_off (WbTwinLine *self, GError **error);
gboolean wb_twin_line_come_back (WbTwinLine *self, GError **error);

/**
 * wb_twin_line_say:
 * @length: of @bytes; -1 up to their NUL
 *
 * Sends them as fast as they are read.
 */
void wb_twin_line_say (WbTwinLine *self, const char *bytes, gssize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTwinLine, wb_twin_line_free)

G_END_DECLS
