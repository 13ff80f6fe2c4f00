/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-clean.h"
#include "devices/wb-hid-descriptor.h"
#include "devices/wb-hid-scan.h"
#include "devices/wb-hid-weight.h"
#include "devices/wb-scale-hid.h"
#include "devices/wb-scanner-hid.h"
#include "devices/wb-usb-backend.h"
#include "devices/wb-usb-private.h"

#define CLASS_HID 3
#define SUBCLASS_BOOT 1
#define HID_DESCRIPTOR_TYPE 0x21
#define PACKET_SIZE_MASK 0x7ff
#define MAX_SYSFS_FILE 4096
#define NAME_MAX_BYTES 80
#define MAX_PORTS 8
/* The kernel tells of a device first and configures it then; where somebody has to allow it, that may be much later. */
#define LOOK_AGAIN_MS 250
/* One that wakes up slowly, or that somebody else holds for a moment, is asked again: each time after twice as long, a minute in all. */
#define ASK_AGAIN_MS 250
#define MAX_TRIES 9

struct _WbUsbBackend
{
  WbDeviceBackend parent_instance;

  /* Owned references */
  WbDeviceModels *models;
  WbUsbContext *context;
  GHashTable *found; /* libusb_device, referenced → Found */
  GQueue arrived;    /* libusb_device, referenced: to be looked at */
  GQueue left;       /* libusb_device, referenced: to be forgotten */
  GQueue late;       /* libusb_device, referenced: not configured yet, to be looked at again */
  GSource *idle;
  GSource *again;

  libusb_hotplug_callback_handle hotplug;
  gboolean is_listening;
};

/* A USB device that may be one of ours: being asked, or told of. */
typedef struct
{
  WbUsbBackend *backend; /* borrowed */
  GPtrArray *devices;    /* WbDevice: one for each interface that is one */
  GCancellable *cancellable;
} Found;

/* An interface that is being asked what it is. */
typedef struct
{
  WbUsbBackend *backend; /* borrowed while not cancelled */
  libusb_device *device;
  WbUsbInterface *interface;
  GCancellable *cancellable;
  guint n_tries;
} Question;

G_DEFINE_FINAL_TYPE (WbUsbBackend, wb_usb_backend, WB_TYPE_DEVICE_BACKEND)

static void
free_found (gpointer data)
{
  Found *found = data;

  g_cancellable_cancel (found->cancellable);
  g_object_unref (found->cancellable);
  for (guint i = 0; i < found->devices->len; i++)
    _wb_device_backend_remove (WB_DEVICE_BACKEND (found->backend), g_ptr_array_index (found->devices, i));
  g_ptr_array_unref (found->devices);
  g_free (found);
}

static void
free_question (Question *question)
{
  libusb_unref_device (question->device);
  g_object_unref (question->interface);
  g_object_unref (question->cancellable);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, free_question)

/* ---- What the kernel already knows of a device: small files that are read at once ----------------- */

static char *
get_sysfs_path (libusb_device *device)
{
  g_autoptr(GString) path = g_string_new ("/sys/bus/usb/devices/");
  guint8 ports[MAX_PORTS];
  int n = libusb_get_port_numbers (device, ports, MAX_PORTS);

  if (n <= 0)
    return NULL;
  g_string_append_printf (path, "%u-%u", libusb_get_bus_number (device), ports[0]);
  for (int i = 1; i < n; i++)
    g_string_append_printf (path, ".%u", ports[i]);
  return g_string_free (g_steal_pointer (&path), FALSE);
}

static char *
read_sysfs (const char *folder, const char *name, gsize *length)
{
  g_autofree char *path = folder != NULL ? g_build_filename (folder, name, NULL) : NULL;
  g_autofree char *data = NULL;
  gsize size = 0;

  if (path == NULL || !g_file_get_contents (path, &data, &size, NULL) || size > MAX_SYSFS_FILE)
    return NULL;
  if (length != NULL)
    *length = size;
  else
    g_strstrip (data);
  return g_steal_pointer (&data);
}

