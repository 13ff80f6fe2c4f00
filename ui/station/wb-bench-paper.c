/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes to an office printer: pick lists, and the sheets with command barcodes. Nothing waits for it. */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-command-sheet.h"
#include "core/wb-facts.h"
#include "core/wb-label-reprint.h"
#include "core/wb-pick-list.h"
#include "db/wb-station-store.h"
#include "devices/wb-label-pdf.h"
#include "devices/wb-printer-folder.h"
#include "ui/station/wb-bench-private.h"

typedef struct
{
  WbBench *bench;
  WbPrinter *printer;
  char *document_id;
  const char *done;
} Printing;

static void
printing_free (Printing *printing)
{
  g_clear_object (&printing->bench);
  g_clear_object (&printing->printer);
  g_free (printing->document_id);
  g_free (printing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Printing, printing_free)

static void
say (WbBench *self, const char *words, WbJobAnswerKind kind)
{
  _wb_bench_set_notice (self, words);
  _wb_bench_flash (self, kind);
  _wb_bench_changed (self);
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Printing) printing = user_data;
  WbBench *self = printing->bench;
  g_autoptr (GError) error = NULL;
  g_autofree char *job = wb_print_queue_print_finish (WB_PRINT_QUEUE (source), result, &error);
  WbPrintJob *waiting = job == NULL ? wb_print_queue_find (self->prints, printing->document_id) : NULL;
  g_autofree char *words = NULL;

  if (job != NULL && WB_IS_PRINTER_FOLDER (printing->printer))
    {
      g_autofree char *name = g_path_get_basename (job);

      words = g_strdup_printf (_ ("No printer for papers is set. Kept as %s"), name);
    }
  else if (waiting != NULL && wb_print_job_get_state (waiting) == WB_PRINT_JOB_WAITING)
    words = g_strdup_printf (_ ("%s. It comes out when that is mended."), error->message);
  if (job == NULL)
    say (self, words != NULL ? words : error->message, WB_JOB_ANSWER_REFUSED);
  else
    say (self, words != NULL ? words : printing->done, WB_JOB_ANSWER_GOOD);
}

static WbPrinter *
paper_printer (WbBench *self, WbPrintKind kind)
{
  if (self->is_routed)
    return wb_print_queue_get_printer (self->prints, kind);
  if (self->paper != NULL)
    return self->paper;
  return self->spare != NULL ? self->spare : self->printer;
}

