/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-carton.h"
#include "tests/wb-test.h"

static GArray *
items_of (const WbCartonItem *list, guint n)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (WbCartonItem));

  g_array_append_vals (items, list, n);
  return items;
}

static gboolean
places_are_sound (GArray *places, const WbCartonBox *box)
{
  for (guint i = 0; i < places->len; i++)
    {
      const WbCartonPlace *a = &g_array_index (places, WbCartonPlace, i);

      if (a->x + a->width_mm > box->width_mm || a->y + a->depth_mm > box->depth_mm ||
          a->z + a->height_mm > box->height_mm)
        return FALSE;
      for (guint j = 0; j < i; j++)
        {
          const WbCartonPlace *b = &g_array_index (places, WbCartonPlace, j);

          if (a->x < b->x + b->width_mm && b->x < a->x + a->width_mm && a->y < b->y + b->depth_mm &&
              b->y < a->y + a->depth_mm && a->z < b->z + b->height_mm && b->z < a->z + a->height_mm)
            return FALSE;
        }
    }
  return TRUE;
}

static void
test_fits (void)
{
  static const struct
  {
    WbCartonItem item;
    WbCartonBox box;
    gboolean fits;
  } cases[] = {
    { { 100, 100, 100, 10, 1 }, { 100, 100, 100, 0, 0 }, TRUE },
    { { 100, 100, 100, 10, 8 }, { 200, 200, 200, 0, 0 }, TRUE },
    { { 100, 100, 100, 10, 9 }, { 200, 200, 200, 0, 0 }, FALSE },
    { { 300, 20, 10, 10, 1 }, { 10, 300, 20, 0, 0 }, TRUE },
    { { 301, 20, 10, 10, 1 }, { 300, 300, 300, 0, 0 }, FALSE },
    { { 100, 100, 100, 600, 2 }, { 200, 200, 200, 0, 1000 }, FALSE },
    { { 0, 100, 100, 10, 50 }, { 200, 200, 200, 0, 0 }, TRUE },
    { { 10, 10, 10, 1, 1000 }, { 200, 200, 200, 0, 0 }, TRUE },
    { { 20, 20, 20, 1, 1000 }, { 200, 200, 200, 0, 0 }, FALSE },
    { { 5, 5, 5, 1, 0 }, { 1, 1, 1, 0, 0 }, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) items = items_of (&cases[i].item, 1);
      g_autoptr (GArray) places = wb_carton_pack (items, &cases[i].box);

      g_test_message ("case %u", i);
      g_assert_cmpint (places != NULL, ==, cases[i].fits);
    }
}

static void
test_choose (void)
{
  static const WbCartonBox list[] = {
    { 400, 300, 300, 300, 0 }, { 200, 150, 100, 90, 0 }, { 300, 200, 150, 150, 2000 }, { 300, 200, 150, 140, 2000 },
  };
  static const WbCartonItem tea[] = { { 200, 140, 90, 500, 1 } };
  static const WbCartonItem two[] = { { 200, 140, 90, 500, 2 } };
  static const WbCartonItem heavy[] = { { 200, 140, 90, 1500, 2 } };
  static const WbCartonItem huge[] = { { 500, 140, 90, 1500, 2 } };
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (WbCartonBox));
  g_autoptr (GArray) one = items_of (tea, 1);
  g_autoptr (GArray) pair = items_of (two, 1);
  g_autoptr (GArray) load = items_of (heavy, 1);
  g_autoptr (GArray) ladder = items_of (huge, 1);

  g_array_append_vals (boxes, list, G_N_ELEMENTS (list));
  g_assert_cmpint (wb_carton_choose (one, boxes), ==, 1);
  g_assert_cmpint (wb_carton_choose (pair, boxes), ==, 3);
  g_assert_cmpint (wb_carton_choose (load, boxes), ==, 0);
  g_assert_cmpint (wb_carton_choose (ladder, boxes), ==, -1);
}

static void
test_random_is_sound (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (wb_test_random_seed ());
  guint n_packed = 0;

  for (guint run = 0; run < 300; run++)
    {
      WbCartonBox box = { 240, 180, 150, 0, 0 };
      g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (WbCartonItem));
      g_autoptr (GArray) places = NULL;
      g_autoptr (GArray) again = NULL;
      guint n_pieces = 0;

      for (guint i = 0; i < 5; i++)
        {
          WbCartonItem item = { (guint) g_rand_int_range (rand, 20, 160), (guint) g_rand_int_range (rand, 20, 120),
                                (guint) g_rand_int_range (rand, 20, 90), 10, (guint) g_rand_int_range (rand, 1, 4) };

          n_pieces += item.quantity;
          g_array_append_val (items, item);
        }
      places = wb_carton_pack (items, &box);
      again = wb_carton_pack (items, &box);
      g_assert_cmpint (places != NULL, ==, again != NULL);
      if (places == NULL)
        continue;
      n_packed++;
      g_assert_cmpuint (places->len, ==, n_pieces);
      g_assert_true (places_are_sound (places, &box));
    }
  g_test_message ("%u of 300 loads fit", n_packed);
  g_assert_cmpuint (n_packed, >, 30);
}

