/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-clean.h"
#include "devices/wb-dns-sd.h"
#include "tests/fuzz/wb-fuzz.h"

static void
check_value (GVariant *record, const char *key)
{
  g_autofree char *value = wb_dns_sd_dup_value (record, key);
  g_autofree char *again = value != NULL ? wb_clean_line (value, -1, WB_CLEAN_MAX) : NULL;

  g_assert_cmpstr (value, ==, again);
  if (value != NULL)
    {
      g_assert_cmpstr (value, !=, "");
      wb_dns_sd_is_path (value);
    }
}

/* A record of lines, and whatever else is taken for one: a value is a line of text, or there is none. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(GVariant) odd = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE ("aay"), bytes, FALSE));
  g_autoptr(GVariant) record = NULL;
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aay"));
  gsize start = 0;

  for (gsize i = 0; i <= size; i++)
    if (i == size || data[i] == '\n')
      {
        g_variant_builder_add_value (&builder, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, data + start, i - start, 1));
        start = i + 1;
      }
  record = g_variant_ref_sink (g_variant_builder_end (&builder));
  check_value (record, "ty");
  check_value (record, "rp");
  check_value (odd, "ty");
  return 0;
}
