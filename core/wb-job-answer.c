/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-gs1.h"
#include "core/wb-job-answer-private.h"
#include "core/wb-weight.h"

/* A weight that was doubted is believed when it comes again, give or take one part in fifty. */
#define SAME_WEIGHT_PARTS 50

WbJobAnswer *
_wb_job_answer_new (WbJobAnswerKind kind, char *message, char *expected)
{
  WbJobAnswer *self = g_new0 (WbJobAnswer, 1);

  self->kind = kind;
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_job_event_free);
  self->message = message;
  self->expected = expected != NULL ? expected : g_strdup ("");
  return self;
}

WbJobAnswer *
_wb_job_answer_good (char *message)
{
  return _wb_job_answer_new (WB_JOB_ANSWER_GOOD, message, NULL);
}

WbJobAnswer *
_wb_job_answer_refuse (const WbJobState *state, char *message)
{
  return _wb_job_answer_new (WB_JOB_ANSWER_REFUSED, message, wb_job_state_get_expectation (state));
}

/* All events of one answer happen at one moment, which is how undo knows that they belong together. */
WbJobEvent *
_wb_job_answer_add_event (WbJobAnswer *self, WbJobEventKind kind)
{
  WbJobEvent *event = wb_job_event_new (kind);

  if (self->events->len > 0)
    event->at_us = ((WbJobEvent *) g_ptr_array_index (self->events, 0))->at_us;
  g_ptr_array_add (self->events, event);
  return event;
}

WbJobEvent *
_wb_job_answer_add_line_event (WbJobAnswer *self, WbJobEventKind kind, guint line, guint quantity, const char *code)
{
  WbJobEvent *event = _wb_job_answer_add_event (self, kind);

  event->line = line;
  event->quantity = quantity;
  event->code = g_strdup (code);
  return event;
}

WbJobAnswer *
_wb_job_answer_wrong (const WbJobState *state, const char *code, char *message)
{
  WbJobAnswer *self = _wb_job_answer_new (WB_JOB_ANSWER_WRONG, message, wb_job_state_get_expectation (state));
  WbJobEvent *event = _wb_job_answer_add_event (self, WB_JOB_EVENT_WRONG);

  event->line = state->line;
  event->code = g_strndup (code, 200);
  event->text = g_strdup (message);
  return self;
}

void
wb_job_answer_free (WbJobAnswer *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->events);
  g_clear_pointer (&self->lines, g_array_unref);
  g_free (self->message);
  g_free (self->expected);
  g_free (self);
}

/* ── Shelves ─────────────────────────────────────────────────────────────────────────────────── */

/* A bin's label stands for everything that is to be fetched from it. */
static WbJobAnswer *
pick_bin (const WbJobState *state, const char *text)
{
  WbJobAnswer *self = NULL;

  for (guint i = 1; i <= wb_job_get_n_lines (state->job); i++)
    {
      const WbJobLine *line = wb_job_get_line (state->job, i);

      if (line->bin == NULL || g_ascii_strcasecmp (line->bin, text) != 0 ||
          _wb_job_state_get_remaining (state, i) == 0)
        continue;
      if (self == NULL)
        self = _wb_job_answer_good (g_strdup_printf (_ ("All from %s"), line->bin));
      _wb_job_answer_add_line_event (self, WB_JOB_EVENT_PICK, i, _wb_job_state_get_remaining (state, i), text);
    }
  return self;
}

/* ── Boxes ───────────────────────────────────────────────────────────────────────────────────── */

WbJobAnswer *
_wb_job_answer_take_box (const WbJobState *state, const WbJobBox *box)
{
  guint number = state->parcel;
  WbJobAnswer *self = NULL;
  WbJobEvent *event = NULL;

  if (number == 0 || box == NULL)
    return _wb_job_answer_refuse (state, g_strdup (number == 0
                                                       ? _ ("Nothing is left to send. Put the order aside.")
                                                       : _ ("No box is large enough for everything.")));
  if (state->parcels->len > 1)
    self = _wb_job_answer_good (g_strdup_printf (_ ("Parcel %u: %s"), wb_job_state_get_parcel_rank (state, number),
                                                 box->name));
  else
    self = _wb_job_answer_good (g_strdup (box->name));
  event = _wb_job_answer_add_event (self, WB_JOB_EVENT_BOX);
  event->parcel = number;
  event->code = g_strdup (box->code);
  return self;
}

