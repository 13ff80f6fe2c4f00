/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The letters that stand in a label printer itself: a few fonts of fixed size, made larger by whole factors. Text is
 * printed in one of them where it has the letters and comes out about as large as laid out; anything else is drawn
 * (WbLabelRasteriser). Not for ZPL, whose font has any size.
 *
 * Pure functions, any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbLabelFont:
 * @name: what the language calls it
 * @width: of every letter, in dots, with the space behind it
 * @height: of every letter, in dots
 */
typedef struct
{
  const char *name;
  guint width;
  guint height;
} WbLabelFont;

/**
 * WbLabelType:
 * @font: which
 * @across: so many times wider
 * @up: so many times higher
 * @width: dots that the text takes
 * @height: dots that it is high
 */
typedef struct
{
  const WbLabelFont *font;
  guint across;
  guint up;
  guint width;
  guint height;
} WbLabelType;

/**
 * wb_label_letters_to_latin:
 * @text: UTF-8
 *
 * Returns: (transfer full) (nullable): the same in Windows-1252, which is what these printers are told to take; %NULL
 *   when it has letters that are not in it
 */
char *wb_label_letters_to_latin (const char *text);

/**
 * wb_label_letters_choose:
 * @fonts: what the printer has
 * @most: the largest factor
 * @n_letters: how long the text is
 * @width: dots there are
 * @height: dots the line should be high
 * @type: (out): how to print it
 *
 * Returns: FALSE when no font comes out as large as wanted, by a quarter, and fits
 */
gboolean wb_label_letters_choose (const WbLabelFont *fonts, guint n_fonts, guint most, gsize n_letters, guint width,
                                  guint height, WbLabelType *type);

G_END_DECLS
