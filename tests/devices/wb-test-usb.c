/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <gio/gio.h>
#include <linux/usbdevice_fs.h>
#include <string.h>
#include <umockdev.h>

#include "tests/devices/wb-test-usb.h"

#define N_PORTS 120
/* How long at most until a listener is looked at again. */
#define LISTENER_MS 5
#define HUB "/devices/pci0000:00/0000:00:14.0/usb1"
#define SETUP_SIZE 8

#define GET_DESCRIPTOR 6
#define SET_REPORT 9
#define DESCRIPTOR_STRING 3
#define DESCRIPTOR_REPORT 0x22

struct _WbTestUsb
{
  UMockdevTestbed *testbed;
  WbTestUsbDevice *ports[N_PORTS + 1];
};

/* A transfer that the client has submitted. */
typedef struct
{
  gpointer client; /* of whom: an open file */
  UMockdevIoctlData *urb;
  UMockdevIoctlData *buffer;
} Urb;

struct _WbTestUsbDevice
{
  WbTestUsb *usb;
  const WbTestUsbSpec *spec;
  guint port;
  char *node;
  char *path;
  guint n_stalls;
  guint8 device_descriptor[18];
  guint8 config_descriptor[34];
  UMockdevIoctlBase *ioctls;
  int file; /* of its node: a pipe, which can be written to, as the kernel's can, when there is something to be reaped */

  /* From here on under the lock: umockdev's thread answers the client. */
  GMutex lock;
  GMainContext *worker; /* umockdev's, once it was asked */
  GQueue waiting; /* Urb: want a report */
  GQueue reports; /* GBytes: want to be fetched */
  GQueue done;    /* Urb: want to be reaped */
  GBytes *sent;
  int next_status;
  int claim_error;
  guint n_denied;
  gboolean is_plugged;
  gboolean is_claimed;
  gpointer claimer; /* of whom: an open file */
};

/* As real scanners describe themselves: length, AIM identifier, 56 bytes of data, "more follows" in the last bit. */
static const guint8 scanner_descriptor[] = {
  0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01,       /* bar code scanner */
  0x85, 0x02, 0x09, 0x12, 0xa1, 0x02,       /* report 2: scanned data */
  0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08, /* bytes */
  0x95, 0x01, 0x05, 0x01, 0x09, 0x3b, 0x81, 0x02, 0x05, 0x8c,             /* byte count */
  0x95, 0x03, 0x09, 0xfb, 0x09, 0xfc, 0x09, 0xfd, 0x81, 0x02,             /* symbology identifier */
  0x95, 0x38, 0x09, 0xfe, 0x82, 0x02, 0x01, 0x95, 0x02, 0x81, 0x03,       /* decoded data; reserved */
  0x75, 0x01, 0x25, 0x01, 0x95, 0x01, 0x09, 0xff, 0x81, 0x02,             /* continued */
  0x75, 0x07, 0x81, 0x03, 0xc0, 0xc0,
};

/* As a Dymo or Mettler scale does: status and unit as lists, scaling with a sign, 16 bits of weight; and zeroing. */
static const guint8 scale_descriptor[] = {
  0x05, 0x8d, 0x09, 0x20, 0xa1, 0x01,                                            /* scale device */
  0x85, 0x03, 0x09, 0x24, 0xa1, 0x02,                                            /* report 3: data */
  0x75, 0x08, 0x95, 0x01, 0x15, 0x01, 0x25, 0x08, 0x19, 0x71, 0x29, 0x78, 0x81, 0x00, /* status */
  0x15, 0x01, 0x25, 0x0c, 0x19, 0x51, 0x29, 0x5c, 0x81, 0x00,                    /* unit */
  0x15, 0x81, 0x25, 0x7f, 0x09, 0x41, 0x81, 0x02,                                /* scaling */
  0x15, 0x00, 0x27, 0xff, 0xff, 0x00, 0x00, 0x75, 0x10, 0x09, 0x40, 0x81, 0x02,  /* weight */
  0xc0, 0x85, 0x02, 0x09, 0x25, 0xa1, 0x02,                                      /* report 2: control */
  0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x02, 0x09, 0x80, 0x09, 0x81, 0x91, 0x02, /* zero it, enforced zero */
  0x95, 0x06, 0x91, 0x03, 0xc0, 0xc0,
};

