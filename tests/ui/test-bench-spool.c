/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work that is not in the database yet, on disk: without a server and without a screen. */
#include "config.h"

#include "tests/wb-test.h"
#include "ui/station/wb-bench-spool.h"

typedef struct
{
  WbBenchSpool *spool;
  char *folder;
  char *path;
} Desk;

static void
desk_open (Desk *desk)
{
  desk->folder = wb_test_folder ();
  desk->path = g_build_filename (desk->folder, "state", "bench-ST1.unsent", NULL);
  desk->spool = wb_bench_spool_new (desk->path);
}

static void
desk_close (Desk *desk)
{
  wb_test_assert_finalized (&desk->spool);
  g_free (desk->folder);
  g_free (desk->path);
}

static void
keep (Desk *desk, guint n)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_job_event_free);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (events, wb_job_event_new (WB_JOB_EVENT_REVIEWED));
  wb_bench_spool_keep (desk->spool, 7, events);
}

/* How many events a run that is started now finds. */
static guint
load (Desk *desk)
{
  g_autoptr (WbBenchSpool) spool = wb_bench_spool_new (desk->path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = NULL;
  gint64 job_id = 0;

  wb_bench_spool_load_async (spool, NULL, wb_test_store_result, &result);
  wb_test_await (result);
  events = wb_bench_spool_load_finish (spool, result, &job_id, &error);
  g_assert_no_error (error);
  if (events != NULL)
    g_assert_cmpint (job_id, ==, 7);
  return events != NULL ? events->len : 0;
}

static guint
count_files (Desk *desk)
{
  g_autofree char *folder = g_path_get_dirname (desk->path);

  return wb_test_count_files (folder, NULL);
}

/* Let go of while it writes, the newest is on disk; nothing more has to happen for that. */
static void
test_newest_at_the_end (void)
{
  Desk desk = { 0 };

  desk_open (&desk);
  for (guint n = 1; n <= 20; n++)
    keep (&desk, n);
  g_clear_object (&desk.spool);
  g_assert_cmpuint (load (&desk), ==, 20);
  desk.spool = wb_bench_spool_new (desk.path);
  keep (&desk, 0);
  g_clear_object (&desk.spool);
  g_assert_cmpuint (count_files (&desk), ==, 0);
  desk.spool = wb_bench_spool_new (desk.path);
  desk_close (&desk);
}

/* What is set aside while it is still being written does not come back: the next run would send it once more. */
static void
test_set_aside (void)
{
  Desk desk = { 0 };

  desk_open (&desk);
  for (guint n = 1; n <= 20; n++)
    keep (&desk, n);
  wb_bench_spool_set_aside (desk.spool);
  g_clear_object (&desk.spool);
  g_assert_cmpuint (load (&desk), ==, 0);
  g_assert_cmpuint (count_files (&desk), ==, 1);
  desk.spool = wb_bench_spool_new (desk.path);
  desk_close (&desk);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/bench-spool/newest-at-the-end", test_newest_at_the_end);
  g_test_add_func ("/bench-spool/set-aside", test_set_aside);
  return g_test_run ();
}
