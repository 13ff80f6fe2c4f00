/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include "core/wb-file-writer.h"
#include "ui/wb-print-notes.h"

#define RETRY_S 5
#define GROUP "Print"
#define ENDING ".note"
/* A paper that waits so long, and that no queue knows, was given up. */
#define FORGET_US (60 * G_TIME_SPAN_DAY)

typedef struct
{
  char *path;
  gint64 made_us;
  gboolean is_waiting; /* for its job to reach a printer */
  gboolean is_behind;  /* it could not be written as it is */
  WbPrintJob *job;     /* (nullable): of a note that waits, once the queue has it */
  gulong handler;

  WbPrintKind kind;
  char *document_id;
  char *title;
  char *printer;
  char *printer_job;
  gint64 label_id;
  gint64 job_id;
  gint64 order_id;
  char *station;
  char *person;
  char *reason;
} Note;

struct _WbPrintNotes
{
  GObject parent_instance;

  char *sending; /* (nullable): document of the note that is on its way */
  guint retry_source;
  gint64 last_us;

  /* Owned references */
  WbDb *db;
  WbPrintQueue *queue;
  char *folder;
  GPtrArray *notes; /* Note, the oldest first */
  WbFileWriter *writer;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (WbPrintNotes, wb_print_notes, G_TYPE_OBJECT)

static void
note_free (gpointer data)
{
  Note *note = data;

  if (note == NULL)
    return;
  if (note->job != NULL)
    g_signal_handler_disconnect (note->job, note->handler);
  g_clear_object (&note->job);
  g_free (note->path);
  g_free (note->document_id);
  g_free (note->title);
  g_free (note->printer);
  g_free (note->printer_job);
  g_free (note->station);
  g_free (note->person);
  g_free (note->reason);
  g_free (note);
}

/* ── On disk ─────────────────────────────────────────────────────────────────────────────────── */

static void
done_cb (WbPrintNotes *self, const char *path, const GError *error)
{
  if (error == NULL)
    return;
  g_message ("a print is only noted in memory: %s", error->message);
  for (guint i = 0; i < self->notes->len; i++)
    if (g_str_equal (((Note *) g_ptr_array_index (self->notes, i))->path, path))
      ((Note *) g_ptr_array_index (self->notes, i))->is_behind = TRUE;
}

static void
set_text (GKeyFile *file, const char *key, const char *text)
{
  if (text != NULL)
    g_key_file_set_string (file, GROUP, key, text);
}

static void
keep (WbPrintNotes *self, Note *note)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GBytes) bytes = NULL;
  gsize length = 0;
  char *text = NULL;

  set_text (file, "Kind", wb_print_kind_get_word (note->kind));
  set_text (file, "Document", note->document_id);
  set_text (file, "Title", note->title);
  set_text (file, "Printer", note->printer);
  set_text (file, "PrinterJob", note->printer_job);
  g_key_file_set_int64 (file, GROUP, "Label", note->label_id);
  g_key_file_set_int64 (file, GROUP, "Job", note->job_id);
  g_key_file_set_int64 (file, GROUP, "Order", note->order_id);
  set_text (file, "Station", note->station);
  set_text (file, "Person", note->person);
  set_text (file, "Reason", note->reason);
  g_key_file_set_int64 (file, GROUP, "Made", note->made_us);
  g_key_file_set_boolean (file, GROUP, "Waiting", note->is_waiting);
  text = g_key_file_to_data (file, &length, NULL);
  bytes = g_bytes_new_take (text, length);
  note->is_behind = FALSE;
  wb_file_writer_write (self->writer, note->path, bytes);
}

static char *
get_text (GKeyFile *file, const char *key)
{
  return g_key_file_get_string (file, GROUP, key, NULL);
}

