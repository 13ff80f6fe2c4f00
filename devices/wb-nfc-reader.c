/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "devices/wb-nfc-chip.h"
#include "devices/wb-nfc-reader.h"

#define LOOK_US (60 * 1000)
/* A tag at the edge of the field is missed now and then; so often in a row it is gone. */
#define MAX_MISSED 3

/*
 * What the two threads share. The thread has one reference, the reader another; whoever is last frees it.
 */
typedef struct
{
  gatomicrefcount count;
  char *address;
  GMainContext *main;
  WbNfcReader *owner; /* main thread only; NULL once closed */

  GMutex lock;
  GCond changed;
  /* only under the lock */
  gboolean is_stopped;
  GQueue writes; /* Write */
} Session;

/* Something that the thread says. */
typedef struct
{
  Session *session;
  void (*say) (WbNfcReader *self, gpointer what);
  gpointer what;
  GDestroyNotify free_what;
  gboolean is_answer; /* somebody waits for it, also when the reader was closed */
} Word;

/* What wb_nfc_reader_write_async() asks for. The task is the main thread's: the other one only carries it. */
typedef struct
{
  GTask *task;
  WbNfcTag *tag;
  GBytes *message;
  GError *error; /* the answer; NULL: written */
} Write;

struct _WbNfcReader
{
  WbDevice parent_instance;

  /* Owned references */
  char *address;
  Session *session;
};

G_DEFINE_FINAL_TYPE (WbNfcReader, wb_nfc_reader, WB_TYPE_DEVICE)

enum
{
  TAG,
  GONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static Session *
ref_session (Session *session)
{
  g_atomic_ref_count_inc (&session->count);
  return session;
}

static void
unref_session (Session *session)
{
  if (!g_atomic_ref_count_dec (&session->count))
    return;
  g_assert (g_queue_is_empty (&session->writes));
  g_mutex_clear (&session->lock);
  g_cond_clear (&session->changed);
  g_main_context_unref (session->main);
  g_free (session->address);
  g_free (session);
}

static void
free_write (gpointer data)
{
  Write *write = data;

  g_object_unref (write->task);
  wb_nfc_tag_free (write->tag);
  g_bytes_unref (write->message);
  g_clear_error (&write->error);
  g_free (write);
}

/* ---- From the thread to the main loop --------------------------------------------------------------------- */

static gboolean
say_cb (gpointer user_data)
{
  Word *word = user_data;
  g_autoptr(WbNfcReader) self = word->session->owner != NULL ? g_object_ref (word->session->owner) : NULL;

  if (self != NULL || word->is_answer)
    word->say (self, word->what);
  return G_SOURCE_REMOVE;
}

static void
free_word (gpointer data)
{
  Word *word = data;

  if (word->free_what != NULL)
    word->free_what (word->what);
  unref_session (word->session);
  g_free (word);
}

static void
say_written (WbNfcReader *self, gpointer what)
{
  Write *write = what;

  if (write->error != NULL)
    g_task_return_error (write->task, g_steal_pointer (&write->error));
  else
    g_task_return_boolean (write->task, TRUE);
}

/* Takes @what. */
static void
say (Session *session, void (*function) (WbNfcReader *self, gpointer what), gpointer what, GDestroyNotify free_what)
{
  Word *word = g_new0 (Word, 1);

  word->session = ref_session (session);
  word->say = function;
  word->what = what;
  word->free_what = free_what;
  word->is_answer = function == say_written;
  g_main_context_invoke_full (session->main, G_PRIORITY_DEFAULT, say_cb, word, free_word);
}

static void
say_opened (WbNfcReader *self, gpointer what)
{
  _wb_device_opened (WB_DEVICE (self));
}

static void
say_failed (WbNfcReader *self, gpointer what)
{
  _wb_device_failed (WB_DEVICE (self), what);
}

static void
say_tag (WbNfcReader *self, gpointer what)
{
  g_signal_emit (self, signals[TAG], 0, what);
}

static void
say_gone (WbNfcReader *self, gpointer what)
{
  g_signal_emit (self, signals[GONE], 0);
}

/* ---- The thread ---------------------------------------------------------------------------------------------- */

/* Waits for the next look or a write; FALSE when it is over. */
static gboolean
wait_a_while (Session *session, Write **write)
{
  gint64 end = g_get_monotonic_time () + LOOK_US;
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&session->lock);

  while (!session->is_stopped && g_queue_is_empty (&session->writes) && g_cond_wait_until (&session->changed, &session->lock, end))
    ;
  *write = g_queue_pop_head (&session->writes);
  return !session->is_stopped;
}

static void
do_write (Session *session, WbNfcChip *chip, Write *write)
{
  wb_nfc_chip_write (chip, write->tag, write->message, &write->error);
  say (session, say_written, write, free_write);
}

static void
refuse_write (Session *session, Write *write)
{
  g_set_error_literal (&write->error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE, _ ("the NFC reader was closed"));
  say (session, say_written, write, free_write);
}

static void
refuse_writes (Session *session)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&session->lock);
  Write *write = NULL;

  session->is_stopped = TRUE;
  while ((write = g_queue_pop_head (&session->writes)) != NULL)
    refuse_write (session, write);
}

