/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-job-answer.h"
#include "tests/core/wb-test-job.h"
#include "tests/wb-test.h"

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
  g_autoptr (WbJob) job = wb_test_job_new ();
  g_autoptr (WbJobState) state = wb_job_state_new (job);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("scan %u: %s", i, cases[i].text);
      g_assert_cmpint (wb_test_job_scan (state, cases[i].text), ==, cases[i].kind);
      g_assert_cmpint (state->step, ==, cases[i].step);
    }
  g_assert_cmpint (wb_test_job_take (state, wb_job_answer_label (state, 1, "WB123456785GB", "106141411234567897")), ==,
                   WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_LABEL);
  g_assert_cmpint (wb_test_job_take (state, wb_job_answer_printed (state, 1, "Zebra-12")), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_FINAL);
  g_assert_cmpint (wb_test_job_scan (state, "WB999999999GB"), ==, WB_JOB_ANSWER_WRONG);
  g_assert_cmpint (wb_test_job_scan (state, "WB:CONFIRM"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (wb_test_job_scan (state, "]C100106141411234567897"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_DONE);
  g_assert_cmpuint (state->n_mistakes, ==, 6);
  g_assert_cmpuint (wb_job_state_get_verified (state), ==, 5);
}

static void
test_walk (void)
{
  g_autoptr (WbJob) job = wb_test_job_new ();
  g_autoptr (WbJobState) state = wb_job_state_new (job);
  g_autofree char *expectation = NULL;

  wb_test_job_prepare (state, WB_JOB_STEP_PICK);
  g_assert_cmpuint (state->line, ==, 2);
  expectation = wb_job_state_get_expectation (state);
  g_assert_cmpstr (expectation, ==, "Fetch 3 pieces of Oak tray from A-04-2.");
  wb_test_job_scan (state, "WB:SKIP");
  g_assert_cmpuint (state->line, ==, 1);
  wb_test_job_scan (state, "WB:SKIP");
  g_assert_cmpuint (state->line, ==, 2);
  wb_test_job_scan (state, "TRY-O");
  g_assert_cmpuint (state->line, ==, 2);
  wb_test_job_scan (state, "TEA-B");
  g_assert_cmpuint (state->line, ==, 1);
}

static void
test_short (void)
{
  g_autoptr (WbJob) job = wb_test_job_new ();
  g_autoptr (WbJobState) state = wb_job_state_new (job);

  wb_test_job_prepare (state, WB_JOB_STEP_PICK);
  wb_test_job_scan (state, "TRY-O");
  wb_test_job_scan (state, "WB:SHORT");
  g_assert_cmpuint (wb_job_state_get_line (state, 2)->missing, ==, 2);
  g_assert_cmpuint (wb_job_state_get_line (state, 2)->to_send, ==, 1);
  g_assert_cmpuint (state->line, ==, 1);
  wb_test_job_scan (state, "WB:UNDO");
  g_assert_cmpuint (wb_job_state_get_line (state, 2)->to_send, ==, 3);
  g_assert_cmpuint (wb_job_state_get_line (state, 2)->picked, ==, 1);
  wb_test_job_scan (state, "WB:SHORT");
  wb_test_job_scan (state, "WB:SHORT");
  g_assert_cmpuint (state->line, ==, 2);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_VERIFY);
  wb_test_job_scan (state, "WB:SHORT");
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_BOX);
  g_assert_cmpuint (wb_job_state_get_to_send (state), ==, 0);
  g_assert_cmpint (wb_test_job_scan (state, "BOX-M"), ==, WB_JOB_ANSWER_REFUSED);
  g_assert_false (wb_job_command_is_allowed (state, WB_JOB_COMMAND_CONFIRM));
  g_assert_cmpint (wb_test_job_scan (state, "WB:ASIDE"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_true (state->is_aside);
}

static void
test_damaged (void)
{
  g_autoptr (WbJob) job = wb_test_job_new ();
  g_autoptr (WbJobState) state = wb_job_state_new (job);

  wb_test_job_prepare (state, WB_JOB_STEP_VERIFY);
  wb_test_job_scan (state, "TEA-B");
  wb_test_job_scan (state, "TEA-B");
  wb_test_job_scan (state, "TRY-O");
  wb_test_job_scan (state, "WB:DAMAGED");
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_PICK);
  g_assert_cmpuint (state->line, ==, 2);
  g_assert_cmpuint (wb_job_state_get_line (state, 2)->damaged, ==, 1);
  g_assert_cmpuint (wb_job_state_get_line (state, 2)->verified, ==, 1);
  wb_test_job_scan (state, "TRY-O");
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_VERIFY);
  g_assert_cmpuint (wb_job_state_get_line (state, 1)->verified, ==, 2);
}

