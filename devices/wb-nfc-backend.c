/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <gudev/gudev.h>
#include <string.h>

#include "devices/wb-file-watch.h"
#include "devices/wb-nfc-backend.h"
#include "devices/wb-nfc-chip.h"
#include "devices/wb-nfc-reader.h"

struct _WbNfcBackend
{
  WbDeviceBackend parent_instance;

  gboolean is_started;
  gboolean is_looking;
  gboolean look_again;

  /* Owned references */
  WbDeviceModels *models;
  GUdevClient *udev;
  GHashTable *addresses; /* address → Address */
  GHashTable *places;    /* "001:005" → id of the reader that hangs there */
};

/* An address that somebody named. */
typedef struct
{
  WbNfcBackend *backend; /* borrowed */
  char *address;
  char *id;
  WbFileWatch *watch;
} Address;

G_DEFINE_FINAL_TYPE (WbNfcBackend, wb_nfc_backend, WB_TYPE_DEVICE_BACKEND)

/* ---- Readers at USB ---------------------------------------------------------------------------------------- */

/* Its own drivers for USB, by which the models of data/devices/ are called, and which begin its addresses. */
static const char *const usb_drivers[] = { "acr122_usb", "pn53x_usb", NULL };

/* "pn53x_usb:001:005" → "001:005"; NULL for what does not hang at USB. */
static char *
find_place (const char *address)
{
  g_auto(GStrv) parts = g_strsplit (address, ":", -1);

  if (g_strv_length (parts) != 3 || !g_str_has_suffix (parts[0], "_usb"))
    return NULL;
  return g_strdup_printf ("%s:%s", parts[1], parts[2]);
}

static char *
get_place (GUdevDevice *usb)
{
  const char *bus = g_udev_device_get_property (usb, "BUSNUM");
  const char *number = g_udev_device_get_property (usb, "DEVNUM");

  return bus != NULL && number != NULL ? g_strdup_printf ("%s:%s", bus, number) : NULL;
}

static GUdevDevice *
find_usb (WbNfcBackend *self, const char *place)
{
  GList *devices = g_udev_client_query_by_subsystem (self->udev, "usb");
  GUdevDevice *found = NULL;

  for (GList *l = devices; l != NULL && found == NULL; l = l->next)
    {
      g_autofree char *one = get_place (l->data);

      if (g_strcmp0 (one, place) == 0)
        found = g_object_ref (l->data);
    }
  g_list_free_full (devices, g_object_unref);
  return found;
}

/* The same reader at the same plug is the same one tomorrow, whatever number the bus gives it. */
static char *
make_id (GUdevDevice *device)
{
  const char *serial = g_udev_device_get_property (device, "ID_SERIAL");
  const char *path = g_udev_device_get_property (device, "ID_PATH");
  gboolean is_unique = g_udev_device_has_property (device, "ID_SERIAL_SHORT");

  if (serial == NULL)
    return g_strconcat ("nfc:usb-", g_udev_device_get_name (device), NULL);
  return g_strconcat ("nfc:usb-", serial, is_unique || path == NULL ? "" : "@", is_unique ? NULL : path, NULL);
}

static char *
make_name (GUdevDevice *device, const char *otherwise)
{
  const char *maker = g_udev_device_get_property (device, "ID_VENDOR");
  const char *model = g_udev_device_get_property (device, "ID_MODEL");
  char *name = model != NULL ? g_strconcat (maker != NULL ? maker : "", maker != NULL ? " " : "", model, NULL) : g_strdup (otherwise);

  return g_strdelimit (name, "_", ' ');
}

static guint16
read_id (GUdevDevice *device, const char *attribute)
{
  const char *text = g_udev_device_get_sysfs_attr (device, attribute);

  return text != NULL ? (guint16) g_ascii_strtoull (text, NULL, 16) : 0;
}

/*
 * A reader that we know is there as soon as it is plugged in, also when libnfc, which tries out what it finds, may not use it: then that is
 * said of the reader. FALSE when it is none.
 */
static gboolean
take_usb (WbNfcBackend *self, GUdevDevice *usb)
{
  const WbDeviceModel *model = wb_device_models_find_usb (self->models, read_id (usb, "idVendor"), read_id (usb, "idProduct"), 0);
  g_autofree char *place = get_place (usb);
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  g_autofree char *address = NULL;
  g_autoptr(WbDevice) reader = NULL;

  if (model == NULL || place == NULL || !g_strv_contains (usb_drivers, model->driver))
    return FALSE;
  if (g_hash_table_contains (self->places, place))
    return TRUE;
  id = make_id (usb);
  name = make_name (usb, model->name);
  address = g_strconcat (model->driver, ":", place, NULL);
  reader = wb_nfc_reader_new (address, id, name);
  wb_device_model_apply (model, reader);
  g_hash_table_insert (self->places, g_strdup (place), g_strdup (id));
  _wb_device_backend_add (WB_DEVICE_BACKEND (self), reader);
  return TRUE;
}

