/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <gudev/gudev.h>
#include <string.h>

#include "devices/wb-evdev-backend.h"
#include "devices/wb-scanner-evdev.h"

#define DRIVER "evdev-scanner"

struct _WbEvdevBackend
{
  WbDeviceBackend parent_instance;

  /* Owned references */
  WbDeviceModels *models;
  GUdevClient *udev;
  GArray *named; /* guint32: vendor << 16 | product */
};

G_DEFINE_FINAL_TYPE (WbEvdevBackend, wb_evdev_backend, WB_TYPE_DEVICE_BACKEND)

static guint16
read_id (GUdevDevice *device, const char *property)
{
  const char *text = g_udev_device_get_property (device, property);

  return text != NULL ? (guint16) g_ascii_strtoull (text, NULL, 16) : 0;
}

static gboolean
is_named (WbEvdevBackend *self, guint32 ids)
{
  for (guint i = 0; i < self->named->len; i++)
    if (g_array_index (self->named, guint32, i) == ids)
      return TRUE;
  return FALSE;
}

static char *
make_id (GUdevDevice *device)
{
  const char *serial = g_udev_device_get_property (device, "ID_SERIAL");
  const char *path = g_udev_device_get_property (device, "ID_PATH");

  return g_strconcat ("evdev:", serial != NULL ? serial : "", path != NULL ? "@" : "", path, NULL);
}

static void
take (WbEvdevBackend *self, GUdevDevice *device)
{
  const char *file = g_udev_device_get_device_file (device);
  guint16 vendor = read_id (device, "ID_VENDOR_ID");
  guint16 product = read_id (device, "ID_MODEL_ID");
  const WbDeviceModel *model = NULL;
  const char *name = NULL;
  g_autofree char *id = NULL;
  g_autoptr(WbDevice) scanner = NULL;

  if (file == NULL || strstr (file, "/event") == NULL || vendor == 0
      || !g_udev_device_get_property_as_boolean (device, "ID_INPUT_KEYBOARD"))
    return;
  model = wb_device_models_find_usb (self->models, vendor, product, 0);
  if (model != NULL && strcmp (model->driver, DRIVER) != 0)
    model = NULL;
  if (model == NULL && !is_named (self, (guint32) vendor << 16 | product))
    return;
  id = make_id (device);
  name = g_udev_device_get_property (device, "ID_MODEL");
  scanner = wb_scanner_evdev_new (file, id, model != NULL ? model->name : name != NULL ? name : id);
  if (model != NULL)
    wb_device_model_apply (model, scanner);
  _wb_device_backend_add (WB_DEVICE_BACKEND (self), scanner);
}

static void
uevent_cb (WbEvdevBackend *self, const char *action, GUdevDevice *device)
{
  g_autofree char *id = make_id (device);
  WbDevice *known = _wb_device_backend_find (WB_DEVICE_BACKEND (self), id);
  const char *file = g_udev_device_get_device_file (device);

  if (strcmp (action, "add") == 0)
    take (self, device);
  else if (strcmp (action, "remove") == 0 && known != NULL && file != NULL && strstr (file, "/event") != NULL)
    _wb_device_backend_remove (WB_DEVICE_BACKEND (self), known);
}

static void
look (WbEvdevBackend *self)
{
  GList *found = g_udev_client_query_by_subsystem (self->udev, "input");

  for (GList *l = found; l != NULL; l = l->next)
    {
      g_autofree char *id = make_id (l->data);

      if (_wb_device_backend_find (WB_DEVICE_BACKEND (self), id) == NULL)
        take (self, l->data);
    }
  g_list_free_full (found, g_object_unref);
}

static void
wb_evdev_backend_start (WbDeviceBackend *backend)
{
  static const char *const subsystems[] = { "input", NULL };
  WbEvdevBackend *self = WB_EVDEV_BACKEND (backend);

  self->udev = g_udev_client_new (subsystems);
  g_signal_connect_object (self->udev, "uevent", G_CALLBACK (uevent_cb), self, G_CONNECT_SWAPPED);
  look (self);
}

static void
wb_evdev_backend_stop (WbDeviceBackend *backend)
{
  g_clear_object (&WB_EVDEV_BACKEND (backend)->udev);
}

static void
wb_evdev_backend_finalize (GObject *object)
{
  WbEvdevBackend *self = WB_EVDEV_BACKEND (object);

  g_array_unref (self->named);
  wb_device_models_unref (self->models);
  G_OBJECT_CLASS (wb_evdev_backend_parent_class)->finalize (object);
}

static void
wb_evdev_backend_class_init (WbEvdevBackendClass *class)
{
  WbDeviceBackendClass *backend_class = WB_DEVICE_BACKEND_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = wb_evdev_backend_finalize;
  backend_class->start = wb_evdev_backend_start;
  backend_class->stop = wb_evdev_backend_stop;
}

static void
wb_evdev_backend_init (WbEvdevBackend *self)
{
  self->named = g_array_new (FALSE, FALSE, sizeof (guint32));
}

WbDeviceBackend *
wb_evdev_backend_new (WbDeviceModels *models)
{
  WbEvdevBackend *self = NULL;

  g_return_val_if_fail (models != NULL, NULL);

  self = g_object_new (WB_TYPE_EVDEV_BACKEND, NULL);
  self->models = wb_device_models_ref (models);
  return WB_DEVICE_BACKEND (self);
}

void
wb_evdev_backend_name (WbEvdevBackend *self, guint16 vendor, guint16 product)
{
  guint32 ids = (guint32) vendor << 16 | product;

  g_return_if_fail (WB_IS_EVDEV_BACKEND (self));

  if (is_named (self, ids))
    return;
  g_array_append_val (self->named, ids);
  if (self->udev != NULL)
    look (self);
}

void
wb_evdev_backend_unname (WbEvdevBackend *self, guint16 vendor, guint16 product)
{
  guint32 ids = (guint32) vendor << 16 | product;
  GList *found = NULL;

  g_return_if_fail (WB_IS_EVDEV_BACKEND (self));

  for (guint i = 0; i < self->named->len; i++)
    if (g_array_index (self->named, guint32, i) == ids)
      g_array_remove_index (self->named, i--);
  found = self->udev != NULL ? g_udev_client_query_by_subsystem (self->udev, "input") : NULL;
  for (GList *l = found; l != NULL; l = l->next)
    {
      g_autofree char *id = make_id (l->data);
      WbDevice *known = _wb_device_backend_find (WB_DEVICE_BACKEND (self), id);
      const WbDeviceModel *model = wb_device_models_find_usb (self->models, vendor, product, 0);

      if (known != NULL && read_id (l->data, "ID_VENDOR_ID") == vendor && read_id (l->data, "ID_MODEL_ID") == product
          && (model == NULL || strcmp (model->driver, DRIVER) != 0))
        _wb_device_backend_remove (WB_DEVICE_BACKEND (self), known);
    }
  g_list_free_full (found, g_object_unref);
}
