/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-label-language.h"
#include "devices/wb-label-print.h"
#include "devices/wb-print-queue-private.h"

#define PDF "pdf"

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
  wb_print_document_free (self->anew);
  g_free (self->language);
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

  self->kind = kind;
  _wb_print_job_set_document (self, wb_print_document_copy (document), NULL);
  self->made_us = g_get_real_time ();
  self->generation = 1;
  self->kept = WB_PRINT_JOB_NOT_KEPT;
  return self;
}

void
_wb_print_job_set_document (WbPrintJob *self, WbPrintDocument *document, const char *language)
{
  gboolean is_pdf = g_str_equal (document->content_type, WB_PRINTER_PDF);
  /* A folder says "pdf" and takes anything: what it is written in stays. */
  gboolean is_said = language != NULL && !g_str_equal (language, PDF);
  const char *known = document->language != NULL ? document->language : wb_label_language_get_name (WB_LABEL_ZPL);
  char *copy = g_strdup (is_pdf ? PDF : is_said ? language : known);

  if (self->document != document)
    wb_print_document_free (self->document);
  self->document = document;
  g_free (self->language);
  self->language = copy;
  wb_print_document_set_language (document, copy);
}

void
_wb_print_job_renew_document (WbPrintJob *self, WbPrintDocument *document, const char *language)
{
  _wb_print_job_set_document (self, document, language);
  self->generation++;
}

void
_wb_print_job_set_printer (WbPrintJob *self, WbPrinter *printer, const WbPrintRoute *route)
{
  WbPrintRoute *copy = route != NULL ? wb_print_route_copy (route) : NULL;

  g_set_object (&self->printer, printer);
  wb_print_route_free (self->route);
  self->route = copy;
  g_free (self->printer_name);
  self->printer_name = g_strdup (wb_printer_get_name (printer));
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

void
_wb_print_job_answer (WbPrintJob *self, const GError *error)
{
  g_autoptr (GPtrArray) askers = g_steal_pointer (&self->askers);

  self->askers = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < askers->len; i++)
    if (error != NULL)
      g_task_return_error (g_ptr_array_index (askers, i), g_error_copy (error));
    else
      g_task_return_pointer (g_ptr_array_index (askers, i), g_strdup (self->handed), g_free);
}

static gboolean
is_passing (const GError *error)
{
  return g_error_matches (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE) ||
         g_error_matches (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_ATTENTION) ||
         g_error_matches (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED);
}

WbPrintJobState
_wb_print_job_judge (WbPrintJob *self, const GError *error)
{
  if (g_error_matches (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_DOUBT))
    return WB_PRINT_JOB_DOUBT;
  if (g_error_matches (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_CANCELLED))
    return WB_PRINT_JOB_CANCELLED;
  return self->is_patient && is_passing (error) ? WB_PRINT_JOB_WAITING : WB_PRINT_JOB_FAILED;
}

WbPrintDocument *
_wb_print_job_write_anew (WbPrintJob *self, const WbPrintRoute *route, GError **error)
{
  const char *language = wb_print_route_get_language (route, self->kind);
  gboolean is_pdf = g_str_equal (language, "pdf");
  g_autoptr (WbPrintDocument) anew = wb_print_document_copy (self->document);
  GBytes *data = NULL;

  wb_print_document_set_medium (anew, anew->width_um, anew->height_um, route->tray);
  if (anew->pages == NULL || (is_pdf && g_str_equal (self->language, "pdf")))
    return g_steal_pointer (&anew);
  data = wb_label_print_encode_pages (anew->pages, language, wb_print_route_get_dpi (route), route->media, error);
  if (data == NULL)
    return NULL;
  g_bytes_unref (anew->data);
  anew->data = data;
  g_free (anew->content_type);
  anew->content_type = g_strdup (is_pdf ? WB_PRINTER_PDF : WB_PRINTER_RAW);
  return g_steal_pointer (&anew);
}

const char *
wb_print_job_get_title (WbPrintJob *self)
{
  g_return_val_if_fail (WB_IS_PRINT_JOB (self), NULL);

  return self->document->title;
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
wb_print_job_get_handed (WbPrintJob *self)
{
  g_return_val_if_fail (WB_IS_PRINT_JOB (self), NULL);

  return self->handed;
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

const char *
wb_print_job_get_language (WbPrintJob *self)
{
  g_return_val_if_fail (WB_IS_PRINT_JOB (self), NULL);

  return self->language;
}

const WbPrintRoute *
wb_print_job_get_route (WbPrintJob *self)
{
  g_return_val_if_fail (WB_IS_PRINT_JOB (self), NULL);

  return self->route;
}

static const char *
get_title (const char *language)
{
  WbLabelLanguage known = WB_LABEL_ZPL;

  return wb_label_language_find (language, &known) ? wb_label_language_get_title (known) : "PDF";
}

gboolean
wb_print_job_can_go (WbPrintJob *self, const WbPrintRoute *route, GError **error)
{
  const char *language = NULL;
  gboolean is_label = FALSE;

  g_return_val_if_fail (WB_IS_PRINT_JOB (self) && route != NULL, FALSE);

  /* A file is whatever it is. */
  if (*route->printer == '\0')
    return TRUE;
  language = wb_print_route_get_language (route, self->kind);
  is_label = wb_print_kind_is_label (self->kind);
  if (g_str_equal (language, self->language) || (self->document->pages != NULL && (is_label || g_str_equal (language, PDF))))
    return TRUE;
  g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, _ ("it is written in %s, and that printer understands %s"),
               get_title (self->language), get_title (language));
  return FALSE;
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