const WbTestUsbSpec wb_test_usb_scanner = {
  .vendor = 0x0c2e,
  .product = 0x0b61,
  .maker = "Honeywell",
  .name = "Voyager 1470g",
  .serial = "18120B0D2E",
  .descriptor = scanner_descriptor,
  .descriptor_length = sizeof scanner_descriptor,
  .packet_size = 64,
  .is_known = TRUE,
};

const WbTestUsbSpec wb_test_usb_scale = {
  .vendor = 0x0922,
  .product = 0x8003,
  .maker = "DYMO",
  .name = "M10 10 kg scale",
  .descriptor = scale_descriptor,
  .descriptor_length = sizeof scale_descriptor,
  .packet_size = 8,
};

/* A pipe that is full takes nothing; one block less, and it does. */
static void
set_ready (WbTestUsbDevice *device, gboolean is_ready)
{
  guint8 block[4096] = { 0 };
  gssize n = 0;

  do
    n = is_ready ? read (device->file, block, sizeof block) : write (device->file, block, sizeof block);
  while (n > 0 && !is_ready);
}

static void
free_urb (gpointer data)
{
  Urb *urb = data;

  g_clear_pointer (&urb->urb, umockdev_ioctl_data_unref);
  g_clear_pointer (&urb->buffer, umockdev_ioctl_data_unref);
  g_free (urb);
}

static void
finish_urb (WbTestUsbDevice *device, Urb *urb, int status, const guint8 *data, gsize offset, gsize length)
{
  int actual = (int) length;

  if (length > 0)
    umockdev_ioctl_data_update (urb->buffer, offset, (guint8 *) data, (gint) length);
  umockdev_ioctl_data_update (urb->urb, offsetof (struct usbdevfs_urb, status), (guint8 *) &status, sizeof status);
  umockdev_ioctl_data_update (urb->urb, offsetof (struct usbdevfs_urb, actual_length), (guint8 *) &actual, sizeof actual);
  g_queue_push_tail (&device->done, urb);
  set_ready (device, TRUE);
}

static void
match_reports (WbTestUsbDevice *device)
{
  while (!g_queue_is_empty (&device->waiting) && (device->next_status != 0 || !g_queue_is_empty (&device->reports)))
    {
      Urb *urb = g_queue_pop_head (&device->waiting);
      const struct usbdevfs_urb *kernel = (const void *) urb->urb->data;

      if (device->next_status != 0)
        {
          finish_urb (device, urb, device->next_status, NULL, 0, 0);
          device->next_status = 0;
        }
      else
        {
          g_autoptr(GBytes) report = g_queue_pop_head (&device->reports);
          gsize length = 0;
          const guint8 *data = g_bytes_get_data (report, &length);

          finish_urb (device, urb, 0, data, 0, MIN (length, (gsize) kernel->buffer_length));
        }
    }
}

static gsize
write_string (const char *text, guint8 *answer)
{
  gsize n = 2;

  for (; *text != '\0'; text++)
    {
      answer[n++] = (guint8) *text;
      answer[n++] = 0;
    }
  answer[0] = (guint8) n;
  answer[1] = DESCRIPTOR_STRING;
  return n;
}

