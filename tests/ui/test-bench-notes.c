/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the ledger of prints is told, whatever happens to the program, the printer and the server meanwhile. */
#include "config.h"

#include <string.h>

#include "devices/wb-print-queue.h"
#include "tests/db/wb-test-proxy.h"
#include "tests/devices/wb-test-socket.h"
#include "tests/ui/wb-test-bench.h"
#include "tests/ui/wb-test-full-disk.h"
#include "tests/wb-test.h"
#include "ui/station/wb-bench-private.h"
#include "ui/wb-print-notes.h"

/* A bench that prints papers on a printer on the network, and keeps what waits for it. */
typedef struct
{
  WbTestBenchShop shop;
  WbTestSocket *socket;
  WbPrintQueue *queue;
  WbBench *bench;
} Desk;

static void
desk_start (Desk *desk, WbDb *db)
{
  g_autofree char *spool = g_build_filename (desk->shop.folder, "prints", NULL);
  g_autofree char *address = g_strdup_printf ("socket://%s", wb_test_socket_get_address (desk->socket));
  g_autoptr (WbPrintRoute) route = wb_print_route_new (address, NULL, "pdf", 0);

  desk->queue = wb_print_queue_new (spool, desk->shop.folder, NULL);
  wb_print_queue_set_route (desk->queue, WB_PRINT_PAPER, route);
  desk->bench = wb_bench_new (db, wb_print_queue_get_printer (desk->queue, WB_PRINT_LABEL), NULL, desk->shop.folder);
  wb_bench_set_print_queue (desk->bench, desk->queue);
  wb_bench_set_station (desk->bench, "ST1");
  wb_test_wait_until (wb_bench_get_mode (desk->bench) == WB_BENCH_IDLE && wb_bench_get_queue (desk->bench) != NULL);
}

static gboolean
desk_open (Desk *desk)
{
  memset (desk, 0, sizeof *desk);
  if (!wb_test_bench_shop_open (&desk->shop))
    return FALSE;
  desk->socket = wb_test_socket_new ();
  return TRUE;
}

/* Lets go of it, without a word; what is on its way comes home. */
static void
desk_stop (Desk *desk)
{
  gpointer bench = desk->bench;
  gpointer queue = desk->queue;

  g_object_add_weak_pointer (G_OBJECT (bench), &bench);
  g_object_add_weak_pointer (G_OBJECT (queue), &queue);
  g_clear_object (&desk->bench);
  g_clear_object (&desk->queue);
  wb_test_wait_until (bench == NULL && queue == NULL);
}

static void
desk_close (Desk *desk)
{
  wb_test_socket_free (desk->socket);
  wb_test_bench_shop_close (&desk->shop);
}

static guint
count_notes (Desk *desk, const char *ending)
{
  g_autofree char *folder = g_build_filename (desk->shop.folder, "print-notes", NULL);

  return wb_test_count_files (folder, ending);
}

static WbPrintJob *
get_first_job (Desk *desk)
{
  g_autoptr (WbPrintJob) job = g_list_model_get_item (G_LIST_MODEL (desk->queue), 0);

  return job; /* the queue has it */
}

static WbPrintJobState
get_state (Desk *desk)
{
  WbPrintJob *job = get_first_job (desk);

  return job != NULL ? wb_print_job_get_state (job) : WB_PRINT_JOB_CANCELLED;
}

#define LEDGER "select string_agg(document || ' ' || person || ' ' || (job <> ''), ', ' order by id) from wb.print"

/* Printed while the server is away, and killed: the next run says so, once. */
static void
test_kept (void)
{
  Desk desk = { 0 };
  g_autoptr (WbTestProxy) wire = NULL;
  g_autoptr (WbDb) away = NULL;

  if (!desk_open (&desk))
    return;
  wire = wb_test_proxy_new (g_getenv ("PGHOST"));
  away = wb_test_bench_connect (wb_test_proxy_get_socket (wire), "bench_packer");
  desk_start (&desk, away);
  wb_test_wait_until (wb_bench_has_badges (desk.bench));
  wb_bench_scan (desk.bench, "WB:STAFF:1002");
  wb_test_bench_next (desk.bench, "10482");
  wb_test_bench_stored (desk.bench);
  wb_test_proxy_refuse (wire, TRUE);
  wb_test_proxy_cut (wire);
  wb_test_wait_until (wb_db_get_state (away) != WB_DB_STATE_ONLINE);
  wb_bench_print_pick_list (desk.bench);
  wb_test_wait_until (get_state (&desk) == WB_PRINT_JOB_DONE);
  wb_test_wait_until (count_notes (&desk, ".note") == 1);
  /* whoever prints it again now knows that it is again */
  g_assert_cmpuint (wb_print_notes_count (desk.bench->notes, WB_PRINT_PICK_LIST, 0, 0), ==, 1);
  g_assert_cmpuint (wb_print_notes_count (desk.bench->notes, WB_PRINT_PACKING_SLIP, 0, 0), ==, 0);
  g_assert_cmpuint (wb_print_notes_count (desk.bench->notes, WB_PRINT_PICK_LIST, 987654, 0), ==, 0);
  desk_stop (&desk);
  wb_db_close (away);
  wb_test_bench_assert_says (&desk.shop, "select count(*) from wb.print", "0");
  g_assert_cmpuint (count_notes (&desk, ".note"), ==, 1);

  desk_start (&desk, desk.shop.packer);
  wb_test_bench_assert_soon (&desk.shop, LEDGER, "pick-list anna.binder true");
  wb_test_wait_until (count_notes (&desk, ".note") == 0);
  desk_stop (&desk);
  /* and a third run has nothing to say */
  desk_start (&desk, desk.shop.packer);
  desk_stop (&desk);
  wb_test_bench_assert_says (&desk.shop, "select count(*) from wb.print", "1");
  desk_close (&desk);
}

