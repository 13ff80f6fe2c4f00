/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-gs1.h"
#include "core/wb-job-answer.h"
#include "core/wb-weight.h"

/* A weight that was doubted is believed when it comes again, give or take one part in fifty. */
#define SAME_WEIGHT_PARTS 50

static const char *const command_codes[] = { "WB:CONFIRM", "WB:SKIP",  "WB:SHORT", "WB:DAMAGED",
                                             "WB:UNDO",    "WB:ASIDE", "WB:HELP" };

static WbJobAnswer *
answer_new (WbJobAnswerKind kind, char *message, char *expected)
{
  WbJobAnswer *self = g_new0 (WbJobAnswer, 1);

  self->kind = kind;
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_job_event_free);
  self->message = message;
  self->expected = expected != NULL ? expected : g_strdup ("");
  return self;
}

static WbJobAnswer *
good (char *message)
{
  return answer_new (WB_JOB_ANSWER_GOOD, message, NULL);
}

static WbJobAnswer *
refuse (const WbJobState *state, char *message)
{
  return answer_new (WB_JOB_ANSWER_REFUSED, message, wb_job_state_get_expectation (state));
}

/* All events of one answer happen at one moment, which is how undo knows that they belong together. */
static WbJobEvent *
add_event (WbJobAnswer *self, WbJobEventKind kind)
{
  WbJobEvent *event = wb_job_event_new (kind);

  if (self->events->len > 0)
    event->at_us = ((WbJobEvent *) g_ptr_array_index (self->events, 0))->at_us;
  g_ptr_array_add (self->events, event);
  return event;
}

static WbJobEvent *
add_line_event (WbJobAnswer *self, WbJobEventKind kind, guint line, guint quantity, const char *code)
{
  WbJobEvent *event = add_event (self, kind);

  event->line = line;
  event->quantity = quantity;
  event->code = g_strdup (code);
  return event;
}

static WbJobAnswer *
wrong (const WbJobState *state, const char *code, char *message)
{
  WbJobAnswer *self = answer_new (WB_JOB_ANSWER_WRONG, message, wb_job_state_get_expectation (state));
  WbJobEvent *event = add_event (self, WB_JOB_EVENT_WRONG);

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
  g_free (self->message);
  g_free (self->expected);
  g_free (self);
}

const char *
wb_job_command_get_code (WbJobCommand command)
{
  g_return_val_if_fail ((gsize) command < G_N_ELEMENTS (command_codes), NULL);

  return command_codes[command];
}

gboolean
wb_job_command_from_code (const char *text, WbJobCommand *command)
{
  g_return_val_if_fail (text != NULL && command != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (command_codes); i++)
    if (g_ascii_strcasecmp (text, command_codes[i]) == 0)
      {
        *command = (WbJobCommand) i;
        return TRUE;
      }
  return FALSE;
}

static guint
remaining (const WbJobState *state, guint number)
{
  const WbJobLineState *line = wb_job_state_get_line (state, number);

  if (line == NULL)
    return 0;
  return line->to_send - (state->step == WB_JOB_STEP_PICK ? line->picked : line->verified);
}

static char *
expect_line (const WbJobState *state)
{
  const WbJobLine *line = wb_job_get_line (state->job, state->line);
  guint n = remaining (state, state->line);

  if (line == NULL)
    return g_strdup ("");
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
  const WbJobBox *box = wb_job_state_suggest_box (state);

  if (box == NULL)
    return g_strdup (_ ("Scan the box you take."));
  return g_strdup_printf (_ ("Take “%s”, or scan another box."), box->name);
}

static char *
expect_weight (const WbJobState *state)
{
  gint64 low_g = 0;
  gint64 high_g = 0;
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (!wb_job_state_get_expected_weight (state, &low_g, &high_g))
    return g_strdup_printf (_ ("Weigh parcel %u."), state->parcel);
  low = wb_weight_to_string (low_g);
  high = wb_weight_to_string (high_g);
  return g_strdup_printf (_ ("Weigh the parcel: %s to %s."), low, high);
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
      return g_strdup (_ ("Scan the label on the parcel."));
    case WB_JOB_STEP_DONE:
    default:
      return g_strdup (_ ("This order is finished."));
    }
}

