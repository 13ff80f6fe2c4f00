/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-label-document.h"
#include "core/wb-weight.h"

#define N_SAMPLE_ROWS 3
#define MAX_DIGITS 12

struct _WbLabelValues
{
  GHashTable *texts;
  GHashTable *rows;
};

/* ---- What there is ----------------------------------------------------------------------------- */

static const WbLabelField shipping_fields[] = {
  { "carrier", WB_LABEL_FIELD_TEXT, "Royal Post" },
  { "service", WB_LABEL_FIELD_TEXT, "Tracked 24" },
  { "routing", WB_LABEL_FIELD_TEXT, "OX-14" },
  { "tracking", WB_LABEL_FIELD_TEXT, "WB123456785GB" },
  { "sscc", WB_LABEL_FIELD_TEXT, "106141411234567897" },
  { "order", WB_LABEL_FIELD_TEXT, "10482" },
  { "date", WB_LABEL_FIELD_DATE, "2026-03-02" },
  { "weight", WB_LABEL_FIELD_WEIGHT, "1840" },
  { "parcel", WB_LABEL_FIELD_COUNT, "1" },
  { "parcels", WB_LABEL_FIELD_COUNT, "2" },
  { "from", WB_LABEL_FIELD_LINES, "Waybill Demo Ltd\n1 Wharf Road\nLondon\nN1 7GR" },
  { "from.country", WB_LABEL_FIELD_TEXT, "GB" },
  { "to", WB_LABEL_FIELD_LINES, "Mary Miller\n4 High Street\nOxford\nOX1 4AF" },
  { "to.name", WB_LABEL_FIELD_TEXT, "Mary Miller" },
  { "to.street", WB_LABEL_FIELD_TEXT, "4 High Street" },
  { "to.city", WB_LABEL_FIELD_TEXT, "Oxford" },
  { "to.region", WB_LABEL_FIELD_TEXT, "Oxfordshire" },
  { "to.postcode", WB_LABEL_FIELD_TEXT, "OX1 4AF" },
  { "to.country", WB_LABEL_FIELD_TEXT, "GB" },
  { NULL, WB_LABEL_FIELD_TEXT, NULL },
};

static const WbLabelField product_fields[] = {
  { "shop", WB_LABEL_FIELD_TEXT, "Waybill Demo" },
  { "name", WB_LABEL_FIELD_TEXT, "Teapot, stoneware, 1.2 l" },
  { "variant", WB_LABEL_FIELD_TEXT, "blue" },
  { "sku", WB_LABEL_FIELD_TEXT, "TEA-B" },
  { "barcode", WB_LABEL_FIELD_TEXT, "4006381333931" },
  { "price", WB_LABEL_FIELD_TEXT, "£ 62.00" },
  { "bin", WB_LABEL_FIELD_TEXT, "A-04-2" },
  { "weight", WB_LABEL_FIELD_WEIGHT, "1240" },
  { "lot", WB_LABEL_FIELD_TEXT, "L2603" },
  { "expiry", WB_LABEL_FIELD_DATE, "2027-03-31" },
  { NULL, WB_LABEL_FIELD_TEXT, NULL },
};

static const WbLabelField location_fields[] = {
  { "code", WB_LABEL_FIELD_TEXT, "A-04-2" },
  { "barcode", WB_LABEL_FIELD_TEXT, "WB:BIN:A-04-2" },
  { "zone", WB_LABEL_FIELD_TEXT, "A" },
  { "warehouse", WB_LABEL_FIELD_TEXT, "London" },
  { "check", WB_LABEL_FIELD_TEXT, "37" },
  { NULL, WB_LABEL_FIELD_TEXT, NULL },
};

static const WbLabelField tote_fields[] = {
  { "shop", WB_LABEL_FIELD_TEXT, "Waybill Demo" },
  { "code", WB_LABEL_FIELD_TEXT, "T-017" },
  { "barcode", WB_LABEL_FIELD_TEXT, "WB:TOTE:T-017" },
  { "warehouse", WB_LABEL_FIELD_TEXT, "London" },
  { NULL, WB_LABEL_FIELD_TEXT, NULL },
};

static const WbLabelField badge_fields[] = {
  { "shop", WB_LABEL_FIELD_TEXT, "Waybill Demo" },
  { "name", WB_LABEL_FIELD_TEXT, "Zoë Müller" },
  { "role", WB_LABEL_FIELD_TEXT, "Packing" },
  { "code", WB_LABEL_FIELD_TEXT, "WB:STAFF:4F2A91C7D0" },
  { NULL, WB_LABEL_FIELD_TEXT, NULL },
};

