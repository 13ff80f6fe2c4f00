/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scanners and scales at USB, against devices that answer below libusb. */
#include "config.h"

#include <errno.h>
#include <linux/netlink.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib-unix.h>

#include "devices/wb-device-hub.h"
#include "devices/wb-scale.h"
#include "devices/wb-scanner.h"
#include "devices/wb-usb-backend.h"
#include "devices/wb-usb-private.h"
#include "tests/devices/wb-test-usb.h"
#include "tests/wb-test.h"

/* A computer, what finds devices at it, and what they said. */
typedef struct
{
  WbTestUsb *usb;
  WbDeviceHub *hub;
  GPtrArray *scans;    /* WbScan */
  GPtrArray *weights;  /* WbScaleReading */
  GPtrArray *readings; /* WbScaleReading */
  guint n_garbage;
} Bench;

/* Of a test that needs one of its own; must stay as long as what is plugged. */
static WbTestUsbSpec own_spec;

static gboolean
bench_start (Bench *bench)
{
  g_autoptr(WbDeviceModels) models = NULL;
  g_autoptr(WbDeviceBackend) backend = NULL;

  memset (bench, 0, sizeof *bench);
  bench->usb = wb_test_usb_new ();
  if (bench->usb == NULL)
    return FALSE;
  models = wb_device_models_new ();
  backend = wb_usb_backend_new (models);
  bench->hub = wb_device_hub_new ();
  bench->scans = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_scan_free);
  bench->weights = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_scale_reading_free);
  bench->readings = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_scale_reading_free);
  wb_device_hub_add_backend (bench->hub, backend);
  wb_device_hub_start (bench->hub);
  return TRUE;
}

static void
bench_stop (Bench *bench)
{
  wb_device_hub_stop (bench->hub);
  g_assert_finalize_object (bench->hub);
  /* libusb ends when its transfers have come home */
  wb_test_wait_until (_wb_usb_context_count () == 0);
  g_ptr_array_unref (bench->scans);
  g_ptr_array_unref (bench->weights);
  g_ptr_array_unref (bench->readings);
  wb_test_usb_free (bench->usb);
}

static void
scan_cb (Bench *bench, WbScan *scan)
{
  g_ptr_array_add (bench->scans, wb_scan_copy (scan));
}

static void
garbage_cb (Bench *bench)
{
  bench->n_garbage++;
}

static void
weight_cb (Bench *bench, WbScaleReading *reading)
{
  g_ptr_array_add (bench->weights, wb_scale_reading_copy (reading));
}

static void
reading_cb (Bench *bench, WbScaleReading *reading)
{
  g_ptr_array_add (bench->readings, wb_scale_reading_copy (reading));
}

/* Waits for the device of that id, listens to it and opens it. */
static WbDevice *
bench_open (Bench *bench, const char *id)
{
  WbDevice *device = NULL;

  wb_test_wait_until ((device = wb_device_hub_find (bench->hub, id)) != NULL);
  if (WB_IS_SCANNER (device))
    {
      g_signal_connect_swapped (device, "scan", G_CALLBACK (scan_cb), bench);
      g_signal_connect_swapped (device, "garbage", G_CALLBACK (garbage_cb), bench);
    }
  else
    {
      g_signal_connect_swapped (device, "weight", G_CALLBACK (weight_cb), bench);
      g_signal_connect_swapped (device, "reading", G_CALLBACK (reading_cb), bench);
    }
  wb_device_open (device);
  return device;
}

/* Who hears of a device opens it at once, so its node has to be there by then, and stay the one it is. */
static void
test_node (void)
{
  g_autoptr(WbTestUsb) usb = wb_test_usb_new ();
  char buffer[1024] __attribute__ ((aligned (8))) = "";
  int watch = inotify_init1 (IN_NONBLOCK | IN_CLOEXEC);
  gssize length = 0;
  guint n_made = 0;

  if (usb != NULL)
    {
      g_assert_cmpint (inotify_add_watch (watch, "/dev/bus/usb/001", IN_CREATE | IN_DELETE | IN_MOVED_TO), >=, 0);
      wb_test_usb_plug (usb, &wb_test_usb_scanner, 1);
      length = read (watch, buffer, sizeof buffer);
      for (gssize at = 0; at < length;)
        {
          const struct inotify_event *event = (const void *) (buffer + at);

          g_assert_cmpuint (event->mask, ==, IN_CREATE);
          n_made++;
          at += (gssize) (sizeof *event + event->len);
        }
      g_assert_cmpuint (n_made, ==, 1);
    }
  close (watch);
}

