/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-time.h"
#include "tests/fuzz/wb-fuzz.h"

/* "FORMATS\nTEXT", or only a text: what was read is written and read again as the same moment. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autofree char *input = g_strndup ((const char *) data, size);
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc ();
  char *text = strchr (input, '\n');
  const char *formats = NULL;
  gint64 moment = 0;
  gint64 again = 0;

  if (text != NULL)
    {
      *text++ = '\0';
      formats = input;
      if (!wb_time_check_formats (formats, NULL))
        return 0;
    }
  else
    {
      text = input;
    }
  if (wb_time_parse (text, formats, zone, &moment, NULL))
    {
      g_autofree char *written = wb_time_to_string (moment);

      g_assert_true (wb_time_parse (written, NULL, zone, &again, NULL));
      g_assert_cmpint (moment, ==, again);
    }
  return 0;
}