static const WbLabelField return_fields[] = {
  { "from", WB_LABEL_FIELD_LINES, "Mary Miller\n4 High Street\nOxford\nOX1 4AF" },
  { "to", WB_LABEL_FIELD_LINES, "Waybill Demo Ltd\nReturns\n1 Wharf Road\nLondon\nN1 7GR" },
  { "return", WB_LABEL_FIELD_TEXT, "R-2207" },
  { "order", WB_LABEL_FIELD_TEXT, "10482" },
  { "tracking", WB_LABEL_FIELD_TEXT, "WB987654321GB" },
  { "carrier", WB_LABEL_FIELD_TEXT, "Royal Post" },
  { "date", WB_LABEL_FIELD_DATE, "2026-03-09" },
  { "reason", WB_LABEL_FIELD_TEXT, "Too small" },
  { "items", WB_LABEL_FIELD_ROWS, NULL },
  { "items.sku", WB_LABEL_FIELD_TEXT, "TEA-B" },
  { "items.name", WB_LABEL_FIELD_TEXT, "Teapot, stoneware, 1.2 l" },
  { "items.quantity", WB_LABEL_FIELD_COUNT, "2" },
  { NULL, WB_LABEL_FIELD_TEXT, NULL },
};

static const WbLabelField test_fields[] = {
  { "printer", WB_LABEL_FIELD_TEXT, "Zebra_ZD421" },
  { "station", WB_LABEL_FIELD_TEXT, "Packing 3" },
  { "language", WB_LABEL_FIELD_TEXT, "ZPL II" },
  { "dpi", WB_LABEL_FIELD_COUNT, "203" },
  { "date", WB_LABEL_FIELD_DATE, "2026-03-02T09:12:00" },
  { "code", WB_LABEL_FIELD_TEXT, "WT0912" },
  { NULL, WB_LABEL_FIELD_TEXT, NULL },
};

static const WbLabelDocument documents[] = {
  { "shipping", N_ ("Parcel label"), shipping_fields },
  { "product", N_ ("Product label"), product_fields },
  { "location", N_ ("Shelf label"), location_fields },
  { "tote", N_ ("Tote label"), tote_fields },
  { "badge", N_ ("Staff badge"), badge_fields },
  { "return", N_ ("Return label"), return_fields },
  { "test", N_ ("Test label"), test_fields },
  { NULL, NULL, NULL },
};

const WbLabelDocument *
wb_label_documents (void)
{
  return documents;
}

const WbLabelDocument *
wb_label_document_find (const char *name)
{
  for (const WbLabelDocument *document = documents; document->name != NULL; document++)
    if (g_strcmp0 (document->name, name) == 0)
      return document;
  return NULL;
}

const WbLabelField *
wb_label_document_find_field (const WbLabelDocument *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (const WbLabelField *field = self->fields; field->name != NULL; field++)
    if (g_strcmp0 (field->name, name) == 0)
      return field;
  return NULL;
}

WbLabelValues *
wb_label_document_sample (const WbLabelDocument *self)
{
  WbLabelValues *values = wb_label_values_new ();

  g_return_val_if_fail (self != NULL, values);

  for (const WbLabelField *field = self->fields; field->name != NULL; field++)
    {
      if (field->type != WB_LABEL_FIELD_ROWS)
        {
          wb_label_values_set (values, field->name, field->sample);
          continue;
        }
      for (guint i = 0; i < N_SAMPLE_ROWS; i++)
        {
          WbLabelValues *row = wb_label_values_add_row (values, field->name);

          for (const WbLabelField *other = self->fields; other->name != NULL; other++)
            if (g_str_has_prefix (other->name, field->name) && other->name[strlen (field->name)] == '.')
              wb_label_values_set (row, other->name, other->sample);
        }
    }
  return values;
}

/* ---- Values ------------------------------------------------------------------------------------ */

WbLabelValues *
wb_label_values_new (void)
{
  WbLabelValues *self = g_new0 (WbLabelValues, 1);

  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  return self;
}

void
wb_label_values_free (WbLabelValues *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->texts);
  g_hash_table_unref (self->rows);
  g_free (self);
}

void
wb_label_values_set (WbLabelValues *self, const char *name, const char *value)
{
  g_return_if_fail (self != NULL && name != NULL);

  if (value == NULL || *value == '\0')
    g_hash_table_remove (self->texts, name);
  else
    g_hash_table_insert (self->texts, g_strdup (name), g_utf8_make_valid (value, -1));
}

