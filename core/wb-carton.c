/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>

#include "core/wb-carton.h"

/* Beyond this many pieces, or this many looks at whether two of them are in each other's way (some milliseconds), the
 * question is answered by volume alone, with room to spare. */
#define MAX_PIECES 512
#define MAX_LOOKS 400000
#define LOOSE_PERCENT 70

typedef struct
{
  guint item;
  guint size[3];
  guint64 volume;
} Piece;

typedef struct
{
  guint at[3];
} Point;

/* A box being filled. */
typedef struct
{
  const WbCartonBox *box;
  GArray *places;
  GArray *points;
  guint n_looks;
} Filling;

static const guint8 rotations[6][3] = { { 0, 1, 2 }, { 1, 0, 2 }, { 0, 2, 1 }, { 2, 0, 1 }, { 1, 2, 0 }, { 2, 1, 0 } };

static guint64
volume_of (guint width_mm, guint depth_mm, guint height_mm)
{
  return (guint64) width_mm * depth_mm * height_mm;
}

static gint
compare_descending (gconstpointer a, gconstpointer b)
{
  guint first = *(const guint *) a;
  guint second = *(const guint *) b;

  return first < second ? 1 : first > second ? -1 : 0;
}

static gint
compare_pieces (gconstpointer a, gconstpointer b)
{
  const Piece *one = a;
  const Piece *two = b;

  if (one->volume != two->volume)
    return one->volume < two->volume ? 1 : -1;
  if (one->size[0] != two->size[0])
    return one->size[0] < two->size[0] ? 1 : -1;
  return one->item < two->item ? -1 : one->item > two->item ? 1 : 0;
}

static GArray *
list_pieces (GArray *items)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (Piece));

  for (guint i = 0; i < items->len; i++)
    {
      const WbCartonItem *item = &g_array_index (items, WbCartonItem, i);
      Piece piece = { i, { item->width_mm, item->depth_mm, item->height_mm }, 0 };

      piece.volume = volume_of (item->width_mm, item->depth_mm, item->height_mm);
      qsort (piece.size, 3, sizeof (guint), compare_descending);
      for (guint n = 0; piece.volume > 0 && n < item->quantity && pieces->len <= MAX_PIECES; n++)
        g_array_append_val (pieces, piece);
    }
  g_array_sort (pieces, compare_pieces);
  return pieces;
}

static gboolean
overlaps (const WbCartonPlace *a, const WbCartonPlace *b)
{
  return a->x < b->x + b->width_mm && b->x < a->x + a->width_mm && a->y < b->y + b->depth_mm &&
         b->y < a->y + a->depth_mm && a->z < b->z + b->height_mm && b->z < a->z + a->height_mm;
}

static gboolean
is_free (Filling *filling, const WbCartonPlace *place)
{
  const WbCartonBox *box = filling->box;
  GArray *places = filling->places;

  if (place->width_mm > box->width_mm || place->depth_mm > box->depth_mm || place->height_mm > box->height_mm ||
      place->x > box->width_mm - place->width_mm || place->y > box->depth_mm - place->depth_mm ||
      place->z > box->height_mm - place->height_mm)
    return FALSE;
  for (guint i = 0; i < places->len; i++)
    {
      filling->n_looks++;
      if (overlaps (place, &g_array_index (places, WbCartonPlace, i)))
        return FALSE;
    }
  return TRUE;
}

/* Slides a point towards the walls until something already placed, or a wall, is in the way. */
static guint
slide (GArray *places, const Point *point, guint axis)
{
  guint stop = 0;

  for (guint i = 0; i < places->len; i++)
    {
      const WbCartonPlace *place = &g_array_index (places, WbCartonPlace, i);
      const guint low[3] = { place->x, place->y, place->z };
      const guint size[3] = { place->width_mm, place->depth_mm, place->height_mm };
      guint one = (axis + 1) % 3;
      guint two = (axis + 2) % 3;

      if (low[one] <= point->at[one] && point->at[one] < low[one] + size[one] && low[two] <= point->at[two] &&
          point->at[two] < low[two] + size[two] && low[axis] + size[axis] <= point->at[axis])
        stop = MAX (stop, low[axis] + size[axis]);
    }
  return stop;
}

static gint
compare_points (gconstpointer a, gconstpointer b)
{
  const Point *one = a;
  const Point *two = b;

  /* Lowest first, then to the back, then to the left: how a person fills a box. */
  for (gint axis = 2; axis >= 0; axis--)
    if (one->at[axis] != two->at[axis])
      return one->at[axis] < two->at[axis] ? -1 : 1;
  return 0;
}

