/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The options that all programs with a window have, and how such a program answers when it is asked wrongly or cannot open a
 * window: as waybillctl does, by a message that names the program and by exit status 2 or 1. GIO only. Main thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WB_OPTIONS_GO_ON (-1)
#define WB_OPTIONS_FAILED 1
#define WB_OPTIONS_MISUSE 2

/**
 * wb_options_add:
 * @application: the program, before it runs
 * @own: (nullable): what it takes beside the common options
 * @summary: what it is, in a translated sentence, for --help
 */
void wb_options_add (GApplication *application, const GOptionEntry *own, const char *summary);

/**
 * wb_options_handle:
 * @application: the program
 * @dict: as handle_local_options() got it
 * @database: (out): (transfer full): where the database is: as asked, or as $WAYBILL_DATABASE says, or `embedded`
 *
 * Does what --version and --verbose say, and refuses what is left over. To be called first in handle_local_options().
 *
 * Returns: WB_OPTIONS_GO_ON, or the exit status to end with
 */
int wb_options_handle (GApplication *application, GVariantDict *dict, char **database);

/**
 * wb_options_misuse:
 * @format: what is wrong, translated
 *
 * Says it on stderr, and where to read more.
 *
 * Returns: WB_OPTIONS_MISUSE
 */
int wb_options_misuse (const char *format, ...) G_GNUC_PRINTF (1, 2);

/**
 * wb_options_run_command_line:
 * @parent: the class above the program's
 * @application: the program
 * @arguments: (inout): as local_command_line() got it
 * @status: (out): as local_command_line() got it
 *
 * A local_command_line() that ends with status 2 for an option that does not exist.
 *
 * Returns: whether all is done
 */
gboolean wb_options_run_command_line (GApplicationClass *parent, GApplication *application, char ***arguments, int *status);

G_END_DECLS
