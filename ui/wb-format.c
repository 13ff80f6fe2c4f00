/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>
#include <gtk/gtk.h>

#include "core/wb-country.h"
#include "core/wb-money.h"
#include "ui/wb-format.h"
#include "ui/wb-tone.h"

/* Longer ones are no words of any language. */
#define LONGEST_WORD 60

/* ---- Direction ----------------------------------------------------------------------------- */

/**
 * wb_format_ltr:
 * @text: signs and digits that are read from the left wherever they stand: an amount, a telephone number
 *
 * Returns: (transfer full): the same, so that it is not turned round in a window that is read from the right
 */
char *
wb_format_ltr (const char *text)
{
  return gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ? g_strconcat ("\u200e", text, NULL) : g_strdup (text);
}

/* ---- Numbers ------------------------------------------------------------------------------- */

/**
 * wb_format_money:
 * @minor: an amount in minor units
 * @currency: (nullable): ISO 4217
 *
 * Returns: (transfer full): "£ 184.20", in the locale's way
 */
char *
wb_format_money (gint64 minor, const char *currency)
{
  WbMoney money = { 0 };
  g_autofree char *text = NULL;

  if (currency == NULL || !wb_money_init (&money, minor, currency, NULL))
    return wb_format_number (minor);
  text = wb_money_format_localised (&money);
  return wb_format_ltr (text);
}

/**
 * wb_format_price:
 * @unit_price: an exact price, perhaps finer than the currency
 * @currency: (nullable): ISO 4217
 *
 * Returns: (transfer full): like money, with as many decimals as the price has: "€ 0.0015"
 */
char *
wb_format_price (const WbDecimal *unit_price, const char *currency)
{
  WbDecimalSyntax syntax = wb_decimal_syntax_of_locale ();
  WbDecimal price = wb_decimal_normalise (*unit_price);
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;
  guint digits = 2;
  gint64 minor = 0;

  if (currency == NULL || !wb_currency_is_known (currency))
    return wb_decimal_format (&price, &syntax, 0);
  digits = wb_currency_get_digits (currency);
  if (price.scale <= digits && wb_decimal_to_minor (&price, 1, digits, &minor, NULL))
    return wb_format_money (minor, currency);
  number = wb_decimal_format (&price, &syntax, digits);
  text = g_strdup_printf ("%s %s", wb_currency_get_symbol (currency), number);
  return wb_format_ltr (text);
}

/**
 * wb_format_number:
 * @number: a count
 *
 * Returns: (transfer full): "48,213", in the locale's way
 */
char *
wb_format_number (gint64 number)
{
  WbDecimalSyntax syntax = wb_decimal_syntax_of_locale ();
  WbDecimal decimal = WB_DECIMAL_INIT (number, 0);

  return wb_decimal_format (&decimal, &syntax, 0);
}

/**
 * wb_format_weight:
 * @grams: a weight; 0 when unknown
 *
 * Returns: (transfer full): "850 g", "1.84 kg" (rounded half up); empty for 0
 */