/* The report descriptor, if the kernel's HID driver has the interface and so has read it. */
static char *
read_known_descriptor (libusb_device *device, guint8 number, gsize *length)
{
  g_autofree char *folder = get_sysfs_path (device);
  g_autofree char *interface = NULL;
  g_autoptr(GDir) entries = NULL;

  if (folder == NULL)
    return NULL;
  interface = g_strdup_printf ("%s:1.%u", folder, number);
  entries = g_dir_open (interface, 0, NULL);
  for (const char *name = NULL; entries != NULL && (name = g_dir_read_name (entries)) != NULL;)
    {
      g_autofree char *file = g_build_filename (name, "report_descriptor", NULL);
      char *data = strchr (name, ':') != NULL ? read_sysfs (interface, file, length) : NULL;

      if (data != NULL)
        return data;
    }
  return NULL;
}

/* Whether another one that is plugged in has it: some makers give all of a model the same serial number. */
static gboolean
is_taken (WbUsbBackend *self, libusb_device *device, const char *id)
{
  GHashTableIter iter;
  gpointer other = NULL;
  gpointer value = NULL;

  g_hash_table_iter_init (&iter, self->found);
  while (g_hash_table_iter_next (&iter, &other, &value))
    {
      const Found *found = value;

      for (guint i = 0; other != device && i < found->devices->len; i++)
        if (strcmp (wb_device_get_id (g_ptr_array_index (found->devices, i)), id) == 0)
          return TRUE;
    }
  return FALSE;
}

static char *
make_id (WbUsbBackend *self, libusb_device *device, guint8 number, const struct libusb_device_descriptor *descriptor)
{
  g_autofree char *folder = get_sysfs_path (device);
  g_autofree char *serial = read_sysfs (folder, "serial", NULL);
  g_autofree char *place = folder != NULL ? g_path_get_basename (folder) : g_strdup ("?");
  g_autoptr(GString) id = g_string_new (NULL);

  g_string_printf (id, "usb:%04x:%04x:", descriptor->idVendor, descriptor->idProduct);
  /* without a serial number two of the same model are told by where they are plugged in */
  if (serial != NULL && *serial != '\0')
    {
      g_strcanon (serial, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.", '_');
      g_string_append (id, serial);
    }
  else
    g_string_append_printf (id, "@%s", place);
  if (number > 0)
    g_string_append_printf (id, ":%u", number);
  if (is_taken (self, device, id->str))
    g_string_append_printf (id, "@%s", place);
  return g_string_free (g_steal_pointer (&id), FALSE);
}

static char *
make_name (libusb_device *device, const WbDeviceModel *model)
{
  g_autofree char *folder = get_sysfs_path (device);
  g_autofree char *maker = read_sysfs (folder, "manufacturer", NULL);
  g_autofree char *product = read_sysfs (folder, "product", NULL);
  g_autofree char *both = NULL;

  if (product == NULL || *product == '\0')
    return g_strdup (model->name);
  if (maker == NULL || *maker == '\0' || g_str_has_prefix (product, maker))
    return wb_clean_line (product, -1, NAME_MAX_BYTES);
  both = g_strdup_printf ("%s %s", maker, product);
  return wb_clean_line (both, -1, NAME_MAX_BYTES);
}

/* ---- From an interface to a device ----------------------------------------------------------------- */

static WbDevice *
make_device (const WbDeviceModel *model, WbUsbInterface *interface, const char *id, const char *name)
{
  if (strcmp (model->driver, "hid-scanner") == 0)
    return wb_scanner_hid_new (interface, model, id, name);
  if (strcmp (model->driver, "hid-scale") == 0)
    return wb_scale_hid_new (interface, model, id, name);
  return NULL;
}

static void
take_interface (WbUsbBackend *self, libusb_device *device, WbUsbInterface *interface, guint8 number, guint16 page)
{
  Found *found = g_hash_table_lookup (self->found, device);
  struct libusb_device_descriptor descriptor = { 0 };
  const WbDeviceModel *model = NULL;
  g_autoptr(WbDevice) one = NULL;
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;

  libusb_get_device_descriptor (device, &descriptor);
  model = wb_device_models_find_usb (self->models, descriptor.idVendor, descriptor.idProduct, page);
  if (found == NULL || model == NULL)
    return;
  id = make_id (self, device, number, &descriptor);
  name = make_name (device, model);
  one = make_device (model, interface, id, name);
  if (one == NULL)
    return;
  wb_device_model_apply (model, one);
  g_ptr_array_add (found->devices, g_object_ref (one));
  _wb_device_backend_add (WB_DEVICE_BACKEND (self), one);
}

static guint16
find_page (const guint8 *data, gsize length)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(WbHidDescriptor) descriptor = wb_hid_descriptor_parse (data, length, &error);

  if (descriptor == NULL)
    g_debug ("%s", error->message);
  else if (wb_hid_descriptor_has_page (descriptor, WB_HID_PAGE_SCANNER))
    return WB_HID_PAGE_SCANNER;
  else if (wb_hid_descriptor_has_page (descriptor, WB_HID_PAGE_SCALE))
    return WB_HID_PAGE_SCALE;
  return 0;
}

