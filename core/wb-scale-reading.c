/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-scale-reading.h"

#define MAX_DIGITS 15

G_DEFINE_BOXED_TYPE (WbScaleReading, wb_scale_reading, wb_scale_reading_copy, wb_scale_reading_free)

/* A unit in nanograms, which makes all of them whole: a pound is 453,592,370,000 ng, an ounce 28,349,523,125 ng. */
static const struct
{
  const char *name;
  gint64 ng;
} units[] = {
  [WB_SCALE_UNIT_MG] = { "mg", 1000000 },
  [WB_SCALE_UNIT_G] = { "g", 1000000000 },
  [WB_SCALE_UNIT_KG] = { "kg", 1000000000000 },
  [WB_SCALE_UNIT_OZ] = { "oz", 28349523125 },
  [WB_SCALE_UNIT_LB] = { "lb", 453592370000 },
};

#define NG_PER_MG 1000000

WbScaleReading *
wb_scale_reading_copy (const WbScaleReading *self)
{
  return g_memdup2 (self, sizeof *self);
}

void
wb_scale_reading_free (WbScaleReading *self)
{
  g_free (self);
}

static gboolean
has_number (const WbScaleReading *self)
{
  return self->state == WB_SCALE_STATE_STABLE || self->state == WB_SCALE_STATE_MOVING;
}

gboolean
wb_scale_reading_is_weight (const WbScaleReading *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->state == WB_SCALE_STATE_STABLE && self->mantissa > 0;
}

/* number × 10^exponent × unit in milligrams */
static gboolean
convert (gint64 number, int exponent, WbScaleUnit unit, gint64 *mg)
{
  __int128 ng = (__int128) number * units[unit].ng;
  __int128 divisor = NG_PER_MG;
  __int128 rounded = 0;

  if (exponent < -12 || exponent > 6)
    return FALSE;
  for (int i = 0; i < exponent; i++)
    ng *= 10;
  for (int i = exponent; i < 0; i++)
    divisor *= 10;
  rounded = (ng + (ng < 0 ? -divisor : divisor) / 2) / divisor;
  if (rounded > G_MAXINT64 || rounded < G_MININT64)
    return FALSE;
  *mg = (gint64) rounded;
  return TRUE;
}

gboolean
wb_scale_reading_get_mg (const WbScaleReading *self, gint64 *mg)
{
  g_return_val_if_fail (self != NULL && mg != NULL, FALSE);

  return has_number (self) && self->mantissa > -G_GINT64_CONSTANT (1000000000000000)
         && self->mantissa < G_GINT64_CONSTANT (1000000000000000) && convert (self->mantissa, self->exponent, self->unit, mg);
}

gint64
wb_scale_reading_get_division_mg (const WbScaleReading *self)
{
  gint64 mg = 0;

  g_return_val_if_fail (self != NULL, 1);

  return convert (1, self->exponent, self->unit, &mg) ? MAX (mg, 1) : 1;
}

char *
wb_scale_reading_to_string (const WbScaleReading *self)
{
  g_autoptr(GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  if (!has_number (self))
    return g_strdup ("");
  g_string_printf (text, "%0*" G_GINT64_FORMAT, self->exponent < 0 ? 1 - self->exponent : 1, ABS (self->mantissa));
  for (int i = 0; i < self->exponent && self->mantissa != 0; i++)
    g_string_append_c (text, '0');
  if (self->exponent < 0)
    g_string_insert_c (text, (gssize) text->len + self->exponent, '.');
  if (self->mantissa < 0)
    g_string_prepend (text, "\xe2\x88\x92");
  g_string_append_printf (text, " %s", units[self->unit].name);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
wb_scale_reading_parse_number (const char *text, gsize length, gint64 *mantissa, int *exponent)
{
  const char *end = text + length;
  gboolean negative = FALSE;
  gboolean behind = FALSE;
  guint digits = 0;
  gint64 number = 0;
  int places = 0;

  g_return_val_if_fail (text != NULL && mantissa != NULL && exponent != NULL, FALSE);

  while (text < end && *text == ' ')
    text++;
  while (end > text && end[-1] == ' ')
    end--;
  if (text < end && (*text == '-' || *text == '+'))
    negative = *text++ == '-';
  while (text < end && *text == ' ')
    text++;
  for (; text < end; text++)
    {
      if ((*text == '.' || *text == ',') && !behind)
        behind = TRUE;
      else if (g_ascii_isdigit (*text) && digits < MAX_DIGITS)
        {
          number = number * 10 + (*text - '0');
          digits++;
          places -= behind;
        }
      else
        return FALSE;
    }
  if (digits == 0)
    return FALSE;
  *mantissa = negative ? -number : number;
  *exponent = places;
  return TRUE;
}

gboolean
wb_scale_unit_parse (const char *text, WbScaleUnit *unit)
{
  g_return_val_if_fail (text != NULL && unit != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_ascii_strcasecmp (text, units[i].name) == 0)
      {
        *unit = (WbScaleUnit) i;
        return TRUE;
      }
  if (g_ascii_strcasecmp (text, "lbs") != 0)
    return FALSE;
  *unit = WB_SCALE_UNIT_LB;
  return TRUE;
}

gboolean
wb_scale_rest_take (WbScaleRest *self, const WbScaleReading *reading, gint64 quiet_us)
{
  gint64 mg = 0;

  g_return_val_if_fail (self != NULL && reading != NULL, FALSE);

  if (reading->state != WB_SCALE_STATE_STABLE || !wb_scale_reading_get_mg (reading, &mg))
    {
      self->since_us = 0;
      return FALSE;
    }
  if (self->since_us == 0 || ABS (mg - self->first_mg) > wb_scale_reading_get_division_mg (reading)
      || reading->at_us < self->since_us)
    {
      self->first_mg = mg;
      self->since_us = MAX (reading->at_us, 1);
    }
  return reading->at_us - self->since_us >= quiet_us;
}
