/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates as people write them, and the stretch of time that each stands for. */
#include "config.h"

#include "core/wb-filter-private.h"

#include <stdio.h>
#include <string.h>

static const char *const near_words[] = { "yesterday", "today", "tomorrow" };
static const char *const weekdays[] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };
static const char *const which_words[] = { "last", "this", "next" };

static const struct
{
  WbFilterUnit unit;
  const char *name; /* of periods; NULL when there is none */
  const char *suffix;
  int most;
} units[] = {
  { WB_FILTER_UNIT_MINUTE, NULL, "min", 1000000 }, { WB_FILTER_UNIT_HOUR, NULL, "h", 100000 },
  { WB_FILTER_UNIT_DAY, NULL, "d", 40000 },        { WB_FILTER_UNIT_WEEK, "week", "w", 5000 },
  { WB_FILTER_UNIT_MONTH, "month", "m", 1200 },    { WB_FILTER_UNIT_QUARTER, "quarter", "q", 400 },
  { WB_FILTER_UNIT_YEAR, "year", "y", 100 },
};

/* ---- Reading ------------------------------------------------------------------------------ */

static int
find_word (const char *const *words,
           guint n,
           const char *text)
{
  for (guint i = 0; i < n; i++)
    if (g_ascii_strcasecmp (words[i], text) == 0)
      return i;

  return -1;
}

/* yesterday, now, monday, next-monday, last-week */
static gboolean
parse_word (const char *text,
            WbFilterDate *date)
{
  const char *rest = text;
  int i = find_word (near_words, G_N_ELEMENTS (near_words), text), which = 0;

  if (i >= 0)
    {
      date->kind = WB_FILTER_DATE_NEAR;
      date->amount = i - 1;
      return TRUE;
    }
  if (g_ascii_strcasecmp (text, "now") == 0)
    {
      date->kind = WB_FILTER_DATE_NOW;
      return TRUE;
    }
  for (guint w = 0; w < G_N_ELEMENTS (which_words); w++)
    if (g_ascii_strncasecmp (text, which_words[w], 4) == 0 && text[4] != '\0' && strchr ("-_ ", text[4]) != NULL)
      {
        which = (int) w - 1;
        rest = text + 5;
      }
  i = find_word (weekdays, G_N_ELEMENTS (weekdays), rest);
  if (i >= 0)
    {
      date->kind = WB_FILTER_DATE_WEEKDAY;
      date->part = i + 1;
      date->amount = which;
      return rest == text || which != 0; /* this-monday is plain monday: one form only */
    }
  for (guint u = 0; u < G_N_ELEMENTS (units) && rest != text; u++)
    if (units[u].name != NULL && g_ascii_strcasecmp (units[u].name, rest) == 0)
      {
        date->kind = WB_FILTER_DATE_PERIOD;
        date->unit = units[u].unit;
        date->amount = which;
        return TRUE;
      }

  return FALSE;
}

/* -7d, 2w, +3m */
static gboolean
parse_offset (const char *text,
              WbFilterDate *date)
{
  gboolean negative = text[0] == '-';
  const char *digits = text[0] == '-' || text[0] == '+' ? text + 1 : text;
  gsize n = strspn (digits, "0123456789");
  int amount = 0;

  if (n == 0 || n > 7)
    return FALSE;
  amount = (int) g_ascii_strtoll (digits, NULL, 10);
  for (guint u = 0; u < G_N_ELEMENTS (units); u++)
    if (g_ascii_strcasecmp (units[u].suffix, digits + n) == 0 && amount <= units[u].most)
      {
        date->kind = WB_FILTER_DATE_OFFSET;
        date->unit = units[u].unit;
        date->amount = negative ? -amount : amount;
        return TRUE;
      }

  return FALSE;
}

/* Exactly so many digits. */
static gboolean
read_digits (const char **p,
             guint n,
             int *value)
{
  *value = 0;
  for (guint i = 0; i < n; i++, (*p)++)
    {
      if (!g_ascii_isdigit (**p))
        return FALSE;
      *value = *value * 10 + (**p - '0');
    }

  return !g_ascii_isdigit (**p);
}

