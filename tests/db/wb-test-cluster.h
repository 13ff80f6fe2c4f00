/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A PostgreSQL server of a test's own, for tests that stop, crash or reconfigure it; who only wants a database
 * takes wb_test_database(). Unix socket in a temporary folder, and 127.0.0.1 on a free port when asked. Starts in
 * some 200 ms from the copy of a cluster that tests/cluster keeps in the build folder. Ends with the program.
 * Blocks while it starts and stops: the main loop does not turn meanwhile, which suits a test.
 */
#pragma once

#include "tests/wb-test.h"

G_BEGIN_DECLS

typedef struct _WbTestCluster WbTestCluster;

/**
 * wb_test_cluster_start:
 * @settings: (nullable): lines for postgresql.conf, e.g. "max_connections = 5\n"
 *
 * Without a server installed the running test is skipped (or fails, when the environment has CI).
 *
 * Returns: (transfer full) (nullable): a running server with the superuser "postgres" and an empty
 *   database "postgres", or %NULL: return
 */
WbTestCluster *wb_test_cluster_start (const char *settings);

/**
 * wb_test_cluster_free:
 * @self: a cluster, running or not
 *
 * Ends the server and deletes its files.
 */
void wb_test_cluster_free (WbTestCluster *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTestCluster, wb_test_cluster_free)

/**
 * wb_test_cluster_conninfo:
 * @self: a cluster
 *
 * Returns: (transfer none): the conninfo of the superuser over the socket
 */
const char *wb_test_cluster_conninfo (WbTestCluster *self);

/**
 * wb_test_cluster_get_socket:
 * @self: a cluster
 *
 * Returns: (transfer none): the folder of the socket, which is `.s.PGSQL.5432` in it
 */
const char *wb_test_cluster_get_socket (WbTestCluster *self);

/**
 * wb_test_cluster_get_data:
 * @self: a cluster
 *
 * Returns: (transfer none): the data folder
 */
const char *wb_test_cluster_get_data (WbTestCluster *self);

/**
 * wb_test_cluster_listen:
 * @self: a cluster
 *
 * Restarts it so that it listens on 127.0.0.1 too. The socket then has the number of this port.
 *
 * Returns: the TCP port
 */
guint wb_test_cluster_listen (WbTestCluster *self);

/**
 * wb_test_cluster_stop:
 * @self: a running cluster
 *
 * Ends it as an administrator would (fast shutdown).
 */
void wb_test_cluster_stop (WbTestCluster *self);

/**
 * wb_test_cluster_crash:
 * @self: a running cluster
 *
 * Ends it and all its processes at once, with recovery at the next start.
 */
void wb_test_cluster_crash (WbTestCluster *self);

/**
 * wb_test_cluster_restart:
 * @self: a cluster, stopped, crashed or running
 *
 * Starts it (again) on the same data and socket.
 */
void wb_test_cluster_restart (WbTestCluster *self);

/**
 * wb_test_cluster_set_hba:
 * @self: a running cluster
 * @lines: the new pg_hba.conf
 *
 * Who may come in from now on.
 */
void wb_test_cluster_set_hba (WbTestCluster *self, const char *lines);

/**
 * wb_test_cluster_psql:
 * @self: a running cluster
 * @sql: statements
 *
 * Runs them as the superuser in a process of their own; a failure fails the test.
 *
 * Returns: (transfer full): what they gave, unaligned, without the last newline
 */
char *wb_test_cluster_psql (WbTestCluster *self, const char *sql);

G_END_DECLS
