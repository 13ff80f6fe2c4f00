/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-ndef.h"
#include "tests/fuzz/wb-fuzz.h"

static void
check_records (GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      const WbNdefRecord *record = g_ptr_array_index (records, i);

      g_assert_true (g_utf8_validate (record->type, -1, NULL));
      if (record->kind == WB_NDEF_TEXT || record->kind == WB_NDEF_URI)
        g_assert_true (g_utf8_validate (record->text, -1, NULL));
    }
}

/* Any bytes are a message or a refusal, alone and as the memory of a tag; texts are UTF-8 whatever stood there. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autoptr(GPtrArray) records = wb_ndef_parse (data, size, NULL);
  g_autoptr(GPtrArray) within = NULL;
  gsize offset = 0;
  gsize length = 0;

  if (records != NULL)
    check_records (records);
  if (!wb_ndef_find_in_type2 (data, size, &offset, &length, NULL))
    return 0;
  g_assert_cmpuint (offset + length, <=, size);
  within = wb_ndef_parse (data + offset, length, NULL);
  if (within != NULL)
    check_records (within);
  return 0;
}
