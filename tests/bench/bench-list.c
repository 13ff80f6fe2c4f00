/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench-list CONNINFO [ROUNDS [FILTERS [SEED]]]: the order table over a database that is there: first rows after opening,
 * after each sort, after filters of three clauses that people might write and after FILTERS made at random over all fields
 * and sorts, after what people type to find one order, jumps to any place; and the same SQL through psql, in turn. Prints a
 * JSON line a figure, and with WAYBILL_BENCH_VERBOSE a line a case.
 */
#include "config.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "db/wb-filter-sql-private.h"
#include "db/wb-list-query-private.h"
#include "tests/db/wb-test-db.h"
#include "tests/db/wb-test-mix.h"

/* What the table asks for first. */
#define N_ROWS WB_LIST_STEP

/* How long psql may take for a statement before it is stopped; a reference that was stopped counts as this much. */
#define REFERENCE_LIMIT "4s"

/* Rows to take values from. */
#define N_SAMPLE 1000

static const char *const columns[] = { "number", "ordered",  "customer", "status",   "total", "payment",
                                       "shipping", "ship", "priority", "action", NULL };

/* What a person asks for, and what a person who knows SQL would write for it. */
static const struct
{
  const char *filter;
  const char *where;
} filters[] = {
  { "status:processing total:>100gbp country:gb",
    "t.status = 'processing' and t.currency = 'GBP' and t.total_minor > 10000 and t.ship_country = 'GB'" },
  { "status:pending,processing ordered:>2020 country:de",
    "t.status in ('pending', 'processing') and t.placed_at >= '2021-01-01 00:00+00' and t.ship_country = 'DE'" },
  { "payment:failed status:pending pieces:>1",
    "t.payment_status = 'failed' and t.status = 'pending' and t.piece_count > 1" },
  { "held:yes country:us pieces:>1", "t.held and t.ship_country = 'US' and t.piece_count > 1" },
  { "status:shipped country:gb,fr -rush:yes", "t.status = 'shipped' and t.ship_country in ('GB', 'FR') and (t.rush) is not true" },
  { "stage:ready_to_pack weight:>1kg country:gb",
    "t.stage = 'ready_to_pack' and t.weight_g > 1000 and t.ship_country = 'GB'" },
  { "customer.segment:vip status:processing pieces:>2",
    "t.customer_id in (select c.id from api.customer_row c where c.segment = 'vip') and t.status = 'processing' and "
    "t.piece_count > 2" },
  { "miller status:delivered pieces:>1",
    "t.search like '%miller%' and t.status = 'delivered' and t.piece_count > 1" },
  { "fulfilment:unfulfilled payment:paid lines:>2",
    "t.fulfilment_status = 'unfulfilled' and t.payment_status = 'paid' and t.line_count > 2" },
  { "priority:>0 status:processing country:de,fr",
    "t.priority > 0 and t.status = 'processing' and t.ship_country in ('DE', 'FR')" },
};

/* A list and what it cost, round by round. */
typedef struct
{
  WbListQuery *query;
  char *name;
  char *reference; /* SQL for psql */
  GArray *ours;
  GArray *psql;
  guint n_rows;
} Case;

typedef struct
{
  WbDb *db;
  GSubprocess *psql;
  GDataInputStream *answers;
  GRand *random;
} Bench;

static void
fail (const char *what,
      const GError *error)
{
  g_printerr ("bench-list: %s: %s\n", what, error != NULL ? error->message : "failed");
  exit (1);
}

static void
store_result_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* ---- Ours --------------------------------------------------------------------------------- */

static WbListQuery *
new_query (Bench *bench,
           const char *filter_text,
           const char *sort)
{
  const WbCatalogue *orders = wb_catalogue_get ("orders");
  const WbFilterContext context = { .currency = "GBP" };
  g_autoptr(GError) error = NULL;
  g_autoptr(WbFilter) filter = wb_filter_parse (orders, filter_text, &context, &error);
  WbListSort sorts[WB_LIST_MAX_SORTS];
  guint n_sorts = 0;
  WbListQuery *query = NULL;

  if (filter == NULL || !wb_list_query_parse_sort (orders, sort, sorts, &n_sorts, &error))
    fail (filter_text, error);
  query = wb_list_query_new (bench->db, orders, filter, &context, sorts, n_sorts, columns, &error);
  if (query == NULL)
    fail (filter_text, error);

  return query;
}

