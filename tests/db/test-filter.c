/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "db/wb-filter-sql-private.h"
#include "tests/db/wb-test-db.h"
#include "tests/db/wb-test-facts.h"
#include "tests/db/wb-test-shop.h"

#define N_ORDERS 3000
#define NOW_US (G_GINT64_CONSTANT (1759771800) * G_USEC_PER_SEC)

static const char *const currencies[] = { "GBP", "EUR", "JPY", "KWD", NULL };

/* What a test of many expressions needs. */
typedef struct
{
  WbDb *db;
  WbTestFacts *facts;
  WbFilterContext context;
  GRand *random;
  guint n_checked;
  guint n_found;
} Lab;

static void
lab_clear (Lab *lab)
{
  g_clear_pointer (&lab->facts, wb_test_facts_free);
  g_clear_pointer (&lab->context.zone, g_time_zone_unref);
  g_clear_pointer (&lab->random, g_rand_free);
  g_clear_object (&lab->db);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lab, lab_clear)

static gboolean
lab_init (Lab *lab,
          gboolean with_facts)
{
  lab->db = wb_test_shop_open (N_ORDERS);
  if (lab->db == NULL)
    return FALSE;
  lab->context = (WbFilterContext){
    .zone = g_time_zone_new_identifier ("America/New_York"), .now_us = NOW_US, .currency = "GBP", .currencies = currencies,
    .me = "ann",
  };
  lab->random = g_rand_new_with_seed (wb_test_random_seed ());
  if (with_facts)
    lab->facts = wb_test_facts_load (lab->db);

  return TRUE;
}

static GHashTable *
select_ids (Lab *lab,
            const WbFilter *filter,
            WbFilterSqlShape shape,
            const char *text)
{
  const WbFilterMap *map = _wb_filter_map_get (wb_filter_get_catalogue (filter));
  g_autoptr(WbDbParams) params = _wb_db_params_new ();
  g_autoptr(GString) sql = g_string_new (NULL);
  g_autoptr(WbDbResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GHashTable *ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  g_string_append_printf (sql, "select %s from %s where ", map->id, map->from);
  _wb_filter_sql_append (filter, &lab->context, shape, params, sql);
  result = wb_test_db_query (lab->db, sql->str, params, &error);
  if (error != NULL)
    g_test_message ("%s\n%s", text, sql->str);
  g_assert_no_error (error);
  for (guint i = 0; i < _wb_db_result_get_n_rows (result); i++)
    {
      gint64 id = _wb_db_result_get_int64 (result, i, 0);

      g_hash_table_add (ids, g_memdup2 (&id, sizeof id));
    }

  return ids;
}

/* The server finds exactly those rows that the evaluator lets pass. */
static void
check_shape (Lab *lab,
             const WbCatalogue *catalogue,
             const char *text,
             WbFilterSqlShape shape)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(WbFilter) filter = wb_filter_parse (catalogue, text, &lab->context, &error);
  g_autoptr(GHashTable) found = NULL;
  GArray *ids = wb_test_facts_get_ids (lab->facts, catalogue);

  if (error != NULL)
    g_test_message ("%s: %s", catalogue->name, text);
  g_assert_no_error (error);
  found = select_ids (lab, filter, shape, text);
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      gboolean expected = wb_test_facts_judge (lab->facts, filter, &lab->context, id);

      if (expected != g_hash_table_contains (found, &id))
        g_test_message ("%s: %s: row %" G_GINT64_FORMAT " should %spass", catalogue->name, text, id, expected ? "" : "not ");
      g_assert_cmpint (g_hash_table_contains (found, &id), ==, expected);
    }
  lab->n_checked++;
  lab->n_found += g_hash_table_size (found) > 0;
}

static void
check (Lab *lab,
       const WbCatalogue *catalogue,
       const char *text)
{
  check_shape (lab, catalogue, text, WB_FILTER_SQL_FREE);
  if (lab->n_checked % 3 == 0)
    check_shape (lab, catalogue, text, WB_FILTER_SQL_ROW_BY_ROW);
}

/* ---- Making expressions ------------------------------------------------------------------- */

