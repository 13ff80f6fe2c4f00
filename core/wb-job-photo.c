/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-job-photo.h"

guint
wb_job_photo_from_words (const char *const *words)
{
  static const struct
  {
    const char *word;
    WbJobPhoto moment;
  } moments[] = {
    { "packed", WB_JOB_PHOTO_PACKED },
    { "weighed", WB_JOB_PHOTO_WEIGHED },
    { "labelled", WB_JOB_PHOTO_LABELLED },
  };
  guint found = 0;

  for (guint i = 0; words != NULL && i < G_N_ELEMENTS (moments); i++)
    if (g_strv_contains (words, moments[i].word))
      found |= moments[i].moment;
  return found;
}

/* The one in hand is packed when nothing is verified any more; one before it is when the next was begun. */
static gboolean
is_packed (const WbJobState *state, guint parcel)
{
  if (state->step > WB_JOB_STEP_VERIFY)
    return TRUE;
  return state->step == WB_JOB_STEP_VERIFY && parcel != state->parcel && !state->is_dividing;
}

guint
wb_job_photo_get_reached (const WbJobState *state, guint parcel)
{
  const WbJobParcel *one = NULL;
  guint reached = 0;

  g_return_val_if_fail (state != NULL, 0);

  one = wb_job_state_get_parcel (state, parcel);
  if (one == NULL || wb_job_parcel_get_pieces (one) == 0)
    return 0;
  if (is_packed (state, parcel))
    reached |= WB_JOB_PHOTO_PACKED;
  if (one->weight_g > 0)
    reached |= WB_JOB_PHOTO_WEIGHED;
  if (one->is_final)
    reached |= WB_JOB_PHOTO_LABELLED;
  return reached;
}
