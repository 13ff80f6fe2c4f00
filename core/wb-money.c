/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-money"

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/wb-error.h"
#include "core/wb-money.h"

__extension__ typedef __int128 Wide;

typedef struct
{
  char code[WB_CURRENCY_SIZE];
  guint digits;
  const char *symbol; /* NULL: the code itself */
} Currency;

/* ISO 4217 as of 2025, sorted by code. A symbol stands only where it names one currency to most
   people; the many dollars and crowns would be confused. */
static const Currency currencies[] = {
  { "AED", 2, NULL }, { "AFN", 2, NULL }, { "ALL", 2, NULL }, { "AMD", 2, NULL }, { "ANG", 2, NULL },
  { "AOA", 2, NULL }, { "ARS", 2, NULL }, { "AUD", 2, "A$" }, { "AWG", 2, NULL }, { "AZN", 2, NULL },
  { "BAM", 2, NULL }, { "BBD", 2, NULL }, { "BDT", 2, NULL }, { "BGN", 2, NULL }, { "BHD", 3, NULL },
  { "BIF", 0, NULL }, { "BMD", 2, NULL }, { "BND", 2, NULL }, { "BOB", 2, NULL }, { "BRL", 2, "R$" },
  { "BSD", 2, NULL }, { "BTN", 2, NULL }, { "BWP", 2, NULL }, { "BYN", 2, NULL }, { "BZD", 2, NULL },
  { "CAD", 2, "CA$" }, { "CDF", 2, NULL }, { "CHF", 2, NULL }, { "CLF", 4, NULL }, { "CLP", 0, NULL },
  { "CNY", 2, "CN¥" }, { "COP", 2, NULL }, { "CRC", 2, NULL }, { "CUP", 2, NULL }, { "CVE", 2, NULL },
  { "CZK", 2, "Kč" }, { "DJF", 0, NULL }, { "DKK", 2, NULL }, { "DOP", 2, NULL }, { "DZD", 2, NULL },
  { "EGP", 2, NULL }, { "ERN", 2, NULL }, { "ETB", 2, NULL }, { "EUR", 2, "€" }, { "FJD", 2, NULL },
  { "FKP", 2, NULL }, { "GBP", 2, "£" }, { "GEL", 2, NULL }, { "GHS", 2, NULL }, { "GIP", 2, NULL },
  { "GMD", 2, NULL }, { "GNF", 0, NULL }, { "GTQ", 2, NULL }, { "GYD", 2, NULL }, { "HKD", 2, "HK$" },
  { "HNL", 2, NULL }, { "HTG", 2, NULL }, { "HUF", 2, "Ft" }, { "IDR", 2, NULL }, { "ILS", 2, "₪" },
  { "INR", 2, "₹" }, { "IQD", 3, NULL }, { "IRR", 2, NULL }, { "ISK", 0, NULL }, { "JMD", 2, NULL },
  { "JOD", 3, NULL }, { "JPY", 0, "¥" }, { "KES", 2, NULL }, { "KGS", 2, NULL }, { "KHR", 2, NULL },
  { "KMF", 0, NULL }, { "KPW", 2, NULL }, { "KRW", 0, "₩" }, { "KWD", 3, NULL }, { "KYD", 2, NULL },
  { "KZT", 2, NULL }, { "LAK", 2, NULL }, { "LBP", 2, NULL }, { "LKR", 2, NULL }, { "LRD", 2, NULL },
  { "LSL", 2, NULL }, { "LYD", 3, NULL }, { "MAD", 2, NULL }, { "MDL", 2, NULL }, { "MGA", 2, NULL },
  { "MKD", 2, NULL }, { "MMK", 2, NULL }, { "MNT", 2, NULL }, { "MOP", 2, NULL }, { "MRU", 2, NULL },
  { "MUR", 2, NULL }, { "MVR", 2, NULL }, { "MWK", 2, NULL }, { "MXN", 2, "MX$" }, { "MYR", 2, NULL },
  { "MZN", 2, NULL }, { "NAD", 2, NULL }, { "NGN", 2, NULL }, { "NIO", 2, NULL }, { "NOK", 2, NULL },
  { "NPR", 2, NULL }, { "NZD", 2, "NZ$" }, { "OMR", 3, NULL }, { "PAB", 2, NULL }, { "PEN", 2, NULL },
  { "PGK", 2, NULL }, { "PHP", 2, "₱" }, { "PKR", 2, NULL }, { "PLN", 2, "zł" }, { "PYG", 0, NULL },
  { "QAR", 2, NULL }, { "RON", 2, NULL }, { "RSD", 2, NULL }, { "RUB", 2, "₽" }, { "RWF", 0, NULL },
  { "SAR", 2, NULL }, { "SBD", 2, NULL }, { "SCR", 2, NULL }, { "SDG", 2, NULL }, { "SEK", 2, NULL },
  { "SGD", 2, "S$" }, { "SHP", 2, NULL }, { "SLE", 2, NULL }, { "SOS", 2, NULL }, { "SRD", 2, NULL },
  { "SSP", 2, NULL }, { "STN", 2, NULL }, { "SVC", 2, NULL }, { "SYP", 2, NULL }, { "SZL", 2, NULL },
  { "THB", 2, "฿" }, { "TJS", 2, NULL }, { "TMT", 2, NULL }, { "TND", 3, NULL }, { "TOP", 2, NULL },
  { "TRY", 2, "₺" }, { "TTD", 2, NULL }, { "TWD", 2, "NT$" }, { "TZS", 2, NULL }, { "UAH", 2, "₴" },
  { "UGX", 0, NULL }, { "USD", 2, "$" }, { "UYU", 2, NULL }, { "UYW", 4, NULL }, { "UZS", 2, NULL },
  { "VED", 2, NULL }, { "VES", 2, NULL }, { "VND", 0, "₫" }, { "VUV", 0, NULL }, { "WST", 2, NULL },
  { "XAF", 0, NULL }, { "XCD", 2, NULL }, { "XCG", 2, NULL }, { "XOF", 0, NULL }, { "XPF", 0, NULL },
  { "YER", 2, NULL }, { "ZAR", 2, NULL }, { "ZMW", 2, NULL }, { "ZWG", 2, NULL },
};