/* ── Codes that do not belong ────────────────────────────────────────────────────────────────── */

static gboolean
is_label_of (const WbJobParcel *parcel, const WbGs1Scan *scan)
{
  if (parcel->tracking != NULL && g_ascii_strcasecmp (parcel->tracking, scan->text) == 0)
    return TRUE;
  return parcel->sscc != NULL && scan->sscc[0] != '\0' && g_str_equal (parcel->sscc, scan->sscc);
}

static const char *
find_bin (const WbJobState *state, const char *text)
{
  for (guint i = 1; i <= wb_job_get_n_lines (state->job); i++)
    {
      const WbJobLine *line = wb_job_get_line (state->job, i);

      if (line->bin != NULL && g_ascii_strcasecmp (line->bin, text) == 0)
        return line->bin;
    }
  return NULL;
}

gboolean
wb_job_state_names (const WbJobState *state, const char *text)
{
  g_autoptr (WbGs1Scan) scan = NULL;

  g_return_val_if_fail (state != NULL && text != NULL, FALSE);

  scan = wb_gs1_scan_new (text);
  for (guint i = 1; i <= state->parcels->len; i++)
    if (is_label_of (wb_job_state_get_parcel (state, i), scan))
      return TRUE;
  return wb_job_find_line (state->job, text, NULL) > 0 || wb_job_find_box (state->job, text) != NULL
         || find_bin (state, wb_gs1_strip_aim (text, NULL)) != NULL;
}

/* Says what a code is that is known here and not wanted now; what is not known here, others may know. */
static WbJobAnswer *
answer_unwanted (const WbJobState *state, const char *text, char *message)
{
  g_autofree char *otherwise = message;
  const char *plain = wb_gs1_strip_aim (text, NULL);
  g_autoptr (WbGs1Scan) scan = wb_gs1_scan_new (text);
  guint line = wb_job_find_line (state->job, text, NULL);
  const WbJobBox *box = wb_job_find_box (state->job, text);
  const char *bin = find_bin (state, plain);

  if (line > 0)
    return _wb_job_answer_wrong (state, text, g_strdup_printf (_ ("That is a piece of %s."),
                                                               wb_job_get_line (state->job, line)->name));
  if (box != NULL)
    return _wb_job_answer_wrong (state, text, g_strdup_printf (_ ("That is a box: %s."), box->name));
  if (bin != NULL)
    return _wb_job_answer_wrong (state, text, g_strdup_printf (_ ("That is the shelf %s, not what lies in it."), bin));
  for (guint i = 1; i <= state->parcels->len; i++)
    if (is_label_of (wb_job_state_get_parcel (state, i), scan))
      return _wb_job_answer_wrong (state, text, g_strdup_printf (_ ("That is the label of parcel %u."),
                                                                 wb_job_state_get_parcel_rank (state, i)));
  return _wb_job_answer_wrong (state, text, g_steal_pointer (&otherwise));
}

static WbJobAnswer *
scan_product (const WbJobState *state, const char *text, const WbJobLine *chosen)
{
  const WbJobBox *box = wb_job_find_box (state->job, text);
  WbJobAnswer *self = _wb_job_answer_take_product (state, text, chosen);

  if (self != NULL)
    return self;
  if (state->step == WB_JOB_STEP_PICK)
    self = pick_bin (state, wb_gs1_strip_aim (text, NULL));
  else if (box != NULL)
    self = _wb_job_answer_take_box (state, box);
  if (self != NULL)
    return self;
  return answer_unwanted (state, text, g_strdup_printf (_ ("“%.60s” does not belong to this order."), text));
}

