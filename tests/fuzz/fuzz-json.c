/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-json-stream.h"
#include "tests/fuzz/wb-fuzz.h"

/* Any bytes end, with records or reasons. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  const char *const roots[] = { "orders", "order", NULL };
  g_autoptr(GInputStream) input = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr(WbJsonStream) stream = wb_json_stream_new (input, roots);
  WbJsonStatus status = WB_JSON_RECORD;

  while (status == WB_JSON_RECORD || status == WB_JSON_BAD_RECORD)
    {
      g_autoptr(WbJson) record = NULL;
      g_autoptr(GError) error = NULL;

      status = wb_json_stream_next (stream, &record, NULL, &error);
      g_assert_true ((record != NULL) == (status == WB_JSON_RECORD));
      g_assert_true ((error != NULL) == (status == WB_JSON_BAD_RECORD || status == WB_JSON_FAILED));
    }
  return 0;
}
