/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-file-writer.h"
#include "db/wb-attachment-store.h"
#include "ui/station/wb-photo-spool.h"

#define RETRY_S 5
/* The name of a file: order, job, parcel, when, act, person. */
#define N_PARTS 6
#define ENDING ".jpg"
#define ASIDE ".refused"

/* One photo on its way. */
typedef struct
{
  char *path;
  char *number;
  gint64 job_id;
  guint parcel;
  gint64 taken_at_us;
  char *act_id;
  char *person;
  char *sha256;
  GBytes *content; /* NULL: it is in the file */
  gboolean is_writing; /* not sent before it is in the file: what follows from the answer is done to that */
  gboolean is_behind;  /* it could not be written */
} Entry;

struct _WbPhotoSpool
{
  GObject parent_instance;

  gboolean is_sending;
  guint retry_source;

  /* Owned references */
  WbDb *db;
  char *folder;
  GQueue entries; /* Entry, oldest first */
  WbFileWriter *writer;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (WbPhotoSpool, wb_photo_spool, G_TYPE_OBJECT)

enum
{
  REFUSED,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  if (entry == NULL)
    return;
  g_free (entry->path);
  g_free (entry->number);
  g_free (entry->act_id);
  g_free (entry->person);
  g_free (entry->sha256);
  g_clear_pointer (&entry->content, g_bytes_unref);
  g_free (entry);
}

/* ---- Names ------------------------------------------------------------------------------------------- */

static char *
make_path (WbPhotoSpool *self, const Entry *entry)
{
  g_autofree char *number = g_uri_escape_string (entry->number, NULL, FALSE);
  g_autofree char *person = g_uri_escape_string (entry->person != NULL ? entry->person : "", NULL, FALSE);
  g_autofree char *name = g_strdup_printf ("%s~%" G_GINT64_FORMAT "~%u~%" G_GINT64_FORMAT "~%s~%s" ENDING, number, entry->job_id,
                                           entry->parcel, entry->taken_at_us, entry->act_id, person);

  return g_build_filename (self->folder, name, NULL);
}

/* NULL for what is no photo of ours. */
static Entry *
read_name (const char *folder, const char *name)
{
  g_autofree char *stem = g_str_has_suffix (name, ENDING) ? g_strndup (name, strlen (name) - strlen (ENDING)) : NULL;
  g_auto(GStrv) parts = stem != NULL ? g_strsplit (stem, "~", -1) : NULL;
  Entry *entry = NULL;
  gint64 job_id = 0;
  guint64 parcel = 0;
  gint64 taken_at_us = 0;

  if (parts == NULL || g_strv_length (parts) != N_PARTS || !g_uuid_string_is_valid (parts[4]) ||
      !g_ascii_string_to_signed (parts[1], 10, 1, G_MAXINT64, &job_id, NULL) ||
      !g_ascii_string_to_unsigned (parts[2], 10, 0, 1000, &parcel, NULL) ||
      !g_ascii_string_to_signed (parts[3], 10, 0, G_MAXINT64, &taken_at_us, NULL))
    return NULL;
  entry = g_new0 (Entry, 1);
  entry->path = g_build_filename (folder, name, NULL);
  entry->number = g_uri_unescape_string (parts[0], NULL);
  entry->job_id = job_id;
  entry->parcel = (guint) parcel;
  entry->taken_at_us = taken_at_us;
  entry->act_id = g_strdup (parts[4]);
  entry->person = *parts[5] != '\0' ? g_uri_unescape_string (parts[5], NULL) : NULL;
  return entry;
}

/* ---- In threads ------------------------------------------------------------------------------------------ */

static void
read_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const char *path = task_data;
  GError *error = NULL;
  char *bytes = NULL;
  gsize length = 0;

  if (g_file_get_contents (path, &bytes, &length, &error)) /* may block: this is a thread */
    g_task_return_pointer (task, g_bytes_new_take (bytes, length), (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
free_entries (gpointer data)
{
  g_ptr_array_unref (data);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *x = *(const Entry *const *) a;
  const Entry *y = *(const Entry *const *) b;

  return x->taken_at_us < y->taken_at_us ? -1 : x->taken_at_us > y->taken_at_us;
}

static void
list_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const char *folder = task_data;
  GPtrArray *found = g_ptr_array_new_with_free_func (free_entry);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      Entry *entry = read_name (folder, name);

      if (entry != NULL)
        g_ptr_array_add (found, entry);
    }
  g_ptr_array_sort (found, compare_entries);
  g_task_return_pointer (task, found, free_entries);
}

static void
run (WbPhotoSpool *self, GTaskThreadFunc func, const char *path, GAsyncReadyCallback callback)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, callback, NULL);

  g_task_set_source_tag (task, run);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, func);
}

