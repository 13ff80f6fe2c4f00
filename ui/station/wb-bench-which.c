/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A code that stands for several products of the order: whoever holds the thing says which it is. */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-facts.h"
#include "ui/station/wb-bench-private.h"

/* Two that are called alike are told apart by where they lie. */
static char *
describe_line (const WbJobLine *line)
{
  return wb_facts_join (line->name, line->sku, line->bin != NULL ? line->bin : "", NULL);
}

void
_wb_bench_ask_which (WbBench *self, const char *code, const WbJobAnswer *answer)
{
  g_free (self->asked_code);
  self->asked_code = g_strdup (code);
  g_clear_pointer (&self->asked_lines, g_array_unref);
  self->asked_lines = g_array_ref (answer->lines);
  g_clear_pointer (&self->asked_names, g_ptr_array_unref);
  self->asked_names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->asked_lines->len; i++)
    g_ptr_array_add (self->asked_names, describe_line (wb_job_get_line (self->work->job, g_array_index (self->asked_lines, guint, i))));
  self->choosing = WB_BENCH_CHOOSING_PRODUCT;
  _wb_bench_set_notice (self, answer->message);
  _wb_bench_flash (self, WB_JOB_ANSWER_REFUSED);
  _wb_bench_changed (self);
}

const char *
_wb_bench_get_asked_product (WbBench *self, guint number)
{
  return number >= 1 && number <= self->asked_names->len ? g_ptr_array_index (self->asked_names, number - 1) : NULL;
}

void
_wb_bench_take_product (WbBench *self, guint number)
{
  g_autoptr (WbJobAnswer) answer = wb_job_answer_scan_line (self->state, self->asked_code,
                                                            g_array_index (self->asked_lines, guint, number - 1));

  _wb_bench_take_answer (self, answer);
}