/* What took so long that it was stopped has no rows, and its time counts. */
static GPtrArray *
finish_rows (WbListQuery *query,
             GAsyncResult *result)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *rows = wb_list_query_rows_finish (query, result, &error);

  if (rows == NULL && !g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_TIMEOUT))
    fail ("rows", error);

  return rows != NULL ? rows : g_ptr_array_new ();
}

static double
measure_first (WbListQuery *query,
               guint *n_rows)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  gint64 start = g_get_monotonic_time ();

  wb_list_query_first_async (query, N_ROWS, NULL, store_result_cb, &result);
  wait_for (&result);
  rows = finish_rows (query, result);
  *n_rows = rows->len;

  return (double) (g_get_monotonic_time () - start) / 1000;
}

static double
measure_segment (WbListQuery *query,
                 GBytes *from,
                 GBytes *to)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  gint64 start = g_get_monotonic_time ();

  wb_list_query_segment_async (query, from, to, 0, NULL, store_result_cb, &result);
  wait_for (&result);
  rows = finish_rows (query, result);

  return (double) (g_get_monotonic_time () - start) / 1000;
}

/* ---- psql --------------------------------------------------------------------------------- */

static void
start_psql (Bench *bench,
            const char *conninfo)
{
  g_autoptr(GError) error = NULL;
  GOutputStream *input = NULL;

  static const char start[] = "set statement_timeout = '" REFERENCE_LIMIT "';\n\\timing on\n\\o /dev/null\n";

  bench->psql = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                    G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                  &error, "psql", "-XqAt", "-d", conninfo, NULL);
  if (bench->psql == NULL)
    fail ("psql", error);
  input = g_subprocess_get_stdin_pipe (bench->psql);
  bench->answers = g_data_input_stream_new (g_subprocess_get_stdout_pipe (bench->psql));
  if (!g_output_stream_write_all (input, start, strlen (start), NULL, NULL, &error))
    fail ("psql", error);
}

/* What psql itself says that the statement took, its output written to /dev/null. */
static double
measure_psql (Bench *bench,
              const char *sql)
{
  GOutputStream *input = g_subprocess_get_stdin_pipe (bench->psql);
  g_autofree char *text = g_strconcat (sql, ";\n", NULL);
  g_autoptr(GError) error = NULL;

  if (!g_output_stream_write_all (input, text, strlen (text), NULL, NULL, &error))
    fail ("psql", error);
  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (bench->answers, NULL, NULL, &error);

      if (line == NULL)
        fail (sql, error);
      if (g_str_has_prefix (line, "Time: "))
        return g_ascii_strtod (line + 6, NULL);
    }
}

/* ---- Cases -------------------------------------------------------------------------------- */

static gboolean
replace_parameter (const GMatchInfo *match,
                   GString *out,
                   gpointer user_data)
{
  WbDbResult *literals = user_data;
  g_autofree char *number = g_match_info_fetch (match, 1);

  g_string_append (out, _wb_db_result_get_text (literals, 0, (int) g_ascii_strtoll (number, NULL, 10) - 1));

  return FALSE;
}

/* The statement as psql takes it: with its parameters written out as literals of their types. */
static char *
write_literals (Bench *bench,
                const char *sql,
                WbDbParams *params)
{
  g_autoptr(GRegex) parameter = g_regex_new ("\\$([0-9]+)", 0, 0, NULL);
  g_autoptr(GString) question = g_string_new ("select ");
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDbResult) literals = NULL;

  if (_wb_db_params_get_n (params) == 0)
    return g_strdup (sql);
  for (guint i = 1; i <= _wb_db_params_get_n (params); i++)
    g_string_append_printf (question, "%sformat('%%L%%s', $%u::text, nullif('::' || pg_typeof($%u), '::text'))", i > 1 ? ", " : "",
                            i, i);
  literals = wb_test_db_query (bench->db, question->str, params, &error);
  if (literals == NULL)
    fail (sql, error);

  return g_regex_replace_eval (parameter, sql, -1, 0, 0, replace_parameter, literals, NULL);
}