static const WbTestFact *
pick_fact (Lab *lab,
           const WbCatalogue *catalogue,
           const WbField *field)
{
  GArray *ids = wb_test_facts_get_ids (lab->facts, catalogue);

  for (guint tries = 0; tries < 50; tries++)
    {
      gint64 id = g_array_index (ids, gint64, g_rand_int_range (lab->random, 0, (gint32) ids->len));
      GArray *facts = wb_test_facts_get (lab->facts, catalogue, field, id);

      if (facts != NULL && facts->len > 0)
        return &g_array_index (facts, WbTestFact, g_rand_int_range (lab->random, 0, (gint32) facts->len));
    }

  return NULL;
}

static const char *
pick (Lab *lab,
      const char *const *words)
{
  return words[g_rand_int_range (lab->random, 0, (gint32) g_strv_length ((char **) words))];
}

/* A text as it is, in another case, a part of it, with wildcards; or something evil. */
static char *
make_text (Lab *lab,
           const char *text)
{
  static const char *const evil[] = { "'; drop table wb.sales_order; --", "%", "_", "\\", "$1", "a'b\"c", "{}", "{\"a\"}", "NULL", NULL };
  g_autofree char *whole = text != NULL ? g_strdup (text) : g_strdup ("x");
  glong n = g_utf8_strlen (whole, -1);
  glong a = n > 0 ? g_rand_int_range (lab->random, 0, (gint32) n) : 0;
  glong b = a + 1 + g_rand_int_range (lab->random, 0, 5);
  g_autofree char *part = g_utf8_substring (whole, a, MIN (n, b));
  g_autofree char *upper = g_utf8_strup (whole, -1);
  g_autofree char *lower = g_utf8_strdown (whole, -1);
  g_autofree char *quoted = wb_filter_quote (part);

  switch (g_rand_int_range (lab->random, 0, 8))
    {
    case 0:
      return wb_filter_quote (upper);
    case 1:
      return wb_filter_quote (lower);
    case 2:
      return g_strdup (quoted);
    case 3:
      return g_strdup_printf ("%s*", quoted);
    case 4:
      return g_strdup_printf ("*%s*", quoted);
    case 5:
      return g_strdup_printf ("?%s*", quoted);
    case 6:
      return wb_filter_quote (pick (lab, evil));
    default:
      return wb_filter_quote (whole);
    }
}

static char *
make_number (Lab *lab,
             const WbField *field,
             const WbTestFact *fact)
{
  gint64 n = (fact != NULL ? fact->number : 0) + g_rand_int_range (lab->random, -1, 2);
  gboolean own = g_rand_boolean (lab->random);

  switch (field->type)
    {
    case WB_FIELD_MONEY:
      return g_strdup_printf ("%s%" G_GINT64_FORMAT ".%02d%s", n < 0 ? "-" : "", ABS (n) / 100, (int) (ABS (n) % 100),
                              own ? "" : pick (lab, currencies));
    case WB_FIELD_PRICE:
      return g_strdup_printf ("%" G_GINT64_FORMAT ".%06d%s", ABS (n) / 1000000, (int) (ABS (n) % 1000000),
                              own ? "" : pick (lab, currencies));
    case WB_FIELD_WEIGHT:
      return g_strdup_printf ("%" G_GINT64_FORMAT "g", n);
    case WB_FIELD_TEXT:
    case WB_FIELD_CODE:
    case WB_FIELD_INTEGER:
    case WB_FIELD_TIME:
    case WB_FIELD_DATE:
    case WB_FIELD_ENUM:
    case WB_FIELD_BOOL:
    case WB_FIELD_COUNTRY:
    case WB_FIELD_TAGS:
    default:
      return g_strdup_printf ("%" G_GINT64_FORMAT, n);
    }
}

