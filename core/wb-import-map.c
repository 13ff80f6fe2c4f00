/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-import-map"

#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-import-map-private.h"

gboolean
_wb_import_map_fail (GError    **error,
                     const char *group,
                     const char *key,
                     const char *reason)
{
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "mapping file, [%s] %s: %s", group, key, reason);
  return FALSE;
}

gboolean
_wb_import_map_find_field (const char    *name,
                           const char    *group,
                           WbImportField *field,
                           GError       **error)
{
  if (wb_import_field_from_name (name, field))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_UNKNOWN, "mapping file, [%s]: there is no field ‘%s’", group, name);
  return FALSE;
}

/* ---- Groups ---------------------------------------------------------------------------------------------------- */

static gboolean
read_field_group (WbImportMap *self,
                  const char  *group,
                  const char  *key,
                  const char  *value,
                  GError     **error)
{
  WbImportField field = 0;

  if (!_wb_import_map_find_field (key, group, &field, error))
    return FALSE;
  if (strcmp (group, "columns") == 0)
    self->columns[field] = g_strdup (value);
  else if (strcmp (group, "constants") == 0)
    self->constants[field] = g_strdup (value);
  else
    self->trims[field] = g_strsplit (value, ";", -1);
  return TRUE;
}

static gboolean
read_country (WbImportMap *self,
              const char  *name,
              const char  *code,
              GError     **error)
{
  if (*code != '\0' && (strlen (code) != 2 || !g_ascii_isupper (code[0]) || !g_ascii_isupper (code[1])))
    return _wb_import_map_fail (error, "countries", name, "an ISO code such as GB, or nothing, is expected");
  g_hash_table_insert (self->countries, g_utf8_casefold (name, -1), g_strdup (code));
  return TRUE;
}

static gboolean
read_group (WbImportMap *self,
            GKeyFile    *file,
            const char  *group,
            GError     **error)
{
  g_auto(GStrv) keys = NULL;

  if (g_str_has_prefix (group, "kind "))
    {
      WbImportRule *rule = _wb_import_rule_new (file, group, error);

      if (rule != NULL)
        g_ptr_array_add (self->rules, rule);
      return rule != NULL;
    }
  keys = g_key_file_get_keys (file, group, NULL, error);
  if (keys == NULL)
    return FALSE;
  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *value = g_key_file_get_string (file, group, keys[i], error);
      gboolean good = FALSE;

      if (value == NULL)
        return FALSE;
      if (strcmp (group, "map") == 0)
        good = _wb_import_map_read_setting (self, keys[i], value, error);
      else if (strcmp (group, "countries") == 0)
        good = read_country (self, keys[i], value, error);
      else if (strcmp (group, "columns") == 0 || strcmp (group, "constants") == 0 || strcmp (group, "trim") == 0)
        good = read_field_group (self, group, keys[i], value, error);
      else
        good = _wb_import_map_fail (error, group, keys[i], "there is no such group: map, columns, constants, trim, countries or kind …");
      if (!good)
        return FALSE;
    }
  return TRUE;
}

static gboolean
require (WbImportMap  *self,
         WbImportField field,
         GError      **error)
{
  if (self->columns[field] != NULL || self->constants[field] != NULL)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "mapping file: nothing says what %s is; add it to [columns] or [constants]",
               wb_import_field_to_name (field));
  return FALSE;
}

static gboolean
check_complete (WbImportMap *self,
                GError     **error)
{
  static const WbImportField of_orders[] = {
    WB_IMPORT_FIELD_ORDER_NUMBER, WB_IMPORT_FIELD_ORDER_PLACED_AT, WB_IMPORT_FIELD_LINE_QUANTITY,
    WB_IMPORT_FIELD_LINE_UNIT_PRICE,
  };

  if (self->numbers.point == self->numbers.group)
    return _wb_import_map_fail (error, "map", "thousands", "decimal and thousands cannot be the same sign");
  if (self->content == WB_IMPORT_MAP_PRODUCTS)
    return require (self, WB_IMPORT_FIELD_PRODUCT_CODE, error);
  if (self->content == WB_IMPORT_MAP_CUSTOMERS)
    return require (self, self->columns[WB_IMPORT_FIELD_CUSTOMER_EMAIL] != NULL ? WB_IMPORT_FIELD_CUSTOMER_EMAIL
                                                                                 : WB_IMPORT_FIELD_CUSTOMER_NAME, error);
  for (guint i = 0; i < G_N_ELEMENTS (of_orders); i++)
    if (!require (self, of_orders[i], error))
      return FALSE;
  if (self->columns[WB_IMPORT_FIELD_LINE_SKU] == NULL && !require (self, WB_IMPORT_FIELD_LINE_NAME, error))
    return FALSE;
  if (self->currency == NULL && !require (self, WB_IMPORT_FIELD_ORDER_CURRENCY, error))
    return FALSE;
  return TRUE;
}

/**
 * wb_import_map_new:
 * @text: the mapping file, UTF-8
 *
 * Fails with %WB_ERROR_INVALID or %WB_ERROR_UNKNOWN naming group and key, or with a %G_KEY_FILE_ERROR.
 *
 * Returns: (transfer full) (nullable): the map
 */
