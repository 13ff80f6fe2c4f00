/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-error.h"
#include "core/wb-time.h"
#include "tests/wb-test.h"

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    const char *formats;
    const char *zone;
    const char *utc;
  } cases[] = {
    { "2025-10-07 09:50:26 +0200", NULL, NULL, "2025-10-07T07:50:26Z" },
    { "2016-05-17T04:14:36-04:00", NULL, NULL, "2016-05-17T08:14:36Z" },
    { "2016-05-17T04:14:36Z", NULL, "Europe/Berlin", "2016-05-17T04:14:36Z" },
    { "2016-05-17T04:14:36.123456Z", NULL, NULL, "2016-05-17T04:14:36.123456Z" },
    { "2010-12-01 08:26:00", NULL, NULL, "2010-12-01T08:26:00Z" },
    { "2011-07-01 08:26:00", NULL, "Europe/London", "2011-07-01T07:26:00Z" },
    { "2011-07-01", NULL, NULL, "2011-07-01T00:00:00Z" },
    { " 2011-07-01 08:26 ", NULL, NULL, "2011-07-01T08:26:00Z" },
    { "2025-01-01 00:00:00 UTC", NULL, "Europe/Berlin", "2025-01-01T00:00:00Z" },
    { "03/04/2024", "us", NULL, "2024-03-04T00:00:00Z" },
    { "03/04/2024", "uk", NULL, "2024-04-03T00:00:00Z" },
    { "3/4/2024 1:05 PM", "us", NULL, "2024-03-04T13:05:00Z" },
    { "12/31/2024 12:00 AM", "us", NULL, "2024-12-31T00:00:00Z" },
    { "3.4.2024 17:30", "de", "Europe/Berlin", "2024-04-03T15:30:00Z" },
    { "7 Oct 2025", "%d %b %Y", NULL, "2025-10-07T00:00:00Z" },
    { "7 october 2025", "%d %b %Y", NULL, "2025-10-07T00:00:00Z" },
    { "25-10-07", "%y-%m-%d", NULL, "2025-10-07T00:00:00Z" },
    { "100% 2025/10/07", "100%% %Y/%m/%d", NULL, "2025-10-07T00:00:00Z" },
    { "13/04/2024", "%m/%d/%Y|%d/%m/%Y", NULL, "2024-04-13T00:00:00Z" },
    { "04/04/2024", "%m/%d/%Y|%d/%m/%Y", NULL, "2024-04-04T00:00:00Z" },
    { "1969-12-31T23:59:59.5Z", NULL, NULL, "1969-12-31T23:59:59.500000Z" },
    { "2016-12-31T23:59:60Z", NULL, NULL, "2016-12-31T23:59:59Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GTimeZone) zone = cases[i].zone != NULL ? g_time_zone_new_identifier (cases[i].zone) : NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *utc = NULL;
      gint64 moment = 0;

      if (cases[i].zone != NULL && zone == NULL)
        continue; /* a machine without tzdata */
      wb_time_parse (cases[i].text, cases[i].formats, zone, &moment, &error);
      g_assert_no_error (error);
      utc = wb_time_to_string (moment);
      g_assert_cmpstr (utc, ==, cases[i].utc);
    }
}

static void
test_parse_refuses (void)
{
  static const struct
  {
    const char *text;
    const char *formats;
    const char *reason;
  } cases[] = {
    { "", NULL, "*expected*" },
    { "03/04/2024", NULL, "*day or month first*" },
    { "3.4.2024", NULL, "*day or month first*" },
    { "03/04/2024", "%m/%d/%Y|%d/%m/%Y", "*disagree*" },
    { "13/13/2024", "%m/%d/%Y|%d/%m/%Y", "*no such day*" },
    { "2023-02-29", NULL, "*expected*" },
    { "2024-02-30 10:00:00", NULL, "*expected*" },
    { "2024-01-01 25:00:00", NULL, "*expected*" },
    { "0024-01-01", NULL, "*expected*" },
    { "2024-01-01T00:00:00+99:00", NULL, "*expected*" },
    { "2024-01-01 and more", NULL, "*expected*" },
    { "45932.41", NULL, "*expected*" },
    { "now(); select 1", NULL, "*expected*" },
    { "=HYPERLINK(\"http://x\")", "us", "*does not follow*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      gint64 moment = 0;

      g_test_message ("%s", cases[i].text);
      g_assert_false (wb_time_parse (cases[i].text, cases[i].formats, NULL, &moment, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
      g_assert_true (g_pattern_match_simple (cases[i].reason, error->message));
    }
}

static void
test_check_formats (void)
{
  static const char *const bad[] = { "%Y-%m", "%Y-%m-%d|%H:%M", "%q", "%", "" };

  g_assert_true (wb_time_check_formats ("us", NULL));
  g_assert_true (wb_time_check_formats ("%d.%m.%y %H:%M|%Y-%m-%d", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (wb_time_check_formats (bad[i], &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    }
}

static void
test_round_trip (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (wb_test_random_seed ());

  for (guint i = 0; i < 5000; i++)
    {
      gint64 moment = ((gint64) g_rand_int_range (rand, -2000000000, G_MAXINT) + g_rand_int_range (rand, 0, G_MAXINT)) * WB_TIME_US_PER_S
                      + g_rand_int_range (rand, 0, 1000000);
      g_autofree char *text = wb_time_to_string (moment);
      gint64 back = 0;

      g_assert_true (wb_time_parse (text, NULL, NULL, &back, NULL));
      g_assert_cmpint (back, ==, moment);
    }
}

int
main (int   argc,
      char *argv[])
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/time/parse", test_parse);
  g_test_add_func ("/time/parse/refuses", test_parse_refuses);
  g_test_add_func ("/time/check-formats", test_check_formats);
  g_test_add_func ("/time/round-trip", test_round_trip);
  return g_test_run ();
}
