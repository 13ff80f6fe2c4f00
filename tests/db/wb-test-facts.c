/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "db/wb-filter-map-private.h"
#include "tests/db/wb-test-db.h"
#include "tests/db/wb-test-facts.h"

struct _WbTestFacts
{
  guint n_sample;      /* so many rows of a kind; 0: all */
  GHashTable *ids;     /* catalogue → GArray of gint64 */
  GHashTable *values;  /* field → (id → GArray of WbTestFact) */
  GHashTable *related; /* relation → (id → GArray of gint64) */
};

static void
clear_fact (WbTestFact *fact)
{
  g_free (fact->text);
}

static GArray *
get_list (GHashTable *table,
          gint64 id,
          gsize size,
          GDestroyNotify clear)
{
  GArray *list = g_hash_table_lookup (table, &id);

  if (list != NULL)
    return list;
  list = g_array_new (FALSE, TRUE, size);
  if (clear != NULL)
    g_array_set_clear_func (list, clear);
  g_hash_table_insert (table, g_memdup2 (&id, sizeof id), list);

  return list;
}

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_array_unref);
}

/* The value as a number where it is one. */
static char *
value_sql (const WbField *field,
           const WbFilterMapField *place)
{
  switch (field->type)
    {
    case WB_FIELD_TIME:
      return g_strdup_printf ("case when isfinite(%s) then (extract(epoch from %s) * 1000000)::bigint end", place->value,
                              place->value);
    case WB_FIELD_PRICE:
      return g_strdup_printf ("(%s * 1000000)::bigint", place->value);
    case WB_FIELD_BOOL:
      return g_strdup_printf ("(%s)::int", place->value);
    case WB_FIELD_TEXT:
    case WB_FIELD_CODE:
    case WB_FIELD_MONEY:
    case WB_FIELD_INTEGER:
    case WB_FIELD_WEIGHT:
    case WB_FIELD_DATE:
    case WB_FIELD_ENUM:
    case WB_FIELD_COUNTRY:
    case WB_FIELD_TAGS:
    default:
      return g_strdup ((place->flags & WB_MAP_ARRAY) != 0 ? "e" : place->value);
    }
}

static gboolean
is_text (const WbField *field)
{
  return field->type == WB_FIELD_TEXT || field->type == WB_FIELD_CODE || field->type == WB_FIELD_ENUM ||
         field->type == WB_FIELD_COUNTRY || field->type == WB_FIELD_TAGS;
}

static void
load_field (WbTestFacts *self,
            WbDb *db,
            const WbFilterMap *map,
            const WbField *field)
{
  const WbFilterMapField *place = _wb_filter_map_find (map, field);
  g_autofree char *value = value_sql (field, place);
  GArray *ids = g_hash_table_lookup (self->ids, wb_catalogue_get (map->catalogue));
  g_autoptr(WbDbParams) params = self->n_sample > 0 ? _wb_db_params_new () : NULL;
  g_autoptr(GString) sql = g_string_new (NULL);
  g_autoptr(WbDbResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GHashTable *table = new_table ();

  g_string_printf (sql, "select %s, %s, %s from %s", map->id, value, place->currency != NULL ? place->currency : "''",
                   map->from);
  if (place->from != NULL)
    g_string_append_printf (sql, " join %s on %s = %s", place->from, place->key, place->outer);
  if ((place->flags & WB_MAP_ARRAY) != 0)
    g_string_append_printf (sql, " cross join lateral unnest(%s) e", place->value);
  if (params != NULL)
    g_string_append_printf (sql, " where %s = any ($%u)", map->id,
                            _wb_db_params_add_int64_array (params, (const gint64 *) ids->data, ids->len));
  result = wb_test_db_query (db, sql->str, params, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < _wb_db_result_get_n_rows (result); i++)
    {
      GArray *list = NULL;
      WbTestFact fact = { 0 };

      if (_wb_db_result_is_null (result, i, 1))
        continue;
      list = get_list (table, _wb_db_result_get_int64 (result, i, 0), sizeof fact, (GDestroyNotify) clear_fact);
      if (is_text (field))
        fact.text = g_strdup (_wb_db_result_get_text (result, i, 1));
      else
        fact.number = _wb_db_result_get_int64 (result, i, 1);
      g_strlcpy (fact.currency, _wb_db_result_get_text (result, i, 2), sizeof fact.currency);
      g_array_append_val (list, fact);
    }
  g_assert_true (_wb_db_result_check (result, NULL));
  g_hash_table_insert (self->values, (gpointer) field, table);
}

static void
load_relation (WbTestFacts *self,
               WbDb *db,
               const WbFilterMap *map,
               const WbRelation *relation)
{
  const WbFilterMapRelation *link = _wb_filter_map_find_relation (map, relation);
  const WbFilterMap *target = _wb_filter_map_get (wb_catalogue_get (relation->target));
  g_autofree char *sql = g_strdup_printf (
    "select a.id, b.id from (select %s as id, %s as link from %s) a join (select %s as id, %s as link from %s) b using (link)",
    map->id, link->outer, map->from, target->id, link->inner, target->from);
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) result = wb_test_db_query (db, sql, NULL, &error);
  GHashTable *table = new_table ();

  g_assert_no_error (error);
  for (guint i = 0; i < _wb_db_result_get_n_rows (result); i++)
    {
      gint64 id = _wb_db_result_get_int64 (result, i, 1);

      g_array_append_val (get_list (table, _wb_db_result_get_int64 (result, i, 0), sizeof id, NULL), id);
    }
  g_hash_table_insert (self->related, (gpointer) relation, table);
}

