/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-import-cell"

#include "config.h"

#include <string.h>

#include "core/wb-field-private.h"
#include "core/wb-import-cell.h"
#include "core/wb-time.h"

#define MAX_MINOR G_GINT64_CONSTANT (1000000000000000)
#define MAX_TAGS 100

/**
 * wb_import_cell_is_empty:
 *
 * Returns: whether nothing is written there, or only spaces
 */
gboolean
wb_import_cell_is_empty (WbImportCell cell)
{
  return cell.text == NULL || cell.text[strspn (cell.text, " \t\r\n")] == '\0';
}

static void
refuse (WbImportRecord *record,
        WbImportCell    cell,
        const char     *reason)
{
  wb_import_record_refuse (record, cell.line, cell.column, cell.text, "%s", reason);
}

/* The error's message would repeat the value; what is behind the colon says what was expected. */
static void
refuse_error (WbImportRecord *record,
              WbImportCell    cell,
              const GError   *error)
{
  refuse (record, cell, error->message);
}

static gboolean
check_length (WbImportRecord *record,
              WbImportCell    cell,
              const char     *text,
              guint           max_length)
{
  if (strlen (text) <= max_length || g_utf8_strlen (text, -1) <= (glong) max_length)
    return TRUE;
  wb_import_record_refuse (record, cell.line, cell.column, cell.text, "it is longer than %u characters", max_length);
  return FALSE;
}

/**
 * wb_import_take_text:
 * @max_length: in characters
 *
 * A text of one line: spaces around it are taken off, line breaks and other control characters become spaces.
 *
 * Returns: (transfer full): the text, "" for nothing or what was refused
 */
char *
wb_import_take_text (WbImportRecord *record,
                     WbImportCell    cell,
                     guint           max_length)
{
  char *text = NULL;

  if (cell.text == NULL)
    return g_strdup ("");
  text = g_strdup (cell.text);
  for (char *p = text; *p != '\0'; p++)
    if ((guchar) *p < 0x20 || *p == 0x7F)
      *p = ' ';
  g_strstrip (text);
  if (!check_length (record, cell, text, max_length))
    *text = '\0';
  return text;
}

/**
 * wb_import_take_note:
 *
 * A text that may have many lines.
 *
 * Returns: (transfer full): the text, "" for nothing or what was refused
 */
char *
wb_import_take_note (WbImportRecord *record,
                     WbImportCell    cell)
{
  char *text = NULL;

  if (cell.text == NULL)
    return g_strdup ("");
  text = g_strdup (cell.text);
  g_strstrip (text);
  if (!check_length (record, cell, text, WB_IMPORT_NOTE_LENGTH))
    *text = '\0';
  return text;
}

/**
 * wb_import_take_decimal:
 * @value: (inout): left alone for nothing and what was refused
 *
 * Returns: whether there is a number
 */
gboolean
wb_import_take_decimal (WbImportRecord        *record,
                        WbImportCell           cell,
                        const WbDecimalSyntax *syntax,
                        WbDecimal             *value)
{
  g_autoptr(GError) error = NULL;
  WbDecimal read = { 0 };

  if (wb_import_cell_is_empty (cell))
    return FALSE;
  if (!wb_decimal_parse (cell.text, syntax, &read, &error))
    {
      refuse_error (record, cell, error);
      return FALSE;
    }
  *value = read;
  return TRUE;
}

/**
 * wb_import_take_integer:
 * @value: (inout): left alone for nothing and what was refused
 *
 * Takes 3 and 3.00, not 3.5.
 *
 * Returns: whether there is a whole number
 */
gboolean
wb_import_take_integer (WbImportRecord        *record,
                        WbImportCell           cell,
                        const WbDecimalSyntax *syntax,
                        gint64                *value)
{
  WbDecimal read = { 0 };

  if (!wb_import_take_decimal (record, cell, syntax, &read))
    return FALSE;
  read = wb_decimal_normalise (read);
  if (read.scale > 0)
    {
      refuse (record, cell, "a whole number is expected");
      return FALSE;
    }
  *value = read.mantissa;
  return TRUE;
}

/**
 * wb_import_take_minor:
 * @minor: (inout): left alone for nothing and what was refused
 *
 * An amount in major units, rounded half away from zero to the currency's minor unit where it is finer.
 *
 * Returns: whether there is an amount
 */
gboolean
wb_import_take_minor (WbImportRecord        *record,
                      WbImportCell           cell,
                      const WbDecimalSyntax *syntax,
                      const char            *currency,
                      gint64                *minor)
{
  WbDecimal read = { 0 };
  gint64 rounded = 0;

  if (!wb_import_take_decimal (record, cell, syntax, &read))
    return FALSE;
  if (!wb_decimal_to_minor (&read, 1, wb_currency_get_digits (currency), &rounded, NULL) || ABS (rounded) > MAX_MINOR)
    {
      refuse (record, cell, "the amount is too large");
      return FALSE;
    }
  *minor = rounded;
  return TRUE;
}

/**
 * wb_import_take_scaled:
 * @numerator: what one of the file's unit is in ours, over @denominator: 1000 / 1 for kilograms to grams
 * @value: (inout): left alone for nothing and what was refused
 *
 * A weight or size, rounded to whole grams or millimetres.
 *
 * Returns: whether there is one
 */
