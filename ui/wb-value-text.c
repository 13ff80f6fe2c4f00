/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "core/wb-money.h"
#include "ui/wb-tone.h"
#include "ui/wb-value-text.h"

static GDateTime *
local_time (gint64 moment_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (moment_us / G_USEC_PER_SEC);

  return utc != NULL ? g_date_time_to_local (utc) : NULL;
}

static gint64
day_of (GDateTime *time)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (time),
                  (GDateMonth) g_date_time_get_month (time),
                  (GDateYear) g_date_time_get_year (time));
  return g_date_get_julian (&date);
}

static GDateTime *
present (const WbValueStyle *style)
{
  return local_time (style != NULL && style->now_us != 0 ? style->now_us : g_get_real_time ());
}

/* The day as people say it; @distance: days from today. */
static char *
day_text (GDateTime *time, gint64 distance, GDateTime *now)
{
  if (distance == 0)
    return g_strdup (_ ("Today"));
  if (distance == -1)
    return g_strdup (_ ("Yesterday"));
  if (distance == 1)
    return g_strdup (_ ("Tomorrow"));
  if (distance > -7 && distance < 7)
    return g_date_time_format (time, "%A");
  if (g_date_time_get_year (time) == g_date_time_get_year (now))
    /* Translators: day and short month of this year, see g_date_time_format() */
    return g_date_time_format (time, _ ("%-d %b"));
  /* Translators: day, short month and year */
  return g_date_time_format (time, _ ("%-d %b %Y"));
}

/**
 * wb_value_text_time:
 * @moment_us: microseconds since 1970 UTC
 * @style: (nullable): how
 *
 * Returns: (transfer full): "Today 09:12", "Monday 17:40", "3 Mar 08:00", "12 Nov 2024"
 */
char *
wb_value_text_time (gint64 moment_us, const WbValueStyle *style)
{
  g_autoptr (GDateTime) time = local_time (moment_us);
  g_autoptr (GDateTime) now = present (style);
  g_autofree char *day = NULL;
  g_autofree char *clock = NULL;

  if (time == NULL)
    return g_strdup ("");
  if (style != NULL && style->absolute)
    return g_date_time_format (time, "%Y-%m-%d %H:%M");
  day = day_text (time, day_of (time) - day_of (now), now);
  if (g_date_time_get_year (time) != g_date_time_get_year (now))
    return g_steal_pointer (&day);
  clock = g_date_time_format (time, "%H:%M");
  return g_strdup_printf ("%s %s", day, clock);
}

/**
 * wb_value_text_full_time:
 * @moment_us: microseconds since 1970 UTC
 *
 * Returns: (transfer full): everything there is to know of a moment, for a tooltip
 */
char *
wb_value_text_full_time (gint64 moment_us)
{
  g_autoptr (GDateTime) time = local_time (moment_us);

  /* Translators: weekday, day, month, year, time, time zone */
  return time != NULL ? g_date_time_format (time, _ ("%A, %-d %B %Y, %H:%M:%S %Z")) : g_strdup ("");
}

/**
 * wb_value_text_date:
 * @day: days since 1970-01-01
 * @style: (nullable): how
 *
 * Returns: (transfer full): "Today", "Friday", "3 Mar", "12 Nov 2024"
 */
char *
wb_value_text_date (gint64 day, const WbValueStyle *style)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (day * 24 * 60 * 60);
  g_autoptr (GDateTime) now = present (style);

  if (time == NULL)
    return g_strdup ("");
  if (style != NULL && style->absolute)
    return g_date_time_format (time, "%Y-%m-%d");
  return day_text (time, day_of (time) - day_of (now), now);
}

/**
 * wb_value_text_money:
 * @minor: minor units
 * @currency: ISO 4217 code
 *
 * Returns: (transfer full): "£ 184.20", in the signs of the locale
 */
char *
wb_value_text_money (gint64 minor, const char *currency)
{
  WbMoney money = { 0 };

  if (currency == NULL || !wb_money_init (&money, minor, currency, NULL))
    return g_strdup_printf ("%" G_GINT64_FORMAT, minor);
  return wb_money_format_localised (&money);
}

/**
 * wb_value_text_price:
 * @millionths: of the major unit
 * @currency: ISO 4217 code
 *
 * Returns: (transfer full): "€ 0.0015", "€ 12.50": as fine as it is, not coarser than the currency
 */
char *
wb_value_text_price (gint64 millionths, const char *currency)
{
  WbDecimal price = { millionths, 6 };
  WbDecimal whole = { 0, 0 };
  gint64 minor = 0;
  guint digits = 2;
  g_autofree char *number = NULL;

  if (currency == NULL || !wb_currency_is_known (currency))
    currency = NULL;
  else
    digits = wb_currency_get_digits (currency);
  whole = wb_decimal_normalise (price);
  if (currency != NULL && whole.scale <= digits
      && wb_decimal_to_minor (&price, 1, digits, &minor, NULL))
    return wb_value_text_money (minor, currency);
  number = wb_decimal_format (&whole, &wb_decimal_syntax_english, digits);
  if (currency == NULL)
    return g_steal_pointer (&number);
  return g_strdup_printf ("%s %s", wb_currency_get_symbol (currency), number);
}