WbImportMap *
wb_import_map_new (const char *text,
                   gsize       length,
                   GError    **error)
{
  g_autoptr(WbImportMap) self = g_new0 (WbImportMap, 1);
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_auto(GStrv) groups = NULL;

  g_atomic_ref_count_init (&self->ref_count);
  self->numbers.point = '.';
  self->countries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->services = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) _wb_import_rule_free);
  if (!g_key_file_load_from_data (file, text, length, G_KEY_FILE_NONE, error))
    {
      g_prefix_error (error, "mapping file: ");
      return NULL;
    }
  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    if (!read_group (self, file, groups[i], error))
      return NULL;
  return check_complete (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * wb_import_map_ref:
 *
 * Returns: (transfer full): @self
 */
WbImportMap *
wb_import_map_ref (WbImportMap *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * wb_import_map_unref:
 * @self: (transfer full): a map
 */
void
wb_import_map_unref (WbImportMap *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->channel);
  g_free (self->dates);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self->currency);
  g_hash_table_unref (self->countries);
  g_hash_table_unref (self->services);
  g_ptr_array_unref (self->rules);
  for (guint i = 0; i < WB_IMPORT_N_FIELDS; i++)
    {
      g_free (self->columns[i]);
      g_free (self->constants[i]);
      g_strfreev (self->trims[i]);
    }
  g_free (self);
}

/**
 * wb_import_map_get_content:
 *
 * Returns: what the rows are about
 */
WbImportMapContent
wb_import_map_get_content (WbImportMap *self)
{
  return self->content;
}

/**
 * wb_import_map_get_channel:
 *
 * Returns: (transfer none) (nullable): code of the sales channel it is for, unless the caller says another
 */
const char *
wb_import_map_get_channel (WbImportMap *self)
{
  return self->channel;
}

/**
 * wb_import_map_get_encoding:
 *
 * Returns: encoding of the table
 */
WbTextEncoding
wb_import_map_get_encoding (WbImportMap *self)
{
  return self->encoding;
}

/**
 * wb_import_map_get_separator:
 *
 * Returns: what stands between columns, 0 to find out
 */
char
wb_import_map_get_separator (WbImportMap *self)
{
  return self->separator;
}

/**
 * wb_import_map_get_numbers:
 *
 * Returns: (transfer none): how numbers are written
 */
const WbDecimalSyntax *
wb_import_map_get_numbers (WbImportMap *self)
{
  return &self->numbers;
}

/**
 * wb_import_map_get_dates:
 *
 * Returns: (transfer none) (nullable): formats for wb_time_parse()
 */
const char *
wb_import_map_get_dates (WbImportMap *self)
{
  return self->dates;
}

/**
 * wb_import_map_get_zone:
 *
 * Returns: (transfer none) (nullable): where the clock hung
 */
GTimeZone *
wb_import_map_get_zone (WbImportMap *self)
{
  return self->zone;
}

/**
 * wb_import_map_get_currency:
 *
 * Returns: (transfer none) (nullable): currency where rows name none
 */
const char *
wb_import_map_get_currency (WbImportMap *self)
{
  return self->currency;
}

/**
 * wb_import_map_get_group_gap:
 *
 * Returns: how many foreign rows may stand between two rows of one record
 */
guint
wb_import_map_get_group_gap (WbImportMap *self)
{
  return self->group_gap;
}

/**
 * wb_import_map_get_create_products:
 *
 * Returns: whether codes that nobody knows become products
 */
gboolean
wb_import_map_get_create_products (WbImportMap *self)
{
  return self->create_products;
}

/**
 * wb_import_map_get_countries:
 *
 * Returns: (transfer none) (element-type utf8 utf8): names, case folded, and their codes, "" for no country
 */
GHashTable *
wb_import_map_get_countries (WbImportMap *self)
{
  return self->countries;
}

/**
 * wb_import_map_is_service:
 *
 * Returns: whether that SKU is no thing on a shelf: postage, a fee, a discount
 */
gboolean
wb_import_map_is_service (WbImportMap *self,
                          const char  *sku)
{
  return g_hash_table_contains (self->services, sku);
}

/**
 * wb_import_map_may_differ:
 *
 * Returns: whether rows of one record may say different things there; the first counts
 */
gboolean
wb_import_map_may_differ (WbImportMap  *self,
                          WbImportField field)
{
  return self->may_differ[field];
}

/**
 * wb_import_map_get_column:
 *
 * Returns: (transfer none) (nullable): the heading of the field's column
 */
const char *
wb_import_map_get_column (WbImportMap  *self,
                          WbImportField field)
{
  return self->columns[field];
}

/**
 * wb_import_map_get_constant:
 *
 * Returns: (transfer none) (nullable): what the field is where no column says
 */
const char *
wb_import_map_get_constant (WbImportMap  *self,
                            WbImportField field)
{
  return self->constants[field];
}

/**
 * wb_import_map_trim:
 *
 * Takes off what the map says stands at the end (".0") or beginning of a field for no reason.
 *
 * Returns: (transfer full): the rest
 */
char *
wb_import_map_trim (WbImportMap  *self,
                    WbImportField field,
                    const char   *text)
{
  gsize n = strlen (text);

  for (guint i = 0; self->trims[field] != NULL && self->trims[field][i] != NULL; i++)
    {
      gsize k = strlen (self->trims[field][i]);

      if (k > 0 && n > k && memcmp (text + n - k, self->trims[field][i], k) == 0)
        n -= k;
      else if (k > 0 && n > k && memcmp (text, self->trims[field][i], k) == 0)
        {
          text += k;
          n -= k;
        }
    }
  return g_strndup (text, n);
}

/**
 * wb_import_map_get_rules:
 *
 * Returns: (transfer none) (element-type WbImportRule): in the order of the file; the first that holds decides
 */
GPtrArray *
wb_import_map_get_rules (WbImportMap *self)
{
  return self->rules;
}
