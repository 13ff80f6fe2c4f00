/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "devices/wb-device-error.h"
#include "devices/wb-print-ledger.h"

/* When the file is larger than this it is written anew with what was last in it. */
#define LARGE_BYTES (4 * 1024 * 1024)
#define KEPT_IDS 10000
#define ID_BYTES 128

/* What happened, as the first letter of a line. */
#define BEGUN 'b'
#define SENT 's'
#define ABSENT 'a'

/* Used by one thread at a time: that of the pool. */
typedef struct
{
  char *path;
  int fd;
  goffset read_up_to;
  GHashTable *entries; /* id → its last letter */
  GQueue order;        /* ids, the oldest first; keys of @entries */
  GString *rest;       /* a line that was not read to its end */
} Book;

struct _WbPrintLedger
{
  GObject parent_instance;

  /* Owned references */
  GThreadPool *writer;
  Book *book;
};

G_DEFINE_FINAL_TYPE (WbPrintLedger, wb_print_ledger, G_TYPE_OBJECT)

/* One thing to do; with a task it wants an answer. */
typedef struct
{
  char *id;
  char letter;
  gboolean absent;
  GTask *task;

  /* Filled by the thread */
  WbPrintLedgerEntry found;
  GError *error;
} Entry;

static Entry *
entry_new (const char *id, char letter)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->id = g_strndup (id, ID_BYTES);
  g_strdelimit (entry->id, "\r\n\t", ' ');
  entry->letter = letter;
  return entry;
}

static void
entry_free (Entry *entry)
{
  g_clear_object (&entry->task);
  g_clear_error (&entry->error);
  g_free (entry->id);
  g_free (entry);
}

/* The task, and with it perhaps the last reference to the ledger, is let go of on the thread that asked. */
static gboolean
answer_cb (gpointer user_data)
{
  Entry *entry = user_data;

  if (entry->error != NULL)
    g_task_return_error (entry->task, g_steal_pointer (&entry->error));
  else
    g_task_return_int (entry->task, entry->found);
  return G_SOURCE_REMOVE;
}

static void
answer (Entry *entry)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, answer_cb, entry, (GDestroyNotify) entry_free);
  g_source_set_static_name (source, "[waybill] print ledger");
  g_source_attach (source, g_task_get_context (entry->task));
}

/* ── In the thread ───────────────────────────────────────────────────────────────────────────── */

static void
take_line (Book *book, const char *line)
{
  gpointer key = NULL;

  if ((line[0] != BEGUN && line[0] != SENT && line[0] != ABSENT) || line[1] != ' ' || line[2] == '\0')
    return;
  if (!g_hash_table_lookup_extended (book->entries, line + 2, &key, NULL))
    {
      key = g_strdup (line + 2);
      g_queue_push_tail (&book->order, key);
    }
  g_hash_table_insert (book->entries, key, GINT_TO_POINTER (line[0]));
}

static void
book_close (Book *book)
{
  if (book->fd >= 0)
    close (book->fd);
  book->fd = -1;
  book->read_up_to = 0;
  g_hash_table_remove_all (book->entries);
  g_queue_clear_full (&book->order, g_free);
  g_string_truncate (book->rest, 0);
}

/* What others, or an earlier run, wrote since it was last read. */
static void
read_news (Book *book)
{
  char buffer[16384] = "";
  ssize_t n = 0;

  while ((n = pread (book->fd, buffer, sizeof buffer, book->read_up_to)) > 0)
    {
      book->read_up_to += n;
      for (ssize_t i = 0; i < n; i++)
        if (buffer[i] != '\n')
          g_string_append_c (book->rest, buffer[i]);
        else
          {
            take_line (book, book->rest->str);
            g_string_truncate (book->rest, 0);
          }
    }
}

/* Another program may have written the file anew: then ours is another one than that of the name. */
static gboolean
is_current (Book *book)
{
  struct stat ours = { 0 };
  struct stat named = { 0 };

  return book->fd >= 0 && fstat (book->fd, &ours) == 0 && stat (book->path, &named) == 0 && ours.st_ino == named.st_ino &&
         ours.st_dev == named.st_dev;
}

static gboolean
book_open (Book *book, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (book->path);

  book_close (book);
  if (g_mkdir_with_parents (folder, 0700) != 0 ||
      (book->fd = open (book->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) < 0)
    {
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED, _ ("%s cannot be written: %s"), book->path, g_strerror (errno));
      return FALSE;
    }
  return TRUE;
}

/* Locks the file that has the name, and knows what is in it. */
static gboolean
book_lock (Book *book, GError **error)
{
  if (book->path == NULL)
    return TRUE;
  for (;;)
    {
      if (!is_current (book) && !book_open (book, error))
        return FALSE;
      while (flock (book->fd, LOCK_EX) != 0 && errno == EINTR)
        ;
      if (is_current (book))
        break;
    }
  read_news (book);
  return TRUE;
}

