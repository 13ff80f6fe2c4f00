/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-clean.h"
#include "devices/wb-device.h"

#define RETRY_FIRST_MS 500
#define RETRY_LAST_MS 10000

typedef struct
{
  /* Owned references */
  char *id;
  char *name;
  char *message;
  GHashTable *options;
  GSource *retry;

  WbDeviceState state;
  guint n_users;
  guint retry_ms;
  gboolean is_open; /* the class's open was called and its close was not */
} WbDevicePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (WbDevice, wb_device, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_STATE,
  PROP_MESSAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const char *const kind_words[WB_DEVICE_N_KINDS] = { "scanner", "scale", "printer", "nfc", "camera", "voice" };

static void
set_state (WbDevice *self, WbDeviceState state, const char *message)
{
  WbDevicePrivate *priv = wb_device_get_instance_private (self);
  gboolean other_message = g_strcmp0 (priv->message, message) != 0;
  gboolean other_state = priv->state != state;

  if (other_message)
    {
      g_free (priv->message);
      priv->message = g_strdup (message);
    }
  priv->state = state;
  g_object_freeze_notify (G_OBJECT (self));
  if (other_state)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  if (other_message)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
forget_retry (WbDevicePrivate *priv)
{
  if (priv->retry != NULL)
    g_source_destroy (priv->retry);
  g_clear_pointer (&priv->retry, g_source_unref);
}

static void
shut (WbDevice *self)
{
  WbDevicePrivate *priv = wb_device_get_instance_private (self);

  forget_retry (priv);
  if (!priv->is_open)
    return;
  priv->is_open = FALSE;
  WB_DEVICE_GET_CLASS (self)->close (self);
}

static void
begin_open (WbDevice *self)
{
  WbDevicePrivate *priv = wb_device_get_instance_private (self);
  g_autoptr(WbDevice) alive = g_object_ref (self);

  priv->is_open = TRUE;
  set_state (alive, WB_DEVICE_STATE_OPENING, priv->message);
  /* somebody who heard of the new state may have closed it */
  if (priv->is_open)
    WB_DEVICE_GET_CLASS (alive)->open (alive);
}

static gboolean
retry_cb (gpointer user_data)
{
  WbDevice *self = user_data;

  forget_retry (wb_device_get_instance_private (self));
  begin_open (self);
  return G_SOURCE_REMOVE;
}

static void
plan_retry (WbDevice *self)
{
  WbDevicePrivate *priv = wb_device_get_instance_private (self);

  forget_retry (priv);
  priv->retry = g_timeout_source_new (priv->retry_ms);
  g_source_set_callback (priv->retry, retry_cb, self, NULL);
  g_source_set_static_name (priv->retry, "[waybill] device retry");
  g_source_attach (priv->retry, g_main_context_get_thread_default ());
  priv->retry_ms = MIN (priv->retry_ms * 2, RETRY_LAST_MS);
}

static const WbDeviceOption *
find_option (WbDevice *self, const char *name)
{
  WbDeviceClass *class = WB_DEVICE_GET_CLASS (self);

  for (guint i = 0; i < class->n_options; i++)
    if (strcmp (class->options[i].name, name) == 0)
      return &class->options[i];
  return NULL;
}

static gboolean
is_choice (const WbDeviceOption *option, const char *value)
{
  g_auto(GStrv) choices = NULL;

  if (option->choices == NULL)
    return TRUE;
  choices = g_strsplit (option->choices, "|", -1);
  return g_strv_contains ((const char *const *) choices, value);
}

/* ---- GObject ------------------------------------------------------------------------------------- */

static void
wb_device_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WbDevicePrivate *priv = wb_device_get_instance_private (WB_DEVICE (object));

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, priv->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, priv->name);
      break;
    case PROP_STATE:
      g_value_set_uint (value, priv->state);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, priv->message);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wb_device_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  WbDevicePrivate *priv = wb_device_get_instance_private (WB_DEVICE (object));

  switch (prop_id)
    {
    case PROP_ID:
      priv->id = g_value_dup_string (value);
      break;
    case PROP_NAME:
      /* often it is what the device says of itself */
      priv->name = g_value_get_string (value) != NULL ? wb_clean_line (g_value_get_string (value), -1, WB_CLEAN_MAX) : NULL;
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wb_device_dispose (GObject *object)
{
  WbDevice *self = WB_DEVICE (object);
  WbDevicePrivate *priv = wb_device_get_instance_private (self);

  priv->n_users = 0;
  shut (self);
  G_OBJECT_CLASS (wb_device_parent_class)->dispose (object);
}

static void
wb_device_finalize (GObject *object)
{
  WbDevicePrivate *priv = wb_device_get_instance_private (WB_DEVICE (object));

  g_free (priv->id);
  g_free (priv->name);
  g_free (priv->message);
  g_hash_table_unref (priv->options);
  G_OBJECT_CLASS (wb_device_parent_class)->finalize (object);
}

static void
wb_device_class_init (WbDeviceClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = wb_device_get_property;
  object_class->set_property = wb_device_set_property;
  object_class->dispose = wb_device_dispose;
  object_class->finalize = wb_device_finalize;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, "",
                                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "",
                                               G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, WB_DEVICE_STATE_GONE, 0,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, "",
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
wb_device_init (WbDevice *self)
{
  WbDevicePrivate *priv = wb_device_get_instance_private (self);

  priv->message = g_strdup ("");
  priv->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  priv->retry_ms = RETRY_FIRST_MS;
}

/* ---- Public API ---------------------------------------------------------------------------------- */

const char *
wb_device_kind_get_word (WbDeviceKind kind)
{
  g_return_val_if_fail ((guint) kind < WB_DEVICE_N_KINDS, NULL);

  return kind_words[kind];
}

gboolean
wb_device_kind_from_word (const char *word, WbDeviceKind *kind)
{
  g_return_val_if_fail (word != NULL && kind != NULL, FALSE);

  for (guint i = 0; i < WB_DEVICE_N_KINDS; i++)
    if (strcmp (kind_words[i], word) == 0)
      {
        *kind = (WbDeviceKind) i;
        return TRUE;
      }
  return FALSE;
}

WbDeviceKind
wb_device_get_kind (WbDevice *self)
{
  g_return_val_if_fail (WB_IS_DEVICE (self), WB_DEVICE_KIND_SCANNER);

  return WB_DEVICE_GET_CLASS (self)->kind;
}

const char *
wb_device_get_id (WbDevice *self)
{
  WbDevicePrivate *priv = wb_device_get_instance_private (self);

  g_return_val_if_fail (WB_IS_DEVICE (self), NULL);

  return priv->id;
}

const char *
wb_device_get_name (WbDevice *self)
{
  WbDevicePrivate *priv = wb_device_get_instance_private (self);

  g_return_val_if_fail (WB_IS_DEVICE (self), NULL);

  return priv->name;
}

WbDeviceState
wb_device_get_state (WbDevice *self)
{
  WbDevicePrivate *priv = wb_device_get_instance_private (self);

  g_return_val_if_fail (WB_IS_DEVICE (self), WB_DEVICE_STATE_GONE);

  return priv->state;
}

const char *
wb_device_get_message (WbDevice *self)
{
  WbDevicePrivate *priv = wb_device_get_instance_private (self);

  g_return_val_if_fail (WB_IS_DEVICE (self), NULL);

  return priv->message;
}

const char *
wb_device_get_option (WbDevice *self, const char *name)
{
  WbDevicePrivate *priv = wb_device_get_instance_private (self);
  const WbDeviceOption *option = NULL;
  const char *value = NULL;

  g_return_val_if_fail (WB_IS_DEVICE (self) && name != NULL, NULL);

  value = g_hash_table_lookup (priv->options, name);
  option = find_option (self, name);
  return value != NULL || option == NULL ? value : option->fallback;
}

gboolean
wb_device_set_option (WbDevice *self, const char *name, const char *value, GError **error)
{
  WbDevicePrivate *priv = wb_device_get_instance_private (self);
  const WbDeviceOption *option = NULL;

  g_return_val_if_fail (WB_IS_DEVICE (self) && name != NULL, FALSE);

  option = find_option (self, name);
  if (option == NULL)
    {
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, _ ("%s has no setting “%s”"), priv->name, name);
      return FALSE;
    }
  if (value != NULL && !is_choice (option, value))
    {
      g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, _ ("“%s” is not one of %s for the setting “%s” of %s"),
                   value, option->choices, name, priv->name);
      return FALSE;
    }
  if (value == NULL)
    g_hash_table_remove (priv->options, name);
  else
    g_hash_table_insert (priv->options, g_strdup (name), g_strdup (value));
  return TRUE;
}