static gboolean
heard_cb (int fd, GIOCondition condition, gpointer user_data)
{
  char message[4096];

  if (recv (fd, message, sizeof message, 0) > 0)
    ++*(guint *) user_data;
  return G_SOURCE_CONTINUE;
}

/* Who listens but has no time to hear is waited for: nothing is lost, however much happens meanwhile. */
static void
test_slow_listener (void)
{
  g_autoptr(WbTestUsb) usb = wb_test_usb_new ();
  const struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_groups = 2 };
  int listener = -1;
  guint source = 0;
  guint n_heard = 0;

  if (usb == NULL)
    return;
  own_spec = wb_test_usb_scanner;
  own_spec.is_known = FALSE;
  listener = socket (AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT);
  g_assert_cmpint (bind (listener, (const struct sockaddr *) &address, sizeof address), ==, 0);
  source = g_unix_fd_add (listener, G_IO_IN, heard_cb, &n_heard);
  for (guint port = 1; port <= 50; port++)
    wb_test_usb_unplug (wb_test_usb_plug (usb, &own_spec, port));
  wb_test_wait_until (n_heard == 100);
  g_source_remove (source);
  close (listener);
}

/* A name is text, whatever the device says and however long that is. */
static void
test_name (void)
{
  g_autofree char *as = g_strnfill (79, 'a');
  g_autofree char *said = g_strconcat (as, "ü", as, NULL);
  g_autoptr(WbDevice) device = NULL;
  Bench bench;

  own_spec = wb_test_usb_scanner;
  own_spec.maker = "a";
  own_spec.name = said;
  if (!bench_start (&bench))
    return;
  wb_test_usb_plug (bench.usb, &own_spec, 1);
  wb_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (bench.hub)) == 1);
  device = g_list_model_get_item (G_LIST_MODEL (bench.hub), 0);
  g_assert_cmpstr (wb_device_get_name (device), ==, as);
  g_clear_object (&device);
  bench_stop (&bench);
}

/* One whose reports have no room to come in would be asked for them without end. */
static void
test_no_room (void)
{
  WbTestUsbSpec own = wb_test_usb_scanner;
  Bench bench;

  own.packet_size = 0;
  own.serial = "NOROOM";
  if (!bench_start (&bench))
    return;
  wb_test_usb_plug (bench.usb, &own, 1);
  wb_test_usb_plug (bench.usb, &wb_test_usb_scanner, 2);
  wb_test_wait_until (wb_device_hub_find (bench.hub, "usb:0c2e:0b61:18120B0D2E") != NULL);
  g_assert_null (wb_device_hub_find (bench.hub, "usb:0c2e:0b61:NOROOM"));
  bench_stop (&bench);
}

#define SCANNER "usb:0c2e:0b61:18120B0D2E"
#define SCALE "usb:0922:8003:@1-2"

static void
test_found (void)
{
  Bench bench;
  WbDevice *scanner = NULL;
  WbDevice *scale = NULL;

  if (!bench_start (&bench))
    return;
  wb_test_usb_plug (bench.usb, &wb_test_usb_scanner, 1);
  wb_test_usb_plug (bench.usb, &wb_test_usb_scale, 2);
  wb_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (bench.hub)) == 2);
  scanner = wb_device_hub_find (bench.hub, SCANNER);
  scale = wb_device_hub_find (bench.hub, SCALE);
  g_assert_true (WB_IS_SCANNER (scanner));
  g_assert_true (WB_IS_SCALE (scale));
  g_assert_cmpstr (wb_device_get_name (scanner), ==, "Honeywell Voyager 1470g");
  g_assert_cmpint (wb_device_get_state (scanner), ==, WB_DEVICE_STATE_CLOSED);
  g_assert_cmpstr (wb_device_get_option (scale, "quiet-ms"), ==, "800");
  bench_stop (&bench);
}

