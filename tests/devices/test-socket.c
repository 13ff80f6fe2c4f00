/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <signal.h>
#include <string.h>

#include "devices/wb-printer-socket.h"
#include "devices/wb-printer-status.h"
#include "tests/devices/wb-test-query.h"
#include "tests/devices/wb-test-socket.h"
#include "tests/wb-test.h"

/* Longer than what the kernel takes on both sides before a printer that does not read. */
#define LONG_LABEL (12 * 1024 * 1024)

static WbPrinter *
make_printer (WbTestSocket *twin, WbPrintLedger *ledger)
{
  g_autoptr (GError) error = NULL;
  WbPrinter *printer = wb_printer_socket_new (wb_test_socket_get_address (twin), "zpl", ledger, &error);

  g_assert_no_error (error);
  wb_printer_socket_set_patience (WB_PRINTER_SOCKET (printer), 5000, 30, 60);
  return printer;
}

static char *
print (WbPrinter *printer, const char *id, gsize n_bytes, gboolean absent, GError **error)
{
  g_autoptr (GBytes) data = wb_test_socket_make_label (id, n_bytes);
  g_autoptr (WbPrintDocument) document = wb_print_document_new (id, id, WB_PRINTER_RAW, data);
  g_autoptr (GAsyncResult) result = NULL;

  document->absent = absent;
  wb_printer_print_async (printer, document, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  return wb_printer_print_finish (printer, result, error);
}

/* ── What printers say ───────────────────────────────────────────────────────────────────────── */

#define HS(paper, paused, formats, open, ribbon, taken)                                                                            \
  "\002030," #paper "," #paused ",1245," #formats ",0,0,0,000,0,0,0\003\r\n\002000,0," #open "," #ribbon ",1,2,4," #taken           \
  ",00000000,1,000\003\r\n\0021234,0\003\r\n"

static void
test_status (void)
{
  static const struct
  {
    const char *language;
    const char *answer;
    gsize length;
    gboolean is_one;
    WbPrinterState state;
    const char *words;
  } cases[] = {
#define ZPL(text) "zpl", text, sizeof (text) - 1
    { ZPL (HS (0, 0, 000, 0, 0, 0)), TRUE, WB_PRINTER_READY, "" },
    { ZPL (HS (0, 0, 003, 0, 0, 0)), TRUE, WB_PRINTER_BUSY, "" },
    { ZPL (HS (1, 1, 000, 0, 0, 0)), TRUE, WB_PRINTER_ATTENTION, "is out of paper" },
    { ZPL (HS (1, 0, 000, 1, 0, 0)), TRUE, WB_PRINTER_ATTENTION, "is open" },
    { ZPL (HS (0, 0, 000, 0, 1, 0)), TRUE, WB_PRINTER_ATTENTION, "has no ribbon or ink left" },
    { ZPL (HS (0, 1, 000, 0, 0, 0)), TRUE, WB_PRINTER_PAUSED, "is paused" },
    { ZPL (HS (0, 0, 000, 0, 0, 1)), TRUE, WB_PRINTER_ATTENTION, "waits until its label is taken" },
    { ZPL ("\002030,0,0,1245,000,0,0,0,000,0,0,0\003\r\n"), FALSE, WB_PRINTER_READY, "" },
    { ZPL ("\002garbage\003\002more,1\003\002\003"), FALSE, WB_PRINTER_READY, "" },
    { ZPL ("HTTP/1.1 400 Bad Request"), FALSE, WB_PRINTER_READY, "" },
    { "tspl", "\000", 1, TRUE, WB_PRINTER_READY, "" },
    { "tspl", "\040", 1, TRUE, WB_PRINTER_BUSY, "" },
    { "tspl", "\005", 1, TRUE, WB_PRINTER_ATTENTION, "is open" },
    { "tspl", "\004", 1, TRUE, WB_PRINTER_ATTENTION, "is out of paper" },
    { "tspl", "\020", 1, TRUE, WB_PRINTER_PAUSED, "is paused" },
    { "tspl", "", 0, FALSE, WB_PRINTER_READY, "" },
    { "escpos", "\022\022\022", 3, TRUE, WB_PRINTER_READY, "" },
    { "escpos", "\026\022\022", 3, TRUE, WB_PRINTER_ATTENTION, "is open" },
    { "escpos", "\022\022\162", 3, TRUE, WB_PRINTER_ATTENTION, "is out of paper" },
    { "escpos", "\022\032\022", 3, TRUE, WB_PRINTER_ATTENTION, "has a jam in its cutter" },
    { "escpos", "\022\022", 2, FALSE, WB_PRINTER_READY, "" },
    { "escpos", "abc", 3, FALSE, WB_PRINTER_READY, "" },
    { "epl", "OK", 2, FALSE, WB_PRINTER_READY, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WbPrinterState state = WB_PRINTER_READY;
      const char *words = "";

      g_assert_cmpint (wb_printer_status_parse (cases[i].language, (const guint8 *) cases[i].answer, cases[i].length, &state, &words), ==,
                       cases[i].is_one);
      g_assert_cmpint (state, ==, cases[i].state);
      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_harmless (void)
{
  static const struct
  {
    const char *language;
    const char *document;
    gsize n_harmless;
  } cases[] = {
    { "zpl", "^XA^FDx^FS^XZ\n", 12 }, { "zpl", "^XA^XZ^XA^XZ", 5 }, { "zpl", "~JX", 3 },       { "tspl", "CLS\r\nPRINT 1\r\n", 9 },
    { "epl", "N\r\nP1\r\n", 3 },      { "escpos", "Hello\n", 0 },   { "pdf", "%PDF-1.4", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (wb_print_language_count_harmless (cases[i].language, (const guint8 *) cases[i].document, strlen (cases[i].document)),
                      ==, cases[i].n_harmless);
}

/* ── The printer ─────────────────────────────────────────────────────────────────────────────── */

static void
test_prints_once (void)
{
  g_autoptr (WbTestSocket) twin = wb_test_socket_new ();
  g_autoptr (WbPrintLedger) ledger = wb_print_ledger_new (NULL);
  g_autoptr (WbPrinter) printer = make_printer (twin, ledger);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = print (printer, "once", 0, FALSE, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  again = print (printer, "once", 0, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first, ==, again);
  g_assert_cmpuint (wb_test_socket_count (twin, "once"), ==, 1);
}

static void
test_row (void)
{
  g_autoptr (WbTestSocket) twin = wb_test_socket_new ();
  g_autoptr (WbPrintLedger) ledger = wb_print_ledger_new (NULL);
  g_autoptr (WbPrinter) printer = make_printer (twin, ledger);
  GAsyncResult *results[20] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autofree char *id = g_strdup_printf ("row-%u", i);
      g_autoptr (GBytes) data = wb_test_socket_make_label (id, i * 5000);
      g_autoptr (WbPrintDocument) document = wb_print_document_new (id, id, WB_PRINTER_RAW, data);

      wb_printer_print_async (printer, document, NULL, wb_test_store_result, &results[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autofree char *id = g_strdup_printf ("row-%u", i);
      g_autofree char *job = NULL;
      g_autoptr (GError) error = NULL;

      wb_test_await (results[i]);
      job = wb_printer_print_finish (printer, results[i], &error);
      g_assert_no_error (error);
      g_assert_cmpuint (wb_test_socket_count (twin, id), ==, 1);
      g_object_unref (results[i]);
    }
  g_assert_cmpuint (wb_test_socket_get_n_labels (twin), ==, G_N_ELEMENTS (results));
}

/* What is done for each way in which a connection ends, by what the kernel took at most. */
static void
test_endings (void)
{
  static const struct
  {
    WbTestFault fault;
    gsize n_bytes;
    gsize size;
    int code; /* -1: printed */
  } cases[] = {
    { WB_TEST_FAULT_NONE, 0, 100, -1 },
    { WB_TEST_FAULT_OPEN, 0, 100, -1 },
    { WB_TEST_FAULT_NOISE, 0, 100, -1 },
    { WB_TEST_FAULT_CUT, 1000, LONG_LABEL, WB_DEVICE_ERROR_OFFLINE },
    { WB_TEST_FAULT_STALL, 1000, LONG_LABEL, WB_DEVICE_ERROR_OFFLINE },
    { WB_TEST_FAULT_RESET, 0, 100, WB_DEVICE_ERROR_DOUBT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbTestSocket) twin = wb_test_socket_new ();
      g_autoptr (WbPrintLedger) ledger = wb_print_ledger_new (NULL);
      g_autoptr (WbPrinter) printer = make_printer (twin, ledger);
      g_autoptr (GError) error = NULL;
      g_autofree char *job = NULL;

      wb_test_socket_set_fault (twin, cases[i].fault, cases[i].n_bytes);
      job = print (printer, "end", cases[i].size, FALSE, &error);
      if (cases[i].code < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, WB_DEVICE_ERROR, cases[i].code);
      g_clear_error (&error);
      g_clear_pointer (&job, g_free);
      wb_test_socket_set_fault (twin, WB_TEST_FAULT_NONE, 0);
      /* What was in doubt stays so, whoever asks; what broke off is printed, whole and once. */
      job = print (printer, "end", 100, FALSE, &error);
      if (cases[i].code == WB_DEVICE_ERROR_DOUBT)
        g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_DOUBT);
      else
        g_assert_no_error (error);
      wb_test_wait_until (wb_test_socket_count (twin, "end") > 0);
      wb_test_drain ();
      g_assert_cmpuint (wb_test_socket_get_n_labels (twin), ==, 1);
    }
}

static void
test_off_and_on (void)
{
  g_autoptr (WbTestSocket) twin = wb_test_socket_new ();
  g_autoptr (WbPrintLedger) ledger = wb_print_ledger_new (NULL);
  g_autoptr (WbPrinter) printer = make_printer (twin, ledger);
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  g_autofree char *job = NULL;

  wb_test_socket_close (twin);
  g_assert_cmpint (wb_test_query (printer, &message), ==, WB_PRINTER_OFFLINE);
  g_assert_null (print (printer, "off", 0, FALSE, &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE);
  g_clear_error (&error);
  wb_test_socket_open (twin);
  g_assert_cmpint (wb_test_query (printer, &message), ==, WB_PRINTER_READY);
  g_assert_cmpstr (message, ==, "");
  job = print (printer, "off", 0, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wb_test_socket_count (twin, "off"), ==, 1);
}

/* One that was too busy to say how it is once is asked again, later. */
static void
test_silent_once (void)
{
  g_autoptr (WbTestSocket) twin = wb_test_socket_new ();
  g_autoptr (WbPrintLedger) ledger = wb_print_ledger_new (NULL);
  g_autoptr (WbPrinter) printer = make_printer (twin, ledger);
  g_autofree char *message = NULL;

  wb_test_socket_set_status (twin, NULL);
  g_assert_cmpint (wb_test_query (printer, &message), ==, WB_PRINTER_READY);
  wb_test_socket_set_status (twin, "PAPER-OUT");
  g_assert_cmpint (wb_test_query (printer, &message), ==, WB_PRINTER_READY);
  wb_printer_socket_set_silence (WB_PRINTER_SOCKET (printer), 0);
  g_assert_cmpint (wb_test_query (printer, &message), ==, WB_PRINTER_ATTENTION);
}

static void
test_says_how_it_is (void)
{
  static const struct
  {
    const char *status;
    WbPrinterState state;
    const char *words;
  } cases[] = {
    { "READY", WB_PRINTER_READY, "" },
    { "PAPER-OUT", WB_PRINTER_ATTENTION, "is out of paper" },
    { "OPEN", WB_PRINTER_ATTENTION, "is open" },
    { "PAUSED", WB_PRINTER_PAUSED, "is paused" },
    /* It has answered before, so that it says nothing is bad news. */
    { NULL, WB_PRINTER_ATTENTION, "does not say how it is" },
    { "READY", WB_PRINTER_READY, "" },
  };
  g_autoptr (WbTestSocket) twin = wb_test_socket_new ();
  g_autoptr (WbPrintLedger) ledger = wb_print_ledger_new (NULL);
  g_autoptr (WbPrinter) printer = make_printer (twin, ledger);
  g_autofree char *message = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      wb_test_socket_set_status (twin, cases[i].status);
      g_assert_cmpint (wb_test_query (printer, &message), ==, cases[i].state);
      g_assert_nonnull (strstr (message, cases[i].words));
    }
  g_assert_cmpuint (wb_test_socket_get_n_labels (twin), ==, 0);
}

/* Whoever only asks makes room for what is to be printed. */
static void
test_printing_goes_first (void)
{
  g_autoptr (WbTestSocket) twin = wb_test_socket_new ();
  g_autoptr (WbPrintLedger) ledger = wb_print_ledger_new (NULL);
  g_autoptr (WbPrinter) printer = make_printer (twin, ledger);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  g_autofree char *job = NULL;

  wb_test_socket_set_status (twin, NULL);
  wb_printer_query_async (printer, NULL, wb_test_store_result, &result);
  wb_test_wait_until (wb_test_socket_get_n_bytes (twin) > 0);
  job = print (printer, "first", 0, FALSE, &error);
  g_assert_no_error (error);
  wb_test_await (result);
  g_assert_cmpint (wb_printer_query_finish (printer, result, &message), ==, WB_PRINTER_BUSY);
}

static void
test_taken_back (void)
{
  g_autoptr (WbTestSocket) twin = wb_test_socket_new ();
  g_autoptr (WbPrintLedger) ledger = wb_print_ledger_new (NULL);
  g_autoptr (WbPrinter) printer = make_printer (twin, ledger);
  g_autoptr (GBytes) data = wb_test_socket_make_label ("long", LONG_LABEL);
  g_autoptr (WbPrintDocument) document = wb_print_document_new ("long", "long", WB_PRINTER_RAW, data);
  g_autoptr (GBytes) other_data = wb_test_socket_make_label ("next", 100);
  g_autoptr (WbPrintDocument) other = wb_print_document_new ("next", "next", WB_PRINTER_RAW, other_data);
  const char *ids[] = { "next", "long" };
  GAsyncResult *printed[2] = { NULL };

  wb_printer_socket_set_patience (WB_PRINTER_SOCKET (printer), 5000, 5000, 60000);
  wb_test_socket_set_fault (twin, WB_TEST_FAULT_STALL, 1000);
  wb_printer_print_async (printer, document, NULL, wb_test_store_result, &printed[1]);
  wb_printer_print_async (printer, other, NULL, wb_test_store_result, &printed[0]);
  wb_test_wait_until (wb_test_socket_get_n_bytes (twin) >= 1000);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) why = NULL;

      wb_printer_cancel_async (printer, ids[i], NULL, wb_test_store_result, &result);
      wb_test_await (result);
      g_assert_true (wb_printer_cancel_finish (printer, result, &error));
      g_assert_no_error (error);
      wb_test_await (printed[i]);
      g_assert_null (wb_printer_print_finish (printer, printed[i], &why));
      g_assert_error (why, WB_DEVICE_ERROR, WB_DEVICE_ERROR_CANCELLED);
      g_object_unref (printed[i]);
    }
  g_assert_cmpuint (wb_test_socket_get_n_labels (twin), ==, 0);
}

/* ── Killed between printing and noting it down ──────────────────────────────────────────────── */

/* What the child process does: prints one document, says so, and ends. */
static int
run_child (const char *address, const char *path, const char *id, gsize n_bytes)
{
  g_autoptr (WbPrintLedger) ledger = wb_print_ledger_new (path);
  g_autoptr (WbPrinter) printer = wb_printer_socket_new (address, "zpl", ledger, NULL);
  g_autofree char *job = NULL;

  wb_printer_socket_set_patience (WB_PRINTER_SOCKET (printer), 60000, 60000, 60000);
  job = print (printer, id, n_bytes, FALSE, NULL);
  return job != NULL ? 0 : 1;
}

static void
test_killed (void)
{
  static const struct
  {
    WbTestFault fault;
    gsize size;
    gsize n_until; /* the twin has that many bytes, and the child is killed; 0: it ends by itself */
    int code;      /* what the next run hears; -1: it is printed already */
    guint n_before;
  } cases[] = {
    { WB_TEST_FAULT_STALL, LONG_LABEL, 1000, WB_DEVICE_ERROR_DOUBT, 0 },
    { WB_TEST_FAULT_OPEN, 200, 200, WB_DEVICE_ERROR_DOUBT, 1 },
    { WB_TEST_FAULT_NONE, 200, 0, -1, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbTestSocket) twin = wb_test_socket_new ();
      g_autofree char *folder = wb_test_folder ();
      g_autofree char *path = g_build_filename (folder, "ledger", NULL);
      g_autofree char *size = g_strdup_printf ("%" G_GSIZE_FORMAT, cases[i].size);
      g_autofree char *exe = g_file_read_link ("/proc/self/exe", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GSubprocess) child = NULL;
      g_autoptr (GAsyncResult) ended = NULL;
      g_autoptr (WbPrintLedger) ledger = NULL;
      g_autoptr (WbPrinter) printer = NULL;
      g_autofree char *job = NULL;

      wb_test_socket_set_fault (twin, cases[i].fault, cases[i].n_until);
      child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, exe, "--child", wb_test_socket_get_address (twin), path, "killed",
                                size, NULL);
      g_assert_no_error (error);
      if (cases[i].n_until > 0)
        {
          wb_test_wait_until (wb_test_socket_get_n_bytes (twin) >= cases[i].n_until);
          g_subprocess_force_exit (child);
        }
      g_subprocess_wait_async (child, NULL, wb_test_store_result, &ended);
      wb_test_await (ended);
      g_assert_cmpuint (wb_test_socket_get_n_labels (twin), ==, cases[i].n_before);

      wb_test_socket_set_fault (twin, WB_TEST_FAULT_NONE, 0);
      ledger = wb_print_ledger_new (path);
      printer = make_printer (twin, ledger);
      job = print (printer, "killed", 200, FALSE, &error);
      if (cases[i].code < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, WB_DEVICE_ERROR, cases[i].code);
      g_assert_cmpuint (wb_test_socket_get_n_labels (twin), ==, cases[i].n_before);
      if (cases[i].n_before > 0)
        continue;
      /* Somebody looked, and it was not there. */
      g_clear_error (&error);
      job = print (printer, "killed", 200, TRUE, &error);
      g_assert_no_error (error);
      wb_test_wait_until (wb_test_socket_count (twin, "killed") > 0);
      wb_test_drain ();
      g_assert_cmpuint (wb_test_socket_get_n_labels (twin), ==, 1);
    }
}

static WbPrintLedgerEntry
begin (WbPrintLedger *ledger, const char *id, gboolean absent)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WbPrintLedgerEntry entry = WB_PRINT_LEDGER_NEW;

  wb_print_ledger_begin_async (ledger, id, absent, wb_test_store_result, &result);
  wb_test_await (result);
  g_assert_true (wb_print_ledger_begin_finish (ledger, result, &entry, &error));
  g_assert_no_error (error);
  return entry;
}

/* Several programs write to it, and it does not grow for ever. */
static void
test_ledger (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *path = g_build_filename (folder, "below", "ledger", NULL);
  g_autoptr (WbPrintLedger) one = wb_print_ledger_new (path);
  g_autoptr (WbPrintLedger) other = wb_print_ledger_new (path);
  g_autoptr (WbPrintLedger) later = NULL;
  g_autoptr (GString) long_past = g_string_new (NULL);
  g_autofree char *contents = NULL;
  gsize length = 0;

  g_assert_cmpint (begin (one, "a", FALSE), ==, WB_PRINT_LEDGER_NEW);
  g_assert_cmpint (begin (other, "a", FALSE), ==, WB_PRINT_LEDGER_DOUBT);
  g_assert_cmpint (begin (other, "a", TRUE), ==, WB_PRINT_LEDGER_NEW);
  wb_print_ledger_end (other, "a", WB_PRINT_LEDGER_SENT);
  g_assert_cmpint (begin (other, "b", FALSE), ==, WB_PRINT_LEDGER_NEW);
  g_assert_cmpint (begin (one, "a", TRUE), ==, WB_PRINT_LEDGER_SENT);
  wb_print_ledger_end (one, "b", WB_PRINT_LEDGER_NEW);
  g_assert_cmpint (begin (one, "b", FALSE), ==, WB_PRINT_LEDGER_NEW);
  wb_print_ledger_end (one, "b", WB_PRINT_LEDGER_SENT);

  /* Years of labels, and a line that was torn off. */
  for (guint i = 0; long_past->len < 5 * 1024 * 1024; i++)
    g_string_append_printf (long_past, "s label-%u-of-a-year-long-ago-that-nobody-remembers\n", i);
  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (long_past, "s label-%u-of-yesterday\n", i);
  g_string_append (long_past, "b torn\nx nonsense\n\ns");
  g_assert_true (g_file_set_contents (path, long_past->str, (gssize) long_past->len, NULL));
  later = wb_print_ledger_new (path);
  g_assert_cmpint (begin (later, "label-1-of-yesterday", FALSE), ==, WB_PRINT_LEDGER_SENT);
  g_assert_cmpint (begin (later, "torn", FALSE), ==, WB_PRINT_LEDGER_DOUBT);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpuint (length, <, 1024 * 1024);
  g_assert_cmpint (begin (one, "torn", FALSE), ==, WB_PRINT_LEDGER_DOUBT);
  g_assert_cmpint (begin (one, "c", FALSE), ==, WB_PRINT_LEDGER_NEW);
  g_assert_cmpint (begin (later, "c", FALSE), ==, WB_PRINT_LEDGER_DOUBT);
}

static void
test_ledger_that_cannot_be_written (void)
{
  g_autoptr (WbTestSocket) twin = wb_test_socket_new ();
  g_autoptr (WbPrintLedger) ledger = wb_print_ledger_new ("/proc/nowhere/ledger");
  g_autoptr (WbPrinter) printer = make_printer (twin, ledger);
  g_autoptr (GError) error = NULL;

  g_assert_null (print (printer, "nowhere", 0, FALSE, &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED);
  g_assert_cmpuint (wb_test_socket_get_n_bytes (twin), ==, 0);
}

/* ── Faults by the thousand ──────────────────────────────────────────────────────────────────── */

/* Each document is printed until it is said to have come out, as a person would: what is in doubt is looked at. What the printer has and
 * did not read comes out when it has paper again. */
static void
print_stubbornly (WbTestSocket *twin, WbPrinter *printer, GRand *random, const char *id, guint *n_faults)
{
  gboolean absent = FALSE;

  for (;;)
    {
      gsize size = g_rand_int_range (random, 0, 600) == 0 ? LONG_LABEL : (gsize) g_rand_int_range (random, 60, 4000);
      WbTestFault fault = (WbTestFault) g_rand_int_range (random, 0, WB_TEST_N_FAULTS);
      g_autoptr (GError) error = NULL;
      g_autofree char *job = NULL;

      /* Those that cost time are rarer. */
      if ((fault == WB_TEST_FAULT_STALL || fault == WB_TEST_FAULT_OPEN) && g_rand_int_range (random, 0, 8) != 0)
        fault = WB_TEST_FAULT_CUT;
      wb_test_socket_set_fault (twin, fault, (gsize) g_rand_int_range (random, 0, (gint32) MIN (size, 5000)));
      wb_test_wait_until (wb_test_socket_is_idle (twin));
      /* What neither goes on nor ends is waited for a little; everything else until it is told, however slow this machine is. */
      if (fault == WB_TEST_FAULT_STALL || fault == WB_TEST_FAULT_OPEN)
        wb_printer_socket_set_patience (WB_PRINTER_SOCKET (printer), 60000, 4, 250);
      else
        wb_printer_socket_set_patience (WB_PRINTER_SOCKET (printer), 60000, 60000, 60000);
      *n_faults += fault != WB_TEST_FAULT_NONE;
      job = print (printer, id, size, absent, &error);
      if (job != NULL)
        return;
      absent = FALSE;
      if (g_error_matches (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_DOUBT))
        {
          /* What it had read it prints; the rest of it went with the connection. */
          wb_test_drain ();
          if (wb_test_socket_count (twin, id) > 0)
            return;
          absent = TRUE;
        }
      else
        g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE);
      g_assert_cmpuint (wb_test_socket_count (twin, id), ==, 0);
    }
}

static void
test_faults (void)
{
  g_autoptr (WbTestSocket) twin = wb_test_socket_new ();
  g_autoptr (WbPrintLedger) ledger = wb_print_ledger_new (NULL);
  g_autoptr (WbPrinter) printer = make_printer (twin, ledger);
  GRand *random = g_rand_new_with_seed (wb_test_random_seed ());
  guint n_faults = 0;
  guint n = 0;

  for (n = 0; n_faults < 10000; n++)
    {
      g_autofree char *id = g_strdup_printf ("fault-%u", n);

      print_stubbornly (twin, printer, random, id, &n_faults);
    }
  wb_test_socket_set_fault (twin, WB_TEST_FAULT_NONE, 0);
  wb_test_wait_until (wb_test_socket_get_n_labels (twin) >= n);
  wb_test_drain ();
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("fault-%u", i);

      g_assert_cmpuint (wb_test_socket_count (twin, id), ==, 1);
    }
  g_test_message ("%u documents, %u faults", n, n_faults);
  g_rand_free (random);
}

int
main (int argc, char **argv)
{
  if (argc == 6 && g_str_equal (argv[1], "--child"))
    return run_child (argv[2], argv[3], argv[4], (gsize) g_ascii_strtoull (argv[5], NULL, 10));
  wb_test_init (&argc, &argv);
  g_test_add_func ("/socket/status", test_status);
  g_test_add_func ("/socket/harmless", test_harmless);
  g_test_add_func ("/socket/prints-once", test_prints_once);
  g_test_add_func ("/socket/row", test_row);
  g_test_add_func ("/socket/endings", test_endings);
  g_test_add_func ("/socket/off-and-on", test_off_and_on);
  g_test_add_func ("/socket/silent-once", test_silent_once);
  g_test_add_func ("/socket/says-how-it-is", test_says_how_it_is);
  g_test_add_func ("/socket/printing-goes-first", test_printing_goes_first);
  g_test_add_func ("/socket/taken-back", test_taken_back);
  g_test_add_func ("/socket/killed", test_killed);
  g_test_add_func ("/socket/ledger", test_ledger);
  g_test_add_func ("/socket/ledger-that-cannot-be-written", test_ledger_that_cannot_be_written);
  g_test_add_func ("/socket/faults", test_faults);
  return g_test_run ();
}
