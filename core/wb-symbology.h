/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is known about each kind of barcode, a row each: its name in template files, what data it takes, how large it
 * gets, and what it is called by whoever draws it (zint) or prints it (ZPL, EPL2, TSPL, ESC/POS). A printer language
 * without a name for it gets it as a bitmap.
 *
 * A constant table, any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbLabelSymbol:
 * @WB_LABEL_CODE_128: printable ASCII
 * @WB_LABEL_GS1_128: element string as wb_gs1_build() makes it, GS between values of open length
 * @WB_LABEL_EAN_13: 13 digits
 * @WB_LABEL_QR: UTF-8
 * @WB_LABEL_DATAMATRIX: printable ASCII
 * @WB_LABEL_CODE_39: digits, capitals, space and -.$/+%
 * @WB_LABEL_CODE_93: the same
 * @WB_LABEL_CODABAR: digits and -$:/.+ between two of A to D
 * @WB_LABEL_ITF: an even number of digits
 * @WB_LABEL_ITF_14: 14 digits, the last a check digit
 * @WB_LABEL_EAN_8: 8 digits
 * @WB_LABEL_UPC_A: 12 digits
 * @WB_LABEL_UPC_E: 8 digits, the first 0 or 1
 * @WB_LABEL_GS1_QR: element string
 * @WB_LABEL_GS1_LINK: a GS1 Digital Link as a QR code
 * @WB_LABEL_GS1_DATAMATRIX: element string
 * @WB_LABEL_PDF417: printable ASCII
 * @WB_LABEL_AZTEC: printable ASCII
 * @WB_LABEL_DATABAR: element string of a GTIN alone
 * @WB_LABEL_DATABAR_EXPANDED: element string
 * @WB_LABEL_DATABAR_STACKED: element string, in rows
 * @WB_LABEL_MAXICODE: where a parcel goes and what its carrier wants to know, see core/wb-maxicode.h
 */
typedef enum
{
  WB_LABEL_CODE_128,
  WB_LABEL_GS1_128,
  WB_LABEL_EAN_13,
  WB_LABEL_QR,
  WB_LABEL_DATAMATRIX,
  WB_LABEL_CODE_39,
  WB_LABEL_CODE_93,
  WB_LABEL_CODABAR,
  WB_LABEL_ITF,
  WB_LABEL_ITF_14,
  WB_LABEL_EAN_8,
  WB_LABEL_UPC_A,
  WB_LABEL_UPC_E,
  WB_LABEL_GS1_QR,
  WB_LABEL_GS1_LINK,
  WB_LABEL_GS1_DATAMATRIX,
  WB_LABEL_PDF417,
  WB_LABEL_AZTEC,
  WB_LABEL_DATABAR,
  WB_LABEL_DATABAR_EXPANDED,
  WB_LABEL_DATABAR_STACKED,
  WB_LABEL_MAXICODE,
  WB_LABEL_N_SYMBOLS,
} WbLabelSymbol;

/**
 * WbSymbologyForm:
 * @WB_SYMBOL_LINEAR: bars as high as there is room
 * @WB_SYMBOL_MATRIX: square modules; also rows of bars of a height of their own
 * @WB_SYMBOL_HEXAGONS: hexagons around a bull's eye, %WB_SYMBOL_HEXAGON_UM each, never larger or smaller
 */
typedef enum
{
  WB_SYMBOL_LINEAR,
  WB_SYMBOL_MATRIX,
  WB_SYMBOL_HEXAGONS,
} WbSymbologyForm;

/** From one hexagon to the next, of the standard's 0.88 mm what is whole dots at 203 dots an inch. */
#define WB_SYMBOL_HEXAGON_UM 875

/**
 * WbSymbologyData:
 * @WB_SYMBOL_PLAIN: as it is
 * @WB_SYMBOL_CODE_128: with the code set said
 * @WB_SYMBOL_GS1: an element string
 * @WB_SYMBOL_CHECKED: the printer adds the last digit itself
 * @WB_SYMBOL_CODABAR: start and stop are said apart
 *
 * How a printer wants to be told the data.
 */
typedef enum
{
  WB_SYMBOL_PLAIN,
  WB_SYMBOL_CODE_128,
  WB_SYMBOL_GS1,
  WB_SYMBOL_CHECKED,
  WB_SYMBOL_CODABAR,
} WbSymbologyData;

/**
 * WbSymbology:
 * @id: which
 * @name: what template files call it
 * @title: what people call it
 * @form: bars or modules
 * @data: how a printer wants the data
 * @zint: its number at libzint
 * @option: what libzint is told beside: columns of rows, segments a row; 0 for nothing
 * @wide: modules of a wide bar; 0 where there is no such choice
 * @prepare: (nullable): makes of what a person writes what the symbol holds
 * @measure: modules across, quiet zones not counted, at most; fills the modules down of a matrix; 0 when it
 *   cannot hold the data
 * @example: data that it holds
 * @zpl: (nullable): ZPL's command; %h is the height and %m the module, in dots
 * @epl: (nullable): selection of EPL2's B, for hexagons of its b
 * @tspl: (nullable): type of TSPL's BARCODE, or the name of a command of its own
 * @escpos: selection of ESC/POS's GS k, for a matrix of its GS ( k; 0 when it has none
 */
typedef struct
{
  WbLabelSymbol id;
  const char *name;
  const char *title;
  WbSymbologyForm form;
  WbSymbologyData data;
  int zint;
  int option;
  guint wide;
  char *(*prepare) (const char *data, GError **error);
  guint (*measure) (const char *data, guint *down);
  const char *example;
  const char *zpl;
  const char *epl;
  const char *tspl;
  guint8 escpos;
} WbSymbology;

/**
 * wb_symbology_get:
 *
 * Returns: (transfer none): its row
 */
const WbSymbology *wb_symbology_get (WbLabelSymbol symbol);

/**
 * wb_symbology_find:
 * @name: as in template files, "code-128"
 *
 * Returns: (transfer none) (nullable): the symbology of that name
 */
const WbSymbology *wb_symbology_find (const char *name);

/**
 * wb_symbology_names:
 *
 * Returns: (transfer full): all names, for a message
 */
char *wb_symbology_names (void);

G_END_DECLS
