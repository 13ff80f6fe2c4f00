/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-cluster"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "db/wb-cluster-private.h"

#define DEFAULT_SERVER_PATH "/usr/lib/postgresql"
#define MADE_BYTES (G_GUINT64_CONSTANT (96) * 1024 * 1024)
#define LOG_BYTES (4 * 1024 * 1024)
#define POLL_MS 4

/* What the forked child needs; nothing in it may allocate. */
typedef struct
{
  gboolean drop;
  uid_t uid;
  gid_t gid;
  gboolean detach;
} ChildSetup;

static void
set_up_child_cb (gpointer user_data)
{
  const ChildSetup *setup = user_data;

  if (setup->drop &&
      (setgroups (0, NULL) < 0 || setgid (setup->gid) < 0 || setuid (setup->uid) < 0))
    _exit (126);
  /* The server must survive the terminal and the program that started it; initdb must not. */
  if (setup->detach)
    setsid ();
  else
    prctl (PR_SET_PDEATHSIG, SIGKILL);
  umask (077);
}

static gboolean
has_server (const char *bindir)
{
  g_autofree char *postgres = g_build_filename (bindir, "postgres", NULL);
  g_autofree char *initdb = g_build_filename (bindir, "initdb", NULL);

  return g_file_test (postgres, G_FILE_TEST_IS_EXECUTABLE) &&
         g_file_test (initdb, G_FILE_TEST_IS_EXECUTABLE);
}

/* "postgres (PostgreSQL) 15.8 (Debian …)" */
static int
ask_version (const char *bindir)
{
  g_autofree char *postgres = g_build_filename (bindir, "postgres", NULL);
  g_autofree char *out = NULL;
  g_autoptr (GSubprocess) child = NULL;
  const char *number = NULL;

  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                            NULL, postgres, "-V", NULL);
  if (child == NULL || !g_subprocess_communicate_utf8 (child, NULL, NULL, &out, NULL, NULL))
    return 0;
  number = strstr (out, ") ");
  return number != NULL ? (int) g_ascii_strtoll (number + 2, NULL, 10) : 0;
}

/* For the message when none of them fits. */
static void
note_version (GString *seen, int version)
{
  g_autofree char *number = g_strdup_printf ("%d", version);

  if (strstr (seen->str, number) == NULL)
    g_string_append_printf (seen, "%s%s", seen->len > 0 ? ", " : "", number);
}

static void
find_in_folder (const char *root, int wanted, int *best, char **bindir, GString *seen)
{
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (root, name, "bin", NULL);
      int version = (int) g_ascii_strtoll (name, NULL, 10);

      if (version <= 0 || !has_server (path))
        continue;
      note_version (seen, version);
      if (version > *best && (wanted == 0 || version == wanted))
        {
          *best = version;
          g_free (*bindir);
          *bindir = g_steal_pointer (&path);
        }
    }
}

static void
find_by_pg_config (int wanted, int *best, char **bindir, GString *seen)
{
  g_autofree char *out = NULL;
  g_autoptr (GSubprocess) child = NULL;
  int version = 0;

  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                            NULL, "pg_config", "--bindir", NULL);
  if (child == NULL || !g_subprocess_communicate_utf8 (child, NULL, NULL, &out, NULL, NULL))
    return;
  g_strstrip (out);
  if (!has_server (out))
    return;
  version = ask_version (out);
  note_version (seen, version);
  if (version > 0 && (wanted == 0 || version == wanted))
    {
      *best = version;
      *bindir = g_steal_pointer (&out);
    }
}

/*
 * Chooses the server programs: of major version @wanted, or the newest when that is 0. Looks in
 * job->server_path/N/bin or, when that is not given, where Debian has them and where pg_config says.
 */
gboolean
_wb_cluster_find_server (WbClusterJob *job, int wanted, GError **error)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autofree char *bindir = NULL;
  const char *root = job->server_path != NULL ? job->server_path : DEFAULT_SERVER_PATH;
  int best = 0;

  find_in_folder (root, wanted, &best, &bindir, seen);
  if (best == 0 && job->server_path == NULL)
    find_by_pg_config (wanted, &best, &bindir, seen);

  if (best == 0 && wanted == 0)
    {
      g_set_error (error, WB_CLUSTER_ERROR, WB_CLUSTER_ERROR_MISSING,
                   "no PostgreSQL server is installed (looked for %s/*/bin/postgres and asked "
                   "pg_config): install the package postgresql (apt install postgresql), or use a "
                   "shared server with --database 'host=… dbname=… user=…'",
                   root);
      return FALSE;
    }
  if (best == 0)
    {
      g_set_error (error, WB_CLUSTER_ERROR, WB_CLUSTER_ERROR_VERSION,
                   "the database in %s was made by PostgreSQL %d, but installed is %s: install the "
                   "package postgresql-%d, or make a new database with --database embedded:FOLDER",
                   job->data, wanted, seen->len > 0 ? seen->str : "no server at all", wanted);
      return FALSE;
    }
  g_free (job->bindir);
  job->bindir = g_steal_pointer (&bindir);
  job->version = best;
  return TRUE;
}

