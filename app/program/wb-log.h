/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the programs say about themselves on stderr. Quiet unless asked: warnings always, everything
 * with --verbose, and single topics with WAYBILL_DEBUG=topic[,topic…]. A topic is a log domain
 * without its `wb-`: `cluster`, `db`, `migrate`, …; `all` is every one of ours.
 *
 * Not for messages to people, which go where they look: a toast, a page, a line of the command.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * wb_log_set_up:
 *
 * Takes over GLib's log, before any thread is made. Reads WAYBILL_DEBUG.
 */
void wb_log_set_up (void);

/**
 * wb_log_set_verbose:
 * @verbose: tell everything
 *
 * What --verbose does.
 */
void wb_log_set_verbose (gboolean verbose);

G_END_DECLS
