/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-test"

#include "config.h"

#include "tests/db/wb-test-cluster.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <pwd.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct _WbTestCluster
{
  char *bindir;
  char *folder;
  char *socket;
  char *data;
  char *conninfo;
  char *owner;     /* NULL: ourselves */
  guint port;      /* TCP; 0: none */
  GPid pid;        /* 0: not running */
};

static GPtrArray *running;

static void
fail (const char *what,
      const char *why)
{
  g_autofree char *message = g_strdup_printf ("%s: %s", what, why);

  g_assertion_message (G_LOG_DOMAIN, __FILE__, __LINE__, G_STRFUNC, message);
}

static void
run (char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *err = NULL;
  int status = 0;

  g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &err, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, &error))
    fail (argv[0], err);
}

/* "$bindir/$program" @arguments, as the owner of the cluster */
static GStrv
make_command (WbTestCluster *self,
              const char *program,
              const char *const *arguments)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  g_autofree char *path = g_build_filename (self->bindir, program, NULL);
  GStrv command = NULL;

  if (self->owner != NULL)
    g_strv_builder_add_many (builder, "setpriv", "--reuid", self->owner, "--regid", self->owner, "--clear-groups",
                             NULL);
  g_strv_builder_add (builder, path);
  g_strv_builder_addv (builder, (const char **) arguments);
  command = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return command;
}

static void
hand_over (WbTestCluster *self)
{
  char *argv[] = { (char *) "chown", (char *) "-R", self->owner, self->folder, NULL };

  if (self->owner != NULL)
    run (argv);
}

/* From the copy that tests/cluster keeps, or by initdb. */
static void
make_data (WbTestCluster *self)
{
  const char *build = g_getenv ("WAYBILL_TEST_BUILD");
  g_autofree char *tests = g_build_filename (build != NULL ? build : "", "tests", NULL);
  g_autoptr(GDir) dir = g_dir_open (tests, 0, NULL);
  const char *const init[] = { "-D", self->data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
                               "--locale=C.UTF-8", "--no-sync", "--no-instructions", NULL };
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *cache = g_build_filename (tests, name, NULL);
      g_autofree char *mark = g_build_filename (cache, "PG_VERSION", NULL);
      char *copy[] = { (char *) "cp", (char *) "-a", cache, self->data, NULL };

      if (!g_str_has_prefix (name, "cluster-") || !g_file_test (mark, G_FILE_TEST_EXISTS))
        continue;
      run (copy);
      return;
    }
  g_auto(GStrv) command = make_command (self, "initdb", init);
  run (command);
}

static void
append (const char *path,
        const char *text)
{
  FILE *file = g_fopen (path, "a");

  g_assert_nonnull (file);
  fputs (text, file);
  fclose (file);
}

static gboolean
is_ready (WbTestCluster *self)
{
  g_autofree char *path = g_build_filename (self->data, "postmaster.pid", NULL);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  lines = g_strsplit (text, "\n", -1);
  return g_strv_length (lines) > 7 && g_str_has_prefix (lines[7], "ready") && g_ascii_strtoll (lines[0], NULL, 10) == self->pid;
}

static gboolean
has_ended (WbTestCluster *self)
{
  return waitpid (self->pid, NULL, WNOHANG) == self->pid;
}

static void
launch (WbTestCluster *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *log = g_build_filename (self->folder, "log", NULL);
  g_autofree char *stale = g_build_filename (self->data, "postmaster.pid", NULL);
  g_autofree char *script = NULL;
  gint64 deadline = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;
  char *argv[] = { (char *) "sh", (char *) "-c", NULL, NULL };

  g_unlink (stale);
  script = g_strdup_printf (
    "cd '%s' && exec %s%s%s%s setpriv --pdeathsig QUIT '%s/postgres' -D '%s' -k '%s' -p %u"
    " -c listen_addresses=%s >>'%s' 2>&1",
    self->folder, self->owner != NULL ? "setpriv --clear-groups --reuid " : "", self->owner != NULL ? self->owner : "",
    self->owner != NULL ? " --regid " : "", self->owner != NULL ? self->owner : "",
    self->bindir, self->data, self->socket, self->port != 0 ? self->port : 5432,
    self->port != 0 ? "127.0.0.1" : "''", log);
  argv[2] = script;
  g_spawn_async (NULL, argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &self->pid, &error);
  g_assert_no_error (error);
  while (!is_ready (self))
    {
      if (has_ended (self) || g_get_monotonic_time () > deadline)
        {
          g_autofree char *text = NULL;
          g_file_get_contents (log, &text, NULL, NULL);
          fail ("the server does not start", text);
        }
      g_usleep (5000); /* may block: the server is another process */
    }
}

