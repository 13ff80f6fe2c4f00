/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What every program does first, whatever it is for: language, log, name. GLib only, so that the
 * programs without a window can use it too.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * wb_program_start:
 * @name: what messages are prefixed with
 *
 * Call it first in main().
 */
void wb_program_start (const char *name);

/**
 * wb_program_print_version:
 *
 * What --version does: name and version on stdout.
 */
void wb_program_print_version (void);

G_END_DECLS
