/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "devices/wb-scale.h"

/* How long a weight has to stay when nobody said. */
#define QUIET_MS "400"
#define MAX_QUIET_MS 10000

typedef struct
{
  WbScaleReading reading; /* as shown: without tare */
  WbScaleReading raw;     /* as the scale said it */
  gboolean has_reading;

  gint64 tare; /* in the digits of tare_exponent and tare_unit */
  int tare_exponent;
  WbScaleUnit tare_unit;

  WbScaleRest rest;
  gboolean is_at_rest;
  gboolean is_told; /* the weight that is there was told */

  /* Owned references */
  GSource *quiet;
} WbScalePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (WbScale, wb_scale, WB_TYPE_DEVICE)

enum
{
  READING,
  WEIGHT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gint64
get_quiet_us (WbScale *self)
{
  guint64 ms = g_ascii_strtoull (wb_device_get_option (WB_DEVICE (self), "quiet-ms"), NULL, 10);

  return 1000 * (gint64) MIN (ms, MAX_QUIET_MS);
}

static void
stop_quiet (WbScalePrivate *priv)
{
  if (priv->quiet != NULL)
    g_source_destroy (priv->quiet);
  g_clear_pointer (&priv->quiet, g_source_unref);
}

/* Whether what is shown may be taken down now; tells of a weight once. */
static void
look_for_rest (WbScale *self)
{
  WbScalePrivate *priv = wb_scale_get_instance_private (self);

  priv->is_at_rest = wb_scale_rest_take (&priv->rest, &priv->reading, get_quiet_us (self));
  if (!wb_scale_reading_is_weight (&priv->reading))
    {
      /* an empty pan, or one that moves: the next weight is another one */
      if (priv->reading.state != WB_SCALE_STATE_MOVING)
        priv->is_told = FALSE;
      return;
    }
  if (!priv->is_at_rest || priv->is_told)
    return;
  priv->is_told = TRUE;
  g_signal_emit (self, signals[WEIGHT], 0, &priv->reading);
}

static gboolean
quiet_cb (gpointer user_data)
{
  WbScale *self = user_data;
  WbScalePrivate *priv = wb_scale_get_instance_private (self);

  /* nothing new was said: it still shows the same */
  g_clear_pointer (&priv->quiet, g_source_unref);
  priv->reading.at_us = g_get_monotonic_time ();
  look_for_rest (self);
  return G_SOURCE_REMOVE;
}

static void
plan_quiet (WbScale *self)
{
  WbScalePrivate *priv = wb_scale_get_instance_private (self);

  stop_quiet (priv);
  if (priv->reading.state != WB_SCALE_STATE_STABLE || priv->is_at_rest)
    return;
  priv->quiet = g_timeout_source_new ((guint) (get_quiet_us (self) / 1000) + 1);
  g_source_set_callback (priv->quiet, quiet_cb, self, NULL);
  g_source_set_static_name (priv->quiet, "[waybill] scale at rest");
  g_source_attach (priv->quiet, g_main_context_get_thread_default ());
}

static gboolean
is_same (const WbScaleReading *a, const WbScaleReading *b)
{
  return a->state == b->state && a->mantissa == b->mantissa && a->exponent == b->exponent && a->unit == b->unit
         && a->is_net == b->is_net;
}

static void
show (WbScale *self)
{
  WbScalePrivate *priv = wb_scale_get_instance_private (self);
  WbScaleReading before = priv->reading;
  gboolean had_reading = priv->has_reading;
  gint64 mg = 0;
  gint64 before_mg = 0;

  priv->reading = priv->raw;
  priv->has_reading = TRUE;
  if (priv->tare != 0 && priv->tare_exponent == priv->raw.exponent && priv->tare_unit == priv->raw.unit)
    {
      priv->reading.mantissa -= priv->tare;
      priv->reading.is_net = TRUE;
    }
  /* something was added or taken away without the scale calling it motion */
  if (had_reading && wb_scale_reading_get_mg (&priv->reading, &mg) && wb_scale_reading_get_mg (&before, &before_mg)
      && ABS (mg - before_mg) > wb_scale_reading_get_division_mg (&priv->reading))
    priv->is_told = FALSE;
  look_for_rest (self);
  plan_quiet (self);
  if (!had_reading || !is_same (&before, &priv->reading))
    g_signal_emit (self, signals[READING], 0, &priv->reading);
}

static void
wb_scale_dispose (GObject *object)
{
  stop_quiet (wb_scale_get_instance_private (WB_SCALE (object)));
  G_OBJECT_CLASS (wb_scale_parent_class)->dispose (object);
}

static void
wb_scale_class_init (WbScaleClass *class)
{
  static const WbDeviceOption options[] = { { "quiet-ms", N_ ("Rest before a weight counts, in milliseconds"), NULL, QUIET_MS } };

  G_OBJECT_CLASS (class)->dispose = wb_scale_dispose;
  WB_DEVICE_CLASS (class)->kind = WB_DEVICE_KIND_SCALE;
  WB_DEVICE_CLASS (class)->options = options;
  WB_DEVICE_CLASS (class)->n_options = G_N_ELEMENTS (options);

  signals[READING] = g_signal_new ("reading", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   1, WB_TYPE_SCALE_READING);
  signals[WEIGHT] = g_signal_new ("weight", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, WB_TYPE_SCALE_READING);
}

static void
wb_scale_init (WbScale *self)
{
}

const WbScaleReading *
wb_scale_get_reading (WbScale *self)
{
  WbScalePrivate *priv = wb_scale_get_instance_private (self);

  g_return_val_if_fail (WB_IS_SCALE (self), NULL);

  return priv->has_reading ? &priv->reading : NULL;
}

gboolean
wb_scale_is_at_rest (WbScale *self)
{
  WbScalePrivate *priv = wb_scale_get_instance_private (self);

  g_return_val_if_fail (WB_IS_SCALE (self), FALSE);

  return priv->has_reading && priv->is_at_rest;
}

gboolean
wb_scale_can_zero (WbScale *self)
{
  g_return_val_if_fail (WB_IS_SCALE (self), FALSE);

  return WB_SCALE_GET_CLASS (self)->zero != NULL;
}

void
wb_scale_zero (WbScale *self)
{
  g_return_if_fail (WB_IS_SCALE (self));

  if (wb_scale_can_zero (self) && wb_device_get_state (WB_DEVICE (self)) == WB_DEVICE_STATE_READY)
    WB_SCALE_GET_CLASS (self)->zero (self);
}

void
wb_scale_tare (WbScale *self)
{
  WbScalePrivate *priv = wb_scale_get_instance_private (self);

  g_return_if_fail (WB_IS_SCALE (self));

  if (WB_SCALE_GET_CLASS (self)->tare != NULL)
    {
      if (wb_device_get_state (WB_DEVICE (self)) == WB_DEVICE_STATE_READY)
        WB_SCALE_GET_CLASS (self)->tare (self);
      return;
    }
  if (!priv->has_reading || priv->raw.state != WB_SCALE_STATE_STABLE)
    return;
  priv->tare = priv->raw.mantissa;
  priv->tare_exponent = priv->raw.exponent;
  priv->tare_unit = priv->raw.unit;
  show (self);
}

void
wb_scale_clear_tare (WbScale *self)
{
  WbScalePrivate *priv = wb_scale_get_instance_private (self);

  g_return_if_fail (WB_IS_SCALE (self));

  priv->tare = 0;
  if (WB_SCALE_GET_CLASS (self)->clear_tare != NULL)
    {
      if (wb_device_get_state (WB_DEVICE (self)) == WB_DEVICE_STATE_READY)
        WB_SCALE_GET_CLASS (self)->clear_tare (self);
    }
  else if (priv->has_reading)
    show (self);
}

void
_wb_scale_take (WbScale *self, const WbScaleReading *reading)
{
  WbScalePrivate *priv = wb_scale_get_instance_private (self);

  g_return_if_fail (WB_IS_SCALE (self) && reading != NULL);

  priv->raw = *reading;
  priv->raw.at_us = g_get_monotonic_time ();
  show (self);
}

void
_wb_scale_forget (WbScale *self)
{
  WbScalePrivate *priv = wb_scale_get_instance_private (self);

  g_return_if_fail (WB_IS_SCALE (self));

  stop_quiet (priv);
  priv->has_reading = FALSE;
  priv->is_at_rest = FALSE;
  priv->is_told = FALSE;
  priv->rest.since_us = 0;
}
