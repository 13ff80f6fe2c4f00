/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <string.h>

#include "core/wb-file-writer.h"
#include "db/wb-job-json.h"
#include "ui/station/wb-bench-spool.h"

struct _WbBenchSpool
{
  GObject parent_instance;

  gboolean is_writing;
  gboolean is_dirty;

  /* Owned references */
  WbFileWriter *writer;
  char *path;
  GBytes *wanted; /* (nullable): NULL for no file */
};

G_DEFINE_FINAL_TYPE (WbBenchSpool, wb_bench_spool, G_TYPE_OBJECT)

#define ASIDE ".refused"

static void
write_wanted (WbBenchSpool *self)
{
  self->is_writing = TRUE;
  self->is_dirty = FALSE;
  if (self->wanted != NULL)
    wb_file_writer_write (self->writer, self->path, self->wanted);
  else
    wb_file_writer_remove (self->writer, self->path);
}

static void
done_cb (WbBenchSpool *self, const char *path, const GError *error)
{
  if (g_str_has_suffix (path, ASIDE) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_message (error == NULL ? "work that could not be stored is kept in %s" : "work that could not be stored is not kept in %s", path);
  if (!g_str_equal (path, self->path))
    return;
  if (error != NULL)
    g_message ("unsent work is only kept in memory: %s", error->message);
  self->is_writing = FALSE;
  if (self->is_dirty)
    write_wanted (self);
}

void
wb_bench_spool_keep (WbBenchSpool *self, gint64 job_id, GPtrArray *events)
{
  g_autofree char *json = NULL;

  g_return_if_fail (WB_IS_BENCH_SPOOL (self) && events != NULL);

  g_clear_pointer (&self->wanted, g_bytes_unref);
  if (events->len > 0)
    {
      char *text = NULL;

      json = wb_job_events_to_json (events);
      text = g_strdup_printf ("%" G_GINT64_FORMAT "\n%s\n", job_id, json);
      self->wanted = g_bytes_new_take (text, strlen (text));
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
  WbFileChange *change = NULL;

  g_return_if_fail (WB_IS_BENCH_SPOOL (self));

  if (self->is_dirty)
    write_wanted (self);
  name = g_strdup_printf ("%s.%" G_GINT64_FORMAT ASIDE, self->path, g_get_real_time () / G_USEC_PER_SEC);
  change = wb_file_change_new (name);
  wb_file_change_rename (change, self->path, name);
  wb_file_writer_push (self->writer, change);
}

static void
wb_bench_spool_finalize (GObject *object)
{
  WbBenchSpool *self = WB_BENCH_SPOOL (object);

  if (self->is_dirty)
    write_wanted (self);
  g_object_unref (self->writer); /* may block: a small file */
  g_clear_pointer (&self->wanted, g_bytes_unref);
  g_free (self->path);
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
  self->writer = wb_file_writer_new ();
  g_signal_connect_object (self->writer, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
}

WbBenchSpool *
wb_bench_spool_new (const char *path)
{
  WbBenchSpool *self = g_object_new (WB_TYPE_BENCH_SPOOL, NULL);

  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);

  self->path = g_strdup (path);
  wb_file_writer_clean (self->writer, folder, name);
  return self;
}
