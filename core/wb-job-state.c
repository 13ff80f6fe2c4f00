/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-carton.h"
#include "core/wb-job-state.h"

/* More parcels than any bench makes of one order: an event from outside must not make us allocate. */
#define MAX_PARCELS 99

/* What a scale may be off: one part in twenty, but not less than a sheet of paper and some tape. */
#define TOLERANCE_PARTS 20
#define TOLERANCE_LEAST_G 30

static void
parcel_free (gpointer data)
{
  WbJobParcel *parcel = data;

  g_free (parcel->box);
  g_free (parcel->tracking);
  g_free (parcel->sscc);
  g_free (parcel->print_job);
  g_free (parcel);
}

static WbJobLineState *
line_state (const WbJobState *self, guint number)
{
  return number >= 1 && number <= self->lines->len ? &g_array_index (self->lines, WbJobLineState, number - 1) : NULL;
}

static WbJobParcel *
parcel_state (const WbJobState *self, guint number)
{
  return number >= 1 && number <= self->parcels->len ? g_ptr_array_index (self->parcels, number - 1) : NULL;
}

static void
reset (WbJobState *self)
{
  const WbJob *job = self->job;

  g_array_set_size (self->lines, 0);
  g_array_set_size (self->acknowledged, 0);
  g_ptr_array_set_size (self->parcels, 0);
  for (guint i = 0; i < job->lines->len; i++)
    {
      const WbJobLine *line = g_ptr_array_index (job->lines, i);
      WbJobLineState state = { .to_send = line->quantity };

      g_array_append_val (self->lines, state);
    }
  g_array_set_size (self->acknowledged, job->instructions->len);
  self->step = WB_JOB_STEP_REVIEW;
  self->line = 0;
  self->parcel = 0;
  self->mistake = NULL;
  self->n_mistakes = 0;
  self->is_reviewed = FALSE;
  self->is_boxed = FALSE;
  self->is_aside = FALSE;
  self->shipment = 0;
  self->started_us = 0;
}

static gboolean
is_undoable (WbJobEventKind kind)
{
  switch (kind)
    {
    case WB_JOB_EVENT_ACKNOWLEDGE:
    case WB_JOB_EVENT_REVIEWED:
    case WB_JOB_EVENT_PICK:
    case WB_JOB_EVENT_VERIFY:
    case WB_JOB_EVENT_SKIP:
    case WB_JOB_EVENT_SHORT:
    case WB_JOB_EVENT_DAMAGED:
    case WB_JOB_EVENT_BOX:
    case WB_JOB_EVENT_BOXED:
    case WB_JOB_EVENT_WEIGH:
      return TRUE;
    case WB_JOB_EVENT_CLAIM:
    case WB_JOB_EVENT_WRONG:
    case WB_JOB_EVENT_LABEL:
    case WB_JOB_EVENT_PRINTED:
    case WB_JOB_EVENT_FINAL:
    case WB_JOB_EVENT_ASIDE:
    case WB_JOB_EVENT_HELP:
    case WB_JOB_EVENT_UNDO:
    case WB_JOB_EVENT_SHIPPED:
    default:
      return FALSE;
    }
}

/* Ids of the events that count no longer. A later undo of the same event changes nothing more. */
static GHashTable *
find_undone (const WbJobState *self)
{
  GHashTable *undone = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->events->len; i++)
    {
      const WbJobEvent *event = g_ptr_array_index (self->events, i);
      const WbJobEvent *target = NULL;

      if (event->kind != WB_JOB_EVENT_UNDO || event->code == NULL)
        continue;
      target = g_hash_table_lookup (self->ids, event->code);
      if (target != NULL && is_undoable (target->kind))
        g_hash_table_add (undone, target->id);
    }
  return undone;
}

static void
fold_line (WbJobState *self, const WbJobEvent *event, guint *rank)
{
  WbJobLineState *line = line_state (self, event->line);
  guint quantity = event->quantity;

  if (line == NULL)
    return;
  self->line = event->line;
  if (event->kind == WB_JOB_EVENT_PICK)
    line->picked += MIN (quantity, line->to_send - line->picked);
  else if (event->kind == WB_JOB_EVENT_VERIFY)
    line->verified += MIN (quantity, line->to_send - line->verified);
  else if (event->kind == WB_JOB_EVENT_SKIP)
    {
      line->rank = ++*rank;
      self->line = 0;
    }
  else if (event->kind == WB_JOB_EVENT_SHORT)
    {
      quantity = MIN (quantity, line->to_send - line->verified);
      line->missing += quantity;
      line->to_send -= quantity;
      line->picked = MIN (line->picked, line->to_send);
    }
  else if (event->kind == WB_JOB_EVENT_DAMAGED)
    {
      quantity = MIN (quantity, line->to_send);
      line->damaged += quantity;
      line->picked = MIN (line->picked, line->to_send - quantity);
      line->verified = MIN (line->verified, line->to_send - quantity);
    }
}

