/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-wedge-trial.h"
#include "tests/wb-test.h"

#define MS G_TIME_SPAN_MILLISECOND

/* What came out: typing in one text, scans one a line. */
typedef struct
{
  GString *typed;
  GString *scans;
} Out;

static void
out_cb (gboolean is_scan, const char *text, gpointer user_data)
{
  Out *out = user_data;

  if (is_scan)
    g_string_append_printf (out->scans, "%s\n", text);
  else
    g_string_append (out->typed, text);
}

static Out *
out_new (void)
{
  Out *out = g_new0 (Out, 1);

  out->typed = g_string_new (NULL);
  out->scans = g_string_new (NULL);
  return out;
}

static void
out_free (Out *out)
{
  g_string_free (out->typed, TRUE);
  g_string_free (out->scans, TRUE);
  g_free (out);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Out, out_free)

/* keys: each with the milliseconds before it. */
static void
test_cases (void)
{
  static const struct
  {
    const char *what;
    const char *keys;
    gint64 ms;
    gunichar prefix;
    const char *typed;
    const char *scans;
  } cases[] = {
    { "a scanner", "4006381333931\n", 2, 0, "", "4006381333931\n" },
    { "a slow radio scanner", "A-04-2\n", 30, 0, "", "A-04-2\n" },
    { "ended by Tab", "4006381333931\t", 5, 0, "", "4006381333931\n" },
    { "no end, and none is waited for", "4006381333931", 5, 0, "4006381333931", "" },
    { "two in a row", "12345\n67890\n", 1, 0, "", "12345\n67890\n" },
    { "a typist", "1.40\n", 90, 0, "1.40\n", "" },
    { "a fast typist", "weight\n", 36, 0, "weight\n", "" },
    { "two keys at once", "ab", 10, 0, "ab", "" },
    { "too short for a scan", "12\n", 5, 0, "12\n", "" },
    { "a key held down", "00000000000000", 30, 0, "00000000000000", "" },
    { "a correction", "1\b2\n", 60, 0, "1\b2\n", "" },
    { "other letters", "Grüße\n", 5, 0, "", "Grüße\n" },
    { "a prefix", "~1\n", 5, '~', "", "1\n" },
    { "fast and without the prefix", "4006381333931\n", 2, '~', "4006381333931\n", "" },
    { "typed before the prefix", "1.4~96385074\n", 1, '~', "1.4", "96385074\n" },
    { "a prefix and nothing behind it", "~", 1, '~', "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WbWedgeOptions options = { .prefix = cases[i].prefix };
      g_autoptr (Out) out = out_new ();
      g_autoptr (WbWedge) wedge = wb_wedge_new (&options, out_cb, out);
      gint64 now_us = 1;

      g_test_message ("%s", cases[i].what);
      for (const char *c = cases[i].keys; *c != '\0'; c = g_utf8_next_char (c))
        wb_wedge_key (wedge, g_utf8_get_char (c), now_us += cases[i].ms * MS);
      if (wb_wedge_get_deadline (wedge) != 0)
        wb_wedge_wait (wedge, wb_wedge_get_deadline (wedge));
      g_assert_cmpstr (out->typed->str, ==, cases[i].typed);
      g_assert_cmpstr (out->scans->str, ==, cases[i].scans);
      g_assert_cmpint (wb_wedge_get_deadline (wedge), ==, 0);
      g_assert_cmpstr (wb_wedge_peek (wedge), ==, "");
    }
}

/* A scan in the middle of what somebody types is a scan, and the typing goes on where it was. */
static void
test_within_typing (void)
{
  g_autoptr (Out) out = out_new ();
  g_autoptr (WbWedge) wedge = wb_wedge_new (NULL, out_cb, out);
  gint64 now_us = 1;

  for (const char *c = "1.4"; *c != '\0'; c++)
    wb_wedge_key (wedge, (gunichar) *c, now_us += 120 * MS);
  now_us += 300 * MS;
  for (const char *c = "4006381333931\n"; *c != '\0'; c++)
    wb_wedge_key (wedge, (gunichar) *c, now_us += 3 * MS);
  wb_wedge_key (wedge, '0', now_us += 80 * MS);
  wb_wedge_key (wedge, '\n', now_us += 80 * MS);
  g_assert_cmpstr (out->typed->str, ==, "1.40\n");
  g_assert_cmpstr (out->scans->str, ==, "4006381333931\n");
}

/* The end of a scan that comes late is no Enter that confirms something; one that somebody presses then is. */
static void
test_late_end (void)
{
  WbWedgeOptions options = { .without_end = TRUE };
  g_autoptr (Out) out = out_new ();
  g_autoptr (WbWedge) wedge = wb_wedge_new (&options, out_cb, out);
  gint64 now_us = 1;

  for (const char *c = "00000000"; *c != '\0'; c++)
    wb_wedge_key (wedge, (gunichar) *c, now_us += 30 * MS);
  wb_wedge_wait (wedge, wb_wedge_get_deadline (wedge));
  g_assert_cmpstr (out->typed->str, ==, "00000000");
  g_string_truncate (out->typed, 0);
  now_us += 100 * MS;
  for (const char *c = "4006381333931"; *c != '\0'; c++)
    wb_wedge_key (wedge, (gunichar) *c, now_us += 3 * MS);
  wb_wedge_wait (wedge, wb_wedge_get_deadline (wedge));
  g_assert_cmpstr (out->scans->str, ==, "4006381333931\n");
  wb_wedge_key (wedge, WB_WEDGE_ENTER, now_us += 200 * MS);
  g_assert_cmpstr (out->typed->str, ==, "");
  wb_wedge_key (wedge, WB_WEDGE_ENTER, now_us += 200 * MS);
  g_assert_cmpstr (out->typed->str, ==, "\n");
}

/* A scan whose keyboard stalls is still one: it comes out as if somebody had typed it, with its end. */
static void
test_stalled (void)
{
  g_autoptr (Out) out = out_new ();
  g_autoptr (WbWedge) wedge = wb_wedge_new (NULL, out_cb, out);
  gint64 now_us = 1;

  for (const char *c = "WB:"; *c != '\0'; c++)
    wb_wedge_key (wedge, (gunichar) *c, now_us += 2 * MS);
  now_us += 90 * MS;
  for (const char *c = "ASIDE\n"; *c != '\0'; c++)
    wb_wedge_key (wedge, (gunichar) *c, now_us += 2 * MS);
  g_assert_cmpstr (out->typed->str, ==, "WB:ASIDE\n");
  for (const char *c = "96385074\n"; *c != '\0'; c++)
    wb_wedge_key (wedge, (gunichar) *c, now_us += 2 * MS);
  g_assert_cmpstr (out->scans->str, ==, "96385074\n");
}

static gunichar
random_letter (GRand *rand)
{
  static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-./ ";

  return (gunichar) letters[g_rand_int_range (rand, 0, sizeof letters - 1)];
}

/* A million keys of people and scanners at random: nothing in the wrong place, nothing lost. With a prefix scans may come at any
 * moment; without one, a quarter of a second after a typed key at the soonest. */
static void
interleave (gunichar prefix)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (wb_test_random_seed ());
  WbWedgeOptions options = { .prefix = prefix };
  g_autoptr (Out) out = out_new ();
  g_autoptr (Out) expected = out_new ();
  g_autoptr (WbWedge) wedge = wb_wedge_new (&options, out_cb, out);
  gboolean after_scan = TRUE;
  gint64 now_us = 1;
  guint n_keys = 0;

  while (n_keys < 1000000)
    {
      gboolean scan = g_rand_int_range (rand, 0, 3) == 0;
      guint length = scan ? (guint) g_rand_int_range (rand, 4, 40) : (guint) g_rand_int_range (rand, 1, 12);

      now_us += (prefix != 0 ? g_rand_int_range (rand, 0, 80) : scan && !after_scan ? g_rand_int_range (rand, 250, 900)
                                                                                     : g_rand_int_range (rand, 36, 200)) * MS;
      after_scan = scan;
      if (scan && prefix != 0)
        wb_wedge_key (wedge, prefix, now_us);
      for (guint i = 0; i < length; i++)
        {
          gunichar letter = random_letter (rand);
          /* fingers of two hands come close together two at a time, never more */
          gint64 pause_ms = scan ? g_rand_int_range (rand, 0, 31) : i % 2 == 1 ? g_rand_int_range (rand, 5, 150) : g_rand_int_range (rand, 36, 150);

          wb_wedge_key (wedge, letter, now_us += i > 0 ? pause_ms * MS : 0);
          g_string_append_unichar (scan ? expected->scans : expected->typed, letter);
        }
      if (scan)
        {
          wb_wedge_key (wedge, WB_WEDGE_ENTER, now_us += g_rand_int_range (rand, 0, 31) * MS);
          g_string_append_c (expected->scans, '\n');
        }
      n_keys += length;
    }
  wb_wedge_wait (wedge, now_us + G_TIME_SPAN_SECOND);
  g_assert_true (g_string_equal (out->typed, expected->typed));
  g_assert_true (g_string_equal (out->scans, expected->scans));
}

