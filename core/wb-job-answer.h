/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an input means at a job: given the state and what a person scanned, typed or pressed,
 * either the events to append or a refusal that says what it was and what was expected. Looks at
 * nothing else and changes nothing, so an answer can be tried, shown and thrown away; the caller
 * stores the events and folds them (wb-job-state.h).
 *
 * Pure functions, any thread. Sentences are translated, for the person at the bench.
 */
#pragma once

#include "core/wb-job-state.h"

G_BEGIN_DECLS

/**
 * WbJobCommand:
 * @WB_JOB_COMMAND_CONFIRM: what the big button says: read, got it, take this box, understood
 * @WB_JOB_COMMAND_SKIP: this line later
 * @WB_JOB_COMMAND_SHORT: the rest of this line is not there
 * @WB_JOB_COMMAND_DAMAGED: one piece of this line is damaged
 * @WB_JOB_COMMAND_UNDO: take back the last input
 * @WB_JOB_COMMAND_ASIDE: put the job aside, take the next
 * @WB_JOB_COMMAND_HELP: call somebody
 * @WB_JOB_COMMAND_ANOTHER: this box is full, begin the next
 * @WB_JOB_COMMAND_REPRINT: the label once more; the bench does it, not the job
 * @WB_JOB_COMMAND_PICK_LIST: the pick list on paper; the bench does it
 * @WB_JOB_COMMAND_SERVICE: choose the carrier's service by hand; the bench asks which
 * @WB_JOB_COMMAND_WEIGHT_PACKING: the doubted weight is right: extra packing
 * @WB_JOB_COMMAND_WEIGHT_CATALOGUE: the doubted weight is right: the catalogue is wrong
 * @WB_JOB_COMMAND_LEAVE: the person leaves the bench; the bench does it
 * @WB_JOB_COMMAND_PHOTO: a photo of what lies there; the bench does it
 * @WB_JOB_COMMAND_BY_HAND: what is wanted is there and cannot be scanned; the bench asks why
 */
typedef enum
{
  WB_JOB_COMMAND_CONFIRM,
  WB_JOB_COMMAND_SKIP,
  WB_JOB_COMMAND_SHORT,
  WB_JOB_COMMAND_DAMAGED,
  WB_JOB_COMMAND_UNDO,
  WB_JOB_COMMAND_ASIDE,
  WB_JOB_COMMAND_HELP,
  WB_JOB_COMMAND_ANOTHER,
  WB_JOB_COMMAND_REPRINT,
  WB_JOB_COMMAND_PICK_LIST,
  WB_JOB_COMMAND_SERVICE,
  WB_JOB_COMMAND_WEIGHT_PACKING,
  WB_JOB_COMMAND_WEIGHT_CATALOGUE,
  WB_JOB_COMMAND_LEAVE,
  WB_JOB_COMMAND_PHOTO,
  WB_JOB_COMMAND_BY_HAND,
} WbJobCommand;

#define WB_JOB_N_COMMANDS (WB_JOB_COMMAND_BY_HAND + 1)

/** Why a weight that was not expected is right: what stands in the text of the event. */
#define WB_JOB_WEIGHT_AGAIN "weighed twice"
#define WB_JOB_WEIGHT_PACKING "extra packing"
#define WB_JOB_WEIGHT_CATALOGUE "catalogue weight wrong"

/**
 * WbJobAnswerKind:
 * @WB_JOB_ANSWER_GOOD: right; append the events
 * @WB_JOB_ANSWER_WRONG: wrong, and it must be noticed: append the events, which stop the work until
 *   acknowledged
 * @WB_JOB_ANSWER_REFUSED: makes no sense now; nothing to append
 */
typedef enum
{
  WB_JOB_ANSWER_GOOD,
  WB_JOB_ANSWER_WRONG,
  WB_JOB_ANSWER_REFUSED,
} WbJobAnswerKind;

/**
 * WbJobAnswer:
 * @kind: right, wrong, or not now
 * @events: (element-type WbJobEvent): to append, all or none; empty when refused
 * @message: what it was, a sentence
 * @expected: what is expected instead, a sentence; "" when @kind is GOOD
 * @lines: (nullable) (element-type guint): when what was scanned stands for several products, a line of each: somebody has to say
 *   which it is, and wb_job_answer_scan_line() takes it
 */
