/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-filter-node.h"
#include "db/wb-filter-sql-value-private.h"

#include <string.h>

/* How rows of another table are asked for; in which way it is closed. */
typedef enum
{
  LOOK_UP,  /* outer = (select …) */
  COLLECT,  /* outer = any (array (select …)): an index can be asked for all of them, also inside `or` */
  JOIN,     /* outer in (select …) */
  ASK,      /* exists (select …) */
} SubSelect;

/* What get_cost() gives at most. */
#define MOST_COST 2

static void compile_node (WbFilterCompiler *c,
                          const WbFilterMap *map,
                          const WbFilter *node);

/* ---- Clauses ------------------------------------------------------------------------------ */

/* The tests of a clause but `none`, any of which is enough, on the value itself. */
static void
append_tests (WbFilterCompiler *c,
              const WbFilterMapField *place,
              const WbField *field,
              const WbFilterTest *tests,
              guint n_tests)
{
  const WbFilterMapField name = { .value = "n.name" };
  gboolean by_name = place->names != NULL && c->shape == WB_FILTER_SQL_FREE;
  gboolean outer_or = c->in_or;
  gboolean first = TRUE;

  if (by_name)
    {
      g_string_append_printf (c->sql, "%s = any (array (select n.name from %s where ", place->value, place->names);
      place = &name;
    }
  c->in_or = c->in_or || n_tests > 1;
  g_string_append_c (c->sql, '(');
  first = !_wb_filter_sql_append_whole (c, place, field, tests, n_tests);
  for (guint i = 0; i < n_tests; i++)
    {
      if (tests[i].op == WB_FILTER_NONE || _wb_filter_sql_is_whole (field, &tests[i]))
        continue;
      if (!first)
        g_string_append (c->sql, " or ");
      first = FALSE;
      _wb_filter_sql_append_test (c, place, field, &tests[i]);
    }
  g_string_append (c->sql, by_name ? ")))" : ")");
  c->in_or = outer_or;
}

static guint
count_op (const WbFilterTest *tests,
          guint n_tests,
          WbFilterOp op)
{
  guint n = 0;

  for (guint i = 0; i < n_tests; i++)
    n += tests[i].op == op;

  return n;
}

static SubSelect
choose_sub_select (const WbFilterCompiler *c,
                   WbFilterMapFlags flags,
                   gboolean single)
{
  if (single)
    return LOOK_UP;
  if ((flags & WB_MAP_SMALL) != 0)
    return COLLECT;
  if (c->in_not || c->shape == WB_FILTER_SQL_ROW_BY_ROW)
    return ASK;

  return c->in_or ? COLLECT : JOIN;
}

/* The beginning of a condition on rows of @from whose @key is our @outer. */
static void
open_sub_select (WbFilterCompiler *c,
                 SubSelect kind,
                 const char *outer,
                 const char *key,
                 const char *from)
{
  switch (kind)
    {
    case LOOK_UP:
      g_string_append_printf (c->sql, "%s = (select %s from %s where ", outer, key, from);
      break;
    case COLLECT:
      g_string_append_printf (c->sql, "%s = any (array (select %s from %s where ", outer, key, from);
      break;
    case ASK:
      if (g_str_has_suffix (from, " t")) /* ours is called t as well: it is handed in by another name */
        g_string_append_printf (c->sql, "exists (select from (select %s as v) o, %s where %s = o.v and ", outer, from, key);
      else
        g_string_append_printf (c->sql, "exists (select from %s where %s = %s and ", from, key, outer);
      break;
    case JOIN:
    default:
      g_string_append_printf (c->sql, "%s in (select %s from %s where ", outer, key, from);
      break;
    }
}

static void
close_sub_select (WbFilterCompiler *c,
                  SubSelect kind)
{
  if (kind == ASK && c->shape == WB_FILTER_SQL_ROW_BY_ROW)
    g_string_append (c->sql, " offset 0"); /* or the server makes a join of it */
  g_string_append (c->sql, kind == COLLECT ? "))" : ")");
}

