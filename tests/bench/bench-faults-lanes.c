/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "core/wb-nfc-tag.h"
#include "devices/wb-nfc-backend.h"
#include "devices/wb-nfc-reader.h"
#include "devices/wb-printer-socket.h"
#include "devices/wb-scale.h"
#include "devices/wb-scanner.h"
#include "devices/wb-serial-backend.h"
#include "devices/wb-usb-backend.h"
#include "tests/bench/bench-faults.h"

#define MAX_NOISE 3000
#define LAST_PORT 118

guint n_lane_computers;

static void
make_noise (Lane *lane, guint8 *noise, gsize length)
{
  for (gsize i = 0; i < length; i++)
    noise[i] = (guint8) lane_pick (lane, 256);
}

static void
scan_cb (Lane *lane, WbScan *scan)
{
  g_autofree char *expected = g_strdup_printf ("SCAN-%u", lane->number);

  lane->has_scanned = lane->has_scanned || strcmp (scan->text, expected) == 0;
  if (lane->has_scanned && (lane->usb == NULL || lane->has_weighed))
    lane_works (lane);
}

static gint64
get_grams (Lane *lane)
{
  return 100 + lane->number % 10000;
}

static void
reading_cb (Lane *lane, WbScaleReading *reading)
{
  gint64 mg = 0;

  lane->has_weighed = lane->has_weighed
                      || (reading->state == WB_SCALE_STATE_STABLE && wb_scale_reading_get_mg (reading, &mg) && mg == get_grams (lane) * 1000);
  if (lane->has_weighed && (lane->usb == NULL || lane->has_scanned))
    lane_works (lane);
}

static void
make_uid (Lane *lane, guint8 uid[7])
{
  const guint8 bytes[7] = { 0x04, 0xa1, 0xb2, 0xc3, (guint8) (lane->number >> 16), (guint8) (lane->number >> 8), (guint8) lane->number };

  memcpy (uid, bytes, sizeof bytes);
}

static void
tag_cb (Lane *lane, WbNfcTag *tag)
{
  guint8 uid[7] = { 0 };
  g_autoptr (WbNfcTag) expected = NULL;

  make_uid (lane, uid);
  expected = wb_nfc_tag_new (uid, sizeof uid, 'A');
  if (strcmp (tag->uid, expected->uid) == 0)
    lane_works (lane);
}

/* What is plugged in is used at once, as a bench does. */
static void
open_cb (Lane *lane, guint position, guint n_removed, guint n_added, GListModel *hub)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (WbDevice) device = g_list_model_get_item (hub, i);

      if (wb_device_is_wanted (device))
        continue;
      if (WB_IS_SCANNER (device))
        g_signal_connect_swapped (device, "scan", G_CALLBACK (scan_cb), lane);
      else if (WB_IS_SCALE (device))
        g_signal_connect_swapped (device, "reading", G_CALLBACK (reading_cb), lane);
      else
        g_signal_connect_swapped (device, "tag", G_CALLBACK (tag_cb), lane);
      wb_device_open (device);
    }
}

static void
start_hub (Lane *lane, WbDeviceBackend *backend)
{
  lane->hub = wb_device_hub_new ();
  g_signal_connect_swapped (lane->hub, "items-changed", G_CALLBACK (open_cb), lane);
  wb_device_hub_add_backend (lane->hub, backend);
  wb_device_hub_start (lane->hub);
}

static void
stop_hub (Lane *lane)
{
  wb_device_hub_stop (lane->hub);
  g_clear_object (&lane->hub);
}

/* ── Scanners on serial lines ────────────────────────────────────────────────────────────────── */

static void
plug_line (Lane *lane)
{
  lane->line = wb_twin_line_new (lane->path, NULL, NULL, NULL);
}

static void
unplug_line (Lane *lane)
{
  g_clear_pointer (&lane->line, wb_twin_line_free);
}

static void
set_up_scanner (Lane *lane)
{
  g_autoptr (WbDeviceModels) models = wb_device_models_new ();
  g_autoptr (WbDeviceBackend) backend = wb_serial_backend_new (models);

  wb_serial_backend_add_port (WB_SERIAL_BACKEND (backend), lane->path, "serial-scanner", NULL);
  plug_line (lane);
  start_hub (lane, backend);
}

static void
use_scanner (Lane *lane)
{
  g_autofree char *code = g_strdup_printf ("SCAN-%u\r", lane->number);

  wb_twin_line_say (lane->line, code, -1);
}

