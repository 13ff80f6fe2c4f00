/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench-scan SCANS, below umockdev-wrapper: how long it takes from the last byte of a scan on the line until the main loop has the
 * WbScan, for a scanner on a serial line (a pseudo-terminal), at USB (a device that answers below libusb) and one that plays a
 * keyboard (the kernel's events). Another thread is the scanner: the main loop waits, as it does at a bench, until something comes.
 * Reference: a bare loop of blocking reads on the same pseudo-terminal, in turn with ours.
 */
#include "config.h"

#include <fcntl.h>
#include <linux/input.h>
#include <pty.h>
#include <string.h>
#include <termios.h>
#include <umockdev.h>
#include <unistd.h>

#include "devices/wb-device-hub.h"
#include "devices/wb-evdev-backend.h"
#include "devices/wb-scanner-serial.h"
#include "devices/wb-scanner.h"
#include "devices/wb-usb-backend.h"
#include "tests/bench/bench-times.h"
#include "tests/devices/wb-test-usb.h"

#define N_TURNS 10
#define CODE "4006381333931"

typedef struct _Line Line;

/* The scanner's side: a thread that sends a scan, waits until it has arrived, and after a while sends the next. */
struct _Line
{
  int fd;
  WbTestUsbDevice *usb;
  void (*say) (Line *line);
  guint n_left;
  gint64 said_us; /* before the last byte */
  GMutex lock;
  GCond came;
  gboolean has_come;
  GArray *times;
};

/* How fast a scanner is: nothing can be waited for but the time. */
static void
keep_pace (Line *line, gint64 us)
{
  gint64 end_us = g_get_monotonic_time () + us;

  g_mutex_lock (&line->lock);
  while (g_cond_wait_until (&line->came, &line->lock, end_us))
    ;
  g_mutex_unlock (&line->lock);
}

static void
write_all (int fd, const void *bytes, gsize length)
{
  if (write (fd, bytes, length) != (gssize) length)
    g_error ("the line takes nothing any more");
}

static void
say_serial (Line *line)
{
  write_all (line->fd, CODE, strlen (CODE));
  keep_pace (line, 1000); /* about what a byte takes at 9600 baud */
  line->said_us = g_get_monotonic_time ();
  write_all (line->fd, "\r", 1);
}

static void
say_usb (Line *line)
{
  line->said_us = g_get_monotonic_time ();
  wb_test_usb_scan (line->usb, "]E0", CODE);
}

static void
press (Line *line, guint16 key)
{
  struct input_event events[4] = {
    { .type = EV_KEY, .code = key, .value = 1 },
    { .type = EV_SYN, .code = SYN_REPORT },
    { .type = EV_KEY, .code = key, .value = 0 },
    { .type = EV_SYN, .code = SYN_REPORT },
  };

  line->said_us = g_get_monotonic_time ();
  write_all (line->fd, events, sizeof events);
}

static void
say_keys (Line *line)
{
  for (const char *digit = CODE; *digit != '\0'; digit++)
    {
      press (line, *digit == '0' ? KEY_0 : (guint16) (KEY_1 + *digit - '1'));
      keep_pace (line, 500);
    }
  press (line, KEY_ENTER);
}

static gpointer
line_thread (gpointer data)
{
  Line *line = data;

  for (guint i = 0; i < line->n_left; i++)
    {
      keep_pace (line, 1000 + i * 7919 % 9000);
      line->say (line);
      g_mutex_lock (&line->lock);
      while (!line->has_come)
        g_cond_wait (&line->came, &line->lock);
      line->has_come = FALSE;
      g_mutex_unlock (&line->lock);
    }
  return NULL;
}

/* The time is taken first. */
static void
take (Line *line, gint64 now_us)
{
  bench_times_add_us (line->times, now_us - line->said_us);
  g_mutex_lock (&line->lock);
  line->has_come = TRUE;
  g_cond_signal (&line->came);
  g_mutex_unlock (&line->lock);
}

static void
scan_cb (Line *line, WbScan *scan)
{
  gint64 now_us = g_get_monotonic_time ();

  if (strcmp (scan->text, CODE) != 0)
    g_error ("“%s” was read, not “%s”", scan->text, CODE);
  take (line, now_us);
}

static void
measure_device (Line *line, WbDevice *device, guint n, GArray *times)
{
  GThread *thread = NULL;
  guint before = times->len;
  gulong handler = g_signal_connect_swapped (device, "scan", G_CALLBACK (scan_cb), line);

  wb_device_open (device);
  while (wb_device_get_state (device) != WB_DEVICE_STATE_READY)
    g_main_context_iteration (NULL, TRUE);
  line->times = times;
  line->n_left = n;
  thread = g_thread_new ("scanner", line_thread, line);
  while (times->len < before + n)
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
  wb_device_close (device);
  g_signal_handler_disconnect (device, handler);
}

static void
measure_bare (Line *line, const char *path, guint n, GArray *times)
{
  int fd = open (path, O_RDWR | O_NOCTTY);
  GThread *thread = NULL;
  guint before = times->len;

  line->times = times;
  line->n_left = n;
  thread = g_thread_new ("scanner", line_thread, line);
  while (times->len < before + n)
    {
      char buffer[64];
      gssize got = read (fd, buffer, sizeof buffer);
      gint64 now_us = g_get_monotonic_time ();

      if (got <= 0)
        g_error ("the line cannot be read");
      if (buffer[got - 1] == '\r')
        take (line, now_us);
    }
  g_thread_join (thread);
  close (fd);
}

static void
measure_serial (guint n, GArray *ours, GArray *bare)
{
  Line line = { .say = say_serial };
  struct termios raw = { 0 };
  char path[256] = "";
  int slave = -1;
  g_autoptr (WbDevice) device = NULL;

  if (openpty (&line.fd, &slave, path, NULL, NULL) != 0)
    g_error ("there is no pseudo-terminal");
  tcgetattr (slave, &raw);
  cfmakeraw (&raw);
  tcsetattr (slave, TCSANOW, &raw);
  device = wb_scanner_serial_new (path, "serial:bench", "Bench");
  for (guint i = 0; i < N_TURNS; i++)
    {
      measure_device (&line, device, n / N_TURNS, ours);
      measure_bare (&line, path, n / N_TURNS, bare);
    }
  close (line.fd);
  close (slave);
}

static WbDevice *
wait_for_device (WbDeviceHub *hub)
{
  while (g_list_model_get_n_items (G_LIST_MODEL (hub)) == 0)
    g_main_context_iteration (NULL, TRUE);
  return g_list_model_get_item (G_LIST_MODEL (hub), 0);
}

static void
measure_usb (guint n, GArray *ours)
{
  Line line = { .say = say_usb };
  g_autoptr (WbTestUsb) usb = wb_test_usb_new ();
  g_autoptr (WbDeviceModels) models = wb_device_models_new ();
  g_autoptr (WbDeviceBackend) backend = wb_usb_backend_new (models);
  g_autoptr (WbDeviceHub) hub = wb_device_hub_new ();
  g_autoptr (WbDevice) device = NULL;

  wb_device_hub_add_backend (hub, backend);
  wb_device_hub_start (hub);
  line.usb = wb_test_usb_plug (usb, &wb_test_usb_scanner, 1);
  device = wait_for_device (hub);
  measure_device (&line, device, n, ours);
  wb_device_hub_stop (hub);
}

static void
measure_keys (guint n, GArray *ours)
{
  Line line = { .say = say_keys };
  g_autoptr (UMockdevTestbed) testbed = umockdev_testbed_new ();
  g_autoptr (WbDeviceModels) models = wb_device_models_new ();
  g_autoptr (WbDeviceBackend) backend = wb_evdev_backend_new (models);
  g_autoptr (WbDeviceHub) hub = wb_device_hub_new ();
  g_autoptr (WbDevice) device = NULL;

  umockdev_testbed_add_from_string (testbed,
                                    "P: /devices/pci0000:00/0000:00:14.0/usb1/1-1/1-1:1.0/input/input7/event7\nN: input/event7\n"
                                    "E: SUBSYSTEM=input\nE: DEVNAME=/dev/input/event7\nE: ID_INPUT_KEYBOARD=1\nE: ID_VENDOR_ID=05e0\n"
                                    "E: ID_MODEL_ID=1200\nE: ID_SERIAL=Zebra_1\n\n",
                                    NULL);
  wb_device_hub_add_backend (hub, backend);
  wb_device_hub_start (hub);
  device = wait_for_device (hub);
  line.fd = umockdev_testbed_get_dev_fd (testbed, "/dev/input/event7");
  measure_device (&line, device, n, ours);
  wb_device_hub_stop (hub);
}

int
main (int argc, char **argv)
{
  guint64 n = 1000;
  g_autoptr (GArray) bare = bench_times_new ();
  g_autoptr (GArray) serial = bench_times_new ();
  g_autoptr (GArray) usb = bench_times_new ();
  g_autoptr (GArray) keys = bench_times_new ();

  if (argc > 1 && !g_ascii_string_to_unsigned (argv[1], 10, N_TURNS, 100000, &n, NULL))
    {
      g_printerr ("Usage: umockdev-wrapper bench-scan [SCANS]\n");
      return 2;
    }
  measure_serial ((guint) n, serial, bare);
  measure_usb ((guint) n, usb);
  measure_keys ((guint) n, keys);
  bench_times_report ("scan-serial", serial, bare, "bar: 5 ms; reference: a bare read loop on the same pseudo-terminal");
  bench_times_report ("scan-usb", usb, bare, "bar: 5 ms; a USB HID POS scanner, three threads and a socket below libusb");
  bench_times_report ("scan-keyboard", keys, bare, "bar: 5 ms; the kernel's events of a scanner that plays a keyboard");
  return 0;
}
