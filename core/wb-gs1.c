/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-gs1-link.h"
#include "core/wb-gs1-table.h"
#include "core/wb-gs1.h"

#define MAX_SCAN 8192

static gboolean
all_digits (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return length > 0;
}

char
wb_gs1_check_digit (const char *digits, gsize length)
{
  guint sum = 0;

  g_return_val_if_fail (digits != NULL, 0);

  if (!all_digits (digits, length))
    return 0;
  /* Weights 3, 1, 3 … from the right, whatever the length. */
  for (gsize i = 0; i < length; i++)
    sum += (guint) (digits[length - 1 - i] - '0') * (i % 2 == 0 ? 3 : 1);
  return (char) ('0' + (10 - sum % 10) % 10);
}

static gboolean
check_number (const char *number, gsize length, GError **error)
{
  char expected = length > 1 ? wb_gs1_check_digit (number, length - 1) : 0;

  if (expected == 0 || !g_ascii_isdigit (number[length - 1]))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%.*s” is not a number with a check digit",
                   (int) MIN (length, 40), number);
      return FALSE;
    }
  if (number[length - 1] != expected)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_MISMATCH, "check digit of %.*s is %c, should be %c",
                   (int) MIN (length, 40), number, number[length - 1], expected);
      return FALSE;
    }
  return TRUE;
}

gboolean
wb_gs1_check_number (const char *number, GError **error)
{
  g_return_val_if_fail (number != NULL, FALSE);

  return check_number (number, strlen (number), error);
}

char *
wb_gs1_gtin_normalise (const char *text, GError **error)
{
  gsize length = 0;

  g_return_val_if_fail (text != NULL, NULL);

  length = strlen (text);
  if ((length != 8 && length != 12 && length != 13 && length != 14) || !all_digits (text, length))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%.40s” is not a GTIN of 8, 12, 13 or 14 digits", text);
      return NULL;
    }
  if (!check_number (text, length, error))
    return NULL;
  return g_strdup_printf ("%.*s%s", (int) (14 - length), "00000000", text);
}

char *
wb_gs1_sscc_new (guint extension, const char *company_prefix, guint64 serial, GError **error)
{
  g_autofree char *digits = NULL;
  guint64 limit = 1;
  gsize length = 0;

  g_return_val_if_fail (company_prefix != NULL, NULL);

  length = strlen (company_prefix);
  if (length < 4 || length > 12 || !all_digits (company_prefix, length))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "company prefix “%.40s” is not 4 to 12 digits", company_prefix);
      return NULL;
    }
  if (extension > 9)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_RANGE, "extension digit %u is not 0 to 9", extension);
      return NULL;
    }
  for (gsize i = length; i < 16; i++)
    limit *= 10;
  if (serial >= limit)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_RANGE,
                   "serial %" G_GUINT64_FORMAT " does not fit behind company prefix %s", serial, company_prefix);
      return NULL;
    }
  digits = g_strdup_printf ("%u%s%0*" G_GINT64_MODIFIER "u", extension, company_prefix, (int) (16 - length), serial);
  return g_strdup_printf ("%s%c", digits, wb_gs1_check_digit (digits, 17));
}

const char *
wb_gs1_strip_aim (const char *text, char symbology[3])
{
  g_return_val_if_fail (text != NULL, NULL);

  if (symbology != NULL)
    symbology[0] = '\0';
  if (text[0] != ']' || !g_ascii_isalpha (text[1]) || !g_ascii_isalnum (text[2]))
    return text;
  if (symbology != NULL)
    {
      symbology[0] = text[1];
      symbology[1] = text[2];
      symbology[2] = '\0';
    }
  return text + 3;
}

WbGs1Element *
wb_gs1_element_new (const char *ai, const char *value)
{
  const WbGs1Ai *known = _wb_gs1_find_ai (ai);
  WbGs1Element *self = g_new0 (WbGs1Element, 1);

  g_strlcpy (self->ai, ai, sizeof self->ai);
  self->value = g_strdup (value);
  self->title = known != NULL ? known->title : "";
  return self;
}

void
wb_gs1_element_free (WbGs1Element *self)
{
  g_free (self->value);
  g_free (self);
}

static GPtrArray *
elements_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) wb_gs1_element_free);
}

static const WbGs1Ai *
find_ai (const char *text, char ai[5], GError **error)
{
  const WbGs1Ai *known = _wb_gs1_find_ai (text);

  if (known == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_UNKNOWN, "no application identifier begins with “%.4s”", text);
      return NULL;
    }
  g_strlcpy (ai, text, strlen (known->first) + 1);
  return known;
}

