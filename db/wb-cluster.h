/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The embedded database: a private PostgreSQL cluster that belongs to one folder, is reached only
 * through a Unix socket that only this user (and root) can open, and lives as long as some program
 * holds it. Any number of programs may open the same folder at the same moment: they share one
 * server; the last to close it stops it. A program that is killed leaves nothing that has to be
 * cleaned up by hand.
 *
 * Not for connecting: wb_cluster_dup_conninfo() says where, WbDb connects. Not for schemas either:
 * the cluster holds an empty database `waybill` until WbMigrate fills it.
 *
 * Main thread only. What may wait (locks, initdb, the start of the server) runs in a thread that
 * sees plain structs.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WB_CLUSTER_ERROR (wb_cluster_error_quark ())

/**
 * WbClusterError:
 * @WB_CLUSTER_ERROR_MISSING: a PostgreSQL server is not installed; the message names the package
 * @WB_CLUSTER_ERROR_VERSION: the data was made by another major version than those installed
 * @WB_CLUSTER_ERROR_DENIED: the folder cannot be written or belongs to somebody else
 * @WB_CLUSTER_ERROR_NO_SPACE: the disk is full
 * @WB_CLUSTER_ERROR_IN_USE: other programs are using the server, so it is not stopped
 * @WB_CLUSTER_ERROR_FAILED: the server would not start; the message has its last words
 */
typedef enum
{
  WB_CLUSTER_ERROR_MISSING,
  WB_CLUSTER_ERROR_VERSION,
  WB_CLUSTER_ERROR_DENIED,
  WB_CLUSTER_ERROR_NO_SPACE,
  WB_CLUSTER_ERROR_IN_USE,
  WB_CLUSTER_ERROR_FAILED,
} WbClusterError;

GQuark wb_cluster_error_quark (void);

/**
 * WbClusterStage:
 * @WB_CLUSTER_STAGE_IDLE: nothing under way
 * @WB_CLUSTER_STAGE_WAITING: another program is starting or stopping the same cluster
 * @WB_CLUSTER_STAGE_MAKING: first use: the data folder is being made
 * @WB_CLUSTER_STAGE_STARTING: the server is coming up
 * @WB_CLUSTER_STAGE_RECOVERING: the server is repairing itself after a crash; this may take a while
 * @WB_CLUSTER_STAGE_STOPPING: the last user has gone, the server is going down
 */
typedef enum
{
  WB_CLUSTER_STAGE_IDLE,
  WB_CLUSTER_STAGE_WAITING,
  WB_CLUSTER_STAGE_MAKING,
  WB_CLUSTER_STAGE_STARTING,
  WB_CLUSTER_STAGE_RECOVERING,
  WB_CLUSTER_STAGE_STOPPING,
} WbClusterStage;

/**
 * WbClusterStatus:
 * @exists: the data folder has been made
 * @running: the server accepts connections
 * @busy: another program is starting or stopping it right now; the rest is a guess
 * @in_use: some program holds it open
 * @kept: started by hand, so the last program does not stop it
 * @pid: of the server, 0 when it is not running
 * @version: major version of the data, 0 when there is none
 * @server_version: major version of the server programs that would run it, 0 when there are none
 * @server_folder: (nullable): where those programs are
 * @user: who the server runs as
 * @socket_folder: (nullable): where the running server listens
 * @log_file: what the server has to say
 * @free_bytes: room on the disk; 0 when unknown
 *
 * What can be seen of a cluster from outside, without starting it.
 */
typedef struct
{
  gboolean exists;
  gboolean running;
  gboolean busy;
  gboolean in_use;
  gboolean kept;
  gint64 pid;
  int version;
  int server_version;
  char *server_folder;
  char *user;
  char *socket_folder;
  char *log_file;
  guint64 free_bytes;
} WbClusterStatus;

void wb_cluster_status_free (WbClusterStatus *status);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbClusterStatus, wb_cluster_status_free)

#define WB_TYPE_CLUSTER (wb_cluster_get_type ())
G_DECLARE_FINAL_TYPE (WbCluster, wb_cluster, WB, CLUSTER, GObject)