/* Reads PG_VERSION into job->version: 0 when there is no data yet. */
gboolean
_wb_cluster_read_version (WbClusterJob *job, GError **error)
{
  g_autofree char *path = g_build_filename (job->data, "PG_VERSION", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GError) local_error = NULL;

  job->version = 0;
  if (g_file_get_contents (path, &text, NULL, &local_error))
    {
      job->version = (int) g_ascii_strtoll (text, NULL, 10);
      if (job->version > 0)
        return TRUE;
      g_set_error (error, WB_CLUSTER_ERROR, WB_CLUSTER_ERROR_VERSION,
                   "%s does not hold a version number: the data folder is damaged; restore it, or "
                   "move %s away to begin anew",
                   path, job->data);
      return FALSE;
    }
  if (!g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT) &&
      !g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
    {
      g_set_error (error, WB_CLUSTER_ERROR, WB_CLUSTER_ERROR_DENIED, "%s", local_error->message);
      return FALSE;
    }
  /* An empty folder is taken over by the rename; anything else in it is somebody's. */
  dir = g_dir_open (job->data, 0, NULL);
  if (dir != NULL && g_dir_read_name (dir) != NULL)
    {
      g_set_error (error, WB_CLUSTER_ERROR, WB_CLUSTER_ERROR_FAILED,
                   "%s is there, but is not a PostgreSQL data folder: move it away", job->data);
      return FALSE;
    }
  return TRUE;
}

static GSubprocessLauncher *
new_launcher (WbClusterJob *job, GSubprocessFlags flags, gboolean detach)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (flags);
  ChildSetup *setup = g_new0 (ChildSetup, 1);

  setup->drop = job->root;
  setup->uid = job->uid;
  setup->gid = job->gid;
  setup->detach = detach;
  g_subprocess_launcher_set_child_setup (launcher, set_up_child_cb, setup, g_free);
  g_subprocess_launcher_set_cwd (launcher, "/");
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C", TRUE);
  /* Both would be taken as settings of the server. */
  g_subprocess_launcher_unsetenv (launcher, "PGDATESTYLE");
  g_subprocess_launcher_unsetenv (launcher, "PGCLIENTENCODING");
  return launcher;
}

/* The line of the server's words that says most, or NULL. */
static char *
pick_reason (const char *text)
{
  static const char *const marks[] = { "PANIC:", "FATAL:", "error:", "ERROR:", "postgres:" };
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint m = 0; m < G_N_ELEMENTS (marks); m++)
    for (guint i = g_strv_length (lines); i > 0; i--)
      {
        const char *found = strstr (lines[i - 1], marks[m]);

        if (found != NULL)
          return g_strstrip (g_strdup (found + strlen (marks[m])));
      }
  return NULL;
}

static void
set_server_error (WbClusterJob *job, const char *what, const char *text, GError **error)
{
  g_autofree char *reason = pick_reason (text);
  WbClusterError code = WB_CLUSTER_ERROR_FAILED;
  const char *advice = "see the log";

  if (strstr (text, "No space left on device") != NULL)
    {
      code = WB_CLUSTER_ERROR_NO_SPACE;
      advice = "the disk is full: make room and start again; the log is";
    }
  else if (strstr (text, "Read-only file system") != NULL ||
           strstr (text, "Permission denied") != NULL)
    {
      code = WB_CLUSTER_ERROR_DENIED;
      advice = "look at the rights of the folder; the log is";
    }
  g_set_error (error, WB_CLUSTER_ERROR, code, "%s in %s: %s; %s %s/log", what, job->folder,
               reason != NULL ? reason : "it said nothing", advice, job->folder);
}

