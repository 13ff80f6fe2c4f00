/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench-news CONNINFO [ROUNDS]: how long it takes from the moment one program begins to write until another one hears of
 * it, by our news (write, wake, notification, reading the feed); and, in turn, by the barest thing PostgreSQL has, a NOTIFY
 * from one libpq connection to another. Prints a JSON line a figure. CONNINFO is a database with our schema.
 */
#include "config.h"

#include "db/wb-db-private.h"

#include <libpq-fe.h>
#include <poll.h>
#include <stdlib.h>

typedef struct
{
  GSubprocess *process;
  GDataInputStream *lines;
  gint64 heard_us;
} Ear;

/* ---- The one that listens: a process that prints when it heard of what ---------------------- */

static void
say (gint64 what)
{
  g_print ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", what, g_get_monotonic_time ());
}

static void
news_cb (WbDb *db,
         const char *topic,
         GArray *ids,
         gpointer user_data)
{
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    say (g_array_index (ids, gint64, i));
}

static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr(GError) error = NULL;

  if (!wb_db_open_finish (WB_DB (source), result, &error))
    {
      g_printerr ("bench-news: %s\n", error->message);
      exit (1);
    }
  say (-1);
}

static void
listen_ours (const char *conninfo)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(WbDb) db = wb_db_new (conninfo);

  g_signal_connect (db, "news::bench", G_CALLBACK (news_cb), NULL);
  wb_db_open_async (db, NULL, opened_cb, NULL);
  g_main_loop_run (loop);
}

static void
listen_bare (const char *conninfo)
{
  PGconn *pg = PQconnectdb (conninfo); /* may block: the reference */

  PQclear (PQexec (pg, "listen bench")); /* may block: the reference */
  say (-1);
  while (TRUE)
    {
      struct pollfd ready = { .fd = PQsocket (pg), .events = POLLIN };

      poll (&ready, 1, -1);
      if (!PQconsumeInput (pg))
        exit (1);
      for (PGnotify *notify = PQnotifies (pg); notify != NULL; notify = PQnotifies (pg))
        {
          say (g_ascii_strtoll (notify->extra, NULL, 10));
          PQfreemem (notify);
        }
    }
}

/* ---- The one that writes ------------------------------------------------------------------- */

static void
line_cb (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  Ear *ear = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);
  g_auto(GStrv) words = line != NULL ? g_strsplit (line, " ", 2) : NULL;

  ear->heard_us = words != NULL && words[0] != NULL && words[1] != NULL ? g_ascii_strtoll (words[1], NULL, 10) : -1;
}

/* Turns the main loop until the other process has heard. */
static gint64
await_line (Ear *ear)
{
  ear->heard_us = 0;
  g_data_input_stream_read_line_async (ear->lines, G_PRIORITY_DEFAULT, NULL, line_cb, ear);
  while (ear->heard_us == 0)
    g_main_context_iteration (NULL, TRUE);
  if (ear->heard_us < 0)
    {
      g_printerr ("bench-news: the listener has ended\n");
      exit (1);
    }
  return ear->heard_us;
}

static Ear *
start_ear (const char *program,
           const char *conninfo,
           const char *how)
{
  Ear *ear = g_new0 (Ear, 1);
  g_autoptr(GError) error = NULL;

  ear->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, conninfo, how, NULL);
  if (ear->process == NULL)
    {
      g_printerr ("bench-news: %s\n", error->message);
      exit (1);
    }
  ear->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (ear->process));
  await_line (ear);
  return ear;
}

static void
stop_ear (Ear *ear)
{
  g_subprocess_force_exit (ear->process);
  g_object_unref (ear->lines);
  g_object_unref (ear->process);
  g_free (ear);
}

static void
done_cb (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) rows = _wb_db_act_finish (WB_DB (source), result, &error);

  if (rows == NULL)
    {
      g_printerr ("bench-news: %s\n", error->message);
      exit (1);
    }
}

static double
measure_ours (WbDb *db,
              Ear *ear,
              gint64 id)
{
  g_autoptr(WbDbParams) params = _wb_db_params_new ();
  gint64 start = g_get_monotonic_time ();

  _wb_db_params_add_int64 (params, id);
  _wb_db_act_async (db, WB_DB_LANE_INTERACTIVE, "insert into wb.news (topic, ids) values ('bench', array[$1])", params,
                    NULL, done_cb, NULL);
  return (double) (await_line (ear) - start) / 1000.0;
}

static double
measure_bare (PGconn *pg,
              Ear *ear,
              gint64 id)
{
  g_autofree char *sql = g_strdup_printf ("notify bench, '%" G_GINT64_FORMAT "'", id);
  gint64 start = g_get_monotonic_time ();

  PQclear (PQexec (pg, sql)); /* may block: the reference */
  return (double) (await_line (ear) - start) / 1000.0;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
report (const char *name,
        GArray *ours,
        GArray *bare,
        guint percent)
{
  guint i = (ours->len * percent + 99) / 100 - 1;
  char value[G_ASCII_DTOSTR_BUF_SIZE];
  char reference[G_ASCII_DTOSTR_BUF_SIZE];

  g_print ("{\"name\": \"%s\", \"value\": %s, \"unit\": \"ms\", \"reference\": %s, \"n\": %u, "
           "\"note\": \"write in one process until heard in another; reference a bare NOTIFY\"}\n",
           name, g_ascii_formatd (value, sizeof value, "%.3f", g_array_index (ours, double, i)),
           g_ascii_formatd (reference, sizeof reference, "%.3f", g_array_index (bare, double, i)), ours->len);
}

static void
run_bench (const char *program,
           const char *conninfo,
           guint rounds)
{
  Ear *ear = start_ear (program, conninfo, "listen");
  Ear *bare_ear = start_ear (program, conninfo, "listen-bare");
  PGconn *pg = PQconnectdb (conninfo); /* may block: the reference */
  g_autoptr(WbDb) db = wb_db_new (conninfo);
  g_autoptr(GArray) ours = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr(GArray) bare = g_array_new (FALSE, FALSE, sizeof (double));

  wb_db_open_async (db, NULL, NULL, NULL);
  measure_ours (db, ear, 0);
  for (guint i = 1; i <= rounds; i++)
    {
      double ms = measure_bare (pg, bare_ear, i);

      g_array_append_val (bare, ms);
      ms = measure_ours (db, ear, i);
      g_array_append_val (ours, ms);
    }
  g_array_sort (ours, compare);
  g_array_sort (bare, compare);
  report ("news-p50", ours, bare, 50);
  report ("news-p95", ours, bare, 95);
  stop_ear (ear);
  stop_ear (bare_ear);
  PQfinish (pg);
}

int
main (int argc,
      char **argv)
{
  if (argc < 2)
    {
      g_printerr ("usage: bench-news CONNINFO [ROUNDS]\n");
      return 2;
    }
  setvbuf (stdout, NULL, _IOLBF, 0);
  if (argc > 2 && g_str_equal (argv[2], "listen"))
    listen_ours (argv[1]);
  else if (argc > 2 && g_str_equal (argv[2], "listen-bare"))
    listen_bare (argv[1]);
  else
    run_bench (argv[0], argv[1], argc > 2 ? (guint) MAX (1, g_ascii_strtoll (argv[2], NULL, 10)) : 500);
  return 0;
}