/* Every paper is one of its own: printing it again is what somebody wants who asks for it again. */
static void
print_pages (WbBench *self, WbPrintKind kind, GPtrArray *pages, const char *done, const char *reason)
{
  WbPrinter *printer = paper_printer (self, kind);
  const WbLabel *first = g_ptr_array_index (pages, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = wb_label_pages_to_pdf (pages, &error);
  g_autoptr (WbPrintDocument) document = NULL;
  g_autofree char *id = g_strdup_printf ("%s-%" G_GINT64_FORMAT, wb_print_kind_get_word (kind), g_get_real_time ());
  Printing *printing = NULL;

  if (pdf == NULL)
    {
      say (self, error->message, WB_JOB_ANSWER_REFUSED);
      return;
    }
  document = wb_print_document_new (id, first->name, WB_PRINTER_PDF, pdf);
  wb_print_document_set_medium (document, first->width_um, first->height_um, wb_print_queue_get_route (self->prints, kind)->tray);
  printing = g_new0 (Printing, 1);
  printing->bench = g_object_ref (self);
  printing->printer = g_object_ref (printer);
  printing->document_id = g_strdup (id);
  printing->done = done;
  wb_print_notes_expect (self->notes, &(WbPrintFacts){ .kind = kind, .document_id = id, .title = document->title,
                                                       .job_id = kind == WB_PRINT_PICK_LIST && self->work != NULL ? self->work->job_id : 0,
                                                       .station = self->station, .person = self->person_login, .reason = reason });
  wb_print_queue_print_async (self->prints, document, kind, printer, TRUE, printed_cb, printing);
}

void
wb_bench_set_paper (WbBench *self, WbPrinter *printer, guint width_um, guint height_um)
{
  g_return_if_fail (WB_IS_BENCH (self) && (printer == NULL || WB_IS_PRINTER (printer)));

  g_set_object (&self->paper, printer);
  self->paper_width_um = width_um;
  self->paper_height_um = height_um;
}

/* ── The pick list ───────────────────────────────────────────────────────────────────────────── */

static char *
make_printed (WbBench *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *when = g_date_time_format (now, "%-d %b %H:%M");
  const char *station = self->queue != NULL && self->queue->station != NULL ? self->queue->station : self->station;

  return wb_facts_join (station, self->person_name != NULL ? self->person_name : "", when, NULL);
}

static char *
make_ship_by (GDateTime *ship_by)
{
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *when = NULL;

  if (ship_by == NULL)
    return NULL;
  local = g_date_time_to_local (ship_by);
  when = g_date_time_format (local, "%-d %b %H:%M");
  return g_strdup_printf (_ ("ship by %s"), when);
}

/* @copy: 0 for the first, then the number of the print. */
static void
print_pick_list (WbBench *self, const char *reason, guint copy)
{
  g_autoptr (GPtrArray) pages = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *printed = make_printed (self);
  g_autofree char *ship_by = make_ship_by (self->work->ship_by);
  g_autofree char *now = _wb_bench_describe_now ();
  WbPickListFacts facts = { self->work->service, ship_by, printed };

  pages = wb_pick_list_layout (self->state, &facts, self->paper_width_um, self->paper_height_um, &error);
  for (guint i = 0; pages != NULL && copy > 0 && i < pages->len; i++)
    wb_label_mark_reprint (g_ptr_array_index (pages, i), copy + 1, now);
  if (pages == NULL)
    say (self, error->message, WB_JOB_ANSWER_REFUSED);
  else
    print_pages (self, WB_PRINT_PICK_LIST, pages, copy > 0 ? _ ("The pick list is printed again.") : _ ("The pick list is printed."), reason);
}

void
_wb_bench_print_pick_list_again (WbBench *self, const char *reason, guint copy)
{
  if (self->state != NULL)
    print_pick_list (self, reason, copy);
}

typedef struct
{
  WbBench *bench;
  gint64 job_id;
} Counting;

/* Without the database nobody knows whether there is one already: it is printed as the first. */
static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Counting *counting = user_data;
  g_autoptr (WbBench) self = counting->bench;
  g_autoptr (GError) error = NULL;
  int n = wb_print_store_count_finish (WB_DB (source), result, &error);

  if (self->work == NULL || self->work->job_id != counting->job_id || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (n > 0)
    _wb_bench_ask_why_again (self, WB_PRINT_PICK_LIST, (guint) n);
  else
    print_pick_list (self, NULL, 0);
}

void
wb_bench_print_pick_list (WbBench *self)
{
  Counting *counting = NULL;

  g_return_if_fail (WB_IS_BENCH (self));

  if (self->state == NULL)
    {
      say (self, _ ("Take the next order first."), WB_JOB_ANSWER_REFUSED);
      return;
    }
  if (wb_db_get_state (self->db) != WB_DB_STATE_ONLINE)
    {
      print_pick_list (self, NULL, 0);
      return;
    }
  counting = g_new0 (Counting, 1);
  counting->bench = g_object_ref (self);
  counting->job_id = self->work->job_id;
  wb_print_store_count_async (self->db, WB_PRINT_PICK_LIST, self->work->job_id, self->cancellable, counted_cb, counting);
}

/* ── The commands ────────────────────────────────────────────────────────────────────────────── */

static void
boxes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbBench) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbJob) boxes = wb_station_store_boxes_finish (WB_DB (source), result, &error);
  g_autoptr (GPtrArray) pages = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* The commands are the same without a database; only the boxes are missing then. */
  if (boxes == NULL)
    g_debug ("the sheet has no boxes: %s", error->message);
  g_clear_error (&error);
  pages = wb_command_sheet_layout (boxes != NULL ? boxes->boxes : NULL, self->paper_width_um, self->paper_height_um, &error);
  if (pages == NULL)
    say (self, error->message, WB_JOB_ANSWER_REFUSED);
  else
    print_pages (self, WB_PRINT_COMMAND_SHEET, pages, _ ("The command barcodes are printed."), NULL);
}

void
wb_bench_print_commands (WbBench *self)
{
  g_return_if_fail (WB_IS_BENCH (self));

  wb_station_store_boxes_async (self->db, self->cancellable, boxes_cb, g_object_ref (self));
}
