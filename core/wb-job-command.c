/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-gs1.h"
#include "core/wb-job-answer-private.h"

static const struct
{
  const char *code;
  const char *title;
  const char *hint;
} commands[WB_JOB_N_COMMANDS] = {
  [WB_JOB_COMMAND_CONFIRM] = { "WB:CONFIRM", N_ ("OK"), N_ ("What the big button says: read, got it, take this box, understood, next order") },
  [WB_JOB_COMMAND_SKIP] = { "WB:SKIP", N_ ("Skip"), N_ ("This product later") },
  [WB_JOB_COMMAND_SHORT] = { "WB:SHORT", N_ ("Short"), N_ ("The rest of this product is not there") },
  [WB_JOB_COMMAND_DAMAGED] = { "WB:DAMAGED", N_ ("Damaged"), N_ ("One piece is damaged: fetch another") },
  [WB_JOB_COMMAND_UNDO] = { "WB:UNDO", N_ ("Undo"), N_ ("Take back the last input") },
  [WB_JOB_COMMAND_ASIDE] = { "WB:ASIDE", N_ ("Put aside"), N_ ("Put the order aside, take the next") },
  [WB_JOB_COMMAND_HELP] = { "WB:HELP", N_ ("Help"), N_ ("Call somebody") },
  [WB_JOB_COMMAND_ANOTHER] = { "WB:ANOTHER", N_ ("Another box"), N_ ("This box is full: begin the next") },
  [WB_JOB_COMMAND_REPRINT] = { "WB:REPRINT", N_ ("Print again"), N_ ("The label is torn or lost") },
  [WB_JOB_COMMAND_PICK_LIST] = { "WB:PICK-LIST", N_ ("Pick list"), N_ ("Print the pick list of this order") },
  [WB_JOB_COMMAND_SERVICE] = { "WB:SERVICE", N_ ("Another service"), N_ ("Send it by another service than the one proposed") },
  [WB_JOB_COMMAND_WEIGHT_PACKING] = { "WB:WEIGHT-PACKING", N_ ("It is the packing"),
                                      N_ ("The weight is right: there is extra packing in it") },
  [WB_JOB_COMMAND_WEIGHT_CATALOGUE] = { "WB:WEIGHT-CATALOGUE", N_ ("The catalogue is wrong"),
                                        N_ ("The weight is right: the product weighs something else") },
  [WB_JOB_COMMAND_LEAVE] = { "WB:LEAVE", N_ ("Leave the bench"), N_ ("Nobody works here now; the next badge says who does") },
  [WB_JOB_COMMAND_PHOTO] = { "WB:PHOTO", N_ ("Photo"), N_ ("Take a photo of what the camera sees") },
  [WB_JOB_COMMAND_BY_HAND] = { "WB:BY-HAND", N_ ("Cannot scan it"), N_ ("Count one piece or a label by hand, and say why") },
};

/* What is printed as OK may also be scanned as that. */
#define OK_CODE "WB:OK"

const char *
wb_job_command_get_code (WbJobCommand command)
{
  g_return_val_if_fail ((gsize) command < G_N_ELEMENTS (commands), NULL);

  return commands[command].code;
}

const char *
wb_job_command_get_title (WbJobCommand command)
{
  g_return_val_if_fail ((gsize) command < G_N_ELEMENTS (commands), NULL);

  return _ (commands[command].title);
}

const char *
wb_job_command_get_hint (WbJobCommand command)
{
  g_return_val_if_fail ((gsize) command < G_N_ELEMENTS (commands), NULL);

  return _ (commands[command].hint);
}

gboolean
wb_job_command_from_code (const char *text, WbJobCommand *command)
{
  g_return_val_if_fail (text != NULL && command != NULL, FALSE);

  text = wb_gs1_strip_aim (text, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_ascii_strcasecmp (text, commands[i].code) == 0)
      {
        *command = (WbJobCommand) i;
        return TRUE;
      }
  if (g_ascii_strcasecmp (text, OK_CODE) != 0)
    return FALSE;
  *command = WB_JOB_COMMAND_CONFIRM;
  return TRUE;
}

/* ── What they do ────────────────────────────────────────────────────────────────────────────── */

