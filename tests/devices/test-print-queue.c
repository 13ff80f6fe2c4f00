/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "core/wb-error.h"
#include "core/wb-label.h"
#include "devices/wb-print-queue.h"
#include "devices/wb-printer-socket.h"
#include "tests/devices/wb-test-socket.h"
#include "tests/wb-test.h"

typedef struct
{
  WbTestSocket *twin;
  WbPrintQueue *queue;
  char *folder;
  char *spool;
} Shop;

static void
open_queue (Shop *shop)
{
  g_autofree char *files = g_build_filename (shop->folder, "files", NULL);
  g_autofree char *printer = g_strconcat ("socket:", wb_test_socket_get_address (shop->twin), NULL);
  g_autoptr (WbPrintRoute) route = wb_print_route_new (printer, NULL, "zpl", 0);

  shop->queue = wb_print_queue_new (shop->spool, files, "/nonexistent/cups.sock");
  wb_print_queue_set_route (shop->queue, WB_PRINT_LABEL, route);
  wb_printer_socket_set_patience (WB_PRINTER_SOCKET (wb_print_queue_get_printer (shop->queue, WB_PRINT_LABEL)), 5000, 30, 500);
}

static void
shop_open (Shop *shop)
{
  shop->twin = wb_test_socket_new ();
  shop->folder = wb_test_folder ();
  shop->spool = g_build_filename (shop->folder, "spool", NULL);
  open_queue (shop);
}

static void
shop_close (Shop *shop)
{
  /* What is under way keeps it. */
  wb_test_wait_until (G_OBJECT (shop->queue)->ref_count == 1);
  wb_test_assert_finalized (&shop->queue);
  wb_test_socket_free (shop->twin);
  g_free (shop->folder);
  g_free (shop->spool);
}

static char *
print (Shop *shop, const char *id, gboolean is_patient, GError **error)
{
  g_autoptr (GBytes) data = wb_test_socket_make_label (id, 100);
  g_autoptr (WbPrintDocument) document = wb_print_document_new (id, id, WB_PRINTER_RAW, data);
  g_autoptr (GAsyncResult) result = NULL;

  wb_print_queue_print_async (shop->queue, document, WB_PRINT_LABEL, NULL, is_patient, wb_test_store_result, &result);
  wb_test_await (result);
  return wb_print_queue_print_finish (shop->queue, result, error);
}

static WbPrintJobState
state_of (Shop *shop, const char *id)
{
  WbPrintJob *job = wb_print_queue_find (shop->queue, id);

  g_assert_nonnull (job);
  return wb_print_job_get_state (job);
}

/* What is printed while the queue still reads what an earlier run left is found there as well: it is one job, and is kept. So much is in
 * the folder that reading it takes a while. */
static void
test_kept_from_the_start (void)
{
  for (guint i = 0; i < 6; i++)
    {
      Shop shop = { 0 };
      g_autoptr (GError) error = NULL;
      g_autofree char *printed = NULL;

      shop.folder = wb_test_folder ();
      shop.spool = g_build_filename (shop.folder, "spool", NULL);
      g_assert_cmpint (g_mkdir (shop.spool, 0700), ==, 0);
      for (guint n = 1; n <= 3000; n++)
        {
          g_autofree char *path = g_strdup_printf ("%s/%u.job", shop.spool, n);

          g_assert_true (g_file_set_contents_full (path, "", 0, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
        }
      shop.twin = wb_test_socket_new ();
      wb_test_socket_close (shop.twin);
      open_queue (&shop);
      printed = print (&shop, "early", TRUE, &error);
      wb_test_wait_until (state_of (&shop, "early") == WB_PRINT_JOB_WAITING);
      wb_test_wait_until (G_OBJECT (shop.queue)->ref_count == 1);
      wb_test_assert_finalized (&shop.queue);
      open_queue (&shop);
      wb_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (shop.queue)) == 1);
      shop_close (&shop);
    }
}

