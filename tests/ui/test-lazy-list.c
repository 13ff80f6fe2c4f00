/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gtk/gtk.h>

#include "db/wb-db-error.h"
#include "tests/ui/fake-list.h"
#include "tests/wb-test.h"
#include "ui/wb-bitset-selection.h"
#include "ui/wb-lazy-list.h"

/* What a view does: follows items-changed and holds the items of a window of rows. */
typedef struct
{
  FakeList *fake;
  WbLazyList *list;
  WbBitsetSelection *selection;
  GPtrArray *mirror; /* items in every position that was seen, NULL elsewhere */
  guint emissions;
  guint largest;
} Fixture;

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, Fixture *f)
{
  f->emissions++;
  f->largest = MAX (f->largest, removed + added);
  g_assert_cmpuint (position + removed, <=, f->mirror->len);
  if (removed > 0)
    g_ptr_array_remove_range (f->mirror, position, removed);
  if (added > 0)
    {
      guint old = f->mirror->len;

      g_ptr_array_set_size (f->mirror, (int) (old + added));
      memmove (&g_ptr_array_index (f->mirror, position + added),
               &g_ptr_array_index (f->mirror, position), (old - position) * sizeof (gpointer));
      memset (&g_ptr_array_index (f->mirror, position), 0, added * sizeof (gpointer));
    }
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, f->mirror->len);
}

static void
unref_item (gpointer item)
{
  if (item != NULL)
    g_object_unref (item);
}

static void
look_at (Fixture *f, guint position, guint n)
{
  for (guint i = position; i < position + n && i < f->mirror->len; i++)
    if (g_ptr_array_index (f->mirror, i) == NULL)
      g_ptr_array_index (f->mirror, i) = g_list_model_get_item (G_LIST_MODEL (f->selection), i);
}

static void
look_away (Fixture *f)
{
  guint n = f->mirror->len;

  g_ptr_array_set_size (f->mirror, 0);
  g_ptr_array_set_size (f->mirror, (int) n);
}

static void
fixture_start (Fixture *f, FakeList *fake)
{
  f->fake = fake;
  f->list = wb_lazy_list_new ();
  f->selection = wb_bitset_selection_new (f->list);
  f->mirror = g_ptr_array_new_with_free_func (unref_item);
  g_ptr_array_set_size (f->mirror, (int) g_list_model_get_n_items (G_LIST_MODEL (f->list)));
  g_signal_connect (f->selection, "items-changed", G_CALLBACK (items_changed_cb), f);
  look_at (f, 0, 60);
  g_assert_true (wb_lazy_list_is_skeleton (f->list));
  wb_lazy_list_set_source (f->list, WB_LIST_SOURCE (fake));
}

static void
fixture_open (Fixture *f, FakeList *fake)
{
  fixture_start (f, fake);
  wb_test_wait_until (wb_lazy_list_is_complete (f->list));
}

static void
fixture_end (Fixture *f)
{
  look_away (f);
  g_signal_handlers_disconnect_by_data (f->selection, f);
  g_clear_pointer (&f->mirror, g_ptr_array_unref);
  wb_test_assert_finalized (&f->selection);
  wb_test_assert_finalized (&f->list);
  wb_test_assert_finalized (&f->fake);
}

/* Every row that is looked at is the right one, in the right place. */
static void
assert_true_window (Fixture *f, guint position, guint n)
{
  g_assert_cmpuint (f->mirror->len, ==, fake_list_length (f->fake));
  for (guint i = position; i < position + n && i < f->mirror->len; i++)
    {
      WbRowItem *item = g_ptr_array_index (f->mirror, i);
      g_autoptr (WbRowItem) again = g_list_model_get_item (G_LIST_MODEL (f->list), i);

      g_assert_nonnull (item);
      g_assert_true (item == again);
      g_assert_cmpint (wb_row_item_get_id (item), ==, fake_list_id_at (f->fake, i));
    }
}