static gboolean
run_tool (WbClusterJob *job, const char *what, const char *input, const char *const *argv,
          GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) child = NULL;
  g_autofree char *out = NULL;

  launcher = new_launcher (job,
                           G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                               G_SUBPROCESS_FLAGS_STDERR_MERGE,
                           FALSE);
  child = g_subprocess_launcher_spawnv (launcher, argv, error);
  if (child == NULL)
    {
      g_prefix_error (error, "cannot run %s: ", argv[0]);
      return FALSE;
    }
  if (!g_subprocess_communicate_utf8 (child, input, job->cancellable, &out, NULL, error))
    {
      g_subprocess_force_exit (child);
      g_subprocess_wait (child, NULL, NULL);
      return FALSE;
    }
  if (g_subprocess_get_successful (child) && strstr (out, "FATAL:") == NULL &&
      strstr (out, "ERROR:") == NULL)
    return TRUE;
  set_server_error (job, what, out, error);
  return FALSE;
}

static guint64
get_memory_mb (void)
{
  long pages = sysconf (_SC_PHYS_PAGES);
  long size = sysconf (_SC_PAGESIZE);

  return pages > 0 && size > 0 ? (guint64) pages * (guint64) size / (1024 * 1024) : 2048;
}

/* One user, one machine, a million orders. What is not said here is PostgreSQL's default; what the
 * user sets with `alter system` goes before both. A table that is larger than a quarter of the shared
 * buffers is not kept in them when it is read as a whole, and a million orders are 650 MB. */
static char *
write_settings (void)
{
  guint64 memory_mb = get_memory_mb ();

  return g_strdup_printf (
      "# Written by Waybill at each start; change settings with `alter system`.\n"
      "listen_addresses = ''\n"
      "unix_socket_permissions = 0700\n"
      "cluster_name = 'waybill'\n"
      "max_connections = 200\n"
      "superuser_reserved_connections = 5\n"
      "max_locks_per_transaction = 256\n"
      "shared_buffers = %" G_GUINT64_FORMAT "MB\n"
      "effective_cache_size = %" G_GUINT64_FORMAT "MB\n"
      "work_mem = 32MB\n"
      "maintenance_work_mem = %" G_GUINT64_FORMAT "MB\n"
      "random_page_cost = 1.1\n"
      "effective_io_concurrency = 64\n"
      "jit = off\n"
      "synchronous_commit = on\n"
      "# No standby hangs on this server, so what a bulk load writes need not be written twice.\n"
      "wal_level = minimal\n"
      "max_wal_senders = 0\n"
      "max_logical_replication_workers = 0\n"
      "wal_buffers = 16MB\n"
      "min_wal_size = 80MB\n"
      "max_wal_size = 2GB\n"
      "checkpoint_timeout = 15min\n"
      "checkpoint_completion_target = 0.9\n"
      "autovacuum_naptime = 30s\n"
      "default_toast_compression = 'pglz'\n"
      "# The log is for what is wrong with the server; what people write stays out of it.\n"
      "logging_collector = off\n"
      "log_destination = 'stderr'\n"
      "log_line_prefix = '%%m [%%p] '\n"
      "log_min_messages = warning\n"
      "log_min_error_statement = panic\n"
      "log_error_verbosity = terse\n"
      "log_checkpoints = off\n"
      "log_autovacuum_min_duration = -1\n"
      "lc_messages = 'C'\n",
      CLAMP (memory_mb / 6, 64, 4096), MAX (memory_mb / 2, 256), CLAMP (memory_mb / 16, 64, 512));
}

static gboolean
write_file (const char *folder, const char *name, const char *text, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *old = NULL;
  g_autoptr (GError) local_error = NULL;

  if (g_file_get_contents (path, &old, NULL, NULL) && g_str_equal (old, text))
    return TRUE;
  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                &local_error))
    return TRUE;
  g_set_error (error, WB_CLUSTER_ERROR,
               g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ?
                   WB_CLUSTER_ERROR_NO_SPACE :
                   WB_CLUSTER_ERROR_DENIED,
               "%s", local_error->message);
  return FALSE;
}

/*
 * Who may connect: whoever can open the socket, which the kernel grants to the server's user and to
 * root alone (folder and socket are 0700), and as any role, so that a seat's rights can be tried.
 * From version 16 on the peer's identity is asked for as well; before that pg_ident.conf cannot
 * say "any role".
 */
static gboolean
write_access (WbClusterJob *job, const char *data, GError **error)
{
  g_autoptr (GString) ident = g_string_new ("# map, system user, database role\n");
  const char *hba = job->version >= 16 ? "local all all peer map=waybill\n" :
                                         "local all all trust\n";

  if (job->version >= 16)
    {
      g_string_append_printf (ident, "waybill \"%s\" all\n", job->user);
      g_string_append (ident, "waybill root all\n");
    }
  return write_file (data, "pg_hba.conf", hba, error) &&
         write_file (data, "pg_ident.conf", ident->str, error);
}

