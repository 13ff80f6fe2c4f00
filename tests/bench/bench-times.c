/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/bench/bench-times.h"

GArray *
bench_times_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (double));
}

void
bench_times_add_us (GArray *times, gint64 us)
{
  double ms = (double) us / 1000.0;

  g_array_append_val (times, ms);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

double
bench_times_get (GArray *times, guint percent)
{
  guint rank = (times->len * percent + 99) / 100;

  if (times->len == 0)
    return 0;
  g_array_sort (times, compare);
  return g_array_index (times, double, MAX (rank, 1) - 1);
}

void
bench_times_report (const char *name, GArray *times, GArray *reference, const char *note)
{
  g_print ("{\"name\": \"%s\", \"percentile\": 99, \"value\": %.3f, \"p95\": %.3f, \"median\": %.3f, \"most\": %.3f, \"unit\": \"ms\", "
           "\"n\": %u, ",
           name, bench_times_get (times, 99), bench_times_get (times, 95), bench_times_get (times, 50), bench_times_get (times, 100),
           times->len);
  if (reference != NULL)
    g_print ("\"reference\": %.3f, ", bench_times_get (reference, 99));
  g_print ("\"note\": \"%s\"}\n", note);
}
