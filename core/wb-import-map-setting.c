/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-import-map"

#include "config.h"

#include <string.h>

#include "core/wb-import-map-private.h"
#include "core/wb-money.h"
#include "core/wb-time.h"

static gboolean
read_content (WbImportMap *self,
              const char  *value,
              GError     **error)
{
  if (strcmp (value, "orders") == 0)
    self->content = WB_IMPORT_MAP_ORDERS;
  else if (strcmp (value, "products") == 0)
    self->content = WB_IMPORT_MAP_PRODUCTS;
  else if (strcmp (value, "customers") == 0)
    self->content = WB_IMPORT_MAP_CUSTOMERS;
  else
    return _wb_import_map_fail (error, "map", "content", "orders, products or customers is expected");
  return TRUE;
}

static gboolean
read_separator (WbImportMap *self,
                const char  *value,
                GError     **error)
{
  if (strcmp (value, "auto") == 0)
    self->separator = 0;
  else if (strcmp (value, "tab") == 0)
    self->separator = '\t';
  else if (strcmp (value, "semicolon") == 0)
    self->separator = ';';
  else if (strlen (value) == 1 && (guchar) *value > 0x20 && (guchar) *value < 0x7F && *value != '"')
    self->separator = *value;
  else
    return _wb_import_map_fail (error, "map", "separator", "auto, tab, semicolon or one character is expected");
  return TRUE;
}

static gboolean
read_decimal (WbImportMap *self,
              const char  *value,
              GError     **error)
{
  if (strcmp (value, ".") != 0 && strcmp (value, ",") != 0)
    return _wb_import_map_fail (error, "map", "decimal", "a point or a comma is expected");
  self->numbers.point = *value;
  return TRUE;
}

static gboolean
read_thousands (WbImportMap *self,
                const char  *value,
                GError     **error)
{
  if (strcmp (value, "none") == 0)
    self->numbers.group = 0;
  else if (strcmp (value, "space") == 0)
    self->numbers.group = ' ';
  else if (strlen (value) == 1 && strchr (".,'", *value) != NULL)
    self->numbers.group = *value;
  else
    return _wb_import_map_fail (error, "map", "thousands", "none, space, a comma, a point or an apostrophe is expected");
  return TRUE;
}

static gboolean
read_dates (WbImportMap *self,
            const char  *value,
            GError     **error)
{
  g_clear_pointer (&self->dates, g_free);
  if (strcmp (value, "iso") == 0)
    return TRUE;
  self->dates = g_strdup (value);
  if (wb_time_check_formats (value, error))
    return TRUE;
  g_prefix_error (error, "mapping file, [map] dates: ");
  return FALSE;
}

static gboolean
read_zone (WbImportMap *self,
           const char  *value,
           GError     **error)
{
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_new_identifier (value);
  return self->zone != NULL || _wb_import_map_fail (error, "map", "zone", "there is no such time zone: a name such as Europe/London is expected");
}

static gboolean
read_currency (WbImportMap *self,
               const char  *value,
               GError     **error)
{
  g_free (self->currency);
  self->currency = g_strdup (value);
  return wb_currency_is_known (value) || _wb_import_map_fail (error, "map", "currency", "it is not a currency of ISO 4217");
}

static gboolean
read_encoding (WbImportMap *self,
               const char  *value,
               GError     **error)
{
  if (wb_text_encoding_from_name (value, &self->encoding, error))
    return TRUE;
  g_prefix_error (error, "mapping file, [map] encoding: ");
  return FALSE;
}

static gboolean
read_gap (WbImportMap *self,
          const char  *value,
          GError     **error)
{
  guint64 gap = 0;

  if (!g_ascii_string_to_unsigned (value, 10, 0, 1000000, &gap, NULL))
    return _wb_import_map_fail (error, "map", "gap", "a number of rows up to 1,000,000 is expected");
  self->group_gap = (guint) gap;
  return TRUE;
}

static gboolean
read_services (WbImportMap *self,
               const char  *value,
               GError     **error)
{
  g_auto(GStrv) codes = g_strsplit (value, ";", -1);

  for (guint i = 0; codes[i] != NULL; i++)
    if (*g_strstrip (codes[i]) != '\0')
      g_hash_table_add (self->services, g_strdup (codes[i]));
  return TRUE;
}

static gboolean
read_differing (WbImportMap *self,
                const char  *value,
                GError     **error)
{
  g_auto(GStrv) names = g_strsplit (value, ";", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      WbImportField field = 0;

      if (*g_strstrip (names[i]) == '\0')
        continue;
      if (!_wb_import_map_find_field (names[i], "map", &field, error))
        return FALSE;
      self->may_differ[field] = TRUE;
    }
  return TRUE;
}

static gboolean
read_products (WbImportMap *self,
               const char  *value,
               GError     **error)
{
  if (strcmp (value, "create") != 0 && strcmp (value, "match") != 0)
    return _wb_import_map_fail (error, "map", "products", "create or match is expected");
  self->create_products = *value == 'c';
  return TRUE;
}

static gboolean
read_channel (WbImportMap *self,
              const char  *value,
              GError     **error)
{
  g_free (self->channel);
  self->channel = g_strdup (value);
  return TRUE;
}

static gboolean
read_title (WbImportMap *self,
            const char  *value,
            GError     **error)
{
  return TRUE;
}

static const struct
{
  const char *key;
  gboolean (*read) (WbImportMap *self,
                    const char  *value,
                    GError     **error);
} settings[] = {
  { "title", read_title },
  { "content", read_content },
  { "channel", read_channel },
  { "encoding", read_encoding },
  { "separator", read_separator },
  { "decimal", read_decimal },
  { "thousands", read_thousands },
  { "dates", read_dates },
  { "zone", read_zone },
  { "currency", read_currency },
  { "gap", read_gap },
  { "services", read_services },
  { "differing", read_differing },
  { "products", read_products },
};

gboolean
_wb_import_map_read_setting (WbImportMap *self,
                             const char  *key,
                             const char  *value,
                             GError     **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (strcmp (settings[i].key, key) == 0)
      return settings[i].read (self, value, error);
  return _wb_import_map_fail (error, "map", key, "there is no such setting");
}
