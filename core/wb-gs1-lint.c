/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-country.h"
#include "core/wb-gs1-lint-private.h"
#include "core/wb-gs1.h"

#define PREFIX_LEAST 4

typedef gboolean (*Check) (const char *value, gsize length, WbGs1Spot *spot);

/* ── What they share ─────────────────────────────────────────────────────────────────────────── */

gboolean
_wb_gs1_fail (WbGs1Spot *spot, gsize at, gsize length, const char *what)
{
  if (spot != NULL)
    *spot = (WbGs1Spot){ at, length, what };
  return FALSE;
}

/* The first character that is not allowed is what is wrong. */
gboolean
_wb_gs1_lint_only (const char *allowed, const char *value, gsize length, WbGs1Spot *spot, const char *what)
{
  for (gsize i = 0; i < length; i++)
    if (value[i] == '\0' || strchr (allowed, value[i]) == NULL)
      return _wb_gs1_fail (spot, i, 1, what);
  return TRUE;
}

gboolean
_wb_gs1_lint_digits (const char *value, gsize length, WbGs1Spot *spot)
{
  return _wb_gs1_lint_only (WB_GS1_DIGITS, value, length, spot, "a character that is not a digit");
}

/* A number that is too long for 64 bits is as large as can be. */
static guint64
read_number (const char *value, gsize length)
{
  g_autofree char *digits = g_strndup (value, length);

  return g_ascii_strtoull (digits, NULL, 10);
}

static gboolean
stands_in (const char *list, const char *value, gsize length, WbGs1Spot *spot, const char *what)
{
  for (const char *word = list; *word != '\0'; word += strspn (word, " "))
    {
      gsize size = strcspn (word, " ");

      if (size == length && strncmp (word, value, length) == 0)
        return TRUE;
      word += size;
    }
  return _wb_gs1_fail (spot, 0, length, what);
}

static gboolean
check_length (gsize length, gsize wanted, WbGs1Spot *spot)
{
  return length == wanted || _wb_gs1_fail (spot, 0, length, length < wanted ? "it is too short" : "it is too long");
}

/* ── Characters and numbers ──────────────────────────────────────────────────────────────────── */

static gboolean
lint_cset39 (const char *value, gsize length, WbGs1Spot *spot)
{
  return _wb_gs1_lint_only (WB_GS1_CSET_39, value, length, spot, "a character that is not allowed");
}

static gboolean
lint_cset82 (const char *value, gsize length, WbGs1Spot *spot)
{
  return _wb_gs1_lint_only (WB_GS1_CSET_82, value, length, spot, "a character that is not allowed");
}

/* base64url: at the end one or two "=" that make it a multiple of three. */
static gboolean
lint_cset64 (const char *value, gsize length, WbGs1Spot *spot)
{
  gsize end = length;

  while (end > 0 && value[end - 1] == '=')
    end--;
  if (!_wb_gs1_lint_only (WB_GS1_CSET_64, value, end, spot, "a character that is not allowed"))
    return FALSE;
  if (end < length && (length - end > 2 || length % 3 != 0))
    return _wb_gs1_fail (spot, end, length - end, "a wrong number of “=” at the end");
  return TRUE;
}

static gboolean
lint_hasnondigit (const char *value, gsize length, WbGs1Spot *spot)
{
  return !_wb_gs1_lint_digits (value, length, NULL) || _wb_gs1_fail (spot, 0, length, "it has only digits");
}

static gboolean
lint_zero (const char *value, gsize length, WbGs1Spot *spot)
{
  return _wb_gs1_lint_only ("0", value, length, NULL, "") || _wb_gs1_fail (spot, 0, length, "it is not zero");
}

static gboolean
lint_nonzero (const char *value, gsize length, WbGs1Spot *spot)
{
  if (!_wb_gs1_lint_digits (value, length, spot))
    return FALSE;
  return !_wb_gs1_lint_only ("0", value, length, NULL, "") || _wb_gs1_fail (spot, 0, length, "it is zero");
}

static gboolean
lint_nozeroprefix (const char *value, gsize length, WbGs1Spot *spot)
{
  if (!_wb_gs1_lint_digits (value, length, spot))
    return FALSE;
  return length < 2 || value[0] != '0' || _wb_gs1_fail (spot, 0, 1, "it begins with a zero");
}

static gboolean
lint_one_of (const char *allowed, const char *value, gsize length, WbGs1Spot *spot)
{
  return (length == 1 && value[0] != '\0' && strchr (allowed, value[0]) != NULL)
         || _wb_gs1_fail (spot, 0, length, "it is none of the values that are defined");
}

static gboolean
lint_yesno (const char *value, gsize length, WbGs1Spot *spot)
{
  return lint_one_of ("01", value, length, spot);
}

