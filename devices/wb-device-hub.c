/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <string.h>

#include "devices/wb-device-hub.h"

struct _WbDeviceHub
{
  GObject parent_instance;

  /* Owned references */
  GPtrArray *backends;
  GPtrArray *devices; /* sorted by compare_devices() */

  gboolean started;
};

static void wb_device_hub_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbDeviceHub, wb_device_hub, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, wb_device_hub_list_model_init))

static int
compare_devices (WbDevice *a, WbDevice *b)
{
  int order = (int) wb_device_get_kind (a) - (int) wb_device_get_kind (b);

  if (order == 0)
    order = g_utf8_collate (wb_device_get_name (a), wb_device_get_name (b));
  return order != 0 ? order : strcmp (wb_device_get_id (a), wb_device_get_id (b));
}

static void
added_cb (WbDeviceHub *self, WbDevice *device)
{
  guint place = 0;

  while (place < self->devices->len && compare_devices (g_ptr_array_index (self->devices, place), device) <= 0)
    place++;
  g_ptr_array_insert (self->devices, (gint) place, g_object_ref (device));
  g_list_model_items_changed (G_LIST_MODEL (self), place, 0, 1);
}

static void
removed_cb (WbDeviceHub *self, WbDevice *device)
{
  guint place = 0;

  if (!g_ptr_array_find (self->devices, device, &place))
    return;
  g_ptr_array_remove_index (self->devices, place);
  g_list_model_items_changed (G_LIST_MODEL (self), place, 1, 0);
}

static GType
get_item_type (GListModel *model)
{
  return WB_TYPE_DEVICE;
}

static guint
get_n_items (GListModel *model)
{
  return WB_DEVICE_HUB (model)->devices->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  WbDeviceHub *self = WB_DEVICE_HUB (model);

  return position < self->devices->len ? g_object_ref (g_ptr_array_index (self->devices, position)) : NULL;
}

static void
wb_device_hub_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
wb_device_hub_dispose (GObject *object)
{
  WbDeviceHub *self = WB_DEVICE_HUB (object);

  wb_device_hub_stop (self);
  g_ptr_array_set_size (self->backends, 0);
  G_OBJECT_CLASS (wb_device_hub_parent_class)->dispose (object);
}

static void
wb_device_hub_finalize (GObject *object)
{
  WbDeviceHub *self = WB_DEVICE_HUB (object);

  g_ptr_array_unref (self->backends);
  g_ptr_array_unref (self->devices);
  G_OBJECT_CLASS (wb_device_hub_parent_class)->finalize (object);
}

static void
wb_device_hub_class_init (WbDeviceHubClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = wb_device_hub_dispose;
  object_class->finalize = wb_device_hub_finalize;
}

static void
wb_device_hub_init (WbDeviceHub *self)
{
  self->backends = g_ptr_array_new_with_free_func (g_object_unref);
  self->devices = g_ptr_array_new_with_free_func (g_object_unref);
}

WbDeviceHub *
wb_device_hub_new (void)
{
  return g_object_new (WB_TYPE_DEVICE_HUB, NULL);
}

void
wb_device_hub_add_backend (WbDeviceHub *self, WbDeviceBackend *backend)
{
  g_return_if_fail (WB_IS_DEVICE_HUB (self) && WB_IS_DEVICE_BACKEND (backend));

  g_ptr_array_add (self->backends, g_object_ref (backend));
  g_signal_connect_object (backend, "added", G_CALLBACK (added_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (backend, "removed", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
  if (self->started)
    wb_device_backend_start (backend);
}

void
wb_device_hub_start (WbDeviceHub *self)
{
  g_return_if_fail (WB_IS_DEVICE_HUB (self));

  if (self->started)
    return;
  self->started = TRUE;
  for (guint i = 0; i < self->backends->len; i++)
    wb_device_backend_start (g_ptr_array_index (self->backends, i));
}

void
wb_device_hub_stop (WbDeviceHub *self)
{
  g_return_if_fail (WB_IS_DEVICE_HUB (self));

  if (!self->started)
    return;
  self->started = FALSE;
  for (guint i = 0; i < self->backends->len; i++)
    wb_device_backend_stop (g_ptr_array_index (self->backends, i));
}

WbDevice *
wb_device_hub_find (WbDeviceHub *self, const char *id)
{
  g_return_val_if_fail (WB_IS_DEVICE_HUB (self) && id != NULL, NULL);

  for (guint i = 0; i < self->devices->len; i++)
    {
      WbDevice *device = g_ptr_array_index (self->devices, i);

      if (strcmp (wb_device_get_id (device), id) == 0)
        return device;
    }
  return NULL;
}

char **
wb_device_hub_get_troubles (WbDeviceHub *self)
{
  g_autoptr(GStrvBuilder) troubles = g_strv_builder_new ();

  g_return_val_if_fail (WB_IS_DEVICE_HUB (self), NULL);

  for (guint i = 0; i < self->backends->len; i++)
    {
      const char *trouble = wb_device_backend_get_trouble (g_ptr_array_index (self->backends, i));

      if (*trouble != '\0')
        g_strv_builder_add (troubles, trouble);
    }
  return g_strv_builder_end (troubles);
}