static gboolean
check_size (const char *text, GError **error)
{
  if (strnlen (text, MAX_SCAN + 1) <= MAX_SCAN)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_LIMIT, "longer than any symbol can be");
  return FALSE;
}

static GPtrArray *
parse (const char *text, gboolean strict, GError **error)
{
  g_autoptr (GPtrArray) elements = elements_new ();

  if (!check_size (text, error))
    return NULL;
  text = wb_gs1_strip_aim (text, NULL);
  text += *text == WB_GS1_GS ? 1 : 0;
  if (*text == '\0')
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "there is no element in it");
      return NULL;
    }
  while (*text != '\0')
    {
      g_autofree char *value = NULL;
      const WbGs1Ai *known = NULL;
      char ai[5] = "";
      gsize length = 0;

      known = find_ai (text, ai, error);
      if (known == NULL)
        return NULL;
      text += strlen (ai);
      length = strcspn (text, "\x1d");
      if (wb_gs1_is_fixed (ai))
        length = MIN (length, _wb_gs1_value_length (known));
      value = g_strndup (text, length);
      if (!_wb_gs1_check_value (known, ai, value, strict, error))
        return NULL;
      g_ptr_array_add (elements, wb_gs1_element_new (ai, value));
      text += length;
      text += *text == WB_GS1_GS ? 1 : 0;
    }
  return g_steal_pointer (&elements);
}

GPtrArray *
wb_gs1_parse (const char *text, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  return parse (text, TRUE, error);
}

/* Reads up to the next bracket that no backslash precedes. */
static char *
read_bracket_value (const char **text)
{
  GString *value = g_string_new (NULL);

  for (; **text != '\0' && **text != '('; (*text)++)
    {
      if (**text == '\\' && ((*text)[1] == '(' || (*text)[1] == '\\'))
        (*text)++;
      g_string_append_c (value, **text);
    }
  return g_string_free (value, FALSE);
}

GPtrArray *
wb_gs1_parse_brackets (const char *text, GError **error)
{
  g_autoptr (GPtrArray) elements = elements_new ();

  g_return_val_if_fail (text != NULL, NULL);

  if (!check_size (text, error))
    return NULL;
  do
    {
      g_autofree char *value = NULL;
      const WbGs1Ai *known = NULL;
      char ai[5] = "";

      known = *text == '(' ? find_ai (text + 1, ai, error) : NULL;
      if (known == NULL || text[1 + strlen (ai)] != ')')
        {
          if (error != NULL && *error == NULL)
            g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "expected an application identifier in brackets at “%.12s”",
                         text);
          return NULL;
        }
      text += strlen (ai) + 2;
      value = read_bracket_value (&text);
      if (!_wb_gs1_check_value (known, ai, value, TRUE, error))
        return NULL;
      g_ptr_array_add (elements, wb_gs1_element_new (ai, value));
    }
  while (*text != '\0');
  return g_steal_pointer (&elements);
}

gboolean
wb_gs1_is_fixed (const char *ai)
{
  guint prefix = 0;

  g_return_val_if_fail (ai != NULL, FALSE);

  if (!g_ascii_isdigit (ai[0]) || !g_ascii_isdigit (ai[1]))
    return FALSE;
  /* the first two digits say it, also of identifiers that are not given out yet */
  prefix = (guint) (ai[0] - '0') * 10 + (guint) (ai[1] - '0');
  return prefix <= 4 || (prefix >= 11 && prefix <= 20) || (prefix >= 31 && prefix <= 36) || prefix == 41;
}

