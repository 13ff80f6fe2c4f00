/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The embedded cluster, as whoever runs the test: an ordinary user, or root, for whom the server
 * runs as the user postgres. `test-cluster --hold FOLDER` is a program to be killed: it opens the
 * cluster, prints `open`, and closes it at the end of its input.
 */
#define G_LOG_DOMAIN "wb-test"

#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gio/gunixinputstream.h>
#include <glib/gstdio.h>
#include <libpq-fe.h>

#include "db/wb-cluster.h"
#include "tests/wb-test.h"

static char *own_name;

/* ---- Tools ----------------------------------------------------------------------------------- */

static gboolean
open_cluster (WbCluster *cluster, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wb_cluster_open_async (cluster, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  return wb_cluster_open_finish (cluster, result, error);
}

static void
close_cluster (WbCluster *cluster)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  wb_cluster_close_async (cluster, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  wb_cluster_close_finish (cluster, result, &error);
  g_assert_no_error (error);
}

static gboolean
stop_cluster (WbCluster *cluster, gboolean force, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wb_cluster_stop_async (cluster, force, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  return wb_cluster_stop_finish (cluster, result, error);
}

static WbClusterStatus *
query_status (WbCluster *cluster)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WbClusterStatus *status = NULL;

  wb_cluster_query_status_async (cluster, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  status = wb_cluster_query_status_finish (cluster, result, &error);
  g_assert_no_error (error);
  return status;
}

static gboolean
is_running (WbCluster *cluster)
{
  g_autoptr (WbClusterStatus) status = query_status (cluster);

  return status->running;
}

/* One query over a connection of its own; @extra is added to the conninfo. */
static char *
ask (WbCluster *cluster, const char *extra, const char *sql)
{
  g_autofree char *conninfo = wb_cluster_dup_conninfo (cluster);
  g_autofree char *whole = g_strconcat (conninfo, " ", extra, NULL);
  PGconn *connection = PQconnectdb (whole); /* may block: a test */
  PGresult *rows = NULL;
  char *answer = NULL;

  g_assert_cmpstr (PQerrorMessage (connection), ==, "");
  rows = PQexec (connection, sql); /* may block: a test */
  g_assert_cmpstr (PQresultErrorMessage (rows), ==, "");
  answer = g_strdup (PQntuples (rows) > 0 ? PQgetvalue (rows, 0, 0) : "");
  PQclear (rows);
  PQfinish (connection);
  return answer;
}

static void
assert_answers (WbCluster *cluster)
{
  g_autofree char *answer = ask (cluster, "", "select current_database ()");

  g_assert_cmpstr (answer, ==, "waybill");
}

static WbCluster *
new_open_cluster (const char *folder)
{
  g_autoptr (WbCluster) cluster = wb_cluster_new (folder);
  g_autoptr (GError) error = NULL;

  open_cluster (cluster, &error);
  g_assert_no_error (error);
  assert_answers (cluster);
  return g_steal_pointer (&cluster);
}

static void
assert_fails (const char *folder, WbClusterError code, const char *pattern)
{
  g_autoptr (WbCluster) cluster = wb_cluster_new (folder);
  g_autoptr (GError) error = NULL;

  g_assert_false (open_cluster (cluster, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, WB_CLUSTER_ERROR, (int) code);
  if (!g_pattern_match_simple (pattern, error->message))
    g_error ("\"%s\" does not say %s", error->message, pattern);
}

/* A cluster that was made and closed, to be damaged. */
static char *
new_used_folder (void)
{
  char *folder = wb_test_folder ();
  g_autoptr (WbCluster) cluster = new_open_cluster (folder);

  close_cluster (cluster);
  return folder;
}

static gboolean
exists (const char *folder, const char *path)
{
  g_autofree char *whole = g_build_filename (folder, path, NULL);

  return g_file_test (whole, G_FILE_TEST_EXISTS);
}

static void
write_file (const char *folder, const char *path, const char *text)
{
  g_autofree char *whole = g_build_filename (folder, path, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (whole, text, -1, &error);
  g_assert_no_error (error);
}

static GSubprocess *
spawn_holder (const char *folder)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *holder = NULL;

  holder = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                             own_name, "--hold", folder, NULL);
  g_assert_no_error (error);
  return holder;
}

static void
wait_for_exit (GSubprocess *child)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_subprocess_wait_async (child, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  g_subprocess_wait_finish (child, result, NULL);
}

static void
wait_for_word (GSubprocess *holder, const char *word)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_input_stream_read_bytes_async (g_subprocess_get_stdout_pipe (holder), 64, G_PRIORITY_DEFAULT,
                                   NULL, wb_test_store_result, &result);
  wb_test_await (result);
  bytes = g_input_stream_read_bytes_finish (g_subprocess_get_stdout_pipe (holder), result, NULL);
  g_assert_nonnull (bytes);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), word, strlen (word));
}

