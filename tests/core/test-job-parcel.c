/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes into which parcel, and what parcels weigh. */
#include "config.h"

#include "tests/core/wb-test-job.h"
#include "tests/wb-test.h"

static const WbJobEvent *
last_event (const WbJobState *state)
{
  return g_ptr_array_index (state->events, state->events->len - 1);
}

static void
test_weight_believed_twice (void)
{
  g_autoptr (WbJob) job = wb_test_job_new ();
  g_autoptr (WbJobState) state = wb_job_state_new (job);

  wb_test_job_prepare (state, WB_JOB_STEP_WEIGH);
  g_assert_cmpint (wb_test_job_scan (state, "3.10"), ==, WB_JOB_ANSWER_WRONG);
  wb_test_job_scan (state, "WB:CONFIRM");
  g_assert_cmpint (wb_test_job_scan (state, "3.40"), ==, WB_JOB_ANSWER_WRONG);
  wb_test_job_scan (state, "WB:CONFIRM");
  g_assert_cmpint (wb_test_job_scan (state, "3.42"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (wb_job_state_get_parcel (state, 1)->weight_g, ==, 3420);
}

/* The first box is full half-way through: what comes next goes into the second. */
static void
test_another_box (void)
{
  g_autoptr (WbJob) job = wb_test_job_new ();
  g_autoptr (WbJobState) state = wb_job_state_new (job);
  gint64 low_g = 0;
  gint64 high_g = 0;

  wb_test_job_prepare (state, WB_JOB_STEP_VERIFY);
  g_assert_cmpint (wb_test_job_scan (state, "WB:ANOTHER"), ==, WB_JOB_ANSWER_REFUSED);
  wb_test_job_scan (state, "TEA-B");
  g_assert_cmpint (wb_test_job_scan (state, "WB:ANOTHER"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpuint (state->parcel, ==, 2);
  g_assert_false (state->is_dividing);
  g_assert_cmpint (wb_test_job_scan (state, "WB:ANOTHER"), ==, WB_JOB_ANSWER_REFUSED);
  wb_test_job_scan (state, "WB:UNDO");
  g_assert_cmpuint (state->parcel, ==, 1);
  wb_test_job_scan (state, "WB:ANOTHER");
  g_assert_cmpint (wb_test_job_scan (state, "BOX-M"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpstr (wb_job_state_get_parcel (state, 2)->box, ==, "BOX-M");
  for (guint i = 0; i < 3; i++)
    wb_test_job_scan (state, "TRY-O");
  wb_test_job_scan (state, "TEA-B");
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_BOX);
  g_assert_cmpuint (state->parcel, ==, 1);
  g_assert_cmpuint (wb_job_state_get_n_parcels (state), ==, 2);
  g_assert_cmpuint (wb_job_state_get_in_parcel (state, 1, 1), ==, 1);
  g_assert_cmpuint (wb_job_state_get_in_parcel (state, 2, 1), ==, 1);
  g_assert_cmpuint (wb_job_state_get_in_parcel (state, 2, 2), ==, 3);
  wb_test_job_scan (state, "BOX-M");
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_WEIGH);
  g_assert_true (wb_job_state_get_expected_weight (state, 1, &low_g, &high_g));
  g_assert_cmpint (low_g, <=, 800);
  g_assert_cmpint (high_g, >=, 800);
  g_assert_cmpint (high_g, <, 900);
  g_assert_cmpint (wb_test_job_scan (state, "2.00"), ==, WB_JOB_ANSWER_WRONG);
  g_assert_cmpint (wb_test_job_scan (state, "0.80"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpuint (state->parcel, ==, 2);
  g_assert_cmpint (wb_test_job_scan (state, "1.40"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_LABEL);
  wb_test_job_label_all (state);
  g_assert_cmpint (wb_test_job_scan (state, "WB:ANOTHER"), ==, WB_JOB_ANSWER_REFUSED);
  g_assert_cmpint (wb_test_job_scan (state, "T2"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (wb_test_job_scan (state, "T2"), ==, WB_JOB_ANSWER_REFUSED);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_FINAL);
  g_assert_cmpint (wb_test_job_scan (state, "T1"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_DONE);
}

/* Everything is packed and does not go into one box: some of it moves to a second one. */
static void
test_divide (void)
{
  g_autoptr (WbJob) job = wb_test_job_new ();
  g_autoptr (WbJobState) state = wb_job_state_new (job);
  g_autofree char *expectation = NULL;

  wb_test_job_prepare (state, WB_JOB_STEP_WEIGH);
  wb_test_job_scan (state, "1.99");
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_LABEL);
  g_assert_cmpint (wb_test_job_scan (state, "WB:ANOTHER"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_VERIFY);
  g_assert_true (state->is_dividing);
  expectation = wb_job_state_get_expectation (state);
  g_assert_cmpstr (expectation, ==, "Scan what goes into parcel 2.");
  g_assert_cmpint (wb_test_job_scan (state, "WB:CONFIRM"), ==, WB_JOB_ANSWER_REFUSED);
  g_assert_cmpint (wb_test_job_scan (state, "junk"), ==, WB_JOB_ANSWER_WRONG);
  g_assert_cmpint (wb_test_job_scan (state, "TRY-O"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_null (state->mistake);
  g_assert_cmpint (wb_job_state_get_parcel (state, 1)->weight_g, ==, 0);
  wb_test_job_scan (state, "TRY-O");
  wb_test_job_scan (state, "TRY-O");
  g_assert_cmpint (wb_test_job_scan (state, "TRY-O"), ==, WB_JOB_ANSWER_WRONG);
  wb_test_job_scan (state, "WB:CONFIRM");
  wb_test_job_scan (state, "WB:UNDO");
  g_assert_cmpuint (wb_job_state_get_in_parcel (state, 1, 2), ==, 1);
  g_assert_cmpint (wb_test_job_scan (state, "WB:CONFIRM"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_BOX);
  g_assert_cmpuint (state->parcel, ==, 2);
  wb_test_job_scan (state, "BOX-M");
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_WEIGH);
  g_assert_cmpuint (state->parcel, ==, 1);
  g_assert_cmpuint (wb_job_state_get_verified (state), ==, 5);
  /* Everything taken back leaves one box as before. */
  while (state->is_dividing || state->parcels->len > 1)
    g_assert_cmpint (wb_test_job_scan (state, "WB:UNDO"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpuint (wb_job_state_get_n_parcels (state), ==, 1);
  g_assert_cmpuint (wb_job_state_get_in_parcel (state, 1, 2), ==, 3);
}

/* A box that nothing is left in is none, and is not counted. */
static void
test_empty_box (void)
{
  g_autoptr (WbJob) job = wb_test_job_new ();
  g_autoptr (WbJobState) state = wb_job_state_new (job);

  wb_test_job_prepare (state, WB_JOB_STEP_WEIGH);
  wb_test_job_scan (state, "WB:ANOTHER");
  for (guint i = 0; i < 3; i++)
    wb_test_job_scan (state, "TRY-O");
  wb_test_job_scan (state, "TEA-B");
  wb_test_job_scan (state, "TEA-B");
  wb_test_job_scan (state, "WB:CONFIRM");
  g_assert_cmpuint (wb_job_state_get_n_parcels (state), ==, 1);
  g_assert_cmpuint (wb_job_state_get_parcel_rank (state, 2), ==, 1);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_BOX);
  wb_test_job_scan (state, "BOX-M");
  wb_test_job_scan (state, "2.00");
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_LABEL);
  g_assert_cmpuint (state->parcel, ==, 2);
  wb_test_job_label_all (state);
  wb_test_job_scan (state, "T2");
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_DONE);
}

static void
test_room (void)
{
  g_autoptr (WbJob) job = wb_test_job_new ();
  g_autoptr (WbJobState) state = wb_job_state_new (job);

  wb_test_job_prepare (state, WB_JOB_STEP_VERIFY);
  g_assert_cmpstr (wb_job_state_suggest_box (state, 1)->code, ==, "BOX-M");
  wb_test_job_scan (state, "BOX-S");
  g_assert_false (wb_job_state_has_room (state, 1, 2));
  wb_test_job_scan (state, "BOX-M");
  g_assert_true (wb_job_state_has_room (state, 1, 2));
  wb_test_job_scan (state, "TEA-B");
  wb_test_job_scan (state, "WB:ANOTHER");
  g_assert_cmpuint (wb_job_state_get_meant (state, 2, 1), ==, 1);
  g_assert_cmpuint (wb_job_state_get_meant (state, 1, 1), ==, 1);
  g_assert_cmpuint (wb_job_state_get_meant (state, 1, 2), ==, 0);
}

/* A weight nobody expected is believed with a reason, and the reason is in the log. */
static void
test_weight_reasons (void)
{
  g_autoptr (WbJob) job = wb_test_job_new ();
  g_autoptr (WbJobState) state = wb_job_state_new (job);

  wb_test_job_prepare (state, WB_JOB_STEP_WEIGH);
  g_assert_cmpint (wb_test_job_scan (state, "WB:WEIGHT-PACKING"), ==, WB_JOB_ANSWER_REFUSED);
  wb_test_job_scan (state, "3.10");
  g_assert_nonnull (state->mistake);
  g_assert_cmpint (wb_test_job_scan (state, "WB:WEIGHT-PACKING"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_LABEL);
  g_assert_cmpint (wb_job_state_get_parcel (state, 1)->weight_g, ==, 3100);
  g_assert_cmpstr (last_event (state)->text, ==, WB_JOB_WEIGHT_PACKING);
  wb_test_job_scan (state, "WB:UNDO");
  g_assert_cmpint (wb_test_job_scan (state, "1.99"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_null (last_event (state)->text);
  wb_test_job_scan (state, "WB:UNDO");
  g_assert_cmpint (wb_test_job_scan (state, "4.10"), ==, WB_JOB_ANSWER_WRONG);
  g_assert_cmpint (wb_test_job_scan (state, "4.10"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpstr (last_event (state)->text, ==, WB_JOB_WEIGHT_AGAIN);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/job-parcel/weight-believed-twice", test_weight_believed_twice);
  g_test_add_func ("/job-parcel/another-box", test_another_box);
  g_test_add_func ("/job-parcel/divide", test_divide);
  g_test_add_func ("/job-parcel/empty-box", test_empty_box);
  g_test_add_func ("/job-parcel/room", test_room);
  g_test_add_func ("/job-parcel/weight-reasons", test_weight_reasons);
  return g_test_run ();
}
