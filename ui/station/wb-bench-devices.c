/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "devices/wb-nfc-reader.h"
#include "devices/wb-scale.h"
#include "devices/wb-scanner.h"
#include "ui/station/wb-bench-devices.h"
#include "ui/station/wb-scan-source.h"

struct _WbBenchDevices
{
  GObject parent_instance;

  gboolean is_paused;

  /* Owned references */
  WbDeviceHub *hub;
  WbDeviceRig *rig; /* NULL: every device is used, for anything */
  GPtrArray *open; /* WbDevice, opened by us */
};

G_DEFINE_FINAL_TYPE_WITH_CODE (WbBenchDevices, wb_bench_devices, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (WB_TYPE_SCAN_SOURCE, NULL))

enum
{
  WEIGHT,
  TAP,
  BADGE,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
get_role (WbBenchDevices *self, WbDevice *device)
{
  return self->rig != NULL ? wb_device_rig_get_role (self->rig, device) : WB_STATION_ROLE_ANY;
}

/* A microphone listens only where somebody wants it to. */
static gboolean
is_used (WbBenchDevices *self, WbDevice *device)
{
  if (WB_IS_VOICE (device) && strcmp (wb_device_get_option (device, "mode"), "off") == 0)
    return FALSE;
  return self->rig == NULL || wb_device_rig_is_used (self->rig, device);
}

static void
scan_cb (WbBenchDevices *self, WbScan *scan, WbDevice *device)
{
  g_autofree char *text = wb_scan_to_string (scan);

  if (self->is_paused)
    return;
  if (strcmp (get_role (self, device), WB_STATION_ROLE_BADGE) == 0)
    g_signal_emit (self, signals[BADGE], 0, text);
  else
    wb_scan_source_emit (WB_SCAN_SOURCE (self), text);
}

/* Half a gram and more is a gram: less is no weight that a carrier takes. */
static gint64
get_grams (const WbScaleReading *reading)
{
  gint64 mg = 0;

  return wb_scale_reading_is_weight (reading) && wb_scale_reading_get_mg (reading, &mg) ? (mg + 500) / 1000 : 0;
}

static void
weight_cb (WbBenchDevices *self, WbScaleReading *reading)
{
  gint64 grams = get_grams (reading);

  if (grams > 0 && !self->is_paused)
    g_signal_emit (self, signals[WEIGHT], 0, grams);
}

static void
tag_cb (WbBenchDevices *self, WbNfcTag *tag, WbDevice *device)
{
  if (!self->is_paused)
    g_signal_emit (self, signals[TAP], 0, tag, get_role (self, device));
}

static void
state_cb (WbBenchDevices *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
take (WbBenchDevices *self, WbDevice *device)
{
  if (WB_IS_SCANNER (device))
    g_signal_connect_object (device, "scan", G_CALLBACK (scan_cb), self, G_CONNECT_SWAPPED);
  else if (WB_IS_SCALE (device))
    g_signal_connect_object (device, "weight", G_CALLBACK (weight_cb), self, G_CONNECT_SWAPPED);
  else if (WB_IS_NFC_READER (device))
    g_signal_connect_object (device, "tag", G_CALLBACK (tag_cb), self, G_CONNECT_SWAPPED);
  else if (!WB_IS_VOICE (device))
    return;
  g_signal_connect_object (device, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->open, g_object_ref (device));
  wb_device_open (device);
}

static void
let_go (WbBenchDevices *self, WbDevice *device)
{
  g_signal_handlers_disconnect_by_data (device, self);
  wb_device_close (device);
}

/* Opens what is new and lets go of what was unplugged, or is not used any more. */
static void
items_cb (WbBenchDevices *self)
{
  GListModel *model = G_LIST_MODEL (self->hub);

  for (guint i = self->open->len; i > 0; i--)
    {
      WbDevice *device = g_ptr_array_index (self->open, i - 1);

      if (wb_device_get_state (device) != WB_DEVICE_STATE_GONE && is_used (self, device))
        continue;
      let_go (self, device);
      g_ptr_array_remove_index (self->open, i - 1);
    }
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(WbDevice) device = g_list_model_get_item (model, i);

      if (is_used (self, device) && !g_ptr_array_find (self->open, device, NULL))
        take (self, device);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
wb_bench_devices_dispose (GObject *object)
{
  WbBenchDevices *self = WB_BENCH_DEVICES (object);

  for (guint i = 0; i < self->open->len; i++)
    let_go (self, g_ptr_array_index (self->open, i));
  g_ptr_array_set_size (self->open, 0);
  g_clear_object (&self->hub);
  g_clear_object (&self->rig);
  G_OBJECT_CLASS (wb_bench_devices_parent_class)->dispose (object);
}

static void
wb_bench_devices_finalize (GObject *object)
{
  g_ptr_array_unref (WB_BENCH_DEVICES (object)->open);
  G_OBJECT_CLASS (wb_bench_devices_parent_class)->finalize (object);
}

static void
wb_bench_devices_class_init (WbBenchDevicesClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = wb_bench_devices_dispose;
  object_class->finalize = wb_bench_devices_finalize;

  signals[WEIGHT] = g_signal_new ("weight", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_INT64);
  signals[TAP] = g_signal_new ("tap", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                               WB_TYPE_NFC_TAG, G_TYPE_STRING);
  signals[BADGE] = g_signal_new ("badge", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_STRING);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_bench_devices_init (WbBenchDevices *self)
{
  self->open = g_ptr_array_new_with_free_func (g_object_unref);
}

static WbBenchDevices *
make (WbDeviceHub *hub, WbDeviceRig *rig)
{
  WbBenchDevices *self = g_object_new (WB_TYPE_BENCH_DEVICES, NULL);

  self->hub = g_object_ref (hub);
  g_set_object (&self->rig, rig);
  g_signal_connect_object (hub, "items-changed", G_CALLBACK (items_cb), self, G_CONNECT_SWAPPED);
  if (rig != NULL)
    g_signal_connect_object (rig, "changed", G_CALLBACK (items_cb), self, G_CONNECT_SWAPPED);
  items_cb (self);
  return self;
}

WbBenchDevices *
wb_bench_devices_new (WbDeviceHub *hub)
{
  g_return_val_if_fail (WB_IS_DEVICE_HUB (hub), NULL);

  return make (hub, NULL);
}

WbBenchDevices *
wb_bench_devices_new_for_rig (WbDeviceRig *rig)
{
  g_return_val_if_fail (WB_IS_DEVICE_RIG (rig), NULL);

  return make (wb_device_rig_get_hub (rig), rig);
}

void
wb_bench_devices_set_paused (WbBenchDevices *self, gboolean is_paused)
{
  g_return_if_fail (WB_IS_BENCH_DEVICES (self));

  if (self->is_paused == is_paused)
    return;
  self->is_paused = is_paused;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Whether the station has one of a kind that is not found here. */
static gboolean
is_missing (WbBenchDevices *self, WbDeviceKind kind)
{
  GPtrArray *devices = NULL;

  if (self->rig == NULL || wb_device_rig_is_looking (self->rig))
    return FALSE;
  devices = wb_station_profile_get_devices (wb_device_rig_get_profile (self->rig));
  for (guint i = 0; i < devices->len; i++)
    {
      const WbStationDevice *said = g_ptr_array_index (devices, i);
      WbDeviceKind one;

      /* what is a keyboard is found by another id */
      if (said->is_used && !g_str_has_prefix (said->id, "keyboard:") && wb_device_kind_from_word (said->kind, &one) && one == kind
          && wb_device_hub_find (self->hub, said->id) == NULL)
        return TRUE;
    }
  return FALSE;
}

WbBenchLamp
wb_bench_devices_get_lamp (WbBenchDevices *self, WbDeviceKind kind, const char **message)
{
  WbBenchLamp lamp = WB_BENCH_LAMP_NONE;
  const char *sentence = "";

  g_return_val_if_fail (WB_IS_BENCH_DEVICES (self), WB_BENCH_LAMP_NONE);

  for (guint i = 0; i < self->open->len; i++)
    {
      WbDevice *device = g_ptr_array_index (self->open, i);
      WbBenchLamp one = wb_device_get_state (device) == WB_DEVICE_STATE_READY ? WB_BENCH_LAMP_OK : WB_BENCH_LAMP_TROUBLE;

      if (wb_device_get_kind (device) != kind || one < lamp)
        continue;
      lamp = one;
      sentence = one != WB_BENCH_LAMP_OK ? wb_device_get_message (device)
                 : self->rig != NULL      ? wb_device_rig_get_name (self->rig, device)
                                          : wb_device_get_name (device);
    }
  if (lamp == WB_BENCH_LAMP_NONE && is_missing (self, kind))
    {
      lamp = WB_BENCH_LAMP_MISSING;
      sentence = _ ("it is not plugged in: look at its cable and whether it is switched on");
    }
  if (message != NULL)
    *message = sentence;
  return lamp;
}

WbCamera *
wb_bench_devices_get_camera (WbBenchDevices *self)
{
  WbCamera *camera = NULL;

  g_return_val_if_fail (WB_IS_BENCH_DEVICES (self), NULL);

  for (guint i = 0; i < self->open->len; i++)
    {
      WbDevice *device = g_ptr_array_index (self->open, i);

      if (!WB_IS_CAMERA (device) || strcmp (get_role (self, device), WB_STATION_ROLE_CODES) == 0)
        continue;
      if (wb_device_get_state (device) == WB_DEVICE_STATE_READY)
        return WB_CAMERA (device);
      if (camera == NULL)
        camera = WB_CAMERA (device);
    }
  return camera;
}

WbVoice *
wb_bench_devices_get_voice (WbBenchDevices *self)
{
  g_return_val_if_fail (WB_IS_BENCH_DEVICES (self), NULL);

  for (guint i = 0; i < self->open->len && !self->is_paused; i++)
    if (WB_IS_VOICE (g_ptr_array_index (self->open, i)))
      return g_ptr_array_index (self->open, i);
  return NULL;
}

WbScale *
wb_bench_devices_get_scale (WbBenchDevices *self)
{
  WbScale *scale = NULL;

  g_return_val_if_fail (WB_IS_BENCH_DEVICES (self), NULL);

  for (guint i = 0; i < self->open->len && !self->is_paused; i++)
    {
      WbDevice *device = g_ptr_array_index (self->open, i);

      if (!WB_IS_SCALE (device) || wb_device_get_state (device) != WB_DEVICE_STATE_READY)
        continue;
      /* of two, the one that something lies on */
      if (scale == NULL || (wb_scale_is_at_rest (WB_SCALE (device)) && get_grams (wb_scale_get_reading (WB_SCALE (device))) > 0))
        scale = WB_SCALE (device);
    }
  return scale;
}

gint64
wb_bench_devices_get_weight_g (WbBenchDevices *self)
{
  WbScale *scale = NULL;

  g_return_val_if_fail (WB_IS_BENCH_DEVICES (self), 0);

  scale = wb_bench_devices_get_scale (self);
  return scale != NULL && wb_scale_is_at_rest (scale) ? get_grams (wb_scale_get_reading (scale)) : 0;
}

void
wb_bench_devices_confirm (WbBenchDevices *self, gboolean good)
{
  g_return_if_fail (WB_IS_BENCH_DEVICES (self));

  for (guint i = 0; i < self->open->len; i++)
    {
      WbDevice *device = g_ptr_array_index (self->open, i);

      if (WB_IS_SCANNER (device))
        wb_scanner_confirm (WB_SCANNER (device), good);
    }
}
