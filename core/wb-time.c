/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-time"

#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-time.h"

/* What machines write. An offset that is missing is the zone the caller names. */
#define ISO_FORMATS \
  "%Y-%m-%dT%H:%M:%S%z|%Y-%m-%d %H:%M:%S %z|%Y-%m-%d %H:%M:%S%z|%Y-%m-%dT%H:%M:%S|%Y-%m-%d %H:%M:%S|" \
  "%Y-%m-%dT%H:%M%z|%Y-%m-%d %H:%M %z|%Y-%m-%dT%H:%M|%Y-%m-%d %H:%M|%Y-%m-%d"

typedef struct
{
  int year;
  int month;
  int day;
  int hour;
  int minute;
  int second;
  int microsecond;
  gboolean has_pm;
  gboolean pm;
  gboolean has_offset;
  int offset_s;
} Parts;

static gboolean
read_number (const char **text,
             guint        min_digits,
             guint        max_digits,
             int         *number)
{
  guint n = 0;

  *number = 0;
  while (n < max_digits && g_ascii_isdigit (**text))
    {
      *number = *number * 10 + (**text - '0');
      (*text)++;
      n++;
    }
  return n >= min_digits;
}

static gboolean
read_month_name (const char **text,
                 int         *month)
{
  static const char *const names[] = {
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize n = strlen (names[i]);

      if (g_ascii_strncasecmp (*text, names[i], n) != 0)
        n = 3;
      if (g_ascii_strncasecmp (*text, names[i], n) == 0)
        {
          *text += n;
          *month = (int) i + 1;
          return TRUE;
        }
    }
  return FALSE;
}

/* "Z", "UTC", "+02", "+0200", "+02:00" */
static gboolean
read_offset (const char **text,
             Parts       *parts)
{
  int sign = 0;
  int hours = 0;
  int minutes = 0;

  parts->has_offset = TRUE;
  if (**text == 'Z' || **text == 'z')
    {
      (*text)++;
      return TRUE;
    }
  if (g_ascii_strncasecmp (*text, "UTC", 3) == 0)
    {
      *text += 3;
      return TRUE;
    }
  if (**text != '+' && **text != '-')
    return FALSE;
  sign = **text == '-' ? -1 : 1;
  (*text)++;
  if (!read_number (text, 2, 2, &hours))
    return FALSE;
  if (**text == ':')
    {
      (*text)++;
      if (!read_number (text, 2, 2, &minutes))
        return FALSE;
    }
  else if (g_ascii_isdigit (**text) && !read_number (text, 2, 2, &minutes))
    return FALSE;
  parts->offset_s = sign * (hours * 3600 + minutes * 60);
  return hours <= 15 && minutes < 60;
}

static gboolean
read_seconds (const char **text,
              Parts       *parts)
{
  int scale = 100000;

  if (!read_number (text, 2, 2, &parts->second))
    return FALSE;
  if (**text != '.' || !g_ascii_isdigit ((*text)[1]))
    return TRUE;
  for ((*text)++; g_ascii_isdigit (**text); (*text)++, scale /= 10)
    parts->microsecond += (**text - '0') * scale;
  return TRUE;
}

static gboolean
read_part (const char **text,
           char         letter,
           Parts       *parts)
{
  switch (letter)
    {
    case 'Y': return read_number (text, 4, 4, &parts->year);
    case 'y':
      if (!read_number (text, 2, 2, &parts->year))
        return FALSE;
      parts->year += parts->year < 70 ? 2000 : 1900;
      return TRUE;
    case 'm': return read_number (text, 1, 2, &parts->month);
    case 'b': return read_month_name (text, &parts->month);
    case 'd': return read_number (text, 1, 2, &parts->day);
    case 'H': return read_number (text, 1, 2, &parts->hour) && parts->hour < 24;
    case 'I': return read_number (text, 1, 2, &parts->hour) && parts->hour >= 1 && parts->hour <= 12;
    case 'M': return read_number (text, 2, 2, &parts->minute) && parts->minute < 60;
    case 'S': return read_seconds (text, parts) && parts->second < 61;
    case 'z': return read_offset (text, parts);
    case 'p':
      parts->has_pm = TRUE;
      parts->pm = g_ascii_strncasecmp (*text, "pm", 2) == 0;
      if (!parts->pm && g_ascii_strncasecmp (*text, "am", 2) != 0)
        return FALSE;
      *text += 2;
      return TRUE;
    default:
      return FALSE;
    }
}

