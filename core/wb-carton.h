/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which box: the smallest that takes a list of items, each placed without overlap in any of its six
 * rotations. Placing is a first fit over extreme points, biggest items first: deterministic, fast,
 * not always the tightest, but what it says fits does fit. Only one box is filled; dividing an
 * order over several boxes is not done here.
 *
 * Pure functions; any thread. Lengths in mm, weights in grams, integers throughout.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbCartonItem:
 * @width_mm: 0 in any direction means that the size is unknown; such an item takes no room
 * @depth_mm: see @width_mm
 * @height_mm: see @width_mm
 * @weight_g: of one piece
 * @quantity: pieces
 */
typedef struct
{
  guint width_mm;
  guint depth_mm;
  guint height_mm;
  gint64 weight_g;
  guint quantity;
} WbCartonItem;

/**
 * WbCartonBox:
 * @width_mm: inside
 * @depth_mm: inside
 * @height_mm: inside
 * @tare_g: empty weight
 * @max_g: most that may go in; 0 for no limit
 */
typedef struct
{
  guint width_mm;
  guint depth_mm;
  guint height_mm;
  gint64 tare_g;
  gint64 max_g;
} WbCartonBox;

/**
 * WbCartonPlace:
 * @item: index of the item placed
 * @x: where its nearest lower left corner is
 * @y: see @x
 * @z: see @x; 0 is the bottom
 * @width_mm: as rotated
 * @depth_mm: as rotated
 * @height_mm: as rotated
 */
typedef struct
{
  guint item;
  guint x;
  guint y;
  guint z;
  guint width_mm;
  guint depth_mm;
  guint height_mm;
} WbCartonPlace;

/**
 * wb_carton_pack:
 * @items: (element-type WbCartonItem): what goes in
 *
 * Takes some milliseconds at most: where placing each piece would take longer, the answer is by volume, and empty.
 *
 * Returns: (transfer full) (nullable) (element-type WbCartonPlace): where each piece lies, in the
 *   order of placing; empty when they go in and it is not known how; %NULL when they were not brought to fit
 */
GArray *wb_carton_pack (GArray *items, const WbCartonBox *box);

/**
 * wb_carton_choose:
 * @items: (element-type WbCartonItem): what goes in
 * @boxes: (element-type WbCartonBox): in any order
 *
 * Returns: index of the smallest box (by volume, then tare, then order) that takes all; -1 for none
 */
gint wb_carton_choose (GArray *items, GArray *boxes);

G_END_DECLS