static gboolean
is_loaded (Fixture *f, guint position, guint n)
{
  for (guint i = position; i < position + n && i < f->mirror->len; i++)
    {
      WbRowItem *item = g_ptr_array_index (f->mirror, i);

      if (item != NULL && wb_row_item_is_loading (item))
        return FALSE;
    }
  return TRUE;
}

static void
show (Fixture *f, guint position, guint n)
{
  look_away (f);
  look_at (f, position, n);
  wb_test_wait_until (is_loaded (f, position, n));
}

static void
tell (Fixture *f, gint64 id)
{
  guint before = fake_list_count (f->fake, "locate");

  wb_lazy_list_changed (f->list, &id, 1);
  wb_test_wait_until (fake_list_count (f->fake, "locate") > before);
  wb_test_drain ();
}

static void
test_first (void)
{
  static const guint lengths[] = { 0, 1, 47, 48, 49, 255, 256, 257, 300, 511, 512, 513, 5000 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      Fixture f = { 0 };

      fixture_open (&f, fake_list_new (lengths[i]));
      look_at (&f, 0, 205);
      wb_test_wait_until (is_loaded (&f, 0, 205));
      assert_true_window (&f, 0, 205);
      g_assert_cmpuint (fake_list_count (f.fake, "first"), ==, 1);
      g_assert_cmpuint (fake_list_count (f.fake, "anchors"), ==, lengths[i] < 256 ? 0 : 1);
      if (lengths[i] > 300)
        {
          show (&f, lengths[i] - 205, 205);
          assert_true_window (&f, lengths[i] - 205, 205);
        }
      fixture_end (&f);
    }
}

static void
test_first_before_map (void)
{
  Fixture f = { 0 };

  fixture_start (&f, fake_list_new (10000));
  wb_test_wait_until (!wb_lazy_list_is_skeleton (f.list));
  g_assert_cmpuint (f.mirror->len, ==, 256);
  g_assert_false (wb_lazy_list_is_complete (f.list));
  wb_test_wait_until (wb_lazy_list_is_complete (f.list));
  assert_true_window (&f, 0, 48);
  /* The first rows lay on the map: nothing was read twice. */
  g_assert_cmpuint (fake_list_count (f.fake, "segment"), ==, 0);
  fixture_end (&f);
}

static void
test_grows_without_map (void)
{
  Fixture f = { 0 };

  fixture_start (&f, fake_list_new (2000));
  wb_test_wait_until (!wb_lazy_list_is_skeleton (f.list));
  fake_list_fail (f.fake, FALSE);
  for (guint n = 256; n < 1024; n += 256)
    {
      if (wb_lazy_list_is_complete (f.list))
        break;
      look_at (&f, n - 20, 20);
      wb_test_wait_until (f.mirror->len > n);
    }
  wb_test_wait_until (wb_lazy_list_is_complete (f.list));
  show (&f, 0, 205);
  assert_true_window (&f, 0, 205);
  fixture_end (&f);
}

static void
test_jump (void)
{
  Fixture f = { 0 };
  g_autoptr (GRand) random = g_rand_new_with_seed (wb_test_random_seed ());

  fixture_open (&f, fake_list_new_endless (10000000));
  for (guint i = 0; i < 50; i++)
    {
      guint position = (guint) g_rand_int_range (random, 0, 10000000 - 205);
      guint before = fake_list_count (f.fake, "segment");

      show (&f, position, 205);
      assert_true_window (&f, position, 205);
      g_assert_cmpuint (fake_list_count (f.fake, "segment") - before, <=, 2);
    }
  fixture_end (&f);
}

static void
test_scrollbar_drag (void)
{
  Fixture f = { 0 };

  fixture_open (&f, fake_list_new_endless (1000000));
  fake_list_hold (f.fake);
  for (guint i = 1; i < 400; i++)
    {
      look_away (&f);
      look_at (&f, i * 2000, 205);
      wb_test_drain ();
    }
  fake_list_release (f.fake);
  wb_test_wait_until (is_loaded (&f, 399 * 2000, 205));
  assert_true_window (&f, 399 * 2000, 205);
  /* What was only passed by was not read. */
  g_assert_cmpuint (fake_list_count (f.fake, "segment"), <, 20);
  fixture_end (&f);
}