const WbDeviceOption *
wb_device_get_options (WbDevice *self, guint *n_options)
{
  g_return_val_if_fail (WB_IS_DEVICE (self) && n_options != NULL, NULL);

  *n_options = WB_DEVICE_GET_CLASS (self)->n_options;
  return WB_DEVICE_GET_CLASS (self)->options;
}

void
wb_device_reopen (WbDevice *self)
{
  WbDevicePrivate *priv = wb_device_get_instance_private (self);

  g_return_if_fail (WB_IS_DEVICE (self));

  if (priv->n_users == 0 || priv->state == WB_DEVICE_STATE_GONE)
    return;
  shut (self);
  priv->retry_ms = RETRY_FIRST_MS;
  begin_open (self);
}

void
wb_device_open (WbDevice *self)
{
  WbDevicePrivate *priv = wb_device_get_instance_private (self);

  g_return_if_fail (WB_IS_DEVICE (self));

  if (priv->n_users++ > 0 || priv->state == WB_DEVICE_STATE_GONE)
    return;
  priv->retry_ms = RETRY_FIRST_MS;
  begin_open (self);
}

void
wb_device_close (WbDevice *self)
{
  WbDevicePrivate *priv = wb_device_get_instance_private (self);

  g_return_if_fail (WB_IS_DEVICE (self));
  g_return_if_fail (priv->n_users > 0);

  if (--priv->n_users > 0 || priv->state == WB_DEVICE_STATE_GONE)
    return;
  shut (self);
  set_state (self, WB_DEVICE_STATE_CLOSED, "");
}

