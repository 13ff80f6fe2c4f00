/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of a bench share: wb-bench.c (orders in and out of hand, events on their way to the database),
 * wb-bench-input.c (scans and commands) and wb-bench-label.c (labels, printing, shipping).
 */
#pragma once

#include "ui/station/wb-bench-spool.h"
#include "ui/station/wb-bench.h"

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
  gboolean is_querying;
  gboolean use_spare;
  gboolean printer_trouble;
  guint n_copies;
  WbPrinterState printer_state;

  /* Owned references */
  WbDb *db;
  WbPrinter *printer;
  WbPrinter *spare;
  WbBenchSpool *spool;
  GCancellable *cancellable;
  char *spool_folder;
  char *station;
  WbJobWork *work;
  WbJobState *state;
  WbJobQueue *queue;
  GPtrArray *unsent;
  char *notice;
  char *detail;
  char *trouble;
  char *printer_message;
};

void _wb_bench_changed (WbBench *self);
void _wb_bench_flash (WbBench *self, WbJobAnswerKind kind);
void _wb_bench_set_detail (WbBench *self, const char *detail);
void _wb_bench_fetch (WbBench *self, gint64 job_id);
void _wb_bench_send_events (WbBench *self);
void _wb_bench_append (WbBench *self, WbJobAnswer *answer);
void _wb_bench_set_trouble (WbBench *self, const char *trouble, gboolean is_printer);
void _wb_bench_set_notice (WbBench *self, const char *notice);
void _wb_bench_lose (WbBench *self, const char *why);
void _wb_bench_finish (WbBench *self, const char *notice);
void _wb_bench_retry_later (WbBench *self);
void _wb_bench_advance (WbBench *self);

void _wb_bench_label_step (WbBench *self);
void _wb_bench_ship (WbBench *self);

G_END_DECLS
