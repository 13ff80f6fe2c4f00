/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two lock files keep programs out of each other's way. init.lock is held, exclusively and briefly,
 * by whoever is about to change whether the server runs. users.lock is held, shared, by every
 * program that has the cluster open; the kernel drops it when a program dies, however it dies. To
 * stop, a program holds init.lock and tries to turn its share of users.lock into an exclusive
 * lock: that works for the last one only, and nobody can come in between.
 */
#define G_LOG_DOMAIN "wb-cluster"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "db/wb-cluster-private.h"

#define LOCK_POLL_MS 5
#define START_TRIES 5

G_DEFINE_QUARK (wb-cluster-error-quark, wb_cluster_error)

WbClusterJob *
_wb_cluster_job_new (const char *folder, const char *server_path)
{
  WbClusterJob *job = g_new0 (WbClusterJob, 1);

  job->folder = g_strdup (folder);
  job->data = g_build_filename (folder, "data", NULL);
  job->server_path = g_strdup (server_path);
  job->init_fd = -1;
  job->users_fd = -1;
  return job;
}

static void
close_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

void
_wb_cluster_job_free (WbClusterJob *job)
{
  close_fd (&job->init_fd);
  close_fd (&job->users_fd);
  g_clear_object (&job->cancellable);
  g_free (job->folder);
  g_free (job->data);
  g_free (job->server_path);
  g_free (job->user);
  g_free (job->bindir);
  g_free (job->socket_folder);
  g_free (job);
}

void
_wb_cluster_job_report (WbClusterJob *job, WbClusterStage stage)
{
  if (job->progress != NULL)
    job->progress (stage, job->progress_data);
}

/* Lets a little time pass in the thread; FALSE when the caller was cancelled. */
gboolean
_wb_cluster_job_pause (WbClusterJob *job, guint ms, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (job->cancellable, error))
    return FALSE;
  g_usleep (ms * 1000); /* may block: in the thread only */
  return TRUE;
}