static WbJobAnswer *
confirm_review (const WbJobState *state)
{
  WbJobAnswer *self = _wb_job_answer_good (g_strdup (_ ("Read")));
  guint open = 0;

  for (guint i = 0; i < state->acknowledged->len; i++)
    {
      const WbJobInstruction *instruction = g_ptr_array_index (state->job->instructions, i);

      open += instruction->must_acknowledge && !g_array_index (state->acknowledged, gboolean, i) ? 1 : 0;
    }
  if (state->line > 0)
    _wb_job_answer_add_event (self, WB_JOB_EVENT_ACKNOWLEDGE)->line = state->line;
  if (open <= 1)
    _wb_job_answer_add_event (self, WB_JOB_EVENT_REVIEWED);
  return self;
}

static WbJobAnswer *
confirm_pick (const WbJobState *state)
{
  guint left = _wb_job_state_get_remaining (state, state->line);
  WbJobAnswer *self = _wb_job_answer_good (g_strdup_printf (_ ("%u × %s"), left,
                                                            wb_job_get_line (state->job, state->line)->name));

  _wb_job_answer_add_line_event (self, WB_JOB_EVENT_PICK, state->line, left, NULL);
  return self;
}

static gboolean
can_end_division (const WbJobState *state)
{
  return state->step == WB_JOB_STEP_VERIFY && state->is_dividing && state->line == 0 &&
         wb_job_parcel_get_pieces (wb_job_state_get_parcel (state, state->parcel)) > 0;
}

static gboolean
can_confirm (const WbJobState *state)
{
  if (state->mistake != NULL || state->step == WB_JOB_STEP_REVIEW || state->step == WB_JOB_STEP_PICK)
    return TRUE;
  return can_end_division (state) ||
         (state->step == WB_JOB_STEP_BOX && state->parcel > 0 && wb_job_state_suggest_box (state, state->parcel) != NULL);
}

static WbJobAnswer *
confirm (const WbJobState *state)
{
  const WbJobBox *box = NULL;
  WbJobAnswer *self = NULL;

  if (state->mistake != NULL)
    {
      self = _wb_job_answer_good (g_strdup (_ ("Seen")));
      _wb_job_answer_add_event (self, WB_JOB_EVENT_ACKNOWLEDGE);
      return self;
    }
  switch (state->step)
    {
    case WB_JOB_STEP_REVIEW:
      return confirm_review (state);
    case WB_JOB_STEP_PICK:
      return confirm_pick (state);
    case WB_JOB_STEP_VERIFY:
      self = _wb_job_answer_good (g_strdup_printf (_ ("Parcel %u is packed"),
                                                   wb_job_state_get_parcel_rank (state, state->parcel)));
      _wb_job_answer_add_event (self, WB_JOB_EVENT_FILLED)->parcel = state->parcel;
      return self;
    case WB_JOB_STEP_BOX:
      box = wb_job_state_suggest_box (state, state->parcel);
      return _wb_job_answer_take_box (state, box);
    case WB_JOB_STEP_WEIGH:
    case WB_JOB_STEP_LABEL:
    case WB_JOB_STEP_FINAL:
    case WB_JOB_STEP_DONE:
    default:
      return _wb_job_answer_refuse (state, g_strdup (_ ("There is nothing to confirm.")));
    }
}

static WbJobAnswer *
report_line (const WbJobState *state, WbJobCommand command)
{
  const WbJobLine *line = wb_job_get_line (state->job, state->line);
  guint left = _wb_job_state_get_remaining (state, state->line);
  WbJobAnswer *self = NULL;

  if (command == WB_JOB_COMMAND_SKIP)
    {
      self = _wb_job_answer_good (g_strdup_printf (_ ("%s comes later"), line->name));
      _wb_job_answer_add_line_event (self, WB_JOB_EVENT_SKIP, state->line, 0, NULL);
    }
  else if (command == WB_JOB_COMMAND_SHORT)
    {
      self = _wb_job_answer_good (g_strdup_printf (_ ("%u × %s short"), left, line->name));
      _wb_job_answer_add_line_event (self, WB_JOB_EVENT_SHORT, state->line, left, NULL);
    }
  else
    {
      self = _wb_job_answer_good (g_strdup_printf (_ ("1 × %s damaged: fetch another"), line->name));
      _wb_job_answer_add_line_event (self, WB_JOB_EVENT_DAMAGED, state->line, 1, NULL);
    }
  return self;
}