static char *
make_date (Lab *lab,
           const WbTestFact *fact)
{
  static const char *const words[] = { "today",      "yesterday", "now",         "-7d",        "-30d",   "3d",          "monday",
                                       "this-week",  "last-month", "this-year",  "-5h",        "-2m",    "last-friday", "2025",
                                       "2025-09",    "2025-q3",   "2025-w39",    "2025-10-05", NULL };
  static const char *const formats[] = { "%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%dt%H:%M", "%Y-%m-%dt%H:%M:%S", NULL };
  g_autoptr(GDateTime) utc = NULL;
  g_autoptr(GDateTime) there = NULL;

  if (fact == NULL || g_rand_boolean (lab->random))
    return g_strdup (pick (lab, words));
  utc = g_date_time_new_from_unix_utc (fact->number / G_USEC_PER_SEC);
  there = g_date_time_to_timezone (utc, lab->context.zone);

  return g_date_time_format (there, pick (lab, formats));
}

static char *
make_value (Lab *lab,
            const WbCatalogue *catalogue,
            const WbField *field)
{
  static const char *const yes_no[] = { "yes", "no", NULL };
  static const char *const countries[] = { "gb", "de", "us", "eu", "France", NULL };
  const WbTestFact *fact = pick_fact (lab, catalogue, field);

  switch (field->type)
    {
    case WB_FIELD_TIME:
    case WB_FIELD_DATE:
      return make_date (lab, fact);
    case WB_FIELD_MONEY:
    case WB_FIELD_PRICE:
    case WB_FIELD_INTEGER:
    case WB_FIELD_WEIGHT:
      return make_number (lab, field, fact);
    case WB_FIELD_BOOL:
      return g_strdup (pick (lab, yes_no));
    case WB_FIELD_COUNTRY:
      return g_strdup (pick (lab, countries));
    case WB_FIELD_ENUM:
      if (field->choices != NULL)
        return wb_filter_quote (fact != NULL ? fact->text : field->choices[0].code);
      return make_text (lab, fact != NULL ? fact->text : NULL);
    case WB_FIELD_TEXT:
    case WB_FIELD_CODE:
    case WB_FIELD_TAGS:
    default:
      return make_text (lab, fact != NULL ? fact->text : NULL);
    }
}

/* The ways to ask about a field: one of them, by number, until NULL. */
static char *
make_clause (Lab *lab,
             const WbCatalogue *catalogue,
             const char *prefix,
             const WbField *field,
             guint way)
{
  static const char *const signs[] = { "<", "<=", ">", ">=" };
  g_autofree char *a = make_value (lab, catalogue, field);
  g_autofree char *b = make_value (lab, catalogue, field);
  gboolean ordered = wb_field_has_order (field);

  if (way < 4)
    return g_strdup_printf ("%s%s:%s", prefix, field->name, a);
  if (way == 4)
    return g_strdup_printf ("%s%s:%s;%s", prefix, field->name, a, b);
  if (way == 5)
    return g_strdup_printf ("%s%s:none", prefix, field->name);
  if (way == 6)
    return g_strdup_printf ("%s%s:any", prefix, field->name);
  if (way == 7)
    return g_strdup_printf ("%s%s:none;%s", prefix, field->name, a);
  if (way == 8)
    return g_strdup_printf ("-%s%s:%s", prefix, field->name, a);
  if (way == 9)
    return g_strdup_printf ("%s%s:=%s", prefix, field->name, a);
  if (ordered && field->type != WB_FIELD_ENUM && way < 14)
    return g_strdup_printf ("%s%s:%s%s", prefix, field->name, signs[way - 10], a);
  if (ordered && field->type != WB_FIELD_ENUM && way == 14)
    return g_strdup_printf ("%s%s:%s..", prefix, field->name, a);
  if (ordered && field->type != WB_FIELD_ENUM && way == 15)
    return g_strdup_printf ("%s%s:..%s", prefix, field->name, a);
  if (field->type == WB_FIELD_TIME && way == 16)
    return g_strdup_printf ("%s%s:%s..%s", prefix, field->name, a, b);

  return NULL;
}

static void
check_fields (Lab *lab,
              const WbCatalogue *catalogue,
              const WbRelation *relation,
              guint step)
{
  const WbCatalogue *target = relation != NULL ? wb_catalogue_get (relation->target) : catalogue;
  g_autofree char *prefix = relation != NULL ? g_strconcat (relation->name, ".", NULL) : g_strdup ("");

  for (guint i = 0; i < target->n_fields; i++)
    for (guint way = i % step; way < 17; way += step)
      {
        g_autofree char *text = make_clause (lab, target, prefix, &target->fields[i], way);

        if (text != NULL)
          check (lab, catalogue, text);
      }
}

