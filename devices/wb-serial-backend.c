/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <gudev/gudev.h>
#include <string.h>

#include "devices/wb-file-watch.h"
#include "devices/wb-scale-serial.h"
#include "devices/wb-scanner-serial.h"
#include "devices/wb-serial-backend.h"

struct _WbSerialBackend
{
  WbDeviceBackend parent_instance;

  gboolean is_started;

  /* Owned references */
  WbDeviceModels *models;
  GUdevClient *udev;
  GHashTable *ports; /* path → Port */
  GHashTable *found; /* device file → id, of those that udev told of */
};

/* A port that somebody named. */
typedef struct
{
  WbSerialBackend *backend; /* borrowed */
  char *path;
  char *id;
  char *driver;
  WbFileWatch *watch;
} Port;

G_DEFINE_FINAL_TYPE (WbSerialBackend, wb_serial_backend, WB_TYPE_DEVICE_BACKEND)

static WbDevice *
make_device (const char *driver, const char *path, const char *id, const char *name)
{
  const WbScaleProtocol *protocol = wb_scale_protocol_find (driver);

  if (protocol != NULL)
    return wb_scale_serial_new (protocol, path, id, name);
  if (strcmp (driver, "serial-scanner") == 0)
    return wb_scanner_serial_new (path, id, name);
  return NULL;
}

/* ---- What udev tells ----------------------------------------------------------------------------------- */

static guint16
read_id (GUdevDevice *device, const char *property)
{
  const char *text = g_udev_device_get_property (device, property);

  return text != NULL ? (guint16) g_ascii_strtoull (text, NULL, 16) : 0;
}

/* Some makers give all of a model the same serial number: then the second one is told by where it is plugged in. */
static char *
make_id (WbSerialBackend *self, GUdevDevice *device)
{
  const char *serial = g_udev_device_get_property (device, "ID_SERIAL");
  const char *interface = g_udev_device_get_property (device, "ID_USB_INTERFACE_NUM");
  const char *place = g_udev_device_get_property (device, "ID_PATH");
  g_autofree char *id = NULL;

  if (serial == NULL)
    return g_strconcat ("serial:", g_udev_device_get_device_file (device), NULL);
  id = g_strconcat ("serial:usb-", serial, interface != NULL ? "-if" : "", interface, NULL);
  if (_wb_device_backend_find (WB_DEVICE_BACKEND (self), id) == NULL)
    return g_steal_pointer (&id);
  return g_strconcat (id, "@", place != NULL ? place : g_udev_device_get_name (device), NULL);
}

static void
take (WbSerialBackend *self, GUdevDevice *device)
{
  guint16 vendor = read_id (device, "ID_VENDOR_ID");
  const char *path = g_udev_device_get_device_file (device);
  const WbDeviceModel *model = vendor != 0
                                   ? wb_device_models_find_usb (self->models, vendor, read_id (device, "ID_MODEL_ID"), 0)
                                   : NULL;
  g_autofree char *id = NULL;
  g_autoptr(WbDevice) one = NULL;

  if (path == NULL || model == NULL || g_hash_table_contains (self->found, path))
    return;
  id = make_id (self, device);
  one = make_device (model->driver, path, id, model->name);
  if (one == NULL)
    return;
  wb_device_model_apply (model, one);
  g_hash_table_insert (self->found, g_strdup (path), g_steal_pointer (&id));
  _wb_device_backend_add (WB_DEVICE_BACKEND (self), one);
}

static void
uevent_cb (WbSerialBackend *self, const char *action, GUdevDevice *device)
{
  const char *path = g_udev_device_get_device_file (device);
  const char *id = NULL;
  WbDevice *known = NULL;

  if (strcmp (action, "add") == 0)
    {
      take (self, device);
      return;
    }
  id = path != NULL && strcmp (action, "remove") == 0 ? g_hash_table_lookup (self->found, path) : NULL;
  known = id != NULL ? _wb_device_backend_find (WB_DEVICE_BACKEND (self), id) : NULL;
  if (known != NULL)
    _wb_device_backend_remove (WB_DEVICE_BACKEND (self), known);
  if (id != NULL)
    g_hash_table_remove (self->found, path);
}

/* ---- Ports that somebody named --------------------------------------------------------------------------- */

static void
free_port (gpointer data)
{
  Port *port = data;
  WbDevice *device = _wb_device_backend_find (WB_DEVICE_BACKEND (port->backend), port->id);

  g_clear_pointer (&port->watch, wb_file_watch_free);
  if (device != NULL)
    _wb_device_backend_remove (WB_DEVICE_BACKEND (port->backend), device);
  g_free (port->path);
  g_free (port->id);
  g_free (port->driver);
  g_free (port);
}

