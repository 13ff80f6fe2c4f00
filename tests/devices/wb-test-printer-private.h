/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the emulated label printer's languages share: the job as it is read, and putting things on paper.
 */
#pragma once

#include "tests/devices/wb-test-printer.h"

G_BEGIN_DECLS

/* The job as it is read, and the paper; what comes next in ZPL. */
typedef struct
{
  WbTestPrinted *out;
  cairo_t *cairo;
  const guint8 *data;
  gsize length;
  gsize at;
  GError *error;
  guint dpi;
  guint x;
  guint y;
  guint module;
  guint ratio;
  guint height;
  guint letter_height;
  char code[4];
  char ends[3];
} WbTestPrinter;

void wb_test_printer_stop (WbTestPrinter *printer, const char *format, ...) G_GNUC_PRINTF (2, 3);

void wb_test_printer_paint_box (WbTestPrinter *printer, double x, double y, double width, double height);
void wb_test_printer_paint_text (WbTestPrinter *printer, const char *latin, double x, double y, double cell, double height);
void wb_test_printer_paint_bits (WbTestPrinter *printer, const guint8 *bits, double x, double y, guint stride, guint rows,
                                 gboolean set_is_black);
void wb_test_printer_paint_bars (WbTestPrinter *printer, int symbology, const char *data, double x, double y, double narrow,
                                 double wide, double height);
void wb_test_printer_paint_code_128 (WbTestPrinter *printer, const GArray *words, double x, double y, double module,
                                     double height);
/* A MaxiCode of the standard's size, by what stands in its middle. */
void wb_test_printer_paint_maxicode (WbTestPrinter *printer, guint mode, const char *postcode, const char *country, const char *service,
                                     const char *message, double x, double y);
void wb_test_printer_paint_qr (WbTestPrinter *printer, const char *data, gsize length, double x, double y, double module);

guint wb_test_printer_read_numbers (WbTestPrinter *printer, guint *numbers, guint most);
void wb_test_printer_expect (WbTestPrinter *printer, const char *text);
gboolean wb_test_printer_starts (const WbTestPrinter *printer, const char *text);

void wb_test_printer_zpl_command (WbTestPrinter *printer);

G_END_DECLS
