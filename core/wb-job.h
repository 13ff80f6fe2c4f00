/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Guided work: what is to be done (a job: steps, lines, instructions, boxes, all as data) and what
 * was done (events). A job never changes once made; events are only ever appended, each under an
 * id that the seat made before it first tried to store it. What state a job is in follows from
 * these two alone: see wb-job-state.h; what an input means in that state: wb-job-answer.h.
 *
 * Nothing here knows a database, a device or a screen. Any thread; values are not shared between
 * threads while being built.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * WbJobStep:
 * @WB_JOB_STEP_REVIEW: read the order; acknowledge what must be acknowledged
 * @WB_JOB_STEP_PICK: fetch the lines from their bins, in walking order
 * @WB_JOB_STEP_VERIFY: scan every piece at the bench
 * @WB_JOB_STEP_BOX: choose the box (or boxes)
 * @WB_JOB_STEP_WEIGH: weigh every parcel
 * @WB_JOB_STEP_LABEL: have every parcel's label made and printed
 * @WB_JOB_STEP_FINAL: scan every label on its parcel
 * @WB_JOB_STEP_DONE: nothing left; never part of a job's list of steps
 *
 * The kinds of step a job may be made of. A job's steps are done in the order they are listed.
 */
typedef enum
{
  WB_JOB_STEP_REVIEW,
  WB_JOB_STEP_PICK,
  WB_JOB_STEP_VERIFY,
  WB_JOB_STEP_BOX,
  WB_JOB_STEP_WEIGH,
  WB_JOB_STEP_LABEL,
  WB_JOB_STEP_FINAL,
  WB_JOB_STEP_DONE,
} WbJobStep;

/**
 * WbJobEventKind:
 * @WB_JOB_EVENT_CLAIM: a seat took the job (seat and staff say who); also a take-over
 * @WB_JOB_EVENT_ACKNOWLEDGE: instruction number `line` was read (0: the mistake on screen was)
 * @WB_JOB_EVENT_REVIEWED: the order was read
 * @WB_JOB_EVENT_PICK: `quantity` pieces of `line` were taken from its bin; `code` is what was scanned
 * @WB_JOB_EVENT_VERIFY: `quantity` pieces of `line` were scanned at the bench and went into `parcel` (0: the last); `code` is what was
 *   scanned and `text` its lot. Without a code they were counted by hand, and `text` says why (wb_hand_reason_get_word())
 * @WB_JOB_EVENT_WRONG: `code` was scanned and does not belong; work stops until acknowledged
 * @WB_JOB_EVENT_SKIP: `line` goes to the end of the current step
 * @WB_JOB_EVENT_SHORT: `quantity` pieces of `line` are not to be found and will not be sent now
 * @WB_JOB_EVENT_DAMAGED: `quantity` pieces of `line` are damaged and must be fetched again
 * @WB_JOB_EVENT_ANOTHER: the box in hand is full; `parcel` is begun. After the last piece: what is there is divided
 * @WB_JOB_EVENT_MOVE: `quantity` pieces of `line` went from parcel `number` into `parcel`
 * @WB_JOB_EVENT_FILLED: nothing more moves into the last box
 * @WB_JOB_EVENT_BOX: parcel `parcel` uses box `code`
 * @WB_JOB_EVENT_BOXED: in the logs of earlier versions; changes nothing
 * @WB_JOB_EVENT_WEIGH: parcel `parcel` weighs `number` grams; `text` says why that is right although it was not expected
 * @WB_JOB_EVENT_SERVICE: the parcels go by the carrier's service `code`; `text` says why
 * @WB_JOB_EVENT_LABEL: parcel `parcel` has a label with tracking number `code` and SSCC `text`
 * @WB_JOB_EVENT_PRINTED: the label of `parcel` went to the printer; `code` is the print job
 * @WB_JOB_EVENT_FINAL: the label of `parcel` was scanned on the parcel; with a `text` it was only seen there, and that says why
 * @WB_JOB_EVENT_ASIDE: the job was put aside; `text` says why
 * @WB_JOB_EVENT_HELP: somebody was called; `text` says why. Changes nothing
 * @WB_JOB_EVENT_UNDO: the event whose id is `code` counts no longer
 * @WB_JOB_EVENT_SHIPPED: the job was completed; `number` is the shipment
 */