static void
fault_scanner (Lane *lane)
{
  g_autofree guint8 *noise = g_malloc (MAX_NOISE);
  gsize length = 1 + lane_pick (lane, MAX_NOISE);

  switch (lane_pick (lane, 5))
    {
    case 0:
      unplug_line (lane);
      lane_mend_later (lane, "unplugged", 100, plug_line);
      break;
    case 1:
      make_noise (lane, noise, length);
      wb_twin_line_say (lane->line, (const char *) noise, (gssize) length);
      lane_mend_later (lane, "garbage on its line", 20, NULL);
      break;
    case 2:
      wb_twin_line_say (lane->line, "SCAN-", -1);
      lane_mend_later (lane, "half a code", 20, NULL);
      break;
    case 3:
      wb_twin_line_say (lane->line, "SCAN-", -1);
      unplug_line (lane);
      lane_mend_later (lane, "crashed in the middle of a code", 100, plug_line);
      break;
    default:
      for (guint i = 0; i < 5; i++)
        {
          memset (noise, 'A', MAX_NOISE);
          wb_twin_line_say (lane->line, (const char *) noise, MAX_NOISE);
        }
      lane_mend_later (lane, "a code without end", 20, NULL);
    }
}

static void
tear_down_line (Lane *lane)
{
  stop_hub (lane);
  unplug_line (lane);
  g_clear_pointer (&lane->scale, wb_twin_scale_free);
}

/* ── Scales on serial lines ──────────────────────────────────────────────────────────────────── */

static void
plug_scale (Lane *lane)
{
  g_clear_pointer (&lane->line, wb_twin_line_free);
  lane->scale = wb_twin_scale_new (lane->path, "serial-sics", NULL);
}

static void
noise_cb (WbTwinLine *line, const char *command, gsize length, gpointer user_data)
{
  guint8 noise[40] = { 0 };

  make_noise (user_data, noise, sizeof noise);
  wb_twin_line_say (line, (const char *) noise, sizeof noise);
}

static void
half_cb (WbTwinLine *line, const char *command, gsize length, gpointer user_data)
{
  wb_twin_line_say (line, "S S      1.8", -1);
}

static void
set_up_scale (Lane *lane)
{
  g_autoptr (WbDeviceModels) models = wb_device_models_new ();
  g_autoptr (WbDeviceBackend) backend = wb_serial_backend_new (models);

  wb_serial_backend_add_port (WB_SERIAL_BACKEND (backend), lane->path, "serial-sics", NULL);
  plug_scale (lane);
  start_hub (lane, backend);
}

static void
use_scale (Lane *lane)
{
  wb_twin_scale_put (lane->scale, WB_SCALE_STATE_STABLE, get_grams (lane));
}

static void
fault_scale (Lane *lane)
{
  g_clear_pointer (&lane->scale, wb_twin_scale_free);
  switch (lane_pick (lane, 5))
    {
    case 0:
      lane->line = wb_twin_line_new (lane->path, noise_cb, lane, NULL);
      lane_mend_later (lane, "noise for an answer", 500, plug_scale);
      break;
    case 1:
      lane->line = wb_twin_line_new (lane->path, half_cb, lane, NULL);
      lane_mend_later (lane, "half an answer", 500, plug_scale);
      break;
    case 2:
      lane->line = wb_twin_line_new (lane->path, NULL, NULL, NULL);
      lane_mend_later (lane, "silent", 3000, plug_scale);
      break;
    default:
      lane_mend_later (lane, "unplugged", 100, plug_scale);
    }
}

/* ── NFC readers ─────────────────────────────────────────────────────────────────────────────── */

static void
plug_reader (Lane *lane)
{
  lane->chip = wb_twin_pn532_new (lane->path, NULL);
}

static void
speak (Lane *lane)
{
  wb_twin_pn532_mute (lane->chip, FALSE);
}

static void
take_away (Lane *lane)
{
  wb_twin_pn532_take_away (lane->chip);
}

static void
set_up_reader (Lane *lane)
{
  g_autoptr (WbDeviceModels) models = wb_device_models_new ();
  g_autoptr (WbDeviceBackend) backend = wb_nfc_backend_new (models);
  g_autofree char *address = g_strdup_printf ("pn532_uart:%s:115200", lane->path);

  plug_reader (lane);
  wb_nfc_backend_add_address (WB_NFC_BACKEND (backend), address, NULL);
  start_hub (lane, backend);
}

static void
use_reader (Lane *lane)
{
  guint8 uid[7] = { 0 };

  make_uid (lane, uid);
  wb_twin_pn532_hold (lane->chip, uid, NULL);
}

