/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is on a label and where, in micrometres from its upper left corner: text, lines, frames and
 * barcodes and pictures. Knows no printer: core/wb-label-language.h writes it for label printers, devices/wb-label-pdf.h
 * draws it. All follow the same layout, so what is seen is what is printed.
 *
 * A plain value, built on one thread and then only read.
 */
#pragma once

#include "core/wb-symbology.h"

G_BEGIN_DECLS

#define WB_LABEL_MM(mm) ((guint) ((mm) * 1000))

/**
 * WbLabelKind:
 * @WB_LABEL_TEXT: one line of text
 * @WB_LABEL_FRAME: the outline of a rectangle, @line_um thick
 * @WB_LABEL_BAR: a filled rectangle; also a line
 * @WB_LABEL_SYMBOL: a barcode
 * @WB_LABEL_IMAGE: a picture
 */
typedef enum
{
  WB_LABEL_TEXT,
  WB_LABEL_FRAME,
  WB_LABEL_BAR,
  WB_LABEL_SYMBOL,
  WB_LABEL_IMAGE,
} WbLabelKind;

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
 * @turn: degrees it is turned clockwise: 0, 90, 180 or 270; the rectangle is where it then lies
 * @bold: heavier text
 * @text: words or data, UTF-8
 * @image: (nullable): a PNG
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
  guint turn;
  gboolean bold;
  char *text;
  GBytes *image;
} WbLabelElement;

/**
 * WbLabel:
 * @width_um: of the medium
 * @height_um: of the medium
 * @elements: (element-type WbLabelElement): in the order of drawing
 * @name: what a print queue calls it
 * @turn: what is added is turned so
 */
typedef struct
{
  guint width_um;
  guint height_um;
  GPtrArray *elements;
  char *name;
  guint turn;
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
 * wb_label_set_turn:
 * @degrees: 0, 90, 180 or 270, clockwise
 *
 * Turns what is added from now on.
 */
void wb_label_set_turn (WbLabel *self, guint degrees);

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
 * wb_label_add_image:
 * @png: a PNG; drawn as large as fits, its shape kept, grey as dots
 */
void wb_label_add_image (WbLabel *self, guint x_um, guint y_um, guint width_um, guint height_um, WbLabelAlign align,
                         GBytes *png);

/**
 * wb_label_add_symbol:
 * @width_um: room for it; its modules are made smaller until it fits, those of a matrix also in @height_um
 * @data: what it says; element strings also as people write them, "(01)…(10)…"
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
