/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-decimal"

#include "config.h"

#include <locale.h>
#include <string.h>

#include "core/wb-decimal.h"
#include "core/wb-error.h"

const WbDecimalSyntax wb_decimal_syntax_plain = { '.', 0 };
const WbDecimalSyntax wb_decimal_syntax_english = { '.', ',' };
const WbDecimalSyntax wb_decimal_syntax_continental = { ',', '.' };

static const gint64 powers[] = {
  1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000,
};

/* Wider than any sum or product of ours can grow; checked on the way back to 64 bits. */
__extension__ typedef __int128 Wide;

static gboolean
narrow (Wide     wide,
        gint64  *narrowed,
        GError **error)
{
  if (wide > G_MAXINT64 || wide < -(Wide) G_MAXINT64)
    {
      g_set_error_literal (error, WB_ERROR, WB_ERROR_RANGE, "the number is too large to be kept exactly");
      return FALSE;
    }
  *narrowed = (gint64) wide;
  return TRUE;
}

/* Half away from zero: 0.5 becomes 1, -0.5 becomes -1. */
static Wide
divide_rounding (Wide   number,
                 gint64 divisor)
{
  Wide half = divisor / 2;

  return number >= 0 ? (number + half) / divisor : -((-number + half) / divisor);
}

static const char *
skip_space (const char *p)
{
  for (;;)
    {
      if (g_ascii_isspace (*p))
        p++;
      else if ((guchar) p[0] == 0xC2 && (guchar) p[1] == 0xA0)
        p += 2;
      else if ((guchar) p[0] == 0xE2 && (guchar) p[1] == 0x80 && (guchar) p[2] == 0xAF)
        p += 3;
      else
        return p;
    }
}

/* How many bytes of a group separator stand at @p; 0 if none does. */
static gsize
match_group (const char *p,
             char        group)
{
  if (group == 0)
    return 0;
  if (group == ' ')
    {
      const char *end = skip_space (p);

      return g_ascii_isdigit (*end) ? (gsize) (end - p) : 0;
    }
  return *p == group ? 1 : 0;
}

static gboolean
fail_invalid (const char *text,
              const char *reason,
              GError    **error)
{
  g_autofree char *shown = g_utf8_make_valid (text, (gssize) strnlen (text, 40));

  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "‘%s’ is not a number: %s", shown, reason);
  return FALSE;
}

/* Reads sign and digits before the point. Moves *@text behind them. */
static gboolean
parse_whole (const char           **text,
             const WbDecimalSyntax *syntax,
             Wide                  *wide,
             guint                 *n_digits,
             const char           **reason)
{
  const char *p = *text;
  guint in_group = 0;
  gboolean grouped = FALSE;

  while (g_ascii_isdigit (*p) || (*n_digits > 0 && match_group (p, syntax->group) > 0))
    {
      if (!g_ascii_isdigit (*p))
        {
          /* 2 is how India groups: 1,00,000 */
          if (in_group == 0 || in_group > 3 || (grouped && in_group < 2))
            {
              *reason = "the digits are not grouped by three";
              return FALSE;
            }
          p += match_group (p, syntax->group);
          grouped = TRUE;
          in_group = 0;
          continue;
        }
      if (*wide <= G_MAXINT64)
        *wide = *wide * 10 + (*p - '0');
      in_group++;
      (*n_digits)++;
      p++;
    }
  if (grouped && in_group != 3)
    {
      *reason = "the digits are not grouped by three";
      return FALSE;
    }
  *text = p;
  return TRUE;
}

/**
 * wb_decimal_parse:
 * @text: what was written, UTF-8; spaces around it do not matter
 * @syntax: (nullable): how numbers are written there; NULL for "1234.5"
 * @value: (out caller-allocates): the number, with as many decimals as were written
 *
 * Reads a number exactly. Fails with %WB_ERROR_INVALID when it is not one (exponents, currency
 * signs and groups of other than three digits are not taken: they are signs of a wrong column
 * or a wrong @syntax) and with %WB_ERROR_RANGE when it does not fit. Zeros behind the ninth
 * decimal are dropped, other digits are an error.
 */
