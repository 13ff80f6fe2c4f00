/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench-print PRINTS LABELS: how long it takes from "print" to the first byte at a printer, straight to its socket and (below
 * tests/cupsd) through a raw queue of CUPS, and how long a printer waits between labels of a row. The printer is a thread that
 * reads and notes when. References: a bare connection that sends the same bytes; the command lp.
 */
#include "config.h"

#include <gio/gio.h>

#include "devices/wb-printer-cups.h"
#include "devices/wb-printer-socket.h"

typedef struct
{
  GSocketListener *listener;
  guint16 port;
  GMutex lock;
  GCond arrived;
  GArray *first_us; /* gint64: when the first byte of each connection came */
  GArray *last_us;  /* gint64: when it had all of it */
} Sink;

static gpointer
serve (gpointer data)
{
  Sink *sink = data;

  for (;;)
    {
      g_autoptr (GSocketConnection) connection = g_socket_listener_accept (sink->listener, NULL, NULL, NULL);
      GInputStream *input = NULL;
      char buffer[65536];
      gssize n = 0;
      gint64 first = 0;
      gint64 last = 0;

      if (connection == NULL)
        return NULL;
      input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
      while ((n = g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL)) > 0)
        {
          last = g_get_monotonic_time ();
          if (first == 0)
            first = last;
        }
      if (first == 0)
        continue;
      g_mutex_lock (&sink->lock);
      g_array_append_val (sink->first_us, first);
      g_array_append_val (sink->last_us, last);
      g_cond_signal (&sink->arrived);
      g_mutex_unlock (&sink->lock);
    }
}

/* When the first byte of the nth document came; waits for it. */
static gint64
wait_for (Sink *sink, guint nth)
{
  gint64 at = 0;

  g_mutex_lock (&sink->lock);
  while (sink->first_us->len <= nth)
    g_cond_wait (&sink->arrived, &sink->lock);
  at = g_array_index (sink->first_us, gint64, nth);
  g_mutex_unlock (&sink->lock);
  return at;
}

static guint
count (Sink *sink)
{
  guint n = 0;

  g_mutex_lock (&sink->lock);
  n = sink->first_us->len;
  g_mutex_unlock (&sink->lock);
  return n;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
percentile (GArray *values, guint percent)
{
  g_array_sort (values, compare);
  return values->len > 0 ? g_array_index (values, double, MIN (values->len - 1, values->len * percent / 100)) : 0;
}

static void
report (const char *name, GArray *ours, GArray *reference, const char *note)
{
  g_print ("{\"name\": \"%s\", \"value\": %.3f, \"unit\": \"ms\", \"reference\": %.3f, \"n\": %u, \"median\": %.3f, \"most\": %.3f, \"note\": \"%s\"}\n",
           name, percentile (ours, 95), percentile (reference, 95), ours->len, percentile (ours, 50), percentile (ours, 100), note);
}

static GBytes *
make_label (void)
{
  GString *zpl = g_string_new ("^XA^CI28^PW812^LL1218\n");

  while (zpl->len < 2500)
    g_string_append (zpl, "^FO32,64^A0N,40,40^FH^FDMary Miller, 12 Mill Lane^FS\n");
  g_string_append (zpl, "^XZ\n");
  return g_string_free_to_bytes (zpl);
}

static void
store (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static double
print_once (Sink *sink, WbPrinter *printer, GBytes *data, guint number)
{
  g_autofree char *id = g_strdup_printf ("bench-%u-%" G_GINT64_FORMAT, number, g_get_real_time ());
  g_autoptr (WbPrintDocument) document = wb_print_document_new (id, "Label", WB_PRINTER_RAW, data);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *job = NULL;
  g_autoptr (GError) error = NULL;
  guint before = count (sink);
  gint64 start = g_get_monotonic_time ();

  wb_printer_print_async (printer, document, NULL, store, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  job = wb_printer_print_finish (printer, result, &error);
  if (job == NULL)
    g_error ("%s", error->message);
  return (double) (wait_for (sink, before) - start) / 1000;
}

static double
send_bare (Sink *sink, GBytes *data)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  guint before = count (sink);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (client, "127.0.0.1", sink->port, NULL, NULL);

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), g_bytes_get_data (data, NULL), g_bytes_get_size (data),
                             NULL, NULL, NULL);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return (double) (wait_for (sink, before) - start) / 1000;
}

