/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/wb-file-writer.h"
#include "devices/wb-print-queue-private.h"

#define GROUP "Job"
#define JOB ".job"
#define DATA ".data"

struct _WbPrintSpool
{
  char *folder;
  WbFileWriter *writer;
  GHashTable *behind; /* numbers of jobs that could not be written as they are */
};

/* Its description, which counts. */
static char *
make_job_path (const char *folder, gint64 number)
{
  return g_strdup_printf ("%s/%" G_GINT64_FORMAT JOB, folder, number);
}

/* Bytes never change under their name: those of the earlier form, and then one file for each time they are written anew. */
static char *
make_data_path (const char *folder, gint64 number, int generation)
{
  return generation == 0 ? g_strdup_printf ("%s/%" G_GINT64_FORMAT DATA, folder, number)
                         : g_strdup_printf ("%s/%" G_GINT64_FORMAT "-%d" DATA, folder, number, generation);
}

/* 0 for what is no file of a job. */
static gint64
read_number (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  char *end = NULL;
  gint64 number = g_ascii_strtoll (name, &end, 10);

  return number > 0 && end != name && (*end == '.' || *end == '-') ? number : 0;
}

static void
done_cb (WbPrintSpool *self, const char *path, const GError *error)
{
  gint64 number = read_number (path);

  if (error == NULL)
    return;
  g_message ("a print job is not kept: %s", error->message);
  g_hash_table_add (self->behind, g_memdup2 (&number, sizeof number));
}

WbPrintSpool *
_wb_print_spool_new (const char *folder)
{
  WbPrintSpool *self = g_new0 (WbPrintSpool, 1);

  self->folder = g_strdup (folder);
  self->writer = wb_file_writer_new ();
  self->behind = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_signal_connect_swapped (self->writer, "done", G_CALLBACK (done_cb), self);
  wb_file_writer_clean (self->writer, folder, JOB);
  wb_file_writer_clean (self->writer, folder, DATA);
  return self;
}

void
_wb_print_spool_free (WbPrintSpool *self)
{
  if (self == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->writer, self);
  g_object_unref (self->writer);
  g_hash_table_unref (self->behind);
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
  g_key_file_set_integer (file, GROUP, "Bytes", job->generation);
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
      set_text (file, "PrinterMedia", job->route->media);
    }
  text = g_key_file_to_data (file, &length, NULL);
  return g_bytes_new_take (text, length);
}

/* New bytes, the description that names them, and only then are the old ones nothing any more. */
void
_wb_print_spool_keep (WbPrintSpool *self, WbPrintJob *job)
{
  g_autofree char *path = make_job_path (self->folder, job->number);
  g_autoptr (WbFileChange) change = wb_file_change_new (path);
  g_autoptr (GBytes) text = NULL;
  gboolean needed = job->state != WB_PRINT_JOB_DONE;
  int before = job->kept;

  /* What no route leads to cannot be taken up again. */
  if (job->route == NULL)
    return;
  /* Which of its files came that far is not known: others take their place. */
  if (g_hash_table_remove (self->behind, &job->number))
    job->generation = MAX (job->generation, job->kept) + 1;
  if (needed)
    {
      g_autofree char *data = make_data_path (self->folder, job->number, job->generation);

      if (job->kept != job->generation)
        wb_file_change_write (change, data, job->document->data);
      else
        wb_file_change_require (change, data);
    }
  text = describe (job);
  wb_file_change_write (change, path, text);
  job->kept = needed ? job->generation : WB_PRINT_JOB_NOT_KEPT;
  if (before != WB_PRINT_JOB_NOT_KEPT && before != job->kept)
    {
      g_autofree char *data = make_data_path (self->folder, job->number, before);

      wb_file_change_remove (change, data);
    }
  wb_file_writer_push (self->writer, g_steal_pointer (&change));
}

gboolean
_wb_print_spool_is_behind (WbPrintSpool *self, WbPrintJob *job)
{
  return g_hash_table_contains (self->behind, &job->number);
}

void
_wb_print_spool_forget (WbPrintSpool *self, WbPrintJob *job)
{
  g_autofree char *path = make_job_path (self->folder, job->number);
  g_autoptr (WbFileChange) change = wb_file_change_new (path);

  wb_file_change_remove (change, path);
  if (job->kept != WB_PRINT_JOB_NOT_KEPT)
    {
      g_autofree char *data = make_data_path (self->folder, job->number, job->kept);

      wb_file_change_remove (change, data);
    }
  job->kept = WB_PRINT_JOB_NOT_KEPT;
  wb_file_writer_push (self->writer, g_steal_pointer (&change));
}

/* ── Reading ─────────────────────────────────────────────────────────────────────────────────── */

/* The two files of a job, as they are on disk. */
typedef struct
{
  gint64 number;
  int generation;
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
  g_autofree char *media = get_text (file, "PrinterMedia");
  WbPrintRoute *route = NULL;

  route = wb_print_route_new (printer, tray, language, (guint) MAX (g_key_file_get_integer (file, GROUP, "PrinterDpi", NULL), 0));
  wb_print_route_set_media (route, media);
  return route;
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
  job->generation = kept->generation;
  job->kept = kept->data != NULL ? kept->generation : WB_PRINT_JOB_NOT_KEPT;
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
  g_autofree char *data_path = NULL;
  Kept *kept = g_new0 (Kept, 1);
  char *contents = NULL;
  gsize size = 0;

  kept->number = number;
  kept->file = g_key_file_new ();
  if (!g_key_file_load_from_file (kept->file, path, G_KEY_FILE_NONE, NULL))
    {
      kept_free (kept);
      return;
    }
  kept->generation = MAX (g_key_file_get_integer (kept->file, GROUP, "Bytes", NULL), 0);
  data_path = make_data_path (folder, number, kept->generation);
  if (g_file_get_contents (data_path, &contents, &size, NULL))
    kept->data = g_bytes_new_take (contents, size);
  g_ptr_array_add (all, kept);
}

/* Bytes that no description names. */
static void
clean (GPtrArray *names, GPtrArray *all, const char *folder)
{
  g_autoptr (GHashTable) needed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < all->len; i++)
    {
      const Kept *kept = g_ptr_array_index (all, i);

      g_hash_table_add (needed, make_data_path (folder, kept->number, kept->generation));
    }
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, DATA) && !g_hash_table_contains (needed, path))
        g_unlink (path);
    }
}

typedef struct
{
  char *folder;
  gint64 before; /* numbers from here on are of this run, and being written */
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_free (load->folder);
  g_free (load);
}

static void
load_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Load *load = task_data;
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (kept_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (load->folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (read_number (name) > 0 && read_number (name) < load->before)
      g_ptr_array_add (names, g_strdup (name));
  for (guint i = 0; i < names->len; i++)
    if (g_str_has_suffix (g_ptr_array_index (names, i), JOB))
      read_files (all, load->folder, g_ptr_array_index (names, i), read_number (g_ptr_array_index (names, i)));
  clean (names, all, load->folder);
  g_ptr_array_sort (all, compare_kept);
  g_task_return_pointer (task, g_steal_pointer (&all), (GDestroyNotify) g_ptr_array_unref);
}

void
_wb_print_spool_load_async (WbPrintSpool *self, gint64 before, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  load->folder = g_strdup (self->folder);
  load->before = before;
  g_task_set_source_tag (task, _wb_print_spool_load_async);
  g_task_set_task_data (task, load, load_free);
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