static gboolean
lint_winding (const char *value, gsize length, WbGs1Spot *spot)
{
  return lint_one_of ("019", value, length, spot);
}

static gboolean
lint_iso5218 (const char *value, gsize length, WbGs1Spot *spot)
{
  return lint_one_of ("0129", value, length, spot);
}

static gboolean
lint_hyphen (const char *value, gsize length, WbGs1Spot *spot)
{
  return lint_one_of ("-", value, length, spot);
}

static gboolean
lint_importeridx (const char *value, gsize length, WbGs1Spot *spot)
{
  return lint_one_of (WB_GS1_CSET_64, value, length, spot);
}

static gboolean
lint_gcppos (const char *value, gsize length, gsize at, WbGs1Spot *spot)
{
  if (length < at + PREFIX_LEAST)
    return _wb_gs1_fail (spot, 0, length, "it is too short for a company prefix");
  for (gsize i = at; i < at + PREFIX_LEAST; i++)
    if (!g_ascii_isdigit (value[i]))
      return _wb_gs1_fail (spot, at, length - at, "it does not begin with a company prefix");
  return TRUE;
}

static gboolean
lint_gcppos1 (const char *value, gsize length, WbGs1Spot *spot)
{
  return lint_gcppos (value, length, 0, spot);
}

static gboolean
lint_gcppos2 (const char *value, gsize length, WbGs1Spot *spot)
{
  return lint_gcppos (value, length, 1, spot);
}

/* ── Check digits and characters ─────────────────────────────────────────────────────────────── */

static gboolean
lint_csum (const char *value, gsize length, WbGs1Spot *spot)
{
  if (length == 0)
    return _wb_gs1_fail (spot, 0, 0, "it is too short for a check digit");
  if (!_wb_gs1_lint_digits (value, length, spot))
    return FALSE;
  return length > 1 && value[length - 1] == wb_gs1_check_digit (value, length - 1)
             ? TRUE
             : _wb_gs1_fail (spot, length - 1, 1, "the check digit is wrong");
}

static guint
next_prime (guint prime)
{
  gboolean found = FALSE;

  while (!found)
    {
      prime++;
      found = TRUE;
      for (guint i = 2; i * i <= prime && found; i++)
        found = prime % i != 0;
    }
  return prime;
}

