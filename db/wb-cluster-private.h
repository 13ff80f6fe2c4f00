/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of WbCluster share: the plain struct that its thread works on. None of these
 * functions knows the main loop; all of them may wait, so they run in a GTask thread only.
 *
 *   wb-cluster.c         the object and its asynchronous face
 *   wb-cluster-run.c     open, close, stop, status: the order in which things happen, the locks
 *   wb-cluster-place.c   folders, owners, sockets, postmaster.pid: what is on the disk
 *   wb-cluster-server.c  the server programs: find, initdb, configure, start
 */
#pragma once

#include <sys/types.h>

#include "db/wb-cluster.h"

G_BEGIN_DECLS

/* The superuser of the cluster and the database in it; a socket needs a port number in its name. */
#define WB_CLUSTER_OWNER "waybill"
#define WB_CLUSTER_DATABASE "waybill"
#define WB_CLUSTER_PORT 5432

typedef void (*WbClusterProgress) (WbClusterStage stage, gpointer user_data);

typedef struct
{
  char *folder;      /* everything of this cluster */
  char *data;        /* folder/data, the PGDATA */
  char *server_path; /* where versions are looked for; see _wb_cluster_find_server() */
  gboolean root;     /* we are root, so the server runs as somebody else */
  uid_t uid;         /* who the server runs as */
  gid_t gid;
  char *user;
  char *bindir; /* of the version chosen */
  int version;  /* major */
  char *socket_folder;
  int init_fd;  /* init.lock: held by whoever changes the server's state */
  int users_fd; /* users.lock: held shared by every program that has the cluster open */
  GCancellable *cancellable;
  WbClusterProgress progress;
  gpointer progress_data;
} WbClusterJob;

typedef struct
{
  pid_t pid;
  gint64 start_time;
  char *socket_folder;
  char *status; /* starting, ready, stopping, standby */
} WbPostmaster;

WbClusterJob *_wb_cluster_job_new (const char *folder, const char *server_path);
void _wb_cluster_job_free (WbClusterJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbClusterJob, _wb_cluster_job_free)
void _wb_cluster_job_report (WbClusterJob *job, WbClusterStage stage);
gboolean _wb_cluster_job_pause (WbClusterJob *job, guint ms, GError **error);

/* wb-cluster-run.c */
gboolean _wb_cluster_open (WbClusterJob *job, GError **error);
gboolean _wb_cluster_close (WbClusterJob *job, GError **error);
gboolean _wb_cluster_keep (WbClusterJob *job, GError **error);
gboolean _wb_cluster_stop (WbClusterJob *job, gboolean force, GError **error);
WbClusterStatus *_wb_cluster_query (WbClusterJob *job, GError **error);

/* wb-cluster-place.c */
void _wb_cluster_set_errno (GError **error, int err, const char *format, ...) G_GNUC_PRINTF (3, 4);
gboolean _wb_cluster_find_user (WbClusterJob *job, GError **error);
gboolean _wb_cluster_resolve (WbClusterJob *job, GError **error);
gboolean _wb_cluster_make_folder (WbClusterJob *job, GError **error);
gboolean _wb_cluster_make_socket_folder (WbClusterJob *job, GError **error);
int _wb_cluster_open_lock (WbClusterJob *job, const char *name, GError **error);
void _wb_cluster_enter (WbClusterJob *job);
void _wb_cluster_leave (WbClusterJob *job);
gboolean _wb_cluster_remove_leftovers (WbClusterJob *job, GError **error);
guint64 _wb_cluster_free_bytes (WbClusterJob *job);
gboolean _wb_cluster_read_postmaster (WbClusterJob *job, WbPostmaster *postmaster);
void _wb_postmaster_clear (WbPostmaster *postmaster);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbPostmaster, _wb_postmaster_clear)
gboolean _wb_cluster_is_alive (WbClusterJob *job, pid_t pid);
gboolean _wb_cluster_socket_answers (const char *socket_folder);
void _wb_cluster_clear_stale (WbClusterJob *job);

/* wb-cluster-server.c */
gboolean _wb_cluster_find_server (WbClusterJob *job, int wanted, GError **error);
gboolean _wb_cluster_read_version (WbClusterJob *job, GError **error);
gboolean _wb_cluster_make_data (WbClusterJob *job, GError **error);
gboolean _wb_cluster_spawn (WbClusterJob *job, GError **error);
gboolean _wb_cluster_halt (WbClusterJob *job, pid_t pid, GError **error);
char *_wb_cluster_dup_log_file (WbClusterJob *job);

G_END_DECLS