static void
add_point (Filling *filling, Point point, guint axis)
{
  GArray *points = filling->points;
  guint low = 0;

  point.at[axis] = slide (filling->places, &point, axis);
  filling->n_looks += filling->places->len + points->len;
  for (guint i = 0; i < points->len; i++)
    if (compare_points (&g_array_index (points, Point, i), &point) == 0)
      return;
  while (low < points->len && compare_points (&g_array_index (points, Point, low), &point) < 0)
    low++;
  g_array_insert_val (points, low, point);
}

/* The corners that a placed piece opens: beyond it along each axis, slid along the two others. */
static void
add_points (Filling *filling, const WbCartonPlace *place)
{
  const Point beyond[3] = { { { place->x + place->width_mm, place->y, place->z } },
                            { { place->x, place->y + place->depth_mm, place->z } },
                            { { place->x, place->y, place->z + place->height_mm } } };

  for (guint axis = 0; axis < 3; axis++)
    {
      add_point (filling, beyond[axis], (axis + 1) % 3);
      add_point (filling, beyond[axis], (axis + 2) % 3);
    }
}

static gboolean
place_piece (Filling *filling, const Piece *piece)
{
  for (guint p = 0; p < filling->points->len && filling->n_looks <= MAX_LOOKS; p++)
    {
      Point point = g_array_index (filling->points, Point, p);

      for (guint r = 0; r < G_N_ELEMENTS (rotations); r++)
        {
          WbCartonPlace place = { piece->item, point.at[0], point.at[1], point.at[2], piece->size[rotations[r][0]],
                                  piece->size[rotations[r][1]], piece->size[rotations[r][2]] };

          if (!is_free (filling, &place))
            continue;
          g_array_append_val (filling->places, place);
          g_array_remove_index (filling->points, p);
          add_points (filling, &place);
          return TRUE;
        }
    }
  return FALSE;
}

static gint64
total_weight (GArray *items)
{
  gint64 weight_g = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const WbCartonItem *item = &g_array_index (items, WbCartonItem, i);

      weight_g += item->weight_g * item->quantity;
    }
  return weight_g;
}

static guint64
total_volume (GArray *items)
{
  guint64 volume = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const WbCartonItem *item = &g_array_index (items, WbCartonItem, i);

      volume += volume_of (item->width_mm, item->depth_mm, item->height_mm) * item->quantity;
    }
  return volume;
}

/* By volume alone: with so much room to spare that it goes in somehow. */
static GArray *
pack_loosely (GArray *items, const WbCartonBox *box)
{
  guint64 room = volume_of (box->width_mm, box->depth_mm, box->height_mm);

  return total_volume (items) <= room / 100 * LOOSE_PERCENT ? g_array_new (FALSE, FALSE, sizeof (WbCartonPlace)) : NULL;
}

static GArray *
pack_pieces (GArray *items, GArray *pieces, const WbCartonBox *box)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (WbCartonPlace));
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (Point));
  Filling filling = { box, places, points, 0 };
  Point corner = { { 0, 0, 0 } };

  g_array_append_val (points, corner);
  for (guint i = 0; i < pieces->len; i++)
    if (!place_piece (&filling, &g_array_index (pieces, Piece, i)))
      return filling.n_looks > MAX_LOOKS ? pack_loosely (items, box) : NULL;
  return g_steal_pointer (&places);
}

GArray *
wb_carton_pack (GArray *items, const WbCartonBox *box)
{
  g_autoptr (GArray) pieces = NULL;
  guint64 room = 0;

  g_return_val_if_fail (items != NULL && box != NULL, NULL);

  room = volume_of (box->width_mm, box->depth_mm, box->height_mm);
  if (total_volume (items) > room || (box->max_g > 0 && total_weight (items) > box->max_g))
    return NULL;
  pieces = list_pieces (items);
  return pieces->len > MAX_PIECES ? pack_loosely (items, box) : pack_pieces (items, pieces, box);
}

typedef struct
{
  guint index;
  const WbCartonBox *box;
} Candidate;

static gint
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *one = a;
  const Candidate *two = b;
  guint64 first = volume_of (one->box->width_mm, one->box->depth_mm, one->box->height_mm);
  guint64 second = volume_of (two->box->width_mm, two->box->depth_mm, two->box->height_mm);

  if (first != second)
    return first < second ? -1 : 1;
  if (one->box->tare_g != two->box->tare_g)
    return one->box->tare_g < two->box->tare_g ? -1 : 1;
  return one->index < two->index ? -1 : 1;
}

gint
wb_carton_choose (GArray *items, GArray *boxes)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  g_return_val_if_fail (items != NULL && boxes != NULL, -1);

  for (guint i = 0; i < boxes->len; i++)
    {
      Candidate candidate = { i, &g_array_index (boxes, WbCartonBox, i) };

      g_array_append_val (candidates, candidate);
    }
  g_array_sort (candidates, compare_candidates);
  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);
      g_autoptr (GArray) places = wb_carton_pack (items, candidate->box);

      if (places != NULL)
        return (gint) candidate->index;
    }
  return -1;
}
