/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include "db/wb-db-error.h"
#include "ui/wb-print-notes.h"

typedef struct
{
  WbPrintKind kind;
  char *document_id;
  char *title;
  char *printer; /* (nullable): until it came out */
  char *job;     /* (nullable) */
  char *reason;  /* (nullable) */
  gint64 label_id;
  gint64 job_id;
  gint64 order_id;
  gboolean is_out;
} Note;

struct _WbPrintNotes
{
  GObject parent_instance;

  gboolean is_sending;
  gboolean is_writing;
  gboolean is_changed; /* while it was written */

  /* Owned references */
  WbPrintQueue *queue;
  WbDb *db;
  char *path;
  GPtrArray *notes; /* Note, the oldest first */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (WbPrintNotes, wb_print_notes, G_TYPE_OBJECT)

static void
note_free (gpointer data)
{
  Note *note = data;

  g_free (note->document_id);
  g_free (note->title);
  g_free (note->printer);
  g_free (note->job);
  g_free (note->reason);
  g_free (note);
}

static Note *
find_note (WbPrintNotes *self, const char *document_id)
{
  for (guint i = 0; i < self->notes->len; i++)
    {
      Note *note = g_ptr_array_index (self->notes, i);

      if (g_str_equal (note->document_id, document_id))
        return note;
    }
  return NULL;
}

/* ── On disk ─────────────────────────────────────────────────────────────────────────────────── */

static void
set_text (GKeyFile *file, const char *group, const char *key, const char *text)
{
  if (text != NULL)
    g_key_file_set_string (file, group, key, text);
}

static GBytes *
write_notes (WbPrintNotes *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  gsize length = 0;
  char *text = NULL;

  for (guint i = 0; i < self->notes->len; i++)
    {
      const Note *note = g_ptr_array_index (self->notes, i);
      g_autofree char *group = g_strdup_printf ("%u", i);

      set_text (file, group, "Kind", wb_print_kind_get_word (note->kind));
      set_text (file, group, "Id", note->document_id);
      set_text (file, group, "Title", note->title);
      set_text (file, group, "Printer", note->printer);
      set_text (file, group, "Job", note->job);
      set_text (file, group, "Reason", note->reason);
      g_key_file_set_int64 (file, group, "Label", note->label_id);
      g_key_file_set_int64 (file, group, "Work", note->job_id);
      g_key_file_set_int64 (file, group, "Order", note->order_id);
      g_key_file_set_boolean (file, group, "Out", note->is_out);
    }
  text = g_key_file_to_data (file, &length, NULL);
  return g_bytes_new_take (text, length);
}

static void keep (WbPrintNotes *self);

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbPrintNotes) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_message ("what is to be noted of prints is not kept: %s", error->message);
  self->is_writing = FALSE;
  if (self->is_changed)
    keep (self);
}

static void
keep (WbPrintNotes *self)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GBytes) text = NULL;

  if (self->path == NULL)
    return;
  self->is_changed = self->is_writing;
  if (self->is_writing)
    return;
  self->is_writing = TRUE;
  file = g_file_new_for_path (self->path);
  text = write_notes (self);
  g_file_replace_contents_bytes_async (file, text, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL, kept_cb,
                                       g_object_ref (self));
}

static Note *
read_note (GKeyFile *file, const char *group)
{
  g_autofree char *word = g_key_file_get_string (file, group, "Kind", NULL);
  g_autofree char *id = g_key_file_get_string (file, group, "Id", NULL);
  WbPrintKind kind = WB_PRINT_LABEL;
  Note *note = NULL;

  if (id == NULL || word == NULL || !wb_print_kind_from_word (word, &kind))
    return NULL;
  note = g_new0 (Note, 1);
  note->kind = kind;
  note->document_id = g_steal_pointer (&id);
  note->title = g_key_file_get_string (file, group, "Title", NULL);
  note->printer = g_key_file_get_string (file, group, "Printer", NULL);
  note->job = g_key_file_get_string (file, group, "Job", NULL);
  note->reason = g_key_file_get_string (file, group, "Reason", NULL);
  note->label_id = g_key_file_get_int64 (file, group, "Label", NULL);
  note->job_id = g_key_file_get_int64 (file, group, "Work", NULL);
  note->order_id = g_key_file_get_int64 (file, group, "Order", NULL);
  note->is_out = note->printer != NULL && g_key_file_get_boolean (file, group, "Out", NULL);
  return note;
}

