/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The embedded cluster killed at every stage, damaged, and in places where it cannot work.
 */
#define G_LOG_DOMAIN "wb-test"

#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "tests/db/wb-test-embedded.h"

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

/* Marks on the way of a first start. What is in the new folder may be there so briefly that a busy machine misses it: then
 * the folder that it became counts. */
static gboolean
has_reached (const char *folder, const char *mark)
{
  if (g_str_has_prefix (mark, "new/"))
    return has_new_file (folder, mark + strlen ("new/")) || wb_test_embedded_has (folder, "data/PG_VERSION");
  return wb_test_embedded_has (folder, mark);
}

static void
test_killed_at (gconstpointer data)
{
  const char *mark = data;
  g_autofree char *folder = wb_test_folder ();
  g_autoptr (GSubprocess) holder = wb_test_embedded_spawn_holder (folder);
  g_autoptr (WbCluster) cluster = NULL;

  wb_test_wait_until (has_reached (folder, mark));
  g_subprocess_force_exit (holder);
  wb_test_embedded_wait_for_exit (holder);

  cluster = wb_test_embedded_new_open (folder);
  g_assert_false (has_new_file (folder, ""));
  wb_test_embedded_close (cluster);
  g_assert_false (wb_test_embedded_is_running (cluster));
}

static void
test_killed_while_open (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autoptr (GSubprocess) holder = wb_test_embedded_spawn_holder (folder);
  g_autoptr (WbCluster) cluster = NULL;

  wb_test_embedded_wait_for_word (holder, "open\n");
  g_subprocess_force_exit (holder);
  wb_test_embedded_wait_for_exit (holder);

  /* Its server goes on; the next program takes it over and is the last. */
  cluster = wb_cluster_new (folder);
  g_assert_true (wb_test_embedded_is_running (cluster));
  g_clear_object (&cluster);
  cluster = wb_test_embedded_new_open (folder);
  wb_test_embedded_close (cluster);
  g_assert_false (wb_test_embedded_is_running (cluster));
}

static void
test_killed_server (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autoptr (WbCluster) cluster = wb_test_embedded_new_open (folder);
  g_autofree char *made = wb_test_embedded_ask (cluster, "", "create table kept as select 1 as n");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (WbClusterStatus) status = wb_test_embedded_query (cluster);
      g_autofree char *n = NULL;

      g_assert_cmpint (kill ((pid_t) status->pid, SIGKILL), ==, 0);
      wb_test_wait_until (!wb_test_embedded_is_running (cluster));
      wb_test_embedded_open (cluster, &error);
      g_assert_no_error (error);
      n = wb_test_embedded_ask (cluster, "", "select n from kept");
      g_assert_cmpstr (n, ==, "1");
    }
  wb_test_embedded_close (cluster);
}

static void
test_stale_pid_file (void)
{
  g_autofree char *folder = wb_test_embedded_new_used ();
  g_autofree char *text =
      g_strdup_printf ("%d\n%s/data\n1\n5432\n/tmp\n\n  1 1\nready   \n", (int) getpid (), folder);
  g_autoptr (WbCluster) cluster = NULL;

  wb_test_embedded_write (folder, "data/postmaster.pid", text);
  cluster = wb_test_embedded_new_open (folder);
  wb_test_embedded_close (cluster);
}

static void
test_cut_pid_file (void)
{
  g_autofree char *folder = wb_test_embedded_new_used ();
  g_autoptr (WbCluster) cluster = NULL;

  wb_test_embedded_write (folder, "data/postmaster.pid", "");
  cluster = wb_test_embedded_new_open (folder);
  wb_test_embedded_close (cluster);
}