static void
fold_box (WbJobState *self, const WbJobEvent *event)
{
  WbJobParcel *parcel = parcel_state (self, event->parcel);

  if (parcel == NULL && event->parcel == self->parcels->len + 1 && event->parcel <= MAX_PARCELS)
    {
      parcel = g_new0 (WbJobParcel, 1);
      g_ptr_array_add (self->parcels, parcel);
    }
  /* A parcel that has a label keeps its box: the label says what was paid for. */
  if (parcel == NULL || parcel->tracking != NULL)
    return;
  g_free (parcel->box);
  parcel->box = g_strdup (event->code);
}

static void
fold_parcel (WbJobState *self, const WbJobEvent *event)
{
  WbJobParcel *parcel = parcel_state (self, event->parcel);

  if (parcel == NULL)
    return;
  if (event->kind == WB_JOB_EVENT_WEIGH && parcel->tracking == NULL && event->number > 0)
    parcel->weight_g = event->number;
  else if (event->kind == WB_JOB_EVENT_LABEL && parcel->tracking == NULL)
    {
      parcel->tracking = g_strdup (event->code);
      parcel->sscc = g_strdup (event->text);
    }
  else if (event->kind == WB_JOB_EVENT_PRINTED && parcel->tracking != NULL)
    {
      g_free (parcel->print_job);
      parcel->print_job = g_strdup (event->code != NULL ? event->code : "");
    }
  else if (event->kind == WB_JOB_EVENT_FINAL && parcel->tracking != NULL)
    parcel->is_final = TRUE;
}

static void
fold_wrong (WbJobState *self, const WbJobEvent *event)
{
  WbJobParcel *parcel = parcel_state (self, event->parcel);

  self->mistake = event;
  self->n_mistakes++;
  if (parcel != NULL && event->number > 0)
    parcel->doubted_g = event->number;
}

static void
fold_event (WbJobState *self, const WbJobEvent *event, guint *rank)
{
  switch (event->kind)
    {
    case WB_JOB_EVENT_CLAIM:
      self->is_aside = FALSE;
      self->started_us = self->started_us == 0 ? event->at_us : self->started_us;
      break;
    case WB_JOB_EVENT_ACKNOWLEDGE:
      if (event->line == 0)
        self->mistake = NULL;
      else if (event->line <= self->acknowledged->len)
        g_array_index (self->acknowledged, gboolean, event->line - 1) = TRUE;
      break;
    case WB_JOB_EVENT_REVIEWED:
      self->is_reviewed = TRUE;
      break;
    case WB_JOB_EVENT_PICK:
    case WB_JOB_EVENT_VERIFY:
    case WB_JOB_EVENT_SKIP:
    case WB_JOB_EVENT_SHORT:
    case WB_JOB_EVENT_DAMAGED:
      fold_line (self, event, rank);
      break;
    case WB_JOB_EVENT_WRONG:
      fold_wrong (self, event);
      break;
    case WB_JOB_EVENT_BOX:
      fold_box (self, event);
      break;
    case WB_JOB_EVENT_BOXED:
      self->is_boxed = TRUE;
      break;
    case WB_JOB_EVENT_WEIGH:
    case WB_JOB_EVENT_LABEL:
    case WB_JOB_EVENT_PRINTED:
    case WB_JOB_EVENT_FINAL:
      fold_parcel (self, event);
      break;
    case WB_JOB_EVENT_ASIDE:
      self->is_aside = TRUE;
      break;
    case WB_JOB_EVENT_SHIPPED:
      self->shipment = event->number;
      break;
    case WB_JOB_EVENT_HELP:
    case WB_JOB_EVENT_UNDO:
    default:
      break;
    }
}

/* First instruction that somebody still has to read; 0 when all are. */
static guint
find_instruction (const WbJobState *self)
{
  for (guint i = 0; i < self->acknowledged->len; i++)
    {
      const WbJobInstruction *instruction = g_ptr_array_index (self->job->instructions, i);

      if (instruction->must_acknowledge && !g_array_index (self->acknowledged, gboolean, i))
        return i + 1;
    }
  return 0;
}