/* ---- On their way ---------------------------------------------------------------------------------------- */

static void send_next (WbPhotoSpool *self);

static void
write_entry (WbPhotoSpool *self, Entry *entry)
{
  entry->is_writing = TRUE;
  entry->is_behind = FALSE;
  wb_file_writer_write (self->writer, entry->path, entry->content);
}

static gboolean
retry_cb (gpointer user_data)
{
  WbPhotoSpool *self = user_data;

  self->retry_source = 0;
  for (GList *l = self->entries.head; l != NULL; l = l->next)
    if (((const Entry *) l->data)->is_behind)
      write_entry (self, l->data);
  send_next (self);
  return G_SOURCE_REMOVE;
}

/* Done with the first one: stored, or never to be. */
static void
drop_first (WbPhotoSpool *self, gboolean is_refused)
{
  Entry *entry = g_queue_pop_head (&self->entries);
  g_autofree char *name = g_strconcat (entry->path, is_refused ? ASIDE : NULL, NULL);
  WbFileChange *change = wb_file_change_new (name);

  /* it may be in memory only */
  if (is_refused)
    wb_file_change_write (change, name, entry->content);
  wb_file_change_remove (change, entry->path);
  wb_file_writer_push (self->writer, change);
  free_entry (entry);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(WbPhotoSpool) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean done = wb_attachment_store_done_finish (WB_DB (source), result, &error);

  self->is_sending = FALSE;
  if (done)
    drop_first (self, FALSE);
  else if (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_REFUSED) || g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_NOT_FOUND) ||
           g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_DENIED))
    {
      drop_first (self, TRUE);
      g_signal_emit (self, signals[REFUSED], 0, error->message);
    }
  else
    {
      g_debug ("a photo is not stored yet: %s", error->message);
      if (self->retry_source == 0 && !g_cancellable_is_cancelled (self->cancellable))
        self->retry_source = g_timeout_add_seconds (RETRY_S, retry_cb, self);
      return;
    }
  send_next (self);
}

static void
send_entry (WbPhotoSpool *self, Entry *entry)
{
  g_autofree char *name = g_strdup_printf ("%s-%u.jpg", entry->number, entry->parcel);
  WbAttachmentDraft draft = { .act_id = entry->act_id, .about = "job", .about_id = entry->job_id, .parcel = entry->parcel,
                              .name = name, .content = entry->content, .taken_at_us = entry->taken_at_us,
                              .person = entry->person };

  if (entry->sha256 == NULL)
    entry->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, entry->content);
  draft.sha256 = entry->sha256;
  wb_attachment_store_add_async (self->db, &draft, self->cancellable, added_cb, g_object_ref (self));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPhotoSpool *self = WB_PHOTO_SPOOL (source);
  g_autoptr(GError) error = NULL;
  GBytes *content = g_task_propagate_pointer (G_TASK (result), &error);
  Entry *entry = g_queue_peek_head (&self->entries);

  if (entry == NULL || g_cancellable_is_cancelled (self->cancellable))
    {
      g_clear_pointer (&content, g_bytes_unref);
      return;
    }
  if (content == NULL)
    {
      g_message ("a photo is not there any more: %s", error->message);
      self->is_sending = FALSE;
      free_entry (g_queue_pop_head (&self->entries));
      send_next (self);
      return;
    }
  entry->content = content;
  send_entry (self, entry);
}

static void
send_next (WbPhotoSpool *self)
{
  Entry *entry = g_queue_peek_head (&self->entries);

  if (self->is_sending || entry == NULL || entry->is_writing || g_cancellable_is_cancelled (self->cancellable))
    return;
  self->is_sending = TRUE;
  if (entry->content != NULL)
    send_entry (self, entry);
  else
    run (self, read_thread, entry->path, read_cb);
}

static void
done_cb (WbPhotoSpool *self, const char *path, const GError *error)
{
  if (g_str_has_suffix (path, ASIDE))
    g_message (error == NULL ? "a photo that could not be stored is kept in %s" : "a photo that could not be stored is lost: %s",
               error == NULL ? path : error->message);
  else if (error != NULL)
    g_message ("a photo is only kept in memory: %s", error->message);
  for (GList *l = self->entries.head; l != NULL; l = l->next)
    if (g_str_equal (((const Entry *) l->data)->path, path))
      {
        ((Entry *) l->data)->is_writing = FALSE;
        ((Entry *) l->data)->is_behind = error != NULL;
      }
  send_next (self);
}

