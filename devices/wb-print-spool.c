/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "devices/wb-print-queue-private.h"

#define GROUP "Job"

struct _WbPrintSpool
{
  char *folder;
  GThreadPool *writer;
  GHashTable *kept; /* numbers whose bytes are on disk */
};

/* Something to write, or to delete where there is nothing to write. */
typedef struct
{
  char *path;
  GBytes *data;
} Writing;

static void
write_thread (gpointer data, gpointer user_data)
{
  Writing *writing = data;
  g_autofree char *folder = g_path_get_dirname (writing->path);
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  const char *bytes = writing->data != NULL ? g_bytes_get_data (writing->data, &size) : NULL;

  if (writing->data == NULL)
    g_unlink (writing->path);
  else if (g_mkdir_with_parents (folder, 0700) != 0 ||
           !g_file_set_contents_full (writing->path, bytes, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_message ("a print job is not kept: %s", error != NULL ? error->message : folder);
  g_clear_pointer (&writing->data, g_bytes_unref);
  g_free (writing->path);
  g_free (writing);
}

static void
push (WbPrintSpool *self, gint64 number, const char *ending, GBytes *data)
{
  Writing *writing = g_new0 (Writing, 1);

  writing->path = g_strdup_printf ("%s/%" G_GINT64_FORMAT ".%s", self->folder, number, ending);
  writing->data = data != NULL ? g_bytes_ref (data) : NULL;
  g_thread_pool_push (self->writer, writing, NULL);
}

WbPrintSpool *
_wb_print_spool_new (const char *folder)
{
  WbPrintSpool *self = g_new0 (WbPrintSpool, 1);

  self->folder = g_strdup (folder);
  self->writer = g_thread_pool_new (write_thread, NULL, 1, FALSE, NULL);
  self->kept = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

void
_wb_print_spool_free (WbPrintSpool *self)
{
  if (self == NULL)
    return;
  g_thread_pool_free (self->writer, FALSE, TRUE); /* may block: small files */
  g_hash_table_unref (self->kept);
  g_free (self->folder);
  g_free (self);
}

/* ── Writing ─────────────────────────────────────────────────────────────────────────────────── */

static void
set_text (GKeyFile *file, const char *key, const char *text)
{
  if (text != NULL)
    g_key_file_set_string (file, GROUP, key, text);
}

static GBytes *
describe (WbPrintJob *job)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  gsize length = 0;
  char *text = NULL;

  set_text (file, "Id", job->document->id);
  set_text (file, "Title", job->document->title);
  set_text (file, "Type", job->document->content_type);
  set_text (file, "Tray", job->document->tray);
  set_text (file, "Language", job->language);
  g_key_file_set_integer (file, GROUP, "Width", (int) job->document->width_um);
  g_key_file_set_integer (file, GROUP, "Height", (int) job->document->height_um);
  g_key_file_set_boolean (file, GROUP, "Absent", job->document->absent);
  set_text (file, "Kind", wb_print_kind_get_word (job->kind));
  g_key_file_set_integer (file, GROUP, "State", (int) job->state);
  g_key_file_set_int64 (file, GROUP, "Made", job->made_us);
  g_key_file_set_boolean (file, GROUP, "Patient", job->is_patient);
  set_text (file, "Message", job->message);
  set_text (file, "Handed", job->handed);
  if (job->route != NULL)
    {
      set_text (file, "Printer", job->route->printer);
      set_text (file, "PrinterTray", job->route->tray);
      set_text (file, "PrinterLanguage", job->route->language);
      g_key_file_set_integer (file, GROUP, "PrinterDpi", (int) job->route->dpi);
    }
  text = g_key_file_to_data (file, &length, NULL);
  return g_bytes_new_take (text, length);
}

void
_wb_print_spool_keep (WbPrintSpool *self, WbPrintJob *job)
{
  g_autoptr (GBytes) text = NULL;
  gboolean needed = job->state != WB_PRINT_JOB_DONE;
  gboolean kept = g_hash_table_contains (self->kept, &job->number);

  /* What no route leads to cannot be taken up again. */
  if (job->route == NULL)
    return;
  text = describe (job);
  if (needed && !kept)
    {
      push (self, job->number, "data", job->document->data);
      g_hash_table_add (self->kept, g_memdup2 (&job->number, sizeof job->number));
    }
  push (self, job->number, "job", text);
  if (!needed && kept)
    {
      push (self, job->number, "data", NULL);
      g_hash_table_remove (self->kept, &job->number);
    }
}

void
_wb_print_spool_renew (WbPrintSpool *self, WbPrintJob *job)
{
  g_hash_table_remove (self->kept, &job->number);
}

void
_wb_print_spool_forget (WbPrintSpool *self, gint64 number)
{
  push (self, number, "job", NULL);
  push (self, number, "data", NULL);
  g_hash_table_remove (self->kept, &number);
}

/* ── Reading ─────────────────────────────────────────────────────────────────────────────────── */

/* The two files of a job, as they are on disk. */
typedef struct
{
  gint64 number;
  GKeyFile *file;
  GBytes *data; /* (nullable) */
} Kept;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_key_file_unref (kept->file);
  g_clear_pointer (&kept->data, g_bytes_unref);
  g_free (kept);
}

static char *
get_text (GKeyFile *file, const char *key)
{
  return g_key_file_get_string (file, GROUP, key, NULL);
}

static WbPrintDocument *
read_document (GKeyFile *file, GBytes *data)
{
  g_autofree char *id = get_text (file, "Id");
  g_autofree char *title = get_text (file, "Title");
  g_autofree char *type = get_text (file, "Type");
  g_autofree char *tray = get_text (file, "Tray");
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  WbPrintDocument *document = NULL;

  if (id == NULL || *id == '\0' || type == NULL)
    return NULL;
  document = wb_print_document_new (id, title, type, data != NULL ? data : nothing);
  wb_print_document_set_medium (document, (guint) MAX (g_key_file_get_integer (file, GROUP, "Width", NULL), 0),
                                (guint) MAX (g_key_file_get_integer (file, GROUP, "Height", NULL), 0), tray);
  document->absent = g_key_file_get_boolean (file, GROUP, "Absent", NULL);
  return document;
}

static WbPrintRoute *
read_route (GKeyFile *file)
{
  g_autofree char *printer = get_text (file, "Printer");
  g_autofree char *tray = get_text (file, "PrinterTray");
  g_autofree char *language = get_text (file, "PrinterLanguage");

  return wb_print_route_new (printer, tray, language, (guint) MAX (g_key_file_get_integer (file, GROUP, "PrinterDpi", NULL), 0));
}

static WbPrintJob *
read_job (const Kept *kept)
{
  g_autoptr (WbPrintDocument) document = NULL;
  g_autofree char *word = get_text (kept->file, "Kind");
  g_autofree char *language = get_text (kept->file, "Language");
  int state = g_key_file_get_integer (kept->file, GROUP, "State", NULL);
  WbPrintKind kind = WB_PRINT_LABEL;
  WbPrintJob *job = NULL;

  if (word == NULL || !wb_print_kind_from_word (word, &kind) || state < 0 || state > WB_PRINT_JOB_CANCELLED ||
      (kept->data == NULL && state != WB_PRINT_JOB_DONE))
    return NULL;
  document = read_document (kept->file, kept->data);
  if (document == NULL)
    return NULL;
  job = _wb_print_job_new (document, kind);
  job->number = kept->number;
  job->state = (WbPrintJobState) state;
  job->made_us = g_key_file_get_int64 (kept->file, GROUP, "Made", NULL);
  job->is_patient = g_key_file_get_boolean (kept->file, GROUP, "Patient", NULL);
  job->handed = get_text (kept->file, "Handed");
  job->route = read_route (kept->file);
  /* Earlier versions kept none: then it is what the route's printer is told in. */
  _wb_print_job_set_document (job, job->document, language != NULL ? language : wb_print_route_get_language (job->route, kind));
  g_free (job->message);
  job->message = get_text (kept->file, "Message");
  if (job->message == NULL)
    job->message = g_strdup ("");
  return job;
}

/* ── In a thread ─────────────────────────────────────────────────────────────────────────────── */

static int
compare_kept (gconstpointer a, gconstpointer b)
{
  gint64 x = (*(const Kept *const *) a)->number;
  gint64 y = (*(const Kept *const *) b)->number;

  return x < y ? -1 : x > y;
}

static void
read_files (GPtrArray *all, const char *folder, const char *name, gint64 number)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *data_path = g_strdup_printf ("%s/%" G_GINT64_FORMAT ".data", folder, number);
  Kept *kept = g_new0 (Kept, 1);
  char *contents = NULL;
  gsize size = 0;

  kept->number = number;
  kept->file = g_key_file_new ();
  if (g_file_get_contents (data_path, &contents, &size, NULL))
    kept->data = g_bytes_new_take (contents, size);
  if (g_key_file_load_from_file (kept->file, path, G_KEY_FILE_NONE, NULL))
    g_ptr_array_add (all, kept);
  else
    kept_free (kept);
}

static void
load_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const char *folder = task_data;
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (kept_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *digits = g_str_has_suffix (name, ".job") ? g_strndup (name, strlen (name) - 4) : NULL;
      gint64 number = 0;

      if (digits != NULL && g_ascii_string_to_signed (digits, 10, 1, G_MAXINT64, &number, NULL))
        read_files (all, folder, name, number);
    }
  g_ptr_array_sort (all, compare_kept);
  g_task_return_pointer (task, g_steal_pointer (&all), (GDestroyNotify) g_ptr_array_unref);
}

void
_wb_print_spool_load_async (WbPrintSpool *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, _wb_print_spool_load_async);
  g_task_set_task_data (task, g_strdup (self->folder), g_free);
  g_task_run_in_thread (task, load_thread);
}

GPtrArray *
_wb_print_spool_load_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (GPtrArray) all = g_task_propagate_pointer (G_TASK (result), error);
  GPtrArray *jobs = NULL;

  if (all == NULL)
    return NULL;
  jobs = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < all->len; i++)
    {
      WbPrintJob *job = read_job (g_ptr_array_index (all, i));

      if (job != NULL)
        g_ptr_array_add (jobs, job);
    }
  return jobs;
}
