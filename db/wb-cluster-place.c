/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-cluster"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/un.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "db/wb-cluster-private.h"

#define LEFTOVER_PREFIX "data.new-"
#define REMOVE_TRIES 50
#define REMOVE_PAUSE_MS 20
#define SOCKET_NAME ".s.PGSQL.5432"

/* Sets the error that a failed system call deserves: code by errno, text with what was tried. */
void
_wb_cluster_set_errno (GError **error, int err, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;
  WbClusterError code = WB_CLUSTER_ERROR_FAILED;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  if (err == EACCES || err == EPERM || err == EROFS || err == ENOTDIR)
    code = WB_CLUSTER_ERROR_DENIED;
  else if (err == ENOSPC || err == EDQUOT)
    code = WB_CLUSTER_ERROR_NO_SPACE;
  g_set_error (error, WB_CLUSTER_ERROR, code, "%s: %s", text, g_strerror (err));
}

static void
append_advice (GError **error)
{
  const char *advice = NULL;

  if (error == NULL || *error == NULL)
    return;
  if (g_error_matches (*error, WB_CLUSTER_ERROR, WB_CLUSTER_ERROR_DENIED))
    advice = "give a folder you may write with --database embedded:FOLDER, or a shared server with "
             "--database 'host=… dbname=… user=…'";
  else if (g_error_matches (*error, WB_CLUSTER_ERROR, WB_CLUSTER_ERROR_NO_SPACE))
    advice = "make room, or put the database elsewhere with --database embedded:FOLDER";
  if (advice != NULL)
    {
      g_autofree char *text = g_strdup_printf ("%s; %s", (*error)->message, advice);

      g_free ((*error)->message);
      (*error)->message = g_steal_pointer (&text);
    }
}

/* The owner of an existing cluster runs it; otherwise we do, or, being root, the user postgres. */
gboolean
_wb_cluster_find_user (WbClusterJob *job, GError **error)
{
  struct passwd entry, *found = NULL;
  char buffer[4096];
  struct stat st;
  uid_t owner = geteuid ();

  job->root = owner == 0;
  if (job->root)
    {
      if (stat (job->data, &st) == 0 || stat (job->folder, &st) == 0)
        owner = st.st_uid;
      if (owner != 0)
        getpwuid_r (owner, &entry, buffer, sizeof buffer, &found);
      else
        getpwnam_r ("postgres", &entry, buffer, sizeof buffer, &found);
      if (found == NULL)
        {
          g_set_error (error, WB_CLUSTER_ERROR, WB_CLUSTER_ERROR_MISSING,
                       "PostgreSQL does not run as root and there is no system user 'postgres' to "
                       "run it: install the package postgresql (apt install postgresql), or start "
                       "this program as an ordinary user");
          return FALSE;
        }
      job->uid = found->pw_uid;
      job->gid = found->pw_gid;
      job->user = g_strdup (found->pw_name);
      return TRUE;
    }

  job->uid = owner;
  job->gid = getegid ();
  job->user = g_strdup (g_get_user_name ());
  if (stat (job->data, &st) == 0 && st.st_uid != owner)
    {
      g_set_error (error, WB_CLUSTER_ERROR, WB_CLUSTER_ERROR_DENIED,
                   "the database in %s belongs to another user (uid %u)", job->data,
                   (guint) st.st_uid);
      append_advice (error);
      return FALSE;
    }
  return TRUE;
}

/* As root: work on files as the server's user, in this thread only, so that what we make is
 * theirs and a link planted in their folder leads nowhere they could not go themselves. */
void
_wb_cluster_enter (WbClusterJob *job)
{
  if (!job->root)
    return;
  setfsgid (job->gid);
  setfsuid (job->uid);
}

void
_wb_cluster_leave (WbClusterJob *job)
{
  if (!job->root)
    return;
  setfsuid (geteuid ());
  setfsgid (getegid ());
}

/* The server's user has to be able to walk into the folder. Being root we may open the folder
 * itself for its group, but leave those above it alone. */