static void send (WbPrintNotes *self);
static void follow (WbPrintNotes *self, WbPrintJob *job);

static void
follow_all (WbPrintNotes *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->queue)); i++)
    {
      g_autoptr (WbPrintJob) job = g_list_model_get_item (G_LIST_MODEL (self->queue), i);

      follow (self, job);
    }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbPrintNotes) self = user_data;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *contents = NULL;
  g_auto (GStrv) groups = NULL;
  gsize length = 0;

  if (!g_file_load_contents_finish (G_FILE (source), result, &contents, &length, NULL, NULL) ||
      !g_key_file_load_from_data (file, contents, length, G_KEY_FILE_NONE, NULL))
    return;
  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    {
      Note *note = read_note (file, groups[i]);

      if (note != NULL)
        g_ptr_array_insert (self->notes, (int) MIN (i, self->notes->len), note);
    }
  follow_all (self);
  send (self);
}

/* ── Into the ledger ─────────────────────────────────────────────────────────────────────────── */

static const Note *
find_sendable (WbPrintNotes *self)
{
  for (guint i = 0; i < self->notes->len; i++)
    if (((const Note *) g_ptr_array_index (self->notes, i))->is_out)
      return g_ptr_array_index (self->notes, i);
  return NULL;
}

typedef struct
{
  WbPrintNotes *notes;
  char *document_id;
} Sending;

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Sending *sending = user_data;
  g_autoptr (WbPrintNotes) self = sending->notes;
  g_autofree char *document_id = sending->document_id;
  g_autoptr (GError) error = NULL;
  gboolean noted = wb_print_store_note_finish (WB_DB (source), result, &error);
  Note *note = find_note (self, document_id);

  self->is_sending = FALSE;
  /* Sent again when the database is back. */
  if (!noted && (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE) || g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_TIMEOUT) ||
                 g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
    return;
  /* The ledger is for people; that it takes something amiss stops nobody. */
  if (!noted)
    g_message ("a print is not in the ledger: %s", error->message);
  if (note != NULL)
    g_ptr_array_remove (self->notes, note);
  keep (self);
  send (self);
}

static void
send (WbPrintNotes *self)
{
  const Note *note = find_sendable (self);
  Sending *sending = NULL;

  if (note == NULL || self->is_sending || self->db == NULL || wb_db_get_state (self->db) != WB_DB_STATE_ONLINE)
    return;
  self->is_sending = TRUE;
  sending = g_new0 (Sending, 1);
  sending->notes = g_object_ref (self);
  sending->document_id = g_strdup (note->document_id);
  wb_print_store_note_async (self->db,
                             &(WbPrintFacts){ .kind = note->kind, .document_id = note->document_id, .title = note->title,
                                              .printer = note->printer, .job = note->job, .label_id = note->label_id,
                                              .job_id = note->job_id, .order_id = note->order_id, .reason = note->reason },
                             self->cancellable, sent_cb, sending);
}

/* ── What becomes of the jobs ────────────────────────────────────────────────────────────────── */

static void
job_changed_cb (WbPrintJob *job, WbPrintNotes *self)
{
  WbPrintJobState state = wb_print_job_get_state (job);
  Note *note = find_note (self, wb_print_job_get_id (job));

  if (note == NULL || note->is_out || (state != WB_PRINT_JOB_PRINTING && state != WB_PRINT_JOB_DONE))
    return;
  note->is_out = TRUE;
  note->printer = g_strdup (wb_print_job_get_printer (job));
  keep (self);
  send (self);
}

