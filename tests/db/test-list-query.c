/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "db/wb-filter-sql-private.h"
#include "db/wb-list-query-private.h"
#include "tests/db/wb-test-db.h"
#include "tests/db/wb-test-mix.h"
#include "tests/db/wb-test-shop.h"

#define N_ORDERS 20000
#define NOW_US (G_GINT64_CONSTANT (1759771800) * G_USEC_PER_SEC)
#define NOW "2025-10-06 17:30:00+00"

static const char *const columns[] = { "number", "ordered", "customer", "total", "tag", "rush", "ship", NULL };

static WbListQuery *
new_query (WbDb *db,
           const char *catalogue,
           const char *filter_text,
           const char *sort,
           const char *const *names,
           GError **error)
{
  const WbCatalogue *c = wb_catalogue_get (catalogue);
  WbFilterContext context = { .now_us = NOW_US, .currency = "GBP" };
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Europe/London");
  g_autoptr(WbFilter) filter = wb_filter_parse (c, filter_text, &context, NULL);
  WbListSort sorts[WB_LIST_MAX_SORTS];
  guint n_sorts = 0;

  context.zone = zone;
  g_assert_nonnull (filter);
  if (!wb_list_query_parse_sort (c, sort, sorts, &n_sorts, error))
    return NULL;

  return wb_list_query_new (db, c, filter, &context, sorts, n_sorts, names, error);
}

static GPtrArray *
finish_rows (WbListQuery *query,
             GAsyncResult **result)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *rows = NULL;

  wb_test_await (*result);
  rows = wb_list_query_rows_finish (query, *result, &error);
  g_assert_no_error (error);
  g_clear_object (result);

  return rows;
}

static GPtrArray *
first (WbListQuery *query,
       guint n)
{
  g_autoptr(GAsyncResult) result = NULL;

  wb_list_query_first_async (query, n, NULL, wb_test_store_result, &result);
  return finish_rows (query, &result);
}

static GPtrArray *
segment (WbListQuery *query,
         GBytes *from,
         GBytes *to,
         guint limit)
{
  g_autoptr(GAsyncResult) result = NULL;

  wb_list_query_segment_async (query, from, to, limit, NULL, wb_test_store_result, &result);
  return finish_rows (query, &result);
}

static GPtrArray *
offset (WbListQuery *query,
        guint64 at,
        guint n)
{
  g_autoptr(GAsyncResult) result = NULL;

  wb_list_query_offset_async (query, at, n, NULL, wb_test_store_result, &result);
  return finish_rows (query, &result);
}

static WbListAnchors *
anchors (WbListQuery *query)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  WbListAnchors *found = NULL;

  wb_list_query_anchors_async (query, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  found = wb_list_query_anchors_finish (query, result, &error);
  g_assert_no_error (error);

  return found;
}

typedef void (*BuildWay) (WbListQuery *query,
                          GBytes *from,
                          GBytes *to,
                          guint limit,
                          WbDbParams *params,
                          GString *sql);

/* The ways that are taken when the first one is slow, taken at once. */
static const BuildWay other_ways[] = { _wb_list_query_build_filter_first, _wb_list_query_build_walk };

static GPtrArray *
take_way (WbDb *db,
          BuildWay build,
          WbListQuery *query,
          GBytes *from,
          GBytes *to,
          guint limit)
{
  g_autoptr(WbDbParams) params = _wb_db_params_new ();
  g_autoptr(GString) sql = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) result = NULL;
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_row_unref);

  build (query, from, to, limit, params, sql);
  result = wb_test_db_query (db, sql->str, params, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < _wb_db_result_get_n_rows (result); i++)
    g_ptr_array_add (rows, _wb_list_query_read_row (query, result, i));

  return rows;
}

