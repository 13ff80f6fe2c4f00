/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <linux/input.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "devices/wb-key-text.h"
#include "devices/wb-scanner-evdev.h"

struct _WbScannerEvdev
{
  WbScanner parent_instance;

  int fd;
  gboolean is_dropping; /* events were lost: nothing is true until the next report */

  /* Owned references */
  char *path;
  GSource *source;
  WbKeyText *text;
};

G_DEFINE_FINAL_TYPE (WbScannerEvdev, wb_scanner_evdev, WB_TYPE_SCANNER)

static void
fail (WbScannerEvdev *self, int code)
{
  g_autoptr(GError) error = NULL;

  if (code == EACCES || code == EPERM)
    g_set_error (&error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED,
                 _ ("you have no right to use %s: an administrator has to give it to you (a group, or a udev rule)"), self->path);
  else if (code == EBUSY)
    g_set_error (&error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, _ ("another program is using %s: close that program"), self->path);
  else if (code == ENODEV || code == ENOENT || code == ENXIO)
    g_set_error (&error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE, _ ("it was unplugged"));
  else
    g_set_error (&error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED, _ ("%s cannot be read: %s"), self->path, g_strerror (code));
  _wb_device_failed (WB_DEVICE (self), error);
}

static void
take_event (WbScannerEvdev *self, const struct input_event *event)
{
  gsize length = 0;
  const char *code = NULL;

  if (event->type == EV_SYN && event->code == SYN_DROPPED)
    {
      self->is_dropping = TRUE;
      wb_key_text_forget (self->text);
      _wb_scanner_take_garbage (WB_SCANNER (self), _ ("The computer was too slow for the scanner: scan again."));
    }
  else if (event->type == EV_SYN && event->code == SYN_REPORT)
    self->is_dropping = FALSE;
  else if (event->type == EV_KEY && !self->is_dropping && wb_key_text_take (self->text, event->code, event->value))
    {
      code = wb_key_text_get (self->text, &length);
      _wb_scanner_take (WB_SCANNER (self), (const guint8 *) code, length, NULL);
    }
}

static gboolean
event_cb (int fd, GIOCondition condition, gpointer user_data)
{
  g_autoptr(WbScannerEvdev) self = g_object_ref (user_data);
  struct input_event events[64];
  gssize n = read (fd, events, sizeof events);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;
  if (n < (gssize) sizeof events[0])
    {
      fail (self, n < 0 ? errno : ENODEV);
      return G_SOURCE_REMOVE;
    }
  /* who is told of a scan may close it */
  for (gsize i = 0; i < (gsize) n / sizeof events[0] && self->fd == fd; i++)
    take_event (self, &events[i]);
  return G_SOURCE_CONTINUE;
}

static void
wb_scanner_evdev_open (WbDevice *device)
{
  WbScannerEvdev *self = WB_SCANNER_EVDEV (device);
  const char *layout = wb_device_get_option (device, "layout");

  self->text = wb_key_text_new (layout);
  if (self->text == NULL)
    {
      g_autoptr(GError) error = g_error_new (WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED,
                                             _ ("there is no keyboard layout “%s”: choose another one"), layout);

      _wb_device_failed (device, error);
      return;
    }
  self->fd = open (self->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (self->fd < 0 || ioctl (self->fd, EVIOCGRAB, 1) != 0)
    {
      fail (self, errno);
      return;
    }
  self->is_dropping = FALSE;
  self->source = g_unix_fd_source_new (self->fd, G_IO_IN | G_IO_HUP | G_IO_ERR);
  g_source_set_callback (self->source, G_SOURCE_FUNC (event_cb), self, NULL);
  g_source_set_static_name (self->source, "[waybill] keyboard scanner");
  g_source_attach (self->source, g_main_context_get_thread_default ());
  _wb_device_opened (device);
}

static void
wb_scanner_evdev_close (WbDevice *device)
{
  WbScannerEvdev *self = WB_SCANNER_EVDEV (device);

  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  if (self->fd >= 0)
    close (self->fd); /* which also ends the grab */
  self->fd = -1;
  g_clear_pointer (&self->text, wb_key_text_free);
}

static void
wb_scanner_evdev_finalize (GObject *object)
{
  g_free (WB_SCANNER_EVDEV (object)->path);
  G_OBJECT_CLASS (wb_scanner_evdev_parent_class)->finalize (object);
}

static void
wb_scanner_evdev_class_init (WbScannerEvdevClass *class)
{
  static const WbDeviceOption options[] = { { "layout", N_ ("Keyboard layout that the scanner is set to"), NULL, "us" } };
  WbDeviceClass *device_class = WB_DEVICE_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = wb_scanner_evdev_finalize;
  device_class->options = options;
  device_class->n_options = G_N_ELEMENTS (options);
  device_class->open = wb_scanner_evdev_open;
  device_class->close = wb_scanner_evdev_close;
}

static void
wb_scanner_evdev_init (WbScannerEvdev *self)
{
  self->fd = -1;
}

WbDevice *
wb_scanner_evdev_new (const char *path, const char *id, const char *name)
{
  WbScannerEvdev *self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (WB_TYPE_SCANNER_EVDEV, "id", id, "name", name, NULL);
  self->path = g_strdup (path);
  return WB_DEVICE (self);
}