static void
take_plugged_in (WbNfcBackend *self)
{
  GList *devices = g_udev_client_query_by_subsystem (self->udev, "usb");

  for (GList *l = devices; l != NULL; l = l->next)
    if (g_strcmp0 (g_udev_device_get_devtype (l->data), "usb_device") == 0)
      take_usb (self, l->data);
  g_list_free_full (devices, g_object_unref);
}

/* ---- What libnfc finds besides: models that we do not know, and what its own configuration names ------------ */

static void
take (WbNfcBackend *self, const char *address)
{
  g_autofree char *place = find_place (address);
  g_autoptr(GUdevDevice) usb = place != NULL ? find_usb (self, place) : NULL;
  g_autofree char *id = usb != NULL ? make_id (usb) : g_strconcat ("nfc:", address, NULL);
  g_autofree char *name = usb != NULL ? make_name (usb, _ ("NFC reader")) : g_strdup_printf (_ ("NFC reader at %s"), address);
  g_autoptr(WbDevice) reader = NULL;

  if (g_hash_table_contains (self->addresses, address))
    return;
  if (place != NULL && g_hash_table_contains (self->places, place))
    return;
  if (place == NULL && _wb_device_backend_find (WB_DEVICE_BACKEND (self), id) != NULL)
    return;
  if (place != NULL)
    g_hash_table_insert (self->places, g_strdup (place), g_strdup (id));
  reader = wb_nfc_reader_new (address, id, name);
  _wb_device_backend_add (WB_DEVICE_BACKEND (self), reader);
}

static void
list_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_pointer (task, wb_nfc_chip_list (), (GDestroyNotify) g_strfreev);
}

static void look (WbNfcBackend *self);

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbNfcBackend *self = WB_NFC_BACKEND (source);
  g_auto(GStrv) found = g_task_propagate_pointer (G_TASK (result), NULL);

  self->is_looking = FALSE;
  if (!self->is_started)
    return;
  for (guint i = 0; found != NULL && found[i] != NULL; i++)
    take (self, found[i]);
  if (self->look_again)
    look (self);
}

static void
look (WbNfcBackend *self)
{
  g_autoptr(GTask) task = NULL;

  self->look_again = self->is_looking;
  if (self->is_looking)
    return;
  self->is_looking = TRUE;
  task = g_task_new (self, NULL, listed_cb, NULL);
  g_task_set_source_tag (task, look);
  g_task_run_in_thread (task, list_thread);
}

/* One that is in use is not listed again, so that what is gone is said by udev. */
static void
uevent_cb (WbNfcBackend *self, const char *action, GUdevDevice *usb)
{
  g_autofree char *place = get_place (usb);
  const char *id = place != NULL ? g_hash_table_lookup (self->places, place) : NULL;
  WbDevice *known = id != NULL ? _wb_device_backend_find (WB_DEVICE_BACKEND (self), id) : NULL;

  if (strcmp (action, "add") == 0 && g_strcmp0 (g_udev_device_get_devtype (usb), "usb_device") == 0 && !take_usb (self, usb))
    look (self);
  if (strcmp (action, "remove") != 0 || id == NULL)
    return;
  if (known != NULL)
    _wb_device_backend_remove (WB_DEVICE_BACKEND (self), known);
  g_hash_table_remove (self->places, place);
}

/* ---- Addresses that somebody named ------------------------------------------------------------------------ */

static void
free_address (gpointer data)
{
  Address *address = data;
  WbDevice *reader = _wb_device_backend_find (WB_DEVICE_BACKEND (address->backend), address->id);

  g_clear_pointer (&address->watch, wb_file_watch_free);
  if (reader != NULL)
    _wb_device_backend_remove (WB_DEVICE_BACKEND (address->backend), reader);
  g_free (address->address);
  g_free (address->id);
  g_free (address);
}

static void
look_cb (gboolean is_there, gpointer user_data)
{
  Address *address = user_data;
  WbDeviceBackend *backend = WB_DEVICE_BACKEND (address->backend);
  WbDevice *known = _wb_device_backend_find (backend, address->id);

  if (known == NULL && is_there)
    {
      g_autofree char *name = g_strdup_printf (_ ("NFC reader at %s"), address->address);
      g_autoptr(WbDevice) reader = wb_nfc_reader_new (address->address, address->id, name);

      _wb_device_backend_add (backend, reader);
    }
  else if (known != NULL && !is_there)
    _wb_device_backend_remove (backend, known);
}