static WbJobAnswer *
take_pieces (const WbJobState *state, guint number, guint pieces, const char *code)
{
  const WbJobLine *line = wb_job_get_line (state->job, number);
  gboolean picking = state->step == WB_JOB_STEP_PICK;
  guint left = remaining (state, number);
  WbJobAnswer *self = NULL;

  if (left == 0)
    return wrong (state, code, g_strdup_printf (_ ("There are enough of %s already."), line->name));
  if (pieces > left)
    return wrong (state, code, g_strdup_printf (ngettext ("That is a pack of %u; only %u piece of %s is missing.",
                                                          "That is a pack of %u; only %u pieces of %s are missing.", left),
                                                pieces, left, line->name));
  self = good (g_strdup_printf (ngettext ("%u × %s", "%u × %s", pieces), pieces, line->name));
  add_line_event (self, picking ? WB_JOB_EVENT_PICK : WB_JOB_EVENT_VERIFY, number, pieces, code);
  return self;
}

/* A bin's label stands for everything that is to be fetched from it. */
static WbJobAnswer *
pick_bin (const WbJobState *state, const char *text)
{
  WbJobAnswer *self = NULL;

  for (guint i = 1; i <= wb_job_get_n_lines (state->job); i++)
    {
      const WbJobLine *line = wb_job_get_line (state->job, i);

      if (line->bin == NULL || g_ascii_strcasecmp (line->bin, text) != 0 || remaining (state, i) == 0)
        continue;
      if (self == NULL)
        self = good (g_strdup_printf (_ ("All from %s"), line->bin));
      add_line_event (self, WB_JOB_EVENT_PICK, i, remaining (state, i), text);
    }
  return self;
}

static WbJobAnswer *
scan_product (const WbJobState *state, const char *text)
{
  guint pieces = 0;
  guint number = wb_job_find_line (state->job, text, &pieces);
  WbJobAnswer *self = NULL;

  if (number > 0)
    return take_pieces (state, number, pieces, text);
  if (state->step == WB_JOB_STEP_PICK)
    self = pick_bin (state, wb_gs1_strip_aim (text, NULL));
  if (self != NULL)
    return self;
  return wrong (state, text, g_strdup_printf (_ ("“%.60s” does not belong to this order."), text));
}

static WbJobAnswer *
take_box (const WbJobState *state, const WbJobBox *box)
{
  WbJobAnswer *self = NULL;
  WbJobEvent *event = NULL;

  if (wb_job_state_get_to_send (state) == 0)
    return refuse (state, g_strdup (_ ("Nothing is left to send. Put the order aside.")));
  self = good (g_strdup (box->name));
  event = add_event (self, WB_JOB_EVENT_BOX);
  event->parcel = state->parcels->len + 1;
  event->code = g_strdup (box->code);
  add_event (self, WB_JOB_EVENT_BOXED);
  return self;
}

static WbJobAnswer *
scan_box (const WbJobState *state, const char *text)
{
  const WbJobBox *box = wb_job_find_box (state->job, text);

  if (box != NULL)
    return take_box (state, box);
  return wrong (state, text, g_strdup_printf (_ ("“%.60s” is not a box of this bench."), text));
}

static gboolean
is_likely (const WbJobState *state, gint64 weight_g)
{
  const WbJobParcel *parcel = wb_job_state_get_parcel (state, state->parcel);
  gint64 low_g = 0;
  gint64 high_g = 0;

  if (!wb_job_state_get_expected_weight (state, &low_g, &high_g) || (weight_g >= low_g && weight_g <= high_g))
    return TRUE;
  return parcel != NULL && parcel->doubted_g > 0 &&
         ABS (weight_g - parcel->doubted_g) <= parcel->doubted_g / SAME_WEIGHT_PARTS;
}

