/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-core"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/wb-file-writer.h"

/* What g_file_set_contents_full() puts behind the name of a file that is not complete. */
#define LEFTOVER_LETTERS 6

typedef enum
{
  WRITE,
  RENAME,
  REMOVE,
  REQUIRE,
  CLEAN,
} StepKind;

typedef struct
{
  StepKind kind;
  char *path;
  char *new_path; /* of what is renamed; of what is cleaned, the ending */
  GBytes *contents;
} Step;

struct _WbFileChange
{
  char *name;
  GPtrArray *steps; /* Step */
};

typedef struct
{
  char *name;
  GError *error;
} Answer;

struct _WbFileWriter
{
  GObject parent_instance;

  /* Owned references */
  GThreadPool *pool; /* of one thread */
  GMainContext *context;

  GMutex mutex; /* of what follows */
  GQueue answers;
  GSource *source; /* (nullable): tells of the answers */
};

G_DEFINE_FINAL_TYPE (WbFileWriter, wb_file_writer, G_TYPE_OBJECT)

enum
{
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ── A change ────────────────────────────────────────────────────────────────────────────────── */

static void
step_free (gpointer data)
{
  Step *step = data;

  g_free (step->path);
  g_free (step->new_path);
  g_clear_pointer (&step->contents, g_bytes_unref);
  g_free (step);
}

static void
add_step (WbFileChange *self, StepKind kind, const char *path, const char *new_path, GBytes *contents)
{
  Step *step = g_new0 (Step, 1);

  step->kind = kind;
  step->path = g_strdup (path);
  step->new_path = g_strdup (new_path);
  step->contents = contents != NULL ? g_bytes_ref (contents) : NULL;
  g_ptr_array_add (self->steps, step);
}

WbFileChange *
wb_file_change_new (const char *name)
{
  WbFileChange *self = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  self = g_new0 (WbFileChange, 1);
  self->name = g_strdup (name);
  self->steps = g_ptr_array_new_with_free_func (step_free);
  return self;
}

void
wb_file_change_free (WbFileChange *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_ptr_array_unref (self->steps);
  g_free (self);
}

void
wb_file_change_write (WbFileChange *self, const char *path, GBytes *contents)
{
  g_return_if_fail (self != NULL && path != NULL && contents != NULL);

  add_step (self, WRITE, path, NULL, contents);
}

void
wb_file_change_rename (WbFileChange *self, const char *path, const char *new_path)
{
  g_return_if_fail (self != NULL && path != NULL && new_path != NULL);

  add_step (self, RENAME, path, new_path, NULL);
}

void
wb_file_change_remove (WbFileChange *self, const char *path)
{
  g_return_if_fail (self != NULL && path != NULL);

  add_step (self, REMOVE, path, NULL, NULL);
}

void
wb_file_change_require (WbFileChange *self, const char *path)
{
  g_return_if_fail (self != NULL && path != NULL);

  add_step (self, REQUIRE, path, NULL, NULL);
}

/* ── In the thread ───────────────────────────────────────────────────────────────────────────── */

static gboolean
fail (GError **error, const char *path)
{
  int number = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), "%s: %s", path, g_strerror (number));
  return FALSE;
}

/* A name that went is off the disk only when its folder says so; after writing, GLib sees to it. */
static gboolean
sync_folder (const char *folder, GError **error)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean synced = fd >= 0 && (fsync (fd) == 0 || errno == EINVAL); /* a file system that cannot has nothing to lose */

  if (!synced)
    fail (error, folder);
  if (fd >= 0)
    close (fd);
  return synced;
}

static gboolean
write_file (const Step *step, const char *folder, GError **error)
{
  gsize size = 0;
  const char *bytes = g_bytes_get_data (step->contents, &size);
  g_autoptr (GError) failure = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (error, folder);
  if (g_file_set_contents_full (step->path, bytes != NULL ? bytes : "", (gssize) size,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &failure))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, (int) g_io_error_from_file_error ((GFileError) failure->code), failure->message);
  return FALSE;
}

/* Whether it is what g_file_set_contents_full() had not written to its end. */
static gboolean
is_leftover (const char *name, const char *ending)
{
  gsize length = strlen (name);
  gsize tail = LEFTOVER_LETTERS + 1;
  g_autofree char *stem = length > tail && name[length - tail] == '.' ? g_strndup (name, length - tail) : NULL;

  return stem != NULL && g_str_has_suffix (stem, ending);
}

static gboolean
clean (const char *folder, const char *ending)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (is_leftover (name, ending))
        g_unlink (path);
    }
  return TRUE;
}

