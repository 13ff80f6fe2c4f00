/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scanners and scales on serial lines, against the other end of a pseudo-terminal. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <umockdev.h>

#include "devices/wb-device-hub.h"
#include "devices/wb-scale-protocol.h"
#include "devices/wb-scale.h"
#include "devices/wb-scanner.h"
#include "devices/wb-serial-backend.h"
#include "devices/wb-serial-frame.h"
#include "devices/twins/wb-twin-line.h"
#include "tests/wb-test.h"

/* ---- Frames ---------------------------------------------------------------------------------------------- */

static void
message_cb (const guint8 *message, gsize length, gboolean is_whole, gpointer user_data)
{
  GString *all = user_data;

  g_string_append_len (all, (const char *) message, (gssize) length);
  g_string_append_c (all, is_whole ? '|' : '~');
}

static void
test_frames (void)
{
  static const struct
  {
    const char *prefix;
    const char *suffix;
    const char *bytes;
    const char *messages;
  } cases[] = {
    { "none", "cr", "abc\rdef\r", "abc|def|" },
    { "none", "cr", "abc\r\ndef\r\n", "abc|def|" },
    { "none", "cr", "\r\r\r\n", "" },
    { "none", "lf", "abc\ndef", "abc|" },
    { "none", "tab", "a b\tc\t", "a b|c|" },
    { "stx", "etx", "noise\002abc\003more noise\002d\003", "abc|d|" },
    { "stx", "cr", "\002ab\002cd\r\r", "cd|" },
    { "stx", "cr", "\002\r", "|" },
    { "none", "cr", "0123456789ABCDEF and more than it may\rok\r", "0123456789ABCDEF~ok|" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize piece = 1; piece < 5; piece++)
      {
        g_autoptr(WbSerialFrame) frame = wb_serial_frame_new (cases[i].prefix, cases[i].suffix, 16);
        g_autoptr(GString) all = g_string_new (NULL);
        gsize length = strlen (cases[i].bytes);

        for (gsize at = 0; at < length; at += piece)
          wb_serial_frame_take (frame, (const guint8 *) cases[i].bytes + at, MIN (piece, length - at), message_cb, all);
        g_assert_cmpstr (all->str, ==, cases[i].messages);
        wb_serial_frame_end (frame, message_cb, all);
        g_assert_cmpstr (all->str, ==, cases[i].messages);
      }
}

static void
test_silence (void)
{
  g_autoptr(WbSerialFrame) frame = wb_serial_frame_new ("none", "none", 16);
  g_autoptr(GString) all = g_string_new (NULL);

  g_assert_true (wb_serial_frame_ends_by_silence (frame));
  wb_serial_frame_take (frame, (const guint8 *) "abc", 3, message_cb, all);
  wb_serial_frame_take (frame, (const guint8 *) "def", 3, message_cb, all);
  g_assert_cmpstr (all->str, ==, "");
  wb_serial_frame_end (frame, message_cb, all);
  wb_serial_frame_end (frame, message_cb, all);
  g_assert_cmpstr (all->str, ==, "abcdef|");
}

/* ---- Protocols --------------------------------------------------------------------------------------------- */

static void
test_answers (void)
{
  static const struct
  {
    const char *protocol;
    const char *answer;
    WbScaleAnswer kind;
    WbScaleState state;
    const char *text;
  } cases[] = {
    { "serial-sics", "S S     100.00 g", WB_SCALE_ANSWER_READING, WB_SCALE_STATE_STABLE, "100.00 g" },
    { "serial-sics", "S D      -0.020 kg", WB_SCALE_ANSWER_READING, WB_SCALE_STATE_MOVING, "\xe2\x88\x92" "0.020 kg" },
    { "serial-sics", "S S      12.345 lb", WB_SCALE_ANSWER_READING, WB_SCALE_STATE_STABLE, "12.345 lb" },
    { "serial-sics", "S +", WB_SCALE_ANSWER_READING, WB_SCALE_STATE_OVERLOAD, "" },
    { "serial-sics", "S -", WB_SCALE_ANSWER_READING, WB_SCALE_STATE_UNDERLOAD, "" },
    { "serial-sics", "S I", WB_SCALE_ANSWER_OTHER, 0, NULL },
    { "serial-sics", "Z A", WB_SCALE_ANSWER_OTHER, 0, NULL },
    { "serial-sics", "T S     100.00 g", WB_SCALE_ANSWER_OTHER, 0, NULL },
    { "serial-sics", "TAC A", WB_SCALE_ANSWER_OTHER, 0, NULL },
    { "serial-sics", "ES", WB_SCALE_ANSWER_OTHER, 0, NULL },
    { "serial-sics", "S S     100.00 st", WB_SCALE_ANSWER_UNKNOWN, 0, NULL },
    { "serial-sics", "S S     1x0.00 g", WB_SCALE_ANSWER_UNKNOWN, 0, NULL },
    { "serial-sics", "S S", WB_SCALE_ANSWER_UNKNOWN, 0, NULL },
    { "serial-sics", "", WB_SCALE_ANSWER_UNKNOWN, 0, NULL },
    { "serial-8217", "01.840", WB_SCALE_ANSWER_READING, WB_SCALE_STATE_STABLE, "1.840 kg" },
    { "serial-8217", "00.250N", WB_SCALE_ANSWER_READING, WB_SCALE_STATE_STABLE, "0.250 kg" },
    { "serial-8217", "?A", WB_SCALE_ANSWER_READING, WB_SCALE_STATE_MOVING, "0 kg" },
    { "serial-8217", "?B", WB_SCALE_ANSWER_READING, WB_SCALE_STATE_OVERLOAD, "" },
    { "serial-8217", "?D", WB_SCALE_ANSWER_READING, WB_SCALE_STATE_UNDERLOAD, "" },
    { "serial-8217", "?H", WB_SCALE_ANSWER_READING, WB_SCALE_STATE_NEEDS_ZERO, "" },
    { "serial-8217", "?@", WB_SCALE_ANSWER_OTHER, 0, NULL },
    { "serial-8217", "1.8.4", WB_SCALE_ANSWER_UNKNOWN, 0, NULL },
    { "serial-8217", "12345678901234567890", WB_SCALE_ANSWER_UNKNOWN, 0, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const WbScaleProtocol *protocol = wb_scale_protocol_find (cases[i].protocol);
      WbScaleReading reading = { 0 };
      g_autofree char *text = NULL;

      g_test_message ("%s %s", cases[i].protocol, cases[i].answer);
      g_assert_cmpint (protocol->read (cases[i].answer, strlen (cases[i].answer), WB_SCALE_UNIT_KG, &reading), ==, cases[i].kind);
      if (cases[i].kind != WB_SCALE_ANSWER_READING)
        continue;
      text = wb_scale_reading_to_string (&reading);
      g_assert_cmpint (reading.state, ==, cases[i].state);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* ---- Devices ------------------------------------------------------------------------------------------------- */

typedef struct
{
  char *folder;
  char *path;
  WbDeviceHub *hub;
  WbSerialBackend *backend;
  GPtrArray *scans; /* char* */
  guint n_garbage;
  guint n_weights;

  /* the scale at the other end */
  const char *answer;
  GString *asked;
  guint n_zeroed;
} Bench;

static void
bench_start (Bench *bench)
{
  g_autoptr(WbDeviceModels) models = wb_device_models_new ();

  memset (bench, 0, sizeof *bench);
  bench->folder = g_dir_make_tmp ("wb-test-serial-XXXXXX", NULL);
  bench->path = g_build_filename (bench->folder, "ttyS0", NULL);
  bench->scans = g_ptr_array_new_with_free_func (g_free);
  bench->asked = g_string_new (NULL);
  bench->backend = WB_SERIAL_BACKEND (wb_serial_backend_new (models));
  bench->hub = wb_device_hub_new ();
  wb_device_hub_add_backend (bench->hub, WB_DEVICE_BACKEND (bench->backend));
  wb_device_hub_start (bench->hub);
}

static void
bench_stop (Bench *bench)
{
  wb_device_hub_stop (bench->hub);
  g_assert_finalize_object (bench->hub);
  g_assert_finalize_object (bench->backend);
  g_ptr_array_unref (bench->scans);
  g_string_free (bench->asked, TRUE);
  g_rmdir (bench->folder);
  g_free (bench->folder);
  g_free (bench->path);
}

static void
scan_cb (Bench *bench, WbScan *scan)
{
  g_ptr_array_add (bench->scans, g_strdup (scan->text));
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static WbDevice *
bench_find (Bench *bench)
{
  g_autofree char *id = g_strconcat ("serial:", bench->path, NULL);

  return wb_device_hub_find (bench->hub, id);
}

static void
test_scanner (void)
{
  Bench bench;
  g_autoptr(WbTwinLine) line = NULL;
  WbDevice *scanner = NULL;

  bench_start (&bench);
  g_assert_true (wb_serial_backend_add_port (bench.backend, bench.path, "serial-scanner", NULL));
  g_assert_null (bench_find (&bench));
  line = wb_twin_line_new (bench.path, NULL, NULL, NULL);
  wb_test_wait_until ((scanner = bench_find (&bench)) != NULL);
  g_signal_connect_swapped (scanner, "scan", G_CALLBACK (scan_cb), &bench);
  g_signal_connect_swapped (scanner, "garbage", G_CALLBACK (count_cb), &bench.n_garbage);
  wb_device_open (scanner);
  g_assert_cmpint (wb_device_get_state (scanner), ==, WB_DEVICE_STATE_READY);
  wb_twin_line_say (line, "]E04006381333931\r", -1);
  wb_twin_line_say (line, "half a ", -1);
  wb_twin_line_say (line, "code\r\n\r", -1);
  wb_test_wait_until (bench.scans->len == 2);
  g_assert_cmpstr (g_ptr_array_index (bench.scans, 0), ==, "4006381333931");
  g_assert_cmpstr (g_ptr_array_index (bench.scans, 1), ==, "half a code");

  /* unplugged, and plugged in again: a new device of the same id */
  g_clear_pointer (&line, wb_twin_line_free);
  wb_test_wait_until (bench_find (&bench) == NULL);
  line = wb_twin_line_new (bench.path, NULL, NULL, NULL);
  wb_test_wait_until ((scanner = bench_find (&bench)) != NULL);
  g_signal_connect_swapped (scanner, "scan", G_CALLBACK (scan_cb), &bench);
  g_assert_true (wb_device_set_option (scanner, "suffix", "none", NULL));
  wb_device_open (scanner);
  wb_twin_line_say (line, "without end", -1);
  wb_test_wait_until (bench.scans->len == 3);
  g_assert_cmpstr (g_ptr_array_index (bench.scans, 2), ==, "without end");
  bench_stop (&bench);
}

/* Answers each question as a SICS scale does. */
static void
sics_cb (WbTwinLine *line, const char *command, gsize length, gpointer user_data)
{
  Bench *bench = user_data;
  char *end = NULL;

  g_string_append_len (bench->asked, command, (gssize) length);
  while ((end = strstr (bench->asked->str, "\r\n")) != NULL)
    {
      if (g_str_has_prefix (bench->asked->str, "SI\r") && bench->answer != NULL)
        {
          wb_twin_line_say (line, bench->answer, -1);
          wb_twin_line_say (line, "\r\n", -1);
        }
      else if (g_str_has_prefix (bench->asked->str, "Z\r"))
        {
          bench->n_zeroed++;
          wb_twin_line_say (line, "Z A\r\n", -1);
        }
      g_string_erase (bench->asked, 0, end - bench->asked->str + 2);
    }
}

static void
test_scale (void)
{
  Bench bench;
  g_autoptr(WbTwinLine) line = NULL;
  WbDevice *scale = NULL;
  gint64 mg = 0;

  bench_start (&bench);
  line = wb_twin_line_new (bench.path, sics_cb, &bench, NULL);
  g_assert_true (wb_serial_backend_add_port (bench.backend, bench.path, "serial-sics", NULL));
  wb_test_wait_until ((scale = bench_find (&bench)) != NULL);
  g_signal_connect_swapped (scale, "weight", G_CALLBACK (count_cb), &bench.n_weights);
  g_assert_true (wb_device_set_option (scale, "quiet-ms", "10", NULL));
  bench.answer = "S S       0.000 kg";
  wb_device_open (scale);
  g_assert_cmpint (wb_device_get_state (scale), ==, WB_DEVICE_STATE_OPENING);
  wb_test_wait_until (wb_device_get_state (scale) == WB_DEVICE_STATE_READY);
  bench.answer = "S D       1.200 kg";
  wb_test_wait_until (wb_scale_get_reading (WB_SCALE (scale))->state == WB_SCALE_STATE_MOVING);
  g_assert_cmpuint (bench.n_weights, ==, 0);
  bench.answer = "S S       1.840 kg";
  wb_test_wait_until (bench.n_weights == 1);
  g_assert_true (wb_scale_reading_get_mg (wb_scale_get_reading (WB_SCALE (scale)), &mg));
  g_assert_cmpint (mg, ==, 1840000);
  g_assert_true (wb_scale_can_zero (WB_SCALE (scale)));
  wb_scale_zero (WB_SCALE (scale));
  wb_test_wait_until (bench.n_zeroed == 1);

  /* it falls silent: trouble, and it comes back by itself */
  bench.answer = NULL;
  wb_test_wait_until (wb_device_get_state (scale) == WB_DEVICE_STATE_TROUBLE);
  g_assert_nonnull (strstr (wb_device_get_message (scale), "does not answer"));
  g_assert_null (wb_scale_get_reading (WB_SCALE (scale)));
  bench.answer = "noise";
  bench.answer = "S S       0.500 kg";
  wb_test_wait_until (wb_device_get_state (scale) == WB_DEVICE_STATE_READY);
  wb_test_wait_until (bench.n_weights == 2);
  bench_stop (&bench);
}

static void
plug_usb (UMockdevTestbed *testbed, guint number)
{
  g_autofree char *text = g_strdup_printf ("P: /devices/virtual/tty/ttyACM%u\nN: ttyACM%u\nE: SUBSYSTEM=tty\nE: DEVNAME=/dev/ttyACM%u\n"
                                           "E: ID_VENDOR_ID=05e0\nE: ID_MODEL_ID=1701\nE: ID_SERIAL=Zebra_S1\nE: ID_USB_INTERFACE_NUM=00\n"
                                           "E: ID_PATH=pci-0000:00:14.0-usb-0:%u:1.0\n\n", number, number, number, number);
  g_autofree char *place = g_strdup_printf ("/sys/devices/virtual/tty/ttyACM%u", number);
  g_autoptr(GError) error = NULL;

  umockdev_testbed_add_from_string (testbed, text, &error);
  g_assert_no_error (error);
  umockdev_testbed_uevent (testbed, place, "add");
}

static guint
count_devices (Bench *bench)
{
  return g_list_model_get_n_items (G_LIST_MODEL (bench->hub));
}

/* Scanners that say at USB what they are; two of one model with the same serial number are told apart by where they are plugged in. */
static void
test_usb (void)
{
  g_autoptr(UMockdevTestbed) testbed = NULL;
  g_autoptr(WbDevice) first = NULL;
  g_autoptr(WbDevice) second = NULL;
  Bench bench;

  if (!umockdev_in_mock_environment () && strstr (g_getenv ("LD_PRELOAD") != NULL ? g_getenv ("LD_PRELOAD") : "", "umockdev") == NULL)
    {
      g_test_skip ("not under umockdev-wrapper");
      return;
    }
  testbed = umockdev_testbed_new ();
  bench_start (&bench);
  plug_usb (testbed, 1);
  wb_test_wait_until (count_devices (&bench) == 1);
  plug_usb (testbed, 2);
  wb_test_wait_until (count_devices (&bench) == 2);
  first = g_object_ref (wb_device_hub_find (bench.hub, "serial:usb-Zebra_S1-if00"));
  second = g_object_ref (wb_device_hub_find (bench.hub, "serial:usb-Zebra_S1-if00@pci-0000:00:14.0-usb-0:2:1.0"));
  umockdev_testbed_uevent (testbed, "/sys/devices/virtual/tty/ttyACM2", "remove");
  wb_test_wait_until (count_devices (&bench) == 1);
  g_assert_cmpint (wb_device_get_state (second), ==, WB_DEVICE_STATE_GONE);
  g_assert_true (wb_device_hub_find (bench.hub, "serial:usb-Zebra_S1-if00") == first);
  umockdev_testbed_uevent (testbed, "/sys/devices/virtual/tty/ttyACM1", "remove");
  wb_test_wait_until (count_devices (&bench) == 0);
  bench_stop (&bench);
}

/* Over Bluetooth the line's file stays while its device is out of reach: it is the same scanner, which works again by itself. */
static void
test_out_of_reach (void)
{
  Bench bench;
  g_autoptr(WbTwinLine) line = NULL;
  g_autoptr(GError) error = NULL;
  WbDevice *scanner = NULL;

  bench_start (&bench);
  g_assert_true (wb_serial_backend_add_port (bench.backend, bench.path, "serial-scanner", NULL));
  line = wb_twin_line_new (bench.path, NULL, NULL, NULL);
  wb_test_wait_until ((scanner = bench_find (&bench)) != NULL);
  g_signal_connect_swapped (scanner, "scan", G_CALLBACK (scan_cb), &bench);
  wb_device_open (scanner);
  g_assert_cmpint (wb_device_get_state (scanner), ==, WB_DEVICE_STATE_READY);
  for (guint i = 0; i < 2; i++)
    {
      wb_twin_line_say (line, "half", -1);
      g_assert_true (wb_twin_line_break_off (line, &error));
      g_assert_no_error (error);
      wb_test_wait_until (wb_device_get_state (scanner) == WB_DEVICE_STATE_TROUBLE);
      g_assert_nonnull (strstr (wb_device_get_message (scanner), "is not there"));
      g_assert_true (wb_twin_line_come_back (line, &error));
      g_assert_no_error (error);
      wb_test_wait_until (wb_device_get_state (scanner) == WB_DEVICE_STATE_READY);
      g_assert_true (bench_find (&bench) == scanner);
      /* what was begun before it broke off is no part of it */
      wb_twin_line_say (line, "4006381333931\r", -1);
      wb_test_wait_until (bench.scans->len == i + 1);
      g_assert_cmpstr (g_ptr_array_index (bench.scans, i), ==, "4006381333931");
    }
  bench_stop (&bench);
}

static void
test_wrong (void)
{
  Bench bench;
  g_autoptr(GError) error = NULL;
  g_autoptr(WbDevice) scanner = NULL;

  bench_start (&bench);
  g_assert_false (wb_serial_backend_add_port (bench.backend, bench.path, "serial-teapot", &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND);
  /* a file that is no line */
  g_assert_true (g_file_set_contents (bench.path, "", 0, NULL));
  g_assert_true (wb_serial_backend_add_port (bench.backend, bench.path, "serial-scanner", NULL));
  wb_test_wait_until (bench_find (&bench) != NULL);
  scanner = g_object_ref (bench_find (&bench));
  wb_device_open (scanner);
  g_assert_cmpint (wb_device_get_state (scanner), ==, WB_DEVICE_STATE_TROUBLE);
  g_assert_nonnull (strstr (wb_device_get_message (scanner), "serial line"));
  g_assert_false (wb_device_set_option (scanner, "baud", "9601", NULL));
  g_assert_false (wb_device_set_option (scanner, "colour", "red", NULL));
  wb_serial_backend_remove_port (bench.backend, bench.path);
  g_assert_cmpint (wb_device_get_state (scanner), ==, WB_DEVICE_STATE_GONE);
  wb_device_close (scanner);
  g_unlink (bench.path);
  bench_stop (&bench);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);

  g_test_add_func ("/serial/frames", test_frames);
  g_test_add_func ("/serial/silence", test_silence);
  g_test_add_func ("/serial/answers", test_answers);
  g_test_add_func ("/serial/scanner", test_scanner);
  g_test_add_func ("/serial/scale", test_scale);
  g_test_add_func ("/serial/out-of-reach", test_out_of_reach);
  g_test_add_func ("/serial/usb", test_usb);
  g_test_add_func ("/serial/wrong", test_wrong);
  return g_test_run ();
}