typedef enum
{
  WB_JOB_EVENT_CLAIM,
  WB_JOB_EVENT_ACKNOWLEDGE,
  WB_JOB_EVENT_REVIEWED,
  WB_JOB_EVENT_PICK,
  WB_JOB_EVENT_VERIFY,
  WB_JOB_EVENT_WRONG,
  WB_JOB_EVENT_SKIP,
  WB_JOB_EVENT_SHORT,
  WB_JOB_EVENT_DAMAGED,
  WB_JOB_EVENT_BOX,
  WB_JOB_EVENT_BOXED,
  WB_JOB_EVENT_WEIGH,
  WB_JOB_EVENT_LABEL,
  WB_JOB_EVENT_PRINTED,
  WB_JOB_EVENT_FINAL,
  WB_JOB_EVENT_ASIDE,
  WB_JOB_EVENT_HELP,
  WB_JOB_EVENT_UNDO,
  WB_JOB_EVENT_SHIPPED,
  WB_JOB_EVENT_ANOTHER,
  WB_JOB_EVENT_MOVE,
  WB_JOB_EVENT_FILLED,
  WB_JOB_EVENT_SERVICE,
} WbJobEventKind;

#define WB_JOB_N_EVENT_KINDS (WB_JOB_EVENT_SERVICE + 1)

/**
 * WbJobEvent:
 * @id: uuid made by the seat before the first try to store it
 * @kind: what happened
 * @at_us: when, by the seat's clock (Unix time, microseconds)
 * @line: number of the line or instruction it is about, from 1; 0 for none
 * @parcel: number of the parcel it is about, from 1; 0 for none
 * @quantity: pieces
 * @number: grams or a shipment, by kind
 * @code: what was scanned or chosen, or %NULL
 * @text: free words, or %NULL
 * @person: login of the person at the bench; %NULL when that is whoever the seat logged in as
 *
 * One thing that happened. Maps one to one on a row of work events.
 */
typedef struct
{
  char *id;
  WbJobEventKind kind;
  gint64 at_us;
  guint line;
  guint parcel;
  guint quantity;
  gint64 number;
  char *code;
  char *text;
  char *person;
} WbJobEvent;

/**
 * WbJobCode:
 * @code: a barcode as printed (EAN, UPC, GTIN-14, own code)
 * @quantity: pieces one scan of it stands for (12 for a case of 12)
 */
typedef struct
{
  char *code;
  guint quantity;
} WbJobCode;

/**
 * WbJobLine:
 * @id: the order line (or its reservation) in the database
 * @sku: stock keeping unit
 * @name: what people call it
 * @quantity: pieces to send
 * @bin: where it lies, as written on the shelf; %NULL if unknown
 * @check_digits: what stands beside it there, to be read out; %NULL if nothing does
 * @walk: place in the walk through the warehouse; lower comes first
 * @unit_weight_g: grams a piece; 0 when unknown
 * @width_mm: size of a piece; 0 when unknown
 * @depth_mm: see @width_mm
 * @height_mm: see @width_mm
 * @note: words to show with this line (gift wrap …), or %NULL
 * @codes: (element-type WbJobCode): barcodes that stand for it; the SKU always does
 */
typedef struct
{
  gint64 id;
  char *sku;
  char *name;
  guint quantity;
  char *bin;
  char *check_digits;
  gint64 walk;
  gint64 unit_weight_g;
  guint width_mm;
  guint depth_mm;
  guint height_mm;
  char *note;
  GPtrArray *codes;
} WbJobLine;

/**
 * WbJobInstruction:
 * @text: the words
 * @must_acknowledge: nobody gets past the review without saying that they read it
 */
typedef struct
{
  char *text;
  gboolean must_acknowledge;
} WbJobInstruction;

/**
 * WbJobBox:
 * @code: its name in the database; also taken when scanned
 * @barcode: what is printed on it or on its shelf, or %NULL
 * @name: what people call it
 * @width_mm: inside
 * @depth_mm: inside
 * @height_mm: inside
 * @tare_g: empty weight
 * @max_g: most that may go in; 0 for no limit
 */
typedef struct
{
  char *code;
  char *barcode;
  char *name;
  guint width_mm;
  guint depth_mm;
  guint height_mm;
  gint64 tare_g;
  gint64 max_g;
} WbJobBox;

/**
 * WbJob:
 * @id: of the job, in words
 * @number: the order's number, which is what people call it
 * @customer: who it goes to, a name only
 * @steps: (element-type WbJobStep): in the order they are done
 * @lines: (element-type WbJobLine)
 * @instructions: (element-type WbJobInstruction)
 * @boxes: (element-type WbJobBox): those this bench has, smallest first
 * @photos: when its parcels are photographed (#WbJobPhoto flags)
 * @by_hand: what cannot be scanned may be counted by hand
 *
 * What is to be done. Immutable once handed out.
 */
typedef struct
{
  gatomicrefcount refs;
  char *id;
  char *number;
  char *customer;
  GArray *steps;
  GPtrArray *lines;
  GPtrArray *instructions;
  GPtrArray *boxes;
  guint photos;
  gboolean by_hand;
} WbJob;

#define WB_TYPE_JOB (wb_job_get_type ())
GType wb_job_get_type (void) G_GNUC_CONST;

