/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The last thing a program does with its database. Main thread, after its windows are gone and its
 * stores released.
 */
#pragma once

#include "db/wb-database.h"

G_BEGIN_DECLS

/**
 * wb_closing_run:
 * @database: what the program worked on
 * @error: return location for an error
 *
 * Closes @database and turns the main loop until that is done, for there is no other loop to return
 * to; the last program takes the embedded server down with it. However it ends, the program may end.
 *
 * Returns: %FALSE with @error when something did not close well
 */
gboolean wb_closing_run (WbDatabase *database, GError **error);

G_END_DECLS