static void
fault_reader (Lane *lane)
{
  static const guint8 half[] = { 0xd1, 0x01, 0x20, 'T' };
  g_autoptr (GBytes) message = g_bytes_new_static (half, sizeof half);
  guint8 uid[7] = { 0x04 };

  switch (lane_pick (lane, 4))
    {
    case 0:
      g_clear_pointer (&lane->chip, wb_twin_pn532_free);
      lane_mend_later (lane, "unplugged", 300, plug_reader);
      break;
    case 1:
      wb_twin_pn532_mute (lane->chip, TRUE);
      lane_mend_later (lane, "silent", 2000, speak);
      break;
    case 2:
      wb_twin_pn532_hold (lane->chip, uid, message);
      lane_mend_later (lane, "half a message on a tag", 100, take_away);
      break;
    default:
      wb_twin_pn532_hold (lane->chip, uid, NULL);
      wb_twin_pn532_tear (lane->chip, lane_pick (lane, 3));
      lane_mend_later (lane, "a tag torn away", 50, take_away);
    }
}

static void
tear_down_reader (Lane *lane)
{
  stop_hub (lane);
  g_clear_pointer (&lane->chip, wb_twin_pn532_free);
}

/* ── A scanner and a scale at USB ────────────────────────────────────────────────────────────── */

static void
plug_usb (Lane *lane)
{
  if (lane->usb_scanner == NULL)
    lane->usb_scanner = wb_test_usb_plug (lane->usb, &wb_test_usb_scanner, ++lane->usb_port);
  if (lane->usb_scale == NULL)
    lane->usb_scale = wb_test_usb_plug (lane->usb, &wb_test_usb_scale, ++lane->usb_port);
}

static void
set_up_usb (Lane *lane)
{
  g_autoptr (WbDeviceModels) models = wb_device_models_new ();
  g_autoptr (WbDeviceBackend) backend = NULL;

  lane->usb = wb_test_usb_new ();
  n_lane_computers++;
  lane->usb_port = 0;
  backend = wb_usb_backend_new (models);
  start_hub (lane, backend);
  plug_usb (lane);
}

static void
tear_down_usb (Lane *lane)
{
  stop_hub (lane);
  lane->usb_scanner = lane->usb_scale = NULL;
  g_clear_pointer (&lane->usb, wb_test_usb_free);
}

static void
use_usb (Lane *lane)
{
  g_autofree char *code = g_strdup_printf ("SCAN-%u", lane->number);

  if (!lane->has_scanned)
    wb_test_usb_scan (lane->usb_scanner, "]C0", code);
  if (!lane->has_weighed)
    wb_test_usb_weigh (lane->usb_scale, 4, 2, 0, (guint16) get_grams (lane));
}

static void
allow_usb (Lane *lane)
{
  wb_test_usb_deny (lane->usb_scanner, 0);
}

static void
fault_usb (Lane *lane)
{
  static const int statuses[] = { -EPROTO, -EPIPE, -EOVERFLOW, -EILSEQ };
  WbTestUsbDevice *device = lane_pick (lane, 2) == 0 ? lane->usb_scanner : lane->usb_scale;
  guint8 noise[64] = { 2 };

  /* every plug in this computer was used once: another one */
  if (lane->usb_port >= LAST_PORT)
    {
      tear_down_usb (lane);
      lane_mend_later (lane, "the computer was changed", 1, set_up_usb);
      return;
    }
  switch (lane_pick (lane, 5))
    {
    case 0:
      wb_test_usb_unplug (device);
      lane->usb_scanner = device == lane->usb_scanner ? NULL : lane->usb_scanner;
      lane->usb_scale = device == lane->usb_scale ? NULL : lane->usb_scale;
      lane_mend_later (lane, "unplugged", 100, plug_usb);
      break;
    case 1:
      for (guint i = lane_pick (lane, 8); i > 0; i--)
        wb_test_usb_fail (device, statuses[lane_pick (lane, G_N_ELEMENTS (statuses))]);
      lane_mend_later (lane, "transfers that fail", 20, NULL);
      break;
    case 2:
      make_noise (lane, noise + 1, sizeof noise - 1);
      wb_test_usb_report (device, noise, lane_pick (lane, device == lane->usb_scanner ? 65 : 9));
      lane_mend_later (lane, "a report of noise", 20, NULL);
      break;
    case 3:
      noise[63] = 1; /* more follows, and does not */
      noise[1] = 5;
      memcpy (noise + 2, "]C0HALF-", 8);
      wb_test_usb_report (lane->usb_scanner, noise, sizeof noise);
      if (lane_pick (lane, 2) == 0)
        {
          wb_test_usb_unplug (g_steal_pointer (&lane->usb_scanner));
          lane_mend_later (lane, "crashed in the middle of a report", 100, plug_usb);
        }
      else
        lane_mend_later (lane, "half a report", 20, NULL);
      break;
    default:
      wb_test_usb_unplug (lane->usb_scanner);
      lane->usb_scanner = NULL;
      plug_usb (lane);
      wb_test_usb_deny (lane->usb_scanner, EBUSY);
      lane_mend_later (lane, "taken by another program", 300, allow_usb);
    }
}