static void
test_scan (void)
{
  Bench bench;
  WbDevice *scanner = NULL;
  WbTestUsbDevice *plugged = NULL;
  WbScan *scan = NULL;

  if (!bench_start (&bench))
    return;
  plugged = wb_test_usb_plug (bench.usb, &wb_test_usb_scanner, 1);
  scanner = bench_open (&bench, SCANNER);
  wb_test_wait_until (wb_device_get_state (scanner) == WB_DEVICE_STATE_READY);
  g_assert_true (wb_test_usb_is_claimed (plugged));
  wb_test_usb_scan (plugged, "]E0", "4006381333931");
  wb_test_usb_scan (plugged, "]C1", "0109521234543213\x1d" "10ABC");
  wb_test_usb_scan (plugged, "]Q0", "a code of more than fifty-six characters, which comes in two pieces: M\xc3\xbcnchen");
  wb_test_wait_until (bench.scans->len == 3);
  scan = g_ptr_array_index (bench.scans, 0);
  g_assert_cmpstr (scan->text, ==, "4006381333931");
  g_assert_cmpstr (scan->symbology, ==, "E0");
  g_assert_cmpstr (scan->source, ==, SCANNER);
  scan = g_ptr_array_index (bench.scans, 1);
  g_assert_cmpstr (scan->text, ==, "0109521234543213\x1d" "10ABC");
  scan = g_ptr_array_index (bench.scans, 2);
  g_assert_true (g_str_has_suffix (scan->text, "pieces: M\xc3\xbcnchen"));

  wb_device_close (scanner);
  wb_test_wait_until (!wb_test_usb_is_claimed (plugged));
  g_assert_cmpint (wb_device_get_state (scanner), ==, WB_DEVICE_STATE_CLOSED);
  g_assert_cmpuint (bench.n_garbage, ==, 0);
  bench_stop (&bench);
}

static void
test_replug (void)
{
  Bench bench;
  WbTestUsbDevice *plugged = NULL;
  g_autoptr(WbDevice) old = NULL;
  WbDevice *new = NULL;

  if (!bench_start (&bench))
    return;
  plugged = wb_test_usb_plug (bench.usb, &wb_test_usb_scanner, 1);
  old = g_object_ref (bench_open (&bench, SCANNER));
  wb_test_wait_until (wb_device_get_state (old) == WB_DEVICE_STATE_READY);
  wb_test_usb_unplug (plugged);
  wb_test_wait_until (wb_device_get_state (old) == WB_DEVICE_STATE_GONE);
  g_assert_null (wb_device_hub_find (bench.hub, SCANNER));
  wb_device_close (old);
  g_assert_cmpint (wb_device_get_state (old), ==, WB_DEVICE_STATE_GONE);

  plugged = wb_test_usb_plug (bench.usb, &wb_test_usb_scanner, 3);
  new = bench_open (&bench, SCANNER);
  g_assert_true (new != old);
  wb_test_wait_until (wb_device_get_state (new) == WB_DEVICE_STATE_READY);
  wb_test_usb_scan (plugged, "]C0", "again");
  wb_test_wait_until (bench.scans->len == 1);
  g_assert_finalize_object (g_steal_pointer (&old));
  bench_stop (&bench);
}

