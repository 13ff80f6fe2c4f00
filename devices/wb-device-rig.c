/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "devices/wb-camera-backend.h"
#include "devices/wb-device-rig.h"
#include "devices/wb-evdev-backend.h"
#include "devices/wb-nfc-backend.h"
#include "devices/wb-printer-backend.h"
#include "devices/wb-serial-backend.h"
#include "devices/wb-usb-backend.h"
#include "devices/wb-voice-backend.h"

struct _WbDeviceRig
{
  GObject parent_instance;

  /* Owned references */
  WbDeviceModels *models;
  WbDeviceHub *hub;
  WbDeviceBackend *usb;
  WbDeviceBackend *serial;
  WbDeviceBackend *evdev;
  WbDeviceBackend *nfc;
  WbDeviceBackend *camera;
  WbDeviceBackend *printer;
  WbDeviceBackend *voice;
  WbStationProfile *profile;
  GHashTable *named;     /* id → driver: what a backend was told of */
  GHashTable *bases;     /* id → options by name, as the model has them */
  GPtrArray *troubles;   /* sentences about the profile */
};

G_DEFINE_FINAL_TYPE (WbDeviceRig, wb_device_rig, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- Options ------------------------------------------------------------------------------------------- */

/* A device that has just come has what its model says. */
static void
remember_base (WbDeviceRig *self, WbDevice *device)
{
  GHashTable *base = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  guint n = 0;
  const WbDeviceOption *options = wb_device_get_options (device, &n);

  for (guint i = 0; i < n; i++)
    g_hash_table_insert (base, g_strdup (options[i].name), g_strdup (wb_device_get_option (device, options[i].name)));
  g_hash_table_insert (self->bases, g_strdup (wb_device_get_id (device)), base);
}

static void
complain (WbDeviceRig *self, const char *message)
{
  if (g_ptr_array_find_with_equal_func (self->troubles, message, g_str_equal, NULL))
    return;
  g_debug ("profile: %s", message);
  g_ptr_array_add (self->troubles, g_strdup (message));
}

/* TRUE: something is set otherwise than before. */
static gboolean
set_options (WbDeviceRig *self, WbDevice *device)
{
  const WbStationDevice *said = wb_station_profile_find_device (self->profile, wb_device_get_id (device));
  guint n = 0;
  const WbDeviceOption *options = wb_device_get_options (device, &n);
  gboolean differs = FALSE;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GError) error = NULL;
      const char *name = options[i].name;
      const char *value = said != NULL ? g_hash_table_lookup (said->options, name) : NULL;
      g_autofree char *before = g_strdup (wb_device_get_option (device, name));

      if (value == NULL)
        value = wb_device_rig_get_base_option (self, device, name);
      if (g_strcmp0 (before, value) == 0)
        continue;
      if (wb_device_set_option (device, name, value, &error))
        differs = TRUE;
      else
        complain (self, error->message);
    }
  return differs;
}

/* Comes before everybody else hears of the device, since nobody knows the hub earlier. */
static void
items_cb (WbDeviceRig *self, guint position, guint removed, guint added)
{
  for (guint i = 0; i < added; i++)
    {
      g_autoptr(WbDevice) device = g_list_model_get_item (G_LIST_MODEL (self->hub), position + i);

      remember_base (self, device);
      set_options (self, device);
    }
}

/* ---- What somebody named ----------------------------------------------------------------------------------- */

static gboolean
read_keyboard (const char *text, guint16 *vendor, guint16 *product)
{
  g_auto(GStrv) ids = g_strsplit (text, ":", -1);
  guint64 numbers[2] = { 0 };

  if (g_strv_length (ids) != 2)
    return FALSE;
  for (guint i = 0; i < 2; i++)
    if (!g_ascii_string_to_unsigned (ids[i], 16, 0, G_MAXUINT16, &numbers[i], NULL))
      return FALSE;
  *vendor = (guint16) numbers[0];
  *product = (guint16) numbers[1];
  return TRUE;
}