/* Global Model Number: the characters from the right times the primes from 2, modulo 1021 (General Specifications 7.9.5). */
static gboolean
lint_csumalpha (const char *value, gsize length, WbGs1Spot *spot)
{
  static const char digits[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  guint sum = 0;
  guint prime = 2;

  if (length < 2)
    return _wb_gs1_fail (spot, 0, length, "it is too short for a check pair");
  if (!_wb_gs1_lint_only (WB_GS1_CSET_82, value, length - 2, spot, "a character that is not allowed"))
    return FALSE;
  for (gsize i = length - 2; i-- > 0; prime = next_prime (prime))
    sum = (sum + prime * (guint) (strchr (WB_GS1_CSET_82, value[i]) - WB_GS1_CSET_82)) % 1021;
  if (value[length - 2] != digits[sum / 32] || value[length - 1] != digits[sum % 32])
    return _wb_gs1_fail (spot, length - 2, 2, "the check pair is wrong");
  return TRUE;
}

/* ISO 13616: the first four characters to the end, letters as 10 to 35, modulo 97 is 1. */
static gboolean
lint_iban (const char *value, gsize length, WbGs1Spot *spot)
{
  guint rest = 0;

  if (length < 5)
    return _wb_gs1_fail (spot, 0, length, "it is too short for an IBAN");
  if (!_wb_gs1_lint_only (WB_GS1_DIGITS "ABCDEFGHIJKLMNOPQRSTUVWXYZ", value, length, spot, "a character that no IBAN has"))
    return FALSE;
  if (!g_ascii_isalpha (value[0]) || !g_ascii_isalpha (value[1]))
    return _wb_gs1_fail (spot, 0, 2, "it does not begin with a country");
  for (gsize i = 0; i < length; i++)
    {
      char c = value[(i + 4) % length];

      rest = g_ascii_isdigit (c) ? (rest * 10 + (guint) (c - '0')) % 97 : (rest * 100 + 10 + (guint) (c - 'A')) % 97;
    }
  return rest == 1 || _wb_gs1_fail (spot, 2, 2, "the check digits are wrong");
}

/* ── Dates and times ─────────────────────────────────────────────────────────────────────────── */

/* Digits of a date. The century of a year of two digits does not matter: 2000 ± 50 years follow the same rule. */
gboolean
_wb_gs1_lint_day (const char *value, gsize year_digits, gboolean day_zero, WbGs1Spot *spot)
{
  static const guint64 days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  guint64 year = read_number (value, year_digits);
  guint64 month = read_number (value + year_digits, 2);
  guint64 day = read_number (value + year_digits + 2, 2);
  gboolean leap = year % 4 == 0 && (year_digits == 2 || year % 100 != 0 || year % 400 == 0);

  if (month < 1 || month > 12)
    return _wb_gs1_fail (spot, year_digits, 2, "there is no such month");
  if ((day == 0 && !day_zero) || day > days[month - 1] + (month == 2 && leap ? 1 : 0))
    return _wb_gs1_fail (spot, year_digits + 2, 2, "there is no such day");
  return TRUE;
}

static gboolean
lint_date (const char *value, gsize length, gsize year_digits, gboolean day_zero, WbGs1Spot *spot)
{
  return check_length (length, year_digits + 4, spot) && _wb_gs1_lint_digits (value, length, spot)
         && _wb_gs1_lint_day (value, year_digits, day_zero, spot);
}

static gboolean
lint_yymmdd (const char *value, gsize length, WbGs1Spot *spot)
{
  return lint_date (value, length, 2, FALSE, spot);
}

static gboolean
lint_yymmd0 (const char *value, gsize length, WbGs1Spot *spot)
{
  return lint_date (value, length, 2, TRUE, spot);
}

static gboolean
lint_yyyymmdd (const char *value, gsize length, WbGs1Spot *spot)
{
  return lint_date (value, length, 4, FALSE, spot);
}

static gboolean
lint_yyyymmd0 (const char *value, gsize length, WbGs1Spot *spot)
{
  return lint_date (value, length, 4, TRUE, spot);
}

static gboolean
lint_below (const char *value, gsize length, guint64 limit, WbGs1Spot *spot)
{
  if (!check_length (length, 2, spot) || !_wb_gs1_lint_digits (value, length, spot))
    return FALSE;
  return read_number (value, 2) < limit || _wb_gs1_fail (spot, 0, 2, "there is no such time");
}

static gboolean
lint_hh (const char *value, gsize length, WbGs1Spot *spot)
{
  return lint_below (value, length, 24, spot);
}

static gboolean
lint_minute (const char *value, gsize length, WbGs1Spot *spot)
{
  return lint_below (value, length, 60, spot);
}

static gboolean
lint_hhmi (const char *value, gsize length, WbGs1Spot *spot)
{
  if (!check_length (length, 4, spot) || !_wb_gs1_lint_digits (value, length, spot) || !lint_hh (value, 2, spot))
    return FALSE;
  return read_number (value + 2, 2) < 60 || _wb_gs1_fail (spot, 2, 2, "there is no such minute");
}

/* ── Code lists ──────────────────────────────────────────────────────────────────────────────── */

static gboolean
lint_iso3166 (const char *value, gsize length, WbGs1Spot *spot)
{
  return stands_in (_wb_gs1_countries, value, length, spot, "it is no country of ISO 3166");
}

static gboolean
lint_iso3166999 (const char *value, gsize length, WbGs1Spot *spot)
{
  return (length == 3 && strncmp (value, "999", 3) == 0) || lint_iso3166 (value, length, spot);
}

static gboolean
lint_iso3166alpha2 (const char *value, gsize length, WbGs1Spot *spot)
{
  g_autofree char *code = g_strndup (value, length);

  /* Kosovo has a code that ISO has not given. */
  return (length == 2 && wb_country_get_name (code) != NULL && strcmp (code, "XK") != 0)
         || _wb_gs1_fail (spot, 0, length, "it is no country of ISO 3166");
}

static gboolean
lint_iso4217 (const char *value, gsize length, WbGs1Spot *spot)
{
  return stands_in (_wb_gs1_currencies, value, length, spot, "it is no currency of ISO 4217");
}

static gboolean
lint_packagetype (const char *value, gsize length, WbGs1Spot *spot)
{
  return stands_in (_wb_gs1_packages, value, length, spot, "it is no kind of package");
}

/* 01 to 10 are given out, 80 to 99 are anybody's. */
static gboolean
lint_mediatype (const char *value, gsize length, WbGs1Spot *spot)
{
  guint64 number = length == 2 && _wb_gs1_lint_digits (value, length, NULL) ? read_number (value, 2) : 0;

  return (number >= 1 && number <= 10) || (number >= 80 && number <= 99)
         || _wb_gs1_fail (spot, 0, length, "it is no kind of medium");
}

/* ── Places and pieces ───────────────────────────────────────────────────────────────────────── */

/* Ten digits: ten millionths of a degree, from the south pole. */
static gboolean
lint_degrees (const char *value, gsize length, guint64 most, WbGs1Spot *spot)
{
  if (!check_length (length, 10, spot) || !_wb_gs1_lint_digits (value, length, spot))
    return FALSE;
  return read_number (value, length) <= most || _wb_gs1_fail (spot, 0, length, "it is off the globe");
}

static gboolean
lint_latitude (const char *value, gsize length, WbGs1Spot *spot)
{
  return lint_degrees (value, length, G_GUINT64_CONSTANT (1800000000), spot);
}

static gboolean
lint_longitude (const char *value, gsize length, WbGs1Spot *spot)
{
  return lint_degrees (value, length, G_GUINT64_CONSTANT (3600000000), spot);
}

static gboolean
lint_pcenc (const char *value, gsize length, WbGs1Spot *spot)
{
  for (gsize i = 0; i < length; i++)
    if (value[i] == '%' && (i + 2 >= length || !g_ascii_isxdigit (value[i + 1]) || !g_ascii_isxdigit (value[i + 2])))
      return _wb_gs1_fail (spot, i, MIN (3, length - i), "“%” without two hexadecimal digits");
  return TRUE;
}

/* Half of the digits say which piece, the other half of how many. */
static gboolean
lint_pieceoftotal (const char *value, gsize length, WbGs1Spot *spot)
{
  gsize half = length / 2;

  if (length == 0 || length % 2 != 0)
    return _wb_gs1_fail (spot, 0, length, "it does not fall into two halves");
  if (!_wb_gs1_lint_digits (value, length, spot))
    return FALSE;
  if (read_number (value, half) == 0)
    return _wb_gs1_fail (spot, 0, half, "pieces are counted from one");
  if (read_number (value + half, half) == 0)
    return _wb_gs1_fail (spot, half, half, "there is at least one piece");
  return read_number (value, half) <= read_number (value + half, half)
         || _wb_gs1_fail (spot, 0, length, "the piece is behind the last one");
}

static gboolean
lint_posinseqslash (const char *value, gsize length, WbGs1Spot *spot)
{
  const char *slash = memchr (value, '/', length);
  gsize first = slash != NULL ? (gsize) (slash - value) : 0;
  gsize second = slash != NULL ? length - first - 1 : 0;

  if (first == 0 || second == 0 || !_wb_gs1_lint_digits (value, first, NULL) || !_wb_gs1_lint_digits (slash + 1, second, NULL))
    return _wb_gs1_fail (spot, 0, length, "it is not written like 1/3");
  if (value[0] == '0')
    return _wb_gs1_fail (spot, 0, first, "it begins with a zero");
  if (slash[1] == '0')
    return _wb_gs1_fail (spot, first + 1, second, "it begins with a zero");
  return read_number (value, first) <= read_number (slash + 1, second)
         || _wb_gs1_fail (spot, 0, length, "the position is behind the last one");
}

/* ── By name ─────────────────────────────────────────────────────────────────────────────────── */

gboolean
wb_gs1_lint (const char *name, const char *value, gsize length, WbGs1Spot *spot)
{
  static const struct
  {
    const char *name;
    Check check;
  } checks[] = {
    { "csum", lint_csum },
    { "csumalpha", lint_csumalpha },
    { "cset39", lint_cset39 },
    { "cset64", lint_cset64 },
    { "cset82", lint_cset82 },
    { "csetnumeric", _wb_gs1_lint_digits },
    { "couponcode", _wb_gs1_lint_coupon },
    { "couponposoffer", _wb_gs1_lint_offer },
    { "gcppos1", lint_gcppos1 },
    { "gcppos2", lint_gcppos2 },
    { "hasnondigit", lint_hasnondigit },
    { "hh", lint_hh },
    { "hhmi", lint_hhmi },
    { "hyphen", lint_hyphen },
    { "iban", lint_iban },
    { "importeridx", lint_importeridx },
    { "iso3166", lint_iso3166 },
    { "iso3166999", lint_iso3166999 },
    { "iso3166alpha2", lint_iso3166alpha2 },
    { "iso4217", lint_iso4217 },
    { "iso5218", lint_iso5218 },
    { "latitude", lint_latitude },
    { "longitude", lint_longitude },
    { "mediatype", lint_mediatype },
    { "mi", lint_minute },
    { "nonzero", lint_nonzero },
    { "nozeroprefix", lint_nozeroprefix },
    { "packagetype", lint_packagetype },
    { "pcenc", lint_pcenc },
    { "pieceoftotal", lint_pieceoftotal },
    { "posinseqslash", lint_posinseqslash },
    { "ss", lint_minute },
    { "winding", lint_winding },
    { "yesno", lint_yesno },
    { "yymmd0", lint_yymmd0 },
    { "yymmdd", lint_yymmdd },
    { "yyyymmd0", lint_yyyymmd0 },
    { "yyyymmdd", lint_yyyymmdd },
    { "zero", lint_zero },
  };

  g_return_val_if_fail (name != NULL && value != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    if (strcmp (checks[i].name, name) == 0)
      return checks[i].check (value, length, spot);
  return TRUE;
}
