/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of a bench share: wb-bench.c (which station this is, its printer, what is shown), wb-bench-work.c (orders in
 * and out of hand), wb-bench-unsent.c (events on their way to the database), wb-bench-input.c (scans and commands),
 * wb-bench-label.c (labels, printing, shipping), wb-bench-service.c (which carrier), wb-bench-which.c (which of several
 * products), wb-bench-people.c (badges), wb-bench-tap.c (NFC tags), wb-bench-paper.c (pick lists, command sheets) and
 * wb-bench-photo.c.
 */
#pragma once

#include "core/wb-label-templates.h"
#include "ui/station/wb-bench-spool.h"
#include "ui/station/wb-bench.h"
#include "ui/station/wb-photo-spool.h"
#include "ui/wb-print-notes.h"

G_BEGIN_DECLS

struct _WbBench
{
  GObject parent_instance;

  /* Plain state */
  WbBenchMode mode;
  gint64 wanted_job;
  guint retry_source;
  guint watch_source;
  gboolean is_sending;
  gboolean is_labelling;
  gboolean is_printing;
  gboolean is_shipping;
  gboolean is_leaving;
  gboolean is_asking;
  gboolean is_querying;
  gboolean query_again;
  gboolean use_spare;
  gboolean printer_trouble;
  guint n_copies;
  gboolean is_routed; /* where papers go is said by the queue */
  WbPrintKind reprint_kind;
  guint reprint_copy;
  guint hand_line; /* what was counted by hand last, and why; 0: nothing of this order */
  guint hand_reason;
  guint dpi;
  WbLabelTemplates *templates;
  guint paper_width_um;
  guint paper_height_um;
  gboolean is_entering;
  gboolean shift_pending;
  gboolean shift_is_newer;
  guint n_shifts;      /* comings and goings, and their ways into the database */
  guint queried_shift; /* how many of them a queue on its way may know of */
  gboolean is_asking_service;
  WbBenchChoosing choosing;
  WbPrinterState printer_state;
  guint photo_serial;
  guint n_photos;

  /* Owned references */
  WbDb *db;
  WbPrinter *printer;
  WbPrinter *spare;
  WbPrinter *paper;
  WbPrintQueue *prints;
  WbPrintNotes *notes;
  char *label_document; /* (nullable): id of the label that was printed last */
  WbBenchSpool *spool;
  GCancellable *cancellable;
  char *spool_folder;
  char *station;
  WbJobWork *work;
  WbJobState *state;
  WbJobQueue *queue;
  GPtrArray *unsent;
  GPtrArray *badges;
  char *person_login;
  char *person_name;
  char *badge;
  char *unknown_badge;
  WbServiceChoice *choice;
  char *service_question;
  char *chosen_service;
  char *asked_code;     /* what was scanned, while it is asked which product it is */
  GArray *asked_lines;  /* guint: a line of each product it may be */
  GPtrArray *asked_names;
  char *notice;
  char *detail;
  char *trouble;
  char *printer_message;
  WbCamera *camera;
  WbPhotoSpool *photos;
  WbPhoto *photo;
  GArray *photographed; /* guint: for each parcel the moments that are over */
};

void _wb_bench_changed (WbBench *self);
void _wb_bench_flash (WbBench *self, WbJobAnswerKind kind);
void _wb_bench_set_detail (WbBench *self, const char *detail);
void _wb_bench_set_trouble (WbBench *self, const char *trouble, gboolean is_printer);
void _wb_bench_set_notice (WbBench *self, const char *notice);

void _wb_bench_load_queue (WbBench *self);
void _wb_bench_fetch (WbBench *self, gint64 job_id);
void _wb_bench_lose (WbBench *self, const char *why);
void _wb_bench_finish (WbBench *self, const char *notice);
void _wb_bench_advance (WbBench *self);

void _wb_bench_append (WbBench *self, WbJobAnswer *answer);
void _wb_bench_send_events (WbBench *self);
void _wb_bench_retry_later (WbBench *self);

void _wb_bench_take_answer (WbBench *self, WbJobAnswer *answer);
void _wb_bench_look_for_service (WbBench *self);
void _wb_bench_forget_service (WbBench *self);
const char *_wb_bench_get_service_reason (WbBench *self, guint number);
void _wb_bench_send_by_service (WbBench *self, guint number);

void _wb_bench_ask_why (WbBench *self, WbBenchChoosing choosing);
void _wb_bench_take_choice (WbBench *self, guint number);
void _wb_bench_count_by_hand (WbBench *self);

void _wb_bench_load_badges (WbBench *self);
gboolean _wb_bench_take_badge (WbBench *self, const char *text);
gboolean _wb_bench_is_badge (WbBench *self, const char *text);
gboolean _wb_bench_works_here (WbBench *self, const char *text);
void _wb_bench_send_shift (WbBench *self);
void _wb_bench_see_person (WbBench *self, const char *login, const char *name);

void _wb_bench_open_photos (WbBench *self);
void _wb_bench_begin_photos (WbBench *self);
void _wb_bench_look_for_photos (WbBench *self);

void _wb_bench_ask_why_again (WbBench *self, WbPrintKind kind, guint copy);
void _wb_bench_print_again (WbBench *self, guint number);
char *_wb_bench_describe_now (void);
void _wb_bench_print_label_again (WbBench *self, const char *reason);
void _wb_bench_print_pick_list_again (WbBench *self, const char *reason, guint copy);

void _wb_bench_ask_which (WbBench *self, const char *code, const WbJobAnswer *answer);
const char *_wb_bench_get_asked_product (WbBench *self, guint number);
void _wb_bench_take_product (WbBench *self, guint number);

void _wb_bench_label_step (WbBench *self);
void _wb_bench_ship (WbBench *self);

G_END_DECLS