/* What is as it was before: somebody who was interrupted sees what the last thing had been. */
static const struct
{
  WbJobEventKind kind;
  const char *words; /* with the line's name, if it is of one */
} undone_words[] = {
  { WB_JOB_EVENT_ACKNOWLEDGE, N_ ("Undone: it is to be read again") },
  { WB_JOB_EVENT_PICK, N_ ("Undone: %s is to be fetched again") },
  { WB_JOB_EVENT_VERIFY, N_ ("Undone: %s is to be scanned again") },
  { WB_JOB_EVENT_SKIP, N_ ("Undone: %s is not put off any more") },
  { WB_JOB_EVENT_SHORT, N_ ("Undone: %s is not short any more") },
  { WB_JOB_EVENT_DAMAGED, N_ ("Undone: %s is not damaged any more") },
  { WB_JOB_EVENT_BOX, N_ ("Undone: the box is to be chosen again") },
  { WB_JOB_EVENT_WEIGH, N_ ("Undone: the parcel is to be weighed again") },
  { WB_JOB_EVENT_ANOTHER, N_ ("Undone: there is no other parcel") },
};

static char *
describe_undone (const WbJobState *state, GPtrArray *events)
{
  for (guint i = 0; i < events->len; i++)
    {
      const WbJobEvent *event = g_ptr_array_index (events, i);
      const WbJobLine *line = event->line > 0 ? wb_job_get_line (state->job, event->line) : NULL;

      for (guint j = 0; j < G_N_ELEMENTS (undone_words); j++)
        if (undone_words[j].kind == event->kind)
          return g_strdup_printf (_ (undone_words[j].words), line != NULL ? line->name : "");
    }
  return g_strdup (_ ("Undone"));
}

static WbJobAnswer *
undo (const WbJobState *state)
{
  g_autoptr (GPtrArray) events = wb_job_state_get_undoable (state);
  WbJobAnswer *self = _wb_job_answer_good (describe_undone (state, events));

  for (guint i = 0; i < events->len; i++)
    {
      const WbJobEvent *undone = g_ptr_array_index (events, i);

      _wb_job_answer_add_event (self, WB_JOB_EVENT_UNDO)->code = g_strdup (undone->id);
    }
  return self;
}

/* The next box can be begun when the last one has something in it, some other piece can go into the next, and no label
 * says yet what is in which. */
static gboolean
can_begin_another (const WbJobState *state)
{
  guint packed = 0;

  if (state->parcels->len == 0 || state->step < WB_JOB_STEP_VERIFY || state->step > WB_JOB_STEP_LABEL)
    return FALSE;
  for (guint i = 1; i <= state->parcels->len; i++)
    {
      if (wb_job_state_get_parcel (state, i)->tracking != NULL)
        return FALSE;
      packed += wb_job_parcel_get_pieces (wb_job_state_get_parcel (state, i));
    }
  return wb_job_parcel_get_pieces (wb_job_state_get_parcel (state, state->parcels->len)) > 0 &&
         (packed < wb_job_state_get_to_send (state) || packed > wb_job_state_get_n_parcels (state));
}

static WbJobAnswer *
begin_another (const WbJobState *state)
{
  guint number = state->parcels->len + 1;
  WbJobAnswer *self = _wb_job_answer_good (g_strdup_printf (_ ("Parcel %u"), wb_job_state_get_n_parcels (state) + 1));

  _wb_job_answer_add_event (self, WB_JOB_EVENT_ANOTHER)->parcel = number;
  return self;
}

static gboolean
is_weight_doubted (const WbJobState *state)
{
  return state->step == WB_JOB_STEP_WEIGH && state->mistake != NULL && state->mistake->number > 0 &&
         state->mistake->parcel == state->parcel;
}

/* A weight that was not expected and is right all the same: why goes into the log. */
static WbJobAnswer *
accept_weight (const WbJobState *state, WbJobCommand command)
{
  WbJobAnswer *self = _wb_job_answer_good (g_strdup (wb_job_command_get_title (command)));
  WbJobEvent *event = NULL;

  _wb_job_answer_add_event (self, WB_JOB_EVENT_ACKNOWLEDGE);
  event = _wb_job_answer_add_event (self, WB_JOB_EVENT_WEIGH);
  event->parcel = state->parcel;
  event->number = state->mistake->number;
  event->text = g_strdup (command == WB_JOB_COMMAND_WEIGHT_PACKING ? WB_JOB_WEIGHT_PACKING : WB_JOB_WEIGHT_CATALOGUE);
  return self;
}