static void
test_undo (void)
{
  g_autoptr (WbJob) job = wb_test_job_new ();
  g_autoptr (WbJobState) state = wb_job_state_new (job);
  g_autoptr (WbJobState) start = wb_job_state_new (job);

  g_assert_cmpint (wb_test_job_scan (state, "WB:UNDO"), ==, WB_JOB_ANSWER_REFUSED);
  wb_test_job_prepare (state, WB_JOB_STEP_LABEL);
  while (wb_job_command_is_allowed (state, WB_JOB_COMMAND_UNDO))
    g_assert_cmpint (wb_test_job_scan (state, "WB:UNDO"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_true (wb_job_state_equal (state, start));
  /* Nothing is taken back beyond a label that exists. */
  wb_test_job_prepare (state, WB_JOB_STEP_LABEL);
  wb_test_job_take (state, wb_job_answer_label (state, 1, "T1", NULL));
  g_assert_cmpint (wb_test_job_scan (state, "WB:UNDO"), ==, WB_JOB_ANSWER_REFUSED);
}

/* Two lines of the same SKU, as when one piece is a gift: a scan goes to the line that is missing something, a pack to both. */
static void
test_same_sku_twice (void)
{
  g_autoptr (WbJob) job = wb_test_job_new ();
  g_autoptr (WbJobState) state = NULL;
  WbJobLine *line = wb_job_add_line (job, 3, "TEA-B", "Blue teapot", 2);

  wb_job_line_add_code (line, "4006381333931", 1);
  wb_job_line_add_code (line, "24006381333935", 3);
  wb_job_line_add_code ((WbJobLine *) wb_job_get_line (job, 1), "24006381333935", 3);
  wb_job_line_set_bin (line, "B-02-1", 20);
  state = wb_job_state_new (job);
  wb_test_job_scan (state, "WB:CONFIRM");
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (wb_test_job_scan (state, "4006381333931"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (wb_test_job_scan (state, "4006381333931"), ==, WB_JOB_ANSWER_WRONG);
  wb_test_job_scan (state, "WB:CONFIRM");
  g_assert_cmpint (wb_test_job_scan (state, "A-04-2"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (state->step, ==, WB_JOB_STEP_VERIFY);
  g_assert_cmpint (wb_test_job_scan (state, "24006381333935"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpint (wb_test_job_scan (state, "24006381333935"), ==, WB_JOB_ANSWER_WRONG);
  wb_test_job_scan (state, "WB:CONFIRM");
  g_assert_cmpuint (wb_job_state_get_line (state, 1)->verified + wb_job_state_get_line (state, 3)->verified, ==, 3);
  g_assert_cmpint (wb_test_job_scan (state, "TEA-B"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_cmpuint (wb_job_state_get_line (state, 1)->verified, ==, 2);
  g_assert_cmpuint (wb_job_state_get_line (state, 3)->verified, ==, 2);
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
      g_autoptr (WbJob) job = wb_test_job_new ();
      g_autoptr (WbJobState) state = wb_job_state_new (job);
      g_autoptr (WbJobAnswer) answer = NULL;

      g_test_message ("case %u: %s", i, cases[i].text);
      wb_test_job_prepare (state, cases[i].step);
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
  g_autoptr (WbJob) job = wb_test_job_new ();
  g_autoptr (WbJobState) state = wb_job_state_new (job);

  wb_test_job_prepare (state, WB_JOB_STEP_VERIFY);
  wb_test_job_scan (state, "junk");
  g_assert_nonnull (state->mistake);
  g_assert_cmpint (wb_test_job_scan (state, "TRY-O"), ==, WB_JOB_ANSWER_GOOD);
  g_assert_null (state->mistake);
  g_assert_cmpuint (wb_job_state_get_verified (state), ==, 1);
  g_assert_cmpuint (state->n_mistakes, ==, 1);
  wb_test_job_scan (state, "WB:UNDO");
  g_assert_cmpuint (wb_job_state_get_verified (state), ==, 0);
  g_assert_null (state->mistake);
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
  g_autoptr (WbJob) job = wb_test_job_new ();
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
  wb_test_job_scan (state, "A-04-2");
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
  g_autoptr (WbJob) job = wb_test_job_new ();
  g_autofree char *label = wb_job_act_id (job, "label", 1);
  g_autofree char *again = wb_job_act_id (job, "label", 1);
  g_autofree char *other = wb_job_act_id (job, "label", 2);

  g_assert_true (g_uuid_string_is_valid (label));
  g_assert_cmpstr (label, ==, again);
  g_assert_cmpstr (label, !=, other);
  g_assert_cmpint (label[14], ==, '5');
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
  g_test_add_func ("/job/same-sku-twice", test_same_sku_twice);
  g_test_add_func ("/job/wrong-kinds", test_wrong_kinds);
  g_test_add_func ("/job/mistake-heals", test_mistake_heals);
  g_test_add_func ("/job/command-codes", test_command_codes);
  g_test_add_func ("/job/steps-are-data", test_steps_are_data);
  g_test_add_func ("/job/words", test_words);
  g_test_add_func ("/job/service-names", test_service_names);
  g_test_add_func ("/job/act-id", test_act_id);
  return g_test_run ();
}