static gboolean
open_to_server (WbClusterJob *job, GError **error)
{
  g_autofree char *inside = g_build_filename (job->folder, ".", NULL);
  struct stat st;
  int result = 0;

  if (!job->root)
    return TRUE;
  if (stat (job->folder, &st) == 0 && st.st_uid == 0 && (st.st_mode & S_IXOTH) == 0 &&
      (st.st_gid != job->gid || (st.st_mode & S_IXGRP) == 0))
    {
      if (chown (job->folder, (uid_t) -1, job->gid) < 0 ||
          chmod (job->folder, (st.st_mode & 07777) | S_IXGRP) < 0)
        {
          _wb_cluster_set_errno (error, errno, "cannot open %s to the user %s", job->folder,
                                 job->user);
          return FALSE;
        }
    }

  _wb_cluster_enter (job);
  result = stat (inside, &st) < 0 ? errno : 0;
  _wb_cluster_leave (job);
  if (result != 0)
    {
      g_set_error (error, WB_CLUSTER_ERROR, WB_CLUSTER_ERROR_DENIED,
                   "the server runs as user %s, who cannot enter %s (%s): choose a folder whose "
                   "parents are open to everybody, such as one below /var/lib, or chmod o+x them",
                   job->user, job->folder, g_strerror (result));
      return FALSE;
    }
  return TRUE;
}

/* Replaces the name of the folder, which exists, by the real one: a server is known by it. */
gboolean
_wb_cluster_resolve (WbClusterJob *job, GError **error)
{
  char *real = realpath (job->folder, NULL);

  if (real == NULL)
    {
      _wb_cluster_set_errno (error, errno, "cannot find the folder %s", job->folder);
      append_advice (error);
      return FALSE;
    }
  g_free (job->folder);
  job->folder = g_strdup (real);
  free (real);
  g_free (job->data);
  job->data = g_build_filename (job->folder, "data", NULL);

  if (g_file_test (job->folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  g_set_error (error, WB_CLUSTER_ERROR, WB_CLUSTER_ERROR_DENIED, "%s is not a folder", job->folder);
  append_advice (error);
  return FALSE;
}

/* Makes the folder of the cluster, unless it is there, and lets the server in. */
gboolean
_wb_cluster_make_folder (WbClusterJob *job, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (job->folder);

  /* Parents first: what lies between home and the folder may be private, but for root everything
   * above has to let the server's user through. */
  if (g_mkdir_with_parents (parent, job->root ? 0755 : 0700) < 0 ||
      (g_mkdir (job->folder, 0700) < 0 && errno != EEXIST))
    {
      _wb_cluster_set_errno (error, errno, "cannot make the folder %s for the database",
                             job->folder);
      append_advice (error);
      return FALSE;
    }
  return _wb_cluster_resolve (job, error) && open_to_server (job, error);
}

/* Returns the lock file, not yet locked, or -1. */
int
_wb_cluster_open_lock (WbClusterJob *job, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (job->folder, name, NULL);
  struct stat st;
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0)
    {
      _wb_cluster_set_errno (error, errno, "cannot write %s", path);
      append_advice (error);
      return -1;
    }
  if (job->root && stat (job->folder, &st) == 0 && fchown (fd, st.st_uid, st.st_gid) < 0)
    g_debug ("%s stays root's: %s", path, g_strerror (errno));
  return fd;
}

/* A folder is ours when it is a real one, the server's user owns it and nobody else gets in. */
static gboolean
is_private_folder (const char *path, uid_t uid)
{
  struct stat st;

  return lstat (path, &st) == 0 && S_ISDIR (st.st_mode) && st.st_uid == uid &&
         (st.st_mode & 0777) == 0700;
}

static gboolean
fits_socket (const char *folder)
{
  struct sockaddr_un address;

  return strlen (folder) + 1 + strlen (SOCKET_NAME) < sizeof address.sun_path;
}

static gboolean
make_private_folder (WbClusterJob *job, const char *path)
{
  int fd = -1;
  gboolean done = FALSE;

  if (is_private_folder (path, job->uid))
    return TRUE;
  if (g_mkdir (path, 0700) < 0)
    return FALSE;
  if (!job->root)
    return is_private_folder (path, job->uid);

  fd = open (path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0)
    return FALSE;
  done = fchown (fd, job->uid, job->gid) == 0;
  close (fd);
  return done && is_private_folder (path, job->uid);
}

/* The place where XDG or the system wants sockets, when it is there, ours and short enough. */
static char *
choose_runtime_parent (WbClusterJob *job)
{
  const char *runtime = g_getenv ("XDG_RUNTIME_DIR");
  struct stat st;

  if (job->root)
    {
      if (g_mkdir ("/run/waybill", 0755) < 0 && errno != EEXIST)
        return NULL;
      if (lstat ("/run/waybill", &st) == 0 && S_ISDIR (st.st_mode) && st.st_uid == 0 &&
          (st.st_mode & S_IXOTH) != 0)
        return g_strdup ("/run/waybill");
      return NULL;
    }
  if (runtime != NULL && g_path_is_absolute (runtime) && stat (runtime, &st) == 0 &&
      S_ISDIR (st.st_mode) && st.st_uid == job->uid)
    return g_strdup (runtime);
  return NULL;
}

/* Sockets cannot live beside the data: their path has to be shorter than 108 bytes. The name holds
 * a hash of the folder; if somebody squats on it in /tmp, a name that nobody can guess is taken
 * instead (other programs find it in postmaster.pid). */
gboolean
_wb_cluster_make_socket_folder (WbClusterJob *job, GError **error)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, job->folder, -1);
  g_autofree char *parent = choose_runtime_parent (job);
  g_autofree char *path = NULL;

  hash[12] = '\0';
  g_clear_pointer (&job->socket_folder, g_free);
  if (parent != NULL)
    {
      g_autofree char *name = g_strconcat (job->root ? "" : "waybill-", hash, NULL);

      path = g_build_filename (parent, name, NULL);
      if (fits_socket (path) && make_private_folder (job, path))
        {
          job->socket_folder = g_steal_pointer (&path);
          return TRUE;
        }
      g_clear_pointer (&path, g_free);
    }

  path = g_strdup_printf ("/tmp/waybill-%u-%s", (guint) job->uid, hash);
  if (!make_private_folder (job, path))
    {
      g_free (path);
      path = g_strdup ("/tmp/waybill-XXXXXX");
      if (g_mkdtemp_full (path, 0700) == NULL ||
          (job->root && lchown (path, job->uid, job->gid) < 0))
        {
          _wb_cluster_set_errno (error, errno, "cannot make a folder for the socket in /tmp");
          return FALSE;
        }
    }
  job->socket_folder = g_steal_pointer (&path);
  return TRUE;
}

