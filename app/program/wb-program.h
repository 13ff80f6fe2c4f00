/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What every program does first, whatever it is for: language, log, name. GLib and GIO only, so that
 * the programs without a window can use it too.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * wb_program_start:
 * @name: what messages are prefixed with
 *
 * Call it first in main().
 */
void wb_program_start (const char *name);

/**
 * wb_program_is_built:
 *
 * Returns: whether this is the program in its build folder, with its sources around, and not an installed one
 */
gboolean wb_program_is_built (void);

/**
 * wb_program_quit_on_signals:
 * @application: a program with a window
 *
 * Makes SIGINT, SIGTERM and SIGHUP (a closed terminal, the end of the session) quit it in good order,
 * so that it closes its database; a second one ends it at once.
 */
void wb_program_quit_on_signals (GApplication *application);

/**
 * wb_program_print_version:
 *
 * What --version does: name and version on stdout.
 */
void wb_program_print_version (void);

G_END_DECLS
