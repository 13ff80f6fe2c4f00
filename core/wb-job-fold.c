/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events into state. wb.job_fold() in db/api/61-job-fold.sql does the same to what the database needs of it: a change
 * here is a change there, and tests/db/test-job-fold.c holds the two together. */
#include "config.h"

#include "core/wb-job-state-private.h"

/* More parcels than any bench makes of one order: an event from outside must not make us allocate. */
#define MAX_PARCELS 99

void
_wb_job_parcel_free (gpointer data)
{
  WbJobParcel *parcel = data;

  g_array_unref (parcel->contents);
  g_free (parcel->box);
  g_free (parcel->tracking);
  g_free (parcel->sscc);
  g_free (parcel->print_job);
  g_free (parcel);
}

static WbJobParcel *
new_parcel (guint n_lines)
{
  WbJobParcel *parcel = g_new0 (WbJobParcel, 1);

  parcel->contents = g_array_new (FALSE, TRUE, sizeof (guint));
  g_array_set_size (parcel->contents, n_lines);
  return parcel;
}

WbJobLineState *
_wb_job_state_peek_line (const WbJobState *self, guint number)
{
  return number >= 1 && number <= self->lines->len ? &g_array_index (self->lines, WbJobLineState, number - 1) : NULL;
}

WbJobParcel *
_wb_job_state_peek_parcel (const WbJobState *self, guint number)
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
  self->is_dividing = FALSE;
  self->is_aside = FALSE;
  self->service = NULL;
  self->shipment = 0;
  self->started_us = 0;
}

gboolean
_wb_job_event_is_undoable (WbJobEventKind kind)
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
    case WB_JOB_EVENT_ANOTHER:
    case WB_JOB_EVENT_MOVE:
    case WB_JOB_EVENT_FILLED:
    case WB_JOB_EVENT_BOX:
    case WB_JOB_EVENT_BOXED:
    case WB_JOB_EVENT_WEIGH:
    case WB_JOB_EVENT_SERVICE:
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
GHashTable *
_wb_job_state_find_undone (const WbJobState *self)
{
  GHashTable *undone = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->events->len; i++)
    {
      const WbJobEvent *event = g_ptr_array_index (self->events, i);
      const WbJobEvent *target = NULL;

      if (event->kind != WB_JOB_EVENT_UNDO || event->code == NULL)
        continue;
      target = g_hash_table_lookup (self->ids, event->code);
      if (target != NULL && _wb_job_event_is_undoable (target->kind))
        g_hash_table_add (undone, target->id);
    }
  return undone;
}

/* ── Boxes and what is in them ───────────────────────────────────────────────────────────────── */

/* A weight is that of what was in the box: when that changes, it is weighed again. A label keeps what it was made for. */
static void
touch_parcel (WbJobParcel *parcel)
{
  if (parcel->tracking != NULL)
    return;
  parcel->weight_g = 0;
  parcel->doubted_g = 0;
}

static WbJobParcel *
add_parcel (WbJobState *self)
{
  g_ptr_array_add (self->parcels, new_parcel (self->lines->len));
  return g_ptr_array_index (self->parcels, self->parcels->len - 1);
}

/* Pieces go into the box that the event names; one that names none, or one that cannot be, means the last. */
static void
put_in (WbJobState *self, guint number, guint line, guint quantity)
{
  WbJobParcel *parcel = _wb_job_state_peek_parcel (self, number);

  if (parcel == NULL && number == self->parcels->len + 1 && number <= MAX_PARCELS)
    parcel = add_parcel (self);
  if (parcel == NULL)
    parcel = self->parcels->len > 0 ? _wb_job_state_peek_parcel (self, self->parcels->len) : add_parcel (self);
  g_array_index (parcel->contents, guint, line - 1) += quantity;
  touch_parcel (parcel);
}

static void
take_out (WbJobState *self, guint line, guint quantity)
{
  for (guint i = self->parcels->len; i > 0 && quantity > 0; i--)
    {
      WbJobParcel *parcel = _wb_job_state_peek_parcel (self, i);
      guint *in = &g_array_index (parcel->contents, guint, line - 1);
      guint taken = MIN (*in, quantity);

      if (taken == 0)
        continue;
      *in -= taken;
      quantity -= taken;
      touch_parcel (parcel);
    }
}

/* What is in boxes is what was verified; where a job has no such step, what was fetched; without either, everything. */
static guint
get_packed (const WbJobState *self, guint number)
{
  const WbJobLineState *line = _wb_job_state_peek_line (self, number);

  if (wb_job_state_has_step (self, WB_JOB_STEP_VERIFY))
    return line->verified;
  return wb_job_state_has_step (self, WB_JOB_STEP_PICK) ? line->picked : line->to_send;
}

static void
settle_line (WbJobState *self, guint number, guint parcel)
{
  guint packed = get_packed (self, number);
  guint in = 0;

  for (guint i = 1; i <= self->parcels->len; i++)
    in += g_array_index (_wb_job_state_peek_parcel (self, i)->contents, guint, number - 1);
  if (packed > in)
    put_in (self, parcel, number, packed - in);
  else
    take_out (self, number, in - packed);
}

static gboolean
is_all_packed (const WbJobState *self)
{
  for (guint i = 1; i <= self->lines->len; i++)
    if (get_packed (self, i) < _wb_job_state_peek_line (self, i)->to_send)
      return FALSE;
  return TRUE;
}