WbJobAnswer *
wb_job_answer_weight (const WbJobState *state, gint64 weight_g)
{
  g_autofree char *words = NULL;
  WbJobAnswer *self = NULL;
  WbJobEvent *event = NULL;

  g_return_val_if_fail (state != NULL, NULL);

  if (state->mistake != NULL || state->step != WB_JOB_STEP_WEIGH)
    return refuse (state, g_strdup (_ ("Nothing is to be weighed now.")));
  if (weight_g <= 0 || weight_g > WB_WEIGHT_MAX_G)
    return refuse (state, g_strdup (_ ("That is not the weight of a parcel.")));
  words = wb_weight_to_string (weight_g);
  if (!is_likely (state, weight_g))
    {
      gint64 low_g = 0;
      gint64 high_g = 0;

      wb_job_state_get_expected_weight (state, &low_g, &high_g);
      self = wrong (state, words, weight_g < low_g
                                      ? g_strdup_printf (_ ("%s is too light: is something missing?"), words)
                                      : g_strdup_printf (_ ("%s is too heavy: is something in it that should not be?"), words));
      event = g_ptr_array_index (self->events, 0);
      event->parcel = state->parcel;
      event->number = weight_g;
      event->line = 0;
      g_free (self->expected);
      self->expected = expect_weight (state);
      return self;
    }
  self = good (g_steal_pointer (&words));
  event = add_event (self, WB_JOB_EVENT_WEIGH);
  event->parcel = state->parcel;
  event->number = weight_g;
  return self;
}

static WbJobAnswer *
scan_weight (const WbJobState *state, const char *text)
{
  const WbJobBox *box = wb_job_find_box (state->job, text);
  g_autoptr (GError) error = NULL;
  gint64 weight_g = 0;

  /* One more box for the same order. */
  if (box != NULL)
    return take_box (state, box);
  if (!wb_weight_parse (text, &weight_g, &error))
    return refuse (state, g_steal_pointer (&error->message));
  return wb_job_answer_weight (state, weight_g);
}

static gboolean
is_label_of (const WbJobParcel *parcel, const WbGs1Scan *scan)
{
  if (parcel->tracking != NULL && g_ascii_strcasecmp (parcel->tracking, scan->text) == 0)
    return TRUE;
  return parcel->sscc != NULL && scan->sscc[0] != '\0' && g_str_equal (parcel->sscc, scan->sscc);
}

static WbJobAnswer *
scan_label (const WbJobState *state, const char *text)
{
  g_autoptr (WbGs1Scan) scan = wb_gs1_scan_new (text);

  for (guint i = 1; i <= state->parcels->len; i++)
    {
      const WbJobParcel *parcel = wb_job_state_get_parcel (state, i);
      WbJobAnswer *self = NULL;

      if (!is_label_of (parcel, scan))
        continue;
      if (parcel->is_final)
        return refuse (state, g_strdup_printf (_ ("Parcel %u is checked already."), i));
      self = good (g_strdup_printf (_ ("Parcel %u of %u"), i, state->parcels->len));
      add_event (self, WB_JOB_EVENT_FINAL)->parcel = i;
      return self;
    }
  return wrong (state, text, g_strdup_printf (_ ("“%.60s” is not the label of this parcel."), text));
}