/* @where: what a person would write for the filter; NULL: what we write. */
static char *
write_reference (Bench *bench,
                 WbListQuery *query,
                 const char *where,
                 guint64 offset)
{
  g_autoptr(WbDbParams) params = _wb_db_params_new ();
  g_autoptr(GString) sql = g_string_new (NULL);
  WbFilter *filter = query->filter;

  query->filter = where != NULL ? NULL : filter;
  _wb_list_query_build_rows (query, NULL, NULL, offset > 0 ? WB_LIST_STEP : N_ROWS, params, sql);
  query->filter = filter;
  if (offset > 0)
    g_string_append_printf (sql, " offset %" G_GUINT64_FORMAT, offset);
  if (where != NULL)
    g_string_replace (sql, " where true", where, 1);

  return write_literals (bench, sql->str, params);
}

static void
add_case (Bench *bench,
          GPtrArray *cases,
          const char *filter,
          const char *where,
          const char *sort)
{
  Case *c = g_new0 (Case, 1);
  g_autofree char *clause = where != NULL ? g_strconcat (*where != '\0' ? " where " : "", where, NULL) : NULL;

  c->query = new_query (bench, filter, sort);
  c->name = g_strdup_printf ("%s by %s", *filter != '\0' ? filter : "all", *sort != '\0' ? sort : "default");
  c->reference = write_reference (bench, c->query, clause, 0);
  c->ours = g_array_new (FALSE, FALSE, sizeof (double));
  c->psql = g_array_new (FALSE, FALSE, sizeof (double));
  g_ptr_array_add (cases, c);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
percentile (GArray *values,
            guint p)
{
  g_array_sort (values, compare_doubles);

  return g_array_index (values, double, MIN (values->len - 1, (values->len * p + 99) / 100 - 1));
}

static void
print_figure (const char *name,
              GArray *ours,
              GArray *psql,
              const char *note)
{
  g_autoptr(GString) escaped = g_string_new (note);

  g_string_replace (escaped, "\\", "\\\\", 0);
  g_string_replace (escaped, "\"", "\\\"", 0);
  g_print ("{\"name\": \"%s\", \"unit\": \"ms\", \"value\": %.3f, \"median\": %.3f, \"most\": %.3f, \"n\": %u", name,
           percentile (ours, 95), percentile (ours, 50), percentile (ours, 100), ours->len);
  if (psql != NULL)
    g_print (", \"reference\": %.3f, \"reference_median\": %.3f", percentile (psql, 95), percentile (psql, 50));
  g_print (", \"note\": \"%s\"}\n", escaped->str);
}

/* All cases once, ours and psql's in an order that changes. */
static void
run_round (Bench *bench,
           GPtrArray *cases)
{
  for (guint i = 0; i < cases->len; i++)
    {
      Case *c = g_ptr_array_index (cases, i);
      gboolean first = g_rand_boolean (bench->random);
      double mine = first ? measure_first (c->query, &c->n_rows) : 0;
      double theirs = measure_psql (bench, c->reference);

      mine = first ? mine : measure_first (c->query, &c->n_rows);
      g_array_append_val (c->ours, mine);
      g_array_append_val (c->psql, theirs);
    }
}

/* The case whose usual time is the longest. */
static Case *
find_worst (GPtrArray *cases)
{
  Case *worst = g_ptr_array_index (cases, 0);

  for (guint i = 1; i < cases->len; i++)
    {
      Case *c = g_ptr_array_index (cases, i);

      if (percentile (c->ours, 50) > percentile (worst->ours, 50))
        worst = c;
    }

  return worst;
}

static void
run_cases (Bench *bench,
           const char *name,
           GPtrArray *cases,
           guint rounds,
           const char *what)
{
  g_autoptr(GArray) ours = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr(GArray) psql = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *note = NULL;
  Case *worst = NULL;

  /* Once uncounted: what was never read is not in memory yet. */
  for (guint round = 0; round <= rounds; round++)
    {
      run_round (bench, cases);
      for (guint i = 0; i < cases->len && round == 0; i++)
        {
          g_array_set_size (((Case *) g_ptr_array_index (cases, i))->ours, 0);
          g_array_set_size (((Case *) g_ptr_array_index (cases, i))->psql, 0);
        }
    }
  for (guint i = 0; i < cases->len; i++)
    {
      Case *c = g_ptr_array_index (cases, i);

      g_array_append_vals (ours, c->ours->data, c->ours->len);
      g_array_append_vals (psql, c->psql->data, c->psql->len);
      if (g_getenv ("WAYBILL_BENCH_VERBOSE") != NULL)
        g_printerr ("%8.2f %8.2f  psql %8.2f %8.2f ms  %5.2f  %2u rows  %s\n", percentile (c->ours, 50), percentile (c->ours, 95),
                    percentile (c->psql, 50), percentile (c->psql, 95), percentile (c->ours, 50) / percentile (c->psql, 50),
                    c->n_rows, c->name);
    }
  worst = find_worst (cases);
  note = g_strdup_printf ("%s; slowest: %s, %.0f ms", what, worst->name, percentile (worst->ours, 50));
  print_figure (name, ours, psql, note);
}

/* ---- Jumps -------------------------------------------------------------------------------- */

static void
run_jumps (Bench *bench,
           guint rounds)
{
  g_autoptr(WbListQuery) query = new_query (bench, "", "-ordered");
  g_autoptr(GArray) ours = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr(GArray) psql = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr(GArray) walk = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr(WbListAnchors) anchors = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  double took = 0;

  wb_list_query_anchors_async (query, NULL, store_result_cb, &result);
  wait_for (&result);
  anchors = wb_list_query_anchors_finish (query, result, &error);
  if (anchors == NULL || anchors->n_keys == 0)
    fail ("anchors", error);
  took = (double) (g_get_monotonic_time () - start) / 1000;
  g_array_append_val (walk, took);
  for (guint i = 0; i < rounds * 10; i++)
    {
      guint at = (guint) g_rand_int_range (bench->random, 0, (gint32) anchors->n_keys);
      GBytes *to = at + 1 < anchors->n_keys ? anchors->keys[at + 1] : NULL;
      double ms = measure_segment (query, anchors->keys[at], to);

      g_array_append_val (ours, ms);
      if (i % 10 == 0)
        {
          g_autofree char *sql = write_reference (bench, query, "", MAX (1, (guint64) at * WB_LIST_STEP));

          ms = measure_psql (bench, sql);
          g_array_append_val (psql, ms);
        }
    }
  print_figure ("list-jump", ours, psql, "256 rows anywhere; reference: limit and offset");
  print_figure ("list-anchors", walk, NULL, "in the background, once a list");
}

static WbDb *
open_database (const char *conninfo)
{
  WbDb *db = wb_db_new (conninfo);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  wb_db_open_async (db, NULL, store_result_cb, &result);
  wait_for (&result);
  if (!wb_db_open_finish (db, result, &error))
    fail ("no connection", error);

  return db;
}

static const char *
pick_sort (Bench *bench,
           char **sorts)
{
  return sorts[g_rand_int_range (bench->random, 0, (gint32) g_strv_length (sorts))];
}

/* Every sort in turn, twice as often the usual one, over filters that people might write. */
static void
add_mix (Bench *bench,
         GPtrArray *cases,
         WbTestFacts *facts,
         guint n,
         char **sorts)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *filter = wb_test_mix_filter (facts, wb_catalogue_get ("orders"), zone, bench->random, 3);

      add_case (bench, cases, filter, NULL, i % 3 == 0 ? "" : pick_sort (bench, sorts));
    }
}