/* The pieces or the label that would be scanned now. */
static gboolean
can_count_by_hand (const WbJobState *state)
{
  return state->job->by_hand && ((state->step == WB_JOB_STEP_VERIFY && state->line > 0) || state->step == WB_JOB_STEP_FINAL);
}

static char *
say_impossible (const WbJobState *state, WbJobCommand command)
{
  if (command == WB_JOB_COMMAND_UNDO)
    return g_strdup (_ ("There is nothing to undo."));
  if (command == WB_JOB_COMMAND_CONFIRM)
    return g_strdup (_ ("There is nothing to confirm."));
  if (command == WB_JOB_COMMAND_BY_HAND && !state->job->by_hand)
    return g_strdup (_ ("This shop wants everything scanned. Ask for help."));
  if (command == WB_JOB_COMMAND_ANOTHER && state->step < WB_JOB_STEP_BOX)
    return g_strdup (_ ("There is nothing in this box yet."));
  return g_strdup (_ ("That is not possible now."));
}

WbJobAnswer *
wb_job_answer_command (const WbJobState *state, WbJobCommand command)
{
  WbJobAnswer *self = NULL;

  g_return_val_if_fail (state != NULL, NULL);

  if (!wb_job_command_is_allowed (state, command))
    return _wb_job_answer_refuse (state, state->mistake != NULL && state->mistake->text != NULL
                                             ? g_strdup (state->mistake->text)
                                             : say_impossible (state, command));
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
    case WB_JOB_COMMAND_ANOTHER:
      return begin_another (state);
    case WB_JOB_COMMAND_WEIGHT_PACKING:
    case WB_JOB_COMMAND_WEIGHT_CATALOGUE:
      return accept_weight (state, command);
    case WB_JOB_COMMAND_ASIDE:
      self = _wb_job_answer_good (g_strdup (_ ("Put aside")));
      _wb_job_answer_add_event (self, WB_JOB_EVENT_ASIDE);
      return self;
    case WB_JOB_COMMAND_HELP:
      self = _wb_job_answer_good (g_strdup (_ ("Help is called")));
      _wb_job_answer_add_event (self, WB_JOB_EVENT_HELP);
      return self;
    case WB_JOB_COMMAND_REPRINT:
    case WB_JOB_COMMAND_PICK_LIST:
    case WB_JOB_COMMAND_SERVICE:
    case WB_JOB_COMMAND_LEAVE:
    case WB_JOB_COMMAND_PHOTO:
    case WB_JOB_COMMAND_BY_HAND:
    default:
      return _wb_job_answer_refuse (state, say_impossible (state, command));
    }
}

gboolean
wb_job_command_is_allowed (const WbJobState *state, WbJobCommand command)
{
  g_autoptr (GPtrArray) undoable = NULL;
  gboolean at_line = FALSE;

  g_return_val_if_fail (state != NULL, FALSE);

  if (command == WB_JOB_COMMAND_CONFIRM)
    return can_confirm (state);
  if (command == WB_JOB_COMMAND_HELP || command == WB_JOB_COMMAND_PHOTO)
    return TRUE;
  if (command == WB_JOB_COMMAND_WEIGHT_PACKING || command == WB_JOB_COMMAND_WEIGHT_CATALOGUE)
    return is_weight_doubted (state);
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
    case WB_JOB_COMMAND_ANOTHER:
      return can_begin_another (state);
    case WB_JOB_COMMAND_ASIDE:
      return state->step != WB_JOB_STEP_DONE;
    /* What a bench does by itself: it knows whether it can. */
    case WB_JOB_COMMAND_REPRINT:
      return state->step == WB_JOB_STEP_FINAL;
    case WB_JOB_COMMAND_PICK_LIST:
      return state->step <= WB_JOB_STEP_VERIFY;
    case WB_JOB_COMMAND_BY_HAND:
      return can_count_by_hand (state);
    case WB_JOB_COMMAND_SERVICE:
      return state->step == WB_JOB_STEP_BOX || state->step == WB_JOB_STEP_WEIGH || state->step == WB_JOB_STEP_LABEL;
    case WB_JOB_COMMAND_LEAVE:
    case WB_JOB_COMMAND_CONFIRM:
    case WB_JOB_COMMAND_HELP:
    case WB_JOB_COMMAND_PHOTO:
    case WB_JOB_COMMAND_WEIGHT_PACKING:
    case WB_JOB_COMMAND_WEIGHT_CATALOGUE:
    default:
      return TRUE;
    }
}