/* All tests but `none` of a field, wherever its values stand. */
static void
append_field (WbFilterCompiler *c,
              const WbFilterMapField *place,
              const WbField *field,
              const WbFilterTest *tests,
              guint n_tests)
{
  g_autoptr(GPtrArray) spellings = NULL;
  gboolean single = FALSE, in_or = c->in_or;
  SubSelect kind = JOIN;

  if (place->from == NULL)
    {
      append_tests (c, place, field, tests, n_tests);
      return;
    }
  if (place->any != NULL && n_tests == 1 && tests[0].op == WB_FILTER_ANY)
    {
      _wb_filter_sql_append_any (c, place, field);
      return;
    }
  if ((place->flags & WB_MAP_UNIQUE) != 0 && n_tests == 1 && _wb_filter_sql_is_whole (field, &tests[0]))
    {
      spellings = g_ptr_array_new_with_free_func (g_free);
      _wb_filter_sql_add_spellings (spellings, tests[0].a.text);
      single = TRUE;
    }
  kind = choose_sub_select (c, place->flags, single);
  open_sub_select (c, kind, place->outer, place->key, place->from);
  c->in_or = FALSE;
  append_tests (c, place, field, tests, n_tests);
  c->in_or = in_or;
  if (single && spellings->len > 1) /* two rows that differ in case only would be an error */
    g_string_append (c->sql, " limit 1");
  close_sub_select (c, kind);
}

/* A clause, perhaps through a relation. */
static void
append_related (WbFilterCompiler *c,
                const WbFilterMap *map,
                const WbRelation *relation,
                const WbField *field,
                const WbFilterTest *tests,
                guint n_tests)
{
  const WbFilterMapRelation *link = NULL;
  const WbFilterMap *target = map;
  gboolean in_or = c->in_or;
  SubSelect kind = choose_sub_select (c, 0, FALSE);

  if (relation != NULL)
    {
      link = _wb_filter_map_find_relation (map, relation);
      target = _wb_filter_map_get (wb_catalogue_get (relation->target));
      open_sub_select (c, kind, link->outer, link->inner, link->from != NULL ? link->from : target->from);
      c->in_or = FALSE;
    }
  append_field (c, _wb_filter_map_find (target, field), field, tests, n_tests);
  c->in_or = in_or;
  if (relation != NULL)
    close_sub_select (c, kind);
}

/* Whether a clause asks for rows of another table, one way or another as many as ours: then "not exists" is what the server can
 * plan, where it would keep all those rows in memory for "(in (select …)) is not true". */
static gboolean
stands_elsewhere (const WbFilterMap *map,
                  const WbRelation *relation,
                  const WbField *field)
{
  const WbFilterMapField *place = relation == NULL ? _wb_filter_map_find (map, field) : NULL;

  return relation != NULL || (place->from != NULL && (place->flags & WB_MAP_SMALL) == 0);
}

static const WbFilterTest any_test = { .op = WB_FILTER_ANY };

/* The `none` of a clause: nothing is there. */
static void
append_nothing (WbFilterCompiler *c,
                const WbFilterMap *map,
                const WbFilter *node)
{
  const WbFilterMapField *place = node->relation == NULL ? _wb_filter_map_find (map, node->field) : NULL;
  gboolean in_not = c->in_not;

  if (place != NULL && (place->from == NULL || place->any != NULL))
    {
      _wb_filter_sql_append_none (c, place, node->field);
      return;
    }
  c->in_not = TRUE;
  g_string_append (c->sql, stands_elsewhere (map, node->relation, node->field) ? "not (" : "(");
  append_related (c, map, node->relation, node->field, &any_test, 1);
  g_string_append (c->sql, stands_elsewhere (map, node->relation, node->field) ? ")" : ") is not true");
  c->in_not = in_not;
}

