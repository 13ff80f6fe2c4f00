/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "devices/wb-print-queue-private.h"

G_DEFINE_FINAL_TYPE (WbPrintJob, wb_print_job, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
wb_print_job_finalize (GObject *object)
{
  WbPrintJob *self = WB_PRINT_JOB (object);

  wb_print_document_free (self->document);
  wb_print_route_free (self->route);
  wb_print_route_free (self->move_to);
  g_clear_object (&self->printer);
  g_clear_object (&self->next);
  g_free (self->printer_name);
  g_free (self->message);
  g_free (self->handed);
  g_ptr_array_unref (self->askers);
  G_OBJECT_CLASS (wb_print_job_parent_class)->finalize (object);
}

static void
wb_print_job_class_init (WbPrintJobClass *class)
{
  G_OBJECT_CLASS (class)->finalize = wb_print_job_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_print_job_init (WbPrintJob *self)
{
  self->printer_name = g_strdup ("");
  self->message = g_strdup ("");
  self->askers = g_ptr_array_new_with_free_func (g_object_unref);
}

WbPrintJob *
_wb_print_job_new (const WbPrintDocument *document, WbPrintKind kind)
{
  WbPrintJob *self = g_object_new (WB_TYPE_PRINT_JOB, NULL);

  self->document = wb_print_document_copy (document);
  self->kind = kind;
  self->made_us = g_get_real_time ();
  return self;
}

void
_wb_print_job_set (WbPrintJob *self, WbPrintJobState state, const char *message)
{
  char *copy = g_strdup (message != NULL ? message : "");

  self->state = state;
  g_free (self->message);
  self->message = copy;
  g_signal_emit (self, signals[CHANGED], 0);
}

const char *
wb_print_job_get_title (WbPrintJob *self)
{
  g_return_val_if_fail (WB_IS_PRINT_JOB (self), NULL);

  return self->document->title;
}

const char *
wb_print_job_get_id (WbPrintJob *self)
{
  g_return_val_if_fail (WB_IS_PRINT_JOB (self), NULL);

  return self->document->id;
}

WbPrintKind
wb_print_job_get_kind (WbPrintJob *self)
{
  g_return_val_if_fail (WB_IS_PRINT_JOB (self), WB_PRINT_LABEL);

  return self->kind;
}

WbPrintJobState
wb_print_job_get_state (WbPrintJob *self)
{
  g_return_val_if_fail (WB_IS_PRINT_JOB (self), WB_PRINT_JOB_FAILED);

  return self->state;
}

const char *
wb_print_job_get_printer (WbPrintJob *self)
{
  g_return_val_if_fail (WB_IS_PRINT_JOB (self), NULL);

  return self->printer_name;
}

const char *
wb_print_job_get_message (WbPrintJob *self)
{
  g_return_val_if_fail (WB_IS_PRINT_JOB (self), NULL);

  return self->message;
}

gint64
wb_print_job_get_made_us (WbPrintJob *self)
{
  g_return_val_if_fail (WB_IS_PRINT_JOB (self), 0);

  return self->made_us;
}

guint
wb_print_job_get_n_tries (WbPrintJob *self)
{
  g_return_val_if_fail (WB_IS_PRINT_JOB (self), 0);

  return self->n_tries;
}

const char *
wb_print_job_get_language (WbPrintJob *self)
{
  g_return_val_if_fail (WB_IS_PRINT_JOB (self), NULL);

  if (g_str_equal (self->document->content_type, WB_PRINTER_PDF))
    return "pdf";
  return self->printer != NULL ? wb_printer_get_language (self->printer) : "zpl";
}

gboolean
wb_print_job_is_over (WbPrintJob *self)
{
  g_return_val_if_fail (WB_IS_PRINT_JOB (self), TRUE);

  return self->state >= WB_PRINT_JOB_DONE;
}

gboolean
wb_print_job_can_retry (WbPrintJob *self)
{
  g_return_val_if_fail (WB_IS_PRINT_JOB (self), FALSE);

  return (self->state == WB_PRINT_JOB_WAITING || self->state == WB_PRINT_JOB_FAILED || self->state == WB_PRINT_JOB_CANCELLED) &&
         !self->is_cancelling;
}

gboolean
wb_print_job_can_cancel (WbPrintJob *self)
{
  g_return_val_if_fail (WB_IS_PRINT_JOB (self), FALSE);

  return (self->state <= WB_PRINT_JOB_PRINTING || self->state == WB_PRINT_JOB_FAILED) && !self->is_cancelling;
}