static void ask (Question *question);

static gboolean
ask_again_cb (gpointer user_data)
{
  g_autoptr(Question) question = user_data;

  if (!g_cancellable_is_cancelled (question->cancellable))
    ask (g_steal_pointer (&question));
  return G_SOURCE_REMOVE;
}

/* @question: (transfer full) */
static void
ask_again_later (Question *question, const GError *error)
{
  GSource *source = NULL;

  g_debug ("a USB device was not asked what it is: %s", error->message);
  if (++question->n_tries >= MAX_TRIES)
    {
      free_question (question);
      return;
    }
  source = g_timeout_source_new (ASK_AGAIN_MS << (question->n_tries - 1));
  g_source_set_callback (source, ask_again_cb, question, NULL);
  g_source_set_static_name (source, "[waybill] a USB device that did not answer");
  g_source_attach (source, g_main_context_get_thread_default ());
  g_source_unref (source);
}

static void
described_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Question) question = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = wb_usb_interface_read_descriptor_finish (WB_USB_INTERFACE (source), result, &error);
  guint8 number = _wb_usb_interface_get_number (question->interface);
  gsize length = 0;
  const guint8 *data = NULL;
  guint16 page = 0;

  wb_usb_interface_close (question->interface);
  if (g_cancellable_is_cancelled (question->cancellable))
    return; /* it has gone */
  if (bytes == NULL)
    {
      ask_again_later (g_steal_pointer (&question), error);
      return;
    }
  data = g_bytes_get_data (bytes, &length);
  page = find_page (data, length);
  if (page != 0)
    take_interface (question->backend, question->device, question->interface, number, page);
}

/* @question: (transfer full) */
static void
ask (Question *question)
{
  g_autoptr(GError) error = NULL;

  if (wb_usb_interface_open (question->interface, &error))
    wb_usb_interface_read_descriptor_async (question->interface, NULL, described_cb, question);
  else
    ask_again_later (question, error);
}

static Question *
question_new (WbUsbBackend *self, const Found *found, libusb_device *device, WbUsbInterface *interface)
{
  Question *question = g_new0 (Question, 1);

  question->backend = self;
  question->device = libusb_ref_device (device);
  question->interface = g_object_ref (interface);
  question->cancellable = g_object_ref (found->cancellable);
  return question;
}

static guint16
get_descriptor_length (const struct libusb_interface_descriptor *description)
{
  const guint8 *extra = description->extra;
  int left = description->extra_length;

  while (left >= 9)
    {
      if (extra[1] == HID_DESCRIPTOR_TYPE && extra[0] >= 9)
        return (guint16) (extra[7] | extra[8] << 8);
      if (extra[0] < 2 || extra[0] > left)
        break;
      left -= extra[0];
      extra += extra[0];
    }
  return 0;
}

static const struct libusb_endpoint_descriptor *
find_endpoint (const struct libusb_interface_descriptor *description)
{
  for (guint8 i = 0; i < description->bNumEndpoints; i++)
    {
      const struct libusb_endpoint_descriptor *endpoint = &description->endpoint[i];

      if ((endpoint->bEndpointAddress & LIBUSB_ENDPOINT_IN) != 0 && (endpoint->wMaxPacketSize & PACKET_SIZE_MASK) > 0
          && (endpoint->bmAttributes & LIBUSB_TRANSFER_TYPE_MASK) == LIBUSB_TRANSFER_TYPE_INTERRUPT)
        return endpoint;
    }
  return NULL;
}

