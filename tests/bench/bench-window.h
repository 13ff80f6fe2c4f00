/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The order table in a window of its own, for programs that measure what people see: it counts the frames that were
 * painted. Wants a screen (tests/xvfb). Main thread.
 */
#pragma once

#include <adwaita.h>

#include "ui/wb-lazy-list.h"
#include "ui/wb-page.h"
#include "ui/wb-table.h"

G_BEGIN_DECLS

typedef struct
{
  WbDb *db;
  GtkWidget *window;
  WbPage *page;
  WbTable *table;
  WbLazyList *list;
  guint n_frames;
} BenchWindow;

/* Connects and shows the page, without orders; FALSE, and said why, when there is no connection. */
gboolean bench_window_open (BenchWindow *self, const char *conninfo);
void bench_window_close (BenchWindow *self);
/* Another page, without orders, in place of the one that is there. */
void bench_window_renew (BenchWindow *self);
/* Asks for the first rows. */
void bench_window_ask (BenchWindow *self);
void bench_window_turn_until_painted (BenchWindow *self);
/* Until the rows from @position on are there and painted; milliseconds since @start. */
double bench_window_wait_for_rows (BenchWindow *self, guint position, gint64 start);
/* Until the answer is there and painted, rows or none. */
double bench_window_wait_for_answer (BenchWindow *self, gint64 start);
/* What a frame costs in which nothing new is painted: the 95th percentile in milliseconds. */
double bench_window_measure_frame (BenchWindow *self);
/* (element-type double): sorts @times */
double bench_percentile (GArray *times, guint percent);

G_END_DECLS
