/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A packing bench at work, without a screen: takes the next order, turns scans and commands into
 * events, stores them, has labels made and printed, ships, and takes the next. What a person did
 * counts at once, here; it is stored in the background, kept on disk until it is, and sent again
 * until it arrives. Whoever shows it (wb-station-window.h) listens to #WbBench::changed and reads.
 *
 * Main thread; nothing blocks. Needs no more rights than a packer has.
 */
#pragma once

#include "core/wb-job-answer.h"
#include "core/wb-nfc-tag.h"
#include "core/wb-station-profile.h"
#include "db/wb-job-store.h"
#include "db/wb-service-store.h"
#include "devices/wb-camera.h"
#include "devices/wb-print-queue.h"

G_BEGIN_DECLS

/**
 * WbBenchMode:
 * @WB_BENCH_CLOSED: no station chosen
 * @WB_BENCH_IDLE: no order in hand
 * @WB_BENCH_LOADING: an order is being fetched
 * @WB_BENCH_WORKING: an order is in hand
 */
typedef enum
{
  WB_BENCH_CLOSED,
  WB_BENCH_IDLE,
  WB_BENCH_LOADING,
  WB_BENCH_WORKING,
} WbBenchMode;

/**
 * WbBenchChoosing:
 * @WB_BENCH_CHOOSING_NOTHING: the order is worked on
 * @WB_BENCH_CHOOSING_SERVICE: which carrier's service it goes by
 * @WB_BENCH_CHOOSING_REASON: why that one
 * @WB_BENCH_CHOOSING_REPRINT: why something is printed again
 * @WB_BENCH_CHOOSING_PRODUCT: which of several products it is that was scanned
 * @WB_BENCH_CHOOSING_BY_HAND: why something cannot be scanned
 *
 * What is asked before the order goes on.
 */
typedef enum
{
  WB_BENCH_CHOOSING_NOTHING,
  WB_BENCH_CHOOSING_SERVICE,
  WB_BENCH_CHOOSING_REASON,
  WB_BENCH_CHOOSING_REPRINT,
  WB_BENCH_CHOOSING_PRODUCT,
  WB_BENCH_CHOOSING_BY_HAND,
} WbBenchChoosing;

#define WB_TYPE_BENCH (wb_bench_get_type ())
G_DECLARE_FINAL_TYPE (WbBench, wb_bench, WB, BENCH, GObject)

/**
 * WbBench::changed:
 *
 * Something that is shown is different: read again.
 */

/**
 * WbBench::flash:
 * @kind: a #WbJobAnswerKind
 *
 * An input was right, wrong, or made no sense now: light up and sound.
 */

/**
 * wb_bench_new:
 * @db: the database
 * @printer: where labels come out
 * @spare: (nullable): where a label goes when the printer fails and somebody asks for it
 * @spool: (nullable): folder in which unsent events survive a crash; %NULL for the usual one
 *
 * Returns: (transfer full): a bench without a station
 */
WbBench *wb_bench_new (WbDb *db, WbPrinter *printer, WbPrinter *spare, const char *spool);

/**
 * wb_bench_set_station:
 * @station: code of the bench
 *
 * Opens the bench: what an earlier run could not store is stored first, then the order that was in
 * hand is taken up again.
 */
void wb_bench_set_station (WbBench *self, const char *station);
const char *wb_bench_get_station (WbBench *self);

/**
 * wb_bench_forget_station:
 *
 * This machine is to be another bench: without an order in hand, back to where no station is chosen.
 */
void wb_bench_forget_station (WbBench *self);

/**
 * wb_bench_scan:
 * @text: what was scanned or typed
 *
 * Any input: product, bin, box, weight, label, command. Answers at once.
 */
void wb_bench_scan (WbBench *self, const char *text);
void wb_bench_command (WbBench *self, WbJobCommand command);

/**
 * wb_bench_tap:
 * @tag: what was held to an NFC reader
 * @role: of the reader: %WB_STATION_ROLE_ANY, _BADGE or _CONFIRM
 *
 * A badge, a tote's or a shelf's tag is what its barcode would be: by what we wrote on it, a badge by the tag's number too. The
 * badge of whoever works here already confirms the step, and at a reader for that anything does. What else stands on a
 * tag means nothing, and never a command.
 */
void wb_bench_tap (WbBench *self, const WbNfcTag *tag, const char *role);