/* Whether all of @text follows the format that lies between @format and @end. */
static gboolean
match_format (const char *text,
              const char *format,
              const char *end,
              Parts      *parts)
{
  memset (parts, 0, sizeof *parts);
  for (; format < end; format++)
    {
      if (*format == '%' && format + 1 < end)
        {
          if (*++format == '%')
            {
              if (*text++ != '%')
                return FALSE;
            }
          else if (!read_part (&text, *format, parts))
            return FALSE;
        }
      else if (g_ascii_isspace (*format))
        {
          if (!g_ascii_isspace (*text))
            return FALSE;
          while (g_ascii_isspace (*text))
            text++;
        }
      else if (*text++ != *format)
        return FALSE;
    }
  while (g_ascii_isspace (*text))
    text++;
  if (parts->has_pm)
    parts->hour = parts->hour % 12 + (parts->pm ? 12 : 0);
  return *text == '\0';
}

static gboolean
to_moment (const Parts *parts,
           GTimeZone   *zone,
           gint64      *moment_us)
{
  g_autoptr(GDateTime) moment = NULL;
  int second = MIN (parts->second, 59); /* a leap second is told as the one before */

  /* the year bound keeps microseconds far from overflow and catches columns that are not dates */
  if (parts->year < 1900 || parts->year > 9999)
    return FALSE;
  if (parts->has_offset || zone == NULL)
    {
      moment = g_date_time_new_utc (parts->year, parts->month, parts->day, parts->hour, parts->minute, second);
      if (moment == NULL)
        return FALSE;
      *moment_us = (g_date_time_to_unix (moment) - parts->offset_s) * WB_TIME_US_PER_S + parts->microsecond;
      return TRUE;
    }
  moment = g_date_time_new (zone, parts->year, parts->month, parts->day, parts->hour, parts->minute, second);
  if (moment == NULL)
    return FALSE;
  *moment_us = g_date_time_to_unix (moment) * WB_TIME_US_PER_S + parts->microsecond;
  return TRUE;
}

static gboolean
looks_ambiguous (const char *text)
{
  int first = 0;
  int second = 0;

  return read_number (&text, 1, 2, &first) && (*text == '/' || *text == '.' || *text == '-')
         && text++ && read_number (&text, 1, 2, &second);
}

static void
set_invalid (const char *text,
             const char *reason,
             GError    **error)
{
  g_autofree char *shown = g_utf8_make_valid (text, (gssize) strnlen (text, 40));

  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "‘%s’ is not a date: %s", shown, reason);
}

/**
 * wb_time_parse:
 * @text: what was written
 * @formats: (nullable): NULL for ISO 8601 and "2025-10-07 09:50:26 +0200"; otherwise one or more
 *   formats parted by '|', of literal text and %Y %y %m %b %d %H %I %p %M %S %z %%; "us" is short for
 *   month/day/year, "uk" for day/month/year, "de" for day.month.year, each with or without a time
 * @zone: (nullable): where the clock hung when no offset is written; NULL for UTC
 * @moment_us: (out): microseconds since 1970, UTC
 *
 * Fails with %WB_ERROR_INVALID when no format fits, when the day does not exist, or when two formats
 * fit and disagree: 03/04/2024 is never guessed. An hour that a clock showed twice in autumn is taken
 * as GTimeZone takes it.
 */
