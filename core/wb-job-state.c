/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-job-state-private.h"

WbJobState *
wb_job_state_new (WbJob *job)
{
  WbJobState *self = g_new0 (WbJobState, 1);

  g_return_val_if_fail (job != NULL, NULL);

  self->job = wb_job_ref (job);
  self->lines = g_array_new (FALSE, TRUE, sizeof (WbJobLineState));
  self->parcels = g_ptr_array_new_with_free_func (_wb_job_parcel_free);
  self->acknowledged = g_array_new (FALSE, TRUE, sizeof (gboolean));
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_job_event_free);
  self->ids = g_hash_table_new (g_str_hash, g_str_equal);
  _wb_job_state_fold (self);
  return self;
}

void
wb_job_state_free (WbJobState *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->ids);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->parcels);
  g_array_unref (self->acknowledged);
  g_array_unref (self->lines);
  wb_job_unref (self->job);
  g_free (self);
}

static gboolean
remember (WbJobState *self, const WbJobEvent *event)
{
  WbJobEvent *copy = NULL;

  if (g_hash_table_contains (self->ids, event->id))
    return FALSE;
  copy = wb_job_event_copy (event);
  g_ptr_array_add (self->events, copy);
  g_hash_table_insert (self->ids, copy->id, copy);
  return TRUE;
}

gboolean
wb_job_state_add (WbJobState *self, const WbJobEvent *event)
{
  g_return_val_if_fail (self != NULL && event != NULL, FALSE);

  if (!remember (self, event))
    return FALSE;
  _wb_job_state_fold (self);
  return TRUE;
}

void
wb_job_state_add_all (WbJobState *self, GPtrArray *events)
{
  g_return_if_fail (self != NULL && events != NULL);

  for (guint i = 0; i < events->len; i++)
    remember (self, g_ptr_array_index (events, i));
  _wb_job_state_fold (self);
}

static gboolean
parcel_equal (const WbJobParcel *a, const WbJobParcel *b)
{
  return a->weight_g == b->weight_g && a->doubted_g == b->doubted_g && a->is_final == b->is_final &&
         g_strcmp0 (a->box, b->box) == 0 && g_strcmp0 (a->tracking, b->tracking) == 0 &&
         g_strcmp0 (a->sscc, b->sscc) == 0 && g_strcmp0 (a->print_job, b->print_job) == 0 &&
         memcmp (a->contents->data, b->contents->data, a->contents->len * sizeof (guint)) == 0;
}

static gboolean
line_state_equal (const WbJobLineState *a, const WbJobLineState *b)
{
  return a->to_send == b->to_send && a->picked == b->picked && a->verified == b->verified &&
         a->missing == b->missing && a->damaged == b->damaged && a->rank == b->rank;
}

gboolean
wb_job_state_equal (const WbJobState *a, const WbJobState *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a->step != b->step || a->line != b->line || a->parcel != b->parcel || a->n_mistakes != b->n_mistakes ||
      a->is_reviewed != b->is_reviewed || a->is_dividing != b->is_dividing || a->is_aside != b->is_aside ||
      a->shipment != b->shipment || a->lines->len != b->lines->len || a->parcels->len != b->parcels->len ||
      g_strcmp0 (a->service, b->service) != 0 ||
      g_strcmp0 (a->mistake != NULL ? a->mistake->id : NULL, b->mistake != NULL ? b->mistake->id : NULL) != 0)
    return FALSE;
  for (guint i = 1; i <= a->lines->len; i++)
    if (!line_state_equal (_wb_job_state_peek_line (a, i), _wb_job_state_peek_line (b, i)))
      return FALSE;
  for (guint i = 1; i <= a->parcels->len; i++)
    if (!parcel_equal (_wb_job_state_peek_parcel (a, i), _wb_job_state_peek_parcel (b, i)))
      return FALSE;
  for (guint i = 0; i < a->acknowledged->len; i++)
    if (g_array_index (a->acknowledged, gboolean, i) != g_array_index (b->acknowledged, gboolean, i))
      return FALSE;
  return TRUE;
}

const WbJobLineState *
wb_job_state_get_line (const WbJobState *self, guint number)
{
  g_return_val_if_fail (self != NULL, NULL);

  return _wb_job_state_peek_line (self, number);
}

const WbJobParcel *
wb_job_state_get_parcel (const WbJobState *self, guint number)
{
  g_return_val_if_fail (self != NULL, NULL);

  return _wb_job_state_peek_parcel (self, number);
}

static gint
compare_walk (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const WbJobState *self = user_data;
  guint first = *(const guint *) a;
  guint second = *(const guint *) b;
  const WbJobLine *one = wb_job_get_line (self->job, first);
  const WbJobLine *two = wb_job_get_line (self->job, second);
  guint rank_one = _wb_job_state_peek_line (self, first)->rank;
  guint rank_two = _wb_job_state_peek_line (self, second)->rank;
  gint bins = 0;

  if (rank_one != rank_two)
    return rank_one < rank_two ? -1 : 1;
  if (one->walk != two->walk)
    return one->walk < two->walk ? -1 : 1;
  bins = g_strcmp0 (one->bin, two->bin);
  return bins != 0 ? bins : first < second ? -1 : 1;
}

GArray *
wb_job_state_get_walk (const WbJobState *self)
{
  GArray *walk = g_array_new (FALSE, FALSE, sizeof (guint));

  g_return_val_if_fail (self != NULL, walk);

  for (guint i = 1; i <= self->lines->len; i++)
    g_array_append_val (walk, i);
  g_array_sort_with_data (walk, compare_walk, (gpointer) self);
  return walk;
}

guint
wb_job_state_get_to_send (const WbJobState *self)
{
  guint pieces = 0;

  for (guint i = 1; i <= self->lines->len; i++)
    pieces += _wb_job_state_peek_line (self, i)->to_send;
  return pieces;
}

guint
wb_job_state_get_verified (const WbJobState *self)
{
  guint pieces = 0;

  for (guint i = 1; i <= self->lines->len; i++)
    pieces += _wb_job_state_peek_line (self, i)->verified;
  return pieces;
}

guint
wb_job_state_get_picked (const WbJobState *self)
{
  guint pieces = 0;

  for (guint i = 1; i <= self->lines->len; i++)
    pieces += _wb_job_state_peek_line (self, i)->picked;
  return pieces;
}

GPtrArray *
wb_job_state_get_undoable (const WbJobState *self)
{
  g_autoptr (GHashTable) undone = NULL;
  GPtrArray *found = g_ptr_array_new ();

  g_return_val_if_fail (self != NULL, found);

  undone = _wb_job_state_find_undone (self);
  for (guint i = self->events->len; i > 0; i--)
    {
      WbJobEvent *event = g_ptr_array_index (self->events, i - 1);
      const WbJobEvent *last = found->len > 0 ? g_ptr_array_index (found, 0) : NULL;

      /* What one input brought about happened at one moment and goes together. */
      if (last != NULL && event->at_us != last->at_us)
        break;
      if (event->kind == WB_JOB_EVENT_LABEL || event->kind == WB_JOB_EVENT_SHIPPED)
        break;
      if (event->kind == WB_JOB_EVENT_ACKNOWLEDGE && event->line == 0)
        continue;
      if (_wb_job_event_is_undoable (event->kind) && !g_hash_table_contains (undone, event->id))
        g_ptr_array_add (found, event);
    }
  return found;
}

gboolean
wb_job_state_has_step (const WbJobState *self, WbJobStep step)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->job->steps->len; i++)
    if (g_array_index (self->job->steps, WbJobStep, i) == step)
      return TRUE;
  return FALSE;
}