static double
send_lp (Sink *sink, const char *path)
{
  const char *const command[] = { "lp", "-s", "-d", "Bench", "-o", "raw", path, NULL };
  guint before = count (sink);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GSubprocess) process = g_subprocess_newv (command, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL);

  g_subprocess_wait (process, NULL, NULL);
  return (double) (wait_for (sink, before) - start) / 1000;
}

static void
add (GArray *values, double value)
{
  g_array_append_val (values, value);
}

/* How long the printer had nothing to read between one label and the next, all of them waiting in a row. */
static void
stream (Sink *sink, WbPrinter *printer, GBytes *data, guint n)
{
  g_autofree GAsyncResult **results = g_new0 (GAsyncResult *, n);
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) bare = g_array_new (FALSE, FALSE, sizeof (double));
  guint before = count (sink);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("stream-%u-%" G_GINT64_FORMAT, i, g_get_real_time ());
      g_autoptr (WbPrintDocument) document = wb_print_document_new (id, "Label", WB_PRINTER_RAW, data);

      wb_printer_print_async (printer, document, NULL, store, &results[i]);
    }
  for (guint i = 0; i < n; i++)
    {
      while (results[i] == NULL)
        g_main_context_iteration (NULL, TRUE);
      g_object_unref (results[i]);
    }
  wait_for (sink, before + n - 1);
  for (guint i = before + 1; i < before + n; i++)
    add (gaps, (double) (g_array_index (sink->first_us, gint64, i) - g_array_index (sink->last_us, gint64, i - 1)) / 1000);
  before = count (sink);
  for (guint i = 0; i < n; i++)
    send_bare (sink, data);
  for (guint i = before + 1; i < before + n; i++)
    add (bare, (double) (g_array_index (sink->first_us, gint64, i) - g_array_index (sink->last_us, gint64, i - 1)) / 1000);
  report ("print-stream-gap", gaps, bare, "between labels of a row, each written down on disk before; bar: 50 ms; reference: one bare connection after another");
}

int
main (int argc, char **argv)
{
  guint n = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 100;
  guint n_labels = argc > 2 ? (guint) g_ascii_strtoull (argv[2], NULL, 10) : 1000;
  Sink sink = { 0 };
  g_autofree char *folder = g_dir_make_tmp ("wb-print-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "ledger", NULL);
  g_autofree char *label_path = g_build_filename (folder, "label.zpl", NULL);
  g_autofree char *address = NULL;
  g_autoptr (WbPrintLedger) ledger = wb_print_ledger_new (path);
  g_autoptr (WbPrinter) straight = NULL;
  g_autoptr (GBytes) data = make_label ();
  g_autoptr (GArray) ours = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) bare = g_array_new (FALSE, FALSE, sizeof (double));

  sink.listener = g_socket_listener_new ();
  sink.port = g_socket_listener_add_any_inet_port (sink.listener, NULL, NULL);
  sink.first_us = g_array_new (FALSE, FALSE, sizeof (gint64));
  sink.last_us = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_thread_unref (g_thread_new ("printer", serve, &sink));
  address = g_strdup_printf ("127.0.0.1:%u", sink.port);
  straight = wb_printer_socket_new (address, "zpl", ledger, NULL);
  g_file_set_contents (label_path, g_bytes_get_data (data, NULL), (gssize) g_bytes_get_size (data), NULL);
  for (guint i = 0; i < n; i++)
    {
      add (bare, send_bare (&sink, data));
      add (ours, print_once (&sink, straight, data, i));
    }
  report ("print-straight-first-byte", ours, bare, "written down on disk first; bar: 20 ms; reference: a bare connection");
  stream (&sink, straight, data, n_labels);
  if (g_getenv ("WAYBILL_TEST_CUPS") != NULL)
    {
      g_autofree char *command = g_strdup_printf ("lpadmin -p Bench -E -v socket://%s -m raw", address);
      g_autoptr (WbPrinter) queue = wb_printer_cups_new ("Bench", NULL, NULL);

      g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
      g_array_set_size (ours, 0);
      g_array_set_size (bare, 0);
      for (guint i = 0; i < n / 4; i++)
        {
          add (bare, send_lp (&sink, label_path));
          add (ours, print_once (&sink, queue, data, i));
        }
      report ("print-cups-first-byte", ours, bare, "looked for in the queue first; bar: 250 ms; reference: lp");
    }
  return 0;
}