static gboolean
tell_backend (WbDeviceRig *self, const char *id, const char *driver, GError **error)
{
  guint16 vendor = 0;
  guint16 product = 0;

  if (g_str_has_prefix (id, "serial:/"))
    return wb_serial_backend_add_port (WB_SERIAL_BACKEND (self->serial), id + strlen ("serial:"), driver, error);
  if (g_str_has_prefix (id, "nfc:"))
    return wb_nfc_backend_add_address (WB_NFC_BACKEND (self->nfc), id + strlen ("nfc:"), error);
  if (g_str_has_prefix (id, "keyboard:") && read_keyboard (id + strlen ("keyboard:"), &vendor, &product))
    {
      wb_evdev_backend_name (WB_EVDEV_BACKEND (self->evdev), vendor, product);
      return TRUE;
    }
  if (g_str_has_prefix (id, "socket:"))
    return wb_printer_backend_add_address (WB_PRINTER_BACKEND (self->printer), id + strlen ("socket:"), error);
  if (g_str_has_prefix (id, "camera:"))
    {
      wb_camera_backend_add_source (WB_CAMERA_BACKEND (self->camera), id + strlen ("camera:"), "");
      return TRUE;
    }
  if (g_str_has_prefix (id, "voice:"))
    {
      wb_voice_backend_add_source (WB_VOICE_BACKEND (self->voice), id + strlen ("voice:"), "");
      return TRUE;
    }
  g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND, _ ("the profile names “%s”, and nothing can look for that"), id);
  return FALSE;
}

static void
untell_backend (WbDeviceRig *self, const char *id)
{
  guint16 vendor = 0;
  guint16 product = 0;

  if (g_str_has_prefix (id, "serial:/"))
    wb_serial_backend_remove_port (WB_SERIAL_BACKEND (self->serial), id + strlen ("serial:"));
  else if (g_str_has_prefix (id, "nfc:"))
    wb_nfc_backend_remove_address (WB_NFC_BACKEND (self->nfc), id + strlen ("nfc:"));
  else if (g_str_has_prefix (id, "socket:"))
    wb_printer_backend_remove_address (WB_PRINTER_BACKEND (self->printer), id + strlen ("socket:"));
  else if (g_str_has_prefix (id, "camera:"))
    wb_camera_backend_remove_source (WB_CAMERA_BACKEND (self->camera), id + strlen ("camera:"));
  else if (g_str_has_prefix (id, "voice:"))
    wb_voice_backend_remove_source (WB_VOICE_BACKEND (self->voice), id + strlen ("voice:"));
  else if (g_str_has_prefix (id, "keyboard:") && read_keyboard (id + strlen ("keyboard:"), &vendor, &product))
    wb_evdev_backend_unname (WB_EVDEV_BACKEND (self->evdev), vendor, product);
}

static void
forget_named (WbDeviceRig *self)
{
  GHashTableIter iter;
  gpointer id = NULL;
  gpointer driver = NULL;

  g_hash_table_iter_init (&iter, self->named);
  while (g_hash_table_iter_next (&iter, &id, &driver))
    {
      const WbStationDevice *said = wb_station_profile_find_device (self->profile, id);

      if (said != NULL && strcmp (said->driver, driver) == 0)
        continue;
      untell_backend (self, id);
      g_hash_table_iter_remove (&iter);
    }
}

static void
name_all (WbDeviceRig *self)
{
  GPtrArray *devices = wb_station_profile_get_devices (self->profile);

  for (guint i = 0; i < devices->len; i++)
    {
      const WbStationDevice *said = g_ptr_array_index (devices, i);
      g_autoptr(GError) error = NULL;

      if (*said->driver == '\0' || g_hash_table_contains (self->named, said->id))
        continue;
      if (tell_backend (self, said->id, said->driver, &error))
        g_hash_table_insert (self->named, g_strdup (said->id), g_strdup (said->driver));
      else
        complain (self, error->message);
    }
}