/* ---- Tests -------------------------------------------------------------------------------- */

/* Every field, every operator. */
static void
test_every_field (void)
{
  g_auto(Lab) lab = { 0 };
  guint n = 0;
  const WbCatalogue *const *catalogues = wb_catalogue_list (&n);

  if (!lab_init (&lab, TRUE))
    return;
  for (guint i = 0; i < n; i++)
    {
      check_fields (&lab, catalogues[i], NULL, 1);
      for (const WbRelation *r = catalogues[i]->relations; r != NULL && r->name != NULL; r++)
        check_fields (&lab, catalogues[i], r, 4);
    }
  g_test_message ("%u expressions, %u of them found something", lab.n_checked, lab.n_found);
  g_assert_cmpuint (lab.n_found, >, lab.n_checked / 3);
  g_assert_cmpint (wb_test_db_int (lab.db, "select count(*) from wb.sales_order"), ==, N_ORDERS);
}

static char *
make_expression (Lab *lab,
                 const WbCatalogue *catalogue,
                 guint depth)
{
  static const char *const joins[] = { " ", " or ", " and ", NULL };
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (depth == 0 || g_rand_int_range (lab->random, 0, 4) == 0)
    {
      const WbField *field = &catalogue->fields[g_rand_int_range (lab->random, 0, (gint32) catalogue->n_fields)];

      if (g_rand_int_range (lab->random, 0, 5) == 0)
        {
          const WbTestFact *fact = pick_fact (lab, catalogue, wb_catalogue_find (catalogue, catalogue->words[0].field));

          return g_strdup_printf ("\"%s\"", fact->text);
        }
      for (;;)
        {
          char *clause = make_clause (lab, catalogue, "", field, (guint) g_rand_int_range (lab->random, 0, 17));

          if (clause != NULL)
            return clause;
        }
    }
  a = make_expression (lab, catalogue, depth - 1);
  b = make_expression (lab, catalogue, depth - 1);

  return g_strdup_printf ("%s(%s%s%s)", g_rand_int_range (lab->random, 0, 4) == 0 ? "-" : "", a, pick (lab, joins), b);
}

static void
test_random_expressions (void)
{
  g_auto(Lab) lab = { 0 };
  guint n = 0;
  const WbCatalogue *const *catalogues = wb_catalogue_list (&n);

  if (!lab_init (&lab, TRUE))
    return;
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *text = make_expression (&lab, catalogues[i % n], 3);
      g_autoptr(WbFilter) filter = wb_filter_parse (catalogues[i % n], text, &lab.context, NULL);
      g_autofree char *printed = wb_filter_print (filter);
      g_autoptr(WbFilter) again = wb_filter_parse (catalogues[i % n], printed, &lab.context, NULL);

      g_assert_nonnull (again);
      g_assert_true (wb_filter_equal (filter, again));
      check (&lab, catalogues[i % n], text);
    }
}