/* One that was taken while the folder was read. */
static gboolean
is_known (WbPhotoSpool *self, const Entry *entry)
{
  for (GList *l = self->entries.head; l != NULL; l = l->next)
    if (g_str_equal (((const Entry *) l->data)->path, entry->path))
      return TRUE;
  return FALSE;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPhotoSpool *self = WB_PHOTO_SPOOL (source);
  g_autoptr(GPtrArray) found = g_task_propagate_pointer (G_TASK (result), NULL);

  if (found == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  for (guint i = 0; i < found->len; i++)
    if (!is_known (self, g_ptr_array_index (found, i)))
      g_queue_push_tail (&self->entries, g_steal_pointer (&found->pdata[i]));
  g_signal_emit (self, signals[CHANGED], 0);
  send_next (self);
}

/* ---- Life -------------------------------------------------------------------------------------------------- */

static void
wb_photo_spool_dispose (GObject *object)
{
  WbPhotoSpool *self = WB_PHOTO_SPOOL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_clear_object (&self->db);
  g_queue_clear_full (&self->entries, free_entry);
  G_OBJECT_CLASS (wb_photo_spool_parent_class)->dispose (object);
}

static void
wb_photo_spool_finalize (GObject *object)
{
  WbPhotoSpool *self = WB_PHOTO_SPOOL (object);

  g_object_unref (self->writer); /* may block: a photo or two */
  g_object_unref (self->cancellable);
  g_free (self->folder);
  G_OBJECT_CLASS (wb_photo_spool_parent_class)->finalize (object);
}

static void
wb_photo_spool_class_init (WbPhotoSpoolClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_photo_spool_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_photo_spool_finalize;
  signals[REFUSED] = g_signal_new ("refused", WB_TYPE_PHOTO_SPOOL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_STRING);
  signals[CHANGED] = g_signal_new ("changed", WB_TYPE_PHOTO_SPOOL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_photo_spool_init (WbPhotoSpool *self)
{
  g_queue_init (&self->entries);
  self->writer = wb_file_writer_new ();
  g_signal_connect_object (self->writer, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  self->cancellable = g_cancellable_new ();
}

/* ---- Public API ---------------------------------------------------------------------------------------------- */

WbPhotoSpool *
wb_photo_spool_new (WbDb *db, const char *folder)
{
  WbPhotoSpool *self = NULL;

  g_return_val_if_fail (WB_IS_DB (db) && folder != NULL, NULL);

  self = g_object_new (WB_TYPE_PHOTO_SPOOL, NULL);
  self->db = g_object_ref (db);
  self->folder = g_strdup (folder);
  wb_file_writer_clean (self->writer, folder, ENDING);
  run (self, list_thread, folder, listed_cb);
  return self;
}

void
wb_photo_spool_keep (WbPhotoSpool *self, const WbPhoto *photo, const char *number, gint64 job_id, guint parcel,
                     const char *person)
{
  Entry *entry = NULL;

  g_return_if_fail (WB_IS_PHOTO_SPOOL (self) && photo != NULL && number != NULL);

  entry = g_new0 (Entry, 1);
  entry->number = g_strdup (number);
  entry->job_id = job_id;
  entry->parcel = parcel;
  entry->taken_at_us = photo->at_us;
  entry->act_id = g_uuid_string_random ();
  entry->person = g_strdup (person);
  entry->sha256 = g_strdup (photo->sha256);
  entry->content = g_bytes_ref (photo->jpeg);
  entry->path = make_path (self, entry);
  g_queue_push_tail (&self->entries, entry);
  g_signal_emit (self, signals[CHANGED], 0);
  write_entry (self, entry);
}

void
wb_photo_spool_send (WbPhotoSpool *self)
{
  g_return_if_fail (WB_IS_PHOTO_SPOOL (self));

  g_clear_handle_id (&self->retry_source, g_source_remove);
  send_next (self);
}

guint
wb_photo_spool_get_n_unsent (WbPhotoSpool *self)
{
  g_return_val_if_fail (WB_IS_PHOTO_SPOOL (self), 0);

  return g_queue_get_length (&self->entries);
}