/* A control transfer: bytes of the answer, or a negative errno. */
static int
answer_control (WbTestUsbDevice *device, const guint8 *setup, gsize length, guint8 *answer)
{
  const WbTestUsbSpec *spec = device->spec;
  guint8 type = setup[3];
  gsize n = 0;

  if (setup[0] == 0x21)
    {
      if (setup[1] == SET_REPORT)
        {
          g_clear_pointer (&device->sent, g_bytes_unref);
          device->sent = g_bytes_new (setup + SETUP_SIZE, length);
        }
      return 0;
    }
  if (setup[1] != GET_DESCRIPTOR)
    return -EPIPE;
  if (setup[0] == 0x81 && type == DESCRIPTOR_REPORT)
    {
      if (device->n_stalls > 0)
        {
          device->n_stalls--;
          return -EPIPE;
        }
      n = MIN (spec->descriptor_length, length);
      memcpy (answer, spec->descriptor, n);
    }
  else if (setup[0] == 0x80 && type == DESCRIPTOR_STRING && setup[2] > 0)
    n = write_string (setup[2] == 1 ? spec->maker : setup[2] == 2 ? spec->name : spec->serial, answer);
  else
    return -EPIPE;
  return (int) MIN (n, length);
}

static void
take_urb (WbTestUsbDevice *device, UMockdevIoctlClient *client, UMockdevIoctlData *argument)
{
  UMockdevIoctlData *data = umockdev_ioctl_data_resolve (argument, 0, sizeof (struct usbdevfs_urb), NULL);
  const struct usbdevfs_urb *kernel = (const void *) data->data;
  Urb *urb = g_new0 (Urb, 1);

  urb->client = client;
  urb->urb = data;
  if (kernel->buffer_length > 0)
    urb->buffer = umockdev_ioctl_data_resolve (data, offsetof (struct usbdevfs_urb, buffer), (gsize) kernel->buffer_length, NULL);
  if (kernel->type == USBDEVFS_URB_TYPE_CONTROL)
    {
      guint8 answer[4096] = { 0 };
      int n = answer_control (device, urb->buffer->data, (gsize) kernel->buffer_length - SETUP_SIZE, answer);

      finish_urb (device, urb, MIN (n, 0), answer, SETUP_SIZE, (gsize) MAX (n, 0));
    }
  else
    {
      g_queue_push_tail (&device->waiting, urb);
      match_reports (device);
    }
  umockdev_ioctl_client_complete (client, 0, 0);
}

static void
discard_urb (WbTestUsbDevice *device, UMockdevIoctlClient *client, UMockdevIoctlData *argument)
{
  gulong address = *(gulong *) argument->data;

  for (GList *l = device->waiting.head; l != NULL; l = l->next)
    {
      Urb *urb = l->data;

      if (urb->urb->client_addr == address)
        {
          g_queue_delete_link (&device->waiting, l);
          finish_urb (device, urb, -ENOENT, NULL, 0, 0);
          umockdev_ioctl_client_complete (client, 0, 0);
          return;
        }
    }
  umockdev_ioctl_client_complete (client, -1, EINVAL);
}

static void
reap_urb (WbTestUsbDevice *device, UMockdevIoctlClient *client, UMockdevIoctlData *argument)
{
  UMockdevIoctlData *place = umockdev_ioctl_data_resolve (argument, 0, sizeof (gpointer), NULL);
  Urb *urb = NULL;

  while (!device->is_plugged && !g_queue_is_empty (&device->waiting))
    finish_urb (device, g_queue_pop_head (&device->waiting), -ESHUTDOWN, NULL, 0, 0);
  for (GList *l = device->done.head; l != NULL && urb == NULL; l = l->next)
    if (((Urb *) l->data)->client == client)
      {
        urb = l->data;
        g_queue_delete_link (&device->done, l);
        break;
      }
  if (urb != NULL)
    {
      umockdev_ioctl_data_set_ptr (place, 0, urb->urb);
      umockdev_ioctl_client_complete (client, 0, 0);
      free_urb (urb);
    }
  else if (!device->is_plugged)
    umockdev_ioctl_client_complete (client, -1, ENODEV);
  else
    umockdev_ioctl_client_complete (client, -1, EAGAIN);
  if (device->is_plugged && g_queue_is_empty (&device->done))
    set_ready (device, FALSE);
  umockdev_ioctl_data_unref (place);
}

