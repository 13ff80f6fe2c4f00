/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-job-answer-private.h"
#include "core/wb-weight.h"

guint
_wb_job_state_get_remaining (const WbJobState *state, guint number)
{
  const WbJobLineState *line = wb_job_state_get_line (state, number);

  if (line == NULL)
    return 0;
  return line->to_send - (state->step == WB_JOB_STEP_PICK ? line->picked : line->verified);
}

static char *
expect_division (const WbJobState *state)
{
  guint rank = wb_job_state_get_parcel_rank (state, state->parcel);

  if (wb_job_parcel_get_pieces (wb_job_state_get_parcel (state, state->parcel)) == 0)
    return g_strdup_printf (_ ("Scan what goes into parcel %u."), rank);
  return g_strdup_printf (_ ("Scan what else goes into parcel %u, or confirm that this is all."), rank);
}

static char *
expect_line (const WbJobState *state)
{
  const WbJobLine *line = wb_job_get_line (state->job, state->line);
  guint n = _wb_job_state_get_remaining (state, state->line);

  if (line == NULL)
    return state->is_dividing ? expect_division (state) : g_strdup ("");
  if (state->step == WB_JOB_STEP_VERIFY)
    return g_strdup_printf (ngettext ("Scan %u piece of %s.", "Scan %u pieces of %s.", n), n, line->name);
  if (line->bin == NULL)
    return g_strdup_printf (ngettext ("Fetch %u piece of %s.", "Fetch %u pieces of %s.", n), n, line->name);
  return g_strdup_printf (ngettext ("Fetch %u piece of %s from %s.", "Fetch %u pieces of %s from %s.", n), n,
                          line->name, line->bin);
}

static char *
expect_box (const WbJobState *state)
{
  const WbJobBox *box = wb_job_state_suggest_box (state, state->parcel);

  if (wb_job_state_get_n_parcels (state) > 1)
    return g_strdup_printf (_ ("Scan the box of parcel %u."), wb_job_state_get_parcel_rank (state, state->parcel));
  if (box == NULL)
    return g_strdup (_ ("Scan the box you take."));
  return g_strdup_printf (_ ("Take “%s”, or scan another box."), box->name);
}

static char *
expect_weight (const WbJobState *state)
{
  gint64 low_g = 0;
  gint64 high_g = 0;
  gboolean several = wb_job_state_get_n_parcels (state) > 1;
  guint rank = wb_job_state_get_parcel_rank (state, state->parcel);
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (!wb_job_state_get_expected_weight (state, state->parcel, &low_g, &high_g))
    return several ? g_strdup_printf (_ ("Weigh parcel %u."), rank) : g_strdup (_ ("Weigh the parcel."));
  low = wb_weight_to_string (low_g);
  high = wb_weight_to_string (high_g);
  return several ? g_strdup_printf (_ ("Weigh parcel %u: %s to %s."), rank, low, high)
                 : g_strdup_printf (_ ("Weigh the parcel: %s to %s."), low, high);
}

static char *
expect_label (const WbJobState *state)
{
  guint n = wb_job_state_get_n_parcels (state);
  guint open = 0;

  for (guint i = 1; i <= state->parcels->len; i++)
    open += wb_job_state_get_parcel (state, i)->tracking != NULL && !wb_job_state_get_parcel (state, i)->is_final ? 1 : 0;
  if (n < 2)
    return g_strdup (_ ("Scan the label on the parcel."));
  return g_strdup_printf (ngettext ("Scan the label on the parcel that is left.", "Scan the labels on the %u parcels that are left.",
                                    open), open);
}

char *
wb_job_state_get_expectation (const WbJobState *state)
{
  g_return_val_if_fail (state != NULL, NULL);

  if (state->mistake != NULL)
    return g_strdup (_ ("Confirm that you have seen it."));
  switch (state->step)
    {
    case WB_JOB_STEP_REVIEW:
      return g_strdup (state->line > 0 ? _ ("Read the instruction and confirm it.") : _ ("Read the order and confirm."));
    case WB_JOB_STEP_PICK:
    case WB_JOB_STEP_VERIFY:
      return expect_line (state);
    case WB_JOB_STEP_BOX:
      return expect_box (state);
    case WB_JOB_STEP_WEIGH:
      return expect_weight (state);
    case WB_JOB_STEP_LABEL:
      return g_strdup (_ ("Wait for the label."));
    case WB_JOB_STEP_FINAL:
      return expect_label (state);
    case WB_JOB_STEP_DONE:
    default:
      return g_strdup (_ ("This order is finished."));
    }
}
