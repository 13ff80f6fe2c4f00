/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is on a label and where, in micrometres from its upper left corner: text, lines, frames and
 * barcodes. Knows no printer: core/wb-label-zpl.h writes it as ZPL, devices/wb-label-pdf.h draws it.
 * Both follow the same layout, so what is seen is what is printed.
 *
 * A plain value, built on one thread and then only read.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WB_LABEL_MM(mm) ((guint) ((mm) * 1000))

/**
 * WbLabelKind:
 * @WB_LABEL_TEXT: one line of text
 * @WB_LABEL_FRAME: the outline of a rectangle, @line_um thick
 * @WB_LABEL_BAR: a filled rectangle; also a line
 * @WB_LABEL_SYMBOL: a barcode
 */
typedef enum
{
  WB_LABEL_TEXT,
  WB_LABEL_FRAME,
  WB_LABEL_BAR,
  WB_LABEL_SYMBOL,
} WbLabelKind;

/**
 * WbLabelSymbol:
 * @WB_LABEL_CODE_128: printable ASCII
 * @WB_LABEL_GS1_128: element string as wb_gs1_build() makes it, GS between values of open length
 * @WB_LABEL_EAN_13: 13 digits
 * @WB_LABEL_QR: UTF-8
 * @WB_LABEL_DATAMATRIX: printable ASCII
 */
typedef enum
{
  WB_LABEL_CODE_128,
  WB_LABEL_GS1_128,
  WB_LABEL_EAN_13,
  WB_LABEL_QR,
  WB_LABEL_DATAMATRIX,
} WbLabelSymbol;

/**
 * WbLabelAlign:
 *
 * Where in its width an element stands.
 */
typedef enum
{
  WB_LABEL_LEFT,
  WB_LABEL_CENTRE,
  WB_LABEL_RIGHT,
} WbLabelAlign;

/**
 * WbLabelElement:
 * @x_um: left edge
 * @y_um: upper edge
 * @width_um: room for it; text that needs more is set narrower
 * @height_um: height of a line of text, of the bars, of the rectangle
 * @line_um: thickness of a frame's line
 * @module_um: narrowest bar, or side of a QR or DataMatrix module
 * @bold: heavier text
 * @text: words or data, UTF-8
 */
typedef struct
{
  WbLabelKind kind;
  WbLabelSymbol symbol;
  WbLabelAlign align;
  guint x_um;
  guint y_um;
  guint width_um;
  guint height_um;
  guint line_um;
  guint module_um;
  gboolean bold;
  char *text;
} WbLabelElement;

/**
 * WbLabel:
 * @width_um: of the medium
 * @height_um: of the medium
 * @elements: (element-type WbLabelElement): in the order of drawing
 * @name: what a print queue calls it
 */
typedef struct
{
  guint width_um;
  guint height_um;
  GPtrArray *elements;
  char *name;
} WbLabel;

/**
 * wb_label_new:
 * @name: (nullable): what a print queue calls it
 *
 * Returns: (transfer full): an empty label
 */
WbLabel *wb_label_new (const char *name, guint width_um, guint height_um);
void wb_label_free (WbLabel *self);

/**
 * wb_label_add_text:
 * @text: one line; control characters become blanks
 *
 * An empty text adds nothing.
 */
void wb_label_add_text (WbLabel *self, guint x_um, guint y_um, guint width_um, guint height_um, WbLabelAlign align,
                        gboolean bold, const char *text);
void wb_label_add_frame (WbLabel *self, guint x_um, guint y_um, guint width_um, guint height_um, guint line_um);
void wb_label_add_bar (WbLabel *self, guint x_um, guint y_um, guint width_um, guint height_um);

/**
 * wb_label_add_symbol:
 * @width_um: room for it; a linear symbol's bars are made narrower until it fits
 * @data: what it says
 *
 * Fails with %WB_ERROR_INVALID when the symbol cannot hold @data and with %WB_ERROR_LIMIT when it
 * would be too dense to be read in that width.
 */
gboolean wb_label_add_symbol (WbLabel *self, WbLabelSymbol symbol, guint x_um, guint y_um, guint width_um,
                              guint height_um, WbLabelAlign align, const char *data, GError **error);

/**
 * wb_label_symbol_modules:
 *
 * Returns: how many modules wide the symbol is at most, quiet zones not counted; 0 when it cannot
 *   hold @data
 */
guint wb_label_symbol_modules (WbLabelSymbol symbol, const char *data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbLabel, wb_label_free)

G_END_DECLS
