/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include "devices/wb-device-backend.h"

typedef struct
{
  /* Owned references */
  GHashTable *devices; /* id → WbDevice */
  char *trouble;

  gboolean started;
} WbDeviceBackendPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (WbDeviceBackend, wb_device_backend, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_TROUBLE,
  N_PROPS
};

enum
{
  ADDED,
  REMOVED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
wb_device_backend_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WbDeviceBackendPrivate *priv = wb_device_backend_get_instance_private (WB_DEVICE_BACKEND (object));

  switch (prop_id)
    {
    case PROP_TROUBLE:
      g_value_set_string (value, priv->trouble);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wb_device_backend_dispose (GObject *object)
{
  wb_device_backend_stop (WB_DEVICE_BACKEND (object));
  G_OBJECT_CLASS (wb_device_backend_parent_class)->dispose (object);
}

static void
wb_device_backend_finalize (GObject *object)
{
  WbDeviceBackendPrivate *priv = wb_device_backend_get_instance_private (WB_DEVICE_BACKEND (object));

  g_hash_table_unref (priv->devices);
  g_free (priv->trouble);
  G_OBJECT_CLASS (wb_device_backend_parent_class)->finalize (object);
}

static void
wb_device_backend_class_init (WbDeviceBackendClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = wb_device_backend_get_property;
  object_class->dispose = wb_device_backend_dispose;
  object_class->finalize = wb_device_backend_finalize;

  properties[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, "",
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[ADDED] = g_signal_new ("added", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 WB_TYPE_DEVICE);
  signals[REMOVED] = g_signal_new ("removed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   1, WB_TYPE_DEVICE);
}

static void
wb_device_backend_init (WbDeviceBackend *self)
{
  WbDeviceBackendPrivate *priv = wb_device_backend_get_instance_private (self);

  priv->devices = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  priv->trouble = g_strdup ("");
}

void
wb_device_backend_start (WbDeviceBackend *self)
{
  WbDeviceBackendPrivate *priv = wb_device_backend_get_instance_private (self);

  g_return_if_fail (WB_IS_DEVICE_BACKEND (self));

  if (priv->started)
    return;
  priv->started = TRUE;
  WB_DEVICE_BACKEND_GET_CLASS (self)->start (self);
}

void
wb_device_backend_stop (WbDeviceBackend *self)
{
  WbDeviceBackendPrivate *priv = wb_device_backend_get_instance_private (self);
  g_autoptr(GList) devices = NULL;

  g_return_if_fail (WB_IS_DEVICE_BACKEND (self));

  if (!priv->started)
    return;
  priv->started = FALSE;
  WB_DEVICE_BACKEND_GET_CLASS (self)->stop (self);
  devices = g_hash_table_get_values (priv->devices);
  for (GList *l = devices; l != NULL; l = l->next)
    _wb_device_backend_remove (self, l->data);
  _wb_device_backend_set_trouble (self, "");
}

const char *
wb_device_backend_get_trouble (WbDeviceBackend *self)
{
  WbDeviceBackendPrivate *priv = wb_device_backend_get_instance_private (self);

  g_return_val_if_fail (WB_IS_DEVICE_BACKEND (self), NULL);

  return priv->trouble;
}

void
_wb_device_backend_add (WbDeviceBackend *self, WbDevice *device)
{
  WbDeviceBackendPrivate *priv = wb_device_backend_get_instance_private (self);
  WbDevice *before = NULL;

  g_return_if_fail (WB_IS_DEVICE_BACKEND (self) && WB_IS_DEVICE (device));

  before = _wb_device_backend_find (self, wb_device_get_id (device));
  if (before == device)
    return;
  if (before != NULL)
    _wb_device_backend_remove (self, before);
  g_hash_table_insert (priv->devices, (gpointer) wb_device_get_id (device), g_object_ref (device));
  g_signal_emit (self, signals[ADDED], 0, device);
}

void
_wb_device_backend_remove (WbDeviceBackend *self, WbDevice *device)
{
  WbDeviceBackendPrivate *priv = wb_device_backend_get_instance_private (self);
  g_autoptr(WbDevice) alive = NULL;

  g_return_if_fail (WB_IS_DEVICE_BACKEND (self) && WB_IS_DEVICE (device));

  if (_wb_device_backend_find (self, wb_device_get_id (device)) != device)
    return;
  alive = g_object_ref (device);
  g_hash_table_remove (priv->devices, wb_device_get_id (device));
  _wb_device_gone (alive);
  g_signal_emit (self, signals[REMOVED], 0, alive);
}

WbDevice *
_wb_device_backend_find (WbDeviceBackend *self, const char *id)
{
  WbDeviceBackendPrivate *priv = wb_device_backend_get_instance_private (self);

  g_return_val_if_fail (WB_IS_DEVICE_BACKEND (self) && id != NULL, NULL);

  return g_hash_table_lookup (priv->devices, id);
}

void
_wb_device_backend_set_trouble (WbDeviceBackend *self, const char *message)
{
  WbDeviceBackendPrivate *priv = wb_device_backend_get_instance_private (self);

  g_return_if_fail (WB_IS_DEVICE_BACKEND (self) && message != NULL);

  if (g_str_equal (priv->trouble, message))
    return;
  g_free (priv->trouble);
  priv->trouble = g_strdup (message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TROUBLE]);
}