static void
test_interleaved (void)
{
  interleave (0);
}

static void
test_interleaved_with_prefix (void)
{
  interleave (0x02);
}

/* What a station's profile says; what makes no sense is not said. */
static void
test_options (void)
{
  static const struct
  {
    const char *prefix;
    const char *end;
    const char *gap;
    WbWedgeOptions options;
  } cases[] = {
    { NULL, NULL, NULL, { 0 } },
    { "~", "no", "50", { .prefix = '~', .without_end = TRUE, .gap_us = 50 * MS } },
    { "\xc3\xa4", "yes", "5", { .prefix = 0xe4, .gap_us = 5 * MS } },
    { "ab", "maybe", "4", { 0 } },
    { " ", "", "201", { 0 } },
    { "\xff", "NO", "-20", { 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) texts = g_hash_table_new (g_str_hash, g_str_equal);
      WbWedgeOptions options = { .least = 7 };

      g_hash_table_insert (texts, (gpointer) "prefix", (gpointer) cases[i].prefix);
      g_hash_table_insert (texts, (gpointer) "end", (gpointer) cases[i].end);
      g_hash_table_insert (texts, (gpointer) "gap-ms", (gpointer) cases[i].gap);
      wb_wedge_options_read (&options, i > 0 ? texts : NULL);
      g_assert_cmpuint (options.prefix, ==, cases[i].options.prefix);
      g_assert_cmpint (options.without_end, ==, cases[i].options.without_end);
      g_assert_cmpint (options.gap_us, ==, cases[i].options.gap_us);
      g_assert_cmpuint (options.least, ==, 0);
    }
}

/* Whoever sets a scanner up sees how it types, and whether it is told from typing with what is set. */
static void
test_trial (void)
{
  static const struct
  {
    const char *keys;
    gint64 ms;
    WbWedgeOptions options;
    guint n_letters;
    gunichar end;
    const char *scan;
  } cases[] = {
    { "4006381333931\n", 4, { 0 }, 13, '\n', "4006381333931" },
    { "4006381333931\t", 4, { 0 }, 13, '\t', "4006381333931" },
    { "4006381333931\n", 60, { 0 }, 13, '\n', NULL },
    { "4006381333931\n", 60, { .gap_us = 80 * MS }, 13, '\n', "4006381333931" },
    { "4006381333931", 4, { 0 }, 13, 0, NULL },
    { "4006381333931", 4, { .without_end = TRUE }, 13, 0, "4006381333931" },
    { "~4006381333931", 4, { .prefix = '~' }, 14, 0, "4006381333931" },
    { "4006381333931\n", 4, { .prefix = '~' }, 13, '\n', NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbWedgeTrial) trial = wb_wedge_trial_new (&cases[i].options);
      const WbWedgeLook *look = NULL;
      gint64 at_us = 1000 * MS;

      g_assert_null (wb_wedge_trial_end (trial));
      /* twice: one trial leaves nothing to the next */
      for (guint n = 0; n < 2; n++, at_us += 1000 * MS)
        {
          for (const char *c = cases[i].keys; *c != '\0'; c++, at_us += cases[i].ms * MS)
            wb_wedge_trial_key (trial, (gunichar) *c, at_us);
          look = wb_wedge_trial_end (trial);
          g_assert_cmpuint (look->n_letters, ==, cases[i].n_letters);
          g_assert_cmpint (look->mean_us, ==, cases[i].ms * MS);
          g_assert_cmpint (look->longest_us, ==, cases[i].ms * MS);
          g_assert_cmpuint (look->first, ==, (gunichar) cases[i].keys[0]);
          g_assert_cmpuint (look->end, ==, cases[i].end);
          g_assert_cmpstr (look->scan, ==, cases[i].scan);
        }
    }
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/wedge/cases", test_cases);
  g_test_add_func ("/wedge/within-typing", test_within_typing);
  g_test_add_func ("/wedge/late-end", test_late_end);
  g_test_add_func ("/wedge/stalled", test_stalled);
  g_test_add_func ("/wedge/interleaved", test_interleaved);
  g_test_add_func ("/wedge/interleaved-with-prefix", test_interleaved_with_prefix);
  g_test_add_func ("/wedge/options", test_options);
  g_test_add_func ("/wedge/trial", test_trial);
  return g_test_run ();
}