/* postgresql.conf ends in `include_if_exists = 'waybill.conf'`. */
static gboolean
write_configuration (WbClusterJob *job, const char *data, GError **error)
{
  g_autofree char *settings = write_settings ();
  gboolean done = FALSE;

  _wb_cluster_enter (job);
  done = write_file (data, "waybill.conf", settings, error) && write_access (job, data, error);
  _wb_cluster_leave (job);
  return done;
}

static gboolean
include_configuration (WbClusterJob *job, const char *data, GError **error)
{
  g_autofree char *path = g_build_filename (data, "postgresql.conf", NULL);
  g_autofree char *text = NULL;
  gboolean done = FALSE;

  _wb_cluster_enter (job);
  if (g_file_get_contents (path, &text, NULL, error))
    {
      g_autofree char *whole = g_strconcat (text, "\ninclude_if_exists = 'waybill.conf'\n", NULL);

      done = write_file (data, "postgresql.conf", whole, error);
    }
  _wb_cluster_leave (job);
  return done;
}

static const char *
choose_locale (void)
{
  locale_t locale = newlocale (LC_ALL_MASK, "C.UTF-8", (locale_t) 0);

  if (locale == (locale_t) 0)
    return "--locale=C";
  freelocale (locale);
  return "--locale=C.UTF-8";
}

static gboolean
fill_data (WbClusterJob *job, const char *data, GError **error)
{
  g_autofree char *initdb = g_build_filename (job->bindir, "initdb", NULL);
  g_autofree char *postgres = g_build_filename (job->bindir, "postgres", NULL);
  const char *const make[] = { initdb,          "-D",           data,
                               "-U",            WB_CLUSTER_OWNER, "-E",
                               "UTF8",          choose_locale (), "--data-checksums",
                               "--auth=trust",  "--no-instructions", NULL };
  const char *const single[] = { postgres,   "--single", "-D",
                                 data,       "-c",       "log_min_messages=warning",
                                 "postgres", NULL };

  return run_tool (job, "cannot make the database", NULL, make, error) &&
         run_tool (job, "cannot make the database", "create database " WB_CLUSTER_DATABASE "\n",
                   single, error) &&
         include_configuration (job, data, error) && write_configuration (job, data, error);
}

static gboolean
move_in_place (WbClusterJob *job, const char *made, GError **error)
{
  int fd = -1;

  if (g_rename (made, job->data) < 0)
    {
      _wb_cluster_set_errno (error, errno, "cannot move %s to %s", made, job->data);
      return FALSE;
    }
  fd = open (job->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0)
    {
      if (fsync (fd) < 0)
        g_debug ("cannot sync %s: %s", job->folder, g_strerror (errno));
      close (fd);
    }
  return TRUE;
}

/* First use. All is made in a folder of another name and renamed when complete, so the data folder
 * is either whole or not there. */
gboolean
_wb_cluster_make_data (WbClusterJob *job, GError **error)
{
  g_autofree char *made = g_build_filename (job->folder, "data.new-XXXXXX", NULL);
  guint64 room = _wb_cluster_free_bytes (job);

  if (!_wb_cluster_find_server (job, 0, error))
    return FALSE;
  if (room > 0 && room < MADE_BYTES)
    {
      g_set_error (error, WB_CLUSTER_ERROR, WB_CLUSTER_ERROR_NO_SPACE,
                   "a new database needs %" G_GUINT64_FORMAT " MB, but the disk of %s has only "
                   "%" G_GUINT64_FORMAT " MB left: make room, or put the database elsewhere with "
                   "--database embedded:FOLDER",
                   MADE_BYTES >> 20, job->folder, room >> 20);
      return FALSE;
    }
  _wb_cluster_job_report (job, WB_CLUSTER_STAGE_MAKING);
  g_debug ("making a PostgreSQL %d cluster in %s", job->version, job->folder);
  if (g_mkdtemp_full (made, 0700) == NULL || (job->root && lchown (made, job->uid, job->gid) < 0))
    {
      _wb_cluster_set_errno (error, errno, "cannot make a folder in %s", job->folder);
      return FALSE;
    }
  if (fill_data (job, made, error) && move_in_place (job, made, error))
    return TRUE;
  _wb_cluster_remove_leftovers (job, NULL);
  return FALSE;
}