/* ── Printers on sockets ─────────────────────────────────────────────────────────────────────── */

static void
set_up_printer (Lane *lane)
{
  g_autoptr (WbPrintLedger) ledger = wb_print_ledger_new (NULL);

  lane->socket = wb_test_socket_new ();
  lane->printer = wb_printer_socket_new (wb_test_socket_get_address (lane->socket), "zpl", ledger, NULL);
  wb_printer_socket_set_patience (WB_PRINTER_SOCKET (lane->printer), 5000, 30, 250);
}

static char *
make_document_id (Lane *lane)
{
  return g_strdup_printf ("fault-%s-%u", lane->path, lane->number);
}

/* Exactly once, whatever happened. */
static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Lane *lane = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *job = wb_printer_print_finish (WB_PRINTER (source), result, &error);
  g_autofree char *id = make_document_id (lane);

  lane->is_printing = FALSE;
  if (wb_test_socket_count (lane->socket, id) > 1)
    g_error ("%s was printed twice", id);
  if (job != NULL || (g_error_matches (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_DOUBT) && wb_test_socket_count (lane->socket, id) == 1))
    lane_works (lane);
  else
    lane->is_absent = g_error_matches (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_DOUBT);
}

static void
use_printer (Lane *lane)
{
  g_autofree char *id = make_document_id (lane);
  g_autoptr (GBytes) data = NULL;
  g_autoptr (WbPrintDocument) document = NULL;

  /* what it has of the last attempt it prints before somebody looks */
  if (lane->is_printing || !wb_test_socket_is_idle (lane->socket))
    return;
  if (lane->is_absent && wb_test_socket_count (lane->socket, id) == 1)
    {
      lane_works (lane);
      return;
    }
  data = wb_test_socket_make_label (id, 60 + lane_pick (lane, 4000));
  document = wb_print_document_new (id, id, WB_PRINTER_RAW, data);
  document->absent = lane->is_absent;
  lane->is_absent = FALSE;
  lane->is_printing = TRUE;
  wb_printer_print_async (lane->printer, document, NULL, printed_cb, lane);
}

static void
mend_printer (Lane *lane)
{
  wb_test_socket_set_fault (lane->socket, WB_TEST_FAULT_NONE, 0);
}

static void
switch_on (Lane *lane)
{
  wb_test_socket_open (lane->socket);
}

static void
fault_printer (Lane *lane)
{
  static const char *const names[] = { "nothing", "slammed", "cut", "stalled", "ended", "left open", "noise", "reset" };
  WbTestFault fault = (WbTestFault) (1 + lane_pick (lane, WB_TEST_N_FAULTS - 1));

  lane->is_absent = FALSE;
  if (lane_pick (lane, 8) == 0)
    {
      wb_test_socket_close (lane->socket);
      lane_mend_later (lane, "switched off", 100, switch_on);
    }
  else
    {
      wb_test_socket_set_fault (lane->socket, fault, lane_pick (lane, 4000));
      lane_mend_later (lane, names[fault], 300, mend_printer);
    }
  use_printer (lane);
}

static void
tear_down_printer (Lane *lane)
{
  while (lane->is_printing)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&lane->printer);
  g_clear_pointer (&lane->socket, wb_test_socket_free);
}

const LaneKind lane_kinds[] = {
  { "scanner", 12, set_up_scanner, fault_scanner, use_scanner, tear_down_line },
  { "scale", 12, set_up_scale, fault_scale, use_scale, tear_down_line },
  { "nfc", 4, set_up_reader, fault_reader, use_reader, tear_down_reader },
  { "usb", 1, set_up_usb, fault_usb, use_usb, tear_down_usb },
  { "printer", 4, set_up_printer, fault_printer, use_printer, tear_down_printer },
};
const guint n_lane_kinds = G_N_ELEMENTS (lane_kinds);
