/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a filter means: stretches of time, and how long an answer holds. */
#include "config.h"

#include "core/wb-filter-node.h"
#include "tests/core/wb-test-filter.h"
#include "tests/wb-test.h"

/* Where a date lies on Monday 2025-10-06, 13:30, in New York. */
static const struct
{
  const char *text;
  const char *from; /* local */
  const char *to;
} stretches[] = {
  { "ordered:today", "2025-10-06T00:00:00", "2025-10-07T00:00:00" },
  { "ordered:yesterday", "2025-10-05T00:00:00", "2025-10-06T00:00:00" },
  { "ordered:tomorrow", "2025-10-07T00:00:00", "2025-10-08T00:00:00" },
  { "ordered:<today", NULL, "2025-10-06T00:00:00" },
  { "ordered:<=today", NULL, "2025-10-07T00:00:00" },
  { "ordered:>today", "2025-10-07T00:00:00", NULL },
  { "ordered:>=today", "2025-10-06T00:00:00", NULL },
  { "ordered:monday", "2025-10-06T00:00:00", "2025-10-07T00:00:00" },
  { "ordered:friday", "2025-10-03T00:00:00", "2025-10-04T00:00:00" },
  { "ship:friday", "2025-10-10T00:00:00", "2025-10-11T00:00:00" },
  { "ship:monday", "2025-10-06T00:00:00", "2025-10-07T00:00:00" },
  { "ship:next-monday", "2025-10-13T00:00:00", "2025-10-14T00:00:00" },
  { "ship:last-monday", "2025-09-29T00:00:00", "2025-09-30T00:00:00" },
  { "ship:last-friday", "2025-10-03T00:00:00", "2025-10-04T00:00:00" },
  { "ordered:this-week", "2025-10-06T00:00:00", "2025-10-13T00:00:00" },
  { "ordered:last-week", "2025-09-29T00:00:00", "2025-10-06T00:00:00" },
  { "ordered:this-month", "2025-10-01T00:00:00", "2025-11-01T00:00:00" },
  { "ordered:last-month", "2025-09-01T00:00:00", "2025-10-01T00:00:00" },
  { "ordered:this-quarter", "2025-10-01T00:00:00", "2026-01-01T00:00:00" },
  { "ordered:last-quarter", "2025-07-01T00:00:00", "2025-10-01T00:00:00" },
  { "ordered:next-year", "2026-01-01T00:00:00", "2027-01-01T00:00:00" },
  { "ordered:2025", "2025-01-01T00:00:00", "2026-01-01T00:00:00" },
  { "ordered:2025-q4", "2025-10-01T00:00:00", "2026-01-01T00:00:00" },
  { "ordered:2025-11", "2025-11-01T00:00:00", "2025-12-01T00:00:00" },
  { "ordered:2024-12", "2024-12-01T00:00:00", "2025-01-01T00:00:00" },
  { "ordered:2025-w01", "2024-12-30T00:00:00", "2025-01-06T00:00:00" },
  { "ordered:2020-w53", "2020-12-28T00:00:00", "2021-01-04T00:00:00" },
  { "ordered:2024-02-29", "2024-02-29T00:00:00", "2024-03-01T00:00:00" },
  { "ordered:2025-10-06t13:30", "2025-10-06T13:30:00", "2025-10-06T13:31:00" },
  { "ordered:-7d", "2025-09-29T00:00:00", "2025-10-07T00:00:00" },
  { "ship:2w", "2025-10-06T00:00:00", "2025-10-21T00:00:00" },
  { "ordered:>-7d", "2025-09-30T00:00:00", NULL },
  { "ordered:<-1m", NULL, "2025-09-06T00:00:00" },
  { "ordered:>=-1y", "2024-10-06T00:00:00", NULL },
  { "ordered:>=-2h", "2025-10-06T11:30:00", NULL },
  { "ordered:>=-90min", "2025-10-06T12:00:00", NULL },
  { "ordered:-7d..yesterday", "2025-09-29T00:00:00", "2025-10-06T00:00:00" },
  { "ordered:2025-10-01..2025-10-03", "2025-10-01T00:00:00", "2025-10-04T00:00:00" },
  { "ordered:2025-11-02", "2025-11-02T00:00:00", "2025-11-03T00:00:00" }, /* 25 hours */
};

static void
assert_moment (gint64 us,
               const char *local,
               GTimeZone *zone)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr(GDateTime) there = g_date_time_to_timezone (utc, zone);
  g_autofree char *text = g_date_time_format (there, "%Y-%m-%dT%H:%M:%S");

  g_assert_cmpstr (text, ==, local);
}

static void
test_dates (void)
{
  WbFilterContext context = wb_test_filter_context_new ();

  for (guint i = 0; i < G_N_ELEMENTS (stretches); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(WbFilter) filter = wb_test_filter_parse ("orders", stretches[i].text, &error);
      WbFilterInterval in;

      g_test_message ("%s", stretches[i].text);
      g_assert_no_error (error);
      in = wb_filter_test_interval (&filter->tests[0], filter->field, 2, &context);
      g_assert_false (in.never);
      g_assert_cmpint (in.has_from, ==, stretches[i].from != NULL);
      g_assert_cmpint (in.has_to, ==, stretches[i].to != NULL);
      if (in.has_from)
        assert_moment (in.from, stretches[i].from, context.zone);
      if (in.has_to)
        assert_moment (in.to, stretches[i].to, context.zone);
    }
  g_time_zone_unref (context.zone);
}

static void
test_valid_until (void)
{
  static const struct
  {
    const char *text;
    const char *local;
  } cases[] = {
    { "total:>5", NULL },
    { "ordered:2025", NULL },
    { "ordered:today", "2025-10-07T00:00:00" },
    { "total:>5 (a or -ship:<-7d)", "2025-10-07T00:00:00" },
    { "is:late", "2025-10-06T13:31:00" },
    { "ordered:>-2h", "2025-10-06T13:31:00" },
  };
  WbFilterContext context = wb_test_filter_context_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(WbFilter) filter = wb_test_filter_parse ("orders", cases[i].text, NULL);
      gint64 until = wb_filter_get_valid_until (filter, &context);

      if (cases[i].local == NULL)
        g_assert_cmpint (until, ==, G_MAXINT64);
      else
        assert_moment (until, cases[i].local, context.zone);
    }
  g_time_zone_unref (context.zone);
}

int
main (int argc,
      char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/filter-date/dates", test_dates);
  g_test_add_func ("/filter-date/valid-until", test_valid_until);

  return g_test_run ();
}
