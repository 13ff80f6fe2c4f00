/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a label to what a printer is sent: in its language, or as a PDF for one with a driver. And the label that a printer is
 * tried with.
 *
 * Pure functions; any thread, but those that take a WbPrinter.
 */
#pragma once

#include "core/wb-label-templates.h"
#include "devices/wb-printer.h"

G_BEGIN_DECLS

/**
 * wb_label_print_encode:
 * @language: "zpl", "epl", "tspl", "escpos" or "pdf", as wb_printer_get_language() has it
 * @dpi: dots an inch; not used for PDF
 * @media: (nullable): what lies in the printer, as WbPrintRoute has it; not used for PDF
 *
 * Fails with %WB_ERROR_LIMIT when the label is larger than what lies in the printer. Fails with %WB_DEVICE_ERROR_FAILED when it cannot be drawn, and with %WB_DEVICE_ERROR_REFUSED for another language.
 *
 * Returns: (transfer full): the job's bytes
 */
GBytes *wb_label_print_encode (const WbLabel *label, const char *language, guint dpi, const char *media, GError **error);

/**
 * wb_label_print_encode_pages:
 * @labels: (element-type WbLabel): one at least, in the order of printing
 *
 * The same for several labels in one job, each on a label of its own. Errors are those of wb_label_print_encode().
 *
 * Returns: (transfer full): the job's bytes
 */
GBytes *wb_label_print_encode_pages (GPtrArray *labels, const char *language, guint dpi, const char *media, GError **error);

/**
 * wb_label_print_document:
 * @id: what makes it one document, see WbPrintDocument
 *
 * Errors are those of wb_label_print_encode().
 *
 * Returns: (transfer full): the label for that printer
 */
WbPrintDocument *wb_label_print_document (const WbLabel *label, WbPrinter *printer, guint dpi, const char *media, const char *id,
                                          GError **error);

/**
 * wb_label_print_test:
 * @station: (nullable): where it stands
 * @now: the time on it, local
 *
 * What the printer is tried with, by the template "test": its name, language and resolution, the time, and barcodes.
 *
 * Returns: (transfer full): a label
 */
WbLabel *wb_label_print_test (WbLabelTemplates *templates, WbPrinter *printer, guint dpi, const char *station, GDateTime *now,
                              GError **error);

G_END_DECLS