static void
test_weigh (void)
{
  Bench bench;
  WbDevice *scale = NULL;
  WbTestUsbDevice *plugged = NULL;
  const WbScaleReading *reading = NULL;
  gint64 mg = 0;

  if (!bench_start (&bench))
    return;
  plugged = wb_test_usb_plug (bench.usb, &wb_test_usb_scale, 2);
  scale = bench_open (&bench, SCALE);
  g_assert_true (wb_device_set_option (scale, "quiet-ms", "20", NULL));
  wb_test_wait_until (wb_device_get_state (scale) == WB_DEVICE_STATE_READY);
  wb_test_usb_weigh (plugged, 3, 2, 0, 900);
  wb_test_usb_weigh (plugged, 4, 2, 0, 1840);
  wb_test_wait_until (bench.weights->len == 1);
  reading = g_ptr_array_index (bench.weights, 0);
  g_assert_true (wb_scale_reading_get_mg (reading, &mg));
  g_assert_cmpint (mg, ==, 1840000);
  g_assert_true (wb_scale_is_at_rest (WB_SCALE (scale)));
  /* the same parcel, said again, is the same weight; another one after an empty pan is another */
  wb_test_usb_weigh (plugged, 4, 2, 0, 1840);
  wb_test_usb_weigh (plugged, 2, 2, 0, 0);
  wb_test_usb_weigh (plugged, 4, 2, 0, 500);
  wb_test_wait_until (bench.weights->len == 2);
  wb_test_usb_weigh (plugged, 6, 2, 0, 65535);
  wb_test_wait_until (wb_scale_get_reading (WB_SCALE (scale))->state == WB_SCALE_STATE_OVERLOAD);
  g_assert_cmpuint (bench.weights->len, ==, 2);
  bench_stop (&bench);
}

static void
test_tare_and_zero (void)
{
  static const guint8 zero[] = { 2, 1 };
  Bench bench;
  WbDevice *scale = NULL;
  WbTestUsbDevice *plugged = NULL;
  g_autoptr(GBytes) sent = NULL;
  gsize length = 0;
  const guint8 *data = NULL;

  if (!bench_start (&bench))
    return;
  plugged = wb_test_usb_plug (bench.usb, &wb_test_usb_scale, 2);
  scale = bench_open (&bench, SCALE);
  wb_test_wait_until (wb_device_get_state (scale) == WB_DEVICE_STATE_READY);
  wb_test_usb_weigh (plugged, 4, 3, -3, 250);
  wb_test_wait_until (wb_scale_get_reading (WB_SCALE (scale)) != NULL);
  wb_scale_tare (WB_SCALE (scale));
  g_assert_cmpint (wb_scale_get_reading (WB_SCALE (scale))->mantissa, ==, 0);
  g_assert_true (wb_scale_get_reading (WB_SCALE (scale))->is_net);
  wb_test_usb_weigh (plugged, 4, 3, -3, 1250);
  wb_test_wait_until (wb_scale_get_reading (WB_SCALE (scale))->mantissa == 1000);
  wb_scale_clear_tare (WB_SCALE (scale));
  g_assert_cmpint (wb_scale_get_reading (WB_SCALE (scale))->mantissa, ==, 1250);

  wb_scale_zero (WB_SCALE (scale));
  wb_test_wait_until ((sent = wb_test_usb_get_sent (plugged)) != NULL);
  data = g_bytes_get_data (sent, &length);
  g_assert_cmpmem (data, length, zero, sizeof zero);
  bench_stop (&bench);
}

static void
test_taken (void)
{
  Bench bench;
  WbDevice *scanner = NULL;
  WbTestUsbDevice *plugged = NULL;

  if (!bench_start (&bench))
    return;
  plugged = wb_test_usb_plug (bench.usb, &wb_test_usb_scanner, 1);
  wb_test_usb_deny (plugged, EBUSY);
  scanner = bench_open (&bench, SCANNER);
  wb_test_wait_until (wb_device_get_state (scanner) == WB_DEVICE_STATE_TROUBLE);
  g_assert_nonnull (strstr (wb_device_get_message (scanner), "another program"));
  /* it works again by itself */
  wb_test_usb_deny (plugged, 0);
  wb_test_wait_until (wb_device_get_state (scanner) == WB_DEVICE_STATE_READY);
  g_assert_cmpstr (wb_device_get_message (scanner), ==, "");
  wb_test_usb_scan (plugged, "]C0", "after all");
  wb_test_wait_until (bench.scans->len == 1);
  bench_stop (&bench);
}

