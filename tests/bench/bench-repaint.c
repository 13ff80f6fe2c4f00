/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench-repaint CONNINFO [ROUNDS]: one seat makes an order a rush order (and no longer, in turn), another has it in its
 * order table: how long from the beginning of the act, and from its commit, until a frame with the new priority is
 * painted there. The one that acts is a process of its own. Wants a screen (tests/xvfb). Prints a JSON line a figure;
 * the reference is the time that a frame takes in which nothing new is painted.
 */
#include "config.h"

#include <gio/gunixinputstream.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/wb-acts.h"
#include "tests/bench/bench-window.h"
#include "ui/wb-row-item.h"

/* ---- The one that acts: reads "id rush" lines, answers "began done" in microseconds ---------- */

typedef struct
{
  WbDb *db;
  GDataInputStream *lines;
  gint64 began_us;
} Writer;

static void read_next (Writer *writer);

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Writer *writer = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbActResult) done = wb_acts_finish (WB_DB (source), result, &error);

  if (done == NULL || done->done != 1)
    {
      g_printerr ("bench-repaint: %s\n", error != NULL ? error->message : "nothing was changed");
      exit (1);
    }
  g_print ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", writer->began_us, g_get_monotonic_time ());
  read_next (writer);
}

static void
line_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Writer *writer = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result,
                                                                NULL, NULL);
  char *rest = NULL;
  gint64 id = line != NULL ? g_ascii_strtoll (line, &rest, 10) : 0;

  if (line == NULL)
    exit (0);
  writer->began_us = g_get_monotonic_time ();
  wb_acts_order_rush_async (writer->db, &id, 1, g_ascii_strtoll (rest, NULL, 10) != 0, NULL, acted_cb,
                            writer);
}

static void
read_next (Writer *writer)
{
  g_data_input_stream_read_line_async (writer->lines, G_PRIORITY_DEFAULT, NULL, line_cb, writer);
}

static void
run_writer (const char *conninfo)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  Writer writer = { .db = wb_db_new (conninfo), .lines = g_data_input_stream_new (input) };

  wb_db_open_async (writer.db, NULL, NULL, NULL);
  read_next (&writer);
  g_main_loop_run (loop);
}

/* ---- The one that looks -------------------------------------------------------------------- */

typedef struct
{
  BenchWindow window;
  GSubprocess *writer;
  GDataInputStream *answers;
  gint64 began_us;
  gint64 done_us;
} Viewer;

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Viewer *self = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result,
                                                                NULL, NULL);
  char *rest = NULL;

  if (line == NULL)
    {
      g_printerr ("bench-repaint: the one that acts has ended\n");
      exit (1);
    }
  self->began_us = g_ascii_strtoll (line, &rest, 10);
  self->done_us = g_ascii_strtoll (rest, NULL, 10);
}

static gint64
get_priority (Viewer *self, WbRowItem *item)
{
  return wb_row_get_int (wb_row_item_get_row (item), wb_table_get_index (self->window.table, "priority"));
}

/* When the first frame with another priority than @before was painted, after asking for the change. */
static gint64
change_and_watch (Viewer *self, WbRowItem *item, gboolean rush)
{
  g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT " %d\n", wb_row_item_get_id (item), rush);
  gint64 before = get_priority (self, item);
  guint n_frames = 0;
  gint64 painted_us = 0;

  self->done_us = 0;
  g_data_input_stream_read_line_async (self->answers, G_PRIORITY_DEFAULT, NULL, answer_cb, self);
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (self->writer), line, strlen (line), NULL, NULL, NULL);
  while (get_priority (self, item) == before)
    g_main_context_iteration (NULL, TRUE);
  n_frames = self->window.n_frames;
  while (self->window.n_frames == n_frames)
    g_main_context_iteration (NULL, TRUE);
  painted_us = g_get_monotonic_time ();
  while (self->done_us == 0)
    g_main_context_iteration (NULL, TRUE);
  return painted_us;
}

/* An open order that is on screen. */
static WbRowItem *
find_open_order (Viewer *self)
{
  guint status = wb_table_get_index (self->window.table, "status");

  for (guint i = 0; i < 12; i++)
    {
      WbRowItem *item = wb_lazy_list_peek (self->window.list, i);
      WbRow *row = item != NULL ? wb_row_item_get_row (item) : NULL;

      if (row != NULL && g_strcmp0 (wb_row_get_text (row, status), "processing") == 0)
        return g_object_ref (item);
    }
  g_printerr ("bench-repaint: none of the latest orders is being processed\n");
  exit (1);
}

static void
report (const char *name, GArray *times, double reference, const char *note)
{
  g_print ("{\"name\": \"%s\", \"value\": %.1f, \"median\": %.1f, \"most\": %.1f, \"unit\": \"ms\", "
           "\"reference\": %.1f, \"n\": %u, \"note\": \"%s\"}\n",
           name, bench_percentile (times, 95), bench_percentile (times, 50), bench_percentile (times, 100),
           reference, times->len, note);
}

static void
measure (Viewer *self, guint rounds)
{
  g_autoptr (GArray) from_start = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) from_commit = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (WbRowItem) item = find_open_order (self);
  double frame = bench_window_measure_frame (&self->window);
  gboolean rush = TRUE;

  for (guint i = 0; i < 2 * ((rounds + 2) / 2); i++, rush = !rush) /* an even number: as it was before */
    {
      gint64 painted_us = change_and_watch (self, item, rush);
      double a = (double) (painted_us - self->began_us) / 1000.0;
      double b = (double) (painted_us - self->done_us) / 1000.0;

      if (i < 2) /* connections are opened, caches filled */
        continue;
      g_array_append_val (from_start, a);
      g_array_append_val (from_commit, b);
    }
  report ("repaint-after-act", from_start, frame, "from the beginning of an act until another process painted its outcome");
  report ("repaint-after-commit", from_commit, frame, "from its answer on");
}

int
main (int argc, char **argv)
{
  guint64 rounds = 100;
  Viewer viewer = { 0 };
  g_autoptr (GError) error = NULL;

  setvbuf (stdout, NULL, _IOLBF, 0);
  if (argc > 2 && g_str_equal (argv[2], "act"))
    {
      run_writer (argv[1]);
      return 0;
    }
  if (argc < 2 || (argc > 2 && !g_ascii_string_to_unsigned (argv[2], 10, 1, 10000, &rounds, NULL)))
    {
      g_printerr ("Usage: bench-repaint CONNINFO [ROUNDS]\n");
      return 2;
    }
  viewer.writer = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, argv[0],
                                    argv[1], "act", NULL);
  if (viewer.writer == NULL)
    {
      g_printerr ("bench-repaint: %s\n", error->message);
      return 1;
    }
  viewer.answers = g_data_input_stream_new (g_subprocess_get_stdout_pipe (viewer.writer));
  if (!bench_window_open (&viewer.window, argv[1]))
    return 1;
  bench_window_ask (&viewer.window);
  bench_window_wait_for_rows (&viewer.window, 0, 0);
  while (!wb_lazy_list_is_complete (viewer.window.list))
    g_main_context_iteration (NULL, TRUE);
  measure (&viewer, (guint) rounds);
  bench_window_close (&viewer.window);
  g_object_unref (viewer.answers);
  g_subprocess_force_exit (viewer.writer);
  g_object_unref (viewer.writer);
  return 0;
}
