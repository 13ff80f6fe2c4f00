/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-job-answer.h"
#include "tests/wb-test.h"

#define JOB_ID "0b8f9a52-5a0c-4f0f-9a34-6f9d6f3c2b11"

/* Two teapots (also in cases of 12), three trays; gift wrap to acknowledge; two boxes. */
static WbJob *
make_job (void)
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

static WbJobAnswerKind
take (WbJobState *state, WbJobAnswer *answer)
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

static WbJobAnswerKind
scan (WbJobState *state, const char *text)
{
  return take (state, wb_job_answer_scan (state, text));
}

/* The whole way by scans alone: what is scanned, how it is answered, and the step after it. */
static void
test_all_by_scans (void)
{
  static const struct
  {
    const char *text;
    WbJobAnswerKind kind;
    WbJobStep step;
  } cases[] = {
    { "4006381333931", WB_JOB_ANSWER_REFUSED, WB_JOB_STEP_REVIEW },
    { "WB:CONFIRM", WB_JOB_ANSWER_GOOD, WB_JOB_STEP_PICK },
    { "a-04-2", WB_JOB_ANSWER_GOOD, WB_JOB_STEP_PICK },
    { "A-04-2", WB_JOB_ANSWER_WRONG, WB_JOB_STEP_PICK },
    { "B-02-9", WB_JOB_ANSWER_REFUSED, WB_JOB_STEP_PICK },
    { "4006381333931", WB_JOB_ANSWER_GOOD, WB_JOB_STEP_PICK },
    { "]C10104006381333931" "10LOT7", WB_JOB_ANSWER_GOOD, WB_JOB_STEP_VERIFY },
    { "TRY-O", WB_JOB_ANSWER_GOOD, WB_JOB_STEP_VERIFY },
    { "96385074", WB_JOB_ANSWER_GOOD, WB_JOB_STEP_VERIFY },
    { "5012345678900", WB_JOB_ANSWER_WRONG, WB_JOB_STEP_VERIFY },
    { "5012345678900", WB_JOB_ANSWER_REFUSED, WB_JOB_STEP_VERIFY },
    { "WB:OK", WB_JOB_ANSWER_GOOD, WB_JOB_STEP_VERIFY },
    { "96385074", WB_JOB_ANSWER_GOOD, WB_JOB_STEP_VERIFY },
    { "14006381333938", WB_JOB_ANSWER_WRONG, WB_JOB_STEP_VERIFY },
    { "WB:CONFIRM", WB_JOB_ANSWER_GOOD, WB_JOB_STEP_VERIFY },
    { "04006381333931", WB_JOB_ANSWER_GOOD, WB_JOB_STEP_VERIFY },
    { "4006381333931", WB_JOB_ANSWER_GOOD, WB_JOB_STEP_BOX },
    { "BOX-XXL", WB_JOB_ANSWER_WRONG, WB_JOB_STEP_BOX },
    { "WB:CONFIRM", WB_JOB_ANSWER_GOOD, WB_JOB_STEP_BOX },
    { "box-m", WB_JOB_ANSWER_GOOD, WB_JOB_STEP_WEIGH },
    { "heavy", WB_JOB_ANSWER_REFUSED, WB_JOB_STEP_WEIGH },
    { "4006381333931", WB_JOB_ANSWER_REFUSED, WB_JOB_STEP_WEIGH },
    { "1.2", WB_JOB_ANSWER_WRONG, WB_JOB_STEP_WEIGH },
    { "WB:CONFIRM", WB_JOB_ANSWER_GOOD, WB_JOB_STEP_WEIGH },
    { "1,99 kg", WB_JOB_ANSWER_GOOD, WB_JOB_STEP_LABEL },
    { "1.99", WB_JOB_ANSWER_REFUSED, WB_JOB_STEP_LABEL },
  };
  g_autoptr (WbJob) job = make_job ();
  g_autoptr (WbJobState) state = wb_job_state_new (job);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("scan %u: %s", i, cases[i].text);
      g_assert_cmpint (scan (state, cases[i].text), ==, cases[i].kind);
      g_assert_cmpint (state->step, ==, cases[i].step);
    }
  g_assert_cmpint (take (state, wb_job_answer_label (state, 1, "WB123456785GB", "106141411234567897")), ==,
                   WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_LABEL);
  g_assert_cmpint (take (state, wb_job_answer_printed (state, 1, "Zebra-12")), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_FINAL);
  g_assert_cmpint (scan (state, "WB999999999GB"), ==, WB_JOB_ANSWER_WRONG);
  g_assert_cmpint (scan (state, "WB:CONFIRM"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (scan (state, "]C100106141411234567897"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_DONE);
  g_assert_cmpuint (state->n_mistakes, ==, 6);
  g_assert_cmpuint (wb_job_state_get_verified (state), ==, 5);
}

static void
prepare (WbJobState *state, WbJobStep step)
{
  static const char *const scans[] = { "WB:CONFIRM", "B-02-1", "A-04-2", "TEA-B", "TEA-B", "TRY-O",
                                       "TRY-O",      "TRY-O",  "BOX-M",  "2.00" };

  for (guint i = 0; i < G_N_ELEMENTS (scans) && state->step != step; i++)
    scan (state, scans[i]);
  g_assert_cmpint (state->step, ==, step);
}

static void
test_walk (void)
{
  g_autoptr (WbJob) job = make_job ();
  g_autoptr (WbJobState) state = wb_job_state_new (job);
  g_autofree char *expectation = NULL;

  prepare (state, WB_JOB_STEP_PICK);
  g_assert_cmpuint (state->line, ==, 2);
  expectation = wb_job_state_get_expectation (state);
  g_assert_cmpstr (expectation, ==, "Fetch 3 pieces of Oak tray from A-04-2.");
  scan (state, "WB:SKIP");
  g_assert_cmpuint (state->line, ==, 1);
  scan (state, "WB:SKIP");
  g_assert_cmpuint (state->line, ==, 2);
  scan (state, "TRY-O");
  g_assert_cmpuint (state->line, ==, 2);
  scan (state, "TEA-B");
  g_assert_cmpuint (state->line, ==, 1);
}

static void
test_short (void)
{
  g_autoptr (WbJob) job = make_job ();
  g_autoptr (WbJobState) state = wb_job_state_new (job);

  prepare (state, WB_JOB_STEP_PICK);
  scan (state, "TRY-O");
  scan (state, "WB:SHORT");
  g_assert_cmpuint (wb_job_state_get_line (state, 2)->missing, ==, 2);
  g_assert_cmpuint (wb_job_state_get_line (state, 2)->to_send, ==, 1);
  g_assert_cmpuint (state->line, ==, 1);
  scan (state, "WB:UNDO");
  g_assert_cmpuint (wb_job_state_get_line (state, 2)->to_send, ==, 3);
  g_assert_cmpuint (wb_job_state_get_line (state, 2)->picked, ==, 1);
  scan (state, "WB:SHORT");
  scan (state, "WB:SHORT");
  g_assert_cmpuint (state->line, ==, 2);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_VERIFY);
  scan (state, "WB:SHORT");
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_BOX);
  g_assert_cmpuint (wb_job_state_get_to_send (state), ==, 0);
  g_assert_cmpint (scan (state, "BOX-M"), ==, WB_JOB_ANSWER_REFUSED);
  g_assert_false (wb_job_command_is_allowed (state, WB_JOB_COMMAND_CONFIRM));
  g_assert_cmpint (scan (state, "WB:ASIDE"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_true (state->is_aside);
}

static void
test_damaged (void)
{
  g_autoptr (WbJob) job = make_job ();
  g_autoptr (WbJobState) state = wb_job_state_new (job);

  prepare (state, WB_JOB_STEP_VERIFY);
  scan (state, "TEA-B");
  scan (state, "TEA-B");
  scan (state, "TRY-O");
  scan (state, "WB:DAMAGED");
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_PICK);
  g_assert_cmpuint (state->line, ==, 2);
  g_assert_cmpuint (wb_job_state_get_line (state, 2)->damaged, ==, 1);
  g_assert_cmpuint (wb_job_state_get_line (state, 2)->verified, ==, 1);
  scan (state, "TRY-O");
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_VERIFY);
  g_assert_cmpuint (wb_job_state_get_line (state, 1)->verified, ==, 2);
}

