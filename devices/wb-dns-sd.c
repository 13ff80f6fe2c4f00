/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-clean.h"
#include "devices/wb-dns-sd.h"

char *
wb_dns_sd_dup_value (GVariant *record, const char *key)
{
  gsize n = 0;

  g_return_val_if_fail (record != NULL && key != NULL, NULL);

  n = strlen (key);
  for (gsize i = 0; i < g_variant_n_children (record); i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (record, i);
      gsize length = 0;
      const char *bytes = g_variant_get_fixed_array (entry, &length, 1);
      g_autofree char *value = NULL;

      if (length <= n || g_ascii_strncasecmp (bytes, key, n) != 0 || bytes[n] != '=')
        continue;
      /* the first of several counts */
      if (!g_utf8_validate_len (bytes + n + 1, length - n - 1, NULL))
        return NULL;
      value = wb_clean_line (bytes + n + 1, (gssize) (length - n - 1), WB_CLEAN_MAX);
      return *value != '\0' ? g_steal_pointer (&value) : NULL;
    }
  return NULL;
}

gboolean
wb_dns_sd_is_path (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("/-_.~", *c) == NULL)
      return FALSE;
  return TRUE;
}