void
wb_label_values_set_number (WbLabelValues *self, const char *name, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  wb_label_values_set (self, name, text);
}

void
wb_label_values_set_money (WbLabelValues *self, const char *name, const WbMoney *value)
{
  g_autofree char *text = wb_money_format (value);

  wb_label_values_set (self, name, text);
}

const char *
wb_label_values_get (const WbLabelValues *self, const char *name)
{
  const char *value = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, "");

  value = g_hash_table_lookup (self->texts, name);
  return value != NULL ? value : "";
}

WbLabelValues *
wb_label_values_add_row (WbLabelValues *self, const char *name)
{
  GPtrArray *rows = NULL;
  WbLabelValues *row = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  rows = g_hash_table_lookup (self->rows, name);
  if (rows == NULL)
    {
      rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_label_values_free);
      g_hash_table_insert (self->rows, g_strdup (name), rows);
    }
  row = wb_label_values_new ();
  g_ptr_array_add (rows, row);
  return row;
}

GPtrArray *
wb_label_values_get_rows (const WbLabelValues *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  return g_hash_table_lookup (self->rows, name);
}

/* ---- Formats ----------------------------------------------------------------------------------- */

/* "03": that many digits, noughts before. */
static guint
digits_of (const char *format)
{
  guint64 digits = 0;

  if (format[0] != '0' || !g_ascii_string_to_unsigned (format + 1, 10, 1, MAX_DIGITS, &digits, NULL))
    return 0;
  return (guint) digits;
}

gboolean
wb_label_field_check_format (WbLabelFieldType type, const char *format)
{
  static const char *const words[] = { "upper", "lower", "spaced", NULL };

  if (format == NULL)
    return type != WB_LABEL_FIELD_ROWS;
  switch (type)
    {
    case WB_LABEL_FIELD_TEXT:
    case WB_LABEL_FIELD_LINES:
      return g_strv_contains (words, format);
    case WB_LABEL_FIELD_COUNT:
      return digits_of (format) > 0;
    case WB_LABEL_FIELD_WEIGHT:
      return strcmp (format, "kg") == 0 || strcmp (format, "g") == 0;
    case WB_LABEL_FIELD_DATE:
      return strchr (format, '%') != NULL;
    case WB_LABEL_FIELD_ROWS:
    default:
      return FALSE;
    }
}

static char *
space_out (const char *value)
{
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (const char *c = value; *c != '\0'; c = g_utf8_next_char (c), n++)
    {
      if (n > 0 && n % 4 == 0)
        g_string_append_c (text, ' ');
      g_string_append_unichar (text, g_utf8_get_char (c));
    }
  return g_string_free (text, FALSE);
}

static char *
format_weight (const char *value, const char *format)
{
  gint64 grams = 0;

  if (!g_ascii_string_to_signed (value, 10, 0, WB_WEIGHT_MAX_G * 1000LL, &grams, NULL))
    return g_strdup (value);
  if (format == NULL)
    return wb_weight_to_string (grams);
  if (strcmp (format, "g") == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT, grams);
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%03" G_GINT64_FORMAT, grams / 1000, grams % 1000);
}

static char *
format_date (const char *value, const char *format)
{
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();
  g_autofree char *whole = strchr (value, 'T') != NULL ? g_strdup (value) : g_strconcat (value, "T00:00:00", NULL);
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (whole, here);
  char *text = NULL;

  if (format == NULL || date == NULL)
    return g_strdup (value);
  text = g_date_time_format (date, format);
  return text != NULL ? text : g_strdup (value);
}

char *
wb_label_field_format (WbLabelFieldType type, const char *value, const char *format)
{
  guint64 number = 0;

  g_return_val_if_fail (value != NULL, NULL);

  if (*value == '\0')
    return g_strdup ("");
  if (type == WB_LABEL_FIELD_WEIGHT)
    return format_weight (value, format);
  if (type == WB_LABEL_FIELD_DATE)
    return format_date (value, format);
  if (format == NULL)
    return g_strdup (value);
  if (type == WB_LABEL_FIELD_COUNT && g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT64, &number, NULL))
    return g_strdup_printf ("%0*" G_GUINT64_FORMAT, (int) digits_of (format), number);
  if (strcmp (format, "upper") == 0)
    return g_utf8_strup (value, -1);
  if (strcmp (format, "lower") == 0)
    return g_utf8_strdown (value, -1);
  return strcmp (format, "spaced") == 0 ? space_out (value) : g_strdup (value);
}