gboolean
wb_decimal_parse (const char            *text,
                  const WbDecimalSyntax *syntax,
                  WbDecimal             *value,
                  GError               **error)
{
  const char *p = NULL;
  const char *reason = NULL;
  gboolean negative = FALSE;
  Wide wide = 0;
  guint n_digits = 0;
  guint scale = 0;

  g_return_val_if_fail (text != NULL && value != NULL, FALSE);

  if (syntax == NULL)
    syntax = &wb_decimal_syntax_plain;
  p = skip_space (text);
  if (*p == '\0')
    return fail_invalid (text, "it is empty", error);
  if (*p == '-' || *p == '+')
    negative = *p++ == '-';
  else if (g_str_has_prefix (p, "−"))
    {
      negative = TRUE;
      p += strlen ("−");
    }
  if (!parse_whole (&p, syntax, &wide, &n_digits, &reason))
    return fail_invalid (text, reason, error);
  if (*p == syntax->point)
    {
      p++;
      for (; g_ascii_isdigit (*p); p++, n_digits++)
        {
          if (scale < WB_DECIMAL_MAX_SCALE)
            {
              scale++;
              if (wide <= G_MAXINT64)
                wide = wide * 10 + (*p - '0');
            }
          else if (*p != '0')
            {
              g_set_error (error, WB_ERROR, WB_ERROR_RANGE, "a number may have at most %d decimals",
                           WB_DECIMAL_MAX_SCALE);
              return FALSE;
            }
        }
    }
  if (n_digits == 0)
    return fail_invalid (text, "it has no digits", error);
  if (*skip_space (p) != '\0')
    return fail_invalid (text, "only digits, a sign and a decimal point are expected", error);
  value->scale = scale;
  return narrow (negative ? -wide : wide, &value->mantissa, error);
}

/**
 * wb_decimal_syntax_of_locale:
 *
 * How the locale writes numbers. Where it does not group digits, they are grouped the usual way for its decimal sign.
 * Main thread (reads localeconv()).
 */
WbDecimalSyntax
wb_decimal_syntax_of_locale (void)
{
  const struct lconv *locale = localeconv ();
  WbDecimalSyntax syntax = { '.', ',' };

  if (locale->decimal_point != NULL && strcmp (locale->decimal_point, ",") == 0)
    syntax.point = ',';
  if (locale->thousands_sep == NULL || *locale->thousands_sep == '\0')
    syntax.group = syntax.point == ',' ? '.' : ',';
  else if (locale->thousands_sep[1] == '\0')
    syntax.group = *locale->thousands_sep;
  else
    syntax.group = ' ';
  return syntax;
}

/**
 * wb_decimal_format:
 * @syntax: (nullable): how to write it; NULL for "1234.5"
 * @min_decimals: write at least so many decimals, with zeros if need be
 *
 * Writes every digit the number has.
 *
 * Returns: (transfer full): the text
 */
char *
wb_decimal_format (const WbDecimal       *self,
                   const WbDecimalSyntax *syntax,
                   guint                  min_decimals)
{
  g_autoptr(GString) out = g_string_new (NULL);
  guint64 absolute = 0;
  guint64 whole = 0;
  guint64 fraction = 0;
  char digits[24] = "";
  gsize n = 0;

  g_return_val_if_fail (self != NULL && self->scale <= WB_DECIMAL_MAX_SCALE, NULL);

  if (syntax == NULL)
    syntax = &wb_decimal_syntax_plain;
  absolute = self->mantissa < 0 ? -(guint64) self->mantissa : (guint64) self->mantissa;
  whole = absolute / (guint64) powers[self->scale];
  fraction = absolute % (guint64) powers[self->scale];
  g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, whole);
  n = strlen (digits);
  if (self->mantissa < 0)
    g_string_append_c (out, '-');
  for (gsize i = 0; i < n; i++)
    {
      gboolean grouped = i > 0 && syntax->group != 0 && (n - i) % 3 == 0;

      if (grouped && syntax->group == ' ')
        g_string_append (out, "\302\240");
      else if (grouped)
        g_string_append_c (out, syntax->group);
      g_string_append_c (out, digits[i]);
    }
  if (self->scale > 0 || min_decimals > 0)
    g_string_append_c (out, syntax->point);
  if (self->scale > 0)
    g_string_append_printf (out, "%0*" G_GUINT64_FORMAT, (int) self->scale, fraction);
  for (guint i = self->scale; i < min_decimals; i++)
    g_string_append_c (out, '0');
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * wb_decimal_to_string:
 *
 * Returns: (transfer full): the number as machines write it ("-1234.50"), the same in every locale
 */
char *
wb_decimal_to_string (const WbDecimal *self)
{
  return wb_decimal_format (self, NULL, 0);
}

/**
 * wb_decimal_compare:
 *
 * Returns: below, equal to or above 0 as @a is less than, equal to or greater than @b; 1.5 equals 1.50
 */
