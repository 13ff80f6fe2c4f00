/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One step as it fills the middle of the screen. A page only shows: it is told when the bench
 * changed, and its buttons name actions of the window ("bench.…"). Main thread.
 */
#pragma once

#include "ui/station/wb-bench.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_BENCH_PAGE (wb_bench_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (WbBenchPage, wb_bench_page, WB, BENCH_PAGE, GtkBox)

struct _WbBenchPageClass
{
  GtkBoxClass parent_class;

  /* Shows the bench as it is; @typed is what the keyboard holds. */
  void (*update) (WbBenchPage *self, WbBench *bench, const char *typed);

  /* Makes do with a narrow screen, or spreads out again. May be left out. */
  void (*set_narrow) (WbBenchPage *self, gboolean narrow);
};

/**
 * wb_bench_page_update:
 * @bench: what to show; there is a job in hand when the page belongs to a step
 * @typed: what was typed and not ended with Enter yet
 *
 * Reads everything anew.
 */
void wb_bench_page_update (WbBenchPage *self, WbBench *bench, const char *typed);

/**
 * wb_bench_page_set_narrow:
 * @narrow: whether the screen is higher than it is wide, or otherwise has little room
 *
 * Changes the shape of the page.
 */
void wb_bench_page_set_narrow (WbBenchPage *self, gboolean narrow);

/**
 * wb_bench_page_renews:
 * @shown: (inout) (transfer full) (nullable): what widgets were made for last
 * @now: what they are to show now, in whatever words
 *
 * Widgets that are made for what a page shows are made anew only when that is something else: it costs a layout of the window, and one
 * must not vanish under the finger that presses it.
 *
 * Returns: whether it is; then @shown is @now
 */
gboolean wb_bench_page_renews (char **shown, const char *now);

G_END_DECLS