static gboolean
parse_clock (const char *p,
             WbFilterDate *date)
{
  if (!read_digits (&p, 2, &date->hour) || *p++ != ':' || !read_digits (&p, 2, &date->minute))
    return FALSE;
  date->kind = WB_FILTER_DATE_MINUTE;
  if (*p == ':')
    {
      p++;
      date->kind = WB_FILTER_DATE_SECOND;
      if (!read_digits (&p, 2, &date->second))
        return FALSE;
    }

  return *p == '\0' && date->hour < 24 && date->minute < 60 && date->second < 60;
}

/* 2025, 2025-10, 2025-10-07, 2025-w41, 2025-q4, 2025-10-07t14:30:05 */
static gboolean
parse_absolute (const char *p,
                WbFilterDate *date)
{
  char letter = '\0';
  GDate december;

  if (!read_digits (&p, 4, &date->year) || date->year < 1)
    return FALSE;
  date->kind = WB_FILTER_DATE_YEAR;
  if (*p == '\0')
    return TRUE;
  if (*p++ != '-')
    return FALSE;
  letter = g_ascii_tolower (*p);
  if (letter == 'q')
    {
      p++;
      date->kind = WB_FILTER_DATE_QUARTER;
      return read_digits (&p, 1, &date->part) && *p == '\0' && date->part >= 1 && date->part <= 4;
    }
  if (letter == 'w')
    {
      p++;
      date->kind = WB_FILTER_DATE_WEEK;
      if (!read_digits (&p, 2, &date->part) || *p != '\0' || date->part < 1)
        return FALSE;
      g_date_clear (&december, 1);
      g_date_set_dmy (&december, 28, G_DATE_DECEMBER, (GDateYear) date->year);
      return date->part <= (int) g_date_get_iso8601_week_of_year (&december);
    }
  if (!read_digits (&p, 2, &date->part) || date->part < 1 || date->part > 12)
    return FALSE;
  date->kind = WB_FILTER_DATE_MONTH;
  if (*p == '\0')
    return TRUE;
  if (*p++ != '-' || !read_digits (&p, 2, &date->day) || !g_date_valid_dmy (date->day, date->part, date->year))
    return FALSE;
  date->kind = WB_FILTER_DATE_DAY;
  if (*p == '\0')
    return TRUE;

  return (*p == 't' || *p == 'T' || *p == ' ') && parse_clock (p + 1, date);
}

/* 7.10.2025: as written where days come first and dots separate; no other order is written with dots. */
static gboolean
parse_dotted (const char *text,
              WbFilterDate *date)
{
  int end = 0;

  if (!g_ascii_isdigit (text[0]) ||
      sscanf (text, "%2d.%2d.%4d%n", &date->day, &date->part, &date->year, &end) != 3 || text[end] != '\0' ||
      date->year < 1000 || date->day < 1 || date->part < 1 || !g_date_valid_dmy (date->day, date->part, date->year))
    return FALSE;
  date->kind = WB_FILTER_DATE_DAY;

  return TRUE;
}

/* 2025/10/07 and 2025.10.07; 31/12/2025 and 12/31/2025, which cannot be read in two ways. */
static gboolean
parse_other_order (const char *text,
                   WbFilterDate *date)
{
  int a = 0, b = 0, end = 0;

  date->kind = WB_FILTER_DATE_DAY;
  if (!g_ascii_isdigit (text[0]))
    return FALSE;
  if (sscanf (text, "%4d%*1[/.]%2d%*1[/.]%2d%n", &date->year, &date->part, &date->day, &end) == 3 && text[end] == '\0' &&
      date->year >= 1000)
    return date->day > 0 && date->part > 0 && g_date_valid_dmy (date->day, date->part, date->year);
  if (sscanf (text, "%2d%*1[/-]%2d%*1[/-]%4d%n", &a, &b, &date->year, &end) != 3 || text[end] != '\0' || date->year < 1000 ||
      (a > 12) == (b > 12) || a < 1 || b < 1)
    return FALSE;
  date->day = MAX (a, b);
  date->part = MIN (a, b);

  return g_date_valid_dmy (date->day, date->part, date->year);
}

/* Whether @text is a date; @date says which. */
gboolean
_wb_filter_date_parse (const char *text,
                       WbFilterDate *date)
{
  static gboolean (*const forms[]) (const char *, WbFilterDate *) = { parse_word,   parse_absolute, parse_offset,
                                                                      parse_dotted, parse_other_order };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      memset (date, 0, sizeof *date);
      if (forms[i] (text, date))
        return TRUE;
    }
  memset (date, 0, sizeof *date);

  return FALSE;
}