static void
test_once (void)
{
  Shop shop = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;

  shop_open (&shop);
  first = print (&shop, "once", FALSE, &error);
  g_assert_no_error (error);
  wb_test_wait_until (state_of (&shop, "once") == WB_PRINT_JOB_DONE);
  again = print (&shop, "once", FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first, ==, again);
  g_assert_cmpuint (wb_test_socket_get_n_labels (shop.twin), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (shop.queue)), ==, 1);
  wb_print_queue_clear (shop.queue);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (shop.queue)), ==, 0);
  shop_close (&shop);
}

/* What is patient comes out by itself when the printer is back; what is not is tried again when somebody says so. Each once. */
static void
test_printer_is_away (void)
{
  Shop shop = { 0 };
  g_autoptr (GError) error = NULL;

  shop_open (&shop);
  wb_test_socket_close (shop.twin);
  g_assert_null (print (&shop, "patient", TRUE, &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE);
  g_clear_error (&error);
  g_assert_null (print (&shop, "label", FALSE, &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE);
  g_clear_error (&error);
  g_assert_cmpint (state_of (&shop, "patient"), ==, WB_PRINT_JOB_WAITING);
  g_assert_cmpint (state_of (&shop, "label"), ==, WB_PRINT_JOB_FAILED);
  g_assert_cmpuint (wb_print_queue_count_troubles (shop.queue), ==, 2);
  g_assert_nonnull (strstr (wb_print_job_get_message (wb_print_queue_find (shop.queue, "label")), "is offline"));
  wb_test_socket_open (shop.twin);
  wb_test_wait_until (state_of (&shop, "patient") == WB_PRINT_JOB_DONE);
  g_assert_cmpint (state_of (&shop, "label"), ==, WB_PRINT_JOB_FAILED);
  wb_print_queue_retry (shop.queue, wb_print_queue_find (shop.queue, "label"));
  wb_test_wait_until (state_of (&shop, "label") == WB_PRINT_JOB_DONE);
  g_assert_cmpuint (wb_test_socket_count (shop.twin, "patient"), ==, 1);
  g_assert_cmpuint (wb_test_socket_count (shop.twin, "label"), ==, 1);
  g_assert_cmpuint (wb_print_queue_count_troubles (shop.queue), ==, 0);
  shop_close (&shop);
}

/* A printer on a socket takes labels also without paper, and says nothing more about them: it is asked before. Each once. */
static void
test_printer_wants_something (void)
{
  static const struct
  {
    const char *status;
    const char *words;
    WbDeviceError code;
  } cases[] = { { "PAPER-OUT", "is out of paper", WB_DEVICE_ERROR_ATTENTION },
                { "OPEN", "is open", WB_DEVICE_ERROR_ATTENTION },
                { "PAUSED", "is paused", WB_DEVICE_ERROR_REFUSED } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Shop shop = { 0 };
      g_autoptr (GError) error = NULL;

      shop_open (&shop);
      wb_test_socket_set_status (shop.twin, cases[i].status);
      g_assert_null (print (&shop, "waits", TRUE, &error));
      g_assert_error (error, WB_DEVICE_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_null (print (&shop, "cancelled", TRUE, NULL));
      g_assert_cmpint (state_of (&shop, "waits"), ==, WB_PRINT_JOB_WAITING);
      g_assert_cmpstr (wb_print_job_get_message (wb_print_queue_find (shop.queue, "waits")), ==, error->message);
      wb_print_queue_cancel (shop.queue, wb_print_queue_find (shop.queue, "cancelled"));
      g_assert_cmpuint (wb_test_socket_get_n_labels (shop.twin), ==, 0);
      wb_test_socket_set_status (shop.twin, "READY");
      wb_test_wait_until (state_of (&shop, "waits") == WB_PRINT_JOB_DONE);
      g_assert_cmpuint (wb_test_socket_count (shop.twin, "waits"), ==, 1);
      g_assert_cmpuint (wb_test_socket_get_n_labels (shop.twin), ==, 1);
      shop_close (&shop);
    }
}

/* Taken back while the printer is asked, it is not sent afterwards. */
static void
test_cancelled_while_asking (void)
{
  Shop shop = { 0 };
  g_autoptr (GBytes) data = wb_test_socket_make_label ("asked", 100);
  g_autoptr (WbPrintDocument) document = wb_print_document_new ("asked", "asked", WB_PRINTER_RAW, data);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  shop_open (&shop);
  wb_test_socket_set_status (shop.twin, "READY");
  wb_print_queue_print_async (shop.queue, document, WB_PRINT_LABEL, NULL, TRUE, wb_test_store_result, &result);
  wb_print_queue_cancel (shop.queue, wb_print_queue_find (shop.queue, "asked"));
  wb_test_await (result);
  g_assert_null (wb_print_queue_print_finish (shop.queue, result, &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_CANCELLED);
  g_assert_cmpint (state_of (&shop, "asked"), ==, WB_PRINT_JOB_CANCELLED);
  g_assert_cmpuint (wb_test_socket_get_n_labels (shop.twin), ==, 0);
  g_clear_object (&result);
  shop_close (&shop);
}

static void
test_cancelled_and_moved (void)
{
  Shop shop = { 0 };
  g_autoptr (WbPrintRoute) file = wb_print_route_new ("", NULL, NULL, 0);
  g_autofree char *kept = NULL;
  g_autofree char *contents = NULL;
  WbPrintJob *moved = NULL;

  shop_open (&shop);
  wb_test_socket_close (shop.twin);
  g_assert_null (print (&shop, "cancelled", TRUE, NULL));
  g_assert_null (print (&shop, "moved", TRUE, NULL));
  wb_print_queue_cancel (shop.queue, wb_print_queue_find (shop.queue, "cancelled"));
  g_assert_cmpint (state_of (&shop, "cancelled"), ==, WB_PRINT_JOB_CANCELLED);
  moved = wb_print_queue_find (shop.queue, "moved");
  g_assert_true (wb_print_queue_move (shop.queue, moved, file, NULL));
  wb_test_wait_until (state_of (&shop, "moved") == WB_PRINT_JOB_DONE);
  kept = g_build_filename (wb_print_job_get_printer (moved), "moved-moved.zpl", NULL);
  g_assert_true (g_file_get_contents (kept, &contents, NULL, NULL));
  g_assert_nonnull (strstr (contents, "moved"));
  /* Neither comes out of the printer when that is back. */
  wb_test_socket_open (shop.twin);
  g_free (print (&shop, "after", FALSE, NULL));
  wb_test_wait_until (wb_test_socket_count (shop.twin, "after") == 1);
  g_assert_cmpuint (wb_test_socket_get_n_labels (shop.twin), ==, 1);
  /* A cancelled one comes out when somebody wants it after all. */
  wb_print_queue_retry (shop.queue, wb_print_queue_find (shop.queue, "cancelled"));
  wb_test_wait_until (state_of (&shop, "cancelled") == WB_PRINT_JOB_DONE);
  g_assert_cmpuint (wb_test_socket_count (shop.twin, "cancelled"), ==, 1);
  shop_close (&shop);
}

/* Another printer, which is never on, with labels as large as those of make_label() between black marks. */
static WbPrintRoute *
make_other (const char *language)
{
  WbPrintRoute *route = wb_print_route_new ("socket:127.0.0.1:9", NULL, language, 300);

  wb_print_route_set_media (route, "mark 100x150 4");
  return route;
}

/* What is written in one language stays away from printers that speak another: they would print it as text, page after page. */
static void
test_another_language (void)
{
  static const char *const others[] = { "epl", "tspl", "escpos", "pdf" };
  Shop shop = { 0 };
  g_autoptr (WbPrintRoute) same = make_other ("zpl");
  WbPrintJob *job = NULL;

  shop_open (&shop);
  wb_test_socket_close (shop.twin);
  g_assert_null (print (&shop, "raw", TRUE, NULL));
  job = wb_print_queue_find (shop.queue, "raw");
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (WbPrintRoute) route = make_other (others[i]);
      g_autoptr (GError) error = NULL;

      g_assert_false (wb_print_queue_move (shop.queue, job, route, &error));
      g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED);
      g_assert_nonnull (strstr (error->message, "it is written in ZPL"));
      g_assert_cmpint (wb_print_job_get_state (job), ==, WB_PRINT_JOB_WAITING);
      g_assert_cmpstr (wb_print_job_get_printer (job), ==, wb_test_socket_get_address (shop.twin));
    }
  g_assert_true (wb_print_queue_move (shop.queue, job, same, NULL));
  g_assert_cmpstr (wb_print_job_get_printer (job), ==, "127.0.0.1:9");
  wb_print_queue_cancel (shop.queue, job);
  wb_test_wait_until (wb_print_job_get_state (job) == WB_PRINT_JOB_CANCELLED);
  shop_close (&shop);
}

static WbPrintDocument *
make_label (const char *id, guint n_pages)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_label_free);
  g_autoptr (GBytes) data = wb_test_socket_make_label (id, 100);
  WbPrintDocument *document = wb_print_document_new (id, id, WB_PRINTER_RAW, data);

  for (guint i = 0; i < n_pages; i++)
    {
      WbLabel *page = wb_label_new (id, WB_LABEL_MM (100), WB_LABEL_MM (150));

      wb_label_add_text (page, 0, 0, WB_LABEL_MM (60), WB_LABEL_MM (8), WB_LABEL_LEFT, FALSE, id);
      g_ptr_array_add (pages, page);
    }
  wb_print_document_set_medium (document, WB_LABEL_MM (100), WB_LABEL_MM (150), "tray-3");
  wb_print_document_set_pages (document, pages);
  return document;
}