/**
 * wb_bench_badge:
 * @text: what a scanner read that is for people's badges only
 *
 * It is a badge, whatever it looks like, and never a product or a command.
 */
void wb_bench_badge (WbBench *self, const char *text);

/**
 * wb_bench_take:
 * @job_id: a job that was put aside or is open at another bench
 *
 * Takes it up here.
 */
void wb_bench_take (WbBench *self, gint64 job_id);

/**
 * wb_bench_retry:
 *
 * Tries again what failed (#WbBench trouble): the label, the printer, the shipping, the next order.
 */
void wb_bench_retry (WbBench *self);

/**
 * wb_bench_save_label:
 *
 * Gives the label to the spare printer, because the usual one does not work.
 */
void wb_bench_save_label (WbBench *self);

/**
 * wb_bench_reprint:
 *
 * Asks why (wb_bench_choose()), and prints the label once more. It says so itself, and the ledger says why.
 */
void wb_bench_reprint (WbBench *self);
gboolean wb_bench_can_reprint (WbBench *self);

/**
 * wb_bench_is_in_doubt:
 *
 * Returns: whether the label may have come out, and somebody has to look: wb_bench_settle()
 */
gboolean wb_bench_is_in_doubt (WbBench *self);

/**
 * wb_bench_settle:
 * @came_out: what somebody saw; when it is not there it is printed now
 */
void wb_bench_settle (WbBench *self, gboolean came_out);

/**
 * wb_bench_set_print_queue:
 * @queue: (transfer none): what prints here, and knows where each kind of paper goes
 *
 * Without one, a queue of its own keeps nothing on disk, and papers go where wb_bench_set_paper() says.
 */
void wb_bench_set_print_queue (WbBench *self, WbPrintQueue *queue);

/**
 * wb_bench_get_print_queue:
 *
 * Returns: (transfer none): all that is printed here
 */
WbPrintQueue *wb_bench_get_print_queue (WbBench *self);

/**
 * wb_bench_set_printer:
 * @printer: where labels come out from now on
 * @dpi: dots an inch, for printers that are told in dots: 203, 300 or 600
 */
void wb_bench_set_printer (WbBench *self, WbPrinter *printer, guint dpi);

/**
 * wb_bench_set_paper:
 * @printer: (nullable): where pick lists and sheets come out; %NULL: they are kept as files
 * @width_um: of the paper
 * @height_um: of the paper
 */
void wb_bench_set_paper (WbBench *self, WbPrinter *printer, guint width_um, guint height_um);

/**
 * wb_bench_print_pick_list:
 *
 * Prints what is to be fetched for the order in hand.
 */
void wb_bench_print_pick_list (WbBench *self);

/**
 * wb_bench_print_commands:
 *
 * Prints the barcodes of all commands and boxes.
 */
void wb_bench_print_commands (WbBench *self);

/**
 * wb_bench_set_camera:
 * @camera: (nullable): opened by whoever owns it
 *
 * What takes photos from now on: when somebody asks, and by themselves at the moments that the order or the camera's
 * option "photos" names.
 */
void wb_bench_set_camera (WbBench *self, WbCamera *camera);

/**
 * wb_bench_take_photo:
 *
 * Takes a photo of the parcel in hand; it is kept here until the database has it.
 */
void wb_bench_take_photo (WbBench *self);
gboolean wb_bench_can_take_photo (WbBench *self);

/**
 * wb_bench_get_photo:
 * @serial: (out) (optional): another number for another photo
 *
 * Returns: (transfer none) (nullable): the last one that was taken
 */
const WbPhoto *wb_bench_get_photo (WbBench *self, guint *serial);

/**
 * wb_bench_get_n_photos:
 *
 * Returns: how many were taken here of the order in hand
 */
guint wb_bench_get_n_photos (WbBench *self);

/**
 * wb_bench_get_n_unsent_photos:
 *
 * Returns: how many are not stored yet, of any order
 */
guint wb_bench_get_n_unsent_photos (WbBench *self);

/**
 * wb_bench_get_choice:
 *
 * Returns: (transfer none) (nullable): which service the parcels would go by; %NULL until known
 */
const WbServiceChoice *wb_bench_get_choice (WbBench *self);

/**
 * wb_bench_describe_service:
 *
 * Returns: (transfer full) (nullable): the same in a sentence, with why; %NULL until known
 */
char *wb_bench_describe_service (WbBench *self);

/**
 * wb_bench_describe_offer:
 * @offer: one of @choice
 *
 * Returns: (transfer full): when it arrives, or why it does not take the parcels
 */