char *
wb_gs1_build (GPtrArray *elements, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (elements != NULL, NULL);

  for (guint i = 0; i < elements->len; i++)
    {
      const WbGs1Element *element = g_ptr_array_index (elements, i);
      const WbGs1Ai *known = NULL;
      char ai[5] = "";

      known = find_ai (element->ai, ai, error);
      if (known == NULL)
        return NULL;
      if (!g_str_equal (ai, element->ai))
        {
          g_set_error (error, WB_ERROR, WB_ERROR_UNKNOWN, "“%s” is not an application identifier", element->ai);
          return NULL;
        }
      if (!_wb_gs1_check_value (known, ai, element->value, TRUE, error))
        return NULL;
      g_string_append_printf (text, "%s%s", ai, element->value);
      if (i + 1 < elements->len && !wb_gs1_is_fixed (ai))
        g_string_append_c (text, WB_GS1_GS);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
wb_gs1_to_brackets (GPtrArray *elements)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (elements != NULL, NULL);

  for (guint i = 0; i < elements->len; i++)
    {
      const WbGs1Element *element = g_ptr_array_index (elements, i);

      g_string_append_printf (text, "(%s)", element->ai);
      for (const char *c = element->value; *c != '\0'; c++)
        g_string_append_printf (text, *c == '(' || *c == '\\' ? "\\%c" : "%c", *c);
    }
  return g_string_free (text, FALSE);
}

const char *
wb_gs1_get (GPtrArray *elements, const char *ai)
{
  g_return_val_if_fail (elements != NULL && ai != NULL, NULL);

  for (guint i = 0; i < elements->len; i++)
    {
      const WbGs1Element *element = g_ptr_array_index (elements, i);

      if (g_str_equal (element->ai, ai))
        return element->value;
    }
  return NULL;
}

/* Net weight (310n): six digits, n of them behind the point of a kilogram; grams rounded half up. */
static gint64
read_weight_g (GPtrArray *elements)
{
  for (guint i = 0; i < elements->len; i++)
    {
      const WbGs1Element *element = g_ptr_array_index (elements, i);
      gint64 value = 0;
      gint64 divisor = 1;

      if (strncmp (element->ai, "310", 3) != 0)
        continue;
      value = g_ascii_strtoll (element->value, NULL, 10) * 1000;
      for (char n = element->ai[3]; n > '0'; n--)
        divisor *= 10;
      return (value + divisor / 2) / divisor;
    }
  return -1;
}

static void
read_elements (WbGs1Scan *self, GPtrArray *elements)
{
  const char *gtin = wb_gs1_get (elements, "01");
  const char *sscc = wb_gs1_get (elements, "00");
  const char *count = wb_gs1_get (elements, "37");

  gtin = gtin != NULL ? gtin : wb_gs1_get (elements, "02");
  count = count != NULL ? count : wb_gs1_get (elements, "30");
  g_strlcpy (self->gtin, gtin != NULL ? gtin : "", sizeof self->gtin);
  g_strlcpy (self->sscc, sscc != NULL ? sscc : "", sizeof self->sscc);
  self->lot = g_strdup (wb_gs1_get (elements, "10"));
  self->serial = g_strdup (wb_gs1_get (elements, "21"));
  self->expiry = g_strdup (wb_gs1_get (elements, "17"));
  self->count = count != NULL ? (guint) g_ascii_strtoull (count, NULL, 10) : 0;
  self->weight_g = read_weight_g (elements);
}

/* A supplier's country or unit that nobody knows is no reason not to know the product. */
static void
read_string (WbGs1Scan *self, const char *text)
{
  g_autoptr (GPtrArray) elements = parse (text, FALSE, NULL);

  if (elements != NULL)
    read_elements (self, elements);
}

static void
read_link (WbGs1Scan *self, const char *text)
{
  g_autoptr (GPtrArray) elements = wb_gs1_link_parse (text, WB_GS1_LINK_ALIASES | WB_GS1_LINK_SHORT_GTINS, NULL);

  if (elements != NULL)
    read_elements (self, elements);
}

static gboolean
says_gs1 (const char *symbology)
{
  static const char *const known[] = { "C1", "e0", "d2", "Q3", "J1", NULL };

  return g_strv_contains (known, symbology);
}

static void
read_unmarked (WbGs1Scan *self)
{
  gsize length = strlen (self->text);
  g_autofree char *gtin = wb_gs1_gtin_normalise (self->text, NULL);

  if (gtin != NULL)
    g_strlcpy (self->gtin, gtin, sizeof self->gtin);
  else if (length == 18 && check_number (self->text, length, NULL))
    g_strlcpy (self->sscc, self->text, sizeof self->sscc);
  else if (g_ascii_strncasecmp (self->text, "http", 4) == 0)
    read_link (self, self->text);
  else if (length >= 16)
    {
      /* A scanner that sends no AIM identifier: only what begins with a number that checks is believed. */
      if (self->text[0] == '(')
        {
          g_autoptr (GPtrArray) elements = wb_gs1_parse_brackets (self->text, NULL);

          if (elements != NULL)
            read_elements (self, elements);
        }
      else if (self->text[0] == '0' || self->text[0] == WB_GS1_GS)
        read_string (self, self->text);
    }
}

WbGs1Scan *
wb_gs1_scan_new (const char *text)
{
  WbGs1Scan *self = g_new0 (WbGs1Scan, 1);
  char symbology[3] = "";

  g_return_val_if_fail (text != NULL, NULL);

  self->weight_g = -1;
  self->text = g_strndup (wb_gs1_strip_aim (text, symbology), MAX_SCAN);
  g_strstrip (self->text);
  if (says_gs1 (symbology))
    read_string (self, self->text);
  else
    read_unmarked (self);
  return self;
}

void
wb_gs1_scan_free (WbGs1Scan *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_free (self->lot);
  g_free (self->serial);
  g_free (self->expiry);
  g_free (self);
}
