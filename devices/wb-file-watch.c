/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include "devices/wb-file-watch.h"

struct _WbFileWatch
{
  char *path;
  GFileMonitor *monitor;
  WbFileWatchFunc func;
  gpointer user_data;
};

static void
look (WbFileWatch *self)
{
  self->func (g_file_test (self->path, G_FILE_TEST_EXISTS), self->user_data);
}

WbFileWatch *
wb_file_watch_new (const char *path, WbFileWatchFunc func, gpointer user_data)
{
  WbFileWatch *self = NULL;
  g_autoptr(GFile) file = NULL;
  g_autoptr(GError) error = NULL;

  g_return_val_if_fail (path != NULL && func != NULL, NULL);

  self = g_new0 (WbFileWatch, 1);
  self->path = g_strdup (path);
  self->func = func;
  self->user_data = user_data;
  file = g_file_new_for_path (path);
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, &error);
  if (self->monitor == NULL)
    g_debug ("%s is not watched: %s", path, error->message);
  else
    g_signal_connect_swapped (self->monitor, "changed", G_CALLBACK (look), self);
  look (self);
  return self;
}

void
wb_file_watch_free (WbFileWatch *self)
{
  if (self == NULL)
    return;
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  g_free (self->path);
  g_free (self);
}