static void
print_label (Shop *shop, const char *id, WbPrintKind kind)
{
  g_autoptr (WbPrintDocument) document = make_label (id, 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *handed = NULL;

  wb_print_queue_print_async (shop->queue, document, kind, wb_print_queue_get_printer (shop->queue, WB_PRINT_LABEL), TRUE,
                              wb_test_store_result, &result);
  wb_test_await (result);
  handed = wb_print_queue_print_finish (shop->queue, result, NULL);
}

/* Where it is known what a label was made of, it is written anew for whoever takes it over, and comes out there once; a program that is
 * started again goes on with what was written then. */
static void
test_written_anew (void)
{
  static const struct
  {
    const char *language;
    const char *begins;
    const char *ending;
  } cases[] = {
    { "epl", ",B47\n", "epl" }, { "tspl", "BLINE 4 mm", "tspl" }, { "escpos", "\x1b@", "bin" },
    { "pdf", "%PDF", "pdf" },    { "zpl", "^MNM", "zpl" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Shop shop = { 0 };
      g_autoptr (WbPrintRoute) other = make_other (cases[i].language);
      g_autoptr (WbPrintRoute) file = wb_print_route_new ("", NULL, NULL, 0);
      g_autofree char *kept = NULL;
      g_autofree char *contents = NULL;
      g_autoptr (GError) error = NULL;
      gsize length = 0;
      WbPrintJob *job = NULL;

      shop_open (&shop);
      wb_test_socket_close (shop.twin);
      print_label (&shop, "anew", WB_PRINT_LABEL);
      job = wb_print_queue_find (shop.queue, "anew");
      g_assert_true (wb_print_queue_move (shop.queue, job, other, &error));
      g_assert_no_error (error);
      wb_test_wait_until (wb_print_job_get_state (job) == WB_PRINT_JOB_WAITING);
      g_assert_cmpstr (wb_print_job_get_language (job), ==, cases[i].language);
      /* Another run knows the bytes and not what they were made of: they go as they are. */
      wb_test_wait_until (G_OBJECT (shop.queue)->ref_count == 1);
      wb_test_assert_finalized (&shop.queue);
      open_queue (&shop);
      wb_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (shop.queue)) == 1);
      job = wb_print_queue_find (shop.queue, "anew");
      g_assert_cmpstr (wb_print_job_get_language (job), ==, cases[i].language);
      wb_test_wait_until (wb_print_job_get_state (job) == WB_PRINT_JOB_WAITING);
      g_assert_true (wb_print_queue_move (shop.queue, job, file, &error));
      wb_test_wait_until (wb_print_job_get_state (job) == WB_PRINT_JOB_DONE);
      /* The file's name says what it is written in. */
      kept = g_strdup_printf ("%s/anew-anew.%s", wb_print_job_get_printer (job), cases[i].ending);
      g_assert_true (g_file_get_contents (kept, &contents, &length, &error));
      g_assert_nonnull (g_strstr_len (contents, MIN ((gssize) length, 200), cases[i].begins));
      wb_test_socket_open (shop.twin);
      g_assert_cmpuint (wb_test_socket_get_n_labels (shop.twin), ==, 0);
      shop_close (&shop);
    }
}

