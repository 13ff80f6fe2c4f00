/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "devices/wb-device-error.h"
#include "devices/wb-serial-port.h"

#define MAX_UNSENT 4096

struct _WbSerialPort
{
  GObject parent_instance;

  int fd;

  /* Borrowed references */
  WbSerialBytesFunc bytes;
  WbSerialLostFunc lost;
  gpointer user_data;

  /* Owned references */
  char *path;
  GSource *in;
  GSource *out;
  GByteArray *unsent;
};

G_DEFINE_FINAL_TYPE (WbSerialPort, wb_serial_port, G_TYPE_OBJECT)

static const struct
{
  const char *word;
  speed_t speed;
} bauds[] = {
  { "1200", B1200 },   { "2400", B2400 },   { "4800", B4800 },   { "9600", B9600 },
  { "19200", B19200 }, { "38400", B38400 }, { "57600", B57600 }, { "115200", B115200 },
};

static void
set_error (GError **error, const char *path, int code)
{
  switch (code)
    {
    case ENOENT:
    case ENODEV:
    case ENXIO:
    case EIO:
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE, _ ("%s is not there: plug the device in and switch it on"), path);
      break;
    case EACCES:
    case EPERM:
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED,
                   _ ("you have no right to use %s: an administrator has to give it to you (a group, or a udev rule)"), path);
      break;
    case EBUSY:
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, _ ("another program is using %s: close that program"), path);
      break;
    default:
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED, _ ("%s does not work as a serial line: %s"), path, g_strerror (code));
    }
}

static void
lose (WbSerialPort *self, int code)
{
  g_autoptr(GError) error = NULL;
  WbSerialLostFunc lost = self->lost;
  gpointer user_data = self->user_data;

  set_error (&error, self->path, code);
  wb_serial_port_close (self);
  if (lost != NULL)
    lost (error, user_data);
}

static gboolean
in_cb (int fd, GIOCondition condition, gpointer user_data)
{
  g_autoptr(WbSerialPort) self = g_object_ref (user_data);
  guint8 buffer[1024];
  gssize n = read (fd, buffer, sizeof buffer);

  if (n > 0)
    {
      self->bytes (buffer, (gsize) n, self->user_data);
      return G_SOURCE_CONTINUE;
    }
  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;
  lose (self, n < 0 ? errno : EIO);
  return G_SOURCE_REMOVE;
}

static void
forget (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static gboolean
out_cb (int fd, GIOCondition condition, gpointer user_data)
{
  WbSerialPort *self = user_data;
  gssize n = write (fd, self->unsent->data, self->unsent->len);

  /* a line that is broken says so when it is read */
  if (n < 0 && errno != EAGAIN && errno != EINTR)
    n = self->unsent->len;
  if (n > 0)
    g_byte_array_remove_range (self->unsent, 0, (guint) n);
  if (self->unsent->len > 0)
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&self->out, g_source_unref);
  return G_SOURCE_REMOVE;
}

static GSource *
watch (WbSerialPort *self, GIOCondition condition, GUnixFDSourceFunc callback)
{
  GSource *source = g_unix_fd_source_new (self->fd, condition);

  g_source_set_callback (source, G_SOURCE_FUNC (callback), self, NULL);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "[waybill] serial line");
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

static gboolean
set_line (int fd, const char *baud, const char *format)
{
  struct termios line = { 0 };
  speed_t speed = B9600;

  if (tcgetattr (fd, &line) != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (bauds); i++)
    if (g_strcmp0 (bauds[i].word, baud) == 0)
      speed = bauds[i].speed;
  cfmakeraw (&line);
  cfsetispeed (&line, speed);
  cfsetospeed (&line, speed);
  line.c_cflag |= CLOCAL | CREAD;
  line.c_cflag &= ~(tcflag_t) (CSIZE | PARENB | PARODD | CSTOPB | CRTSCTS);
  line.c_cflag |= format[0] == '7' ? CS7 : CS8;
  if (format[1] != 'N')
    line.c_cflag |= PARENB;
  if (format[1] == 'O')
    line.c_cflag |= PARODD;
  if (format[2] == '2')
    line.c_cflag |= CSTOPB;
  line.c_cc[VMIN] = 1;
  line.c_cc[VTIME] = 0;
  return tcsetattr (fd, TCSANOW, &line) == 0;
}

static void
wb_serial_port_dispose (GObject *object)
{
  wb_serial_port_close (WB_SERIAL_PORT (object));
  G_OBJECT_CLASS (wb_serial_port_parent_class)->dispose (object);
}

static void
wb_serial_port_finalize (GObject *object)
{
  WbSerialPort *self = WB_SERIAL_PORT (object);

  g_free (self->path);
  g_byte_array_unref (self->unsent);
  G_OBJECT_CLASS (wb_serial_port_parent_class)->finalize (object);
}

static void
wb_serial_port_class_init (WbSerialPortClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = wb_serial_port_dispose;
  object_class->finalize = wb_serial_port_finalize;
}

static void
wb_serial_port_init (WbSerialPort *self)
{
  self->fd = -1;
  self->unsent = g_byte_array_new ();
}

WbSerialPort *
wb_serial_port_new (const char *path)
{
  WbSerialPort *self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (WB_TYPE_SERIAL_PORT, NULL);
  self->path = g_strdup (path);
  return self;
}

const char *
wb_serial_port_get_path (WbSerialPort *self)
{
  g_return_val_if_fail (WB_IS_SERIAL_PORT (self), NULL);

  return self->path;
}

gboolean
wb_serial_port_open (WbSerialPort *self, const char *baud, const char *format, WbSerialBytesFunc bytes, WbSerialLostFunc lost,
                     gpointer user_data, GError **error)
{
  int fd = -1;

  g_return_val_if_fail (WB_IS_SERIAL_PORT (self) && self->fd < 0, FALSE);
  g_return_val_if_fail (bytes != NULL && lost != NULL && format != NULL && strlen (format) == 3, FALSE);

  /* without O_NONBLOCK a line without a carrier would be waited for */
  fd = open (self->path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0 || !set_line (fd, baud, format) || ioctl (fd, TIOCEXCL) != 0)
    {
      set_error (error, self->path, errno);
      if (fd >= 0)
        close (fd);
      return FALSE;
    }
  tcflush (fd, TCIOFLUSH);
  self->fd = fd;
  self->bytes = bytes;
  self->lost = lost;
  self->user_data = user_data;
  self->in = watch (self, G_IO_IN | G_IO_HUP | G_IO_ERR, in_cb);
  return TRUE;
}

void
wb_serial_port_close (WbSerialPort *self)
{
  g_return_if_fail (WB_IS_SERIAL_PORT (self));

  forget (&self->in);
  forget (&self->out);
  g_byte_array_set_size (self->unsent, 0);
  self->lost = NULL;
  if (self->fd >= 0)
    {
      ioctl (self->fd, TIOCNXCL);
      close (self->fd);
    }
  self->fd = -1;
}

void
wb_serial_port_write (WbSerialPort *self, const char *bytes, gsize length)
{
  g_return_if_fail (WB_IS_SERIAL_PORT (self) && bytes != NULL);

  if (self->fd < 0 || self->unsent->len + length > MAX_UNSENT)
    return;
  g_byte_array_append (self->unsent, (const guint8 *) bytes, (guint) length);
  if (self->out == NULL)
    self->out = watch (self, G_IO_OUT, out_cb);
}