guint64
_wb_cluster_free_bytes (WbClusterJob *job)
{
  struct statvfs st;

  if (statvfs (job->folder, &st) < 0)
    return 0;
  return (guint64) st.f_bavail * st.f_frsize;
}

void
_wb_postmaster_clear (WbPostmaster *postmaster)
{
  g_clear_pointer (&postmaster->socket_folder, g_free);
  g_clear_pointer (&postmaster->status, g_free);
  postmaster->pid = 0;
}

/* Lines of postmaster.pid: pid, data folder, start time, port, socket folder, address, shared
 * memory key, status. It is written in steps, so any of the later ones may be missing. */
gboolean
_wb_cluster_read_postmaster (WbClusterJob *job, WbPostmaster *postmaster)
{
  g_autofree char *path = g_build_filename (job->data, "postmaster.pid", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  _wb_postmaster_clear (postmaster);
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  lines = g_strsplit (text, "\n", 9);
  n = g_strv_length (lines);
  postmaster->pid = n > 0 ? (pid_t) g_ascii_strtoll (lines[0], NULL, 10) : 0;
  postmaster->start_time = n > 2 ? g_ascii_strtoll (lines[2], NULL, 10) : 0;
  postmaster->socket_folder = n > 4 ? g_strdup (lines[4]) : NULL;
  postmaster->status = n > 7 ? g_strdup (g_strstrip (lines[7])) : g_strdup ("");
  return postmaster->pid > 0;
}

/* A process id alone says nothing (it may long belong to another process): a server works in its
 * data folder. A process that has ended but was not waited for has none. */
static gboolean
works_in (const char *data, pid_t pid)
{
  g_autofree char *link = g_strdup_printf ("/proc/%d/cwd", (int) pid);
  g_autofree char *comm = g_strdup_printf ("/proc/%d/comm", (int) pid);
  g_autofree char *cwd = g_file_read_link (link, NULL);
  g_autofree char *name = NULL;

  return g_strcmp0 (cwd, data) == 0 && g_file_get_contents (comm, &name, NULL, NULL) &&
         g_str_has_prefix (name, "postgres");
}

gboolean
_wb_cluster_is_alive (WbClusterJob *job, pid_t pid)
{
  return works_in (job->data, pid);
}

gboolean
_wb_cluster_socket_answers (const char *socket_folder)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  g_autofree char *path = NULL;
  int fd = -1;
  int result = -1;

  if (socket_folder == NULL || !fits_socket (socket_folder))
    return FALSE;
  path = g_build_filename (socket_folder, SOCKET_NAME, NULL);
  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0)
    return FALSE;
  result = connect (fd, (struct sockaddr *) &address, sizeof address);
  /* EAGAIN: the queue is full, so somebody is there. */
  if (result < 0 && errno == EAGAIN)
    result = 0;
  close (fd);
  return result == 0;
}

