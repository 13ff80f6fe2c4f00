/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "core/wb-money.h"
#include "ui/wb-format.h"

/**
 * wb_format_money:
 * @minor: an amount in minor units
 * @currency: ISO 4217
 *
 * Returns: (transfer full): "£ 184.20", in the locale's way
 */
char *
wb_format_money (gint64 minor, const char *currency)
{
  WbMoney money = { .minor = minor };

  g_return_val_if_fail (currency != NULL, NULL);

  g_strlcpy (money.currency, currency, sizeof money.currency);
  return wb_money_format_localised (&money);
}

/**
 * wb_format_price:
 * @unit_price: an exact price, perhaps finer than the currency
 * @currency: ISO 4217
 *
 * Returns: (transfer full): like money, with as many decimals as the price has
 */
char *
wb_format_price (const WbDecimal *unit_price, const char *currency)
{
  g_autofree char *number = NULL;
  guint digits = wb_currency_get_digits (currency);
  gint64 minor = 0;

  if (wb_decimal_normalise (*unit_price).scale <= digits && wb_decimal_to_minor (unit_price, 1, digits, &minor, NULL))
    return wb_format_money (minor, currency);

  number = wb_decimal_to_string (unit_price);
  return g_strdup_printf ("%s %s", wb_currency_get_symbol (currency), number);
}

static int
days_ago (GDateTime *local, GDateTime *now)
{
  g_autoptr(GDateTime) day = g_date_time_new_local (g_date_time_get_year (local), g_date_time_get_month (local),
                                                    g_date_time_get_day_of_month (local), 12, 0, 0);
  g_autoptr(GDateTime) today = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                                                      g_date_time_get_day_of_month (now), 12, 0, 0);

  return (int) ((g_date_time_difference (today, day) + G_TIME_SPAN_HOUR * 2) / G_TIME_SPAN_DAY);
}

/**
 * wb_format_day:
 * @moment: (nullable): a moment
 *
 * Returns: (transfer full): "Today", "Yesterday", "3 Nov", "3 Nov 2025"; empty for NULL
 */
char *
wb_format_day (GDateTime *moment)
{
  g_autoptr(GDateTime) local = NULL;
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  int ago = 0;

  if (moment == NULL)
    return g_strdup ("");

  local = g_date_time_to_local (moment);
  ago = days_ago (local, now);
  if (ago == 0)
    return g_strdup (_ ("Today"));
  if (ago == 1)
    return g_strdup (_ ("Yesterday"));
  if (ago == -1)
    return g_strdup (_ ("Tomorrow"));
  if (g_date_time_get_year (local) == g_date_time_get_year (now))
    /* Translators: a day of this year, see strftime(3) */
    return g_date_time_format (local, _ ("%-e %b"));
  /* Translators: a day of another year, see strftime(3) */
  return g_date_time_format (local, _ ("%-e %b %Y"));
}

/**
 * wb_format_moment:
 * @moment: (nullable): a moment
 *
 * Returns: (transfer full): "Today 09:12", "3 Nov 14:05", "3 Nov 2025"; empty for NULL
 */
char *
wb_format_moment (GDateTime *moment)
{
  g_autoptr(GDateTime) local = NULL;
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = NULL;
  g_autofree char *time = NULL;

  if (moment == NULL)
    return g_strdup ("");

  local = g_date_time_to_local (moment);
  day = wb_format_day (moment);
  if (g_date_time_get_year (local) != g_date_time_get_year (now) && ABS (days_ago (local, now)) > 1)
    return g_steal_pointer (&day);
  time = g_date_time_format (local, "%H:%M");
  /* Translators: a day and a time: "Today 09:12" */
  return g_strdup_printf (_ ("%s %s"), day, time);
}

/**
 * wb_format_moment_full:
 * @moment: (nullable): a moment
 *
 * Returns: (transfer full): everything, for tooltips: "Monday 3 November 2025, 14:05:09 CET"; empty for NULL
 */
char *
wb_format_moment_full (GDateTime *moment)
{
  g_autoptr(GDateTime) local = NULL;

  if (moment == NULL)
    return g_strdup ("");
  local = g_date_time_to_local (moment);
  /* Translators: a moment in full, see strftime(3) */
  return g_date_time_format (local, _ ("%A %-e %B %Y, %H:%M:%S %Z"));
}

/**
 * wb_format_weight:
 * @grams: a weight; 0 when unknown
 *
 * Returns: (transfer full): "850 g", "1.84 kg"; empty for 0
 */
char *
wb_format_weight (gint64 grams)
{
  if (grams <= 0)
    return g_strdup ("");
  if (grams < 1000)
    return g_strdup_printf (_ ("%d g"), (int) grams);
  /* Translators: kilograms, whole and hundredths */
  return g_strdup_printf (_ ("%d.%02d kg"), (int) (grams / 1000), (int) (grams % 1000 / 10));
}

/**
 * wb_format_size:
 * @length_mm: 0 when unknown
 * @width_mm: 0 when unknown
 * @height_mm: 0 when unknown
 *
 * Returns: (transfer full): "300 × 200 × 150 mm"; empty when unknown
 */
char *
wb_format_size (gint64 length_mm, gint64 width_mm, gint64 height_mm)
{
  if (length_mm <= 0 || width_mm <= 0 || height_mm <= 0)
    return g_strdup ("");
  return g_strdup_printf (_ ("%d × %d × %d mm"), (int) length_mm, (int) width_mm, (int) height_mm);
}