/* NULL for what is no note of ours. */
static Note *
read_note (const char *path)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *word = NULL;
  g_autofree char *document = NULL;
  WbPrintKind kind = WB_PRINT_LABEL;
  Note *note = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL)) /* may block: this is a thread */
    return NULL;
  word = get_text (file, "Kind");
  document = get_text (file, "Document");
  if (word == NULL || document == NULL || !wb_print_kind_from_word (word, &kind))
    return NULL;
  note = g_new0 (Note, 1);
  note->path = g_strdup (path);
  note->kind = kind;
  note->document_id = g_steal_pointer (&document);
  note->title = get_text (file, "Title");
  note->printer = get_text (file, "Printer");
  note->printer_job = get_text (file, "PrinterJob");
  note->label_id = g_key_file_get_int64 (file, GROUP, "Label", NULL);
  note->job_id = g_key_file_get_int64 (file, GROUP, "Job", NULL);
  note->order_id = g_key_file_get_int64 (file, GROUP, "Order", NULL);
  note->station = get_text (file, "Station");
  note->person = get_text (file, "Person");
  note->reason = get_text (file, "Reason");
  note->made_us = g_key_file_get_int64 (file, GROUP, "Made", NULL);
  note->is_waiting = g_key_file_get_boolean (file, GROUP, "Waiting", NULL);
  return note;
}

static int
compare_notes (gconstpointer a, gconstpointer b)
{
  const Note *x = *(const Note *const *) a;
  const Note *y = *(const Note *const *) b;

  return x->made_us < y->made_us ? -1 : x->made_us > y->made_us;
}

static void
list_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const char *folder = task_data;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (note_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      Note *note = g_str_has_suffix (name, ENDING) ? read_note (path) : NULL;

      if (note != NULL)
        g_ptr_array_add (found, note);
    }
  g_ptr_array_sort (found, compare_notes);
  g_task_return_pointer (task, g_steal_pointer (&found), (GDestroyNotify) g_ptr_array_unref);
}

/* ── On their way ────────────────────────────────────────────────────────────────────────────── */

static void send_next (WbPrintNotes *self);

static Note *
find_note (WbPrintNotes *self, const char *document_id)
{
  for (guint i = 0; i < self->notes->len; i++)
    if (g_str_equal (((Note *) g_ptr_array_index (self->notes, i))->document_id, document_id))
      return g_ptr_array_index (self->notes, i);
  return NULL;
}

static Note *
find_ready (WbPrintNotes *self)
{
  for (guint i = 0; i < self->notes->len; i++)
    if (!((Note *) g_ptr_array_index (self->notes, i))->is_waiting)
      return g_ptr_array_index (self->notes, i);
  return NULL;
}

static gboolean
retry_cb (gpointer user_data)
{
  WbPrintNotes *self = user_data;

  self->retry_source = 0;
  for (guint i = 0; i < self->notes->len; i++)
    if (((Note *) g_ptr_array_index (self->notes, i))->is_behind)
      keep (self, g_ptr_array_index (self->notes, i));
  send_next (self);
  return G_SOURCE_REMOVE;
}

/* The database has it, or never will. */
static void
drop (WbPrintNotes *self, Note *note, const char *new_ending)
{
  g_autofree char *aside = new_ending != NULL ? g_strconcat (note->path, new_ending, NULL) : NULL;

  if (aside != NULL)
    wb_file_writer_rename (self->writer, note->path, aside);
  else
    wb_file_writer_remove (self->writer, note->path);
  g_ptr_array_remove (self->notes, note);
}

static void
noted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbPrintNotes) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean noted = wb_print_store_note_finish (WB_DB (source), result, &error);
  g_autofree char *sent = g_steal_pointer (&self->sending);
  Note *note = find_note (self, sent);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || note == NULL)
    return;
  if (!noted && (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE) || g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_TIMEOUT)))
    {
      if (self->retry_source == 0)
        self->retry_source = g_timeout_add_seconds (RETRY_S, retry_cb, self);
      return;
    }
  /* the ledger is for people; that it takes something amiss stops nobody */
  if (!noted)
    g_message ("a print is not in the ledger: %s", error->message);
  drop (self, note, noted ? NULL : ".refused");
  send_next (self);
}

