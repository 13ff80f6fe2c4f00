/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a code means that could be several things: products of the job, and commands. */
#include "config.h"

#include <string.h>

#include "tests/core/wb-test-job.h"
#include "tests/wb-test.h"

/* Two trays and a milk jug, whose SKU is the tray's barcode. */
static WbJobState *
make_state (void)
{
  g_autoptr (WbJob) job = wb_job_new ("0b8f9a52-5a0c-4f0f-9a34-6f9d6f3c2b11", "10482", "Mary Miller");
  WbJobLine *line = wb_job_add_line (job, 1, "TRY-O", "Oak tray", 2);

  wb_job_line_add_code (line, "96385074", 1);
  wb_job_line_set_bin (line, "A-04-2", 10);
  wb_job_line_set_size (line, 300, 200, 20, 200);
  wb_job_line_set_bin (wb_job_add_line (job, 2, "96385074", "Milk jug", 1), "C-01-1", 30);
  wb_job_line_set_bin (wb_job_add_line (job, 3, "WB:SKIP", "Rope", 1), "C-01-2", 40);
  wb_job_add_box (job, "BOX-M", "Medium", 400, 300, 300, 200, 20000);
  return wb_job_state_new (job);
}

/* What stands for two products is asked, not guessed; once only one of them is missing, it is that one. */
static void
test_two_products (void)
{
  g_autoptr (WbJobState) state = make_state ();
  g_autoptr (WbJobAnswer) answer = NULL;

  wb_test_job_scan (state, "WB:CONFIRM");
  answer = wb_job_answer_scan (state, "]E496385074");
  g_assert_cmpint (answer->kind, ==, WB_JOB_ANSWER_REFUSED);
  g_assert_cmpstr (answer->message, ==, "“96385074” stands for Oak tray and for Milk jug. Which one is it?");
  g_assert_cmpstr (answer->expected, ==, "");
  g_assert_cmpuint (answer->lines->len, ==, 2);
  g_assert_cmpuint (g_array_index (answer->lines, guint, 0), ==, 1);
  g_assert_cmpuint (g_array_index (answer->lines, guint, 1), ==, 2);
  g_assert_cmpint (wb_test_job_take (state, wb_job_answer_scan_line (state, "]E496385074", 1)), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpuint (wb_job_state_get_line (state, 1)->picked, ==, 1);
  g_assert_cmpint (wb_test_job_scan (state, "C-01-1"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (wb_test_job_scan (state, "96385074"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpuint (wb_job_state_get_line (state, 1)->picked, ==, 2);
}

/* After a mistake the question is still asked, and what is chosen goes on. */
static void
test_after_mistake (void)
{
  g_autoptr (WbJobState) state = make_state ();
  g_autoptr (WbJobAnswer) answer = NULL;

  wb_test_job_scan (state, "WB:CONFIRM");
  g_assert_cmpint (wb_test_job_scan (state, "5012345678900"), ==, WB_JOB_ANSWER_WRONG);
  answer = wb_job_answer_scan (state, "96385074");
  g_assert_nonnull (answer->lines);
  g_assert_cmpint (wb_test_job_take (state, wb_job_answer_scan_line (state, "96385074", 2)), ==, WB_JOB_ANSWER_GOOD);
  g_assert_null (state->mistake);
  g_assert_cmpuint (wb_job_state_get_line (state, 2)->picked, ==, 1);
}

/* What moves into the next parcel is asked for as well, while there is more than one to move. */
static void
test_dividing (void)
{
  static const char *const scans[] = { "WB:CONFIRM", "A-04-2", "C-01-1", "C-01-2", "TRY-O", "TRY-O", "96385074", "WB:SKIP" };
  g_autoptr (WbJobState) state = make_state ();
  g_autoptr (WbJobAnswer) answer = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (scans); i++)
    g_assert_cmpint (wb_test_job_scan (state, scans[i]), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_BOX);
  g_assert_cmpint (wb_test_job_scan (state, "WB:ANOTHER"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_true (state->is_dividing);
  answer = wb_job_answer_scan (state, "96385074");
  g_assert_nonnull (answer->lines);
  g_assert_cmpint (wb_test_job_take (state, wb_job_answer_scan_line (state, "96385074", 2)), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpuint (wb_job_state_get_in_parcel (state, 2, 2), ==, 1);
  g_assert_cmpuint (wb_job_state_get_in_parcel (state, 2, 1), ==, 0);
  g_assert_cmpint (wb_test_job_scan (state, "96385074"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpuint (wb_job_state_get_in_parcel (state, 2, 1), ==, 1);
}

/* A product comes before a command, if its code reads like one. */
static void
test_command (void)
{
  g_autoptr (WbJobState) state = make_state ();

  wb_test_job_scan (state, "WB:CONFIRM");
  g_assert_cmpint (wb_test_job_scan (state, "WB:SKIP"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpuint (wb_job_state_get_line (state, 3)->picked, ==, 1);
}

/* A serial number is of one piece: read twice it is still one, until the first reading is taken back. */
static void
test_same_piece (void)
{
  static const char one[] = "]d201000000963850742117AB" "\x1d" "10L7";
  static const char link[] = "https://id.gs1.org/01/00000096385074/21/17AB";
  static const char other[] = "]d201000000963850742118CD";
  g_autoptr (WbJob) job = wb_job_new ("0b8f9a52-5a0c-4f0f-9a34-6f9d6f3c2b11", "10482", "Mary Miller");
  g_autoptr (WbJobState) state = NULL;
  g_autoptr (WbJobAnswer) answer = NULL;

  wb_job_line_add_code (wb_job_add_line (job, 1, "TRY-O", "Oak tray", 3), "96385074", 1);
  wb_job_add_box (job, "BOX-M", "Medium", 400, 300, 300, 200, 20000);
  state = wb_job_state_new (job);
  wb_test_job_scan (state, "WB:CONFIRM");
  g_assert_cmpint (wb_test_job_scan (state, one), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (wb_test_job_scan (state, one), ==, WB_JOB_ANSWER_REFUSED);
  answer = wb_job_answer_scan (state, link);
  g_assert_cmpint (answer->kind, ==, WB_JOB_ANSWER_REFUSED);
  g_assert_cmpstr (answer->message, ==, "This very piece was scanned already: its serial number is 17AB.");
  g_assert_cmpuint (wb_job_state_get_picked (state), ==, 1);
  g_assert_cmpint (wb_test_job_scan (state, other), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (wb_test_job_scan (state, "WB:UNDO"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (wb_test_job_scan (state, other), ==, WB_JOB_ANSWER_GOOD);
  /* what says no serial number may be any piece */
  g_assert_cmpint (wb_test_job_scan (state, "96385074"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_VERIFY);
  /* at the bench each is scanned once more */
  g_assert_cmpint (wb_test_job_scan (state, one), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (wb_test_job_scan (state, one), ==, WB_JOB_ANSWER_REFUSED);
  g_assert_cmpuint (wb_job_state_get_verified (state), ==, 1);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);

  g_test_add_func ("/job-which/two-products", test_two_products);
  g_test_add_func ("/job-which/after-mistake", test_after_mistake);
  g_test_add_func ("/job-which/dividing", test_dividing);
  g_test_add_func ("/job-which/command", test_command);
  g_test_add_func ("/job-which/same-piece", test_same_piece);
  return g_test_run ();
}