/* The printer is away, the paper waits over a restart, and comes out: then it is in the ledger, by whoever wanted it. */
static void
test_waits_over_a_restart (void)
{
  Desk desk = { 0 };

  if (!desk_open (&desk))
    return;
  wb_test_socket_close (desk.socket);
  desk_start (&desk, desk.shop.packer);
  wb_test_wait_until (wb_bench_has_badges (desk.bench));
  wb_bench_scan (desk.bench, "WB:STAFF:1002");
  wb_test_bench_next (desk.bench, "10482");
  wb_test_bench_stored (desk.bench);
  wb_bench_print_pick_list (desk.bench);
  wb_test_wait_until (get_state (&desk) == WB_PRINT_JOB_WAITING);
  desk_stop (&desk);
  wb_test_bench_assert_says (&desk.shop, "select count(*) from wb.print", "0");

  wb_test_socket_open (desk.socket);
  desk_start (&desk, desk.shop.packer);
  wb_test_wait_until (get_state (&desk) == WB_PRINT_JOB_DONE);
  wb_test_bench_assert_soon (&desk.shop, LEDGER, "pick-list anna.binder true");
  wb_test_wait_until (count_notes (&desk, ".note") == 0);
  desk_stop (&desk);
  desk_close (&desk);
}

/* What never came out is in no ledger, and forgotten with its job. */
static void
test_taken_back (void)
{
  Desk desk = { 0 };

  if (!desk_open (&desk))
    return;
  wb_test_socket_close (desk.socket);
  desk_start (&desk, desk.shop.packer);
  wb_test_bench_next (desk.bench, "10482");
  wb_test_bench_stored (desk.bench);
  wb_bench_print_pick_list (desk.bench);
  wb_test_wait_until (get_state (&desk) == WB_PRINT_JOB_WAITING);
  wb_print_queue_cancel (desk.queue, get_first_job (&desk));
  wb_test_wait_until (get_state (&desk) == WB_PRINT_JOB_CANCELLED);
  wb_print_queue_clear (desk.queue);
  wb_test_wait_until (count_notes (&desk, ".note") == 0);
  wb_test_bench_assert_says (&desk.shop, "select count(*) from wb.print", "0");
  desk_stop (&desk);
  desk_close (&desk);
}

/* What the ledger will never have is kept aside, and nothing waits behind it. */
static void
test_refused (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbPrintNotes) notes = NULL;
  g_autofree char *folder = NULL;
  Desk desk = { 0 };

  if (!wb_test_bench_shop_open (&shop))
    return;
  desk.shop = shop;
  folder = g_build_filename (shop.folder, "print-notes", NULL);
  notes = wb_print_notes_new (shop.packer, folder);
  wb_print_notes_add (notes, &(WbPrintFacts){ .kind = WB_PRINT_LABEL, .document_id = "nothing", .printer = "Twin", .label_id = 4711 });
  wb_print_notes_add (notes, &(WbPrintFacts){ .kind = WB_PRINT_TEST, .document_id = "something", .printer = "Twin" });
  wb_test_bench_assert_soon (&shop, "select string_agg(document_id, ', ') from wb.print", "something");
  wb_test_wait_until (wb_print_notes_get_n_unsent (notes) == 0);
  wb_test_wait_until (count_notes (&desk, ".note.refused") == 1 && count_notes (&desk, ".note") == 0);
  g_assert_finalize_object (g_steal_pointer (&notes));
  wb_test_bench_shop_close (&shop);
}

/* What could not be written when it was printed, because the disk was full say, is on disk once there is room, also without a server. */
static void
test_full_disk (void)
{
  Desk desk = { 0 };
  WbTestFullDisk disk = { 0 };
  g_autoptr (WbPrintNotes) notes = NULL;
  g_autofree char *folder = NULL;

  if (!desk_open (&desk))
    return;
  folder = g_build_filename (desk.shop.folder, "print-notes", NULL);
  wb_test_full_disk_open (&disk, folder, "wb-ui", "only noted in memory");
  notes = wb_print_notes_new (disk.db, folder);
  wb_print_notes_add (notes, &(WbPrintFacts){ .kind = WB_PRINT_TEST, .document_id = "something", .printer = "Twin" });
  wb_test_full_disk_make_room (&disk);
  wb_test_wait_until (count_notes (&desk, ".note") == 1);
  g_assert_cmpuint (wb_print_notes_get_n_unsent (notes), ==, 1);
  wb_test_assert_finalized (&notes);
  wb_test_full_disk_close (&disk);
  desk_close (&desk);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);

  g_test_add_func ("/bench-notes/kept", test_kept);
  g_test_add_func ("/bench-notes/waits-over-a-restart", test_waits_over_a_restart);
  g_test_add_func ("/bench-notes/taken-back", test_taken_back);
  g_test_add_func ("/bench-notes/refused", test_refused);
  g_test_add_func ("/bench-notes/full-disk", test_full_disk);
  return g_test_run ();
}
