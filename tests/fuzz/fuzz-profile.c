/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-station-profile.h"
#include "tests/fuzz/wb-fuzz.h"

/* Any bytes are a profile that comes back as it is written, or refused with a reason. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(WbStationProfile) profile = wb_station_profile_parse (text, &error);
  g_autoptr(WbStationProfile) again = NULL;
  g_autofree char *written = NULL;

  g_assert_true ((profile == NULL) == (error != NULL));
  if (profile == NULL)
    return 0;
  written = wb_station_profile_to_json (profile);
  if (strlen (written) > WB_STATION_PROFILE_MAX)
    return 0;
  again = wb_station_profile_parse (written, &error);
  g_assert_no_error (error);
  g_assert_true (wb_station_profile_equal (profile, again));
  return 0;
}
