/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was taken back is said, for somebody who was interrupted. */
#include "config.h"

#include "tests/core/wb-test-job.h"
#include "tests/wb-test.h"

static WbJobState *
make_state (void)
{
  g_autoptr (WbJob) job = wb_test_job_new_trays ();

  return wb_job_state_new (job);
}

static void
test_says_what (void)
{
  static const struct
  {
    const char *scans; /* the last of which is taken back */
    const char *words;
  } cases[] = {
    { "WB:CONFIRM TRY-O", "Undone: Oak tray is to be fetched again" },
    { "WB:CONFIRM WB:SHORT", "Undone: Oak tray is not short any more" },
    { "WB:CONFIRM A-04-2 TRY-O", "Undone: Oak tray is to be scanned again" },
    { "WB:CONFIRM A-04-2 TRY-O WB:DAMAGED", "Undone: Oak tray is not damaged any more" },
    { "WB:CONFIRM A-04-2 TRY-O TRY-O BOX-M", "Undone: the box is to be chosen again" },
    { "WB:CONFIRM A-04-2 TRY-O TRY-O BOX-M 0.60", "Undone: the parcel is to be weighed again" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WbJobState) state = make_state ();
      g_auto (GStrv) scans = g_strsplit (cases[i].scans, " ", -1);
      g_autoptr (WbJobAnswer) answer = NULL;

      g_test_message ("%s", cases[i].scans);
      for (guint j = 0; scans[j] != NULL; j++)
        g_assert_cmpint (wb_test_job_scan (state, scans[j]), ==, WB_JOB_ANSWER_GOOD);
      answer = wb_job_answer_command (state, WB_JOB_COMMAND_UNDO);
      g_assert_cmpstr (answer->message, ==, cases[i].words);
    }
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);

  g_test_add_func ("/job-undo/says-what", test_says_what);
  return g_test_run ();
}
