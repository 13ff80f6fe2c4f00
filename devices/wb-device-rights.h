/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Why a device of this machine cannot be used, and the command that mends it: udev rules that are not installed, groups somebody is
 * not in, kernel drivers in the way. Looks and changes nothing. Main thread or any other; reads small files.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Name of our udev rules. */
#define WB_DEVICE_RULES "70-waybill.rules"

/**
 * wb_device_rights_find_rules:
 * @root: folder that is looked at as if it was "/"
 *
 * Returns: (transfer full) (nullable): the path of our rules, as udev would find it; %NULL when they are not installed
 */
char *wb_device_rights_find_rules (const char *root);

/**
 * wb_device_rights_find_kernel_nfc:
 * @root: folder that is looked at as if it was "/"
 *
 * Returns: (transfer full) (nullable): kernel modules that keep libnfc from its readers, separated by blanks, as modprobe -r wants them
 */
char *wb_device_rights_find_kernel_nfc (const char *root);

/**
 * wb_device_rights_find_file:
 * @id: of a device
 *
 * Returns: (transfer full) (nullable): the device file through which it is used, as udev has it; %NULL when that is not known
 */
char *wb_device_rights_find_file (const char *id);

/**
 * wb_device_rights_check_file:
 * @path: of a device file
 * @group: (out) (transfer full) (nullable): a group whose members may use it, when that is what is missing
 *
 * Returns: whether this user may read and write it
 */
gboolean wb_device_rights_check_file (const char *path, char **group);

/**
 * wb_device_rights_make_rule:
 * @id: of a device at USB: "usb:0c2e:0b61:…"
 *
 * Returns: (transfer full) (nullable): a line for udev that gives it to whoever sits at the machine; %NULL for other devices
 */
char *wb_device_rights_make_rule (const char *id);

G_END_DECLS
