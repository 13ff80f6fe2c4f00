/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <gst/gst.h>

#include "core/wb-clean.h"
#include "devices/wb-camera-backend.h"
#include "devices/wb-camera.h"
#include "devices/wb-media-private.h"

/* What cameras send raw or as JPEG, no larger and no faster than photos of a table need. */
#define V4L2_SOURCE                                                                                                       \
  "v4l2src device=\"%s\" ! capsfilter caps=\"video/x-raw,width=[1,1920],height=[1,1080];"                                 \
  "image/jpeg,width=[1,1920],height=[1,1080]\" ! videorate drop-only=true max-rate=15 ! decodebin"

struct _WbCameraBackend
{
  WbDeviceBackend parent_instance;

  gboolean is_started;
  guint n_looking; /* threads that have not said yet what there is */
  guint bus_watch;

  /* Owned references */
  GHashTable *sources; /* name → fragment */
  GstDeviceMonitor *monitor; /* once it runs */
};

G_DEFINE_FINAL_TYPE (WbCameraBackend, wb_camera_backend, WB_TYPE_DEVICE_BACKEND)

/* ---- What the monitor tells -------------------------------------------------------------------------- */

/* The same at the same port, or for the same serial number; the number of /dev/video changes as it likes. */
static char *
make_id (const GstStructure *facts, const char *path)
{
  const char *serial = gst_structure_get_string (facts, "device.serial");
  const char *bus = gst_structure_get_string (facts, "device.bus_path");
  g_autofree char *id = g_strconcat ("camera:", serial != NULL ? serial : bus != NULL ? bus : path, NULL);

  return wb_clean_line (id, -1, WB_CLEAN_MAX);
}

static void
take (WbCameraBackend *self, GstDevice *device)
{
  g_autoptr(GstStructure) facts = gst_device_get_properties (device);
  const char *path = facts != NULL ? gst_structure_get_string (facts, "device.path") : NULL;
  g_autofree char *name = gst_device_get_display_name (device);
  g_autofree char *escaped = NULL;
  g_autofree char *source = NULL;
  g_autofree char *id = NULL;
  g_autoptr(WbDevice) camera = NULL;

  if (path == NULL)
    return;
  id = make_id (facts, path);
  if (_wb_device_backend_find (WB_DEVICE_BACKEND (self), id) != NULL)
    return;
  escaped = g_strescape (path, NULL);
  source = g_strdup_printf (V4L2_SOURCE, escaped);
  camera = wb_camera_new (source, id, name);
  _wb_device_backend_add (WB_DEVICE_BACKEND (self), camera);
}

static void
lose (WbCameraBackend *self, GstDevice *device)
{
  g_autoptr(GstStructure) facts = gst_device_get_properties (device);
  const char *path = facts != NULL ? gst_structure_get_string (facts, "device.path") : NULL;
  g_autofree char *id = path != NULL ? make_id (facts, path) : NULL;
  WbDevice *camera = id != NULL ? _wb_device_backend_find (WB_DEVICE_BACKEND (self), id) : NULL;

  if (camera != NULL)
    _wb_device_backend_remove (WB_DEVICE_BACKEND (self), camera);
}

static gboolean
bus_cb (GstBus *bus, GstMessage *message, gpointer user_data)
{
  WbCameraBackend *self = user_data;
  g_autoptr(GstDevice) device = NULL;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_DEVICE_ADDED)
    {
      gst_message_parse_device_added (message, &device);
      take (self, device);
    }
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_DEVICE_REMOVED)
    {
      gst_message_parse_device_removed (message, &device);
      lose (self, device);
    }
  return G_SOURCE_CONTINUE;
}

/* ---- Starting and stopping it, in threads -------------------------------------------------------------- */

static void
start_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  GstDeviceMonitor *monitor = NULL;

  if (!_wb_media_init (&error))
    {
      g_task_return_error (task, error);
      return;
    }
  monitor = gst_device_monitor_new ();
  gst_device_monitor_add_filter (monitor, "Video/Source", NULL);
  if (!gst_device_monitor_start (monitor))
    g_debug ("no provider of cameras can be started");
  g_task_return_pointer (task, monitor, gst_object_unref);
}

static void
stop_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GstDeviceMonitor *monitor = task_data;

  gst_device_monitor_stop (monitor);
  g_task_return_boolean (task, TRUE);
}