char *wb_bench_describe_offer (const WbServiceOffer *offer, const WbServiceChoice *choice);

/**
 * wb_bench_choose_service:
 *
 * Asks which service the parcels go by, and then why.
 */
void wb_bench_choose_service (WbBench *self);
WbBenchChoosing wb_bench_get_choosing (WbBench *self);

/**
 * wb_bench_choose:
 * @number: of an offer, a reason or a product, from 1
 */
void wb_bench_choose (WbBench *self, guint number);

/**
 * wb_bench_stop_choosing:
 *
 * Leaves it as it was.
 */
void wb_bench_stop_choosing (WbBench *self);

/**
 * wb_bench_get_question:
 *
 * Returns: (transfer none) (nullable): the question that is answered with a reason now
 */
const char *wb_bench_get_question (WbBench *self);

/**
 * wb_bench_get_reason:
 * @number: from 1
 *
 * Returns: (transfer none) (nullable): one of the reasons that there are for what is asked now, or of the products it may be
 */
const char *wb_bench_get_reason (WbBench *self, guint number);

/**
 * wb_bench_leave:
 *
 * Whoever works here does so no longer.
 */
void wb_bench_leave (WbBench *self);

/**
 * wb_bench_get_person:
 *
 * Returns: (transfer none) (nullable): who works here, by their badge
 */
const char *wb_bench_get_person (WbBench *self);

/**
 * wb_bench_has_badges:
 *
 * Whether people here have badges, so that one is missed when nobody has scanned theirs.
 */
gboolean wb_bench_has_badges (WbBench *self);

WbBenchMode wb_bench_get_mode (WbBench *self);

/**
 * wb_bench_get_state:
 *
 * Returns: (transfer none) (nullable): how far the job in hand is; of the bench, until it changes
 */
const WbJobState *wb_bench_get_state (WbBench *self);

/**
 * wb_bench_get_work:
 *
 * Returns: (transfer none) (nullable): the job in hand
 */
const WbJobWork *wb_bench_get_work (WbBench *self);

/**
 * wb_bench_get_queue:
 *
 * Returns: (transfer none) (nullable): what waits for this bench; %NULL until it is known
 */
const WbJobQueue *wb_bench_get_queue (WbBench *self);

/**
 * wb_bench_get_label:
 * @parcel: number of a parcel
 *
 * Returns: (transfer none) (nullable): its label, once there is one
 */
const WbJobLabel *wb_bench_get_label (WbBench *self, guint parcel);

/**
 * wb_bench_layout_label:
 * @label: one of the labels
 *
 * Returns: (transfer full): what is printed for it today
 */
WbLabel *wb_bench_layout_label (WbBench *self, const WbJobLabel *label, GError **error);
guint wb_bench_get_dpi (WbBench *self);

/**
 * wb_bench_get_notice:
 *
 * Returns: (transfer none): the last thing there was to say, a sentence; ""
 */
const char *wb_bench_get_notice (WbBench *self);

/**
 * wb_bench_get_detail:
 *
 * Returns: (transfer none): what the wrongly scanned thing is and where it belongs; "" until known
 */
const char *wb_bench_get_detail (WbBench *self);

/**
 * wb_bench_is_asking:
 *
 * Returns: whether the database is asked what the wrongly scanned thing is, and has not answered
 */
gboolean wb_bench_is_asking (WbBench *self);

/**
 * wb_bench_get_trouble:
 *
 * Returns: (transfer none) (nullable): why the bench cannot go on by itself, a sentence
 */
const char *wb_bench_get_trouble (WbBench *self);
gboolean wb_bench_trouble_is_printer (WbBench *self);

/**
 * wb_bench_get_busy:
 *
 * Returns: (transfer none) (nullable): what it is waiting for, a sentence
 */
const char *wb_bench_get_busy (WbBench *self);

/**
 * wb_bench_get_n_unsent:
 *
 * Returns: how many events are not stored yet
 */
guint wb_bench_get_n_unsent (WbBench *self);
WbPrinter *wb_bench_get_printer (WbBench *self);
WbDb *wb_bench_get_db (WbBench *self);

/**
 * wb_bench_get_printer_state:
 * @message: (out) (transfer none): a sentence, "" when ready
 *
 * Returns: how the printer was when it was last asked
 */
WbPrinterState wb_bench_get_printer_state (WbBench *self, const char **message);

G_END_DECLS