static WbJobAnswer *
scan_box (const WbJobState *state, const char *text)
{
  const WbJobBox *box = wb_job_find_box (state->job, text);

  if (box != NULL)
    return _wb_job_answer_take_box (state, box);
  return answer_unwanted (state, text, g_strdup_printf (_ ("“%.60s” is not a box of this bench."), text));
}

/* ── Weights ─────────────────────────────────────────────────────────────────────────────────── */

static gboolean
is_expected (const WbJobState *state, gint64 weight_g)
{
  gint64 low_g = 0;
  gint64 high_g = 0;

  return !wb_job_state_get_expected_weight (state, state->parcel, &low_g, &high_g) ||
         (weight_g >= low_g && weight_g <= high_g);
}

gboolean
wb_job_answer_was_doubted (const WbJobState *state, gint64 weight_g)
{
  const WbJobParcel *parcel = wb_job_state_get_parcel (state, state->parcel);

  return parcel != NULL && parcel->doubted_g > 0 &&
         ABS (weight_g - parcel->doubted_g) <= parcel->doubted_g / SAME_WEIGHT_PARTS;
}

static WbJobAnswer *
doubt_weight (const WbJobState *state, gint64 weight_g)
{
  g_autofree char *words = wb_weight_to_string (weight_g);
  WbJobAnswer *self = NULL;
  WbJobEvent *event = NULL;
  gint64 low_g = 0;
  gint64 high_g = 0;

  wb_job_state_get_expected_weight (state, state->parcel, &low_g, &high_g);
  self = _wb_job_answer_wrong (state, words,
                               weight_g < low_g
                                   ? g_strdup_printf (_ ("%s is too light: is something missing?"), words)
                                   : g_strdup_printf (_ ("%s is too heavy: is something in it that should not be?"), words));
  event = g_ptr_array_index (self->events, 0);
  event->parcel = state->parcel;
  event->number = weight_g;
  event->line = 0;
  return self;
}

static WbJobAnswer *
take_weight (const WbJobState *state, gint64 weight_g)
{
  WbJobAnswer *self = NULL;
  WbJobEvent *event = NULL;
  gboolean expected = FALSE;

  if (state->step != WB_JOB_STEP_WEIGH)
    return _wb_job_answer_refuse (state, g_strdup (_ ("Nothing is to be weighed now.")));
  if (weight_g <= 0 || weight_g > WB_WEIGHT_MAX_G)
    return _wb_job_answer_refuse (state, g_strdup (_ ("That is not the weight of a parcel.")));
  expected = is_expected (state, weight_g);
  if (!expected && !wb_job_answer_was_doubted (state, weight_g))
    return doubt_weight (state, weight_g);
  self = _wb_job_answer_good (wb_weight_to_string (weight_g));
  event = _wb_job_answer_add_event (self, WB_JOB_EVENT_WEIGH);
  event->parcel = state->parcel;
  event->number = weight_g;
  event->text = expected ? NULL : g_strdup (WB_JOB_WEIGHT_AGAIN);
  return self;
}

static WbJobAnswer *
scan_weight (const WbJobState *state, const char *text)
{
  const WbJobBox *box = wb_job_find_box (state->job, text);
  guint line = wb_job_find_line (state->job, text, NULL);
  g_autoptr (GError) error = NULL;
  gint64 weight_g = 0;

  /* A better box, after all. */
  if (box != NULL)
    return _wb_job_answer_take_box (state, box);
  if (line > 0)
    return _wb_job_answer_refuse (state, g_strdup_printf (_ ("That is a piece of %s, not a weight."),
                                                          wb_job_get_line (state->job, line)->name));
  if (!wb_weight_parse (text, &weight_g, &error))
    return _wb_job_answer_refuse (state, g_strdup_printf ("%s.", error->message));
  return take_weight (state, weight_g);
}

/* ── Labels ──────────────────────────────────────────────────────────────────────────────────── */

