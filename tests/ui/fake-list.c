/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "db/wb-db-error.h"
#include "tests/ui/fake-list.h"

typedef struct
{
  gint64 place;
  gint64 id;
  gint64 value;
} Place;

typedef struct
{
  GTask *task;
  gpointer answer;
  GDestroyNotify destroy;
} Answer;

struct _FakeList
{
  GObject parent_instance;

  GArray *places;
  guint endless;
  GQueue held;
  gboolean holding;
  gboolean failing;
  GHashTable *counts;
};

static void source_iface_init (WbListSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeList, fake_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WB_TYPE_LIST_SOURCE, source_iface_init))

static GBytes *
make_key (gint64 place, gint64 id)
{
  guint64 words[2] = { GUINT64_TO_BE ((guint64) place ^ (G_GUINT64_CONSTANT (1) << 63)),
                       GUINT64_TO_BE ((guint64) id) };

  return g_bytes_new (words, sizeof words);
}

static void
read_key (GBytes *key, gint64 *place, gint64 *id)
{
  const guint64 *words = g_bytes_get_data (key, NULL);

  *place = (gint64) (GUINT64_FROM_BE (words[0]) ^ (G_GUINT64_CONSTANT (1) << 63));
  *id = (gint64) GUINT64_FROM_BE (words[1]);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *x = a;
  const Place *y = b;

  if (x->place != y->place)
    return x->place < y->place ? -1 : 1;
  return x->id < y->id ? -1 : x->id > y->id;
}

guint
fake_list_length (FakeList *self)
{
  return self->endless > 0 ? self->endless : self->places->len;
}

static Place
place_at (FakeList *self, guint position)
{
  if (self->endless > 0)
    return (Place) { (gint64) position * 10, (gint64) position + 1, position };
  return g_array_index (self->places, Place, position);
}

static WbRow *
make_row (FakeList *self, guint position)
{
  Place place = place_at (self, position);
  g_autoptr (GBytes) key = make_key (place.place, place.id);
  WbRowValue values[] = {
    { .type = WB_ROW_INT, .number = place.value },
    { .type = WB_ROW_MONEY, .number = place.value, .currency = "EUR" },
  };

  if (place.id % 3 == 0)
    memcpy (values[1].currency, "GBP", 4);
  return wb_row_new (place.id, key, values, G_N_ELEMENTS (values));
}

static guint
find_key (FakeList *self, GBytes *key)
{
  Place wanted = { 0 };
  guint low = 0;
  guint high = fake_list_length (self);

  read_key (key, &wanted.place, &wanted.id);
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      Place place = place_at (self, middle);

      if (compare_places (&place, &wanted) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
deliver (Answer *answer)
{
  if (answer->answer == NULL)
    g_task_return_new_error (answer->task, WB_DB_ERROR, WB_DB_ERROR_OFFLINE, "made to fail");
  else if (!g_task_return_error_if_cancelled (answer->task))
    g_task_return_pointer (answer->task, g_steal_pointer (&answer->answer), answer->destroy);
  if (answer->answer != NULL)
    answer->destroy (answer->answer);
  g_object_unref (answer->task);
  g_free (answer);
}

static gboolean
deliver_cb (gpointer user_data)
{
  deliver (user_data);
  return G_SOURCE_REMOVE;
}

/* The answer is made now, as a snapshot is, and told later. */
static void
reply (FakeList *self, const char *operation, gpointer value, GDestroyNotify destroy,
       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Answer *answer = g_new0 (Answer, 1);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, operation));

  g_hash_table_insert (self->counts, (gpointer) operation, GUINT_TO_POINTER (n + 1));
  answer->task = g_task_new (self, cancellable, callback, user_data);
  answer->answer = value;
  answer->destroy = destroy;
  if (self->failing)
    {
      destroy (value);
      answer->answer = NULL;
    }
  if (self->holding)
    g_queue_push_tail (&self->held, answer);
  else
    g_idle_add (deliver_cb, answer);
}

static GPtrArray *
rows_between (FakeList *self, guint from, guint to)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_row_unref);

  for (guint i = from; i < to; i++)
    g_ptr_array_add (rows, make_row (self, i));
  return rows;
}