static void
test_update_in_place (void)
{
  Fixture f = { 0 };
  gpointer item = NULL;

  fixture_open (&f, fake_list_new (3000));
  show (&f, 0, 205);
  item = g_ptr_array_index (f.mirror, 100);
  f.emissions = 0;
  fake_list_put (f.fake, 101, 1010, 777);
  tell (&f, 101);
  g_assert_cmpuint (f.emissions, ==, 0);
  g_assert_true (g_ptr_array_index (f.mirror, 100) == item);
  g_assert_cmpint (wb_row_get_int (wb_row_item_get_row (item), 0), ==, 777);
  /* A new key that leaves it in its place. */
  fake_list_put (f.fake, 101, 1011, 778);
  tell (&f, 101);
  g_assert_cmpuint (f.emissions, ==, 0);
  assert_true_window (&f, 0, 205);
  fixture_end (&f);
}

static void
test_move_keeps_selection (void)
{
  Fixture f = { 0 };

  fixture_open (&f, fake_list_new (3000));
  show (&f, 0, 205);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (f.selection), 100, TRUE);
  f.emissions = 0;
  fake_list_put (f.fake, 101, 15, 1);
  tell (&f, 101);
  look_at (&f, 0, 205);
  assert_true_window (&f, 0, 205);
  g_assert_cmpuint (f.emissions, ==, 2);
  g_assert_cmpuint (f.largest, <=, 3000);
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (f.selection), 1));
  g_assert_cmpuint (wb_bitset_selection_count (f.selection), ==, 1);
  /* Out of sight and back. */
  fake_list_put (f.fake, 101, 20005, 1);
  tell (&f, 101);
  show (&f, 1900, 205);
  assert_true_window (&f, 1900, 205);
  g_assert_cmpuint (wb_bitset_selection_count (f.selection), ==, 1);
  /* Gone for good. */
  fake_list_remove (f.fake, 101);
  tell (&f, 101);
  g_assert_cmpuint (wb_bitset_selection_count (f.selection), ==, 0);
  fixture_end (&f);
}

static void
test_insert_and_remove (void)
{
  Fixture f = { 0 };
  g_autoptr (GRand) random = g_rand_new_with_seed (wb_test_random_seed ());

  fixture_open (&f, fake_list_new (2000));
  show (&f, 400, 205);
  for (guint i = 0; i < 300; i++)
    {
      gint64 id = g_rand_boolean (random) ? 5000 + (int) i : g_rand_int_range (random, 380, 640);
      gint64 place = g_rand_int_range (random, 3800, 6400);

      if (g_rand_int_range (random, 0, 4) == 0)
        fake_list_remove (f.fake, id);
      else
        fake_list_put (f.fake, id, place, i);
      tell (&f, id);
      look_at (&f, 400, 205);
      wb_test_wait_until (is_loaded (&f, 400, 205));
    }
  wb_test_drain ();
  look_at (&f, 400, 205);
  wb_test_wait_until (is_loaded (&f, 400, 205));
  for (guint i = 400; i < 600; i++)
    g_assert_cmpint (wb_row_item_get_id (g_ptr_array_index (f.mirror, i)), ==,
                     fake_list_id_at (f.fake, i));
  fixture_end (&f);
}

/* Changes nobody told of, in sight and out of it; then "anything may have changed". */
static void
test_refresh (void)
{
  Fixture f = { 0 };
  g_autoptr (GRand) random = g_rand_new_with_seed (wb_test_random_seed ());

  fixture_open (&f, fake_list_new (20000));
  show (&f, 10000, 205);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (f.selection), 10100, TRUE);
  for (guint i = 0; i < 2000; i++)
    {
      gint64 id = g_rand_int_range (random, 1, 21000);

      if (id == 10101)
        continue;
      if (g_rand_int_range (random, 0, 3) == 0)
        fake_list_remove (f.fake, id);
      else
        fake_list_put (f.fake, id, g_rand_int_range (random, 1, 300000), i);
    }
  wb_lazy_list_refresh (f.list);
  wb_test_wait_until (f.mirror->len == fake_list_length (f.fake));
  wb_test_drain ();
  g_assert_cmpuint (wb_bitset_selection_count (f.selection), ==, 1);
  {
    guint at = gtk_bitset_get_minimum (
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (f.selection)));

    g_assert_cmpint (fake_list_id_at (f.fake, at), ==, 10101);
    show (&f, at - 100, 205);
    assert_true_window (&f, at - 100, 205);
  }
  show (&f, 0, 205);
  assert_true_window (&f, 0, 205);
  fixture_end (&f);
}