gboolean
wb_time_parse (const char *text,
               const char *formats,
               GTimeZone  *zone,
               gint64     *moment_us,
               GError    **error)
{
  const char *format = NULL;
  gboolean found = FALSE;

  g_return_val_if_fail (text != NULL && moment_us != NULL, FALSE);

  while (g_ascii_isspace (*text))
    text++;
  if (formats == NULL)
    format = ISO_FORMATS;
  else if (strcmp (formats, "us") == 0)
    format = "%m/%d/%Y|%m/%d/%Y %H:%M|%m/%d/%Y %H:%M:%S|%m/%d/%Y %I:%M %p|%m/%d/%Y %I:%M:%S %p";
  else if (strcmp (formats, "uk") == 0)
    format = "%d/%m/%Y|%d/%m/%Y %H:%M|%d/%m/%Y %H:%M:%S";
  else if (strcmp (formats, "de") == 0)
    format = "%d.%m.%Y|%d.%m.%Y %H:%M|%d.%m.%Y %H:%M:%S";
  else
    format = formats;

  for (const char *end = NULL; format != NULL; format = end != NULL ? end + 1 : NULL)
    {
      Parts parts = { 0 };
      gint64 candidate = 0;

      end = strchr (format, '|');
      if (!match_format (text, format, end != NULL ? end : format + strlen (format), &parts)
          || !to_moment (&parts, zone, &candidate))
        continue;
      if (found && candidate != *moment_us)
        {
          set_invalid (text, "two of the formats fit and disagree", error);
          return FALSE;
        }
      *moment_us = candidate;
      found = TRUE;
    }
  if (found)
    return TRUE;
  if (formats == NULL && looks_ambiguous (text))
    set_invalid (text, "day or month first? name the date format", error);
  else
    set_invalid (text, formats != NULL ? "it does not follow the format, or there is no such day"
                                       : "expected year-month-day and a time", error);
  return FALSE;
}

/**
 * wb_time_check_formats:
 * @formats: what wb_time_parse() would take
 *
 * For mapping files: whether the formats hold only what is known and name a whole date.
 */
gboolean
wb_time_check_formats (const char *formats,
                       GError    **error)
{
  g_auto(GStrv) each = NULL;

  if (strcmp (formats, "us") == 0 || strcmp (formats, "uk") == 0 || strcmp (formats, "de") == 0)
    return TRUE;
  each = g_strsplit (*formats != '\0' ? formats : " ", "|", -1);
  for (guint i = 0; each[i] != NULL; i++)
    {
      g_autoptr(GString) letters = g_string_new (NULL);

      for (const char *p = each[i]; *p != '\0'; p++)
        {
          if (*p != '%')
            continue;
          p++;
          if (*p == '\0' || strchr ("YymbdHIpMSz%", *p) == NULL)
            {
              g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "a date format cannot hold ‘%%%c’", *p != '\0' ? *p : ' ');
              return FALSE;
            }
          g_string_append_c (letters, *p);
        }
      if (strpbrk (letters->str, "Yy") == NULL || strpbrk (letters->str, "mb") == NULL
          || strchr (letters->str, 'd') == NULL)
        {
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "the date format ‘%s’ does not name year, month and day", each[i]);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * wb_time_to_string:
 *
 * Returns: (transfer full): "2025-10-07T07:50:26Z", with microseconds where there are any
 */
char *
wb_time_to_string (gint64 moment_us)
{
  gint64 seconds = moment_us / WB_TIME_US_PER_S;
  gint64 rest = moment_us % WB_TIME_US_PER_S;
  g_autoptr(GDateTime) moment = NULL;
  g_autofree char *text = NULL;

  if (rest < 0)
    {
      rest += WB_TIME_US_PER_S;
      seconds--;
    }
  moment = g_date_time_new_from_unix_utc (seconds);
  g_return_val_if_fail (moment != NULL, NULL);
  text = g_date_time_format (moment, "%Y-%m-%dT%H:%M:%S");
  return rest != 0 ? g_strdup_printf ("%s.%06dZ", text, (int) rest) : g_strconcat (text, "Z", NULL);
}