static void
test_undo (void)
{
  g_autoptr (WbJob) job = make_job ();
  g_autoptr (WbJobState) state = wb_job_state_new (job);
  g_autoptr (WbJobState) start = wb_job_state_new (job);

  g_assert_cmpint (scan (state, "WB:UNDO"), ==, WB_JOB_ANSWER_REFUSED);
  prepare (state, WB_JOB_STEP_LABEL);
  while (wb_job_command_is_allowed (state, WB_JOB_COMMAND_UNDO))
    g_assert_cmpint (scan (state, "WB:UNDO"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_true (wb_job_state_equal (state, start));
  /* Nothing is taken back beyond a label that exists. */
  prepare (state, WB_JOB_STEP_LABEL);
  take (state, wb_job_answer_label (state, 1, "T1", NULL));
  g_assert_cmpint (scan (state, "WB:UNDO"), ==, WB_JOB_ANSWER_REFUSED);
}

static void
test_weight_believed_twice (void)
{
  g_autoptr (WbJob) job = make_job ();
  g_autoptr (WbJobState) state = wb_job_state_new (job);

  prepare (state, WB_JOB_STEP_WEIGH);
  g_assert_cmpint (scan (state, "3.10"), ==, WB_JOB_ANSWER_WRONG);
  scan (state, "WB:CONFIRM");
  g_assert_cmpint (scan (state, "3.40"), ==, WB_JOB_ANSWER_WRONG);
  scan (state, "WB:CONFIRM");
  g_assert_cmpint (scan (state, "3.42"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (wb_job_state_get_parcel (state, 1)->weight_g, ==, 3420);
}

/* What the bench would do: a label made and printed for every parcel. */
static void
label_all (WbJobState *state)
{
  while (state->step == WB_JOB_STEP_LABEL)
    {
      g_autofree char *tracking = g_strdup_printf ("T%u", state->parcel);

      take (state, wb_job_answer_label (state, state->parcel, tracking, NULL));
      take (state, wb_job_answer_printed (state, state->parcel, "1"));
    }
}

/* Two lines of the same SKU, as when one piece is a gift: a scan goes to the line that is missing something, a pack to both. */
static void
test_same_sku_twice (void)
{
  g_autoptr (WbJob) job = make_job ();
  g_autoptr (WbJobState) state = NULL;
  WbJobLine *line = wb_job_add_line (job, 3, "TEA-B", "Blue teapot", 2);

  wb_job_line_add_code (line, "4006381333931", 1);
  wb_job_line_add_code (line, "24006381333935", 3);
  wb_job_line_add_code ((WbJobLine *) wb_job_get_line (job, 1), "24006381333935", 3);
  wb_job_line_set_bin (line, "B-02-1", 20);
  state = wb_job_state_new (job);
  scan (state, "WB:CONFIRM");
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (scan (state, "4006381333931"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (scan (state, "4006381333931"), ==, WB_JOB_ANSWER_WRONG);
  scan (state, "WB:CONFIRM");
  g_assert_cmpint (scan (state, "A-04-2"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_VERIFY);
  g_assert_cmpint (scan (state, "24006381333935"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (scan (state, "24006381333935"), ==, WB_JOB_ANSWER_WRONG);
  scan (state, "WB:CONFIRM");
  g_assert_cmpuint (wb_job_state_get_line (state, 1)->verified + wb_job_state_get_line (state, 3)->verified, ==, 3);
  g_assert_cmpint (scan (state, "TEA-B"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpuint (wb_job_state_get_line (state, 1)->verified, ==, 2);
  g_assert_cmpuint (wb_job_state_get_line (state, 3)->verified, ==, 2);
}

/* The first box is full half-way through: what comes next goes into the second. */
static void
test_another_box (void)
{
  g_autoptr (WbJob) job = make_job ();
  g_autoptr (WbJobState) state = wb_job_state_new (job);
  gint64 low_g = 0;
  gint64 high_g = 0;

  prepare (state, WB_JOB_STEP_VERIFY);
  g_assert_cmpint (scan (state, "WB:ANOTHER"), ==, WB_JOB_ANSWER_REFUSED);
  scan (state, "TEA-B");
  g_assert_cmpint (scan (state, "WB:ANOTHER"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpuint (state->parcel, ==, 2);
  g_assert_false (state->is_dividing);
  g_assert_cmpint (scan (state, "WB:ANOTHER"), ==, WB_JOB_ANSWER_REFUSED);
  scan (state, "WB:UNDO");
  g_assert_cmpuint (state->parcel, ==, 1);
  scan (state, "WB:ANOTHER");
  g_assert_cmpint (scan (state, "BOX-M"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpstr (wb_job_state_get_parcel (state, 2)->box, ==, "BOX-M");
  for (guint i = 0; i < 3; i++)
    scan (state, "TRY-O");
  scan (state, "TEA-B");
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_BOX);
  g_assert_cmpuint (state->parcel, ==, 1);
  g_assert_cmpuint (wb_job_state_get_n_parcels (state), ==, 2);
  g_assert_cmpuint (wb_job_state_get_in_parcel (state, 1, 1), ==, 1);
  g_assert_cmpuint (wb_job_state_get_in_parcel (state, 2, 1), ==, 1);
  g_assert_cmpuint (wb_job_state_get_in_parcel (state, 2, 2), ==, 3);
  scan (state, "BOX-M");
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_WEIGH);
  g_assert_true (wb_job_state_get_expected_weight (state, 1, &low_g, &high_g));
  g_assert_cmpint (low_g, <=, 800);
  g_assert_cmpint (high_g, >=, 800);
  g_assert_cmpint (high_g, <, 900);
  g_assert_cmpint (scan (state, "2.00"), ==, WB_JOB_ANSWER_WRONG);
  g_assert_cmpint (scan (state, "0.80"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpuint (state->parcel, ==, 2);
  g_assert_cmpint (scan (state, "1.40"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_LABEL);
  label_all (state);
  g_assert_cmpint (scan (state, "WB:ANOTHER"), ==, WB_JOB_ANSWER_REFUSED);
  g_assert_cmpint (scan (state, "T2"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (scan (state, "T2"), ==, WB_JOB_ANSWER_REFUSED);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_FINAL);
  g_assert_cmpint (scan (state, "T1"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_DONE);
}

/* Everything is packed and does not go into one box: some of it moves to a second one. */
static void
test_divide (void)
{
  g_autoptr (WbJob) job = make_job ();
  g_autoptr (WbJobState) state = wb_job_state_new (job);
  g_autofree char *expectation = NULL;

  prepare (state, WB_JOB_STEP_WEIGH);
  scan (state, "1.99");
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_LABEL);
  g_assert_cmpint (scan (state, "WB:ANOTHER"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_VERIFY);
  g_assert_true (state->is_dividing);
  expectation = wb_job_state_get_expectation (state);
  g_assert_cmpstr (expectation, ==, "Scan what goes into parcel 2.");
  g_assert_cmpint (scan (state, "WB:CONFIRM"), ==, WB_JOB_ANSWER_REFUSED);
  g_assert_cmpint (scan (state, "junk"), ==, WB_JOB_ANSWER_WRONG);
  g_assert_cmpint (scan (state, "TRY-O"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_null (state->mistake);
  g_assert_cmpint (wb_job_state_get_parcel (state, 1)->weight_g, ==, 0);
  scan (state, "TRY-O");
  scan (state, "TRY-O");
  g_assert_cmpint (scan (state, "TRY-O"), ==, WB_JOB_ANSWER_WRONG);
  scan (state, "WB:CONFIRM");
  scan (state, "WB:UNDO");
  g_assert_cmpuint (wb_job_state_get_in_parcel (state, 1, 2), ==, 1);
  g_assert_cmpint (scan (state, "WB:CONFIRM"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_BOX);
  g_assert_cmpuint (state->parcel, ==, 2);
  scan (state, "BOX-M");
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_WEIGH);
  g_assert_cmpuint (state->parcel, ==, 1);
  g_assert_cmpuint (wb_job_state_get_verified (state), ==, 5);
  /* Everything taken back leaves one box as before. */
  while (state->is_dividing || state->parcels->len > 1)
    g_assert_cmpint (scan (state, "WB:UNDO"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpuint (wb_job_state_get_n_parcels (state), ==, 1);
  g_assert_cmpuint (wb_job_state_get_in_parcel (state, 1, 2), ==, 3);
}

/* A box that nothing is left in is none, and is not counted. */
static void
test_empty_box (void)
{
  g_autoptr (WbJob) job = make_job ();
  g_autoptr (WbJobState) state = wb_job_state_new (job);

  prepare (state, WB_JOB_STEP_WEIGH);
  scan (state, "WB:ANOTHER");
  for (guint i = 0; i < 3; i++)
    scan (state, "TRY-O");
  scan (state, "TEA-B");
  scan (state, "TEA-B");
  scan (state, "WB:CONFIRM");
  g_assert_cmpuint (wb_job_state_get_n_parcels (state), ==, 1);
  g_assert_cmpuint (wb_job_state_get_parcel_rank (state, 2), ==, 1);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_BOX);
  scan (state, "BOX-M");
  scan (state, "2.00");
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_LABEL);
  g_assert_cmpuint (state->parcel, ==, 2);
  label_all (state);
  scan (state, "T2");
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_DONE);
}

static void
test_room (void)
{
  g_autoptr (WbJob) job = make_job ();
  g_autoptr (WbJobState) state = wb_job_state_new (job);

  prepare (state, WB_JOB_STEP_VERIFY);
  g_assert_cmpstr (wb_job_state_suggest_box (state, 1)->code, ==, "BOX-M");
  scan (state, "BOX-S");
  g_assert_false (wb_job_state_has_room (state, 1, 2));
  scan (state, "BOX-M");
  g_assert_true (wb_job_state_has_room (state, 1, 2));
  scan (state, "TEA-B");
  scan (state, "WB:ANOTHER");
  g_assert_cmpuint (wb_job_state_get_meant (state, 2, 1), ==, 1);
  g_assert_cmpuint (wb_job_state_get_meant (state, 1, 1), ==, 1);
  g_assert_cmpuint (wb_job_state_get_meant (state, 1, 2), ==, 0);
}

/* What else can come under the scanner: each is said to be what it is. */
static void
test_wrong_kinds (void)
{
  static const struct
  {
    WbJobStep step;
    const char *text;
    WbJobAnswerKind kind;
    const char *message;
  } cases[] = {
    { WB_JOB_STEP_PICK, "BOX-M", WB_JOB_ANSWER_WRONG, "That is a box: Medium." },
    { WB_JOB_STEP_VERIFY, "B-02-1", WB_JOB_ANSWER_WRONG, "That is the shelf B-02-1, not what lies in it." },
    { WB_JOB_STEP_VERIFY, "5012345678900", WB_JOB_ANSWER_WRONG, "“5012345678900” does not belong to this order." },
    { WB_JOB_STEP_VERIFY, "]C10104006381333931" "17200131", WB_JOB_ANSWER_WRONG,
      "This Blue teapot expired on 01/31/20. Set it aside and fetch another." },
    { WB_JOB_STEP_VERIFY, "]C10104006381333931" "17200200" "10LOT7", WB_JOB_ANSWER_WRONG,
      "This Blue teapot expired on 02/29/20. Set it aside and fetch another." },
    { WB_JOB_STEP_VERIFY, "]C10104006381333931" "17600131" "10LOT7", WB_JOB_ANSWER_GOOD, "1 × Blue teapot" },
    { WB_JOB_STEP_BOX, "4006381333931", WB_JOB_ANSWER_WRONG, "That is a piece of Blue teapot." },
    { WB_JOB_STEP_BOX, "A-04-2", WB_JOB_ANSWER_WRONG, "That is the shelf A-04-2, not what lies in it." },
    { WB_JOB_STEP_WEIGH, "4006381333931", WB_JOB_ANSWER_REFUSED, "That is a piece of Blue teapot, not a weight." },
    { WB_JOB_STEP_WEIGH, "abc", WB_JOB_ANSWER_REFUSED, "“abc” is not a weight such as 1.84 or 1840 g." },
    { WB_JOB_STEP_WEIGH, "0", WB_JOB_ANSWER_REFUSED, "0 is not the weight of a parcel." },
    { WB_JOB_STEP_WEIGH, "-2", WB_JOB_ANSWER_REFUSED, "“-2” is not a weight such as 1.84 or 1840 g." },
    { WB_JOB_STEP_WEIGH, "99999999", WB_JOB_ANSWER_REFUSED, "99999999 is not the weight of a parcel." },
    { WB_JOB_STEP_WEIGH, "1,99", WB_JOB_ANSWER_GOOD, "1.99 kg" },
    { WB_JOB_STEP_WEIGH, "1.99 kg", WB_JOB_ANSWER_GOOD, "1.99 kg" },
    { WB_JOB_STEP_WEIGH, "BOX-S", WB_JOB_ANSWER_GOOD, "Small" },
    { WB_JOB_STEP_LABEL, "1.99", WB_JOB_ANSWER_REFUSED, "“1.99” is not needed now." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbJob) job = make_job ();
      g_autoptr (WbJobState) state = wb_job_state_new (job);
      g_autoptr (WbJobAnswer) answer = NULL;

      g_test_message ("case %u: %s", i, cases[i].text);
      prepare (state, cases[i].step);
      answer = wb_job_answer_scan (state, cases[i].text);
      g_assert_cmpstr (answer->message, ==, cases[i].message);
      g_assert_cmpint (answer->kind, ==, cases[i].kind);
      if (cases[i].kind == WB_JOB_ANSWER_WRONG)
        g_assert_cmpint (((WbJobEvent *) answer->events->pdata[0])->kind, ==, WB_JOB_EVENT_WRONG);
    }
}

/* The right thing after a mistake goes on; its label at another step is none. */
static void
test_mistake_heals (void)
{
  g_autoptr (WbJob) job = make_job ();
  g_autoptr (WbJobState) state = wb_job_state_new (job);

  prepare (state, WB_JOB_STEP_VERIFY);
  scan (state, "junk");
  g_assert_nonnull (state->mistake);
  g_assert_cmpint (scan (state, "TRY-O"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_null (state->mistake);
  g_assert_cmpuint (wb_job_state_get_verified (state), ==, 1);
  g_assert_cmpuint (state->n_mistakes, ==, 1);
  scan (state, "WB:UNDO");
  g_assert_cmpuint (wb_job_state_get_verified (state), ==, 0);
  g_assert_null (state->mistake);
}

static const WbJobEvent *
last_event (const WbJobState *state)
{
  return g_ptr_array_index (state->events, state->events->len - 1);
}

/* A weight nobody expected is believed with a reason, and the reason is in the log. */
static void
test_weight_reasons (void)
{
  g_autoptr (WbJob) job = make_job ();
  g_autoptr (WbJobState) state = wb_job_state_new (job);

  prepare (state, WB_JOB_STEP_WEIGH);
  g_assert_cmpint (scan (state, "WB:WEIGHT-PACKING"), ==, WB_JOB_ANSWER_REFUSED);
  scan (state, "3.10");
  g_assert_nonnull (state->mistake);
  g_assert_cmpint (scan (state, "WB:WEIGHT-PACKING"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_LABEL);
  g_assert_cmpint (wb_job_state_get_parcel (state, 1)->weight_g, ==, 3100);
  g_assert_cmpstr (last_event (state)->text, ==, WB_JOB_WEIGHT_PACKING);
  scan (state, "WB:UNDO");
  g_assert_cmpint (scan (state, "1.99"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_null (last_event (state)->text);
  scan (state, "WB:UNDO");
  g_assert_cmpint (scan (state, "4.10"), ==, WB_JOB_ANSWER_WRONG);
  g_assert_cmpint (scan (state, "4.10"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpstr (last_event (state)->text, ==, WB_JOB_WEIGHT_AGAIN);
}

static void
test_command_codes (void)
{
  for (gint i = 0; i < WB_JOB_N_COMMANDS; i++)
    {
      WbJobCommand command = WB_JOB_COMMAND_CONFIRM;
      g_autofree char *scanned = g_strconcat ("]C0", wb_job_command_get_code ((WbJobCommand) i), NULL);

      g_assert_true (wb_job_command_from_code (scanned + strlen ("]C0"), &command));
      g_assert_cmpint (command, ==, i);
      g_assert_true (wb_job_command_from_code (scanned, &command) && command == (WbJobCommand) i);
      g_assert_cmpstr (wb_job_command_get_title (command), !=, "");
      g_assert_cmpstr (wb_job_command_get_hint (command), !=, "");
    }
}

static void
test_steps_are_data (void)
{
  g_autoptr (WbJob) job = make_job ();
  g_autoptr (WbJobState) state = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (wb_job_set_steps (job, "verify,dance", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNKNOWN);
  g_clear_error (&error);
  g_assert_false (wb_job_set_steps (job, "verify, verify", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (wb_job_set_steps (job, "verify, box", &error));
  g_assert_no_error (error);
  state = wb_job_state_new (job);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_VERIFY);
  g_assert_false (wb_job_state_has_step (state, WB_JOB_STEP_PICK));
  wb_job_state_free (g_steal_pointer (&state));
  /* Without verifying, what was fetched is in the box; without fetching, everything. */
  g_assert_true (wb_job_set_steps (job, "pick,box", &error));
  state = wb_job_state_new (job);
  scan (state, "A-04-2");
  g_assert_cmpuint (wb_job_state_get_in_parcel (state, 1, 2), ==, 3);
  g_assert_cmpuint (wb_job_state_get_in_parcel (state, 1, 1), ==, 0);
  wb_job_state_free (g_steal_pointer (&state));
  g_assert_true (wb_job_set_steps (job, "box,weigh", &error));
  state = wb_job_state_new (job);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_BOX);
  g_assert_cmpuint (wb_job_state_get_in_parcel (state, 1, 1), ==, 2);
}

static void
test_words (void)
{
  for (gint i = 0; i <= WB_JOB_STEP_DONE; i++)
    {
      WbJobStep step = WB_JOB_STEP_DONE;

      g_assert_true (wb_job_step_from_string (wb_job_step_to_string ((WbJobStep) i), &step));
      g_assert_cmpint (step, ==, i);
    }
  for (gint i = 0; i < WB_JOB_N_EVENT_KINDS; i++)
    {
      WbJobEventKind kind = WB_JOB_EVENT_CLAIM;

      g_assert_true (wb_job_event_kind_from_string (wb_job_event_kind_to_string ((WbJobEventKind) i), &kind));
      g_assert_cmpint (kind, ==, i);
    }
}

static void
test_service_names (void)
{
  static const struct
  {
    const char *carrier;
    const char *service;
    const char *name;
  } cases[] = {
    { "Parcel Line", "Tracked 24", "Parcel Line Tracked 24" }, { "Northway", "Northway 24", "Northway 24" },
    { "Meridian Air", "Meridian Economy", "Meridian Economy" }, { NULL, "Post", "Post" }, { "Post", NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = wb_job_make_service_name (cases[i].carrier, cases[i].service);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

static void
test_act_id (void)
{
  g_autoptr (WbJob) job = make_job ();
  g_autofree char *label = wb_job_act_id (job, "label", 1);
  g_autofree char *again = wb_job_act_id (job, "label", 1);
  g_autofree char *other = wb_job_act_id (job, "label", 2);

  g_assert_true (g_uuid_string_is_valid (label));
  g_assert_cmpstr (label, ==, again);
  g_assert_cmpstr (label, !=, other);
  g_assert_cmpint (label[14], ==, '5');
}

/* ── Properties: whatever is scanned in whatever order ───────────────────────────────────────── */

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

      take (state, parcel->tracking == NULL ? wb_job_answer_label (state, state->parcel, tracking, NULL)
                                            : wb_job_answer_printed (state, state->parcel, "1"));
      return;
    }
  scan (state, random_scans[g_rand_int_range (rand, 0, G_N_ELEMENTS (random_scans))]);
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
  g_autoptr (WbJob) job = make_job ();
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
  g_autoptr (WbJob) job = make_job ();

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
  g_autoptr (WbJob) job = make_job ();
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
  g_test_add_func ("/job/all-by-scans", test_all_by_scans);
  g_test_add_func ("/job/walk", test_walk);
  g_test_add_func ("/job/short", test_short);
  g_test_add_func ("/job/damaged", test_damaged);
  g_test_add_func ("/job/undo", test_undo);
  g_test_add_func ("/job/weight-believed-twice", test_weight_believed_twice);
  g_test_add_func ("/job/same-sku-twice", test_same_sku_twice);
  g_test_add_func ("/job/another-box", test_another_box);
  g_test_add_func ("/job/divide", test_divide);
  g_test_add_func ("/job/empty-box", test_empty_box);
  g_test_add_func ("/job/room", test_room);
  g_test_add_func ("/job/wrong-kinds", test_wrong_kinds);
  g_test_add_func ("/job/mistake-heals", test_mistake_heals);
  g_test_add_func ("/job/weight-reasons", test_weight_reasons);
  g_test_add_func ("/job/command-codes", test_command_codes);
  g_test_add_func ("/job/steps-are-data", test_steps_are_data);
  g_test_add_func ("/job/words", test_words);
  g_test_add_func ("/job/service-names", test_service_names);
  g_test_add_func ("/job/act-id", test_act_id);
  g_test_add_func ("/job/random-scans", test_random_scans);
  g_test_add_func ("/job/resume", test_resume);
  g_test_add_func ("/job/hostile-events", test_hostile_events);
  return g_test_run ();
}
