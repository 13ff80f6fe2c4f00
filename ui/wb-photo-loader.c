/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include "db/wb-attachment-store.h"
#include "ui/wb-photo-loader.h"

typedef struct
{
  char *media_type;
  guint longest_edge;
  GBytes *content;
} Load;

static void
free_load (gpointer data)
{
  Load *load = data;

  g_free (load->media_type);
  g_clear_pointer (&load->content, g_bytes_unref);
  g_free (load);
}

static void
size_cb (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  int edge = GPOINTER_TO_INT (user_data);
  int longest = MAX (width, height);

  if (longest > edge)
    gdk_pixbuf_loader_set_size (loader, MAX (width * edge / longest, 1), MAX (height * edge / longest, 1));
}

static void
decode_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Load *load = task_data;
  GError *error = NULL;
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_mime_type (load->media_type, &error);

  if (loader != NULL)
    g_signal_connect (loader, "size-prepared", G_CALLBACK (size_cb), GINT_TO_POINTER ((int) load->longest_edge));
  if (loader == NULL || !gdk_pixbuf_loader_write_bytes (loader, load->content, &error))
    {
      if (loader != NULL)
        gdk_pixbuf_loader_close (loader, NULL);
      g_task_return_error (task, error);
      return;
    }
  if (gdk_pixbuf_loader_close (loader, &error))
    g_task_return_pointer (task, g_object_ref (gdk_pixbuf_loader_get_pixbuf (loader)), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;

  load->content = wb_attachment_store_content_finish (WB_DB (source), result, &error);
  if (load->content == NULL)
    g_task_return_error (task, error);
  else
    g_task_run_in_thread (task, decode_thread);
}

void
wb_photo_loader_load_async (WbDb *db, gint64 attachment_id, const char *media_type, guint longest_edge,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = NULL;
  Load *load = g_new0 (Load, 1);

  g_return_if_fail (WB_IS_DB (db) && media_type != NULL);

  load->media_type = g_strdup (media_type);
  load->longest_edge = longest_edge;
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, wb_photo_loader_load_async);
  g_task_set_task_data (task, load, free_load);
  wb_attachment_store_content_async (db, attachment_id, cancellable, read_cb, task);
}

GdkTexture *
wb_photo_loader_load_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  pixbuf = g_task_propagate_pointer (G_TASK (result), error);
  return pixbuf != NULL ? gdk_texture_new_for_pixbuf (pixbuf) : NULL;
}