static gboolean
line_is_open (const WbJobState *self, WbJobStep step, guint number)
{
  const WbJobLineState *line = line_state (self, number);

  return line != NULL && (step == WB_JOB_STEP_PICK ? line->picked : line->verified) < line->to_send;
}

/* The line in hand stays in hand until it is finished; then comes the next of the walk. */
static guint
find_line (const WbJobState *self, WbJobStep step)
{
  g_autoptr (GArray) walk = NULL;

  if (line_is_open (self, step, self->line))
    return self->line;
  walk = wb_job_state_get_walk (self);
  for (guint i = 0; i < walk->len; i++)
    if (line_is_open (self, step, g_array_index (walk, guint, i)))
      return g_array_index (walk, guint, i);
  return 0;
}

static gboolean
parcel_is_open (const WbJobParcel *parcel, WbJobStep step)
{
  if (step == WB_JOB_STEP_WEIGH)
    return parcel->weight_g == 0;
  if (step == WB_JOB_STEP_LABEL)
    return parcel->tracking == NULL || parcel->print_job == NULL;
  return !parcel->is_final;
}

static guint
find_parcel (const WbJobState *self, WbJobStep step)
{
  for (guint i = 0; i < self->parcels->len; i++)
    if (parcel_is_open (g_ptr_array_index (self->parcels, i), step))
      return i + 1;
  return 0;
}

/* Whether @step is done; if not, what of it is in hand. */
static gboolean
is_done (const WbJobState *self, WbJobStep step, guint *line, guint *parcel)
{
  *line = 0;
  *parcel = 0;
  switch (step)
    {
    case WB_JOB_STEP_REVIEW:
      *line = find_instruction (self);
      return self->is_reviewed && *line == 0;
    case WB_JOB_STEP_PICK:
    case WB_JOB_STEP_VERIFY:
      *line = find_line (self, step);
      return *line == 0;
    case WB_JOB_STEP_BOX:
      *parcel = self->parcels->len + 1;
      return self->is_boxed && self->parcels->len > 0;
    case WB_JOB_STEP_WEIGH:
    case WB_JOB_STEP_LABEL:
    case WB_JOB_STEP_FINAL:
      *parcel = find_parcel (self, step);
      return *parcel == 0;
    case WB_JOB_STEP_DONE:
    default:
      return FALSE;
    }
}

static void
find_step (WbJobState *self)
{
  guint line = 0;
  guint parcel = 0;

  for (guint i = 0; i < self->job->steps->len; i++)
    {
      WbJobStep step = g_array_index (self->job->steps, WbJobStep, i);

      if (!is_done (self, step, &line, &parcel))
        {
          self->step = step;
          self->line = line;
          self->parcel = parcel;
          return;
        }
    }
  self->step = WB_JOB_STEP_DONE;
  self->line = 0;
  self->parcel = 0;
}

static void
fold (WbJobState *self)
{
  g_autoptr (GHashTable) undone = find_undone (self);
  guint rank = 0;

  reset (self);
  for (guint i = 0; i < self->events->len; i++)
    {
      const WbJobEvent *event = g_ptr_array_index (self->events, i);

      if (!g_hash_table_contains (undone, event->id))
        fold_event (self, event, &rank);
    }
  find_step (self);
}

WbJobState *
wb_job_state_new (WbJob *job)
{
  WbJobState *self = g_new0 (WbJobState, 1);

  g_return_val_if_fail (job != NULL, NULL);

  self->job = wb_job_ref (job);
  self->lines = g_array_new (FALSE, TRUE, sizeof (WbJobLineState));
  self->parcels = g_ptr_array_new_with_free_func (parcel_free);
  self->acknowledged = g_array_new (FALSE, TRUE, sizeof (gboolean));
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_job_event_free);
  self->ids = g_hash_table_new (g_str_hash, g_str_equal);
  fold (self);
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
  fold (self);
  return TRUE;
}

void
wb_job_state_add_all (WbJobState *self, GPtrArray *events)
{
  g_return_if_fail (self != NULL && events != NULL);

  for (guint i = 0; i < events->len; i++)
    remember (self, g_ptr_array_index (events, i));
  fold (self);
}