gboolean
wb_import_take_scaled (WbImportRecord        *record,
                       WbImportCell           cell,
                       const WbDecimalSyntax *syntax,
                       gint64                 numerator,
                       gint64                 denominator,
                       gint64                *value)
{
  WbDecimal read = { 0 };
  WbDecimal product = { 0 };

  if (!wb_import_take_decimal (record, cell, syntax, &read))
    return FALSE;
  if (read.mantissa < 0 || !wb_decimal_multiply (&read, numerator, &product, NULL)
      || !wb_decimal_rescale (&product, 0, &product, NULL) || product.mantissa / denominator > G_MAXINT32)
    {
      refuse (record, cell, "a weight or size is negative or too large");
      return FALSE;
    }
  *value = (product.mantissa + denominator / 2) / denominator;
  return TRUE;
}

/**
 * wb_import_take_time:
 * @formats: (nullable): as for wb_time_parse()
 * @zone: (nullable): as for wb_time_parse()
 * @moment_us: (inout): left alone for nothing and what was refused
 *
 * Returns: whether there is a date
 */
gboolean
wb_import_take_time (WbImportRecord *record,
                     WbImportCell    cell,
                     const char     *formats,
                     GTimeZone      *zone,
                     gint64         *moment_us)
{
  g_autoptr(GError) error = NULL;
  gint64 read = 0;

  if (wb_import_cell_is_empty (cell))
    return FALSE;
  if (!wb_time_parse (cell.text, formats, zone, &read, &error))
    {
      refuse_error (record, cell, error);
      return FALSE;
    }
  *moment_us = read;
  return TRUE;
}

/**
 * wb_import_take_flag:
 * @flag: (inout): left alone for nothing and what was refused
 *
 * Takes yes, no, true, false, 1 and 0.
 *
 * Returns: whether there is one
 */
gboolean
wb_import_take_flag (WbImportRecord *record,
                     WbImportCell    cell,
                     gboolean       *flag)
{
  static const char *const yes[] = { "yes", "true", "1", "y" };
  static const char *const no[] = { "no", "false", "0", "n" };
  g_autofree char *text = NULL;

  if (wb_import_cell_is_empty (cell))
    return FALSE;
  text = g_strstrip (g_strdup (cell.text));
  for (guint i = 0; i < G_N_ELEMENTS (yes); i++)
    if (g_ascii_strcasecmp (text, yes[i]) == 0 || g_ascii_strcasecmp (text, no[i]) == 0)
      {
        *flag = g_ascii_strcasecmp (text, yes[i]) == 0;
        return TRUE;
      }
  refuse (record, cell, "yes or no is expected");
  return FALSE;
}

/* By the name in English, or an alias in one word with '-' for spaces. */
static const char *
find_country (const char *folded)
{
  g_autofree char *dashed = g_strdelimit (g_strdup (folded), " ", '-');

  for (const WbFieldChoice *choice = _wb_country_choices (); choice->code != NULL; choice++)
    {
      g_autofree char *name = g_utf8_casefold (choice->label, -1);

      if (strcmp (name, folded) == 0 || (choice->aliases != NULL && _wb_words_contain (choice->aliases, dashed, -1)))
        return choice->code;
    }
  return NULL;
}

/**
 * wb_import_take_country:
 * @names: (nullable) (element-type utf8 utf8): further names and their codes, case folded; "" is no country
 *
 * Takes an ISO 3166-1 code or a name in English.
 *
 * Returns: (transfer full): the alpha-2 code, "" for nothing or what was refused
 */
char *
wb_import_take_country (WbImportRecord *record,
                        WbImportCell    cell,
                        GHashTable     *names)
{
  g_autofree char *text = NULL;
  g_autofree char *folded = NULL;
  const char *code = NULL;

  if (wb_import_cell_is_empty (cell))
    return g_strdup ("");
  text = g_strstrip (g_strdup (cell.text));
  folded = g_utf8_casefold (text, -1);
  code = names != NULL ? g_hash_table_lookup (names, folded) : NULL;
  if (code != NULL)
    return g_strdup (code);
  if (strlen (text) == 2 && g_ascii_isalpha (text[0]) && g_ascii_isalpha (text[1]))
    return g_ascii_strup (text, -1);
  code = find_country (folded);
  if (code != NULL)
    return g_strdup (code);
  refuse (record, cell, "it is not a country: an ISO code such as GB is expected");
  return g_strdup ("");
}

/**
 * wb_import_take_currency:
 * @currency: (inout): an array of %WB_CURRENCY_SIZE; left alone for nothing and what was refused
 *
 * Returns: whether there is a currency
 */
gboolean
wb_import_take_currency (WbImportRecord *record,
                         WbImportCell    cell,
                         char           *currency)
{
  g_autofree char *text = NULL;

  if (wb_import_cell_is_empty (cell))
    return FALSE;
  text = g_ascii_strup (cell.text, -1);
  g_strstrip (text);
  if (!wb_currency_is_known (text))
    {
      refuse (record, cell, "it is not a currency of ISO 4217");
      return FALSE;
    }
  g_strlcpy (currency, text, WB_CURRENCY_SIZE);
  return TRUE;
}

/**
 * wb_import_take_tags:
 * @tags: (element-type utf8): gets the tags that stand there, parted by commas
 */
void
wb_import_take_tags (WbImportRecord *record,
                     WbImportCell    cell,
                     GPtrArray      *tags)
{
  g_auto(GStrv) parts = NULL;

  if (wb_import_cell_is_empty (cell))
    return;
  parts = g_strsplit (cell.text, ",", MAX_TAGS + 1);
  if (g_strv_length (parts) > MAX_TAGS)
    {
      refuse (record, cell, "there are more than 100 tags");
      return;
    }
  for (guint i = 0; parts[i] != NULL; i++)
    {
      WbImportCell part = { parts[i], cell.line, cell.column };
      char *tag = wb_import_take_text (record, part, WB_IMPORT_KEY_LENGTH);

      if (*tag != '\0')
        g_ptr_array_add (tags, tag);
      else
        g_free (tag);
    }
}
