/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waybillctl device …: what hangs at this machine, how it is, and what it says. */
#define G_LOG_DOMAIN "waybillctl"

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/ctl/wb-ctl-try.h"
#include "app/ctl/wb-ctl.h"
#include "core/wb-clean.h"
#include "db/wb-station-store.h"
#include "devices/wb-camera.h"
#include "devices/wb-device-rig.h"
#include "devices/wb-nfc-reader.h"
#include "devices/wb-printer-cups.h"
#include "devices/wb-printer-device.h"
#include "devices/wb-scale.h"
#include "devices/wb-scanner.h"
#include "devices/wb-voice.h"

/* How long a device may take to say whether it works. */
#define SETTLE_US (5 * G_USEC_PER_SEC)

/* What is looked at; the same for all commands. */
typedef struct
{
  WbCtl *ctl;
  WbDeviceRig *rig;
  char *station;
  char *only;       /* id; NULL: every device */
  gboolean is_once; /* the first thing that is reported ends it */
  gboolean is_done;
  gboolean is_test; /* what does nothing by itself is told to do something, once it is ready */
  gboolean is_tried;
  gboolean has_failed;
  char *no_printing; /* why no queues can be listed */
  GPtrArray *open;   /* WbDevice */
} Bench;

static void
bench_free (Bench *bench)
{
  for (guint i = 0; bench->open != NULL && i < bench->open->len; i++)
    {
      WbDevice *device = g_ptr_array_index (bench->open, i);

      g_signal_handlers_disconnect_by_data (device, bench);
      wb_device_close (device);
    }
  g_clear_pointer (&bench->open, g_ptr_array_unref);
  if (bench->rig != NULL)
    wb_device_hub_stop (wb_device_rig_get_hub (bench->rig));
  g_clear_object (&bench->rig);
  g_free (bench->station);
  g_free (bench->only);
  g_free (bench->no_printing);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bench, bench_free)

/* ---- Looking ----------------------------------------------------------------------------------- */

/* With --station what that station names by hand is looked for too. */
static gboolean
set_station (Bench *bench, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WbStation) station = NULL;
  WbDatabase *database = NULL;

  if (bench->station == NULL)
    return TRUE;
  database = wb_ctl_open (bench->ctl, WB_DATABASE_FLAGS_NONE, error);
  if (database == NULL)
    return FALSE;
  wb_station_store_profile_async (wb_database_get_db (database), bench->station, bench->ctl->cancellable, wb_ctl_result_cb, &result);
  station = wb_station_store_profile_finish (wb_database_get_db (database), wb_ctl_wait (&result), error);
  if (station == NULL)
    return FALSE;
  wb_device_rig_set_profile (bench->rig, station->profile);
  return TRUE;
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Until libnfc and GStreamer have looked too. */
static void
start (WbCtl *ctl, WbDeviceRig *rig)
{
  guint tick = g_timeout_add (50, tick_cb, NULL);

  wb_device_hub_start (wb_device_rig_get_hub (rig));
  while (wb_device_rig_is_looking (rig) && !g_cancellable_is_cancelled (ctl->cancellable))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
}

static gboolean
look (Bench *bench, GError **error)
{
  bench->rig = wb_device_rig_new ();
  bench->open = g_ptr_array_new_with_free_func (g_object_unref);
  if (!set_station (bench, error))
    return FALSE;
  start (bench->ctl, bench->rig);
  return TRUE;
}

static gboolean
has_settled (GPtrArray *devices)
{
  for (guint i = 0; i < devices->len; i++)
    if (wb_device_get_state (g_ptr_array_index (devices, i)) == WB_DEVICE_STATE_OPENING)
      return FALSE;
  return TRUE;
}

/* Whether a device works is known when it was opened. */
static void
open_all (WbCtl *ctl, WbDeviceRig *rig, GPtrArray *devices)
{
  GListModel *hub = G_LIST_MODEL (wb_device_rig_get_hub (rig));
  gint64 end = g_get_monotonic_time () + SETTLE_US;
  guint tick = g_timeout_add (50, tick_cb, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (hub); i++)
    {
      WbDevice *device = g_list_model_get_item (hub, i);

      g_ptr_array_add (devices, device);
      wb_device_open (device);
    }
  while (!has_settled (devices) && g_get_monotonic_time () < end && !g_cancellable_is_cancelled (ctl->cancellable))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
}