WbJobAnswer *
wb_job_answer_scan (const WbJobState *state, const char *text)
{
  g_autofree char *trimmed = NULL;
  WbJobCommand command = WB_JOB_COMMAND_CONFIRM;

  g_return_val_if_fail (state != NULL && text != NULL, NULL);

  trimmed = g_strstrip (g_strdup (wb_gs1_strip_aim (text, NULL)));
  if (wb_job_command_from_code (trimmed, &command))
    return wb_job_answer_command (state, command);
  if (trimmed[0] == '\0')
    return refuse (state, g_strdup (_ ("Nothing was read.")));
  if (state->mistake != NULL)
    return refuse (state, g_strdup (state->mistake->text != NULL ? state->mistake->text : ""));
  switch (state->step)
    {
    case WB_JOB_STEP_PICK:
    case WB_JOB_STEP_VERIFY:
      return scan_product (state, text);
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
      return refuse (state, g_strdup_printf (_ ("“%.60s” is not needed now."), trimmed));
    }
}

static WbJobAnswer *
confirm_review (const WbJobState *state)
{
  WbJobAnswer *self = good (g_strdup (_ ("Read")));
  guint open = 0;

  for (guint i = 0; i < state->acknowledged->len; i++)
    {
      const WbJobInstruction *instruction = g_ptr_array_index (state->job->instructions, i);

      open += instruction->must_acknowledge && !g_array_index (state->acknowledged, gboolean, i) ? 1 : 0;
    }
  if (state->line > 0)
    add_event (self, WB_JOB_EVENT_ACKNOWLEDGE)->line = state->line;
  if (open <= 1)
    add_event (self, WB_JOB_EVENT_REVIEWED);
  return self;
}

static WbJobAnswer *
confirm (const WbJobState *state)
{
  const WbJobBox *box = NULL;
  WbJobAnswer *self = NULL;

  if (state->mistake != NULL)
    {
      self = good (g_strdup (_ ("Seen")));
      add_event (self, WB_JOB_EVENT_ACKNOWLEDGE);
      return self;
    }
  switch (state->step)
    {
    case WB_JOB_STEP_REVIEW:
      return confirm_review (state);
    case WB_JOB_STEP_PICK:
      self = good (g_strdup_printf (_ ("%u × %s"), remaining (state, state->line),
                                    wb_job_get_line (state->job, state->line)->name));
      add_line_event (self, WB_JOB_EVENT_PICK, state->line, remaining (state, state->line), NULL);
      return self;
    case WB_JOB_STEP_BOX:
      box = wb_job_state_suggest_box (state);
      if (box != NULL)
        return take_box (state, box);
      return refuse (state, g_strdup (_ ("No box is large enough for everything.")));
    case WB_JOB_STEP_VERIFY:
    case WB_JOB_STEP_WEIGH:
    case WB_JOB_STEP_LABEL:
    case WB_JOB_STEP_FINAL:
    case WB_JOB_STEP_DONE:
    default:
      return refuse (state, g_strdup (_ ("There is nothing to confirm.")));
    }
}

static WbJobAnswer *
report_line (const WbJobState *state, WbJobCommand command)
{
  const WbJobLine *line = wb_job_get_line (state->job, state->line);
  guint left = remaining (state, state->line);
  WbJobAnswer *self = NULL;

  if (command == WB_JOB_COMMAND_SKIP)
    {
      self = good (g_strdup_printf (_ ("%s comes later"), line->name));
      add_line_event (self, WB_JOB_EVENT_SKIP, state->line, 0, NULL);
    }
  else if (command == WB_JOB_COMMAND_SHORT)
    {
      self = good (g_strdup_printf (_ ("%u × %s short"), left, line->name));
      add_line_event (self, WB_JOB_EVENT_SHORT, state->line, left, NULL);
    }
  else
    {
      self = good (g_strdup_printf (_ ("1 × %s damaged: fetch another"), line->name));
      add_line_event (self, WB_JOB_EVENT_DAMAGED, state->line, 1, NULL);
    }
  return self;
}

static WbJobAnswer *
undo (const WbJobState *state)
{
  g_autoptr (GPtrArray) events = wb_job_state_get_undoable (state);
  WbJobAnswer *self = NULL;

  if (events->len == 0)
    return refuse (state, g_strdup (_ ("There is nothing to undo.")));
  self = good (g_strdup (_ ("Undone")));
  for (guint i = 0; i < events->len; i++)
    {
      const WbJobEvent *undone = g_ptr_array_index (events, i);

      add_event (self, WB_JOB_EVENT_UNDO)->code = g_strdup (undone->id);
    }
  return self;
}