static void
compile_clause (WbFilterCompiler *c,
                const WbFilterMap *map,
                const WbFilter *node)
{
  guint n_none = count_op (node->tests, node->n_tests, WB_FILTER_NONE);
  gboolean both = n_none > 0 && n_none < node->n_tests;
  gboolean in_or = c->in_or;

  c->in_or = c->in_or || both;
  if (both)
    g_string_append_c (c->sql, '(');
  if (n_none > 0)
    append_nothing (c, map, node);
  if (both)
    g_string_append (c->sql, " or ");
  if (n_none < node->n_tests)
    append_related (c, map, node->relation, node->field, node->tests, node->n_tests);
  if (both)
    g_string_append_c (c->sql, ')');
  c->in_or = in_or;
}

/* ---- Words -------------------------------------------------------------------------------- */

static void
compile_route (WbFilterCompiler *c,
               const WbFilterMap *map,
               const WbFilter *node,
               const WbWordRoute *route,
               const char *word)
{
  const WbRelation *relation = NULL;
  const WbField *field = wb_word_route_find (node->catalogue, route, &relation);
  g_autofree char *prefix = g_strdup_printf ("%s%c", word, WB_FILTER_WILD_MANY);
  WbFilterTest test = { .op = route->match == WB_WORD_CONTAINS ? WB_FILTER_MATCH : WB_FILTER_EXACT,
                        .a = { .set = TRUE,
                               .text = route->match == WB_WORD_PREFIX ? prefix : (char *) word } };

  append_related (c, map, relation, field, &test, 1);
}

/* The word as one way of the catalogue looks for it; NULL when it does not look like that, or is not for this seat. */
static char *
get_route_word (WbFilterCompiler *c,
                const WbFilter *node,
                const WbWordRoute *route)
{
  const WbRelation *relation = NULL;
  const WbField *field = wb_word_route_find (node->catalogue, route, &relation);
  const WbCatalogue *catalogue = relation != NULL ? wb_catalogue_get (relation->target) : node->catalogue;

  return wb_filter_context_allows (c->context, catalogue, field) ? wb_filter_word_for_route (node, route) : NULL;
}

static void
compile_word (WbFilterCompiler *c,
              const WbFilterMap *map,
              const WbFilter *node)
{
  gboolean in_or = c->in_or;
  guint n = 0;

  for (const WbWordRoute *r = node->catalogue->words; r != NULL && r->field != NULL; r++)
    {
      g_autofree char *word = get_route_word (c, node, r);

      n += word != NULL;
    }
  c->in_or = c->in_or || n > 1;
  g_string_append (c->sql, n > 0 ? "(" : "false");
  for (const WbWordRoute *r = node->catalogue->words; n > 0 && r->field != NULL; r++)
    {
      g_autofree char *word = get_route_word (c, node, r);

      if (word == NULL)
        continue;
      if (c->sql->str[c->sql->len - 1] != '(')
        g_string_append (c->sql, " or ");
      compile_route (c, map, node, r, word);
    }
  if (n > 0)
    g_string_append_c (c->sql, ')');
  c->in_or = in_or;
}

/* How much it costs to try a condition on one row: a comparison, a look into a text, into another table. */
static guint
get_cost (const WbFilterMap *map,
          const WbFilter *node)
{
  guint cost = 0;

  if (node->type == WB_FILTER_WORD)
    return 1;
  if (node->type == WB_FILTER_CLAUSE)
    return stands_elsewhere (map, node->relation, node->field) ? MOST_COST : node->field->type == WB_FIELD_TEXT;
  for (guint i = 0; i < node->n_children; i++)
    cost = MAX (cost, get_cost (map, node->children[i]));

  return cost;
}

