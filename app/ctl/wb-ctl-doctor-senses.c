/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waybillctl doctor: whether cameras and microphones can be used here, and what they need. */
#define G_LOG_DOMAIN "waybillctl"

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/ctl/wb-ctl-doctor.h"
#include "devices/wb-device-needs.h"
#include "devices/wb-device-rights.h"

static const struct
{
  WbDeviceKind kind;
  const char *rights;
  const char *packages;
  const char *noun; /* in the plural */
} senses[] = {
  { WB_DEVICE_KIND_CAMERA, "camera-rights", "camera-packages", N_ ("cameras") },
  { WB_DEVICE_KIND_VOICE, "sound-rights", "voice-packages", N_ ("microphones and voices") },
};

static gboolean
is_wanted_by (const WbStationProfile *profile, WbDeviceKind kind)
{
  GPtrArray *devices = wb_station_profile_get_devices (profile);

  for (guint i = 0; i < devices->len; i++)
    {
      const WbStationDevice *said = g_ptr_array_index (devices, i);

      if (said->is_used && strcmp (said->kind, wb_device_kind_get_word (kind)) == 0
          && g_strcmp0 (g_hash_table_lookup (said->options, "mode"), "off") != 0)
        return TRUE;
    }
  return FALSE;
}

/* Whether a bench of this machine has one that it uses. */
static gboolean
is_wanted (WbDeviceKind kind)
{
  g_autoptr (GPtrArray) profiles = wb_ctl_kept_profiles ();

  for (guint i = 0; i < profiles->len; i++)
    if (is_wanted_by (g_ptr_array_index (profiles, i), kind))
      return TRUE;
  return FALSE;
}

static void
check_rights (GPtrArray *findings, guint sense, WbFindingKind trouble, const char *root)
{
  g_auto (GStrv) files = wb_device_needs_list_files (senses[sense].kind, root);

  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autofree char *group = NULL;
      g_autofree char *mend = NULL;

      if (wb_device_rights_check_file (files[i], &group))
        continue;
      if (group != NULL)
        mend = g_strdup_printf ("sudo usermod -aG %s %s", group, g_get_user_name ());
      else
        mend = g_strdup_printf ("sudo usermod -aG %s %s", senses[sense].kind == WB_DEVICE_KIND_CAMERA ? "video" : "audio",
                                g_get_user_name ());
      wb_ctl_find (findings, trouble, senses[sense].rights, mend, _ ("%s may not use %s. (Log in again afterwards.)"), g_get_user_name (),
                   files[i]);
      return;
    }
  if (files[0] != NULL)
    wb_ctl_find (findings, WB_FINDING_OK, senses[sense].rights, NULL, _ ("%s may use what is here of %s."), g_get_user_name (),
                 _ (senses[sense].noun));
  else
    wb_ctl_find (findings, trouble == WB_FINDING_PROBLEM ? WB_FINDING_NOTE : WB_FINDING_OK, senses[sense].rights, NULL,
                 _ ("There are no device files of %s here."), _ (senses[sense].noun));
}

static void
check_packages (GPtrArray *findings, guint sense, WbFindingKind trouble)
{
  g_auto (GStrv) missing = wb_device_needs_find_missing (senses[sense].kind, NULL, NULL);
  g_autofree char *list = g_strjoinv (" ", missing);
  g_autofree char *mend = g_strdup_printf ("sudo apt-get install %s", list);

  if (missing[0] == NULL)
    wb_ctl_find (findings, WB_FINDING_OK, senses[sense].packages, NULL, _ ("Everything that %s need is installed."), _ (senses[sense].noun));
  else
    wb_ctl_find (findings, trouble, senses[sense].packages, mend, _ ("What %s need is not all installed (%s)."), _ (senses[sense].noun), list);
}

void
wb_ctl_doctor_senses (GPtrArray *findings)
{
  const char *root = g_getenv ("WAYBILL_DOCTOR_ROOT") != NULL ? g_getenv ("WAYBILL_DOCTOR_ROOT") : "/";

  for (guint i = 0; i < G_N_ELEMENTS (senses); i++)
    {
      /* what no station here has is nobody's problem */
      WbFindingKind trouble = is_wanted (senses[i].kind) ? WB_FINDING_PROBLEM : WB_FINDING_NOTE;

      check_rights (findings, i, trouble, root);
      check_packages (findings, i, trouble);
    }
}