typedef struct
{
  WbJobAnswerKind kind;
  GPtrArray *events;
  char *message;
  char *expected;
  GArray *lines;
} WbJobAnswer;

/**
 * wb_job_answer_scan:
 * @text: what was scanned or typed: a product, a bin, a box, a weight, a label or a command
 *
 * What belongs to the job comes first: a product whose code reads like a command is that product.
 *
 * After a mistake the right thing goes on, and any other is refused. A weight far from what is expected is doubted once; the same
 * weight again (to 2 %) is believed, and the event says why. So do the commands that give a reason.
 *
 * Returns: (transfer full): the answer
 */
WbJobAnswer *wb_job_answer_scan (const WbJobState *state, const char *text);

/**
 * wb_job_answer_scan_line:
 * @text: what was scanned
 * @line: number of a line, from 1
 *
 * The same when @text stands for several products and somebody has said that it is the one of @line.
 *
 * Returns: (transfer full): the answer
 */
WbJobAnswer *wb_job_answer_scan_line (const WbJobState *state, const char *text, guint line);

/**
 * wb_job_answer_was_doubted:
 * @weight_g: another weight of the parcel
 *
 * Returns: whether it is the one that was doubted, and would be believed now
 */
gboolean wb_job_answer_was_doubted (const WbJobState *state, gint64 weight_g);
WbJobAnswer *wb_job_answer_command (const WbJobState *state, WbJobCommand command);

/**
 * wb_job_state_names:
 * @text: what was scanned
 *
 * Returns: whether it names something of this order or this bench: a product, a place, a box, a label; wanted now or not
 */
gboolean wb_job_state_names (const WbJobState *state, const char *text);

/**
 * wb_job_answer_by_hand:
 * @why: a word of wb_hand_reason_get_word()
 *
 * Somebody has seen what cannot be scanned: one piece of the product on the screen, or the label on the first parcel whose label was not
 * scanned yet.
 *
 * Returns: (transfer full): the answer
 */
WbJobAnswer *wb_job_answer_by_hand (const WbJobState *state, const char *why);

/**
 * wb_job_answer_service:
 * @code: of the carrier's service
 * @name: what people call it
 * @why: (nullable): why not the one that was proposed
 *
 * Somebody chose the service by hand.
 *
 * Returns: (transfer full): the answer
 */
WbJobAnswer *wb_job_answer_service (const WbJobState *state, const char *code, const char *name, const char *why);

/**
 * wb_job_answer_label:
 * @parcel: parcel number
 * @tracking: the carrier's tracking number
 * @sscc: (nullable): the parcel's own number
 *
 * A label was made for the parcel.
 *
 * Returns: (transfer full): the answer
 */
WbJobAnswer *wb_job_answer_label (const WbJobState *state, guint parcel, const char *tracking, const char *sscc);

/**
 * wb_job_answer_printed:
 * @print_job: what the printer calls it
 *
 * Returns: (transfer full): the answer
 */
WbJobAnswer *wb_job_answer_printed (const WbJobState *state, guint parcel, const char *print_job);
void wb_job_answer_free (WbJobAnswer *self);

/**
 * wb_job_command_is_allowed:
 *
 * Whether a button for @command does something now.
 */
gboolean wb_job_command_is_allowed (const WbJobState *state, WbJobCommand command);

/**
 * wb_job_command_get_code:
 *
 * Returns: (transfer none): what the command's printed barcode says, "WB:SKIP"
 */
const char *wb_job_command_get_code (WbJobCommand command);

/**
 * wb_job_command_get_title:
 *
 * Returns: (transfer none): what the button says
 */
const char *wb_job_command_get_title (WbJobCommand command);

/**
 * wb_job_command_get_hint:
 *
 * Returns: (transfer none): what it does, in a few words
 */
const char *wb_job_command_get_hint (WbJobCommand command);

/**
 * wb_job_command_from_code:
 * @text: what was scanned, with or without an AIM symbology identifier
 * @command: (out): untouched when it is none
 */
gboolean wb_job_command_from_code (const char *text, WbJobCommand *command);

/**
 * wb_job_state_get_expectation:
 *
 * Returns: (transfer full): one sentence that says what to do now
 */
char *wb_job_state_get_expectation (const WbJobState *state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbJobAnswer, wb_job_answer_free)

G_END_DECLS