/* The last ids go to a new file that takes the old one's place; whoever waits for the lock sees that it is another one. */
static void
book_shorten (Book *book)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint skip = book->order.length > KEPT_IDS ? book->order.length - KEPT_IDS : 0;

  for (GList *l = g_queue_peek_nth_link (&book->order, skip); l != NULL; l = l->next)
    g_string_append_printf (text, "%c %s\n", GPOINTER_TO_INT (g_hash_table_lookup (book->entries, l->data)), (char *) l->data);
  if (!g_file_set_contents_full (book->path, text->str, (gssize) text->len, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                 0600, NULL))
    g_debug ("%s stays long", book->path);
}

static void
book_unlock (Book *book)
{
  if (book->path == NULL || book->fd < 0)
    return;
  if (book->read_up_to > LARGE_BYTES)
    book_shorten (book);
  flock (book->fd, LOCK_UN);
}

static gboolean
book_write (Book *book, const Entry *entry, gboolean durable, GError **error)
{
  g_autofree char *line = g_strdup_printf ("%c %s\n", entry->letter, entry->id);
  gsize length = strlen (line);
  gsize done = 0;

  if (book->path == NULL)
    {
      line[length - 1] = '\0';
      take_line (book, line);
      return TRUE;
    }
  while (done < length)
    {
      ssize_t n = write (book->fd, line + done, length - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        break;
      done += (gsize) n;
    }
  if (done < length || (durable && fdatasync (book->fd) != 0))
    {
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED, _ ("%s cannot be written: %s"), book->path, g_strerror (errno));
      return FALSE;
    }
  read_news (book);
  return TRUE;
}

static WbPrintLedgerEntry
look_up (Book *book, const Entry *entry)
{
  int letter = GPOINTER_TO_INT (g_hash_table_lookup (book->entries, entry->id));

  if (letter == SENT)
    return WB_PRINT_LEDGER_SENT;
  return letter == BEGUN && !entry->absent ? WB_PRINT_LEDGER_DOUBT : WB_PRINT_LEDGER_NEW;
}

static void
write_thread (gpointer data, gpointer user_data)
{
  Entry *entry = data;
  Book *book = user_data;

  if (book_lock (book, &entry->error))
    {
      if (entry->task != NULL)
        entry->found = look_up (book, entry);
      if (entry->found == WB_PRINT_LEDGER_NEW)
        book_write (book, entry, entry->task != NULL, &entry->error);
      book_unlock (book);
    }
  if (entry->task != NULL)
    {
      answer (entry);
      return;
    }
  if (entry->error != NULL)
    g_message ("%s", entry->error->message);
  entry_free (entry);
}

/* ── On the main thread ──────────────────────────────────────────────────────────────────────── */

static void
wb_print_ledger_finalize (GObject *object)
{
  WbPrintLedger *self = WB_PRINT_LEDGER (object);

  /* What was told is written before anybody may ask again. */
  g_thread_pool_free (self->writer, FALSE, TRUE); /* may block: a line or two */
  book_close (self->book);
  g_hash_table_unref (self->book->entries);
  g_string_free (self->book->rest, TRUE);
  g_free (self->book->path);
  g_free (self->book);
  G_OBJECT_CLASS (wb_print_ledger_parent_class)->finalize (object);
}

static void
wb_print_ledger_class_init (WbPrintLedgerClass *class)
{
  G_OBJECT_CLASS (class)->finalize = wb_print_ledger_finalize;
}

static void
wb_print_ledger_init (WbPrintLedger *self)
{
  self->book = g_new0 (Book, 1);
  self->book->fd = -1;
  self->book->entries = g_hash_table_new (g_str_hash, g_str_equal);
  self->book->rest = g_string_new (NULL);
  g_queue_init (&self->book->order);
  self->writer = g_thread_pool_new (write_thread, self->book, 1, FALSE, NULL);
}

WbPrintLedger *
wb_print_ledger_new (const char *path)
{
  WbPrintLedger *self = g_object_new (WB_TYPE_PRINT_LEDGER, NULL);

  self->book->path = g_strdup (path);
  return self;
}

void
wb_print_ledger_begin_async (WbPrintLedger *self, const char *id, gboolean absent, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Entry *entry = NULL;

  g_return_if_fail (WB_IS_PRINT_LEDGER (self) && id != NULL && *id != '\0');

  entry = entry_new (id, BEGUN);
  entry->absent = absent;
  entry->task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (entry->task, wb_print_ledger_begin_async);
  g_thread_pool_push (self->writer, entry, NULL);
}

gboolean
wb_print_ledger_begin_finish (WbPrintLedger *self, GAsyncResult *result, WbPrintLedgerEntry *entry, GError **error)
{
  gssize found = 0;

  g_return_val_if_fail (g_task_is_valid (result, self) && entry != NULL, FALSE);

  found = g_task_propagate_int (G_TASK (result), error);
  *entry = found >= 0 ? (WbPrintLedgerEntry) found : WB_PRINT_LEDGER_DOUBT;
  return found >= 0;
}

void
wb_print_ledger_end (WbPrintLedger *self, const char *id, WbPrintLedgerEntry entry)
{
  g_return_if_fail (WB_IS_PRINT_LEDGER (self) && id != NULL);
  g_return_if_fail (entry != WB_PRINT_LEDGER_DOUBT);

  g_thread_pool_push (self->writer, entry_new (id, entry == WB_PRINT_LEDGER_SENT ? SENT : ABSENT), NULL);
}