/* Looks once, and says what changed since the last time. */
static gboolean
look (Session *session, WbNfcChip *chip, char **present, guint *n_missed, GError **error)
{
  g_autoptr(WbNfcTag) tag = NULL;

  if (!wb_nfc_chip_look (chip, &tag, error))
    return FALSE;
  if (tag == NULL)
    {
      if (*present != NULL && ++*n_missed >= MAX_MISSED)
        {
          g_clear_pointer (present, g_free);
          say (session, say_gone, NULL, NULL);
        }
      return TRUE;
    }
  *n_missed = 0;
  if (g_strcmp0 (*present, tag->uid) == 0)
    return TRUE;
  g_free (*present);
  *present = g_strdup (tag->uid);
  wb_nfc_chip_read (chip, tag);
  say (session, say_tag, g_steal_pointer (&tag), (GDestroyNotify) wb_nfc_tag_free);
  return TRUE;
}

static gpointer
run (gpointer data)
{
  Session *session = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(WbNfcChip) chip = wb_nfc_chip_open (session->address, &error);
  g_autofree char *present = NULL;
  Write *write = NULL;
  guint n_missed = 0;

  if (chip != NULL)
    say (session, say_opened, NULL, NULL);
  while (chip != NULL && error == NULL && wait_a_while (session, &write))
    {
      if (write != NULL)
        do_write (session, chip, write);
      look (session, chip, &present, &n_missed, &error);
    }
  if (chip != NULL && error == NULL && write != NULL)
    refuse_write (session, write);
  /* before it is said, as it is opened again then */
  g_clear_pointer (&chip, wb_nfc_chip_close);
  if (error != NULL)
    say (session, say_failed, g_steal_pointer (&error), (GDestroyNotify) g_error_free);
  refuse_writes (session);
  unref_session (session);
  return NULL;
}

/* ---- WbDevice ------------------------------------------------------------------------------------------------- */

static void
wb_nfc_reader_open (WbDevice *device)
{
  WbNfcReader *self = WB_NFC_READER (device);
  Session *session = g_new0 (Session, 1);
  g_autoptr(GThread) thread = NULL;

  g_atomic_ref_count_init (&session->count);
  session->address = g_strdup (self->address);
  session->main = g_main_context_ref_thread_default ();
  session->owner = self;
  g_mutex_init (&session->lock);
  g_cond_init (&session->changed);
  g_queue_init (&session->writes);
  self->session = session;
  thread = g_thread_new ("nfc", run, ref_session (session));
}

static void
wb_nfc_reader_close (WbDevice *device)
{
  WbNfcReader *self = WB_NFC_READER (device);
  Session *session = g_steal_pointer (&self->session);

  if (session == NULL)
    return;
  session->owner = NULL;
  g_mutex_lock (&session->lock);
  session->is_stopped = TRUE;
  g_cond_signal (&session->changed);
  g_mutex_unlock (&session->lock);
  unref_session (session);
}

static void
wb_nfc_reader_finalize (GObject *object)
{
  g_free (WB_NFC_READER (object)->address);
  G_OBJECT_CLASS (wb_nfc_reader_parent_class)->finalize (object);
}

static void
wb_nfc_reader_class_init (WbNfcReaderClass *class)
{
  WbDeviceClass *device_class = WB_DEVICE_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = wb_nfc_reader_finalize;
  /* it would speak of each failure on its own, beside our log; set before there is a thread */
  g_setenv ("LIBNFC_LOG_LEVEL", "0", FALSE);
  device_class->kind = WB_DEVICE_KIND_NFC;
  device_class->open = wb_nfc_reader_open;
  device_class->close = wb_nfc_reader_close;

  signals[TAG] = g_signal_new ("tag", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                               WB_TYPE_NFC_TAG);
  signals[GONE] = g_signal_new ("gone", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_nfc_reader_init (WbNfcReader *self)
{
}

WbDevice *
wb_nfc_reader_new (const char *address, const char *id, const char *name)
{
  WbNfcReader *self = NULL;

  g_return_val_if_fail (address != NULL, NULL);

  self = g_object_new (WB_TYPE_NFC_READER, "id", id, "name", name, NULL);
  self->address = g_strdup (address);
  return WB_DEVICE (self);
}

void
wb_nfc_reader_write_async (WbNfcReader *self, const WbNfcTag *tag, GBytes *message, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr(GTask) task = NULL;
  Write *write = NULL;

  g_return_if_fail (WB_IS_NFC_READER (self) && tag != NULL && message != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_nfc_reader_write_async);
  if (self->session == NULL || wb_device_get_state (WB_DEVICE (self)) != WB_DEVICE_STATE_READY)
    {
      g_task_return_new_error (task, WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE, _ ("the NFC reader is not ready"));
      return;
    }
  write = g_new0 (Write, 1);
  write->task = g_steal_pointer (&task);
  write->tag = wb_nfc_tag_copy (tag);
  write->message = g_bytes_ref (message);
  g_mutex_lock (&self->session->lock);
  if (self->session->is_stopped)
    refuse_write (self->session, g_steal_pointer (&write));
  else
    g_queue_push_tail (&self->session->writes, write);
  g_cond_signal (&self->session->changed);
  g_mutex_unlock (&self->session->lock);
}

gboolean
wb_nfc_reader_write_finish (WbNfcReader *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
