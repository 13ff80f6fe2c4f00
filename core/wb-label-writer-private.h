/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the languages of label printers have in common: a label goes through its elements one by one, and what the
 * printer cannot say by itself is drawn and sent as dots. A language is a table of verbs that append bytes. For
 * core/wb-label-zpl.c, -epl.c, -tspl.c, which say where everything is, in any order; -escpos.c, whose paper only moves on,
 * goes through rows and shares the words.
 *
 * Plain values, any thread.
 */
#pragma once

#include "core/wb-label-bitmap.h"
#include "core/wb-label-letters.h"
#include "core/wb-label-media.h"

G_BEGIN_DECLS

typedef struct _WbLabelVerbs WbLabelVerbs;

/**
 * WbLabelWriter:
 * @verbs: the language
 * @bytes: the job so far
 * @dpi: of the printer
 * @media: (nullable): what lies in it
 * @rasterise: (nullable): for what it cannot say
 * @user_data: of @rasterise
 */
typedef struct
{
  const WbLabelVerbs *verbs;
  GString *bytes;
  guint dpi;
  const WbLabelMedia *media;
  WbLabelRasteriser rasterise;
  gpointer user_data;
} WbLabelWriter;

/**
 * WbLabelDots:
 * @x: left edge
 * @y: upper edge
 * @width: room for it, one at least
 * @height: one at least
 * @line: of a frame, one at least
 * @module: of a symbol, one at least
 * @used: what a symbol takes of @width with that module
 *
 * An element in the dots of a printer.
 */
typedef struct
{
  guint x;
  guint y;
  guint width;
  guint height;
  guint line;
  guint module;
  guint used;
} WbLabelDots;

/**
 * WbLabelVerbs:
 * @begin: what stands before the elements
 * @put_text: FALSE, and nothing appended, when the printer does not have the letters
 * @put_symbol: FALSE, and nothing appended, when the printer does not have the symbology, or not so
 * @put_bitmap: dots; there are some
 * @put_rectangle: a bar or a frame
 * @end: what stands behind the elements
 *
 * Elements that are turned are drawn; verbs never see them, but for @put_rectangle.
 */
struct _WbLabelVerbs
{
  void (*begin) (WbLabelWriter *self, const WbLabel *label);
  gboolean (*put_text) (WbLabelWriter *self, const WbLabelElement *element, const WbLabelDots *dots);
  gboolean (*put_symbol) (WbLabelWriter *self, const WbLabelElement *element, const WbLabelDots *dots);
  void (*put_bitmap) (WbLabelWriter *self, const WbLabelBitmap *bitmap);
  void (*put_rectangle) (WbLabelWriter *self, const WbLabelElement *element, const WbLabelDots *dots);
  void (*end) (WbLabelWriter *self);
};

/* One line of letters, its upper left corner in dots. */
typedef void (*WbLabelStrike) (WbLabelWriter *self, guint x, guint y, const WbLabelType *type, const char *latin);

/**
 * WbLabelCode128:
 * @set_b: starts code set B, of letters
 * @set_c: starts code set C, of pairs of digits
 * @fnc1: FNC1, which says GS1 in front, and ends a value within
 * @special: a character that begins such a word; 0 when there is none in the data
 * @twice: what says that character itself
 * @packed: a pair of digits is one byte
 *
 * How a language says a Code 128 whose code set is said, so that every printer makes the same symbol.
 */
typedef struct
{
  const char *set_b;
  const char *set_c;
  const char *fnc1;
  char special;
  const char *twice;
  gboolean packed;
} WbLabelCode128;

/* Writes @self in the language of @verbs. Errors are those of wb_label_rasterise_element(). */
GBytes *_wb_label_write (const WbLabel *self, const WbLabelVerbs *verbs, guint dpi, const WbLabelMedia *media,
                         WbLabelRasteriser rasterise, gpointer user_data, GError **error);

/* An element in dots. */
WbLabelDots _wb_label_measure (const WbLabelElement *element, guint dpi);

/* The letters of a fixed size in which a line comes out as large as laid out. Returns (transfer full) (nullable): the line
 * in Windows-1252; NULL when no letters fit, or a letter is not in it. */
char *_wb_label_choose_letters (const WbLabelElement *element, const WbLabelDots *dots, const WbLabelFont *fonts,
                                guint n_fonts, WbLabelType *type);

/* A line in such letters, where it is laid out. They have one weight: a second @strike, a dot to the right, is bold.
 * FALSE when none fit, or the language cannot say them (@is_sayable, nullable, of Windows-1252). */
gboolean _wb_label_write_letters (WbLabelWriter *self, const WbLabelElement *element, const WbLabelDots *dots,
                                  const WbLabelFont *fonts, guint n_fonts, gboolean (*is_sayable) (const char *latin),
                                  WbLabelStrike strike);

/* Dots as bytes in which a set bit is white. */
void _wb_label_write_inverted (WbLabelWriter *self, const WbLabelBitmap *bitmap);

/* The data of a symbol as a printer is told it: @code_128's words, or without the check digit that it adds itself. */
GString *_wb_label_symbol_data (const WbSymbology *symbology, const WbLabelCode128 *code_128, const char *data);

/* @data with FNC1 for every GS. */
void _wb_label_append_elements (GString *text, const char *data, const char *fnc1);

G_END_DECLS
