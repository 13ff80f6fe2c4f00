/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* posix_openpt() beside cfmakeraw() */
#define G_LOG_DOMAIN "wb-twins"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "devices/twins/wb-twin-line.h"
#include "devices/wb-device-error.h"

/* What nobody reads is lost at last, as on any line. */
#define MAX_UNSENT (1024 * 1024)

struct _WbTwinLine
{
  int master;
  int slave; /* kept open, so that the line lives on when the program closes it */
  char *path;
  guint source;
  guint write_source;
  GByteArray *unsent;
  WbTwinLineFunc command;
  gpointer user_data;
};

static gboolean
read_cb (int fd, GIOCondition condition, gpointer user_data)
{
  WbTwinLine *self = user_data;
  char buffer[512];
  gssize n = read (fd, buffer, sizeof buffer);

  if (n > 0 && self->command != NULL)
    self->command (self, buffer, (gsize) n, self->user_data);
  return G_SOURCE_CONTINUE;
}

static void
send_some (WbTwinLine *self)
{
  gssize n = 0;

  while (self->unsent->len > 0)
    {
      n = write (self->master, self->unsent->data, self->unsent->len);
      if (n <= 0)
        return;
      g_byte_array_remove_range (self->unsent, 0, (guint) n);
    }
}

static gboolean
write_cb (int fd, GIOCondition condition, gpointer user_data)
{
  WbTwinLine *self = user_data;

  send_some (self);
  if (self->unsent->len > 0)
    return G_SOURCE_CONTINUE;
  self->write_source = 0;
  return G_SOURCE_REMOVE;
}

/* A file without echo and line editing, which cannot be opened yet. */
static gboolean
open_master (WbTwinLine *self, GError **error)
{
  self->master = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (self->master >= 0 && grantpt (self->master) == 0)
    return g_unix_set_fd_nonblocking (self->master, TRUE, error);
  g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED, _ ("no pseudo-terminal can be had: %s"), g_strerror (errno));
  return FALSE;
}

static gboolean
open_slave (WbTwinLine *self, GError **error)
{
  struct termios raw = { 0 };

  /* not by its name: umockdev, under which tests run, keeps a file for each one that is opened so */
  if (unlockpt (self->master) == 0)
    self->slave = ioctl (self->master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (self->slave < 0)
    {
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED, _ ("no pseudo-terminal can be had: %s"), g_strerror (errno));
      return FALSE;
    }
  tcgetattr (self->slave, &raw);
  cfmakeraw (&raw);
  tcsetattr (self->slave, TCSANOW, &raw);
  self->source = g_unix_fd_add (self->master, G_IO_IN, read_cb, self);
  return TRUE;
}

static void
close_line (WbTwinLine *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_handle_id (&self->write_source, g_source_remove);
  if (self->slave >= 0)
    close (self->slave);
  if (self->master >= 0)
    close (self->master);
  self->slave = -1;
  self->master = -1;
}

WbTwinLine *
wb_twin_line_new (const char *path, WbTwinLineFunc command, gpointer user_data, GError **error)
{
  g_autoptr(WbTwinLine) self = g_new0 (WbTwinLine, 1);

  g_return_val_if_fail (path != NULL, NULL);

  self->unsent = g_byte_array_new ();
  self->master = -1;
  self->slave = -1;
  self->command = command;
  self->user_data = user_data;
  if (!open_master (self, error) || !open_slave (self, error))
    return NULL;
  /* in the place of a link that an earlier twin left, and of nothing else */
  if (g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    unlink (path);
  if (symlink (ptsname (self->master), path) != 0)
    {
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, _ ("%s cannot be made: %s"), path, g_strerror (errno));
      return NULL;
    }
  self->path = g_strdup (path);
  return g_steal_pointer (&self);
}

gboolean
wb_twin_line_break_off (WbTwinLine *self, GError **error)
{
  g_autofree char *next = NULL;

  g_return_val_if_fail (self != NULL && self->slave >= 0, FALSE);

  next = g_strconcat (self->path, ".next", NULL);
  close_line (self);
  g_byte_array_set_size (self->unsent, 0);
  if (!open_master (self, error))
    return FALSE;
  unlink (next);
  if (symlink (ptsname (self->master), next) == 0 && g_rename (next, self->path) == 0)
    return TRUE;
  g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, _ ("%s cannot be made: %s"), self->path, g_strerror (errno));
  return FALSE;
}

gboolean
wb_twin_line_come_back (WbTwinLine *self, GError **error)
{
  g_return_val_if_fail (self != NULL && self->master >= 0 && self->slave < 0, FALSE);

  return open_slave (self, error);
}

void
wb_twin_line_free (WbTwinLine *self)
{
  if (self == NULL)
    return;
  if (self->path != NULL)
    unlink (self->path);
  close_line (self);
  g_byte_array_unref (self->unsent);
  g_free (self->path);
  g_free (self);
}

void
wb_twin_line_say (WbTwinLine *self, const char *bytes, gssize length)
{
  gsize n = length < 0 ? strlen (bytes) : (gsize) length;

  g_return_if_fail (self != NULL && bytes != NULL);

  if (self->unsent->len + n > MAX_UNSENT)
    return;
  g_byte_array_append (self->unsent, (const guint8 *) bytes, (guint) n);
  send_some (self);
  if (self->unsent->len > 0 && self->write_source == 0)
    self->write_source = g_unix_fd_add (self->master, G_IO_OUT, write_cb, self);
}