static void
send_next (WbPrintNotes *self)
{
  const Note *note = find_ready (self);

  if (self->sending != NULL || note == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  self->sending = g_strdup (note->document_id);
  wb_print_store_note_async (self->db,
                             &(WbPrintFacts){ .kind = note->kind, .document_id = note->document_id, .title = note->title,
                                              .printer = note->printer, .job = note->printer_job, .label_id = note->label_id,
                                              .job_id = note->job_id, .order_id = note->order_id, .station = note->station, .person = note->person,
                                              .reason = note->reason },
                             self->cancellable, noted_cb, g_object_ref (self));
}

/* ── Papers that wait ────────────────────────────────────────────────────────────────────────── */

static Note *
find_by_job (WbPrintNotes *self, WbPrintJob *job)
{
  for (guint i = 0; i < self->notes->len; i++)
    if (((Note *) g_ptr_array_index (self->notes, i))->job == job)
      return g_ptr_array_index (self->notes, i);
  return NULL;
}

static void
job_changed_cb (WbPrintNotes *self, WbPrintJob *job)
{
  Note *note = find_by_job (self, job);

  if (note == NULL || (wb_print_job_get_state (job) != WB_PRINT_JOB_PRINTING && wb_print_job_get_state (job) != WB_PRINT_JOB_DONE))
    return;
  g_free (note->printer);
  g_free (note->printer_job);
  note->printer = g_strdup (wb_print_job_get_printer (job));
  note->printer_job = g_strdup (wb_print_job_get_handed (job));
  note->is_waiting = FALSE;
  g_signal_handler_disconnect (job, note->handler);
  g_clear_object (&note->job);
  keep (self, note);
  send_next (self);
}

static void
bind_job (WbPrintNotes *self, Note *note)
{
  WbPrintJob *job = note->is_waiting && note->job == NULL && self->queue != NULL ? wb_print_queue_find (self->queue, note->document_id) : NULL;

  if (job == NULL)
    return;
  note->job = g_object_ref (job);
  note->handler = g_signal_connect_swapped (job, "changed", G_CALLBACK (job_changed_cb), self);
  job_changed_cb (self, job);
}

/* A job that somebody cleared away, and that never came out, is not noted; one that is found again after a start is. */
static void
queue_changed_cb (WbPrintNotes *self)
{
  for (guint i = self->notes->len; i > 0; i--)
    {
      Note *note = g_ptr_array_index (self->notes, i - 1);

      if (note->job != NULL && wb_print_queue_find (self->queue, note->document_id) == NULL)
        drop (self, note, NULL);
      else
        bind_job (self, note);
    }
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPrintNotes *self = WB_PRINT_NOTES (source);
  g_autoptr (GPtrArray) found = g_task_propagate_pointer (G_TASK (result), NULL);
  guint n = 0;

  if (found == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  for (guint i = 0; i < found->len; i++)
    {
      Note *note = g_ptr_array_index (found, i);

      /* one that was made while the folder was read */
      if (find_note (self, note->document_id) != NULL)
        continue;
      if (note->is_waiting && g_get_real_time () - note->made_us > FORGET_US)
        {
          wb_file_writer_remove (self->writer, note->path);
          continue;
        }
      found->pdata[i] = NULL;
      g_ptr_array_insert (self->notes, (int) n++, note);
      bind_job (self, note);
    }
  send_next (self);
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

static void
wb_print_notes_dispose (GObject *object)
{
  WbPrintNotes *self = WB_PRINT_NOTES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_ptr_array_set_size (self->notes, 0);
  wb_print_notes_set_queue (self, NULL);
  g_clear_object (&self->db);
  G_OBJECT_CLASS (wb_print_notes_parent_class)->dispose (object);
}

static void
wb_print_notes_finalize (GObject *object)
{
  WbPrintNotes *self = WB_PRINT_NOTES (object);

  g_object_unref (self->writer); /* may block: small files */
  g_ptr_array_unref (self->notes);
  g_object_unref (self->cancellable);
  g_free (self->folder);
  g_free (self->sending);
  G_OBJECT_CLASS (wb_print_notes_parent_class)->finalize (object);
}

static void
wb_print_notes_class_init (WbPrintNotesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_print_notes_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_print_notes_finalize;
}

static void
wb_print_notes_init (WbPrintNotes *self)
{
  self->notes = g_ptr_array_new_with_free_func (note_free);
  self->writer = wb_file_writer_new ();
  g_signal_connect_object (self->writer, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  self->cancellable = g_cancellable_new ();
}

/* ── Public API ──────────────────────────────────────────────────────────────────────────────── */

WbPrintNotes *
wb_print_notes_new (WbDb *db, const char *folder)
{
  WbPrintNotes *self = NULL;
  g_autoptr (GTask) task = NULL;

  g_return_val_if_fail (WB_IS_DB (db) && folder != NULL, NULL);

  self = g_object_new (WB_TYPE_PRINT_NOTES, NULL);
  self->db = g_object_ref (db);
  self->folder = g_strdup (folder);
  wb_file_writer_clean (self->writer, folder, ENDING);
  task = g_task_new (self, NULL, listed_cb, NULL);
  g_task_set_source_tag (task, wb_print_notes_new);
  g_task_set_task_data (task, g_strdup (folder), g_free);
  g_task_run_in_thread (task, list_thread);
  return self;
}

void
wb_print_notes_set_queue (WbPrintNotes *self, WbPrintQueue *queue)
{
  g_return_if_fail (WB_IS_PRINT_NOTES (self) && (queue == NULL || WB_IS_PRINT_QUEUE (queue)));

  if (self->queue != NULL)
    g_signal_handlers_disconnect_by_data (self->queue, self);
  g_set_object (&self->queue, queue);
  if (queue == NULL)
    return;
  g_signal_connect_swapped (queue, "items-changed", G_CALLBACK (queue_changed_cb), self);
  for (guint i = 0; i < self->notes->len; i++)
    bind_job (self, g_ptr_array_index (self->notes, i));
}

static Note *
add_note (WbPrintNotes *self, const WbPrintFacts *facts)
{
  Note *note = g_new0 (Note, 1);

  note->made_us = MAX (g_get_real_time (), self->last_us + 1);
  self->last_us = note->made_us;
  note->path = g_strdup_printf ("%s/%" G_GINT64_FORMAT ENDING, self->folder, note->made_us);
  note->kind = facts->kind;
  note->document_id = g_strdup (facts->document_id);
  note->title = g_strdup (facts->title);
  note->printer = g_strdup (facts->printer);
  note->printer_job = g_strdup (facts->job);
  note->label_id = facts->label_id;
  note->job_id = facts->job_id;
  note->order_id = facts->order_id;
  note->station = g_strdup (facts->station);
  note->person = g_strdup (facts->person);
  note->reason = g_strdup (facts->reason);
  g_ptr_array_add (self->notes, note);
  return note;
}

void
wb_print_notes_add (WbPrintNotes *self, const WbPrintFacts *facts)
{
  g_return_if_fail (WB_IS_PRINT_NOTES (self) && facts != NULL && facts->document_id != NULL);

  keep (self, add_note (self, facts));
  send_next (self);
}

void
wb_print_notes_expect (WbPrintNotes *self, const WbPrintFacts *facts)
{
  Note *note = NULL;

  g_return_if_fail (WB_IS_PRINT_NOTES (self) && facts != NULL && facts->document_id != NULL);

  note = add_note (self, facts);
  note->is_waiting = TRUE;
  keep (self, note);
  bind_job (self, note);
}

void
wb_print_notes_send (WbPrintNotes *self)
{
  g_return_if_fail (WB_IS_PRINT_NOTES (self));

  g_clear_handle_id (&self->retry_source, g_source_remove);
  send_next (self);
}

guint
wb_print_notes_count (WbPrintNotes *self, WbPrintKind kind, gint64 order_id, gint64 label_id)
{
  guint n = 0;

  g_return_val_if_fail (WB_IS_PRINT_NOTES (self), 0);

  for (guint i = 0; i < self->notes->len; i++)
    {
      const Note *note = g_ptr_array_index (self->notes, i);

      n += note->kind == kind && (order_id == 0 || note->order_id == order_id) && (label_id == 0 || note->label_id == label_id);
    }
  return n;
}

guint
wb_print_notes_get_n_unsent (WbPrintNotes *self)
{
  guint n = 0;

  g_return_val_if_fail (WB_IS_PRINT_NOTES (self), 0);

  for (guint i = 0; i < self->notes->len; i++)
    n += !((Note *) g_ptr_array_index (self->notes, i))->is_waiting;
  return n;
}