static int
compare_code (const void *key,
              const void *element)
{
  return strcmp (key, ((const Currency *) element)->code);
}

static const Currency *
find_currency (const char *code)
{
  if (code == NULL || strlen (code) != 3)
    return NULL;
  return bsearch (code, currencies, G_N_ELEMENTS (currencies), sizeof *currencies, compare_code);
}

/**
 * wb_currency_is_known:
 * @code: (nullable): a code as it came from outside
 *
 * Returns: whether @code is a currency of ISO 4217, in upper case
 */
gboolean
wb_currency_is_known (const char *code)
{
  return find_currency (code) != NULL;
}

/**
 * wb_currency_get_digits:
 *
 * Returns: how many decimals its minor unit has: 2 for GBP, 0 for JPY, 3 for KWD; 2 for a currency
 * that we do not know
 */
guint
wb_currency_get_digits (const char *code)
{
  const Currency *currency = find_currency (code);

  return currency != NULL ? currency->digits : 2;
}

/**
 * wb_currency_get_symbol:
 *
 * Returns: (transfer none): what people write in front of the amount: "£", or the code itself
 */
const char *
wb_currency_get_symbol (const char *code)
{
  const Currency *currency = find_currency (code);

  return currency != NULL && currency->symbol != NULL ? currency->symbol : code;
}

/**
 * wb_money_init:
 *
 * Fails with %WB_ERROR_UNKNOWN when there is no such currency.
 */
