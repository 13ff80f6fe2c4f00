/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An office printer that speaks IPP Everywhere (ippeveprinter) behind a real CUPS: what it offers, what reaches it, how it is. */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "core/wb-label.h"
#include "devices/wb-device-hub.h"
#include "devices/wb-label-pdf.h"
#include "devices/wb-printer-backend.h"
#include "devices/wb-printer-cups.h"
#include "devices/wb-printer-device.h"
#include "tests/devices/wb-test-query.h"
#include "tests/wb-test.h"

typedef struct
{
  GSubprocess *process;
  char *folder;
  char *uri;
} Laser;

static gboolean
is_there (guint16 port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
  return connection != NULL;
}

static guint16
find_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_socket_listener_close (listener);
  return port;
}

/* FALSE: the test is skipped. */
static gboolean
laser_start (Laser *laser)
{
  g_autofree char *program = g_find_program_in_path ("ippeveprinter");
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *command = NULL;
  g_autofree char *script = NULL;
  g_autofree char *port = NULL;
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *beside = g_path_get_dirname (self);
  g_autofree char *avahi = g_build_filename (beside, "libwb-test-avahi.so", NULL);
  g_autoptr (GError) error = NULL;
  guint16 number = find_port ();

  if (g_getenv ("WAYBILL_TEST_CUPS") == NULL || program == NULL)
    {
      g_test_skip ("run by tests/cupsd, with ippeveprinter");
      return FALSE;
    }
  laser->folder = wb_test_folder ();
  command = g_build_filename (laser->folder, "command", NULL);
  script = g_strdup_printf ("#!/bin/sh\nenv >'%s/facts'\ncp \"$1\" '%s/got'\n", laser->folder, laser->folder);
  g_assert_true (g_file_set_contents_full (command, script, -1, G_FILE_SET_CONTENTS_NONE, 0755, &error));
  port = g_strdup_printf ("%u", number);
  laser->uri = g_strdup_printf ("ipp://localhost:%u/ipp/print", number);
  g_subprocess_launcher_setenv (launcher, "LD_PRELOAD", avahi, TRUE);
  laser->process = g_subprocess_launcher_spawn (launcher, &error, program, "-p", port, "-n", "localhost", "-f", "application/pdf", "-d",
                                                laser->folder, "-c", command, "Laser", NULL);
  g_assert_no_error (error);
  wb_test_wait_until (is_there (number));
  return TRUE;
}

static void
laser_stop (Laser *laser)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (laser->process == NULL)
    return;
  g_subprocess_force_exit (laser->process);
  g_subprocess_wait_async (laser->process, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  g_clear_object (&laser->process);
}

static void
run (const char *const *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (words, G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);

  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

/* The queue's options as a device has them: trays and media to choose from, a driver, and so PDF. */
static void
check_options (void)
{
  g_autoptr (WbPrintLedger) ledger = wb_print_ledger_new (NULL);
  g_autoptr (WbDeviceBackend) backend = wb_printer_backend_new (NULL, ledger);
  g_autoptr (WbDeviceHub) hub = wb_device_hub_new ();
  WbPrinterDevice *device = NULL;
  const WbPrinterInfo *info = NULL;

  wb_device_hub_add_backend (hub, backend);
  wb_device_hub_start (hub);
  wb_test_wait_until (wb_device_hub_find (hub, "cups:Laser") != NULL);
  device = WB_PRINTER_DEVICE (wb_device_hub_find (hub, "cups:Laser"));
  wb_test_wait_until (wb_printer_device_get_info (device)->trays != NULL && *wb_printer_device_get_info (device)->trays != NULL);
  /* a server that has just made the queue calls it raw until its driver is made as well */
  wb_test_wait_until (!wb_printer_device_get_info (device)->is_raw);
  info = wb_printer_device_get_info (device);
  g_assert_nonnull (info->trays);
  g_assert_true (g_strv_contains ((const char *const *) info->trays, "manual"));
  g_assert_true (g_strv_contains ((const char *const *) info->media, "iso_a4_210x297mm"));
  g_assert_cmpstr (wb_printer_get_language (wb_printer_device_get_printer (device)), ==, "pdf");
  wb_device_hub_stop (hub);
}

static void
test_everywhere (void)
{
  Laser laser = { 0 };
  g_autoptr (WbPrinter) printer = wb_printer_cups_new_for_language ("Laser", NULL, "pdf");
  g_autoptr (WbLabel) page = wb_label_new ("Pick list", 210000, 297000);
  g_autoptr (WbPrintDocument) document = NULL;
  g_autoptr (GAsyncResult) printed = NULL;
  g_autoptr (GAsyncResult) out = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  g_autofree char *path = NULL;
  g_autofree char *facts = NULL;
  g_autofree char *job = NULL;

  if (!laser_start (&laser))
    return;
  run ((const char *const[]){ "lpadmin", "-p", "Laser", "-E", "-v", laser.uri, "-m", "everywhere", NULL });
  g_assert_cmpint (wb_test_query (printer, &message), ==, WB_PRINTER_READY);
  check_options ();

  wb_label_add_text (page, 20000, 20000, 100000, 8000, WB_LABEL_LEFT, FALSE, "Pick list");
  pdf = wb_label_to_pdf (page, &error);
  g_assert_no_error (error);
  document = wb_print_document_new ("ipp-1", "Pick list", WB_PRINTER_PDF, pdf);
  wb_print_document_set_medium (document, 210000, 297000, "manual");
  wb_printer_print_async (printer, document, NULL, wb_test_store_result, &printed);
  wb_test_await (printed);
  job = wb_printer_print_finish (printer, printed, &error);
  g_assert_no_error (error);
  wb_printer_wait_async (printer, job, NULL, wb_test_store_result, &out);
  wb_test_await (out);
  g_assert_true (wb_printer_wait_finish (printer, out, &error));
  path = g_build_filename (laser.folder, "facts", NULL);
  g_assert_true (g_file_get_contents (path, &facts, NULL, NULL));
  g_assert_nonnull (strstr (facts, "x-dimension=21000 y-dimension=29700"));
  g_assert_nonnull (strstr (facts, "media-source=manual"));
  g_assert_nonnull (strstr (facts, "CONTENT_TYPE=application/pdf"));

  /* Switched off, it is so before anything is sent; CUPS itself has not noticed. */
  laser_stop (&laser);
  g_clear_object (&printer);
  printer = wb_printer_cups_new_for_language ("Laser", NULL, "pdf");
  g_assert_cmpint (wb_test_query (printer, &message), ==, WB_PRINTER_OFFLINE);
  g_assert_cmpstr (message, ==, "Laser is offline");
  g_free (laser.folder);
  g_free (laser.uri);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/ipp/everywhere", test_everywhere);
  return g_test_run ();
}