/* ---- Writing ------------------------------------------------------------------------------ */

void
_wb_filter_date_print (const WbFilterDate *date,
                       GString *out)
{
  switch (date->kind)
    {
    case WB_FILTER_DATE_YEAR:
      g_string_append_printf (out, "%04d", date->year);
      break;
    case WB_FILTER_DATE_QUARTER:
      g_string_append_printf (out, "%04d-q%d", date->year, date->part);
      break;
    case WB_FILTER_DATE_MONTH:
      g_string_append_printf (out, "%04d-%02d", date->year, date->part);
      break;
    case WB_FILTER_DATE_WEEK:
      g_string_append_printf (out, "%04d-w%02d", date->year, date->part);
      break;
    case WB_FILTER_DATE_DAY:
    case WB_FILTER_DATE_MINUTE:
    case WB_FILTER_DATE_SECOND:
      g_string_append_printf (out, "%04d-%02d-%02d", date->year, date->part, date->day);
      if (date->kind != WB_FILTER_DATE_DAY)
        g_string_append_printf (out, "t%02d:%02d", date->hour, date->minute);
      if (date->kind == WB_FILTER_DATE_SECOND)
        g_string_append_printf (out, ":%02d", date->second);
      break;
    case WB_FILTER_DATE_NOW:
      g_string_append (out, "now");
      break;
    case WB_FILTER_DATE_NEAR:
      g_string_append (out, near_words[date->amount + 1]);
      break;
    case WB_FILTER_DATE_WEEKDAY:
      if (date->amount != 0)
        g_string_append_printf (out, "%s-", which_words[date->amount + 1]);
      g_string_append (out, weekdays[date->part - 1]);
      break;
    case WB_FILTER_DATE_PERIOD:
      g_string_append_printf (out, "%s-%s", which_words[date->amount + 1], units[date->unit].name);
      break;
    case WB_FILTER_DATE_OFFSET:
      g_string_append_printf (out, "%d%s", date->amount, units[date->unit].suffix);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* Words for completion, NULL-terminated. */
const char *const *
_wb_filter_date_words (void)
{
  static const char *const words[] = {
    "today",      "yesterday",  "tomorrow",     "this-week", "last-week", "next-week", "this-month", "last-month",
    "next-month", "this-year",  "last-quarter", "-7d",       "-30d",      "7d",        "monday",     "tuesday",
    "wednesday",  "thursday",   "friday",       "saturday",  "sunday",    "now",       NULL,
  };

  return words;
}

/* ---- Resolving ---------------------------------------------------------------------------- */

GDateTime *
_wb_filter_context_now (const WbFilterContext *context)
{
  g_autoptr(GTimeZone) local = NULL;
  g_autoptr(GDateTime) utc = NULL;
  g_autoptr(GDateTime) whole = NULL;
  GTimeZone *zone = context != NULL ? context->zone : NULL;
  gint64 now_us = context != NULL && context->now_us != 0 ? context->now_us : g_get_real_time ();
  gint64 seconds = now_us / G_USEC_PER_SEC - (now_us % G_USEC_PER_SEC < 0);

  if (zone == NULL)
    zone = local = g_time_zone_new_local ();
  utc = g_date_time_new_from_unix_utc (seconds);
  whole = g_date_time_add (utc, now_us - seconds * G_USEC_PER_SEC);

  return g_date_time_to_timezone (whole, zone);
}

static gint64
to_us (GDateTime *moment)
{
  return g_date_time_to_unix (moment) * G_USEC_PER_SEC + g_date_time_get_microsecond (moment);
}

/* The first moment of a day in the zone, days counted from 1970. */
static gint64
day_to_us (gint64 day,
           GTimeZone *zone)
{
  static const gint64 epoch = 719163; /* 1970-01-01 in GDate's count */
  GDate date;
  g_autoptr(GDateTime) start = NULL;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) CLAMP (day + epoch, 1, 3652059));
  start = g_date_time_new (zone, g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date), 0, 0, 0);

  return to_us (start);
}

static gint64
date_to_day (const GDate *date)
{
  return (gint64) g_date_get_julian (date) - 719163;
}