gboolean
wb_money_init (WbMoney    *self,
               gint64      minor,
               const char *currency,
               GError    **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (find_currency (currency) == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_UNKNOWN, "‘%s’ is not a currency of ISO 4217",
                   currency != NULL ? currency : "");
      return FALSE;
    }
  self->minor = minor;
  memcpy (self->currency, currency, WB_CURRENCY_SIZE);
  return TRUE;
}

/* Rounds major units half away from zero to the currency's minor unit. */
static gboolean
from_decimal (WbMoney         *self,
              const WbDecimal *amount,
              const char      *currency,
              GError         **error)
{
  gint64 minor = 0;

  return wb_decimal_to_minor (amount, 1, wb_currency_get_digits (currency), &minor, error)
         && wb_money_init (self, minor, currency, error);
}

/**
 * wb_money_parse:
 * @text: an amount in major units, without a currency sign
 * @syntax: (nullable): how numbers are written there
 *
 * Like wb_decimal_parse(), but an amount finer than the currency is refused with %WB_ERROR_RANGE:
 * nobody pays half a penny.
 */
gboolean
wb_money_parse (WbMoney               *self,
                const char            *text,
                const WbDecimalSyntax *syntax,
                const char            *currency,
                GError               **error)
{
  WbDecimal amount = { 0 };

  if (!wb_decimal_parse (text, syntax, &amount, error))
    return FALSE;
  amount = wb_decimal_normalise (amount);
  if (amount.scale > wb_currency_get_digits (currency))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_RANGE, "‘%s’ is finer than %s allows: %u decimals",
                   text, currency, wb_currency_get_digits (currency));
      return FALSE;
    }
  return from_decimal (self, &amount, currency, error);
}

static gboolean
check_same_currency (const WbMoney *a,
                     const WbMoney *b,
                     GError       **error)
{
  if (strcmp (a->currency, b->currency) == 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_MISMATCH, "%s and %s cannot be added", a->currency, b->currency);
  return FALSE;
}

static gboolean
fail_overflow (GError **error)
{
  g_set_error_literal (error, WB_ERROR, WB_ERROR_RANGE, "the amount is too large");
  return FALSE;
}

/**
 * wb_money_add:
 *
 * @sum may be one of the others. Fails with %WB_ERROR_MISMATCH or %WB_ERROR_RANGE.
 */
gboolean
wb_money_add (const WbMoney *a,
              const WbMoney *b,
              WbMoney       *sum,
              GError       **error)
{
  gint64 minor = 0;

  if (!check_same_currency (a, b, error))
    return FALSE;
  if (__builtin_add_overflow (a->minor, b->minor, &minor))
    return fail_overflow (error);
  return wb_money_init (sum, minor, a->currency, error);
}

/**
 * wb_money_subtract:
 *
 * @difference may be one of the others. Fails with %WB_ERROR_MISMATCH or %WB_ERROR_RANGE.
 */
gboolean
wb_money_subtract (const WbMoney *a,
                   const WbMoney *b,
                   WbMoney       *difference,
                   GError       **error)
{
  gint64 minor = 0;

  if (!check_same_currency (a, b, error))
    return FALSE;
  if (__builtin_sub_overflow (a->minor, b->minor, &minor))
    return fail_overflow (error);
  return wb_money_init (difference, minor, a->currency, error);
}

/**
 * wb_money_equal:
 *
 * Returns: whether both are the same amount of the same currency
 */
gboolean
wb_money_equal (const WbMoney *a,
                const WbMoney *b)
{
  return a->minor == b->minor && strcmp (a->currency, b->currency) == 0;
}

typedef struct
{
  guint64 remainder;
  gsize index;
} Remainder;

/* Largest remainder first; the earlier part wins a tie, so that the same input always gives the same parts. */
static int
compare_remainder (const void *a,
                   const void *b)
{
  const Remainder *left = a;
  const Remainder *right = b;

  if (left->remainder != right->remainder)
    return left->remainder > right->remainder ? -1 : 1;
  return left->index < right->index ? -1 : 1;
}

