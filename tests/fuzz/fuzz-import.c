/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-import-format.h"
#include "tests/fuzz/wb-fuzz.h"

#define MAP_END "\n---\n"

/* "FORMAT\nFILE", or "csv\nMAP\n---\nFILE": every record is good or has a reason; good ones can be written as JSON. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autofree char *input = g_strndup ((const char *) data, size);
  char *file = strchr (input, '\n');
  const WbImportFormat *format = NULL;
  g_autoptr(GInputStream) stream = NULL;
  g_autoptr(WbImportMap) map = NULL;
  g_autoptr(WbImportSource) source = NULL;
  WbImportOptions options = { .currency = "GBP" };
  WbImportRecord *next = NULL;

  if (file == NULL)
    return 0;
  *file++ = '\0';
  format = wb_import_format_find (input, NULL);
  if (format == NULL)
    return 0;
  if (format->needs_map)
    {
      char *end = strstr (file, MAP_END);

      map = wb_import_map_new (file, end != NULL ? (gsize) (end - file) : strlen (file), NULL);
      if (map == NULL || end == NULL)
        return 0;
      file = end + strlen (MAP_END);
      options.map = map;
    }
  stream = g_memory_input_stream_new_from_data (file, (gssize) strlen (file), NULL);
  source = wb_import_source_open (format, stream, &options, NULL, NULL);
  while (source != NULL && (next = wb_import_source_next (source, NULL, NULL)) != NULL)
    {
      g_autoptr(WbImportRecord) record = next;

      if (record->refusals->len == 0)
        {
          g_autoptr(GString) json = g_string_new (NULL);
          g_autoptr(WbJson) again = NULL;

          wb_import_record_to_json (record, json);
          again = wb_json_parse (json->str, -1, 1, 1, NULL);
          g_assert_nonnull (again);
        }
    }
  return 0;
}
