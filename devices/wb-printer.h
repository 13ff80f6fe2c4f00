/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A printer, whatever stands behind it: something that takes a document once, says how it is, and
 * whether the document came out. Drivers: a CUPS queue (wb-printer-cups.h), a socket of the printer's own
 * (wb-printer-socket.h), a folder (wb-printer-folder.h). Not for making documents (wb-label-pdf.h).
 *
 * Main thread; nothing blocks.
 */
#pragma once

#include "devices/wb-device-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define WB_PRINTER_RAW "application/vnd.cups-raw"
#define WB_PRINTER_ZPL WB_PRINTER_RAW
#define WB_PRINTER_PDF "application/pdf"

/**
 * WbPrinterState:
 * @WB_PRINTER_UNKNOWN: not asked yet
 * @WB_PRINTER_READY: would print at once
 * @WB_PRINTER_BUSY: prints something
 * @WB_PRINTER_PAUSED: somebody stopped the queue
 * @WB_PRINTER_ATTENTION: somebody has to go there: paper out, cover open, jam
 * @WB_PRINTER_OFFLINE: cannot be reached
 */
typedef enum
{
  WB_PRINTER_UNKNOWN,
  WB_PRINTER_READY,
  WB_PRINTER_BUSY,
  WB_PRINTER_PAUSED,
  WB_PRINTER_ATTENTION,
  WB_PRINTER_OFFLINE,
} WbPrinterState;

/**
 * WbPrintDocument:
 * @id: what makes it this document and no other; the same id never comes out twice
 * @title: what people see in the queue
 * @content_type: %WB_PRINTER_RAW or %WB_PRINTER_PDF
 * @data: its bytes
 * @width_um: of the medium it is made for; 0: as the printer has it
 * @height_um: of the medium
 * @tray: (nullable): where the printer takes the medium from
 * @pages: (nullable) (element-type WbLabel): what its bytes were made of, for whoever has to write it for another printer; read only
 * @language: (nullable): "zpl", "epl", "tspl", "escpos" or "pdf", where it is known what the bytes are; for whoever keeps them
 * @absent: somebody looked, and it did not come out: it is printed also where the printer may have had it
 */
typedef struct
{
  char *id;
  char *title;
  char *content_type;
  GBytes *data;
  guint width_um;
  guint height_um;
  char *tray;
  GPtrArray *pages;
  char *language;
  gboolean absent;
} WbPrintDocument;

WbPrintDocument *wb_print_document_new (const char *id, const char *title, const char *content_type, GBytes *data);
WbPrintDocument *wb_print_document_copy (const WbPrintDocument *self);

/**
 * wb_print_document_set_medium:
 * @tray: (nullable)
 *
 * Says what it is printed on, for printers that have a choice.
 */
void wb_print_document_set_medium (WbPrintDocument *self, guint width_um, guint height_um, const char *tray);

/**
 * wb_print_document_set_pages:
 * @pages: (nullable) (element-type WbLabel): a reference is taken; nobody changes them any more
 *
 * Says what its bytes were made of: a document that is known so can be moved to a printer of another language.
 */
void wb_print_document_set_pages (WbPrintDocument *self, GPtrArray *pages);

/**
 * wb_print_document_set_language:
 * @language: (nullable)
 *
 * Says what its bytes are written in.
 */
void wb_print_document_set_language (WbPrintDocument *self, const char *language);
void wb_print_document_free (WbPrintDocument *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbPrintDocument, wb_print_document_free)

#define WB_TYPE_PRINTER (wb_printer_get_type ())
G_DECLARE_INTERFACE (WbPrinter, wb_printer, WB, PRINTER, GObject)

struct _WbPrinterInterface
{
  GTypeInterface parent;

  const char *(*get_name) (WbPrinter *self);
  const char *(*get_content_type) (WbPrinter *self);
  void (*print_async) (WbPrinter *self, const WbPrintDocument *document, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data);
  void (*query_async) (WbPrinter *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data);
  void (*wait_async) (WbPrinter *self, const char *job, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data);
  void (*cancel_async) (WbPrinter *self, const char *job, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data);
  const char *(*get_language) (WbPrinter *self);
  gboolean keeps_documents; /* for the printer, until that can print them */
};

/**
 * wb_printer_get_name:
 *
 * Returns: (transfer none): what people call it
 */
const char *wb_printer_get_name (WbPrinter *self);

/**
 * wb_printer_get_content_type:
 *
 * Returns: (transfer none): which kind of document it wants for a label
 */
const char *wb_printer_get_content_type (WbPrinter *self);

/**
 * wb_printer_get_language:
 *
 * Returns: (transfer none): what it is told in: "zpl", "epl", "tspl", "escpos" or "pdf"
 */
const char *wb_printer_get_language (WbPrinter *self);

/**
 * wb_printer_keeps_documents:
 *
 * Returns: whether what is handed over waits there until the printer can print it, as at a print server; else it is better not handed over
 * to a printer that wants something from somebody
 */
gboolean wb_printer_keeps_documents (WbPrinter *self);

/**
 * wb_printer_print_async:
 * @document: what to print; copied
 *
 * Hands a document over. A document whose id the printer already has is not printed again: the
 * answer is the job it has, so a retry after a crash is safe. Finish with
 * wb_printer_print_finish(): (transfer full) the printer's name for the job. Errors: WB_DEVICE_ERROR;
 * %WB_DEVICE_ERROR_DOUBT when the document was sent and nobody can tell whether it came out: it is not
 * sent again before somebody looked (@absent).
 */
void wb_printer_print_async (WbPrinter *self, const WbPrintDocument *document, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
char *wb_printer_print_finish (WbPrinter *self, GAsyncResult *result, GError **error);

/**
 * wb_printer_query_async:
 *
 * Asks how the printer is. wb_printer_query_finish() never fails: what cannot be asked is
 * %WB_PRINTER_OFFLINE, and @message (transfer full) is a sentence for people, "" when READY.
 */
void wb_printer_query_async (WbPrinter *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);
WbPrinterState wb_printer_query_finish (WbPrinter *self, GAsyncResult *result, char **message);

/**
 * wb_printer_wait_async:
 * @job: from wb_printer_print_finish()
 *
 * Waits until the job has come out. wb_printer_wait_finish() fails when it was cancelled or given
 * up; a printer that waits for paper is waited for: cancel with @cancellable.
 */
void wb_printer_wait_async (WbPrinter *self, const char *job, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
gboolean wb_printer_wait_finish (WbPrinter *self, GAsyncResult *result, GError **error);

/**
 * wb_printer_cancel_async:
 * @job: from wb_printer_print_finish(), or the id of a document that is being handed over
 *
 * Takes a job back that has not come out. wb_printer_cancel_finish() is TRUE when it surely does not come out any more, and
 * fails with %WB_DEVICE_ERROR_REFUSED when it came out already or cannot be taken back, with %WB_DEVICE_ERROR_DOUBT when
 * nobody can tell.
 */
void wb_printer_cancel_async (WbPrinter *self, const char *job, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
gboolean wb_printer_cancel_finish (WbPrinter *self, GAsyncResult *result, GError **error);

G_END_DECLS