/**
 * wb_value_text_weight:
 * @grams: a weight
 *
 * Returns: (transfer full): "350 g", "1.84 kg"
 */
char *
wb_value_text_weight (gint64 grams)
{
  if (grams > -1000 && grams < 1000)
    return g_strdup_printf (_ ("%" G_GINT64_FORMAT " g"), grams);
  return g_strdup_printf (_ ("%'.2f kg"), (double) grams / 1000.0);
}

/**
 * wb_value_text_number:
 * @number: a count
 *
 * Returns: (transfer full): with a thin space between thousands: "48 213"
 */
char *
wb_value_text_number (gint64 number)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  GString *text = g_string_new (NULL);
  gsize n = strlen (digits);

  for (gsize i = 0; i < n; i++)
    {
      if (i > 0 && (n - i) % 3 == 0 && digits[i - 1] != '-')
        g_string_append (text, "\u202f");
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (text, FALSE);
}

/**
 * wb_value_text_code:
 * @field: an enum field
 * @code: (nullable): one of its codes
 *
 * Returns: (transfer full): its label; of an open list the code made readable ("to_pack": "To pack")
 */
char *
wb_value_text_code (const WbField *field, const char *code)
{
  const WbWord *word = NULL;
  g_autofree char *text = NULL;
  g_autofree char *first = NULL;

  if (code == NULL || *code == '\0')
    return g_strdup ("");
  for (const WbFieldChoice *choice = field->choices; choice != NULL && choice->code != NULL; choice++)
    if (g_str_equal (choice->code, code))
      return g_strdup (wb_field_choice_get_label (choice));
  if (field->list == NULL || g_str_equal (field->list, "currency"))
    return g_strdup (code);
  word = wb_tone_find_word (field->name, code);
  if (word != NULL)
    return g_strdup (_ (word->text));
  text = g_strdelimit (g_strdup (code), "_-", ' ');
  first = g_utf8_strup (text, g_utf8_next_char (text) - text);
  return g_strconcat (first, g_utf8_next_char (text), NULL);
}

static char *
codes_text (const WbField *field, const WbRow *row, guint column)
{
  g_auto (GStrv) codes = NULL;
  GString *text = NULL;

  if ((field->flags & WB_FIELD_MANY) == 0)
    return wb_value_text_code (field, wb_row_get_text (row, column));
  codes = wb_row_dup_tags (row, column);
  text = g_string_new (NULL);
  for (guint i = 0; codes[i] != NULL; i++)
    {
      g_autofree char *label = wb_value_text_code (field, codes[i]);

      if (text->len > 0)
        g_string_append (text, ", ");
      g_string_append (text, label);
    }
  return g_string_free (text, FALSE);
}

/**
 * wb_value_text:
 * @field: what the column shows
 * @row: a row
 * @column: which value of it
 * @style: (nullable): how
 *
 * Returns: (transfer full): the value for people; "" when there is none
 */
char *
wb_value_text (const WbField *field, const WbRow *row, guint column, const WbValueStyle *style)
{
  const char *currency = NULL;
  gint64 number = 0;

  if (column >= wb_row_get_n_values (row) || wb_row_is_null (row, column))
    return g_strdup ("");
  switch (field->type)
    {
    case WB_FIELD_MONEY:
      number = wb_row_get_money (row, column, &currency);
      return wb_value_text_money (number, currency);
    case WB_FIELD_PRICE:
      number = wb_row_get_money (row, column, &currency);
      return wb_value_text_price (number, currency);
    case WB_FIELD_INTEGER:
      return wb_value_text_number (wb_row_get_int (row, column));
    case WB_FIELD_WEIGHT:
      return wb_value_text_weight (wb_row_get_int (row, column));
    case WB_FIELD_TIME:
      return wb_value_text_time (wb_row_get_int (row, column), style);
    case WB_FIELD_DATE:
      return wb_value_text_date (wb_row_get_int (row, column), style);
    case WB_FIELD_BOOL:
      return g_strdup (wb_row_get_bool (row, column) ? _ ("Yes") : "");
    case WB_FIELD_ENUM:
      return codes_text (field, row, column);
    case WB_FIELD_TAGS:
      {
        g_auto (GStrv) tags = wb_row_dup_tags (row, column);

        return g_strjoinv (", ", tags);
      }
    case WB_FIELD_TEXT:
    case WB_FIELD_CODE:
    case WB_FIELD_COUNTRY:
      return g_strdup (wb_row_get_text (row, column));
    }
  return g_strdup ("");
}

/**
 * wb_value_is_number:
 * @field: a field
 *
 * Returns: whether its values stand to the right, digit under digit
 */
gboolean
wb_value_is_number (const WbField *field)
{
  return field->type == WB_FIELD_MONEY || field->type == WB_FIELD_PRICE
         || field->type == WB_FIELD_INTEGER || field->type == WB_FIELD_WEIGHT;
}