static gboolean
do_step (const Step *step, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (step->path);

  switch (step->kind)
    {
    case WRITE:
      return write_file (step, folder, error);
    case REQUIRE:
      return g_access (step->path, F_OK) == 0 || fail (error, step->path);
    case CLEAN:
      return clean (step->path, step->new_path);
    case RENAME:
      return (g_rename (step->path, step->new_path) == 0 || fail (error, step->path)) && sync_folder (folder, error);
    case REMOVE:
    default:
      if (g_unlink (step->path) != 0)
        return errno == ENOENT || fail (error, step->path);
      return sync_folder (folder, error);
    }
}

static gboolean tell_cb (gpointer user_data);

static void
answer (WbFileWriter *self, const char *name, GError *error)
{
  Answer *answer = g_new0 (Answer, 1);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  answer->name = g_strdup (name);
  answer->error = error;
  g_queue_push_tail (&self->answers, answer);
  if (self->source != NULL)
    return;
  self->source = g_idle_source_new ();
  g_source_set_priority (self->source, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->source, tell_cb, self, NULL);
  g_source_set_static_name (self->source, "[waybill] file writer");
  g_source_attach (self->source, self->context);
}

static void
change_thread (gpointer data, gpointer user_data)
{
  g_autoptr (WbFileChange) change = data;
  GError *error = NULL;

  for (guint i = 0; i < change->steps->len && error == NULL; i++)
    if (!do_step (g_ptr_array_index (change->steps, i), &error))
      break;
  answer (user_data, change->name, error);
}

/* ── Answers ─────────────────────────────────────────────────────────────────────────────────── */

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->name);
  g_clear_error (&answer->error);
  g_free (answer);
}

static gboolean
tell_cb (gpointer user_data)
{
  g_autoptr (WbFileWriter) self = g_object_ref (user_data);
  GQueue told = G_QUEUE_INIT;
  Answer *answer = NULL;

  g_mutex_lock (&self->mutex);
  told = self->answers;
  g_queue_init (&self->answers);
  g_clear_pointer (&self->source, g_source_unref);
  g_mutex_unlock (&self->mutex);
  while ((answer = g_queue_pop_head (&told)) != NULL)
    {
      g_signal_emit (self, signals[DONE], 0, answer->name, answer->error);
      answer_free (answer);
    }
  return G_SOURCE_REMOVE;
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

static void
wb_file_writer_finalize (GObject *object)
{
  WbFileWriter *self = WB_FILE_WRITER (object);

  g_thread_pool_free (self->pool, FALSE, TRUE); /* may block: small files */
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_queue_clear_full (&self->answers, answer_free);
  g_mutex_clear (&self->mutex);
  g_main_context_unref (self->context);
  G_OBJECT_CLASS (wb_file_writer_parent_class)->finalize (object);
}

static void
wb_file_writer_class_init (WbFileWriterClass *class)
{
  G_OBJECT_CLASS (class)->finalize = wb_file_writer_finalize;

  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
wb_file_writer_init (WbFileWriter *self)
{
  self->pool = g_thread_pool_new (change_thread, self, 1, FALSE, NULL);
  self->context = g_main_context_ref_thread_default ();
  g_mutex_init (&self->mutex);
  g_queue_init (&self->answers);
}

/* ── Public API ──────────────────────────────────────────────────────────────────────────────── */

WbFileWriter *
wb_file_writer_new (void)
{
  return g_object_new (WB_TYPE_FILE_WRITER, NULL);
}

void
wb_file_writer_push (WbFileWriter *self, WbFileChange *change)
{
  g_return_if_fail (WB_IS_FILE_WRITER (self) && change != NULL);

  g_thread_pool_push (self->pool, change, NULL);
}

static void
push_step (WbFileWriter *self, StepKind kind, const char *path, const char *new_path, GBytes *contents)
{
  WbFileChange *change = wb_file_change_new (path);

  add_step (change, kind, path, new_path, contents);
  wb_file_writer_push (self, change);
}

void
wb_file_writer_write (WbFileWriter *self, const char *path, GBytes *contents)
{
  g_return_if_fail (WB_IS_FILE_WRITER (self) && path != NULL && contents != NULL);

  push_step (self, WRITE, path, NULL, contents);
}

void
wb_file_writer_rename (WbFileWriter *self, const char *path, const char *new_path)
{
  g_return_if_fail (WB_IS_FILE_WRITER (self) && path != NULL && new_path != NULL);

  push_step (self, RENAME, path, new_path, NULL);
}

void
wb_file_writer_remove (WbFileWriter *self, const char *path)
{
  g_return_if_fail (WB_IS_FILE_WRITER (self) && path != NULL);

  push_step (self, REMOVE, path, NULL, NULL);
}

void
wb_file_writer_clean (WbFileWriter *self, const char *folder, const char *ending)
{
  g_return_if_fail (WB_IS_FILE_WRITER (self) && folder != NULL && ending != NULL);

  push_step (self, CLEAN, folder, ending, NULL);
}
