/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The other end of a serial line: a pseudo-terminal with a link where a device file would be, on which a
 * test plays the scanner or the scale. Main thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WbTestLine WbTestLine;

/**
 * WbTestLineFunc:
 * @command: what the program sent, in one or several pieces
 */
typedef void (*WbTestLineFunc) (WbTestLine *line, const char *command, gsize length, gpointer user_data);

/**
 * wb_test_line_new:
 * @path: where the device file is to stand
 * @command: (nullable): for what the program sends
 *
 * Returns: (transfer full): a line that is plugged in
 */
WbTestLine *wb_test_line_new (const char *path, WbTestLineFunc command, gpointer user_data);

/**
 * wb_test_line_free:
 *
 * Unplugs it: the file goes and who has it open reads its end.
 */
void wb_test_line_free (WbTestLine *self);
void wb_test_line_say (WbTestLine *self, const char *bytes, gssize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTestLine, wb_test_line_free)

G_END_DECLS