static void
test_words_and_conditions (void)
{
  static const struct
  {
    const char *catalogue;
    const char *text;
  } cases[] = {
    { "orders", "100008" },
    { "orders", "#100008" },
    { "orders", "wb-100001" },
    { "orders", "WB-1000*" },
    { "orders", "muller" },
    { "orders", "MÜLLER" },
    { "orders", "zoe" },
    { "orders", "o'brien" },
    { "orders", "100%" },
    { "orders", "under_score" },
    { "orders", "user17@example.com" },
    { "orders", "USER17@EXAMPLE.COM" },
    { "orders", "AB-3" },
    { "orders", "ab-3" },
    { "orders", "\"+44 (20) 7000123\"" },
    { "orders", "0207000123" },
    { "orders", "1Z999AA10000000003" },
    { "orders", "miller -gb status:pending" },
    { "orders", "miller or zoe" },
    { "orders", "x" },
    { "orders", "is:open" },
    { "orders", "is:late" },
    { "orders", "is:due" },
    { "orders", "is:unpaid" },
    { "orders", "is:blocked" },
    { "orders", "is:mine" },
    { "orders", "is:unassigned" },
    { "orders", "is:vip -is:rush" },
    { "orders", "has:note" },
    { "orders", "has:trouble" },
    { "orders", "no:email" },
    { "orders", "assigned:me" },
    { "orders", "channel:ebay" },
    { "orders", "channel:web,phone" },
    { "orders", "country:eu" },
    { "orders", "total:>100" },
    { "orders", "total:>10eur" },
    { "orders", "total:10..20" },
    { "orders", "total:15.005" },
    { "orders", "customer.phone:none" },
    { "orders", "line.price:>9.992" },
    { "customers", "7000123" },
    { "customers", "order.status:shipped" },
    { "customers", "order.total:>95eur" },
    { "customers", "is:lapsed" },
    { "customers", "phone:\"020 7000123\"" },
    { "products", "4006381300007" },
    { "products", "tasse" },
    { "products", "grosse" },
    { "products", "is:out" },
    { "products", "price:9.0135" },
    { "lines", "order.customer:miller" },
    { "lines", "product.brand:acme" },
    { "lines", "AB-3" },
  };
  g_auto(Lab) lab = { 0 };

  if (!lab_init (&lab, TRUE))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check (&lab, wb_catalogue_get (cases[i].catalogue), cases[i].text);
}

/* Which index serves which clause, when the server has reason to use one. */
static void
test_indexes (void)
{
  static const struct
  {
    const char *text;
    const char *index;
  } cases[] = {
    { "number:WB-100001", "sales_order_number" },
    { "number:WB-1000*", "sales_order_number" },
    { "status:processing", "sales_order_" }, /* any of two */
    { "status:processing,pending", "sales_order_status_idx" },
    { "payment:failed", "sales_order_payment_idx" },
    { "stage:packing", "sales_order_stage_idx" },
    { "total:>140", "sales_order_total_idx" },
    { "ordered:2025-09-30", "sales_order_placed_idx" },
    { "ordered:-7d", "sales_order_placed_idx" },
    { "ship:<2025-10-03", "sales_order_ship_by_idx" },
    { "country:de", "sales_order_country_idx" },
    { "channel:phone", "sales_order_" }, /* any of two */
    { "customer:miller", "sales_order_search_idx" },
    { "email:user17@", "sales_order_search_idx" },
    { "email:=user17@example.com", "sales_order_email_idx" },
    { "tracking:1Z999AA10000000003", "sales_order_search_idx" },
    { "postcode:10001", "sales_order_search_idx" },
    { "tag:gift", "sales_order_tags_idx" },
    { "trouble:stock", "sales_order_trouble_idx" },
    { "held:yes", "sales_order_held_idx" },
    { "sku:AB-3", "order_line_sku_code_idx" },
    { "assigned:me", "sales_order_assigned_idx" },
    { "-is:unassigned", "sales_order_assigned_idx" },
    { "-held:no", "sales_order_held_idx" },
    { "hold-reason:payment", "sales_order_hold_reason_idx" },
    { "rush:yes", "sales_order_rush_idx" },
    { "gift:yes", "sales_order_gift_idx" },
    { "test:yes", "sales_order_test_idx" },
    { "tag:any", "sales_order_tagged_idx" },
    { "trouble:any", "sales_order_troubled_idx" },
    { "shipping:none", "sales_order_method_idx" },
    { "country:none", "sales_order_country_idx" },
    { "ship:none", "sales_order_ship_by_idx" },
    { "-ordered:>=2024-06", "sales_order_placed_idx" },
    { "shipped:2025-09-30", "sales_order_shipped_idx" },
    { "delivered:2025-09-30", "sales_order_delivered_idx" },
    { "cancelled:2025-09-02", "sales_order_cancelled_idx" },
    { "in-stage:2025-09-29", "sales_order_stage" }, /* any of two */
    { "updated:today", "sales_order_updated_idx" },
    { "has:note", "sales_order_notes_idx" },
    { "refunded:>0.50gbp", "sales_order_refunded_idx" },
    { "discount:0.50", "sales_order_discount_idx" },
    { "pieces:15", "sales_order_pieces_idx" },
    { "weight:>4990g", "sales_order_weight_idx" },
    { "po:PO-10,PO-20", "sales_order_search_idx" },
    { "product:\"Mug 4\"", "order_line_name_idx" },
    { "line.quantity:12", "order_line_quantity_idx" },
    { "line.returned:>0", "order_line_returned_idx" },
    { "customer.segment:vip", "customer_segment_idx" },
    { "müller", "sales_order_search_idx" },
    { "100008", "sales_order_number" },
    { "100008", "sales_order_search_idx" },
    { "user17@example.com", "sales_order_email_idx" },
  };
  g_auto(Lab) lab = { 0 };
  g_autoptr(GAsyncResult) opened = NULL;
  g_autoptr(WbDbSession) session = NULL;

  if (!lab_init (&lab, FALSE))
    return;
  _wb_db_session_async (lab.db, WB_DB_LANE_BULK, NULL, wb_test_store_result, &opened);
  wb_test_await (opened);
  session = _wb_db_session_finish (lab.db, opened, NULL);
  for (guint i = 0; i <= G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(WbDbParams) params = _wb_db_params_new ();
      g_autoptr(GString) sql = g_string_new ("set enable_seqscan = off");
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(WbDbResult) plan = NULL;
      g_autoptr(GError) error = NULL;
      g_autoptr(GString) text = g_string_new (NULL);

      if (i > 0)
        {
          g_autoptr(WbFilter) filter =
            wb_filter_parse (wb_catalogue_get ("orders"), cases[i - 1].text, &lab.context, &error);

          g_assert_no_error (error);
          g_string_assign (sql, "explain select t.id from api.order_row t where ");
          _wb_filter_sql_append (filter, &lab.context, WB_FILTER_SQL_FREE, params, sql);
        }
      _wb_db_session_query_async (session, sql->str, i > 0 ? params : NULL, NULL, wb_test_store_result, &result);
      wb_test_await (result);
      plan = _wb_db_query_finish (lab.db, result, &error);
      g_assert_no_error (error);
      for (guint j = 0; i > 0 && j < _wb_db_result_get_n_rows (plan); j++)
        g_string_append_printf (text, "%s\n", _wb_db_result_get_text (plan, j, 0));
      if (i > 0 && strstr (text->str, cases[i - 1].index) == NULL)
        {
          g_test_message ("%s\n%s\n%s", cases[i - 1].text, sql->str, text->str);
          g_test_fail ();
        }
    }
}