/* Nor is a label for a printer that has smaller ones in it. */
static void
test_label_on_smaller_ones (void)
{
  Shop shop = { 0 };
  g_autoptr (WbPrintRoute) other = make_other ("tspl");
  g_autoptr (GError) error = NULL;
  WbPrintJob *job = NULL;

  wb_print_route_set_media (other, "gap 57x32 3");
  shop_open (&shop);
  wb_test_socket_close (shop.twin);
  print_label (&shop, "large", WB_PRINT_LABEL);
  job = wb_print_queue_find (shop.queue, "large");
  g_assert_false (wb_print_queue_move (shop.queue, job, other, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_LIMIT);
  g_assert_cmpstr (wb_print_job_get_language (job), ==, "zpl");
  wb_print_queue_cancel (shop.queue, job);
  shop_close (&shop);
}

/* A paper is not for a label printer, whatever it was made of. */
static void
test_paper_on_a_label_printer (void)
{
  Shop shop = { 0 };
  g_autoptr (WbPrintRoute) other = make_other ("epl");
  g_autoptr (GError) error = NULL;
  WbPrintJob *job = NULL;

  shop_open (&shop);
  wb_test_socket_close (shop.twin);
  print_label (&shop, "paper", WB_PRINT_PICK_LIST);
  job = wb_print_queue_find (shop.queue, "paper");
  g_assert_false (wb_print_queue_move (shop.queue, job, other, &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED);
  wb_print_queue_cancel (shop.queue, job);
  shop_close (&shop);
}

/* Nothing but somebody's word ends a doubt: it is not tried again, not cancelled and not moved. */
static void
test_doubt (void)
{
  for (int came_out = 0; came_out <= 1; came_out++)
    {
      Shop shop = { 0 };
      g_autoptr (GError) error = NULL;
      g_autoptr (WbPrintRoute) file = wb_print_route_new ("", NULL, NULL, 0);
      WbPrintJob *job = NULL;
      guint n_seen = 0;

      shop_open (&shop);
      wb_test_socket_set_fault (shop.twin, came_out ? WB_TEST_FAULT_RESET : WB_TEST_FAULT_CUT, 10);
      g_assert_null (print (&shop, "doubt", TRUE, &error));
      g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_DOUBT);
      wb_test_socket_set_fault (shop.twin, WB_TEST_FAULT_NONE, 0);
      wb_test_drain ();
      n_seen = wb_test_socket_get_n_labels (shop.twin);
      g_assert_cmpuint (n_seen, ==, came_out);
      job = wb_print_queue_find (shop.queue, "doubt");
      wb_print_queue_retry (shop.queue, job);
      wb_print_queue_cancel (shop.queue, job);
      g_assert_false (wb_print_queue_move (shop.queue, job, file, NULL));
      g_clear_error (&error);
      g_assert_null (print (&shop, "doubt", TRUE, &error));
      g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_DOUBT);
      g_assert_cmpint (wb_print_job_get_state (job), ==, WB_PRINT_JOB_DOUBT);
      wb_print_queue_settle (shop.queue, job, came_out);
      wb_test_wait_until (wb_print_job_get_state (job) == WB_PRINT_JOB_DONE && wb_test_socket_get_n_labels (shop.twin) > 0);
      wb_test_drain ();
      g_assert_cmpuint (wb_test_socket_get_n_labels (shop.twin), ==, 1);
      shop_close (&shop);
    }
}