/**
 * wb_cluster_new:
 * @folder: (nullable): where the cluster lives; %NULL for wb_cluster_dup_default_folder()
 *
 * Nothing is touched yet. The server programs are found by themselves, unless the environment
 * variable WAYBILL_SERVER_PATH (or #WbCluster:server-path) names a folder that holds N/bin for
 * each version.
 *
 * Returns: (transfer full): a cluster, not open
 */
WbCluster *wb_cluster_new (const char *folder);

/**
 * wb_cluster_dup_default_folder:
 *
 * Returns: (transfer full): `waybill/cluster` below the XDG data home; /var/lib/waybill/cluster for root
 */
char *wb_cluster_dup_default_folder (void);

/**
 * wb_cluster_get_folder:
 * @self: a cluster
 *
 * Returns: (transfer none): where it lives, an absolute path
 */
const char *wb_cluster_get_folder (WbCluster *self);

/**
 * wb_cluster_get_stage:
 * @self: a cluster
 *
 * Returns: what is under way; watch `notify::stage`
 */
WbClusterStage wb_cluster_get_stage (WbCluster *self);

/**
 * wb_cluster_is_open:
 * @self: a cluster
 *
 * Returns: whether we hold it, so that its server stays
 */
gboolean wb_cluster_is_open (WbCluster *self);

/**
 * wb_cluster_dup_conninfo:
 * @self: a cluster
 *
 * For WbDb and for psql: its superuser, on its database.
 *
 * Returns: (transfer full) (nullable): a libpq connection string, %NULL before it was opened
 */
char *wb_cluster_dup_conninfo (WbCluster *self);

/**
 * wb_cluster_open_async:
 * @self: a cluster
 * @cancellable: (nullable): gives up; a data folder made half-way is removed
 * @callback: called when the server accepts connections, or cannot be had
 * @user_data: for @callback
 *
 * Makes the data on first use, starts the server unless it runs already, and takes a share of it.
 * There is no time-out: a server that recovers from a crash may need minutes. On an open cluster it
 * makes sure that the server runs. Fails with WB_CLUSTER_ERROR; the message says what to do next.
 */
void wb_cluster_open_async (WbCluster *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean wb_cluster_open_finish (WbCluster *self, GAsyncResult *result, GError **error);

/**
 * wb_cluster_close_async:
 * @self: a cluster
 * @cancellable: (nullable): leaves a server that is going down alone to do so
 * @callback: called when our share is given up and, if it was the last, the server has gone
 * @user_data: for @callback
 *
 * Close the connections first. A program that forgets to close leaves the server running until
 * another program is the last to close. On a cluster that is not open it succeeds at once.
 */
void wb_cluster_close_async (WbCluster *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean wb_cluster_close_finish (WbCluster *self, GAsyncResult *result, GError **error);

/**
 * wb_cluster_keep_async:
 * @self: an open cluster
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: for @callback
 *
 * Marks the running server as started by hand: from now on only wb_cluster_stop_async() (or the
 * machine going down) ends it, not the last program that closes.
 */
void wb_cluster_keep_async (WbCluster *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean wb_cluster_keep_finish (WbCluster *self, GAsyncResult *result, GError **error);

/**
 * wb_cluster_stop_async:
 * @self: a cluster that is not open
 * @force: stop it although programs are using it; they will find it gone
 * @cancellable: (nullable): to give up
 * @callback: called when the server has gone
 * @user_data: for @callback
 *
 * Stops the server by hand, whoever started it. Fails with %WB_CLUSTER_ERROR_IN_USE unless @force.
 * A server that does not run is no error.
 */
void wb_cluster_stop_async (WbCluster *self,
                            gboolean force,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean wb_cluster_stop_finish (WbCluster *self, GAsyncResult *result, GError **error);

/**
 * wb_cluster_query_status_async:
 * @self: a cluster, open or not
 * @cancellable: (nullable): to give up
 * @callback: called with what was seen
 * @user_data: for @callback
 *
 * Looks without touching: nothing is made, started or repaired.
 * Finish with wb_cluster_query_status_finish(): (transfer full) a #WbClusterStatus.
 */
void wb_cluster_query_status_async (WbCluster *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
WbClusterStatus *
wb_cluster_query_status_finish (WbCluster *self, GAsyncResult *result, GError **error);

G_END_DECLS