static void
follow (WbPrintNotes *self, WbPrintJob *job)
{
  if (find_note (self, wb_print_job_get_id (job)) == NULL)
    return;
  g_signal_handlers_disconnect_by_func (job, job_changed_cb, self);
  g_signal_connect_object (job, "changed", G_CALLBACK (job_changed_cb), self, 0);
  job_changed_cb (job, self);
}

/* A job that somebody cleared away never came out: there is nothing to note any more. */
static void
items_cb (WbPrintNotes *self, guint position, guint removed, guint added)
{
  guint n = self->notes->len;

  for (guint i = 0; i < added; i++)
    {
      g_autoptr (WbPrintJob) job = g_list_model_get_item (G_LIST_MODEL (self->queue), position + i);

      follow (self, job);
    }
  for (guint i = removed > 0 ? n : 0; i > 0; i--)
    {
      const Note *note = g_ptr_array_index (self->notes, i - 1);

      if (!note->is_out && wb_print_queue_find (self->queue, note->document_id) == NULL)
        g_ptr_array_remove_index (self->notes, i - 1);
    }
  if (self->notes->len != n)
    keep (self);
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

static void
wb_print_notes_dispose (GObject *object)
{
  WbPrintNotes *self = WB_PRINT_NOTES (object);

  g_cancellable_cancel (self->cancellable);
  wb_print_notes_set_db (self, NULL);
  g_clear_object (&self->queue);
  G_OBJECT_CLASS (wb_print_notes_parent_class)->dispose (object);
}

static void
wb_print_notes_finalize (GObject *object)
{
  WbPrintNotes *self = WB_PRINT_NOTES (object);

  g_ptr_array_unref (self->notes);
  g_object_unref (self->cancellable);
  g_free (self->path);
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
  self->cancellable = g_cancellable_new ();
}

WbPrintNotes *
wb_print_notes_new (WbPrintQueue *queue, const char *path)
{
  WbPrintNotes *self = NULL;

  g_return_val_if_fail (WB_IS_PRINT_QUEUE (queue), NULL);

  self = g_object_new (WB_TYPE_PRINT_NOTES, NULL);
  self->queue = g_object_ref (queue);
  self->path = g_strdup (path);
  g_signal_connect_object (queue, "items-changed", G_CALLBACK (items_cb), self, G_CONNECT_SWAPPED);
  if (path != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_path (path);

      g_file_load_contents_async (file, self->cancellable, loaded_cb, g_object_ref (self));
    }
  return self;
}

void
wb_print_notes_set_db (WbPrintNotes *self, WbDb *db)
{
  g_return_if_fail (WB_IS_PRINT_NOTES (self));

  if (self->db == db)
    return;
  if (self->db != NULL)
    g_signal_handlers_disconnect_by_func (self->db, send, self);
  g_set_object (&self->db, db);
  if (db == NULL)
    return;
  g_signal_connect_object (db, "notify::state", G_CALLBACK (send), self, G_CONNECT_SWAPPED);
  send (self);
}

void
wb_print_notes_add (WbPrintNotes *self, const WbPrintFacts *facts)
{
  Note *note = NULL;
  WbPrintJob *job = NULL;

  g_return_if_fail (WB_IS_PRINT_NOTES (self) && facts != NULL && facts->document_id != NULL);

  if (find_note (self, facts->document_id) != NULL)
    return;
  note = g_new0 (Note, 1);
  note->kind = facts->kind;
  note->document_id = g_strdup (facts->document_id);
  note->title = g_strdup (facts->title);
  note->reason = g_strdup (facts->reason);
  note->label_id = facts->label_id;
  note->job_id = facts->job_id;
  note->order_id = facts->order_id;
  g_ptr_array_add (self->notes, note);
  keep (self);
  job = wb_print_queue_find (self->queue, facts->document_id);
  if (job != NULL)
    follow (self, job);
}

guint
wb_print_notes_count (WbPrintNotes *self)
{
  g_return_val_if_fail (WB_IS_PRINT_NOTES (self), 0);

  return self->notes->len;
}