char *
wb_format_weight (gint64 grams)
{
  WbDecimalSyntax syntax = wb_decimal_syntax_of_locale ();
  WbDecimal kilograms = { 0 };
  g_autofree char *number = NULL;

  if (grams <= 0)
    return g_strdup ("");
  if (grams < 1000)
    return g_strdup_printf (_ ("%d g"), (int) grams);
  kilograms = wb_decimal_from_minor (grams / 10 + (grams % 10 >= 5), 2);
  number = wb_decimal_format (&kilograms, &syntax, 2);
  /* Translators: %s is a number of kilograms */
  return g_strdup_printf (_ ("%s kg"), number);
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

/* ---- Moments ------------------------------------------------------------------------------- */

static GDateTime *
local_time (gint64 moment_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (moment_us / G_USEC_PER_SEC);

  return utc != NULL ? g_date_time_to_local (utc) : NULL;
}

static GDateTime *
present (const WbFormatStyle *style)
{
  return local_time (style != NULL && style->now_us != 0 ? style->now_us : g_get_real_time ());
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

/* A day as people say it. A weekday alone is one of the week that was: what is to come has its date too. */
static char *
format_day (GDateTime *time, GDateTime *now, const WbFormatStyle *style)
{
  gint64 distance = day_of (time) - day_of (now);
  gboolean inside = style != NULL && style->in_sentence;

  if (distance == 0)
    return g_strdup (inside ? C_ ("in a sentence", "today") : _ ("Today"));
  if (distance == -1)
    return g_strdup (inside ? C_ ("in a sentence", "yesterday") : _ ("Yesterday"));
  if (distance == 1)
    return g_strdup (inside ? C_ ("in a sentence", "tomorrow") : _ ("Tomorrow"));
  if (distance > -7 && distance < 0)
    return g_date_time_format (time, "%A");
  if (distance > 0 && distance < 7)
    /* Translators: short weekday, day and short month of a day to come, see g_date_time_format() */
    return g_date_time_format (time, _ ("%a %-d %b"));
  if (g_date_time_get_year (time) == g_date_time_get_year (now))
    /* Translators: day and short month of this year, see g_date_time_format() */
    return g_date_time_format (time, _ ("%-d %b"));
  /* Translators: day, short month and year */
  return g_date_time_format (time, _ ("%-d %b %Y"));
}

/* @time: (nullable) */
static char *
format_moment (GDateTime *time, const WbFormatStyle *style)
{
  g_autoptr (GDateTime) now = present (style);
  g_autofree char *day = NULL;
  g_autofree char *clock = NULL;

  if (time == NULL)
    return g_strdup ("");
  if (style != NULL && style->absolute)
    return g_date_time_format (time, "%Y-%m-%d %H:%M");
  day = format_day (time, now, style);
  if (g_date_time_get_year (time) != g_date_time_get_year (now) && ABS (day_of (time) - day_of (now)) >= 7)
    return g_steal_pointer (&day);
  clock = g_date_time_format (time, "%H:%M");
  /* Translators: a day and a time: "Today 09:12" */
  return g_strdup_printf (_ ("%s %s"), day, clock);
}

static char *
format_full (GDateTime *time)
{
  /* Translators: weekday, day, month, year, time, time zone */
  return time != NULL ? g_date_time_format (time, _ ("%A, %-d %B %Y, %H:%M:%S %Z")) : g_strdup ("");
}

/**
 * wb_format_time:
 * @moment_us: microseconds since 1970 UTC
 * @style: (nullable): how
 *
 * Returns: (transfer full): "Today 09:12", "Monday 17:40", "3 Mar 08:00", "12 Nov 2024"
 */
char *
wb_format_time (gint64 moment_us, const WbFormatStyle *style)
{
  g_autoptr (GDateTime) time = local_time (moment_us);

  return format_moment (time, style);
}

/**
 * wb_format_time_full:
 * @moment_us: microseconds since 1970 UTC
 *
 * Returns: (transfer full): everything there is to know of a moment, for a tooltip
 */
char *
wb_format_time_full (gint64 moment_us)
{
  g_autoptr (GDateTime) time = local_time (moment_us);

  return format_full (time);
}

/**
 * wb_format_date:
 * @day: days since 1970-01-01
 * @style: (nullable): how
 *
 * Returns: (transfer full): "Today", "Friday", "3 Mar", "12 Nov 2024"
 */
char *
wb_format_date (gint64 day, const WbFormatStyle *style)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (day * 24 * 60 * 60);
  g_autoptr (GDateTime) now = present (style);

  if (time == NULL)
    return g_strdup ("");
  if (style != NULL && style->absolute)
    return g_date_time_format (time, "%Y-%m-%d");
  return format_day (time, now, style);
}

/**
 * wb_format_moment:
 * @moment: (nullable): a moment
 *
 * Returns: (transfer full): like wb_format_time(); empty for NULL
 */
char *
wb_format_moment (GDateTime *moment)
{
  g_autoptr (GDateTime) local = moment != NULL ? g_date_time_to_local (moment) : NULL;

  return format_moment (local, NULL);
}

/**
 * wb_format_moment_said:
 * @moment: (nullable): a moment
 *
 * Returns: (transfer full): the same to stand inside a sentence: "today 09:12"; empty for NULL
 */
char *
wb_format_moment_said (GDateTime *moment)
{
  static const WbFormatStyle said = { .in_sentence = TRUE };
  g_autoptr (GDateTime) local = moment != NULL ? g_date_time_to_local (moment) : NULL;

  return format_moment (local, &said);
}

/**
 * wb_format_moment_full:
 * @moment: (nullable): a moment
 *
 * Returns: (transfer full): everything, for tooltips: "Monday, 3 November 2025, 14:05:09 CET"; empty for NULL
 */
char *
wb_format_moment_full (GDateTime *moment)
{
  g_autoptr (GDateTime) local = moment != NULL ? g_date_time_to_local (moment) : NULL;

  return format_full (local);
}

/**
 * wb_format_day:
 * @moment: (nullable): a moment
 *
 * Returns: (transfer full): its day alone: "Today", "Monday", "3 Nov", "3 Nov 2025"; empty for NULL
 */
char *
wb_format_day (GDateTime *moment)
{
  g_autoptr (GDateTime) local = moment != NULL ? g_date_time_to_local (moment) : NULL;
  g_autoptr (GDateTime) now = present (NULL);

  return local != NULL ? format_day (local, now, NULL) : g_strdup ("");
}

/* ---- Words --------------------------------------------------------------------------------- */

/**
 * wb_format_sentence:
 * @message: what an error says
 *
 * Returns: (transfer full): the same for people: with a capital at the start and a full stop at the end
 */
char *
wb_format_sentence (const char *message)
{
  g_autofree char *text = g_strstrip (g_strdup (message));
  g_autofree char *first = NULL;
  const char *rest = text;
  const char *stop = ".";

  if (*text == '\0')
    return g_steal_pointer (&text);
  rest = g_utf8_next_char (text);
  first = g_utf8_strup (text, rest - text);
  for (const char *end = ".!?…"; *end != '\0'; end = g_utf8_next_char (end))
    if (g_utf8_get_char (g_utf8_prev_char (text + strlen (text))) == g_utf8_get_char (end))
      stop = "";
  return g_strconcat (first, rest, stop, NULL);
}

/* ---- Places -------------------------------------------------------------------------------- */

/**
 * wb_format_words:
 * @text: what somebody wrote
 *
 * Pango breaks a word of thousands of letters letter by letter, which takes minutes; here longer ones get places where they may be
 * broken (U+200B).
 *
 * Returns: (transfer full): the same to look at
 */
char *
wb_format_words (const char *text)
{
  GString *words = g_string_new (NULL);
  guint n = 0;

  g_return_val_if_fail (text != NULL, NULL);

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      n = g_unichar_isspace (letter) ? 0 : n + 1;
      /* a mark belongs to the letter before it */
      if (n > LONGEST_WORD && !g_unichar_ismark (letter) && !g_unichar_iszerowidth (letter))
        {
          g_string_append (words, "\342\200\213");
          n = 1;
        }
      g_string_append_unichar (words, letter);
    }
  return g_string_free (words, FALSE);
}