static void
look_cb (gboolean is_there, gpointer user_data)
{
  Port *port = user_data;
  WbDeviceBackend *backend = WB_DEVICE_BACKEND (port->backend);
  WbDevice *known = _wb_device_backend_find (backend, port->id);

  if (known == NULL && is_there)
    {
      g_autofree char *place = g_path_get_basename (port->path);
      g_autofree char *name = g_strdup_printf (wb_scale_protocol_find (port->driver) != NULL ? _ ("Scale at %s") : _ ("Scanner at %s"),
                                               place);
      g_autoptr(WbDevice) device = make_device (port->driver, port->path, port->id, name);

      _wb_device_backend_add (backend, device);
    }
  else if (known != NULL && !is_there)
    _wb_device_backend_remove (backend, known);
}

static void
watch_port (Port *port)
{
  port->watch = wb_file_watch_new (port->path, look_cb, port);
}

static void
unwatch_port (Port *port)
{
  g_clear_pointer (&port->watch, wb_file_watch_free);
}

/* ---- WbDeviceBackend --------------------------------------------------------------------------------------- */

static void
wb_serial_backend_start (WbDeviceBackend *backend)
{
  static const char *const subsystems[] = { "tty", NULL };
  WbSerialBackend *self = WB_SERIAL_BACKEND (backend);
  GHashTableIter iter;
  gpointer port = NULL;
  GList *found = NULL;

  self->is_started = TRUE;
  self->udev = g_udev_client_new (subsystems);
  g_signal_connect_object (self->udev, "uevent", G_CALLBACK (uevent_cb), self, G_CONNECT_SWAPPED);
  found = g_udev_client_query_by_subsystem (self->udev, "tty");
  for (GList *l = found; l != NULL; l = l->next)
    take (self, l->data);
  g_list_free_full (found, g_object_unref);
  g_hash_table_iter_init (&iter, self->ports);
  while (g_hash_table_iter_next (&iter, NULL, &port))
    watch_port (port);
}

static void
wb_serial_backend_stop (WbDeviceBackend *backend)
{
  WbSerialBackend *self = WB_SERIAL_BACKEND (backend);
  GHashTableIter iter;
  gpointer port = NULL;

  self->is_started = FALSE;
  g_clear_object (&self->udev);
  g_hash_table_remove_all (self->found);
  g_hash_table_iter_init (&iter, self->ports);
  while (g_hash_table_iter_next (&iter, NULL, &port))
    unwatch_port (port);
}

static void
wb_serial_backend_finalize (GObject *object)
{
  WbSerialBackend *self = WB_SERIAL_BACKEND (object);

  g_hash_table_unref (self->ports);
  g_hash_table_unref (self->found);
  wb_device_models_unref (self->models);
  G_OBJECT_CLASS (wb_serial_backend_parent_class)->finalize (object);
}

static void
wb_serial_backend_dispose (GObject *object)
{
  g_hash_table_remove_all (WB_SERIAL_BACKEND (object)->ports);
  G_OBJECT_CLASS (wb_serial_backend_parent_class)->dispose (object);
}

static void
wb_serial_backend_class_init (WbSerialBackendClass *class)
{
  WbDeviceBackendClass *backend_class = WB_DEVICE_BACKEND_CLASS (class);
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = wb_serial_backend_dispose;
  object_class->finalize = wb_serial_backend_finalize;
  backend_class->start = wb_serial_backend_start;
  backend_class->stop = wb_serial_backend_stop;
}

static void
wb_serial_backend_init (WbSerialBackend *self)
{
  self->ports = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_port);
  self->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

WbDeviceBackend *
wb_serial_backend_new (WbDeviceModels *models)
{
  WbSerialBackend *self = NULL;

  g_return_val_if_fail (models != NULL, NULL);

  self = g_object_new (WB_TYPE_SERIAL_BACKEND, NULL);
  self->models = wb_device_models_ref (models);
  return WB_DEVICE_BACKEND (self);
}

gboolean
wb_serial_backend_add_port (WbSerialBackend *self, const char *path, const char *driver, GError **error)
{
  Port *port = NULL;

  g_return_val_if_fail (WB_IS_SERIAL_BACKEND (self) && path != NULL && driver != NULL, FALSE);

  if (strcmp (driver, "serial-scanner") != 0 && wb_scale_protocol_find (driver) == NULL)
    {
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND, _ ("“%s” is not what can hang at a serial port"), driver);
      return FALSE;
    }
  g_hash_table_remove (self->ports, path);
  port = g_new0 (Port, 1);
  port->backend = self;
  port->path = g_strdup (path);
  port->id = g_strconcat ("serial:", path, NULL);
  port->driver = g_strdup (driver);
  g_hash_table_insert (self->ports, port->path, port);
  if (self->is_started)
    watch_port (port);
  return TRUE;
}

void
wb_serial_backend_remove_port (WbSerialBackend *self, const char *path)
{
  g_return_if_fail (WB_IS_SERIAL_BACKEND (self) && path != NULL);

  g_hash_table_remove (self->ports, path);
}
