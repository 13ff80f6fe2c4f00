/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench-table CONNINFO [ROUNDS]: the order table as people see it, over a database that is there: from the question until
 * rows are painted, after opening, after each sort, after filters, and after jumps to any place. Wants a screen (tests/xvfb). Prints a
 * JSON line a figure; the reference is the time until the same frame is painted without any new rows.
 */
#include "config.h"

#include <string.h>

#include "tests/bench/bench-window.h"

static void
report (const char *name, GArray *times, double reference, const char *note)
{
  g_print ("{\"name\":\"%s\",\"value\":%.1f,\"median\":%.1f,\"most\":%.1f,\"unit\":\"ms\",\"reference\":%.1f,\"n\":%u,"
           "\"note\":\"%s\"}\n",
           name, bench_percentile (times, 95), bench_percentile (times, 50), bench_percentile (times, 100), reference,
           times->len, note);
}

static void
measure_sorts (BenchWindow *bench, guint rounds, double frame)
{
  static const char *const sorts[] = { "-total", "customer", "number", "-ship", "status", "-priority",
                                       "-ordered" };
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < rounds * G_N_ELEMENTS (sorts); i++)
    {
      gint64 start = g_get_monotonic_time ();
      double ms = 0;

      if (!wb_table_set_sort (bench->table, sorts[i % G_N_ELEMENTS (sorts)], NULL))
        continue;
      while (!wb_lazy_list_is_loading (bench->list))
        g_main_context_iteration (NULL, TRUE);
      ms = bench_window_wait_for_rows (bench, 0, start);
      g_array_append_val (times, ms);
    }
  report ("table-sort-painted", times, frame, "from the click until rows are painted");
}

/* As somebody who looks for something would write them; the last one finds nothing. */
static void
measure_filters (BenchWindow *bench, guint rounds, double frame)
{
  static const char *const filters[] = {
    "status:processing total:>100gbp country:gb", "is:open ordered:-30d country:de", "held:yes country:us pieces:>1",
    "customer.segment:vip status:processing pieces:>2", "miller status:delivered pieces:>1", "smith",
    "has:refund country:fr total:>50eur", "tag:gift shipped:last-month status:delivered", "payment:failed stage:packing country:nl",
  };
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (WbFilter) all = wb_filter_new_empty (wb_table_get_catalogue (bench->table));
  const WbFilterContext context = { .currency = "GBP" };

  for (guint i = 0; i < (rounds + 1) * G_N_ELEMENTS (filters); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WbFilter) filter = wb_filter_parse (wb_table_get_catalogue (bench->table),
                                                     filters[i % G_N_ELEMENTS (filters)], &context, &error);
      gint64 start = g_get_monotonic_time ();
      double ms = 0;

      g_assert_no_error (error);
      wb_table_set_filter (bench->table, filter);
      while (!wb_lazy_list_is_loading (bench->list))
        g_main_context_iteration (NULL, TRUE);
      ms = bench_window_wait_for_answer (bench, start);
      if (i >= G_N_ELEMENTS (filters)) /* each once uncounted: what was never read is not in memory yet */
        g_array_append_val (times, ms);
    }
  report ("table-filter-painted", times, frame, "from the filter until rows, or that there are none, are painted");
  wb_table_set_filter (bench->table, all);
  bench_window_wait_for_rows (bench, 0, 0);
}

static void
measure_jumps (BenchWindow *bench, guint rounds, double frame)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  guint n = 0;

  while (!wb_lazy_list_is_complete (bench->list))
    g_main_context_iteration (NULL, TRUE);
  n = g_list_model_get_n_items (G_LIST_MODEL (bench->list));
  for (guint i = 0; i < rounds * 10; i++)
    {
      guint position = (guint) g_rand_int_range (random, 0, (gint32) n);
      gint64 start = g_get_monotonic_time ();
      double ms = 0;

      wb_table_go_to (bench->table, position);
      ms = bench_window_wait_for_rows (bench, position, start);
      g_array_append_val (times, ms);
    }
  report ("table-jump-painted", times, frame, "to any place, until rows are painted");
}

static void
report_memory (void)
{
  g_autofree char *status = NULL;
  const char *line = NULL;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return;
  line = g_strstr_len (status, -1, "VmHWM:");
  if (line != NULL)
    g_print ("{\"name\":\"table-memory\",\"value\":%.0f,\"unit\":\"MB\",\"n\":1,\"note\":\"at most, all of the process\"}\n",
             g_ascii_strtod (line + strlen ("VmHWM:"), NULL) / 1024.0);
}

int
main (int argc, char **argv)
{
  guint64 rounds = 5;
  g_autoptr (GArray) opening = g_array_new (FALSE, FALSE, sizeof (double));
  BenchWindow bench = { 0 };
  double frame = 0;
  double ms = 0;
  gint64 start = 0;

  if (argc < 2 || (argc > 2 && !g_ascii_string_to_unsigned (argv[2], 10, 1, 1000, &rounds, NULL)))
    {
      g_printerr ("Usage: bench-table CONNINFO [ROUNDS]\n");
      return 2;
    }
  if (!bench_window_open (&bench, argv[1]))
    return 1;

  for (guint i = 0; i <= rounds; i++)
    {
      if (i > 0)
        bench_window_renew (&bench);
      start = g_get_monotonic_time ();
      bench_window_ask (&bench);
      ms = bench_window_wait_for_rows (&bench, 0, start);
      g_array_append_val (opening, ms);
    }
  frame = bench_window_measure_frame (&bench);
  report ("table-open-painted", opening, frame, "from the question until rows are painted");
  measure_sorts (&bench, (guint) rounds, frame);
  measure_filters (&bench, (guint) rounds, frame);
  measure_jumps (&bench, (guint) rounds, frame);
  report_memory ();
  bench_window_close (&bench);
  return 0;
}
