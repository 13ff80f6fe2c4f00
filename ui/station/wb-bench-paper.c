/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes to an office printer: pick lists, and the sheets with command barcodes. Nothing waits for it. */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-command-sheet.h"
#include "core/wb-pick-list.h"
#include "db/wb-station-store.h"
#include "devices/wb-label-pdf.h"
#include "devices/wb-printer-folder.h"
#include "ui/station/wb-bench-private.h"

typedef struct
{
  WbBench *bench;
  char *done;
} Printing;

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
  g_autofree Printing *printing = user_data;
  g_autoptr (WbBench) self = printing->bench;
  g_autofree char *done = printing->done;
  g_autoptr (GError) error = NULL;
  g_autofree char *job = wb_printer_print_finish (WB_PRINTER (source), result, &error);
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (job == NULL)
    {
      say (self, error->message, WB_JOB_ANSWER_REFUSED);
      return;
    }
  if (WB_IS_PRINTER_FOLDER (source))
    {
      g_autofree char *name = g_path_get_basename (job);

      words = g_strdup_printf (_ ("No printer for papers is set. Kept as %s"), name);
    }
  say (self, words != NULL ? words : done, WB_JOB_ANSWER_GOOD);
}

static WbPrinter *
paper_printer (WbBench *self)
{
  if (self->paper != NULL)
    return self->paper;
  return self->spare != NULL ? self->spare : self->printer;
}

/* Every paper is one of its own: printing it again is what somebody wants who asks for it again. */
static void
print_pages (WbBench *self, const char *what, GPtrArray *pages, const char *done)
{
  WbPrinter *printer = paper_printer (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = wb_label_pages_to_pdf (pages, &error);
  g_autoptr (WbPrintDocument) document = NULL;
  g_autofree char *id = g_strdup_printf ("%s-%" G_GINT64_FORMAT, what, g_get_real_time ());
  Printing *printing = NULL;

  if (pdf == NULL)
    {
      say (self, error->message, WB_JOB_ANSWER_REFUSED);
      return;
    }
  document = wb_print_document_new (id, ((WbLabel *) g_ptr_array_index (pages, 0))->name, WB_PRINTER_PDF, pdf);
  printing = g_new0 (Printing, 1);
  printing->bench = g_object_ref (self);
  printing->done = g_strdup (done);
  wb_printer_print_async (printer, document, self->cancellable, printed_cb, printing);
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

  if (self->person_name != NULL)
    return g_strdup_printf ("%s · %s · %s", station, self->person_name, when);
  return g_strdup_printf ("%s · %s", station, when);
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

void
wb_bench_print_pick_list (WbBench *self)
{
  g_autoptr (GPtrArray) pages = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *printed = NULL;
  g_autofree char *ship_by = NULL;
  WbPickListFacts facts = { 0 };

  g_return_if_fail (WB_IS_BENCH (self));

  if (self->state == NULL)
    {
      say (self, _ ("Take the next order first."), WB_JOB_ANSWER_REFUSED);
      return;
    }
  printed = make_printed (self);
  ship_by = make_ship_by (self->work->ship_by);
  facts = (WbPickListFacts){ self->work->service, ship_by, printed };
  pages = wb_pick_list_layout (self->state, &facts, self->paper_width_um, self->paper_height_um, &error);
  if (pages == NULL)
    say (self, error->message, WB_JOB_ANSWER_REFUSED);
  else
    print_pages (self, "pick", pages, _ ("The pick list is printed."));
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
    print_pages (self, "commands", pages, _ ("The command barcodes are printed."));
}

void
wb_bench_print_commands (WbBench *self)
{
  g_return_if_fail (WB_IS_BENCH (self));

  wb_station_store_boxes_async (self->db, self->cancellable, boxes_cb, g_object_ref (self));
}