static void
claim (WbTestUsbDevice *device, UMockdevIoctlClient *client)
{
  int code = device->claim_error != 0 ? device->claim_error : device->is_claimed ? EBUSY : 0;

  if (code == 0)
    device->claimer = client;
  device->n_denied += device->claim_error != 0;
  device->is_claimed = device->is_claimed || code == 0;
  umockdev_ioctl_client_complete (client, code == 0 ? 0 : -1, code);
}

static gboolean
ioctl_cb (UMockdevIoctlBase *ioctls, UMockdevIoctlClient *client, gpointer user_data)
{
  WbTestUsbDevice *device = user_data;
  gulong request = umockdev_ioctl_client_get_request (client);
  UMockdevIoctlData *argument = umockdev_ioctl_client_get_arg (client);
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&device->lock);
  guint32 capabilities = USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_BULK_CONTINUATION | USBDEVFS_CAP_NO_PACKET_SIZE_LIM
                         | USBDEVFS_CAP_REAP_AFTER_DISCONNECT;

  if (device->worker == NULL)
    device->worker = g_main_context_ref_thread_default ();
  if (!device->is_plugged && request != USBDEVFS_REAPURBNDELAY && request != USBDEVFS_DISCARDURB)
    {
      umockdev_ioctl_client_complete (client, -1, ENODEV);
      return TRUE;
    }
  switch (request)
    {
    case USBDEVFS_GET_CAPABILITIES:
      {
        UMockdevIoctlData *place = umockdev_ioctl_data_resolve (argument, 0, sizeof capabilities, NULL);

        umockdev_ioctl_data_update (place, 0, (guint8 *) &capabilities, sizeof capabilities);
        umockdev_ioctl_data_unref (place);
        umockdev_ioctl_client_complete (client, 0, 0);
        break;
      }
    case USBDEVFS_CLAIMINTERFACE:
    case USBDEVFS_DISCONNECT_CLAIM:
      claim (device, client);
      break;
    case USBDEVFS_RELEASEINTERFACE:
      device->is_claimed = FALSE;
      umockdev_ioctl_client_complete (client, 0, 0);
      break;
    case USBDEVFS_SETCONFIGURATION:
    case USBDEVFS_SETINTERFACE:
    case USBDEVFS_CLEAR_HALT:
    case USBDEVFS_RESET:
      umockdev_ioctl_client_complete (client, 0, 0);
      break;
    case USBDEVFS_GETDRIVER:
    case USBDEVFS_IOCTL:
      umockdev_ioctl_client_complete (client, -1, ENODATA);
      break;
    case USBDEVFS_SUBMITURB:
      take_urb (device, client, argument);
      break;
    case USBDEVFS_DISCARDURB:
      discard_urb (device, client, argument);
      break;
    case USBDEVFS_REAPURB:
    case USBDEVFS_REAPURBNDELAY:
      reap_urb (device, client, argument);
      break;
    default:
      umockdev_ioctl_client_complete (client, -1, ENOTTY);
    }
  return TRUE;
}

static void
forget_client (GQueue *queue, gpointer client)
{
  for (GList *l = queue->head, *next = NULL; l != NULL; l = next)
    {
      next = l->next;
      if (((Urb *) l->data)->client == client)
        {
          free_urb (l->data);
          g_queue_delete_link (queue, l);
        }
    }
}

/* As the kernel does when a file is closed: what was under way is no more, and nobody has the interface. */
static void
vanished_cb (UMockdevIoctlBase *ioctls, UMockdevIoctlClient *client, gpointer user_data)
{
  WbTestUsbDevice *device = user_data;
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&device->lock);

  forget_client (&device->waiting, client);
  forget_client (&device->done, client);
  if (device->claimer == client)
    device->is_claimed = FALSE;
}

/* ---- Plugging ------------------------------------------------------------------------------------- */

static void
append_hex (GString *text, const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%02X", bytes[i]);
}