static WbJobAnswer *
scan_label (const WbJobState *state, const char *text)
{
  g_autoptr (WbGs1Scan) scan = wb_gs1_scan_new (text);

  for (guint i = 1; i <= state->parcels->len; i++)
    {
      const WbJobParcel *parcel = wb_job_state_get_parcel (state, i);
      guint rank = wb_job_state_get_parcel_rank (state, i);
      WbJobAnswer *self = NULL;

      if (!is_label_of (parcel, scan))
        continue;
      if (parcel->is_final)
        return _wb_job_answer_refuse (state, g_strdup_printf (_ ("Parcel %u is checked already."), rank));
      self = _wb_job_answer_good (g_strdup_printf (_ ("Parcel %u of %u"), rank, wb_job_state_get_n_parcels (state)));
      _wb_job_answer_add_event (self, WB_JOB_EVENT_FINAL)->parcel = i;
      return self;
    }
  return answer_unwanted (state, text, g_strdup_printf (_ ("“%.60s” is not the label of this parcel."), text));
}

/* ── What cannot be scanned ──────────────────────────────────────────────────────────────────── */

static WbJobAnswer *
count_piece (const WbJobState *state)
{
  const WbJobLine *line = wb_job_get_line (state->job, state->line);
  WbJobAnswer *self = _wb_job_answer_good (g_strdup_printf (_ ("1 × %s, not scanned"), line->name));
  WbJobEvent *event = _wb_job_answer_add_line_event (self, WB_JOB_EVENT_VERIFY, state->line, 1, NULL);

  event->parcel = state->parcel;
  return self;
}

static WbJobAnswer *
see_label (const WbJobState *state)
{
  WbJobAnswer *self = NULL;

  for (guint i = 1; i <= state->parcels->len; i++)
    {
      const WbJobParcel *parcel = wb_job_state_get_parcel (state, i);

      if (parcel->tracking == NULL || parcel->is_final)
        continue;
      self = _wb_job_answer_good (g_strdup_printf (_ ("Parcel %u of %u, not scanned"), wb_job_state_get_parcel_rank (state, i),
                                                   wb_job_state_get_n_parcels (state)));
      _wb_job_answer_add_event (self, WB_JOB_EVENT_FINAL)->parcel = i;
      return self;
    }
  return _wb_job_answer_refuse (state, g_strdup (_ ("Every label was scanned.")));
}

WbJobAnswer *
wb_job_answer_by_hand (const WbJobState *state, const char *why)
{
  WbJobAnswer *self = NULL;

  g_return_val_if_fail (state != NULL && why != NULL, NULL);

  if (!wb_job_command_is_allowed (state, WB_JOB_COMMAND_BY_HAND))
    return wb_job_answer_command (state, WB_JOB_COMMAND_BY_HAND);
  self = state->step == WB_JOB_STEP_VERIFY ? count_piece (state) : see_label (state);
  for (guint i = 0; i < self->events->len; i++)
    ((WbJobEvent *) g_ptr_array_index (self->events, i))->text = g_strdup (why);
  return self;
}

/* ── Anything ────────────────────────────────────────────────────────────────────────────────── */

static WbJobAnswer *
scan (const WbJobState *state, const char *text, const char *trimmed, const WbJobLine *chosen)
{
  switch (state->step)
    {
    case WB_JOB_STEP_PICK:
    case WB_JOB_STEP_VERIFY:
      return scan_product (state, text, chosen);
    case WB_JOB_STEP_BOX:
      return scan_box (state, trimmed);
    case WB_JOB_STEP_WEIGH:
      return scan_weight (state, trimmed);
    case WB_JOB_STEP_FINAL:
      return scan_label (state, text);
    case WB_JOB_STEP_REVIEW:
    case WB_JOB_STEP_LABEL:
    case WB_JOB_STEP_DONE:
    default:
      return _wb_job_answer_refuse (state, g_strdup_printf (_ ("“%.60s” is not needed now."), trimmed));
    }
}

static WbJobState
calm_down (const WbJobState *state)
{
  WbJobState calm = *state;

  calm.mistake = NULL;
  return calm;
}