/* All ids in the order in which PostgreSQL itself sorts them. */
static GArray *
reference_ids (WbDb *db,
               WbListQuery *query)
{
  g_autoptr(WbDbParams) params = _wb_db_params_new ();
  g_autoptr(GString) sql = g_string_new (NULL);
  g_autoptr(WbDbResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_string_append_printf (sql, "select %s from %s where ", query->map->id, query->map->from);
  _wb_filter_sql_append (query->filter, &query->context, WB_FILTER_SQL_FREE, params, sql);
  g_string_append (sql, " order by ");
  for (guint i = 0; i < query->n_parts; i++)
    g_string_append_printf (sql, "%s%s%s", i > 0 ? ", " : "", query->parts[i].expression,
                            query->parts[i].descending ? " desc" : "");
  result = wb_test_db_query (db, sql->str, params, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < _wb_db_result_get_n_rows (result); i++)
    {
      gint64 id = _wb_db_result_get_int64 (result, i, 0);

      g_array_append_val (ids, id);
    }

  return ids;
}

static void
assert_rows (GPtrArray *rows,
             GArray *ids,
             guint from,
             guint n)
{
  g_assert_cmpuint (rows->len, ==, MIN (n, from < ids->len ? ids->len - from : 0));
  for (guint i = 0; i < rows->len; i++)
    {
      const WbRow *row = g_ptr_array_index (rows, i);

      g_assert_cmpint (wb_row_get_id (row), ==, g_array_index (ids, gint64, from + i));
      if (i > 0)
        g_assert_cmpint (g_bytes_compare (wb_row_get_key (g_ptr_array_index (rows, i - 1)), wb_row_get_key (row)), <, 0);
    }
}

/* Segment by segment, by the anchors, and from the middle of nowhere: always what order by and offset give. */
static void
check_list (WbDb *db,
            const char *catalogue,
            const char *filter,
            const char *sort)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(WbListQuery) query = new_query (db, catalogue, filter, sort, NULL, &error);
  g_autoptr(GArray) ids = NULL;
  g_autoptr(WbListAnchors) map = NULL;
  g_autoptr(GPtrArray) top = NULL;

  g_assert_no_error (error);
  g_test_message ("%s, “%s” by “%s”", catalogue, filter, sort);
  ids = reference_ids (db, query);
  map = anchors (query);
  g_assert_cmpuint (map->total, ==, ids->len);
  g_assert_cmpuint (map->n_keys, ==, (ids->len + WB_LIST_STEP - 1) / WB_LIST_STEP);
  top = first (query, 50);
  assert_rows (top, ids, 0, 50);
  for (guint s = 0; s < map->n_keys; s += MAX (1, map->n_keys / 5))
    {
      GBytes *to = s + 1 < map->n_keys ? map->keys[s + 1] : NULL;
      g_autoptr(GPtrArray) rows = segment (query, map->keys[s], to, 0);
      g_autoptr(GPtrArray) by_limit = segment (query, map->keys[s], NULL, 7);
      g_autoptr(GPtrArray) by_offset = offset (query, s * WB_LIST_STEP + 3, 10);
      const WbRow *last = g_ptr_array_index (rows, rows->len - 1);

      assert_rows (rows, ids, s * WB_LIST_STEP, WB_LIST_STEP);
      for (guint way = 0; way < G_N_ELEMENTS (other_ways); way++)
        {
          g_autoptr(GPtrArray) same = take_way (db, other_ways[way], query, map->keys[s], to, 1000);

          assert_rows (same, ids, s * WB_LIST_STEP, WB_LIST_STEP);
        }
      assert_rows (by_limit, ids, s * WB_LIST_STEP, 7);
      assert_rows (by_offset, ids, s * WB_LIST_STEP + 3, 10);
      g_assert_true (g_bytes_equal (wb_row_get_key (g_ptr_array_index (rows, 0)), map->keys[s]));
      g_assert_cmpuint (wb_list_anchors_find (map, wb_row_get_key (last)), ==, s);
    }
}

static void
test_sorts (void)
{
  static const char *const catalogues[] = { "orders", "customers", "products", "lines" };
  g_autoptr(WbDb) db = wb_test_shop_open (N_ORDERS);

  if (db == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (catalogues); i++)
    {
      const WbCatalogue *c = wb_catalogue_get (catalogues[i]);

      for (guint j = 0; j < c->n_fields; j++)
        if ((c->fields[j].flags & WB_FIELD_SORTABLE) != 0)
          {
            g_autofree char *descending = g_strconcat ("-", c->fields[j].name, NULL);

            check_list (db, c->name, "", c->fields[j].name);
            check_list (db, c->name, "", descending);
          }
    }
}