static void
look_at_interface (WbUsbBackend *self, Found *found, libusb_device *device, const struct libusb_interface_descriptor *description)
{
  const struct libusb_endpoint_descriptor *endpoint = find_endpoint (description);
  guint16 length = get_descriptor_length (description);
  guint8 number = description->bInterfaceNumber;
  g_autoptr(WbUsbInterface) interface = NULL;
  g_autofree char *known = NULL;
  gsize size = 0;

  /* boot devices are keyboards and mice, and asking would take them from the desktop */
  if (description->bInterfaceClass != CLASS_HID || description->bInterfaceSubClass == SUBCLASS_BOOT || endpoint == NULL
      || length == 0)
    return;
  interface = _wb_usb_interface_new (self->context, device, number, endpoint->bEndpointAddress, endpoint->wMaxPacketSize, length);
  known = read_known_descriptor (device, number, &size);
  if (known == NULL)
    ask (question_new (self, found, device, interface));
  else
    {
      guint16 page = find_page ((const guint8 *) known, size);

      if (page != 0)
        take_interface (self, device, interface, number, page);
    }
}

static void look_at (WbUsbBackend *self, libusb_device *device);

static gboolean
again_cb (gpointer user_data)
{
  WbUsbBackend *self = user_data;
  GQueue late = self->late;
  libusb_device *device = NULL;

  g_clear_pointer (&self->again, g_source_unref);
  g_queue_init (&self->late);
  while ((device = g_queue_pop_head (&late)) != NULL)
    {
      look_at (self, device);
      libusb_unref_device (device);
    }
  return G_SOURCE_REMOVE;
}

static void
look_again_later (WbUsbBackend *self, libusb_device *device)
{
  g_queue_push_tail (&self->late, libusb_ref_device (device));
  if (self->again != NULL)
    return;
  self->again = g_timeout_source_new (LOOK_AGAIN_MS);
  g_source_set_callback (self->again, again_cb, self, NULL);
  g_source_set_static_name (self->again, "[waybill] USB devices that are not configured");
  g_source_attach (self->again, g_main_context_get_thread_default ());
}

static void
forget_late (WbUsbBackend *self, libusb_device *device)
{
  if (g_queue_remove (&self->late, device))
    libusb_unref_device (device);
}

static void
look_at (WbUsbBackend *self, libusb_device *device)
{
  struct libusb_config_descriptor *config = NULL;
  Found *found = NULL;
  int code = LIBUSB_SUCCESS;

  if (g_hash_table_contains (self->found, device))
    return;
  code = libusb_get_active_config_descriptor (device, &config);
  if (code == LIBUSB_ERROR_NOT_FOUND)
    look_again_later (self, device);
  if (code != LIBUSB_SUCCESS)
    return;
  found = g_new0 (Found, 1);
  found->backend = self;
  found->devices = g_ptr_array_new_with_free_func (g_object_unref);
  found->cancellable = g_cancellable_new ();
  g_hash_table_insert (self->found, libusb_ref_device (device), found);
  for (guint8 i = 0; i < config->bNumInterfaces; i++)
    if (config->interface[i].num_altsetting > 0)
      look_at_interface (self, found, device, &config->interface[i].altsetting[0]);
  libusb_free_config_descriptor (config);
}

static gboolean
changed_cb (gpointer user_data)
{
  WbUsbBackend *self = user_data;
  libusb_device *device = NULL;

  g_clear_pointer (&self->idle, g_source_unref);
  while ((device = g_queue_pop_head (&self->left)) != NULL)
    {
      g_hash_table_remove (self->found, device);
      forget_late (self, device);
      libusb_unref_device (device);
    }
  while ((device = g_queue_pop_head (&self->arrived)) != NULL)
    {
      look_at (self, device);
      libusb_unref_device (device);
    }
  return G_SOURCE_REMOVE;
}