int
wb_decimal_compare (const WbDecimal *a,
                    const WbDecimal *b)
{
  Wide left = (Wide) a->mantissa * powers[WB_DECIMAL_MAX_SCALE - a->scale];
  Wide right = (Wide) b->mantissa * powers[WB_DECIMAL_MAX_SCALE - b->scale];

  return left < right ? -1 : left > right;
}

/**
 * wb_decimal_normalise:
 *
 * Returns: the same number without zeros at the end of its decimals: 1.50 as 1.5
 */
WbDecimal
wb_decimal_normalise (WbDecimal value)
{
  while (value.scale > 0 && value.mantissa % 10 == 0)
    {
      value.mantissa /= 10;
      value.scale--;
    }
  return value;
}

/**
 * wb_decimal_from_minor:
 * @minor: an amount in minor units
 * @digits: decimals of its currency, at most %WB_DECIMAL_MAX_SCALE
 *
 * Returns: the same amount in major units
 */
WbDecimal
wb_decimal_from_minor (gint64 minor,
                       guint  digits)
{
  WbDecimal value = WB_DECIMAL_INIT (minor, digits);

  return value;
}

static gboolean
add_scaled (const WbDecimal *a,
            const WbDecimal *b,
            int              sign,
            WbDecimal       *sum,
            GError         **error)
{
  guint scale = MAX (a->scale, b->scale);
  Wide wide = (Wide) a->mantissa * powers[scale - a->scale] + sign * ((Wide) b->mantissa * powers[scale - b->scale]);

  while (scale > 0 && (wide > G_MAXINT64 || wide < -(Wide) G_MAXINT64) && wide % 10 == 0)
    {
      wide /= 10;
      scale--;
    }
  sum->scale = scale;
  return narrow (wide, &sum->mantissa, error);
}

/**
 * wb_decimal_add:
 *
 * @sum may be one of the others. Fails with %WB_ERROR_RANGE when the exact sum does not fit.
 */
gboolean
wb_decimal_add (const WbDecimal *a,
                const WbDecimal *b,
                WbDecimal       *sum,
                GError         **error)
{
  return add_scaled (a, b, 1, sum, error);
}

/**
 * wb_decimal_subtract:
 *
 * @difference may be one of the others. Fails with %WB_ERROR_RANGE when the exact result does not fit.
 */
gboolean
wb_decimal_subtract (const WbDecimal *a,
                     const WbDecimal *b,
                     WbDecimal       *difference,
                     GError         **error)
{
  return add_scaled (a, b, -1, difference, error);
}

/**
 * wb_decimal_multiply:
 *
 * Exact; keeps the scale of @a. Fails with %WB_ERROR_RANGE when the product does not fit.
 */
gboolean
wb_decimal_multiply (const WbDecimal *a,
                     gint64           factor,
                     WbDecimal       *product,
                     GError         **error)
{
  product->scale = a->scale;
  return narrow ((Wide) a->mantissa * factor, &product->mantissa, error);
}

/**
 * wb_decimal_rescale:
 * @scale: how many decimals the result has
 *
 * Rounds half away from zero where digits are lost, adds zeros where there are fewer.
 */
gboolean
wb_decimal_rescale (const WbDecimal *a,
                    guint            scale,
                    WbDecimal       *rounded,
                    GError         **error)
{
  Wide wide = a->mantissa;

  g_return_val_if_fail (scale <= WB_DECIMAL_MAX_SCALE, FALSE);

  if (scale >= a->scale)
    wide *= powers[scale - a->scale];
  else
    wide = divide_rounding (wide, powers[a->scale - scale]);
  rounded->scale = scale;
  return narrow (wide, &rounded->mantissa, error);
}

/**
 * wb_decimal_to_minor:
 * @unit_price: the price of one, in major units
 * @quantity: how many
 * @digits: decimals of the currency (wb_currency_get_digits())
 * @minor: (out): what a line costs, in minor units
 *
 * The one rule by which a line gets its total: the exact product, rounded half away from zero once.
 */
gboolean
wb_decimal_to_minor (const WbDecimal *unit_price,
                     gint64           quantity,
                     guint            digits,
                     gint64          *minor,
                     GError         **error)
{
  Wide wide = (Wide) unit_price->mantissa * quantity;

  g_return_val_if_fail (digits <= WB_DECIMAL_MAX_SCALE, FALSE);

  if (digits >= unit_price->scale)
    {
      if (wide > G_MAXINT64 || wide < -(Wide) G_MAXINT64)
        return narrow (wide, minor, error);
      wide *= powers[digits - unit_price->scale];
    }
  else
    wide = divide_rounding (wide, powers[unit_price->scale - digits]);
  return narrow (wide, minor, error);
}