static void
test_stale_socket (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autoptr (WbCluster) cluster = wb_test_embedded_new_open (folder);
  g_autoptr (WbClusterStatus) status = wb_test_embedded_query (cluster);
  g_autofree char *text = g_strdup_printf ("%d\n%s/data\n", (int) getpid (), folder);
  g_autoptr (WbCluster) again = NULL;

  g_assert_cmpint (kill ((pid_t) status->pid, SIGKILL), ==, 0);
  wb_test_wait_until (!wb_test_embedded_is_running (cluster));
  wb_test_embedded_write (status->socket_folder, ".s.PGSQL.5432.lock", text);
  again = wb_test_embedded_new_open (folder);
  wb_test_embedded_close (again);
  wb_test_embedded_close (cluster);
}

static void
test_lost_socket (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autoptr (WbCluster) cluster = wb_test_embedded_new_open (folder);
  g_autoptr (WbClusterStatus) status = wb_test_embedded_query (cluster);
  g_autofree char *socket = g_build_filename (status->socket_folder, ".s.PGSQL.5432", NULL);
  g_autoptr (WbCluster) other = NULL;

  g_assert_cmpint (g_unlink (socket), ==, 0);
  other = wb_test_embedded_new_open (folder);
  wb_test_embedded_close (other);
  wb_test_embedded_close (cluster);
}

/* ---- What cannot work, and how it is said -----------------------------------------------------
 */

static void
test_other_version (void)
{
  g_autofree char *folder = wb_test_embedded_new_used ();

  wb_test_embedded_write (folder, "data/PG_VERSION", "9\n");
  wb_test_embedded_assert_fails (folder, WB_CLUSTER_ERROR_VERSION,
                                 "*PostgreSQL 9*install*postgresql-9*");
}

static void
test_foreign_data (void)
{
  g_autofree char *folder = wb_test_embedded_new_used ();
  g_autofree char *version = g_build_filename (folder, "data", "PG_VERSION", NULL);

  g_unlink (version);
  wb_test_embedded_assert_fails (folder, WB_CLUSTER_ERROR_FAILED, "*data*move it away*");
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
  cluster = wb_test_embedded_new_open (folder);
  wb_test_embedded_close (cluster);
}

static void
test_no_server (void)
{
  g_autofree char *empty = wb_test_folder ();
  g_autofree char *folder = wb_test_folder ();
  g_autoptr (WbCluster) cluster = NULL;
  g_autoptr (GError) error = NULL;

  cluster = g_object_new (WB_TYPE_CLUSTER, "folder", folder, "server-path", empty, NULL);
  g_assert_false (wb_test_embedded_open (cluster, &error));
  g_assert_error (error, WB_CLUSTER_ERROR, WB_CLUSTER_ERROR_MISSING);
  g_assert_nonnull (strstr (error->message, "apt install postgresql"));
  g_assert_false (wb_test_embedded_has (folder, "data"));
}

static void
test_broken_server (void)
{
  g_autofree char *folder = wb_test_embedded_new_used ();
  g_autofree char *control = g_build_filename (folder, "data", "global", "pg_control", NULL);

  g_unlink (control);
  wb_test_embedded_assert_fails (folder, WB_CLUSTER_ERROR_FAILED,
                                 "*could not find the database system*log*");
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
  wb_test_embedded_assert_fails (below, WB_CLUSTER_ERROR_DENIED,
                                 "*cluster*Permission denied*--database embedded:*");
  wb_test_embedded_assert_fails (folder, WB_CLUSTER_ERROR_DENIED,
                                 "*lock*Permission denied*--database embedded:*");
  g_chmod (folder, 0700);
  wb_test_embedded_assert_fails ("/proc/nobody-can-write-here/x", WB_CLUSTER_ERROR_FAILED,
                                 "*/proc/*");
}