/* The program ends; another run goes on with what it left, and knows what came out. */
static void
test_next_run (void)
{
  Shop shop = { 0 };

  shop_open (&shop);
  g_free (print (&shop, "done", FALSE, NULL));
  wb_test_wait_until (state_of (&shop, "done") == WB_PRINT_JOB_DONE);
  wb_test_socket_close (shop.twin);
  g_assert_null (print (&shop, "left", TRUE, NULL));
  g_assert_null (print (&shop, "failed", FALSE, NULL));
  wb_test_wait_until (G_OBJECT (shop.queue)->ref_count == 1);
  wb_test_assert_finalized (&shop.queue);
  wb_test_socket_open (shop.twin);
  open_queue (&shop);
  wb_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (shop.queue)) == 3);
  wb_test_wait_until (state_of (&shop, "left") == WB_PRINT_JOB_DONE);
  g_assert_cmpint (state_of (&shop, "done"), ==, WB_PRINT_JOB_DONE);
  g_assert_cmpint (state_of (&shop, "failed"), ==, WB_PRINT_JOB_FAILED);
  wb_print_queue_retry (shop.queue, wb_print_queue_find (shop.queue, "failed"));
  wb_test_wait_until (state_of (&shop, "failed") == WB_PRINT_JOB_DONE);
  g_free (print (&shop, "done", FALSE, NULL));
  g_assert_cmpuint (wb_test_socket_get_n_labels (shop.twin), ==, 3);
  g_assert_cmpuint (wb_test_socket_count (shop.twin, "done"), ==, 1);
  shop_close (&shop);
}