WbJobAnswer *
wb_job_answer_command (const WbJobState *state, WbJobCommand command)
{
  WbJobAnswer *self = NULL;

  g_return_val_if_fail (state != NULL, NULL);

  if (!wb_job_command_is_allowed (state, command))
    return refuse (state, state->mistake != NULL && state->mistake->text != NULL
                              ? g_strdup (state->mistake->text)
                              : g_strdup (_ ("That is not possible now.")));
  switch (command)
    {
    case WB_JOB_COMMAND_CONFIRM:
      return confirm (state);
    case WB_JOB_COMMAND_SKIP:
    case WB_JOB_COMMAND_SHORT:
    case WB_JOB_COMMAND_DAMAGED:
      return report_line (state, command);
    case WB_JOB_COMMAND_UNDO:
      return undo (state);
    case WB_JOB_COMMAND_ASIDE:
      self = good (g_strdup (_ ("Put aside")));
      add_event (self, WB_JOB_EVENT_ASIDE);
      return self;
    case WB_JOB_COMMAND_HELP:
    default:
      self = good (g_strdup (_ ("Help is called")));
      add_event (self, WB_JOB_EVENT_HELP);
      return self;
    }
}

static gboolean
can_confirm (const WbJobState *state)
{
  return state->mistake != NULL || state->step == WB_JOB_STEP_REVIEW || state->step == WB_JOB_STEP_PICK ||
         (state->step == WB_JOB_STEP_BOX && wb_job_state_get_to_send (state) > 0 &&
          wb_job_state_suggest_box (state) != NULL);
}

gboolean
wb_job_command_is_allowed (const WbJobState *state, WbJobCommand command)
{
  g_autoptr (GPtrArray) undoable = NULL;
  gboolean at_line = FALSE;

  g_return_val_if_fail (state != NULL, FALSE);

  if (command == WB_JOB_COMMAND_CONFIRM)
    return can_confirm (state);
  if (command == WB_JOB_COMMAND_HELP)
    return TRUE;
  if (state->mistake != NULL || state->shipment != 0)
    return FALSE;
  at_line = (state->step == WB_JOB_STEP_PICK || state->step == WB_JOB_STEP_VERIFY) && state->line > 0;
  switch (command)
    {
    case WB_JOB_COMMAND_SKIP:
    case WB_JOB_COMMAND_SHORT:
    case WB_JOB_COMMAND_DAMAGED:
      return at_line;
    case WB_JOB_COMMAND_UNDO:
      undoable = wb_job_state_get_undoable (state);
      return undoable->len > 0;
    case WB_JOB_COMMAND_ASIDE:
      return state->step != WB_JOB_STEP_DONE;
    case WB_JOB_COMMAND_CONFIRM:
    case WB_JOB_COMMAND_HELP:
    default:
      return TRUE;
    }
}

WbJobAnswer *
wb_job_answer_label (const WbJobState *state, guint parcel, const char *tracking, const char *sscc)
{
  WbJobAnswer *self = NULL;
  WbJobEvent *event = NULL;

  g_return_val_if_fail (state != NULL && tracking != NULL, NULL);

  if (state->step != WB_JOB_STEP_LABEL || wb_job_state_get_parcel (state, parcel) == NULL)
    return refuse (state, g_strdup (_ ("No label is expected now.")));
  self = good (g_strdup (tracking));
  event = add_event (self, WB_JOB_EVENT_LABEL);
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
    return refuse (state, g_strdup (_ ("There is no label to print.")));
  self = good (g_strdup (_ ("Label printed")));
  event = add_event (self, WB_JOB_EVENT_PRINTED);
  event->parcel = parcel;
  event->code = g_strdup (print_job);
  return self;
}