static void
release_holder (GSubprocess *holder)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (holder), NULL, NULL);
  wait_for_exit (holder);
  g_assert_true (g_subprocess_get_successful (holder));
}

/* ---- Life ------------------------------------------------------------------------------------ */

static void
test_life (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autoptr (WbCluster) cluster = wb_cluster_new (folder);
  g_autoptr (WbClusterStatus) status = NULL;
  g_autofree char *owner = NULL;
  g_autoptr (GError) error = NULL;
  gpointer watched = NULL;

  g_assert_null (wb_cluster_dup_conninfo (cluster));
  status = query_status (cluster);
  g_assert_false (status->exists);
  g_assert_false (status->running);
  g_clear_pointer (&status, wb_cluster_status_free);

  open_cluster (cluster, &error);
  g_assert_no_error (error);
  g_assert_true (wb_cluster_is_open (cluster));
  assert_answers (cluster);
  owner = ask (cluster, "", "select current_user || current_setting ('data_checksums')"
                            " || current_setting ('synchronous_commit')"
                            " || current_setting ('listen_addresses')");
  g_assert_cmpstr (owner, ==, "waybillonon");

  status = query_status (cluster);
  g_assert_true (status->exists && status->running && status->in_use && !status->kept);
  g_assert_cmpint (status->version, >=, 15);
  g_assert_cmpint (status->version, ==, status->server_version);

  close_cluster (cluster);
  g_assert_false (wb_cluster_is_open (cluster));
  g_assert_false (is_running (cluster));
  g_assert_false (exists (folder, "data/postmaster.pid"));
  close_cluster (cluster);
  /* The thread that did the last work lets go of it a moment after telling us. */
  watched = cluster;
  g_object_add_weak_pointer (G_OBJECT (watched), &watched);
  g_clear_object (&cluster);
  wb_test_wait_until (watched == NULL);
}

static void
test_any_role (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autoptr (WbCluster) cluster = new_open_cluster (folder);
  g_autofree char *made = ask (cluster, "", "create role \"Odd Name\" login");
  g_autofree char *user = ask (cluster, "user='Odd Name'", "select session_user");

  g_assert_cmpstr (user, ==, "Odd Name");
  close_cluster (cluster);
}

