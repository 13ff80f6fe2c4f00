/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waybillctl doctor: what the benches of this machine are made of, as they keep it for when the database is away. */
#define G_LOG_DOMAIN "waybillctl"

#include "config.h"

#include "app/ctl/wb-ctl-doctor.h"

static WbStationProfile *
read_profile (const char *path)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL) || strlen (text) > WB_STATION_PROFILE_MAX)
    return NULL;
  return wb_station_profile_parse (text, NULL);
}

GPtrArray *
wb_ctl_kept_profiles (void)
{
  GPtrArray *profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_station_profile_free);
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "waybill", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      WbStationProfile *profile = NULL;

      if (g_str_has_prefix (name, "station-") && g_str_has_suffix (name, ".profile") && (profile = read_profile (path)) != NULL)
        g_ptr_array_add (profiles, profile);
    }
  return profiles;
}