static void
test_errors (void)
{
  static const int statuses[] = { -EPROTO, -EPIPE, -EOVERFLOW, -EILSEQ };
  Bench bench;
  WbDevice *scanner = NULL;
  WbTestUsbDevice *plugged = NULL;

  if (!bench_start (&bench))
    return;
  plugged = wb_test_usb_plug (bench.usb, &wb_test_usb_scanner, 1);
  scanner = bench_open (&bench, SCANNER);
  wb_test_wait_until (wb_device_get_state (scanner) == WB_DEVICE_STATE_READY);
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *code = g_strdup_printf ("after error %d", statuses[i]);

      wb_test_usb_fail (plugged, statuses[i]);
      wb_test_usb_scan (plugged, "]C0", code);
      wb_test_wait_until (bench.scans->len == i + 1);
      g_assert_cmpstr (((WbScan *) g_ptr_array_index (bench.scans, i))->text, ==, code);
    }
  g_assert_cmpint (wb_device_get_state (scanner), ==, WB_DEVICE_STATE_READY);
  bench_stop (&bench);
}

/* Plugged, opened, closed, scanned, unplugged and failing at random, 500 times over: nothing hangs, and it works afterwards. */
static void
test_storm (void)
{
  Bench bench;
  WbTestUsbDevice *plugged = NULL;
  WbDevice *open = NULL;
  WbDevice *scanner = NULL;
  guint port = 0;

  if (!bench_start (&bench))
    return;
  for (guint i = 0; i < 500; i++)
    {
      switch (g_test_rand_int_range (0, 7))
        {
        case 0:
          if (plugged == NULL)
            plugged = wb_test_usb_plug (bench.usb, &wb_test_usb_scanner, ++port);
          break;
        case 1:
          if (plugged != NULL && g_test_rand_bit ())
            wb_test_usb_unplug (g_steal_pointer (&plugged));
          break;
        case 2:
          scanner = wb_device_hub_find (bench.hub, SCANNER);
          if (open == NULL && scanner != NULL)
            {
              open = g_object_ref (scanner);
              wb_device_open (open);
            }
          break;
        case 3:
          if (open != NULL)
            wb_device_close (open);
          g_clear_object (&open);
          break;
        case 4:
          if (plugged != NULL)
            wb_test_usb_fail (plugged, g_test_rand_bit () ? -EPROTO : -EPIPE);
          break;
        case 5:
          if (plugged != NULL)
            {
              guint8 noise[64] = { 2 };

              for (guint k = 1; k < sizeof noise; k++)
                noise[k] = (guint8) g_test_rand_int_range (0, 256);
              wb_test_usb_report (plugged, noise, (gsize) g_test_rand_int_range (0, 65));
            }
          break;
        default:
          while (g_main_context_iteration (NULL, FALSE) && g_test_rand_int_range (0, 8) > 0)
            ;
        }
    }
  if (open != NULL)
    wb_device_close (open);
  g_clear_object (&open);
  g_clear_pointer (&plugged, wb_test_usb_unplug);
  own_spec = wb_test_usb_scanner;
  own_spec.serial = "CALM";
  plugged = wb_test_usb_plug (bench.usb, &own_spec, ++port);
  scanner = bench_open (&bench, "usb:0c2e:0b61:CALM");
  wb_test_wait_until (wb_device_get_state (scanner) == WB_DEVICE_STATE_READY);
  wb_test_usb_scan (plugged, "]C0", "calm");
  wb_test_wait_until (bench.scans->len == 1);
  bench_stop (&bench);
}