/* A box is begun when the one before has something in it. After the last piece that means: divide what is there. */
static void
fold_another (WbJobState *self, const WbJobEvent *event)
{
  if (event->parcel != self->parcels->len + 1 || event->parcel < 2 || event->parcel > MAX_PARCELS ||
      wb_job_parcel_get_pieces (_wb_job_state_peek_parcel (self, event->parcel - 1)) == 0)
    return;
  add_parcel (self);
  self->is_dividing = is_all_packed (self);
}

static void
fold_move (WbJobState *self, const WbJobEvent *event)
{
  gboolean known = event->number >= 1 && event->number <= MAX_PARCELS;
  WbJobParcel *from = known ? _wb_job_state_peek_parcel (self, (guint) event->number) : NULL;
  WbJobParcel *to = _wb_job_state_peek_parcel (self, event->parcel);
  guint quantity = 0;

  if (from == NULL || to == NULL || from == to || from->tracking != NULL || to->tracking != NULL ||
      _wb_job_state_peek_line (self, event->line) == NULL)
    return;
  quantity = MIN (event->quantity, g_array_index (from->contents, guint, event->line - 1));
  if (quantity == 0)
    return;
  g_array_index (from->contents, guint, event->line - 1) -= quantity;
  g_array_index (to->contents, guint, event->line - 1) += quantity;
  touch_parcel (from);
  touch_parcel (to);
}

static void
fold_box (WbJobState *self, const WbJobEvent *event)
{
  WbJobParcel *parcel = _wb_job_state_peek_parcel (self, event->parcel);

  if (parcel == NULL && event->parcel == self->parcels->len + 1 && event->parcel <= MAX_PARCELS)
    parcel = add_parcel (self);
  /* A parcel that has a label keeps its box: the label says what was paid for. */
  if (parcel == NULL || parcel->tracking != NULL)
    return;
  if (g_strcmp0 (parcel->box, event->code) != 0)
    touch_parcel (parcel);
  g_free (parcel->box);
  parcel->box = g_strdup (event->code);
}

static void
fold_parcel (WbJobState *self, const WbJobEvent *event)
{
  WbJobParcel *parcel = _wb_job_state_peek_parcel (self, event->parcel);

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

/* ── One event ───────────────────────────────────────────────────────────────────────────────── */

static void
fold_line (WbJobState *self, const WbJobEvent *event, guint *rank)
{
  WbJobLineState *line = _wb_job_state_peek_line (self, event->line);
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
  settle_line (self, event->line, event->kind == WB_JOB_EVENT_VERIFY ? event->parcel : 0);
}

static void
fold_wrong (WbJobState *self, const WbJobEvent *event)
{
  WbJobParcel *parcel = _wb_job_state_peek_parcel (self, event->parcel);

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
    case WB_JOB_EVENT_ANOTHER:
      fold_another (self, event);
      break;
    case WB_JOB_EVENT_MOVE:
      fold_move (self, event);
      break;
    case WB_JOB_EVENT_FILLED:
      self->is_dividing = FALSE;
      break;
    case WB_JOB_EVENT_BOX:
      fold_box (self, event);
      break;
    case WB_JOB_EVENT_WEIGH:
    case WB_JOB_EVENT_LABEL:
    case WB_JOB_EVENT_PRINTED:
    case WB_JOB_EVENT_FINAL:
      fold_parcel (self, event);
      break;
    case WB_JOB_EVENT_SERVICE:
      self->service = event->code;
      break;
    case WB_JOB_EVENT_ASIDE:
      self->is_aside = TRUE;
      break;
    case WB_JOB_EVENT_SHIPPED:
      self->shipment = event->number;
      break;
    case WB_JOB_EVENT_BOXED:
    case WB_JOB_EVENT_HELP:
    case WB_JOB_EVENT_UNDO:
    default:
      break;
    }
}

/* ── The step in hand ────────────────────────────────────────────────────────────────────────── */

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
  const WbJobLineState *line = _wb_job_state_peek_line (self, number);

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
  if (step == WB_JOB_STEP_BOX)
    return parcel->box == NULL;
  if (step == WB_JOB_STEP_WEIGH)
    return parcel->weight_g == 0;
  if (step == WB_JOB_STEP_LABEL)
    return parcel->tracking == NULL || parcel->print_job == NULL;
  return !parcel->is_final;
}

/* A box that nothing went into is none: it is neither weighed nor labelled. */
static guint
find_parcel (const WbJobState *self, WbJobStep step)
{
  for (guint i = 1; i <= self->parcels->len; i++)
    if (wb_job_parcel_get_pieces (_wb_job_state_peek_parcel (self, i)) > 0 &&
        parcel_is_open (_wb_job_state_peek_parcel (self, i), step))
      return i;
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
      *line = find_line (self, step);
      return *line == 0;
    case WB_JOB_STEP_VERIFY:
      *line = find_line (self, step);
      *parcel = MAX (self->parcels->len, 1);
      return *line == 0 && !self->is_dividing;
    case WB_JOB_STEP_BOX:
      *parcel = find_parcel (self, step);
      return *parcel == 0 && wb_job_state_get_n_parcels (self) > 0;
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

void
_wb_job_state_fold (WbJobState *self)
{
  g_autoptr (GHashTable) undone = _wb_job_state_find_undone (self);
  guint rank = 0;

  reset (self);
  for (guint i = 1; i <= self->lines->len; i++)
    settle_line (self, i, 0);
  for (guint i = 0; i < self->events->len; i++)
    {
      const WbJobEvent *event = g_ptr_array_index (self->events, i);

      if (!g_hash_table_contains (undone, event->id))
        fold_event (self, event, &rank);
    }
  find_step (self);
}
