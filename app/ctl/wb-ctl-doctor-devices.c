/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waybillctl doctor: whether scanners, scales and NFC readers can be used here. */
#define G_LOG_DOMAIN "waybillctl"

#include "config.h"

#include <grp.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "app/ctl/wb-ctl-doctor.h"
#include "app/program/wb-program.h"
#include "devices/wb-device-rig.h"
#include "devices/wb-device-rights.h"

/* Serial lines over Bluetooth, behind which stands their number. */
#define RFCOMM "/dev/rfcomm"

/* Another folder than "/" for tests. */
static const char *
get_root (void)
{
  const char *root = g_getenv ("WAYBILL_DOCTOR_ROOT");

  return root != NULL ? root : "/";
}

static char *
make_install_command (void)
{
  if (wb_program_is_built ())
    return g_strdup_printf ("sudo cp %s/data/udev/%s /etc/udev/rules.d/ && sudo udevadm control --reload && sudo udevadm trigger",
                            WB_BUILD_DIR, WB_DEVICE_RULES);
  return g_strdup ("sudo udevadm control --reload && sudo udevadm trigger");
}

static gboolean
check_rules (GPtrArray *findings)
{
  g_autofree char *path = wb_device_rights_find_rules (get_root ());
  g_autofree char *mend = make_install_command ();

  if (path != NULL)
    wb_ctl_find (findings, WB_FINDING_OK, "device-rules", NULL, _ ("The udev rules for devices are installed (%s)."), path);
  else
    wb_ctl_find (findings, WB_FINDING_NOTE, "device-rules", mend,
                 _ ("The udev rules for devices are not installed: scanners, scales and NFC readers belong to root alone."));
  return path != NULL;
}

static gboolean
is_member (gid_t group)
{
  gid_t groups[256];
  int n = getgroups (G_N_ELEMENTS (groups), groups);

  for (int i = 0; i < n; i++)
    if (groups[i] == group)
      return TRUE;
  return getegid () == group;
}

/* Serial ports belong to a group, and so do devices for whoever does not sit at the machine. */
static void
check_groups (GPtrArray *findings)
{
  static const char *const wanted[] = { WB_DEVICE_GROUP, "dialout" };
  g_autoptr (GPtrArray) missing = g_ptr_array_new ();
  g_autofree char *list = NULL;
  g_autofree char *mend = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wanted) && geteuid () != 0; i++)
    {
      const struct group *group = getgrnam (wanted[i]);

      if (group != NULL && !is_member (group->gr_gid))
        g_ptr_array_add (missing, (gpointer) wanted[i]);
    }
  g_ptr_array_add (missing, NULL);
  list = g_strjoinv (",", (char **) missing->pdata);
  mend = g_strdup_printf ("sudo usermod -aG %s %s", list, g_get_user_name ());
  if (*list == '\0')
    wb_ctl_find (findings, WB_FINDING_OK, "device-groups", NULL, _ ("%s is in the groups that devices belong to."), g_get_user_name ());
  else
    wb_ctl_find (findings, WB_FINDING_NOTE, "device-groups", mend,
                 _ ("%s is not in the groups %s: serial ports, and devices without sitting here, cannot be used. (Log in again afterwards.)"),
                 g_get_user_name (), list);
}

static void
check_kernel_nfc (GPtrArray *findings)
{
  g_autofree char *modules = wb_device_rights_find_kernel_nfc (get_root ());
  g_autofree char *mend = NULL;

  if (modules == NULL)
    {
      wb_ctl_find (findings, WB_FINDING_OK, "nfc-drivers", NULL, _ ("No driver of the kernel keeps NFC readers from libnfc."));
      return;
    }
  mend = g_strdup_printf ("sudo modprobe -r %s && printf 'blacklist %%s\\n' %s | sudo tee /etc/modprobe.d/waybill-nfc.conf", modules, modules);
  wb_ctl_find (findings, WB_FINDING_NOTE, "nfc-drivers", mend,
               _ ("Drivers of the kernel (%s) take NFC readers before libnfc can: those at USB are not found or do not open."), modules);
}

/* ---- What is plugged in ---------------------------------------------------------------------------- */