static void
test_several_sorts (void)
{
  static const struct
  {
    const char *filter;
    const char *sort;
  } cases[] = {
    { "", "status -total" },
    { "", "-status total" },
    { "", "country -customer ordered" },
    { "", "-priority ship -number" },
    { "", "total -total status status" },
    { "status:processing", "-ordered" },
    { "status:processing,pending total:>50 country:gb", "-total customer" },
    { "customer.segment:vip", "customer" },
    { "sku:AB-3", "number" },
    { "müller", "-ordered" },
    { "held:yes or trouble:stock", "ship" },
    { "number:WB-100001,wb-100002", "number" },
    { "status:shipped -status:shipped", "number" },
  };
  g_autoptr(WbDb) db = wb_test_shop_open (N_ORDERS);

  if (db == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_list (db, "orders", cases[i].filter, cases[i].sort);
}

/* ---- Filters as people write them ---------------------------------------------------------- */

static const WbListSort *
pick_sort (GRand *random)
{
  static WbListSort sort;
  const WbCatalogue *orders = wb_catalogue_get ("orders");

  do
    sort.field = &orders->fields[g_rand_int_range (random, 0, (gint32) orders->n_fields)];
  while ((sort.field->flags & WB_FIELD_SORTABLE) == 0);
  sort.descending = g_rand_boolean (random);

  return &sort;
}

/* The rows that pass, in their order, by all ways; as the evaluator judges and the server sorts. */
static void
check_mixed (WbDb *db,
             WbTestFacts *facts,
             const WbFilterContext *context,
             const char *text,
             const WbListSort *sort,
             guint *n_passed)
{
  const WbCatalogue *orders = wb_catalogue_get ("orders");
  g_autoptr(GError) error = NULL;
  g_autoptr(WbFilter) filter = wb_filter_parse (orders, text, context, &error);
  g_autoptr(WbListQuery) query = NULL;
  g_autoptr(GArray) ids = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  GArray *all = wb_test_facts_get_ids (facts, orders);
  guint n = 0;

  g_test_message ("“%s” by %s%s", text, sort->descending ? "-" : "", sort->field->name);
  g_assert_no_error (error);
  query = wb_list_query_new (db, orders, filter, context, sort, 1, columns, &error);
  g_assert_no_error (error);
  ids = reference_ids (db, query);
  for (guint i = 0; i < all->len; i++)
    n += wb_test_facts_judge (facts, filter, context, g_array_index (all, gint64, i));
  g_assert_cmpuint (ids->len, ==, n);
  for (guint i = 0; i < ids->len; i++)
    g_assert_true (wb_test_facts_judge (facts, filter, context, g_array_index (ids, gint64, i)));
  rows = first (query, all->len);
  assert_rows (rows, ids, 0, all->len);
  for (guint way = 0; way < G_N_ELEMENTS (other_ways); way++)
    {
      g_autoptr(GPtrArray) same = take_way (db, other_ways[way], query, NULL, NULL, all->len);

      assert_rows (same, ids, 0, all->len);
    }
  *n_passed += n > 0;
}

static void
test_mix (void)
{
  g_autoptr(WbDb) db = wb_test_shop_open_demo (600, NOW);
  g_autoptr(GRand) random = g_rand_new_with_seed (wb_test_random_seed ());
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Europe/London");
  static const char *const currencies[] = { "GBP", "EUR", "USD", "JPY", "AUD", "CAD", "CHF", "CZK", "DKK", "NOK",
                                            "PLN", "SEK", "NZD", NULL };
  const WbFilterContext context = { .zone = zone, .now_us = NOW_US, .currency = "GBP", .currencies = currencies };
  g_autoptr(WbTestFacts) facts = NULL;
  guint n_passed = 0;

  if (db == NULL)
    return;
  facts = wb_test_facts_load (db);
  for (guint i = 0; i < 250; i++)
    {
      g_autofree char *text = wb_test_mix_filter (facts, wb_catalogue_get ("orders"), zone, random, 1 + i % 3);

      check_mixed (db, facts, &context, text, pick_sort (random), &n_passed);
    }
  for (guint i = 0; i < 5 * wb_test_mix_get_n_searches (); i++)
    {
      g_autofree char *text = wb_test_mix_search (facts, random, i % wb_test_mix_get_n_searches ());

      check_mixed (db, facts, &context, text, pick_sort (random), &n_passed);
    }
  g_test_message ("%u found something", n_passed);
  g_assert_cmpuint (n_passed, >, 100);
}

static void
test_cells (void)
{
  g_autoptr(WbDb) db = wb_test_shop_open (N_ORDERS);
  g_autoptr(WbListQuery) query = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) tags = NULL;
  const char *currency = NULL;
  const WbRow *row = NULL;

  if (db == NULL)
    return;
  query = new_query (db, "orders", "number:100008", "", columns, &error);
  g_assert_no_error (error);
  rows = first (query, 10);
  g_assert_cmpuint (rows->len, ==, 1);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpuint (wb_row_get_n_values (row), ==, 7);
  g_assert_cmpstr (wb_row_get_text (row, 0), ==, "100008");
  g_assert_cmpint (wb_row_get_value_type (row, 1), ==, WB_ROW_INT);
  g_assert_cmpint (wb_row_get_int (row, 1), ==,
                   wb_test_db_int (db, "select (extract(epoch from placed_at) * 1000000)::bigint from wb.sales_order "
                                       "where number = '100008'"));
  g_assert_cmpint (wb_row_get_money (row, 3, &currency), ==, 1500 + 8 - 100);
  g_assert_cmpstr (currency, ==, "GBP");
  tags = wb_row_dup_tags (row, 4);
  g_assert_cmpstr (tags[0], ==, "gift");
  g_assert_cmpstr (tags[1], ==, "VIP");
  g_assert_null (tags[2]);
  g_assert_false (wb_row_get_bool (row, 5));
  g_assert_false (wb_row_is_null (row, 6));
}