static gboolean
take_lock (WbClusterJob *job, int fd, int operation, GError **error)
{
  gint64 began = g_get_monotonic_time ();
  gboolean told = FALSE;

  while (flock (fd, operation | LOCK_NB) < 0)
    {
      if (errno != EWOULDBLOCK && errno != EINTR)
        {
          _wb_cluster_set_errno (error, errno, "cannot lock the database folder %s", job->folder);
          return FALSE;
        }
      if (!told && g_get_monotonic_time () - began > G_USEC_PER_SEC / 5)
        {
          _wb_cluster_job_report (job, WB_CLUSTER_STAGE_WAITING);
          told = TRUE;
        }
      if (!_wb_cluster_job_pause (job, LOCK_POLL_MS, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
lock_init (WbClusterJob *job, GError **error)
{
  if (job->init_fd < 0)
    job->init_fd = _wb_cluster_open_lock (job, "init.lock", error);
  return job->init_fd >= 0 && take_lock (job, job->init_fd, LOCK_EX, error);
}

static gboolean
lock_users (WbClusterJob *job, GError **error)
{
  if (job->users_fd < 0)
    job->users_fd = _wb_cluster_open_lock (job, "users.lock", error);
  return job->users_fd >= 0 && take_lock (job, job->users_fd, LOCK_SH, error);
}

static void
unlock_init (WbClusterJob *job)
{
  close_fd (&job->init_fd);
}

/* Started by hand: the file names the very server that is to stay, so it means nothing after a
 * reboot. */
static char *
describe_kept (const WbPostmaster *postmaster)
{
  return g_strdup_printf ("%d %" G_GINT64_FORMAT "\n", (int) postmaster->pid,
                          postmaster->start_time);
}

static gboolean
is_kept (WbClusterJob *job, const WbPostmaster *postmaster)
{
  g_autofree char *path = g_build_filename (job->folder, "keep", NULL);
  g_autofree char *wanted = describe_kept (postmaster);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && g_str_equal (text, wanted);
}

static void
forget_kept (WbClusterJob *job)
{
  g_autofree char *path = g_build_filename (job->folder, "keep", NULL);

  g_unlink (path);
}

/* A server that is alive: waits until it is ready and takes its socket. Sets *usable FALSE when it
 * went away instead, or cannot be reached and was stopped. */
static gboolean
join_server (WbClusterJob *job, WbPostmaster *postmaster, gboolean *usable, GError **error)
{
  *usable = FALSE;
  while (!g_str_equal (postmaster->status, "ready"))
    {
      if (!_wb_cluster_job_pause (job, LOCK_POLL_MS, error))
        return FALSE;
      if (!_wb_cluster_read_postmaster (job, postmaster) ||
          !_wb_cluster_is_alive (job, postmaster->pid))
        return TRUE;
    }
  if (_wb_cluster_socket_answers (postmaster->socket_folder))
    {
      g_debug ("sharing the server of %s (process %d)", job->folder, (int) postmaster->pid);
      g_free (job->socket_folder);
      job->socket_folder = g_steal_pointer (&postmaster->socket_folder);
      *usable = TRUE;
      return TRUE;
    }
  g_debug ("the server runs but its socket in %s is gone: starting it anew",
           postmaster->socket_folder);
  return _wb_cluster_halt (job, postmaster->pid, error);
}

/* The server did not start: is it because another one, whose program was killed just after starting
 * it, or the remains of a killed one, were in the way? Then trying again helps. */
static gboolean
is_worth_another_try (const GError *error)
{
  return strstr (error->message, "already exists") != NULL ||
         strstr (error->message, "still in use") != NULL ||
         strstr (error->message, "is empty") != NULL; /* another one is just writing its lock file */
}

static gboolean
start_server (WbClusterJob *job, GError **error)
{
  g_auto (WbPostmaster) postmaster = { 0 };

  for (guint i = 0;; i++)
    {
      g_autoptr (GError) local_error = NULL;
      gboolean usable = FALSE;

      if (_wb_cluster_read_postmaster (job, &postmaster) &&
          _wb_cluster_is_alive (job, postmaster.pid))
        {
          if (!join_server (job, &postmaster, &usable, error))
            return FALSE;
          if (usable)
            return TRUE;
          continue;
        }
      if (!_wb_cluster_make_socket_folder (job, error))
        return FALSE;
      _wb_cluster_clear_stale (job);
      if (_wb_cluster_spawn (job, &local_error))
        return TRUE;
      if (i + 1 >= START_TRIES || !is_worth_another_try (local_error))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      g_debug ("trying again: %s", local_error->message);
      if (!_wb_cluster_job_pause (job, 200, error))
        return FALSE;
    }
}

static gboolean
open_locked (WbClusterJob *job, GError **error)
{
  if (!_wb_cluster_remove_leftovers (job, error) || !_wb_cluster_read_version (job, error))
    return FALSE;
  if (job->version == 0)
    {
      if (!_wb_cluster_make_data (job, error))
        return FALSE;
    }
  else if (!_wb_cluster_find_server (job, job->version, error))
    return FALSE;
  return start_server (job, error);
}

/* On success users_fd is held and socket_folder is where the server listens. */
gboolean
_wb_cluster_open (WbClusterJob *job, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!_wb_cluster_find_user (job, error) || !_wb_cluster_make_folder (job, error) ||
      !lock_init (job, error) || !lock_users (job, error))
    return FALSE;
  if (open_locked (job, &local_error))
    {
      unlock_init (job);
      return TRUE;
    }

  /* A start that was cancelled half-way may have left a server that nobody wants. */
  g_clear_object (&job->cancellable);
  job->progress = NULL;
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    _wb_cluster_close (job, NULL);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Gives up our share; stops the server when it was the last. */
gboolean
_wb_cluster_close (WbClusterJob *job, GError **error)
{
  g_auto (WbPostmaster) postmaster = { 0 };
  gboolean done = TRUE;

  if (!lock_init (job, error))
    return FALSE;
  if (flock (job->users_fd, LOCK_EX | LOCK_NB) == 0 &&
      _wb_cluster_read_postmaster (job, &postmaster) &&
      _wb_cluster_is_alive (job, postmaster.pid) && !is_kept (job, &postmaster))
    done = _wb_cluster_halt (job, postmaster.pid, error);
  close_fd (&job->users_fd);
  unlock_init (job);
  return done;
}

/* Marks the running server as started by hand. We hold our share of it. */
gboolean
_wb_cluster_keep (WbClusterJob *job, GError **error)
{
  g_auto (WbPostmaster) postmaster = { 0 };
  g_autofree char *path = g_build_filename (job->folder, "keep", NULL);
  g_autofree char *text = NULL;

  if (!lock_init (job, error))
    return FALSE;
  _wb_cluster_read_postmaster (job, &postmaster);
  text = describe_kept (&postmaster);
  if (!g_file_set_contents (path, text, -1, error))
    return FALSE;
  unlock_init (job);
  return TRUE;
}

/* By hand; refuses while programs hold the cluster unless @force. Not running is not an error. */
gboolean
_wb_cluster_stop (WbClusterJob *job, gboolean force, GError **error)
{
  g_auto (WbPostmaster) postmaster = { 0 };

  if (!g_file_test (job->folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (!_wb_cluster_find_user (job, error) || !_wb_cluster_resolve (job, error) ||
      !lock_init (job, error))
    return FALSE;
  job->users_fd = _wb_cluster_open_lock (job, "users.lock", error);
  if (job->users_fd < 0)
    return FALSE;
  if (flock (job->users_fd, LOCK_EX | LOCK_NB) < 0 && !force)
    {
      g_set_error (error, WB_CLUSTER_ERROR, WB_CLUSTER_ERROR_IN_USE,
                   "programs are using the database in %s: close them first, or stop it all the "
                   "same with --force",
                   job->folder);
      return FALSE;
    }
  forget_kept (job);
  if (_wb_cluster_read_postmaster (job, &postmaster) && _wb_cluster_is_alive (job, postmaster.pid))
    {
      job->socket_folder = g_strdup (postmaster.socket_folder);
      return _wb_cluster_halt (job, postmaster.pid, error);
    }
  return TRUE;
}

/* Tries the locks for a moment, and only under init.lock: a program that closes right now must not
 * take us for a user. */
static void
query_users (WbClusterJob *job, WbClusterStatus *status)
{
  g_autofree char *init = g_build_filename (job->folder, "init.lock", NULL);
  g_autofree char *users = g_build_filename (job->folder, "users.lock", NULL);

  job->init_fd = open (init, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  job->users_fd = open (users, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (job->init_fd < 0 || job->users_fd < 0)
    return;
  status->busy = flock (job->init_fd, LOCK_EX | LOCK_NB) < 0;
  if (!status->busy)
    status->in_use = flock (job->users_fd, LOCK_EX | LOCK_NB) < 0;
  close_fd (&job->users_fd);
  close_fd (&job->init_fd);
}

WbClusterStatus *
_wb_cluster_query (WbClusterJob *job, GError **error)
{
  g_autoptr (WbClusterStatus) status = g_new0 (WbClusterStatus, 1);
  g_auto (WbPostmaster) postmaster = { 0 };

  if (!_wb_cluster_find_user (job, error))
    return NULL;
  if (g_file_test (job->folder, G_FILE_TEST_IS_DIR) && !_wb_cluster_resolve (job, error))
    return NULL;
  if (!_wb_cluster_read_version (job, error))
    return NULL;
  status->version = job->version;
  status->exists = job->version > 0;
  status->user = g_strdup (job->user);
  status->log_file = _wb_cluster_dup_log_file (job);
  status->free_bytes = _wb_cluster_free_bytes (job);
  if (_wb_cluster_find_server (job, status->version, NULL))
    {
      status->server_version = job->version;
      status->server_folder = g_strdup (job->bindir);
    }
  query_users (job, status);
  if (_wb_cluster_read_postmaster (job, &postmaster) && _wb_cluster_is_alive (job, postmaster.pid))
    {
      status->pid = postmaster.pid;
      status->running = g_str_equal (postmaster.status, "ready") &&
                        _wb_cluster_socket_answers (postmaster.socket_folder);
      status->kept = is_kept (job, &postmaster);
      status->socket_folder = g_strdup (postmaster.socket_folder);
    }
  return g_steal_pointer (&status);
}

void
wb_cluster_status_free (WbClusterStatus *status)
{
  g_free (status->server_folder);
  g_free (status->user);
  g_free (status->socket_folder);
  g_free (status->log_file);
  g_free (status);
}
