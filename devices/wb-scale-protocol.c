/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <string.h>

#include "devices/wb-scale-protocol.h"

/* ---- Mettler Toledo SICS --------------------------------------------------------------------------- */

/* "S S     100.00 g": command, status, number in ten places, unit. */
static WbScaleAnswer
read_sics (const char *answer, gsize length, WbScaleUnit unit, WbScaleReading *reading)
{
  const char *number = answer + 3;
  gsize left = length > 3 ? length - 3 : 0;
  gsize digits = left;
  g_autofree char *word = NULL;

  memset (reading, 0, sizeof *reading);
  if (length == 2 && answer[0] == 'E' && strchr ("STL", answer[1]) != NULL)
    return WB_SCALE_ANSWER_OTHER;
  if (length < 3 || answer[1] != ' ' || strchr ("SZT", answer[0]) == NULL)
    return length > 1 && strchr ("IZT", answer[0]) != NULL ? WB_SCALE_ANSWER_OTHER : WB_SCALE_ANSWER_UNKNOWN;
  if (answer[0] != 'S')
    return WB_SCALE_ANSWER_OTHER;
  switch (answer[2])
    {
    case '+':
      reading->state = WB_SCALE_STATE_OVERLOAD;
      return WB_SCALE_ANSWER_READING;
    case '-':
      reading->state = WB_SCALE_STATE_UNDERLOAD;
      return WB_SCALE_ANSWER_READING;
    case 'S':
      reading->state = WB_SCALE_STATE_STABLE;
      break;
    case 'D':
      reading->state = WB_SCALE_STATE_MOVING;
      break;
    case 'I':
      return WB_SCALE_ANSWER_OTHER;
    default:
      return WB_SCALE_ANSWER_UNKNOWN;
    }
  while (digits > 0 && number[digits - 1] != ' ')
    digits--;
  word = g_strndup (number + digits, left - digits);
  if (digits == 0 || !wb_scale_unit_parse (word, &reading->unit)
      || !wb_scale_reading_parse_number (number, digits, &reading->mantissa, &reading->exponent))
    return WB_SCALE_ANSWER_UNKNOWN;
  return WB_SCALE_ANSWER_READING;
}

/* ---- Toledo 8217 ------------------------------------------------------------------------------------- */

enum
{
  TOLEDO_MOTION = 1 << 0,
  TOLEDO_OVER = 1 << 1,
  TOLEDO_UNDER = 1 << 2,
  TOLEDO_NOT_ZEROED = 1 << 3,
};

/* A number with its point, "N" behind it when a tare is off, or "?" and a byte of flags when there is no weight to give. */
static WbScaleAnswer
read_toledo (const char *answer, gsize length, WbScaleUnit unit, WbScaleReading *reading)
{
  memset (reading, 0, sizeof *reading);
  reading->unit = unit;
  if (length == 2 && answer[0] == '?')
    {
      guint8 flags = (guint8) answer[1];

      if ((flags & TOLEDO_OVER) != 0)
        reading->state = WB_SCALE_STATE_OVERLOAD;
      else if ((flags & TOLEDO_UNDER) != 0)
        reading->state = WB_SCALE_STATE_UNDERLOAD;
      else if ((flags & TOLEDO_NOT_ZEROED) != 0)
        reading->state = WB_SCALE_STATE_NEEDS_ZERO;
      else if ((flags & TOLEDO_MOTION) != 0)
        reading->state = WB_SCALE_STATE_MOVING;
      else
        return WB_SCALE_ANSWER_OTHER;
      return WB_SCALE_ANSWER_READING;
    }
  reading->is_net = length > 0 && answer[length - 1] == 'N';
  if (!wb_scale_reading_parse_number (answer, reading->is_net ? length - 1 : length, &reading->mantissa, &reading->exponent))
    return WB_SCALE_ANSWER_UNKNOWN;
  return WB_SCALE_ANSWER_READING;
}

static const WbScaleProtocol protocols[] = {
  { "serial-sics", "9600", "8N1", "none", "cr", "SI\r\n", "Z\r\n", "T\r\n", "TAC\r\n", read_sics },
  { "serial-8217", "9600", "7E1", "stx", "cr", "W", "Z", "T", "C", read_toledo },
};

const WbScaleProtocol *
wb_scale_protocol_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (protocols); i++)
    if (strcmp (protocols[i].name, name) == 0)
      return &protocols[i];
  return NULL;
}