char *
_wb_cluster_dup_log_file (WbClusterJob *job)
{
  return g_build_filename (job->folder, "log", NULL);
}

static int
open_log (WbClusterJob *job, goffset *size, GError **error)
{
  g_autofree char *path = _wb_cluster_dup_log_file (job);
  g_autofree char *old = g_strconcat (path, ".old", NULL);
  struct stat st;
  int fd = -1;

  if (lstat (path, &st) == 0 && st.st_size > LOG_BYTES)
    g_rename (path, old);
  fd = open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    {
      _wb_cluster_set_errno (error, errno, "cannot write %s", path);
      return -1;
    }
  *size = fstat (fd, &st) == 0 ? st.st_size : 0;
  if (job->root && fchown (fd, job->uid, job->gid) < 0)
    g_debug ("%s stays root's: %s", path, g_strerror (errno));
  return fd;
}

static char *
read_log_from (WbClusterJob *job, goffset offset)
{
  g_autofree char *path = _wb_cluster_dup_log_file (job);
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &text, &length, NULL) || (gsize) offset > length)
    return g_strdup ("");
  return g_strdup (text + offset);
}

/* Waits until the server that was just started is ready, or has ended. */
static gboolean
wait_until_ready (WbClusterJob *job, GSubprocess *child, goffset log_offset, GError **error)
{
  g_auto (WbPostmaster) postmaster = { 0 };
  gint64 began = g_get_monotonic_time ();
  gboolean told = FALSE;

  while (g_subprocess_get_identifier (child) != NULL)
    {
      if (_wb_cluster_read_postmaster (job, &postmaster) &&
          g_str_equal (postmaster.status, "ready") && _wb_cluster_is_alive (job, postmaster.pid))
        {
          g_debug ("the server of %s is ready after %.0f ms (process %d)", job->folder,
                   (double) (g_get_monotonic_time () - began) / 1000, (int) postmaster.pid);
          return TRUE;
        }
      if (!told && g_get_monotonic_time () - began > 2 * G_USEC_PER_SEC)
        {
          _wb_cluster_job_report (job, WB_CLUSTER_STAGE_RECOVERING);
          told = TRUE;
        }
      if (!_wb_cluster_job_pause (job, POLL_MS, error))
        return FALSE;
    }
  {
    g_autofree char *text = read_log_from (job, log_offset);

    set_server_error (job, "the database server does not start", text, error);
  }
  return FALSE;
}

/* Starts the server and waits until it is ready. Holds init.lock. */
gboolean
_wb_cluster_spawn (WbClusterJob *job, GError **error)
{
  g_autofree char *postgres = g_build_filename (job->bindir, "postgres", NULL);
  g_autofree char *sockets = g_strdup_printf ("unix_socket_directories=\"%s\"",
                                              job->socket_folder);
  const char *const argv[] = { postgres, "-D", job->data, "-c", sockets, "-c", "port=5432", NULL };
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) child = NULL;
  goffset log_offset = 0;
  int log_fd = -1;

  if (!write_configuration (job, job->data, error))
    return FALSE;
  log_fd = open_log (job, &log_offset, error);
  if (log_fd < 0)
    return FALSE;
  _wb_cluster_job_report (job, WB_CLUSTER_STAGE_STARTING);
  launcher = new_launcher (job, G_SUBPROCESS_FLAGS_STDERR_MERGE, TRUE);
  g_subprocess_launcher_take_stdout_fd (launcher, log_fd);
  child = g_subprocess_launcher_spawnv (launcher, argv, error);
  if (child == NULL)
    {
      g_prefix_error (error, "cannot run %s: ", postgres);
      return FALSE;
    }
  return wait_until_ready (job, child, log_offset, error);
}

/* Stops the server that we know to be alive: fast, which rolls back what is open and writes the
 * rest down. Returns when it is gone. */
gboolean
_wb_cluster_halt (WbClusterJob *job, pid_t pid, GError **error)
{
  _wb_cluster_job_report (job, WB_CLUSTER_STAGE_STOPPING);
  if (kill (pid, SIGINT) < 0 && errno != ESRCH)
    {
      _wb_cluster_set_errno (error, errno, "cannot stop the database server (process %d)",
                             (int) pid);
      return FALSE;
    }
  while (_wb_cluster_is_alive (job, pid))
    if (!_wb_cluster_job_pause (job, POLL_MS, error))
      return FALSE;
  g_debug ("the server of %s has gone", job->folder);
  if (job->socket_folder != NULL)
    g_rmdir (job->socket_folder);
  return TRUE;
}