static void
make_descriptors (WbTestUsbDevice *device)
{
  const WbTestUsbSpec *spec = device->spec;
  const guint8 of_device[18] = { 18, 1, 0x00, 0x02, 0, 0, 0, 64, (guint8) spec->vendor, (guint8) (spec->vendor >> 8),
                                 (guint8) spec->product, (guint8) (spec->product >> 8), 0x00, 0x01, 1, 2,
                                 spec->serial != NULL ? 3 : 0, 1 };
  const guint8 of_config[34] = { 9, 2, 34, 0, 1, 1, 0, 0x80, 50,
                                 9, 4, 0, 0, 1, 3, 0, 0, 0,
                                 9, 0x21, 0x11, 0x01, 0, 1, DESCRIPTOR_REPORT, (guint8) spec->descriptor_length,
                                 (guint8) (spec->descriptor_length >> 8),
                                 7, 5, 0x81, 3, spec->packet_size, 0, 4 };

  memcpy (device->device_descriptor, of_device, sizeof of_device);
  memcpy (device->config_descriptor, of_config, sizeof of_config);
}

/* Whoever listens for devices has a few places for what he has not heard yet. The kernel drops what finds none; umockdev (up to 0.19)
 * ends the program. So he gets the time to hear, also one on our main loop. */
static void
make_room (WbTestUsb *self)
{
  g_autofree char *root = umockdev_testbed_get_root_dir (self->testbed);
  g_autoptr(GDir) dir = g_dir_open (root, 0, NULL);

  for (const char *name = NULL; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (root, name, NULL);
      struct sockaddr_un address = { .sun_family = AF_UNIX };
      struct pollfd listener = { .events = POLLOUT };

      if (!g_str_has_prefix (name, "event") || strlen (path) >= sizeof address.sun_path)
        continue;
      memcpy (address.sun_path, path, strlen (path) + 1);
      listener.fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
      g_assert_cmpint (listener.fd, >=, 0);
      /* one that has gone has no place to be waited for */
      if (connect (listener.fd, (struct sockaddr *) &address, sizeof address) == 0)
        while (poll (&listener, 1, LISTENER_MS) == 0)
          g_main_context_iteration (NULL, FALSE);
      close (listener.fd);
    }
}

static void
tell (WbTestUsbDevice *device, const char *what)
{
  g_autofree char *path = g_strconcat ("/sys", device->path, NULL);

  make_room (device->usb);
  umockdev_testbed_uevent (device->usb->testbed, path, what);
}

static void
add (WbTestUsb *self, const char *text)
{
  g_autoptr(GError) error = NULL;

  make_room (self);
  umockdev_testbed_add_from_string (self->testbed, text, &error);
  g_assert_no_error (error);
}

static void
add_known_descriptor (WbTestUsbDevice *device)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const WbTestUsbSpec *spec = device->spec;

  g_string_printf (text, "P: %s/1-%u:1.0\nE: DEVTYPE=usb_interface\nE: SUBSYSTEM=usb\n\n", device->path, device->port);
  add (device->usb, text->str);
  g_string_printf (text, "P: %s/1-%u:1.0/0003:%04X:%04X.%04X\nE: SUBSYSTEM=hid\nH: report_descriptor=", device->path,
                          device->port, spec->vendor, spec->product, device->port);
  append_hex (text, spec->descriptor, spec->descriptor_length);
  g_string_append (text, "\n\n");
  add (device->usb, text->str);
}

