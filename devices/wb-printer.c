/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "devices/wb-printer.h"

G_DEFINE_INTERFACE (WbPrinter, wb_printer, G_TYPE_OBJECT)

static void
wb_printer_default_init (WbPrinterInterface *iface)
{
}

/**
 * wb_print_document_new:
 * @data: bytes; a reference is taken
 *
 * Returns: (transfer full): a document
 */
WbPrintDocument *
wb_print_document_new (const char *id, const char *title, const char *content_type, GBytes *data)
{
  WbPrintDocument *self = NULL;

  g_return_val_if_fail (id != NULL && *id != '\0' && content_type != NULL && data != NULL, NULL);

  self = g_new0 (WbPrintDocument, 1);
  self->id = g_strdup (id);
  self->title = g_strdup (title != NULL ? title : id);
  self->content_type = g_strdup (content_type);
  self->data = g_bytes_ref (data);
  return self;
}

WbPrintDocument *
wb_print_document_copy (const WbPrintDocument *self)
{
  WbPrintDocument *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = wb_print_document_new (self->id, self->title, self->content_type, self->data);
  wb_print_document_set_medium (copy, self->width_um, self->height_um, self->tray);
  wb_print_document_set_pages (copy, self->pages);
  wb_print_document_set_language (copy, self->language);
  copy->absent = self->absent;
  return copy;
}

void
wb_print_document_set_medium (WbPrintDocument *self, guint width_um, guint height_um, const char *tray)
{
  char *copy = g_strdup (tray);

  g_return_if_fail (self != NULL);

  g_free (self->tray);
  self->tray = copy;
  self->width_um = width_um;
  self->height_um = height_um;
}

void
wb_print_document_set_pages (WbPrintDocument *self, GPtrArray *pages)
{
  g_return_if_fail (self != NULL);

  if (pages != NULL)
    g_ptr_array_ref (pages);
  g_clear_pointer (&self->pages, g_ptr_array_unref);
  self->pages = pages;
}

void
wb_print_document_set_language (WbPrintDocument *self, const char *language)
{
  char *copy = g_strdup (language);

  g_return_if_fail (self != NULL);

  g_free (self->language);
  self->language = copy;
}

void
wb_print_document_free (WbPrintDocument *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->title);
  g_free (self->content_type);
  g_free (self->tray);
  g_free (self->language);
  g_bytes_unref (self->data);
  g_clear_pointer (&self->pages, g_ptr_array_unref);
  g_free (self);
}

const char *
wb_printer_get_name (WbPrinter *self)
{
  g_return_val_if_fail (WB_IS_PRINTER (self), NULL);

  return WB_PRINTER_GET_IFACE (self)->get_name (self);
}

const char *
wb_printer_get_content_type (WbPrinter *self)
{
  g_return_val_if_fail (WB_IS_PRINTER (self), NULL);

  return WB_PRINTER_GET_IFACE (self)->get_content_type (self);
}

const char *
wb_printer_get_language (WbPrinter *self)
{
  g_return_val_if_fail (WB_IS_PRINTER (self), NULL);

  return WB_PRINTER_GET_IFACE (self)->get_language (self);
}

gboolean
wb_printer_keeps_documents (WbPrinter *self)
{
  g_return_val_if_fail (WB_IS_PRINTER (self), FALSE);

  return WB_PRINTER_GET_IFACE (self)->keeps_documents;
}

void
wb_printer_print_async (WbPrinter *self, const WbPrintDocument *document, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (WB_IS_PRINTER (self) && document != NULL);

  WB_PRINTER_GET_IFACE (self)->print_async (self, document, cancellable, callback, user_data);
}

char *
wb_printer_print_finish (WbPrinter *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
wb_printer_query_async (WbPrinter *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (WB_IS_PRINTER (self));

  WB_PRINTER_GET_IFACE (self)->query_async (self, cancellable, callback, user_data);
}

/* A driver returns the state as an int, and the sentence as the task's error message. */
WbPrinterState
wb_printer_query_finish (WbPrinter *self, GAsyncResult *result, char **message)
{
  g_autoptr (GError) error = NULL;
  gssize state = 0;

  g_return_val_if_fail (g_task_is_valid (result, self), WB_PRINTER_UNKNOWN);

  state = g_task_propagate_int (G_TASK (result), &error);
  if (message != NULL)
    *message = g_strdup (error != NULL ? error->message : "");
  if (error == NULL)
    return (WbPrinterState) state;
  if (g_error_matches (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_ATTENTION))
    return WB_PRINTER_ATTENTION;
  if (g_error_matches (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED))
    return WB_PRINTER_PAUSED;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return WB_PRINTER_UNKNOWN;
  return WB_PRINTER_OFFLINE;
}

void
wb_printer_wait_async (WbPrinter *self, const char *job, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (WB_IS_PRINTER (self) && job != NULL);

  WB_PRINTER_GET_IFACE (self)->wait_async (self, job, cancellable, callback, user_data);
}

gboolean
wb_printer_wait_finish (WbPrinter *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
wb_printer_cancel_async (WbPrinter *self, const char *job, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (WB_IS_PRINTER (self) && job != NULL);

  if (WB_PRINTER_GET_IFACE (self)->cancel_async != NULL)
    WB_PRINTER_GET_IFACE (self)->cancel_async (self, job, cancellable, callback, user_data);
  else
    g_task_report_new_error (self, callback, user_data, wb_printer_cancel_async, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED,
                             _ ("what was printed cannot be taken back"));
}

gboolean
wb_printer_cancel_finish (WbPrinter *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
