/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-import-member"

#include "config.h"

#include "core/wb-import-member.h"

/**
 * wb_import_member_text:
 *
 * Returns: (transfer full): a text of one line, "" for nothing or what was refused
 */
char *
wb_import_member_text (const WbImportReading *reading,
                       const WbJson          *object,
                       const char            *member)
{
  return wb_import_take_text (reading->record, wb_import_json_cell (object, member), WB_IMPORT_NAME_LENGTH);
}

/**
 * wb_import_member_key:
 *
 * Returns: (transfer full): a short text: a number, a code, an address of e-mail; "" for nothing or what was refused
 */
char *
wb_import_member_key (const WbImportReading *reading,
                      const WbJson          *object,
                      const char            *member)
{
  return wb_import_take_text (reading->record, wb_import_json_cell (object, member), WB_IMPORT_KEY_LENGTH);
}

/**
 * wb_import_member_full_name:
 *
 * Returns: (transfer full): "first_name last_name", "" for nothing
 */
char *
wb_import_member_full_name (const WbImportReading *reading,
                            const WbJson          *object)
{
  g_autofree char *first = wb_import_member_text (reading, object, "first_name");
  g_autofree char *last = wb_import_member_text (reading, object, "last_name");

  return g_strstrip (g_strdup_printf ("%s %s", first, last));
}

/**
 * wb_import_member_minor:
 *
 * Returns: an amount in minor units of the order's currency, 0 for nothing or what was refused
 */
gint64
wb_import_member_minor (const WbImportReading *reading,
                        const WbJson          *object,
                        const char            *member)
{
  gint64 minor = 0;

  wb_import_take_minor (reading->record, wb_import_json_cell (object, member), NULL, reading->record->order->currency, &minor);
  return minor;
}

/**
 * wb_import_member_integer:
 *
 * Returns: a whole number, 0 for nothing or what was refused
 */
gint64
wb_import_member_integer (const WbImportReading *reading,
                          const WbJson          *object,
                          const char            *member)
{
  gint64 value = 0;

  wb_import_take_integer (reading->record, wb_import_json_cell (object, member), NULL, &value);
  return value;
}

/**
 * wb_import_member_time:
 *
 * Returns: a point in time, in the shop's zone where it names none; %WB_IMPORT_NEVER for nothing or what was refused
 */
gint64
wb_import_member_time (const WbImportReading *reading,
                       const WbJson          *object,
                       const char            *member)
{
  gint64 moment = WB_IMPORT_NEVER;

  wb_import_take_time (reading->record, wb_import_json_cell (object, member), NULL,
                       wb_import_source_get_options (reading->source)->zone, &moment);
  return moment;
}

/**
 * wb_import_member_currency:
 * @currency: (out): an array of %WB_CURRENCY_SIZE; what was said when the file was opened where the member says none
 */
void
wb_import_member_currency (const WbImportReading *reading,
                           const WbJson          *object,
                           const char            *member,
                           char                  *currency)
{
  const char *preset = wb_import_source_get_options (reading->source)->currency;

  if (!wb_import_take_currency (reading->record, wb_import_json_cell (object, member), currency) && preset != NULL)
    g_strlcpy (currency, preset, WB_CURRENCY_SIZE);
}

/**
 * wb_import_member_says:
 *
 * Returns: whether the member is exactly this text
 */
gboolean
wb_import_member_says (const WbJson *object,
                       const char   *member,
                       const char   *text)
{
  return g_strcmp0 (wb_json_get_text (wb_json_get_member (object, member)), text) == 0;
}

/**
 * wb_import_member_is_null:
 *
 * Returns: whether the member is missing, or null
 */
gboolean
wb_import_member_is_null (const WbJson *object,
                          const char   *member)
{
  return wb_json_get_type (wb_json_get_member (object, member)) == WB_JSON_NULL;
}