static void
test_private (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autoptr (WbCluster) cluster = new_open_cluster (folder);
  g_autoptr (WbClusterStatus) status = query_status (cluster);
  g_autofree char *socket = g_build_filename (status->socket_folder, ".s.PGSQL.5432", NULL);
  struct stat st;

  g_assert_cmpint (lstat (status->socket_folder, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0700);
  g_assert_cmpint (lstat (socket, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0700);
  g_assert_cmpuint (strlen (socket), <, 108);
  close_cluster (cluster);
}

/* The best of several, since others use the machine too. */
static void
test_starts_quickly (void)
{
  g_autofree char *folder = new_used_folder ();
  gint64 best = G_MAXINT64;

  for (guint i = 0; i < 5; i++)
    {
      gint64 began = g_get_monotonic_time ();
      g_autoptr (WbCluster) cluster = new_open_cluster (folder);

      best = MIN (best, g_get_monotonic_time () - began);
      close_cluster (cluster);
    }
  g_test_minimized_result ((double) best / 1000, "start to first answer: %.0f ms",
                           (double) best / 1000);
  g_assert_cmpint (best, <=, 300 * 1000);
}

static void
test_reopens (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autoptr (WbCluster) cluster = new_open_cluster (folder);
  g_autofree char *made = ask (cluster, "", "create table kept as select 41 + 1 as n");
  g_autofree char *n = NULL;
  g_autoptr (GError) error = NULL;

  close_cluster (cluster);
  open_cluster (cluster, &error);
  g_assert_no_error (error);
  n = ask (cluster, "", "select n from kept");
  g_assert_cmpstr (n, ==, "42");
  close_cluster (cluster);
}

static void
test_last_one_stops (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autoptr (WbCluster) one = new_open_cluster (folder);
  g_autoptr (WbCluster) other = new_open_cluster (folder);
  g_autofree char *here = wb_cluster_dup_conninfo (one);
  g_autofree char *there = wb_cluster_dup_conninfo (other);

  g_assert_cmpstr (here, ==, there);
  close_cluster (one);
  assert_answers (other);
  close_cluster (other);
  g_assert_false (is_running (one));
}

static void
test_started_at_once (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autoptr (WbCluster) cluster = wb_cluster_new (folder);
  GSubprocess *holders[6];

  for (guint i = 0; i < G_N_ELEMENTS (holders); i++)
    holders[i] = spawn_holder (folder);
  for (guint i = 0; i < G_N_ELEMENTS (holders); i++)
    wait_for_word (holders[i], "open\n");
  for (guint i = 0; i < G_N_ELEMENTS (holders); i++)
    {
      g_assert_true (is_running (cluster));
      release_holder (holders[i]);
      g_object_unref (holders[i]);
    }
  g_assert_false (is_running (cluster));
}

/* Closing and opening at the same moment, again and again: whoever opens gets a server. */
static void
test_closed_while_opened (void)
{
  g_autofree char *folder = new_used_folder ();

  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (WbCluster) one = new_open_cluster (folder);
      g_autoptr (WbCluster) other = wb_cluster_new (folder);
      g_autoptr (GAsyncResult) closed = NULL;
      g_autoptr (GAsyncResult) opened = NULL;
      g_autoptr (GError) error = NULL;

      wb_cluster_close_async (one, NULL, wb_test_store_result, &closed);
      wb_cluster_open_async (other, NULL, wb_test_store_result, &opened);
      wb_test_await (closed);
      wb_test_await (opened);
      g_assert_true (wb_cluster_close_finish (one, closed, NULL));
      wb_cluster_open_finish (other, opened, &error);
      g_assert_no_error (error);
      assert_answers (other);
      close_cluster (other);
    }
}

static void
test_kept_by_hand (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autoptr (WbCluster) cluster = new_open_cluster (folder);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  wb_cluster_keep_async (cluster, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  wb_cluster_keep_finish (cluster, result, &error);
  g_assert_no_error (error);
  close_cluster (cluster);
  g_assert_true (is_running (cluster));

  stop_cluster (cluster, FALSE, &error);
  g_assert_no_error (error);
  g_assert_false (is_running (cluster));
  /* The mark was for that server, not for the next. */
  g_clear_object (&cluster);
  cluster = new_open_cluster (folder);
  close_cluster (cluster);
  g_assert_false (is_running (cluster));
}

static void
test_not_stopped_under_others (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autoptr (WbCluster) user = new_open_cluster (folder);
  g_autoptr (WbCluster) hand = wb_cluster_new (folder);
  g_autoptr (GError) error = NULL;

  g_assert_false (stop_cluster (hand, FALSE, &error));
  g_assert_error (error, WB_CLUSTER_ERROR, WB_CLUSTER_ERROR_IN_USE);
  g_clear_error (&error);
  assert_answers (user);

  stop_cluster (hand, TRUE, &error);
  g_assert_no_error (error);
  g_assert_false (is_running (user));
  /* The one that still holds it gets it back by opening again. */
  open_cluster (user, &error);
  g_assert_no_error (error);
  assert_answers (user);
  close_cluster (user);
}

static void
test_cancel (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autoptr (WbCluster) cluster = wb_cluster_new (folder);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  wb_cluster_open_async (cluster, cancellable, wb_test_store_result, &result);
  wb_test_wait_until (wb_cluster_get_stage (cluster) == WB_CLUSTER_STAGE_MAKING);
  g_cancellable_cancel (cancellable);
  wb_test_await (result);
  g_assert_false (wb_cluster_open_finish (cluster, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (exists (folder, "data"));
  g_clear_error (&error);

  open_cluster (cluster, &error);
  g_assert_no_error (error);
  close_cluster (cluster);
}

/* ---- Killed at any moment -------------------------------------------------------------------- */

static gboolean
has_new_file (const char *folder, const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *whole = g_build_filename (folder, name, path, NULL);

      if (g_str_has_prefix (name, "data.new-") && g_file_test (whole, G_FILE_TEST_EXISTS))
        return TRUE;
    }
  return FALSE;
}

/* Marks on the way of a first start. */
static gboolean
has_reached (const char *folder, const char *mark)
{
  if (g_str_has_prefix (mark, "new/"))
    return has_new_file (folder, mark + strlen ("new/"));
  return exists (folder, mark);
}

static void
test_killed_at (gconstpointer data)
{
  const char *mark = data;
  g_autofree char *folder = wb_test_folder ();
  g_autoptr (GSubprocess) holder = spawn_holder (folder);
  g_autoptr (WbCluster) cluster = NULL;

  wb_test_wait_until (has_reached (folder, mark));
  g_subprocess_force_exit (holder);
  wait_for_exit (holder);

  cluster = new_open_cluster (folder);
  g_assert_false (has_new_file (folder, ""));
  close_cluster (cluster);
  g_assert_false (is_running (cluster));
}

static void
test_killed_while_open (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autoptr (GSubprocess) holder = spawn_holder (folder);
  g_autoptr (WbCluster) cluster = NULL;

  wait_for_word (holder, "open\n");
  g_subprocess_force_exit (holder);
  wait_for_exit (holder);

  /* Its server goes on; the next program takes it over and is the last. */
  cluster = wb_cluster_new (folder);
  g_assert_true (is_running (cluster));
  g_clear_object (&cluster);
  cluster = new_open_cluster (folder);
  close_cluster (cluster);
  g_assert_false (is_running (cluster));
}

static void
test_killed_server (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autoptr (WbCluster) cluster = new_open_cluster (folder);
  g_autofree char *made = ask (cluster, "", "create table kept as select 1 as n");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (WbClusterStatus) status = query_status (cluster);
      g_autofree char *n = NULL;

      g_assert_cmpint (kill ((pid_t) status->pid, SIGKILL), ==, 0);
      wb_test_wait_until (!is_running (cluster));
      open_cluster (cluster, &error);
      g_assert_no_error (error);
      n = ask (cluster, "", "select n from kept");
      g_assert_cmpstr (n, ==, "1");
    }
  close_cluster (cluster);
}

static void
test_stale_pid_file (void)
{
  g_autofree char *folder = new_used_folder ();
  g_autofree char *text = g_strdup_printf ("%d\n%s/data\n1\n5432\n/tmp\n\n  1 1\nready   \n",
                                           (int) getpid (), folder);
  g_autoptr (WbCluster) cluster = NULL;

  write_file (folder, "data/postmaster.pid", text);
  cluster = new_open_cluster (folder);
  close_cluster (cluster);
}

static void
test_cut_pid_file (void)
{
  g_autofree char *folder = new_used_folder ();
  g_autoptr (WbCluster) cluster = NULL;

  write_file (folder, "data/postmaster.pid", "");
  cluster = new_open_cluster (folder);
  close_cluster (cluster);
}

static void
test_stale_socket (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autoptr (WbCluster) cluster = new_open_cluster (folder);
  g_autoptr (WbClusterStatus) status = query_status (cluster);
  g_autofree char *text = g_strdup_printf ("%d\n%s/data\n", (int) getpid (), folder);
  g_autoptr (WbCluster) again = NULL;

  g_assert_cmpint (kill ((pid_t) status->pid, SIGKILL), ==, 0);
  wb_test_wait_until (!is_running (cluster));
  write_file (status->socket_folder, ".s.PGSQL.5432.lock", text);
  again = new_open_cluster (folder);
  close_cluster (again);
  close_cluster (cluster);
}

static void
test_lost_socket (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autoptr (WbCluster) cluster = new_open_cluster (folder);
  g_autoptr (WbClusterStatus) status = query_status (cluster);
  g_autofree char *socket = g_build_filename (status->socket_folder, ".s.PGSQL.5432", NULL);
  g_autoptr (WbCluster) other = NULL;

  g_assert_cmpint (g_unlink (socket), ==, 0);
  other = new_open_cluster (folder);
  close_cluster (other);
  close_cluster (cluster);
}

/* ---- What cannot work, and how it is said ----------------------------------------------------- */

static void
test_other_version (void)
{
  g_autofree char *folder = new_used_folder ();

  write_file (folder, "data/PG_VERSION", "9\n");
  assert_fails (folder, WB_CLUSTER_ERROR_VERSION, "*PostgreSQL 9*install*postgresql-9*");
}

static void
test_foreign_data (void)
{
  g_autofree char *folder = new_used_folder ();
  g_autofree char *version = g_build_filename (folder, "data", "PG_VERSION", NULL);

  g_unlink (version);
  assert_fails (folder, WB_CLUSTER_ERROR_FAILED, "*data*move it away*");
}

static void
test_empty_data (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *data = g_build_filename (folder, "data", NULL);
  g_autoptr (WbCluster) cluster = NULL;

  g_assert_cmpint (g_mkdir (data, 0700), ==, 0);
  if (geteuid () == 0)
    {
      g_test_skip ("an empty folder of root's says that root owns the cluster");
      return;
    }
  cluster = new_open_cluster (folder);
  close_cluster (cluster);
}

static void
test_no_server (void)
{
  g_autofree char *empty = wb_test_folder ();
  g_autofree char *folder = wb_test_folder ();
  g_autoptr (WbCluster) cluster = NULL;
  g_autoptr (GError) error = NULL;

  cluster = g_object_new (WB_TYPE_CLUSTER, "folder", folder, "server-path", empty, NULL);
  g_assert_false (open_cluster (cluster, &error));
  g_assert_error (error, WB_CLUSTER_ERROR, WB_CLUSTER_ERROR_MISSING);
  g_assert_nonnull (strstr (error->message, "apt install postgresql"));
  g_assert_false (exists (folder, "data"));
}

static void
test_broken_server (void)
{
  g_autofree char *folder = new_used_folder ();
  g_autofree char *control = g_build_filename (folder, "data", "global", "pg_control", NULL);

  g_unlink (control);
  assert_fails (folder, WB_CLUSTER_ERROR_FAILED, "*could not find the database system*log*");
}

static void
test_read_only (void)
{
  g_autofree char *folder = NULL;
  g_autofree char *below = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("root may write everywhere");
      return;
    }
  folder = wb_test_folder ();
  below = g_build_filename (folder, "home", "cluster", NULL);
  g_chmod (folder, 0500);
  assert_fails (below, WB_CLUSTER_ERROR_DENIED, "*cluster*Permission denied*--database embedded:*");
  assert_fails (folder, WB_CLUSTER_ERROR_DENIED, "*lock*Permission denied*--database embedded:*");
  g_chmod (folder, 0700);
  assert_fails ("/proc/nobody-can-write-here/x", WB_CLUSTER_ERROR_FAILED, "*/proc/*");
}

static void
test_not_a_folder (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *file = g_build_filename (folder, "file", NULL);

  write_file (folder, "file", "text");
  assert_fails (file, WB_CLUSTER_ERROR_DENIED, "*file is not a folder*");
}

/* Closed to the server's user, by a parent of the folder that is not ours to change. */
static void
test_closed_parent (void)
{
  g_autofree char *parent = NULL;
  g_autofree char *folder = NULL;

  if (geteuid () != 0)
    {
      g_test_skip ("the server runs as somebody else for root only");
      return;
    }
  parent = wb_test_folder ();
  folder = g_build_filename (parent, "cluster", NULL);
  assert_fails (folder, WB_CLUSTER_ERROR_DENIED, "*user postgres*cannot enter*chmod o+x*");
  g_chmod (parent, 0711);
  {
    g_autoptr (WbCluster) cluster = new_open_cluster (folder);

    close_cluster (cluster);
  }
}

/* A symbolic link to the folder leads to the same cluster. */
static void
test_by_link (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *link = g_strconcat (folder, ".link", NULL);
  g_autoptr (WbCluster) one = NULL;
  g_autoptr (WbCluster) other = NULL;

  g_assert_cmpint (symlink (folder, link), ==, 0);
  one = new_open_cluster (folder);
  other = new_open_cluster (link);
  close_cluster (one);
  close_cluster (other);
  g_assert_false (is_running (one));
  g_unlink (link);
}

/* Somebody made our folder for sockets before us: another one is taken. */
static void
test_squatted_socket (void)
{
  g_autofree char *folder = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *squatted = NULL;
  g_autoptr (WbCluster) cluster = NULL;
  g_autoptr (WbClusterStatus) status = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("root's sockets are in /run");
      return;
    }
  g_unsetenv ("XDG_RUNTIME_DIR");
  folder = wb_test_folder ();
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, folder, -1);
  hash[12] = '\0';
  squatted = g_strdup_printf ("/tmp/waybill-%u-%s", (guint) getuid (), hash);
  g_assert_cmpint (symlink (folder, squatted), ==, 0);
  cluster = new_open_cluster (folder);
  status = query_status (cluster);
  g_assert_true (g_str_has_prefix (status->socket_folder, "/tmp/waybill-"));
  g_assert_cmpstr (status->socket_folder, !=, squatted);
  close_cluster (cluster);
  g_unlink (squatted);
}

