/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <pty.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "tests/devices/wb-test-line.h"

struct _WbTestLine
{
  int master;
  int slave; /* kept open, so that the line lives on when the program closes it */
  char *path;
  guint source;
  WbTestLineFunc command;
  gpointer user_data;
};

static gboolean
read_cb (int fd, GIOCondition condition, gpointer user_data)
{
  WbTestLine *self = user_data;
  char buffer[512];
  gssize n = read (fd, buffer, sizeof buffer);

  if (n > 0 && self->command != NULL)
    self->command (self, buffer, (gsize) n, self->user_data);
  return G_SOURCE_CONTINUE;
}

WbTestLine *
wb_test_line_new (const char *path, WbTestLineFunc command, gpointer user_data)
{
  WbTestLine *self = g_new0 (WbTestLine, 1);
  struct termios raw = { 0 };
  char name[256] = "";

  g_assert_cmpint (openpty (&self->master, &self->slave, name, NULL, NULL), ==, 0);
  tcgetattr (self->slave, &raw);
  cfmakeraw (&raw);
  tcsetattr (self->slave, TCSANOW, &raw);
  self->path = g_strdup (path);
  self->command = command;
  self->user_data = user_data;
  g_unix_set_fd_nonblocking (self->master, TRUE, NULL);
  self->source = g_unix_fd_add (self->master, G_IO_IN, read_cb, self);
  unlink (path);
  g_assert_cmpint (symlink (name, path), ==, 0);
  return self;
}

void
wb_test_line_free (WbTestLine *self)
{
  if (self == NULL)
    return;
  g_source_remove (self->source);
  unlink (self->path);
  close (self->slave);
  close (self->master);
  g_free (self->path);
  g_free (self);
}

void
wb_test_line_say (WbTestLine *self, const char *bytes, gssize length)
{
  gsize left = length < 0 ? strlen (bytes) : (gsize) length;

  while (left > 0)
    {
      gssize n = write (self->master, bytes, left);

      if (n < 0 && errno == EAGAIN)
        {
          g_main_context_iteration (NULL, TRUE);
          continue;
        }
      g_assert_cmpint (n, >, 0);
      bytes += n;
      left -= (gsize) n;
    }
}
