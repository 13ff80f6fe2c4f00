/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-csv-reader.h"
#include "tests/fuzz/wb-fuzz.h"

/* Any bytes in any encoding: every line is read once, every row is valid UTF-8. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  for (guint encoding = WB_TEXT_ENCODING_DETECT; encoding <= WB_TEXT_ENCODING_ISO_8859_1; encoding++)
    {
      g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
      g_autoptr(WbCsvReader) reader = wb_csv_reader_new (stream, (WbTextEncoding) encoding, 0);
      guint64 last = 0;

      for (;;)
        {
          g_autoptr(GError) error = NULL;
          WbCsvStatus status = wb_csv_reader_next (reader, NULL, &error);

          if (status == WB_CSV_END)
            break;
          g_assert_cmpint (status, !=, WB_CSV_FAILED);
          g_assert_true ((error != NULL) == (status == WB_CSV_BAD_ROW));
          g_assert_cmpuint (wb_csv_reader_get_line (reader), >, last);
          last = wb_csv_reader_get_last_line (reader);
          for (guint i = 0; i < wb_csv_reader_get_n_fields (reader); i++)
            g_assert_true (g_utf8_validate (wb_csv_reader_get_field (reader, i), -1, NULL));
        }
    }
  return 0;
}