/* Which printer a kind of document finds; one that cannot be is a folder, so that nothing is lost. */
static void
test_routes (void)
{
  Shop shop = { 0 };
  g_autoptr (WbPrintRoute) wrong = wb_print_route_new ("socket:", NULL, NULL, 0);
  g_autoptr (WbPrintRoute) laser = wb_print_route_new ("cups:Laser", "tray-2", NULL, 0);

  shop_open (&shop);
  g_assert_cmpstr (wb_printer_get_name (wb_print_queue_get_printer (shop.queue, WB_PRINT_TEST)), ==,
                   wb_test_socket_get_address (shop.twin));
  g_assert_true (g_str_has_suffix (wb_printer_get_name (wb_print_queue_get_printer (shop.queue, WB_PRINT_PICK_LIST)), "files"));
  wb_print_queue_set_route (shop.queue, WB_PRINT_PAPER, laser);
  g_assert_cmpstr (wb_printer_get_name (wb_print_queue_get_printer (shop.queue, WB_PRINT_COMMAND_SHEET)), ==, "Laser");
  g_assert_cmpstr (wb_printer_get_language (wb_print_queue_get_printer (shop.queue, WB_PRINT_COMMAND_SHEET)), ==, "pdf");
  g_assert_cmpstr (wb_print_queue_get_route (shop.queue, WB_PRINT_PICK_LIST)->tray, ==, "tray-2");
  wb_print_queue_set_route (shop.queue, WB_PRINT_PAPER, wrong);
  g_assert_true (g_str_has_suffix (wb_printer_get_name (wb_print_queue_get_printer (shop.queue, WB_PRINT_PAPER)), "files"));
  shop_close (&shop);
}

/* ── Killed while it is written ──────────────────────────────────────────────────────────────── */

#define HALF ".Ab12Cd"

static void
close_queue (Shop *shop)
{
  wb_test_wait_until (G_OBJECT (shop->queue)->ref_count == 1);
  wb_test_assert_finalized (&shop->queue);
}

/* The one job of the spool, as if its number was 100; nothing is left of it there. Values are bytes. */
static GHashTable *
take_files (const char *folder)
{
  GHashTable *files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      char *contents = NULL;
      gsize length = 0;

      if (g_str_equal (name, "ledger"))
        continue;
      g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
      g_hash_table_insert (files, g_strconcat ("100", name + strspn (name, "0123456789"), NULL), g_bytes_new_take (contents, length));
      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  return files;
}

/* Those whose names end so, or half of them, as a writer that was killed leaves them. */
static void
put_files (const char *folder, GHashTable *files, const char *ending, gboolean is_half)
{
  GHashTableIter iter = { 0 };
  gpointer name = NULL;
  gpointer bytes = NULL;

  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &name, &bytes))
    {
      g_autofree char *path = g_strdup_printf ("%s/%s%s", folder, (char *) name, is_half ? HALF : "");
      gsize size = g_bytes_get_size (bytes);

      if (g_str_has_suffix (name, ending))
        g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) (is_half ? size / 2 : size), NULL));
    }
}