/**
 * wb_format_country:
 * @code: (nullable): ISO 3166-1 alpha-2
 *
 * Returns: (transfer none): its name; the code itself when it has none, "" for NULL
 */
const char *
wb_format_country (const char *code)
{
  const char *name = code != NULL ? wb_country_get_name (code) : NULL;

  return name != NULL ? name : code != NULL ? code : "";
}

/**
 * wb_format_language:
 * @code: ISO 639-1, perhaps with a country: "de", "de-CH"
 *
 * Returns: (transfer none): its name; the code itself when it has none here
 */
const char *
wb_format_language (const char *code)
{
  static const struct
  {
    const char *code;
    const char *name;
  } languages[] = {
    { "cs", N_ ("Czech") },     { "da", N_ ("Danish") },     { "de", N_ ("German") },    { "el", N_ ("Greek") },
    { "en", N_ ("English") },   { "es", N_ ("Spanish") },    { "et", N_ ("Estonian") },  { "fi", N_ ("Finnish") },
    { "fr", N_ ("French") },    { "hu", N_ ("Hungarian") },  { "it", N_ ("Italian") },   { "ja", N_ ("Japanese") },
    { "ko", N_ ("Korean") },    { "lt", N_ ("Lithuanian") }, { "lv", N_ ("Latvian") },   { "nb", N_ ("Norwegian") },
    { "nl", N_ ("Dutch") },     { "no", N_ ("Norwegian") },  { "pl", N_ ("Polish") },    { "pt", N_ ("Portuguese") },
    { "ro", N_ ("Romanian") },  { "sk", N_ ("Slovak") },     { "sl", N_ ("Slovenian") }, { "sv", N_ ("Swedish") },
    { "tr", N_ ("Turkish") },   { "uk", N_ ("Ukrainian") },  { "zh", N_ ("Chinese") },   { "ar", N_ ("Arabic") },
    { "he", N_ ("Hebrew") },    { "hr", N_ ("Croatian") },   { "bg", N_ ("Bulgarian") }, { "is", N_ ("Icelandic") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_ascii_strncasecmp (code, languages[i].code, 2) == 0 && !g_ascii_isalpha (code[2]))
      return _ (languages[i].name);
  return code;
}

/**
 * wb_format_address:
 * @address: an address
 * @home_country: (nullable): the country that need not be said
 *
 * Returns: (transfer full): its lines, the last one the name of the country
 */
char *
wb_format_address (const WbAddress *address, const char *home_country)
{
  g_autofree char *lines = wb_address_to_lines (address, address->country);
  const char *country = wb_format_country (address->country);

  if (*country == '\0' || g_strcmp0 (address->country, home_country) == 0)
    return g_steal_pointer (&lines);
  return g_strdup_printf ("%s%s%s", lines, *lines != '\0' ? "\n" : "", country);
}

/* ---- Fields -------------------------------------------------------------------------------- */

/* Its label; of an open list the code made readable ("to_pack": "To pack"). */
static char *
format_code (const WbField *field, const char *code)
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
format_codes (const WbField *field, const WbRow *row, guint column)
{
  g_auto (GStrv) codes = NULL;
  GString *text = NULL;

  if ((field->flags & WB_FIELD_MANY) == 0)
    return format_code (field, wb_row_get_text (row, column));
  codes = wb_row_dup_tags (row, column);
  text = g_string_new (NULL);
  for (guint i = 0; codes[i] != NULL; i++)
    {
      g_autofree char *label = format_code (field, codes[i]);

      if (text->len > 0)
        g_string_append (text, ", ");
      g_string_append (text, label);
    }
  return g_string_free (text, FALSE);
}

/* Words that people made up; some fields have words of ours. */
static char *
format_tags (const WbField *field, const WbRow *row, guint column)
{
  g_auto (GStrv) tags = wb_row_dup_tags (row, column);

  for (guint i = 0; tags[i] != NULL; i++)
    {
      const WbWord *word = wb_tone_find_word (field->name, tags[i]);

      if (word == NULL)
        continue;
      g_free (tags[i]);
      tags[i] = g_strdup (_ (word->text));
    }
  return g_strjoinv (", ", tags);
}

static char *
format_amount (const WbField *field, const WbRow *row, guint column)
{
  const char *currency = NULL;
  gint64 number = wb_row_get_money (row, column, &currency);
  WbDecimal price = WB_DECIMAL_INIT (number, 6); /* prices of rows are millionths */

  return field->type == WB_FIELD_PRICE ? wb_format_price (&price, currency) : wb_format_money (number, currency);
}

/**
 * wb_format_value:
 * @field: what the column shows
 * @row: a row
 * @column: which value of it
 * @style: (nullable): how
 *
 * Returns: (transfer full): the value for people; "" when there is none
 */
char *
wb_format_value (const WbField *field, const WbRow *row, guint column, const WbFormatStyle *style)
{
  if (column >= wb_row_get_n_values (row) || wb_row_is_null (row, column))
    return g_strdup ("");
  switch (field->type)
    {
    case WB_FIELD_MONEY:
    case WB_FIELD_PRICE:
      return format_amount (field, row, column);
    case WB_FIELD_INTEGER:
      return wb_format_number (wb_row_get_int (row, column));
    case WB_FIELD_WEIGHT:
      return wb_format_weight (wb_row_get_int (row, column));
    case WB_FIELD_TIME:
      return wb_format_time (wb_row_get_int (row, column), style);
    case WB_FIELD_DATE:
      return wb_format_date (wb_row_get_int (row, column), style);
    case WB_FIELD_BOOL:
      return g_strdup (wb_row_get_bool (row, column) ? _ ("Yes") : "");
    case WB_FIELD_ENUM:
      return format_codes (field, row, column);
    case WB_FIELD_TAGS:
      return format_tags (field, row, column);
    case WB_FIELD_COUNTRY:
      return g_strdup (wb_format_country (wb_row_get_text (row, column)));
    case WB_FIELD_TEXT:
    case WB_FIELD_CODE:
      return g_strdup (wb_row_get_text (row, column));
    }
  return g_strdup ("");
}

/**
 * wb_format_is_number:
 * @field: a field
 *
 * Returns: whether its values stand to the right, digit under digit
 */
gboolean
wb_format_is_number (const WbField *field)
{
  return field->type == WB_FIELD_MONEY || field->type == WB_FIELD_PRICE
         || field->type == WB_FIELD_INTEGER || field->type == WB_FIELD_WEIGHT;
}