/* After a mistake only the right thing goes on, and says at the same time that the mistake was seen. */
static WbJobAnswer *
after_mistake (const WbJobState *state, WbJobAnswer *answer)
{
  g_autoptr (WbJobAnswer) self = answer;
  WbJobEvent *seen = NULL;

  if (state->mistake == NULL || self->lines != NULL)
    return g_steal_pointer (&self);
  if (self->kind != WB_JOB_ANSWER_GOOD)
    return _wb_job_answer_refuse (state, g_strdup (state->mistake->text != NULL ? state->mistake->text : ""));
  seen = wb_job_event_new (WB_JOB_EVENT_ACKNOWLEDGE);
  seen->at_us = ((WbJobEvent *) g_ptr_array_index (self->events, 0))->at_us;
  g_ptr_array_insert (self->events, 0, seen);
  return g_steal_pointer (&self);
}

static WbJobAnswer *
answer_scan (const WbJobState *state, const char *text, const WbJobLine *chosen)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (wb_gs1_strip_aim (text, NULL)));
  WbJobCommand command = WB_JOB_COMMAND_CONFIRM;
  WbJobState calm = calm_down (state);

  if (wb_job_command_from_code (trimmed, &command) && !wb_job_state_names (state, trimmed))
    return wb_job_answer_command (state, command);
  if (trimmed[0] == '\0')
    return _wb_job_answer_refuse (state, g_strdup (_ ("Nothing was read.")));
  return after_mistake (state, scan (&calm, text, trimmed, chosen));
}

WbJobAnswer *
wb_job_answer_scan (const WbJobState *state, const char *text)
{
  g_return_val_if_fail (state != NULL && text != NULL, NULL);

  return answer_scan (state, text, NULL);
}

WbJobAnswer *
wb_job_answer_scan_line (const WbJobState *state, const char *text, guint line)
{
  g_return_val_if_fail (state != NULL && text != NULL, NULL);

  return answer_scan (state, text, wb_job_get_line (state->job, line));
}

WbJobAnswer *
wb_job_answer_service (const WbJobState *state, const char *code, const char *name, const char *why)
{
  WbJobAnswer *self = NULL;
  WbJobEvent *event = NULL;

  g_return_val_if_fail (state != NULL && code != NULL && name != NULL, NULL);

  if (!wb_job_command_is_allowed (state, WB_JOB_COMMAND_SERVICE))
    return _wb_job_answer_refuse (state, g_strdup (_ ("The service cannot be changed now.")));
  self = _wb_job_answer_good (g_strdup (name));
  event = _wb_job_answer_add_event (self, WB_JOB_EVENT_SERVICE);
  event->code = g_strdup (code);
  event->text = g_strdup (why);
  return self;
}

WbJobAnswer *
wb_job_answer_label (const WbJobState *state, guint parcel, const char *tracking, const char *sscc)
{
  WbJobAnswer *self = NULL;
  WbJobEvent *event = NULL;

  g_return_val_if_fail (state != NULL && tracking != NULL, NULL);

  if (state->step != WB_JOB_STEP_LABEL || wb_job_state_get_parcel (state, parcel) == NULL)
    return _wb_job_answer_refuse (state, g_strdup (_ ("No label is expected now.")));
  self = _wb_job_answer_good (g_strdup (tracking));
  event = _wb_job_answer_add_event (self, WB_JOB_EVENT_LABEL);
  event->parcel = parcel;
  event->code = g_strdup (tracking);
  event->text = g_strdup (sscc);
  return self;
}

WbJobAnswer *
wb_job_answer_printed (const WbJobState *state, guint parcel, const char *print_job)
{
  const WbJobParcel *found = NULL;
  WbJobAnswer *self = NULL;
  WbJobEvent *event = NULL;

  g_return_val_if_fail (state != NULL, NULL);

  found = wb_job_state_get_parcel (state, parcel);
  if (found == NULL || found->tracking == NULL)
    return _wb_job_answer_refuse (state, g_strdup (_ ("There is no label to print.")));
  self = _wb_job_answer_good (g_strdup (_ ("Label printed")));
  event = _wb_job_answer_add_event (self, WB_JOB_EVENT_PRINTED);
  event->parcel = parcel;
  event->code = g_strdup (print_job);
  return self;
}