static void
fake_first_async (WbListSource *source, guint n, GCancellable *cancellable,
                  GAsyncReadyCallback callback, gpointer user_data)
{
  FakeList *self = FAKE_LIST (source);

  reply (self, "first", rows_between (self, 0, MIN (n, fake_list_length (self))),
         (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

static void
fake_segment_async (WbListSource *source, GBytes *from, GBytes *to, guint limit,
                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  FakeList *self = FAKE_LIST (source);
  guint low = from != NULL ? find_key (self, from) : 0;
  guint high = to != NULL ? find_key (self, to) : fake_list_length (self);

  if (limit > 0)
    high = MIN (high, low + limit);
  g_assert_cmpuint (high - low, <=, 4096);
  reply (self, "segment", rows_between (self, low, high), (GDestroyNotify) g_ptr_array_unref,
         cancellable, callback, user_data);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  return g_bytes_compare (wb_row_get_key (*(WbRow *const *) a), wb_row_get_key (*(WbRow *const *) b));
}

static void
fake_locate_async (WbListSource *source, const gint64 *ids, guint n_ids, GCancellable *cancellable,
                   GAsyncReadyCallback callback, gpointer user_data)
{
  FakeList *self = FAKE_LIST (source);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_row_unref);

  for (guint i = 0; i < n_ids; i++)
    for (guint k = 0; k < self->places->len; k++)
      if (g_array_index (self->places, Place, k).id == ids[i])
        g_ptr_array_add (rows, make_row (self, k));
  g_ptr_array_sort (rows, compare_rows);
  reply (self, "locate", rows, (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
         user_data);
}

static GPtrArray *
fake_rows_finish (WbListSource *source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
free_anchors (gpointer anchors)
{
  wb_list_anchors_free (anchors);
}

static void
fake_anchors_async (WbListSource *source, GCancellable *cancellable, GAsyncReadyCallback callback,
                    gpointer user_data)
{
  FakeList *self = FAKE_LIST (source);
  WbListAnchors *anchors = g_new0 (WbListAnchors, 1);

  anchors->total = fake_list_length (self);
  anchors->n_keys = (guint) ((anchors->total + WB_LIST_STEP - 1) / WB_LIST_STEP);
  anchors->keys = g_new0 (GBytes *, anchors->n_keys + 1);
  for (guint i = 0; i < anchors->n_keys; i++)
    {
      Place place = place_at (self, i * WB_LIST_STEP);

      anchors->keys[i] = make_key (place.place, place.id);
    }
  reply (self, "anchors", anchors, free_anchors, cancellable, callback, user_data);
}

static WbListAnchors *
fake_anchors_finish (WbListSource *source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
free_array (gpointer array)
{
  g_array_unref (array);
}

static void
fake_sums_async (WbListSource *source, guint column, const WbListRange *ranges, guint n_ranges,
                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  FakeList *self = FAKE_LIST (source);
  GArray *sums = g_array_new (FALSE, FALSE, sizeof (WbListSum));

  g_assert_cmpuint (n_ranges, <=, WB_LIST_MAX_RANGES);
  for (guint i = 0; i < n_ranges; i++)
    {
      guint low = ranges[i].from != NULL ? find_key (self, ranges[i].from) : 0;
      guint high = ranges[i].to != NULL ? find_key (self, ranges[i].to) : fake_list_length (self);

      for (guint k = low; k < high; k++)
        {
          g_autoptr (WbRow) row = make_row (self, k);
          const char *currency = NULL;
          gint64 minor = wb_row_get_money (row, column, &currency);

          wb_list_sums_add (sums, currency, minor);
        }
    }
  reply (self, "sums", sums, free_array, cancellable, callback, user_data);
}

static GArray *
fake_sums_finish (WbListSource *source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
source_iface_init (WbListSourceInterface *iface)
{
  iface->sums_async = fake_sums_async;
  iface->sums_finish = fake_sums_finish;
  iface->first_async = fake_first_async;
  iface->segment_async = fake_segment_async;
  iface->locate_async = fake_locate_async;
  iface->rows_finish = fake_rows_finish;
  iface->anchors_async = fake_anchors_async;
  iface->anchors_finish = fake_anchors_finish;
}

static void
fake_list_finalize (GObject *object)
{
  FakeList *self = FAKE_LIST (object);

  g_assert_true (g_queue_is_empty (&self->held));
  g_clear_pointer (&self->places, g_array_unref);
  g_clear_pointer (&self->counts, g_hash_table_unref);

  G_OBJECT_CLASS (fake_list_parent_class)->finalize (object);
}

static void
fake_list_class_init (FakeListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_list_finalize;
}

static void
fake_list_init (FakeList *self)
{
  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  self->counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->held);
}

/* Rows 1 to n at places 10, 20, 30, … */
FakeList *
fake_list_new (guint n_rows)
{
  FakeList *self = g_object_new (FAKE_TYPE_LIST, NULL);

  for (guint i = 0; i < n_rows; i++)
    {
      Place place = { (gint64) (i + 1) * 10, (gint64) i + 1, i };

      g_array_append_val (self->places, place);
    }
  return self;
}

FakeList *
fake_list_new_endless (guint n_rows)
{
  FakeList *self = g_object_new (FAKE_TYPE_LIST, NULL);

  self->endless = n_rows;
  return self;
}

void
fake_list_remove (FakeList *self, gint64 id)
{
  for (guint i = 0; i < self->places->len; i++)
    if (g_array_index (self->places, Place, i).id == id)
      {
        g_array_remove_index (self->places, i);
        return;
      }
}

void
fake_list_put (FakeList *self, gint64 id, gint64 place, gint64 value)
{
  Place new = { place, id, value };
  g_autoptr (GBytes) key = make_key (place, id);

  fake_list_remove (self, id);
  g_array_insert_val (self->places, find_key (self, key), new);
}

gint64
fake_list_id_at (FakeList *self, guint position)
{
  return place_at (self, position).id;
}

gint64
fake_list_value_at (FakeList *self, guint position)
{
  return place_at (self, position).value;
}

/* From now on answers wait for fake_list_release(). */
void
fake_list_hold (FakeList *self)
{
  self->holding = TRUE;
}

void
fake_list_release (FakeList *self)
{
  Answer *answer = NULL;

  self->holding = FALSE;
  while ((answer = g_queue_pop_head (&self->held)) != NULL)
    g_idle_add (deliver_cb, answer);
}

void
fake_list_fail (FakeList *self, gboolean fail)
{
  self->failing = fail;
}

guint
fake_list_count (FakeList *self, const char *operation)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, operation));
}
