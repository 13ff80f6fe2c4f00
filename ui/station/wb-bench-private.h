/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the two halves of a bench share: wb-bench.c (orders, inputs, events on their way to the
 * database) and wb-bench-label.c (labels, printing, shipping).
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