static void
watch_address (Address *address)
{
  g_auto(GStrv) parts = g_strsplit (address->address, ":", -1);

  if (g_strv_length (parts) > 1 && g_path_is_absolute (parts[1]))
    address->watch = wb_file_watch_new (parts[1], look_cb, address);
  else
    look_cb (TRUE, address);
}

/* ---- WbDeviceBackend --------------------------------------------------------------------------------------- */

static void
wb_nfc_backend_start (WbDeviceBackend *backend)
{
  static const char *const subsystems[] = { "usb/usb_device", NULL };
  WbNfcBackend *self = WB_NFC_BACKEND (backend);
  GHashTableIter iter;
  gpointer address = NULL;

  self->is_started = TRUE;
  self->udev = g_udev_client_new (subsystems);
  g_signal_connect_object (self->udev, "uevent", G_CALLBACK (uevent_cb), self, G_CONNECT_SWAPPED);
  g_hash_table_iter_init (&iter, self->addresses);
  while (g_hash_table_iter_next (&iter, NULL, &address))
    watch_address (address);
  take_plugged_in (self);
  look (self);
}

static void
wb_nfc_backend_stop (WbDeviceBackend *backend)
{
  WbNfcBackend *self = WB_NFC_BACKEND (backend);
  GHashTableIter iter;
  gpointer address = NULL;

  self->is_started = FALSE;
  g_clear_object (&self->udev);
  g_hash_table_remove_all (self->places);
  g_hash_table_iter_init (&iter, self->addresses);
  while (g_hash_table_iter_next (&iter, NULL, &address))
    g_clear_pointer (&((Address *) address)->watch, wb_file_watch_free);
}

static void
wb_nfc_backend_dispose (GObject *object)
{
  g_hash_table_remove_all (WB_NFC_BACKEND (object)->addresses);
  G_OBJECT_CLASS (wb_nfc_backend_parent_class)->dispose (object);
}

static void
wb_nfc_backend_finalize (GObject *object)
{
  WbNfcBackend *self = WB_NFC_BACKEND (object);

  g_hash_table_unref (self->addresses);
  g_hash_table_unref (self->places);
  wb_device_models_unref (self->models);
  G_OBJECT_CLASS (wb_nfc_backend_parent_class)->finalize (object);
}

static void
wb_nfc_backend_class_init (WbNfcBackendClass *class)
{
  WbDeviceBackendClass *backend_class = WB_DEVICE_BACKEND_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = wb_nfc_backend_dispose;
  G_OBJECT_CLASS (class)->finalize = wb_nfc_backend_finalize;
  backend_class->start = wb_nfc_backend_start;
  backend_class->stop = wb_nfc_backend_stop;
  /* libnfc would speak of each failure on its own, beside our log; the class sets that before there is a thread */
  g_type_ensure (WB_TYPE_NFC_READER);
  g_type_class_unref (g_type_class_ref (WB_TYPE_NFC_READER));
}

static void
wb_nfc_backend_init (WbNfcBackend *self)
{
  self->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_address);
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

WbDeviceBackend *
wb_nfc_backend_new (WbDeviceModels *models)
{
  WbNfcBackend *self = NULL;

  g_return_val_if_fail (models != NULL, NULL);

  self = g_object_new (WB_TYPE_NFC_BACKEND, NULL);
  self->models = wb_device_models_ref (models);
  return WB_DEVICE_BACKEND (self);
}

gboolean
wb_nfc_backend_is_looking (WbNfcBackend *self)
{
  g_return_val_if_fail (WB_IS_NFC_BACKEND (self), FALSE);

  return self->is_looking;
}

gboolean
wb_nfc_backend_add_address (WbNfcBackend *self, const char *text, GError **error)
{
  Address *address = NULL;

  g_return_val_if_fail (WB_IS_NFC_BACKEND (self) && text != NULL, FALSE);

  if (!g_regex_match_simple ("^[a-z0-9_]+(:[^:\\s]+)*$", text, 0, 0))
    {
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND,
                   _ ("“%s” is no address of an NFC reader: a driver and where it is, as in pn532_uart:/dev/ttyUSB0:115200"), text);
      return FALSE;
    }
  if (g_hash_table_contains (self->addresses, text))
    return TRUE;
  address = g_new0 (Address, 1);
  address->backend = self;
  address->address = g_strdup (text);
  address->id = g_strconcat ("nfc:", text, NULL);
  g_hash_table_insert (self->addresses, address->address, address);
  if (self->is_started)
    watch_address (address);
  return TRUE;
}

void
wb_nfc_backend_remove_address (WbNfcBackend *self, const char *address)
{
  g_return_if_fail (WB_IS_NFC_BACKEND (self) && address != NULL);

  g_hash_table_remove (self->addresses, address);
}
