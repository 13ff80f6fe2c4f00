/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One job and its printer: asked first, sent, waited for until it came out, taken back. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "devices/wb-print-queue-private.h"

/* A callback's pair; both are kept until it is called. */
typedef struct
{
  WbPrintQueue *queue;
  WbPrintJob *job;
} Work;

static Work *
work_new (WbPrintQueue *queue, WbPrintJob *job)
{
  Work *work = g_new0 (Work, 1);

  work->queue = g_object_ref (queue);
  work->job = g_object_ref (job);
  return work;
}

static void
work_free (Work *work)
{
  g_object_unref (work->queue);
  g_object_unref (work->job);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static void
fail (WbPrintQueue *queue, WbPrintJob *job, const GError *error)
{
  _wb_print_queue_set_state (queue, job, _wb_print_job_judge (job, error), error->message);
  _wb_print_job_answer (job, error);
}

void
_wb_print_handover_go_on (WbPrintQueue *queue, WbPrintJob *job)
{
  g_autoptr (WbPrintRoute) route = g_steal_pointer (&job->move_to);
  g_autoptr (WbPrinter) printer = g_steal_pointer (&job->next);
  WbPrintDocument *anew = g_steal_pointer (&job->anew);

  job->is_cancelling = FALSE;
  g_clear_pointer (&job->handed, g_free);
  if (printer == NULL)
    {
      g_autoptr (GError) error = g_error_new_literal (WB_DEVICE_ERROR, WB_DEVICE_ERROR_CANCELLED, _ ("the print job was cancelled"));

      _wb_print_queue_set_state (queue, job, WB_PRINT_JOB_CANCELLED, "");
      _wb_print_job_answer (job, error);
      return;
    }
  if (anew != NULL)
    _wb_print_job_renew_document (job, anew, wb_printer_get_language (printer));
  _wb_print_job_set_printer (job, printer, route);
  _wb_print_handover_begin (queue, job);
}

/* It cannot be taken back: it stays where it is. */
static void
not_taken_back (WbPrintQueue *queue, WbPrintJob *job, const GError *error)
{
  job->is_cancelling = FALSE;
  g_clear_pointer (&job->move_to, wb_print_route_free);
  g_clear_object (&job->next);
  g_clear_pointer (&job->anew, wb_print_document_free);
  if (g_error_matches (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_DOUBT))
    _wb_print_queue_set_state (queue, job, WB_PRINT_JOB_DOUBT, error->message);
  else if (g_error_matches (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED))
    _wb_print_queue_set_state (queue, job, WB_PRINT_JOB_DONE, error->message);
  else
    _wb_print_queue_set_state (queue, job, job->state, error->message);
  _wb_print_job_answer (job, error);
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  g_autoptr (GError) error = NULL;

  if (wb_printer_cancel_finish (WB_PRINTER (source), result, &error))
    _wb_print_handover_go_on (work->queue, work->job);
  else
    not_taken_back (work->queue, work->job, error);
}

static void
take_back (WbPrintQueue *queue, WbPrintJob *job)
{
  wb_printer_cancel_async (job->printer, job->handed != NULL ? job->handed : job->document->id, NULL, cancelled_cb,
                           work_new (queue, job));
}

void
_wb_print_handover_ask_back (WbPrintQueue *queue, WbPrintJob *job)
{
  if (job->state == WB_PRINT_JOB_PRINTING)
    take_back (queue, job);
  else
    /* the callback of what is still being sent hears of it */
    wb_printer_cancel_async (job->printer, job->document->id, NULL, NULL, NULL);
}

static void
came_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  g_autoptr (GError) error = NULL;

  /* Whoever takes it back hears what became of it. */
  if (work->job->is_cancelling || work->job->state != WB_PRINT_JOB_PRINTING)
    return;
  if (wb_printer_wait_finish (WB_PRINTER (source), result, &error))
    _wb_print_queue_set_state (work->queue, work->job, WB_PRINT_JOB_DONE, "");
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_pointer (&work->job->handed, g_free);
      work->job->is_patient = FALSE;
      fail (work->queue, work->job, error);
    }
}

/* What was said of the printer still holds. */
void
_wb_print_handover_wait (WbPrintQueue *queue, WbPrintJob *job)
{
  g_autofree char *message = g_strdup (job->message);

  _wb_print_queue_set_state (queue, job, WB_PRINT_JOB_PRINTING, message);
  wb_printer_wait_async (job->printer, job->handed, _wb_print_queue_get_cancellable (queue), came_out_cb, work_new (queue, job));
}

static void
handed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  WbPrintJob *job = work->job;
  g_autoptr (GError) error = NULL;

  job->handed = wb_printer_print_finish (WB_PRINTER (source), result, &error);
  if (job->handed == NULL && job->is_cancelling && !g_error_matches (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_DOUBT))
    _wb_print_handover_go_on (work->queue, job);
  else if (job->handed == NULL)
    {
      job->is_cancelling = FALSE;
      fail (work->queue, job, error);
    }
  else if (job->is_cancelling)
    take_back (work->queue, job);
  else
    {
      _wb_print_handover_wait (work->queue, job);
      _wb_print_job_answer (job, NULL);
    }
}

static void
send (WbPrintQueue *queue, WbPrintJob *job)
{
  wb_printer_print_async (job->printer, job->document, NULL, handed_cb, work_new (queue, job));
}

/* A printer takes bytes also when it has no paper, and tells nobody what became of them: what can wait is not sent to one that wants
 * something. A print server keeps it itself, and only what is the matter is said. What is away is tried all the same: that says more. */
static void
asked_first_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  WbPrintJob *job = work->job;
  g_autofree char *message = NULL;
  WbPrinterState state = wb_printer_query_finish (WB_PRINTER (source), result, &message);
  g_autoptr (GError) error = NULL;

  if (job->is_cancelling)
    {
      _wb_print_handover_go_on (work->queue, job);
      return;
    }
  if (wb_printer_keeps_documents (job->printer) || (state != WB_PRINTER_PAUSED && state != WB_PRINTER_ATTENTION))
    {
      if (wb_printer_keeps_documents (job->printer) && state > WB_PRINTER_BUSY)
        _wb_print_job_set (job, job->state, message);
      send (work->queue, job);
      return;
    }
  error = g_error_new_literal (WB_DEVICE_ERROR, state == WB_PRINTER_PAUSED ? WB_DEVICE_ERROR_REFUSED : WB_DEVICE_ERROR_ATTENTION, message);
  fail (work->queue, job, error);
}

void
_wb_print_handover_begin (WbPrintQueue *queue, WbPrintJob *job)
{
  if (job->printer == NULL)
    _wb_print_job_set_printer (job, _wb_print_queue_find_printer (queue, job), job->route);
  g_clear_pointer (&job->handed, g_free);
  _wb_print_queue_set_state (queue, job, WB_PRINT_JOB_SENDING, "");
  if (job->is_patient)
    wb_printer_query_async (job->printer, NULL, asked_first_cb, work_new (queue, job));
  else
    send (queue, job);
}