static void
test_change_while_first (void)
{
  Fixture f = { 0 };
  gint64 id = 3;

  fixture_start (&f, fake_list_new (100));
  fake_list_put (f.fake, 3, 995, 1);
  wb_lazy_list_changed (f.list, &id, 1);
  wb_test_wait_until (wb_lazy_list_is_complete (f.list));
  wb_test_wait_until (fake_list_count (f.fake, "locate") == 1);
  wb_test_drain ();
  look_at (&f, 0, 205);
  assert_true_window (&f, 0, 100);
  fixture_end (&f);
}

static void
test_empty_and_back (void)
{
  Fixture f = { 0 };

  fixture_open (&f, fake_list_new (2));
  fake_list_remove (f.fake, 1);
  tell (&f, 1);
  fake_list_remove (f.fake, 2);
  tell (&f, 2);
  g_assert_cmpuint (f.mirror->len, ==, 0);
  fake_list_put (f.fake, 7, 70, 0);
  tell (&f, 7);
  look_at (&f, 0, 5);
  assert_true_window (&f, 0, 5);
  fake_list_remove (f.fake, 7);
  wb_lazy_list_refresh (f.list);
  wb_test_wait_until (f.mirror->len == 0);
  fake_list_put (f.fake, 8, 80, 0);
  wb_lazy_list_refresh (f.list);
  wb_test_wait_until (f.mirror->len == 1);
  fixture_end (&f);
}

static void
test_new_source (void)
{
  Fixture f = { 0 };
  FakeList *old = NULL;

  fixture_open (&f, fake_list_new (5000));
  show (&f, 3000, 205);
  old = f.fake;
  f.fake = fake_list_new (700);
  f.largest = 0;
  wb_lazy_list_set_source (f.list, WB_LIST_SOURCE (f.fake));
  /* Until the answer is there, the old rows stay. */
  g_assert_cmpuint (f.mirror->len, ==, 5000);
  wb_test_wait_until (wb_lazy_list_is_complete (f.list));
  show (&f, 0, 205);
  assert_true_window (&f, 0, 205);
  wb_test_assert_finalized (&old);
  fixture_end (&f);
}

static void
test_late_answers (void)
{
  Fixture f = { 0 };
  FakeList *slow = fake_list_new (5000);

  fake_list_hold (slow);
  fixture_start (&f, slow);
  f.fake = fake_list_new (10);
  wb_lazy_list_set_source (f.list, WB_LIST_SOURCE (f.fake));
  wb_test_wait_until (wb_lazy_list_is_complete (f.list));
  fake_list_release (slow);
  wb_test_drain ();
  look_at (&f, 0, 205);
  assert_true_window (&f, 0, 205);
  wb_test_assert_finalized (&slow);
  fixture_end (&f);
}

static void
test_failure (void)
{
  Fixture f = { 0 };
  FakeList *fake = fake_list_new (5000);

  fake_list_fail (fake, TRUE);
  fixture_start (&f, fake);
  wb_test_wait_until (wb_lazy_list_get_error (f.list) != NULL);
  g_assert_error (wb_lazy_list_get_error (f.list), WB_DB_ERROR, WB_DB_ERROR_OFFLINE);
  g_assert_true (wb_lazy_list_is_skeleton (f.list));
  fake_list_fail (fake, FALSE);
  wb_lazy_list_refresh (f.list);
  wb_test_wait_until (wb_lazy_list_is_complete (f.list));
  g_assert_no_error (wb_lazy_list_get_error (f.list));

  fake_list_fail (fake, TRUE);
  look_away (&f);
  look_at (&f, 4000, 205);
  wb_test_wait_until (wb_lazy_list_get_error (f.list) != NULL);
  g_assert_cmpuint (f.mirror->len, ==, 5000);
  fake_list_fail (fake, FALSE);
  wb_lazy_list_refresh (f.list);
  wb_test_wait_until (is_loaded (&f, 4000, 205));
  assert_true_window (&f, 4000, 205);
  fixture_end (&f);
}