static void
test_not_a_folder (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *file = g_build_filename (folder, "file", NULL);

  wb_test_embedded_write (folder, "file", "text");
  wb_test_embedded_assert_fails (file, WB_CLUSTER_ERROR_DENIED, "*file is not a folder*");
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
  wb_test_embedded_assert_fails (folder, WB_CLUSTER_ERROR_DENIED,
                                 "*user postgres*cannot enter*chmod o+x*");
  g_chmod (parent, 0711);
  {
    g_autoptr (WbCluster) cluster = wb_test_embedded_new_open (folder);

    wb_test_embedded_close (cluster);
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
  one = wb_test_embedded_new_open (folder);
  other = wb_test_embedded_new_open (link);
  wb_test_embedded_close (one);
  wb_test_embedded_close (other);
  g_assert_false (wb_test_embedded_is_running (one));
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
  cluster = wb_test_embedded_new_open (folder);
  status = wb_test_embedded_query (cluster);
  g_assert_true (g_str_has_prefix (status->socket_folder, "/tmp/waybill-"));
  g_assert_cmpstr (status->socket_folder, !=, squatted);
  wb_test_embedded_close (cluster);
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
  wb_test_embedded_wait_for_exit (mount);
  return g_subprocess_get_successful (mount);
}

static void
unmount (const char *folder)
{
  g_autoptr (GSubprocess) umount =
      g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, "umount", folder, NULL);

  wb_test_embedded_wait_for_exit (umount);
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
  wb_test_embedded_assert_fails (folder, WB_CLUSTER_ERROR_NO_SPACE, "*needs*MB*only*MB left*");
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
  cluster = wb_test_embedded_new_open (folder);
  wb_test_embedded_close (cluster);
  g_clear_object (&cluster);

  fill_up (filler);
  wb_test_embedded_assert_fails (folder, WB_CLUSTER_ERROR_NO_SPACE, "*No space left*make room*");
  g_unlink (filler);
  cluster = wb_test_embedded_new_open (folder);
  wb_test_embedded_close (cluster);
  unmount (folder);
}

int
main (int argc, char **argv)
{
  static const char *const marks[] = {
    "init.lock",
    "users.lock",
    "new/",
    "new/PG_VERSION",
    "new/global",
    "new/base/1",
    "new/base/4",
    "new/waybill.conf",
    "data/PG_VERSION",
    "log",
    "data/postmaster.pid",
    "data/postmaster.opts",
  };

  if (argc == 3 && strcmp (argv[1], "--hold") == 0)
    return wb_test_embedded_hold (argv[2]);
  wb_test_embedded_program = argv[0];
  wb_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autofree char *name = g_strdup_printf ("/cluster-faults/killed-at/%s", marks[i]);

      g_strdelimit (name + strlen ("/cluster-faults/killed-at/"), "/", '-');
      g_test_add_data_func (name, marks[i], test_killed_at);
    }
  g_test_add_func ("/cluster-faults/killed-while-open", test_killed_while_open);
  g_test_add_func ("/cluster-faults/killed-server", test_killed_server);
  g_test_add_func ("/cluster-faults/stale-pid-file", test_stale_pid_file);
  g_test_add_func ("/cluster-faults/cut-pid-file", test_cut_pid_file);
  g_test_add_func ("/cluster-faults/stale-socket", test_stale_socket);
  g_test_add_func ("/cluster-faults/lost-socket", test_lost_socket);
  g_test_add_func ("/cluster-faults/other-version", test_other_version);
  g_test_add_func ("/cluster-faults/foreign-data", test_foreign_data);
  g_test_add_func ("/cluster-faults/empty-data", test_empty_data);
  g_test_add_func ("/cluster-faults/no-server", test_no_server);
  g_test_add_func ("/cluster-faults/broken-server", test_broken_server);
  g_test_add_func ("/cluster-faults/read-only", test_read_only);
  g_test_add_func ("/cluster-faults/not-a-folder", test_not_a_folder);
  g_test_add_func ("/cluster-faults/closed-parent", test_closed_parent);
  g_test_add_func ("/cluster-faults/by-link", test_by_link);
  g_test_add_func ("/cluster-faults/squatted-socket", test_squatted_socket);
  g_test_add_func ("/cluster-faults/small-disk", test_small_disk);
  g_test_add_func ("/cluster-faults/full-disk", test_full_disk);
  return g_test_run ();
}