static gboolean
parcel_equal (const WbJobParcel *a, const WbJobParcel *b)
{
  return a->weight_g == b->weight_g && a->doubted_g == b->doubted_g && a->is_final == b->is_final &&
         g_strcmp0 (a->box, b->box) == 0 && g_strcmp0 (a->tracking, b->tracking) == 0 &&
         g_strcmp0 (a->sscc, b->sscc) == 0 && g_strcmp0 (a->print_job, b->print_job) == 0;
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
      a->is_reviewed != b->is_reviewed || a->is_boxed != b->is_boxed || a->is_aside != b->is_aside ||
      a->shipment != b->shipment || a->lines->len != b->lines->len || a->parcels->len != b->parcels->len ||
      g_strcmp0 (a->mistake != NULL ? a->mistake->id : NULL, b->mistake != NULL ? b->mistake->id : NULL) != 0)
    return FALSE;
  for (guint i = 1; i <= a->lines->len; i++)
    if (!line_state_equal (line_state (a, i), line_state (b, i)))
      return FALSE;
  for (guint i = 1; i <= a->parcels->len; i++)
    if (!parcel_equal (parcel_state (a, i), parcel_state (b, i)))
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

  return line_state (self, number);
}

const WbJobParcel *
wb_job_state_get_parcel (const WbJobState *self, guint number)
{
  g_return_val_if_fail (self != NULL, NULL);

  return parcel_state (self, number);
}

static gint
compare_walk (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const WbJobState *self = user_data;
  guint first = *(const guint *) a;
  guint second = *(const guint *) b;
  const WbJobLine *one = wb_job_get_line (self->job, first);
  const WbJobLine *two = wb_job_get_line (self->job, second);
  guint rank_one = line_state (self, first)->rank;
  guint rank_two = line_state (self, second)->rank;
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
    pieces += line_state (self, i)->to_send;
  return pieces;
}

guint
wb_job_state_get_verified (const WbJobState *self)
{
  guint pieces = 0;

  for (guint i = 1; i <= self->lines->len; i++)
    pieces += line_state (self, i)->verified;
  return pieces;
}

guint
wb_job_state_get_picked (const WbJobState *self)
{
  guint pieces = 0;

  for (guint i = 1; i <= self->lines->len; i++)
    pieces += line_state (self, i)->picked;
  return pieces;
}

GPtrArray *
wb_job_state_get_undoable (const WbJobState *self)
{
  g_autoptr (GHashTable) undone = NULL;
  GPtrArray *found = g_ptr_array_new ();

  g_return_val_if_fail (self != NULL, found);

  undone = find_undone (self);
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
      if (is_undoable (event->kind) && !g_hash_table_contains (undone, event->id))
        g_ptr_array_add (found, event);
    }
  return found;
}

gboolean
wb_job_state_get_expected_weight (const WbJobState *self, gint64 *low_g, gint64 *high_g)
{
  const WbJobBox *box = NULL;
  gint64 total_g = 0;
  gint64 slack_g = 0;

  g_return_val_if_fail (self != NULL && low_g != NULL && high_g != NULL, FALSE);

  *low_g = *high_g = 0;
  if (self->parcels->len > 1)
    return FALSE;
  if (self->parcels->len == 1)
    box = wb_job_find_box (self->job, parcel_state (self, 1)->box != NULL ? parcel_state (self, 1)->box : "");
  for (guint i = 1; i <= self->lines->len; i++)
    {
      const WbJobLine *line = wb_job_get_line (self->job, i);

      if (line->unit_weight_g == 0 && line_state (self, i)->to_send > 0)
        return FALSE;
      total_g += line->unit_weight_g * line_state (self, i)->to_send;
    }
  total_g += box != NULL ? box->tare_g : 0;
  slack_g = MAX (total_g / TOLERANCE_PARTS, TOLERANCE_LEAST_G);
  *low_g = MAX (total_g - slack_g, 1);
  *high_g = total_g + slack_g;
  return total_g > 0;
}

const WbJobBox *
wb_job_state_suggest_box (const WbJobState *self)
{
  g_autoptr (GArray) items = g_array_new (FALSE, TRUE, sizeof (WbCartonItem));
  g_autoptr (GArray) boxes = g_array_new (FALSE, TRUE, sizeof (WbCartonBox));
  gint chosen = -1;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 1; i <= self->lines->len; i++)
    {
      const WbJobLine *line = wb_job_get_line (self->job, i);
      WbCartonItem item = { line->width_mm, line->depth_mm, line->height_mm, line->unit_weight_g,
                            line_state (self, i)->to_send };

      g_array_append_val (items, item);
    }
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
wb_job_state_has_step (const WbJobState *self, WbJobStep step)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->job->steps->len; i++)
    if (g_array_index (self->job->steps, WbJobStep, i) == step)
      return TRUE;
  return FALSE;
}