/* What the spool holds of a label that waits for our printer, or that was written anew for one of another language. */
static GHashTable *
record (Shop *shop, gboolean is_moved)
{
  g_autoptr (WbPrintRoute) other = make_other ("epl");
  WbPrintJob *job = NULL;

  print_label (shop, "anew", WB_PRINT_LABEL);
  job = wb_print_queue_find (shop->queue, "anew");
  if (is_moved)
    g_assert_true (wb_print_queue_move (shop->queue, job, other, NULL));
  wb_test_wait_until (wb_print_job_get_state (job) == WB_PRINT_JOB_WAITING);
  close_queue (shop);
  return take_files (shop->spool);
}

/* Whenever the program is killed while a job is written anew, the next run has it as it was before or as it is after: the bytes of one language never
 * reach the printer of another. */
static void
test_killed (void)
{
  static const struct
  {
    const char *half_before; /* what was not complete */
    gboolean has_old_data, has_new_data, has_new_job;
    const char *half_after;
  } points[] = {
    { NULL, TRUE, FALSE, FALSE, NULL }, { NULL, TRUE, FALSE, FALSE, ".data" }, { NULL, TRUE, TRUE, FALSE, NULL },
    { NULL, TRUE, TRUE, FALSE, ".job" }, { NULL, TRUE, TRUE, TRUE, NULL },     { ".data", FALSE, TRUE, TRUE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      Shop shop = { 0 };
      g_autoptr (GHashTable) before = NULL;
      g_autoptr (GHashTable) after = NULL;

      shop_open (&shop);
      wb_test_socket_close (shop.twin);
      before = record (&shop, FALSE);
      open_queue (&shop);
      after = record (&shop, TRUE);
      put_files (shop.spool, before, ".job", FALSE);
      if (points[i].has_old_data)
        put_files (shop.spool, before, ".data", FALSE);
      if (points[i].has_new_data)
        put_files (shop.spool, after, ".data", FALSE);
      if (points[i].has_new_job)
        put_files (shop.spool, after, ".job", FALSE);
      if (points[i].half_before != NULL)
        put_files (shop.spool, before, points[i].half_before, TRUE);
      if (points[i].half_after != NULL)
        put_files (shop.spool, after, points[i].half_after, TRUE);

      wb_test_socket_open (shop.twin);
      open_queue (&shop);
      wb_test_wait_until (wb_print_queue_find (shop.queue, "anew") != NULL);
      g_assert_cmpstr (wb_print_job_get_language (wb_print_queue_find (shop.queue, "anew")), ==, points[i].has_new_job ? "epl" : "zpl");
      wb_test_wait_until (state_of (&shop, "anew") != WB_PRINT_JOB_SENDING && state_of (&shop, "anew") != WB_PRINT_JOB_PRINTING);
      g_assert_cmpint (state_of (&shop, "anew"), ==, points[i].has_new_job ? WB_PRINT_JOB_WAITING : WB_PRINT_JOB_DONE);
      g_assert_cmpuint (wb_test_socket_count (shop.twin, "anew"), ==, !points[i].has_new_job);
      g_assert_cmpuint (wb_test_socket_get_n_labels (shop.twin), ==, !points[i].has_new_job);
      close_queue (&shop);
      /* Nothing that no job needs stays. */
      g_assert_cmpuint (wb_test_count_files (shop.spool, HALF), ==, 0);
      g_assert_cmpuint (wb_test_count_files (shop.spool, ".job"), ==, 1);
      g_assert_cmpuint (wb_test_count_files (shop.spool, ".data"), ==, points[i].has_new_job);
      open_queue (&shop);
      shop_close (&shop);
    }
}

/* A spool of the time when the bytes of a job had one name for good. */
static void
test_earlier_form (void)
{
  Shop shop = { 0 };
  g_autoptr (GHashTable) files = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *job = NULL;
  g_autofree char *data = NULL;
  GBytes *bytes = NULL;

  shop_open (&shop);
  wb_test_socket_close (shop.twin);
  files = record (&shop, FALSE);
  bytes = g_hash_table_lookup (files, "100.job");
  g_assert_true (g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, NULL));
  g_key_file_remove_key (file, "Job", "Bytes", NULL);
  job = g_build_filename (shop.spool, "100.job", NULL);
  data = g_build_filename (shop.spool, "100.data", NULL);
  g_assert_true (g_key_file_save_to_file (file, job, NULL));
  bytes = g_hash_table_lookup (files, "100-1.data");
  g_assert_nonnull (bytes);
  g_assert_true (g_file_set_contents (data, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
  wb_test_socket_open (shop.twin);
  open_queue (&shop);
  wb_test_wait_until (wb_print_queue_find (shop.queue, "anew") != NULL);
  wb_test_wait_until (state_of (&shop, "anew") == WB_PRINT_JOB_DONE);
  g_assert_cmpuint (wb_test_socket_count (shop.twin, "anew"), ==, 1);
  close_queue (&shop);
  g_assert_cmpuint (wb_test_count_files (shop.spool, ".job"), ==, 1);
  g_assert_cmpuint (wb_test_count_files (shop.spool, ".data"), ==, 0);
  open_queue (&shop);
  shop_close (&shop);
}

/* A disk that was full keeps what waits once there is room: the description never comes before the bytes. */
static void
test_full_disk (void)
{
  Shop shop = { 0 };
  g_autoptr (WbPrintDocument) document = NULL;
  g_autoptr (GBytes) data = wb_test_socket_make_label ("large", 65536);
  g_autoptr (GAsyncResult) result = NULL;
  struct rlimit limit = { 0 };

  shop_open (&shop);
  wb_test_socket_close (shop.twin);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = 16384;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  document = wb_print_document_new ("large", "large", WB_PRINTER_RAW, data);
  wb_print_queue_print_async (shop.queue, document, WB_PRINT_LABEL, NULL, TRUE, wb_test_store_result, &result);
  wb_test_await (result);
  g_assert_null (wb_print_queue_print_finish (shop.queue, result, NULL));
  g_clear_object (&result);
  g_assert_null (print (&shop, "small", TRUE, NULL));
  wb_test_wait_until (wb_test_count_files (shop.spool, ".job") == 1);
  g_assert_cmpuint (wb_test_count_files (shop.spool, ".data"), ==, 1);
  limit.rlim_cur = limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  signal (SIGXFSZ, SIG_DFL);
  wb_test_wait_until (wb_test_count_files (shop.spool, ".job") == 2);
  g_assert_cmpuint (wb_test_count_files (shop.spool, ".data"), ==, 2);
  close_queue (&shop);
  open_queue (&shop);
  wb_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (shop.queue)) == 2);
  wb_test_socket_open (shop.twin);
  wb_test_wait_until (state_of (&shop, "large") == WB_PRINT_JOB_DONE && state_of (&shop, "small") == WB_PRINT_JOB_DONE);
  g_assert_cmpuint (wb_test_socket_count (shop.twin, "large"), ==, 1);
  shop_close (&shop);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/print-queue/once", test_once);
  g_test_add_func ("/print-queue/printer-is-away", test_printer_is_away);
  g_test_add_func ("/print-queue/printer-wants-something", test_printer_wants_something);
  g_test_add_func ("/print-queue/cancelled-while-asking", test_cancelled_while_asking);
  g_test_add_func ("/print-queue/cancelled-and-moved", test_cancelled_and_moved);
  g_test_add_func ("/print-queue/another-language", test_another_language);
  g_test_add_func ("/print-queue/written-anew", test_written_anew);
  g_test_add_func ("/print-queue/label-on-smaller-ones", test_label_on_smaller_ones);
  g_test_add_func ("/print-queue/paper-on-a-label-printer", test_paper_on_a_label_printer);
  g_test_add_func ("/print-queue/doubt", test_doubt);
  g_test_add_func ("/print-queue/next-run", test_next_run);
  g_test_add_func ("/print-queue/kept-from-the-start", test_kept_from_the_start);
  g_test_add_func ("/print-queue/routes", test_routes);
  g_test_add_func ("/print-queue/killed", test_killed);
  g_test_add_func ("/print-queue/full-disk", test_full_disk);
  g_test_add_func ("/print-queue/earlier-form", test_earlier_form);
  return g_test_run ();
}