WbTestUsb *
wb_test_usb_new (void)
{
  WbTestUsb *self = NULL;
  const char *preload = g_getenv ("LD_PRELOAD");

  if (preload == NULL || strstr (preload, "umockdev") == NULL)
    {
      g_test_skip ("not under umockdev-wrapper");
      return NULL;
    }
  self = g_new0 (WbTestUsb, 1);
  self->testbed = umockdev_testbed_new ();
  add (self, "P: " HUB "\nN: bus/usb/001/001\nE: DEVTYPE=usb_device\nE: SUBSYSTEM=usb\nE: DEVNAME=/dev/bus/usb/001/001\n"
             "E: BUSNUM=001\nE: DEVNUM=001\nE: PRODUCT=1d6b/2/515\nA: busnum=1\\n\nA: devnum=1\\n\nA: idVendor=1d6b\\n\n"
             "A: idProduct=0002\\n\nA: speed=480\\n\nA: bConfigurationValue=1\\n\n"
             "H: descriptors=12010002090000406B1D02001505030201010902190001"
             "0100E0000904000001090000000705810304000C\n\n");
  return self;
}

static void
free_device (WbTestUsbDevice *device)
{
  g_queue_clear_full (&device->waiting, free_urb);
  g_queue_clear_full (&device->done, free_urb);
  g_queue_clear_full (&device->reports, (GDestroyNotify) g_bytes_unref);
  g_clear_pointer (&device->sent, g_bytes_unref);
  g_clear_object (&device->ioctls);
  g_clear_pointer (&device->worker, g_main_context_unref);
  g_mutex_clear (&device->lock);
  close (device->file);
  g_free (device->node);
  g_free (device->path);
  g_free (device);
}

/* In place of the file that umockdev would make, which always looks ready. It is there before the device is told of: who hears of
 * it opens it at once. */
static void
make_node (WbTestUsbDevice *device)
{
  g_autofree char *root = umockdev_testbed_get_root_dir (device->usb->testbed);
  g_autofree char *path = g_build_filename (root, device->node, NULL);

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  device->file = open (path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  g_assert_cmpint (device->file, >=, 0);
  set_ready (device, FALSE);
}

WbTestUsbDevice *
wb_test_usb_plug (WbTestUsb *self, const WbTestUsbSpec *spec, guint port)
{
  WbTestUsbDevice *device = g_new0 (WbTestUsbDevice, 1);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  g_assert (port >= 1 && port <= N_PORTS && self->ports[port] == NULL);

  self->ports[port] = device;
  device->usb = self;
  device->spec = spec;
  device->port = port;
  device->node = g_strdup_printf ("/dev/bus/usb/001/%03u", port + 1);
  device->path = g_strdup_printf (HUB "/1-%u", port);
  device->is_plugged = TRUE;
  g_mutex_init (&device->lock);
  device->n_stalls = spec->n_stalls;
  make_descriptors (device);

  /* before the node is there: who looks through the folder of all devices just then opens it at once */
  device->ioctls = umockdev_ioctl_base_new ();
  g_signal_connect (device->ioctls, "handle-ioctl", G_CALLBACK (ioctl_cb), device);
  g_signal_connect (device->ioctls, "client-vanished", G_CALLBACK (vanished_cb), device);
  umockdev_testbed_attach_ioctl (self->testbed, device->node, device->ioctls, &error);
  g_assert_no_error (error);
  make_node (device);

  g_string_append_printf (text, "P: %s\nE: DEVTYPE=usb_device\nE: SUBSYSTEM=usb\nE: DEVNAME=%s\n"
                                "E: BUSNUM=001\nE: DEVNUM=%03u\nE: PRODUCT=%x/%x/100\nE: DRIVER=usb\n"
                                "A: busnum=1\\n\nA: devnum=%u\\n\nA: idVendor=%04x\\n\nA: idProduct=%04x\\n\nA: speed=12\\n\n"
                                "A: bConfigurationValue=%s\nA: manufacturer=%s\\n\nA: product=%s\\n\n",
                          device->path, device->node, port + 1, spec->vendor, spec->product, port + 1, spec->vendor,
                          spec->product, spec->is_late ? "" : "1\\n", spec->maker, spec->name);
  if (spec->serial != NULL)
    g_string_append_printf (text, "A: serial=%s\\n\n", spec->serial);
  g_string_append (text, "H: descriptors=");
  append_hex (text, device->device_descriptor, sizeof device->device_descriptor);
  append_hex (text, device->config_descriptor, sizeof device->config_descriptor);
  g_string_append (text, "\n\n");
  add (self, text->str);
  if (spec->is_known)
    add_known_descriptor (device);
  return device;
}

void
wb_test_usb_unplug (WbTestUsbDevice *device)
{
  g_mutex_lock (&device->lock);
  device->is_plugged = FALSE;
  set_ready (device, TRUE);
  g_mutex_unlock (&device->lock);
  /* who hears of it still looks into /sys, so that stays; and the port stays taken */
  tell (device, "remove");
}

void
wb_test_usb_configure (WbTestUsbDevice *device)
{
  g_autofree char *path = g_strconcat ("/sys", device->path, NULL);

  umockdev_testbed_set_attribute (device->usb->testbed, path, "bConfigurationValue", "1\n");
}

static gboolean
settled_cb (gpointer user_data)
{
  g_atomic_int_set ((int *) user_data, TRUE);
  g_main_context_wakeup (NULL);
  return G_SOURCE_REMOVE;
}

/* Lets umockdev's thread notice that nobody has the device open any more; it stumbles when that is taken away before. */
static void
settle (WbTestUsbDevice *device)
{
  g_autoptr(GSource) last = g_idle_source_new ();
  int done = FALSE;

  if (device->worker == NULL)
    return;
  g_source_set_priority (last, G_PRIORITY_LOW);
  g_source_set_callback (last, settled_cb, &done, NULL);
  g_source_attach (last, device->worker);
  while (!g_atomic_int_get (&done))
    g_main_context_iteration (NULL, TRUE);
}

void
wb_test_usb_free (WbTestUsb *self)
{
  if (self == NULL)
    return;
  for (guint i = 1; i <= N_PORTS; i++)
    if (self->ports[i] != NULL)
      {
        settle (self->ports[i]);
        umockdev_testbed_detach_ioctl (self->testbed, self->ports[i]->node, NULL);
        free_device (self->ports[i]);
      }
  g_object_unref (self->testbed);
  g_free (self);
}

/* ---- What devices do ------------------------------------------------------------------------------- */

void
wb_test_usb_report (WbTestUsbDevice *device, const guint8 *report, gsize length)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&device->lock);

  g_queue_push_tail (&device->reports, g_bytes_new (report, length));
  match_reports (device);
}