gboolean
wb_device_is_wanted (WbDevice *self)
{
  WbDevicePrivate *priv = wb_device_get_instance_private (self);

  g_return_val_if_fail (WB_IS_DEVICE (self), FALSE);

  return priv->n_users > 0;
}

void
_wb_device_opened (WbDevice *self)
{
  WbDevicePrivate *priv = wb_device_get_instance_private (self);

  g_return_if_fail (WB_IS_DEVICE (self));

  if (!priv->is_open)
    return;
  priv->retry_ms = RETRY_FIRST_MS;
  set_state (self, WB_DEVICE_STATE_READY, "");
}

void
_wb_device_failed (WbDevice *self, const GError *error)
{
  WbDevicePrivate *priv = wb_device_get_instance_private (self);

  g_return_if_fail (WB_IS_DEVICE (self) && error != NULL);

  if (!priv->is_open)
    return;
  g_debug ("%s: %s", priv->id, error->message);
  shut (self);
  if (priv->n_users > 0)
    plan_retry (self);
  set_state (self, WB_DEVICE_STATE_TROUBLE, error->message);
}

void
_wb_device_note (WbDevice *self, const char *message)
{
  WbDevicePrivate *priv = wb_device_get_instance_private (self);

  g_return_if_fail (WB_IS_DEVICE (self));

  set_state (self, priv->state, message != NULL ? message : "");
}

void
_wb_device_again (WbDevice *self)
{
  WbDevicePrivate *priv = wb_device_get_instance_private (self);

  g_return_if_fail (WB_IS_DEVICE (self));

  if (priv->is_open || priv->n_users == 0 || priv->state == WB_DEVICE_STATE_GONE)
    return;
  forget_retry (priv);
  priv->retry_ms = RETRY_FIRST_MS;
  begin_open (self);
}

void
_wb_device_gone (WbDevice *self)
{
  g_return_if_fail (WB_IS_DEVICE (self));

  shut (self);
  set_state (self, WB_DEVICE_STATE_GONE, _ ("it is not plugged in"));
}
