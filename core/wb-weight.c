/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-decimal.h"
#include "core/wb-error.h"
#include "core/wb-weight.h"

/* Takes a unit off the end of @text. Returns how many decimals behind the gram the unit is; -1 for no known unit. */
static int
strip_unit (char *text)
{
  static const struct
  {
    const char *unit;
    int decimals;
  } units[] = {
    { "kg", 3 },
    { "kgs", 3 },
    { "g", 0 },
    { "gr", 0 },
    { "", 3 },
  };
  gsize digits = strlen (text);

  while (digits > 0 && g_ascii_isalpha (text[digits - 1]))
    digits--;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_ascii_strcasecmp (text + digits, units[i].unit) == 0)
      {
        text[digits] = '\0';
        g_strchomp (text);
        return units[i].decimals;
      }
  return -1;
}

gboolean
wb_weight_parse (const char *text, gint64 *weight_g, GError **error)
{
  g_autofree char *number = NULL;
  WbDecimal value = { 0 };
  int decimals = 0;

  g_return_val_if_fail (text != NULL && weight_g != NULL, FALSE);

  number = g_strndup (text, 64);
  g_strstrip (number);
  decimals = strip_unit (number);
  /* Whichever decimal sign the keyboard has: nobody groups the digits of a parcel's weight. */
  g_strdelimit (number, ",", '.');
  if (decimals < 0 || !g_ascii_isdigit (number[0]) || !wb_decimal_parse (number, NULL, &value, NULL))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("“%.40s” is not a weight such as 1.84 or 1840 g"), text);
      return FALSE;
    }
  if (!wb_decimal_to_minor (&value, 1, (guint) decimals, weight_g, NULL) || *weight_g <= 0 ||
      *weight_g > WB_WEIGHT_MAX_G)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_RANGE, _ ("%.40s is not the weight of a parcel"), text);
      return FALSE;
    }
  return TRUE;
}

char *
wb_weight_to_string (gint64 weight_g)
{
  if (weight_g < 1000)
    return g_strdup_printf (_ ("%" G_GINT64_FORMAT " g"), weight_g);
  return g_strdup_printf (_ ("%" G_GINT64_FORMAT ".%02" G_GINT64_FORMAT " kg"), (weight_g + 5) / 1000,
                          (weight_g + 5) % 1000 / 10);
}