GPtrArray *
wb_ctl_open_devices (WbCtl *ctl, WbDeviceRig *rig)
{
  GPtrArray *devices = g_ptr_array_new_with_free_func (g_object_unref);

  start (ctl, rig);
  open_all (ctl, rig, devices);
  return devices;
}

void
wb_ctl_close_devices (WbDeviceRig *rig, GPtrArray *devices)
{
  for (guint i = 0; i < devices->len; i++)
    wb_device_close (g_ptr_array_index (devices, i));
  wb_device_hub_stop (wb_device_rig_get_hub (rig));
}

/* ---- device list ------------------------------------------------------------------------------- */

static const char *
describe_state (WbDeviceState state)
{
  switch (state)
    {
    case WB_DEVICE_STATE_READY:
      return "ready";
    case WB_DEVICE_STATE_OPENING:
      return "opening";
    case WB_DEVICE_STATE_TROUBLE:
      return "trouble";
    case WB_DEVICE_STATE_GONE:
      return "gone";
    case WB_DEVICE_STATE_CLOSED:
    default:
      return "found";
    }
}

static const char *
describe_printer (WbPrinterState state)
{
  return state == WB_PRINTER_READY || state == WB_PRINTER_BUSY ? "ready" : state == WB_PRINTER_UNKNOWN ? "found" : "trouble";
}

static void
add_row (JsonBuilder *builder, const char *id, const char *kind, const char *name, const char *maker, gboolean is_used,
         const char *state, const char *message)
{
  if (builder == NULL)
    {
      g_print ("%-8s %-8s %-28s %s\n", kind, state, name, id);
      if (*message != '\0')
        g_print ("                  %s\n", message);
      return;
    }
  json_builder_begin_object (builder);
  wb_ctl_add_text (builder, "id", id);
  wb_ctl_add_text (builder, "kind", kind);
  wb_ctl_add_text (builder, "name", name);
  wb_ctl_add_text (builder, "model", maker);
  wb_ctl_add_flag (builder, "used", is_used);
  wb_ctl_add_text (builder, "state", state);
  wb_ctl_add_text (builder, "message", message);
  json_builder_end_object (builder);
}

static void
add_printers (Bench *bench, JsonBuilder *builder)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) queues = NULL;

  wb_printer_cups_list_async (NULL, bench->ctl->cancellable, wb_ctl_result_cb, &result);
  queues = wb_printer_cups_list_finish (wb_ctl_wait (&result), &error);
  /* the backend may have said so too */
  bench->no_printing = error != NULL ? g_strdup (error->message) : NULL;
  if (error != NULL)
    g_printerr ("%s: %s\n", g_get_prgname (), error->message);
  for (guint i = 0; queues != NULL && queues[i] != NULL; i++)
    {
      g_autoptr (WbPrinter) printer = wb_printer_cups_new (queues[i], NULL, WB_PRINTER_PDF);
      g_autoptr (GAsyncResult) answer = NULL;
      g_autofree char *id = g_strconcat ("cups:", queues[i], NULL);
      g_autofree char *message = NULL;
      WbPrinterState state = WB_PRINTER_UNKNOWN;

      wb_printer_query_async (printer, bench->ctl->cancellable, wb_ctl_result_cb, &answer);
      state = wb_printer_query_finish (printer, wb_ctl_wait (&answer), &message);
      add_row (builder, id, "printer", queues[i], NULL, TRUE, describe_printer (state), message != NULL ? message : "");
    }
}

static int
list_devices (WbCtl *ctl, int argc, char **argv)
{
  g_auto (Bench) bench = { .ctl = ctl };
  const GOptionEntry entries[] = {
    { "station", 's', 0, G_OPTION_ARG_STRING, &bench.station, N_ ("Also what this station names by hand, and what it calls them"), N_ ("CODE") },
    { 0 },
  };
  g_autoptr (JsonBuilder) builder = NULL;
  g_auto (GStrv) troubles = NULL;
  GError *error = NULL;
  int status = WB_CTL_OK;

  if (!wb_ctl_parse (ctl, entries, 0, 0, &argc, &argv, &status))
    return status;
  if (!look (&bench, &error))
    return wb_ctl_fail (ctl, error);
  open_all (ctl, bench.rig, bench.open);
  if (ctl->json)
    {
      builder = json_builder_new ();
      json_builder_begin_array (builder);
    }
  for (guint i = 0; i < bench.open->len; i++)
    {
      WbDevice *device = g_ptr_array_index (bench.open, i);

      /* queues are asked for below, whether the backend has told of them yet or not */
      if (!g_str_has_prefix (wb_device_get_id (device), "cups:"))
        add_row (builder, wb_device_get_id (device), wb_device_kind_get_word (wb_device_get_kind (device)),
               wb_device_rig_get_name (bench.rig, device), wb_device_get_name (device), wb_device_rig_is_used (bench.rig, device),
               describe_state (wb_device_get_state (device)), wb_device_get_message (device));
    }
  add_printers (&bench, builder);
  if (builder != NULL)
    {
      json_builder_end_array (builder);
      wb_ctl_print_json (builder);
    }
  else if (bench.open->len == 0)
    g_printerr ("%s\n", _ ("No scanner, scale or NFC reader was found. What does not say what it is (a serial port) is named by its station: "
                           "--station CODE."));
  troubles = wb_device_rig_get_troubles (bench.rig);
  for (guint i = 0; troubles[i] != NULL; i++)
    if (g_strcmp0 (troubles[i], bench.no_printing) != 0)
      g_printerr ("%s: %s\n", g_get_prgname (), troubles[i]);
  return WB_CTL_OK;
}