static void
test_select_all (void)
{
  Fixture f = { 0 };
  gint64 start = 0;
  guint before = 0;

  fixture_open (&f, fake_list_new_endless (10000000));
  before = fake_list_count (f.fake, "segment");
  start = g_get_monotonic_time ();
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (f.selection));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 100000);
  g_assert_cmpuint (wb_bitset_selection_count (f.selection), ==, 10000000);
  g_assert_null (wb_bitset_selection_dup_ids (f.selection));
  gtk_selection_model_unselect_item (GTK_SELECTION_MODEL (f.selection), 5000000);
  g_assert_cmpuint (wb_bitset_selection_count (f.selection), ==, 9999999);
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (f.selection));
  g_assert_cmpuint (wb_bitset_selection_count (f.selection), ==, 0);
  g_assert_cmpuint (fake_list_count (f.fake, "segment"), ==, before);
  gtk_selection_model_select_range (GTK_SELECTION_MODEL (f.selection), 10, 20, TRUE);
  {
    g_autoptr (GArray) ids = wb_bitset_selection_dup_ids (f.selection);

    g_assert_nonnull (ids);
    g_assert_cmpuint (ids->len, ==, 20);
  }
  fixture_end (&f);
}

static void
test_memory (void)
{
  Fixture f = { 0 };

  fixture_open (&f, fake_list_new_endless (1000000));
  for (guint i = 0; i < 300; i++)
    show (&f, i * 3000, 205);
  {
    guint loaded = 0;

    for (guint i = 0; i < 1000000; i++)
      loaded += wb_lazy_list_peek (f.list, i) != NULL;
    g_assert_cmpuint (loaded, <=, 20 * 256);
  }
  fixture_end (&f);
}

/* The sums of some rows, as they are and as the list says. */
static void
assert_sums (Fixture *f, GtkBitset *wanted)
{
  g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (WbListSum));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) sums = NULL;

  for (guint i = 0; i < fake_list_length (f->fake); i++)
    if (gtk_bitset_contains (wanted, i))
      {
        gint64 id = fake_list_id_at (f->fake, i);

        wb_list_sums_add (expected, id % 3 == 0 ? "GBP" : "EUR", fake_list_value_at (f->fake, i));
      }
  wb_lazy_list_sums_async (f->list, 1, wanted, cancellable, wb_test_store_result, &result);
  wb_test_await (result);
  sums = wb_lazy_list_sums_finish (f->list, result, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (sums->data, sums->len * sizeof (WbListSum), expected->data, expected->len * sizeof (WbListSum));
}

static void
test_sums (void)
{
  Fixture f = { 0 };
  g_autoptr (GtkBitset) all = gtk_bitset_new_range (0, 10000);
  g_autoptr (GtkBitset) ends = gtk_bitset_new_range (100, 2000);
  g_autoptr (GtkBitset) few = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) holes = gtk_bitset_new_range (0, 10000);
  g_autoptr (GtkBitset) none = gtk_bitset_new_empty ();

  fixture_open (&f, fake_list_new (10000));
  for (guint i = 3; i < 10000; i += 701)
    gtk_bitset_add (few, i);
  for (guint i = 0; i < 10000; i += 600)
    gtk_bitset_remove (holes, i);

  /* All rows are one question, and none of them is read. */
  {
    guint read = fake_list_count (f.fake, "segment");

    assert_sums (&f, all);
    g_assert_cmpuint (fake_list_count (f.fake, "sums"), ==, 1);
    g_assert_cmpuint (fake_list_count (f.fake, "segment"), ==, read);
  }
  assert_sums (&f, ends);
  assert_sums (&f, few);
  assert_sums (&f, holes);
  assert_sums (&f, none);
  fixture_end (&f);
}

