/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "devices/wb-printer-cups.h"
#include "devices/wb-printer-folder.h"
#include "tests/wb-test.h"

#define ZPL "^XA\n^FO10,10^A0N,30,30^FDT\303\244st \001\377^FS\n^XZ\n"

/* ── A label printer as it is on a network: takes bytes on a socket ──────────────────────────── */

typedef struct
{
  GSocketService *service;
  GByteArray *bytes;
  guint n_connections;
  guint16 port;
} Peer;

typedef struct
{
  Peer *peer;
  GSocketConnection *connection;
  guint8 buffer[512];
} Reading;

static void read_more (Reading *reading);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reading *reading = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (n > 0)
    {
      g_byte_array_append (reading->peer->bytes, reading->buffer, (guint) n);
      read_more (reading);
      return;
    }
  g_object_unref (reading->connection);
  g_free (reading);
}

static void
read_more (Reading *reading)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (reading->connection));

  g_input_stream_read_async (input, reading->buffer, sizeof reading->buffer, G_PRIORITY_DEFAULT, NULL, read_cb,
                             reading);
}

static gboolean
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, Peer *peer)
{
  Reading *reading = g_new0 (Reading, 1);

  peer->n_connections++;
  reading->peer = peer;
  reading->connection = g_object_ref (connection);
  read_more (reading);
  return TRUE;
}

static void
peer_start (Peer *peer)
{
  g_autoptr (GError) error = NULL;

  peer->service = g_socket_service_new ();
  peer->bytes = g_byte_array_new ();
  peer->port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (peer->service), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (peer->service, "incoming", G_CALLBACK (incoming_cb), peer);
}

static void
peer_stop (Peer *peer)
{
  g_socket_service_stop (peer->service);
  g_socket_listener_close (G_SOCKET_LISTENER (peer->service));
  g_clear_object (&peer->service);
  g_clear_pointer (&peer->bytes, g_byte_array_unref);
}

/* ── Queues ──────────────────────────────────────────────────────────────────────────────────── */