/* Keys in bytes are in the order of the values, whatever these are. */
static void
test_keys (void)
{
  static const char *const texts[] = { "", "a", "a\001", "ab", "b", "z", "ä", "\xf0\x9f\x8d\xba" };
  static const gint64 numbers[] = { G_MININT64, -256, -1, 0, 1, 255, 256, G_MAXINT64 };
  WbKeyPart parts[3] = { { "a", WB_KEY_TEXT, FALSE }, { "b", WB_KEY_INT, FALSE }, { "c", WB_KEY_INT, FALSE } };
  g_autoptr(GRand) random = g_rand_new_with_seed (wb_test_random_seed ());

  for (guint n = 0; n < 20000; n++)
    {
      int at[2][3];
      GBytes *keys[2];
      int expected = 0;

      for (guint i = 0; i < 3; i++)
        parts[i].descending = g_rand_boolean (random);
      for (guint k = 0; k < 2; k++)
        {
          WbKeyValue values[3] = { 0 }, again[3];

          for (guint i = 0; i < 3; i++)
            at[k][i] = g_rand_int_range (random, 0, 8);
          values[0].text = (char *) texts[at[k][0]];
          values[1].number = numbers[at[k][1]];
          values[2].number = numbers[at[k][2]];
          keys[k] = _wb_key_encode (parts, 3, values);
          g_assert_true (_wb_key_decode (parts, 3, keys[k], again));
          g_assert_cmpstr (again[0].text, ==, values[0].text);
          g_assert_cmpint (again[1].number, ==, values[1].number);
          g_assert_cmpint (again[2].number, ==, values[2].number);
          _wb_key_values_clear (again, 3);
        }
      for (guint i = 0; i < 3 && expected == 0; i++)
        expected = (at[0][i] - at[1][i]) * (parts[i].descending ? -1 : 1);
      g_assert_cmpint (CLAMP (g_bytes_compare (keys[0], keys[1]), -1, 1), ==, CLAMP (expected, -1, 1));
      g_bytes_unref (keys[0]);
      g_bytes_unref (keys[1]);
    }
}

static void
test_locates (void)
{
  g_autoptr(WbDb) db = wb_test_shop_open (N_ORDERS);
  g_autoptr(WbListQuery) query = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GPtrArray) all = NULL;
  gint64 ids[5] = { G_MAXINT64, 0, 0, 0, -1 };

  if (db == NULL)
    return;
  query = new_query (db, "orders", "rush:yes", "customer", columns, NULL);
  all = first (query, 100);
  ids[1] = wb_row_get_id (g_ptr_array_index (all, 90));
  ids[2] = wb_row_get_id (g_ptr_array_index (all, 10));
  ids[3] = wb_test_db_int (db, "select min(id) from wb.sales_order where not rush");
  wb_list_query_locate_async (query, ids, G_N_ELEMENTS (ids), NULL, wb_test_store_result, &result);
  rows = finish_rows (query, &result);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_true (wb_row_equal (g_ptr_array_index (rows, 0), g_ptr_array_index (all, 10)));
  g_assert_true (wb_row_equal (g_ptr_array_index (rows, 1), g_ptr_array_index (all, 90)));
}

static void
test_refuses (void)
{
  static const char *const unknown[] = { "number", "wings", NULL };
  static const char *const hidden[] = { "sku", NULL };
  g_autoptr(WbDb) db = wb_test_shop_open (N_ORDERS);
  GError *error = NULL;

  if (db == NULL)
    return;
  g_assert_null (new_query (db, "orders", "", "", unknown, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNKNOWN);
  g_clear_error (&error);
  g_assert_null (new_query (db, "orders", "", "", hidden, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNKNOWN);
  g_clear_error (&error);
  g_assert_null (new_query (db, "orders", "", "sku", columns, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNKNOWN);
  g_clear_error (&error);
}

static void
test_cancels (void)
{
  g_autoptr(WbDb) db = wb_test_shop_open (N_ORDERS);
  g_autoptr(WbListQuery) query = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  if (db == NULL)
    return;
  query = new_query (db, "orders", "", "", columns, NULL);
  wb_list_query_anchors_async (query, cancellable, wb_test_store_result, &result);
  g_cancellable_cancel (cancellable);
  wb_test_await (result);
  g_assert_null (wb_list_query_anchors_finish (query, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  wb_test_assert_finalized (&query);
}

int
main (int argc,
      char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/list-query/keys", test_keys);
  g_test_add_func ("/list-query/cells", test_cells);
  g_test_add_func ("/list-query/sorts", test_sorts);
  g_test_add_func ("/list-query/several-sorts", test_several_sorts);
  g_test_add_func ("/list-query/mix", test_mix);
  g_test_add_func ("/list-query/locates", test_locates);
  g_test_add_func ("/list-query/refuses", test_refuses);
  g_test_add_func ("/list-query/cancels", test_cancels);

  return g_test_run ();
}
