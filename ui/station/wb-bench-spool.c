/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <glib/gstdio.h>

#include "db/wb-job-json.h"
#include "ui/station/wb-bench-spool.h"

struct _WbBenchSpool
{
  GObject parent_instance;

  gboolean is_writing;
  gboolean is_dirty;

  /* Owned references */
  char *path;
  char *wanted;
};

G_DEFINE_FINAL_TYPE (WbBenchSpool, wb_bench_spool, G_TYPE_OBJECT)

typedef struct
{
  char *path;
  char *contents;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  g_free (job->contents);
  g_free (job);
}

static void
write_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Job *job = task_data;
  g_autofree char *folder = g_path_get_dirname (job->path);
  g_autoptr (GError) error = NULL;

  if (job->contents == NULL)
    g_unlink (job->path);
  else if (g_mkdir_with_parents (folder, 0700) != 0)
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_FAILED, "the folder %s cannot be made", folder);
  else
    g_file_set_contents_full (job->path, job->contents, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void write_wanted (WbBenchSpool *self);

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbBenchSpool *self = WB_BENCH_SPOOL (source);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_message ("unsent work is only kept in memory: %s", error->message);
  self->is_writing = FALSE;
  if (self->is_dirty)
    write_wanted (self);
}

static void
write_wanted (WbBenchSpool *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, written_cb, NULL);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, write_wanted);
  self->is_writing = TRUE;
  self->is_dirty = FALSE;
  job->path = g_strdup (self->path);
  job->contents = g_strdup (self->wanted);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, write_thread);
}

void
wb_bench_spool_keep (WbBenchSpool *self, gint64 job_id, GPtrArray *events)
{
  g_autofree char *json = NULL;

  g_return_if_fail (WB_IS_BENCH_SPOOL (self) && events != NULL);

  g_clear_pointer (&self->wanted, g_free);
  if (events->len > 0)
    {
      json = wb_job_events_to_json (events);
      self->wanted = g_strdup_printf ("%" G_GINT64_FORMAT "\n%s\n", job_id, json);
    }
  self->is_dirty = TRUE;
  if (!self->is_writing)
    write_wanted (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *contents = NULL;

  if (g_file_load_contents_finish (G_FILE (source), result, &contents, NULL, NULL, &error))
    g_task_return_pointer (task, contents, g_free);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_task_return_pointer (task, NULL, NULL);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
wb_bench_spool_load_async (WbBenchSpool *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = NULL;
  g_autoptr (GFile) file = NULL;

  g_return_if_fail (WB_IS_BENCH_SPOOL (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_bench_spool_load_async);
  file = g_file_new_for_path (self->path);
  g_file_load_contents_async (file, cancellable, loaded_cb, task);
}

GPtrArray *
wb_bench_spool_load_finish (WbBenchSpool *self, GAsyncResult *result, gint64 *job_id, GError **error)
{
  g_autofree char *contents = NULL;
  char *end = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  contents = g_task_propagate_pointer (G_TASK (result), error);
  if (contents == NULL)
    return NULL;
  *job_id = g_ascii_strtoll (contents, &end, 10);
  return wb_job_events_from_json (end, error);
}

void
wb_bench_spool_set_aside (WbBenchSpool *self)
{
  g_autofree char *name = NULL;

  g_return_if_fail (WB_IS_BENCH_SPOOL (self));

  name = g_strdup_printf ("%s.%" G_GINT64_FORMAT ".refused", self->path, g_get_real_time () / G_USEC_PER_SEC);
  if (g_rename (self->path, name) == 0)
    g_message ("work that could not be stored is kept in %s", name);
}

static void
wb_bench_spool_finalize (GObject *object)
{
  WbBenchSpool *self = WB_BENCH_SPOOL (object);

  g_free (self->path);
  g_free (self->wanted);
  G_OBJECT_CLASS (wb_bench_spool_parent_class)->finalize (object);
}

static void
wb_bench_spool_class_init (WbBenchSpoolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_bench_spool_finalize;
}

static void
wb_bench_spool_init (WbBenchSpool *self)
{
}

WbBenchSpool *
wb_bench_spool_new (const char *path)
{
  WbBenchSpool *self = g_object_new (WB_TYPE_BENCH_SPOOL, NULL);

  self->path = g_strdup (path);
  return self;
}