static gboolean
mount_small (const char *folder, const char *size)
{
  g_autofree char *options = g_strconcat ("mode=755,size=", size, NULL);
  g_autoptr (GSubprocess) mount = NULL;

  if (geteuid () != 0)
    return FALSE;
  mount = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, "mount", "-t", "tmpfs", "-o",
                            options, "tmpfs", folder, NULL);
  if (mount == NULL)
    return FALSE;
  wait_for_exit (mount);
  return g_subprocess_get_successful (mount);
}

static void
unmount (const char *folder)
{
  g_autoptr (GSubprocess) umount = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, "umount",
                                                     folder, NULL);

  wait_for_exit (umount);
}

static void
fill_up (const char *path)
{
  static char block[65536];
  FILE *file = fopen (path, "w");

  g_assert_nonnull (file);
  setvbuf (file, NULL, _IONBF, 0);
  while (fwrite (block, 1, sizeof block, file) == sizeof block)
    ;
  while (fwrite (block, 1, 1, file) == 1)
    ;
  fclose (file);
}

static void
test_small_disk (void)
{
  g_autofree char *folder = wb_test_folder ();

  if (!mount_small (folder, "40m"))
    {
      g_test_skip ("cannot mount a small disk");
      return;
    }
  assert_fails (folder, WB_CLUSTER_ERROR_NO_SPACE, "*needs*MB*only*MB left*");
  unmount (folder);
}