static char **
list_sorts (void)
{
  const WbCatalogue *orders = wb_catalogue_get ("orders");
  GPtrArray *sorts = g_ptr_array_new ();

  for (guint i = 0; i < orders->n_fields; i++)
    if ((orders->fields[i].flags & WB_FIELD_SORTABLE) != 0)
      {
        g_ptr_array_add (sorts, g_strdup (orders->fields[i].name));
        g_ptr_array_add (sorts, g_strconcat ("-", orders->fields[i].name, NULL));
      }
  g_ptr_array_add (sorts, NULL);

  return (char **) g_ptr_array_free (sorts, FALSE);
}

static void
run_first_rows (Bench *bench,
                guint rounds,
                guint n_filters)
{
  g_autoptr(GPtrArray) opening = g_ptr_array_new ();
  g_autoptr(GPtrArray) sorting = g_ptr_array_new ();
  g_autoptr(GPtrArray) filtering = g_ptr_array_new ();
  g_autoptr(GPtrArray) mixed = g_ptr_array_new ();
  g_autoptr(GPtrArray) searching = g_ptr_array_new ();
  g_auto(GStrv) sorts = list_sorts ();
  g_autoptr(WbTestFacts) facts = wb_test_facts_load_sample (bench->db, N_SAMPLE, bench->random);

  add_case (bench, opening, "", "", "");
  for (guint i = 0; sorts[i] != NULL; i++)
    add_case (bench, sorting, "", "", sorts[i]);
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      add_case (bench, filtering, filters[i].filter, filters[i].where, "");
      add_case (bench, filtering, filters[i].filter, filters[i].where, "customer");
    }
  add_mix (bench, mixed, facts, n_filters, sorts);
  for (guint i = 0; i < 3 * wb_test_mix_get_n_searches (); i++)
    {
      g_autofree char *text = wb_test_mix_search (facts, bench->random, i % wb_test_mix_get_n_searches ());

      add_case (bench, searching, text, NULL, "");
    }
  run_cases (bench, "list-open", opening, rounds * 10, "first rows of all orders");
  run_cases (bench, "list-sort", sorting, rounds, "first rows, every column that sorts, both ways");
  run_cases (bench, "list-filter", filtering, rounds, "first rows, three clauses, by date and by customer; "
             "reference: what a person would write");
  run_cases (bench, "list-filter-mix", mixed, MAX (1, rounds / 3), "first rows, three clauses made at random, all sorts");
  run_cases (bench, "list-search", searching, rounds, "first rows for what people type");
}