/* ---- Life ---------------------------------------------------------------------------------------------------- */

static void
wb_device_rig_dispose (GObject *object)
{
  WbDeviceRig *self = WB_DEVICE_RIG (object);

  if (self->hub != NULL)
    wb_device_hub_stop (self->hub);
  g_clear_object (&self->hub);
  g_clear_object (&self->usb);
  g_clear_object (&self->serial);
  g_clear_object (&self->evdev);
  g_clear_object (&self->nfc);
  g_clear_object (&self->camera);
  g_clear_object (&self->printer);
  g_clear_object (&self->voice);
  G_OBJECT_CLASS (wb_device_rig_parent_class)->dispose (object);
}

static void
wb_device_rig_finalize (GObject *object)
{
  WbDeviceRig *self = WB_DEVICE_RIG (object);

  wb_station_profile_free (self->profile);
  g_hash_table_unref (self->named);
  g_hash_table_unref (self->bases);
  g_ptr_array_unref (self->troubles);
  wb_device_models_unref (self->models);
  G_OBJECT_CLASS (wb_device_rig_parent_class)->finalize (object);
}

static void
wb_device_rig_class_init (WbDeviceRigClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = wb_device_rig_dispose;
  object_class->finalize = wb_device_rig_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_device_rig_init (WbDeviceRig *self)
{
  g_autoptr(WbPrintLedger) ledger = NULL;

  self->models = wb_device_models_new ();
  self->profile = wb_station_profile_new ();
  self->named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->bases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  self->troubles = g_ptr_array_new_with_free_func (g_free);
  self->hub = wb_device_hub_new ();
  g_signal_connect_object (self->hub, "items-changed", G_CALLBACK (items_cb), self, G_CONNECT_SWAPPED);
  self->usb = wb_usb_backend_new (self->models);
  self->serial = wb_serial_backend_new (self->models);
  self->evdev = wb_evdev_backend_new (self->models);
  self->nfc = wb_nfc_backend_new (self->models);
  self->camera = wb_camera_backend_new ();
  /* for trying printers out; what a station prints goes through a queue with a ledger that is kept */
  ledger = wb_print_ledger_new (NULL);
  self->printer = wb_printer_backend_new (NULL, ledger);
  self->voice = wb_voice_backend_new ();
}

WbDeviceRig *
wb_device_rig_new_for_printers (void)
{
  WbDeviceRig *self = g_object_new (WB_TYPE_DEVICE_RIG, NULL);

  wb_device_hub_add_backend (self->hub, self->printer);
  return self;
}

WbDeviceRig *
wb_device_rig_new (void)
{
  WbDeviceRig *self = g_object_new (WB_TYPE_DEVICE_RIG, NULL);

  wb_device_hub_add_backend (self->hub, self->usb);
  wb_device_hub_add_backend (self->hub, self->serial);
  wb_device_hub_add_backend (self->hub, self->evdev);
  wb_device_hub_add_backend (self->hub, self->nfc);
  wb_device_hub_add_backend (self->hub, self->camera);
  wb_device_hub_add_backend (self->hub, self->printer);
  wb_device_hub_add_backend (self->hub, self->voice);
  return self;
}

WbDeviceHub *
wb_device_rig_get_hub (WbDeviceRig *self)
{
  g_return_val_if_fail (WB_IS_DEVICE_RIG (self), NULL);

  return self->hub;
}

gboolean
wb_device_rig_is_looking (WbDeviceRig *self)
{
  g_return_val_if_fail (WB_IS_DEVICE_RIG (self), FALSE);

  return wb_nfc_backend_is_looking (WB_NFC_BACKEND (self->nfc)) || wb_camera_backend_is_looking (WB_CAMERA_BACKEND (self->camera));
}

void
wb_device_rig_add_camera (WbDeviceRig *self, const char *name, const char *source)
{
  g_return_if_fail (WB_IS_DEVICE_RIG (self));

  wb_camera_backend_add_source (WB_CAMERA_BACKEND (self->camera), name, source);
}

void
wb_device_rig_add_microphone (WbDeviceRig *self, const char *name, const char *source)
{
  g_return_if_fail (WB_IS_DEVICE_RIG (self));

  wb_voice_backend_add_source (WB_VOICE_BACKEND (self->voice), name, source);
}

void
wb_device_rig_set_profile (WbDeviceRig *self, const WbStationProfile *profile)
{
  g_return_if_fail (WB_IS_DEVICE_RIG (self) && profile != NULL);

  if (wb_station_profile_equal (self->profile, profile))
    return;
  wb_station_profile_free (self->profile);
  self->profile = wb_station_profile_copy (profile);
  g_ptr_array_set_size (self->troubles, 0);
  forget_named (self);
  name_all (self);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->hub)); i++)
    {
      g_autoptr(WbDevice) device = g_list_model_get_item (G_LIST_MODEL (self->hub), i);

      if (set_options (self, device))
        wb_device_reopen (device);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

const WbStationProfile *
wb_device_rig_get_profile (WbDeviceRig *self)
{
  g_return_val_if_fail (WB_IS_DEVICE_RIG (self), NULL);

  return self->profile;
}

char **
wb_device_rig_get_troubles (WbDeviceRig *self)
{
  g_autoptr(GStrvBuilder) all = g_strv_builder_new ();
  g_auto(GStrv) backends = NULL;

  g_return_val_if_fail (WB_IS_DEVICE_RIG (self), NULL);

  backends = wb_device_hub_get_troubles (self->hub);
  g_strv_builder_addv (all, (const char **) backends);
  for (guint i = 0; i < self->troubles->len; i++)
    g_strv_builder_add (all, g_ptr_array_index (self->troubles, i));
  return g_strv_builder_end (all);
}

const char *
wb_device_rig_get_print_trouble (WbDeviceRig *self)
{
  g_return_val_if_fail (WB_IS_DEVICE_RIG (self), NULL);

  return wb_device_backend_get_trouble (self->printer);
}

static const WbStationDevice *
find_said (WbDeviceRig *self, WbDevice *device)
{
  return wb_station_profile_find_device (self->profile, wb_device_get_id (device));
}

gboolean
wb_device_rig_is_used (WbDeviceRig *self, WbDevice *device)
{
  const WbStationDevice *said = NULL;

  g_return_val_if_fail (WB_IS_DEVICE_RIG (self) && WB_IS_DEVICE (device), FALSE);

  said = find_said (self, device);
  return said == NULL || said->is_used;
}

const char *
wb_device_rig_get_name (WbDeviceRig *self, WbDevice *device)
{
  const WbStationDevice *said = NULL;

  g_return_val_if_fail (WB_IS_DEVICE_RIG (self) && WB_IS_DEVICE (device), NULL);

  said = find_said (self, device);
  return said != NULL && *said->name != '\0' ? said->name : wb_device_get_name (device);
}

const char *
wb_device_rig_get_role (WbDeviceRig *self, WbDevice *device)
{
  const WbStationDevice *said = NULL;

  g_return_val_if_fail (WB_IS_DEVICE_RIG (self) && WB_IS_DEVICE (device), NULL);

  said = find_said (self, device);
  return said != NULL ? said->role : WB_STATION_ROLE_ANY;
}

const char *
wb_device_rig_get_base_option (WbDeviceRig *self, WbDevice *device, const char *name)
{
  GHashTable *base = NULL;

  g_return_val_if_fail (WB_IS_DEVICE_RIG (self) && WB_IS_DEVICE (device) && name != NULL, NULL);

  base = g_hash_table_lookup (self->bases, wb_device_get_id (device));
  return base != NULL ? g_hash_table_lookup (base, name) : NULL;
}