/* The first day of the period that holds @date. */
static void
to_period_start (GDate *date,
                 WbFilterUnit unit,
                 int week_start)
{
  if (unit == WB_FILTER_UNIT_WEEK)
    {
      g_date_subtract_days (date, (g_date_get_weekday (date) - week_start + 7) % 7);
      return;
    }
  g_date_set_day (date, 1);
  if (unit == WB_FILTER_UNIT_QUARTER)
    g_date_set_month (date, (GDateMonth) ((g_date_get_month (date) - 1) / 3 * 3 + 1));
  else if (unit == WB_FILTER_UNIT_YEAR)
    g_date_set_month (date, G_DATE_JANUARY);
}

static void
add_units (GDate *date,
           WbFilterUnit unit,
           int amount)
{
  int days = unit == WB_FILTER_UNIT_DAY ? amount : unit == WB_FILTER_UNIT_WEEK ? 7 * amount : 0;
  int months = unit == WB_FILTER_UNIT_MONTH     ? amount
               : unit == WB_FILTER_UNIT_QUARTER ? 3 * amount
               : unit == WB_FILTER_UNIT_YEAR    ? 12 * amount
                                                : 0;

  if (days > 0)
    g_date_add_days (date, days);
  else if (days < 0 && (guint32) -days < g_date_get_julian (date))
    g_date_subtract_days (date, -days);
  if (months > 0)
    g_date_add_months (date, months);
  else if (months < 0 && g_date_get_year (date) * 12 > -months + 12)
    g_date_subtract_months (date, -months);
}

/* The days [from, to) of a date that is made of whole days. */
static void
resolve_days (const WbFilterDate *date,
              const GDate *today,
              int week_start,
              gboolean planned,
              gboolean through,
              GDate *from,
              GDate *to)
{
  static const WbFilterUnit absolute_units[] = {
    [WB_FILTER_DATE_YEAR] = WB_FILTER_UNIT_YEAR,   [WB_FILTER_DATE_QUARTER] = WB_FILTER_UNIT_QUARTER,
    [WB_FILTER_DATE_MONTH] = WB_FILTER_UNIT_MONTH, [WB_FILTER_DATE_WEEK] = WB_FILTER_UNIT_WEEK,
    [WB_FILTER_DATE_DAY] = WB_FILTER_UNIT_DAY,
  };
  WbFilterUnit length = WB_FILTER_UNIT_DAY;
  int away = 0;

  *from = *today;
  switch (date->kind)
    {
    case WB_FILTER_DATE_NEAR:
      add_units (from, WB_FILTER_UNIT_DAY, date->amount);
      break;
    case WB_FILTER_DATE_WEEKDAY:
      /* Plain: the nearest, today included, ahead for what is planned. last- and next- leave today out. */
      away = (date->part - g_date_get_weekday (today) + 7) % 7;
      if (date->amount > 0)
        away = away == 0 ? 7 : away;
      else if (date->amount < 0 || !planned)
        away = away == 0 ? (date->amount < 0 ? -7 : 0) : away - 7;
      add_units (from, WB_FILTER_UNIT_DAY, away);
      break;
    case WB_FILTER_DATE_PERIOD:
      length = date->unit;
      to_period_start (from, length, week_start);
      add_units (from, length, date->amount);
      break;
    case WB_FILTER_DATE_OFFSET:
      add_units (from, date->unit, date->amount);
      break;
    case WB_FILTER_DATE_WEEK:
      /* ISO: the week with the 4th of January is the first. */
      g_date_set_dmy (from, 4, G_DATE_JANUARY, (GDateYear) date->year);
      to_period_start (from, WB_FILTER_UNIT_WEEK, 1);
      length = WB_FILTER_UNIT_WEEK;
      add_units (from, length, date->part - 1);
      break;
    case WB_FILTER_DATE_YEAR:
    case WB_FILTER_DATE_QUARTER:
    case WB_FILTER_DATE_MONTH:
    case WB_FILTER_DATE_DAY:
    case WB_FILTER_DATE_MINUTE:
    case WB_FILTER_DATE_SECOND:
    case WB_FILTER_DATE_NOW:
    default:
      length = absolute_units[date->kind];
      g_date_set_dmy (from, (GDateDay) MAX (date->day, 1),
                      (GDateMonth) (date->kind == WB_FILTER_DATE_QUARTER ? date->part * 3 - 2 : MAX (date->part, 1)),
                      (GDateYear) date->year);
      break;
    }
  *to = *from;
  add_units (to, length, 1);
  if (through && date->kind == WB_FILTER_DATE_OFFSET)
    {
      if (date->amount < 0)
        {
          *to = *today;
          add_units (to, WB_FILTER_UNIT_DAY, 1);
        }
      else
        *from = *today;
    }
}

