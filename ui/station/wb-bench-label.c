/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-label-reprint.h"
#include "devices/wb-label-print.h"
#include "devices/wb-printer-folder.h"
#include "ui/station/wb-bench-private.h"

/* TRUE when the error means that nothing was reachable and the same will be tried again by itself. */
static gboolean
is_passing (WbBench *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return TRUE;
  if (!g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE) &&
      !g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_TIMEOUT))
    return FALSE;
  _wb_bench_retry_later (self);
  return TRUE;
}

static void
take_failure (WbBench *self, const GError *error)
{
  if (is_passing (self, error))
    _wb_bench_changed (self);
  else if (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_CONFLICT))
    _wb_bench_lose (self, error->message);
  else
    {
      _wb_bench_set_trouble (self, error->message, FALSE);
      _wb_bench_changed (self);
    }
}

/* ── Labels ──────────────────────────────────────────────────────────────────────────────────── */

const WbJobLabel *
wb_bench_get_label (WbBench *self, guint parcel)
{
  g_return_val_if_fail (WB_IS_BENCH (self), NULL);

  for (guint i = 0; self->work != NULL && i < self->work->labels->len; i++)
    {
      const WbJobLabel *label = g_ptr_array_index (self->work->labels, i);

      if (label->parcel == parcel)
        return label;
    }
  return NULL;
}

/* Labels that an earlier run had made and did not get to note down: good when they are for these parcels. */
static gboolean
labels_fit (WbBench *self)
{
  if (self->work->labels->len == 0 || self->work->labels->len != wb_job_state_get_n_parcels (self->state))
    return FALSE;
  for (guint i = 0; i < self->work->labels->len; i++)
    if (!wb_job_label_fits (g_ptr_array_index (self->work->labels, i), self->state))
      return FALSE;
  return TRUE;
}

static void
note_labels (WbBench *self)
{
  for (guint i = 1; i <= self->state->parcels->len; i++)
    {
      const WbJobLabel *label = wb_bench_get_label (self, i);
      g_autoptr (WbJobAnswer) answer = NULL;

      if (label == NULL || wb_job_state_get_parcel (self->state, i)->tracking != NULL)
        continue;
      answer = wb_job_answer_label (self->state, i, label->data.tracking, label->data.sscc);
      _wb_bench_append (self, answer);
    }
}

static void
labelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbBench) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *labels = wb_job_store_label_finish (WB_DB (source), result, &error);

  self->is_labelling = FALSE;
  if (self->work == NULL)
    {
      g_clear_pointer (&labels, g_ptr_array_unref);
      return;
    }
  if (labels == NULL)
    {
      take_failure (self, error);
      return;
    }
  g_ptr_array_unref (self->work->labels);
  self->work->labels = labels;
  note_labels (self);
  _wb_bench_advance (self);
}

static void
make_labels (WbBench *self)
{
  if (labels_fit (self))
    {
      note_labels (self);
      _wb_bench_advance (self);
      return;
    }
  if (self->is_labelling || self->unsent->len > 0)
    return;
  self->is_labelling = TRUE;
  wb_job_store_label_async (self->db, self->work->job_id, self->station, self->state, self->cancellable, labelled_cb,
                            g_object_ref (self));
}

/* ── Printing ────────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  WbBench *bench;
  gint64 label_id;
  guint parcel;
  WbPrinter *printer;
  WbPrintDocument *document;
  char *reason; /* (nullable): why it is printed again */
} Printing;

static void
printing_free (Printing *printing)
{
  g_clear_object (&printing->printer);
  wb_print_document_free (printing->document);
  g_clear_object (&printing->bench);
  g_free (printing->reason);
  g_free (printing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Printing, printing_free)

/* The day on the label is the day it is printed, as the clock on the wall has it. */
WbLabel *
wb_bench_layout_label (WbBench *self, const WbJobLabel *label, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");
  WbShippingLabel data = label->data;

  data.date = date;
  return wb_shipping_label_layout_by (&data, wb_label_templates_find (self->templates, "shipping"), error);
}

/* @copy: 0 for the first, then the number of the print. */
static WbPrintDocument *
make_document (WbBench *self, const WbJobLabel *label, WbPrinter *printer, guint copy, GError **error)
{
  WbLabel *layout = wb_bench_layout_label (self, label, error);
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_label_free);
  /* Numbers begin anew in another database, and what this machine printed for that one is another label. */
  g_autofree char *id = g_strdup_printf ("label-%" G_GINT64_FORMAT "-%.8s-%u", label->label_id, label->key != NULL ? label->key : "", copy);
  g_autofree char *now = _wb_bench_describe_now ();
  const WbPrintRoute *route = NULL;
  WbPrintDocument *document = NULL;

  if (layout == NULL)
    return NULL;
  g_ptr_array_add (pages, layout);
  if (copy > 0)
    wb_label_mark_reprint (layout, copy + 1, now);
  route = wb_print_queue_get_route (self->prints, WB_PRINT_LABEL);
  document = wb_label_print_document (layout, printer, self->dpi, route->media, id, error);
  if (document == NULL)
    return NULL;
  wb_print_document_set_medium (document, layout->width_um, layout->height_um, route->tray);
  wb_print_document_set_pages (document, pages);
  return document;
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Printing) printing = user_data;
  WbBench *self = printing->bench;
  g_autoptr (GError) error = NULL;
  g_autofree char *job = wb_print_queue_print_finish (WB_PRINT_QUEUE (source), result, &error);
  const WbJobLabel *label = NULL;
  g_autoptr (WbJobAnswer) answer = NULL;

  self->is_printing = FALSE;
  label = wb_bench_get_label (self, printing->parcel);
  if (self->state == NULL || label == NULL || label->label_id != printing->label_id)
    return;
  if (job == NULL)
    {
      _wb_bench_set_trouble (self, error->message, TRUE);
      _wb_bench_changed (self);
      return;
    }
  wb_print_notes_add (self->notes, &(WbPrintFacts){ .kind = WB_PRINT_LABEL, .document_id = printing->document->id,
                                                    .title = printing->document->title,
                                                    .printer = wb_printer_get_name (printing->printer), .job = job,
                                                    .label_id = label->label_id, .station = self->station,
                                                    .person = self->person_login, .reason = printing->reason });
  if (printing->reason != NULL)
    _wb_bench_set_notice (self, _ ("The label is printed again."));
  else
    {
      answer = wb_job_answer_printed (self->state, printing->parcel, job);
      _wb_bench_append (self, answer);
    }
  if (WB_IS_PRINTER_FOLDER (printing->printer))
    {
      g_autofree char *name = g_path_get_basename (job);
      g_autofree char *words = g_strdup_printf (_ ("The label is saved as %s"), name);

      _wb_bench_set_notice (self, words);
    }
  _wb_bench_advance (self);
}

