/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What holds whatever is scanned in whatever order, wherever it is cut off, and whatever events come from outside. */
#include "config.h"

#include "tests/core/wb-test-job.h"
#include "tests/wb-test.h"

static const char *const random_scans[] = {
  "WB:CONFIRM", "WB:CONFIRM", "WB:CONFIRM", "WB:SKIP", "WB:SHORT",  "WB:DAMAGED",   "WB:UNDO",        "WB:HELP",
  "TEA-B",      "TEA-B",      "TRY-O",      "TRY-O",   "96385074",  "4006381333931", "14006381333938", "A-04-2",
  "B-02-1",     "BOX-M",      "BOX-S",      "1.99",    "1.5",       "junk",          "",               "T1",
  "T2",         "WB:ANOTHER", "WB:ANOTHER", "BOX-M",   "T3",        "WB:WEIGHT-PACKING",
};

static void
random_input (WbJobState *state, GRand *rand)
{
  if (state->step == WB_JOB_STEP_LABEL && state->mistake == NULL && g_rand_boolean (rand))
    {
      g_autofree char *tracking = g_strdup_printf ("T%u", state->parcel);
      const WbJobParcel *parcel = wb_job_state_get_parcel (state, state->parcel);

      wb_test_job_take (state, parcel->tracking == NULL ? wb_job_answer_label (state, state->parcel, tracking, NULL)
                                            : wb_job_answer_printed (state, state->parcel, "1"));
      return;
    }
  wb_test_job_scan (state, random_scans[g_rand_int_range (rand, 0, G_N_ELEMENTS (random_scans))]);
}

/* What is verified is in boxes, in no more and no fewer pieces. */
static void
check_contents (const WbJobState *state)
{
  for (guint i = 1; i <= wb_job_get_n_lines (state->job); i++)
    {
      guint in = 0;

      for (guint p = 1; p <= state->parcels->len; p++)
        in += wb_job_state_get_in_parcel (state, p, i);
      g_assert_cmpuint (in, ==, wb_job_state_get_line (state, i)->verified);
    }
}

static void
check_invariants (const WbJobState *state)
{
  check_contents (state);
  for (guint i = 1; i <= wb_job_get_n_lines (state->job); i++)
    {
      const WbJobLineState *line = wb_job_state_get_line (state, i);

      g_assert_cmpuint (line->to_send + line->missing, ==, wb_job_get_line (state->job, i)->quantity);
      g_assert_cmpuint (line->picked, <=, line->to_send);
      g_assert_cmpuint (line->verified, <=, line->to_send);
    }
  if (state->step >= WB_JOB_STEP_BOX)
    g_assert_cmpuint (wb_job_state_get_verified (state), ==, wb_job_state_get_to_send (state));
  if (state->step == WB_JOB_STEP_DONE)
    for (guint i = 1; i <= state->parcels->len; i++)
      g_assert_true (wb_job_state_get_parcel (state, i)->is_final ||
                     wb_job_parcel_get_pieces (wb_job_state_get_parcel (state, i)) == 0);
}

static void
test_random_scans (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (wb_test_random_seed ());
  g_autoptr (WbJob) job = wb_test_job_new ();
  guint n_done = 0;

  for (guint run = 0; run < 100; run++)
    {
      g_autoptr (WbJobState) state = wb_job_state_new (job);

      for (guint i = 0; i < 400; i++)
        {
          random_input (state, rand);
          check_invariants (state);
        }
      n_done += state->step == WB_JOB_STEP_DONE ? 1 : 0;
    }
  g_test_message ("%u of 100 runs came to the end", n_done);
  g_assert_cmpuint (n_done, >, 10);
}

/* Killed at any point: another seat that reads what was stored stands where the first one stood,
 * also when events come twice. */
static void
test_resume (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (wb_test_random_seed ());
  g_autoptr (WbJob) job = wb_test_job_new ();

  for (guint run = 0; run < 60; run++)
    {
      g_autoptr (WbJobState) state = wb_job_state_new (job);

      for (guint i = 0; i < 80; i++)
        {
          g_autoptr (WbJobState) other = wb_job_state_new (job);
          g_autoptr (WbJobState) piecemeal = wb_job_state_new (job);

          random_input (state, rand);
          wb_job_state_add_all (other, state->events);
          g_assert_true (wb_job_state_equal (state, other));
          if (i % 20 != 0)
            continue;
          wb_job_state_add_all (other, state->events);
          g_assert_true (wb_job_state_equal (state, other));
          for (guint e = 0; e < state->events->len; e++)
            {
              guint earlier = g_rand_int_range (rand, 0, (gint) e + 1);

              wb_job_state_add (piecemeal, g_ptr_array_index (state->events, e));
              g_assert_false (wb_job_state_add (piecemeal, g_ptr_array_index (state->events, earlier)));
            }
          g_assert_true (wb_job_state_equal (state, piecemeal));
        }
    }
}

/* Events from outside may say anything; the fold takes what is possible. */
static void
test_hostile_events (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (wb_test_random_seed ());
  g_autoptr (WbJob) job = wb_test_job_new ();
  g_autoptr (WbJobState) state = wb_job_state_new (job);

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (WbJobEvent) event = wb_job_event_new ((WbJobEventKind) g_rand_int_range (rand, 0, WB_JOB_N_EVENT_KINDS));

      event->line = g_rand_int_range (rand, 0, 5);
      event->parcel = g_rand_boolean (rand) ? g_rand_int (rand) : (guint) g_rand_int_range (rand, 0, 3);
      event->quantity = g_rand_boolean (rand) ? g_rand_int (rand) : (guint) g_rand_int_range (rand, 0, 4);
      event->number = (gint64) g_rand_int (rand) - G_MAXINT;
      wb_job_state_add (state, event);
      for (guint l = 1; l <= 2; l++)
        {
          const WbJobLineState *line = wb_job_state_get_line (state, l);

          g_assert_cmpuint (line->to_send + line->missing, ==, wb_job_get_line (job, l)->quantity);
          g_assert_cmpuint (line->picked, <=, line->to_send);
          g_assert_cmpuint (line->verified, <=, line->to_send);
        }
      g_assert_cmpuint (state->parcels->len, <=, 99);
      check_contents (state);
    }
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/job-random/random-scans", test_random_scans);
  g_test_add_func ("/job-random/resume", test_resume);
  g_test_add_func ("/job-random/hostile-events", test_hostile_events);
  return g_test_run ();
}