static void
stop_monitor (GstDeviceMonitor *monitor)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_source_tag (task, stop_monitor);
  g_task_set_task_data (task, monitor, gst_object_unref);
  g_task_run_in_thread (task, stop_thread);
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbCameraBackend *self = WB_CAMERA_BACKEND (source);
  g_autoptr(GError) error = NULL;
  GstDeviceMonitor *monitor = g_task_propagate_pointer (G_TASK (result), &error);
  g_autoptr(GstBus) bus = NULL;
  GList *found = NULL;

  self->n_looking--;
  if (monitor == NULL)
    {
      if (self->is_started)
        _wb_device_backend_set_trouble (WB_DEVICE_BACKEND (self), error->message);
      return;
    }
  if (!self->is_started || self->monitor != NULL)
    {
      stop_monitor (monitor);
      return;
    }
  self->monitor = monitor;
  bus = gst_device_monitor_get_bus (monitor);
  self->bus_watch = gst_bus_add_watch (bus, bus_cb, self);
  found = gst_device_monitor_get_devices (monitor);
  for (GList *l = found; l != NULL; l = l->next)
    take (self, l->data);
  g_list_free_full (found, gst_object_unref);
}

/* ---- WbDeviceBackend --------------------------------------------------------------------------------------- */

static void
tell_source (WbCameraBackend *self, const char *name, const char *source)
{
  g_autofree char *id = g_strconcat ("camera:", name, NULL);
  g_autoptr(WbDevice) camera = wb_camera_new (source, id, name);

  _wb_device_backend_add (WB_DEVICE_BACKEND (self), camera);
}

static void
wb_camera_backend_start (WbDeviceBackend *backend)
{
  WbCameraBackend *self = WB_CAMERA_BACKEND (backend);
  g_autoptr(GTask) task = g_task_new (self, NULL, started_cb, NULL);
  GHashTableIter iter;
  gpointer name = NULL;
  gpointer source = NULL;

  self->is_started = TRUE;
  self->n_looking++;
  g_hash_table_iter_init (&iter, self->sources);
  while (g_hash_table_iter_next (&iter, &name, &source))
    tell_source (self, name, source);
  g_task_set_source_tag (task, wb_camera_backend_start);
  g_task_run_in_thread (task, start_thread);
}

static void
wb_camera_backend_stop (WbDeviceBackend *backend)
{
  WbCameraBackend *self = WB_CAMERA_BACKEND (backend);

  self->is_started = FALSE;
  g_clear_handle_id (&self->bus_watch, g_source_remove);
  if (self->monitor != NULL)
    stop_monitor (g_steal_pointer (&self->monitor));
}

static void
wb_camera_backend_finalize (GObject *object)
{
  g_hash_table_unref (WB_CAMERA_BACKEND (object)->sources);
  G_OBJECT_CLASS (wb_camera_backend_parent_class)->finalize (object);
}

static void
wb_camera_backend_class_init (WbCameraBackendClass *class)
{
  G_OBJECT_CLASS (class)->finalize = wb_camera_backend_finalize;
  WB_DEVICE_BACKEND_CLASS (class)->start = wb_camera_backend_start;
  WB_DEVICE_BACKEND_CLASS (class)->stop = wb_camera_backend_stop;
}

static void
wb_camera_backend_init (WbCameraBackend *self)
{
  self->sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

WbDeviceBackend *
wb_camera_backend_new (void)
{
  return g_object_new (WB_TYPE_CAMERA_BACKEND, NULL);
}

gboolean
wb_camera_backend_is_looking (WbCameraBackend *self)
{
  g_return_val_if_fail (WB_IS_CAMERA_BACKEND (self), FALSE);

  return self->n_looking > 0;
}

void
wb_camera_backend_add_source (WbCameraBackend *self, const char *name, const char *source)
{
  g_return_if_fail (WB_IS_CAMERA_BACKEND (self) && name != NULL && source != NULL);

  g_hash_table_insert (self->sources, g_strdup (name), g_strdup (source));
  if (self->is_started)
    tell_source (self, name, source);
}

void
wb_camera_backend_remove_source (WbCameraBackend *self, const char *name)
{
  g_autofree char *id = NULL;
  WbDevice *camera = NULL;

  g_return_if_fail (WB_IS_CAMERA_BACKEND (self) && name != NULL);

  if (!g_hash_table_remove (self->sources, name))
    return;
  id = g_strconcat ("camera:", name, NULL);
  camera = _wb_device_backend_find (WB_DEVICE_BACKEND (self), id);
  if (camera != NULL)
    _wb_device_backend_remove (WB_DEVICE_BACKEND (self), camera);
}
