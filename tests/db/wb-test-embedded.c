/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <gio/gunixinputstream.h>
#include <libpq-fe.h>

#include "tests/db/wb-test-embedded.h"

char *wb_test_embedded_program;

gboolean
wb_test_embedded_open (WbCluster *cluster, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wb_cluster_open_async (cluster, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  return wb_cluster_open_finish (cluster, result, error);
}

void
wb_test_embedded_close (WbCluster *cluster)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  wb_cluster_close_async (cluster, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  wb_cluster_close_finish (cluster, result, &error);
  g_assert_no_error (error);
}

gboolean
wb_test_embedded_stop (WbCluster *cluster, gboolean force, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wb_cluster_stop_async (cluster, force, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  return wb_cluster_stop_finish (cluster, result, error);
}

WbClusterStatus *
wb_test_embedded_query (WbCluster *cluster)
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

gboolean
wb_test_embedded_is_running (WbCluster *cluster)
{
  g_autoptr (WbClusterStatus) status = wb_test_embedded_query (cluster);

  return status->running;
}

/* One query over a connection of its own; @extra is added to the conninfo. */
char *
wb_test_embedded_ask (WbCluster *cluster, const char *extra, const char *sql)
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

void
wb_test_embedded_assert_answers (WbCluster *cluster)
{
  g_autofree char *answer = wb_test_embedded_ask (cluster, "", "select current_database ()");

  g_assert_cmpstr (answer, ==, "waybill");
}

WbCluster *
wb_test_embedded_new_open (const char *folder)
{
  g_autoptr (WbCluster) cluster = wb_cluster_new (folder);
  g_autoptr (GError) error = NULL;

  wb_test_embedded_open (cluster, &error);
  g_assert_no_error (error);
  wb_test_embedded_assert_answers (cluster);
  return g_steal_pointer (&cluster);
}

void
wb_test_embedded_assert_fails (const char *folder, WbClusterError code, const char *pattern)
{
  g_autoptr (WbCluster) cluster = wb_cluster_new (folder);
  g_autoptr (GError) error = NULL;

  g_assert_false (wb_test_embedded_open (cluster, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, WB_CLUSTER_ERROR, (int) code);
  if (!g_pattern_match_simple (pattern, error->message))
    g_error ("\"%s\" does not say %s", error->message, pattern);
}

/* A cluster that was made and closed, to be damaged. */
char *
wb_test_embedded_new_used (void)
{
  char *folder = wb_test_folder ();
  g_autoptr (WbCluster) cluster = wb_test_embedded_new_open (folder);

  wb_test_embedded_close (cluster);
  return folder;
}

gboolean
wb_test_embedded_has (const char *folder, const char *path)
{
  g_autofree char *whole = g_build_filename (folder, path, NULL);

  return g_file_test (whole, G_FILE_TEST_EXISTS);
}

void
wb_test_embedded_write (const char *folder, const char *path, const char *text)
{
  g_autofree char *whole = g_build_filename (folder, path, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (whole, text, -1, &error);
  g_assert_no_error (error);
}

GSubprocess *
wb_test_embedded_spawn_holder (const char *folder)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *holder = NULL;

  holder = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                             wb_test_embedded_program, "--hold", folder, NULL);
  g_assert_no_error (error);
  return holder;
}

void
wb_test_embedded_wait_for_exit (GSubprocess *child)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_subprocess_wait_async (child, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  g_subprocess_wait_finish (child, result, NULL);
}

void
wb_test_embedded_wait_for_word (GSubprocess *holder, const char *word)
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

void
wb_test_embedded_release_holder (GSubprocess *holder)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (holder), NULL, NULL);
  wb_test_embedded_wait_for_exit (holder);
  g_assert_true (g_subprocess_get_successful (holder));
}

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

int
wb_test_embedded_hold (const char *folder)
{
  g_autoptr (WbCluster) cluster = wb_cluster_new (folder);
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GSource) source = NULL;
  gboolean ended = FALSE;

  wb_test_embedded_open (cluster, NULL);
  if (!wb_cluster_is_open (cluster))
    return 1;
  puts ("open");
  fflush (stdout);
  source = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (input), NULL);
  g_source_set_callback (source, G_SOURCE_FUNC (input_ended_cb), &ended, NULL);
  g_source_attach (source, NULL);
  while (!ended)
    g_main_context_iteration (NULL, TRUE);
  wb_test_embedded_close (cluster);
  return 0;
}