static void
print_label (WbBench *self, const WbJobLabel *label, guint copy, const char *reason)
{
  WbPrinter *printer = self->use_spare && self->spare != NULL ? self->spare : self->printer;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbPrintDocument) document = make_document (self, label, printer, copy, &error);
  Printing *printing = NULL;

  if (document == NULL)
    {
      _wb_bench_set_trouble (self, error->message, TRUE);
      _wb_bench_changed (self);
      return;
    }
  g_free (self->label_document);
  self->label_document = g_strdup (document->id);
  printing = g_new0 (Printing, 1);
  printing->bench = g_object_ref (self);
  printing->label_id = label->label_id;
  printing->parcel = label->parcel;
  printing->printer = g_object_ref (printer);
  printing->document = wb_print_document_copy (document);
  printing->reason = g_strdup (reason);
  self->is_printing = TRUE;
  wb_print_queue_print_async (self->prints, document, WB_PRINT_LABEL, printer, FALSE, printed_cb, printing);
}

void
_wb_bench_label_step (WbBench *self)
{
  const WbJobParcel *parcel = wb_job_state_get_parcel (self->state, self->state->parcel);
  const WbJobLabel *label = wb_bench_get_label (self, self->state->parcel);

  if (parcel == NULL || self->is_printing)
    return;
  if (parcel->tracking == NULL || label == NULL || g_strcmp0 (label->data.tracking, parcel->tracking) != 0)
    make_labels (self);
  else
    print_label (self, label, 0, NULL);
}

void
wb_bench_save_label (WbBench *self)
{
  g_return_if_fail (WB_IS_BENCH (self));

  self->use_spare = TRUE;
  wb_bench_retry (self);
}

gboolean
wb_bench_can_reprint (WbBench *self)
{
  g_return_val_if_fail (WB_IS_BENCH (self), FALSE);

  return self->state != NULL && self->state->step == WB_JOB_STEP_FINAL && !self->is_printing &&
         wb_bench_get_label (self, self->state->parcel) != NULL;
}

/* Every copy is a document of its own, also after a restart, or the printer would take it for the one it has. */
void
_wb_bench_print_label_again (WbBench *self, const char *reason)
{
  const WbJobLabel *label = wb_bench_can_reprint (self) ? wb_bench_get_label (self, self->state->parcel) : NULL;

  if (label == NULL)
    return;
  self->n_copies++;
  print_label (self, label, MAX (label->n_prints, 1) + self->n_copies - 1, reason);
}

void
wb_bench_reprint (WbBench *self)
{
  g_return_if_fail (WB_IS_BENCH (self));

  if (wb_bench_can_reprint (self))
    _wb_bench_ask_why_again (self, WB_PRINT_LABEL, 0);
}

/* ── Shipping ────────────────────────────────────────────────────────────────────────────────── */

static gboolean
has_missing (const WbJobState *state)
{
  for (guint i = 1; i <= wb_job_get_n_lines (state->job); i++)
    if (wb_job_state_get_line (state, i)->missing > 0)
      return TRUE;
  return FALSE;
}

static void
shipped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbBench) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *shipment = wb_job_store_ship_finish (WB_DB (source), result, &error);
  g_autofree char *words = NULL;

  self->is_shipping = FALSE;
  if (self->work == NULL)
    return;
  if (error != NULL)
    {
      take_failure (self, error);
      return;
    }
  words = g_strdup_printf (has_missing (self->state) ? _ ("#%s is shipped, all but what was not found.") : _ ("#%s is shipped."),
                           self->work->job->number);
  _wb_bench_finish (self, words);
}

void
_wb_bench_ship (WbBench *self)
{
  if (self->is_shipping)
    return;
  self->is_shipping = TRUE;
  wb_job_store_ship_async (self->db, self->work->job_id, self->station, self->state, self->cancellable, shipped_cb,
                           g_object_ref (self));
}

const char *
wb_bench_get_busy (WbBench *self)
{
  g_return_val_if_fail (WB_IS_BENCH (self), NULL);

  if (self->mode == WB_BENCH_LOADING)
    return _ ("Fetching the next order …");
  if (self->is_leaving)
    return _ ("Putting the order aside …");
  if (self->is_labelling)
    return _ ("The label is being made …");
  if (self->is_printing)
    return _ ("The label is being printed …");
  if (self->is_shipping)
    return _ ("Telling everybody that it is shipped …");
  return NULL;
}