static void
compile_group (WbFilterCompiler *c,
               const WbFilterMap *map,
               const WbFilter *node)
{
  gboolean in_or = c->in_or;
  gboolean first = TRUE;

  if (node->n_children == 0)
    {
      g_string_append (c->sql, "true");
      return;
    }
  c->in_or = c->in_or || node->type == WB_FILTER_OR;
  g_string_append_c (c->sql, '(');
  /* The cheap ones first: where rows are tried one by one, the server does not put them in order. */
  for (guint cost = 0; cost <= MOST_COST; cost++)
    for (guint i = 0; i < node->n_children; i++)
      if (get_cost (map, node->children[i]) == cost)
        {
          if (!first)
            g_string_append (c->sql, node->type == WB_FILTER_OR ? " or " : " and ");
          first = FALSE;
          compile_node (c, map, node->children[i]);
        }
  g_string_append_c (c->sql, ')');
  c->in_or = in_or;
}

/* The opposite of a clause where it can be said without "not", so that an index can serve it. Whether it could. */
static gboolean
compile_opposite (WbFilterCompiler *c,
                  const WbFilterMap *map,
                  const WbFilter *clause)
{
  guint n_none = count_op (clause->tests, clause->n_tests, WB_FILTER_NONE);
  const WbFilterMapField *place = NULL;

  if (n_none == clause->n_tests)
    {
      append_related (c, map, clause->relation, clause->field, &any_test, 1);
      return TRUE;
    }
  if (clause->relation != NULL || clause->field->type != WB_FIELD_BOOL || clause->n_tests != 1 ||
      clause->tests[0].op != WB_FILTER_MATCH)
    return FALSE;
  place = _wb_filter_map_find (map, clause->field);
  g_string_append_printf (c->sql, "%s%s", clause->tests[0].a.number ? "not " : "", place->value);

  return TRUE;
}

/* Whether a clause is true or false of each row, never unknown: then the server knows what its opposite is, and that an index
 * serves it. */
static gboolean
is_known (const WbFilterMap *map,
          const WbFilter *node)
{
  const WbFilterMapField *place = NULL;

  if (node->type != WB_FILTER_CLAUSE || count_op (node->tests, node->n_tests, WB_FILTER_NONE) > 0)
    return FALSE;
  if (stands_elsewhere (map, node->relation, node->field))
    return TRUE;
  place = _wb_filter_map_find (map, node->field);

  return place->from == NULL && (place->flags & WB_MAP_MAYBE) == 0;
}

/* Two-valued: what is unknown does not pass, so its opposite does. */
static void
compile_not (WbFilterCompiler *c,
             const WbFilterMap *map,
             const WbFilter *child)
{
  gboolean known = FALSE, in_not = c->in_not;

  while (child->type == WB_FILTER_CONDITION)
    child = child->children[0];
  if (child->type == WB_FILTER_NOT)
    {
      compile_node (c, map, child->children[0]);
      return;
    }
  if (child->type == WB_FILTER_CLAUSE && compile_opposite (c, map, child))
    return;
  known = is_known (map, child);
  c->in_not = TRUE;
  g_string_append (c->sql, known ? "not (" : "(");
  compile_node (c, map, child);
  g_string_append (c->sql, known ? ")" : ") is not true");
  c->in_not = in_not;
}

static void
compile_node (WbFilterCompiler *c,
              const WbFilterMap *map,
              const WbFilter *node)
{
  switch (node->type)
    {
    case WB_FILTER_AND:
    case WB_FILTER_OR:
      compile_group (c, map, node);
      break;
    case WB_FILTER_NOT:
      compile_not (c, map, node->children[0]);
      break;
    case WB_FILTER_CONDITION:
      compile_node (c, map, node->children[0]);
      break;
    case WB_FILTER_WORD:
      compile_word (c, map, node);
      break;
    case WB_FILTER_CLAUSE:
    default:
      compile_clause (c, map, node);
      break;
    }
}

void
_wb_filter_sql_append (const WbFilter *filter,
                       const WbFilterContext *context,
                       WbFilterSqlShape shape,
                       WbDbParams *params,
                       GString *sql)
{
  WbFilterCompiler c = { .context = context, .params = params, .sql = sql, .shape = shape };

  if (wb_filter_is_empty (filter))
    g_string_append (sql, "true");
  else
    compile_node (&c, _wb_filter_map_get (wb_filter_get_catalogue (filter)), filter);
}
