/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Events that are not stored in the database yet, kept in a file so that they survive the program.
 * Written in a thread, always the newest state, one write at a time. Main thread.
 */
#pragma once

#include "core/wb-job.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define WB_TYPE_BENCH_SPOOL (wb_bench_spool_get_type ())
G_DECLARE_FINAL_TYPE (WbBenchSpool, wb_bench_spool, WB, BENCH_SPOOL, GObject)

/**
 * wb_bench_spool_new:
 * @path: the file; its folder is made when it is needed
 *
 * Returns: (transfer full): a spool
 */
WbBenchSpool *wb_bench_spool_new (const char *path);

/**
 * wb_bench_spool_keep:
 * @job_id: the job they belong to
 * @events: (element-type WbJobEvent): all that is unsent; empty removes the file
 *
 * Replaces what is kept. Failures are logged: the events are still in memory.
 */
void wb_bench_spool_keep (WbBenchSpool *self, gint64 job_id, GPtrArray *events);

/**
 * wb_bench_spool_load_async:
 *
 * Reads what an earlier run left. Finish with wb_bench_spool_load_finish(): (transfer full)
 * (nullable) (element-type WbJobEvent): %NULL without error when there is nothing.
 */
void wb_bench_spool_load_async (WbBenchSpool *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);
GPtrArray *wb_bench_spool_load_finish (WbBenchSpool *self, GAsyncResult *result, gint64 *job_id, GError **error);

/**
 * wb_bench_spool_set_aside:
 *
 * Keeps what could not be stored under another name, for somebody to look at.
 */
void wb_bench_spool_set_aside (WbBenchSpool *self);

G_END_DECLS