static void
end (WbTestCluster *self,
     int sig)
{
  gint64 deadline = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  if (self->pid == 0)
    return;
  kill (self->pid, sig);
  while (!has_ended (self))
    {
      if (g_get_monotonic_time () > deadline)
        fail (self->data, "the server does not end");
      g_usleep (5000); /* may block: the server is another process */
    }
  self->pid = 0;
}

static void
end_all (void)
{
  for (guint i = 0; i < running->len; i++)
    end (g_ptr_array_index (running, i), SIGQUIT);
}

/* Below the folder of tests/cluster, which deletes it even if we crash; short, since it holds a socket. */
static char *
make_folder_name (void)
{
  const char *log = g_getenv ("WAYBILL_TEST_SERVER_LOG");
  g_autofree char *parent = log != NULL ? g_path_get_dirname (log) : g_strdup (g_get_tmp_dir ());

  return g_build_filename (parent, "cluster-XXXXXX", NULL);
}

WbTestCluster *
wb_test_cluster_start (const char *settings)
{
  WbTestCluster *self = NULL;
  const char *bindir = g_getenv ("WAYBILL_TEST_PG_BINDIR");
  g_autofree char *config = NULL;

  if (bindir == NULL)
    {
      wb_test_database ();  /* says why */
      return NULL;
    }
  self = g_new0 (WbTestCluster, 1);
  self->bindir = g_strdup (bindir);
  if (getuid () == 0)
    self->owner = g_strdup (getpwnam ("postgres") != NULL ? "postgres" : "nobody");
  self->folder = make_folder_name ();
  g_assert_nonnull (g_mkdtemp (self->folder));
  self->socket = g_build_filename (self->folder, "socket", NULL);
  self->data = g_build_filename (self->folder, "data", NULL);
  self->conninfo = g_strdup_printf ("host=%s port=5432 dbname=postgres user=postgres", self->socket);
  g_mkdir (self->socket, 0755);
  g_chmod (self->folder, 0755);
  hand_over (self);
  make_data (self);
  config = g_build_filename (self->data, "postgresql.conf", NULL);
  append (config, settings != NULL ? settings : "");
  hand_over (self);
  launch (self);

  if (running == NULL)
    {
      running = g_ptr_array_new ();
      atexit (end_all);
    }
  g_ptr_array_add (running, self);
  return self;
}

void
wb_test_cluster_free (WbTestCluster *self)
{
  char *argv[] = { (char *) "rm", (char *) "-rf", self->folder, NULL };

  end (self, SIGQUIT);
  g_ptr_array_remove (running, self);
  run (argv);
  g_free (self->bindir);
  g_free (self->folder);
  g_free (self->socket);
  g_free (self->data);
  g_free (self->conninfo);
  g_free (self->owner);
  g_free (self);
}

const char *
wb_test_cluster_conninfo (WbTestCluster *self)
{
  return self->conninfo;
}

const char *
wb_test_cluster_get_socket (WbTestCluster *self)
{
  return self->socket;
}

const char *
wb_test_cluster_get_data (WbTestCluster *self)
{
  return self->data;
}

guint
wb_test_cluster_listen (WbTestCluster *self)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();

  /* a port that was free a moment ago */
  self->port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_socket_listener_close (listener);
  g_free (self->conninfo);
  self->conninfo = g_strdup_printf ("host=%s port=%u dbname=postgres user=postgres", self->socket, self->port);
  wb_test_cluster_restart (self);
  return self->port;
}

void
wb_test_cluster_stop (WbTestCluster *self)
{
  end (self, SIGINT);
}

void
wb_test_cluster_crash (WbTestCluster *self)
{
  end (self, SIGQUIT);
}

void
wb_test_cluster_restart (WbTestCluster *self)
{
  end (self, SIGINT);
  launch (self);
}

void
wb_test_cluster_set_hba (WbTestCluster *self,
                         const char *lines)
{
  g_autofree char *path = g_build_filename (self->data, "pg_hba.conf", NULL);
  g_autofree char *answer = NULL;
  g_autoptr(GError) error = NULL;

  answer = wb_test_cluster_psql (self, "select 1");
  g_file_set_contents (path, lines, -1, &error);
  g_assert_no_error (error);
  hand_over (self);
  kill (self->pid, SIGHUP);
}

char *
wb_test_cluster_psql (WbTestCluster *self,
                      const char *sql)
{
  g_autofree char *program = g_build_filename (self->bindir, "psql", NULL);
  g_autoptr(GSubprocess) psql = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *err = NULL;
  char *output = NULL;

  psql = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                           G_SUBPROCESS_FLAGS_STDERR_PIPE, &error,
                           program, "-XAtq", "-v", "ON_ERROR_STOP=1", "-f", "-", self->conninfo, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (psql, sql, NULL, &output, &err, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_successful (psql))
    fail ("psql", err);
  return g_strchomp (output);
}
