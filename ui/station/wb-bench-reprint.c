/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Printing again, which asks why. */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-print-reason.h"
#include "ui/station/wb-bench-private.h"

void
_wb_bench_ask_why_again (WbBench *self, WbPrintKind kind, guint copy)
{
  self->reprint_kind = kind;
  self->reprint_copy = copy;
  _wb_bench_ask_why (self, WB_BENCH_CHOOSING_REPRINT);
}

void
_wb_bench_print_again (WbBench *self, guint number)
{
  const char *reason = wb_print_reason_get (number);

  if (self->reprint_kind == WB_PRINT_LABEL)
    _wb_bench_print_label_again (self, reason);
  else
    _wb_bench_print_pick_list_again (self, reason, self->reprint_copy);
}

/* When and who, as it stands on what is printed again. */
char *
_wb_bench_describe_now (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "%Y-%m-%d %H:%M");
}

/* ── Doubt ───────────────────────────────────────────────────────────────────────────────────── */

gboolean
wb_bench_is_in_doubt (WbBench *self)
{
  WbPrintJob *job = NULL;

  g_return_val_if_fail (WB_IS_BENCH (self), FALSE);

  job = self->trouble != NULL && self->label_document != NULL ? wb_print_queue_find (self->prints, self->label_document) : NULL;
  return job != NULL && wb_print_job_get_state (job) == WB_PRINT_JOB_DOUBT;
}

void
wb_bench_settle (WbBench *self, gboolean came_out)
{
  g_return_if_fail (WB_IS_BENCH (self));

  if (!wb_bench_is_in_doubt (self))
    return;
  wb_print_queue_settle (self->prints, wb_print_queue_find (self->prints, self->label_document), came_out);
  /* Asked for again, it is the job there is: out, or on its way. */
  wb_bench_retry (self);
}
