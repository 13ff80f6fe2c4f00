/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/core/wb-test-job.h"

#define JOB_ID "0b8f9a52-5a0c-4f0f-9a34-6f9d6f3c2b11"

WbJob *
wb_test_job_new (void)
{
  WbJob *job = wb_job_new (JOB_ID, "10482", "Mary Miller");
  WbJobLine *line = NULL;

  line = wb_job_add_line (job, 1, "TEA-B", "Blue teapot", 2);
  wb_job_line_add_code (line, "4006381333931", 1);
  wb_job_line_add_code (line, "14006381333938", 12);
  wb_job_line_set_bin (line, "B-02-1", 20);
  wb_job_line_set_size (line, 200, 150, 150, 600);
  line = wb_job_add_line (job, 2, "TRY-O", "Oak tray", 3);
  wb_job_line_add_code (line, "96385074", 1);
  wb_job_line_set_bin (line, "A-04-2", 10);
  wb_job_line_set_size (line, 300, 200, 20, 200);
  wb_job_add_instruction (job, "Gift wrap: “Happy birthday”", TRUE);
  wb_job_add_instruction (job, "Leave with neighbour", FALSE);
  wb_job_add_box (job, "BOX-S", "Small", 150, 150, 150, 80, 0);
  wb_job_add_box (job, "BOX-M", "Medium", 400, 300, 300, 200, 20000);
  return job;
}

WbJob *
wb_test_job_new_trays (void)
{
  WbJob *job = wb_job_new (JOB_ID, "10482", "Mary Miller");
  WbJobLine *line = wb_job_add_line (job, 1, "TRY-O", "Oak tray", 2);

  wb_job_line_set_bin (line, "A-04-2", 10);
  wb_job_line_set_size (line, 300, 200, 20, 200);
  wb_job_add_box (job, "BOX-M", "Medium", 400, 300, 300, 200, 20000);
  return job;
}

WbJobAnswerKind
wb_test_job_take (WbJobState *state, WbJobAnswer *answer)
{
  WbJobAnswerKind kind = answer->kind;

  if (kind == WB_JOB_ANSWER_REFUSED)
    g_assert_cmpuint (answer->events->len, ==, 0);
  else
    g_assert_cmpuint (answer->events->len, >, 0);
  g_assert_cmpstr (answer->message, !=, "");
  wb_job_state_add_all (state, answer->events);
  wb_job_answer_free (answer);
  return kind;
}

WbJobAnswerKind
wb_test_job_scan (WbJobState *state, const char *text)
{
  return wb_test_job_take (state, wb_job_answer_scan (state, text));
}

void
wb_test_job_prepare (WbJobState *state, WbJobStep step)
{
  static const char *const scans[] = { "WB:CONFIRM", "B-02-1", "A-04-2", "TEA-B", "TEA-B", "TRY-O",
                                       "TRY-O",      "TRY-O",  "BOX-M",  "2.00" };

  for (guint i = 0; i < G_N_ELEMENTS (scans) && state->step != step; i++)
    wb_test_job_scan (state, scans[i]);
  g_assert_cmpint (state->step, ==, step);
}

void
wb_test_job_label_all (WbJobState *state)
{
  while (state->step == WB_JOB_STEP_LABEL)
    {
      g_autofree char *tracking = g_strdup_printf ("T%u", state->parcel);

      wb_test_job_take (state, wb_job_answer_label (state, state->parcel, tracking, NULL));
      wb_test_job_take (state, wb_job_answer_printed (state, state->parcel, "1"));
    }
}