/**
 * wb_job_new:
 * @id: what makes it this job and no other
 * @number: the order's number
 * @customer: (nullable): a name
 *
 * Makes a job with the usual steps of packing one order and nothing in it yet.
 *
 * Returns: (transfer full): a job to fill with the wb_job_add functions
 */
WbJob *wb_job_new (const char *id, const char *number, const char *customer);
WbJob *wb_job_ref (WbJob *self);
void wb_job_unref (WbJob *self);

/**
 * wb_job_set_steps:
 * @steps: words as in wb_job_step_to_string(), comma separated ("review,pick,verify")
 *
 * Replaces the steps. Fails on a word that names no step, and on a step that comes twice.
 */
gboolean wb_job_set_steps (WbJob *self, const char *steps, GError **error);

/**
 * wb_job_add_line:
 *
 * Returns: (transfer none): the new line, to fill in before the job is used; its SKU already
 *   stands for one piece when scanned
 */
WbJobLine *wb_job_add_line (WbJob *self, gint64 id, const char *sku, const char *name, guint quantity);
void wb_job_line_add_code (WbJobLine *line, const char *code, guint quantity);
void wb_job_line_set_bin (WbJobLine *line, const char *bin, gint64 walk);
void wb_job_line_set_check_digits (WbJobLine *line, const char *digits);
void wb_job_line_set_size (WbJobLine *line, guint width_mm, guint depth_mm, guint height_mm, gint64 weight_g);
void wb_job_line_set_note (WbJobLine *line, const char *note);
void wb_job_add_instruction (WbJob *self, const char *text, gboolean must_acknowledge);
WbJobBox *wb_job_add_box (WbJob *self, const char *code, const char *name, guint width_mm, guint depth_mm,
                          guint height_mm, gint64 tare_g, gint64 max_g);
void wb_job_box_set_barcode (WbJobBox *box, const char *barcode);

/**
 * wb_job_get_line:
 * @number: from 1
 *
 * Returns: (transfer none) (nullable): that line; %NULL when there is none
 */
const WbJobLine *wb_job_get_line (const WbJob *self, guint number);
guint wb_job_get_n_lines (const WbJob *self);

/**
 * wb_job_find_line:
 * @text: what a scanner read or somebody typed: EAN, UPC, GTIN, GS1 element string or SKU
 * @quantity: (out) (optional): pieces that one scan stands for
 *
 * Returns: number of the line it stands for, from 1; 0 when it is none of this job's
 */
guint wb_job_find_line (const WbJob *self, const char *text, guint *quantity);

/**
 * wb_job_find_next_line:
 * @text: as above
 * @after: number of the line to look behind; 0 looks at all
 * @quantity: (out) (optional): pieces that one scan stands for
 *
 * The same SKU may stand on several lines, and the same code on several SKUs.
 *
 * Returns: number of the next line it stands for; 0 when there is no other
 */
guint wb_job_find_next_line (const WbJob *self, const char *text, guint after, guint *quantity);
const WbJobBox *wb_job_find_box (const WbJob *self, const char *text);

/**
 * wb_job_make_service_name:
 * @carrier: (nullable): its name
 * @service: (nullable): the name of its service
 *
 * Many carriers begin the names of their services with their own; then it is not said twice.
 *
 * Returns: (transfer full): what people call the service
 */
char *wb_job_make_service_name (const char *carrier, const char *service);

/**
 * wb_job_act_id:
 * @what: the act, such as "label"
 * @parcel: parcel number, or 0
 *
 * The same uuid for the same act on whatever seat and however often it is tried, so that a
 * killed program's half-done act is finished, not repeated.
 *
 * Returns: (transfer full): a name-based uuid
 */
char *wb_job_act_id (const WbJob *self, const char *what, guint parcel);

/**
 * wb_job_event_new:
 *
 * Returns: (transfer full): an event that happens now, with a new id
 */
WbJobEvent *wb_job_event_new (WbJobEventKind kind);
WbJobEvent *wb_job_event_copy (const WbJobEvent *self);
void wb_job_event_free (WbJobEvent *self);

/**
 * wb_job_step_to_string:
 *
 * Returns: (transfer none): the word that the database and files use, such as "verify"
 */
const char *wb_job_step_to_string (WbJobStep step);
/**
 * wb_job_step_from_string:
 * @word: (nullable): such as "verify"
 * @step: (out): untouched when the word is unknown
 */
gboolean wb_job_step_from_string (const char *word, WbJobStep *step);
/**
 * wb_job_event_kind_to_string:
 *
 * Returns: (transfer none): the word that the database uses, such as "pick"
 */
const char *wb_job_event_kind_to_string (WbJobEventKind kind);
/**
 * wb_job_event_kind_from_string:
 * @word: (nullable): such as "pick"
 * @kind: (out): untouched when the word is unknown
 */
gboolean wb_job_event_kind_from_string (const char *word, WbJobEventKind *kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbJob, wb_job_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbJobEvent, wb_job_event_free)

G_END_DECLS
