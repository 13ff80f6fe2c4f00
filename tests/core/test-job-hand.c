/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What cannot be scanned is counted by hand, where the shop lets it, and the log says why. */
#include "config.h"

#include "core/wb-hand-reason.h"
#include "tests/core/wb-test-job.h"
#include "tests/wb-test.h"

static WbJobState *
make_state (gboolean by_hand)
{
  g_autoptr (WbJob) job = wb_test_job_new_trays ();

  job->by_hand = by_hand;
  return wb_job_state_new (job);
}

static void
take (WbJobState *state, WbJobAnswer *answer)
{
  g_assert_cmpint (wb_test_job_take (state, answer), ==, WB_JOB_ANSWER_GOOD);
}

static void
scan_all (WbJobState *state, const char *const *codes)
{
  for (guint i = 0; codes[i] != NULL; i++)
    take (state, wb_job_answer_scan (state, codes[i]));
}

static const WbJobEvent *
last_event (const WbJobState *state)
{
  return g_ptr_array_index (state->events, state->events->len - 1);
}

/* Piece for piece, each with its reason; undo takes back one. */
static void
test_pieces (void)
{
  g_autoptr (WbJobState) state = make_state (TRUE);
  g_autoptr (WbJobAnswer) answer = NULL;

  g_assert_false (wb_job_command_is_allowed (state, WB_JOB_COMMAND_BY_HAND));
  scan_all (state, (const char *const[]){ "WB:CONFIRM", "A-04-2", NULL });
  g_assert_true (wb_job_command_is_allowed (state, WB_JOB_COMMAND_BY_HAND));
  answer = wb_job_answer_by_hand (state, "damaged-barcode");
  g_assert_cmpstr (answer->message, ==, "1 × Oak tray, not scanned");
  take (state, g_steal_pointer (&answer));
  g_assert_cmpuint (wb_job_state_get_verified (state), ==, 1);
  g_assert_cmpint (last_event (state)->kind, ==, WB_JOB_EVENT_VERIFY);
  g_assert_null (last_event (state)->code);
  g_assert_cmpstr (last_event (state)->text, ==, "damaged-barcode");
  take (state, wb_job_answer_command (state, WB_JOB_COMMAND_UNDO));
  g_assert_cmpuint (wb_job_state_get_verified (state), ==, 0);
  take (state, wb_job_answer_by_hand (state, "no-barcode"));
  take (state, wb_job_answer_by_hand (state, "no-barcode"));
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_BOX);
  /* nothing is left to be counted */
  answer = wb_job_answer_by_hand (state, "no-barcode");
  g_assert_cmpint (answer->kind, ==, WB_JOB_ANSWER_REFUSED);
}

/* Parcel for parcel; what was scanned counts as that. */
static void
test_labels (void)
{
  g_autoptr (WbJobState) state = make_state (TRUE);
  g_autoptr (WbJobAnswer) answer = NULL;

  scan_all (state, (const char *const[]){ "WB:CONFIRM", "A-04-2", "TRY-O", "WB:ANOTHER", "TRY-O", "BOX-M", "BOX-M", "0.40", "0.40", NULL });
  for (guint i = 1; i <= 2; i++)
    {
      g_autofree char *tracking = g_strdup_printf ("1Z%u", i);

      take (state, wb_job_answer_label (state, i, tracking, NULL));
      take (state, wb_job_answer_printed (state, i, "job"));
    }
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_FINAL);
  take (state, wb_job_answer_scan (state, "1Z1"));
  g_assert_null (last_event (state)->text);
  answer = wb_job_answer_by_hand (state, "no-scanner");
  g_assert_cmpstr (answer->message, ==, "Parcel 2 of 2, not scanned");
  take (state, g_steal_pointer (&answer));
  g_assert_cmpint (last_event (state)->kind, ==, WB_JOB_EVENT_FINAL);
  g_assert_cmpstr (last_event (state)->text, ==, "no-scanner");
  g_assert_true (wb_job_state_get_parcel (state, 2)->is_final);
}

/* A mistake is seen first, and a shop that wants everything scanned gets that. */
static void
test_refused (void)
{
  g_autoptr (WbJobState) state = make_state (TRUE);
  g_autoptr (WbJobState) strict = make_state (FALSE);
  g_autoptr (WbJobAnswer) wrong = NULL;
  g_autoptr (WbJobAnswer) answer = NULL;
  g_autoptr (WbJobAnswer) refusal = NULL;

  scan_all (state, (const char *const[]){ "WB:CONFIRM", "A-04-2", NULL });
  wrong = wb_job_answer_scan (state, "4006381333931");
  g_assert_cmpint (wrong->kind, ==, WB_JOB_ANSWER_WRONG);
  wb_job_state_add_all (state, wrong->events);
  answer = wb_job_answer_by_hand (state, "no-barcode");
  g_assert_cmpint (answer->kind, ==, WB_JOB_ANSWER_REFUSED);

  scan_all (strict, (const char *const[]){ "WB:CONFIRM", "A-04-2", NULL });
  g_assert_false (wb_job_command_is_allowed (strict, WB_JOB_COMMAND_BY_HAND));
  refusal = wb_job_answer_scan (strict, "WB:BY-HAND");
  g_assert_cmpint (refusal->kind, ==, WB_JOB_ANSWER_REFUSED);
  g_assert_cmpstr (refusal->message, ==, "This shop wants everything scanned. Ask for help.");
}

static void
test_reasons (void)
{
  guint n = 0;

  while (wb_hand_reason_get_title (n + 1) != NULL)
    {
      n++;
      g_assert_cmpstr (wb_hand_reason_find_title (wb_hand_reason_get_word (n)), ==, wb_hand_reason_get_title (n));
    }
  g_assert_cmpuint (n, >=, 3);
  g_assert_null (wb_hand_reason_get_title (0));
  g_assert_null (wb_hand_reason_get_word (n + 1));
  g_assert_cmpstr (wb_hand_reason_find_title ("of a later version"), ==, "of a later version");
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);

  g_test_add_func ("/job-hand/pieces", test_pieces);
  g_test_add_func ("/job-hand/labels", test_labels);
  g_test_add_func ("/job-hand/refused", test_refused);
  g_test_add_func ("/job-hand/reasons", test_reasons);
  return g_test_run ();
}
