/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/station/wb-bench-page.h"

G_DEFINE_ABSTRACT_TYPE (WbBenchPage, wb_bench_page, GTK_TYPE_BOX)

static void
wb_bench_page_class_init (WbBenchPageClass *klass)
{
}

static void
wb_bench_page_init (WbBenchPage *self)
{
}

void
wb_bench_page_update (WbBenchPage *self, WbBench *bench, const char *typed)
{
  g_return_if_fail (WB_IS_BENCH_PAGE (self) && WB_IS_BENCH (bench));

  WB_BENCH_PAGE_GET_CLASS (self)->update (self, bench, typed);
}

void
wb_bench_page_set_narrow (WbBenchPage *self, gboolean narrow)
{
  g_return_if_fail (WB_IS_BENCH_PAGE (self));

  if (WB_BENCH_PAGE_GET_CLASS (self)->set_narrow != NULL)
    WB_BENCH_PAGE_GET_CLASS (self)->set_narrow (self, narrow);
}

gboolean
wb_bench_page_renews (char **shown, const char *now)
{
  g_return_val_if_fail (shown != NULL && now != NULL, FALSE);

  if (g_strcmp0 (*shown, now) == 0)
    return FALSE;
  g_free (*shown);
  *shown = g_strdup (now);
  return TRUE;
}