int
main (int argc,
      char **argv)
{
  Bench bench = { 0 };
  guint rounds = argc > 2 ? (guint) g_ascii_strtoull (argv[2], NULL, 10) : 20;
  guint n_filters = argc > 3 ? (guint) g_ascii_strtoull (argv[3], NULL, 10) : 200;
  guint32 seed = argc > 4 ? (guint32) g_ascii_strtoull (argv[4], NULL, 10) : 1;
  struct rusage usage;

  setlocale (LC_ALL, "C.UTF-8"); /* a print into ASCII would make straight quotes of “these” */
  if (argc < 2 || rounds == 0 || n_filters == 0)
    {
      g_printerr ("usage: bench-list CONNINFO [ROUNDS [FILTERS [SEED]]]\n");
      return 2;
    }
  bench.db = open_database (argv[1]);
  bench.random = g_rand_new_with_seed (seed);
  start_psql (&bench, argv[1]);

  run_first_rows (&bench, rounds, n_filters);
  run_jumps (&bench, rounds);
  getrusage (RUSAGE_SELF, &usage);
  g_print ("{\"name\": \"list-memory\", \"unit\": \"MiB\", \"value\": %.1f, \"note\": \"peak of the query side\"}\n",
           (double) usage.ru_maxrss / 1024);

  return 0;
}