static void
test_full_disk (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *filler = g_build_filename (folder, "filler", NULL);
  g_autoptr (WbCluster) cluster = NULL;

  if (!mount_small (folder, "160m"))
    {
      g_test_skip ("cannot mount a small disk");
      return;
    }
  cluster = new_open_cluster (folder);
  close_cluster (cluster);
  g_clear_object (&cluster);

  fill_up (filler);
  assert_fails (folder, WB_CLUSTER_ERROR_NO_SPACE, "*No space left*make room*");
  g_unlink (filler);
  cluster = new_open_cluster (folder);
  close_cluster (cluster);
  unmount (folder);
}

/* ---- The program to be killed ----------------------------------------------------------------- */

static gboolean
input_ended_cb (GObject *stream, gpointer user_data)
{
  char byte;

  if (g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (stream), &byte, 1, NULL,
                                                NULL) > 0)
    return G_SOURCE_CONTINUE;
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static int
hold (const char *folder)
{
  g_autoptr (WbCluster) cluster = wb_cluster_new (folder);
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GSource) source = NULL;
  gboolean ended = FALSE;

  open_cluster (cluster, NULL);
  if (!wb_cluster_is_open (cluster))
    return 1;
  puts ("open");
  fflush (stdout);
  source = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (input), NULL);
  g_source_set_callback (source, G_SOURCE_FUNC (input_ended_cb), &ended, NULL);
  g_source_attach (source, NULL);
  while (!ended)
    g_main_context_iteration (NULL, TRUE);
  close_cluster (cluster);
  return 0;
}

