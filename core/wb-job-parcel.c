/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-carton.h"
#include "core/wb-job-state-private.h"

/* What a scale may be off: one part in twenty, but not less than a sheet of paper and some tape. */
#define TOLERANCE_PARTS 20
#define TOLERANCE_LEAST_G 30

guint
wb_job_parcel_get_pieces (const WbJobParcel *self)
{
  guint pieces = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->contents->len; i++)
    pieces += g_array_index (self->contents, guint, i);
  return pieces;
}

guint
wb_job_state_get_n_parcels (const WbJobState *self)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 1; i <= self->parcels->len; i++)
    n += wb_job_parcel_get_pieces (_wb_job_state_peek_parcel (self, i)) > 0 ? 1 : 0;
  return n;
}

guint
wb_job_state_get_parcel_rank (const WbJobState *self, guint number)
{
  guint rank = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 1; i <= MIN (number, self->parcels->len); i++)
    rank += i == number || wb_job_parcel_get_pieces (_wb_job_state_peek_parcel (self, i)) > 0 ? 1 : 0;
  return MAX (rank, 1);
}

guint
wb_job_state_get_in_parcel (const WbJobState *self, guint number, guint line)
{
  const WbJobParcel *parcel = NULL;

  g_return_val_if_fail (self != NULL, 0);

  parcel = _wb_job_state_peek_parcel (self, number);
  return parcel != NULL && line >= 1 && line <= parcel->contents->len
             ? g_array_index (parcel->contents, guint, line - 1)
             : 0;
}

/* Whether all that is still to come would go into this parcel. */
static gboolean
is_filling (const WbJobState *self, guint number)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return number == MAX (self->parcels->len, 1) && self->step < WB_JOB_STEP_BOX && !self->is_dividing;
}

guint
wb_job_state_get_meant (const WbJobState *self, guint number, guint line)
{
  const WbJobLineState *state = NULL;
  guint elsewhere = 0;

  g_return_val_if_fail (self != NULL, 0);

  state = _wb_job_state_peek_line (self, line);
  if (state == NULL || !is_filling (self, number))
    return wb_job_state_get_in_parcel (self, number, line);
  for (guint i = 1; i <= self->parcels->len; i++)
    elsewhere += i != number ? wb_job_state_get_in_parcel (self, i, line) : 0;
  return state->to_send - MIN (elsewhere, state->to_send);
}

const WbJobBox *
wb_job_state_get_box (const WbJobState *self, guint number)
{
  const WbJobParcel *parcel = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  parcel = _wb_job_state_peek_parcel (self, number);
  return parcel != NULL && parcel->box != NULL ? wb_job_find_box (self->job, parcel->box) : NULL;
}

gboolean
wb_job_state_get_expected_weight (const WbJobState *self, guint number, gint64 *low_g, gint64 *high_g)
{
  const WbJobBox *box = NULL;
  gint64 total_g = 0;
  gint64 slack_g = 0;

  g_return_val_if_fail (self != NULL && low_g != NULL && high_g != NULL, FALSE);

  *low_g = *high_g = 0;
  box = wb_job_state_get_box (self, number);
  for (guint i = 1; i <= self->lines->len; i++)
    {
      const WbJobLine *line = wb_job_get_line (self->job, i);
      guint pieces = wb_job_state_get_meant (self, number, i);

      if (line->unit_weight_g == 0 && pieces > 0)
        return FALSE;
      total_g += line->unit_weight_g * pieces;
    }
  total_g += box != NULL ? box->tare_g : 0;
  slack_g = MAX (total_g / TOLERANCE_PARTS, TOLERANCE_LEAST_G);
  *low_g = MAX (total_g - slack_g, 1);
  *high_g = total_g + slack_g;
  return total_g > 0;
}

static GArray *
list_items (const WbJobState *self, guint number, gboolean meant, guint one_more)
{
  GArray *items = g_array_new (FALSE, TRUE, sizeof (WbCartonItem));

  for (guint i = 1; i <= self->lines->len; i++)
    {
      const WbJobLine *line = wb_job_get_line (self->job, i);
      WbCartonItem item = { line->width_mm, line->depth_mm, line->height_mm, line->unit_weight_g,
                            meant ? wb_job_state_get_meant (self, number, i)
                                  : wb_job_state_get_in_parcel (self, number, i) };

      item.quantity += i == one_more ? 1 : 0;
      g_array_append_val (items, item);
    }
  return items;
}

const WbJobBox *
wb_job_state_suggest_box (const WbJobState *self, guint number)
{
  g_autoptr (GArray) items = NULL;
  g_autoptr (GArray) boxes = g_array_new (FALSE, TRUE, sizeof (WbCartonBox));
  gint chosen = -1;

  g_return_val_if_fail (self != NULL, NULL);

  items = list_items (self, number, TRUE, 0);
  for (guint i = 0; i < self->job->boxes->len; i++)
    {
      const WbJobBox *box = g_ptr_array_index (self->job->boxes, i);
      WbCartonBox carton = { box->width_mm, box->depth_mm, box->height_mm, box->tare_g, box->max_g };

      g_array_append_val (boxes, carton);
    }
  chosen = wb_carton_choose (items, boxes);
  return chosen >= 0 ? g_ptr_array_index (self->job->boxes, chosen) : NULL;
}

gboolean
wb_job_state_has_room (const WbJobState *self, guint number, guint line)
{
  const WbJobBox *box = NULL;
  g_autoptr (GArray) items = NULL;
  g_autoptr (GArray) places = NULL;
  WbCartonBox carton = { 0 };

  g_return_val_if_fail (self != NULL, TRUE);

  box = wb_job_state_get_box (self, number);
  if (box == NULL)
    box = wb_job_state_suggest_box (self, number);
  if (box == NULL && self->job->boxes->len > 0)
    box = g_ptr_array_index (self->job->boxes, self->job->boxes->len - 1);
  if (box == NULL)
    return TRUE;
  carton = (WbCartonBox){ box->width_mm, box->depth_mm, box->height_mm, box->tare_g, box->max_g };
  items = list_items (self, number, FALSE, line);
  places = wb_carton_pack (items, &carton);
  return places != NULL;
}
