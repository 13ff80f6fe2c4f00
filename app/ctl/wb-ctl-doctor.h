/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of waybillctl doctor share: findings, and who looks for which. */
#pragma once

#include "app/ctl/wb-ctl.h"
#include "core/wb-station-profile.h"

G_BEGIN_DECLS

/**
 * WbFindingKind:
 * @WB_FINDING_OK: all is well
 * @WB_FINDING_NOTE: something that some do not need
 * @WB_FINDING_PROBLEM: something that does not work; the exit status says so too
 */
typedef enum
{
  WB_FINDING_OK,
  WB_FINDING_NOTE,
  WB_FINDING_PROBLEM,
} WbFindingKind;

/**
 * wb_ctl_find:
 * @findings: where to
 * @check: a name that scripts can rely on (static)
 * @mend: (nullable): a command
 * @format: what was found, a sentence
 *
 * Adds a finding.
 */
void wb_ctl_find (GPtrArray *findings, WbFindingKind kind, const char *check, const char *mend, const char *format, ...)
    G_GNUC_PRINTF (5, 6);

/* wb-ctl-doctor-devices.c */

/**
 * wb_ctl_doctor_devices:
 * @has_printing: whether the print service answers; when it does not, that was said already
 *
 * Rights for devices, drivers in the way, and how each device is that is plugged in, or that a bench of this machine names.
 */
void wb_ctl_doctor_devices (WbCtl *ctl, gboolean has_printing, GPtrArray *findings);

/* wb-ctl-doctor-kept.c */

/**
 * wb_ctl_kept_profiles:
 *
 * Returns: (transfer full) (element-type WbStationProfile): of each bench that this machine has been and this user may read
 */
GPtrArray *wb_ctl_kept_profiles (void);

/* wb-ctl-doctor-senses.c */

/**
 * wb_ctl_doctor_senses:
 *
 * Rights and packages for cameras and microphones: a problem where a station of this machine has one, else a note.
 */
void wb_ctl_doctor_senses (GPtrArray *findings);

G_END_DECLS