/* The stretch of a date that has a time of day. */
static void
resolve_moments (const WbFilterDate *date,
                 GDateTime *now,
                 gboolean through,
                 WbFilterStretch *stretch)
{
  GTimeZone *zone = g_date_time_get_timezone (now);
  gint64 unit_us = date->unit == WB_FILTER_UNIT_HOUR ? 3600 * G_TIME_SPAN_SECOND : 60 * G_TIME_SPAN_SECOND;
  g_autoptr(GDateTime) moment = NULL;
  g_autoptr(GDateTime) last = NULL;

  if (date->kind == WB_FILTER_DATE_MINUTE || date->kind == WB_FILTER_DATE_SECOND)
    {
      moment = g_date_time_new (zone, date->year, date->part, date->day, date->hour, date->minute, date->second);
      stretch->from_us = to_us (moment);
      stretch->to_us =
        stretch->from_us + (date->kind == WB_FILTER_DATE_MINUTE ? 60 * G_TIME_SPAN_SECOND : G_TIME_SPAN_SECOND);
    }
  else
    {
      gint64 now_us = to_us (now);

      stretch->from_us = date->kind == WB_FILTER_DATE_NOW ? now_us : now_us + date->amount * unit_us;
      stretch->to_us = stretch->from_us + 1;
      if (through && stretch->from_us < now_us)
        stretch->to_us = now_us + 1;
      else if (through)
        stretch->from_us = now_us;
    }
  {
    GDate day;
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (stretch->from_us / G_USEC_PER_SEC);
    int year, month, dom;

    last = g_date_time_to_timezone (utc, zone);
    g_date_time_get_ymd (last, &year, &month, &dom);
    g_date_clear (&day, 1);
    g_date_set_dmy (&day, (GDateDay) dom, (GDateMonth) month, (GDateYear) year);
    stretch->from_day = date_to_day (&day);
    stretch->to_day = stretch->from_day + 1;
  }
}

static gboolean
has_clock (const WbFilterDate *date)
{
  switch (date->kind)
    {
    case WB_FILTER_DATE_MINUTE:
    case WB_FILTER_DATE_SECOND:
    case WB_FILTER_DATE_NOW:
      return TRUE;
    case WB_FILTER_DATE_OFFSET:
      return date->unit == WB_FILTER_UNIT_MINUTE || date->unit == WB_FILTER_UNIT_HOUR;
    case WB_FILTER_DATE_YEAR:
    case WB_FILTER_DATE_QUARTER:
    case WB_FILTER_DATE_MONTH:
    case WB_FILTER_DATE_WEEK:
    case WB_FILTER_DATE_DAY:
    case WB_FILTER_DATE_NEAR:
    case WB_FILTER_DATE_WEEKDAY:
    case WB_FILTER_DATE_PERIOD:
    default:
      return FALSE;
    }
}

/*
 * The stretch that a date stands for in the store's zone, at the present moment. @planned: plain weekdays
 * lie ahead. @through: an offset (`-7d`) stands for all the time from then to today, not for that day.
 * FALSE when it cannot be told (a year that does not exist).
 */
gboolean
_wb_filter_date_resolve (const WbFilterDate *date,
                         const WbFilterContext *context,
                         gboolean planned,
                         gboolean through,
                         WbFilterStretch *stretch)
{
  g_autoptr(GDateTime) now = _wb_filter_context_now (context);
  int week_start = context != NULL && context->week_start > 0 ? context->week_start : 1;
  int year, month, day;
  GDate today, from, to;

  if (has_clock (date))
    {
      resolve_moments (date, now, through, stretch);
      return TRUE;
    }
  g_date_time_get_ymd (now, &year, &month, &day);
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  resolve_days (date, &today, week_start, planned, through, &from, &to);
  if (!g_date_valid (&from) || !g_date_valid (&to))
    return FALSE;
  stretch->from_day = date_to_day (&from);
  stretch->to_day = date_to_day (&to);
  stretch->from_us = day_to_us (stretch->from_day, g_date_time_get_timezone (now));
  stretch->to_us = day_to_us (stretch->to_day, g_date_time_get_timezone (now));

  return TRUE;
}

gboolean
_wb_filter_date_is_relative (const WbFilterDate *date)
{
  return date->kind >= WB_FILTER_DATE_NOW;
}