/* ---- device watch, device test ----------------------------------------------------------------- */

/* One thing that happened: a line for people, or an object on a line. @more is a pair of texts that say more, or NULL. */
static void
report (Bench *bench, WbDevice *device, const char *what, const char *text, const char *more, const char *more_text)
{
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *line = NULL;

  if (!bench->ctl->json)
    {
      g_autofree char *said = g_strconcat (text, more_text != NULL && *more_text != '\0' ? "  " : "", more_text, NULL);
      g_autofree char *visible = wb_clean_visible (said);

      g_print ("%-8s %-28s %s\n", what, wb_device_rig_get_name (bench->rig, device), visible);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  wb_ctl_add_text (builder, "event", what);
  wb_ctl_add_text (builder, "id", wb_device_get_id (device));
  wb_ctl_add_text (builder, "kind", wb_device_kind_get_word (wb_device_get_kind (device)));
  wb_ctl_add_text (builder, "name", wb_device_rig_get_name (bench->rig, device));
  wb_ctl_add_text (builder, "text", text);
  if (more != NULL)
    wb_ctl_add_text (builder, more, more_text);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  line = json_to_string (root, FALSE);
  g_print ("%s\n", line);
}

static void
scan_cb (WbDevice *device, WbScan *scan, gpointer user_data)
{
  Bench *bench = user_data;

  report (bench, device, "scan", scan->text, "symbology", wb_scan_symbology_name (scan->symbology));
  bench->is_done = bench->is_once;
}

static void
garbage_cb (WbDevice *device, const char *message, gpointer user_data)
{
  report (user_data, device, "garbage", message, NULL, NULL);
}

static void
reading_cb (WbDevice *device, WbScaleReading *reading, gpointer user_data)
{
  static const char *const states[] = { "stable", "moving", "overload", "underload", "needs-zero", "fault" };
  g_autofree char *text = wb_scale_reading_to_string (reading);

  report (user_data, device, "reading", text, "state", states[MIN ((guint) reading->state, G_N_ELEMENTS (states) - 1)]);
}

static void
weight_cb (WbDevice *device, WbScaleReading *reading, gpointer user_data)
{
  Bench *bench = user_data;
  g_autofree char *text = wb_scale_reading_to_string (reading);

  report (bench, device, "weight", text, NULL, NULL);
  bench->is_done = bench->is_once;
}

static void
tag_cb (WbDevice *device, WbNfcTag *tag, gpointer user_data)
{
  Bench *bench = user_data;

  report (bench, device, "tag", tag->uid, "content", tag->problem != NULL ? tag->problem : tag->text);
  bench->is_done = bench->is_once;
}

static void
gone_cb (WbDevice *device, gpointer user_data)
{
  report (user_data, device, "away", "", NULL, NULL);
}

static void
heard_cb (WbDevice *device, WbVoiceHeard *heard, gpointer user_data)
{
  Bench *bench = user_data;
  g_autofree char *score = g_strdup_printf ("%.1f", heard->score);

  report (bench, device, heard->meaning != WB_VOICE_NOTHING ? "heard" : "noise", heard->text, "score", score);
  bench->is_done = bench->is_once && heard->meaning != WB_VOICE_NOTHING;
}

/* A printer has nothing more to tell than this. */
static void
tried_cb (WbDevice *device, const char *what, const char *text, gpointer user_data)
{
  Bench *bench = user_data;

  report (bench, device, what, text, NULL, NULL);
  bench->has_failed = strcmp (what, "failed") == 0;
  bench->is_done = WB_IS_PRINTER_DEVICE (device) || (bench->is_once && WB_IS_CAMERA (device));
}

static void
try_out (Bench *bench, WbDevice *device)
{
  if (!bench->is_test || bench->is_tried || wb_device_get_state (device) != WB_DEVICE_STATE_READY)
    return;
  bench->is_tried = TRUE;
  wb_ctl_try (device, bench->ctl->cancellable, tried_cb, bench);
}

static void
state_cb (WbDevice *device, GParamSpec *pspec, gpointer user_data)
{
  report (user_data, device, "state", describe_state (wb_device_get_state (device)), "message", wb_device_get_message (device));
  try_out (user_data, device);
}

static void
listen_to (Bench *bench, WbDevice *device)
{
  g_ptr_array_add (bench->open, g_object_ref (device));
  g_signal_connect (device, "notify::state", G_CALLBACK (state_cb), bench);
  if (WB_IS_SCANNER (device))
    {
      g_signal_connect (device, "scan", G_CALLBACK (scan_cb), bench);
      g_signal_connect (device, "garbage", G_CALLBACK (garbage_cb), bench);
    }
  else if (WB_IS_SCALE (device))
    {
      g_signal_connect (device, "reading", G_CALLBACK (reading_cb), bench);
      g_signal_connect (device, "weight", G_CALLBACK (weight_cb), bench);
    }
  else if (WB_IS_NFC_READER (device))
    {
      g_signal_connect (device, "tag", G_CALLBACK (tag_cb), bench);
      g_signal_connect (device, "gone", G_CALLBACK (gone_cb), bench);
    }
  else if (WB_IS_VOICE (device))
    g_signal_connect (device, "heard", G_CALLBACK (heard_cb), bench);
  wb_device_open (device);
  try_out (bench, device);
}

/* Opens what came; what went has said so by its state. */
static void
items_cb (Bench *bench)
{
  GListModel *hub = G_LIST_MODEL (wb_device_rig_get_hub (bench->rig));

  for (guint i = bench->open->len; i > 0; i--)
    {
      WbDevice *device = g_ptr_array_index (bench->open, i - 1);

      if (wb_device_get_state (device) != WB_DEVICE_STATE_GONE)
        continue;
      g_signal_handlers_disconnect_by_data (device, bench);
      wb_device_close (device);
      g_ptr_array_remove_index (bench->open, i - 1);
    }
  for (guint i = 0; i < g_list_model_get_n_items (hub); i++)
    {
      g_autoptr (WbDevice) device = g_list_model_get_item (hub, i);

      if (!g_ptr_array_find (bench->open, device, NULL)
          && (bench->only == NULL || strcmp (bench->only, wb_device_get_id (device)) == 0))
        listen_to (bench, device);
    }
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_main_context_wakeup (NULL);
}

static void
watch_until_done (Bench *bench)
{
  GListModel *hub = G_LIST_MODEL (wb_device_rig_get_hub (bench->rig));
  gulong cancelled = g_cancellable_connect (bench->ctl->cancellable, G_CALLBACK (cancelled_cb), NULL, NULL);
  gulong items = g_signal_connect_swapped (hub, "items-changed", G_CALLBACK (items_cb), bench);

  items_cb (bench);
  while (!bench->is_done && !g_cancellable_is_cancelled (bench->ctl->cancellable))
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (hub, items);
  g_cancellable_disconnect (bench->ctl->cancellable, cancelled);
}

static int
watch (WbCtl *ctl, int argc, char **argv)
{
  g_auto (Bench) bench = { .ctl = ctl };
  const GOptionEntry entries[] = {
    { "station", 's', 0, G_OPTION_ARG_STRING, &bench.station, N_ ("Also what this station names by hand, and what it calls them"), N_ ("CODE") },
    { 0 },
  };
  GError *error = NULL;
  int status = WB_CTL_OK;

  if (!wb_ctl_parse (ctl, entries, 0, 0, &argc, &argv, &status))
    return status;
  if (!look (&bench, &error))
    return wb_ctl_fail (ctl, error);
  g_printerr ("%s\n", _ ("Watching; plug in, scan, weigh, tap. Ctrl+C ends it."));
  watch_until_done (&bench);
  return WB_CTL_OK;
}

static const char *
say_what_to_do (WbDevice *device)
{
  /* which is a scanner, too */
  if (WB_IS_CAMERA (device))
    return _ ("A photo is taken, and codes that it sees are told. Ctrl+C ends it.");
  if (WB_IS_SCANNER (device))
    return _ ("Scan something. Ctrl+C ends it.");
  if (WB_IS_SCALE (device))
    return _ ("Put something on it. Ctrl+C ends it.");
  if (WB_IS_NFC_READER (device))
    return _ ("Hold a tag to it. Ctrl+C ends it.");
  if (WB_IS_PRINTER_DEVICE (device))
    return _ ("A test label is printed as soon as it is ready. Ctrl+C ends it.");
  if (WB_IS_VOICE (device))
    return _ ("It says something, then say a command: “skip item”. Ctrl+C ends it.");
  return _ ("Ctrl+C ends it.");
}

/* A port can be given as it is: "serial:/dev/ttyS0" with --driver. */
static void
name_by_hand (Bench *bench, const char *driver)
{
  g_autoptr (WbStationProfile) profile = wb_station_profile_copy (wb_device_rig_get_profile (bench->rig));

  if (driver == NULL)
    return;
  wb_station_device_set_text (&wb_station_profile_ensure_device (profile, bench->only)->driver, driver);
  wb_device_rig_set_profile (bench->rig, profile);
}

/* Other options than the station gives it, or none does. */
static gboolean
set_options (WbDevice *device, char **settings, GError **error)
{
  for (guint i = 0; settings != NULL && settings[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (settings[i], "=", 2);

      if (words[0] == NULL || *words[0] == '\0' || words[1] == NULL)
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” is no option with its value: write NAME=VALUE"), settings[i]);
          return FALSE;
        }
      if (!wb_device_set_option (device, words[0], words[1], error))
        return FALSE;
    }
  return TRUE;
}

static int
test_device (WbCtl *ctl, int argc, char **argv)
{
  g_auto (Bench) bench = { .ctl = ctl, .is_test = TRUE };
  g_autofree char *driver = NULL;
  g_auto (GStrv) settings = NULL;
  const GOptionEntry entries[] = {
    { "station", 's', 0, G_OPTION_ARG_STRING, &bench.station, N_ ("Also what this station names by hand, and what it calls them"), N_ ("CODE") },
    { "driver", 0, 0, G_OPTION_ARG_STRING, &driver,
      N_ ("What hangs at a serial port: serial-scanner, serial-sics, serial-8217; libnfc for an NFC reader, socket for a printer on the network, gstreamer for a camera or a microphone"),
      N_ ("DRIVER") },
    { "option", 'o', 0, G_OPTION_ARG_STRING_ARRAY, &settings, N_ ("An option of the device, such as baud=9600"), N_ ("NAME=VALUE") },
    { "once", '1', 0, G_OPTION_ARG_NONE, &bench.is_once, N_ ("End with the first scan, weight, tag, photo or command"), NULL },
    { 0 },
  };
  WbDevice *device = NULL;
  GError *error = NULL;
  int status = WB_CTL_OK;

  if (!wb_ctl_parse (ctl, entries, 1, 1, &argc, &argv, &status))
    return status;
  bench.only = g_strdup (argv[1]);
  if (!look (&bench, &error))
    return wb_ctl_fail (ctl, error);
  name_by_hand (&bench, driver);
  device = wb_device_hub_find (wb_device_rig_get_hub (bench.rig), bench.only);
  if (device == NULL)
    {
      g_auto (GStrv) troubles = wb_device_rig_get_troubles (bench.rig);

      for (guint i = 0; troubles[i] != NULL; i++)
        g_printerr ("%s: %s\n", g_get_prgname (), troubles[i]);
      g_set_error (&error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND,
                   _ ("there is no device “%s”; “waybillctl device list” shows what there is"), bench.only);
      return wb_ctl_fail (ctl, error);
    }
  if (!set_options (device, settings, &error))
    return wb_ctl_fail (ctl, error);
  g_printerr ("%s\n", say_what_to_do (device));
  watch_until_done (&bench);
  return bench.has_failed ? WB_CTL_FAILED : WB_CTL_OK;
}

const WbCtlCommand wb_ctl_device_commands[] = {
  { "device list", "", N_ ("Show what hangs at this machine, and how it is"), list_devices },
  { "device watch", "", N_ ("Tell what comes, goes and is scanned, weighed, tapped"), watch },
  { "device test", "ID", N_ ("Try one device out"), test_device },
  { "device emulate", "scanner|scale|nfc|printer", N_ ("Play a scanner, scale, NFC reader or label printer"), wb_ctl_emulate },
  { 0 },
};
