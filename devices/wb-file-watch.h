/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tells whether a file is there, now and whenever that changes: a device file that somebody named and nothing else announces.
 * Main thread; nothing blocks.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _WbFileWatch WbFileWatch;

typedef void (*WbFileWatchFunc) (gboolean is_there, gpointer user_data);

/**
 * wb_file_watch_new:
 * @func: called before this returns, and again when something may have changed; @user_data outlives the watch
 *
 * Returns: (transfer full): a watch
 */
WbFileWatch *wb_file_watch_new (const char *path, WbFileWatchFunc func, gpointer user_data);
void wb_file_watch_free (WbFileWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbFileWatch, wb_file_watch_free)

G_END_DECLS
