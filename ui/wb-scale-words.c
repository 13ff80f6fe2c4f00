/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/wb-scale-words.h"

static const char *
get_words (WbScale *scale, const WbScaleReading *reading)
{
  switch (reading->state)
    {
    case WB_SCALE_STATE_OVERLOAD:
      return _ ("More lies on it than it can carry: take something off.");
    case WB_SCALE_STATE_UNDERLOAD:
      return _ ("Less than nothing lies on it: set it to zero.");
    case WB_SCALE_STATE_NEEDS_ZERO:
      return _ ("It wants to be set to zero first: empty it and press Zero.");
    case WB_SCALE_STATE_FAULT:
      return _ ("It gives no weight: look at its display. It may be busy, wait for its calibration, or be broken.");
    case WB_SCALE_STATE_MOVING:
      return _ ("moving");
    case WB_SCALE_STATE_STABLE:
    default:
      if (!wb_scale_is_at_rest (scale))
        return _ ("coming to rest");
      return reading->is_net ? _ ("at rest, without the tare") : _ ("at rest");
    }
}

char *
wb_scale_words_get_number (WbScale *scale)
{
  const WbScaleReading *reading = NULL;
  g_autofree char *number = NULL;

  g_return_val_if_fail (WB_IS_SCALE (scale), NULL);

  reading = wb_scale_get_reading (scale);
  number = reading != NULL ? wb_scale_reading_to_string (reading) : g_strdup ("");
  return *number != '\0' ? g_steal_pointer (&number) : g_strdup ("–");
}

const char *
wb_scale_words_get_state (WbScale *scale, gboolean *is_trouble)
{
  const WbScaleReading *reading = NULL;

  g_return_val_if_fail (WB_IS_SCALE (scale), NULL);

  reading = wb_scale_get_reading (scale);
  if (is_trouble != NULL)
    *is_trouble = reading != NULL && reading->state != WB_SCALE_STATE_STABLE && reading->state != WB_SCALE_STATE_MOVING;
  return reading != NULL ? get_words (scale, reading) : _ ("It has said nothing yet. Put something on it.");
}