/* Ends what a killed server has left running: they hold its shared memory and would keep a new
 * server from starting. SIGQUIT makes a backend leave at once. */
static void
end_orphans (const char *data, int signal_number)
{
  g_autoptr (GDir) proc = g_dir_open ("/proc", 0, NULL);
  const char *name = NULL;

  while (proc != NULL && (name = g_dir_read_name (proc)) != NULL)
    {
      pid_t pid = (pid_t) g_ascii_strtoll (name, NULL, 10);

      if (pid > 1 && works_in (data, pid))
        {
          g_debug ("ending process %d, left by a server that was killed", (int) pid);
          kill (pid, signal_number);
        }
    }
}

static gboolean
remove_leftover (WbClusterJob *job, const char *path, GError **error)
{
  g_debug ("removing %s, left by a program that was killed", path);
  for (guint i = 0; i < REMOVE_TRIES && g_file_test (path, G_FILE_TEST_EXISTS); i++)
    {
      g_autoptr (GSubprocess) rm = NULL;

      /* What initdb had started may still be writing there. */
      end_orphans (path, SIGKILL);
      if (i > 0 && !_wb_cluster_job_pause (job, REMOVE_PAUSE_MS, error))
        return FALSE;
      rm = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, error, "rm", "-rf", "--", path,
                             NULL);
      if (rm == NULL || !g_subprocess_wait (rm, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* What an initdb that was killed has left. Only ever called by the holder of init.lock. */
gboolean
_wb_cluster_remove_leftovers (WbClusterJob *job, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (job->folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (job->folder, name, NULL);

      if (g_str_has_prefix (name, LEFTOVER_PREFIX) && !remove_leftover (job, path, error))
        return FALSE;
    }
  return TRUE;
}

/* Called with init.lock held and no server alive: makes the place as a clean stop leaves it. The
 * server would do most of this itself, but trusts process ids: after a reboot another process may
 * have the one in the file, and then it refuses to start. */
void
_wb_cluster_clear_stale (WbClusterJob *job)
{
  g_autofree char *pid_file = g_build_filename (job->data, "postmaster.pid", NULL);
  g_autofree char *socket = g_build_filename (job->socket_folder, SOCKET_NAME, NULL);
  g_autofree char *lock = g_strconcat (socket, ".lock", NULL);

  if (g_file_test (pid_file, G_FILE_TEST_EXISTS))
    {
      end_orphans (job->data, SIGQUIT);
      g_debug ("removing %s, left by a server that was killed", pid_file);
      _wb_cluster_enter (job);
      g_unlink (pid_file);
      _wb_cluster_leave (job);
    }
  g_unlink (socket);
  g_unlink (lock);
}