/* Who may read a list may filter it by every field: views and functions are granted. */
static void
test_rights (void)
{
  g_auto(Lab) lab = { 0 };
  g_autofree char *conninfo = NULL;
  guint n = 0;
  const WbCatalogue *const *catalogues = wb_catalogue_list (&n);

  if (!lab_init (&lab, TRUE))
    return;
  conninfo = g_strdup_printf ("%s options='-c role=wb_sales'", wb_test_database ());
  g_clear_object (&lab.db);
  lab.db = wb_test_db_open (conninfo);
  g_assert_cmpint (wb_test_db_int (lab.db, "select (current_user = 'wb_sales')::int"), ==, 1);
  for (guint i = 0; i < n; i++)
    {
      for (guint j = 0; j < catalogues[i]->n_fields; j++)
        for (guint way = 0; way < 7; way += 3)
          {
            g_autofree char *text = make_clause (&lab, catalogues[i], "", &catalogues[i]->fields[j], way);

            check (&lab, catalogues[i], text);
          }
      check (&lab, catalogues[i], "0207000123");
    }
}

int
main (int argc,
      char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/filter-sql/words-and-conditions", test_words_and_conditions);
  g_test_add_func ("/filter-sql/every-field", test_every_field);
  g_test_add_func ("/filter-sql/random-expressions", test_random_expressions);
  g_test_add_func ("/filter-sql/indexes", test_indexes);
  g_test_add_func ("/filter-sql/rights", test_rights);

  return g_test_run ();
}