/* The kernel's driver does not have it, so it has to be asked; and what is no scanner is left alone. */
static void
test_asked (void)
{
  static const guint8 keypad[] = { 0x05, 0x0c, 0x09, 0x01, 0xa1, 0x01, 0x75, 0x08, 0x95, 0x01, 0x09, 0xe9, 0x81, 0x02, 0xc0 };
  Bench bench;
  WbTestUsbSpec other = wb_test_usb_scanner;
  WbTestUsbDevice *plugged = NULL;

  if (!bench_start (&bench))
    return;
  own_spec = wb_test_usb_scanner;
  own_spec.vendor = 0x4242;
  own_spec.serial = NULL;
  own_spec.is_known = FALSE;
  other.descriptor = keypad;
  other.descriptor_length = sizeof keypad;
  other.is_known = FALSE;
  plugged = wb_test_usb_plug (bench.usb, &other, 2);
  wb_test_usb_plug (bench.usb, &own_spec, 1);
  wb_test_wait_until (wb_device_hub_find (bench.hub, "usb:4242:0b61:@1-1") != NULL);
  wb_test_wait_until (!wb_test_usb_is_claimed (plugged));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (bench.hub)), ==, 1);
  bench_stop (&bench);
}

/* One that wakes up slowly, or that somebody else holds just then, is asked again. */
static void
test_asked_again (void)
{
  Bench bench;
  WbTestUsbDevice *plugged = NULL;

  if (!bench_start (&bench))
    return;
  own_spec = wb_test_usb_scanner;
  own_spec.vendor = 0x4242;
  own_spec.is_known = FALSE;
  own_spec.n_stalls = 2;
  plugged = wb_test_usb_plug (bench.usb, &own_spec, 1);
  wb_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (bench.hub)) == 1);
  wb_test_usb_unplug (plugged);
  wb_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (bench.hub)) == 0);
  own_spec.n_stalls = 0;
  own_spec.is_late = TRUE;
  plugged = wb_test_usb_plug (bench.usb, &own_spec, 2);
  wb_test_usb_deny (plugged, EBUSY);
  wb_test_usb_configure (plugged);
  wb_test_wait_until (wb_test_usb_get_n_denied (plugged) > 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (bench.hub)), ==, 0);
  wb_test_usb_deny (plugged, 0);
  wb_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (bench.hub)) == 1);
  /* one that goes away while it is to be asked again is forgotten */
  own_spec.n_stalls = 1000;
  own_spec.is_late = FALSE;
  wb_test_usb_unplug (wb_test_usb_plug (bench.usb, &own_spec, 3));
  bench_stop (&bench);
}

/* The kernel tells of a device before it has configured it, and where somebody has to allow devices that may take a while. */
static void
test_late (void)
{
  Bench bench;
  WbTestUsbDevice *plugged = NULL;
  WbTestUsbDevice *never = NULL;

  if (!bench_start (&bench))
    return;
  own_spec = wb_test_usb_scanner;
  own_spec.is_late = TRUE;
  never = wb_test_usb_plug (bench.usb, &own_spec, 1);
  plugged = wb_test_usb_plug (bench.usb, &own_spec, 2);
  /* it has been looked at when one that came after it is there */
  wb_test_usb_plug (bench.usb, &wb_test_usb_scale, 3);
  wb_test_wait_until (wb_device_hub_find (bench.hub, "usb:0922:8003:@1-3") != NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (bench.hub)), ==, 1);
  wb_test_usb_unplug (never);
  wb_test_usb_configure (plugged);
  bench_open (&bench, SCANNER);
  wb_test_usb_scan (plugged, "]C0", "late");
  wb_test_wait_until (bench.scans->len == 1);
  bench_stop (&bench);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);

  g_test_add_func ("/usb/node", test_node);
  g_test_add_func ("/usb/slow-listener", test_slow_listener);
  g_test_add_func ("/usb/name", test_name);
  g_test_add_func ("/usb/no-room", test_no_room);
  g_test_add_func ("/usb/found", test_found);
  g_test_add_func ("/usb/asked", test_asked);
  g_test_add_func ("/usb/asked-again", test_asked_again);
  g_test_add_func ("/usb/late", test_late);
  g_test_add_func ("/usb/scan", test_scan);
  g_test_add_func ("/usb/replug", test_replug);
  g_test_add_func ("/usb/weigh", test_weigh);
  g_test_add_func ("/usb/tare-and-zero", test_tare_and_zero);
  g_test_add_func ("/usb/taken", test_taken);
  g_test_add_func ("/usb/errors", test_errors);
  g_test_add_func ("/usb/storm", test_storm);
  return g_test_run ();
}