static void
run (const char *first, ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  va_list rest;

  va_start (rest, first);
  for (const char *word = first; word != NULL; word = va_arg (rest, const char *))
    g_ptr_array_add (words, (gpointer) word);
  va_end (rest);
  g_ptr_array_add (words, NULL);
  process = g_subprocess_newv ((const char *const *) words->pdata, G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
have_cups (void)
{
  if (g_getenv ("WAYBILL_TEST_CUPS") != NULL)
    return TRUE;
  g_test_skip ("run by tests/cupsd");
  return FALSE;
}

static WbPrinter *
make_queue (const char *name, const char *uri)
{
  run ("lpadmin", "-p", name, "-E", "-v", uri, "-m", "raw", NULL);
  return wb_printer_cups_new (name, NULL, NULL);
}

static char *
print (WbPrinter *printer, const char *id, GError **error)
{
  g_autoptr (GBytes) data = g_bytes_new_static (ZPL, sizeof ZPL - 1);
  g_autoptr (WbPrintDocument) document = wb_print_document_new (id, "Label T1", WB_PRINTER_ZPL, data);
  g_autoptr (GAsyncResult) result = NULL;

  wb_printer_print_async (printer, document, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  return wb_printer_print_finish (printer, result, error);
}

static gboolean
wait_for (WbPrinter *printer, const char *job, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wb_printer_wait_async (printer, job, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  return wb_printer_wait_finish (printer, result, error);
}

static WbPrinterState
query (WbPrinter *printer, char **message)
{
  g_autoptr (GAsyncResult) result = NULL;

  wb_printer_query_async (printer, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  g_free (g_steal_pointer (message));
  return wb_printer_query_finish (printer, result, message);
}

/* ── Tests ───────────────────────────────────────────────────────────────────────────────────── */

static void
test_bytes_arrive (void)
{
  Peer peer = { 0 };
  g_autofree char *uri = NULL;
  g_autofree char *job = NULL;
  g_autoptr (WbPrinter) printer = NULL;
  g_autoptr (GError) error = NULL;

  if (!have_cups ())
    return;
  peer_start (&peer);
  uri = g_strdup_printf ("socket://127.0.0.1:%u", peer.port);
  printer = make_queue ("Socket", uri);
  g_assert_cmpstr (wb_printer_get_content_type (printer), ==, WB_PRINTER_ZPL);
  job = print (printer, "bytes-1", &error);
  g_assert_no_error (error);
  g_assert_true (wait_for (printer, job, &error));
  g_assert_no_error (error);
  wb_test_wait_until (peer.bytes->len >= sizeof ZPL - 1);
  g_assert_cmpmem (peer.bytes->data, peer.bytes->len, ZPL, sizeof ZPL - 1);
  peer_stop (&peer);
}

/* The same document handed over again, as after a crash, is the same job and comes out once. */
static void
test_never_twice (void)
{
  g_autofree char *printed = NULL;
  g_autofree char *contents = NULL;
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  g_autofree char *other = NULL;
  g_autoptr (WbPrinter) printer = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  if (!have_cups ())
    return;
  printer = make_queue ("Once", "wbtest:/");
  first = print (printer, "once-1", &error);
  g_assert_no_error (error);
  again = print (printer, "once-1", &error);
  g_assert_cmpstr (again, ==, first);
  g_assert_true (wait_for (printer, first, &error));
  g_free (again);
  again = print (printer, "once-1", &error);
  g_assert_cmpstr (again, ==, first);
  other = print (printer, "once-2", &error);
  g_assert_cmpstr (other, !=, first);
  g_assert_true (wait_for (printer, other, &error));
  printed = g_build_filename (g_getenv ("WAYBILL_TEST_CUPS"), "printed", NULL);
  g_assert_true (g_file_get_contents (printed, &contents, &length, NULL));
  g_assert_cmpuint (length, ==, 2 * (sizeof ZPL - 1));
}

static void
test_states (void)
{
  g_autofree char *message = NULL;
  g_autofree char *paper = NULL;
  g_autofree char *job = NULL;
  g_autoptr (WbPrinter) printer = NULL;
  g_autoptr (GError) error = NULL;

  if (!have_cups ())
    return;
  printer = make_queue ("Paper", "wbtest:/");
  g_assert_cmpint (query (printer, &message), ==, WB_PRINTER_READY);
  g_assert_cmpstr (message, ==, "");
  paper = g_build_filename (g_getenv ("WAYBILL_TEST_CUPS"), "paper", NULL);
  run ("rm", "-f", paper, NULL);
  job = print (printer, "paper-1", &error);
  g_assert_no_error (error);
  wb_test_wait_until (query (printer, &message) == WB_PRINTER_ATTENTION);
  g_assert_cmpstr (message, ==, "Paper is out of paper");
  run ("touch", paper, NULL);
  g_assert_true (wait_for (printer, job, &error));
  wb_test_wait_until (query (printer, &message) == WB_PRINTER_READY);
  run ("cupsdisable", "Paper", NULL);
  g_assert_cmpint (query (printer, &message), ==, WB_PRINTER_PAUSED);
  g_assert_cmpstr (message, ==, "Paper is paused");
  run ("cupsreject", "Paper", NULL);
  g_free (job);
  job = print (printer, "paper-2", &error);
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED);
}

static void
test_cancelled_job (void)
{
  g_autofree char *paper = NULL;
  g_autofree char *job = NULL;
  g_autofree char *again = NULL;
  g_autoptr (WbPrinter) printer = NULL;
  g_autoptr (GError) error = NULL;

  if (!have_cups ())
    return;
  printer = make_queue ("Cancelled", "wbtest:/");
  paper = g_build_filename (g_getenv ("WAYBILL_TEST_CUPS"), "paper", NULL);
  run ("rm", "-f", paper, NULL);
  job = print (printer, "cancel-1", &error);
  g_assert_no_error (error);
  run ("cancel", job, NULL);
  g_assert_false (wait_for (printer, job, &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_CANCELLED);
  g_clear_error (&error);
  run ("touch", paper, NULL);
  /* It never came out, so the same document may be printed now. */
  again = print (printer, "cancel-1", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, !=, job);
  g_assert_true (wait_for (printer, again, &error));
}

static void
test_missing (void)
{
  g_autofree char *message = NULL;
  g_autoptr (WbPrinter) none = NULL;
  g_autoptr (WbPrinter) nowhere = wb_printer_cups_new ("Zebra", "/nonexistent/cups.sock", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (print (nowhere, "missing-1", &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE);
  g_clear_error (&error);
  g_assert_cmpint (query (nowhere, &message), ==, WB_PRINTER_OFFLINE);
  g_assert_cmpstr (message, !=, "");
  if (!have_cups ())
    return;
  none = wb_printer_cups_new ("No such queue", NULL, NULL);
  g_assert_null (print (none, "missing-2", &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (wait_for (nowhere, "nonsense", &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND);
}

static void
test_folder (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *below = g_build_filename (folder, "labels", NULL);
  g_autofree char *contents = NULL;
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  g_autoptr (WbPrinter) printer = wb_printer_folder_new (below);
  g_autoptr (WbPrinter) refused = wb_printer_folder_new ("/proc/nowhere");
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  first = print (printer, "../../x", &error);
  g_assert_no_error (error);
  again = print (printer, "../../x", &error);
  g_assert_cmpstr (first, ==, again);
  g_assert_true (g_str_has_prefix (first, below));
  g_assert_null (strstr (first, ".."));
  g_assert_true (g_file_get_contents (first, &contents, &length, NULL));
  g_assert_cmpmem (contents, length, ZPL, sizeof ZPL - 1);
  g_assert_null (print (refused, "x", &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/printer/bytes-arrive", test_bytes_arrive);
  g_test_add_func ("/printer/never-twice", test_never_twice);
  g_test_add_func ("/printer/states", test_states);
  g_test_add_func ("/printer/cancelled-job", test_cancelled_job);
  g_test_add_func ("/printer/missing", test_missing);
  g_test_add_func ("/printer/folder", test_folder);
  return g_test_run ();
}
