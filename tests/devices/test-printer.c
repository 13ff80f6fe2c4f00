/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "devices/wb-device-hub.h"
#include "devices/wb-printer-backend.h"
#include "devices/wb-printer-cups.h"
#include "devices/wb-printer-device.h"
#include "devices/wb-printer-folder.h"
#include "tests/devices/wb-test-query.h"
#include "tests/devices/wb-test-socket.h"
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
print_titled (WbPrinter *printer, const char *id, const char *title, GError **error)
{
  g_autoptr (GBytes) data = g_bytes_new_static (ZPL, sizeof ZPL - 1);
  g_autoptr (WbPrintDocument) document = wb_print_document_new (id, title, WB_PRINTER_ZPL, data);
  g_autoptr (GAsyncResult) result = NULL;

  wb_printer_print_async (printer, document, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  return wb_printer_print_finish (printer, result, error);
}

static char *
print (WbPrinter *printer, const char *id, GError **error)
{
  return print_titled (printer, id, "Label T1", error);
}

static gboolean
wait_for (WbPrinter *printer, const char *job, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wb_printer_wait_async (printer, job, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  return wb_printer_wait_finish (printer, result, error);
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

/* Whatever its title: that is in the job's name, by which it is found. */
static void
assert_once (WbPrinter *printer, const char *id, const char *title)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *first = print_titled (printer, id, title, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  g_assert_true (wait_for (printer, first, &error));
  again = print_titled (printer, id, title, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, first);
}

/* The same document handed over again, as after a crash, is the same job and comes out once. */
static void
test_never_twice (void)
{
  g_autofree char *as = g_strnfill (149, 'a');
  g_autofree char *many = g_strconcat (as, "ü", as, NULL);
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
  assert_once (printer, "once-3", "Label\nof \x1b[2J somebody");
  assert_once (printer, "once-4", many);
  assert_once (printer, "once-5\tü\xff", "Label \xff");
  printed = g_build_filename (g_getenv ("WAYBILL_TEST_CUPS"), "printed", NULL);
  g_assert_true (g_file_get_contents (printed, &contents, &length, NULL));
  g_assert_cmpuint (length, ==, 5 * (sizeof ZPL - 1));
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
  g_assert_cmpint (wb_test_query (printer, &message), ==, WB_PRINTER_READY);
  g_assert_cmpstr (message, ==, "");
  paper = g_build_filename (g_getenv ("WAYBILL_TEST_CUPS"), "paper", NULL);
  run ("rm", "-f", paper, NULL);
  job = print (printer, "paper-1", &error);
  g_assert_no_error (error);
  wb_test_wait_until (wb_test_query (printer, &message) == WB_PRINTER_ATTENTION);
  g_assert_cmpstr (message, ==, "Paper is out of paper");
  run ("touch", paper, NULL);
  g_assert_true (wait_for (printer, job, &error));
  wb_test_wait_until (wb_test_query (printer, &message) == WB_PRINTER_READY);
  run ("cupsdisable", "Paper", NULL);
  g_assert_cmpint (wb_test_query (printer, &message), ==, WB_PRINTER_PAUSED);
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
  g_assert_cmpint (wb_test_query (nowhere, &message), ==, WB_PRINTER_OFFLINE);
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

static gboolean
take_back (WbPrinter *printer, const char *job, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wb_printer_cancel_async (printer, job, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  return wb_printer_cancel_finish (printer, result, error);
}

/* What waits is taken back for certain; what the printer was at is in doubt; what came out stays out. */
static void
test_taken_back (void)
{
  g_autofree char *paper = NULL;
  g_autofree char *waiting = NULL;
  g_autofree char *printing = NULL;
  g_autofree char *printed = NULL;
  g_autofree char *message = NULL;
  g_autoptr (WbPrinter) printer = NULL;
  g_autoptr (GError) error = NULL;

  if (!have_cups ())
    return;
  printer = make_queue ("Back", "wbtest:/");
  printed = print (printer, "back-1", &error);
  g_assert_true (wait_for (printer, printed, &error));
  g_assert_false (take_back (printer, printed, &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED);
  g_clear_error (&error);
  paper = g_build_filename (g_getenv ("WAYBILL_TEST_CUPS"), "paper", NULL);
  run ("rm", "-f", paper, NULL);
  printing = print (printer, "back-2", &error);
  waiting = print (printer, "back-3", &error);
  wb_test_wait_until (wb_test_query (printer, &message) == WB_PRINTER_ATTENTION);
  g_assert_true (take_back (printer, waiting, &error));
  g_assert_no_error (error);
  g_assert_false (take_back (printer, printing, &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_DOUBT);
  g_clear_error (&error);
  g_assert_false (take_back (printer, "nonsense", &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND);
  run ("touch", paper, NULL);
}

/* CUPS does not know of a printer that is switched off until it prints, and then gives no reason: both are seen, and the second
 * ends by itself. */
static void
test_switched_off (void)
{
  g_autoptr (WbTestSocket) twin = NULL;
  g_autoptr (WbPrinter) printer = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *message = NULL;
  g_autofree char *job = NULL;

  if (!have_cups ())
    return;
  twin = wb_test_socket_new ();
  uri = g_strdup_printf ("socket://%s", wb_test_socket_get_address (twin));
  printer = make_queue ("Off", uri);
  wb_test_socket_close (twin);
  g_assert_cmpint (wb_test_query (printer, &message), ==, WB_PRINTER_OFFLINE);
  g_assert_cmpstr (message, ==, "Off is offline");
  job = print (printer, "off-1", &error);
  g_assert_no_error (error);
  wb_test_wait_until (wb_test_query (printer, &message) == WB_PRINTER_OFFLINE);
  wb_test_socket_open (twin);
  g_assert_true (wait_for (printer, job, &error));
  g_assert_cmpuint (wb_test_socket_get_n_labels (twin), ==, 1);
  wb_test_wait_until (wb_test_query (printer, &message) == WB_PRINTER_READY);
}

/* A label printer behind a raw queue is asked itself: out of paper is known before anything is sent. */
static void
test_paper_out_before (void)
{
  g_autoptr (WbTestSocket) twin = NULL;
  g_autoptr (WbPrinter) printer = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *message = NULL;

  if (!have_cups ())
    return;
  twin = wb_test_socket_new ();
  wb_test_socket_set_status (twin, "PAPER-OUT");
  uri = g_strdup_printf ("socket://%s", wb_test_socket_get_address (twin));
  printer = make_queue ("Before", uri);
  g_assert_cmpint (wb_test_query (printer, &message), ==, WB_PRINTER_ATTENTION);
  g_assert_cmpstr (message, ==, "Before is out of paper");
  wb_test_socket_set_status (twin, "READY");
  g_assert_cmpint (wb_test_query (printer, &message), ==, WB_PRINTER_READY);
  g_assert_cmpuint (wb_test_socket_get_n_labels (twin), ==, 0);
}

/* ── Printers as devices ─────────────────────────────────────────────────────────────────────── */

static WbDevice *
find_device (WbDeviceHub *hub, WbPrinterBackend *backend, const char *id)
{
  wb_printer_backend_look (backend);
  return wb_device_hub_find (hub, id);
}

static void
test_come_and_go (void)
{
  g_autoptr (WbPrintLedger) ledger = wb_print_ledger_new (NULL);
  g_autoptr (WbDeviceBackend) backend = NULL;
  g_autoptr (WbDeviceHub) hub = wb_device_hub_new ();
  g_autoptr (WbDevice) device = NULL;
  g_autofree char *paper = NULL;
  g_autofree char *job = NULL;
  g_autoptr (WbPrinter) printer = NULL;
  WbPrinterBackend *finder = NULL;

  if (!have_cups ())
    return;
  backend = wb_printer_backend_new (NULL, ledger);
  finder = WB_PRINTER_BACKEND (backend);
  wb_device_hub_add_backend (hub, backend);
  wb_device_hub_start (hub);
  printer = make_queue ("Comes", "wbtest:/");
  wb_test_wait_until (find_device (hub, finder, "cups:Comes") != NULL);
  device = g_object_ref (wb_device_hub_find (hub, "cups:Comes"));
  g_assert_cmpint (wb_device_get_kind (device), ==, WB_DEVICE_KIND_PRINTER);
  g_assert_true (wb_printer_device_get_info (WB_PRINTER_DEVICE (device))->is_raw);
  g_assert_cmpstr (wb_printer_get_language (wb_printer_device_get_printer (WB_PRINTER_DEVICE (device))), ==, "zpl");

  wb_device_open (device);
  wb_test_wait_until (wb_device_get_state (device) == WB_DEVICE_STATE_READY);
  paper = g_build_filename (g_getenv ("WAYBILL_TEST_CUPS"), "paper", NULL);
  run ("rm", "-f", paper, NULL);
  job = print (printer, "comes-1", NULL);
  wb_test_wait_until (find_device (hub, finder, "cups:Comes") != NULL && wb_device_get_state (device) == WB_DEVICE_STATE_TROUBLE);
  g_assert_cmpstr (wb_device_get_message (device), ==, "Comes is out of paper");
  run ("touch", paper, NULL);
  wb_test_wait_until (find_device (hub, finder, "cups:Comes") != NULL && wb_device_get_state (device) == WB_DEVICE_STATE_READY);
  g_assert_cmpstr (wb_device_get_message (device), ==, "");

  run ("lpadmin", "-x", "Comes", NULL);
  wb_test_wait_until (find_device (hub, finder, "cups:Comes") == NULL);
  g_assert_cmpint (wb_device_get_state (device), ==, WB_DEVICE_STATE_GONE);
  wb_device_close (device);
  wb_device_hub_stop (hub);
}

static void
test_named_addresses (void)
{
  g_autoptr (WbPrintLedger) ledger = wb_print_ledger_new (NULL);
  g_autoptr (WbDeviceBackend) backend = wb_printer_backend_new ("/nonexistent/cups.sock", ledger);
  g_autoptr (WbTestSocket) twin = wb_test_socket_new ();
  g_autoptr (WbDeviceHub) hub = wb_device_hub_new ();
  g_autoptr (WbDevice) device = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = g_strconcat ("socket:", wb_test_socket_get_address (twin), NULL);
  WbPrinterBackend *finder = WB_PRINTER_BACKEND (backend);

  g_assert_false (wb_printer_backend_add_address (finder, "", &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  wb_device_hub_add_backend (hub, backend);
  wb_device_hub_start (hub);
  g_assert_true (wb_printer_backend_add_address (finder, wb_test_socket_get_address (twin), &error));
  device = g_object_ref (wb_device_hub_find (hub, id));
  wb_test_socket_set_status (twin, "OPEN");
  wb_device_open (device);
  wb_test_wait_until (wb_device_get_state (device) == WB_DEVICE_STATE_TROUBLE);
  g_assert_true (g_str_has_suffix (wb_device_get_message (device), "is open"));
  wb_test_socket_set_status (twin, "READY");
  wb_test_wait_until (wb_device_get_state (device) == WB_DEVICE_STATE_READY);
  /* A print server that is not there is said so once, and is no device's fault. */
  wb_test_wait_until (*wb_device_backend_get_trouble (backend) != '\0');
  wb_printer_backend_remove_address (finder, wb_test_socket_get_address (twin));
  g_assert_null (wb_device_hub_find (hub, id));
  wb_device_close (device);
  wb_device_hub_stop (hub);
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
  /* Nobody said what these bytes are. */
  g_assert_true (g_str_has_suffix (first, ".prn"));
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
  g_test_add_func ("/printer/taken-back", test_taken_back);
  g_test_add_func ("/printer/switched-off", test_switched_off);
  g_test_add_func ("/printer/paper-out-before", test_paper_out_before);
  g_test_add_func ("/printer/come-and-go", test_come_and_go);
  g_test_add_func ("/printer/named-addresses", test_named_addresses);
  g_test_add_func ("/printer/folder", test_folder);
  return g_test_run ();
}
