/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times that a bench program took, and the JSON line a figure that benches.py reads. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bench_times_new:
 *
 * Returns: (transfer full) (element-type double): for milliseconds
 */
GArray *bench_times_new (void);
void bench_times_add_us (GArray *times, gint64 us);

/**
 * bench_times_get:
 * @percent: 0 to 100
 *
 * Sorts @times.
 *
 * Returns: the percentile of the nearest rank, in milliseconds; 0 where there is none
 */
double bench_times_get (GArray *times, guint percent);

/**
 * bench_times_report:
 * @reference: (nullable): times of the same work without us
 * @note: what was measured, and the bar
 *
 * Prints the 99th percentile of both as a figure, with what the rest was like.
 */
void bench_times_report (const char *name, GArray *times, GArray *reference, const char *note);

G_END_DECLS