int
main (int argc, char **argv)
{
  static const char *const marks[] = {
    "init.lock",        "users.lock",       "new/",       "new/PG_VERSION",
    "new/global",       "new/base/1",       "new/base/4", "new/waybill.conf",
    "data/PG_VERSION",  "log",              "data/postmaster.pid",
    "data/postmaster.opts",
  };

  if (argc == 3 && strcmp (argv[1], "--hold") == 0)
    return hold (argv[2]);
  own_name = argv[0];
  wb_test_init (&argc, &argv);
  g_test_add_func ("/cluster/life", test_life);
  g_test_add_func ("/cluster/any-role", test_any_role);
  g_test_add_func ("/cluster/private", test_private);
  g_test_add_func ("/cluster/starts-quickly", test_starts_quickly);
  g_test_add_func ("/cluster/reopens", test_reopens);
  g_test_add_func ("/cluster/last-one-stops", test_last_one_stops);
  g_test_add_func ("/cluster/started-at-once", test_started_at_once);
  g_test_add_func ("/cluster/closed-while-opened", test_closed_while_opened);
  g_test_add_func ("/cluster/kept-by-hand", test_kept_by_hand);
  g_test_add_func ("/cluster/not-stopped-under-others", test_not_stopped_under_others);
  g_test_add_func ("/cluster/cancel", test_cancel);
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autofree char *name = g_strdup_printf ("/cluster/killed-at/%s", marks[i]);

      g_strdelimit (name + strlen ("/cluster/killed-at/"), "/", '-');
      g_test_add_data_func (name, marks[i], test_killed_at);
    }
  g_test_add_func ("/cluster/killed-while-open", test_killed_while_open);
  g_test_add_func ("/cluster/killed-server", test_killed_server);
  g_test_add_func ("/cluster/stale-pid-file", test_stale_pid_file);
  g_test_add_func ("/cluster/cut-pid-file", test_cut_pid_file);
  g_test_add_func ("/cluster/stale-socket", test_stale_socket);
  g_test_add_func ("/cluster/lost-socket", test_lost_socket);
  g_test_add_func ("/cluster/other-version", test_other_version);
  g_test_add_func ("/cluster/foreign-data", test_foreign_data);
  g_test_add_func ("/cluster/empty-data", test_empty_data);
  g_test_add_func ("/cluster/no-server", test_no_server);
  g_test_add_func ("/cluster/broken-server", test_broken_server);
  g_test_add_func ("/cluster/read-only", test_read_only);
  g_test_add_func ("/cluster/not-a-folder", test_not_a_folder);
  g_test_add_func ("/cluster/closed-parent", test_closed_parent);
  g_test_add_func ("/cluster/by-link", test_by_link);
  g_test_add_func ("/cluster/squatted-socket", test_squatted_socket);
  g_test_add_func ("/cluster/small-disk", test_small_disk);
  g_test_add_func ("/cluster/full-disk", test_full_disk);
  return g_test_run ();
}