void
wb_test_usb_fail (WbTestUsbDevice *device, int status)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&device->lock);

  device->next_status = status;
  match_reports (device);
}

void
wb_test_usb_deny (WbTestUsbDevice *device, int code)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&device->lock);

  device->claim_error = code;
}

guint
wb_test_usb_get_n_denied (WbTestUsbDevice *device)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&device->lock);

  return device->n_denied;
}

gboolean
wb_test_usb_is_claimed (WbTestUsbDevice *device)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&device->lock);

  return device->is_claimed;
}

GBytes *
wb_test_usb_get_sent (WbTestUsbDevice *device)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&device->lock);

  return device->sent != NULL ? g_bytes_ref (device->sent) : NULL;
}

void
wb_test_usb_scan (WbTestUsbDevice *device, const char *symbology, const char *code)
{
  gsize left = strlen (code);

  do
    {
      guint8 report[64] = { 2 };
      gsize n = MIN (left, 56);

      report[1] = (guint8) n;
      memcpy (report + 2, symbology, 3);
      memcpy (report + 5, code, n);
      left -= n;
      code += n;
      report[63] = left > 0;
      wb_test_usb_report (device, report, sizeof report);
      /* it fills its packet, so an empty one ends it */
      wb_test_usb_report (device, report, 0);
    }
  while (left > 0);
}

void
wb_test_usb_weigh (WbTestUsbDevice *device, guint8 status, guint8 unit, gint8 exponent, guint16 mantissa)
{
  const guint8 report[6] = { 3, status, unit, (guint8) exponent, (guint8) mantissa, (guint8) (mantissa >> 8) };

  wb_test_usb_report (device, report, sizeof report);
}