/* Real orders and a peer's answer for the same boxes: reported, and bounded so that it cannot get much worse. */
typedef struct
{
  GArray *items;
  guint peer_boxes;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_array_unref (load->items);
  g_free (load);
}

static char **
read_lines (const char *name)
{
  g_autofree char *path = wb_test_data (name);
  g_autofree char *contents = NULL;

  if (path == NULL || !g_file_get_contents (path, &contents, NULL, NULL))
    return NULL;
  return g_strsplit (contents, "\n", -1);
}

static gint64
to_number (const char *cell)
{
  gint64 value = 0;

  g_assert_true (g_ascii_string_to_signed (cell, 10, 0, G_MAXINT, &value, NULL));
  return value;
}

static GHashTable *
read_loads (char **lines)
{
  GHashTable *loads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, load_free);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);
      Load *load = g_hash_table_lookup (loads, cells[0]);
      WbCartonItem item = { (guint) to_number (cells[3]), (guint) to_number (cells[4]), (guint) to_number (cells[5]),
                            to_number (cells[6]), (guint) to_number (cells[1]) };

      if (load == NULL)
        {
          load = g_new0 (Load, 1);
          load->items = g_array_new (FALSE, FALSE, sizeof (WbCartonItem));
          g_hash_table_insert (loads, g_strdup (cells[0]), load);
        }
      g_array_append_val (load->items, item);
    }
  return loads;
}

static void
test_real_orders (void)
{
  g_auto (GStrv) items = read_lines ("cartons/items.csv");
  g_auto (GStrv) boxes = items != NULL ? read_lines ("cartons/boxes.csv") : NULL;
  g_auto (GStrv) expected = items != NULL ? read_lines ("cartons/expected.csv") : NULL;
  g_autoptr (GHashTable) loads = NULL;
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (WbCartonBox));
  gint64 begin = 0;
  guint peer = 0;
  guint both = 0;
  guint ours = 0;

  if (items == NULL || boxes == NULL || expected == NULL)
    return;
  loads = read_loads (items);
  for (guint i = 0; boxes[i] != NULL && *boxes[i] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (boxes[i], ",", -1);
      WbCartonBox box = { (guint) to_number (cells[5]), (guint) to_number (cells[6]), (guint) to_number (cells[7]), to_number (cells[4]),
                          to_number (cells[8]) };

      g_array_append_val (list, box);
    }
  begin = g_get_monotonic_time ();
  for (guint i = 0; expected[i] != NULL && *expected[i] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (expected[i], ",", -1);
      Load *load = g_hash_table_lookup (loads, cells[0]);
      gint chosen = wb_carton_choose (load->items, list);
      gboolean peer_one = to_number (cells[4]) == 1;

      peer += peer_one ? 1 : 0;
      ours += chosen >= 0 ? 1 : 0;
      both += peer_one && chosen >= 0 ? 1 : 0;
      if (chosen >= 0)
        {
          const WbCartonBox *box = &g_array_index (list, WbCartonBox, chosen);
          g_autoptr (GArray) places = wb_carton_pack (load->items, box);

          g_assert_true (places_are_sound (places, box));
        }
    }
  g_test_message ("one box: ours %u, peer %u, both %u, of %u; %.3f ms each", ours, peer, both,
                  g_hash_table_size (loads),
                  (double) (g_get_monotonic_time () - begin) / 1000.0 / MAX (1, g_hash_table_size (loads)));
  g_assert_cmpuint (both * 100, >=, peer * 97);
}

/* Many pieces are answered by volume when placing each would take too long, and never with a wrong place. */
static void
test_many_pieces (void)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (WbCartonItem));
  WbCartonBox large = { 800, 500, 450, 0, 0 };
  WbCartonBox tight = { 500, 400, 300, 0, 0 };
  guint64 volume = 0;

  for (guint i = 0; i < 40; i++)
    {
      WbCartonItem item = { 61 + i % 7 * 3, 53 + i % 5 * 5, 37 + i % 11, 100, 12 };

      volume += (guint64) item.width_mm * item.depth_mm * item.height_mm * item.quantity;
      g_array_append_val (items, item);
    }
  g_assert_cmpuint (volume, <, (guint64) 800 * 500 * 450 * 7 / 10);
  g_assert_cmpuint (volume, >, (guint64) 500 * 400 * 300);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GArray) places = wb_carton_pack (items, i == 0 ? &large : &tight);

      g_assert_cmpint (places != NULL, ==, i == 0);
      if (places != NULL)
        g_assert_true (places->len == 0 || places->len == 480);
    }
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/carton/fits", test_fits);
  g_test_add_func ("/carton/choose", test_choose);
  g_test_add_func ("/carton/random-is-sound", test_random_is_sound);
  g_test_add_func ("/carton/many-pieces", test_many_pieces);
  g_test_add_func ("/carton/real-orders", test_real_orders);
  return g_test_run ();
}