static GArray *
collect (Fixture *f, GtkBitset *wanted, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wb_lazy_list_collect_ids_async (f->list, wanted, NULL, wb_test_store_result, &result);
  fake_list_release (f->fake);
  wb_test_await (result);
  return wb_lazy_list_collect_ids_finish (f->list, result, error);
}

/* Rows that come and go elsewhere move nothing: the ids are those of the rows that were selected. */
static void
test_collect (void)
{
  Fixture f = { 0 };
  g_autoptr (GtkBitset) some = gtk_bitset_new_range (5000, 1000);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = NULL;
  gint64 all[] = { 100000 };

  fixture_open (&f, fake_list_new (10000));
  fake_list_hold (f.fake);
  wb_lazy_list_collect_ids_async (f.list, some, NULL, wb_test_store_result, &result);
  /* One more at the top, and the list hears of it, before anything is answered. */
  fake_list_put (f.fake, all[0], 1, 1);
  wb_lazy_list_changed (f.list, all, 1);
  fake_list_release (f.fake);
  wb_test_wait_until (result != NULL && fake_list_length (f.fake) == f.mirror->len);
  ids = wb_lazy_list_collect_ids_finish (f.list, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, 1000);
  for (guint i = 0; i < ids->len; i++)
    g_assert_cmpint (g_array_index (ids, gint64, i), ==, 5001 + i);
  g_clear_object (&result);
  fixture_end (&f);
}

/* Nobody can tell any more which rows were meant: nothing rather than others. */
static void
test_collect_what_changed (void)
{
  Fixture f = { 0 };
  g_autoptr (GtkBitset) some = gtk_bitset_new_range (5000, 1000);
  g_autoptr (GError) error = NULL;

  fixture_open (&f, fake_list_new (10000));
  fake_list_put (f.fake, 100000, 52345, 1);
  g_assert_null (collect (&f, some, &error));
  g_assert_error (error, WB_DB_ERROR, WB_DB_ERROR_CONFLICT);
  fixture_end (&f);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);

  g_test_add_func ("/lazy-list/first-rows", test_first);
  g_test_add_func ("/lazy-list/first-rows-come-before-the-map", test_first_before_map);
  g_test_add_func ("/lazy-list/grows-while-the-map-is-away", test_grows_without_map);
  g_test_add_func ("/lazy-list/jumps-anywhere-in-ten-million", test_jump);
  g_test_add_func ("/lazy-list/reads-nothing-that-is-only-passed-by", test_scrollbar_drag);
  g_test_add_func ("/lazy-list/updates-in-place", test_update_in_place);
  g_test_add_func ("/lazy-list/keeps-the-selection-of-what-moves", test_move_keeps_selection);
  g_test_add_func ("/lazy-list/follows-inserts-moves-and-removals", test_insert_and_remove);
  g_test_add_func ("/lazy-list/finds-its-place-after-anything-changed", test_refresh);
  g_test_add_func ("/lazy-list/hears-news-while-it-is-starting", test_change_while_first);
  g_test_add_func ("/lazy-list/becomes-empty-and-fills-again", test_empty_and_back);
  g_test_add_func ("/lazy-list/shows-old-rows-until-new-ones-are-there", test_new_source);
  g_test_add_func ("/lazy-list/drops-late-answers", test_late_answers);
  g_test_add_func ("/lazy-list/recovers-from-failures", test_failure);
  g_test_add_func ("/lazy-list/selects-all-at-once", test_select_all);
  g_test_add_func ("/lazy-list/keeps-few-rows", test_memory);
  g_test_add_func ("/lazy-list/adds-up-what-nobody-saw", test_sums);
  g_test_add_func ("/lazy-list/collects-what-was-selected", test_collect);
  g_test_add_func ("/lazy-list/collects-nothing-that-is-in-doubt", test_collect_what_changed);

  return g_test_run ();
}