/* A device that is there and may not be used is a problem with a command; any other trouble is what the device says. */
static void
check_device (GPtrArray *findings, WbDeviceRig *rig, WbDevice *device, gboolean has_rules)
{
  const char *name = wb_device_rig_get_name (rig, device);
  g_autofree char *file = wb_device_rights_find_file (wb_device_get_id (device));
  g_autofree char *group = NULL;
  g_autofree char *mend = NULL;
  g_autofree char *rule = wb_device_rights_make_rule (wb_device_get_id (device));

  if (wb_device_get_state (device) == WB_DEVICE_STATE_READY)
    wb_ctl_find (findings, WB_FINDING_OK, "device", NULL, _ ("%s works."), name);
  else if (file == NULL || wb_device_rights_check_file (file, &group))
    wb_ctl_find (findings, WB_FINDING_NOTE, "device", NULL, _ ("%s does not work: %s."), name, wb_device_get_message (device));
  else
    {
      if (group != NULL)
        mend = g_strdup_printf ("sudo usermod -aG %s %s", group, g_get_user_name ());
      else if (!has_rules)
        mend = make_install_command ();
      else if (rule != NULL)
        mend = g_strdup_printf ("echo '%s' | sudo tee -a /etc/udev/rules.d/70-waybill-local.rules && sudo udevadm control --reload && "
                                "sudo udevadm trigger", rule);
      wb_ctl_find (findings, WB_FINDING_PROBLEM, "device", mend, _ ("%s is plugged in and %s may not use it (%s)."), name,
                   g_get_user_name (), file);
    }
}

/* What the benches of this machine name, because it does not say what it is; one that two of them name is as the first has it. */
static WbStationProfile *
make_profile (void)
{
  g_autoptr (GPtrArray) profiles = wb_ctl_kept_profiles ();
  WbStationProfile *all = wb_station_profile_new ();

  for (guint i = 0; i < profiles->len; i++)
    {
      GPtrArray *devices = wb_station_profile_get_devices (g_ptr_array_index (profiles, i));

      for (guint j = 0; j < devices->len; j++)
        {
          const WbStationDevice *said = g_ptr_array_index (devices, j);
          WbStationDevice *device = NULL;

          if (!said->is_used || wb_station_profile_find_device (all, said->id) != NULL)
            continue;
          device = wb_station_profile_ensure_device (all, said->id);
          wb_station_device_set_text (&device->kind, said->kind);
          wb_station_device_set_text (&device->name, said->name);
          wb_station_device_set_text (&device->driver, said->driver);
        }
    }
  return all;
}

/* A file of a device that a bench names and that is not there: pulled out, or, over Bluetooth, never made. */
static void
check_named (GPtrArray *findings, const WbStationProfile *profile)
{
  GPtrArray *devices = wb_station_profile_get_devices (profile);

  for (guint i = 0; i < devices->len; i++)
    {
      const WbStationDevice *said = g_ptr_array_index (devices, i);
      g_autofree char *file = *said->driver != '\0' ? wb_device_rights_find_file (said->id) : NULL;
      gboolean is_bluetooth = file != NULL && g_str_has_prefix (file, RFCOMM);
      g_autofree char *mend = NULL;

      if (file == NULL || g_file_test (file, G_FILE_TEST_EXISTS))
        continue;
      if (is_bluetooth)
        mend = g_strdup_printf ("bluetoothctl devices Paired && sudo rfcomm bind %s ADDRESS", file + strlen (RFCOMM));
      wb_ctl_find (findings, WB_FINDING_NOTE, "device-missing", mend,
                   is_bluetooth ? _ ("%s is not there: nobody has bound %s to a paired device yet, which has to be done after each start.")
                                : _ ("%s is not there: %s is missing. Plug it in."),
                   *said->name != '\0' ? said->name : said->id, file);
    }
}

static void
check_plugged_in (WbCtl *ctl, gboolean has_printing, GPtrArray *findings, gboolean has_rules)
{
  g_autoptr (WbDeviceRig) rig = wb_device_rig_new ();
  g_autoptr (WbStationProfile) profile = make_profile ();
  g_autoptr (GPtrArray) devices = NULL;
  g_auto (GStrv) troubles = NULL;

  wb_device_rig_set_profile (rig, profile);
  devices = wb_ctl_open_devices (ctl, rig);
  troubles = wb_device_rig_get_troubles (rig);
  check_named (findings, profile);
  for (guint i = 0; troubles[i] != NULL; i++)
    if (has_printing || strcmp (troubles[i], wb_device_rig_get_print_trouble (rig)) != 0)
      wb_ctl_find (findings, WB_FINDING_NOTE, "device-search", NULL, _ ("Looking for devices: %s."), troubles[i]);
  for (guint i = 0; i < devices->len; i++)
    check_device (findings, rig, g_ptr_array_index (devices, i), has_rules);
  if (devices->len == 0)
    wb_ctl_find (findings, WB_FINDING_OK, "device", NULL, _ ("No scanner, scale or NFC reader is plugged in that says what it is."));
  wb_ctl_close_devices (rig, devices);
}

void
wb_ctl_doctor_devices (WbCtl *ctl, gboolean has_printing, GPtrArray *findings)
{
  gboolean has_rules = check_rules (findings);

  check_groups (findings);
  check_kernel_nfc (findings);
  check_plugged_in (ctl, has_printing, findings, has_rules);
}
