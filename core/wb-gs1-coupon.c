/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * North American coupons: the coupon code of AI 8110 and the positive offer of AI 8112 (North American Coupon Application Guideline
 * Using GS1 DataBar). Digits of which some say how many follow.
 */
#include "config.h"

#include <string.h>

#include "core/wb-gs1-lint-private.h"

typedef struct
{
  const char *text;
  gsize length;
  gsize at;
  WbGs1Spot *spot;
} Reader;

/* What ends too early is wrong from where it begins; what is missing, as a whole. */
static gboolean
fail_short (const Reader *reader, const char *what)
{
  gsize left = reader->length - reader->at;

  return _wb_gs1_fail (reader->spot, left > 0 ? reader->at : 0, left > 0 ? left : reader->length, what);
}

static gboolean
take (Reader *reader, gsize n, const char *what)
{
  if (reader->length - reader->at < n)
    return fail_short (reader, what);
  reader->at += n;
  return TRUE;
}

static gboolean
take_code (Reader *reader, const char *allowed, const char *what)
{
  if (reader->at == reader->length)
    return fail_short (reader, what);
  if (strchr (allowed, reader->text[reader->at]) == NULL)
    return _wb_gs1_fail (reader->spot, reader->at, 1, what);
  reader->at++;
  return TRUE;
}

/* A digit, and so many more digits and those that each has. */
static gboolean
take_counted (Reader *reader, const char *allowed, gsize more, const char *what)
{
  gsize at = reader->at;

  return take_code (reader, allowed, what) && take (reader, (gsize) (reader->text[at] - '0') + more, what);
}

/* As above, and a 9 says that there is none. */
static gboolean
take_prefix (Reader *reader, const char *what)
{
  if (reader->at < reader->length && reader->text[reader->at] == '9')
    {
      reader->at++;
      return TRUE;
    }
  return take_counted (reader, "0123456", 6, what);
}

static gboolean
take_date (Reader *reader, const char *what)
{
  gsize at = reader->at;

  if (!take (reader, 6, what))
    return FALSE;
  return _wb_gs1_lint_day (reader->text + at, 2, FALSE, NULL) || _wb_gs1_fail (reader->spot, at, 6, what);
}

static gboolean
take_purchase (Reader *reader, const char *what)
{
  return take_counted (reader, "12345", 0, what) && take_code (reader, "012349", what) && take (reader, 3, what);
}

static gboolean
take_option (Reader *reader, char field)
{
  switch (field)
    {
    case '1':
      return take_code (reader, "0123", "additional purchase rules code") && take_purchase (reader, "second purchase")
             && take_prefix (reader, "company prefix of the second purchase");
    case '2':
      return take_purchase (reader, "third purchase") && take_prefix (reader, "company prefix of the third purchase");
    case '3':
      return take_date (reader, "expiration date");
    case '4':
      return take_date (reader, "start date");
    case '5':
      return take_counted (reader, WB_GS1_DIGITS, 6, "serial number");
    case '6':
      return take_counted (reader, "1234567", 6, "company prefix of the retailer");
    default:
      return take_code (reader, "01256", "save value code") && take_code (reader, "012", "save value applies to item")
             && take (reader, 1, "store coupon flag") && take_code (reader, "01", "do not multiply flag");
    }
}

static gboolean
end (const Reader *reader)
{
  return reader->at == reader->length || fail_short (reader, "more digits than there should be");
}

gboolean
_wb_gs1_lint_coupon (const char *value, gsize length, WbGs1Spot *spot)
{
  Reader reader = { value, length, 0, spot };

  if (!_wb_gs1_lint_digits (value, length, spot))
    return FALSE;
  if (!take_counted (&reader, "0123456", 6, "company prefix") || !take (&reader, 6, "offer code")
      || !take_counted (&reader, "12345", 0, "save value") || !take_purchase (&reader, "first purchase"))
    return FALSE;
  for (const char *field = "1234569"; *field != '\0'; field++)
    if (reader.at < length && value[reader.at] == *field)
      {
        reader.at++;
        if (!take_option (&reader, *field))
          return FALSE;
      }
  return end (&reader);
}

gboolean
_wb_gs1_lint_offer (const char *value, gsize length, WbGs1Spot *spot)
{
  Reader reader = { value, length, 0, spot };

  return _wb_gs1_lint_digits (value, length, spot) && take_code (&reader, "01", "format code")
         && take_counted (&reader, "0123456", 6, "funder") && take (&reader, 6, "offer code")
         && take_counted (&reader, WB_GS1_DIGITS, 6, "serial number") && end (&reader);
}