/**
 * wb_money_allocate:
 * @total_minor: what is to be shared out, of either sign
 * @weights: by what proportion, none negative; all zero means equal parts
 * @n_parts: how many weights and parts, at least 1
 * @parts_minor: (out caller-allocates) (array length=n_parts): the parts
 *
 * Shares out a discount, a tax or a refund over lines by largest remainder: each part is within one
 * minor unit of its exact share, has the sign of the total, and together they are the total.
 */
void
wb_money_allocate (gint64        total_minor,
                   const gint64 *weights,
                   gsize         n_parts,
                   gint64       *parts_minor)
{
  g_autofree Remainder *remainders = NULL;
  guint64 total = total_minor < 0 ? -(guint64) total_minor : (guint64) total_minor;
  guint64 given = 0;
  Wide sum = 0;

  g_return_if_fail (n_parts > 0 && weights != NULL && parts_minor != NULL);

  for (gsize i = 0; i < n_parts; i++)
    {
      g_return_if_fail (weights[i] >= 0);
      sum += weights[i];
    }
  remainders = g_new (Remainder, n_parts);
  for (gsize i = 0; i < n_parts; i++)
    {
      Wide share = (Wide) total * (sum > 0 ? weights[i] : 1);
      Wide divisor = sum > 0 ? sum : (Wide) n_parts;

      parts_minor[i] = (gint64) (share / divisor);
      given += (guint64) parts_minor[i];
      /* a remainder is smaller than the divisor, which may be wider than 64 bits: compare by its top */
      remainders[i].remainder = divisor > G_MAXINT64 ? (guint64) ((share % divisor) >> 32)
                                                     : (guint64) (share % divisor);
      remainders[i].index = i;
    }
  qsort (remainders, n_parts, sizeof *remainders, compare_remainder);
  for (gsize i = 0; given < total; i++, given++)
    parts_minor[remainders[i % n_parts].index]++;
  if (total_minor < 0)
    for (gsize i = 0; i < n_parts; i++)
      parts_minor[i] = -parts_minor[i];
}

/**
 * wb_money_to_string:
 *
 * Returns: (transfer full): the amount in major units as machines write it, without the currency: "184.20"
 */
char *
wb_money_to_string (const WbMoney *self)
{
  WbDecimal amount = wb_decimal_from_minor (self->minor, wb_currency_get_digits (self->currency));

  return wb_decimal_to_string (&amount);
}

static char *
format_with_symbol (const WbMoney         *self,
                    const WbDecimalSyntax *syntax)
{
  WbMoney positive = *self;
  g_autofree char *digits = NULL;
  WbDecimal amount = { 0 };

  positive.minor = self->minor < 0 && self->minor > G_MININT64 ? -self->minor : self->minor;
  amount = wb_decimal_from_minor (positive.minor, wb_currency_get_digits (self->currency));
  digits = wb_decimal_format (&amount, syntax, 0);
  return g_strdup_printf ("%s%s %s", self->minor < 0 && positive.minor > 0 ? "−" : "",
                          wb_currency_get_symbol (self->currency), digits);
}

/**
 * wb_money_format:
 *
 * For people, the same in every locale: "£ 184.20", "¥ 8,400", "−€ 1,000.00". The sign is U+2212;
 * the space is a plain one.
 *
 * Returns: (transfer full): the text
 */
char *
wb_money_format (const WbMoney *self)
{
  return format_with_symbol (self, &wb_decimal_syntax_english);
}

/**
 * wb_money_format_localised:
 *
 * For people, with decimal sign and grouping of the locale: "£ 1.184,20" in Germany.
 * Main thread (reads localeconv()).
 *
 * Returns: (transfer full): the text
 */
char *
wb_money_format_localised (const WbMoney *self)
{
  WbDecimalSyntax syntax = wb_decimal_syntax_of_locale ();

  return format_with_symbol (self, &syntax);
}