/* libusb must not be asked for anything from within this: it is noted down and done a moment later. */
static int LIBUSB_CALL
hotplug_cb (libusb_context *usb, libusb_device *device, libusb_hotplug_event event, void *user_data)
{
  WbUsbBackend *self = user_data;
  GList *link = g_queue_find (&self->arrived, device);

  if (event == LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED)
    g_queue_push_tail (&self->arrived, libusb_ref_device (device));
  else
    {
      g_queue_push_tail (&self->left, libusb_ref_device (device));
      if (link != NULL)
        {
          g_queue_delete_link (&self->arrived, link);
          libusb_unref_device (device);
        }
    }
  if (self->idle == NULL)
    {
      self->idle = g_idle_source_new ();
      g_source_set_priority (self->idle, G_PRIORITY_DEFAULT);
      g_source_set_callback (self->idle, changed_cb, self, NULL);
      g_source_set_static_name (self->idle, "[waybill] USB devices");
      g_source_attach (self->idle, g_main_context_get_thread_default ());
    }
  return 0;
}

/* ---- WbDeviceBackend ------------------------------------------------------------------------------- */

static void
wb_usb_backend_start (WbDeviceBackend *backend)
{
  WbUsbBackend *self = WB_USB_BACKEND (backend);
  g_autoptr(GError) error = NULL;
  int code = 0;

  self->context = _wb_usb_context_new (&error);
  if (self->context == NULL)
    {
      g_autofree char *trouble = g_strdup_printf (_ ("USB devices cannot be looked for: %s"), error->message);

      _wb_device_backend_set_trouble (backend, trouble);
      return;
    }
  code = libusb_hotplug_register_callback (_wb_usb_context_get (self->context),
                                           LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT,
                                           LIBUSB_HOTPLUG_ENUMERATE, LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY,
                                           LIBUSB_HOTPLUG_MATCH_ANY, hotplug_cb, self, &self->hotplug);
  self->is_listening = code == LIBUSB_SUCCESS;
  if (!self->is_listening)
    _wb_device_backend_set_trouble (backend, _ ("Nobody tells when a USB device is plugged in: udev is not running."));
}

static void
wb_usb_backend_stop (WbDeviceBackend *backend)
{
  WbUsbBackend *self = WB_USB_BACKEND (backend);

  if (self->is_listening)
    libusb_hotplug_deregister_callback (_wb_usb_context_get (self->context), self->hotplug);
  self->is_listening = FALSE;
  if (self->idle != NULL)
    g_source_destroy (self->idle);
  g_clear_pointer (&self->idle, g_source_unref);
  if (self->again != NULL)
    g_source_destroy (self->again);
  g_clear_pointer (&self->again, g_source_unref);
  g_queue_clear_full (&self->late, (GDestroyNotify) libusb_unref_device);
  g_queue_clear_full (&self->arrived, (GDestroyNotify) libusb_unref_device);
  g_queue_clear_full (&self->left, (GDestroyNotify) libusb_unref_device);
  g_hash_table_remove_all (self->found);
  g_clear_pointer (&self->context, _wb_usb_context_unref);
}

static void
wb_usb_backend_finalize (GObject *object)
{
  WbUsbBackend *self = WB_USB_BACKEND (object);

  g_hash_table_unref (self->found);
  wb_device_models_unref (self->models);
  G_OBJECT_CLASS (wb_usb_backend_parent_class)->finalize (object);
}

static void
wb_usb_backend_class_init (WbUsbBackendClass *class)
{
  WbDeviceBackendClass *backend_class = WB_DEVICE_BACKEND_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = wb_usb_backend_finalize;
  backend_class->start = wb_usb_backend_start;
  backend_class->stop = wb_usb_backend_stop;
}

static void
wb_usb_backend_init (WbUsbBackend *self)
{
  self->found = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) libusb_unref_device, free_found);
  g_queue_init (&self->arrived);
  g_queue_init (&self->left);
  g_queue_init (&self->late);
}

WbDeviceBackend *
wb_usb_backend_new (WbDeviceModels *models)
{
  WbUsbBackend *self = NULL;

  g_return_val_if_fail (models != NULL, NULL);

  self = g_object_new (WB_TYPE_USB_BACKEND, NULL);
  self->models = wb_device_models_ref (models);
  return WB_DEVICE_BACKEND (self);
}
