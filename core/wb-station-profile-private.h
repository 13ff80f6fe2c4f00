/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of a station's profile share: wb-station-profile.c (the value) and wb-station-profile-json.c (reading and
 * writing it).
 */
#pragma once

#include "core/wb-json.h"
#include "core/wb-station-profile.h"

G_BEGIN_DECLS

struct _WbStationProfile
{
  GPtrArray *devices; /* WbStationDevice */
  GPtrArray *routes;  /* WbStationRoute */
  GHashTable *others; /* name → JSON */
  gboolean sounds;
  gboolean has_sounds;
};

/**
 * _wb_station_profile_keep:
 * @others: (element-type utf8 utf8): members this version does not know
 *
 * Adds one as JSON, in the place of what had its name.
 */
void _wb_station_profile_keep (GHashTable *others, const char *name, const WbJson *value);

G_END_DECLS