/* All ids; or some: half of them from the latest twentieth, where an open shop works. */
static GArray *
load_ids (WbTestFacts *self,
          WbDb *db,
          const WbFilterMap *map,
          GRand *random)
{
  g_autofree char *last = g_strdup_printf ("select max(%s) from %s", map->id, map->from);
  gint64 n = self->n_sample > 0 ? MAX (1, wb_test_db_int (db, last)) : 0;
  g_autoptr(GArray) wanted = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(WbDbParams) params = _wb_db_params_new ();
  g_autoptr(GString) sql = g_string_new (NULL);
  g_autoptr(WbDbResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_string_printf (sql, "select %s from %s", map->id, map->from);
  for (guint i = 0; i < self->n_sample; i++)
    {
      gint64 id = 1 + (gint64) (g_rand_double (random) * (double) n);

      id = i % 2 == 0 ? id : n - n / 20 + id / 20;
      g_array_append_val (wanted, id);
    }
  if (self->n_sample > 0)
    g_string_append_printf (sql, " where %s = any ($%u)", map->id,
                            _wb_db_params_add_int64_array (params, (const gint64 *) wanted->data, wanted->len));
  g_string_append_printf (sql, " order by %s", map->id);
  result = wb_test_db_query (db, sql->str, params, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < _wb_db_result_get_n_rows (result); i++)
    {
      gint64 id = _wb_db_result_get_int64 (result, i, 0);

      g_array_append_val (ids, id);
    }

  return ids;
}

static WbTestFacts *
load (WbDb *db,
      guint n_sample,
      GRand *random)
{
  WbTestFacts *self = g_new0 (WbTestFacts, 1);
  guint n = 0;
  const WbCatalogue *const *catalogues = wb_catalogue_list (&n);

  self->n_sample = n_sample;
  self->ids = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  self->values = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  self->related = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  for (guint i = 0; i < n; i++)
    {
      const WbFilterMap *map = _wb_filter_map_get (catalogues[i]);

      g_hash_table_insert (self->ids, (gpointer) catalogues[i], load_ids (self, db, map, random));
      for (guint j = 0; j < catalogues[i]->n_fields; j++)
        load_field (self, db, map, &catalogues[i]->fields[j]);
      for (const WbRelation *r = catalogues[i]->relations; n_sample == 0 && r != NULL && r->name != NULL; r++)
        load_relation (self, db, map, r);
    }

  return self;
}

WbTestFacts *
wb_test_facts_load (WbDb *db)
{
  return load (db, 0, NULL);
}

WbTestFacts *
wb_test_facts_load_sample (WbDb *db,
                           guint n,
                           GRand *random)
{
  return load (db, n, random);
}

void
wb_test_facts_free (WbTestFacts *self)
{
  g_hash_table_unref (self->ids);
  g_hash_table_unref (self->values);
  g_hash_table_unref (self->related);
  g_free (self);
}

GArray *
wb_test_facts_get_ids (WbTestFacts *self,
                       const WbCatalogue *catalogue)
{
  return g_hash_table_lookup (self->ids, catalogue);
}

GArray *
wb_test_facts_get (WbTestFacts *self,
                   const WbCatalogue *catalogue,
                   const WbField *field,
                   gint64 id)
{
  return g_hash_table_lookup (g_hash_table_lookup (self->values, field), &id);
}

static void
add_values (GHashTable *table,
            gint64 id,
            const WbField *field,
            WbFilterValues *values)
{
  GArray *facts = g_hash_table_lookup (table, &id);

  for (guint i = 0; facts != NULL && i < facts->len; i++)
    {
      const WbTestFact *fact = &g_array_index (facts, WbTestFact, i);

      if (fact->text != NULL)
        wb_filter_values_add_text (values, fact->text);
      else if (fact->currency[0] != '\0')
        wb_filter_values_add_money (values, fact->number, fact->currency);
      else
        wb_filter_values_add_number (values, fact->number);
    }
}

static void
look_up (gconstpointer thing,
         const WbRelation *relation,
         const WbField *field,
         WbFilterValues *values,
         gpointer user_data)
{
  WbTestFacts *self = user_data;
  GHashTable *table = g_hash_table_lookup (self->values, field);
  const gint64 *id = thing;
  GArray *related = NULL;

  if (relation == NULL)
    {
      add_values (table, *id, field, values);
      return;
    }
  related = g_hash_table_lookup (g_hash_table_lookup (self->related, relation), id);
  for (guint i = 0; related != NULL && i < related->len; i++)
    add_values (table, g_array_index (related, gint64, i), field, values);
}

gboolean
wb_test_facts_judge (WbTestFacts *self,
                     const WbFilter *filter,
                     const WbFilterContext *context,
                     gint64 id)
{
  return wb_filter_eval (filter, context, look_up, &id, self);
}
